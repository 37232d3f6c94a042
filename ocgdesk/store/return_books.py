"""Which definitions of returns a workspace keeps of its own."""

from sqlalchemy import select

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.products import ReturnDefinition
from ocgdesk.store import tables
from ocgdesk.store.reader import Reader


def newest(reader: Reader) -> list[ReturnDefinition]:
    """Return the newest definition kept under each name, in the order of their names."""
    entity = tables.entity
    query = select(entity.c.no).where(
        entity.c.kind == Kind.RETURN_DEFINITION.value, reader.may_see()
    )
    found: dict[str, ReturnDefinition] = {}
    for thing in reader.load([int(row.no) for row in reader.rows(query)]):
        if isinstance(thing, ReturnDefinition):
            known = found.get(thing.code)
            if known is None or thing.number > known.number:
                found[thing.code] = thing
    return [found[code] for code in sorted(found)]
