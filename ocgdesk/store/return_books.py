"""Which definitions of returns a workspace keeps of its own."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.products import ReturnDefinition
from ocgdesk.domain.things import Thing
from ocgdesk.store import tables
from ocgdesk.store.held import Held
from ocgdesk.store.reader import Reader


def newest(reader: Reader, seq: int | None = None) -> list[ReturnDefinition]:
    """Return the newest definition kept under each name, in the order of their names.

    ``seq`` asks what stood after that entry of the journal; None: now.
    """
    found: dict[str, ReturnDefinition] = {}
    for thing in _kept(reader, seq):
        if isinstance(thing, ReturnDefinition):
            known = found.get(thing.code)
            if known is None or thing.number > known.number:
                found[thing.code] = thing
    return [found[code] for code in sorted(found)]


def _kept(reader: Reader, seq: int | None) -> Iterable[Thing]:
    if seq is not None:
        return Held(reader, seq).entities(_ever_kept(reader)).values()
    entity = tables.entity
    query = select(entity.c.no).where(
        entity.c.kind == Kind.RETURN_DEFINITION.value, reader.may_see()
    )
    return reader.load([int(row.no) for row in reader.rows(query)])


def _ever_kept(reader: Reader) -> list[UUID]:
    """Return every definition kept now or taken out; there are few, so no journal is searched."""
    code, found = Kind.RETURN_DEFINITION.value, list[UUID]()
    for table in (tables.entity, tables.removed):
        rows = reader.rows(select(table.c.id).where(table.c.kind == code))
        found += [UUID(bytes=row.id) for row in rows]
    return found
