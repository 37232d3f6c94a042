"""Timelines: what happened to whom and when, with dates known only in part as spans."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from ocgdesk.domain.dates import PartialDate, Precision, shown
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.i18n import N_, _

Dated = PartialDate | date | None


class Topic(StrEnum):
    """What an event is about; what a legend lists and a reader switches off."""

    RECORD = "record"
    MEMBERSHIP = "membership"
    LINK = "link"
    SIGHTING = "sighting"
    INTELLIGENCE = "intelligence"
    JUSTICE = "justice"
    PLAN = "plan"
    DISRUPTION = "disruption"


TOPICS: Final = {
    Topic.RECORD: N_("On the record"),
    Topic.MEMBERSHIP: N_("Memberships"),
    Topic.LINK: N_("Links"),
    Topic.SIGHTING: N_("Sightings"),
    Topic.INTELLIGENCE: N_("Intelligence"),
    Topic.JUSTICE: N_("Custody, orders, courts"),
    Topic.PLAN: N_("Plan actions"),
    Topic.DISRUPTION: N_("Disruptions"),
}
"""What each is called."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """From when to when something may have been, and the days on which it surely was.

    ``first`` is ``date.min`` and ``last`` ``date.max`` where nobody knows. Where the sure part
    ends before it begins, no single day of it is sure.
    """

    first: date
    sure_from: date
    sure_to: date
    last: date

    @property
    def is_sure(self) -> bool:
        """Whether there are days on which it surely was."""
        return self.sure_from <= self.sure_to

    @property
    def is_exact(self) -> bool:
        """Whether both its ends are known to the day."""
        return self.first == self.sure_from and self.last == self.sure_to

    def meets(self, first: date, last: date) -> bool:
        """Tell whether it may have been on one of these days."""
        return self.first <= last and self.last >= first


def stretch(start: Dated, end: Dated) -> Stretch | None:
    """Return the time from one date to another, None where neither is known.

    An end nobody recorded is open. "About" is taken as no more exact than it says.
    """
    if start is None and end is None:
        return None
    first, sure_from = (date.min, date.max) if start is None else _ends(start)
    sure_to, last = (date.max, date.max) if end is None else _ends(end)
    if start is None:
        sure_from = sure_to
    return Stretch(first, sure_from, sure_to, max(first, last))


def moment(on: Dated) -> Stretch | None:
    """Return the time of something that happened once: a day, or a span of which it was one."""
    if on is None:
        return None
    first, last = _ends(on)
    if first == last:
        return Stretch(first, first, last, last)
    return Stretch(first, last, first, last)


def _ends(value: PartialDate | date) -> tuple[date, date]:
    """Return the first and the last day a date can mean."""
    if isinstance(value, date):
        return value, value
    first, last = value.earliest(), value.latest()
    if value.precision is Precision.ABOUT and first == last:
        return first - _ABOUT, last + _ABOUT
    return first, last


_ABOUT: Final = timedelta(days=3)
"""On either side of a day that is only about right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something with a date: what it was, on whose lines it stands, and what it opens."""

    id: UUID
    kind: Kind
    topic: Topic
    label: str
    stretch: Stretch
    once: bool = False
    """Whether it happened on one day, rather than lasted."""
    lanes: tuple[UUID, ...] = ()
    opens: UUID
    """The record or link a click leads to."""
    opens_kind: Kind
    strand: str = ""
    marking: Marking = Marking.OFFICIAL

    @property
    def when(self) -> str:
        """Its time in words."""
        return worded(self.stretch, once=self.once)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The line of one entity."""

    id: UUID
    kind: Kind
    label: str
    exploited: bool = False
    marking: Marking = Marking.OFFICIAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Lines of entities and what happened on them; nothing of it is placed yet."""

    lanes: tuple[Lane, ...] = ()
    events: tuple[Event, ...] = ()
    today: date
    cut: str = ""
    """What was left out and by which rule, in words; empty where nothing was."""
    filters: tuple[str, ...] = ()
    """What it was narrowed to, in words."""

    @property
    def extent(self) -> tuple[date, date]:
        """The first and the last day anything is known of, at least a month apart."""
        days = [day for event in self.events for day in known_days(event.stretch)]
        first, last = min(days, default=self.today), max(days, default=self.today)
        if last - first < _LEAST:
            first, last = first - _LEAST / 2, first + _LEAST / 2
        return first, last


_LEAST: Final = timedelta(days=30)


def known_days(time: Stretch) -> tuple[date, ...]:
    """Return the days of a stretch that somebody recorded: open ends are none."""
    days = (time.first, time.sure_from, time.sure_to, time.last)
    return tuple(day for day in days if day not in {date.min, date.max})


def worded(time: Stretch, *, once: bool = False) -> str:
    """Return a time in words: ``14 Feb 2026``, ``between …``, ``from … to …``."""
    if time.first == time.last:
        return shown(time.first)
    if time.first != date.min and (whole := _as_recorded(time.first, time.last)):
        return whole
    if once:
        return _between(time.first, time.last)
    begun = "" if time.first == date.min else _from(time)
    ended = "" if time.last == date.max else _until(time)
    return " ".join(part for part in (begun, ended) if part)


def _as_recorded(first: date, last: date) -> str:
    """Return a month or a year in words where the days are all of its; else nothing."""
    for known in (PartialDate(first.year, first.month), PartialDate(first.year)):
        if (known.earliest(), known.latest()) == (first, last):
            return known.worded()
    return ""


def _between(first: date, last: date) -> str:
    if first == date.min:
        return _("by {day}").format(day=shown(last))
    if last == date.max:
        return _("after {day}").format(day=shown(first))
    return _("between {first} and {last}").format(first=shown(first), last=shown(last))


def _from(time: Stretch) -> str:
    told = _("from {day}") if time.first == time.sure_from else _("from about {day}")
    return told.format(day=shown(time.first))


def _until(time: Stretch) -> str:
    told = _("to {day}") if time.last == time.sure_to else _("to about {day}")
    return told.format(day=shown(time.last))


def narrowed(events: Iterable[Event], first: date | None, last: date | None) -> tuple[Event, ...]:
    """Return the events that may have been between two days; either may be left open."""
    begin, end = first or date.min, last or date.max
    return tuple(event for event in events if event.stretch.meets(begin, end))
