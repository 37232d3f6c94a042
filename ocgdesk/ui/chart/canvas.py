"""The link chart under the user's hands: mouse, keys, and what they ask for.

It changes nothing but positions and what is hidden, and says so by signals; whoever keeps the
chart saves them.
"""

from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from ocgdesk.domain.charts import Point
from ocgdesk.ui.chart import accessible, keys, slips
from ocgdesk.ui.chart.gestures import BoxSelect, Carry, Gesture, Lasso, Pan, Tether, Way, way
from ocgdesk.ui.chart.handling import HandlingSurface
from ocgdesk.ui.chart.minimap import Minimap
from ocgdesk.ui.chart.surface import STEP
from ocgdesk.ui.chart.tools import SELECT, Does

_BY_KEY: Final = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}
"""How the focus came, where its frame is to be seen."""


class ChartCanvas(HandlingSurface):
    """A link chart to work on. Keys act only while it has the focus."""

    moved = Signal(object)
    """Where items and notes were put: ``dict[UUID, Point]``, once for each drag or run of keys."""
    opened = Signal(UUID)
    removal_requested = Signal(tuple)
    """The ids to take off the chart; their records stay."""
    deletion_requested = Signal(tuple)
    """The ids whose records are to be deleted."""
    wording_requested = Signal(object)
    """The id of what is to be renamed or reworded."""
    asked = Signal(str)
    """A key for the page: copy, cut, paste, duplicate, find, legend, properties, undo, redo."""
    expand_requested = Signal(UUID)
    menu_requested = Signal(object, QPoint)
    """What was clicked (an id or nothing) and where on the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessible.install()
        self.announced.connect(self._on_announced)
        self.takes_undo = False
        """Whether Ctrl+Z turns back a step of this chart: one that is not kept has its own."""
        self._nudged: dict[UUID, Point] = {}
        self._space = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.minimap = Minimap(self)
        self.view_changed.connect(self.minimap.follow)
        self.drawn.connect(self.minimap.renew)

    def _on_announced(self, _words: str) -> None:
        accessible.tell_focus(self)

    def request_removal(self) -> None:
        """Ask for the selected items to be taken off the chart."""
        if self._selected:
            self.removal_requested.emit(self._selected)

    def request_deletion(self) -> None:
        """Ask for the records of what is selected to be deleted."""
        if self._selected:
            self.deletion_requested.emit(self._selected)

    def request_wording(self) -> None:
        """Ask for what was selected last to be renamed or reworded, in place."""
        current = self._current()
        if current:
            self.wording_requested.emit(current)

    def request_expansion(self) -> None:
        """Ask for what is linked to the item selected last."""
        items = self._items_selected()
        if items:
            self.expand_requested.emit(items[-1])

    def open_current(self) -> None:
        """Ask for the record of what was selected last; with a tool in use put that down."""
        current = self._current()
        if self._tool.does in {Does.ITEM, Does.NOTE}:
            self.put_in_the_middle()
        elif current:
            self.opened.emit(current)

    def request_menu(self) -> None:
        """Ask for the menu of what was selected last, beside it."""
        current = self._current()
        node = self._index.node(current) if current else None
        place = self._view.to_screen(node.at.x, node.at.y) if node else QPointF(24, 24)
        self.menu_requested.emit(current, self.mapToGlobal(place.toPoint()))

    def step_back(self) -> None:
        """Cancel the gesture; where there is none the tool, and then the selection."""
        if self._gesture is not None:
            self._gesture.cancel()
            self._end_gesture()
        elif self._tool is not SELECT:
            self.take_tool(SELECT)
        else:
            self.select(())

    def _lift(self) -> None:
        """Take what is selected out of the picture, to be carried; notes follow their items."""
        items = set(self._items_selected())
        notes = {note.id for note in self._index.drawing.notes if note.id in self._selected}
        self._lifted = frozenset(items | notes | slips.following(self._arrangement, items))
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
        places = self._shifted(self._selected, dx, dy)
        if not places:
            self._look(self._view.panned(-40 * dx, -40 * dy))
            return
        self._nudged |= places
        self._put(places)

    def _under(self, place: QPointF) -> UUID | None:
        """Return the note, item or tie under the pointer."""
        spot = self._view.to_chart(place)
        if note := self._index.note_at(spot):
            return note
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

    def _left(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> Gesture | None:
        """Return the gesture a press of the left button begins; a press on an item selects it."""
        if self._space:
            return Pan(place, self._pan)
        if self._tool is not SELECT:
            return self._tool_gesture(place, modifiers)
        if self._over_handle(place):
            return self._tether_from_handle(place)
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

    def _tether_from_handle(self, place: QPointF) -> Gesture | None:
        source = self._hover
        assert source is not None  # noqa: S101 - it is over the handle of an item
        return Tether(place, place, partial(self._join, source))

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
        found = found or self._over_handle(event.position(), 12.0)
        if found != self._hover:
            self._hover = found
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        gesture = self._gesture
        if gesture is None:
            return
        self._end_gesture()
        if gesture.begun or gesture.is_click:
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
            if keys.is_ours(event) or self._key_name(*keys.pressed(event)):
                event.accept()
                return True
        elif isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._tell(event)
            return True
        return super().event(event)

    def _tell(self, event: QHelpEvent) -> None:
        """Show the whole name of what is under the pointer; labels may be cut."""
        target = self._index.node_at(self._view.to_chart(QPointF(event.pos())))
        QToolTip.showText(event.globalPos(), self.words_of(target) if target else "", self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers, key = keys.pressed(event)
        name = self._key_name(modifiers, key)
        if name.startswith(keys.ASK):
            self.asked.emit(name.removeprefix(keys.ASK))
        elif name:
            getattr(self, name)()
        elif key in keys.STEPS and modifiers & Qt.KeyboardModifier.ControlModifier:
            self.walk_toward(*keys.STEPS[key])
        elif key in keys.STEPS and keys.is_ours(event):
            far = 10.0 if modifiers & Qt.KeyboardModifier.ShiftModifier else 1.0
            dx, dy = keys.STEPS[key]
            self._nudge(dx * far, dy * far)
        elif key == Qt.Key.Key_Space:
            self._space = True
            self._shape_cursor()
        else:
            super().keyPressEvent(event)

    def _key_name(self, modifiers: Qt.KeyboardModifier, key: Qt.Key) -> str:
        """Return what answers a key; empty where nothing does."""
        press = modifiers, key
        if self.takes_undo and press in keys.TURNS:
            return keys.TURNS[press]
        return keys.KEYS.get(press, "")

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's own names
        """Let Tab go from item to item once one is selected; past the last it goes on."""
        # Qt asks this too when something with the focus is hidden: then it is no key.
        is_key = self.window().focusWidget() is self and self.isVisible()
        if is_key and self._items_selected() and self.walk(1 if next else -1):
            return True
        return super().focusNextPrevChild(next)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat():
            return
        if event.key() == Qt.Key.Key_Space:
            self._space = False
            self._shape_cursor()
        elif event.key() in {Qt.Key.Key_N, Qt.Key.Key_P} and self._spotlight:
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
        elif self._space or self._tool.does is Does.PAN:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        elif self._tool is not SELECT:
            self.setCursor(Qt.CursorShape.CrossCursor)
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
