"""Reminders without a mail server: what is due, put off, or given to the coordinator."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework import overview, records
from ocgdesk.casework.overview import Scope
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Role
from ocgdesk.domain.planning import Snooze
from ocgdesk.domain.reference_data import label
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import cases, falling_due, plan_parts, planning, put_off
from ocgdesk.store import records as queries
from ocgdesk.store.cases import Prompt
from ocgdesk.store.falling_due import WEEK, Due
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.store.work import Work

AFTER_DAYS: Final = 14
"""So many days over, a thing goes to the coordinator by itself (local default)."""
MOST: Final = 500
LONGEST: Final = timedelta(days=92)
"""A reminder is put off for three months at most: a review falls in between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One thing that is due, for whom, and whether it was put off or given on."""

    what: Brief
    title: str
    of: Brief
    """The OCG, line or person it belongs to."""
    due: date
    officer: str = ""
    put_off: date | None = None
    """Until when this user wants to hear no more of it."""
    escalated: date | None = None
    """Since when it is the coordinator's: given to them, or by itself after some days."""
    reason: str = ""

    def days_over(self, today: date) -> int:
        """Return for how many days it is over; negative where it is still to come."""
        return (today - self.due).days

    @property
    def is_review(self) -> bool:
        """Whether it is the review of a plan, whose clock is slower."""
        return self.what.kind is Kind.PLAN


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders:
    """What a user is reminded of, what they put off, and what came up to a coordinator."""

    now: tuple[Reminder, ...]
    later: tuple[Reminder, ...]
    escalated: tuple[Reminder, ...]

    def overdue(self, today: date) -> int:
        """Return how many of those shown now are past their day."""
        return sum(one.due < today for one in self.now)


def read(reader: Reader, *, agency: str, today: date, after_days: int = AFTER_DAYS) -> Reminders:
    """Return what this user is reminded of, soonest first.

    Actions they own, actions and reviews of the OCGs they are LRO or SIO of, and what is due in
    cases. A coordinator sees also what others gave them, and what is so many days over.
    """
    user = reader.user
    asleep = {one.about: one for one in put_off.of_user(reader, user.id)}
    mine = [_told(one, asleep.get(one.what.id)) for one in _mine(reader, today)]
    up = _escalated(reader, agency, today, after_days) if Role.COORDINATOR in user.roles else []
    return Reminders(
        now=_sorted(one for one in mine if not _sleeps(one, today)),
        later=_sorted(one for one in mine if _sleeps(one, today)),
        escalated=_sorted(up),
    )


def _sleeps(one: Reminder, today: date) -> bool:
    return one.put_off is not None and one.put_off > today


def _sorted(found: Iterable[Reminder]) -> tuple[Reminder, ...]:
    first = {one.what.id: one for one in reversed(list(found))}
    return tuple(sorted(first.values(), key=lambda one: (one.due, one.title)))


def _told(one: Reminder, kept: Snooze | None) -> Reminder:
    if kept is None:
        return one
    return replace(one, put_off=kept.until, escalated=kept.escalated, reason=kept.reason)


def _mine(reader: Reader, today: date) -> Iterator[Reminder]:
    until = today + WEEK
    own = planning.ocgs_of(reader, reader.user.id, today)
    found = falling_due.due(reader, until, ocgs=own, limit=MOST) if own else []
    found += falling_due.due(reader, until, user=reader.user.id, limit=MOST)
    yield from (of_due(one) for one in found)
    for prompt in (
        *cases.check_backs_due(reader, until, limit=MOST),
        *cases.warnings_due(reader, until, limit=MOST),
        *cases.releases_due(reader, today, until, limit=MOST),
    ):
        if prompt.due is not None:
            yield _of_prompt(prompt, prompt.due)
    yield from _handovers(reader, today)


def _handovers(reader: Reader, today: date) -> Iterator[Reminder]:
    """Yield the hand-overs that wait for this user to sign off."""
    waiting = plan_parts.handovers_waiting(reader, reader.user.id)
    known = queries.by_ids(reader, {id_ for one in waiting for id_ in (one.id, one.owner) if id_})
    for one in waiting:
        ocg = known.get(one.owner) if one.owner is not None else None
        if ocg is not None and one.id in known:
            told = _("Take over {ocg}") if one.given else _("Sign off the hand-over of {ocg}")
            title, due = told.format(ocg=ocg.label), one.prepared or today
            yield Reminder(what=known[one.id], title=title, of=ocg, due=due, officer=one.taker)


def of_due(one: Due) -> Reminder:
    """Return an action or a review that is due as a reminder."""
    title = _("Review the {ocg} plan").format(ocg=one.ocg.label) if one.is_review else one.title
    return Reminder(what=one.what, title=title, of=one.ocg, due=one.due, officer=one.officer)


def _of_prompt(prompt: Prompt, due: date) -> Reminder:
    word = label("kinds", prompt.kind.value)
    if prompt.kind is Kind.CUSTODY:
        word = _("Release from custody")
    return Reminder(what=prompt.what, title=word, of=prompt.of, due=due)


def _escalated(reader: Reader, agency: str, today: date, after_days: int) -> Iterator[Reminder]:
    """Yield what was given to the coordinators, and what is over for so many days."""
    given = {one.about: one for one in put_off.escalated(reader)}
    late = today - timedelta(days=after_days)
    for one in falling_due.due(
        reader, today + WEEK, ocgs=_looked_after(reader, agency), limit=MOST
    ):
        kept = given.get(one.what.id)
        if kept is not None:
            yield _told(of_due(one), kept)
        elif one.due <= late:
            yield replace(of_due(one), escalated=one.due + timedelta(days=after_days))


def _looked_after(reader: Reader, agency: str) -> list[int]:
    """Return the active OCGs of the force, or else of the region, or else all there are."""
    for scope in overview.scopes(agency):
        if scope is not Scope.MINE:
            wanted = overview.agencies_of(scope, agency)
            if found := planning.active_ocgs(reader, agencies=wanted, limit=None):
                return found
    return []


# ---- Putting off, giving on ---------------------------------------------------------------------


def snooze(work: Work, about: UUID, until: date, *, reason: str = "", today: date) -> Snooze:
    """Put a reminder off for this user; others are reminded as before.

    Raises Refused for a day that is not ahead or more than three months ahead.
    """
    if until <= today:
        raise Refused(_("Give a day that is ahead"))
    if until > today + LONGEST:
        raise Refused(_("Three months at most: after that it wants another due date"))
    return _keep(work, about, {"until": until, "reason": reason.strip()})


def wake(work: Work, about: UUID) -> Snooze:
    """Be reminded again of what was put off. Raises Refused where it was not."""
    if _of(work, about) is None:
        raise Refused(_("This reminder was not put off"))
    return _keep(work, about, {"until": None})


def escalate(work: Work, about: UUID, *, reason: str, today: date) -> Snooze:
    """Give a reminder to the coordinator. Raises Refused without a reason."""
    if not reason.strip():
        raise Refused(_("Say what the coordinator is to do"))
    return _keep(work, about, {"escalated": today, "reason": reason.strip()})


def settle(work: Work, about: UUID) -> tuple[Snooze, ...]:
    """Take back what was given to the coordinator: it is dealt with."""
    work.reader.find(about)
    held = [one for one in put_off.on(work.reader, [about]) if one.escalated is not None]
    if not held:
        raise Refused(_("Nobody gave this to the coordinator"))
    saved = work.put(*(replace(one, escalated=None) for one in held))
    return tuple(one for one in saved if isinstance(one, Snooze))


def _of(work: Work, about: UUID) -> Snooze | None:
    held = put_off.of_user(work.reader, work.reader.user.id)
    return next((one for one in held if one.about == about), None)


def _keep(work: Work, about: UUID, values: Mapping[str, Any]) -> Snooze:
    work.reader.find(about)
    kept = _of(work, about)
    if kept is None:
        made = Snooze(about=about, user=work.reader.user.id)
        return records.create(work, replace(made, **values))
    saved = work.put(replace(kept, **values))[0]
    assert isinstance(saved, Snooze)  # noqa: S101 - what is put comes back as it went
    return saved
