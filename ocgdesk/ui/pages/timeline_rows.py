"""A timeline as rows: the list mirror of its events."""

from typing import Any

from ocgdesk.domain.timelines import TOPICS, Event, Timeline
from ocgdesk.i18n import _
from ocgdesk.reports import timeline_drawing
from ocgdesk.ui.models.short_table import Column, column
from ocgdesk.ui.widgets.values import Text


def columns() -> tuple[Column, ...]:
    """Return the columns of the list of events; each row is an event with its lanes' names."""
    return (
        column(_("When"), lambda row: Text(row[0].when), _day, 170, stretch=2),
        column(_("What"), lambda row: Text(row[0].label), lambda row: row[0].label, 240, stretch=4),
        column(_("About"), lambda row: Text(_topic(row[0])), _about, 140, stretch=1, yields=2),
        column(_("On the line of"), lambda row: Text(row[1]), lambda row: row[1], 160, stretch=3,
               yields=1),
    )  # fmt: skip


def rows(timeline: Timeline) -> list[tuple[Event, str]]:
    """Return a row for each event, oldest first."""
    lanes = {lane.id: lane for lane in timeline.lanes}
    return [(event, timeline_drawing.event_words(event, lanes)[3]) for event in timeline.events]


def _day(row: Any) -> Any:
    return timeline_drawing.known(row[0])


def _topic(event: Event) -> str:
    return _(TOPICS[event.topic])


def _about(row: Any) -> Any:
    return _topic(row[0])
