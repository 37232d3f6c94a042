"""Counts for returns as this workspace stood at an instant; each can be opened to its records.

What was not touched since is counted in SQL, as ``tallies`` does; what was, and what belongs to
it, is read from the journal and counted by the same conditions here.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from sqlalchemy import or_, select

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.kinds import LINKS, Base, Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.return_definitions import DERIVED, OWNER, is_many
from ocgdesk.domain.returns import RECORDED, Condition, Count, Period
from ocgdesk.domain.subrecords import Assessment
from ocgdesk.domain.things import Thing
from ocgdesk.store import held_list, history, tables, tallies
from ocgdesk.store.among import among
from ocgdesk.store.own_tables import own_table
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, briefs
from ocgdesk.store.tallies import RANKING, Asked, Tally

_entity, _link = tables.entity, tables.link
_YES: Final = frozenset({"yes", "true", "1"})


class Past:
    """The register as it stood after an entry of the journal, to be counted."""

    def __init__(self, reader: Reader, as_at: datetime) -> None:
        self._reader = reader
        self._seq = history.seq_at(reader, as_at)
        self._old: dict[Kind, dict[int, Thing]] = {}
        self._owners: dict[Kind, dict[UUID, Thing]] = {}

    def tally(self, asked: Asked, by: Sequence[str] = (), *, months: bool = False) -> list[Tally]:
        """Return counts and sums as ``tallies.tally`` does, of what was held then."""
        found: list[Tally] = []
        if not self._is_derived(asked, by):
            left_out = self._touched
            found += tallies.tally(self._reader, asked, by, months=months, left_out=left_out)
        sums: dict[tuple[str, str, str], list[float]] = defaultdict(list)
        for _no, thing in self._matching(asked, by):
            for key in self._keys(asked, thing, by, months=months):
                sums[key].append(float(getattr(thing, asked.count.sum) if asked.count.sum else 0))
        found += [Tally(*key, len(values), sum(values)) for key, values in sums.items()]
        return found

    def beneath(self, asked: Asked, *, most: int = 1000) -> tuple[tuple[Brief, ...], int]:
        """Return the records a figure rests on, as they are called now, and how many there were.

        Those that were taken out since are counted and not listed.
        """
        some: tuple[Brief, ...] = ()
        total = 0
        if not self._is_derived(asked, ()):
            some, total = tallies.beneath(self._reader, asked, most=most, left_out=self._touched)
        nos = [no for no, _thing in self._matching(asked, ())]
        listed = sorted((*some, *briefs(self._reader, nos)), key=lambda one: -one.no)
        return tuple(listed[:most]), total + len(nos)

    @cached_property
    def _touched(self) -> frozenset[int]:
        return held_list.touched_since(self._reader.connection, self._seq)

    # ---- What was held then, other than it is now -------------------------------------------

    def _matching(self, asked: Asked, by: Sequence[str]) -> Iterator[tuple[int, Thing]]:
        every = self._is_derived(asked, by)
        for no, thing in self._things(asked.count, every=every):
            conditions = (*asked.count.where, *asked.where)
            if self._is_in_period(asked, thing) and all(
                self._holds(asked, thing, one) for one in conditions
            ):
                yield no, thing

    def _is_derived(self, asked: Asked, by: Sequence[str]) -> bool:
        """Tell whether something asked for is worked out: then nothing of it is counted in SQL."""
        names = [*by, *(one.field for one in (*asked.count.where, *asked.where))]
        return any((asked.count.kind, name) in DERIVED for name in names)

    def _things(self, count: Count, *, every: bool) -> Iterator[tuple[int, Thing]]:
        if every:
            yield from history.numbered_as_at(self._reader, count.kind, self._seq)
            return
        yield from self._old_of(count.kind).items()
        if count.owner is not None:
            yield from self._of_touched_owners(count.kind)

    def _old_of(self, kind: Kind) -> dict[int, Thing]:
        if kind not in self._old:
            self._old[kind] = history.split_as_at(self._reader, kind, self._seq)[1]
        return self._old[kind]

    def _of_touched_owners(self, kind: Kind) -> Iterator[tuple[int, Thing]]:
        """Yield what stands as it is and hangs on a record that does not."""
        query = select(_entity.c.no).where(
            _entity.c.kind == kind.value,
            among(_entity.c.owner_no, self._touched),
            self._reader.may_see(),
        )
        nos = [int(row.no) for row in self._reader.rows(query) if row.no not in self._touched]
        yield from zip(nos, self._reader.load(nos), strict=True)

    def _owner(self, count: Count, thing: Thing) -> Thing | None:
        """Return what owned a thing then."""
        id_ = getattr(thing, "owner", None)
        if count.owner is None or id_ is None:
            return None
        if count.owner not in self._owners:
            self._owners[count.owner] = self._owners_of(count.kind, count.owner)
        return self._owners[count.owner].get(id_)

    def _owners_of(self, kind: Kind, owner: Kind) -> dict[UUID, Thing]:
        """Return every record then that may own something counted here."""
        ids = {getattr(thing, "owner", None) for thing in self._old_of(kind).values()}
        known = {one.id: one for one in self._old_of(owner).values()}
        numbers = self._reader.numbers([id_ for id_ in ids if id_ and id_ not in known])
        nos = [no for no in numbers.values() if no not in self._touched]
        return known | {one.id: one for one in self._reader.load(nos)}

    # ---- By the same conditions -------------------------------------------------------------

    def _value(self, asked: Asked, thing: Thing, name: str) -> Any:
        if (asked.count.kind, name) in DERIVED:
            return _DERIVED[asked.count.kind, name](self, thing, asked.period)
        if name.startswith(OWNER):
            owner = self._owner(asked.count, thing)
            return getattr(owner, name[len(OWNER) :], None)
        return getattr(thing, name)

    def _holds(self, asked: Asked, thing: Thing, condition: Condition) -> bool:
        value = self._value(asked, thing, condition.field)
        if RECORDED in condition.values:
            return value is not None and value not in {"", ()}
        if isinstance(value, tuple):
            return bool({str(one) for one in value} & set(condition.values))
        if isinstance(value, bool):
            return value in {one in _YES for one in condition.values if one}
        return ("" if value is None else str(value)) in condition.values

    def _is_in_period(self, asked: Asked, thing: Thing) -> bool:
        count, period = asked.count, asked.period
        if count.owner is not None and self._owner(count, thing) is None:
            return False
        if count.sum and getattr(thing, count.sum) is None:
            return False
        if period is None or not count.is_dated:
            return True
        start, end = period.start.isoformat(), period.end.isoformat()
        if count.by:
            return start <= _first_day(self._value(asked, thing, count.by)) <= end
        assert count.open is not None  # noqa: S101 - is_dated says there is one of the two
        begun, ended = (_first_day(self._value(asked, thing, name)) for name in count.open)
        return "" < begun <= end and (not ended or ended > end)

    def _keys(
        self, asked: Asked, thing: Thing, by: Sequence[str], *, months: bool
    ) -> Iterator[tuple[str, str, str]]:
        """Yield the row, the column and the unit a thing counts in."""
        groups = [self._group(asked, thing, name) for name in by]
        if months:
            groups.append([_first_day(self._value(asked, thing, asked.count.by))[:7]])
        groups += [[""]] * (2 - len(groups))
        unit = str(getattr(thing, "unit", "") or "") if asked.count.sum else ""
        for row in groups[0]:
            for column in groups[1]:
                yield row, column, unit

    def _group(self, asked: Asked, thing: Thing, name: str) -> list[str]:
        value = self._value(asked, thing, name)
        if is_many(asked.count, name):
            return [str(one) for one in value] or [""]
        return [str(value) if value else ""]

    # ---- What is worked out -----------------------------------------------------------------

    @cached_property
    def _scores(self) -> dict[UUID, list[tuple[date, float, str]]]:
        """Every score by the ranking sheet then, by OCG: its day, its total, what it rests on."""
        found: dict[UUID, list[tuple[date, float, str]]] = defaultdict(list)
        for one in history.all_as_at(self._reader, Kind.ASSESSMENT, self._seq):
            if not isinstance(one, Assessment) or one.sheet != RANKING or one.owner is None:
                continue
            if one.total is not None and one.assessed is not None:
                rests = f"{one.score_source}{one.sheet_version}"
                found[one.owner].append((one.assessed, one.total, rests))
        return found

    def movement(self, thing: Thing, period: Period | None) -> str:
        """Return how the risk score of an OCG moved, as ``tallies`` has it."""
        end = period.end if period else date.max
        start = period.start - timedelta(days=1) if period else date.min
        now, then = self._score(thing.id, end), self._score(thing.id, start)
        if now is None:
            return "unscored"
        if then is None:
            return "new"
        if now[2] != then[2]:
            return "not-compared"
        if now[1] == then[1]:
            return "level"
        return "rising" if now[1] > then[1] else "falling"

    def _score(self, ocg: UUID, until: date) -> tuple[date, float, str] | None:
        scores = [one for one in self._scores.get(ocg, ()) if one[0] <= until]
        newest = max((day for day, _total, _rests in scores), default=None)
        return [one for one in scores if one[0] == newest][-1] if newest else None

    @cached_property
    def _on_handles(self) -> frozenset[UUID]:
        """The records that were linked to a handle then."""
        return frozenset((*self._linked_now(), *self._linked_then()))

    def _linked_now(self) -> Iterator[UUID]:
        handle = own_table(Kind.HANDLE)
        held, other = select(handle.c.no), _entity.alias()
        query = select(_link.c.no, _entity.c.id, other.c.id.label("other")).where(
            _entity.c.no == _link.c.source_no,
            other.c.no == _link.c.target_no,
            or_(_link.c.source_no.in_(held), _link.c.target_no.in_(held)),
            self._reader.may_see(Base.LINK),
        )
        for row in self._reader.rows(query):
            if row.no not in self._touched:
                yield from (UUID(bytes=row.id), UUID(bytes=row.other))

    def _linked_then(self) -> Iterator[UUID]:
        links = [one for kind in LINKS for one in self._old_of(kind).values()]
        ends = {id_ for one in links if isinstance(one, Link) for id_ in (one.source, one.target)}
        handles = self._handles_among(ends)
        for one in links:
            if isinstance(one, Link) and {one.source, one.target} & handles:
                yield from (one.source, one.target)

    def _handles_among(self, ids: Collection[UUID]) -> set[UUID]:
        now = briefs(self._reader, list(self._reader.numbers(ids).values()))
        gone = {one.id for one in self._old_of(Kind.HANDLE).values()}
        return {one.id for one in now if one.kind is Kind.HANDLE} | (gone & set(ids))

    def on_handles(self, thing: Thing, _period: Period | None) -> str:
        """Tell whether a handle was linked to a record."""
        return "yes" if thing.id in self._on_handles else "no"


def _phase(_past: Past, thing: Any, period: Period | None) -> str:
    """Return the phase an operation was in on the last day of the period, by its dated steps."""
    if period is None:
        return str(thing.phase)
    end = period.end.isoformat()
    for step, code in ((thing.post_charge, "post-charge"), (thing.pre_charge, "pre-charge")):
        if step is not None and str(step) <= end:
            return code
    return "proactive"


_DERIVED: Final[dict[tuple[Kind, str], Callable[[Past, Thing, Period | None], str]]] = {
    (Kind.OPERATION, "phase_then"): _phase,
    (Kind.OPERATION, "on_handles"): Past.on_handles,
    (Kind.OCG, "movement"): Past.movement,
}


def _first_day(value: date | PartialDate | None) -> str:
    """Return the first day a date can mean, as text; nothing for none."""
    if value is None:
        return ""
    bare = str(value).rstrip("~<>")
    return bare + "0000-01-01"[len(bare) :]
