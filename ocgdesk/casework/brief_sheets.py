"""Briefings as workbooks: a sheet for each section, numbers as numbers, no formula in any."""

from collections.abc import Iterator

from ocgdesk.exchange.about_file import AboutFile
from ocgdesk.exchange.writers import PageOut, PictureOut, RowOut, TitlesOut, WordsOut, write_xlsx
from ocgdesk.reports.document import (
    Block,
    Document,
    Facts,
    Heading,
    Paragraph,
    Picture,
    Table,
)


def to_xlsx(document: Document) -> bytes:
    """Return a document as the bytes of a workbook, marked on every sheet."""
    author = () if document.facts else (document.author,)
    said = (f"{name}: {words}" for name, words in document.facts)
    notes = tuple(filter(None, (document.title, document.subtitle, *author, *said)))
    sheets = [_sheet(title, blocks) for title, blocks in _sections(document)]
    about = AboutFile(
        title=document.title,
        author=document.author,
        subject=document.marking,
        comments=document.told,
        foot=document.foot,
    )
    return write_xlsx(sheets, marking=document.banner, notes=notes, about=about)


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


def _sheet(title: str, blocks: list[Block]) -> PageOut:
    """Return a section as a sheet; where a single table begins it, its titles stay in view."""
    tables = [one for one in blocks if isinstance(one, Table)]
    if len(tables) != 1 or blocks[0] is not tables[0]:
        rows = [row for block in blocks for row in _rows(block)]
        return PageOut(title=title, headings=(title,), rows=rows)
    (table,) = tables
    rest = [row for block in blocks[1:] for row in _rows(block)]
    rows = [*(table.values or table.rows), *([(), *rest] if rest else [])]
    return PageOut(title=title, headings=table.titles, rows=rows)


def _rows(block: Block) -> list[RowOut]:
    """Return the rows of a block; a picture stands above its caption, as its table beneath does."""
    match block:
        case Facts(pairs):
            return [*pairs, ()]
        case Table():
            return [TitlesOut(block.titles), *(block.values or block.rows), ()]
        case Heading(text):
            return [WordsOut(text, is_heading=True)] if text else []
        case Paragraph(text):
            return [WordsOut(text)] if text else []
        case Picture():
            caption: list[RowOut] = [WordsOut(block.caption)] if block.caption else []
            return [PictureOut(block.png, block.alt, block.size), *caption, ()]
        case _:
            return []
