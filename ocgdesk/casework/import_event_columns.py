"""Columns of events in a specification: which one tells when, how long, what; changed in place."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from ocgdesk.exchange import event_guess
from ocgdesk.exchange.raw import RawTable
from ocgdesk.exchange.specifications import (
    EventsFrom,
    LinkPart,
    Specification,
    same_header,
)
from ocgdesk.i18n import N_, _

MARK: Final = "@"
"""How the key of a choice goes on that takes a column for something of each event."""
_WORDS: Final = {
    "time": N_("Event: date and time"),
    "day": N_("Event: date, where the time is a column of its own"),
    "duration": N_("Event: how long it took"),
    "what": N_("Event: what sort"),
    "direction": N_("Event: in or out"),
    "texts": N_("Event: further text"),
}


def choices() -> Iterator[tuple[str, str]]:
    """Yield what a column can be of an event, by key and words."""
    yield from ((MARK + name, _(words)) for name, words in _WORDS.items())


def assigned(taken: EventsFrom, header: str) -> str:
    """Return the key of what a column is of an event; empty where it is nothing."""
    for name in _WORDS:
        kept = getattr(taken, name)
        columns = kept if isinstance(kept, tuple) else (kept,)
        if any(column and same_header(header, column) for column in columns):
            return MARK + name
    return ""


def without(link: LinkPart, header: str) -> LinkPart:
    """Return a link whose events do not take this column; without any time they are not kept."""
    taken = link.events
    if taken is None or not (key := assigned(taken, header)):
        return link
    name = key.removeprefix(MARK)
    if name == "texts":
        left = tuple(one for one in taken.texts if not same_header(header, one))
        return replace(link, events=replace(taken, texts=left))
    taken = _with(taken, name, "")
    return replace(link, events=taken if taken.time or taken.day else None)


def with_column(link: LinkPart, key: str, header: str) -> LinkPart:
    """Return a link whose events take a column for this."""
    taken, name = link.events or EventsFrom(), key.removeprefix(MARK)
    if name == "texts":
        return replace(link, events=replace(taken, texts=(*taken.texts, header)))
    return replace(link, events=_with(taken, name, header))


def _with(taken: EventsFrom, name: str, header: str) -> EventsFrom:
    changed: dict[str, Any] = {name: header}
    return replace(taken, **changed)


def guessed(spec: Specification, table: RawTable) -> EventsFrom | None:
    """Return which columns tell of events, where the ends are known; None without a time."""
    taken = {header for part in spec.parts for header in part.key}
    taken |= {one.column for part in spec.parts for one in part.fields}
    return event_guess.events_of(table, taken)
