"""How the ledger says things: who a candidate is, when, how sure, and who may do what next."""

from typing import Final
from uuid import UUID

from ocgdesk.casework import attributions
from ocgdesk.casework.ledgers import Ledger, Put
from ocgdesk.domain import dates
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.errors import Refused
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui.models import looks
from ocgdesk.ui.widgets.values import Grade, Strength

_STRENGTHS: Final[dict[str, Strength]] = {"confirmed": "confirmed", "unconfirmed": "unconfirmed"}


def standing_words(put: Put) -> str:
    """Return what a candidate is in which OCG; of an exploited person no role is said."""
    if put.nominal.exploited:
        return _("Recorded as exploited")
    found = [
        _("{importance}, {ocg}").format(
            importance=label("importances", item.importance), ocg=item.ocg
        )
        for item in put.standings[:2]
    ]
    more = len(put.standings) - len(found)
    return "; ".join([*found, *([f"+{more}"] if more else [])])


def period_words(put: Put) -> str:
    """Return the period somebody is thought to have used the handle."""
    return span_words(put.link.start, put.link.end)


def span_words(start: PartialDate | None, end: PartialDate | None) -> str:
    """Return a period in words: ``27 Mar 2020 to 8 Jun 2020``, ``since …``, ``until …``."""
    if start and end:
        begins = start.worded()
        if start.year == end.year and start.day and end.day:
            begins = begins.removesuffix(f" {start.year}")
        return _("{start} to {end}").format(start=begins, end=end.worded())
    if start:
        return _("since {date}").format(date=start.worded())
    return _("until {date}").format(date=end.worded()) if end else ""


def confidence_line(confidence: str) -> Strength:
    """Return how an attribution of this confidence is drawn."""
    found = code_list("confidences").find(confidence)
    return _STRENGTHS.get(str(found.get("strength")) if found else "", "tentative")


def short_grade(grade: str) -> Grade | None:
    """Return the chip of a ground's grade: whole, or source and intelligence alone."""
    if not grade:
        return None
    try:
        return looks.grade(grade)
    except Refused:
        tested = int(grade[0]) if grade[:1].isdigit() else 1
        return Grade(grade, tested)


def about_words(ledger: Ledger) -> str:
    """Return the line below a handle's name: platform, when it was seen, contacts."""
    handle = ledger.handle
    contacts = ngettext("{n} contact", "{n} contacts", len(ledger.contacts))
    parts = (
        label("platforms", handle.platform),
        span_words(handle.first_seen, handle.last_seen),
        contacts.format(n=f"{len(ledger.contacts):,}"),
    )
    return " · ".join(part for part in parts if part)


def clash_words(ledger: Ledger) -> str:
    """Return the warning about two confirmed users at once; empty where there are none."""
    found = ledger.clashes
    if not found:
        return ""
    told = _("Periods overlap: two confirmed users on {day}.")
    return " ".join(told.format(day=dates.shown(clash.day)) for clash in found)


def next_status(status: str) -> str:
    """Return the status that leads on towards a confirmed user; empty at the end."""
    return {
        "unattributed": "proposed",
        "in-development": "proposed",
        "proposed": "reviewed",
        "reviewed": "confirmed",
    }.get(status, "")


def step_words(status: str) -> str:
    """Return the act that leads from a status on: Propose, Review, Confirm."""
    return {
        "proposed": _("Propose"),
        "reviewed": _("Review"),
        "confirmed": _("Confirm"),
    }.get(next_status(status), _("Decide"))


def why_not(put: Put | None, user: UUID) -> str:
    """Return why this user cannot take the next step with a candidate; empty where they can."""
    if put is None:
        return _("Nobody is put forward for this handle.")
    to = next_status(put.link.status)
    if not to:
        return _("This attribution is {status}.").format(
            status=label("attribution-statuses", put.link.status).lower()
        )
    if to == "proposed" and not put.link.grounds:
        return _("A proposal needs at least one ground: add one with G.")
    refused = attributions.refuse_user(put.link, to, user)
    return f"{refused}." if refused else ""


def who_words(put: Put, ledger: Ledger) -> str:
    """Return who proposed a candidate and who reviewed it, and when."""
    link, users = put.link, ledger.users
    said: list[str] = []
    if link.analyst is not None:
        name = users.get(link.analyst, _("a former user"))
        if link.proposed_on:
            told = _("Proposed by {name} on {day}.")
            said.append(told.format(name=name, day=dates.shown(link.proposed_on)))
        else:
            said.append(_("Put forward by {name}.").format(name=name))
    if link.reviewer is not None and link.reviewed_on:
        name = users.get(link.reviewer, _("a former user"))
        told = _("Reviewed by {name} on {day}.")
        said.append(told.format(name=name, day=dates.shown(link.reviewed_on)))
    elif link.status == "proposed":
        said.append(_("A review must be made by somebody else."))
    return " ".join(said)
