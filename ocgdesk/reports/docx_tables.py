"""Tables of Word files: a style of their own, titles on every page, no word broken in a column."""

from typing import Any, Final

from ocgdesk.reports import columns
from ocgdesk.reports.document import is_short
from ocgdesk.reports.office_files import legal

GRID: Final = "Table Grid"
_POINTS: Final = 9
_LETTER: Final = 59_000
"""The average width of a letter of that size, in the units of the file."""
_MARGIN: Final = 2.8
"""What the margins of a cell take, in letters."""
_WITH_WORDS: Final = 3
"""Rows that stay with the words beneath a table: those would stand on a page alone."""
_BEGUN: Final = 2
"""Rows of a longer table that stay with the next, besides its titles."""
_TALL: Final = 6
"""A row of more lines may be parted between pages: kept whole it would leave half a page empty."""
_TABLE: Final = (
    "<w:tblPr {0}><w:tblBorders><w:top {1}/><w:left {1}/><w:bottom {1}/><w:right {1}/>"
    '<w:insideH {1}/><w:insideV {1}/></w:tblBorders><w:tblCellMar><w:top w:w="40" w:type="dxa"/>'
    '<w:left w:w="85" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>'
    '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
)
_TITLES: Final = (
    '<w:tblStylePr {0} w:type="firstRow"><w:tblPr/><w:tcPr>'
    '<w:shd w:val="clear" w:color="auto" w:fill="E8ECF2"/></w:tcPr></w:tblStylePr>'
)
_EDGE: Final = 'w:val="single" w:sz="4" w:space="0" w:color="C3CBD6"'


def dress(style: Any) -> None:
    """Give a style of tables the looks of our papers: thin rules, room, shaded titles."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    element = style.element
    for name in ("w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr", "w:tblStylePr"):
        for old in element.findall(qn(name)):
            element.remove(old)
    for look in (_TABLE, _TITLES):
        element.append(parse_xml(look.format(nsdecls("w"), _EDGE)))


def add(
    file: Any,
    rows: tuple[tuple[str, ...], ...],
    shares: tuple[float, ...],
    *,
    titles: tuple[str, ...],
) -> None:
    """Add a table at the end of a file of python-docx; without titles its first column is bold."""
    if not (rows or titles):
        return
    table = file.add_table(rows=0, cols=len(titles or rows[0]), style=GRID)
    table.autofit = False
    _look(table, has_titles=bool(titles))
    numbers = columns.numeric(rows) if titles else frozenset[int]()
    if titles:
        _fill(table.add_row(), titles, numbers, bold=len(titles))
        _repeat(table.rows[0])
    for row in rows:
        _fill(table.add_row(), row, numbers, bold=0 if titles else 1)
    _keep(table, len(table.rows) - 1 if is_short(titles, rows) else _BEGUN + bool(titles))
    room = _room(file)
    letters = room / _LETTER
    _set_widths(table, room, columns.fitted(titles, rows, shares, letters=letters, margin=_MARGIN))
    _part(file)


def _room(file: Any) -> int:
    """Return the width between the margins, in the units of the file."""
    section = file.sections[0]
    return int(section.page_width - section.left_margin - section.right_margin)


def _look(table: Any, *, has_titles: bool) -> None:
    """Say which parts of the style hold: the shade of titles only where there are any."""
    from docx.oxml.ns import qn

    look = table._tbl.tblPr.find(qn("w:tblLook"))  # noqa: SLF001 - no other way
    for name, value in (
        ("val", "0420" if has_titles else "0400"),
        ("firstRow", "1" if has_titles else "0"),
        ("firstColumn", "0"),
    ):
        look.set(qn(f"w:{name}"), value)


def _keep(table: Any, count: int) -> None:
    """Have the first rows stay with the next: a short table stands on one page."""
    for row in table.rows[: min(count, len(table.rows) - 1)]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def keep_with_next(file: Any) -> None:
    """Have the end of the last table of a file stand on the page of what follows it."""
    file.paragraphs[-1].paragraph_format.keep_with_next = True
    for row in file.tables[-1].rows[-_WITH_WORDS:] if file.tables else ():
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _fill(row: Any, texts: tuple[str, ...], numbers: frozenset[int], *, bold: int) -> None:
    """Write a row; its first ``bold`` cells stand out, numbers stand at the right."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    if max(text.count("\n") for text in texts) < _TALL:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - no other way
    for i, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = 1.0
        if i in numbers:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(legal(text))
        run.font.size, run.bold = Pt(_POINTS), i < bold


def _repeat(row: Any) -> None:
    """Have a row stand again at the top of every page its table reaches."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - no other way


def _set_widths(table: Any, room: int, shares: tuple[float, ...]) -> None:
    for i, share in enumerate(shares):
        table.columns[i].width = round(room * share)
    for row in table.rows:
        for cell, share in zip(row.cells, shares, strict=True):
            cell.width = round(room * share)


def _part(file: Any) -> None:
    """Add the narrow paragraph that parts a table from the next: without it they would be one."""
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    gap = file.add_paragraph(style="Quiet").paragraph_format
    gap.space_before = gap.space_after = Pt(0)
    gap.line_spacing_rule, gap.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(9)
