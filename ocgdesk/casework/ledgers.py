"""The ledger of one handle, read whole: candidates with their grounds, contacts, decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from ocgdesk.casework import attributions, handles, whereabouts
from ocgdesk.casework.whereabouts import NOWHERE, Seen
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Handle
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Attribution, Link
from ocgdesk.domain.subrecords import Custody, Decision
from ocgdesk.store import handling, history, recent, records
from ocgdesk.store.handling import Standing
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, Linked

_PLACES: Final = {"confirmed": 0, "reviewed": 1, "proposed": 2, "in-development": 3}
_SURE: Final = {"confirmed": 0, "probable": 1, "possible": 2}

Span = tuple[PartialDate | None, PartialDate | None]
"""A period; an open end is None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """Somebody put forward for a handle."""

    link: Attribution
    nominal: Brief
    standings: tuple[Standing, ...] = ()
    custody: tuple[Span, ...] = ()
    """When they were in custody: against having used the handle then."""

    @property
    def is_out(self) -> bool:
        """Whether they are rejected or superseded."""
        return self.link.status in attributions.CLOSED

    def signs(self, *signs: str) -> int:
        """Return how many grounds have one of these signs."""
        return sum(ground.sign in signs for ground in self.link.grounds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Another handle this one was in contact with."""

    other: Brief
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two confirmed users of one handset at the same time, from a day on."""

    one: Brief
    other: Brief
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All that is on record of who used a handle."""

    handle: Handle
    brief: Brief
    candidates: tuple[Put, ...] = ()
    """Whoever is furthest first; who is out of the question last."""
    contacts: tuple[Contact, ...] = ()
    """The most frequent first."""
    clashes: tuple[Clash, ...] = ()
    decisions: tuple[Decision, ...] = ()
    users: Mapping[UUID, str] = field(default_factory=dict)
    seen: Seen = NOWHERE
    """Where it was and where what the candidates carry was, by day."""
    flagged_by: UUID | None = None
    """Who flagged it as possibly privileged."""

    @property
    def first(self) -> Put | None:
        """The candidate to be worked on."""
        return next((put for put in self.candidates if not put.is_out), None)

    def put(self, id_: UUID | None) -> Put | None:
        """Return the candidate of an attribution."""
        return next((put for put in self.candidates if put.link.id == id_), None)


def read(reader: Reader, handle: UUID, *, noted: bool = True) -> Ledger:
    """Return the ledger of a handle; NotFound where this reader knows of none.

    ``noted`` enters the visit in the journal.
    """
    found = reader.get(Handle, handle)
    brief = records.brief(reader, handle)
    if noted:
        reader.saw("Attribution ledger", [brief.no])
    candidates = _candidates(reader, handle)
    decisions = records.owned(reader, handle, Kind.DECISION)
    return Ledger(
        handle=found,
        brief=brief,
        candidates=candidates,
        contacts=_among(records.links_of(reader, handle)),
        clashes=_clashes(candidates),
        decisions=tuple(item for item in decisions if isinstance(item, Decision)),
        users=recent.user_names(reader),
        seen=whereabouts.read(reader, brief, [put.nominal for put in candidates]),
        flagged_by=handles.flagged_by(reader, found) if found.privileged else None,
    )


def of_links(handle: Handle, brief: Brief, links: Sequence[Linked]) -> Ledger:
    """Return what links alone say of a handle: the ledger as it was at an instant in the past."""
    candidates = [
        Put(link=item.link, nominal=item.other)
        for item in links
        if isinstance(item.link, Attribution)
    ]
    return Ledger(
        handle=handle,
        brief=brief,
        candidates=tuple(sorted(candidates, key=_order)),
        contacts=_among(links),
        clashes=_clashes(candidates),
    )


def _candidates(reader: Reader, handle: UUID) -> tuple[Put, ...]:
    links = attributions.of_handle(reader, handle)
    people = records.by_ids(reader, {link.target for link in links})
    standings = handling.standings(reader, [person.no for person in people.values()])
    custody = {id_: _custody(reader, id_) for id_ in people}
    found = [
        Put(
            link=link,
            nominal=person,
            # Of an exploited person no role in an OCG is said.
            standings=() if person.exploited else tuple(standings.get(person.no, ())),
            custody=custody[link.target],
        )
        for link in links
        if (person := people.get(link.target)) is not None
    ]
    return tuple(sorted(found, key=_order))


def _order(put: Put) -> tuple[bool, int, int]:
    link = put.link
    return put.is_out, _PLACES.get(link.status, 9), _SURE.get(link.confidence, 9)


def _custody(reader: Reader, nominal: UUID) -> tuple[Span, ...]:
    found = records.owned(reader, nominal, Kind.CUSTODY)
    return tuple((item.start, item.released) for item in found if isinstance(item, Custody))


def _among(links: Sequence[Linked]) -> tuple[Contact, ...]:
    """Return the contacts with other handles among some links, the most frequent first."""
    found = [
        Contact(other=item.other, link=item.link)
        for item in links
        if item.other.kind is Kind.HANDLE and not isinstance(item.link, Attribution)
    ]
    return tuple(sorted(found, key=lambda contact: -(contact.link.weight or 0)))


def _clashes(candidates: Sequence[Put]) -> tuple[Clash, ...]:
    people = {put.link.id: put.nominal for put in candidates}
    pairs = attributions.clashes([put.link for put in candidates])
    return tuple(
        Clash(one=people[one.id], other=people[other.id], day=day) for one, other, day in pairs
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of an attribution: when, by whom, what it was afterwards."""

    at: datetime
    by: str
    act: str
    status: str
    confidence: str
    grounds: int
    note: str = ""
    """The reason or remark given with it."""


def steps(reader: Reader, attribution: UUID) -> tuple[Step, ...]:
    """Return every step of an attribution, oldest first, as the journal has them."""
    users = recent.user_names(reader)
    found: list[Step] = []
    for event in history.of(reader, reader.number(attribution, Base.LINK)):
        after = event.change.after if event.change else None
        if not isinstance(after, Attribution):
            continue
        step = Step(
            at=event.entry.at,
            by=users.get(event.entry.user, ""),
            act=event.entry.label,
            status=after.status,
            confidence=after.confidence,
            grounds=len(after.grounds),
            note=event.entry.reason,
        )
        found.append(step)
    return tuple(found)
