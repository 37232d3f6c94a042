"""A plate on screen: its parts painted in order, as far as they are seen."""

from collections.abc import Iterable
from math import hypot
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from ocgdesk.reports.drawing_parts import Area, Element, Line, Shape, TextRun
from ocgdesk.reports.drawing_paths import bounds
from ocgdesk.reports.plate import Plate, Spot
from ocgdesk.ui import theme
from ocgdesk.ui.chart.painting import Brush


def reach(part: Element) -> Area:
    """Return a box round a part, edges included."""
    if isinstance(part, TextRun):
        return part.box.grown(4.0)
    if isinstance(part, Line):
        xs, ys = [p.x for p in part.points], [p.y for p in part.points]
        left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
        return Area(left, top, right - left, bottom - top).grown(part.width + 8.0)
    left, top, right, bottom = bounds((part.path,))
    return Area(left, top, right - left, bottom - top).grown(part.width + 1.0)


class Reaches:
    """The parts of a plate with the box of each, so that only what is seen is painted."""

    def __init__(self, plate: Plate) -> None:
        self._parts = [(part, reach(part)) for part in plate.parts]

    def within(self, seen: Area) -> Iterable[Element]:
        """Yield the parts that are seen, in painting order."""
        return (part for part, box in self._parts if box.meets(seen))


def paint(painter: QPainter, parts: Iterable[Element], ratio: float) -> None:
    """Paint parts in their order with a painter that maps their units to pixels."""
    brush = Brush(painter, theme.current().name, 1.0, ratio)
    for part in parts:
        match part:
            case Shape():
                brush.shape(part)
            case Line():
                for _slice in brush.lines((part,)):
                    pass
            case TextRun():
                brush.text(part)


def ring(painter: QPainter, box: Area, role: str = "accent") -> None:
    """Draw a ring round what is chosen."""
    painter.setPen(QPen(QColor(theme.current().colour(role)), 2.0))
    painter.setBrush(QColor(0, 0, 0, 0))
    painter.drawRoundedRect(QRectF(box.x - 3, box.y - 1, box.width + 6, box.height + 2), 6, 6)


NEAR: Final = 7.0
"""So near a curve it is met, in pixels."""


def spot_at(spots: Iterable[Spot], place: QPointF) -> Spot | None:
    """Return what is met at a place: the last painted of several."""
    found = None
    for spot in spots:
        if spot.way:
            if _off(spot, place) <= NEAR:
                found = spot
        elif spot.box.meets(Area(place.x() - 1, place.y() - 1, 2, 2)):
            found = spot
    return found


def _off(spot: Spot, place: QPointF) -> float:
    """Return how far a place is from a curve."""
    return min(
        _from_piece(place, (a.x, a.y), (b.x, b.y))
        for a, b in zip(spot.way, spot.way[1:], strict=False)
    )


def _from_piece(place: QPointF, a: tuple[float, float], b: tuple[float, float]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    long = dx * dx + dy * dy
    share = ((place.x() - a[0]) * dx + (place.y() - a[1]) * dy) / long if long else 0.0
    share = min(1.0, max(0.0, share))
    return hypot(place.x() - a[0] - share * dx, place.y() - a[1] - share * dy)
