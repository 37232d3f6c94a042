"""The disruption ledger to look at: rows, queues, and all that stands round one claim."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

from ocgdesk.casework.claim_rules import Finding, findings
from ocgdesk.domain import moves
from ocgdesk.domain.claiming import OPEN, STATUSES, counted
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Link, Membership
from ocgdesk.domain.moves import Move
from ocgdesk.domain.subrecords import CourtStep
from ocgdesk.domain.things import Thing
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import cases, claims, claims_listed, history, records, users
from ocgdesk.store.claims_listed import MOST, LedgerQuery
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief

_LOOKED_AT: Final = OPEN | {"submitted", "moderated"}
"""Statuses of a claim that is still to be decided on: what it does not keep to is told."""
QUEUES: Final = {
    "": LedgerQuery(),
    "open": LedgerQuery(statuses=tuple(sorted(OPEN))),
    "moderate": LedgerQuery(statuses=("submitted", "moderated")),
    "apmis": LedgerQuery(statuses=("accepted",), without_apmis=True),
    "accepted": LedgerQuery(statuses=("accepted",)),
}
"""What waits for whom: drafts and returned ones, those to moderate, those to enter on APMIS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A claim in a line: itself, whom it is against, and what came of it."""

    claim: Disruption
    subjects: tuple[Brief, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The claims asked for, how many there are of them, and how many of each status."""

    rows: tuple[Row, ...]
    total: int
    counts: Mapping[str, int] = field(default_factory=dict)
    to_apmis: int = 0


def read(reader: Reader, query: LedgerQuery, *, most: int = MOST) -> Ledger:
    """Return the claims of the ledger, the newest first."""
    found, total = claims_listed.listed(reader, query, most=most)
    _none, to_apmis = claims_listed.listed(reader, QUEUES["apmis"], most=0)
    reader.saw("List disruptions", (), rows=len(found))
    return Ledger(
        rows=rows_of(reader, found),
        total=total,
        counts=claims_listed.by_status(reader),
        to_apmis=to_apmis,
    )


def rows_of(reader: Reader, found: Sequence[Disruption]) -> tuple[Row, ...]:
    """Return these claims with whom they are against and what came of them."""
    named = records.by_ids(reader, {id_ for one in found for id_ in one.subjects})
    came = claims.outcomes_of(reader, [one.id for one in found])
    return tuple(
        Row(
            claim=one,
            subjects=tuple(named[id_] for id_ in one.subjects if id_ in named),
            outcomes=tuple(came.get(one.id, ())),
        )
        for one in found
    )


def queue(code: str) -> LedgerQuery:
    """Return what a queue asks for; Refused, naming those there are, for any other."""
    if code not in QUEUES:
        known = ", ".join(name for name in QUEUES if name)
        raise Refused(_("There is no such queue; there are {known}").format(known=known))
    return QUEUES[code]


# ---- One claim ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """A status a claim was brought to: by whom, and at which instant."""

    status: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """All that stands round one claim."""

    row: Row
    findings: tuple[Finding, ...]
    operation: Brief | None = None
    others: tuple[Brief, ...] = ()
    """The claims that may be of the same event."""
    users: Mapping[UUID, str] = field(default_factory=dict)
    came: Mapping[UUID, Brief] = field(default_factory=dict)
    """The outcomes in one line each, by id."""
    moves: tuple[Move, ...] = ()
    recorded_by: UUID | None = None
    way: tuple[Step, ...] = ()
    """How it came where it stands, the first step first."""

    @property
    def claim(self) -> Disruption:
        """The claim itself."""
        return self.row.claim

    @property
    def is_open(self) -> bool:
        """Whether it and its outcomes can be changed."""
        return self.claim.status in OPEN

    def name(self, user: UUID | None) -> str:
        """Return who did something; empty where nobody did."""
        return self.users.get(user, "") if user else ""


def look(reader: Reader, id_: UUID, *, today: date) -> Look:
    """Return a claim, the rules it does not keep to, its outcomes, and what can be done next."""
    claim = reader.get(Disruption, id_)
    row = rows_of(reader, [claim])[0]
    found = findings(reader, claim, today=today) if claim.status in _LOOKED_AT else ()
    wanted = {one for finding in found for one in finding.others}
    came = {outcome.id for outcome in row.outcomes}
    own = {claim.operation} if claim.operation else set()
    named = records.by_ids(reader, wanted | came | own)
    named_users = {user.id: user.display for user in users.everybody(reader.connection)}
    return Look(
        row=row,
        findings=found,
        operation=named.get(claim.operation) if claim.operation else None,
        others=tuple(named[one] for one in wanted if one in named),
        users=named_users,
        recorded_by=history.maker(reader, id_),
        way=tuple(_way(reader, claim, named_users)),
        came={one: named[one] for one in came if one in named},
        moves=moves.allowed(STATUSES, claim.status),
    )


def _way(reader: Reader, claim: Disruption, names: Mapping[UUID, str]) -> Iterator[Step]:
    """Yield each status a claim was brought to; what was erased from the journal is left out."""
    status = ""
    for event in history.of(reader, reader.number(claim.id)):
        after = event.change.after if event.change else None
        if isinstance(after, Disruption) and after.status != status:
            status = after.status
            yield Step(status, names.get(event.entry.user, ""), event.entry.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStep:
    """A criminal-justice step with whose it is."""

    step: CourtStep
    person: Brief


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeLook:
    """An outcome with what it came of, the steps it counts, and its place in the ledger."""

    outcome: Outcome
    owner: Brief | None
    """The claim, operation or OCG; None for who may not know of it."""
    steps: tuple[OpenStep, ...] = ()
    ledger: tuple[Brief, ...] = ()
    """The commodity it is entered under, and from whom it was seized."""


def look_at_outcome(reader: Reader, id_: UUID) -> OutcomeLook:
    """Return an outcome with the records that stand round it."""
    outcome = reader.get(Outcome, id_)
    steps = [one for one in _things(reader, outcome.steps) if isinstance(one, CourtStep)]
    line = outcome.dealing
    entered = reader.find(line, Base.LINK) if line and reader.numbers([line], Base.LINK) else None
    ends = (entered.target, entered.source) if isinstance(entered, Link) else ()
    named = records.by_ids(reader, {id_ for id_ in (outcome.owner, *ends) if id_})
    return OutcomeLook(
        outcome=outcome,
        owner=named.get(outcome.owner) if outcome.owner else None,
        steps=_of_people(reader, steps),
        ledger=tuple(named[end] for end in ends if end in named),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came straight of an operation, without a claim, with a line to open each by."""

    outcomes: tuple[Outcome, ...] = ()
    briefs: Mapping[UUID, Brief] = field(default_factory=dict)


def came_of(reader: Reader, id_: UUID) -> Came:
    """Return the outcomes that stand on an operation itself, in the order they were entered."""
    found = claims.outcomes_of(reader, [id_]).get(id_, [])
    return Came(outcomes=tuple(found), briefs=records.by_ids(reader, {one.id for one in found}))


def _things(reader: Reader, ids: Sequence[UUID]) -> list[Thing]:
    return reader.load(list(reader.numbers(ids).values()))


def steps_to_claim(reader: Reader, id_: UUID) -> tuple[OpenStep, ...]:
    """Return the steps an outcome of this claim or operation may count, the newest first.

    Of a claim they are of its people, the members of its OCGs and its operation. Those
    that are counted already, by whichever agency, are left out.
    """
    owner = reader.find(id_)
    steps = _steps(reader, owner) if isinstance(owner, Disruption) else cases.steps_in(reader, id_)
    wanted = {measure.step for measure in counted()}
    found = {one.id: one for one in steps if one.step in wanted}
    taken = claims.claimed(reader, list(found))
    return _of_people(reader, [one for one in found.values() if one.id not in taken])


def _of_people(reader: Reader, steps: Sequence[CourtStep]) -> tuple[OpenStep, ...]:
    """Return steps with whose they are, the newest first."""
    people = records.by_ids(reader, {one.owner for one in steps if one.owner})
    known = [
        OpenStep(step=one, person=people[one.owner])
        for one in steps
        if one.owner is not None and one.owner in people
    ]
    return tuple(sorted(known, key=lambda o: (o.step.on or date.min, o.step.ref), reverse=True))


def _steps(reader: Reader, claim: Disruption) -> list[CourtStep]:
    """Return the steps of a claim's operation, its people and the members of its OCGs."""
    found = cases.steps_in(reader, claim.operation) if claim.operation else []
    groups = [one.id for one in records.by_ids(reader, claim.subjects).values() if _is_group(one)]
    members = {
        item.other.id
        for id_ in groups
        for item in records.links_of(reader, id_)
        if isinstance(item.link, Membership)
    }
    return [*found, *claims.steps_of(reader, {*claim.subjects, *members})]


def _is_group(one: Brief) -> bool:
    return one.kind is Kind.OCG
