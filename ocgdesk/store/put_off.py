"""Reminders that somebody put off, and those that went to the coordinator."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, select

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.planning import Snooze
from ocgdesk.store import tables
from ocgdesk.store.among import among
from ocgdesk.store.own_tables import own_table
from ocgdesk.store.reader import Reader

_entity, _snooze = tables.entity, own_table(Kind.SNOOZE)
_about = _entity.alias("about")


def of_user(reader: Reader, user: UUID) -> list[Snooze]:
    """Return what a user put off, of what this reader may know of, the oldest first."""
    return _found(reader, _snooze.c.user == user.bytes)


def escalated(reader: Reader) -> list[Snooze]:
    """Return what was given to the coordinator, of what this reader may know of."""
    return _found(reader, _snooze.c.escalated.is_not(None))


def on(reader: Reader, ids: Collection[UUID]) -> list[Snooze]:
    """Return what anybody put off or escalated of these records."""
    numbers = list(reader.numbers(ids).values())
    return _found(reader, among(_about.c.no, numbers))


def _found(reader: Reader, which: ColumnElement[bool]) -> list[Snooze]:
    query = (
        select(_entity.c.no)
        .join(_snooze, _snooze.c.no == _entity.c.no)
        .join(_about, _about.c.id == _snooze.c.about)
        .where(_entity.c.kind == Kind.SNOOZE.value)
        .where(which, reader.may_see())
        .order_by(_entity.c.no)
    )
    found = reader.load([int(row.no) for row in reader.rows(query)])
    return [thing for thing in found if isinstance(thing, Snooze)]
