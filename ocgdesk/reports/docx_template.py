"""Word files of the force's own, filled: words in place of fields, sections where they stand.

Whatever a template leaves out is added: the marking on every page, and what a paper ends with.
"""

import io
from collections.abc import Iterator
from typing import Any, Final

from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.reports import docx_tables, docx_writer
from ocgdesk.reports.document import Block, Document
from ocgdesk.reports.template_fields import (
    Filling,
    Told,
    alone,
    check_places,
    correct_runs,
    every_name,
    fill_runs,
    is_of_sections,
    names_in,
)

_STYLES: Final = (
    *("Title", "Subtitle", "Heading 1", "Heading 2", "Caption", "Quiet", "Warning", "Normal"),
)


def fields(name: str, data: bytes) -> tuple[str, ...]:
    """Return the fields in a Word file, each once; Refused, in a sentence, for a damaged one."""
    file = _opened(name, data)
    return every_name(map(_text, _everywhere(file)))


def check(name: str, data: bytes) -> None:
    """Refuse a Word file with a field of sections beside other text, or in a header or footer.

    Sections cannot be put there: the field would stay in every paper made by it.
    """
    file = _opened(name, data)
    body = set(_of_body(file))
    for paragraph in _everywhere(file):
        text = _text(paragraph)
        if paragraph not in body or not alone(text):
            check_places(name, filter(is_of_sections, names_in(text)))


def fill(name: str, data: bytes, filling: Filling) -> tuple[bytes, tuple[str, ...]]:
    """Return a Word file with its fields filled, and the fields this program has none of.

    Raises Refused, in a sentence, for a damaged one.
    """
    file, told = _opened(name, data), Told()
    _bring_styles(file)
    hosts = [p for p in _of_body(file) if filling.is_place(alone(_text(p)))]
    for host in hosts:
        told.places(alone(_text(host)))
    for paragraph in _everywhere(file):
        if paragraph not in hosts:
            fill_runs(_runs(paragraph), filling.words, told)
    for host in hosts:
        _place(file, host, filling.at(alone(_text(host)), told.placed))
    if not (told.has_body or told.placed):
        _end_with(file, filling.rest(()))
    _end_with(file, filling.closing)
    _mark(file, filling.document)
    return docx_writer.finished(file, filling.document), tuple(told.unknown)


def _opened(name: str, data: bytes) -> Any:
    import docx

    try:
        return docx.Document(io.BytesIO(data))
    except Exception:  # noqa: BLE001 - whatever a damaged file does to the library, it is damaged
        raise Refused(_("{name} is damaged, or is no Word file").format(name=name)) from None


def _bring_styles(file: Any) -> None:
    """Add the styles that sections are written in and this file has not got; keep its own looks."""
    from docx.enum.style import WD_STYLE_TYPE

    docx_writer.add_tones(file)
    for style in _STYLES:
        if style not in file.styles:
            file.styles.add_style(style, WD_STYLE_TYPE.PARAGRAPH)
    if docx_tables.GRID not in file.styles:
        docx_tables.dress(file.styles.add_style(docx_tables.GRID, WD_STYLE_TYPE.TABLE))


# ---- Fields -------------------------------------------------------------------------------------


def _everywhere(file: Any) -> Iterator[Any]:
    """Yield every paragraph: of the body with its tables and boxes, of each header and footer."""
    yield from _of_body(file)
    for part in _frames(file):
        yield from _in(part)


def _of_body(file: Any) -> Iterator[Any]:
    yield from list(file.element.body.iter(_tag("w:p")))


def _frames(file: Any) -> Iterator[Any]:
    """Yield each header and footer that a page of this file has."""
    for section in file.sections:
        for part in _of_section(file, section):
            if not part.is_linked_to_previous:
                yield part


def _of_section(file: Any, section: Any) -> Iterator[Any]:
    yield from (section.header, section.footer)
    if section.different_first_page_header_footer:
        yield from (section.first_page_header, section.first_page_footer)
    if file.settings.odd_and_even_pages_header_footer:
        yield from (section.even_page_header, section.even_page_footer)


def _in(part: Any) -> list[Any]:
    """Return the paragraphs of a header or footer, those in its tables and boxes too."""
    return list(part._element.iter(_tag("w:p")))  # noqa: SLF001 - no other way to those


def _runs(paragraph: Any) -> list[Any]:
    """Return the texts of a paragraph itself: those of a box in it are another paragraph's."""
    return [
        text
        for text in paragraph.iter(_tag("w:t"))
        if next(text.iterancestors(_tag("w:p")), None) is paragraph
    ]


def _text(paragraph: Any) -> str:
    return "".join(text.text or "" for text in _runs(paragraph))


def _tag(name: str) -> str:
    from docx.oxml.ns import qn

    tag: str = qn(name)
    return tag


# ---- Sections -----------------------------------------------------------------------------------


def _place(file: Any, host: Any, blocks: tuple[Block, ...]) -> None:
    """Put blocks in place of a paragraph: they are written at the end, then moved."""
    last = file.element.body.sectPr
    before = set(file.element.body)
    _end_with(file, blocks)
    for made in [one for one in file.element.body if one not in before and one is not last]:
        host.addprevious(made)
    parent = host.getparent()
    if parent.tag == _tag("w:tc") and len(parent.findall(_tag("w:p"))) == 1:
        for text in _runs(host):
            text.text = ""  # a cell must keep one paragraph
    else:
        parent.remove(host)


def _end_with(file: Any, blocks: tuple[Block, ...]) -> None:
    for block in blocks:
        docx_writer.add(file, block)


# ---- The marking --------------------------------------------------------------------------------


def _mark(file: Any, document: Document) -> None:
    """See that every page carries the marking: where it is missing it is put in, first or last."""
    for number, section in enumerate(file.sections):
        for part in _of_section(file, section):
            if number and part.is_linked_to_previous:
                continue
            for paragraph in _in(part):
                correct_runs(_runs(paragraph), document.marking)
            if not any(document.banner in _text(one) for one in _in(part)):
                docx_writer.mark(_spare(part), document.banner)


def _spare(part: Any) -> Any:
    """Return a paragraph of a header or footer for the marking: an empty one, or a new one."""
    first = part.paragraphs[0]
    return first.insert_paragraph_before() if first.text.strip() else first
