"""Dates as police records have them: whole, partial, about, before or after."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final, Self
from zoneinfo import ZoneInfo

from ocgdesk.errors import Refused

LONDON: Final = ZoneInfo("Europe/London")
"""Where the work is done: what its clocks show is what people read and write."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Precision(StrEnum):
    """How a partial date is to be understood; the value closes its stored form."""

    EXACT = ""
    ABOUT = "~"
    BEFORE = "<"
    AFTER = ">"


_STORED = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([~<>]?)")
_NUMERIC = re.compile(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
_WORDED = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([A-Za-z]{3,9})\.?,?\s+(\d{4}|\d{2})")
_YEAR = re.compile(r"\d{4}")
_PREFIX = re.compile(r"(about|circa|c\.|before|after|since)\s+", re.IGNORECASE)


@cache
def _days(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, a month or a day, taken as exact, about, before or after.

    The stored form sorts as text: ``1991-02-14``, ``1979-02``, ``1996~``, ``2024-03<``.
    """

    year: int
    month: int = 0
    day: int = 0
    precision: Precision = Precision.EXACT

    def __post_init__(self) -> None:
        if not 1000 <= self.year <= 9999 or not 0 <= self.month <= 12:
            raise Refused(f"{self.year}-{self.month} is not a month of a year")
        if self.day and not (self.month and 1 <= self.day <= _days(self.year, self.month)):
            raise Refused(f"{self.day}/{self.month}/{self.year} is not a date")

    @classmethod
    def of(cls, day: date) -> Self:
        """Return this exact day."""
        return cls(day.year, day.month, day.day)

    @staticmethod
    def stored(text: str) -> "PartialDate":
        """Read the stored form back. Raises Refused for anything else."""
        return _stored(text)

    @classmethod
    def parse(cls, text: str, *, today: date | None = None) -> Self:
        """Read what a person types: ``14/2/91``, ``Feb 1979``, ``1996``, ``about May 2025``.

        Numbers are day/month/year. A two-digit year is the latest one not after ``today``.
        Raises Refused, in words, where no date can be read.
        """
        text = text.strip()
        precision = Precision.EXACT
        if match := _PREFIX.match(text):
            precision = _PRECISIONS[match.group(1).lower()]
            text = text[match.end() :]
        year, month, day = _parts(text, today)
        return cls(year, month, day, precision)

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month:
            text += f"-{self.month:02d}"
        if self.day:
            text += f"-{self.day:02d}"
        return text + self.precision.value

    def worded(self) -> str:
        """Return the form shown to people: ``14 Feb 1991``, ``Feb 1979``, ``about 1996``."""
        words = str(self.year)
        if self.month:
            words = f"{MONTHS[self.month - 1].title()} {words}"
        if self.day:
            words = f"{self.day} {words}"
        return f"{_WORDS[self.precision]}{words}"

    def earliest(self) -> date:
        """Return the first day this can mean ("before" reaches back without end)."""
        if self.precision is Precision.BEFORE:
            return date.min
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """Return the last day this can mean ("after" reaches on without end)."""
        if self.precision is Precision.AFTER:
            return date.max
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


@lru_cache(maxsize=50_000)  # the same days stand in thousands of records
def _stored(text: str) -> PartialDate:
    if not (match := _STORED.fullmatch(text)):
        raise Refused(f"{text!r} is not a stored date")
    year, month, day, precision = match.groups()
    return PartialDate(int(year), int(month or 0), int(day or 0), Precision(precision))


_PRECISIONS = {
    "about": Precision.ABOUT,
    "circa": Precision.ABOUT,
    "c.": Precision.ABOUT,
    "before": Precision.BEFORE,
    "after": Precision.AFTER,
    "since": Precision.AFTER,
}
_WORDS = {
    Precision.EXACT: "",
    Precision.ABOUT: "about ",
    Precision.BEFORE: "before ",
    Precision.AFTER: "after ",
}


def _parts(text: str, today: date | None) -> tuple[int, int, int]:
    if match := _ISO.fullmatch(text):
        return int(match[1]), _counted(match[2]), _counted(match[3])
    if match := _NUMERIC.fullmatch(text):
        return _full_year(match[3], today), _counted(match[2]), _counted(match[1])
    if match := _WORDED.fullmatch(text):
        month = match[2][:3].lower()
        if month in MONTHS:
            return _full_year(match[3], today), MONTHS.index(month) + 1, _counted(match[1])
    if _YEAR.fullmatch(text):
        return int(text), 0, 0
    raise Refused(f"{text[:40]!r} cannot be read as a date; write it like 14/2/1991 or Feb 1991")


def _counted(digits: str | None) -> int:
    """Return a day or month that was typed; 0 stands for one that was not, and cannot be."""
    if digits is not None and int(digits) == 0:
        raise Refused("There is no day or month 0")
    return int(digits or 0)


def _full_year(digits: str, today: date | None) -> int:
    if len(digits) == 4:
        return int(digits)
    last = (today or date.today()).year  # noqa: DTZ011 - a calendar year, local by meaning
    year = last - last % 100 + int(digits)
    return year if year <= last else year - 100


_AHEAD = timedelta(days=20 * 365)


def day(text: str, *, today: date) -> date:
    """Read an exact day as people type one: as above, and ``today``, ``+14``, ``-3``.

    A two-digit year is the latest one up to twenty years ahead.

    Raises Refused where the day is missing or the text is no date.
    """
    text = text.strip().lower()
    if text == "today":
        return today
    if re.fullmatch(r"[+-]\d{1,4}", text):
        return today + timedelta(days=int(text))
    # Days typed as such are due dates as often as past ones: 14/2/27 is soon, not long ago.
    partial = PartialDate.parse(text, today=today + _AHEAD)
    if not partial.day or partial.precision is not Precision.EXACT:
        raise Refused(f"{text[:40]!r} names no single day; write it like 14/2/2026")
    return date(partial.year, partial.month, partial.day)


def shown(value: date) -> str:
    """Return a day as shown to people: ``14 Feb 1991``."""
    return f"{value.day} {MONTHS[value.month - 1].title()} {value.year}"


def overlaps(start: PartialDate | None, end: PartialDate | None, on: date) -> bool:
    """Tell whether a period may include this day; an open end runs on."""
    return (start is None or start.earliest() <= on) and (end is None or end.latest() >= on)
