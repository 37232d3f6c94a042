"""What hangs on records and may be dated: their links, what they own, claims that name them."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.things import Entity
from ocgdesk.store import codec, tables
from ocgdesk.store.among import among
from ocgdesk.store.reader import Reader

_entity, _link, _named = tables.entity, tables.link, tables.v_entity
MOST: Final = 5_000
"""Links of a few records that are looked at, those made last first."""


def links_at(reader: Reader, nos: Collection[int], *, limit: int = MOST) -> list[Link]:
    """Return the links with an end among these records, in the order they were made."""
    ends = or_(among(_link.c.source_no, nos), among(_link.c.target_no, nos))
    query = (
        select(_link.c.no)
        .where(ends, reader.may_see(Base.LINK))
        .order_by(_link.c.no.desc())
        .limit(limit)
    )
    found = reader.load(sorted(row.no for row in reader.rows(query)), Base.LINK)
    return [thing for thing in found if isinstance(thing, Link)]


def owned_by(
    reader: Reader, nos: Collection[int], kinds: Collection[Kind], *, limit: int = MOST
) -> list[Entity]:
    """Return what these records own, of these kinds, in the order it was made."""
    return _loaded(reader, limit, among(_entity.c.owner_no, nos), _of(kinds))


def claims_on(reader: Reader, ids: Collection[UUID], *, limit: int = MOST) -> list[Entity]:
    """Return the disruptions that name any of these records as a subject."""
    targets = [id_.bytes for id_ in ids]
    named: set[int] = set()
    for some in codec.batches(targets):
        query = select(_named.c.no).where(_named.c.field == "subjects", _named.c.target.in_(some))
        named |= {row.no for row in reader.rows(query)}
    found = _loaded(reader, limit, among(_entity.c.no, sorted(named)), _of([Kind.DISRUPTION]))
    # What names a record nobody may know of says nothing of it: such names were left out.
    wanted = set(ids)
    return [thing for thing in found if wanted.intersection(getattr(thing, "subjects", ()))]


def entities(reader: Reader, ids: Collection[UUID]) -> list[Entity]:
    """Return these records, those this reader may see, in the order asked for."""
    nos = reader.numbers(ids)
    found = reader.load([nos[id_] for id_ in dict.fromkeys(ids) if id_ in nos])
    return [thing for thing in found if isinstance(thing, Entity)]


def _of(kinds: Collection[Kind]) -> ColumnElement[bool]:
    return _entity.c.kind.in_([kind.value for kind in kinds])


def _loaded(reader: Reader, limit: int, *where: ColumnElement[bool]) -> list[Entity]:
    query = select(_entity.c.no).where(*where, reader.may_see()).order_by(_entity.c.no.desc())
    nos = sorted(row.no for row in reader.rows(query.limit(limit)))
    return [thing for thing in reader.load(nos) if isinstance(thing, Entity)]
