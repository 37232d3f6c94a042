"""The one journal: edits, collection, consultation, disclosure, combination, erasure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Row, insert, select, update

from ocgdesk.domain.changes import Change
from ocgdesk.domain.kinds import Kind
from ocgdesk.security import chain
from ocgdesk.store import blocks, tables

_journal = tables.journal
_CHAINED = ("seq", "at", "user_id", "act", "label", "reason", "detail", "undoes", "things")


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
) -> int:
    """Write an entry with what it did, linked to the one before; return its number.

    The caller holds the write lock, so that numbers and hashes follow one another.
    """
    before, previous = head(connection)
    items = [blocks.encode(item.change) for item in made]
    packed = blocks.pack(items)
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
    row["previous"] = previous
    row["hash"] = chain.entry_hash(previous, _chained(row))
    row |= {"undoable": entry.undoable, "undone": False}
    connection.execute(insert(_journal), row)
    _write_items(connection, before + 1, packed, made)
    _write_subjects(connection, before + 1, entry.subjects)
    return before + 1


def _chained(row: Any) -> dict[str, chain.Field]:
    return {name: row[name] for name in (*_CHAINED, "payload_hash")}


def _write_items(
    connection: Connection, seq: int, packed: Sequence[blocks.Block], made: Sequence[Made]
) -> None:
    if not made:
        return
    connection.execute(
        insert(tables.journal_block),
        [{"seq": seq, "block": n, "data": block.data} for n, block in enumerate(packed)],
    )
    connection.exec_driver_sql(
        "INSERT INTO journal_item (no, seq, kind, left_version, state, block, pos) "
        "VALUES (?,?,?,?,?,?,?)",
        [
            (m.no, seq, m.kind.value, m.left_version, m.state, *divmod(i, blocks.PER_BLOCK))
            for i, m in enumerate(made)
        ],
    )


def _write_subjects(connection: Connection, seq: int, subjects: Iterable[int]) -> None:
    if rows := [{"no": no, "seq": seq} for no in dict.fromkeys(subjects)]:
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
    for (data,) in connection.execute(
        select(tables.journal_block.c.data)
        .where(tables.journal_block.c.seq == seq)
        .order_by(tables.journal_block.c.block)
    ):
        for item in blocks.unpack(data):
            yield blocks.decode(item)


def set_undone(connection: Connection, seq: int, *, undone: bool) -> None:
    """Note whether an entry's effect has been undone. This is no part of the chain."""
    connection.execute(update(_journal).where(_journal.c.seq == seq).values(undone=undone))


def check(connection: Connection) -> chain.Break | None:
    """Check the chain and every payload against it; return the first break."""
    rows = connection.execute(select(_journal).order_by(_journal.c.seq))
    if broken := chain.check(_linked(row) for row in rows):
        return broken
    for row in connection.execute(select(_journal).order_by(_journal.c.seq)):
        if wrong := _payload_fault(connection, row):
            return chain.Break(row.seq, wrong)
    return None


def _linked(row: Row[Any]) -> chain.Linked:
    return chain.Linked(
        seq=row.seq, fields=_chained(row._mapping), previous=row.previous, hash=row.hash
    )


def head_fault(row: Row[Any]) -> str:
    """Return what is wrong with the newest entry alone; empty where nothing is."""
    broken = chain.check([_linked(row)], seq=row.seq - 1, previous=row.previous)
    return broken.what if broken else ""


def _payload_fault(connection: Connection, row: Row[Any]) -> str:
    found: list[bytes] = []
    for (data,) in connection.execute(
        select(tables.journal_block.c.data)
        .where(tables.journal_block.c.seq == row.seq)
        .order_by(tables.journal_block.c.block)
    ):
        found += blocks.hashes(blocks.unpack(data))
    if len(found) != row.things or chain.payload_hash(found) != row.payload_hash:
        return f"What journal entry {row.seq} did was changed after it was written."
    return ""


def has_head(connection: Connection, text: str) -> bool:
    """Tell whether a printed head belongs to an entry of this journal."""
    hashes = connection.execute(select(_journal.c.hash).order_by(_journal.c.seq.desc()))
    return any(chain.same_head(text, row.hash) for row in hashes)
