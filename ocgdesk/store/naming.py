"""Which things name a record in a field of theirs, beside those that hang on it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import select

from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.kinds import Base
from ocgdesk.domain.things import Thing
from ocgdesk.store import tables
from ocgdesk.store.reader import Reader


def naming(reader: Reader, id_: UUID) -> list[Thing]:
    """Return the things whose own fields hold the id of a record, of what this reader may see."""
    if not reader.numbers([id_]):
        return []
    found: list[Thing] = []
    for base, nos in _holders(reader, id_).items():
        table = tables.BASES[base]
        query = select(table.c.no).where(table.c.no.in_(sorted(nos)), reader.may_see(base))
        found += reader.load([row.no for row in reader.rows(query)], base)
    return found


def _holders(reader: Reader, id_: UUID) -> dict[Base, set[int]]:
    held: dict[Base, set[int]] = {base: set() for base in Base}
    many = tables.v_entity
    several = {row.no for row in reader.rows(select(many.c.no).where(many.c.target == id_.bytes))}
    for base in Base:
        held[base] |= several
    for base, table, column in _columns():
        held[base] |= {row.no for row in reader.rows(select(table.c.no).where(column == id_.bytes))}
    return held


def _columns() -> Iterator[tuple[Base, Any, Any]]:
    for spec in tables.KINDS.values():
        own = spec.own
        if own is not None:
            for field in spec.own_fields:
                if field.type is FieldType.ENTITY:
                    yield spec.cls.base, own, own.c[field.name]
