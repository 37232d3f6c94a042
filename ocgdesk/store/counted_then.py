"""Whether one record was counted, as it stood after an entry of the journal: it alone is read."""

from collections.abc import Collection, Sequence

from sqlalchemy import select

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.returns import Count, Period
from ocgdesk.store import plain_rows, tables, ties
from ocgdesk.store.plain_rows import Plain
from ocgdesk.store.plain_tests import Row
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.store.tallies import Asked, Tally
from ocgdesk.store.tallies_past import Past, of_owner
from ocgdesk.store.worked_out import WorkedOut

_entity = tables.entity


class PastOf(Past):
    """The register as it stood, of which nothing counts but one record and what it owned.

    What it owned counts where the count asks of the owner: a wrong disruption makes the outcomes
    counted beneath it wrong.
    """

    def __init__(self, reader: Reader, seq: int, record: Brief) -> None:
        super().__init__(reader, seq)
        self._record = record
        self._worked_out = WorkedOut(reader, seq, frozenset((record.no,)))

    def tally(self, asked: Asked, by: Sequence[str] = (), *, months: bool = False) -> list[Tally]:
        """Return what the record itself adds to the figures."""
        return self._looked_at(asked, by, months=months)

    def tally_each(
        self, asked: Asked, periods: Sequence[Period], by: Sequence[str] = ()
    ) -> list[list[Tally]]:
        """Return the same for each of several periods."""
        return [self._looked_at(_of(asked, one), by, months=False) for one in periods]

    def _read_rows(self, count: Count, names: frozenset[str]) -> list[Row]:
        rows = super()._read_rows(count, names)
        mine = self._record.id.bytes
        return [one for one in rows if one[0].id == mine or _is_owned(count, one, self._record)]

    def _old_of(self, kind: Kind) -> dict[int, Plain]:
        if kind not in self._old:
            nos = self._numbers(kind)
            self._old[kind] = plain_rows.then(self._reader, (kind,), self._seq, nos)
        return self._old[kind]

    def _unchanged(self, count: Count, names: frozenset[str]) -> list[Plain]:
        return self._untouched(count.kind, names, _entity.c.no, self._numbers(count.kind))

    def _numbers(self, kind: Kind) -> set[int]:
        """Return the numbers of the record, or of what of a kind it owns or once owned."""
        if kind is self._record.kind:
            return {self._record.no}
        query = select(_entity.c.no).where(
            _entity.c.owner_no == self._record.no, _entity.c.kind == kind.value
        )
        former = ties.formerly(self._reader.connection, [self._record.id], (kind,))
        return {*former, *(int(row.no) for row in self._reader.rows(query))}

    def _owners_of(
        self, rows: Sequence[Plain], kind: Kind, names: frozenset[str]
    ) -> dict[bytes, Plain]:
        nos = _numbers_of(self._reader, {row.owner for row in rows if row.owner})
        known = plain_rows.then(self._reader, (kind,), self._seq, nos)
        same = self._untouched(kind, of_owner(names), _entity.c.no, nos)
        return {one.id: one for one in (*known.values(), *same)}


def _of(asked: Asked, period: Period) -> Asked:
    return Asked(count=asked.count, period=period, where=asked.where)


def _is_owned(count: Count, row: Row, record: Brief) -> bool:
    return count.owner is record.kind and row[0].owner == record.id.bytes


def _numbers_of(reader: Reader, ids: Collection[bytes]) -> list[int]:
    """Return the numbers of records that are there or were taken out."""
    found: list[int] = []
    for table in (_entity, tables.removed):
        query = select(table.c.no).where(table.c.id.in_(ids))
        found += [int(row.no) for row in reader.rows(query)]
    return found
