"""Undo and redo: a query of the journal, and an act that is journalled itself."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, text

from ocgdesk.domain.changes import Change
from ocgdesk.domain.people import User
from ocgdesk.errors import Conflict, Refused
from ocgdesk.store import claims, journal, tables
from ocgdesk.store.event_blocks import BENEATH, EVENTS
from ocgdesk.store.journal import Act, Logged
from ocgdesk.store.work import Work

_journal = tables.journal
_BRINGS = frozenset({EVENTS, BENEATH})
_EDITS = (Act.ALTERATION.value, Act.COLLECTION.value, Act.COMBINATION.value)

_TOUCHED_SINCE = text(
    """
    SELECT later.seq FROM journal_item AS mine
    JOIN journal_item AS later ON later.no = mine.no AND later.seq = (
        SELECT max(seq) FROM journal_item WHERE no = mine.no)
    WHERE mine.seq = :seq AND later.state <> mine.state LIMIT 1
    """
)
_STATES_BEFORE = text(
    """
    SELECT no, coalesce((SELECT before.state FROM journal_item AS before
        WHERE before.no = mine.no AND before.seq < :seq ORDER BY before.seq DESC LIMIT 1), 0)
    FROM journal_item AS mine WHERE seq = :seq
    """
)


@dataclass(frozen=True, slots=True)
class Step:
    """What undo or redo would turn round: an entry of the journal."""

    seq: int
    label: str
    things: int
    at: datetime


def undoable(connection: Connection, user: User) -> Step | None:
    """Return this user's newest edit not yet undone."""
    row = connection.execute(
        select(_journal)
        .where(
            _journal.c.user_id == user.id.bytes,
            _journal.c.undoable,
            _journal.c.undone.is_(False),
            _journal.c.act.in_(_EDITS),
        )
        .order_by(_journal.c.seq.desc())
        .limit(1)
    ).first()
    return None if row is None else _step(journal.logged(row))


def redoable(connection: Connection, user: User) -> Step | None:
    """Return this user's newest undo that no newer edit of theirs has overtaken."""
    row = connection.execute(
        select(_journal)
        .where(
            _journal.c.user_id == user.id.bytes,
            _journal.c.act.in_((*_EDITS, Act.UNDO.value)),
            _journal.c.undoable,
            ~((_journal.c.act == Act.UNDO.value) & _journal.c.undone),
        )
        .order_by(_journal.c.seq.desc())
        .limit(1)
    ).first()
    if row is None or row.act != Act.UNDO:
        return None
    undone = journal.entry(connection, row.undoes)
    return None if undone is None else Step(row.seq, undone.label, undone.things, undone.at)


def _step(entry: Logged) -> Step:
    return Step(entry.seq, entry.label, entry.things, entry.at)


def undo(work: Work, connection: Connection, step: Step) -> None:
    """Turn an edit round, if nothing it touched was changed since.

    Raises Conflict, naming who and when, where something was, and where what came of a claim
    that was submitted since would change with it.
    """
    _turn(work, connection, step.seq, Act.UNDO)
    journal.set_undone(connection, step.seq, undone=True)


def redo(work: Work, connection: Connection, step: Step) -> None:
    """Turn an undo round, on the same condition."""
    _turn(work, connection, step.seq, Act.REDO)
    journal.set_undone(connection, step.seq, undone=True)
    undone = journal.entry(connection, step.seq)
    if undone is not None and undone.undoes is not None:
        journal.set_undone(connection, undone.undoes, undone=False)


def _turn(work: Work, connection: Connection, seq: int, act: Act) -> None:
    _check_untouched(work, connection, seq)
    changes = [change and change.inverse() for change in journal.changes(connection, seq)]
    if any(change is None for change in changes):
        raise Refused("Part of this was lawfully erased and cannot be brought back")
    entry = journal.entry(connection, seq)
    detail = {BENEATH: True} if entry is not None and _BRINGS.intersection(entry.detail) else {}
    work.entry = {"act": act, "undoes": seq, "undoable": act is Act.UNDO, "detail": detail}
    claims.check_turned(work.reader, [change for change in changes if change])
    states = connection.execute(_STATES_BEFORE, {"seq": seq})
    work.states = {no: state for no, state in states}  # noqa: C416 - rows, not pairs
    _apply(work, [change for change in changes if change])


def _apply(work: Work, changes: list[Change]) -> None:
    # Links go before their ends and come after them; the store sorts kinds, not order of acts.
    work.take_out(*(change.before for change in changes if change.before and not change.after))
    work.restore(*(change.after for change in changes if change.after))


def _check_untouched(work: Work, connection: Connection, seq: int) -> None:
    later = connection.execute(_TOUCHED_SINCE, {"seq": seq}).scalar()
    if later is None:
        return
    entry = journal.entry(connection, later)
    assert entry is not None  # noqa: S101 - the item was found by its entry
    who = connection.execute(
        select(tables.user.c.display).where(tables.user.c.id == entry.user.bytes)
    ).scalar()
    name = "You" if entry.user == work.user.id else who or "A former user"
    way = "undo that first, or change the record by hand"
    if not entry.undoable and entry.act is not Act.REDO:
        way = "that is not undone, so change the record by hand"
    raise Conflict(f"{name} changed the same record on {entry.at:%d %b %Y at %H:%M} UTC; {way}")
