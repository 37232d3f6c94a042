"""A table as it was recorded at a moment, or of what held on a day: its rows, in order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from ocgdesk.casework.lists import NOT_DATED
from ocgdesk.casework.moments import Moment
from ocgdesk.domain import valid_time
from ocgdesk.domain.dates import PartialDate, overlaps
from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.kinds import LINKS, Kind
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import codec, held_list, history, listing, many_cells
from ocgdesk.store.listing import Filter, ListQuery, ListRow, Sort, Test
from ocgdesk.store.reader import Reader

Read = Callable[[ListRow], Any]


@dataclass(frozen=True, slots=True)
class Then:
    """The rows that pass, in order, and how many there were without filters."""

    rows: tuple[ListRow, ...]
    total: int


def rows(reader: Reader, query: ListQuery, names: Sequence[str], moment: Moment) -> Then:
    """Return the rows of a table at another time than now, with these columns as stored.

    Columns that are counted stand empty. Raises Refused for a filter or an order by one of
    them, and where ``on`` means nothing for the kind.
    """
    if moment.on is not None and not valid_time.is_dated(query.kind):
        raise Refused(_(NOT_DATED))
    asked = _asked(query, names)
    seq = history.seq_at(reader, moment.as_at) if moment.as_at else _NOW
    found = held_list.rows(reader, query.kind, seq, asked)
    at = {name: place for place, name in enumerate(asked)}
    found = [row for row in found if _holds(row, query.kind, at, moment.on)]
    total = len(found)
    for filter_ in query.filters:
        found = [row for row in found if _passes(_reading(at, filter_.column), filter_, row)]
    if query.text:
        found = [row for row in found if _has_words(row, query, at)]
    for sort in reversed(query.sorts or _natural(query.kind)):
        found = _sorted(found, query.kind, sort, _reading(at, sort.column))
    if asked != tuple(names):
        narrow = [at.get(name, -1) for name in names]
        found = [_narrowed(row, narrow) for row in found]
    return Then(tuple(found), total)


_NOW: Final = 2**62
"""An entry no journal has: everything stands as it is."""


def _asked(query: ListQuery, names: Sequence[str]) -> tuple[str, ...]:
    """Return the columns to be read: those shown, and those that decide and order."""
    wanted = [*names, *(f.column for f in query.filters), *(s.column for s in query.sorts)]
    wanted += [sort.column for sort in _natural(query.kind)]
    wanted += _text_names(query.kind) if query.text else ()
    wanted += valid_time.PERIODS.get(query.kind, ())
    known = {*held_list.names_of(query.kind), *_OF_ANY}
    deciding = {f.column for f in query.filters} | {s.column for s in query.sorts}
    if strange := deciding - known:
        told = _("The column {name} cannot be asked for as it was recorded then")
        raise Refused(told.format(name=min(strange)[:40]))
    return tuple(dict.fromkeys(name for name in wanted if name in known))


_OF_ANY: Final = frozenset({"exploited"})


def _natural(kind: Kind) -> tuple[Sort, ...]:
    return () if kind in LINKS else (Sort(listing.columns(kind)[0].name),)


def _names_in(kind: Kind) -> tuple[str, ...]:
    """Return the columns that hold the names of records: they are ordered as names are."""
    return ("source", "target") if kind in LINKS else (_natural(kind)[0].column,)


def _text_names(kind: Kind) -> tuple[str, ...]:
    plain = (c for c in listing.columns(kind) if c.type is FieldType.TEXT and not c.counted)
    return tuple(spec.name for spec in plain if spec.name != "owner")


def _reading(at: dict[str, int], name: str) -> Read:
    return partial(_cell, at[name])


def _cell(place: int, row: ListRow) -> Any:
    return row.cells[place]


def _narrowed(row: ListRow, places: Sequence[int]) -> ListRow:
    cells = tuple(row.cells[place] if place >= 0 else None for place in places)
    return ListRow(row.no, row.id, row.marking, row.restricted, cells, row.version)


def _holds(row: ListRow, kind: Kind, at: dict[str, int], on: date | None) -> bool:
    if on is None:
        return True
    start, end = (_dated(row.cells[at[name]]) for name in valid_time.PERIODS[kind])
    return overlaps(start, end, on)


def _dated(stored: Any) -> PartialDate | None:
    return PartialDate.stored(stored) if stored else None


def _has_words(row: ListRow, query: ListQuery, at: dict[str, int]) -> bool:
    cells = [str(row.cells[at[name]] or "") for name in _text_names(query.kind)]
    said = [cell.casefold() for cell in cells]
    words = query.text.casefold().split()
    return all(any(word in cell for cell in said) for word in words)


def _sorted(found: list[ListRow], kind: Kind, sort: Sort, read: Read) -> list[ListRow]:
    """Order rows by a column; empty cells come last either way, as in a spreadsheet."""
    fold = codec.sort_key if sort.column in _names_in(kind) else str.casefold
    full = [row for row in found if read(row) not in {None, ""}]
    empty = [row for row in found if read(row) in {None, ""}]

    def key(row: ListRow) -> Any:
        value = read(row)
        return value if isinstance(value, int | float) else fold(str(value))

    return [*sorted(full, key=key, reverse=sort.descending), *empty]


def _passes(read: Read, filter_: Filter, row: ListRow) -> bool:
    value = read(row)
    text = "" if value is None else str(value)
    wanted = filter_.values
    match filter_.test:
        case Test.IS | Test.IS_NOT:
            return _is(value, text, wanted) is (filter_.test is Test.IS)
        case Test.CONTAINS:
            return any(word.casefold() in text.casefold() for word in wanted)
        case Test.EMPTY | Test.NOT_EMPTY:
            return bool(text) is (filter_.test is Test.NOT_EMPTY)
    return _in_range(value, filter_)


def _is(value: Any, text: str, wanted: Sequence[str]) -> bool:
    if isinstance(value, bool):
        return value in {word.lower() in {"1", "true", "yes"} for word in wanted}
    return any(said in wanted for _scheme, said in many_cells.parts(text) or [("", text)])


def _in_range(value: Any, filter_: Filter) -> bool:
    if not filter_.values:
        raise Refused(_("A range needs a value to begin or end with"))
    if value is None:
        return False
    try:
        limit: Any = type(value)(filter_.values[0])
    except (TypeError, ValueError):
        raise Refused(_("{value} is no number").format(value=filter_.values[0][:20])) from None
    return bool(value >= limit if filter_.test is Test.FROM else value <= limit)
