"""What a count asks, held against records as plain values: as ``tallies`` asks it in SQL."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, Final

from ocgdesk.domain.fields import FieldType, described_fields
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.return_definitions import DERIVED, OWNER, field_type, is_many
from ocgdesk.domain.returns import RECORDED, Condition, Count, Period
from ocgdesk.store.plain_rows import Plain
from ocgdesk.store.tallies import as_kept, said

Row = tuple[Plain, Plain | None]
"""A record and, where a count names an owner, the record it belonged to."""
WorkedOut = Callable[[str, Plain, Period | None], str]
"""Returns what a name of ``DERIVED`` comes to for a record."""
_Read = Callable[[Row], Any]
_Key = tuple[str, str, str]
_NOTHING: Final = (None, "")
_UNSAID: Final[tuple[object, ...]] = (None, "", (), [])


class Tests:
    """What one count asks of a record, made ready once for very many of them."""

    def __init__(self, count: Count, period: Period | None, worked_out: WorkedOut) -> None:
        self._count = count
        self._period = period
        self._worked_out = worked_out

    def holding(self, rows: Sequence[Row], where: Sequence[Condition]) -> list[Row]:
        """Return the records for which all conditions hold; those without an owner do not count."""
        found = [row for row in rows if row[1] is not None] if self._count.owner else list(rows)
        for one in where:
            holds = self._test(one)
            found = [row for row in found if holds(row)]
        if self._count.sum:
            number = self._read(self._count.sum)
            found = [row for row in found if number(row) is not None]
        return found

    def in_period(self, rows: Sequence[Row]) -> list[Row]:
        """Return those that fall into the period, or were open on its last day."""
        count, period = self._count, self._period
        if period is None or not count.is_dated:
            return list(rows)
        start, end = period.start.isoformat(), period.end.isoformat()
        if count.by:
            day = self.day(count.by)
            return [row for row in rows if start <= day(row) <= end]
        assert count.open is not None  # noqa: S101 - is_dated says there is one of the two
        begun, ended = (self.day(name) for name in count.open)
        return [row for row in rows if "" < begun(row) <= end and not "" < ended(row) <= end]

    def keys(self, by: Sequence[str], *, months: bool) -> Callable[[Row], list[_Key]]:
        """Return what reads the row, the column and the unit of a return a record counts in."""
        groups = [self._group(name) for name in by]
        if months:
            day = self.day(self._count.by)
            groups.append(lambda row: (day(row)[:7],))
        first, second = [*groups, _nothing, _nothing][:2]
        unit = _own("unit") if self._has_units() else None

        def read(row: Row) -> list[_Key]:
            in_ = said(unit(row)) if unit else ""
            return [(one, other, in_) for one in first(row) for other in second(row)]

        return read

    def number(self) -> _Read:
        """Return what reads the number that is added up; 0 where records are counted."""
        return self._read(self._count.sum) if self._count.sum else lambda _row: 0.0

    def day(self, name: str) -> Callable[[Row], str]:
        """Return what reads the first day a date can mean, as text; nothing for none."""
        read = self._read(name)
        if field_type(self._count, name) is FieldType.DAY:
            return lambda row: read(row) or ""
        return lambda row: _first_day(read(row))

    def _test(self, condition: Condition) -> Callable[[Row], bool]:
        name, read = condition.field, self._read(condition.field)
        type_ = field_type(self._count, name)
        if RECORDED in condition.values:
            return lambda row: read(row) not in _UNSAID
        if is_many(self._count, name):
            some = frozenset(condition.values)
            if "" in some:
                return lambda row: not read(row) or not some.isdisjoint(read(row))
            return lambda row: not some.isdisjoint(read(row))
        wanted = {as_kept(value, type_) for value in condition.values}
        if None in wanted:
            wanted |= set(_NOTHING)
        return lambda row: read(row) in wanted

    def _group(self, name: str) -> Callable[[Row], Sequence[str]]:
        read = self._read(name)
        if is_many(self._count, name):
            return lambda row: read(row) or ("",)
        return lambda row: (said(read(row)),)

    def _has_units(self) -> bool:
        fields = described_fields(class_of(self._count.kind))
        return bool(self._count.sum) and any(one.name == "unit" for one in fields)

    def _read(self, name: str) -> _Read:
        """Return what reads a field of a record, or of its owner, as it is kept."""
        count = self._count
        if (count.kind, name) in DERIVED:
            return lambda row: self._worked_out(name, row[0], self._period)
        if not name.startswith(OWNER):
            return _own(name)
        return _owners(name[len(OWNER) :])


def _nothing(_row: Row) -> tuple[str]:
    return ("",)


def _own(name: str) -> _Read:
    read = attrgetter(name)
    return lambda row: read(row[0].said)


def _owners(name: str) -> _Read:
    read = attrgetter(f"said.{name}")
    return lambda row: read(row[1])  # what has no owner was left out


def _first_day(value: str | None) -> str:
    if value is None:
        return ""
    bare = value.rstrip("~<>")
    return bare + "0000-01-01"[len(bare) :]
