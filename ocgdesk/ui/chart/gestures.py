"""What the mouse does while a button is held: box, lasso, panning, dragging items."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from enum import Enum
from typing import Final
from uuid import UUID

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from ocgdesk.reports.drawing_parts import Area
from ocgdesk.ui.chart.index import Index
from ocgdesk.ui.chart.view import View

START: Final = 4.0
"""Pixels the pointer moves before a press becomes a drag."""


class Way(Enum):
    """What a selection gesture does to what was selected."""

    REPLACE = "replace"
    ADD = "add"
    TOGGLE = "toggle"


def way(modifiers: Qt.KeyboardModifier) -> Way:
    """Return what these keys ask for: Shift adds, Ctrl toggles."""
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        return Way.TOGGLE
    return Way.ADD if modifiers & Qt.KeyboardModifier.ShiftModifier else Way.REPLACE


class Gesture(ABC):
    """One drag, from press to release."""

    cursor: Qt.CursorShape = Qt.CursorShape.ArrowCursor
    is_click: bool = False
    """Whether it is done also where the pointer did not move."""

    def __init__(self, start: QPointF) -> None:
        self.start = start
        self.at = start
        self.begun = False

    def move(self, place: QPointF) -> None:
        """Follow the pointer."""
        if not self.begun and (place - self.start).manhattanLength() < START:
            return
        before = self.at if self.begun else self.start
        self.begun, self.at = True, place
        self.dragged(place - before)

    @abstractmethod
    def dragged(self, by: QPointF) -> None:
        """Do what the drag does, after the pointer went on by so many pixels."""

    @abstractmethod
    def done(self) -> None:
        """Carry out what the drag was for."""

    def cancel(self) -> None:
        """Put things back as they were before the drag."""
        return

    def paint(self, painter: QPainter, accent: QColor) -> None:
        """Paint what shows the drag, in pixels of the window."""
        del painter, accent


class Pan(Gesture):
    """Drags the whole picture."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, start: QPointF, go: Callable[[float, float], None]) -> None:
        super().__init__(start)
        self._go = go

    def dragged(self, by: QPointF) -> None:
        self._go(by.x(), by.y())

    def done(self) -> None:
        return

    def cancel(self) -> None:
        whole = self.start - self.at
        self._go(whole.x(), whole.y())


Chosen = Callable[[list[UUID], Way], None]


def _pen(accent: QColor) -> QPen:
    return QPen(accent, 1.0, Qt.PenStyle.DashLine)


def _veil(accent: QColor) -> QColor:
    thin = QColor(accent)
    thin.setAlphaF(0.10)
    return thin


class BoxSelect(Gesture):
    """Selects what lies inside a box."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, start: QPointF, view: View, index: Index, chosen: Chosen, how: Way) -> None:
        super().__init__(start)
        self._view, self._index, self._chosen, self._how = view, index, chosen, how

    def dragged(self, by: QPointF) -> None:
        del by

    def _rect(self) -> QRectF:
        return QRectF(self.start, self.at).normalized()

    def done(self) -> None:
        one = self._view.to_chart(self._rect().topLeft())
        two = self._view.to_chart(self._rect().bottomRight())
        area = Area(one.x(), one.y(), two.x() - one.x(), two.y() - one.y())
        self._chosen(self._index.within(area), self._how)

    def paint(self, painter: QPainter, accent: QColor) -> None:
        painter.setPen(_pen(accent))
        painter.setBrush(_veil(accent))
        painter.drawRect(self._rect())


class Lasso(Gesture):
    """Selects what lies inside an outline drawn by hand."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, start: QPointF, view: View, index: Index, chosen: Chosen, how: Way) -> None:
        super().__init__(start)
        self._view, self._index, self._chosen, self._how = view, index, chosen, how
        self._run = [start]

    def dragged(self, by: QPointF) -> None:
        del by
        self._run.append(self.at)

    def done(self) -> None:
        outline = QPolygonF([self._view.to_chart(place) for place in self._run])
        self._chosen(self._index.within_polygon(outline), self._how)

    def paint(self, painter: QPainter, accent: QColor) -> None:
        painter.setPen(_pen(accent))
        painter.setBrush(_veil(accent))
        painter.drawPolygon(QPolygonF(self._run))


class Carry(Gesture):
    """Drags the selected items."""

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(
        self, start: QPointF, lift: Callable[[], None], drop: Callable[[QPointF | None], None]
    ) -> None:
        super().__init__(start)
        self._lift, self._drop = lift, drop
        self._lifted = False

    @property
    def offset(self) -> QPointF:
        """How far the items were dragged, in pixels."""
        return self.at - self.start

    def dragged(self, by: QPointF) -> None:
        del by
        if not self._lifted:
            self._lifted = True
            self._lift()

    def done(self) -> None:
        if self._lifted:
            self._drop(self.offset)

    def cancel(self) -> None:
        if self._lifted:
            self._drop(None)


class Tether(Gesture):
    """Draws a line from one item to another."""

    cursor = Qt.CursorShape.CrossCursor
    is_click = True

    def __init__(self, start: QPointF, origin: QPointF, ended: Callable[[QPointF], None]) -> None:
        super().__init__(start)
        self._origin, self._ended = origin, ended

    def dragged(self, by: QPointF) -> None:
        del by

    def done(self) -> None:
        self._ended(self.at)

    def paint(self, painter: QPainter, accent: QColor) -> None:
        painter.setPen(QPen(accent, 2.0, Qt.PenStyle.DashLine))
        painter.drawLine(self._origin, self.at)
        painter.setBrush(accent)
        painter.drawEllipse(self.at, 4.0, 4.0)


class Put(Gesture):
    """Puts something down where the button is let go."""

    cursor = Qt.CursorShape.CrossCursor
    is_click = True

    def __init__(self, start: QPointF, put: Callable[[QPointF], None]) -> None:
        super().__init__(start)
        self._put = put

    def dragged(self, by: QPointF) -> None:
        del by

    def done(self) -> None:
        self._put(self.at)
