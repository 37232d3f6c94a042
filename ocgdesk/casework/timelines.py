"""Timelines: the line of each record, and on it all that is dated, gathered from the register."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework.moments import Moment, as_recorded
from ocgdesk.domain.dates import shown
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Link, Membership
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.things import Entity
from ocgdesk.domain.timelines import (
    TOPICS,
    Event,
    Lane,
    Stretch,
    Timeline,
    Topic,
    moment,
    narrowed,
    stretch,
)
from ocgdesk.errors import NotFound, Refused
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.store import happenings_held, history
from ocgdesk.store.happenings_held import Happened
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief

MOST_LANES: Final = 40
"""Lines on one timeline, at most."""
MOST_AROUND: Final = 16
"""Lines of those linked to a record, at most."""
MOST_EVENTS: Final = 2_000
"""Events on one timeline, the newest of them; more cannot be told apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Whose lines are drawn, and between which days."""

    ids: tuple[UUID, ...]
    around: bool = False
    """Draw the lines of those linked to them too, the nearest first."""
    first: date | None = None
    last: date | None = None
    topics: tuple[Topic, ...] = ()
    """Only these; none named: all."""
    as_at: datetime | None = None
    """Recorded time: what this workspace held then; None is now."""


def read(reader: Reader, query: Query, today: date) -> Timeline:
    """Return the lines of records and what happened on them.

    Raises Refused where nothing is named or the days are the wrong way round, NotFound where
    all that was named is gone.
    """
    _check(query)
    seq = None if query.as_at is None else history.seq_at(reader, query.as_at)
    source = happenings_held.at(reader, seq)
    subjects = source.entities(query.ids)
    if not subjects:
        raise NotFound(_gone(query))
    links = source.links_at([one.id for one in subjects])
    if query.around:
        subjects = _with_neighbours(source, subjects, links)
        links = source.links_at([one.id for one in subjects])
    drawn, left = subjects[:MOST_LANES], len(subjects) - MOST_LANES
    nos = source.numbers([one.id for one in drawn])
    reader.saw("Timeline", nos.values(), lanes=len(drawn))
    events = _asked(_Gathering(source, drawn, links).events(), query)
    kept = sorted(events, key=_newest)[:MOST_EVENTS]
    return Timeline(
        lanes=tuple(_lane(one) for one in drawn),
        events=tuple(sorted(kept, key=_oldest)),
        today=Moment(as_at=query.as_at).day(today),
        cut=" ".join(_cut(left, len(events) - len(kept))),
        filters=tuple(_filters(query)),
    )


def _gone(query: Query) -> str:
    if query.as_at is not None:
        return _("None of these records was recorded then")
    return _("The records this timeline is of are no longer there")


def _check(query: Query) -> None:
    if not query.ids:
        raise Refused(_("Choose at least one record to draw a timeline of"))
    if query.first and query.last and query.first > query.last:
        raise Refused(_("The first day of a timeline is before its last"))


def _asked(events: Iterable[Event], query: Query) -> list[Event]:
    """Return the events that were asked for; two days or topics narrow them."""
    wanted = query.topics or tuple(Topic)
    return [one for one in narrowed(events, query.first, query.last) if one.topic in wanted]


def _cut(lanes: int, events: int) -> Iterator[str]:
    if lanes > 0:
        told = ngettext("{n:,} more line is not drawn.", "{n:,} more lines are not drawn.", lanes)
        yield told.format(n=lanes)
    if events > 0:
        told = ngettext(
            "{n:,} older event is not drawn.", "{n:,} older events are not drawn.", events
        )
        yield told.format(n=events)


def _filters(query: Query) -> Iterator[str]:
    if query.first or query.last:
        yield span_words(query.first, query.last)
    if query.topics:
        yield ", ".join(_(TOPICS[topic]) for topic in query.topics)
    if query.as_at is not None:
        yield as_recorded(query.as_at)


def span_words(first: date | None, last: date | None) -> str:
    """Return what a chart, map or timeline is narrowed to in time, in words."""
    if first and last:
        told = _("what held between {first} and {last}")
        return told.format(first=shown(first), last=shown(last))
    if first:
        return _("what held on {first} or later").format(first=shown(first))
    return _("what held on {last} or before").format(last=shown(last)) if last else ""


def _newest(event: Event) -> tuple[int, str]:
    return -_known(event.stretch).toordinal(), str(event.id)


def _oldest(event: Event) -> tuple[int, str]:
    return _known(event.stretch).toordinal(), str(event.id)


def _known(time: Stretch) -> date:
    """Return a day of a stretch that is known, its first where it is."""
    return time.first if time.first != date.min else time.last


def _lane(thing: Entity) -> Lane:
    exploited = bool(getattr(thing, "exploited", False))
    return Lane(
        id=thing.id,
        kind=thing.kind,
        label=thing.label,
        exploited=exploited,
        marking=thing.marking,
    )


# ---- Those linked to a record --------------------------------------------------------------------

_NEAR: Final = {
    Kind.NOMINAL: 0, Kind.OCG: 1, Kind.COUNTY_LINE: 2, Kind.HANDLE: 3, Kind.OPERATION: 4,
    Kind.PHONE: 5, Kind.VEHICLE: 6,
}  # fmt: skip
_STANDING: Final = {"principal": 0, "significant": 1, "peripheral": 2}


def _with_neighbours(
    source: Happened, subjects: list[Entity], links: Sequence[Link]
) -> list[Entity]:
    """Return records with those linked to them: members by their place first."""
    there = {one.id for one in subjects}
    ranks: dict[UUID, tuple[int, str]] = {}
    for link in links:
        for end in {link.source, link.target} - there:
            rank = _STANDING.get(link.importance, 2) if isinstance(link, Membership) else 3
            ranks[end] = min(ranks.get(end, (9, "")), (rank, str(end)))
    known = source.briefs(ranks)
    near = [one for one in known.values() if one.kind in _NEAR]
    near.sort(key=lambda one: (ranks[one.id][0], _NEAR[one.kind], one.label.casefold()))
    return [*subjects, *source.entities([one.id for one in near[:MOST_AROUND]])]


# ---- What happened -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Rule:
    """Where a kind says when it was, and what it is about."""

    topic: Topic
    start: str
    end: str = ""
    """Empty for what happened once."""
    codes: str = ""
    """The list its label is a code of."""


_OWNED: Final[dict[Kind, _Rule]] = {
    Kind.CUSTODY: _Rule(Topic.JUSTICE, "start", "released", "custody-types"),
    Kind.ORDER: _Rule(Topic.JUSTICE, "start", "end", "order-types"),
    Kind.COURT_STEP: _Rule(Topic.JUSTICE, "on", "", "court-steps"),
    Kind.THREAT_WARNING: _Rule(Topic.JUSTICE, "given", "closed", "threat-warning-types"),
    Kind.CHECK_BACK: _Rule(Topic.RECORD, "done", "", "check-back-results"),
    Kind.ASSESSMENT: _Rule(Topic.RECORD, "assessed", "", "scoring-sheets"),
    Kind.DECISION: _Rule(Topic.PLAN, "decided"),
    Kind.GAIN_REFERRAL: _Rule(Topic.RECORD, "referred", "", "agencies"),
}
"""Sub-records on a timeline. What protects a person, and prompts of risk, stay on the record."""

OWN: Final[dict[Kind, tuple[str, str, str]]] = {
    Kind.HANDLE: ("first_seen", "last_seen", N_("Handle seen")),
    Kind.PHONE: ("first_seen", "last_seen", N_("Number seen")),
    Kind.COUNTY_LINE: ("opened", "closed", N_("Line active")),
    Kind.OPERATION: ("opened", "closed", N_("Operation")),
}
"""The fields that say from when to when a record's subject was there, and what that is called."""
_ONCE: Final[dict[Kind, tuple[tuple[str, str], ...]]] = {
    Kind.OCG: (("tier_decided", N_("Tier set")),),
    Kind.NOMINAL: (("died", N_("Died")),),
    Kind.OPERATION: (("pre_charge", N_("Overt")), ("post_charge", N_("First charge"))),
}
_SEEN: Final = frozenset({"seen-at", "located-at"})


class _Gathering:
    """What is gathered for the lines of one timeline."""

    def __init__(
        self,
        source: Happened,
        drawn: Sequence[Entity],
        links: Sequence[Link],
    ) -> None:
        self._source = source
        self._drawn = drawn
        self._lanes = {thing.id: at for at, thing in enumerate(drawn)}
        self._links = [one for one in links if {one.source, one.target} & self._lanes.keys()]

    def events(self) -> list[Event]:
        """Return all events, in no order."""
        found = [*self._own(), *self._of_links(), *self._of_reports()]
        found += [*self._of_owned(), *self._of_plans(), *self._of_claims()]
        return found

    def _on(self, ids: Iterable[UUID]) -> tuple[UUID, ...]:
        """Return those of these records that have a line, upper lines first."""
        there = {id_ for id_ in ids if id_ in self._lanes}
        return tuple(sorted(there, key=self._lanes.__getitem__))

    def _own(self) -> Iterator[Event]:
        for thing in self._drawn:
            if (own := OWN.get(thing.kind)) is not None:
                time = stretch(getattr(thing, own[0]), getattr(thing, own[1]))
                yield from _event(thing, Topic.RECORD, _(own[2]), time, (thing.id,))
            for name, words in _ONCE.get(thing.kind, ()):
                time = moment(getattr(thing, name))
                yield from _event(thing, Topic.RECORD, _(words), time, (thing.id,), once=True)

    def _of_links(self) -> Iterator[Event]:
        dated = [link for link in self._links if link.start or link.end]
        known = self._source.briefs({end for one in dated for end in _ends(one)})
        for link in dated:
            if _ends(link) <= known.keys():
                yield from self._of_link(link, known)

    def _of_link(self, link: Link, known: Mapping[UUID, Brief]) -> Iterator[Event]:
        topic = Topic.MEMBERSHIP if isinstance(link, Membership) else Topic.LINK
        if link.type in _SEEN:
            topic = Topic.SIGHTING
        lanes = self._on(_ends(link))
        once = link.start is not None and link.start == link.end
        time = moment(link.start) if once else stretch(link.start, link.end)
        told = _link_words(link, known, lanes)
        opens = self._record_of(lanes[0])
        yield from _event(link, topic, told, time, lanes, once=once, opens=opens)

    def _of_reports(self) -> Iterator[Event]:
        cited: dict[UUID, set[UUID]] = {}
        for link in self._links:
            for report in link.reports:
                cited.setdefault(report, set()).update(_ends(link))
        for thing in self._source.entities(cited):
            time = moment(getattr(thing, "reported", None) or getattr(thing, "received", None))
            lanes = self._on(cited[thing.id])
            yield from _event(thing, Topic.INTELLIGENCE, thing.label, time, lanes, once=True)

    def _of_owned(self) -> Iterator[Event]:
        for thing in self._source.owned_by(list(self._lanes), _OWNED):
            rule = _OWNED[thing.kind]
            begun = getattr(thing, rule.start)
            time = stretch(begun, getattr(thing, rule.end)) if rule.end else moment(begun)
            told = label(rule.codes, thing.label) if rule.codes else thing.label
            yield from self._of_sub_record(thing, rule, told, time)

    def _of_sub_record(
        self, thing: Entity, rule: _Rule, told: str, time: Stretch | None
    ) -> Iterator[Event]:
        """Yield the event of a sub-record: it is told on its owner's page."""
        if thing.owner in self._lanes:
            lanes, opens = (thing.owner,), self._record_of(thing.owner)
            once = not rule.end
            yield from _event(thing, rule.topic, told, time, lanes, once=once, opens=opens)

    def _record_of(self, id_: UUID) -> tuple[UUID, Kind]:
        return id_, self._drawn[self._lanes[id_]].kind

    def _of_plans(self) -> Iterator[Event]:
        plans = self._source.owned_by(list(self._lanes), [Kind.PLAN])
        owner = {plan.id: plan.owner for plan in plans}
        for action in self._source.owned_by(list(owner), [Kind.ACTION]):
            yield from self._of_action(action, owner.get(_any(action, "owner")))

    def _of_action(self, action: Entity, ocg: UUID | None) -> Iterator[Event]:
        done = _any(action, "done")
        time = stretch(_any(action, "raised"), done or _any(action, "due"))
        if ocg is None:
            return
        lanes = self._on((ocg, *_any(action, "touches")))
        yield from _event(action, Topic.PLAN, action.label, time, lanes, opens=(ocg, Kind.PLAN))

    def _of_claims(self) -> Iterator[Event]:
        for claim in self._source.claims_on(list(self._lanes)):
            lanes, time = self._on(_any(claim, "subjects")), moment(_any(claim, "on"))
            yield from _event(claim, Topic.DISRUPTION, claim.label, time, lanes, once=True)


def _any(thing: Entity, name: str) -> Any:
    """Return a field of a record whose class was asked for by its kind."""
    return getattr(thing, name)


def _ends(link: Link) -> set[UUID]:
    return {link.source, link.target}


def _link_words(link: Link, known: Mapping[UUID, Brief], lanes: Collection[UUID]) -> str:
    """Return what a link says: with the other end alone, where it is told on the line of one."""
    kind = label("roles", link.role) if isinstance(link, Membership) else ""
    kind = kind or label("link-types", link.type)
    first = next(iter(lanes))
    other = known[link.target if link.source == first else link.source]
    return f"{kind} · {_name(other)}"


def _name(brief: Brief) -> str:
    return _("exploited person") if brief.exploited else brief.label


def _event(
    thing: Entity | Link,
    topic: Topic,
    words: str,
    time: Stretch | None,
    lanes: tuple[UUID, ...],
    *,
    once: bool = False,
    opens: tuple[UUID, Kind] | None = None,
) -> Iterator[Event]:
    """Yield the event of a thing; nothing where it has no date or no line to stand on."""
    if time is None or not lanes:
        return
    target, kind = opens or (thing.id, thing.kind)
    yield Event(
        id=thing.id,
        kind=thing.kind,
        topic=topic,
        label=words,
        stretch=time,
        once=once,
        lanes=lanes,
        opens=target,
        opens_kind=kind,
        strand=str(getattr(thing, "strand", "")),
        marking=thing.marking,
    )
