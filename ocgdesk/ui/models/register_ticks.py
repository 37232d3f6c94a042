"""Lines of a register that are ticked: by record, whatever their order and their groups."""

from array import array
from collections.abc import Iterable
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from ocgdesk.ui.models.register_groups import Group, Shown

Index = QModelIndex | QPersistentModelIndex
NO_PARENT: Final = QModelIndex()
TICK: Final = Qt.ItemDataRole.CheckStateRole


class TickedLines(QAbstractTableModel):
    """Column 0 ticks rows; on the line above a group it ticks the rows of the group."""

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.numbers: array[int] = array("q")
        """The records line by line; below zero for the line above a group."""
        self.shown = Shown()
        self.ticks: set[int] = set()

    @property
    def count(self) -> int:
        """How many records there are, in groups or not."""
        return len(self.shown.every)

    def tick(self, rows: Iterable[int], *, on: bool) -> None:
        """Tick rows or take their ticks away."""
        lines = (self.numbers[at] for at in rows if 0 <= at < len(self.numbers))
        numbers = set(self.shown.records(lines))
        self.ticks = self.ticks | numbers if on else self.ticks - numbers
        self.tell_ticks()

    def tick_all(self, *, on: bool) -> None:
        """Tick every row that passes the filters, or none."""
        self.ticks = set(self.shown.every) if on else set()
        self.tell_ticks()

    def is_ticked(self, at: int) -> bool:
        """Tell whether a row is ticked."""
        return self.shown.has(self.numbers[at], self.ticks)

    def chosen(self) -> list[int]:
        """Return the numbers of the ticked rows in their order."""
        return [no for no in self.shown.every if no in self.ticks] if self.ticks else []

    def records(self, rows: Iterable[int]) -> list[int]:
        """Return the records of some lines, without the lines above groups."""
        lines = (self.numbers[row] for row in rows if 0 <= row < len(self.numbers))
        return [no for no in lines if no >= 0]

    def group_at(self, row: int) -> Group | None:
        """Return the group a line stands above; None for the line of a record."""
        return self.shown.group(self.numbers[row]) if 0 <= row < len(self.numbers) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if index.column() == 0:  # ticks are no part of a block of cells
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def setData(self, index: Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        if not index.isValid() or index.column() or role != TICK:
            return False
        self.tick([index.row()], on=Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def all_ticked(self) -> Qt.CheckState:
        """Return whether all, some or no rows are ticked."""
        if not self.ticks:
            return Qt.CheckState.Unchecked
        whole = len(self.ticks) >= len(self.shown.every)
        return Qt.CheckState.Checked if whole else Qt.CheckState.PartiallyChecked

    def tell_ticks(self) -> None:
        """Say that other rows are ticked."""
        if self.numbers:
            last = self.index(len(self.numbers) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last, [int(TICK)])
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 0)
        self.ticked.emit()
