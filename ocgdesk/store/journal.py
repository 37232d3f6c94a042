"""The one journal: edits, collection, consultation, disclosure, combination, erasure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Row, func, insert, or_, select, update

from ocgdesk.domain.changes import Change
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import BadWorkspace
from ocgdesk.security import chain
from ocgdesk.store import blocks, tables
from ocgdesk.store.blocks import Block

_AT_ONCE = 20_000
_journal = tables.journal
_CHAINED = (
    *("seq", "at", "user_id", "act", "label", "reason", "detail", "undoes", "things"),
    *("undoable", "payload_hash"),
)


class Act(StrEnum):
    """What an entry of the journal records.

    Collection to erasure are the six operations of DPA 2018 s.62; their logging cannot be
    switched off.
    """

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"
    ACCESS = "access"
    KEYS = "keys"
    SESSION = "session"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry to be written. ``detail`` holds plain values: a file's hash, a recipient."""

    act: Act
    label: str
    user: UUID
    reason: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    undoes: int | None = None
    undoable: bool = False
    subjects: tuple[int, ...] = ()
    """Numbers of the records a consultation, disclosure or combination was about."""


@dataclass(frozen=True, slots=True)
class Made:
    """One change as the journal keeps it: the thing's number and the version it left."""

    no: int
    kind: Kind
    left_version: int
    change: Change
    state: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """One entry as it was read back."""

    seq: int
    at: datetime
    user: UUID
    act: Act
    label: str
    reason: str
    detail: dict[str, Any]
    undoes: int | None
    undoable: bool
    undone: bool
    things: int
    hash: bytes


def append(
    connection: Connection,
    entry: Entry,
    made: Sequence[Made] = (),
    *,
    now: datetime | None = None,
    packed: Sequence[Block] = (),
) -> int:
    """Write an entry with what it did, linked to the one before; return its number.

    ``packed`` is ``made`` as blocks, where they were packed before. The caller holds the write
    lock, so that numbers and hashes follow one another.
    """
    before, previous = head(connection)
    packed = packed or pack(made)
    row = {
        "seq": before + 1,
        "at": (now or datetime.now(UTC)).isoformat(timespec="microseconds"),
        "user_id": entry.user.bytes,
        "act": entry.act.value,
        "label": entry.label,
        "reason": entry.reason,
        "detail": msgspec.json.encode(entry.detail, order="deterministic").decode(),
        "undoes": entry.undoes,
        "things": len(made),
        "payload_hash": chain.payload_hash(h for block in packed for h in block.hashes),
    }
    subjects = sorted(set(entry.subjects))
    row |= {"undoable": entry.undoable, "undone": False, "previous": previous}
    row["hash"] = chain.entry_hash(previous, _chained(row, subjects))
    connection.execute(insert(_journal), row)
    _write_items(connection, before + 1, packed, made)
    _write_subjects(connection, before + 1, subjects)
    return before + 1


def pack(made: Sequence[Made]) -> list[Block]:
    """Return what the journal keeps of these changes, in blocks.

    A block at a time: all of a large import at once would be encoded before any is compressed.
    """
    found: list[Block] = []
    for start in range(0, len(made), blocks.PER_BLOCK):
        some = made[start : start + blocks.PER_BLOCK]
        found += blocks.pack([blocks.encode(item.change) for item in some])
    return found


def _chained(row: Any, subjects: Iterable[int]) -> dict[str, chain.Field]:
    """Return what the hash of an entry covers: its fields, and whom it was about."""
    fields: dict[str, chain.Field] = {name: row[name] for name in _CHAINED}
    return fields | {"subjects": ",".join(map(str, subjects))}


def _write_items(
    connection: Connection, seq: int, packed: Sequence[Block], made: Sequence[Made]
) -> None:
    if not made:
        return
    connection.execute(
        insert(tables.journal_block),
        [{"seq": seq, "block": n, "data": block.data} for n, block in enumerate(packed)],
    )
    items = (
        (m.no, seq, m.kind.value, m.left_version, m.state, *divmod(i, blocks.PER_BLOCK))
        for i, m in enumerate(made)
    )
    while some := list(islice(items, _AT_ONCE)):
        connection.exec_driver_sql(
            "INSERT INTO journal_item (no, seq, kind, left_version, state, block, pos) "
            "VALUES (?,?,?,?,?,?,?)",
            some,
        )


def _write_subjects(connection: Connection, seq: int, subjects: Iterable[int]) -> None:
    if rows := [{"no": no, "seq": seq} for no in subjects]:
        connection.execute(insert(tables.journal_subject), rows)


def head(connection: Connection) -> tuple[int, bytes]:
    """Return the number and hash of the newest entry; 0 and the genesis hash before any."""
    row = connection.execute(
        select(_journal.c.seq, _journal.c.hash).order_by(_journal.c.seq.desc()).limit(1)
    ).first()
    return (row.seq, row.hash) if row else (0, chain.GENESIS)


def logged(row: Row[Any]) -> Logged:
    """Return the entry a row stands for."""
    return Logged(
        seq=row.seq,
        at=datetime.fromisoformat(row.at),
        user=UUID(bytes=row.user_id),
        act=Act(row.act),
        label=row.label,
        reason=row.reason,
        detail=msgspec.json.decode(row.detail),
        undoes=row.undoes,
        undoable=bool(row.undoable),
        undone=bool(row.undone),
        things=row.things,
        hash=row.hash,
    )


def entry(connection: Connection, seq: int) -> Logged | None:
    """Return one entry by its number."""
    row = connection.execute(select(_journal).where(_journal.c.seq == seq)).first()
    return None if row is None else logged(row)


def changes(connection: Connection, seq: int) -> Iterator[Change | None]:
    """Yield what an entry did, in order; None where a change was lawfully erased."""
    for data in _blocks(connection, seq):
        for item in blocks.unpack(data):
            yield blocks.decode(item)


def set_undone(connection: Connection, seq: int, *, undone: bool) -> None:
    """Note whether an entry's effect has been undone. This is no part of the chain."""
    connection.execute(update(_journal).where(_journal.c.seq == seq).values(undone=undone))


def check(connection: Connection) -> chain.Break | None:
    """Check the chain, every payload against it, and that the index of items fits them."""
    about = _subjects(connection)
    rows = connection.execute(select(_journal).order_by(_journal.c.seq))
    if broken := chain.check(_linked(row, about.get(row.seq, ())) for row in rows):
        return broken
    for row in connection.execute(
        select(_journal.c.seq, _journal.c.things, _journal.c.payload_hash).order_by(_journal.c.seq)
    ):
        if wrong := _payload_fault(connection, row):
            return chain.Break(row.seq, wrong)
    return _index_fault(connection)


def _subjects(connection: Connection) -> dict[int, list[int]]:
    table, found = tables.journal_subject, dict[int, list[int]]()
    for row in connection.execute(select(table).order_by(table.c.seq, table.c.no)):
        found.setdefault(row.seq, []).append(row.no)
    return found


def _linked(row: Row[Any], subjects: Iterable[int]) -> chain.Linked:
    fields = _chained(row._mapping, subjects)
    return chain.Linked(seq=row.seq, fields=fields, previous=row.previous, hash=row.hash)


def head_fault(connection: Connection, row: Row[Any]) -> str:
    """Return what is wrong with the newest entry alone; empty where nothing is."""
    table = tables.journal_subject
    query = select(table.c.no).where(table.c.seq == row.seq).order_by(table.c.no)
    linked = _linked(row, connection.execute(query).scalars())
    broken = chain.check([linked], seq=row.seq - 1, previous=row.previous)
    return broken.what if broken else ""


def _payload_fault(connection: Connection, row: Any) -> str:
    found: list[bytes] = []
    try:
        for data in _blocks(connection, row.seq):
            found += blocks.hashes(blocks.unpack(data))
    except BadWorkspace as error:
        return f"What journal entry {row.seq} did cannot be read: {error}"
    if len(found) != row.things or chain.payload_hash(found) != row.payload_hash:
        return f"What journal entry {row.seq} did was changed after it was written."
    return ""


def _blocks(connection: Connection, seq: int) -> Iterator[bytes]:
    block = tables.journal_block
    query = select(block.c.data).where(block.c.seq == seq).order_by(block.c.block)
    yield from connection.execute(query).scalars()


def _index_fault(connection: Connection) -> chain.Break | None:
    """Return the first entry whose changes the index of items does not list one by one."""
    item = tables.journal_item
    places = item.c.block * blocks.PER_BLOCK + item.c.pos
    listed = (
        select(
            item.c.seq,
            func.count(places.distinct()).label("things"),
            func.max(places).label("last"),
        )
        .group_by(item.c.seq)
        .subquery()
    )
    wrong = or_(
        func.coalesce(listed.c.things, 0) != _journal.c.things,
        listed.c.last >= _journal.c.things,
    )
    joined = _journal.outerjoin(listed, listed.c.seq == _journal.c.seq)
    query = select(_journal.c.seq).select_from(joined).where(wrong).order_by(_journal.c.seq)
    seq = connection.execute(query.limit(1)).scalar()
    if seq is None:
        return None
    return chain.Break(seq, f"The index of what journal entry {seq} did does not fit it.")


def has_head(connection: Connection, text: str) -> bool:
    """Tell whether a printed head belongs to an entry of this journal."""
    hashes = connection.execute(select(_journal.c.hash).order_by(_journal.c.seq.desc()))
    return any(chain.same_head(text, row.hash) for row in hashes)
