"""Tables on slides: PowerPoint's own, their titles on a ground, numbers at the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from ocgdesk.reports.office_files import legal
from ocgdesk.reports.slide_room import PADDING, POINTS
from ocgdesk.reports.slide_text import colour, style

_INK: Final = "1B2638"
_GROUND: Final = "E8ECF2"
_PAPER: Final = "FFFFFF"
_EMU: Final = 914_400


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a table stands, in the file's units, and how much taller slides are than usual."""

    left: int
    top: int
    scale: float


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words; the first holds the titles, or the first column does."""

    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int]
    """The columns that hold numbers."""
    has_titles: bool


def add(slide: Any, table: Table, seat: Seat, widths: Sequence[int], talls: Sequence[int]) -> None:
    """Put a table on a slide, its columns so wide and its rows so tall, in the file's units."""
    frame = slide.shapes.add_table(
        len(table.rows), len(widths), seat.left, seat.top, sum(widths), sum(talls)
    )
    made = frame.table
    made.first_row, made.horz_banding = table.has_titles, False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for at, (row, height) in enumerate(zip(table.rows, talls, strict=True)):
        made.rows[at].height = height
        for across, text in enumerate(row):
            is_title = at == 0 if table.has_titles else across == 0
            side = "r" if across in table.numbers else "l"
            _fill(made.cell(at, across), text, seat.scale, bold=is_title, side=side)


def _fill(cell: Any, text: str, scale: float, *, bold: bool, side: str) -> None:
    cell.text = legal(text)
    cell.margin_top = cell.margin_bottom = round(PADDING / 2 * scale * _EMU)
    for paragraph in cell.text_frame.paragraphs:
        style(paragraph, POINTS * scale, _INK, bold=bold, side=side)
    cell.fill.solid()
    cell.fill.fore_color.rgb = colour(_GROUND if bold else _PAPER)
