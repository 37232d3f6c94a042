"""Rows of a register put into groups by what they hold in one column, with counts and subtotals."""

from array import array
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import Any, Final

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.kinds import Kind
from ocgdesk.i18n import _
from ocgdesk.store.listing import ColumnSpec, ListQuery, ListRow, Sort
from ocgdesk.store.reader import Reader
from ocgdesk.ui.models import looks
from ocgdesk.ui.models.register_reading import Ordered, read_rows
from ocgdesk.ui.widgets.values import Cell, Status, Text

_MIXED: Final = frozenset({"weight", "amount"})
"""Columns of figures in several units."""


def is_added(spec: ColumnSpec) -> bool:
    """Tell whether the figures of a column are of one unit: unlike units are never added."""
    return looks.is_number(spec) and spec.name not in _MIXED


@dataclass(frozen=True, slots=True)
class Group:
    """Rows one after the other that hold the same in the column; ``sums`` by name of a column."""

    words: str
    first: int
    """Where its first row stands among all rows."""
    count: int
    sums: dict[str, float] = field(default_factory=dict)

    def cell(self, spec: ColumnSpec, *, leads: bool, folded: bool) -> Cell:
        """Return what the line above the group shows: its words and count, or a subtotal."""
        if leads:
            icon = "action.next" if folded else "action.expand"
            return Status(f"{self.words} ({self.count:,})", icon)
        if spec.name in self.sums:
            return Text(looks.number(self.sums[spec.name]), align="right", strong=True)
        return Text("")


class Shown:
    """The lines of a register: all rows, or groups of which some are folded.

    The line above a group has a number below zero: -1 for the first group.
    """

    def __init__(self) -> None:
        self.every: array[int] = array("q")
        """All rows in their order."""
        self.groups: tuple[Group, ...] = ()
        self._folded: set[str] = set()

    def take(self, found: Ordered) -> "array[int]":
        """Have these rows and groups; groups folded before stay so. Return the lines."""
        self.every, self.groups = found.numbers, found.groups
        return self.lines()

    def lines(self) -> "array[int]":
        """Return the numbers of the lines."""
        if not self.groups:
            return self.every
        found = array("q")
        for at, group in enumerate(self.groups):
            found.append(-1 - at)
            if group.words not in self._folded:
                found.extend(self.every[group.first : group.first + group.count])
        return found

    def group(self, number: int) -> Group | None:
        """Return the group a line stands above; None for the line of a record."""
        return self.groups[-1 - number] if number < 0 else None

    def is_folded(self, group: Group) -> bool:
        """Tell whether the rows of a group are hidden."""
        return group.words in self._folded

    def fold(self, group: Group) -> None:
        """Hide the rows of a group, or show them again."""
        self._folded ^= {group.words}

    def fold_all(self, *, on: bool) -> None:
        """Hide the rows of every group, or show them all."""
        self._folded = {group.words for group in self.groups} if on else set()

    def records(self, numbers: Iterable[int]) -> list[int]:
        """Return the records of some lines: those of its group for the line above one."""
        found: list[int] = []
        for number in numbers:
            group = self.group(number)
            if group is None:
                found.append(number)
            else:
                found.extend(self.every[group.first : group.first + group.count])
        return found

    def has(self, number: int, ticks: Collection[int]) -> bool:
        """Tell whether the record of a line, or every record of its group, is among these."""
        return bool(ticks) and all(no in ticks for no in self.records([number]))


def grouping(query: ListQuery, by: str) -> ListQuery:
    """Return a list's question with its rows ordered by the column they are grouped by first."""
    own = next((sort for sort in query.sorts if sort.column == by), Sort(by))
    rest = (sort for sort in query.sorts if sort.column != by)
    return replace(query, sorts=(own, *rest))


def reading(
    read: Callable[[Reader], Ordered], kind: Kind, by: ColumnSpec, specs: Sequence[ColumnSpec]
) -> Callable[[Reader], Ordered]:
    """Return the question for an order together with its groups and their subtotals."""
    added = tuple(spec for spec in specs if is_added(spec) and spec.name != by.name)

    def ask(reader: Reader) -> Ordered:
        found = read(reader)
        rows = read_rows(reader, kind, found.numbers, (by, *added), found.held)
        numbers = array("q", (row.no for row in rows))
        return replace(found, numbers=numbers, groups=tuple(_groups(by, added, rows)))

    return ask


def _groups(
    by: ColumnSpec, added: Sequence[ColumnSpec], rows: Sequence[ListRow]
) -> Iterable[Group]:
    first = 0
    for said, some in groupby(rows, key=lambda row: words(by, row.cells[0])):
        held = list(some)
        yield Group(said, first, len(held), _sums(added, held))
        first += len(held)


def _sums(added: Sequence[ColumnSpec], rows: Sequence[ListRow]) -> dict[str, float]:
    found = {}
    for at, spec in enumerate(added, start=1):
        figures = [row.cells[at] for row in rows if row.cells[at] is not None]
        if figures:
            found[spec.name] = sum(figures)
    return found


def words(spec: ColumnSpec, value: Any) -> str:
    """Return the group of a stored value: days go by month, dates not wholly known by year."""
    if value is None or value == "":
        return _("None")
    if spec.type in {FieldType.DAY, FieldType.INSTANT}:
        return f"{date.fromisoformat(str(value)[:10]):%b %Y}"
    if spec.type is FieldType.PARTIAL_DATE:
        return str(PartialDate.stored(str(value)).year)
    return looks.text(spec, value)
