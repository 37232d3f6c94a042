"""What a register asks the store for: an order, windows of rows, the words of cells."""

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from ocgdesk.casework import lists_past
from ocgdesk.casework.moments import Moment
from ocgdesk.domain.kinds import LINKS, Kind
from ocgdesk.store import listing, records
from ocgdesk.store.listing import ColumnSpec, ListQuery, ListRow
from ocgdesk.store.reader import Reader
from ocgdesk.ui.models import looks
from ocgdesk.ui.widgets import values


@dataclass(frozen=True, slots=True)
class Held:
    """The rows of another time than now, whole: they are not read again in windows."""

    rows: Mapping[int, ListRow]
    names: tuple[str, ...]
    """The columns of their cells."""

    def pick(self, numbers: Iterable[int], names: Sequence[str]) -> list[ListRow]:
        """Return rows with these of their columns; one that was not asked for stands empty."""
        places = [self.names.index(name) if name in self.names else -1 for name in names]
        found = (self.rows[no] for no in numbers if no in self.rows)
        return [replace(row, cells=_at(row.cells, places)) for row in found]

    def windows(self, asked: Mapping[int, Sequence[int]]) -> dict[int, list[ListRow | None]]:
        """Return windows of rows."""
        return {n: [self.rows.get(no) for no in numbers] for n, numbers in asked.items()}


def _at(cells: tuple[Any, ...], places: Sequence[int]) -> tuple[Any, ...]:
    return tuple(cells[place] if place >= 0 else None for place in places)


@dataclass(frozen=True, slots=True)
class Ordered:
    """The numbers of all rows that pass, in order, and how many there are without filters."""

    numbers: "array[int]"
    total: int
    held: Held | None = None
    """The rows themselves, at another time than now."""
    groups: tuple[Any, ...] = ()
    """The groups they stand in, each with where it begins; none where they are not grouped."""


def asking(query: ListQuery, names: tuple[str, ...], moment: Moment) -> Callable[[Reader], Ordered]:
    """Return the question for the order of a list, now or at another time."""
    if moment:
        return partial(read_then, query=query, names=names, moment=moment)
    return partial(read_order, query=query)


def read_order(reader: Reader, query: ListQuery) -> Ordered:
    """Return the order of a list."""
    numbers = array("q", listing.order(reader, query))
    if not query.filters and not query.text:
        return Ordered(numbers, len(numbers))
    if query.kind in LINKS:
        return Ordered(numbers, len(listing.order(reader, ListQuery(kind=query.kind))))
    return Ordered(numbers, records.counts(reader, [query.kind])[query.kind])


def read_then(reader: Reader, query: ListQuery, names: tuple[str, ...], moment: Moment) -> Ordered:
    """Return the order of a list at another time than now, with its rows."""
    found = lists_past.rows(reader, query, names, moment)
    at = moment.as_at.isoformat() if moment.as_at else None
    reader.saw("List as at", kind=query.kind.value, rows=len(found.rows), at=at)
    numbers = array("q", [row.no for row in found.rows])
    return Ordered(numbers, found.total, Held({row.no: row for row in found.rows}, names))


def read_windows(
    reader: Reader, kind: Kind, asked: dict[int, list[int]], names: Sequence[str]
) -> dict[int, list[ListRow | None]]:
    """Return windows of rows; one that went meanwhile leaves its place empty."""
    numbers = [no for window in asked.values() for no in window]
    found = {row.no: row for row in listing.window(reader, kind, numbers, names)}
    return {n: [found.get(no) for no in window] for n, window in asked.items()}


def read_rows(
    reader: Reader,
    kind: Kind,
    numbers: Sequence[int],
    specs: Sequence[ColumnSpec],
    held: Held | None = None,
) -> list[ListRow]:
    """Return rows with these columns, as ``held`` where that is given: to copy, export, add up."""
    if held is not None:
        return held.pick(numbers, [spec.name for spec in specs])
    return listing.window(reader, kind, numbers, [spec.name for spec in specs])


def cells_of(kind: Kind, specs: Sequence[ColumnSpec], row: ListRow, today: date) -> list[str]:
    """Return the words of a row."""
    return [
        values.words(looks.cell(kind, spec, value, today))
        for spec, value in zip(specs, row.cells, strict=True)
    ]
