"""What stands beside the fields of a nominal: care, what is in force, and handles, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ocgdesk.casework import in_step
from ocgdesk.casework.subrecords import Hanging
from ocgdesk.domain.clocks import Urgency, action_clock
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Attribution
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.domain.subrecords import Custody, Marker, Order, Safeguarding, ThreatWarning
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import N_, _
from ocgdesk.store.records import Linked
from ocgdesk.ui.widgets.values import NONE, Chip

ENTITLEMENTS: Final = "victim-entitlements"
DEFENCE: Final = N_(
    "Where an offence was committed under compulsion, section 45 of the Modern Slavery Act 2015"
    " may be a defence."
)
_SOON: Final = timedelta(days=28)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing in force, or one handle: what, what of it, and whether something is due."""

    kind: Kind
    words: str
    second: str = ""
    chip: Chip | None = None
    leads_to: Linked | None = None


def care(found: Safeguarding) -> Iterator[tuple[str, str]]:
    """Yield what is recorded of somebody's safeguarding: title and words."""
    yield _("Stage"), label("safeguarding-stages", found.stage) or NONE
    yield _("Safeguarding lead"), found.lead or _("Nobody is named")
    yield _("NRM referral"), _referral(found)
    if found.referred or found.reasonable:
        yield _("Reasonable grounds"), _decided(found.reasonable, found.reasonable_on)
        yield _("Conclusive grounds"), _decided(found.conclusive, found.conclusive_on)
    yield _("Victims’ Code offered"), _entitled(found.entitlements) or _("Nothing yet")
    if missing := [code for code in _codes() if code not in found.entitlements]:
        yield _("Not yet offered"), _entitled(missing)


def _referral(found: Safeguarding) -> str:
    if not (found.referred or found.referral_basis or found.referral):
        return _("Not referred")
    day = _("referred {day}").format(day=found.referred.worded()) if found.referred else ""
    parts = (label("referral-bases", found.referral_basis), day, found.referral)
    said = ", ".join(part for part in parts if part)
    return said[:1].upper() + said[1:]


def _decided(decision: str, day: PartialDate | None) -> str:
    said = label("nrm-decisions", decision) if decision else _("No decision yet")
    return f"{said}, {day.worded()}" if day else said


def _codes() -> list[str]:
    return [item.code for item in code_list(ENTITLEMENTS)]


def _entitled(codes: Sequence[str]) -> str:
    return "; ".join(label(ENTITLEMENTS, code) for code in codes)


def newest_care(found: Hanging) -> Safeguarding | None:
    """Return the safeguarding record that stands now: the one entered last."""
    held = [t for t in found.of(Kind.SAFEGUARDING) if isinstance(t, Safeguarding)]
    return held[-1] if held else None


def in_force(found: Hanging, today: date) -> list[Line]:
    """Return warnings, markers, orders and custody that are in force, with what falls due."""
    things = [
        thing
        for kind in (Kind.THREAT_WARNING, Kind.MARKER, Kind.ORDER, Kind.CUSTODY)
        for thing in found.of(kind)
        if in_step.is_in_force(thing, today)
    ]
    return [_line(thing, today) for thing in things]


def _line(thing: Entity, today: date) -> Line:
    second, due, words = "", None, _("Review")
    match thing:
        case ThreatWarning():
            second = _("given by {who}").format(who=thing.given_by) if thing.given_by else ""
            due = thing.review_due
        case Marker():
            second, due = thing.source, thing.review_due
        case Order():
            second, words = thing.level, _("Expires")
            due = _day(thing.end)
        case Custody():
            second, words = thing.establishment, _("Release")
            due = _day(thing.release_due)
    chip = _chip(words, due, today)
    return Line(kind=thing.kind, words=thing.label, second=second, chip=chip)


def _day(value: PartialDate | None) -> date | None:
    return value.latest() if value is not None and value.latest() != date.max else None


def _chip(words: str, due: date | None, today: date) -> Chip | None:
    """Return when something falls due; loud only where it is near or past."""
    if due is None:
        return None
    said = f"{words} {PartialDate.of(due).worded()}"
    urgency = action_clock(due, today).urgency
    if urgency is Urgency.OVERDUE:
        return Chip(said, "overdue", "status.overdue")
    near = due - today <= _SOON
    return Chip(said, "due" if near else "neutral", "status.due" if near else "")


def handles(links: Sequence[Linked]) -> list[Line]:
    """Return the handles somebody was put forward for, what is confirmed first."""
    found = [item for item in links if isinstance(item.link, Attribution)]
    found.sort(key=lambda item: (_status(item) != "confirmed", item.other.label.casefold()))
    return [
        Line(
            kind=Kind.HANDLE,
            words=item.other.label,
            second=label("attribution-statuses", _status(item)),
            leads_to=item,
        )
        for item in found
        if _status(item) not in {"rejected", "superseded"}
    ]


def _status(item: Linked) -> str:
    return item.link.status if isinstance(item.link, Attribution) else ""
