"""A table short enough to be held whole: up to some hundred rows, ordered here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from ocgdesk.ui.delegates.roles import CellRole, Density, HeadingRole
from ocgdesk.ui.delegates.tables import RowTable
from ocgdesk.ui.fonts import px
from ocgdesk.ui.widgets.values import Align, Cell, Heading, words

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: what a row shows in it, and by what rows are ordered.

    ``width`` is the least at 100 %; ``stretch`` its share of what is left over. Columns with
    the highest ``yields`` are left out first where there is no room; 0 always stays.
    """

    heading: Heading
    cell: Callable[[Any], Cell]
    order: Callable[[Any], Any]
    width: int
    stretch: int = 1
    yields: int = 0


def column(
    title: str,
    cell: Callable[[Any], Cell],
    order: Callable[[Any], Any],
    width: int,
    *,
    align: Align = "left",
    stretch: int = 1,
    yields: int = 0,
) -> Column:
    """Return a column with a plain heading."""
    return Column(
        heading=Heading(title=title, align=align),
        cell=cell,
        order=order,
        width=width,
        stretch=stretch,
        yields=yields,
    )


class ShortTable(QAbstractTableModel):
    """The rows, in the order they were given or by one column: up, down, as given again."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._given: tuple[Any, ...] = ()
        self._rows: list[Any] = []
        self._by = -1
        self._down = False

    @property
    def rows(self) -> tuple[Any, ...]:
        """The rows as they stand."""
        return tuple(self._rows)

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Have other columns, and no rows until they are given; the order goes back to theirs."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self._given, self._rows, self._by = (), [], -1
        self.endResetModel()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows; the order chosen stays."""
        self.beginResetModel()
        self._given = tuple(rows)
        self._arrange()
        self.endResetModel()

    def turn(self, column: int) -> None:
        """Order by this column: first up, then down, then not at all."""
        if self._by != column:
            self._by, self._down = column, False
        elif not self._down:
            self._down = True
        else:
            self._by, self._down = -1, False
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        stood = [self._rows[index.row()] for index in kept]
        self._arrange()
        places = {id(row): number for number, row in enumerate(self._rows)}
        new = [
            self.index(places[id(row)], index.column())
            for row, index in zip(stood, kept, strict=True)
        ]
        self.changePersistentIndexList(kept, new)
        self.layoutChanged.emit()
        last = len(self.columns) - 1
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)

    def _arrange(self) -> None:
        self._rows = list(self._given)
        if self._by < 0:
            return
        order = self.columns[self._by].order
        known = [row for row in self._rows if order(row) is not None]
        missing = [row for row in self._rows if order(row) is None]
        self._rows = sorted(known, key=order, reverse=self._down) + missing

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        cell = self.columns[index.column()].cell(self._rows[index.row()])
        if role == CellRole:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return words(cell)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.columns[index.column()].heading.title}: {words(cell)}"
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        heading = self.columns[section].heading
        if role == HeadingRole:
            turned = 0 if self._by != section else -1 if self._down else 1
            return replace(heading, sort=turned)
        return heading.title if role == Qt.ItemDataRole.DisplayRole else None


class ShortTableView(RowTable):
    """Shows such a table: headers order it, columns share the width, the last ones yield."""

    def __init__(
        self,
        model: ShortTable,
        *,
        name: str,
        density: Density = Density.STANDARD,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name=name, density=density, parent=parent)
        self.table = model
        model.setParent(self)
        self.setModel(model)
        self.heading.setStretchLastSection(False)
        self.heading.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.heading.sectionClicked.connect(model.turn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSelectionMode(RowTable.SelectionMode.SingleSelection)

    def row(self) -> Any | None:
        """Return the current row, if there is one."""
        at = self.currentIndex().row()
        return self.table.rows[at] if at >= 0 else None

    def wanted_height(self, most: int) -> int:
        """Return the height that shows all rows, or this many of more."""
        shown = min(max(1, self.table.rowCount()), most)
        return self.heading.height() + shown * px(self.rows.density) + 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share()

    def share(self) -> None:
        """Give each column its width and its share of what is left over."""
        columns = self.table.columns
        room = self.viewport().width()
        shown = list(range(len(columns)))
        by_yield = sorted((n for n in shown if columns[n].yields), key=lambda n: -columns[n].yields)
        while by_yield and sum(px(columns[n].width) for n in shown) > room:
            shown.remove(by_yield.pop(0))
        spare = max(0, room - sum(px(columns[n].width) for n in shown))
        shares = sum(columns[n].stretch for n in shown) or 1
        for number, column in enumerate(columns):
            self.setColumnHidden(number, number not in shown)
            if number in shown:
                wide = px(column.width) + spare * column.stretch // shares
                last = number == shown[-1] and spare
                self.setColumnWidth(number, room if last else wide)
                room -= wide
