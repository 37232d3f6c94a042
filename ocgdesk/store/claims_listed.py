"""The ledger of disruptions as lists: narrowed, counted by status, the last one of each OCG."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, false, func, not_, or_, select

from ocgdesk.domain.disruptions import Disruption
from ocgdesk.domain.kinds import Kind
from ocgdesk.store import codec, history, tables
from ocgdesk.store.own_tables import own_table
from ocgdesk.store.plain_rows import touched
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, briefs

_entity, _named = tables.entity, tables.v_entity
_claim = own_table(Kind.DISRUPTION)
MOST = 500
"""So many claims are listed at once, the newest first; the count is of all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerQuery:
    """Which claims are wanted; what is empty narrows nothing."""

    statuses: tuple[str, ...] = ()
    agency: str = ""
    strand: str = ""
    threat: str = ""
    part: str = ""
    since: date | None = None
    until: date | None = None
    text: str = ""
    against: UUID | None = None
    """The OCG, person or line that is named as a subject."""
    without_apmis: bool = False
    """Only those that have no APMIS reference."""
    not_submitted_by: UUID | None = None
    """Not those that this user submitted: nobody moderates their own."""


def listed(
    reader: Reader, query: LedgerQuery, *, most: int = MOST
) -> tuple[tuple[Disruption, ...], int]:
    """Return the claims asked for, the newest first, and how many there are in all."""
    where = [_entity.c.kind == Kind.DISRUPTION.value, reader.may_see(), *_narrowed(reader, query)]
    source = _entity.join(_claim, _claim.c.no == _entity.c.no)
    total = reader.rows(select(func.count().label("n")).select_from(source).where(*where))[0].n
    order = (_claim.c.on.desc().nulls_last(), _entity.c.no.desc())
    chosen = select(_entity.c.no).select_from(source).where(*where).order_by(*order).limit(most)
    found = reader.load([int(row.no) for row in reader.rows(chosen)])
    return tuple(one for one in found if isinstance(one, Disruption)), int(total)


def _narrowed(reader: Reader, query: LedgerQuery) -> list[ColumnElement[bool]]:
    names = ("agency", "strand", "threat", "part")
    same = {name: getattr(query, name) for name in names}
    where = [_claim.c[name] == value for name, value in same.items() if value]
    if query.statuses:
        where.append(_claim.c.status.in_(query.statuses))
    if query.since is not None:
        where.append(_claim.c.on >= query.since.isoformat())
    if query.until is not None:
        where.append(_claim.c.on <= query.until.isoformat())
    if query.without_apmis:
        where.append(func.coalesce(_claim.c.apmis, "") == "")
    if query.not_submitted_by is not None:
        mine = query.not_submitted_by.bytes
        where.append(or_(_claim.c.submitted_by.is_(None), _claim.c.submitted_by != mine))
    if query.against is not None:
        where.append(_is_against(reader, query.against))
    return where + [_says(word) for word in query.text.split()]


def _says(word: str) -> ColumnElement[bool]:
    columns = (_claim.c.title, _claim.c.apmis, _entity.c.ref)
    return or_(*(column.icontains(word, autoescape=True) for column in columns))


def _is_against(reader: Reader, id_: UUID) -> ColumnElement[bool]:
    """Tell whether a claim names a record; none does that this reader may not know of."""
    if not reader.numbers([id_]):
        return false()
    found = select(_named.c.no).where(_named.c.field == "subjects", _named.c.target == id_.bytes)
    named: ColumnElement[bool] = _entity.c.no.in_(found)
    return named


def by_status(reader: Reader) -> dict[str, int]:
    """Return how many claims there are of each status."""
    query = (
        select(_claim.c.status, func.count().label("n"))
        .select_from(_entity.join(_claim, _claim.c.no == _entity.c.no))
        .where(_entity.c.kind == Kind.DISRUPTION.value, reader.may_see())
        .group_by(_claim.c.status)
    )
    return {str(row.status or ""): int(row.n) for row in reader.rows(query)}


def briefs_against(reader: Reader, id_: UUID, *, limit: int = 100) -> list[Brief]:
    """Return the disruptions claimed against a record, in one line each, the newest first."""
    query = (
        select(_entity.c.no)
        .join(_named, _named.c.no == _entity.c.no)
        .join(_claim, _claim.c.no == _entity.c.no)
        .where(_named.c.field == "subjects", _named.c.target == id_.bytes, reader.may_see())
        .order_by(_claim.c.on.desc(), _entity.c.no.desc())
        .limit(limit)
    )
    return briefs(reader, [row.no for row in reader.rows(query)])


def last_against(reader: Reader, ids: Collection[UUID]) -> dict[UUID, date]:
    """Return the day of the last accepted disruption of each of these records that has one."""
    return _last_of(reader, reader.numbers(ids))


def last_then(reader: Reader, ids: Collection[UUID], seq: int) -> dict[UUID, date]:
    """Return the same as this workspace had it after entry ``seq`` of the journal."""
    wanted = frozenset(ids)
    found = _last_of(reader, wanted, not_(touched(_entity.c.no, seq)))
    _same, others = history.split_as_at(reader, Kind.DISRUPTION, seq)
    for claim in others.values():
        if isinstance(claim, Disruption) and claim.status == "accepted" and claim.on:
            for id_ in wanted.intersection(claim.subjects):
                found[id_] = max(claim.on, found.get(id_, date.min))
    return found


def _last_of(reader: Reader, ids: Iterable[UUID], *where: ColumnElement[bool]) -> dict[UUID, date]:
    wanted = {id_.bytes: id_ for id_ in ids}
    return {
        wanted[row.target]: date.fromisoformat(row.last)
        for some in codec.batches(list(wanted))
        for row in reader.rows(_last(reader, some).where(*where))
    }


def _last(reader: Reader, targets: Collection[bytes]) -> Any:
    return (
        select(_named.c.target, func.max(_claim.c.on).label("last"))
        .join(_entity, _entity.c.no == _named.c.no)
        .join(_claim, _claim.c.no == _entity.c.no)
        .where(_named.c.field == "subjects", _named.c.target.in_(targets))
        .where(_claim.c.status == "accepted", _claim.c.on.is_not(None), reader.may_see())
        .group_by(_named.c.target)
    )
