"""What changed since a product was issued: which record, which field, by whom and when.

What the product would rest on now is asked of its own sections, and compared with what it rested
on; what changed of each comes from the journal. Everything is called as its audience was told it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework import audiences, brief_naming, brief_wishes, briefs, product_specs
from ocgdesk.casework.brief_products import CHART, SECTIONS, heading
from ocgdesk.casework.briefs import Drawn, Wish
from ocgdesk.casework.product_change_words import Calling, Put
from ocgdesk.domain.disruptions import Disruption
from ocgdesk.domain.kinds import LINKS, Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.products import Product
from ocgdesk.domain.things import Thing
from ocgdesk.errors import DeskError
from ocgdesk.i18n import N_, _
from ocgdesk.store import records as queries
from ocgdesk.store import tied_changes, users
from ocgdesk.store.merges import Merge
from ocgdesk.store.reader import Reader
from ocgdesk.store.tied_changes import Touched

_TOLD: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.OCG: ("groups", "chart", "area-ocgs", "changes"),
    Kind.NOMINAL: ("members", "candidates", "chart"),
    Kind.COUNTY_LINE: ("lines", "chart", "area-lines", "line-flows"),
    Kind.COMMODITY: ("dealing", "chart"),
    Kind.REPORT: ("sources",),
    Kind.DISRUPTION: ("disruptions", "area-disruptions"),
    **dict.fromkeys((Kind.HANDLE, Kind.OPERATION), ("chart",)),
}
"""Which sections tell of a record that is in what a product rests on, by its kind."""
_TIED: Final[Mapping[Kind, tuple[str, ...]]] = {
    Kind.MEMBERSHIP: ("members", "groups", "chart"),
    Kind.ATTRIBUTION: ("candidates", "chart"),
    Kind.LINK: ("lines", "dealing", "chart", "area-ocgs", "area-lines"),
    Kind.ASSESSMENT: ("scores",),
    Kind.ASSIGNMENT: ("identity",),
    **dict.fromkeys((Kind.PLAN, Kind.OBJECTIVE, Kind.ACTION), ("plan", "area-plans")),
    **dict.fromkeys((Kind.DISRUPTION, Kind.OUTCOME), ("disruptions", "area-disruptions")),
    **dict.fromkeys((Kind.CUSTODY, Kind.ORDER, Kind.THREAT_WARNING), ("justice",)),
}
"""Which sections tell of what is tied to a record, by its kind."""
_LINES: Final = {Kind.COUNTY_LINE: "lines", Kind.COMMODITY: "dealing"}
_ACCEPTED: Final = "accepted"
"""The status of the disruptions a product tells of."""


COUNTED: Final = (
    *(Kind.DISRUPTION, Kind.OUTCOME, Kind.OCG, Kind.HANDLE, Kind.OPERATION, Kind.COUNTY_LINE),
    *(Kind.CHECK_BACK, Kind.REQUEST, Kind.ACTION),
)
"""What returns count, most of them."""


class How(StrEnum):
    """What became of a record since."""

    NEW = "new"
    CAME = "came"
    CHANGED = "changed"
    MERGED = "merged"
    WENT = "went"
    REMOVED = "removed"


WORDS: Final = {
    How.NEW: N_("New"),
    How.CAME: N_("Came into it"),
    How.CHANGED: N_("Changed"),
    How.MERGED: N_("Merged"),
    How.WENT: N_("No longer in it"),
    How.REMOVED: N_("Removed"),
}
"""What became of a record, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one record, or of one link, since a product was issued."""

    section: str
    """The heading of the first section that tells of it."""
    how: How
    kind: Kind
    id: UUID
    ref: str
    label: str
    """What the product's audience reads of it."""
    fields: tuple[Put, ...] = ()
    who: str = ""
    """Empty where no act did it: what holds on a day changes by itself."""
    at: datetime | None = None
    act: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """All that changed since a product was issued, section by section."""

    changes: tuple[Change, ...]
    unmade: str = ""
    """Why it could not be made again to compare; what came and went is not told then."""


def is_touched(reader: Reader, product: Product) -> bool:
    """Tell whether anything a product rests on, counts, or its subject has, was changed since."""
    seq = product.entry or 0
    if product_specs.counts(product) and tied_changes.is_any_touched(reader, seq, COUNTED):
        return True
    return tied_changes.is_touched(reader, seq, product.records, product.subject)


def since(reader: Reader, product: Product, *, now: datetime) -> Since:
    """Return what changed of what a product tells, since it was issued.

    What the reader may not know of is not told of; what the audience was not told is withheld.
    """
    wish, gone = brief_wishes.still_known(product_specs.wish_of(product))
    unmade = "; ".join(gone)
    try:
        drawn = briefs.drawn_on(reader, wish, now=now)
    except DeskError as error:
        drawn, unmade = _undrawn(reader, wish, now), str(error)
    telling = _Telling(reader, product, wish, drawn, is_made=not unmade)
    found = sorted(telling.changes(), key=telling.place)
    return Since(changes=tuple(found), unmade=unmade)


def _undrawn(reader: Reader, wish: Wish, now: datetime) -> Drawn:
    """Return how a product that cannot be made any more calls people, and nothing else of it."""
    audience = audiences.audience(wish.audience, exploited=wish.exploited)
    return Drawn(brief_naming.naming(reader, audience, today=now.date()), frozenset(), {})


@dataclass
class _Telling:
    """Puts what was touched into words, as one product calls it."""

    reader: Reader
    product: Product
    wish: Wish
    drawn: Drawn
    is_made: bool

    def __post_init__(self) -> None:
        self.then = frozenset(self.product.records)
        self.now = self.drawn.records
        self.users = {one.id: one.display for one in users.everybody(self.reader.connection)}
        self.briefs = queries.by_ids(self.reader, self.then | self.now)
        self.calling = Calling(self.reader, self.drawn.naming, self.briefs)

    @property
    def seq(self) -> int:
        """The entry of the journal that the product was made at."""
        return self.product.entry or 0

    def changes(self) -> Iterator[Change]:
        """Yield what changed, in no order."""
        both = self.then | self.now
        touched = tied_changes.touched(self.reader, self.seq, both, self.product.subject)
        touched = [one for turn in touched if (one := _as_told(turn)) is not None]
        merges = list(tied_changes.merged(self.reader, self.seq, both))
        gone = {one.absorbed.id for one in merges}
        met = set[UUID]()
        self.calling.know(touched)
        for turn in touched:
            if turn.thing.id not in gone and (change := self._change(turn)) is not None:
                met |= {turn.thing.id, *_tied(turn.thing)}
                yield change
        yield from map(self._merge, merges)
        if self.is_made:
            yield from self._by_itself(met | gone)

    def place(self, change: Change) -> tuple[Any, ...]:
        """Return where a change stands: by section, then by what became of it, then by name."""
        codes = [self._heading(code) for code in self.wish.sections]
        at = codes.index(change.section) if change.section in codes else len(codes)
        return at, list(How).index(change.how), change.label.casefold(), change.ref

    # ---- One change ------------------------------------------------------------------------------

    def _change(self, turn: Touched) -> Change | None:
        thing = turn.thing
        section = self._section(thing)
        if section is None:
            return None
        how = self._how(turn)
        fields = self.calling.fields(turn) if how in {How.CHANGED, How.CAME, How.WENT} else ()
        if how is How.CHANGED and not fields:
            return None
        return Change(
            section=self._heading(section),
            how=how,
            kind=thing.kind,
            id=thing.id,
            ref=getattr(thing, "ref", ""),
            label=self.calling.label(thing),
            fields=fields,
            who=self.users.get(turn.entry.user, _("former user")),
            at=turn.entry.at,
            act=turn.entry.label,
        )

    def _how(self, turn: Touched) -> How:
        id_ = turn.thing.id
        if turn.after is None:
            return How.REMOVED
        if turn.before is None:
            return How.NEW
        if self.is_made and turn.thing.kind in _IN_SETS and (id_ in self.then) != (id_ in self.now):
            return How.WENT if id_ in self.then else How.CAME
        return How.CHANGED

    def _merge(self, one: Merge) -> Change:
        kept = self.briefs[one.kept]
        told = _("{other} was merged into it").format(other=self.calling.text(one.absorbed))
        return Change(
            section=self._heading(self._of_record(one.kept, kept.kind) or ""),
            how=How.MERGED,
            kind=kept.kind,
            id=kept.id,
            ref=kept.ref,
            label=self.drawn.naming.label(kept),
            who=self.users.get(one.user, _("former user")),
            at=one.at,
            act=_("Merge"),
            note=told,
        )

    def _by_itself(self, met: set[UUID]) -> Iterator[Change]:
        """Yield what came and went with nothing done to it: by a link, or because a day passed."""
        for id_ in (self.then ^ self.now) - met:
            brief = self.briefs.get(id_)
            section = self._of_record(id_, brief.kind) if brief else None
            if brief is None or section is None or brief.kind not in _IN_SETS:
                continue  # not to be known of, in no section, or told of where an act did it
            yield Change(
                section=self._heading(section),
                how=How.WENT if id_ in self.then else How.CAME,
                kind=brief.kind,
                id=id_,
                ref=brief.ref,
                label=self.drawn.naming.label(brief),
            )

    # ---- Where -----------------------------------------------------------------------------------

    def _section(self, thing: Thing) -> str | None:
        """Return the section that tells of a thing; None where the product has none."""
        if thing.id in self.then | self.now or thing.id == self.product.subject:
            return self._of_record(thing.id, thing.kind)
        if isinstance(thing, Link):
            kinds = {self._end_kind(end) for end in (thing.source, thing.target)}
            codes = [_LINES[kind] for kind in kinds if kind in _LINES]
            wanted = (*codes, *_TIED[thing.kind][-3:]) if codes else _TIED[thing.kind]
        else:
            wanted = _TIED.get(thing.kind, ())
        return next((code for code in wanted if code in self.wish.sections), None)

    def _of_record(self, id_: UUID, kind: Kind) -> str | None:
        """Return the section that tells of a record, or told; None where none does."""
        if id_ == self.product.subject:
            return "identity"
        if id_ in self.drawn.sections:
            return self.drawn.sections[id_]
        charts = (code for code in self.wish.sections if code.startswith(CHART))
        wanted = (*_TOLD.get(kind, ()), *charts)
        return next((code for code in wanted if code in self.wish.sections), None)

    def _end_kind(self, id_: UUID) -> Kind | None:
        brief = self.briefs.get(id_)
        return brief.kind if brief is not None else None

    @staticmethod
    def _heading(code: str) -> str:
        return heading(code) if code in SECTIONS or ":" in code else _("Elsewhere in it")


_IN_SETS: Final = frozenset(kind for kind in Kind if kind not in LINKS and kind not in _TIED)
"""The kinds that are in what a product rests on, or are not."""


def _tied(thing: Thing) -> tuple[UUID, ...]:
    """Return the ends of a link: who comes or goes with it is told of by it."""
    return (thing.source, thing.target) if isinstance(thing, Link) else ()


def _as_told(turn: Touched) -> Touched | None:
    """Return a turn as a product tells of it: of disruptions only those that are accepted."""
    if not isinstance(turn.thing, Disruption):
        return turn
    ends = (one if _is_told(one) else None for one in (turn.before, turn.after))
    before, after = ends
    if before is None and after is None:
        return None
    return Touched(before=before, after=after, entry=turn.entry)


def _is_told(thing: Thing | None) -> bool:
    return isinstance(thing, Disruption) and thing.status == _ACCEPTED
