"""Calendar files: read back by the rules of RFC 5545, whatever the words hold."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from ocgdesk.exchange.calendar import DayEvent, write_calendar

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
PLAIN = {"\\\\": "\\", "\\;": ";", "\\,": ",", "\\n": "\n"}


def parsed(data: bytes) -> list[dict[str, str]]:
    """Read a calendar as RFC 5545 has it: lines unfolded, names before the first colon."""
    text = data.decode()
    assert text.endswith("\r\n")
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    assert (lines[0], lines[1], lines[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    events: list[dict[str, str]] = []
    for line in lines:
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and line != "END:VEVENT":
            events[-1][name] = unescaped(value)
    return events


def unescaped(value: str) -> str:
    found, at = "", 0
    while at < len(value):
        pair = value[at : at + 2]
        found += PLAIN.get(pair, value[at])
        at += 2 if pair in PLAIN else 1
    return found


def an_event(title: str, id_: UUID | None = None) -> DayEvent:
    return DayEvent(id=id_ or uuid4(), day=date(2026, 12, 31), title=title)


def test_a_day_is_a_whole_day_that_marks_nobody_as_busy():
    event = an_event("Review")
    found = parsed(write_calendar([event], title="Due", stamp=NOW))[0]
    assert found["DTSTART;VALUE=DATE"] == "20261231"
    assert found["DTEND;VALUE=DATE"] == "20270101"
    assert found["TRANSP"] == "TRANSPARENT"
    assert found["DTSTAMP"] == "20261121T093000Z"
    assert found["UID"] == f"{event.id}@ocgdesk"


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_what_is_written_reads_back_and_no_line_is_too_long(title: str):
    data = write_calendar([an_event(title)], title="Due", stamp=NOW)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    wanted = "".join(sign for sign in title if sign == "\n" or sign.isprintable())
    assert parsed(data)[0]["SUMMARY"] == wanted.replace("\r", "")


def test_no_words_can_begin_an_event_of_their_own():
    data = write_calendar([an_event("x\r\nEND:VEVENT\r\nBEGIN:VEVENT")], title="Due", stamp=NOW)
    assert len(parsed(data)) == 1
