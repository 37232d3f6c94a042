"""The tables beside the journal: every row must hold what the journal last recorded of it."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, func, select

from ocgdesk.domain.changes import Change
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.progress import Progress, silent
from ocgdesk.store import bulk, codec, search, tables
from ocgdesk.store.past import Pages
from ocgdesk.store.search import SearchText

AT_ONCE = 900
MOST = 20
"""So many differences are told; the rest is counted."""
_WHAT = "Comparing with the journal"
_item = tables.journal_item


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as the journal last recorded it: which, and what differs."""

    where: str
    """Its kind, and its reference or id; never its name."""
    what: str


@dataclass(frozen=True, slots=True)
class _Last:
    """The newest journal item of one number. ``change`` is None where it was lawfully erased."""

    no: int
    seq: int
    kind: Kind
    version: int
    change: Change | None


def differences(connection: Connection, progress: Progress = silent) -> list[Difference]:
    """Compare every row with the journal's last state of it, a batch at a time.

    A change made past the journal, by whoever holds the key and a database tool, shows here
    although every page is sound and the chain holds.
    """
    found: list[Difference] = []
    known: set[int] = set()
    with bulk.without_collector(bulk.MANY):
        for batch in _batches(connection, progress):
            known.update(last.no for last in batch)
            found += _compare(connection, batch)
    found += _unrecorded(connection, known)
    if len(found) <= MOST:
        return found
    more = f"{len(found) - MOST:,} more differ likewise"
    return [*found[:MOST], Difference("records", more)]


def _batches(connection: Connection, progress: Progress) -> Iterator[list[_Last]]:
    """Yield the newest item of every number, those of one kind together, in journal order."""
    newest = select(_item.c.no, func.max(_item.c.seq).label("seq")).group_by(_item.c.no).subquery()
    query = (
        select(_item)
        .join(newest, (_item.c.no == newest.c.no) & (_item.c.seq == newest.c.seq))
        .order_by(_item.c.seq, _item.c.block, _item.c.pos)
    )
    rows = connection.execute(query).all()
    waiting: dict[Kind, list[_Last]] = {}
    pages = Pages(connection)
    for done, row in enumerate(rows):
        if done % AT_ONCE == 0:
            progress(done, len(rows), _WHAT)
        kind = Kind(row.kind)
        some = waiting.setdefault(kind, [])
        some.append(_Last(row.no, row.seq, kind, row.left_version, pages.change(row)))
        if len(some) == AT_ONCE:
            yield waiting.pop(kind)
    yield from waiting.values()
    progress(len(rows), len(rows), _WHAT)


def _compare(connection: Connection, batch: Sequence[_Last]) -> Iterator[Difference]:
    """Yield what differs of things of one kind."""
    kind, nos = batch[0].kind, [last.no for last in batch]
    now = codec.load(connection, kind, nos)
    shown = _shown(connection, kind, nos)
    texts = search.held(connection, nos) if shown else {}
    for last in batch:
        thing = now.get(last.no)
        wrong = (
            _fault(last, thing)
            or _label_fault(thing, shown.get(last.no))
            or _text_fault(last.no, thing, texts.get(last.no))
        )
        if wrong:
            yield Difference(_where(last, thing), wrong)


def _fault(last: _Last, thing: Thing | None) -> str:
    """Return how a thing differs from what was last recorded of it; empty where it does not."""
    at = f"journal entry {last.seq}"
    if last.change is None:  # erased: of what it was only the version can be told
        same = thing is None or thing.version == last.version
        return "" if same else f"it was changed after {at}, and nothing records it"
    then = last.change.after
    if then is None:
        return "" if thing is None else f"it is there, although {at} took it out"
    if thing is None:
        return f"it is gone, although {at} left it there"
    if thing == then:
        return ""
    names = ", ".join(f.name for f in fields(thing) if _differs(f.name, thing, then))
    return f"it is not as {at} left it: {names}"


def _differs(name: str, one: Thing, other: Thing) -> bool:
    return bool(getattr(one, name) != getattr(other, name))


def _shown(connection: Connection, kind: Kind, nos: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return label and sort key of entities as lists show them: columns of their own."""
    if tables.KINDS[kind].cls.base is not Base.ENTITY:
        return {}
    table = tables.entity
    query = select(table.c.no, table.c.label, table.c.sort_key).where(table.c.no.in_(nos))
    return {row.no: (row.label, row.sort_key) for row in connection.execute(query)}


def _label_fault(thing: Thing | None, shown: tuple[str, str] | None) -> str:
    if not isinstance(thing, Entity) or shown is None:
        return ""
    same = shown == (thing.label, codec.sort_key(thing.label))
    return "" if same else "lists show it under another name than its own"


def _text_fault(no: int, thing: Thing | None, held: SearchText | None) -> str:
    if not isinstance(thing, Entity):
        return ""
    same = held == search.text_of(thing, no)
    return "" if same else "the search index does not hold what it says"


def _where(last: _Last, thing: Thing | None) -> str:
    known: Any = thing or (last.change.thing if last.change else None)
    ref = getattr(known, "ref", "") or str(getattr(known, "id", f"number {last.no}"))
    return f"{last.kind.value} {ref}"


def _unrecorded(connection: Connection, known: Set[int]) -> Iterator[Difference]:
    """Yield, for each base table, rows that no journal entry ever made."""
    for base, table in tables.BASES.items():
        strange = [no for no in connection.execute(select(table.c.no)).scalars() if no not in known]
        if strange:
            what = f"rows that no journal entry made: {len(strange):,}, first number {min(strange)}"
            yield Difference(f"table {base.value}", what)
