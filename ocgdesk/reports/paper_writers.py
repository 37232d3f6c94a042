"""The formats a document is written in, by the ending of the file."""

from collections.abc import Callable
from typing import Final

from ocgdesk.reports.document import Document
from ocgdesk.reports.docx_writer import to_docx
from ocgdesk.reports.html_writer import to_html
from ocgdesk.reports.pdf_writer import to_pdf
from ocgdesk.reports.pptx_writer import to_pptx

WRITERS: Final[dict[str, Callable[[Document], bytes]]] = {
    "docx": to_docx,
    "pdf": to_pdf,
    "html": to_html,
    "pptx": to_pptx,
}
"""Each returns the bytes of a whole file."""
