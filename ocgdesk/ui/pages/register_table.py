"""The table of a register: rows are ticked, the name stays in sight, headers order and filter."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHeaderView, QStyle, QStyleOptionViewItem, QWidget

from ocgdesk.ui import theme
from ocgdesk.ui.delegates import cells
from ocgdesk.ui.delegates.roles import CellRole, Density
from ocgdesk.ui.delegates.rows import RowDelegate
from ocgdesk.ui.delegates.tables import RowTable
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models import looks
from ocgdesk.ui.models.register_model import RegisterModel

Index = QModelIndex | QPersistentModelIndex
_TICK_WIDTH: Final = 40
_LEAST: Final = 68
_MOST: Final = 300
_MOST_SPARE: Final = 60
_PADDING: Final = 9
_FIRST_TO_GO: Final = (
    *("agency", "exporter", "force", "unit", "weight", "directed", "network"),
    "primary_crime",
)
_LOOKED_AT: Final = 60
"""Rows whose cells decide how wide a column is."""
_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
_STEPS: Final = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -15,
    Qt.Key.Key_PageDown: 15,
}


class TickDelegate(RowDelegate):
    """Draws a ticked row as selected."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tick = index.sibling(index.row(), 0).data(Qt.ItemDataRole.CheckStateRole)
        if tick == Qt.CheckState.Checked:
            option.state |= QStyle.StateFlag.State_Selected
        super().paint(painter, option, index)
        if index.column() == 1:  # the name stays in sight: a line parts it from what scrolls
            edge = QRect(option.rect.right(), option.rect.top(), 1, option.rect.height())
            painter.fillRect(edge, theme.current().qcolour("line.2"))


def _delegate(table: RowTable) -> TickDelegate:
    made = TickDelegate(Density.STANDARD, table)
    made.padding = _PADDING
    return made


class _Frozen(RowTable):
    """Ticks and names again, over the table while it is scrolled sideways."""

    def __init__(self, over: "RegisterTable") -> None:
        super().__init__(padding=_PADDING, parent=over)
        self._over = over
        self.rows = _delegate(self)
        self.setItemDelegate(self.rows)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(RowTable.SelectionMode.NoSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.heading.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = event.position().toPoint()
        row, column = self.rowAt(spot.y()), self.columnAt(spot.x())
        if row >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._over.setFocus(Qt.FocusReason.MouseFocusReason)
            self._over.press(row, max(0, column), event.modifiers())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        edge = self.viewport().width() - 1
        painter.fillRect(edge, 0, 1, self.viewport().height(), theme.current().qcolour("line.2"))
        painter.end()


class RegisterTable(RowTable):
    """Shows a RegisterModel. A click makes a row current; ticks are what acts are done with."""

    copied = Signal()
    filter_wanted = Signal(int)
    cleared = Signal()
    removed = Signal()
    menu_wanted = Signal(int, object)
    """A column, and where on the screen."""

    def __init__(self, model: RegisterModel, *, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name=name, padding=_PADDING, parent=parent)
        self.register = model
        self._anchor = 0
        self._swallowed = False
        self._fitted: tuple[object, ...] = ()
        self._widths: dict[int, int] = {}
        self.yields = True
        """Whether columns are left out where there is no room; not once the user chose them."""
        self.rows = _delegate(self)
        self.setItemDelegate(self.rows)
        self.setSelectionMode(RowTable.SelectionMode.NoSelection)
        self.setModel(model)
        self.frozen = _Frozen(self)
        self.frozen.setModel(model)
        self.frozen.setSelectionModel(self.selectionModel())
        self._wire()

    def set_density(self, density: Density) -> None:
        super().set_density(density)
        self.frozen.set_density(density)

    def fit(self) -> None:
        """Make columns as wide as what they show, once for each choice of columns."""
        key = tuple(spec.name for spec in self.register.specs)
        if key == self._fitted or not self.register.rowCount() or self.register.row(0) is None:
            return
        self._fitted = key
        self.heading.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        columns = range(1, self.register.columnCount())
        self._widths = {0: px(_TICK_WIDTH), **{n: self._wanted(n) for n in columns}}
        self.share()

    def share(self) -> None:
        """Give columns their widths and what is left over; without room the last ones yield."""
        if not self._widths or max(self._widths) >= self.register.columnCount():
            return
        room = self.viewport().width()
        shown = sorted(self._widths)
        for column in self._yielding():
            if sum(self._widths[n] for n in shown) <= room:
                break
            shown.remove(column)
        worded = [n for n in shown[1:-1] if not looks.is_right(self.register.specs[n - 1])]
        spare = max(0, room - sum(self._widths[n] for n in shown))
        each = min(spare // (len(worded) + 1), px(_MOST_SPARE)) if worded else 0
        for column, wide in self._widths.items():
            self.setColumnHidden(column, column not in shown)
            self.setColumnWidth(column, wide + (each if column in worded else 0))
        self._lay_over()

    def _yielding(self) -> list[int]:
        """Return the columns that may be left out, those worth least first."""
        if not self.yields:
            return []
        names = [spec.name for spec in self.register.specs]
        first = [names.index(name) + 1 for name in _FIRST_TO_GO if name in names[2:]]
        figures = {n + 1 for n, s in enumerate(self.register.specs) if looks.is_number(s)}
        rest = [n for n in range(len(names), 2, -1) if n not in figures and n not in first]
        return [*first, *sorted(figures, reverse=True), *rest]

    def press(self, row: int, column: int, modifiers: Qt.KeyboardModifier) -> None:
        """Make a row current, and tick as the keys held say."""
        self.setCurrentIndex(self.register.index(row, max(1, column)))
        if modifiers & _SHIFT:
            first, last = sorted((self._anchor, row))
            self.register.tick(range(first, last + 1), on=True)
            return
        if modifiers & _CONTROL or column == 0:
            self.register.tick([row], on=not self.register.is_ticked(row))
        self._anchor = row

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = event.position().toPoint()
        row, column = self.rowAt(spot.y()), self.columnAt(spot.x())
        self._swallowed = False
        if row >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._swallowed = column == 0 or bool(event.modifiers() & (_CONTROL | _SHIFT))
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.press(row, column, event.modifiers())
        if not self._swallowed:
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._act_of(event)
        if act is None:
            super().keyPressEvent(event)
        elif not act():
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share()
        self._lay_over()

    def _wire(self) -> None:
        self.heading.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.heading.customContextMenuRequested.connect(self._on_heading_menu)
        self.heading.sectionClicked.connect(self._on_heading)
        self.heading.sectionResized.connect(self._on_resized)
        self.frozen.heading.sectionClicked.connect(self._on_heading)
        self.horizontalScrollBar().valueChanged.connect(self._lay_over)
        bars = self.verticalScrollBar(), self.frozen.verticalScrollBar()
        bars[0].valueChanged.connect(bars[1].setValue)
        self.register.modelReset.connect(self._on_reset)

    def _act_of(self, event: QKeyEvent):  # type: ignore[no-untyped-def]
        key, held = Qt.Key(event.key()), event.modifiers()
        match key:
            case Qt.Key.Key_Space:
                return self._tick_current
            case Qt.Key.Key_Escape:
                return self._clear
        if held & _CONTROL:
            return {Qt.Key.Key_A: self._tick_all, Qt.Key.Key_C: self._copy}.get(key)
        if key == Qt.Key.Key_Down and held & Qt.KeyboardModifier.AltModifier:
            return self._filter
        if held & _SHIFT and key in _STEPS:
            return lambda: self._extend(_STEPS[key])
        return self._remove if held & _SHIFT and key == Qt.Key.Key_Delete else None

    def _tick_current(self) -> bool:
        row = self.currentIndex().row()
        if row >= 0:
            self.press(row, 0, Qt.KeyboardModifier.NoModifier)
        return True

    def _tick_all(self) -> bool:
        self.register.tick_all(on=True)
        return True

    def _clear(self) -> bool:
        if not self.register.ticks:
            return False
        self.cleared.emit()
        return True

    def _copy(self) -> bool:
        self.copied.emit()
        return True

    def _filter(self) -> bool:
        self.filter_wanted.emit(max(1, self.currentIndex().column()))
        return True

    def _remove(self) -> bool:
        self.removed.emit()
        return True

    def _extend(self, by: int) -> bool:
        now = max(0, self.currentIndex().row())
        row = min(max(0, now + by), self.register.rowCount() - 1)
        first, last = sorted((now, row))
        self.register.tick(range(first, last + 1), on=True)
        self.setCurrentIndex(self.register.index(row, max(1, self.currentIndex().column())))
        return True

    def _wanted(self, column: int) -> int:
        rows = min(_LOOKED_AT, self.register.rowCount())
        shown = (self.register.index(row, column).data(CellRole) for row in range(rows))
        widest = max((cells.width(cell) for cell in shown if cell is not None), default=0)
        wide = max(widest + 2 * px(_PADDING) + 2, self.heading.sectionSizeHint(column))
        return round(min(max(wide, px(_LEAST)), px(_MOST)))

    def _lay_over(self) -> None:
        """Show ticks and names over the table while it is scrolled sideways."""
        shown = self.horizontalScrollBar().value() > 0
        self.frozen.setVisible(shown)
        if not shown:
            return
        for column in range(self.register.columnCount()):
            self.frozen.setColumnHidden(column, column > 1)
        for column in (0, 1):
            self.frozen.setColumnWidth(column, self.columnWidth(column))
        wide = self.columnWidth(0) + self.columnWidth(1)
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
        column = self.heading.logicalIndexAt(spot)
        if column > 0:
            self.menu_wanted.emit(column, self.heading.viewport().mapToGlobal(spot))

    def _on_resized(self, _column: int, _before: int, _after: int) -> None:
        self._lay_over()

    def _on_reset(self) -> None:
        self._anchor = 0
        self._lay_over()
