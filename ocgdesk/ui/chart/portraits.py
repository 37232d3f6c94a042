"""Photographs in place of icons on a chart: the silhouette stays and still says what it is."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final
from uuid import UUID

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter

from ocgdesk.reports.drawing_parts import Node
from ocgdesk.ui.chart.painting import Brush
from ocgdesk.ui.chart.strokes import outline

LEAST: Final = 12.0
"""Pixels of an item below which its icon says more than a photograph."""
SIDE: Final = 128
"""The side of a photograph as it is held for a chart, in pixels."""


class Portraits(QObject):
    """The photographs a chart shows now, painted over the icons of its items."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures: Mapping[UUID, QImage] = {}

    @property
    def shown(self) -> frozenset[UUID]:
        """The items that have a photograph now."""
        return frozenset(self._pictures)

    def show(self, pictures: Mapping[UUID, QImage]) -> None:
        """Show these photographs by their items; none gives the icons back."""
        self._pictures = dict(pictures)
        self.changed.emit()

    def paint(self, brush: Brush, nodes: Iterable[Node]) -> None:
        """Paint the photographs of some items, in the painter's chart units."""
        for node in nodes if self._pictures else ():
            picture = self._pictures.get(node.id)
            if picture is not None and node.look.area.width * brush.zoom >= LEAST:
                _paint(brush, node, picture)


def square(picture: QImage) -> QImage:
    """Return the middle of a picture, as wide as high, no larger than a chart needs."""
    side = min(picture.width(), picture.height())
    left, top = (picture.width() - side) // 2, (picture.height() - side) // 3
    keep = Qt.AspectRatioMode.KeepAspectRatio
    smooth = Qt.TransformationMode.SmoothTransformation
    return picture.copy(left, top, side, side).scaled(SIDE, SIDE, keep, smooth)


def _paint(brush: Brush, node: Node, picture: QImage) -> None:
    painter, inside = brush.painter, outline(node.look.outline)
    painter.save()
    painter.translate(node.at.x, node.at.y)
    painter.save()
    painter.setClipPath(inside, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
    box = inside.boundingRect()
    side = max(box.width(), box.height())
    middle = box.center()
    whole = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
    painter.drawImage(whole, picture)
    painter.restore()
    for shape in node.look.shapes:
        if shape.edge:
            brush.shape(replace(shape, fill=None))
    painter.restore()
