"""Events beneath links: written with the import that brought them, read back link by link.

They are no things of their own: what an import brings is kept compressed, in a block for each link
and file, with the number of the journal's entry. They count while that entry is not undone and
the link is there; so one undo takes them with it, and one redo brings them back. Where the other
end of a call has no number they lie beneath the record that has one, in the same way.
"""

import os
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Select, func, select

from ocgdesk.domain.events import Event, Events, Key
from ocgdesk.domain.kinds import Base
from ocgdesk.errors import BadWorkspace
from ocgdesk.security import chain
from ocgdesk.store import bulk, codec, tables
from ocgdesk.store.among import among
from ocgdesk.store.held import Held
from ocgdesk.store.journal import Act
from ocgdesk.store.reader import Reader

_block, _journal, _file = tables.event_block, tables.journal, tables.origin_file
_link = tables.link
_NAMES = ("link_no", "seq", "file_no", "events", "first", "last", "hash", "data")
EVENTS: Final = "events"
"""The word of an entry's detail that seals the events it brought."""
BENEATH: Final = "beneath"
"""The word of an entry's detail that says that it turned round one that brought events."""
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(list[Any])


@dataclass(frozen=True, slots=True)
class Packed:
    """The events of one link from one file, as they are kept."""

    link: UUID
    """Or the record they lie beneath."""
    file: int
    """The place of the file among those of the import."""
    events: int
    first: int
    last: int
    hash: bytes
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The events of one link: blocks in the order they came, and of each the file's name."""

    blocks: tuple[Events, ...] = ()
    files: tuple[str, ...] = ()

    def __len__(self) -> int:
        """How many events there are."""
        return sum(map(len, self.blocks))

    def keys(self) -> Iterator[Key]:
        """Yield of each what tells it from others."""
        for block in self.blocks:
            yield from block.keys()

    def in_order(self) -> list[tuple[int, int]]:
        """Return block and place of each event, in order of time."""
        places = [(b, n) for b, block in enumerate(self.blocks) for n in range(len(block))]
        return sorted(places, key=lambda at: self.blocks[at[0]].times[at[1]])

    def event(self, at: tuple[int, int]) -> Event:
        """Return the event at one of the places of ``in_order``."""
        return self.blocks[at[0]].event(at[1], self.files[at[0]])


def pack(link: UUID, file: int, events: Events) -> Packed:
    """Make events ready to be kept; this can be done before the write lock is held."""
    data = zlib.compress(_encoder.encode(_plain(events)), level=1)
    hashed = chain.item_hash(data)
    return Packed(link, file, len(events), events.first, events.last, hashed, data)


def _plain(events: Events) -> list[Any]:
    whats, which = _shared(events.whats)
    texts, told = _shared(events.texts)
    base = events.first
    times = [time - base for time in events.times]
    return [
        *(base, times, bytes(events.flags), list(events.seconds)),
        *(whats, which, texts, told, list(events.rows)),
        os.urandom(16),  # the hash outlives a lawful erasure, and a short block could be guessed
        *(_shared(events.others) if events.others else ()),
    ]


def _shared(words: Sequence[str]) -> tuple[list[str], list[int]]:
    places: dict[str, int] = {}
    which = [places.setdefault(word, len(places)) for word in words]
    return list(places), which if len(places) > 1 else []


def _unpack(data: bytes) -> Events:
    """Return the events of a block; BadWorkspace where it is damaged."""
    try:
        base, times, flags, seconds, whats, which, texts, told, rows, _salt, *more = (
            _decoder.decode(zlib.decompress(data))
        )
    except (zlib.error, msgspec.DecodeError, ValueError) as error:
        raise BadWorkspace(f"a block of events is damaged: {error}") from None
    return Events(
        times=[base + time for time in times],
        flags=flags,
        seconds=seconds,
        whats=_spread(whats, which, len(times)),
        texts=_spread(texts, told, len(times)),
        rows=rows,
        others=_spread(more[0], more[1], len(times)) if more else (),
    )


def _spread(words: list[str], which: list[int], count: int) -> list[str]:
    return [words[n] for n in which] if which else words * count


def write(
    connection: Connection,
    seq: int,
    packed: Sequence[Packed],
    files: Sequence[int],
    nos: Mapping[UUID, int],
) -> None:
    """Keep events with the entry that brought them; ``files`` are numbers of ``origin_file``."""
    rows = [
        (nos[p.link], seq, files[p.file], p.events, p.first, p.last, p.hash, p.data) for p in packed
    ]
    bulk.insert_rows(connection, _block, _NAMES, sorted(rows, key=lambda row: row[:3]))


def seal(packed: Sequence[Packed], nos: Mapping[UUID, int]) -> str:
    """Return the hash over these blocks, in hex, as the journal's entry keeps it."""
    ordered = sorted(packed, key=lambda p: (nos[p.link], p.file))
    return chain.payload_hash(p.hash for p in ordered).hex()


def broken(connection: Connection) -> list[int]:
    """Return the entries whose events are not those they brought."""
    query = select(_journal.c.seq, _journal.c.detail).where(_journal.c.detail.like(f'%"{EVENTS}"%'))
    found = []
    for entry in connection.execute(query.order_by(_journal.c.seq)).all():
        sealed = msgspec.json.decode(entry.detail).get(EVENTS, {})
        if not _is_whole(connection, entry.seq, str(sealed.get("hash", ""))):
            found.append(entry.seq)
    return found


def _is_whole(connection: Connection, seq: int, sealed: str) -> bool:
    blocks = select(_block.c.hash, _block.c.data).where(_block.c.seq == seq)
    rows = connection.execute(blocks.order_by(_block.c.link_no, _block.c.file_no)).all()
    if any(chain.item_hash(row.data) != row.hash for row in rows):
        return False
    return chain.payload_hash(row.hash for row in rows).hex() == sealed


def _counting() -> Select[Any]:
    """Select the blocks that count: their entry was not undone. Who may see them is not asked."""
    return (
        select(_block.c.link_no)
        .join(_journal, _journal.c.seq == _block.c.seq)
        .where(_journal.c.undone.is_(False))
    )


def many(reader: Reader, nos: Collection[int]) -> dict[int, Found]:
    """Return the events of links by number, of those that have any and this reader may see."""
    query = (
        _with_data(_counting())
        .join(_link, _link.c.no == _block.c.link_no)
        .where(among(_block.c.link_no, nos), reader.may_see(Base.LINK))
    )
    return _found(reader.rows(query))


def many_then(held: Held, ids: Collection[UUID]) -> dict[UUID, Found]:
    """Return the events that links had, as the reader of ``held`` may know of them.

    Those count whose entry was there and, as far as was recorded then, not undone.
    """
    links = held.links_by_no(ids)
    found = beneath(held.reader, list(links), held)
    return {links[no].id: one for no, one in found.items()}


def beneath(reader: Reader, nos: Collection[int], held: Held | None = None) -> dict[int, Found]:
    """Return the events beneath things by number, now or then.

    Whether the reader may know of these was asked before: records that were merged into another
    are not there any more, and what lay beneath them is.
    """
    if not nos:
        return {}
    if held is None:
        return _found(reader.rows(_with_data(_counting()).where(among(_block.c.link_no, nos))))
    query = _with_data(select(_block.c.link_no).add_columns(_block.c.seq))
    wanted = (among(_block.c.link_no, nos), _block.c.seq <= held.seq)
    undone = _undone_by(held)
    return _found(row for row in reader.rows(query.where(*wanted)) if row.seq not in undone)


def count_then(held: Held, id_: UUID) -> int:
    """Return how many events a link had, as the reader of ``held`` may know of them."""
    return sum(map(len, many_then(held, [id_]).values()))


def _undone_by(held: Held) -> frozenset[int]:
    """Return the entries that were undone, and not done again, by then."""
    query = select(_journal.c.seq, _journal.c.act, _journal.c.undoes).where(
        _journal.c.undoes.is_not(None), _journal.c.seq <= held.seq
    )
    rows = held.reader.rows(query)
    again = {row.undoes for row in rows if row.act == Act.REDO.value}
    undos = [row for row in rows if row.act == Act.UNDO.value]
    return frozenset(row.undoes for row in undos if row.seq not in again)


def _with_data(query: Select[Any]) -> Select[Any]:
    return (
        query.add_columns(_block.c.data, _file.c.name)
        .join(_file, _file.c.file_no == _block.c.file_no)
        .order_by(_block.c.link_no, _block.c.seq, _block.c.file_no)
    )


def _found(rows: Iterable[Any]) -> dict[int, Found]:
    kept: dict[int, list[tuple[Events, str]]] = {}
    for row in rows:
        kept.setdefault(row.link_no, []).append((_unpack(row.data), row.name))
    return {
        no: Found(blocks=tuple(b for b, _n in some), files=tuple(n for _b, n in some))
        for no, some in kept.items()
    }


def counts(reader: Reader, links: Collection[UUID]) -> dict[UUID, int]:
    """Return how many events links have, of those that have any and this reader may see."""
    found: dict[UUID, int] = {}
    for some in codec.batches([id_.bytes for id_ in links]):
        query = (
            _counting()
            .with_only_columns(_link.c.id, func.sum(_block.c.events).label("events"))
            .join(_link, _link.c.no == _block.c.link_no)
            .where(_link.c.id.in_(some), reader.may_see(Base.LINK))
            .group_by(_link.c.id)
        )
        found |= {UUID(bytes=row.id): int(row.events) for row in reader.rows(query)}
    return found
