"""The rows of a register: the order comes whole, the cells in windows as they are looked at."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from PySide6.QtCore import (
    QObject,
    Qt,
    QTimer,
    Signal,
)

from ocgdesk.casework.moments import NOW, Moment
from ocgdesk.domain.kinds import LINKS, Kind
from ocgdesk.store import listing
from ocgdesk.store.listing import Filter, ListQuery, ListRow, Sort
from ocgdesk.store.reader import Reader
from ocgdesk.ui.delegates.roles import CellRole, GroupRole, HeadingRole
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.inquiry import Inquiry
from ocgdesk.ui.models import looks, register_cells, register_groups
from ocgdesk.ui.models.register_reading import Held, Ordered, asking, read_windows
from ocgdesk.ui.models.register_ticks import NO_PARENT, TICK, Index, TickedLines
from ocgdesk.ui.widgets import values
from ocgdesk.ui.widgets.values import Cell, Text

WINDOW: Final = 128
"""Rows fetched at once."""
KEPT: Final = 60
"""Windows held; the one looked at longest ago goes first."""
AT_ONCE: Final = 4
"""Windows in one question."""
WAITING: Final = Text("…", "text.3")


class RegisterModel(TickedLines):
    """A list of one kind. Column 0 ticks rows; ticks are kept by record, whatever the order."""

    ordered = Signal()
    """The order is there, or it changed."""
    arrived = Signal()
    """Cells came that were waited for."""
    failed = Signal(object)
    """A DeskError: the list could not be read."""

    def __init__(
        self, desk: Desk, kind: Kind, query: ListQuery | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self.query = query or ListQuery(kind=kind)
        self.moment = NOW
        self.held: Held | None = None
        """The rows themselves, at another time than now."""
        self.total = 0
        self.specs = tuple(spec for spec in listing.columns(kind) if spec.shown)
        self.by = ""
        """The column whose values the rows are grouped by; empty where they are not."""
        self._desk = desk
        self._windows: OrderedDict[int, list[ListRow | None]] = OrderedDict()
        self._before: dict[int, ListRow] = {}
        """Rows as they were shown last, by number: they stand until the new ones come."""
        self._wanted: OrderedDict[int, None] = OrderedDict()
        self._order_asked = Inquiry(desk, self)
        self._rows_asked = Inquiry(desk, self)
        self._today = desk.today()
        self._flush = QTimer(self)
        self._flush.setSingleShot(True)
        self._flush.setInterval(0)
        self._flush.timeout.connect(self._fetch)

    @property
    def label_name(self) -> str:
        """The column that names a row."""
        return self.specs[0].name

    def is_settled(self) -> bool:
        """Tell whether all that was asked for has come."""
        return not (self._order_asked.is_open or self._rows_asked.is_open or self._wanted)

    def refresh(self) -> None:
        """Ask for the order again; what is shown stays until it comes."""
        self._order_asked.ask(self._question(), self._on_order, self.failed.emit)

    def _question(self) -> Callable[[Reader], Ordered]:
        by = next((spec for spec in self.specs if spec.name == self.by), None)
        if by is None:
            return asking(self.query, self._names(), self.moment)
        query = register_groups.grouping(self.query, by.name)
        order = asking(query, self._names(), self.moment)
        return register_groups.reading(order, self.kind, by, self.specs)

    def stop(self) -> None:
        """Ask nothing more."""
        self._flush.stop()
        self._wanted.clear()
        self._order_asked.drop()
        self._rows_asked.drop()

    def show_columns(self, names: Sequence[str]) -> None:
        """Show these columns, in this order."""
        known = {spec.name: spec for spec in listing.columns(self.kind)}
        self.beginResetModel()
        self.specs = tuple(known[name] for name in names if name in known)
        self._before = {}
        self._forget()
        self.endResetModel()
        if self.by and all(spec.name != self.by for spec in self.specs):
            self.by = ""
            self.refresh()
        elif self.moment or self.by:
            self.refresh()

    def show_moment(self, moment: Moment) -> None:
        """Show the rows at another time, or as they are."""
        self.moment = moment
        self.ticks = set()
        self._tell_headings()
        self.refresh()

    def set_text(self, text: str) -> None:
        """Show only rows that hold these words."""
        self._ask_for(replace(self.query, text=text.strip()))

    def set_filters(self, filters: Iterable[Filter]) -> None:
        """Show only rows that pass these filters."""
        self._ask_for(replace(self.query, filters=tuple(filters)))

    def set_filter(self, column: str, filters: Iterable[Filter]) -> None:
        """Put these filters in place of those on a column."""
        others = [held for held in self.query.filters if held.column != column]
        self.set_filters((*others, *filters))

    def turn(self, column: int, *, add: bool = False) -> None:
        """Order by a column: first up, then down, then not at all; ``add`` keeps the others."""
        if not 1 <= column <= len(self.specs):
            return
        name = self.specs[column - 1].name
        held = next((sort for sort in self.query.sorts if sort.column == name), None)
        sorts = list(self.query.sorts) if add else [sort for sort in (held,) if sort]
        if held is None:
            sorts.append(Sort(name))
        elif held.descending:
            sorts.remove(held)
        else:
            sorts[sorts.index(held)] = Sort(name, descending=True)
        self._ask_for(replace(self.query, sorts=tuple(sorts)))
        self._tell_headings()

    def group_by(self, name: str) -> None:
        """Put rows that hold the same in this column together; an empty name undoes it."""
        if name != self.by:
            self.by = name
            self.shown.fold_all(on=False)
            self.refresh()

    def fold(self, row: int) -> None:
        """Hide the rows of the group a line stands above, or show them again."""
        if (group := self.group_at(row)) is not None:
            self.shown.fold(group)
            self._relay()

    def fold_all(self, *, on: bool) -> None:
        """Hide the rows of every group, or show them all."""
        self.shown.fold_all(on=on)
        self._relay()

    def look(self, query: ListQuery) -> None:
        """Show another order through other filters."""
        self._ask_for(query)
        self._tell_headings()

    def row_of(self, no: int) -> int:
        """Return where a record stands; -1 where it is not shown."""
        try:
            return self.numbers.index(no)
        except ValueError:
            return -1

    def row(self, at: int) -> ListRow | None:
        """Return a row if it has come."""
        found = self._windows.get(at // WINDOW)
        return found[at % WINDOW] if found is not None and at % WINDOW < len(found) else None

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.numbers)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.specs) + 1

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid() or index.row() >= len(self.numbers):
            return None
        if role == GroupRole:
            return self.numbers[index.row()] < 0
        if index.column() == 0:
            return self._tick_data(index.row(), role)
        return self._cell_data(index, role) if role in _SAID else None

    def _cell_data(self, index: Index, role: int) -> Any:
        cell = self._cell(index.row(), index.column() - 1)
        if role == CellRole:
            return cell
        if role == Qt.ItemDataRole.ToolTipRole:
            return getattr(cell, "hint", "") or None
        said = values.words(cell)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.specs[index.column() - 1].label}: {said}"
        return said

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section <= len(self.specs):
            return None
        if section == 0:
            return self.all_ticked() if role == TICK else None
        spec = self.specs[section - 1]
        if role == HeadingRole:
            return register_cells.heading(spec, self.query, self.moment)
        shown = role == Qt.ItemDataRole.DisplayRole
        return register_cells.title(spec, self.moment) if shown else None

    def _tick_data(self, at: int, role: int) -> Any:
        if role == TICK:
            on = self.is_ticked(at)
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row = self.row(at) or self.group_at(at)
            return "" if row is None else values.words(self._cell(at, 0))
        return None

    def _cell(self, at: int, column: int) -> Cell:
        if (group := self.group_at(at)) is not None:
            folded = self.shown.is_folded(group)
            return group.cell(self.specs[column], leads=column == 0, folded=folded)
        held = self._windows.get(at // WINDOW)
        if held is None:
            self._want(at // WINDOW)
            row = self._before.get(self.numbers[at])
            if row is None:
                return WAITING
        else:
            self._windows.move_to_end(at // WINDOW)
            row = held[at % WINDOW] if at % WINDOW < len(held) else None
        if row is None:
            return looks.NOTHING
        spec = self.specs[column]
        if column == 0 and self.kind not in LINKS:
            return register_cells.label(self.kind, row, spec, self._today)
        return looks.cell(self.kind, spec, row.cells[column], self._today)

    def _names(self) -> tuple[str, ...]:
        """Return what is asked for of each row: the columns, and whether somebody is exploited."""
        extra = ("exploited",) if self.kind is Kind.NOMINAL else ()
        return (*(spec.name for spec in self.specs), *extra)

    def _ask_for(self, query: ListQuery) -> None:
        if query != self.query:
            self.query = query
            self.refresh()

    def _want(self, window: int) -> None:
        self._wanted[window] = None
        self._wanted.move_to_end(window)
        if not self._rows_asked.is_open and not self._flush.isActive():
            self._flush.start()

    def _fetch(self) -> None:
        """Ask for the windows looked at last; those scrolled past are not asked for."""
        wanted = [n for n in reversed(self._wanted) if n not in self._windows][:AT_ONCE]
        self._wanted.clear()
        if not wanted or self._rows_asked.is_open:
            return
        asked = {n: list(self.numbers[n * WINDOW : (n + 1) * WINDOW]) for n in wanted}
        if self.held is not None:
            self._on_windows(self.held.windows(asked))
            return
        query = partial(read_windows, kind=self.kind, asked=asked, names=self._names())
        self._rows_asked.ask(query, self._on_windows, self.failed.emit)

    def _on_order(self, found: Ordered) -> None:
        shown = {row.no: row for held in self._windows.values() for row in held if row is not None}
        self._before = shown or self._before
        self.beginResetModel()
        self.numbers = self.shown.take(found)
        self.total, self.held = found.total, found.held
        if self.ticks:
            self.ticks &= set(found.numbers)
        self._today = self._desk.today()
        self._forget()
        self.endResetModel()
        self.ordered.emit()
        self.ticked.emit()

    def _relay(self) -> None:
        """Lay the lines out anew, with what has come of them."""
        rows = {row.no: row for held in self._windows.values() for row in held if row is not None}
        self._before = rows or self._before
        self.beginResetModel()
        self.numbers = self.shown.lines()
        self._forget()
        self.endResetModel()

    def _on_windows(self, found: dict[int, list[ListRow | None]]) -> None:
        for number, rows in found.items():
            self._windows[number] = rows
            for no in self.numbers[number * WINDOW : (number + 1) * WINDOW]:
                self._before.pop(no, None)
            first = number * WINDOW
            last = min(first + WINDOW, len(self.numbers)) - 1
            corner = self.index(last, len(self.specs))
            self.dataChanged.emit(self.index(first, 0), corner)
        while len(self._windows) > KEPT:
            self._windows.popitem(last=False)
        self.arrived.emit()
        if self._wanted:
            self._flush.start()

    def _forget(self) -> None:
        """Drop the cells held, and answers still to come for what was asked before."""
        self._windows.clear()
        self._wanted.clear()
        self._rows_asked.drop()

    def _tell_headings(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.specs))


_SAID: Final = frozenset(
    {
        int(CellRole),
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
        int(Qt.ItemDataRole.ToolTipRole),
    }
)
