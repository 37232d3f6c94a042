"""What can be done to an operation, and the whole of its case as one answer.

Arrests, charges and sentences are dated records on a person that name the operation, so that the
figures of a return are counts of records. One and the same step cannot be claimed twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework import case_rules, intelligence, outcome_rules, records
from ocgdesk.domain.dates import PartialDate, shown
from ocgdesk.domain.entities import Nominal, Operation
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.domain.subrecords import CourtStep, Decision, GainReferral, ThreatWarning
from ocgdesk.domain.things import Entity
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import cases
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, Linked
from ocgdesk.store.work import Work

PHASES: Final = "operation-phases"
DATES: Final = case_rules.PHASE_DATES
COUNTED: Final = ("arrested", "charged", "convicted")
"""Steps that returns count, beside the years sentenced."""
_REFERRED: Final = (Kind.OCG, Kind.NOMINAL, Kind.ORGANISATION)


# ---- Phases -------------------------------------------------------------------------------------


def move_phase(
    work: Work, id_: UUID, phase: str, day: date, *, today: date, reason: str = ""
) -> Operation:
    """Move an operation into another phase from a day on; the phase keeps that day.

    Going back needs a reason, and empties the days of the phases after it. Raises Refused for a
    day to come, one before an earlier phase began, and for a closure while arrests are expected.
    """
    before = work.get(Operation, id_)
    phase = code_list(PHASES).parse(phase)
    if refused := _refusal(before, phase, day, today, reason):
        raise Refused(refused)
    changed: dict[str, Any] = {"phase": phase, DATES[phase]: PartialDate.of(day)}
    changed |= dict.fromkeys(_later(phase))
    if reason.strip():
        work.entry = {**work.entry, "reason": reason.strip()}
    saved = records.edit(work, id_, changed, version=before.version)
    assert isinstance(saved, Operation)  # noqa: S101 - it was read as one above
    return saved


def _refusal(before: Operation, phase: str, day: date, today: date, reason: str) -> str:
    words = label(PHASES, phase)
    if phase == before.phase:
        return _("This operation is {phase} already").format(phase=words.lower())
    if day > today:
        return _("A phase is entered once it has begun: {day} is still to come").format(
            day=shown(day)
        )
    if _is_back(before.phase, phase):
        told = _("Say why it goes back to {phase}; the reason is kept")
        return "" if reason.strip() else told.format(phase=words.lower())
    if phase == "closed" and before.arrests_expected:
        told = _("{n} arrests are still expected: set that to 0 before the operation is closed")
        return told.format(n=before.arrests_expected)
    return _too_early(before, phase, day)


def _too_early(before: Operation, phase: str, day: date) -> str:
    for earlier in _earlier(phase):
        began: PartialDate | None = getattr(before, DATES[earlier])
        if began is not None and began.earliest() > day:
            told = _("{phase} only began on {day}; the next phase cannot begin before it")
            return told.format(phase=label(PHASES, earlier), day=began.worded())
    return ""


def _is_back(now: str, phase: str) -> bool:
    order = list(DATES)
    return now in order and order.index(phase) < order.index(now)


def _earlier(phase: str) -> list[str]:
    order = list(DATES)
    return order[: order.index(phase)]


def _later(phase: str) -> list[str]:
    order = list(DATES)
    return [DATES[code] for code in order[order.index(phase) + 1 :]]


# ---- Criminal-justice steps ---------------------------------------------------------------------


def add_step(work: Work, nominal: UUID, step: CourtStep, *, today: date) -> CourtStep:
    """Enter a criminal-justice step of a person, within the operation it names.

    An amount without a unit takes that of its step. Raises Refused where the same step of the
    same day is in this operation already, and for a day to come of what cannot be planned.
    """
    person = work.get(Nominal, nominal)
    if step.operation is not None:
        work.get(Operation, step.operation)
    known = code_list("court-steps").find(step.step)
    if step.on is not None and step.on > today and not (known and known.get("planned", False)):
        told = _("{step} is entered once it has happened: {day} is still to come")
        raise Refused(told.format(step=label("court-steps", step.step), day=shown(step.on)))
    unit = str(known.get("unit", "")) if known and step.amount is not None else ""
    new = replace(step, owner=person.id, unit=step.unit or unit, **_access(person))
    return records.create(work, new)


def step_doubts(reader: Reader, nominal: UUID, step: CourtStep) -> tuple[str, ...]:
    """Return what speaks for care before a step is entered; nothing of it blocks."""
    person = reader.get(Nominal, nominal)
    same = case_rules.same_steps(reader, replace(step, owner=nominal))
    found = [_elsewhere(reader, one) for one in same if one.operation != step.operation]
    if person.exploited:
        found.append(
            _("Recorded as exploited: consider the defence in the Modern Slavery Act 2015, s.45")
        )
    held = {one.step for one in case_rules.steps_of(reader, nominal)}
    if step.step == "sentenced" and "convicted" not in held:
        found.append(_("No conviction is on record for this sentence"))
    return tuple(found)


def _elsewhere(reader: Reader, step: CourtStep) -> str:
    known = queries.by_ids(reader, [step.operation]) if step.operation else {}
    where = next(iter(known.values()), None)
    told = _("The same step of that day is on record in {operation} ({ref}): count it once")
    name = where.label if where else _("no operation")
    return told.format(operation=name, ref=step.ref)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What the steps of an operation come to: counts of records, and of people."""

    arrested: int = 0
    charged: int = 0
    convicted: int = 0
    sentenced: int = 0
    years: float = 0.0
    """Years sentenced, months taken as twelfths."""
    people: int = 0
    """How many different people were arrested."""


def counts(steps: Iterable[CourtStep]) -> Counts:
    """Count steps as a return does."""
    found = list(steps)
    tally = {code: sum(step.step == code for step in found) for code in (*COUNTED, "sentenced")}
    return Counts(
        **tally,
        years=round(outcome_rules.years_of(one for one in found if one.step == "sentenced"), 2),
        people=len({step.owner for step in found if step.step == "arrested"}),
    )


# ---- Warnings, referrals, the policy log --------------------------------------------------------


def give_warning(work: Work, nominal: UUID, warning: ThreatWarning) -> ThreatWarning:
    """Enter a threat-to-life warning; one without a day to look at it again is refused."""
    person = work.get(Nominal, nominal)
    if warning.given is None:
        raise Refused(_("Say on which day the warning was given"))
    if warning.closed is None and warning.review_due is None:
        raise Refused(_("Say when the threat is looked at again"))
    return records.create(work, replace(warning, owner=person.id, **_access(person)))


def review_warning(
    work: Work, id_: UUID, *, next_due: date | None = None, closed: date | None = None
) -> ThreatWarning:
    """Look at a threat again: set the next day, or close the warning; one of the two is needed."""
    before = work.get(ThreatWarning, id_)
    if before.closed is not None:
        raise Refused(_("This warning was closed on {day}").format(day=shown(before.closed)))
    if (next_due is None) == (closed is None):
        raise Refused(_("Say when the threat is looked at again, or that the warning is closed"))
    values = {"closed": closed} if closed else {"review_due": next_due}
    saved = records.edit(work, id_, values, version=before.version)
    assert isinstance(saved, ThreatWarning)  # noqa: S101 - it was read as one above
    return saved


def refer(work: Work, owner: UUID, referral: GainReferral) -> GainReferral:
    """Ask a partner about a record through the GAIN network."""
    asked = work.reader.find(owner)
    assert isinstance(asked, Entity)  # noqa: S101 - found in the table of entities
    if asked.kind not in GainReferral.owners:
        raise Refused(_("Partners are asked about OCGs, people, organisations and operations"))
    for other in referrals_of(work.reader, [owner]):
        if (other.partner, other.answer) == (referral.partner, "waiting"):
            told = _("{partner} was asked on {day} and has not answered yet")
            day = shown(other.referred) if other.referred else _("a day not recorded")
            raise Refused(told.format(partner=label("agencies", other.partner), day=day))
    return records.create(work, replace(referral, owner=asked.id, **_access(asked)))


def answer(work: Work, id_: UUID, said: str, day: date, *, note: str = "") -> GainReferral:
    """Enter what a partner answered: hit, no hit or declined."""
    before = work.get(GainReferral, id_)
    code = code_list("gain-answers").parse(said)
    if code == "waiting":
        raise Refused(_("An answer is hit, no hit or declined"))
    if before.referred is not None and day < before.referred:
        raise Refused(_("The answer cannot be older than the referral"))
    values = {"answer": code, "answered": day, "note": note.strip() or before.note}
    saved = records.edit(work, id_, values, version=before.version)
    assert isinstance(saved, GainReferral)  # noqa: S101 - it was read as one above
    return saved


def enter_in_log(work: Work, id_: UUID, entry: Decision, *, today: date) -> Decision:
    """Add an entry to the policy log; it can be superseded, never changed or undone."""
    operation = work.get(Operation, id_)
    made = replace(
        entry,
        owner=operation.id,
        decided=entry.decided or today,
        decided_by=entry.decided_by.strip() or work.user.display,
        **_access(operation),
    )
    if not entry.rationale.strip():
        raise Refused(_("Say why; the policy log keeps the reason with the decision"))
    return records.create(work, made)


def _access(owner: Entity) -> dict[str, Any]:
    """Return the marking of what hangs on a record: its own."""
    return {"marking": owner.marking, "restricted_to": owner.restricted_to}


# ---- The whole case -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPerson:
    """A step or a warning, and whose it is."""

    item: CourtStep | ThreatWarning
    person: Brief

    @property
    def step(self) -> str:
        """The code of the step; empty where it is a warning."""
        return self.item.step if isinstance(self.item, CourtStep) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referred:
    """A GAIN referral, and what was asked about."""

    referral: GainReferral
    about: Brief


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An operation with all that belongs to it, read from one snapshot."""

    operation: Operation
    brief: Brief
    bears_on: tuple[Linked, ...] = ()
    """What it looks into, people last."""
    steps: tuple[OnPerson, ...] = ()
    warnings: tuple[OnPerson, ...] = ()
    referrals: tuple[Referred, ...] = ()
    log: tuple[Decision, ...] = ()
    """The policy log, the newest first."""

    @property
    def counts(self) -> Counts:
        """What the steps come to."""
        return counts(one.item for one in self.steps if isinstance(one.item, CourtStep))

    def due(self, today: date) -> tuple[OnPerson, ...]:
        """Return the open warnings that are to be looked at again by now."""
        return tuple(
            one
            for one in self.warnings
            if isinstance(one.item, ThreatWarning)
            and one.item.closed is None
            and one.item.review_due is not None
            and one.item.review_due <= today
        )

    @property
    def waiting(self) -> tuple[Referred, ...]:
        """The referrals nobody has answered."""
        return tuple(one for one in self.referrals if one.referral.answer == "waiting")


_ORDER: Final = (Kind.OCG, Kind.COUNTY_LINE, Kind.HANDLE, Kind.ORGANISATION)


def look(reader: Reader, id_: UUID) -> Case:
    """Return an operation and its case; NotFound where this reader knows of none."""
    operation = reader.get(Operation, id_)
    links = intelligence.as_shown(reader, queries.links_of(reader, id_))
    steps, warnings = cases.steps_in(reader, id_), cases.warnings_in(reader, id_)
    people = queries.by_ids(reader, {one.owner for one in (*steps, *warnings) if one.owner})
    log = [t for t in queries.owned(reader, id_, Kind.DECISION) if isinstance(t, Decision)]
    return Case(
        operation=operation,
        brief=queries.brief(reader, id_),
        bears_on=tuple(sorted(links, key=_place)),
        steps=_on_people(steps, people),
        warnings=_on_people(warnings, people),
        referrals=_referrals(reader, queries.brief(reader, id_), links),
        log=tuple(reversed(log)),
    )


def _place(item: Linked) -> tuple[int, str]:
    kind = item.other.kind
    rank = _ORDER.index(kind) if kind in _ORDER else 8 + (kind is Kind.NOMINAL)
    return rank, item.other.label.casefold()


def _on_people(
    items: Sequence[CourtStep | ThreatWarning], people: dict[UUID, Brief]
) -> tuple[OnPerson, ...]:
    return tuple(
        OnPerson(item=item, person=people[item.owner]) for item in items if item.owner in people
    )


def referrals_of(reader: Reader, owners: Iterable[UUID]) -> list[GainReferral]:
    """Return the GAIN referrals that hang on these records."""
    found = (queries.owned(reader, owner, Kind.GAIN_REFERRAL) for owner in owners)
    return [thing for some in found for thing in some if isinstance(thing, GainReferral)]


def _referrals(reader: Reader, own: Brief, links: Iterable[Linked]) -> tuple[Referred, ...]:
    """Return the referrals about the operation and what it bears on, those that wait first."""
    about = {own.id: own}
    about |= {item.other.id: item.other for item in links if item.other.kind in _REFERRED}
    found = [
        Referred(referral=one, about=about[one.owner])
        for one in referrals_of(reader, about)
        if one.owner is not None
    ]
    found.sort(
        key=lambda one: (one.referral.answer != "waiting", one.referral.referred or date.min)
    )
    return tuple(found)
