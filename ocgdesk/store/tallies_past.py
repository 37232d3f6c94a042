"""Counts for returns as this workspace stood at an instant; each can be opened to its records.

What was not touched since is counted in SQL, as ``tallies`` does; what was, and what belongs to
it, is read from the journal as plain values and held against the same conditions.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import not_

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.return_definitions import DERIVED, OWNER
from ocgdesk.domain.returns import Condition, Count, Period
from ocgdesk.store import bulk, plain_rows, tables, tallies
from ocgdesk.store.among import among
from ocgdesk.store.plain_rows import Plain, touched
from ocgdesk.store.plain_tests import Row, Tests
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, briefs
from ocgdesk.store.tallies import Asked, Same, Tally
from ocgdesk.store.worked_out import APART, WorkedOut

_entity = tables.entity
_Key = tuple[Count, tuple[Condition, ...], frozenset[str], Period | None]


class Past:
    """The register as it stood after an entry of the journal, to be counted."""

    def __init__(self, reader: Reader, seq: int) -> None:
        self._reader = reader
        self._seq = seq
        self._worked_out = WorkedOut(reader, seq)
        self._old: dict[Kind, dict[int, Plain]] = {}
        self._apart: dict[frozenset[str], frozenset[int]] = {frozenset(): frozenset()}
        self._rows: dict[tuple[Kind, Kind | None, frozenset[str]], list[Row]] = {}
        self._holding: dict[_Key, list[Row]] = {}

    def tally(self, asked: Asked, by: Sequence[str] = (), *, months: bool = False) -> list[Tally]:
        """Return counts and sums as ``tallies.tally`` does, of what was held then."""
        same = self._same(_names(asked, by))
        found = tallies.tally(self._reader, asked, by, months=months, same=same)
        return [*found, *self._looked_at(asked, by, months=months)]

    def tally_each(
        self, asked: Asked, periods: Sequence[Period], by: Sequence[str] = ()
    ) -> list[list[Tally]]:
        """Return the same for each of several periods that have no day in common."""
        same = self._same(_names(asked, by))
        found = tallies.tally_each(self._reader, asked, periods, by, same=same)
        return [
            [*some, *self._looked_at(replace(asked, period=period), by, months=False)]
            for period, some in zip(periods, found, strict=True)
        ]

    def beneath(self, asked: Asked, *, most: int = 1000) -> tuple[tuple[Brief, ...], int]:
        """Return the records a figure rests on, as they are called now, and how many there were.

        Those that were taken out since are counted and not listed.
        """
        same = self._same(_names(asked, ()))
        some, total = tallies.beneath(self._reader, asked, most=most, same=same)
        nos = [row[0].no for row in self._matching(asked, ())]
        listed = sorted((*some, *briefs(self._reader, nos)), key=lambda one: -one.no)
        return tuple(listed[:most]), total + len(nos)

    def _looked_at(self, asked: Asked, by: Sequence[str], *, months: bool) -> list[Tally]:
        tests = self._tests(asked)
        number, keys = tests.number(), tests.keys(by, months=months)
        sums: dict[tuple[str, str, str], list[float]] = defaultdict(list)
        for row in self._matching(asked, by):
            value = number(row)
            for key in keys(row):
                sums[key].append(value)
        return [Tally(*key, len(values), math.fsum(values)) for key, values in sums.items()]

    # ---- What is looked at one by one ---------------------------------------------------------

    def _tests(self, asked: Asked) -> Tests:
        return Tests(asked.count, asked.period, self._worked_out.value)

    def _matching(self, asked: Asked, by: Sequence[str]) -> list[Row]:
        tests, where = self._tests(asked), (*asked.count.where, *asked.where)
        names = _names(asked, by)
        derived = any((asked.count.kind, name) in DERIVED for name in names)
        key = (asked.count, where, names, asked.period if derived else None)
        if key not in self._holding:
            self._holding[key] = tests.holding(self._rows_of(asked.count, names), where)
        return tests.in_period(self._holding[key])

    def _same(self, names: frozenset[str]) -> Same:
        return Same(self._seq, self._apart_of(names & APART))

    def _apart_of(self, names: frozenset[str]) -> frozenset[int]:
        if names not in self._apart:
            self._apart[names] = self._worked_out.apart(names)
        return self._apart[names]

    def _rows_of(self, count: Count, names: frozenset[str]) -> list[Row]:
        """Return what may be another now than it was, each with what it belonged to."""
        key = (count.kind, count.owner, names)
        if key not in self._rows:
            with bulk.without_collector(bulk.MANY):
                self._rows[key] = self._read_rows(count, names)
        return self._rows[key]

    def _read_rows(self, count: Count, names: frozenset[str]) -> list[Row]:
        rows = [*self._old_of(count.kind).values(), *self._unchanged(count, names)]
        self._worked_out.ask_of(rows)
        owners = self._owners_of(rows, count.owner, names) if count.owner else {}
        return [(row, owners.get(row.owner or b"")) for row in rows]

    def _old_of(self, kind: Kind) -> dict[int, Plain]:
        if kind not in self._old:
            self._old[kind] = plain_rows.then(self._reader, (kind,), self._seq)
        return self._old[kind]

    def _unchanged(self, count: Count, names: frozenset[str]) -> list[Plain]:
        """Return what stands as it is and belongs to what does not, or is worked out anew."""
        apart = self._apart_of(names & APART)
        found = self._untouched(count.kind, names, _entity.c.no, apart) if apart else []
        if count.owner is not None:
            owners = self._old_of(count.owner)
            found += self._untouched(count.kind, names, _entity.c.owner_no, owners)
        return list({one.no: one for one in found}.values())

    def _untouched(
        self, kind: Kind, names: frozenset[str], column: Any, nos: Collection[int]
    ) -> list[Plain]:
        """Return the records of a kind that stand as they did and have one of these numbers."""
        same = not_(touched(_entity.c.no, self._seq))
        return plain_rows.now(self._reader, kind, names, among(column, nos), same)

    def _owners_of(
        self, rows: Sequence[Plain], kind: Kind, names: frozenset[str]
    ) -> dict[bytes, Plain]:
        """Return what these records belonged to then, by id."""
        known = {one.id: one for one in self._old_of(kind).values()}
        wanted = {row.owner for row in rows if row.owner} - known.keys()
        nos = self._reader.numbers([UUID(bytes=id_) for id_ in wanted]).values()
        same = self._untouched(kind, of_owner(names), _entity.c.no, nos)
        return known | {one.id: one for one in same}


def of_owner(names: frozenset[str]) -> frozenset[str]:
    """Return which of these fields are the owner's, by their own names."""
    return frozenset(one[len(OWNER) :] for one in names if one.startswith(OWNER))


def _names(asked: Asked, by: Sequence[str]) -> frozenset[str]:
    """Return the fields that a figure asks of a record; its owner's begin with ``owner.``."""
    count = asked.count
    conditions = (one.field for one in (*count.where, *asked.where))
    days = count.open or (count.by,)
    units = ("unit", count.sum) if count.sum else ()
    phase = ("phase", "pre_charge", "post_charge") if count.kind is Kind.OPERATION else ()
    return frozenset(filter(None, (*by, *conditions, *days, *units, *phase)))
