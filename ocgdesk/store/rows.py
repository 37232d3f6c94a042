"""The rows of many things of one kind: built from values, written, cleared and taken out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, delete
from sqlalchemy.exc import IntegrityError

from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.errors import Conflict
from ocgdesk.store import bulk, codec, search, tables
from ocgdesk.store.blocks import Block
from ocgdesk.store.journal import Made
from ocgdesk.store.search import SearchText
from ocgdesk.store.vocabulary import Words

_Part = tuple[Table, tuple[str, ...], list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Built:
    """All that is written of some things of one kind. It can be built before the lock is held."""

    kind: Kind
    nos: tuple[int, ...]
    single: tuple[_Part, ...]
    many: tuple[_Part, ...]
    texts: tuple[SearchText, ...]
    words: Words
    """The words of their names, counted for the search index."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """New things as rows, index texts and journal items, and what is left to put as usual."""

    built: list[Built]
    """Each is let go of once it is written, so a draft that is refused is prepared anew."""
    made: tuple[Made, ...]
    packed: tuple[Block, ...]
    """``made`` as the journal will keep it."""
    rest: tuple[Thing, ...]
    ends: dict[UUID, int]
    """Things that were there already and are named as owners or ends."""

    @property
    def count(self) -> int:
        """How many things will be written."""
        return len(self.made) + len(self.rest)


def build(kind: Kind, things: Sequence[tuple[int, Thing]], no_of: Mapping[UUID, int]) -> Built:
    """Return the rows of these things, given with their numbers; ``no_of`` knows their ends."""
    columns = (codec.base_columns(kind), codec.own_columns(kind))
    single = [
        (part.table, part.names, [part.row(thing, no, no_of) for no, thing in things])
        for part in columns
        if part is not None
    ]
    many = [
        (part.table, part.names, [row for no, thing in things for row in part.rows(thing, no)])
        for part in codec.value_columns(kind)
    ]
    access = [row for no, thing in things for row in codec.access_rows(thing, no)]
    texts = [search.text_of(thing, no) for no, thing in things if isinstance(thing, Entity)]
    return Built(
        kind,
        tuple(no for no, _ in things),
        tuple(single),
        (*many, (tables.access, ("no", "user_id"), access)),
        tuple(texts),
        search.words_of(texts),
    )


def write(connection: Connection, built: Built, *, new: bool) -> None:
    """Write these rows; ``new`` promises that none of the things was there before.

    Raises Conflict where another thing has the same identity or reference.
    """
    try:
        for table, names, rows in built.single:
            (bulk.insert_rows if new else bulk.update_rows)(connection, table, names, rows)
        if not new:
            _clear_values(connection, built.kind, built.nos)
        for table, names, rows in built.many:
            bulk.insert_rows(connection, table, names, rows)
        search.put(connection, built.texts, built.words, new=new)
    except IntegrityError:
        raise Conflict("Something with the same identity or reference is there") from None


def take_out(connection: Connection, kind: Kind, things: Mapping[int, Thing]) -> None:
    """Delete the rows of these things; what is kept is their number, version and reference."""
    spec, nos = tables.KINDS[kind], list(things)
    _clear_values(connection, kind, nos)
    if spec.cls.base is Base.ENTITY:
        search.remove(connection, nos)
    for some in codec.batches(nos):
        if spec.own is not None:
            connection.execute(delete(spec.own).where(spec.own.c.no.in_(some)))
        connection.execute(delete(spec.base).where(spec.base.c.no.in_(some)))
    rows = [
        (no, thing.id.bytes, thing.version + 1, kind.value, getattr(thing, "ref", ""))
        for no, thing in things.items()
    ]
    names = ("no", "id", "version", "kind", "ref")
    bulk.insert_rows(connection, tables.removed, names, rows)


def _clear_values(connection: Connection, kind: Kind, nos: Sequence[int]) -> None:
    spec = tables.KINDS[kind]
    used = {tables.VALUES[field.type].name: tables.VALUES[field.type] for field in spec.many}
    for table in (*used.values(), tables.access):
        for some in codec.batches(nos):
            connection.execute(delete(table).where(table.c.no.in_(some)))
