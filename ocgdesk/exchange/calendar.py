"""Days as a calendar file (RFC 5545), for whatever calendar a force uses."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

_MOST_OCTETS: Final = 75
"""A longer line is folded (RFC 5545, 3.1)."""
_ESCAPES: Final = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True, slots=True, kw_only=True)
class DayEvent:
    """Something that is due on a day: whole days, which mark nobody as busy."""

    id: UUID
    day: date
    title: str
    note: str = ""


def write_calendar(events: Iterable[DayEvent], *, title: str, stamp: datetime) -> bytes:
    """Return the events as a calendar. The same id is the same event when taken in again."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//OCG Desk//Reminders//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(title)}",
    ]
    at = f"{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    for event in events:
        lines += _event(event, at)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _event(event: DayEvent, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.id}@ocgdesk"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(event.title)}"
    if event.note:
        yield f"DESCRIPTION:{_text(event.note)}"
    yield "CLASS:CONFIDENTIAL"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(words: str) -> str:
    kept = "".join(sign for sign in words if sign == "\n" or sign.isprintable())
    return kept.translate(_ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 75 octets, never breaking a letter in two."""
    part, used = "", 0
    for sign in line:
        octets = len(sign.encode())
        if used + octets > _MOST_OCTETS:
            yield part
            part, used = " ", 1
        part += sign
        used += octets
    yield part
