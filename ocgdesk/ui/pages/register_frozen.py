"""What stays in sight of a register that is scrolled sideways: ticks and the first columns."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionViewItem

from ocgdesk.ui import theme
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.delegates.rows import RowDelegate
from ocgdesk.ui.delegates.tables import RowTable

Index = QModelIndex | QPersistentModelIndex
PADDING: Final = 9


class TickDelegate(RowDelegate):
    """Draws a ticked row as selected, and a line behind the last frozen column.

    A single selected cell has no tint: the focus shows where it is. The view's properties
    ``wideSelection`` and ``frozenColumns`` say so.
    """

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = option.widget
        if not view.property("wideSelection"):
            option.state &= ~QStyle.StateFlag.State_Selected
        tick = index.sibling(index.row(), 0).data(Qt.ItemDataRole.CheckStateRole)
        if tick == Qt.CheckState.Checked:
            option.state |= QStyle.StateFlag.State_Selected
        super().paint(painter, option, index)
        if index.column() == view.property("frozenColumns"):
            edge = QRect(option.rect.right(), option.rect.top(), 1, option.rect.height())
            painter.fillRect(edge, theme.current().qcolour("line.2"))


def delegate(table: RowTable) -> TickDelegate:
    """Return the delegate of a register's table."""
    made = TickDelegate(Density.STANDARD, table)
    made.padding = PADDING
    return made


class Frozen(RowTable):
    """Ticks and the first columns again, over the table while it is scrolled sideways."""

    tick_pressed = Signal(int, object)
    """A row, and the keys held."""
    pressed_beside = Signal()

    def __init__(self, over: RowTable) -> None:
        super().__init__(padding=PADDING, parent=over)
        self.rows = delegate(self)
        self.setItemDelegate(self.rows)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionBehavior(RowTable.SelectionBehavior.SelectItems)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.heading.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.heading.setSectionsMovable(False)
        self.heading.setStretchLastSection(False)
        self._ticking = False
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        edge = self.viewport().width() - 1
        painter.fillRect(edge, 0, 1, self.viewport().height(), theme.current().qcolour("line.2"))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = event.position().toPoint()
        row = self.rowAt(spot.y())
        self._ticking = row >= 0 and self.columnAt(spot.x()) == 0
        if self._ticking:
            self.tick_pressed.emit(row, event.modifiers())
        else:
            self.pressed_beside.emit()
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._ticking:
            super().mouseReleaseEvent(event)
