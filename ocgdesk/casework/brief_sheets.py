"""Briefings as workbooks: a sheet for each section, numbers as numbers, no formula in any."""

from collections.abc import Iterator, Sequence

from ocgdesk.exchange.writers import SheetOut, write_xlsx
from ocgdesk.i18n import _
from ocgdesk.reports.document import (
    Block,
    Document,
    Facts,
    Heading,
    Paragraph,
    Picture,
    Table,
)

_Row = Sequence[object]


def to_xlsx(document: Document) -> bytes:
    """Return a document as the bytes of a workbook, marked on every sheet."""
    notes = tuple(filter(None, (document.title, document.subtitle, document.author)))
    sheets = [_sheet(title, blocks) for title, blocks in _sections(document)]
    return write_xlsx(sheets, marking=document.banner, notes=notes)


def _sections(document: Document) -> Iterator[tuple[str, list[Block]]]:
    """Yield each section with its title; what stands before the first goes under the paper's."""
    title, blocks = document.title, list[Block]()
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            if any(_rows(one) for one in blocks):
                yield title, blocks
            title, blocks = block.text, []
        else:
            blocks.append(block)
    yield title, blocks


def _sheet(title: str, blocks: list[Block]) -> SheetOut:
    """Return a section as a sheet; where it has one table its titles stay in view."""
    tables = [one for one in blocks if isinstance(one, Table)]
    if len(tables) != 1:
        rows = [row for block in blocks for row in _rows(block)]
        return SheetOut(title=title, headings=(title,), rows=rows)
    (table,) = tables
    rest = [row for block in blocks if block is not table for row in _rows(block)]
    rows = [*(table.values or table.rows), *([(), *rest] if rest else [])]
    return SheetOut(title=title, headings=table.titles, rows=rows)


def _rows(block: Block) -> list[_Row]:
    match block:
        case Facts(pairs):
            return list(pairs)
        case Table():
            return [block.titles, *(block.values or block.rows), ()]
        case Heading(text) | Paragraph(text):
            return [(text,)] if text else []
        case Picture():
            return [(_("Figure"), block.caption), (_("What it shows"), block.alt)]
        case _:
            return []
