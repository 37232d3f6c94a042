"""Records made on a chart: put down where they were dropped, made of sketches, deleted from it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from ocgdesk.casework import chart_frozen, chart_links, charts, ocgs, records, restricting
from ocgdesk.casework.chart_marks import placement
from ocgdesk.domain.chart_marks import SketchItem, SketchTie
from ocgdesk.domain.charts import Point, Tie
from ocgdesk.domain.entities import Ocg
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.people import Right
from ocgdesk.domain.things import Entity
from ocgdesk.store import networks
from ocgdesk.store import records as queries
from ocgdesk.store.work import Work


def create(work: Work, new: Entity, reason: str = "", members: Iterable[UUID] = ()) -> Entity:
    """Add a record as its register does: an OCG is nominated, with these members.

    With a reason it is closed from the start to all but its maker.
    """
    if reason:
        new = restricting.closed_from_the_start(work, new, (), reason)
    if isinstance(new, Ocg):
        return ocgs.nominate(work, new, tuple(members))
    return records.create(work, new)


def put_new(
    work: Work,
    new: Entity,
    chart: UUID | None,
    at: Point,
    *,
    reason: str = "",
    members: Iterable[UUID] = (),
) -> Entity:
    """Add a record and put it on a chart, where there is one that is kept: one act."""
    made = create(work, new, reason, members)
    if chart is not None:
        work.user.need(Right.CHART)
        charts.put_places(work, chart, {made.id: at})
    return made


def delete(work: Work, items: Sequence[UUID], ties: Sequence[Tie]) -> None:
    """Delete the records of a chart's items, and the links its lines stand for."""
    links = {found.link.id for tie in ties for found in chart_links.behind(work.reader, tie)[1]}
    records.unlink(work, links)
    records.remove(work, items)


def promote(
    work: Work, sketch_id: UUID, new: Entity, *, reason: str = "", members: Iterable[UUID] = ()
) -> Entity:
    """Put a sketch into the register as this record, in its place on the chart.

    Lines sketched to it and notes about it stay, and are now the record's.
    """
    work.user.need(Right.CHART)
    drawn = work.get(SketchItem, sketch_id)
    assert drawn.owner is not None  # noqa: S101 - a sketch is drawn on a chart
    chart_frozen.check(work, drawn.owner)
    made = create(work, new, reason, members)
    _hand_over(work, drawn.owner, sketch_id, made.id)
    work.remove(drawn)
    return made


def _hand_over(work: Work, chart_id: UUID, before: UUID, after: UUID) -> None:
    """Let place, lines and notes of one item be those of another."""
    for place in networks.placements(work.reader, chart_id):
        if place.item == before:
            new = placement(chart_id, after, Point(place.x, place.y))
            work.remove(place)
            work.put(replace(new, pinned=place.pinned, hidden=place.hidden))
    ends = ("one", "other", "about")
    for mark in queries.owned(work.reader, chart_id, Kind.SKETCH_TIE, Kind.ANNOTATION):
        named: dict[str, Any] = {n: after for n in ends if getattr(mark, n, None) == before}
        if named:
            work.put(replace(mark, **named))


def promote_tie(work: Work, tie_id: UUID, new: Link) -> Link:
    """Put a sketched line into the register as this link; both ends must be records."""
    work.user.need(Right.CHART)
    drawn = work.get(SketchTie, tie_id)
    made = records.link(work, new)
    work.remove(drawn)
    return made
