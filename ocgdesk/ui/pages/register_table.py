"""The table of a register: rows are ticked, cells selected, the first columns stay in sight."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from ocgdesk.ui import theme
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.delegates.tables import RowTable
from ocgdesk.ui.models.register_model import RegisterModel
from ocgdesk.ui.pages import register_blocks
from ocgdesk.ui.pages.register_blocks import Block, Place
from ocgdesk.ui.pages.register_frozen import PADDING, Frozen, delegate
from ocgdesk.ui.pages.register_handle import FillHandle
from ocgdesk.ui.pages.register_widths import Widths

Index = QModelIndex | QPersistentModelIndex
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_ALT: Final = Qt.KeyboardModifier.AltModifier
_PLAIN: Final = Qt.KeyboardModifier.NoModifier
_HELD: Final = _CONTROL | _SHIFT | _ALT
_FROZEN_MOST: Final = 0.7
"""The most of the table that stays in sight while the rest is scrolled."""
Key = Qt.Key


class RegisterTable(RowTable):
    """Shows a RegisterModel.

    Ticks are what acts on records are done with; the cells selected are what is copied, filled,
    pasted over and added up.
    """

    copied = Signal(bool)
    """What is selected is to be copied, and whether with its headings."""
    typed = Signal(str)
    """The current cell is to be edited: with this text, or with what it holds if empty."""
    pasted = Signal()
    filled = Signal()
    emptied = Signal()
    dated = Signal()
    """Today's date is to be put into the current cell."""
    blocked = Signal()
    """Other cells are selected."""
    filter_wanted = Signal(int)
    cleared = Signal()
    removed = Signal()
    reordered = Signal(object)
    """The names of the columns, in the order they were dragged into."""
    menu_wanted = Signal(int, object)
    """A column, and where on the screen."""
    cell_menu_wanted = Signal(object)

    def __init__(self, model: RegisterModel, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name=name, padding=PADDING, parent=parent)
        self.register = model
        self.frozen_count = 1
        """Columns from the left that stay in sight, beside the ticks."""
        self._anchor = 0
        self._swallowed = False
        self._place: Place | None = None
        self.rows = delegate(self)
        self.setItemDelegate(self.rows)
        self.setSelectionBehavior(RowTable.SelectionBehavior.SelectItems)
        self.setSelectionMode(RowTable.SelectionMode.ExtendedSelection)
        self.handle = FillHandle(self)
        self.frozen = Frozen(self)
        self.setModel(model)
        self.heading.drops = True
        self.heading.setFirstSectionMovable(False)
        self.widths = Widths(self, model)
        self.frozen.setModel(model)
        self.frozen.setSelectionModel(self.selectionModel())
        self._keys = self._bound()
        self._wire()
        self.freeze(1)
        theme.follow(self, self._refit)

    def set_density(self, density: Density) -> None:
        super().set_density(density)
        self.frozen.set_density(density)

    def freeze(self, count: int) -> None:
        """Keep so many columns from the left in sight."""
        self.frozen_count = max(0, count)
        for view in (self, self.frozen):
            view.setProperty("frozenColumns", self.frozen_count)
        self._lay_over()
        self.viewport().update()

    def blocks(self) -> tuple[Block, ...]:
        """Return the blocks of cells that are selected."""
        return register_blocks.of_view(self)

    def is_wide(self) -> bool:
        """Tell whether more than one cell is selected."""
        return bool(self.property("wideSelection"))

    def press_tick(self, row: int, modifiers: Qt.KeyboardModifier) -> None:
        """Tick a row or take its tick away; with Shift all rows from the one ticked last."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._go(row, max(1, self.currentIndex().column()))
        if modifiers & _SHIFT:
            first, last = sorted((self._anchor, row))
            self.register.tick(range(first, last + 1), on=True)
            return
        self.register.tick([row], on=not self.register.is_ticked(row))
        self._anchor = row

    def go(self, down: int, across: int) -> None:
        """Make a neighbour of the current cell current; at the edge stay."""
        now = self.currentIndex()
        row = min(max(0, now.row() + down), self.register.rowCount() - 1)
        columns = [n for n in range(1, self.register.columnCount()) if not self.isColumnHidden(n)]
        at = columns.index(now.column()) if now.column() in columns else 0
        self._go(row, columns[min(max(0, at + across), len(columns) - 1)])

    def scrollTo(  # noqa: N802 - Qt's own
        self,
        index: Index,
        hint: RowTable.ScrollHint = RowTable.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into sight, also from under the columns that stay."""
        super().scrollTo(index, hint)
        if index.isValid() and self.frozen.isVisible() and index.column() > self._laid():
            hidden = self.frozen.width() - self.columnViewportPosition(index.column())
            if hidden > 0:
                bar = self.horizontalScrollBar()
                bar.setValue(bar.value() - hidden)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = event.position().toPoint()
        row = self.rowAt(spot.y())
        left = event.button() == Qt.MouseButton.LeftButton
        self._swallowed = left and row >= 0 and self.columnAt(spot.x()) == 0
        if self._swallowed:
            self.press_tick(row, event.modifiers())
        else:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._swallowed:
            super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        spot = event.position().toPoint()
        if self.columnAt(spot.x()) == 0:
            self.mousePressEvent(event)
            return
        super().mouseDoubleClickEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        box = self.visualRect(self.currentIndex())
        spot = self.viewport().mapToGlobal(box.bottomLeft()) if by_key else event.globalPos()
        self.cell_menu_wanted.emit(spot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & _HELD
        act = self._keys.get((Key(event.key()), held))
        if act is not None:
            if not act():
                event.ignore()
        elif not held & (_CONTROL | _ALT) and event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def selectionChanged(  # noqa: N802 - Qt's own
        self, selected: QItemSelection, deselected: QItemSelection
    ) -> None:
        super().selectionChanged(selected, deselected)
        cells = sum(part.width() * part.height() for part in register_blocks.ranges(self))
        for view in (self, self.frozen):
            view.setProperty("wideSelection", cells > 1)
            view.viewport().update()
        self.handle.settle()
        self.blocked.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - Qt's own
        super().scrollContentsBy(dx, dy)
        if not self.handle.is_held:
            self.handle.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.widths.share()
        self._lay_over()
        self.handle.settle()

    def _refit(self) -> None:
        self.widths.refit()

    def _wire(self) -> None:
        for heading in (self.heading, self.frozen.heading):
            heading.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            heading.sectionClicked.connect(self._on_heading)
            heading.dropped.connect(self.filter_wanted)
        self.frozen.heading.drops = True
        self.heading.customContextMenuRequested.connect(self._on_heading_menu)
        self.frozen.heading.customContextMenuRequested.connect(self._on_frozen_menu)
        self.heading.sectionMoved.connect(self._on_moved)
        self.frozen.tick_pressed.connect(self.press_tick)
        self.frozen.pressed_beside.connect(self.setFocus)
        self.frozen.opened.connect(self.opened)
        self.widths.shared.connect(self._lay_over)
        self.widths.shared.connect(self.handle.settle)
        self.horizontalScrollBar().valueChanged.connect(self._lay_over)
        bars = self.verticalScrollBar(), self.frozen.verticalScrollBar()
        bars[0].valueChanged.connect(bars[1].setValue)
        self.register.modelAboutToBeReset.connect(self._on_about_to_reset)
        self.register.modelReset.connect(self._on_reset)

    def _bound(self) -> dict[tuple[Key, Qt.KeyboardModifier], Callable[[], bool]]:
        """Return what each key does; an act that had nothing to do returns False."""
        return {
            (Key.Key_Space, _PLAIN): self._tick_current,
            (Key.Key_Space, _CONTROL): self._select_columns,
            (Key.Key_Space, _SHIFT): self._select_rows,
            (Key.Key_Escape, _PLAIN): self._clear,
            (Key.Key_A, _CONTROL): self._tick_all,
            (Key.Key_C, _CONTROL): lambda: _told(self.copied, False),
            (Key.Key_C, _CONTROL | _SHIFT): lambda: _told(self.copied, True),
            (Key.Key_V, _CONTROL): lambda: _told(self.pasted),
            (Key.Key_D, _CONTROL): lambda: _told(self.filled),
            (Key.Key_Semicolon, _CONTROL): lambda: _told(self.dated),
            (Key.Key_F2, _PLAIN): lambda: _told(self.typed, ""),
            (Key.Key_Delete, _PLAIN): lambda: _told(self.emptied),
            (Key.Key_Delete, _SHIFT): lambda: _told(self.removed),
            (Key.Key_Down, _ALT): self._filter,
        }

    def _go(self, row: int, column: int) -> None:
        self.setCurrentIndex(self.register.index(row, column))

    def _tick_current(self) -> bool:
        row = self.currentIndex().row()
        if row >= 0:
            self.press_tick(row, _PLAIN)
        return True

    def _tick_all(self) -> bool:
        self.register.tick_all(on=True)
        return True

    def _select_columns(self) -> bool:
        """Select the columns of what is selected, from top to bottom."""
        found = self.blocks()
        if found and self.register.rowCount():
            columns = (found[0].columns[0], found[-1].columns[-1])
            register_blocks.select(self, Block(0, self.register.rowCount() - 1, columns))
        return True

    def select_column(self, column: int) -> None:
        """Select one column from top to bottom."""
        self._go(max(0, self.currentIndex().row()), column)
        self._select_columns()

    def _select_rows(self) -> bool:
        """Select the rows of what is selected, from end to end."""
        found = self.blocks()
        if found:
            last = self.register.columnCount() - 1
            whole = Block(found[0].top, max(block.bottom for block in found), (1, last))
            register_blocks.select(self, whole)
        return True

    def _clear(self) -> bool:
        """Take back the block of cells; without one, the ticks."""
        if self.is_wide():
            how = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().select(self.currentIndex(), how)
            return True
        if not self.register.ticks:
            return False
        self.cleared.emit()
        return True

    def _filter(self) -> bool:
        self.filter_wanted.emit(max(1, self.currentIndex().column()))
        return True

    def _laid(self) -> int:
        """Return the last column that stays in sight; fewer than wished where room is short."""
        room, wide, last = self.viewport().width() * _FROZEN_MOST, self.columnWidth(0), 0
        for column in range(1, min(self.frozen_count, self.register.columnCount() - 1) + 1):
            wide += 0 if self.isColumnHidden(column) else self.columnWidth(column)
            if wide > room and last:
                break
            last = column
        return last

    def _lay_over(self) -> None:
        """Show the frozen columns over the table while it is scrolled sideways."""
        last = self._laid()
        shown = self.horizontalScrollBar().value() > 0 and last > 0
        self.frozen.setVisible(shown)
        if not shown:
            return
        wide = 0
        for column in range(self.register.columnCount()):
            hidden = column > last or self.isColumnHidden(column)
            self.frozen.setColumnHidden(column, hidden)
            if not hidden:
                self.frozen.setColumnWidth(column, self.columnWidth(column))
                wide += self.columnWidth(column)
        high = self.heading.height() + self.viewport().height()
        at = self.frameWidth()
        self.frozen.setGeometry(QRect(at, at, wide, high))
        self.frozen.verticalScrollBar().setValue(self.verticalScrollBar().value())

    def _on_heading(self, column: int) -> None:
        if column == 0:
            whole = len(self.register.ticks) < self.register.rowCount()
            self.register.tick_all(on=whole)
            return
        add = bool(QApplication.keyboardModifiers() & _SHIFT)
        self.register.turn(column, add=add)

    def _on_heading_menu(self, spot: QPoint) -> None:
        self._ask_menu(self.heading, spot)

    def _on_frozen_menu(self, spot: QPoint) -> None:
        self._ask_menu(self.frozen.heading, spot)

    def _ask_menu(self, heading: QWidget, spot: QPoint) -> None:
        header = self.heading if heading is self.heading else self.frozen.heading
        column = header.logicalIndexAt(spot)
        if column > 0:
            self.menu_wanted.emit(column, header.viewport().mapToGlobal(spot))

    def _on_moved(self, _section: int, _from: int, _to: int) -> None:
        # The header is in the middle of the drag: it is put back, and the model turned, after it.
        QTimer.singleShot(0, self, self._take_order)

    def _take_order(self) -> None:
        """Make the order the sections were dragged into that of the model."""
        heading, count = self.heading, self.register.columnCount()
        order = [heading.logicalIndex(at) for at in range(count)]
        if order == list(range(count)):
            return
        names = [self.register.specs[n - 1].name for n in order if n > 0]
        heading.blockSignals(True)
        for section in range(count):
            heading.moveSection(heading.visualIndex(section), section)
        heading.blockSignals(False)
        self.reordered.emit(tuple(names))

    def _on_about_to_reset(self) -> None:
        """Note by record and column what is current and selected: rows and places change."""
        self._place = register_blocks.place(self, self.register) or self._place

    def _on_reset(self) -> None:
        self._anchor = 0
        if self._place is not None and self.register.rowCount():
            self.setAutoScroll(False)  # what one looks at stays, wherever the current cell is
            register_blocks.restore(self, self.register, self._place)
            self.setAutoScroll(True)
        self._lay_over()


def _told(signal: SignalInstance, *values: object) -> bool:
    signal.emit(*values)
    return True
