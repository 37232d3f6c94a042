"""Questions about what plans are made with, and about what they touch and ask."""

from collections.abc import Collection, Iterator
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.planning import Handover, Lesson, PlanTemplate, Requirement
from ocgdesk.domain.plans import LIVE
from ocgdesk.store import codec, tables
from ocgdesk.store.own_tables import own_table
from ocgdesk.store.reader import Reader

_entity, _lesson = tables.entity, own_table(Kind.LESSON)
_action, _requirement = own_table(Kind.ACTION), own_table(Kind.REQUIREMENT)
_OPEN: Final = ("open", "tasked")
"""Statuses of a requirement that nothing answers yet (list ``requirement-statuses``)."""


def templates(reader: Reader) -> list[PlanTemplate]:
    """Return every plan template, by title, also those that are not offered any more."""
    query = (
        select(_entity.c.no)
        .where(_entity.c.kind == Kind.PLAN_TEMPLATE.value, reader.may_see())
        .order_by(_entity.c.sort_key, _entity.c.no)
    )
    found = reader.load([int(row.no) for row in reader.rows(query)])
    return [thing for thing in found if isinstance(thing, PlanTemplate)]


def lessons(reader: Reader, tactic: str = "", *, limit: int = 200) -> list[Lesson]:
    """Return what was learned of a tactic, or of all, the newest first."""
    query = (
        select(_entity.c.no)
        .join(_lesson, _lesson.c.no == _entity.c.no)
        .where(_entity.c.kind == Kind.LESSON.value, reader.may_see())
        .order_by(_lesson.c.learned.desc(), _entity.c.no.desc())
        .limit(limit)
    )
    if tactic:
        query = query.where(_lesson.c.tactic == tactic)
    found = reader.load([int(row.no) for row in reader.rows(query)])
    return [thing for thing in found if isinstance(thing, Lesson)]


def handovers_waiting(reader: Reader, user: UUID) -> list[Handover]:
    """Return the hand-overs that wait for this user's sign-off, the oldest first."""
    one = own_table(Kind.HANDOVER)
    gives = and_(one.c.given.is_(None), one.c.giver_user == user.bytes)
    takes = and_(one.c.given.is_not(None), one.c.taken.is_(None), one.c.taker_user == user.bytes)
    query = (
        select(_entity.c.no)
        .join(one, one.c.no == _entity.c.no)
        .where(or_(gives, takes), reader.may_see())
        .order_by(_entity.c.no)
    )
    found = reader.load([int(row.no) for row in reader.rows(query)])
    return [thing for thing in found if isinstance(thing, Handover)]


def touching(reader: Reader, ids: Collection[UUID]) -> dict[UUID, int]:
    """Return how many live actions touch each of these records; those none touches are left out."""
    return _counted(reader, ids, "touches", _action, _action.c.status.in_(LIVE))


def asking(reader: Reader, ids: Collection[UUID]) -> dict[UUID, int]:
    """Return how many open intelligence requirements are about each of these records."""
    return _counted(reader, ids, "about", _requirement, _requirement.c.status.in_(_OPEN))


def asked(reader: Reader, ids: Collection[UUID]) -> list[Requirement]:
    """Return the open intelligence requirements about any of these records, the oldest first."""
    nos = set[int]()
    for query in _naming(reader, ids, "about", _requirement, _requirement.c.status.in_(_OPEN)):
        nos.update(int(row.no) for row in reader.rows(query.add_columns(_entity.c.no)))
    return [thing for thing in reader.load(sorted(nos)) if isinstance(thing, Requirement)]


def _counted(
    reader: Reader, ids: Collection[UUID], field: str, own: Any, where: ColumnElement[bool]
) -> dict[UUID, int]:
    target, found = tables.v_entity.c.target, dict[UUID, int]()
    for query in _naming(reader, ids, field, own, where):
        counted = query.add_columns(target, func.count()).group_by(target)
        found |= {UUID(bytes=of): int(count) for of, count in reader.rows(counted)}
    return found


def _naming(
    reader: Reader, ids: Collection[UUID], field: str, own: Any, where: ColumnElement[bool]
) -> Iterator[Select[Any]]:
    """Yield questions, as yet for nothing, of what names any of these records in a field."""
    named = tables.v_entity
    for some in codec.batches([id_.bytes for id_ in ids]):
        yield (
            select()
            .select_from(named)
            .join(own, own.c.no == named.c.no)
            .join(_entity, _entity.c.no == named.c.no)
            .where(named.c.field == field, named.c.target.in_(some), where, reader.may_see())
        )
