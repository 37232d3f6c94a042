"""A timeline as painted: a line for each entity, events packed in rows, one axis above all.

What is known to the day is solid; where a date is known only in part the span it may lie in is
dashed. Lengths are pixels at 100 %, times ``unit``.
"""

from collections.abc import Sequence
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
from ocgdesk.reports.timeline_packing import (
    AXIS,
    DOT,
    END,
    LABEL,
    LANE,
    ROW,
    Placed,
    Scale,
    Strip,
    strips,
)

NAMES: Final = 196.0
"""The column of names at the left."""
MOST_TIES: Final = 60
"""Events that are tied to further lines; with more the ties hide what they tie."""
TICK: Final = 58.0

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


def ink_of(event: Event) -> str:
    """Return the colour role of an event: of its strand, or of what it is about."""
    return f"strand.{event.strand}" if event.strand else _INKS[event.topic]


def topic_ink(topic: Topic) -> str:
    """Return the colour role of a topic."""
    return _INKS[topic]


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
    scale = Scale(window, left, width - END * unit)
    lanes = strips(timeline, scale, sheet)
    bottom = lanes[-1].top + lanes[-1].height if lanes else AXIS * unit
    _grid(sheet, scale, bottom, width)
    _today(sheet, scale, timeline.today, bottom)
    _ties(sheet, scale, lanes)
    for strip in lanes:
        _lane(sheet, strip, left, width)
        for placed in strip.placed:
            _event(sheet, scale, strip, placed)
    if with_legend:
        bottom = plates.legend(sheet, 0.0, bottom + 10 * unit, width, list(_entries(timeline)))
    bounds = Area(0.0, 0.0, width, bottom)
    return sheet.plate(bounds, words_of(timeline, window))


# ---- Painting ------------------------------------------------------------------------------------


def _grid(sheet: Sheet, scale: Scale, bottom: float, width: float) -> None:
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


def _today(sheet: Sheet, scale: Scale, today: date, bottom: float) -> None:
    if scale.window.first <= today <= scale.window.last:
        x = scale.x(today)
        sheet.line((x, AXIS * sheet.unit), (x, bottom), "accent", width=1.4)
        sheet.dot((x, AXIS * sheet.unit), 3.5 * sheet.unit, Ink("accent"))


def _lane(sheet: Sheet, strip: Strip, left: float, width: float) -> None:
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


def _rest(sheet: Sheet, strip: Strip, left: float, y: float) -> None:
    """Say how much more lasted on this line, and what."""
    count, unit = len(strip.rest), sheet.unit
    told = ngettext("and {n:,} more", "and {n:,} more", count)
    box = sheet.text(told.format(n=count), (left + 8 * unit, y + 4 * unit), role="text.3")
    named = "; ".join(event.label for event in strip.rest[:20])
    sheet.spots.append(Spot(f"rest:{strip.lane.id}", box, named))


def _middle(strip: Strip, row: int, unit: float) -> float:
    return strip.top + (LANE / 2 + row * ROW + ROW / 2) * unit


def _event(sheet: Sheet, scale: Scale, strip: Strip, placed: Placed) -> None:
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


def _once(sheet: Sheet, scale: Scale, placed: Placed, y: float) -> None:
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


def _lasting(sheet: Sheet, scale: Scale, placed: Placed, y: float) -> None:
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


def _ties(sheet: Sheet, scale: Scale, lanes: Sequence[Strip]) -> None:
    """Tie each event to the other lines it concerns, as long as that can be followed."""
    at = {strip.lane.id: strip for strip in lanes}
    shared = [(strip, one) for strip in lanes for one in strip.placed if len(one.event.lanes) > 1]
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
