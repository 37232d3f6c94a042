"""How lines are broken and cut on screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import hypot
from typing import Final

from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QPainterPath, QPolygonF

from ocgdesk.domain.charts import Point
from ocgdesk.reports import drawing_lines
from ocgdesk.reports.drawing_parts import DASHES, Area, Dash, Ink, Line
from ocgdesk.reports.drawing_paths import Path

Ends = tuple[float, float, float, float]
DOTS: Final = (1.5, 2.6)
"""Dots on screen are square: at 1.5 px nobody can tell, and round caps cost thirty times that."""
PERIOD: Final = 12.0 * 4.1
"""Both dash patterns repeat after so many units: cutting by whole periods shifts no dash."""


def pattern(dash: Dash) -> tuple[float, ...]:
    """Return strokes and gaps in chart units."""
    return DOTS if dash is Dash.DOTTED else DASHES[dash]


def clipped(ends: Ends, seen: Area) -> Ends:
    """Return a long line without what is out of sight (dashing it costs by its length)."""
    x1, y1, x2, y2 = ends
    length = hypot(x2 - x1, y2 - y1)
    reach = max(seen.width, seen.height)
    if length <= reach:
        return ends
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    centre = seen.centre
    along = (centre.x - x1) * ux + (centre.y - y1) * uy
    begin = max(0.0, along - reach) // PERIOD * PERIOD
    end = min(length, along + reach)
    if end <= begin:
        return ends
    return x1 + ux * begin, y1 + uy * begin, x1 + ux * end, y1 + uy * end


Style = tuple[Dash, float, Ink]


@lru_cache(maxsize=4_000)
def _style(dash: Dash, width: float, ink: Ink) -> Style:
    """Return a style as the one object that all lines of it share: it is told by its identity."""
    return dash, width, ink


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line as Qt paints it, worked out once: most of what is painted was painted before."""

    style: Style
    straight: QLineF | None
    curve: QPainterPath | None
    head: QPolygonF | None
    length: float


def stroke_of(line: Line) -> Stroke:
    """Return a line as Qt paints it."""
    points = drawing_lines.shaft(line)
    straight = None
    if len(points) == 2:
        straight = QLineF(points[0].x, points[0].y, points[1].x, points[1].y)
    corners = drawing_lines.head(line) if line.arrow else ()
    return Stroke(
        style=_style(line.dash, line.width, line.ink),
        straight=straight,
        curve=None if straight is not None else curve(points),
        head=QPolygonF([QPointF(*corner) for corner in corners]) if corners else None,
        length=straight.length() if straight is not None else 0.0,
    )


def shortened(stroke: Stroke, seen: Area | None) -> QLineF:
    """Return a straight line without what is out of sight."""
    line = stroke.straight or QLineF()
    if seen is None:
        return line
    return QLineF(*clipped((line.x1(), line.y1(), line.x2(), line.y2()), seen))


def curve(points: Sequence[Point]) -> QPainterPath:
    """Return the cubic of a line that is not straight."""
    made = QPainterPath(QPointF(points[0].x, points[0].y))
    made.cubicTo(*(QPointF(point.x, point.y) for point in points[1:]))
    return made


def outline(path: Path) -> QPainterPath:
    """Return a path as Qt's."""
    made = QPainterPath()
    for letter, numbers in path:
        match letter:
            case "M":
                made.moveTo(*numbers)
            case "L":
                made.lineTo(*numbers)
            case "C":
                made.cubicTo(*numbers)
            case _:
                made.closeSubpath()
    return made
