"""Pictures that are no chart: parts to paint, and spots that can be pointed at and opened.

The same parts a chart is made of, so that every painter of charts paints them too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from ocgdesk.domain.charts import Point
from ocgdesk.reports import drawing_icons, drawing_paths, fonts
from ocgdesk.reports.drawing_parts import (
    ORIGIN,
    Anchor,
    Area,
    Dash,
    Element,
    Ink,
    Line,
    Shape,
    TextRun,
)
from ocgdesk.reports.fonts import Face


class Painted(Protocol):
    """What can be put on a page: a chart or a plate."""

    @property
    def bounds(self) -> Area:
        """Round everything."""

    @property
    def yielded(self) -> int:
        """How many labels gave way for want of room."""

    @property
    def words(self) -> str:
        """The picture in words, for those who cannot see it."""

    def elements(self) -> Iterator[tuple[Element, Point]]:
        """Yield all there is to paint, in order, each with how far it is moved."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Something on a plate that can be pointed at."""

    key: str
    box: Area
    words: str
    """What a tooltip and a screen reader say."""
    way: tuple[Point, ...] = ()
    """Of a curve: points along it; empty where the box is all of it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plate:
    """A picture in units of a pixel at 100 %, y downwards."""

    bounds: Area
    parts: tuple[Element, ...] = ()
    spots: tuple[Spot, ...] = ()
    words: str = ""
    yielded: int = 0

    def elements(self) -> Iterator[tuple[Element, Point]]:
        """Yield all there is to paint, in order."""
        return ((part, ORIGIN) for part in self.parts)

    def texts(self) -> Iterator[TextRun]:
        """Yield every run of text, in painting order."""
        return (part for part in self.parts if isinstance(part, TextRun))


class Sheet:
    """Collects the parts of a plate. Sizes of text are at 100 %, enlarged by ``unit``."""

    def __init__(self, unit: float = 1.0, room: float = 400.0) -> None:
        self.unit = unit
        self.room = room
        """How wide a line of text may be where nothing else is said."""
        self.parts: list[Element] = []
        self.spots: list[Spot] = []
        self.yielded = 0

    def text(
        self,
        words: str,
        at: tuple[float, float],
        *,
        size: float = 11.0,
        face: Face = "regular",
        role: str = "text.2",
        anchor: Anchor = "start",
        room: float = 0.0,
        lines: int = 1,
    ) -> Area:
        """Set words with their first base line at a point; return the room they take."""
        run = self.run(
            words, at, size=size, face=face, role=role, anchor=anchor, room=room, lines=lines
        )
        self.parts.append(run)
        return run.box

    def run(
        self,
        words: str,
        at: tuple[float, float],
        *,
        size: float = 11.0,
        face: Face = "regular",
        role: str = "text.2",
        anchor: Anchor = "start",
        room: float = 0.0,
        lines: int = 1,
    ) -> TextRun:
        """Return words set with their first base line at a point, without adding them."""
        px = size * self.unit
        broken = fonts.broken(words, face, px, room or self.room, lines)
        wide = max((fonts.width(line, face, px) for line in broken), default=0.0)
        left = at[0] - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        leading = px * fonts.LEADING
        box = Area(left, at[1] - px * fonts.ASCENT, wide, leading * max(1, len(broken)))
        return TextRun(
            lines=broken, x=at[0], y=at[1], leading=leading, face=face, size=px,
            ink=Ink(role), box=box, anchor=anchor,
        )  # fmt: skip

    def box(
        self, area: Area, fill: Ink | None, *, edge: Ink | None = None, radius: float = 0.0
    ) -> None:
        """Fill an upright box, or draw its edge."""
        path = drawing_paths.rectangle(area.x, area.y, area.width, area.height, radius)
        width = 1.0 * self.unit if edge else 0.0
        self.parts.append(Shape(path=path, fill=fill, edge=edge, width=width))

    def dot(
        self, at: tuple[float, float], radius: float, fill: Ink | None, edge: Ink | None = None
    ) -> None:
        """Fill a disc, or draw its edge."""
        path = drawing_paths.ellipse(*at, radius, radius)
        width = 1.2 * self.unit if edge else 0.0
        self.parts.append(Shape(path=path, fill=fill, edge=edge, width=width))

    def line(
        self,
        one: tuple[float, float],
        other: tuple[float, float],
        role: str,
        *,
        width: float = 1.0,
        dash: Dash = Dash.SOLID,
    ) -> None:
        """Draw a straight line."""
        ends = (Point(*one), Point(*other))
        self.parts.append(Line(points=ends, width=width * self.unit, ink=Ink(role), dash=dash))

    def icon(self, meaning: str, middle: tuple[float, float], side: float, role: str) -> None:
        """Draw an icon about a point."""
        long = side * self.unit
        path, filled = drawing_icons.icon(meaning)
        at = (middle[0] - long / 2, middle[1] - long / 2)
        drawn = drawing_paths.moved(path, *at, long / drawing_icons.BOX)
        width = (2.0 if side <= 15 else 1.85) * long / drawing_icons.BOX
        if filled:
            self.parts.append(Shape(path=drawn, fill=Ink(role)))
        else:
            self.parts.append(Shape(path=drawn, edge=Ink(role), width=width))

    def plate(self, bounds: Area, words: str) -> Plate:
        """Return what was collected."""
        return Plate(
            bounds=bounds,
            parts=tuple(self.parts),
            spots=tuple(self.spots),
            words=words,
            yielded=self.yielded,
        )


SAMPLE: Final = 20.0


def legend(
    sheet: Sheet, left: float, top: float, wide: float, entries: Sequence[tuple[str, str, str]]
) -> float:
    """Set entries of (icon or dash, colour role, words) side by side, wrapping; return the end."""
    x, y, step = left, top + 10 * sheet.unit, 20 * sheet.unit
    for mark, role, words in entries:
        run = sheet.run(words, (0.0, 0.0), role="text")
        need = (SAMPLE + 22) * sheet.unit + run.box.width
        if x + need > left + wide and x > left:
            x, y = left, y + step
        _sample(sheet, mark, role, (x, y))
        at = (x + (SAMPLE + 6) * sheet.unit, y + 4 * sheet.unit)
        placed = replace(run.box, x=at[0], y=at[1] + run.box.y)
        sheet.parts.append(replace(run, x=at[0], y=at[1], box=placed))
        x += need
    return y + step / 2


def _sample(sheet: Sheet, mark: str, role: str, at: tuple[float, float]) -> None:
    wide = SAMPLE * sheet.unit
    if mark == "dash":
        sheet.line(at, (at[0] + wide, at[1]), role, width=2.0, dash=Dash.DASHED)
    elif mark == "line":
        sheet.line(at, (at[0] + wide, at[1]), role, width=4.0)
    else:
        sheet.icon(mark, (at[0] + wide / 2, at[1]), 14.0, role)
