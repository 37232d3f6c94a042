"""Squares of the matrix: how many records two OCGs share, and of which kinds."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ocgdesk.casework.matrix import Cell
from ocgdesk.ui import fonts, icons, theme
from ocgdesk.ui.fonts import px

CELL: Final = Qt.ItemDataRole.UserRole + 1
"""The Cell of a pair, or None."""
Index = QModelIndex | QPersistentModelIndex
WIDE: Final = 50
TALL: Final = 40
_ICON: Final = 12
_MOST: Final = 3
"""Glyphs in a square at most; the words below the table say the rest."""
_FULL: Final = 8
"""So many shared records are drawn in the strongest tint."""


class MatrixDelegate(QStyledItemDelegate):
    """Paints a count over the glyphs of what is shared; a feud has a border and its own glyph."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        del option, index
        return QSize(px(WIDE), px(TALL))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, box = theme.current(), QRectF(option.rect)
        cell = index.data(CELL)
        painter.save()
        if index.row() == index.column():
            painter.fillRect(box, look.qcolour("sunken"))
        elif isinstance(cell, Cell):
            self._paint_cell(painter, box, cell)
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(look.qcolour("focus" if focused else "accent"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.restore()

    @staticmethod
    def _paint_cell(painter: QPainter, box: QRectF, cell: Cell) -> None:
        look = theme.current()
        tint = look.qcolour("accent")
        tint.setAlphaF(0.06 + 0.24 * min(cell.total, _FULL) / _FULL if cell.total else 0.0)
        painter.fillRect(box.adjusted(0, 0, -1, -1), tint)
        if cell.feud:
            painter.setPen(QPen(look.qcolour("overdue"), 1.5))
            painter.drawRect(box.adjusted(2, 2, -3, -3))
        painter.setPen(look.qcolour("text"))
        painter.setFont(fonts.body())
        upper = QRectF(box.x(), box.y() + 2, box.width(), box.height() * 0.55)
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, str(cell.total or "–"))
        _glyphs(painter, box, cell)


def _glyphs(painter: QPainter, box: QRectF, cell: Cell) -> None:
    marks = [(f"entity.{kind.value}", f"kind.{kind.value}") for kind, _n in cell.counts]
    links = [("status.error", "overdue")] if cell.feud else []
    if cell.links and not cell.feud:
        links = [("action.link", "text.2")]
    shown = (*links, *marks)[:_MOST]
    size = px(_ICON)
    x = box.center().x() - len(shown) * (size + 2) / 2
    for meaning, role in shown:
        place = QRectF(x, box.bottom() - size - 4, size, size)
        icons.paint(painter, meaning, role, place, _ICON)
        x += size + 2
