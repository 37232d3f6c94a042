"""Timelines on their way out: nobody exploited named, and as plain values."""

from dataclasses import replace
from datetime import date
from typing import Any

from ocgdesk.casework.withholding import Withheld
from ocgdesk.domain.timelines import Event, Timeline, Topic


def leaving(found: Timeline, hidden: Withheld) -> Timeline:
    """Return a timeline as it may leave: nobody exploited is named.

    Of a report only that there is one is said: its title may say more than its grade allows.
    """
    # Of recorded time somebody may bear another name than today's, or be exploited only then.
    then = Withheld(
        {
            one.id: one.label
            for one in found.lanes
            if hidden.anybody and (one.exploited or one.id in hidden.names)
        }
    )
    return replace(
        found,
        lanes=tuple(replace(one, label=then.label(one.id, one.label)) for one in found.lanes),
        events=tuple(replace(one, label=_leaving(one, hidden, then)) for one in found.events),
    )


def _leaving(event: Event, *hidden: Withheld) -> str:
    label = "" if event.topic is Topic.INTELLIGENCE else event.label
    for withheld in hidden:
        label = withheld.text(label)
    return label


def plain(found: Timeline) -> dict[str, Any]:
    """Return a timeline as plain values: lanes, and events oldest first."""
    return {
        "items": [
            {
                "id": event.id,
                "kind": event.kind.value,
                "topic": event.topic.value,
                "label": event.label,
                "lanes": list(event.lanes),
                "first": _bound(event.stretch.first),
                "sure_from": _bound(event.stretch.sure_from),
                "sure_to": _bound(event.stretch.sure_to),
                "last": _bound(event.stretch.last),
                "once": event.once,
                "marking": event.marking.value,
            }
            for event in found.events
        ],
        "lanes": [
            {"id": lane.id, "kind": lane.kind.value, "label": lane.label} for lane in found.lanes
        ],
        "cut": found.cut,
        "filters": list(found.filters),
    }


def _bound(day: date) -> date | None:
    """Return a day; None for one that nobody knows."""
    return None if day in {date.min, date.max} else day
