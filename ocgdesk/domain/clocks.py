"""When something is due, and how that is shown: review clocks and action clocks."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ocgdesk.domain.dates import MONTHS, shown
from ocgdesk.i18n import _, ngettext


class Urgency(StrEnum):
    """What colour and icon a date carries; each travels with a word."""

    NONE = "none"
    QUIET = "quiet"
    SOON = "soon"
    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Clock:
    """A due date as read today: ``words`` say the days, ``date_words`` the date."""

    due: date | None
    urgency: Urgency
    words: str
    date_words: str
    days: int
    """Days left; negative when over."""


NOTHING_DUE = Clock(None, Urgency.NONE, "–", "–", 0)


def review_clock(due: date | None, today: date) -> Clock:
    """Read a review date: grey in the 14 days before, amber when due, red from 14 days over.

    Local default: no national review interval is public (see the lists of clocks).
    """
    if due is None:
        return NOTHING_DUE
    days = (due - today).days
    if days <= -14:
        urgency = Urgency.OVERDUE
    elif days <= 0:
        urgency = Urgency.DUE
    else:
        urgency = Urgency.SOON if days <= 14 else Urgency.QUIET
    return _clock(due, urgency, days, today)


def action_clock(due: date | None, today: date) -> Clock:
    """Read an action's due date: amber in the week before, red from the day after."""
    if due is None:
        return NOTHING_DUE
    days = (due - today).days
    urgency = Urgency.OVERDUE if days < 0 else Urgency.DUE if days <= 7 else Urgency.QUIET
    return _clock(due, urgency, days, today)


def _clock(due: date, urgency: Urgency, days: int, today: date) -> Clock:
    return Clock(due, urgency, _words(days), _near(due, today), days)


def _words(days: int) -> str:
    if days == 0:
        return _("Today")
    if days < 0:
        return ngettext("{n} day over", "{n} days over", -days).format(n=-days)
    return ngettext("{n} day", "{n} days", days).format(n=days)


def _near(due: date, today: date) -> str:
    if today < due <= today + timedelta(days=7):
        return f"{due:%a} {due.day} {MONTHS[due.month - 1].title()}"
    return shown(due)
