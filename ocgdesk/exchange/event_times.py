"""When events were and how long they took, from the text of cells, a million times over.

Each text is understood once: call data repeat their days, their hours and their lengths.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final

from ocgdesk.domain.dates import LONDON, PartialDate, Precision
from ocgdesk.domain.events import DAY_ONLY
from ocgdesk.errors import Refused
from ocgdesk.exchange.cell_ways import american
from ocgdesk.i18n import _

_CLOCK: Final = re.compile(
    r"(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:[.,]\d+)?)?\s*([ap]\.?m\.?)?"
    r"\s*(Z|UTC|GMT|BST|[+-]\d\d(?::?\d\d)?)?",
    re.IGNORECASE,
)
_BARE: Final = re.compile(r"(\d\d)(\d\d)(\d\d)")
_SECONDS: Final = re.compile(r"(\d{9,10})(\d{3})?(?:\.\d+)?")
_PACKED: Final = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_NAMED: Final = re.compile(r"(\d{1,2})[-/. ]([A-Za-z]{3,9})[-/. ,]+(\d{4}|\d\d)")
"""A day as databases print it: ``05-MAR-26``."""
_WHOLE: Final = re.compile(r"((?:19|20)\d{6})(\d{6})")
_LENGTH: Final = re.compile(r"(?:(\d+):)?(\d+):(\d\d)(?:\.\d+)?")
_UNITS: Final = re.compile(
    r"(?:(\d+)\s*h\w*)?\s*(?:(\d+)\s*m\w*)?\s*(?:(\d+)\s*s\w*)?", re.IGNORECASE
)
_PLAIN: Final = re.compile(r"(\d{1,7})(?:\.\d+)?")
_PM: Final = 12


class Clock:
    """Reads dates with times of one table; what it cannot read it refuses with the reason."""

    def __init__(self, today: date | None, *, month_first: bool) -> None:
        self._today = today
        self._month_first = month_first
        self._days: dict[str, date] = {}
        self._clocks: dict[str, tuple[int, int | None]] = {}
        self._hours: dict[tuple[date, int], int] = {}

    def read(self, day: str, time: str) -> tuple[int, int]:
        """Return seconds since 1970, and ``DAY_ONLY`` where there is no time of day.

        ``day`` may be empty where ``time`` has both. Times without a zone are the UK's.
        """
        day, time = (day, time) if day else self._parted(time)
        if not day:
            raise Refused(_("There is no date"))
        if not time:
            if match := _SECONDS.fullmatch(day):
                return int(match[1]), 0
            return self._instant(self._day(day), 0), DAY_ONLY
        seconds, zone = self._clock(time)
        on = self._day(day)
        if zone is not None:
            midnight = datetime(on.year, on.month, on.day, tzinfo=UTC)
            return int(midnight.timestamp()) + seconds - zone, 0
        return self._instant(on, seconds // 3600) + seconds % 3600, 0

    def is_day(self, text: str) -> bool:
        """Tell whether a text names a single day."""
        try:
            return bool(self._day(text.strip()))
        except Refused:
            return False

    @staticmethod
    def _parted(text: str) -> tuple[str, str]:
        """Return the day and the time of day of one text."""
        if match := _WHOLE.fullmatch(text):
            return match[1], match[2]
        if len(text) > 10 and text[10] in "T " and text[4] == "-":
            return text[:10], text[11:].lstrip()
        place = text.find(":")
        if place < 0:
            return text, ""
        gap = max(text.rfind(" ", 0, place), text.rfind("T", 0, place))
        if gap < 0:
            return "", text
        return text[:gap].rstrip(" ,"), text[gap + 1 :]

    def _day(self, text: str) -> date:
        if (known := self._days.get(text)) is None:
            known = self._days[text] = self._fresh_day(text)
        return known

    def _fresh_day(self, text: str) -> date:
        if self._month_first:
            text = american(text)
        if match := _PACKED.fullmatch(text):
            text = "-".join(match.groups())
        if match := _NAMED.fullmatch(text):
            text = f"{match[1]} {match[2]} {_full(match[3])}"
        partial = PartialDate.parse(text.partition(" 00:00")[0], today=self._today)
        if not partial.day or partial.precision is not Precision.EXACT:
            raise Refused(_("{text!r} names no single day").format(text=text[:40]))
        return date(partial.year, partial.month, partial.day)

    def _clock(self, text: str) -> tuple[int, int | None]:
        """Return the seconds of a day, and by how many its zone is ahead where it says one."""
        if (known := self._clocks.get(text)) is None:
            known = _clock(text)
            if len(self._clocks) < 200_000:
                self._clocks[text] = known
        return known

    def _instant(self, on: date, hour: int) -> int:
        """Return the instant at which an hour of a UK day begins."""
        if (known := self._hours.get((on, hour))) is None:
            begins = datetime(on.year, on.month, on.day, hour, tzinfo=LONDON)
            known = self._hours[on, hour] = int(begins.timestamp())
        return known


def _full(year: str) -> str:
    """Return a year in full; events of two digits are of this century."""
    return year if len(year) == len("2026") else f"20{year}"


def _clock(text: str) -> tuple[int, int | None]:
    text = text.strip()
    if match := _BARE.fullmatch(text):
        hour, minute, second, half, zone = int(match[1]), int(match[2]), int(match[3]), "", ""
    elif match := _CLOCK.fullmatch(text):
        hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
        half, zone = match[4] or "", match[5] or ""
    else:
        raise Refused(_("{text!r} is no time of day").format(text=text[:40]))
    if half:
        hour = hour % _PM + (_PM if half[0] in "pP" else 0)
    if hour > 23 or minute > 59 or second > 60:
        raise Refused(_("{text!r} is no time of day").format(text=text[:40]))
    return hour * 3600 + minute * 60 + min(second, 59), _ahead(zone)


def _ahead(zone: str) -> int | None:
    if not zone:
        return None
    if zone[0] in "+-":
        digits = zone[1:].replace(":", "").ljust(4, "0")
        ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return int(ahead.total_seconds()) * (-1 if zone[0] == "-" else 1)
    return 3600 if zone.upper() == "BST" else 0


def length(text: str) -> int:
    """Return how many seconds a text such as ``83``, ``1:23``, ``00:01:23`` or ``1m 23s`` says."""
    text = text.strip()
    if match := _PLAIN.fullmatch(text):
        return int(match[1])
    if match := _LENGTH.fullmatch(text):
        return int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])
    match = _UNITS.fullmatch(text)
    if match is None or not any(match.groups()):
        raise Refused(_("{text!r} is no length of time").format(text=text[:40]))
    return int(match[1] or 0) * 3600 + int(match[2] or 0) * 60 + int(match[3] or 0)
