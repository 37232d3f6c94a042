"""A timeline under the user's hands: zoom and pan in time, go from event to event, open one."""

from datetime import date
from typing import Final
from uuid import UUID

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from ocgdesk.domain.timelines import Event, Timeline
from ocgdesk.i18n import _
from ocgdesk.reports import timeline_axis, timeline_drawing, timeline_packing
from ocgdesk.reports.drawing_parts import Area
from ocgdesk.reports.plate import Plate, Spot
from ocgdesk.reports.timeline_axis import Window
from ocgdesk.ui import fonts, theme
from ocgdesk.ui.plates import painting
from ocgdesk.ui.plates.painting import Reaches

STEP: Final = 1.35
"""One step of zoom."""
PANNED: Final = 0.12
"""Of the window, one step of panning."""
_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_LANES: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ZOOMS: Final = {Qt.Key.Key_Plus: STEP, Qt.Key.Key_Equal: STEP, Qt.Key.Key_Minus: 1 / STEP}
_OPENS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier


class TimelineView(QAbstractScrollArea):
    """Lines of entities with their events. Ctrl and the wheel zoom, dragging pans."""

    opened = Signal(object)
    """The Event that was clicked twice, or that Enter was pressed on."""
    lane_opened = Signal(object)
    """The id of the entity whose name was clicked twice."""
    chosen = Signal(object)
    """The Event that is the current one now, or None."""
    window_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.timeline: Timeline | None = None
        self.window_: Window | None = None
        self.current: Event | None = None
        self._plate: Plate | None = None
        self._reaches: Reaches | None = None
        self._grip: tuple[QPointF, Window, int] | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Timeline"))
        self.viewport().setMouseTracking(True)
        theme.follow(self, self._redraw)

    @property
    def plate(self) -> Plate | None:
        """What is painted."""
        return self._plate

    def show_timeline(self, timeline: Timeline, *, keep_view: bool = False) -> None:
        """Show this timeline, all of it, or with ``keep_view`` what was in view."""
        self.timeline = timeline
        ids = {event.id for event in timeline.events}
        if self.current is not None and self.current.id not in ids:
            self.current = None
        if self.window_ is None or not keep_view:
            self.window_ = timeline_axis.around(*timeline.extent)
        self._redraw()

    def fit(self) -> None:
        """Show all the time anything is known of."""
        if self.timeline is not None:
            self.look(timeline_axis.around(*self.timeline.extent))

    def look(self, window: Window) -> None:
        """Show these days."""
        self.window_ = window
        self._redraw()
        self.window_changed.emit()

    def zoom(self, factor: float, about: float | None = None) -> None:
        """Show so many times less time, about a place across the view or its middle."""
        if self.window_ is not None:
            self.look(self.window_.zoomed(factor, self._day(about)))

    def _day(self, x: float | None) -> date:
        assert self.window_ is not None  # noqa: S101 - there is something to see
        left, right = self._plot()
        share = 0.5 if x is None else min(1.0, max(0.0, (x - left) / max(right - left, 1.0)))
        return self.window_.moved(share * self.window_.days).first

    def _plot(self) -> tuple[float, float]:
        unit, width = fonts.scale(), float(self.viewport().width())
        return min(timeline_drawing.NAMES * unit, width * 0.4), width - timeline_packing.END * unit

    def _redraw(self) -> None:
        if self.timeline is None or self.window_ is None:
            return
        width = float(self.viewport().width())
        unit = fonts.scale()
        self._plate = timeline_drawing.draw(self.timeline, self.window_, width, unit=unit)
        self._reaches = Reaches(self._plate)
        high = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, int(self._plate.bounds.height) - high + 8))
        bar.setPageStep(high)
        bar.setSingleStep(round(timeline_packing.ROW * unit))
        self.setAccessibleDescription(self._plate.words)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(700, 400)

    # ---- Painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.current().qcolour("surface"))
        if self._reaches is not None and self._plate is not None:
            axis = round(timeline_packing.AXIS * fonts.scale())
            wide, high = self.viewport().width(), self.viewport().height()
            self._paint(painter, QRect(0, axis, wide, high - axis), self._scrolled())
            self._paint(painter, QRect(0, 0, wide, axis + 1), 0)
        painter.end()

    def _paint(self, painter: QPainter, clip: QRect, scrolled: int) -> None:
        assert self._reaches is not None  # noqa: S101 - asked above
        painter.save()
        painter.setClipRect(clip)
        painter.translate(0, -scrolled)
        seen = Area(0.0, clip.top() + scrolled, clip.width(), clip.height())
        painting.paint(painter, self._reaches.within(seen), self.devicePixelRatioF())
        if (spot := self._spot_of(self.current)) is not None:
            painting.ring(painter, spot.box)
        painter.restore()

    def _scrolled(self) -> int:
        return self.verticalScrollBar().value()

    def _spot_of(self, event: Event | None) -> Spot | None:
        if event is None or self._plate is None:
            return None
        key = str(event.id)
        return next((spot for spot in self._plate.spots if spot.key == key), None)

    def _spot_at(self, place: QPointF) -> Spot | None:
        if self._plate is None:
            return None
        return painting.spot_at(self._plate.spots, QPointF(place.x(), place.y() + self._scrolled()))

    # ---- Mouse ---------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._redraw()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.window_ is not None:
            self.choose(self._event_at(event.position()))
            self._grip = event.position(), self.window_, self._scrolled()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            over = self._spot_at(event.position()) is not None
            shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.OpenHandCursor
            self.viewport().setCursor(shape)
            return
        begun, window, scrolled = self._grip
        left, right = self._plot()
        moved = event.position() - begun
        self.verticalScrollBar().setValue(scrolled - round(moved.y()))
        self.look(window.moved(-moved.x() * window.days / max(right - left, 1.0)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        del event
        self._grip = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        spot = self._spot_at(event.position())
        if spot is not None and spot.key.startswith("lane:"):
            self.lane_opened.emit(UUID(spot.key.removeprefix("lane:")))
        elif (found := self._event_at(event.position())) is not None:
            self.opened.emit(found)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta()
        if event.modifiers() & _CONTROL and turn.y():
            self.zoom(STEP ** (turn.y() / 120), event.position().x())
            event.accept()
        elif (event.modifiers() & _SHIFT or turn.x()) and self.window_ is not None:
            by = (turn.x() or turn.y()) / 120
            self.look(self.window_.moved(-by * self.window_.days * PANNED))
            event.accept()
        else:
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            spot = self._spot_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), spot.words if spot else "", self)
            return True
        return super().viewportEvent(event)

    def _event_at(self, place: QPointF) -> Event | None:
        spot = self._spot_at(place)
        return self.event_of(spot.key) if spot else None

    def event_of(self, key: str) -> Event | None:
        """Return the event with this id as text."""
        events = self.timeline.events if self.timeline else ()
        return next((event for event in events if str(event.id) == key), None)

    # ---- Going from event to event -------------------------------------------------------------

    def choose(self, event: Event | None) -> None:
        """Make an event the current one, and bring it into view."""
        if event == self.current:
            return
        self.current = event
        if event is not None:
            self._show(event)
            self.setAccessibleDescription(f"{event.label}. {event.when}")
        self.viewport().update()
        self.chosen.emit(event)

    def _show(self, event: Event) -> None:
        if (window := self.window_) is not None and self._spot_of(event) is None:
            days = timeline_drawing.known(event)
            if not window.first <= days <= window.last:
                self.look(window.holding(days, days))
        if (spot := self._spot_of(event)) is None:
            return
        top, axis = self._scrolled(), timeline_packing.AXIS * fonts.scale()
        high = self.viewport().height()
        if spot.box.y < top + axis:
            self.verticalScrollBar().setValue(int(spot.box.y - axis))
        elif spot.box.bottom > top + high:
            self.verticalScrollBar().setValue(int(spot.box.bottom - high + 8))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ZOOMS:
            self.zoom(_ZOOMS[key])
        elif key in _STEPS and event.modifiers() & _CONTROL and self.window_ is not None:
            self.look(self.window_.moved(_STEPS[key] * self.window_.days * PANNED))
        elif key in _STEPS:
            self._step(_STEPS[key])
        elif key in _LANES:
            self._step_lane(_LANES[key])
        elif key == Qt.Key.Key_Z:
            self.fit()
        elif key in _OPENS and self.current is not None:
            self.opened.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _drawn(self) -> list[Event]:
        """Return the events with a mark of their own in view, by time."""
        keys = {spot.key for spot in self._plate.spots} if self._plate else set()
        events = self.timeline.events if self.timeline else ()
        return [event for event in events if str(event.id) in keys]

    def _step(self, by: int) -> None:
        """Go to the next event on the same line."""
        drawn = self._drawn()
        if self.current is None:
            self.choose(drawn[0] if drawn else None)
            return
        same = [event for event in drawn if event.lanes[0] == self.current.lanes[0]]
        if self.current in same:
            at = same.index(self.current) + by
            self.choose(same[min(max(at, 0), len(same) - 1)])

    def _step_lane(self, by: int) -> None:
        """Go to the first event of the next line that has any in view."""
        lanes = [lane.id for lane in self.timeline.lanes] if self.timeline else []
        first: dict[UUID, Event] = {}
        for event in self._drawn():
            first.setdefault(event.lanes[0], event)
        there = [id_ for id_ in lanes if id_ in first]
        if not there:
            return
        here = self.current.lanes[0] if self.current else None
        at = there.index(here) + by if here in there else 0
        self.choose(first[there[min(max(at, 0), len(there) - 1)]])
