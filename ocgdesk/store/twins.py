"""Records brought in under a key that a restricted record has too: those inside are told.

Whoever brought them in is told nothing: for them the restricted record is not there. Their copy
stays theirs, and stands in the journal as a combination for those who know both.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, not_, select

from ocgdesk.domain.changes import Change
from ocgdesk.domain.kinds import Base
from ocgdesk.domain.people import User
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.store import journal, tables
from ocgdesk.store.codec import numbers
from ocgdesk.store.journal import Act, Entry
from ocgdesk.store.reader import Reader

LABEL: Final = "Same key as a restricted record"
"""The label of the journal entry; its subjects are the restricted records and their copies."""
_TABLES: Final = (tables.v_external, tables.v_identifier)
Key = tuple[str, str, str]
"""The table, scheme and value of an external reference or an identifier."""


def speak_up(connection: Connection, user: User, changes: Iterable[Change], now: datetime) -> None:
    """Note in the journal which new keys are those of records the user may not know of."""
    reader = Reader(connection, user, borrows=False)
    if not reader.has_restrictions:
        return
    new = _new_keys(changes)
    if not new:
        return
    hidden = _hidden_keys(reader)
    twins = {id_ for key, ids in new.items() if key in hidden for id_ in ids}
    if not twins:
        return
    nos = {no for key in new if key in hidden for no in hidden[key]}
    entry = Entry(
        act=Act.COMBINATION,
        label=LABEL,
        user=user.id,
        detail={"keys": sum(key in hidden for key in new)},
        subjects=(*nos, *numbers(connection, Base.ENTITY, twins).values()),
    )
    journal.append(connection, entry, now=now)


def _new_keys(changes: Iterable[Change]) -> dict[Key, list[UUID]]:
    found: dict[Key, list[UUID]] = {}
    for change in changes:
        if isinstance(change.after, Entity):
            before = set(_keys(change.before)) if change.before else set()
            for key in _keys(change.after):
                if key not in before:
                    found.setdefault(key, []).append(change.after.id)
    return found


def _keys(thing: Thing) -> Iterator[Key]:
    for name, table in (("externals", _TABLES[0]), ("identifiers", _TABLES[1])):
        for one in getattr(thing, name, ()):
            yield table.name, one.scheme, one.value


def _hidden_keys(reader: Reader) -> dict[Key, set[int]]:
    found: dict[Key, set[int]] = {}
    entity = tables.entity
    hidden = select(entity.c.no).where(not_(reader.may_see()))
    for table in _TABLES:
        query: Any = select(table.c.scheme, table.c.value, table.c.no)
        for row in reader.rows(query.where(table.c.no.in_(hidden))):
            found.setdefault((table.name, row.scheme, row.value), set()).add(row.no)
    return found
