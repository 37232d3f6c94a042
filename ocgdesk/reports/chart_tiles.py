"""A large page across many sheets of a small printer: each marked, overlapping, and numbered."""

from dataclasses import dataclass
from typing import Final

from ocgdesk.domain.charts import Cover, Point
from ocgdesk.i18n import _
from ocgdesk.reports.chart_page import MM, Page, PageSize
from ocgdesk.reports.drawing_parts import Area, Element, Ink, Line
from ocgdesk.reports.plate import Sheet

EDGE: Final = 8.0 * MM
"""What printers leave white."""
STRIP: Final = 5.0 * MM
"""Above and below: the marking, and which sheet this is."""
OVERLAP: Final = 6.0 * MM
"""Printed on both of two neighbours, to glue one on the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One sheet of a large page."""

    width: float
    height: float
    frame: tuple[Element, ...]
    """Marking, number and cut marks: in the sheet's own units."""
    window: Area
    """The part of the sheet that shows the page."""
    scale: float
    """Units of the sheet to one of the page."""
    shift: Point
    """Where the corner of the page lies on the sheet, or beside it."""


def tiles(page: Page, paper: PageSize, cover: Cover) -> tuple[Tile, ...]:
    """Return the sheets a page is cut into, row by row; all of the page is on them.

    It is drawn a little smaller than it is, so that as many sheets as its size is of theirs hold
    all of it: nine of A4 for A1.
    """
    wide, high = paper.extent
    room = Area(EDGE, EDGE + STRIP, wide - 2 * EDGE, high - 2 * (EDGE + STRIP))
    n = max(1, round(page.width / wide))
    whole = (_across(n, room.width), _across(n, room.height))
    scale = min(whole[0] / page.width, whole[1] / page.height)
    spare = ((whole[0] - page.width * scale) / 2, (whole[1] - page.height * scale) / 2)
    made = []
    for at in range(n * n):
        row, column = divmod(at, n)
        shift = Point(
            room.x + spare[0] - column * (room.width - OVERLAP),
            room.y + spare[1] - row * (room.height - OVERLAP),
        )
        words = _("Sheet {n} of {all}: row {row}, column {column}").format(
            n=at + 1, all=n * n, row=row + 1, column=column + 1
        )
        frame = _frame((wide, high), room, cover, words)
        made.append(
            Tile(width=wide, height=high, frame=frame, window=room, scale=scale, shift=shift)
        )
    return tuple(made)


def _across(n: int, room: float) -> float:
    """Return how long so many sheets are together."""
    return n * room - (n - 1) * OVERLAP


def _frame(size: tuple[float, float], part: Area, cover: Cover, words: str) -> tuple[Element, ...]:
    wide, high = size
    top, bottom = EDGE + STRIP * 0.6, high - EDGE - STRIP * 0.25
    marking = cover.marking.banner + (" · " + _("SYNTHETIC DATA") if cover.synthetic else "")
    sheet = Sheet()
    for y in (top, bottom):
        mark = sheet.text(
            marking, (wide / 2, y), face="semibold", role="text", anchor="middle", room=wide
        )
    sheet.text(words, (EDGE, bottom), role="text", room=mark.x - EDGE - 8)
    return (*sheet.parts, *_marks(part))


def _marks(part: Area) -> tuple[Line, ...]:
    """Return hairlines round the window, to cut along."""
    corners = [
        Point(part.x, part.y),
        Point(part.right, part.y),
        Point(part.right, part.bottom),
        Point(part.x, part.bottom),
    ]
    ends = zip(corners, [*corners[1:], corners[0]], strict=True)
    return tuple(Line(points=pair, width=0.5, ink=Ink("line.2")) for pair in ends)
