"""Whether the rows of a table are events: call data, messages, sightings of vehicles."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from ocgdesk import resources
from ocgdesk.domain.kinds import Kind
from ocgdesk.exchange.guessing import chief_words
from ocgdesk.exchange.mapping import label_field, squashed
from ocgdesk.exchange.raw import RawTable
from ocgdesk.exchange.specifications import (
    EntityPart,
    EventsFrom,
    FieldFrom,
    LinkPart,
    Specification,
)

_SAMPLE: Final = 200
_CLOCK: Final = re.compile(r"\d{1,2}[:.]\d\d|\d{12,14}|\d{10}")
_PHONE: Final = re.compile(r"\+?[\d() -]{5,20}")
_SCHEMES: Final = {Kind.PHONE: "number", Kind.VEHICLE: "vrm", Kind.HANDLE: "handle"}
"""What keys are kept under, so that files of one provider and another mean the same records."""
_WAYS: Final = {Kind.PHONE: "full-number", Kind.VEHICLE: "plate"}


@cache
def _words() -> dict[str, Any]:
    return resources.toml("import", "events.toml")


def guessed(table: RawTable, name: str) -> Specification | None:
    """Return how the rows are read as events; None where they do not look like any."""
    columns = dict(_columns(table))
    if not _tells_time(table, columns):
        return None
    ends = _both_ends(table) or _sighting(table)
    if ends is None:
        return None
    (source, kind), (target, other) = ends
    parts = (_part("from", source, kind), _part("to", target, other))
    taken = {source, target}
    link = LinkPart(
        source="from",
        target="to",
        type="seen-at" if other is Kind.LOCATION else "communicates",
        directed=True,
        fields=(
            FieldFrom(field="unit", constant=_unit(other)),
            FieldFrom(field="strength", constant="confirmed"),
        ),
        events=_events(columns, taken),
    )
    return Specification(name=name, parts=parts, links=(link,))


def events_of(table: RawTable, taken: set[str]) -> EventsFrom | None:
    """Return which columns tell of events besides those taken; None where none tells the time."""
    columns = {
        name: kept
        for name, kept in _columns(table)
        if (kept if isinstance(kept, str) else "") not in taken
    }
    if "time" not in columns and "day" not in columns:
        clocks = (h for h in table.header if h not in taken and _has_clock(table, h))
        if (header := next(clocks, "")) == "":
            return None
        columns["time"] = header
    return _events(columns, taken)


def _columns(table: RawTable) -> Iterator[tuple[str, Any]]:
    """Yield what the columns say of an event: one header each, of texts all."""
    known = _words()["columns"]
    found = {squashed(header): header for header in reversed(table.header)}
    for name, words in known.items():
        there = [found[word] for word in words if word in found]
        if there and name == "texts":
            yield name, tuple(header for header in table.header if header in there)
        elif there:
            yield name, there[0]


def _tells_time(table: RawTable, columns: Mapping[str, Any]) -> bool:
    """Tell whether rows say at what time of day they were; a list with dates is no call data."""
    header = columns.get("time") or columns.get("day")
    return header is not None and _has_clock(table, header)


def _has_clock(table: RawTable, header: str) -> bool:
    index = table.header.index(header)
    cells = [text for row in table.rows[:_SAMPLE] if (text := row[index].strip())]
    return bool(cells) and sum(bool(_CLOCK.search(text)) for text in cells) * 2 > len(cells)


_Ends = tuple[tuple[str, Kind], tuple[str, Kind]]


def _both_ends(table: RawTable) -> _Ends | None:
    source, target = _named(table, "source"), _named(table, "target")
    if not source or not target:
        return None
    numbers = [_are_numbers(table, header) for header in (source, target)]
    kind = Kind.PHONE if any(numbers) else Kind.HANDLE
    return (source, kind), (target, kind)


def _sighting(table: RawTable) -> _Ends | None:
    place = _named(table, "place")
    words = {squashed(header): header for header in table.header}
    vehicle = next((h for word, h in words.items() if word in chief_words(Kind.VEHICLE)), "")
    if not place or not vehicle:
        return None
    return (vehicle, Kind.VEHICLE), (place, Kind.LOCATION)


def _named(table: RawTable, end: str) -> str:
    found = {squashed(header): header for header in reversed(table.header)}
    return next((found[word] for word in _words()["ends"][end] if word in found), "")


def device_of(table: RawTable, end: str) -> int:
    """Return the column that gives the IMEI of an end, ``source`` or ``target``; -1 for none."""
    found = {squashed(header): n for n, header in reversed(list(enumerate(table.header)))}
    return next((found[word] for word in _words()["devices"][end] if word in found), -1)


def _are_numbers(table: RawTable, header: str) -> bool:
    index = table.header.index(header)
    cells = [text for row in table.rows[:_SAMPLE] if (text := row[index].strip())]
    return sum(bool(_PHONE.fullmatch(text)) for text in cells) * 2 > len(cells)


def _part(name: str, header: str, kind: Kind) -> EntityPart:
    way = _WAYS.get(kind, "")
    label = FieldFrom(field=label_field(kind).name, column=header, ways=(way,) if way else ())
    return EntityPart(name=name, kind=kind, fields=(label,), scheme=_SCHEMES.get(kind, kind.value))


def _unit(other: Kind) -> str:
    units: dict[str, str] = _words()["units"]
    said = {Kind.LOCATION: "sighting", Kind.HANDLE: "message"}.get(other, "call")
    return units[said]


def _events(columns: Mapping[str, Any], taken: set[str]) -> EventsFrom:
    day, time = columns.get("day", ""), columns.get("time", "")
    return EventsFrom(
        time=time or day,
        day=day if time and day != time else "",
        duration=columns.get("duration", ""),
        what=columns.get("what", ""),
        direction=columns.get("direction", ""),
        texts=tuple(h for h in columns.get("texts", ()) if h not in taken),
    )
