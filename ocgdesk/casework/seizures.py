"""Seizures in the commodity ledger: what an outcome says was seized is entered there once.

Only what was accepted is entered, into a commodity it fits, in a unit that takes. What two agencies
claim of one event is one seizure, unless somebody says why it is another.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from ocgdesk.casework import claim_rules, commodities, outcome_rules, records
from ocgdesk.domain import claiming
from ocgdesk.domain.claiming import Measure, either
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.entities import Commodity
from ocgdesk.domain.kinds import Base
from ocgdesk.domain.links import Link, Strength
from ocgdesk.domain.reference_data import label
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import claims
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.store.work import Work

ROLE = "lost"
"""The type of link that says something was seized from somebody."""


def enter(work: Work, outcome: UUID, commodity: UUID, whom: UUID, *, different: str = "") -> Link:
    """Enter the seizure of an outcome into the commodity ledger, from an OCG, line or person.

    The line takes the outcome's value, unit and day; the outcome names the line. ``different``
    is why it is another seizure than one that is entered of what may be the same event; it stays
    in the journal. Raises Refused for an outcome without a value, of no commodity or on a claim
    that is not accepted, for a commodity or a unit that does not fit, and for a seizure that is
    entered already, also by another agency.
    """
    found, into = work.get(Outcome, outcome), work.get(Commodity, commodity)
    _check_outcome(work.reader, found)
    _check_fit(work.reader, found, into)
    others = entered_alike(work.reader, found)
    if others and not different.strip():
        told = _("{other} may be the same seizure and is in the ledger: say why this is another")
        raise Refused(told.format(other=outcome_rules.named(work.reader, others[0].id)))
    if different.strip():
        work.entry = {**work.entry, "reason": different.strip()}
    line = commodities.deal(work, whom, commodity, _said(found), again=bool(different.strip()))
    work.put(replace(found, dealing=line.id))
    return line


@dataclass(frozen=True, slots=True)
class Offer:
    """What a seizure may be entered as, and what may be the same one, in words."""

    commodities: tuple[Brief, ...]
    other: str = ""


def before_entering(reader: Reader, outcome: Outcome) -> Offer:
    """Return what has to be asked before a seizure is entered; Refused where it may not be."""
    into = tuple(offered(reader, outcome))
    alike = entered_alike(reader, outcome)
    return Offer(into, outcome_rules.named(reader, alike[0].id) if alike else "")


def offered(reader: Reader, outcome: Outcome) -> list[Brief]:
    """Return the commodities a seizure may be entered as.

    Raises Refused where it may not be entered, and where no commodity fits.
    """
    _check_outcome(reader, outcome)
    found = [one.brief for one in commodities.tree(reader) if _fits(reader, outcome, one.commodity)]
    if not found:
        measure = claiming.measure(outcome.measure)
        types = either(label("commodity-types", code) for code in measure.commodities)
        told = _("No commodity on record takes {outcome}: record one of the type {types}")
        raise Refused(told.format(outcome=measure.label, types=types))
    return found


def _fits(reader: Reader, outcome: Outcome, into: Commodity) -> bool:
    try:
        _check_fit(reader, outcome, into)
    except Refused:
        return False
    return True


def entered_alike(reader: Reader, outcome: Outcome) -> list[Outcome]:
    """Return outcomes of the same measure that stand in the ledger and may be this very seizure.

    They are of the same claim, operation or OCG, or of claims that may be of the same event, and
    no more days apart than the claim rules say.
    """
    claim = outcome_rules.claim_of(reader, outcome)
    others = [one.id for one in claim_rules.same_event(reader, claim)] if claim else []
    owners = [outcome.owner, *others] if outcome.owner else others
    came = claims.outcomes_of(reader, owners)
    return [
        one
        for owner in owners
        for one in came.get(owner, ())
        if one.id != outcome.id and one.dealing and _is_alike(one, outcome)
    ]


def take_out(work: Work, outcome: UUID, *, reason: str) -> Outcome:
    """Take a seizure that was entered wrongly out of the commodity ledger; it can be entered anew.

    Raises Refused where it is not there, and without a reason, which stays in the journal.
    """
    found = work.get(Outcome, outcome)
    if found.dealing is None:
        raise Refused(_("This seizure is not in the commodity ledger"))
    if not reason.strip():
        raise Refused(_("Say why it is taken out of the commodity ledger"))
    work.entry = {**work.entry, "reason": reason.strip()}
    if work.reader.numbers([found.dealing], Base.LINK):
        records.unlink(work, [found.dealing])
    saved = work.put(replace(found, dealing=None))[0]
    assert isinstance(saved, Outcome)  # noqa: S101 - what is put comes back as it went
    return saved


def _is_alike(one: Outcome, other: Outcome) -> bool:
    if one.measure != other.measure:
        return False
    if one.on is None or other.on is None:
        return True
    return abs((one.on - other.on).days) <= claiming.days_apart()


def _said(outcome: Outcome) -> commodities.Said:
    day = PartialDate.of(outcome.on) if outcome.on else None
    return commodities.Said(
        role=ROLE,
        scale=outcome.value,
        unit=outcome.unit,
        start=day,
        end=day,
        strength=Strength.CONFIRMED.value,
    )


def _check_outcome(reader: Reader, outcome: Outcome) -> None:
    if outcome.dealing is not None:
        raise Refused(_("This seizure is in the commodity ledger already: it counts there once"))
    if not claiming.measure(outcome.measure).commodities:
        told = _("{outcome} is no commodity: only what was seized is entered in the ledger")
        raise Refused(told.format(outcome=label(claiming.MEASURES, outcome.measure)))
    if not outcome.value:
        raise Refused(_("Say how much was seized before it is entered in the commodity ledger"))
    claim: Disruption | None = outcome_rules.claim_of(reader, outcome)
    if claim is not None and claim.status != "accepted":
        told = _("{ref} is {status}: a seizure is entered once its claim is accepted")
        status = label(claiming.STATUSES, claim.status).lower()
        raise Refused(told.format(ref=claim.ref, status=status))


def _check_fit(reader: Reader, outcome: Outcome, into: Commodity) -> None:
    """Raise Refused where a commodity is of another type, of none, or counted otherwise."""
    measure = claiming.measure(outcome.measure)
    type_ = commodities.type_of(reader, into)
    if not type_:
        told = _("{commodity} has no type of commodity, nor what it is part of: enter that first")
        raise Refused(told.format(commodity=into.name))
    if type_ not in measure.commodities:
        raise Refused(_misfit(measure, into, type_))
    units = claiming.units_of(type_, into.unit)
    if outcome.unit not in units:
        told = _("{commodity} is not counted in {unit}: it is in {units}")
        raise Refused(
            told.format(
                commodity=into.name,
                unit=label("units", outcome.unit).lower() or _("no unit"),
                units=either(label("units", code).lower() for code in units),
            )
        )


def _misfit(measure: Measure, into: Commodity, type_: str) -> str:
    told = _("{commodity} is of the type {type}: {outcome} is entered as {types}")
    return told.format(
        commodity=into.name,
        type=label("commodity-types", type_),
        outcome=measure.label,
        types=either(label("commodity-types", code) for code in measure.commodities),
    )
