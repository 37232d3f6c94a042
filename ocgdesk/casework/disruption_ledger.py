"""The disruption ledger to look at: rows, queues, and all that stands round one claim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from ocgdesk.casework.claim_rules import OPEN, STATUSES, Finding, findings
from ocgdesk.domain import moves
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.moves import Move
from ocgdesk.domain.subrecords import CourtStep
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import cases, claims, claims_listed, recent, records
from ocgdesk.store.claims_listed import MOST, LedgerQuery
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """All that stands round one claim."""

    row: Row
    findings: tuple[Finding, ...]
    operation: Brief | None = None
    others: tuple[Brief, ...] = ()
    """The claims that may be of the same event."""
    users: Mapping[UUID, str] = field(default_factory=dict)
    steps: Mapping[UUID, Brief] = field(default_factory=dict)
    """The criminal-justice steps that outcomes count."""
    moves: tuple[Move, ...] = ()

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
    found = findings(reader, claim, today=today) if claim.status in OPEN | {"submitted"} else ()
    wanted = {one for finding in found for one in finding.others}
    steps = {step for outcome in row.outcomes for step in outcome.steps}
    own = {claim.operation} if claim.operation else set()
    named = records.by_ids(reader, wanted | steps | own)
    return Look(
        row=row,
        findings=found,
        operation=named.get(claim.operation) if claim.operation else None,
        others=tuple(named[one] for one in wanted if one in named),
        users=recent.user_names(reader),
        steps={one: named[one] for one in steps if one in named},
        moves=moves.allowed(STATUSES, claim.status),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStep:
    """A criminal-justice step that no outcome counts yet."""

    step: CourtStep
    person: Brief


def steps_to_claim(reader: Reader, id_: UUID) -> tuple[OpenStep, ...]:
    """Return the steps an outcome of this claim may count: of its people and its operation.

    Those that are counted already, by whichever agency, are left out.
    """
    claim = reader.get(Disruption, id_)
    found = {one.id: one for one in _steps(reader, claim)}
    taken = claims.claimed(reader, list(found))
    free = [one for one in found.values() if one.id not in taken and one.owner is not None]
    people = records.by_ids(reader, {one.owner for one in free if one.owner})
    open_ = [
        OpenStep(step=one, person=people[one.owner])
        for one in free
        if one.owner is not None and one.owner in people
    ]
    return tuple(sorted(open_, key=lambda o: (o.step.on or date.min, o.step.ref), reverse=True))


def _steps(reader: Reader, claim: Disruption) -> list[CourtStep]:
    found = cases.steps_in(reader, claim.operation) if claim.operation else []
    for id_ in claim.subjects:
        things = records.owned(reader, id_, Kind.COURT_STEP) if reader.numbers([id_]) else []
        found += [thing for thing in things if isinstance(thing, CourtStep)]
    return found
