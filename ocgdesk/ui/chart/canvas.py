"""The link chart under the user's hands: mouse, keys, and what they ask for.

It changes nothing but positions and what is hidden, and says so by signals; whoever keeps the
chart saves them.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from ocgdesk.domain.charts import Point
from ocgdesk.reports import chart_words
from ocgdesk.ui.chart import keys
from ocgdesk.ui.chart.gestures import BoxSelect, Carry, Gesture, Lasso, Pan, Way, way
from ocgdesk.ui.chart.minimap import Minimap
from ocgdesk.ui.chart.surface import STEP, ChartSurface

_BY_KEY: Final = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}
"""How the focus came, where its frame is to be seen."""


class ChartCanvas(ChartSurface):
    """A link chart to work on. Keys act only while it has the focus."""

    moved = Signal(object)
    """Where items were put: ``dict[UUID, Point]``, once for each drag or run of arrow keys."""
    opened = Signal(UUID)
    removal_requested = Signal(tuple)
    """The ids to take off the chart; their records stay."""
    expand_requested = Signal(UUID)
    menu_requested = Signal(object, QPoint)
    """What was clicked (an id or nothing) and where on the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nudged: dict[UUID, Point] = {}
        self._space = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.minimap = Minimap(self)
        self.view_changed.connect(self.minimap.follow)
        self.drawn.connect(self.minimap.renew)

    def _choose(self, ids: Sequence[UUID], how: Way) -> None:
        """Change the selection by a gesture."""
        match how:
            case Way.REPLACE:
                self.select(ids)
            case Way.ADD:
                self.select([*self._selected, *ids])
            case Way.TOGGLE:
                kept = [id_ for id_ in self._selected if id_ not in set(ids)]
                self.select([*kept, *(id_ for id_ in ids if id_ not in self._selected)])

    def select_all(self) -> None:
        """Select every item that is seen or could be seen by panning."""
        self.select(node.id for node in self._index.nodes)

    def select_none(self) -> None:
        """Select nothing."""
        self.select(())

    def select_inverse(self) -> None:
        """Select the items that were not."""
        held = set(self._selected)
        self.select(node.id for node in self._index.nodes if node.id not in held)

    def select_neighbours(self) -> None:
        """Add the items one link away; while the key is held the rest is dimmed."""
        near = self._index.neighbours(self._selected)
        self._spotlight = frozenset(near)
        order = [node.id for node in self._index.nodes if node.id in near]
        self._choose(order, Way.ADD)
        self._over.stale()

    def hide_selected(self) -> None:
        """Hide the selected items; the count says how many are hidden."""
        self._hide(self._arrangement.hidden | set(self._items_selected()))
        self.select(())

    def show_hidden(self) -> None:
        """Show all that was hidden."""
        self._hide(frozenset())

    def _hide(self, hidden: frozenset[UUID]) -> None:
        if hidden != self._arrangement.hidden:
            self._arrangement = replace(self._arrangement, hidden=hidden)
            self._redraw()
            self.hidden_changed.emit(len(hidden))

    def request_removal(self) -> None:
        """Ask for the selected items to be taken off the chart."""
        if self._selected:
            self.removal_requested.emit(self._selected)

    def request_expansion(self) -> None:
        """Ask for what is linked to the item selected last."""
        items = self._items_selected()
        if items:
            self.expand_requested.emit(items[-1])

    def open_current(self) -> None:
        """Ask for the record of what was selected last."""
        current = self._current()
        if current:
            self.opened.emit(current)

    def request_menu(self) -> None:
        """Ask for the menu of what was selected last, beside it."""
        current = self._current()
        node = self._index.node(current) if current else None
        place = self._view.to_screen(node.at.x, node.at.y) if node else QPointF(24, 24)
        self.menu_requested.emit(current, self.mapToGlobal(place.toPoint()))

    def step_back(self) -> None:
        """Cancel the gesture; where there is none, the selection."""
        if self._gesture is None:
            self.select(())
            return
        self._gesture.cancel()
        self._end_gesture()

    def _lift(self) -> None:
        """Take the selected items out of the picture, to be carried."""
        self._lifted = frozenset(self._items_selected())
        self._base.stale()
        self._over.stale()

    def _drop(self, offset: QPointF | None) -> None:
        lifted, self._lifted = self._lifted, frozenset()
        if offset is None or offset.isNull():
            self._dress()
            return
        places = self._shifted(lifted, offset.x() / self.zoom, offset.y() / self.zoom)
        self._put(places)
        self.moved.emit(places)

    def _nudge(self, dx: float, dy: float) -> None:
        items = self._items_selected()
        if not items:
            self._look(self._view.panned(-40 * dx, -40 * dy))
            return
        places = self._shifted(items, dx, dy)
        self._nudged |= places
        self._put(places)

    def _under(self, place: QPointF) -> UUID | None:
        """Return the item or tie under the pointer."""
        spot = self._view.to_chart(place)
        return self._index.node_at(spot, 2 / self.zoom) or self._index.line_at(spot, self.zoom)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._gesture is not None:
            return
        self.setProperty("by-key", False)
        place = event.position()
        match event.button():
            case Qt.MouseButton.LeftButton:
                self._gesture = self._left(place, event.modifiers())
            case Qt.MouseButton.MiddleButton | Qt.MouseButton.RightButton:
                self._gesture = Pan(place, self._pan)
        self._shape_cursor()

    def _pan(self, dx: float, dy: float) -> None:
        self._look(self._view.panned(dx, dy))

    def _left(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> Gesture | None:
        """Return the gesture a press of the left button begins; a press on an item selects it."""
        if self._space:
            return Pan(place, self._pan)
        how = way(modifiers)
        if modifiers & Qt.KeyboardModifier.AltModifier:
            return Lasso(place, self._view, self._index, self._choose, how)
        target = self._under(place)
        ids = self._targets(place, target)
        if not ids:
            return BoxSelect(place, self._view, self._index, self._choose, how)
        if how is not Way.REPLACE:
            self._choose(ids, how)
        elif not set(ids) <= set(self._selected):
            self.select(ids)
        return Carry(place, self._lift, self._drop)

    def _targets(self, place: QPointF, target: UUID | None) -> list[UUID]:
        """Return what a press stands for: an item, a tie, or the members under a hull's tab."""
        if target:
            return [target]
        hull = self._index.hull_at(self._view.to_chart(place), self.zoom)
        return [node.id for node in self._index.nodes if hull and node.id in hull.members]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._gesture is not None:
            self._gesture.move(event.position())
            self.update()
            return
        found = self._index.node_at(self._view.to_chart(event.position()))
        if found != self._hover:
            self._hover = found
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        gesture = self._gesture
        if gesture is None:
            return
        self._end_gesture()
        if gesture.begun:
            gesture.done()
        elif event.button() == Qt.MouseButton.RightButton:
            self._menu_at(event.position())
        elif event.button() == Qt.MouseButton.LeftButton and not self._space:
            self._clicked(event)

    def _clicked(self, event: QMouseEvent) -> None:
        """Answer a press and release in one place: what was already selected becomes the only."""
        if way(event.modifiers()) is Way.REPLACE:
            self.select(self._targets(event.position(), self._under(event.position())))

    def _menu_at(self, place: QPointF) -> None:
        target = self._under(place)
        if target and target not in self._selected:
            self.select((target,))
        self.menu_requested.emit(target, self.mapToGlobal(place.toPoint()))

    def _end_gesture(self) -> None:
        self._gesture = None
        self._shape_cursor()
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        target = self._under(event.position())
        hull = self._index.hull_at(self._view.to_chart(event.position()), self.zoom)
        if target or hull:
            self.opened.emit(target or (hull.id if hull else None))
        else:
            self.select(())

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._pan((turn.y() or turn.x()) / 2, 0.0)
        elif turn.y():
            self._look(self._view.zoomed(STEP ** (turn.y() / 120), event.position()))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover = None
        self.update()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if keys.is_ours(event):
                event.accept()
                return True
        elif isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._tell(event)
            return True
        return super().event(event)

    def _tell(self, event: QHelpEvent) -> None:
        """Show the whole name of what is under the pointer; labels may be cut."""
        target = self._index.node_at(self._view.to_chart(QPointF(event.pos())))
        items = (item for item in self._arrangement.scene.items if item.id == target)
        item = next(items, None)
        QToolTip.showText(event.globalPos(), chart_words.item_words(item) if item else "", self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers, key = keys.pressed(event)
        name = keys.KEYS.get((modifiers, key))
        if name:
            getattr(self, name)()
        elif key in keys.STEPS and keys.is_ours(event):
            far = 10.0 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1.0
            dx, dy = keys.STEPS[key]
            self._nudge(dx * far, dy * far)
        elif key == Qt.Key.Key_Space:
            self._space = True
            self._shape_cursor()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            return
        if event.key() == Qt.Key.Key_Space:
            self._space = False
            self._shape_cursor()
        elif event.key() == Qt.Key.Key_N and self._spotlight:
            self._let_go()
        elif event.key() in keys.STEPS and self._nudged:
            nudged, self._nudged = self._nudged, {}
            self.moved.emit(nudged)
        super().keyReleaseEvent(event)

    def _let_go(self) -> None:
        self._spotlight = frozenset()
        self._over.stale()
        self.update()

    def _shape_cursor(self) -> None:
        if self._gesture is not None:
            self.setCursor(self._gesture.cursor)
        elif self._space:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setProperty("by-key", event.reason() in _BY_KEY)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._space = False
        self._let_go()
        self._shape_cursor()
