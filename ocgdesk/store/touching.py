"""Which actions of plans touch a record."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.plans import Action
from ocgdesk.store import codec, tables
from ocgdesk.store.reader import Reader


def actions_touching(reader: Reader, ids: Collection[UUID]) -> list[Action]:
    """Return the actions that touch any of these records, in the order they were made."""
    named, entity = tables.v_entity, tables.entity
    found: set[int] = set()
    for some in codec.batches([id_.bytes for id_ in ids]):
        query = (
            select(named.c.no)
            .join(entity, entity.c.no == named.c.no)
            .where(
                named.c.field == "touches",
                named.c.target.in_(some),
                entity.c.kind == Kind.ACTION.value,
                reader.may_see(),
            )
        )
        found |= {row.no for row in reader.rows(query)}
    things = reader.load(sorted(found))
    wanted = set(ids) - reader.hidden_among(ids)
    actions = (thing for thing in things if isinstance(thing, Action))
    return [action for action in actions if wanted & set(action.touches)]
