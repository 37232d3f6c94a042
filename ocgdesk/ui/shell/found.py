"""The list of the search palette: groups with their counts, results with what matched marked."""

from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ocgdesk.ui import fonts, icons, theme
from ocgdesk.ui.fonts import MEDIUM, px
from ocgdesk.ui.shell.values import Found, FoundGroup
from ocgdesk.ui.widgets import marks

RowRole: Final = int(Qt.ItemDataRole.UserRole) + 1
Index = QModelIndex | QPersistentModelIndex
NO_PARENT: Final = QModelIndex()
_RESULT: Final = 45
_GROUP: Final = 29
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class FoundModel(QAbstractListModel):
    """Groups and their results one below the other; groups cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Found | FoundGroup] = []

    def show_groups(self, groups: tuple[FoundGroup, ...]) -> None:
        """Show these results instead."""
        self.beginResetModel()
        self._rows = [row for group in groups for row in _rows(group)]
        self.endResetModel()

    def show_results(self, results: tuple[Found, ...]) -> None:
        """Show these results instead, without a group over them."""
        self.beginResetModel()
        self._rows = list(results)
        self.endResetModel()

    def row(self, at: int) -> Found | FoundGroup:
        """Return what stands in this row."""
        return self._rows[at]

    def next_result(self, at: int, by: int) -> int:
        """Return the row of the next result from here, round the end; -1 without results."""
        count = len(self._rows)
        steps = ((at + by * turn) % count for turn in range(1, count + 1))
        return next((row for row in steps if isinstance(self._rows[row], Found)), -1)

    def next_group(self, at: int, by: int) -> int:
        """Return the first result of the next group from here, round the end; -1 without any."""
        firsts = [i + 1 for i, row in enumerate(self._rows[:-1]) if isinstance(row, FoundGroup)]
        if not firsts:
            return -1
        here = max((n for n, first in enumerate(firsts) if first <= max(at, firsts[0])), default=0)
        return firsts[(here + by) % len(firsts)]

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == RowRole:
            return row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            if isinstance(row, FoundGroup):
                return f"{row.title} {row.count}".strip()
            return ", ".join(part for part in (row.title, row.second, row.why) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        live = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        result = index.isValid() and isinstance(self._rows[index.row()], Found)
        return live if result else Qt.ItemFlag.NoItemFlags


def _rows(group: FoundGroup) -> tuple[Found | FoundGroup, ...]:
    return (group, *group.results)


class FoundDelegate(QStyledItemDelegate):
    """Paints groups and results."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        group = isinstance(index.data(RowRole), FoundGroup)
        return QSize(option.rect.width(), px(_GROUP if group else _RESULT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, box = index.data(RowRole), QRectF(option.rect)
        painter.save()
        if isinstance(row, FoundGroup):
            _paint_group(painter, box, row)
        elif isinstance(row, Found):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            inside = box.adjusted(px(7), 0, -px(7), 0)
            _paint_result(painter, inside, row, chosen=chosen, opens=chosen and self._opens())
        painter.restore()

    def _opens(self) -> bool:
        """Tell whether Enter opens the chosen row: its list has the keys, or a box keeps them."""
        view = self.parent()
        if not isinstance(view, QWidget):
            return True
        return view.hasFocus() or view.focusPolicy() == Qt.FocusPolicy.NoFocus


def _paint_group(painter: QPainter, box: QRectF, group: FoundGroup) -> None:
    inside = box.adjusted(px(16), px(6), -px(16), 0)
    wide = marks.text(painter, inside, group.title, fonts.small(MEDIUM), "text.2")
    inside.setLeft(inside.left() + wide + px(8))
    marks.text(painter, inside, group.count, fonts.small(), "text.2")


def _paint_result(
    painter: QPainter, box: QRectF, found: Found, *, chosen: bool, opens: bool
) -> None:
    if chosen:
        look = theme.current()
        marks.round_box(painter, box, look.qcolour("selected"))
        painter.setClipRect(QRectF(box.left(), box.top(), 3, box.height()))
        marks.round_box(painter, box, look.qcolour("accent"))
        painter.setClipping(False)
    mark = QRectF(box.left() + px(12), box.top(), px(24), box.height())
    icons.paint(painter, found.icon, icons.natural(found.icon, "text"), mark, 17)
    right = _paint_right(painter, box, found, opens=opens)
    left = box.left() + px(46)
    wide = right - left - px(12)
    title = QRectF(left, box.top() + px(4), wide, px(20))
    font = fonts.mono(13, MEDIUM) if found.mono else fonts.body(MEDIUM)
    shown = _marked(painter, title, found.title, font, "text", found.marks)
    if found.restricted:
        lock = QRectF(left + shown + px(6), title.top(), px(14), title.height())
        icons.paint(painter, "status.restricted", "restricted", lock, 13)
    second = QRectF(left, box.top() + px(23), wide, px(17))
    _marked(painter, second, found.second, fonts.small(), "text.2", found.second_marks)


def _paint_right(painter: QPainter, box: QRectF, found: Found, *, opens: bool) -> float:
    """Draw why it matched, and the key that opens it; return where that begins."""
    right = box.right() - px(14)
    if opens:
        wide = marks.text_width("Enter", fonts.caption(fonts.STRONG)) + px(12)
        cap = QRectF(right - wide, box.top(), wide, box.height())
        right = cap.left() - px(14)
        marks.key_cap(painter, cap, "Enter")
    words = QRectF(box.left(), box.top(), right - box.left(), box.height())
    return right - marks.text(painter, words, found.why, fonts.small(), "text.2", align=_RIGHT)


def _marked(  # noqa: PLR0917 - the pieces of one line of text
    painter: QPainter,
    box: QRectF,
    words: str,
    font: QFont,
    ink: str,
    spans: tuple[tuple[int, int], ...],
) -> float:
    """Draw a line with what matched in the accent and underlined, so that colour is not all."""
    shown = marks.text(painter, box, words, font, ink)
    accent = theme.current().qcolour("accent.text")
    for start, end in spans:
        left = box.left() + marks.text_width(words[:start], font)
        wide = marks.text_width(words[start:end], font)
        if left + wide > box.right():
            continue
        painter.save()
        painter.setClipRect(QRectF(left, box.top(), wide, box.height()))
        marks.text(painter, box, words, font, "accent.text")
        painter.restore()
        painter.fillRect(QRectF(left, box.bottom() - px(2), wide, 1.5), accent)
    return shown
