"""Restricted records: what break-glass finds behind a reference, and who is told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import Connection, select

from ocgdesk.domain.people import Right, User
from ocgdesk.store import auditing, lending, tables, twins, users
from ocgdesk.store.among import among
from ocgdesk.store.journal import Act, Entry
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, briefs

REFUSED: Final = "Break-glass: nothing found"
"""The label of an entry for a reference that nothing restricted stands behind."""
LOOKED: Final = "View access alerts"
"""The label of the consultation by which a user has seen their alerts."""
_LABELS: Final = (lending.LABEL, REFUSED, twins.LABEL)
_SET: Final = (Act.ACCESS.value, Act.COMBINATION.value)
_entity, _access = tables.entity, tables.access
_journal, _subject = tables.journal, tables.journal_subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something that those inside a restricted record, or the auditor, are told of."""

    seq: int
    at: datetime
    by: UUID
    who: str
    label: str
    """What it was: ``lending.LABEL``, ``REFUSED`` or ``twins.LABEL``."""
    reason: str
    until: datetime | None
    """Up to when access was lent."""
    records: tuple[Brief, ...]
    """What it was about, as far as this user may see it; an auditor sees references alone."""
    refs: tuple[str, ...]
    is_new: bool
    """Whether the user has not looked since."""


def people(reader: Reader) -> list[User]:
    """Return the users who may be given access: those who may read records and are let in."""
    return [user for user in everybody(reader) if user.may(Right.READ) and not user.disabled]


def everybody(reader: Reader) -> list[User]:
    """Return all users, so that those inside of a record can be named."""
    return users.everybody(reader.connection)


def closed(reader: Reader, *, limit: int = 1_000) -> list[Brief]:
    """Return the restricted records this user is inside of, those lent to them left out."""
    query = select(_entity.c.no).where(_entity.c.restricted, reader.may_see())
    nos = [row.no for row in reader.rows(query.order_by(_entity.c.no.desc()).limit(limit))]
    return briefs(reader, [no for no in nos if no not in reader.lent])


def behind(connection: Connection, ref: str) -> tuple[int, ...]:
    """Return the numbers that break-glass opens for a reference, whoever may know of them.

    They are those of the record, or of the restricted one it belongs to, and of all it owns
    with the same list of users or with none: what is closed further stays closed. None where
    nothing restricted has the reference.
    """
    row = connection.execute(
        select(_entity.c.no).where(_entity.c.ref == ref.strip().upper(), _entity.c.ref != "")
    ).first()
    start = _closed_from(connection, int(row.no)) if row is not None else None
    if start is None:
        return ()
    found, inside = [start], _inside(connection, start)
    for no in found:  # it grows while it is walked
        children = _owned(connection, no)
        found += [child.no for child in children if _opens(connection, child, inside)]
    return tuple(found)


def _closed_from(connection: Connection, no: int) -> int | None:
    """Return the restricted record nearest the top among this one and those it belongs to."""
    found: int | None = None
    at: int | None = no
    while at is not None:
        row = connection.execute(
            select(_entity.c.restricted, _entity.c.owner_no).where(_entity.c.no == at)
        ).one()
        found, at = (at if row.restricted else found), row.owner_no
    return found


def _inside(connection: Connection, no: int) -> frozenset[bytes]:
    query = select(_access.c.user_id).where(_access.c.no == no)
    return frozenset(connection.execute(query).scalars())


def _owned(connection: Connection, no: int) -> list[Any]:
    query = select(_entity.c.no, _entity.c.restricted).where(_entity.c.owner_no == no)
    return list(connection.execute(query.order_by(_entity.c.no)).all())


def _opens(connection: Connection, child: Any, inside: frozenset[bytes]) -> bool:
    return not child.restricted or _inside(connection, child.no) == inside


def alerts(reader: Reader, *, limit: int = 100) -> list[Alert]:
    """Return what this user is told of restricted records, newest first; not their own acts.

    Those inside are told of their records, an auditor of all, by reference alone.
    """
    query = (
        select(_journal)
        .where(
            _journal.c.act.in_(_SET),
            _journal.c.label.in_(_LABELS),
            _journal.c.user_id != reader.user.id.bytes,
        )
        .order_by(_journal.c.seq.desc())
        .limit(limit)
    )
    if not (rows := reader.rows(query)):
        return []
    names = {user.id: user.display for user in users.everybody(reader.connection)}
    since, about = reader.last_saw(LOOKED), _about(reader, [row.seq for row in rows])
    refs = _refs(reader, [row.seq for row in rows])
    found = [_alert(row, about, refs, names, since) for row in rows]
    return [one for one in found if one.records or reader.user.may(Right.AUDIT)]


def _alert(
    row: Any,
    about: dict[int, tuple[Brief, ...]],
    refs: dict[int, tuple[str, ...]],
    names: dict[UUID, str],
    since: int,
) -> Alert:
    detail, by = msgspec.json.decode(row.detail), UUID(bytes=row.user_id)
    end = detail.get("until")
    records = about.get(row.seq, ())
    known = tuple(dict.fromkeys(one.ref for one in records if one.ref))
    return Alert(
        seq=row.seq,
        at=datetime.fromisoformat(row.at),
        by=by,
        who=names.get(by, ""),
        label=row.label,
        reason=row.reason,
        until=datetime.fromisoformat(end) if end else None,
        records=records,
        refs=refs.get(row.seq) or known,
        is_new=row.seq > since,
    )


def _refs(reader: Reader, seqs: Sequence[int]) -> dict[int, tuple[str, ...]]:
    return auditing.subjects(reader, seqs) if reader.user.may(Right.AUDIT) else {}


def _about(reader: Reader, seqs: Sequence[int]) -> dict[int, tuple[Brief, ...]]:
    """Return the records each entry was about, where this user is inside of one of them."""
    query = select(_subject.c.seq, _subject.c.no).where(among(_subject.c.seq, seqs))
    pairs = [(row.seq, row.no) for row in reader.rows(query.order_by(_subject.c.no))]
    nos = list({no for _seq, no in pairs})
    known = {one.no: one for one in briefs(reader, nos) if one.no not in reader.lent}
    found: dict[int, list[Brief]] = {}
    for seq, no in pairs:
        if no in known:
            found.setdefault(seq, []).append(known[no])
    return {seq: tuple(some) for seq, some in found.items() if any(b.restricted for b in some)}


def lending_entry(user: UUID, nos: Sequence[int], ref: str, reason: str, until: datetime) -> Entry:
    """Return the entry that lends access to these numbers until a moment."""
    detail = {"ref": ref, "until": until.isoformat()}
    return Entry(
        act=Act.ACCESS,
        label=lending.LABEL,
        user=user,
        reason=reason,
        detail=detail,
        subjects=tuple(nos),
    )


def refusal_entry(user: UUID, ref: str, reason: str) -> Entry:
    """Return the entry for a reference that nothing restricted stood behind."""
    return Entry(act=Act.ACCESS, label=REFUSED, user=user, reason=reason, detail={"ref": ref[:60]})
