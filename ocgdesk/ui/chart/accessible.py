"""The items of a chart as a screen reader meets them: children of the canvas, in reading order.

Qt asks for them only where something listens. An interface that Qt was given is Qt's to delete
while Python may still hold it, so each is kept here for good: one for each place in a list, whose
item is looked up when it is asked about, and not one for each item.
"""

from typing import Final
from uuid import UUID
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, QPoint, QPointF, QRect
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleInterface,
    QColor,
    QWindow,
)
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import isValid

from ocgdesk.ui import theme
from ocgdesk.ui.chart import walking
from ocgdesk.ui.chart.choosing import ChoosingSurface

MOST: Final = 500
"""Items in view that are offered one by one; the list beside the chart has all of them."""
_State = QAccessible.State
_kept: list[QAccessibleInterface] = []
_children: WeakKeyDictionary[ChoosingSurface, list["AccessibleItem"]] = WeakKeyDictionary()
_seen: WeakKeyDictionary[ChoosingSurface, tuple[tuple[object, ...], list[UUID]]] = (
    WeakKeyDictionary()
)
"""What was in view when it was asked for last: a reader asks once for each item."""
_installed: list[bool] = []


def install() -> None:
    """Tell Qt how charts are met by a screen reader; once is enough."""
    if not _installed:
        _installed.append(True)
        QAccessible.installFactory(_made)


def tell_focus(canvas: ChoosingSurface) -> None:
    """Say which item is the current one, where somebody listens."""
    if not QAccessible.isActive():
        return
    event = QAccessibleEvent(canvas, QAccessible.Event.Focus)
    if (place := _place_of_current(canvas)) is not None:
        event.setChild(place)
    QAccessible.updateAccessibility(event)


def seen(canvas: ChoosingSurface) -> list[UUID]:
    """Return the items in view, row by row; the current one is always among them."""
    index, view, current = canvas.index, canvas.view, _current(canvas)
    asked = (index, view, current)
    if (known := _seen.get(canvas)) is not None and known[0] == asked:
        return known[1]
    nodes = [index.nodes[at] for at in index.nodes_in(view.area())]
    found = walking.in_reading_order(nodes)[:MOST]
    if current is not None and current not in found:
        found.append(current)
    _seen[canvas] = asked, found
    return found


def _current(canvas: ChoosingSurface) -> UUID | None:
    items = [id_ for id_ in canvas.selection() if canvas.index.node(id_) is not None]
    return items[-1] if items else None


def _place_of_current(canvas: ChoosingSurface) -> int | None:
    current = _current(canvas)
    return None if current is None else seen(canvas).index(current)


def _made(key: str, thing: QObject) -> QAccessibleInterface | None:
    if key != "ChartCanvas" or not isinstance(thing, ChoosingSurface):
        return None
    made = AccessibleChart(thing)
    _kept.append(made)
    return made


class AccessibleChart(QAccessibleWidget):
    """The canvas: a list of the items in view."""

    def __init__(self, canvas: ChoosingSurface) -> None:
        super().__init__(canvas, QAccessible.Role.List)
        self._canvas = canvas

    def childCount(self) -> int:  # noqa: N802 - Qt's own
        return len(seen(self._canvas)) if isValid(self._canvas) else 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return _child(self._canvas, index) if 0 <= index < self.childCount() else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802 - Qt's own
        return child.place if isinstance(child, AccessibleItem) else -1

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802
        spot = QPointF(self._canvas.mapFromGlobal(QPoint(x, y)))
        id_ = self._canvas.index.node_at(self._canvas.view.to_chart(spot))
        found = seen(self._canvas)
        return _child(self._canvas, found.index(id_)) if id_ in found else None

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802
        place = _place_of_current(self._canvas)
        return None if place is None else _child(self._canvas, place)


def _child(canvas: ChoosingSurface, place: int) -> "AccessibleItem":
    """Return what stands for a place in the list of a canvas."""
    known = _children.setdefault(canvas, [])
    while len(known) <= place:
        made = AccessibleItem(canvas, len(known))
        QAccessible.registerAccessibleInterface(made)
        known.append(made)
        _kept.append(made)
    return known[place]


class AccessibleItem(QAccessibleInterface):
    """One item in view: its name is what the list beside the chart says of it."""

    def __init__(self, canvas: ChoosingSurface, place: int) -> None:
        super().__init__()
        self._canvas = canvas
        self.place = place

    @property
    def id(self) -> UUID | None:
        """The item that stands in this place now."""
        found = seen(self._canvas) if isValid(self._canvas) else []
        return found[self.place] if self.place < len(found) else None

    def isValid(self) -> bool:  # noqa: N802 - Qt's own
        return isValid(self._canvas) and self.id is not None

    def object(self) -> QObject | None:  # type: ignore[override]
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        return self._canvas.window().windowHandle()

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def text(self, part: QAccessible.Text) -> str:
        id_ = self.id
        if id_ is None or part != QAccessible.Text.Name:
            return ""
        return self._canvas.words_of(id_)

    def setText(self, part: QAccessible.Text, text: str) -> None:  # noqa: N802 - Qt's own
        del part, text

    def state(self) -> _State:
        made, id_ = _State(), self.id
        made.focusable = made.selectable = made.multiSelectable = 1
        made.selected = int(id_ in self._canvas.selection())
        made.focused = int(self._canvas.hasFocus() and id_ == _current(self._canvas))
        return made

    def rect(self) -> QRect:
        node = self._canvas.index.node(self.id) if self.id else None
        if node is None:
            return QRect()
        box = self._canvas.view.rect(node.box).toAlignedRect()
        return QRect(self._canvas.mapToGlobal(box.topLeft()), box.size())

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        return QAccessible.queryAccessibleInterface(self._canvas)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        del index
        return None

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802
        del x, y
        return None

    def childCount(self) -> int:  # noqa: N802 - Qt's own
        return 0

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802 - Qt's own
        del child
        return -1

    def backgroundColor(self) -> QColor:  # noqa: N802 - Qt's own
        return theme.current().qcolour("surface")

    def foregroundColor(self) -> QColor:  # noqa: N802 - Qt's own
        return theme.current().qcolour("text")
