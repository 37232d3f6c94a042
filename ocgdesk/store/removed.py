"""What was taken out: found again by reference or id, as it was last, listed, and put back."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select

from ocgdesk.domain.changes import Change
from ocgdesk.domain.charts import placement_id
from ocgdesk.domain.kinds import LINKS, SUBJECTS, Base, Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.registry import class_of, kinds_of
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.store import codec, history, journal, tables
from ocgdesk.store.journal import Logged
from ocgdesk.store.past import knowable, last_changes
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.store.records import by_ids as there
from ocgdesk.store.work import Work

_removed = tables.removed
_item = tables.journal_item
_AT_ONCE: Final = 500
_MOST: Final = 20_000
"""So many of the newest removals are looked through for one list."""
KINDS: Final = (*kinds_of(Base.ENTITY), *LINKS)
"""The kinds that are listed; places on charts and statements go with what they belong to."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A record that is no longer there, as it was last, and the entry that took it out."""

    brief: Brief
    last: Entity
    entry: Logged


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """A record or link in the bin: what it was, and the entry that took it out."""

    no: int
    id: UUID
    kind: Kind
    ref: str
    label: str
    """Of a link: its ends with the type between them."""
    last: Thing
    entry: Logged
    exploited: bool = False

    @property
    def others(self) -> int:
        """How many things went in the same act; an import undone may be thousands."""
        return self.entry.things - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class BinQuery:
    """Which removals are wanted; empty conditions let everything pass."""

    kinds: tuple[Kind, ...] = ()
    text: str = ""
    """Words of its name, its reference or the reason."""
    user: UUID | None = None
    since: datetime | None = None
    limit: int = 500


def find(reader: Reader, text: str) -> Gone | None:
    """Return the removed record a reference or id means; None where there is none.

    None too where the reader may not have known of it as it was last, and where what it was
    has been lawfully erased.
    """
    found = _briefs(reader, _numbers(reader, _meant(text.strip())))
    if len(found) != 1:
        return None
    ((brief, last),) = found.items()
    entry = history.of(reader, brief.no)[-1].entry
    return Gone(brief, last, entry)


def by_ids(reader: Reader, ids: Collection[UUID]) -> dict[UUID, Brief]:
    """Return removed records in one line each, by id; those not to be known of are left out."""
    nos: list[int] = []
    for some in codec.batches([id_.bytes for id_ in ids]):
        nos += _numbers(reader, _removed.c.id.in_(some))
    return {brief.id: brief for brief in _briefs(reader, nos)}


def is_link(reader: Reader, id_: UUID) -> bool:
    """Tell whether an id is that of a link that was taken out and may be known of."""
    codes = [kind.value for kind in LINKS]
    query = select(_removed.c.no).where(_removed.c.id == id_.bytes, _removed.c.kind.in_(codes))
    return bool(knowable(reader, Base.LINK, [row.no for row in reader.rows(query)]))


def listed(reader: Reader, query: BinQuery) -> list[Removal]:
    """Return what lies in the bin, newest first.

    What went with the record it belonged to is not listed by itself. What the reader may not
    have known of, and what was lawfully erased, is left out.
    """
    found: list[Removal] = []
    rows = _newest(reader, query.kinds or KINDS)
    for some in codec.batches(rows, _AT_ONCE):
        found += [one for one in _removals(reader, some) if _passes(one, query)]
        if len(found) >= query.limit:
            break
    return found[: query.limit]


def lost_from(reader: Reader, chart_id: UUID) -> int:
    """Return how many records that stood on a chart were taken out, and their places with them.

    What was taken off the chart before is not among them, nor what may not be known of.
    """
    places = _ended(reader, [Kind.PLACEMENT])
    if not places:
        return 0
    gone = {
        no
        for id_, (no, seq) in _ended(reader, SUBJECTS).items()
        if places.get(placement_id(chart_id, id_), (0, -1))[1] == seq
    }
    return len(knowable(reader, Base.ENTITY, sorted(gone)))


def _ended(reader: Reader, kinds: Sequence[Kind]) -> dict[UUID, tuple[int, int]]:
    """Return the number of what was taken out and the entry that did it, by id."""
    codes = [kind.value for kind in kinds]
    query = _with_entry().add_columns(_removed.c.id).where(_removed.c.kind.in_(codes))
    rows = reader.rows(query.group_by(_removed.c.no).limit(_MOST))
    return {UUID(bytes=row.id): (row.no, row.seq) for row in rows}


def one(reader: Reader, id_: UUID) -> Removal | None:
    """Return one thing that lies in the bin; None where it does not, for this reader."""
    row = reader.rows(_with_entry().where(_removed.c.id == id_.bytes).group_by(_removed.c.no))
    return next(iter(_removals(reader, row)), None)


def together(work: Work, id_: UUID) -> list[Thing]:
    """Return a removed thing with all that hung on it and went with it, as it was last.

    Links and places come with it where their other end is there or among them. What the
    user may not have known of is left out, and so is what has been put back since. Empty where
    nothing with this id lies in the bin for this user.
    """
    reader = work.reader
    if (removal := one(reader, id_)) is None:
        return []
    changes = last_changes(reader.connection, _gone_in(reader, removal.entry.seq))
    things = {c.before.id: c.before for c in changes.values() if c and c.before and not c.after}
    found = {id_: things[id_]}
    while more := [t for t in things.values() if t.id not in found and _hangs(t, found)]:
        found |= {thing.id: thing for thing in more}
    return [thing for thing in found.values() if _has_ends(reader, thing, found)]


def _hangs(thing: Thing, found: Collection[UUID]) -> bool:
    """Tell whether a thing belongs to, joins or is about one of these."""
    return any(end in found for end in _ends(thing))


def _ends(thing: Thing) -> tuple[UUID, ...]:
    names = {
        Base.ENTITY: ("owner",),
        Base.LINK: ("source", "target"),
        Base.ASSERTION: ("subject",),
        Base.PLACEMENT: ("chart", "item"),
    }[thing.base]
    return tuple(end for name in names if (end := getattr(thing, name)) is not None)


def _has_ends(reader: Reader, thing: Thing, found: Collection[UUID]) -> bool:
    wanted = [end for end in _ends(thing) if end not in found]
    return len(reader.ends(wanted)) == len(set(wanted))


def _gone_in(reader: Reader, seq: int) -> list[int]:
    """Return the numbers an entry took out that are still gone and may be known of."""
    query = (
        select(_item.c.no, _item.c.kind)
        .join(_removed, _removed.c.no == _item.c.no)
        .where(_item.c.seq == seq)
    )
    by_base: dict[Base, list[int]] = {}
    for row in reader.rows(query):
        by_base.setdefault(class_of(Kind(row.kind)).base, []).append(row.no)
    return [no for base, nos in by_base.items() for no in sorted(knowable(reader, base, nos))]


def _with_entry() -> Any:
    last = func.max(_item.c.seq).label("seq")
    return select(_removed.c.no, _removed.c.kind, last).join(_item, _item.c.no == _removed.c.no)


def _newest(reader: Reader, kinds: Sequence[Kind]) -> list[Any]:
    query = _with_entry().where(_removed.c.kind.in_([kind.value for kind in kinds]))
    query = query.group_by(_removed.c.no).order_by(func.max(_item.c.seq).desc(), _removed.c.no)
    return reader.rows(query.limit(_MOST))


def _removals(reader: Reader, rows: Sequence[Any]) -> Iterator[Removal]:
    """Yield what these rows stand for, as far as the reader may know of it."""
    known = _known(reader, rows)
    pages = last_changes(reader.connection, [row.no for row in rows if row.no in known])
    entries = {row.seq: journal.entry(reader.connection, row.seq) for row in rows}
    lasts = [_Last(row, pages[row.no], entries[row.seq]) for row in rows if row.no in pages]
    names = _names(reader, lasts)
    owned = _owned(reader, lasts)
    for item in lasts:
        thing, entry = item.thing, item.entry
        if thing is not None and entry is not None and thing.id not in owned:
            yield _removal(item.row.no, reader.without_hidden([thing])[0], entry, names)


@dataclass(frozen=True, slots=True)
class _Last:
    """A row of the bin, the change that took it out, and its entry."""

    row: Any
    change: Change | None
    entry: Logged | None

    @property
    def thing(self) -> Thing | None:
        """What it was; None once erased."""
        return self.change.before if self.change else None


def _known(reader: Reader, rows: Sequence[Any]) -> frozenset[int]:
    by_base: dict[Base, list[int]] = {}
    for row in rows:
        by_base.setdefault(class_of(Kind(row.kind)).base, []).append(row.no)
    parts = (knowable(reader, base, nos) for base, nos in by_base.items())
    return frozenset().union(*parts)


def _owned(reader: Reader, lasts: Sequence[_Last]) -> set[UUID]:
    """Return the ids of those that went in the same act as what they belonged to or joined."""
    ends = {end for item in lasts if item.thing is not None for end in _ends(item.thing)}
    gone: dict[UUID, int] = {}
    for some in codec.batches([id_.bytes for id_ in ends]):
        query = select(_removed.c.id, func.max(_item.c.seq).label("seq"))
        query = query.join(_item, _item.c.no == _removed.c.no).where(_removed.c.id.in_(some))
        rows = reader.rows(query.group_by(_removed.c.id))
        gone |= {UUID(bytes=row.id): row.seq for row in rows}
    return {
        item.thing.id
        for item in lasts
        if item.thing is not None
        and any(gone.get(end) == item.row.seq for end in _ends(item.thing))
    }


def _names(reader: Reader, lasts: Sequence[_Last]) -> dict[UUID, str]:
    """Return what the ends of links are called, or were."""
    ends = {end for item in lasts if isinstance(item.thing, Link) for end in _ends(item.thing)}
    known = {id_: brief.label for id_, brief in there(reader, ends).items()}
    missing = by_ids(reader, ends - known.keys())
    return known | {id_: brief.label for id_, brief in missing.items()}


def _removal(no: int, thing: Thing, entry: Logged, names: dict[UUID, str]) -> Removal:
    return Removal(
        no=no,
        id=thing.id,
        kind=thing.kind,
        ref=getattr(thing, "ref", ""),
        label=_label(thing, names),
        last=thing,
        entry=entry,
        exploited=bool(getattr(thing, "exploited", False)),
    )


def _label(thing: Thing, names: dict[UUID, str]) -> str:
    if isinstance(thing, Entity):
        return thing.label
    assert isinstance(thing, Link)  # noqa: S101 - records and links are listed
    source, target = (names.get(end, "–") for end in (thing.source, thing.target))
    return f"{source} · {label('link-types', thing.type)} · {target}"


def _passes(removal: Removal, query: BinQuery) -> bool:
    entry = removal.entry
    if query.user is not None and entry.user != query.user:
        return False
    if query.since is not None and entry.at < query.since:
        return False
    said = f"{removal.label} {removal.ref} {entry.reason}".casefold()
    return all(word in said for word in query.text.casefold().split())


def _meant(text: str) -> Any:
    try:
        return _removed.c.id == UUID(text).bytes
    except ValueError:
        return _removed.c.ref == text.upper()


def _numbers(reader: Reader, where: Any) -> list[int]:
    query = select(_removed.c.no).where(where, _removed.c.ref != "")
    return [row.no for row in reader.rows(query)]


def _briefs(reader: Reader, nos: Sequence[int]) -> dict[Brief, Entity]:
    """Return these records with what they were, as far as the reader may know of them."""
    open_ = knowable(reader, Base.ENTITY, nos)
    changes = last_changes(reader.connection, [no for no in nos if no in open_])
    found: dict[Brief, Entity] = {}
    for no, change in changes.items():
        last = change.before if change else None
        if isinstance(last, Entity):
            found[_brief(no, last)] = last
    return found


def _brief(no: int, last: Entity) -> Brief:
    return Brief(
        no=no,
        id=last.id,
        kind=last.kind,
        ref=last.ref,
        label=last.label,
        marking=last.marking,
        restricted=last.restricted_to is not None,
        exploited=bool(getattr(last, "exploited", False)),
    )
