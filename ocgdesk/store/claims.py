"""Questions about claims: which event may be claimed twice, which step is claimed already."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.kinds import Kind
from ocgdesk.store import tables
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, briefs

DAYS_APART = 3
"""So many days may lie between two claims of one event: agencies date it differently."""
_entity, _named = tables.entity, tables.v_entity
_own = tables.KINDS[Kind.DISRUPTION].own
assert _own is not None  # noqa: S101 - disruptions have fields of their own
_claim = _own


def like(reader: Reader, thing: Disruption, *, most: int = 20) -> list[Disruption]:
    """Return other claims, of whatever agency, that may be of the same event.

    They lie within three days and share a subject or the operation; withdrawn ones are left out.
    """
    if thing.on is None:
        return []
    first, last = _around(thing.on)
    shared: list[ColumnElement[bool]] = [
        _entity.c.no.in_(
            select(_named.c.no).where(
                _named.c.field == "subjects", _named.c.target.in_([i.bytes for i in thing.subjects])
            )
        )
    ]
    if thing.operation is not None:
        shared.append(_claim.c.operation == thing.operation.bytes)
    query = (
        select(_entity.c.no)
        .join(_claim, _claim.c.no == _entity.c.no)
        .where(_entity.c.kind == Kind.DISRUPTION.value, _entity.c.id != thing.id.bytes)
        .where(_claim.c.on.between(first, last), _claim.c.status != "withdrawn")
        .where(or_(*shared), reader.may_see())
        .order_by(_entity.c.no)
        .limit(most)
    )
    found = reader.load([int(row.no) for row in reader.rows(query)])
    return [one for one in found if isinstance(one, Disruption)]


def _around(on: date) -> tuple[str, str]:
    apart = timedelta(days=DAYS_APART)
    return (on - apart).isoformat(), (on + apart).isoformat()


def claimed(reader: Reader, ids: Collection[UUID]) -> dict[UUID, Brief]:
    """Return, for each criminal-justice step that an outcome names, one such outcome."""
    if not ids:
        return {}
    query = (
        select(_named.c.target, _named.c.no)
        .join(_entity, _entity.c.no == _named.c.no)
        .where(_entity.c.kind == Kind.OUTCOME.value, _named.c.field == "steps")
        .where(_named.c.target.in_([id_.bytes for id_ in ids]), reader.may_see())
    )
    rows = reader.rows(query)
    found = {brief.no: brief for brief in briefs(reader, [int(row.no) for row in rows])}
    return {UUID(bytes=row.target): found[row.no] for row in rows if row.no in found}


def outcomes_of(reader: Reader, ids: Sequence[UUID]) -> dict[UUID, list[Outcome]]:
    """Return the outcome lines of these disruptions or operations, in the order they were made."""
    numbers = reader.numbers(ids)
    found: dict[UUID, list[Outcome]] = {id_: [] for id_ in numbers}
    query = select(_entity.c.no).where(
        _entity.c.kind == Kind.OUTCOME.value,
        _entity.c.owner_no.in_(list(numbers.values())),
        reader.may_see(),
    )
    for thing in reader.load([int(row.no) for row in reader.rows(query.order_by(_entity.c.no))]):
        if isinstance(thing, Outcome) and thing.owner in found:
            found[thing.owner].append(thing)
    return found


def against(reader: Reader, subject: UUID, *, most: int = 200) -> list[Disruption]:
    """Return the accepted disruptions against a record, the newest first."""
    query = (
        select(_entity.c.no)
        .join(_claim, _claim.c.no == _entity.c.no)
        .join(_named, _named.c.no == _entity.c.no)
        .where(_entity.c.kind == Kind.DISRUPTION.value, _claim.c.status == "accepted")
        .where(_named.c.field == "subjects", _named.c.target == subject.bytes, reader.may_see())
        .order_by(_claim.c.on.desc(), _entity.c.no.desc())
        .limit(most)
    )
    found = reader.load([int(row.no) for row in reader.rows(query)])
    return [one for one in found if isinstance(one, Disruption)]
