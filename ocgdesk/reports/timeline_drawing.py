"""A timeline as painted: a line for each entity, events packed in rows, one axis above all.

What is known to the day is solid; where a date is known only in part the span it may lie in is
dashed. Lengths are pixels at 100 %, times ``unit``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from ocgdesk.domain.dates import shown
from ocgdesk.domain.timelines import TOPICS, Event, Lane, Timeline, Topic, known_days
from ocgdesk.i18n import _, ngettext
from ocgdesk.reports import plate as plates
from ocgdesk.reports import timeline_axis
from ocgdesk.reports.chart_words import name_of
from ocgdesk.reports.drawing_looks import EXPLOITED, icon_of, role_of
from ocgdesk.reports.drawing_parts import Area, Dash, Fill, Ink, veil
from ocgdesk.reports.plate import Plate, Sheet, Spot
from ocgdesk.reports.timeline_axis import Window

NAMES: Final = 196.0
"""The column of names at the left."""
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
MOST_TIES: Final = 60
"""Events that are tied to further lines; with more the ties hide what they tie."""
DOT: Final = 8.0
TICK: Final = 58.0
INSIDE: Final = 22.0
"""From the beginning of a bar to words inside it."""

_INKS: Final = {
    Topic.RECORD: "text.2",
    Topic.MEMBERSHIP: "kind.ocg",
    Topic.LINK: "kind.organisation",
    Topic.SIGHTING: "kind.location",
    Topic.INTELLIGENCE: "kind.report",
    Topic.JUSTICE: "kind.account",
    Topic.PLAN: "accent",
    Topic.DISRUPTION: "due",
}
ICONS: Final = {
    Topic.RECORD: "entity.decision",
    Topic.MEMBERSHIP: "entity.membership",
    Topic.LINK: "entity.link",
    Topic.SIGHTING: "entity.location",
    Topic.INTELLIGENCE: "entity.report",
    Topic.JUSTICE: "entity.court-step",
    Topic.PLAN: "entity.action",
    Topic.DISRUPTION: "entity.disruption",
}
"""What stands for a topic, beside its colour."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """An event in its row."""

    event: Event
    row: int
    left: float
    right: float
    words: float | None
    """Where its words begin; None where they have no room."""


@dataclass(frozen=True, slots=True)
class _Strip:
    """A lane in its place, with its events in rows."""

    lane: Lane
    top: float
    height: float
    placed: tuple[_Placed, ...]
    rest: tuple[Event, ...] = ()
    """What lasted and is counted only."""


def ink_of(event: Event) -> str:
    """Return the colour role of an event: of its strand, or of what it is about."""
    return f"strand.{event.strand}" if event.strand else _INKS[event.topic]


def topic_ink(topic: Topic) -> str:
    """Return the colour role of a topic."""
    return _INKS[topic]


class _Scale:
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


def draw(
    timeline: Timeline,
    window: Window,
    width: float,
    *,
    unit: float = 1.0,
    with_legend: bool = False,
) -> Plate:
    """Return a timeline as painted across so much width, with the events of a window."""
    sheet = Sheet(unit)
    left = min(NAMES * unit, width * 0.4)
    scale = _Scale(window, left, width - END * unit)
    strips = _strips(timeline, scale, sheet)
    bottom = strips[-1].top + strips[-1].height if strips else AXIS * unit
    _grid(sheet, scale, bottom, width)
    _today(sheet, scale, timeline.today, bottom)
    _ties(sheet, scale, strips)
    for strip in strips:
        _lane(sheet, strip, left, width)
        for placed in strip.placed:
            _event(sheet, scale, strip, placed)
    if with_legend:
        bottom = plates.legend(sheet, 0.0, bottom + 10 * unit, width, list(_entries(timeline)))
    bounds = Area(0.0, 0.0, width, bottom)
    return sheet.plate(bounds, words_of(timeline, window))


# ---- Rows ----------------------------------------------------------------------------------------


def _strips(timeline: Timeline, scale: _Scale, sheet: Sheet) -> list[_Strip]:
    by_lane: dict[UUID, list[Event]] = {lane.id: [] for lane in timeline.lanes}
    seen = scale.window
    for event in timeline.events:
        if event.lanes and event.stretch.meets(seen.first, seen.last):
            by_lane.setdefault(event.lanes[0], []).append(event)
    made, top = list[_Strip](), AXIS * sheet.unit
    for lane in timeline.lanes:
        made.append(_strip(lane, top, by_lane[lane.id], scale, sheet))
        top += made[-1].height
    return made


def _strip(lane: Lane, top: float, events: Sequence[Event], scale: _Scale, sheet: Sheet) -> _Strip:
    """Put what happened in the window above, what held all the time below it."""
    whole = [event for event in events if _covers(event, scale.window)]
    begun = [event for event in events if not event.once and event not in whole]
    marks = _packed([event for event in events if event.once], 0, scale, sheet)
    bars = _packed(begun, _rows(marks), scale, sheet)
    whole.sort(key=lambda event: (_ORDER[event.topic], event.label))
    last = _rows((*marks, *bars))
    lasting = tuple(
        _Placed(event, row, scale.left, scale.right, scale.left + INSIDE * sheet.unit)
        for row, event in enumerate(whole[:MOST_WHOLE], start=last)
    )
    placed = (*marks, *bars, *lasting)
    rest = (*_unplaced(begun, bars), *whole[MOST_WHOLE:])
    rows = max(_rows(placed) + bool(rest), 1)
    return _Strip(lane, top, (rows * ROW + LANE) * sheet.unit, placed, rest)


def _rows(placed: Sequence[_Placed]) -> int:
    return max((one.row for one in placed), default=-1) + 1


def _unplaced(events: Sequence[Event], placed: Sequence[_Placed]) -> list[Event]:
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


def _packed(events: Sequence[Event], top: int, scale: _Scale, sheet: Sheet) -> tuple[_Placed, ...]:
    """Give each event the first row in which it and its words are in nobody's way.

    What happened once and finds none is marked without words; what lasted is left to be counted.
    """
    rows: list[list[_Placed]] = []
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
        rows[row].append(_Placed(event, top + row, left, right, words))
        ends[row] = max(end, ends[row] if words is not None else 0.0)
    return tuple(one for row_ in rows for one in row_)


def _squeezed(rows: Sequence[Sequence[_Placed]], left: float) -> int:
    """Return the row where a mark is least in the way of the last one, whatever words it has."""
    return min(range(len(rows)), key=lambda row: (max(rows[row][-1].right - left, 0.0), row))


def _silenced(row: list[_Placed]) -> int:
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


def _extent(event: Event, scale: _Scale, sheet: Sheet) -> tuple[float, float]:
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
    event: Event, left: float, right: float, scale: _Scale, sheet: Sheet
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


# ---- Painting ------------------------------------------------------------------------------------


def _grid(sheet: Sheet, scale: _Scale, bottom: float, width: float) -> None:
    unit = sheet.unit
    base = AXIS * unit
    for tick in timeline_axis.ticks(scale.window, scale.right - scale.left, TICK * unit):
        x = scale.x(tick.on)
        role = "line.2" if tick.major else "grid"
        sheet.line((x, base - (10 if tick.major else 5) * unit), (x, bottom), role)
        if x + TICK * 0.7 * unit < scale.right + END * unit:
            face, ink = ("semibold", "text") if tick.major else ("regular", "text.3")
            at = (x + 4 * unit, base - 12 * unit)
            sheet.text(tick.words, at, face=face, role=ink, room=TICK * unit)  # type: ignore[arg-type]
    sheet.line((0.0, base), (width, base), "line.2")


def _today(sheet: Sheet, scale: _Scale, today: date, bottom: float) -> None:
    if scale.window.first <= today <= scale.window.last:
        x = scale.x(today)
        sheet.line((x, AXIS * sheet.unit), (x, bottom), "accent", width=1.4)
        sheet.dot((x, AXIS * sheet.unit), 3.5 * sheet.unit, Ink("accent"))


def _lane(sheet: Sheet, strip: _Strip, left: float, width: float) -> None:
    unit, lane = sheet.unit, strip.lane
    key = EXPLOITED if lane.exploited else lane.kind.value
    middle = strip.top + (LANE + ROW) * unit / 2
    foot = strip.top + strip.height
    sheet.icon(icon_of(key), (17 * unit, middle), 16.0, role_of(key))
    sheet.text(
        lane.label, (32 * unit, middle + 4 * unit), size=12, face="semibold", role="text",
        room=max(20.0, left - 42 * unit),
    )  # fmt: skip
    sheet.line((0.0, foot), (width, foot), "line")
    if strip.rest:
        _rest(sheet, strip, left, foot - (LANE / 2 + ROW / 2) * unit)
    sheet.spots.append(Spot(f"lane:{lane.id}", Area(0, strip.top, left, strip.height), lane.label))


def _rest(sheet: Sheet, strip: _Strip, left: float, y: float) -> None:
    """Say how much more lasted on this line, and what."""
    count, unit = len(strip.rest), sheet.unit
    told = ngettext("and {n:,} more", "and {n:,} more", count)
    box = sheet.text(told.format(n=count), (left + 8 * unit, y + 4 * unit), role="text.3")
    named = "; ".join(event.label for event in strip.rest[:20])
    sheet.spots.append(Spot(f"rest:{strip.lane.id}", box, named))


def _middle(strip: _Strip, row: int, unit: float) -> float:
    return strip.top + (LANE / 2 + row * ROW + ROW / 2) * unit


def _event(sheet: Sheet, scale: _Scale, strip: _Strip, placed: _Placed) -> None:
    event, unit = placed.event, sheet.unit
    y = _middle(strip, placed.row, unit)
    if event.once:
        _once(sheet, scale, placed, y)
    else:
        _lasting(sheet, scale, placed, y)
    if placed.words is not None:
        at = (placed.words, y + 4 * unit)
        room = min(LABEL * unit, scale.right + END * unit - placed.words)
        run = sheet.run(event.label, at, role="text", room=room)
        if not event.stretch.is_exact:
            sheet.parts.append(veil(run))
        sheet.parts.append(run)
    box = Area(placed.left, y - ROW * unit / 2, placed.right - placed.left, ROW * unit)
    sheet.spots.append(Spot(str(event.id), box, f"{event.label}. {event.when}"))


def _once(sheet: Sheet, scale: _Scale, placed: _Placed, y: float) -> None:
    """Mark what happened on one day; where the day is not known, the days it may have been."""
    time, role, unit = placed.event.stretch, ink_of(placed.event), sheet.unit
    middle = (placed.left + placed.right) / 2
    if not time.is_exact:
        _dashed(sheet, placed.left, placed.right, y, role)
        for edge, open_ in ((placed.left, date.min), (placed.right, date.max)):
            if open_ not in {time.first, time.last} and scale.left < edge < scale.right:
                sheet.line((edge, y - 5 * unit), (edge, y + 5 * unit), role, width=1.5)
    sheet.dot((middle, y), DOT * unit, Ink("surface"), Ink(role))
    sheet.icon(ICONS[placed.event.topic], (middle, y), 10.0, role)


def _lasting(sheet: Sheet, scale: _Scale, placed: _Placed, y: float) -> None:
    """Draw a bar over the days that are sure, and dashes over those that may have been."""
    time, role, unit = placed.event.stretch, ink_of(placed.event), sheet.unit
    begin, end = placed.left, placed.right
    if time.is_sure:
        begin = max(placed.left, scale.x(time.sure_from))
        end = min(placed.right, scale.after(time.sure_to))
    if not time.is_exact:
        _dashed(sheet, placed.left, placed.right, y, role)
    if time.is_sure and end > begin:
        high = 14 * unit
        fill = Ink(role, Fill.TINT)
        sheet.box(Area(begin, y - high / 2, end - begin, high), fill, edge=Ink(role), radius=3.0)
    if placed.right - placed.left > 26 * unit:
        sheet.icon(ICONS[placed.event.topic], (placed.left + 11 * unit, y), 11.0, role)


def _dashed(sheet: Sheet, left: float, right: float, y: float, role: str) -> None:
    sheet.line((left, y), (right, y), role, width=1.6, dash=Dash.DASHED)


def _ties(sheet: Sheet, scale: _Scale, strips: Sequence[_Strip]) -> None:
    """Tie each event to the other lines it concerns, as long as that can be followed."""
    at = {strip.lane.id: strip for strip in strips}
    shared = [(strip, one) for strip in strips for one in strip.placed if len(one.event.lanes) > 1]
    if len(shared) > MOST_TIES:
        return
    for strip, one in shared:
        middle = (one.left + one.right) / 2 if one.event.once else one.left
        x = min(max(middle, scale.left), scale.right)
        for other in one.event.lanes[1:]:
            if other in at:
                foot = at[other].top + (LANE + ROW) * sheet.unit / 2
                start = _middle(strip, one.row, sheet.unit)
                sheet.line((x, start), (x, foot), "line.2", width=0.8, dash=Dash.DOTTED)
                sheet.dot((x, foot), 2.5 * sheet.unit, Ink("text.3"))


# ---- In words ------------------------------------------------------------------------------------


def _entries(timeline: Timeline) -> list[tuple[str, str, str]]:
    there = {event.topic for event in timeline.events}
    made = [(ICONS[topic], _INKS[topic], _(TOPICS[topic])) for topic in Topic if topic in there]
    return [*made, ("dash", "text.2", _("Date known only in part"))]


def words_of(timeline: Timeline, window: Window) -> str:
    """Return a timeline in one paragraph, for those who cannot see it."""
    lines = ngettext("{n:,} line", "{n:,} lines", len(timeline.lanes)).format(n=len(timeline.lanes))
    events = [e for e in timeline.events if e.stretch.meets(window.first, window.last)]
    told = ngettext("{n:,} event", "{n:,} events", len(events)).format(n=len(events))
    between = _("Timeline from {first} to {last}").format(
        first=shown(window.first), last=shown(window.last)
    )
    return f"{between}: {lines}, {told}."


def known(event: Event) -> date:
    """Return the first day that is known of an event."""
    return next(iter(known_days(event.stretch)))


def event_words(event: Event, lanes: dict[UUID, Lane]) -> tuple[str, str, str, str]:
    """Return what a list says of an event: when, what, about what, on whose lines."""
    names = ", ".join(lanes[id_].label for id_ in event.lanes if id_ in lanes)
    return event.when, event.label, _(TOPICS[event.topic]), names


def lane_words(lane: Lane) -> str:
    """Return what a lane is called aloud: its kind and name."""
    return f"{name_of(EXPLOITED if lane.exploited else lane.kind.value)} {lane.label}"
