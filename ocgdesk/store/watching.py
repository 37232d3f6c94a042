"""Watches: searches that speak up when an act brings in or changes a record that fits.

Each is held against what an act touched by whoever does it, in the same transaction, but with the
eyes of its owner: what they may not know of is not told, then or when the list is read. What was
found stands in the journal as a combination.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, select

from ocgdesk.domain.changes import Change
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.fitting import Reason, Typed, Why
from ocgdesk.domain.keeping import Watch
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.people import Right, User
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.domain.wire import ENDS
from ocgdesk.errors import NotFound
from ocgdesk.store import finding, journal, tables, users
from ocgdesk.store.among import among
from ocgdesk.store.candidates import Candidates
from ocgdesk.store.codec import numbers
from ocgdesk.store.journal import Act, Entry
from ocgdesk.store.own_tables import own_table
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, briefs

HIT = "Watch hit"
"""The label of a journal entry that says that a watch was met."""
LOOKED = "View watch hits"
"""The label of the consultation by which an owner has seen them."""
_FEW = 300
"""So many records are looked at one by one; of more, those the index offers."""
_ALL = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One time a watch spoke up."""

    seq: int
    at: datetime
    watch: UUID
    by: UUID
    """Whose act it was."""
    label: str
    """That act, such as an import."""
    records: tuple[Brief, ...]
    """What fitted, as far as the owner may see it now."""
    is_new: bool
    """Whether the owner has not looked since."""


@dataclass(frozen=True, slots=True)
class _Set:
    """A watch that is set: its number, whose it is, and what it looks for."""

    no: int
    id: UUID
    owner: UUID
    typed: Typed
    kinds: frozenset[Kind]
    nearly: bool


def speak_up(
    connection: Connection,
    user: User,
    entry: tuple[int, str],
    changes: Iterable[Change],
    now: datetime,
) -> None:
    """Note in the journal which watches an act met; ``entry`` is its number and label."""
    watches = _set(connection, now.astimezone(LONDON).date())
    if not watches:
        return
    touched = _touched(connection, changes)
    for watch in watches:
        if nos := _fitting(connection, watch, touched):
            journal.append(
                connection,
                Entry(
                    act=Act.COMBINATION,
                    label=HIT,
                    user=user.id,
                    detail={"watch": str(watch.id), "entry": entry[0], "label": entry[1]},
                    subjects=(watch.no, *nos),
                ),
                now=now,
            )


def _set(connection: Connection, today: date) -> list[_Set]:
    table, own = tables.entity, own_table(Kind.WATCH)
    query = (
        select(table.c.no, table.c.id, own.c.user, own.c.text, own.c.spec, own.c.expires)
        .join(own, own.c.no == table.c.no)
        .where(own.c.alerts, own.c.user.is_not(None))
    )
    rows = [
        row
        for row in connection.execute(query)
        if row.expires is None or row.expires >= today.isoformat()
    ]
    return [_set_of(row) for row in rows]


def _set_of(row: Any) -> _Set:
    kinds, nearly = spec(row.spec)
    return _Set(
        row.no,
        UUID(bytes=row.id),
        UUID(bytes=row.user),
        Typed(row.text),
        frozenset(kinds or finding.FOUND),
        nearly,
    )


def spec(text: str) -> tuple[tuple[Kind, ...], bool]:
    """Return the kinds a watch looks at, none being all, and whether names may fit nearly."""
    known = json.loads(text) if text else {}
    kinds = tuple(Kind(kind) for kind in known.get("kinds", ()))
    return kinds, bool(known.get("nearly", True))


def spec_text(kinds: Iterable[Kind], *, nearly: bool) -> str:
    """Return what a watch keeps of its kinds and of how near names must be."""
    return json.dumps({"kinds": [kind.value for kind in kinds], "nearly": nearly})


def _touched(connection: Connection, changes: Iterable[Change]) -> list[int]:
    """Return the records an act added or changed, or whose links or sub-records it did."""
    things = [change.after for change in changes if change.after is not None]
    ids = {id_ for thing in things for id_ in _about(thing)}
    return sorted(numbers(connection, Base.ENTITY, ids).values())


def _about(thing: Thing) -> Iterable[UUID]:
    if thing.base is Base.PLACEMENT:  # where it stands on a chart is nothing about it
        return
    if isinstance(thing, Entity):
        yield thing.id
    for end in ENDS[thing.base]:
        if (id_ := getattr(thing, end)) is not None:
            yield id_


def _fitting(connection: Connection, watch: _Set, touched: Sequence[int]) -> list[int]:
    """Return which of these records fit a watch, of those its owner may see."""
    try:
        owner = users.get(connection, watch.owner)
    except NotFound:
        return []
    if owner.disabled or not owner.may(Right.READ):
        return []
    reader = Reader(connection, owner)
    nos = touched if len(touched) <= _FEW else _offered(reader, watch, touched)
    found = []
    for record, texts in finding.texts(reader, nos):
        if record.kind not in watch.kinds:
            continue
        why = watch.typed.why(texts, nearly=watch.nearly)
        if why is not None and _is_sure(why, watch.typed):
            found.append(record.no)
    return found


def _offered(reader: Reader, watch: _Set, touched: Sequence[int]) -> list[int]:
    index = Candidates(reader, watch.typed, most=_ALL)
    offered = {no for step in index.sure() for no in step}
    if watch.nearly:
        offered.update(index.nearly())
    return [no for no in touched if no in offered]


def _is_sure(why: Why, typed: Typed) -> bool:
    """Tell whether a fit is near enough to interrupt somebody: half the letters must be right."""
    if why.reason is not Reason.SOUNDS_LIKE:
        return True
    return why.rank[1] <= max(1, len(typed.packed) // 2)


def heard(reader: Reader, watches: Collection[UUID] = (), *, limit: int = 200) -> list[Heard]:
    """Return the times this user's watches spoke up, newest first.

    What they may not see, or not any more, is left out; a time with nothing left is as well.
    """
    own = _own(reader)
    wanted = [no for id_, no in own.items() if not watches or id_ in watches]
    if not wanted:
        return []
    table, about = tables.journal, tables.journal_subject
    met = select(about.c.seq).where(among(about.c.no, wanted))
    query = (
        select(table)
        .where(table.c.seq.in_(met), table.c.act == Act.COMBINATION.value, table.c.label == HIT)
        .order_by(table.c.seq.desc())
        .limit(limit)
    )
    rows = reader.rows(query)
    since = reader.last_saw(LOOKED) if rows else 0
    subjects = _subjects(reader, [row.seq for row in rows], frozenset(own.values()))
    times = [_heard(row, subjects.get(row.seq, ()), since) for row in rows]
    return [one for one in times if one.records and one.watch in own]


def looked(reader: Reader) -> None:
    """Note that the user has seen what their watches met."""
    reader.saw(LOOKED)


def _own(reader: Reader) -> dict[UUID, int]:
    table, own = tables.entity, own_table(Kind.WATCH)
    query = (
        select(table.c.id, table.c.no)
        .join(own, own.c.no == table.c.no)
        .where(own.c.user == reader.user.id.bytes, reader.may_see())
    )
    return {UUID(bytes=row.id): row.no for row in reader.rows(query)}


def mine(reader: Reader) -> list[Watch]:
    """Return this user's watches and saved searches, the newest first."""
    found = reader.load(sorted(_own(reader).values(), reverse=True))
    return [one for one in found if isinstance(one, Watch)]


def _subjects(
    reader: Reader, seqs: Sequence[int], without: Collection[int]
) -> dict[int, tuple[Brief, ...]]:
    table = tables.journal_subject
    query = select(table.c.seq, table.c.no).where(among(table.c.seq, seqs)).order_by(table.c.no)
    pairs = [(row.seq, row.no) for row in reader.rows(query) if row.no not in without]
    known = {one.no: one for one in briefs(reader, list({no for _seq, no in pairs}))}
    found: dict[int, list[Brief]] = {}
    for seq, no in pairs:
        if no in known:
            found.setdefault(seq, []).append(known[no])
    return {seq: tuple(records) for seq, records in found.items()}


def _heard(row: Any, records: Sequence[Brief], since: int) -> Heard:
    detail = msgspec.json.decode(row.detail)
    return Heard(
        seq=row.seq,
        at=datetime.fromisoformat(row.at),
        watch=UUID(detail["watch"]),
        by=UUID(bytes=row.user_id),
        label=detail["label"],
        records=tuple(records),
        is_new=row.seq > since,
    )
