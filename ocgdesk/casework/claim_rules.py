"""What a disruption and its outcomes must keep to, whichever way they come in.

What a claim must hold is reference data (``claim-rules``). One event is claimed once, also across
agencies: as shipped that is told and not refused, since only people can say whether two claims are
of one event. One criminal-justice step is claimed once: that is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from ocgdesk.casework import outcome_rules
from ocgdesk.domain import claiming
from ocgdesk.domain.claiming import MEASURES, OPEN, STATUSES, SUBMITTED
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.domain.things import Thing
from ocgdesk.domain.units import amount
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import claims
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import by_ids

_SUBJECTS: Final = {"ocg": Kind.OCG, "individual": Kind.NOMINAL}
"""What a claim against one of these names at least one of."""


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
    for rule in claiming.applied():
        refuses = bool(rule.get("refuses"))
        if rule.code == "claimed-twice":
            yield from _twice(reader, claim, refuses=refuses)
        elif rule.code == outcome_rules.BACKED:
            yield from _unbacked(reader, claim, _(rule.label), refuses=refuses)
        elif _breaks(rule.code, claim, today) or _breaks_on_record(reader, rule.code, claim, today):
            yield Finding(rule=rule.code, words=_(rule.label), refuses=refuses)


def _breaks_on_record(reader: Reader, rule: str, claim: Disruption, today: date) -> bool:
    """Tell whether a claim breaks a rule by what it names and what came of it."""
    if rule == "subject":
        return _is_beside(reader, claim)
    return rule == "day" and outcome_rules.is_ahead(reader, claim.id, today)


def _breaks(rule: str, claim: Disruption, today: date) -> bool:
    match rule:
        case "force-ocg-only":
            return claim.against != "ocg" and _is_force(claim.agency)
        case "agency":
            return not (claim.agency and claim.part)
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
    if kind is None:
        return False
    named = by_ids(reader, claim.subjects).values()
    return not any(one.kind is kind for one in named)


def _is_force(agency: str) -> bool:
    known = code_list("agencies").find(agency)
    return known is not None and known.get("kind") == "force"


def _unbacked(reader: Reader, claim: Disruption, words: str, *, refuses: bool) -> Iterator[Finding]:
    """Yield which figures of a claim are not what criminal-justice steps come to."""
    lacking = outcome_rules.unbacked(reader, claim.id)
    if lacking:
        which = ", ".join(amount(label(MEASURES, o.measure), o.value or 0, o.unit) for o in lacking)
        told = _("{rule}; still to be counted: {which}").format(rule=words, which=which)
        yield Finding(rule=outcome_rules.BACKED, words=told, refuses=refuses)


def _twice(reader: Reader, claim: Disruption, *, refuses: bool) -> Iterator[Finding]:
    others = same_event(reader, claim)
    if not others:
        return
    named = ", ".join(
        f"{one.ref} ({label('agencies', one.agency) or _('no agency')})" for one in others[:3]
    )
    told = _("May be the same event as {others}")
    yield Finding(
        rule="claimed-twice",
        words=told.format(others=named),
        refuses=refuses,
        others=tuple(one.id for one in others),
    )


def same_event(reader: Reader, claim: Disruption) -> list[Disruption]:
    """Return other claims, of whatever agency, that may be of the same event."""
    return claims.like(reader, claim, days=claiming.days_apart())


# ---- What is refused, whichever way it comes in -------------------------------------------------


def check(reader: Reader, before: Thing | None, after: Thing) -> None:
    """Raise Refused where a claim or an outcome would get round moderation or count twice.

    Called wherever such a record is made or changed, whichever way it comes in.
    """
    if isinstance(after, Disruption):
        if isinstance(before, Disruption):
            _check_claim(before, after)
        _check_apmis(reader, before, after)
    if isinstance(after, Outcome):
        outcome_rules.check(reader, before, after)


def check_removal(reader: Reader, gone: Thing) -> None:
    """Raise Refused where a claim that was submitted would go, or lose an outcome."""
    claim = outcome_rules.claim_of(reader, gone) if isinstance(gone, Outcome) else gone
    if isinstance(claim, Disruption) and claim.status in SUBMITTED:
        raise _stays(claim)


def _check_claim(before: Disruption, after: Disruption) -> None:
    if before.apmis != after.apmis and before.status != "accepted":
        raise Refused(_("Only an accepted disruption is entered on APMIS"))
    changed = replace(after, version=before.version, apmis=before.apmis, apmis_on=before.apmis_on)
    if before.status not in OPEN and changed != before:
        raise _stays(before)


def _stays(claim: Disruption) -> Refused:
    told = _("A disruption that is {status} stays as it was claimed; have it returned first")
    return Refused(told.format(status=label(STATUSES, claim.status).lower()))


def _check_apmis(reader: Reader, before: Thing | None, after: Disruption) -> None:
    """Raise Refused, naming the other, where a reference of APMIS stands on another claim."""
    if (other := claims.shares_apmis(reader, before, after)) is not None:
        told = _("{ref} has the APMIS reference {apmis} already: put that right first")
        raise Refused(told.format(ref=other.ref, apmis=after.apmis.strip()))
