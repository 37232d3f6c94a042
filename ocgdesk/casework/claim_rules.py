"""What a disruption and its outcomes must keep to, whichever way they come in.

What a claim must hold is reference data (``claim-rules``). One event is claimed once, also across
agencies: that is told, never refused, since only people can say whether two claims are of one
event. One criminal-justice step is claimed once: that is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.domain.subrecords import CourtStep
from ocgdesk.domain.things import Thing
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import claims
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import by_ids

STATUSES: Final = "disruption-statuses"
RULES: Final = "claim-rules"
_SUBJECTS: Final = {"ocg": Kind.OCG, "individual": Kind.NOMINAL}
"""What a claim against one of these names at least one of."""
_SUBMITTED: Final = frozenset({"submitted", "moderated", "accepted"})
"""Statuses of a claim that somebody else looks at, or that counts."""
OPEN: Final = frozenset({"draft", "returned"})
"""Statuses in which a claim and its outcomes can be changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rule a claim does not keep to, in words; ``refuses`` holds it back."""

    rule: str
    words: str
    refuses: bool
    others: tuple[UUID, ...] = ()
    """The claims that may be of the same event."""


# ---- What a claim must hold ---------------------------------------------------------------------


def findings(reader: Reader, claim: Disruption, *, today: date) -> tuple[Finding, ...]:
    """Return what a claim does not keep to, those that hold it back first."""
    found = tuple(_findings(reader, claim, today))
    return tuple(sorted(found, key=lambda one: not one.refuses))


def _findings(reader: Reader, claim: Disruption, today: date) -> Iterator[Finding]:
    for rule in code_list(RULES):
        if not rule.get("on", default=True) or rule.retired:
            continue
        if rule.code == "claimed-twice":
            yield from _twice(reader, claim)
        elif _breaks(rule.code, claim, today) or (
            rule.code == "subject" and _is_beside(reader, claim)
        ):
            yield Finding(rule=rule.code, words=_(rule.label), refuses=bool(rule.get("refuses")))


def _breaks(rule: str, claim: Disruption, today: date) -> bool:
    match rule:
        case "force-ocg-only":
            return claim.against != "ocg" and _is_force(claim.agency)
        case "subject":
            return claim.against in {"ocg", "individual"} and not claim.subjects
        case "support-justified":
            return claim.part == "support" and not claim.support_reason.strip()
        case "day":
            return claim.on is None or claim.on > today
        case "evidence":
            return not any(text.strip() for text in claim.evidence)
        case _:
            return rule in {"narrative", "level", "strand"} and not getattr(claim, rule).strip()


def _is_beside(reader: Reader, claim: Disruption) -> bool:
    """Tell whether a claim against an OCG or an individual names none among its subjects."""
    kind = _SUBJECTS.get(claim.against)
    if kind is None or not claim.subjects:
        return False
    named = by_ids(reader, claim.subjects).values()
    return not any(one.kind is kind for one in named)


def _is_force(agency: str) -> bool:
    known = next((one for one in code_list("agencies") if one.code == agency), None)
    return known is not None and known.get("kind") == "force"


def _twice(reader: Reader, claim: Disruption) -> Iterator[Finding]:
    others = claims.like(reader, claim)
    if not others:
        return
    named = ", ".join(
        f"{one.ref} ({label('agencies', one.agency) or _('no agency')})" for one in others[:3]
    )
    told = _("May be the same event as {others}")
    yield Finding(
        rule="claimed-twice",
        words=told.format(others=named),
        refuses=False,
        others=tuple(one.id for one in others),
    )


# ---- Outcomes -----------------------------------------------------------------------------------


def settled(reader: Reader, outcome: Outcome) -> Outcome:
    """Return an outcome line with what follows from its measure, its claim and its steps."""
    measure = _measure(outcome.measure)
    made = replace(outcome, unit=outcome.unit or str(measure.get("unit", "")))
    claim = _claim_of(reader, outcome)
    if claim is not None:
        made = replace(
            made,
            on=made.on or claim.on,
            strand=made.strand or claim.strand,
            agency=made.agency or claim.agency,
            operation=made.operation or claim.operation,
            part=claim.part,
        )
    return replace(made, value=_worth(reader, made)) if made.steps else made


def _measure(code: str) -> Any:
    found = next((one for one in code_list("outcome-measures") if one.code == code), None)
    if found is None:
        raise Refused(_("{code!r} is no outcome measure").format(code=code[:40]))
    return found


def _claim_of(reader: Reader, outcome: Outcome) -> Disruption | None:
    if outcome.owner is None or not reader.numbers([outcome.owner]):
        return None
    found = reader.find(outcome.owner)
    return found if isinstance(found, Disruption) else None


def _worth(reader: Reader, outcome: Outcome) -> float:
    """Return what steps come to: how many there are, or the years they add up to."""
    steps = [_step(reader, id_) for id_ in outcome.steps]
    if outcome.unit != "years":
        return float(len(steps))
    return sum(_years(step) for step in steps)


def _step(reader: Reader, id_: UUID) -> CourtStep:
    found = reader.find(id_)
    if not isinstance(found, CourtStep):
        raise Refused(_("Only criminal-justice steps are counted here"))
    return found


def _years(step: CourtStep) -> float:
    if step.amount is None:
        return 0.0
    return step.amount / 12 if step.unit == "months" else step.amount


def check(reader: Reader, before: Thing | None, after: Thing) -> None:
    """Raise Refused where a claim or an outcome would get round moderation or count twice.

    Called wherever such a record is made or changed, whichever way it comes in.
    """
    if isinstance(after, Disruption) and isinstance(before, Disruption):
        _check_claim(before, after)
    if isinstance(after, Outcome):
        _check_outcome(reader, before, after)


def check_removal(reader: Reader, gone: Thing) -> None:
    """Raise Refused where a claim that was submitted would go, or lose an outcome."""
    claim = _claim_of(reader, gone) if isinstance(gone, Outcome) else gone
    if isinstance(claim, Disruption) and claim.status in _SUBMITTED:
        told = _("A disruption that is {status} stays as it was claimed; have it returned first")
        raise Refused(told.format(status=label(STATUSES, claim.status).lower()))


def _check_claim(before: Disruption, after: Disruption) -> None:
    changed = replace(after, version=before.version, apmis=before.apmis, apmis_on=before.apmis_on)
    if before.status not in OPEN and changed != before:
        told = _("A disruption that is {status} stays as it was claimed; have it returned first")
        raise Refused(told.format(status=label(STATUSES, before.status).lower()))


def _is_entered(before: Thing | None, after: Outcome) -> bool:
    """Tell whether all that changed is that the seizure now stands in the commodity ledger."""
    if not isinstance(before, Outcome) or before.dealing is not None:
        return False
    return replace(before, dealing=after.dealing, version=after.version) == after


def _check_steps(reader: Reader, outcome: Outcome) -> None:
    """Raise Refused where a step is not what an outcome counts: a trial is no arrest."""
    wanted = str(_measure(outcome.measure).get("step", ""))
    for id_ in outcome.steps:
        if _step(reader, id_).step != wanted:
            told = _("{outcome} does not count steps of this kind")
            raise Refused(told.format(outcome=label("outcome-measures", outcome.measure)))


def _check_outcome(reader: Reader, before: Thing | None, after: Outcome) -> None:
    if after.value is not None and after.value < 0:
        raise Refused(_("What came of a disruption is not less than nothing"))
    _check_steps(reader, after)
    if after.steps and after.value != _worth(reader, after):
        raise Refused(_("The value of this outcome is what its criminal-justice steps come to"))
    claim = _claim_of(reader, after)
    if claim is not None and claim.status not in OPEN and not _is_entered(before, after):
        told = _("The outcomes of a disruption that is {status} stay as they were claimed")
        raise Refused(told.format(status=label(STATUSES, claim.status).lower()))
    new = set(after.steps) - set(before.steps if isinstance(before, Outcome) else ())
    for brief in claims.claimed(reader, new).values():
        if brief.id != after.id:
            told = _("One of these steps is claimed already, as {outcome}: one arrest counts once")
            raise Refused(told.format(outcome=brief.label))
