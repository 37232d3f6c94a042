"""Rows of 32 px with hairlines; the current row has an accent bar, a selected one a tint."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ocgdesk.ui import theme
from ocgdesk.ui.delegates import cells
from ocgdesk.ui.delegates.roles import CellRole, Density, GroupRole, MarkRole
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets import marks
from ocgdesk.ui.widgets.values import Cell, Text

Index = QModelIndex | QPersistentModelIndex
_SELECTED = QStyle.StateFlag.State_Selected
_FOCUS = QStyle.StateFlag.State_HasFocus
_BAR = 3


class RowDelegate(QStyledItemDelegate):
    """Paints the cells of a table from ``CellRole``; a cell that cannot is drawn as text.

    The hovered row is the view's property ``hoveredRow`` (kept by ``tables.RowTable``).
    """

    def __init__(self, density: Density = Density.STANDARD, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.density = density
        self.padding = cells.PADDING

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        wide = cells.width(_cell(index)) + 2 * px(self.padding)
        return QSize(round(wide) + 1, px(self.density))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box = QRectF(option.rect)
        painter.save()
        painter.setClipRect(box)
        self._ground(painter, box, option, index)
        self._mark(painter, box, index)
        if index.data(Qt.ItemDataRole.CheckStateRole) is not None:
            marks.check_box(painter, box, Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)))
        else:
            side = px(self.padding)
            inside = box.adjusted(side, 0, -side, -1)
            cells.paint(painter, inside, _cell(index))
        self._focus(painter, box, option)
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Tick and untick: a click anywhere in the cell, or Space."""
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is None or not index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            return super().editorEvent(event, model, option, index)
        if not _ticks(event):
            return False
        ticked = Qt.CheckState(state) == Qt.CheckState.Checked
        new = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
        at = model.index(index.row(), index.column(), index.parent())
        return model.setData(at, new, Qt.ItemDataRole.CheckStateRole)

    def _ground(
        self, painter: QPainter, box: QRectF, option: QStyleOptionViewItem, index: Index
    ) -> None:
        look, view = theme.current(), option.widget
        selected = bool(option.state & _SELECTED)
        hovered = _hovered(view) == index.row()
        role = "selected" if selected else "surface"
        if hovered:
            role = "selected.hover" if selected else "hover"
        if index.sibling(index.row(), 0).data(GroupRole):
            role = "sunken"
        painter.fillRect(box, look.qcolour(role))
        marks.hairline(painter, box, "grid")
        if _is_current(view, index) and box.left() <= 0:
            painter.fillRect(
                QRectF(box.left(), box.top(), _BAR, box.height()), look.qcolour("accent")
            )

    def _mark(self, painter: QPainter, box: QRectF, index: Index) -> None:
        tone = index.data(MarkRole)
        if tone:
            look = theme.current()
            ground = look.qcolour(f"{tone}.tint")
            edge = look.qcolour(tone) if tone != "info" or look.outlined else None
            inside = box.adjusted(0, 0, -1, -1)
            marks.round_box(painter, inside, ground, edge, 0, width=1.5)

    def _focus(self, painter: QPainter, box: QRectF, option: QStyleOptionViewItem) -> None:
        view = option.widget
        by_cell = isinstance(view, QTableView) and view.property("cellFocus")
        if by_cell and option.state & _FOCUS:
            marks.focus_ring(painter, box.adjusted(0, 0, 0, -1), 2)


def _cell(index: Index) -> Cell:
    """Return what the cell shows, made from the display text when the model knows no more."""
    shown: Cell | None = index.data(CellRole)
    if shown is not None:
        return shown
    align = index.data(Qt.ItemDataRole.TextAlignmentRole)
    right = align is not None and bool(Qt.AlignmentFlag(align) & Qt.AlignmentFlag.AlignRight)
    words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
    group = bool(index.data(GroupRole))
    return Text(words, align="right" if right else "left", strong=group)


def _hovered(view: QObject | None) -> object:
    return None if view is None else view.property("hoveredRow")


def _is_current(view: QObject | None, index: Index) -> bool:
    if not isinstance(view, QAbstractItemView):
        return False
    return view.currentIndex().row() == index.row() and view.currentIndex().isValid()


def _ticks(event: QEvent) -> bool:
    if isinstance(event, QMouseEvent):
        left = event.button() == Qt.MouseButton.LeftButton
        return left and event.type() == QEvent.Type.MouseButtonRelease
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
