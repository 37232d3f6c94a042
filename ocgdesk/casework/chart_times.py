"""A chart in time: when what it shows held, and the chart narrowed to some days.

What is not dated always held. People recorded as exploited are neither left out nor dimmed.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework import chart_looks
from ocgdesk.casework.chart_facts import LineKey, line_key
from ocgdesk.casework.timelines import OWN
from ocgdesk.domain.chart_tests import Span
from ocgdesk.domain.chart_windows import Window
from ocgdesk.domain.charts import Importance, Item, Scene, Tie
from ocgdesk.domain.links import Link, Membership
from ocgdesk.domain.things import Entity
from ocgdesk.domain.timelines import Dated, known_days, moment, stretch
from ocgdesk.store import happenings_held
from ocgdesk.store.happenings_held import Happened
from ocgdesk.store.reader import Reader

Spans = tuple[Span, ...]
ALWAYS: Final = Span(date.min, date.max)
FAINT: Final = "disabled"
"""The colour role of what did not hold, where it is kept in sight."""
FAINT_LINE: Final = "line.2"


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """When the parts of one chart held; a part that is not named here always did."""

    ties: Mapping[UUID, Spans] = field(default_factory=dict)
    members: Mapping[tuple[UUID, UUID], Spans] = field(default_factory=dict)
    """By box and member."""
    items: Mapping[UUID, Spans] = field(default_factory=dict)
    """From an item's own dates, such as when a handle was seen."""
    months: tuple[tuple[date, int], ...] = ()
    """How much began, was seen or reported in each month, without gaps."""
    undated: int = 0
    """Lines of which nobody recorded when they held."""


NOTHING: Final = Times()


def read(reader: Reader, scene: Scene, seq: int | None = None) -> Times:
    """Return when the parts of a scene held, and how that is spread over the months.

    ``seq`` names the entry of the journal whose records it shows; None is now.
    """
    ids = [item.id for item in scene.items]
    source = happenings_held.at(reader, seq)
    things, links = source.entities(ids), source.links_among(ids)
    ties = _ties(scene.ties, links)
    items = {thing.id: (span,) for thing in things if (span := _own(thing)) is not None}
    began = [*_begun(links), *_begun_items(things), *_reported(source, links)]
    return Times(
        ties=ties,
        members=_members(links),
        items=items,
        months=months(Counter(day.replace(day=1) for day in began)),
        undated=sum(tie.id not in ties for tie in scene.ties),
    )


def within(reader: Reader, scene: Scene, window: Window, seq: int | None = None) -> Scene:
    """Return a scene narrowed to some days, read for that alone."""
    return narrowed(scene, read(reader, scene, seq), *window.days, dim=window.faint)


def _ties(ties: Iterable[Tie], links: Iterable[Link]) -> dict[UUID, Spans]:
    spans: defaultdict[LineKey, list[Span]] = defaultdict(list)
    for link in links:
        spans[line_key(link)].append(_span(link.start, link.end) or ALWAYS)
    found = {tie.id: tuple(spans.get(line_key(tie), (ALWAYS,))) for tie in ties}
    return {id_: some for id_, some in found.items() if ALWAYS not in some}


def _members(links: Iterable[Link]) -> dict[tuple[UUID, UUID], Spans]:
    found: defaultdict[tuple[UUID, UUID], list[Span]] = defaultdict(list)
    for link in links:
        if isinstance(link, Membership):
            found[link.target, link.source].append(_span(link.start, link.end) or ALWAYS)
    return {key: tuple(some) for key, some in found.items() if ALWAYS not in some}


def _span(start: Dated, end: Dated) -> Span | None:
    time = stretch(start, end)
    return None if time is None else Span(time.first, time.last)


def _own(thing: Entity) -> Span | None:
    if (names := OWN.get(thing.kind)) is None:
        return None
    values: Any = thing
    return _span(getattr(values, names[0]), getattr(values, names[1]))


def _begun(links: Iterable[Link]) -> Iterator[date]:
    for link in links:
        yield from _first(link.start, link.end)


def _begun_items(things: Iterable[Entity]) -> Iterator[date]:
    for thing in things:
        if (names := OWN.get(thing.kind)) is not None:
            yield from _first(getattr(thing, names[0]), getattr(thing, names[1]))


def _first(start: Dated, end: Dated) -> Iterator[date]:
    if (time := stretch(start, end)) is not None:
        yield from known_days(time)[:1]


def _reported(source: Happened, links: Sequence[Link]) -> Iterator[date]:
    cited = {id_ for link in links for id_ in link.reports}
    for report in source.entities(cited):
        time = moment(getattr(report, "reported", None) or getattr(report, "received", None))
        if time is not None:
            yield from known_days(time)[:1]


def months(counted: Mapping[date, int]) -> tuple[tuple[date, int], ...]:
    """Return counts by the first day of a month with the empty months between them."""
    if not counted:
        return ()
    first, last = min(counted), max(counted)
    count = (last.year - first.year) * 12 + last.month - first.month
    days = (_month(first, at) for at in range(count + 1))
    return tuple((day, counted.get(day, 0)) for day in days)


def reaching(
    counted: Sequence[tuple[date, int]], days: Iterable[date]
) -> tuple[tuple[date, int], ...]:
    """Return the same counts, with months of nothing added so that these days are among them."""
    found = dict(counted)
    for day in days:
        found.setdefault(day.replace(day=1), 0)
    return months(found)


def _month(first: date, at: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + at, 12)
    return date(year, month + 1, 1)


# ---- Narrowed ------------------------------------------------------------------------------------


def narrowed(scene: Scene, times: Times, first: date, last: date, *, dim: bool = False) -> Scene:
    """Return a scene as it may have stood on these days: the rest left out, or faint."""
    ties = {tie.id for tie in scene.ties if not _held(times.ties.get(tie.id), first, last)}
    boxes = {
        box.id: frozenset(
            one for one in box.members if _held(times.members.get((box.id, one)), first, last)
        )
        for box in scene.boxes
    }
    items = _apart(scene, times, ties, boxes, first, last)
    kept = replace(scene, boxes=tuple(replace(box, members=boxes[box.id]) for box in scene.boxes))
    if not dim:
        return chart_looks.narrowed(kept, ties | items)
    return replace(
        kept,
        items=tuple(_faint(item) if item.id in items else item for item in scene.items),
        ties=tuple(
            replace(tie, tone=FAINT_LINE, mark="", wide=False)
            if tie.id in ties or {tie.source, tie.target} & items
            else tie
            for tie in scene.ties
        ),
    )


def _held(spans: Spans | None, first: date, last: date) -> bool:
    return spans is None or any(span.first <= last and span.last >= first for span in spans)


def _apart(  # noqa: PLR0917 - of one narrowing
    scene: Scene,
    times: Times,
    ties: Collection[UUID],
    boxes: Mapping[UUID, frozenset[UUID]],
    first: date,
    last: date,
) -> frozenset[UUID]:
    """Return the items that did not hold themselves, or all of whose lines did not."""
    had, have = set[UUID](), set[UUID]()
    for tie in scene.ties:
        had |= {tie.source, tie.target}
        have |= set() if tie.id in ties else {tie.source, tie.target}
    for box in scene.boxes:
        had |= box.members
        have |= boxes[box.id] if len(boxes[box.id]) > 1 else frozenset()
    return frozenset(
        item.id
        for item in scene.items
        if not item.exploited
        and not item.sketch
        and (item.id in had - have or not _held(times.items.get(item.id), first, last))
    )


def _faint(item: Item) -> Item:
    return replace(item, tone=FAINT, size=Importance.PERIPHERAL, badges=())
