"""What was recorded, and when: the history of a thing, and the register as at an instant."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from ocgdesk.domain.changes import Change
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.things import Thing
from ocgdesk.errors import Refused
from ocgdesk.store import blocks, codec, journal, tables
from ocgdesk.store.journal import Logged
from ocgdesk.store.reader import Reader

LONDON = ZoneInfo("Europe/London")


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


def of(reader: Reader, no: int) -> list[Event]:
    """Return the history of one thing, oldest first. The caller has checked access to it."""
    item = tables.journal_item
    rows = reader.rows(
        select(item.c.seq, item.c.block, item.c.pos).where(item.c.no == no).order_by(item.c.seq)
    )
    events = []
    for row in rows:
        entry = journal.entry(reader.connection, row.seq)
        assert entry is not None  # noqa: S101 - items belong to entries
        events.append(Event(entry, _change(reader, row)))
    return events


def as_at(reader: Reader, no: int, seq: int) -> Thing | None:
    """Return a thing as this workspace held it after entry ``seq``; None where it held none."""
    item = tables.journal_item
    row = reader.connection.execute(
        select(item.c.seq, item.c.block, item.c.pos)
        .where(item.c.no == no, item.c.seq <= seq)
        .order_by(item.c.seq.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    change = _change(reader, row)
    return change.after if change else None


def all_as_at(reader: Reader, kind: Kind, seq: int) -> Iterator[Thing]:
    """Yield every thing of a kind as held after entry ``seq``, in order of number.

    Today's state is walked back: what was not touched since stands as it is, what was is read
    from the first change after ``seq``.
    """
    since = _first_changes_since(reader, kind, seq)
    base = tables.KINDS[kind].base
    clause = reader.may_see(tables.KINDS[kind].cls.base)
    query = select(base.c.no).where(clause).order_by(base.c.no)
    if "kind" in base.c:
        query = query.where(base.c.kind == kind.value)
    untouched = [row.no for row in reader.rows(query) if row.no not in since]
    hidden = _restricted_in_the_past(reader, kind, since)
    for some in codec.batches(untouched):
        yield from codec.load(reader.connection, kind, some).values()
    for no, change in since.items():
        if change is not None and change.before is not None and no not in hidden:
            yield change.before


def _first_changes_since(reader: Reader, kind: Kind, seq: int) -> dict[int, Change | None]:
    item = tables.journal_item
    first = (
        select(item.c.no, func.min(item.c.seq).label("seq"))
        .where(item.c.seq > seq, item.c.kind == kind.value)
        .group_by(item.c.no)
        .subquery()
    )
    rows = reader.rows(
        select(item).join(first, (item.c.no == first.c.no) & (item.c.seq == first.c.seq))
    )
    cache: dict[tuple[int, int], list[bytes]] = {}
    return {row.no: _change(reader, row, cache) for row in rows}


def _restricted_in_the_past(reader: Reader, kind: Kind, since: Collection[int]) -> frozenset[int]:
    """Return those a reader may not know of now; what is restricted today was not open then."""
    base = tables.KINDS[kind].cls.base
    table, seen = tables.BASES[base], set[int]()
    there = set[int]()
    for some in codec.batches(since):
        there |= {row.no for row in reader.rows(select(table.c.no).where(table.c.no.in_(some)))}
        seen |= {
            row.no
            for row in reader.rows(
                select(table.c.no).where(table.c.no.in_(some), reader.may_see(base))
            )
        }
    return frozenset(there - seen)


def _change(
    reader: Reader, row: Any, cache: dict[tuple[int, int], list[bytes]] | None = None
) -> Change | None:
    key = (row.seq, row.block)
    items = cache.get(key) if cache is not None else None
    if items is None:
        block = tables.journal_block
        data = reader.connection.execute(
            select(block.c.data).where(block.c.seq == row.seq, block.c.block == row.block)
        ).scalar_one()
        items = blocks.unpack(data)
        if cache is not None:
            cache[key] = items
    return blocks.decode(items[row.pos])


def number_of(reader: Reader, thing: Thing, base: Base = Base.ENTITY) -> int:
    """Return the number of a thing a reader has in hand."""
    return reader.number(thing.id, base)
