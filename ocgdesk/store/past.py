"""The journal read back: single changes, and who may know of what is no longer there."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select

from ocgdesk.domain.changes import Change
from ocgdesk.domain.kinds import Base
from ocgdesk.domain.things import Marked, Thing
from ocgdesk.domain.wire import ENDS
from ocgdesk.store import blocks, codec, tables
from ocgdesk.store.among import among
from ocgdesk.store.reader import Reader

_item = tables.journal_item


class Pages:
    """Changes by their place in the journal; each block is unpacked once while it is needed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._place: tuple[int, int] | None = None
        self._items: list[bytes] = []

    def change(self, row: Any) -> Change | None:
        """Return the change an item row points at; None where it was lawfully erased."""
        if self._place != (row.seq, row.block):
            table = tables.journal_block
            data = self._connection.execute(
                select(table.c.data).where(table.c.seq == row.seq, table.c.block == row.block)
            ).scalar_one()
            self._items = blocks.unpack(data)
            self._place = (row.seq, row.block)
        return blocks.decode(self._items[row.pos])


def last_changes(connection: Connection, nos: Sequence[int]) -> dict[int, Change | None]:
    """Return the newest change of each of these numbers, whoever may know of them."""
    found: dict[int, Change | None] = {}
    pages = Pages(connection)
    for some in codec.batches(nos):
        newest = (
            select(_item.c.no, func.max(_item.c.seq).label("seq"))
            .where(_item.c.no.in_(some))
            .group_by(_item.c.no)
            .subquery()
        )
        query = (
            select(_item)
            .join(newest, (_item.c.no == newest.c.no) & (_item.c.seq == newest.c.seq))
            .order_by(_item.c.seq, _item.c.block, _item.c.pos)
        )
        found |= {row.no: pages.change(row) for row in connection.execute(query)}
    return found


def knowable(reader: Reader, base: Base, nos: Sequence[int]) -> frozenset[int]:
    """Return those of these numbers whose things this reader may know of.

    What is there now is judged as it is now. What was taken out is judged by how it was last:
    it may have been restricted, and so may what it belonged to or joined.
    """
    there = _numbers(reader, base, nos, seen=False)
    all_seen = reader.reads and not reader.has_restrictions
    seen = there if all_seen else _numbers(reader, base, nos, seen=True)
    gone = last_changes(reader.connection, [no for no in nos if no not in there])
    things = {no: change.thing for no, change in gone.items() if change is not None}
    open_ = _open(reader, things.values())
    return frozenset(seen | {no for no, thing in things.items() if thing.id in open_})


def _numbers(reader: Reader, base: Base, nos: Sequence[int], *, seen: bool) -> set[int]:
    table = tables.BASES[base]
    query = select(table.c.no).where(among(table.c.no, nos))
    return {row.no for row in reader.rows(query.where(reader.may_see(base)) if seen else query)}


def _open(reader: Reader, things: Iterable[Thing]) -> set[UUID]:
    """Return the ids of those of these things, no longer there, that are open to the reader."""
    mine = [thing for thing in things if _own_access(reader, thing)]
    ends = {id_ for thing in mine for id_ in _ends(thing)}
    known = _known_ends(reader, ends) if ends else set()
    return {thing.id for thing in mine if all(id_ in known for id_ in _ends(thing))}


def _own_access(reader: Reader, thing: Thing) -> bool:
    return reader.reads and (
        not isinstance(thing, Marked)
        or thing.restricted_to is None
        or reader.user.id in thing.restricted_to
    )


def _ends(thing: Thing) -> list[UUID]:
    ends = (getattr(thing, name) for name in ENDS[thing.base])
    return [end for end in ends if end is not None]


def _known_ends(reader: Reader, ids: set[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for base in (Base.ENTITY, Base.LINK):
        found |= reader.numbers(ids, base).keys()
    table = tables.removed
    gone: list[int] = []
    for some in codec.batches([id_.bytes for id_ in ids - found]):
        gone += reader.connection.execute(select(table.c.no).where(table.c.id.in_(some))).scalars()
    last = last_changes(reader.connection, gone)
    return found | _open(reader, [change.thing for change in last.values() if change])
