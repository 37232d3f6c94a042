"""What part of a chart is seen: a zoom and the chart point in the middle of the window."""

from dataclasses import dataclass, replace
from typing import Final, Self

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

from ocgdesk.reports.drawing_parts import Area

LEAST: Final = 0.03
MOST: Final = 6.0
FIT_MOST: Final = 1.0
"""Fitting never enlarges: a chart of three items is not blown up."""


@dataclass(frozen=True, slots=True)
class View:
    """A zoom (pixels to the chart unit), the middle, and the size of the window in pixels."""

    zoom: float = 1.0
    x: float = 0.0
    y: float = 0.0
    width: float = 1.0
    height: float = 1.0

    def transform(self) -> QTransform:
        """Return the mapping from chart units to pixels."""
        made = QTransform()
        made.translate(self.width / 2, self.height / 2)
        made.scale(self.zoom, self.zoom)
        made.translate(-self.x, -self.y)
        return made

    def to_screen(self, x: float, y: float) -> QPointF:
        """Return where a chart point is seen."""
        return QPointF(
            (x - self.x) * self.zoom + self.width / 2, (y - self.y) * self.zoom + self.height / 2
        )

    def to_chart(self, point: QPointF) -> QPointF:
        """Return which chart point is seen here."""
        return QPointF(
            (point.x() - self.width / 2) / self.zoom + self.x,
            (point.y() - self.height / 2) / self.zoom + self.y,
        )

    def area(self, margin: float = 0.0) -> Area:
        """Return the part of the chart that is seen, and ``margin`` pixels round it."""
        wide, high = self.width / self.zoom, self.height / self.zoom
        seen = Area(self.x - wide / 2, self.y - high / 2, wide, high)
        return seen.grown(margin / self.zoom)

    def rect(self, area: Area) -> QRectF:
        """Return where an area of the chart is seen."""
        size = QSizeF(area.width * self.zoom, area.height * self.zoom)
        return QRectF(self.to_screen(area.x, area.y), size)

    def sized(self, width: float, height: float) -> Self:
        """Return the view in a window of another size, its middle unmoved."""
        return replace(self, width=max(width, 1.0), height=max(height, 1.0))

    def panned(self, dx: float, dy: float) -> Self:
        """Return the view after its picture was dragged by so many pixels."""
        return replace(self, x=self.x - dx / self.zoom, y=self.y - dy / self.zoom)

    def zoomed(self, factor: float, about: QPointF) -> Self:
        """Return the view enlarged about a point of the window, which stays where it is."""
        zoom = min(MOST, max(LEAST, self.zoom * factor))
        held = self.to_chart(about)
        return replace(
            self,
            zoom=zoom,
            x=held.x() - (about.x() - self.width / 2) / zoom,
            y=held.y() - (about.y() - self.height / 2) / zoom,
        )

    def fitted(self, area: Area, margin: float = 24.0) -> Self:
        """Return the view that shows all of an area, at 100 % at most."""
        wide, high = max(area.width, 1.0), max(area.height, 1.0)
        room = max(self.width - 2 * margin, 1.0), max(self.height - 2 * margin, 1.0)
        zoom = max(LEAST, min(FIT_MOST, room[0] / wide, room[1] / high))
        return replace(self, zoom=zoom, x=area.centre.x, y=area.centre.y)
