"""How what belongs to a plan is shown: clocks, statuses, strands, owners."""

from datetime import date

from ocgdesk.domain import clocks, plans
from ocgdesk.domain.clocks import Clock, Urgency
from ocgdesk.domain.people import Right
from ocgdesk.domain.plans import Action, Plan
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import N_, _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.widgets.values import (
    Cell,
    Chip,
    Status,
    Strand,
    StrandCount,
    Text,
    Tone,
)

STRANDS: tuple[Strand, ...] = ("pursue", "prevent", "protect", "prepare")
_PLAIN_YEAR = 270
"""Days within which a day and a month say which year is meant."""
_TONES: dict[Urgency, Tone] = {Urgency.OVERDUE: "overdue", Urgency.DUE: "due"}
_STATUS_TONES: dict[str, Tone] = {
    "in-progress": "info",
    "blocked": "overdue",
    "complete": "ok",
}
_PLAN_WORDS = {
    "draft": N_("Draft of version {n}"),
    "in-review": N_("Version {n} in review"),
    "signed": N_("Version {n} signed"),
    "superseded": N_("Version {n} superseded"),
    "closed": N_("Version {n} closed"),
}


def strand(code: str) -> Strand:
    """Return a strand as widgets name it; raises ValueError for none of the four."""
    return STRANDS[STRANDS.index(code)]


def count_cell(count: plans.StrandCount) -> StrandCount:
    """Return the live actions of a strand and the share done, for a table cell."""
    whole = count.live + count.done
    return StrandCount(
        strand=strand(count.strand.value),
        live=count.live,
        done=count.done / whole if whole else 0.0,
    )


def _icon(clock: Clock) -> str:
    if clock.days < 0:
        return "status.overdue"
    return "status.due" if clock.urgency is not Urgency.QUIET else "page.calendar"


def days_chip(clock: Clock) -> Chip:
    """Return how far off a date is, in days: for lists ordered by urgency."""
    tone = _TONES.get(clock.urgency, "neutral")
    return Chip(clock.words, tone, _icon(clock), clock.date_words)


def _short(clock: Clock) -> str:
    """Return a date without its year where that is plain."""
    if clock.due is None or abs(clock.days) > _PLAIN_YEAR:
        return clock.date_words
    return clock.date_words.removesuffix(f" {clock.due.year}")


def due_chip(action: Action, today: date) -> Chip | None:
    """Return an action's due date: the days when over, else the date; none without one."""
    if action.due is None:
        return None
    clock = clocks.action_clock(action.due, today)
    if not action.is_live:
        return Chip(_short(clock), "neutral", "page.calendar")
    said = clock.words if clock.days <= 0 else _short(clock)
    tone = _TONES.get(clock.urgency, "neutral")
    return Chip(said, tone, _icon(clock), f"{clock.date_words} · {clock.words}")


def review_cell(due: date | None, today: date) -> Cell:
    """Return a review date for a table: plain while far off, a chip with the days when near."""
    clock = clocks.review_clock(due, today)
    if clock.urgency in {Urgency.NONE, Urgency.QUIET}:
        return Text(clock.date_words, "text.2")
    said = f"{clock.date_words} · {clock.words}"
    return Chip(said, _TONES.get(clock.urgency, "neutral"), _icon(clock))


def review_chip(due: date | None, today: date) -> Chip:
    """Return a plan's review clock for its header."""
    if due is None:
        return Chip(_("No review date"), "neutral", "status.due")
    clock = clocks.review_clock(due, today)
    said = clock.date_words if clock.urgency is Urgency.QUIET else clock.words.lower()
    tone = _TONES.get(clock.urgency, "neutral")
    return Chip(_("Review {when}").format(when=said), tone, _icon(clock), clock.date_words)


def plan_chip(plan: Plan) -> Chip:
    """Return which version of a plan this is, and how far it is."""
    said = _PLAN_WORDS.get(plan.status)
    if said is None:
        return Chip(label("plan-statuses", plan.status), "outline")
    return Chip(_(said).format(n=plan.number), "outline")


def status(action: Action) -> Status:
    """Return an action's status as icon and word."""
    icon = {
        "in-progress": "status.in-progress",
        "blocked": "status.blocked",
        "complete": "status.ok",
        "cancelled": "status.rejected",
    }.get(action.status, "status.not-started")
    tone = _STATUS_TONES.get(action.status, "neutral")
    return Status(label("action-statuses", action.status), icon, tone)


def initials(officer: str) -> str:
    """Return the initials of an officer, without the rank: ``KB`` of ``DC K. Bhatt``."""
    parts = [part for part in officer.replace(".", " ").split() if part[0].isalpha()]
    wanted = parts[-2:] if len(parts) > 1 else parts
    return "".join(part[0].upper() for part in wanted)


def refusal(desk: Desk) -> str:
    """Return why this user cannot change plans here; empty where they can."""
    if desk.may(Right.PLAN):
        return ""
    if desk.user.may(Right.PLAN):
        return _("This workspace is open read only.")
    return _("Your roles do not allow you to edit 4P plans.")
