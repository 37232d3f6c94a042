"""The axis of a timeline: which days are marked at a scale, and what is written there."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ocgdesk.domain.dates import MONTHS

LEAST: Final = timedelta(days=7)
"""Less time than this is not drawn across a whole timeline."""
LONGEST: Final = timedelta(days=366 * 120)


@dataclass(frozen=True, slots=True)
class Window:
    """The days a timeline shows, from its left edge to its right."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it spans."""
        return max(1, (self.last - self.first).days)

    def zoomed(self, factor: float, about: date) -> "Window":
        """Return the window so many times narrower about a day, which stays where it is."""
        days = min(max(self.days / factor, LEAST.days), LONGEST.days)
        share = (about - self.first).days / self.days
        return _from(about.toordinal() - share * days, days)

    def moved(self, days: float) -> "Window":
        """Return the window so many days later."""
        return _from(self.first.toordinal() + days, self.days)

    def holding(self, first: date, last: date) -> "Window":
        """Return the window moved, where it must be, to show these days."""
        if first < self.first:
            return self.moved((first - self.first).days - self.days * 0.1)
        return self.moved((last - self.last).days + self.days * 0.1) if last > self.last else self


def _from(start: float, days: float) -> Window:
    least, most = date.min.toordinal(), date.max.toordinal()
    first = min(max(round(start), least), most - LEAST.days)
    return Window(date.fromordinal(first), date.fromordinal(min(most, first + max(1, round(days)))))


def around(first: date, last: date) -> Window:
    """Return the window that shows these days with a little room on either side."""
    room = max(3.0, (last - first).days * 0.04)
    return _from(first.toordinal() - room, (last - first).days + 2 * room)


@dataclass(frozen=True, slots=True)
class Tick:
    """A day that is marked, and what is written from there on."""

    on: date
    words: str
    major: bool
    """Whether a longer period begins: a year, or a month."""


_DAYS: Final = (1, 7)
_MONTHS: Final = (1, 3, 6, 12, 24, 60, 120)


def ticks(window: Window, room: float, least: float) -> list[Tick]:
    """Return the days to mark across so much room, no nearer than ``least`` to one another."""
    day = room / window.days
    for step in _DAYS:
        if day * step >= least:
            return list(_by_days(window, step))
    for months in _MONTHS:
        if day * 30 * months >= least:
            return list(_by_months(window, months))
    return list(_by_months(window, _MONTHS[-1]))


def _by_days(window: Window, step: int) -> Iterator[Tick]:
    at = window.first.toordinal() + (-window.first.toordinal()) % step
    while at <= window.last.toordinal():
        on = date.fromordinal(at)
        major = on.day <= step
        words = f"{on.day} {MONTHS[on.month - 1].title()}"
        yield Tick(on, f"{words} {on.year}" if major and on.month == 1 else words, major)
        at += step


def _by_months(window: Window, step: int) -> Iterator[Tick]:
    at = window.first.year * 12 + window.first.month - 1
    at += (-at) % step
    while (on := _month(at)) is not None and on <= window.last:
        major = on.month == 1
        words = str(on.year) if major else MONTHS[on.month - 1].title()
        yield Tick(on, words, major and step < 12)
        at += step


def _month(count: int) -> date | None:
    year, month = divmod(count, 12)
    return date(year, month + 1, 1) if 1 <= year <= 9999 else None


def month_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of a day's month."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
