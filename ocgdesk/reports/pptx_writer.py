"""Documents as slides: a heading opens one, tables are PowerPoint's own, a picture has its page.

Bytes out, no file between. The same document gives the same bytes.
"""

import io
from datetime import date
from typing import Any, Final

from ocgdesk.reports import office_files
from ocgdesk.reports.document import Document
from ocgdesk.reports.office_files import drop_strangers, settled
from ocgdesk.reports.slide_flow import HEIGHT, WIDTH, Flow

_LAYOUT: Final = 5
"""Of the library's own template: a title and nothing else."""


def to_pptx(document: Document) -> bytes:
    """Return a document as the bytes of a presentation of wide slides."""
    import pptx
    from pptx.util import Inches

    file = pptx.Presentation()
    _broaden(file, Inches(WIDTH) / file.slide_width)
    file.slide_width, file.slide_height = Inches(WIDTH), Inches(HEIGHT)
    flow = Flow(file, document, layout=file.slide_layouts[_LAYOUT])
    flow.cover()
    flow.run(document.blocks)
    return finished(file, document)


def _broaden(file: Any, times: float) -> None:
    """Have what the library's narrow template places stand as it does on a wide slide."""
    for part in (file.slide_master, *file.slide_layouts):
        for shape in part.placeholders:
            if shape._element.spPr.xfrm is not None:  # noqa: SLF001 - others follow the master
                shape.left, shape.width = round(shape.left * times), round(shape.width * times)


def finished(file: Any, document: Document) -> bytes:
    """Return a file of python-pptx as bytes that say of themselves what the paper says."""
    office_files.tell(file, document)
    package = file.part.package
    drop_strangers(package._rels, file.part.rels)  # noqa: SLF001 - no other way
    out = io.BytesIO()
    file.save(out)
    return settled(out.getvalue())


def mark(file: Any, slide: Any, banner: str) -> None:
    """Put the marking at the top and bottom of a slide that a template brought."""
    flow = Flow(file, Document(title="", marking=banner, day=date.min), layout=None, slide=slide)
    flow.put_marks()
