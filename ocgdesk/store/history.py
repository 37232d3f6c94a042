"""What was recorded, and when: the history of a thing, and the register as at an instant."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, select

from ocgdesk.domain.changes import Change
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.things import Thing
from ocgdesk.errors import NotFound, Refused
from ocgdesk.store import codec, journal, tables
from ocgdesk.store.journal import Logged
from ocgdesk.store.past import Pages, knowable
from ocgdesk.store.reader import Reader

_item = tables.journal_item


@dataclass(frozen=True, slots=True)
class Event:
    """One change of one thing, with the entry that made it. ``change`` is None once erased."""

    entry: Logged
    change: Change | None


def instant(text: str) -> datetime:
    """Read a recorded instant; a date means the end of that day, Europe/London."""
    try:
        if len(text) == 10:
            end = datetime.combine(date.fromisoformat(text) + timedelta(days=1), time(), LONDON)
            return end.astimezone(UTC) - timedelta(microseconds=1)
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise Refused(f"{text[:40]!r} is no date; write it like 2026-11-21") from None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=LONDON)


def seq_at(reader: Reader, at: datetime) -> int:
    """Return the number of the newest entry written at or before an instant."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    query = select(func.max(tables.journal.c.seq)).where(tables.journal.c.at <= moment)
    return int(reader.connection.execute(query).scalar() or 0)


def maker(reader: Reader, id_: UUID) -> UUID | None:
    """Return who first recorded a thing; None where that is not on record any more."""
    no = reader.numbers([id_]).get(id_)
    item, entry = tables.journal_item, tables.journal
    query = (
        select(entry.c.user_id)
        .join(item, item.c.seq == entry.c.seq)
        .where(item.c.no == no)
        .order_by(entry.c.seq)
        .limit(1)
    )
    found = reader.connection.execute(query).scalar()
    return UUID(bytes=found) if isinstance(found, bytes) else found


def begins(reader: Reader) -> datetime:
    """Return when the first entry of the journal was written: that of the making."""
    first = reader.connection.execute(select(func.min(tables.journal.c.at))).scalar_one()
    return datetime.fromisoformat(first)


def of(reader: Reader, no: int) -> list[Event]:
    """Return the history of one thing, oldest first.

    Raises NotFound where the reader may not know of it as it is now or, once it was taken
    out, as it was last.
    """
    rows = reader.rows(select(_item).where(_item.c.no == no).order_by(_item.c.seq))
    _check_access(reader, no, rows)
    pages, events = Pages(reader.connection), list[Event]()
    for row in rows:
        entry = journal.entry(reader.connection, row.seq)
        assert entry is not None  # noqa: S101 - items belong to entries
        events.append(Event(entry, _seen(reader, pages.change(row))))
    return events


def _check_access(reader: Reader, no: int, rows: list[Any]) -> None:
    base = class_of(Kind(rows[-1].kind)).base if rows else Base.ENTITY
    if not knowable(reader, base, [no]):
        raise NotFound("There is no such record")


def _seen(reader: Reader, change: Change | None) -> Change | None:
    """Return a change without the ids of records the reader may not know of."""
    if change is None:
        return None
    ends = (change.before, change.after)
    before, after = (reader.without_hidden([end])[0] if end else None for end in ends)
    return Change(before, after)


def as_at(reader: Reader, no: int, seq: int) -> Thing | None:
    """Return a thing as this workspace held it after entry ``seq``; None where it held none.

    Raises NotFound where the reader may not know of it.
    """
    rows = reader.rows(
        select(_item)
        .where(_item.c.no == no, _item.c.seq <= seq)
        .order_by(_item.c.seq.desc())
        .limit(1)
    )
    _check_access(reader, no, rows)
    change = _seen(reader, Pages(reader.connection).change(rows[0])) if rows else None
    return change.after if change else None


def all_as_at(reader: Reader, kind: Kind, seq: int) -> Iterator[Thing]:
    """Yield every thing of a kind as held after entry ``seq``, in order of number.

    Today's state is walked back: what was not touched since stands as it is, what was is read
    from the first change after ``seq``. What the reader may not know of is left out.
    """
    for _no, thing in numbered_as_at(reader, kind, seq):
        yield thing


def numbered_as_at(reader: Reader, kind: Kind, seq: int) -> Iterator[tuple[int, Thing]]:
    """Yield the same with the number of each."""
    there, old = split_as_at(reader, kind, seq)
    for some in codec.batches(sorted((*there, *old))):
        now = codec.load(reader.connection, kind, [no for no in some if no not in old])
        things = reader.without_hidden([now[no] for no in some if no in now])
        seen = dict(zip(now, things, strict=True)) | {no: old[no] for no in some if no in old}
        yield from ((no, seen[no]) for no in some if no in seen)


def split_as_at(reader: Reader, kind: Kind, seq: int) -> tuple[list[int], dict[int, Thing]]:
    """Return what was held after entry ``seq``: numbers that stand as they are, and old things.

    The old ones were touched since and come as they were, without what the reader may not
    know of.
    """
    base = class_of(kind).base
    since = _first_changes_since(reader, kind, seq)
    known = knowable(reader, base, [no for no, change in since.items() if change is not None])
    old = {no: c.before for no, c in since.items() if c and c.before and no in known}
    things = reader.without_hidden(list(old.values()))
    there = [no for no in _numbers_now(reader, kind) if no not in since]
    return there, dict(zip(old, things, strict=True))


def _numbers_now(reader: Reader, kind: Kind) -> Iterator[int]:
    base = tables.KINDS[kind].base
    query = select(base.c.no).where(reader.may_see(class_of(kind).base))
    if "kind" in base.c:
        query = query.where(base.c.kind == kind.value)
    yield from reader.connection.execute(query).scalars()


def _first_changes_since(reader: Reader, kind: Kind, seq: int) -> dict[int, Change | None]:
    """Return the first change of each thing touched after ``seq``; None for one made since."""
    first = (
        select(_item.c.no, func.min(_item.c.seq).label("seq"))
        .where(_item.c.seq > seq, _item.c.kind == kind.value)
        .group_by(_item.c.no)
        .subquery()
    )
    earlier = _item.alias()
    was_held = exists().where(earlier.c.no == _item.c.no, earlier.c.seq <= seq)
    query = (
        select(_item, was_held.label("was_held"))
        .join(first, (_item.c.no == first.c.no) & (_item.c.seq == first.c.seq))
        .order_by(_item.c.seq, _item.c.block, _item.c.pos)
    )
    pages = Pages(reader.connection)
    rows = reader.rows(query)
    return {row.no: pages.change(row) if row.was_held else None for row in rows}


def number_of(reader: Reader, thing: Thing, base: Base = Base.ENTITY) -> int:
    """Return the number of a thing a reader has in hand."""
    return reader.number(thing.id, base)
