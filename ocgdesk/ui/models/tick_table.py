"""A short table whose rows can be ticked: what is ticked stays so while rows are filtered."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal

from ocgdesk.ui.models.short_table import Column, Index, ShortTable, column
from ocgdesk.ui.widgets.values import Text

_TICK = Qt.ItemDataRole.CheckStateRole
_WIDTH = 44


class TickTable(ShortTable):
    """A column of boxes stands before the columns given; ``key`` tells rows apart.

    The boxes have a column of their own: a cell with a box is drawn without its words.
    """

    ticked = Signal()

    def __init__(self, columns: Sequence[Column], key: Callable[[Any], UUID]) -> None:
        super().__init__((_boxes(), *columns))
        self._key = key
        self.on: dict[UUID, Any] = {}
        """The rows ticked, by key, in the order they were."""

    def tick(self, rows: Iterable[Any], *, on: bool = True) -> None:
        """Tick these rows, whether they are shown or not."""
        for row in rows:
            if on:
                self.on[self._key(row)] = row
            else:
                self.on.pop(self._key(row), None)
        self._tell()

    def clear(self) -> None:
        """Tick nothing."""
        self.on.clear()
        self._tell()

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else found

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if role == _TICK:
            if not index.isValid() or index.column() != 0:
                return None
            on = self._key(self.rows[index.row()]) in self.on
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        if role != _TICK or not index.isValid():
            return False
        self.tick([self.rows[index.row()]], on=Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def _tell(self) -> None:
        if self.rows:
            last = self.index(len(self.rows) - 1, 0)
            self.dataChanged.emit(self.index(0, 0), last, [int(_TICK)])
        self.ticked.emit()


def _boxes() -> Column:
    return column("", lambda _row: Text(""), lambda _row: None, _WIDTH, stretch=0)
