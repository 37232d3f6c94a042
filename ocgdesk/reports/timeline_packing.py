"""The lines of a timeline in their places: each event in the first row that is free for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from ocgdesk.domain.timelines import Event, Lane, Timeline, Topic
from ocgdesk.reports.plate import Sheet
from ocgdesk.reports.timeline_axis import Window

AXIS: Final = 34.0
ROW: Final = 22.0
LANE: Final = 12.0
"""Above and below the rows of a lane, together."""
END: Final = 14.0
LABEL: Final = 190.0
"""A label beside an event is cut at this width."""
MOST_ROWS: Final = 5
"""Rows of one lane; what finds no room is marked without words."""
MOST_WHOLE: Final = 2
"""Rows of a lane for what held all the time; the rest of it is counted."""
DOT: Final = 8.0
INSIDE: Final = 22.0
"""From the beginning of a bar to words inside it."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An event in its row."""

    event: Event
    row: int
    left: float
    right: float
    words: float | None
    """Where its words begin; None where they have no room."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A lane in its place, with its events in rows."""

    lane: Lane
    top: float
    height: float
    placed: tuple[Placed, ...]
    rest: tuple[Event, ...] = ()
    """What lasted and is counted only."""


class Scale:
    """Days to pixels."""

    def __init__(self, window: Window, left: float, right: float) -> None:
        self.window, self.left, self.right = window, left, right
        self._begin = window.first.toordinal()
        self._day = (right - left) / window.days

    def x(self, day: date) -> float:
        """Return where a day begins, never outside the plot."""
        at = self.left + (day.toordinal() - self._begin) * self._day
        return min(max(at, self.left), self.right)

    def after(self, day: date) -> float:
        """Return where a day ends."""
        return self.x(day if day == date.max else date.fromordinal(day.toordinal() + 1))


def strips(timeline: Timeline, scale: Scale, sheet: Sheet) -> list[Strip]:
    """Return the lines of a timeline in their places, with the events of the scale's window."""
    by_lane: dict[UUID, list[Event]] = {lane.id: [] for lane in timeline.lanes}
    seen = scale.window
    for event in timeline.events:
        if event.lanes and event.stretch.meets(seen.first, seen.last):
            by_lane.setdefault(event.lanes[0], []).append(event)
    made, top = list[Strip](), AXIS * sheet.unit
    for lane in timeline.lanes:
        made.append(_strip(lane, top, by_lane[lane.id], scale, sheet))
        top += made[-1].height
    return made


def _strip(lane: Lane, top: float, events: Sequence[Event], scale: Scale, sheet: Sheet) -> Strip:
    """Put what happened in the window above, what held all the time below it."""
    whole = [event for event in events if _covers(event, scale.window)]
    begun = [e for e in events if not (e.once or _covers(e, scale.window))]
    marks = _packed([event for event in events if event.once], 0, scale, sheet)
    bars = _packed(begun, _rows(marks), scale, sheet)
    whole.sort(key=lambda event: (_ORDER[event.topic], event.label))
    last = _rows((*marks, *bars))
    lasting = tuple(
        Placed(event, row, scale.left, scale.right, scale.left + INSIDE * sheet.unit)
        for row, event in enumerate(whole[:MOST_WHOLE], start=last)
    )
    placed = (*marks, *bars, *lasting)
    rest = (*_unplaced(begun, bars), *whole[MOST_WHOLE:])
    rows = max(_rows(placed) + bool(rest), 1)
    return Strip(lane, top, (rows * ROW + LANE) * sheet.unit, placed, rest)


def _rows(placed: Sequence[Placed]) -> int:
    return max((one.row for one in placed), default=-1) + 1


def _unplaced(events: Sequence[Event], placed: Sequence[Placed]) -> list[Event]:
    there = {one.event.id for one in placed}
    return [event for event in events if event.id not in there]


def _covers(event: Event, window: Window) -> bool:
    """Tell whether an event lasted through a window, neither begun nor ended in it."""
    return (
        not event.once and event.stretch.first < window.first and event.stretch.last > window.last
    )


_ORDER: Final = {topic: at for at, topic in enumerate((
    Topic.JUSTICE, Topic.PLAN, Topic.DISRUPTION, Topic.MEMBERSHIP, Topic.RECORD,
    Topic.LINK, Topic.SIGHTING, Topic.INTELLIGENCE,
))}  # fmt: skip


def _packed(events: Sequence[Event], top: int, scale: Scale, sheet: Sheet) -> tuple[Placed, ...]:
    """Give each event the first row in which it and its words are in nobody's way.

    What happened once and finds none is marked without words; what lasted is left to be counted.
    """
    rows: list[list[Placed]] = []
    ends: list[float] = []
    for event in sorted(events, key=lambda one: (scale.x(one.stretch.first), str(one.id))):
        left, right = _extent(event, scale, sheet)
        begin, end, words = _with_words(event, left, right, scale, sheet)
        row = _free(ends, begin, MOST_ROWS)
        if row is None and not event.once:
            continue
        if row is None:
            row, end, words = _squeezed(rows, left), right, None
            sheet.yielded += bool(event.label) + _silenced(rows[row])
        if row == len(rows):
            rows.append([])
            ends.append(0.0)
        rows[row].append(Placed(event, top + row, left, right, words))
        ends[row] = max(end, ends[row] if words is not None else 0.0)
    return tuple(one for row_ in rows for one in row_)


def _squeezed(rows: Sequence[Sequence[Placed]], left: float) -> int:
    """Return the row where a mark is least in the way of the last one, whatever words it has."""
    return min(range(len(rows)), key=lambda row: (max(rows[row][-1].right - left, 0.0), row))


def _silenced(row: list[Placed]) -> int:
    """Take the words of the last event of a row away where a mark is to stand on them."""
    last = row[-1]
    if last.words is None or last.words < last.left:
        return 0
    row[-1] = replace(last, words=None)
    return 1


def _free(ends: Sequence[float], left: float, most: int) -> int | None:
    for row, end in enumerate(ends):
        if end <= left:
            return row
    return len(ends) if len(ends) < most else None


def _extent(event: Event, scale: Scale, sheet: Sheet) -> tuple[float, float]:
    """Return where the mark or bar of an event begins and ends."""
    time, dot = event.stretch, DOT * sheet.unit
    left, right = scale.x(time.first), scale.after(time.last)
    if event.once and time.is_exact:
        left, right = left - dot, left + dot
    right = max(right, left + 2 * dot)
    if right <= scale.right:
        return left, right
    return min(left, scale.right - 2 * dot), scale.right


def _with_words(
    event: Event, left: float, right: float, scale: Scale, sheet: Sheet
) -> tuple[float, float, float | None]:
    """Return where an event begins and ends with its words, and where these begin.

    Inside a long bar, else behind it, else before it.
    """
    unit = sheet.unit
    wide = sheet.run(event.label, (0.0, 0.0), room=LABEL * unit).box.width
    if not event.label:
        return left, right + 2 * unit, None
    if not event.once and right - left > wide + (INSIDE + 6) * unit:
        return left, right, left + INSIDE * unit
    behind_dot = (left + right) / 2 + (DOT + 4) * unit
    if event.once and right - behind_dot > wide + 6 * unit:
        return left, right + 2 * unit, behind_dot
    if right + wide + 4 * unit <= scale.right + END * unit:
        return left, right + wide + 12 * unit, right + 4 * unit
    if left - wide - 10 * unit < scale.left:
        return left, right + 2 * unit, None
    return left - wide - 10 * unit, right, left - wide - 5 * unit
