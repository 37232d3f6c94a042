"""A row of a list that is ticked: its box painted as tables and forms paint it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ocgdesk.ui import fonts, theme
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets import marks

Index = QModelIndex | QPersistentModelIndex


class TickedItem(QStyledItemDelegate):
    """Paints a tick and its words as tables and forms do."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box, look = QRectF(option.rect), theme.current()
        states = QStyle.StateFlag
        role = "selected" if option.state & states.State_Selected else "surface"
        role = "hover" if option.state & states.State_MouseOver and role == "surface" else role
        painter.fillRect(box, look.qcolour(role))
        mark = QRectF(box.left() + px(8), box.top(), px(16), box.height())
        ticked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole))
        can = bool(index.flags() & Qt.ItemFlag.ItemIsUserCheckable)
        marks.check_box(painter, mark, ticked, enabled=can)
        words = box.adjusted(px(34), 0, -px(8), 0)
        marks.text(painter, words, str(index.data()), fonts.body(), "text" if can else "text.2")
