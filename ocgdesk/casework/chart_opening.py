"""Opening a saved chart: as it follows the register, frozen, at an earlier moment, or damaged."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ocgdesk.casework import chart_marks, charts, intelligence, overviews
from ocgdesk.casework.moments import Moment
from ocgdesk.casework.overviews import OverviewQuery
from ocgdesk.domain.charts import Arrangement, Chart, Placement, Point, Scene
from ocgdesk.domain.dates import LONDON, shown
from ocgdesk.domain.entities import Report
from ocgdesk.domain.kinds import MARKS, Kind
from ocgdesk.domain.things import Thing
from ocgdesk.errors import DeskError, NotFound
from ocgdesk.i18n import _
from ocgdesk.store import history, journal, networks, recorded
from ocgdesk.store import records as queries
from ocgdesk.store.held_network import HeldNetwork
from ocgdesk.store.reader import Reader
from ocgdesk.store.recorded import UNREADABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A saved chart as it is shown."""

    chart: Chart
    arrangement: Arrangement
    seq: int | None = None
    """The entry of the journal whose records it shows; None is now."""
    damaged: bool = False
    """Whether it came from the journal because it cannot be read where it is kept."""


def open_chart(reader: Reader, chart_id: UUID) -> Opened:
    """Return a saved chart: live with the register's present values, frozen with those of then.

    One that is damaged is shown as the journal last held it: nothing else is touched by that.
    """
    try:
        return _opened(reader, chart_id)
    except DeskError:
        raise
    except UNREADABLE:
        return _recorded(reader, chart_id)


def chart_of(reader: Reader, chart_id: UUID) -> Chart:
    """Return what is kept of a chart beside its items; of a damaged one by the journal."""
    try:
        return reader.get(Chart, chart_id)
    except UNREADABLE:
        return _last(reader, chart_id)


def _last(reader: Reader, chart_id: UUID) -> Chart:
    chart = recorded.last(reader, chart_id)
    if not isinstance(chart, Chart):
        raise NotFound(_("There is no such chart"))
    return chart


def _opened(reader: Reader, chart_id: UUID) -> Opened:
    chart = reader.get(Chart, chart_id)
    if chart.frozen is None:
        chart, arrangement = charts.open_chart(reader, chart_id)
        _check_places(arrangement.places.values())
        return Opened(chart=chart, arrangement=arrangement)
    return _frozen(reader, chart, networks.placements(reader, chart_id))


def _check_places(places: Collection[Point]) -> None:
    """Raise TypeError where a place is no number: it cannot be drawn."""
    for place in places:
        float(place.x), float(place.y)


def _frozen(reader: Reader, chart: Chart, places: Sequence[Placement]) -> Opened:
    assert chart.frozen is not None  # noqa: S101 - who calls has asked
    seq = history.seq_at(reader, chart.frozen)
    marks = queries.owned(reader, chart.id, *MARKS)
    reader.saw("Open chart", [reader.number(chart.id)], entry=seq)
    drawn = _scene(HeldNetwork(reader, seq), chart, places, marks)
    said = _("Frozen: what was recorded on {moment}.")
    drawn = replace(drawn, cut=said.format(moment=moment_words(chart.frozen)))
    return Opened(chart=chart, arrangement=arranged(drawn, places), seq=seq)


def at(reader: Reader, chart_id: UUID, seq: int) -> Opened:
    """Return a chart as it was after entry ``seq``: what was on it, where, and as recorded then.

    Raises NotFound where it was not kept yet.
    """
    held = HeldNetwork(reader, seq)
    chart = held.entities([chart_id]).get(chart_id)
    if not isinstance(chart, Chart):
        raise NotFound(_("This chart was not kept yet then"))
    places = held.placements(chart_id)
    reader.saw("Open chart as at", [reader.number(chart_id)], entry=seq)
    if chart.frozen is not None:
        held = HeldNetwork(reader, history.seq_at(reader, chart.frozen))
    drawn = _scene(held, chart, places, HeldNetwork(reader, seq).hanging(chart_id, MARKS))
    return Opened(chart=chart, arrangement=arranged(drawn, places), seq=seq)


def _recorded(reader: Reader, chart_id: UUID) -> Opened:
    """Return a damaged chart as the journal last held it, with what is on record now."""
    chart = _last(reader, chart_id)
    places = recorded.placements(reader, chart_id)
    _check_count(chart, places)
    marks = recorded.marks(reader, chart_id)
    nos = networks.numbers(reader, [place.item for place in places])
    reader.saw("Open chart", [reader.number(chart_id), *nos.values()])
    focus = list(networks.numbers(reader, chart.focus).values())
    try:
        drawn = charts.scene_of(reader, list(nos.values()), focus=focus)
    except UNREADABLE:  # a sketch of the chart itself is among what cannot be read
        sketched = {mark.id for mark in marks}
        left = [no for id_, no in nos.items() if id_ not in sketched]
        drawn = charts.scene_of(reader, left, focus=focus)
    said = _(
        "This saved chart is damaged: it is shown as the journal last held it. "
        "Save keeps it as a new chart."
    )
    drawn = replace(chart_marks.with_these(drawn, marks), cut=said)
    return Opened(chart=chart, arrangement=arranged(drawn, places), damaged=True)


def _check_count(chart: Chart, places: Sequence[Placement]) -> None:
    """Raise TooMany where more is on a chart than could be read."""
    if len(places) > charts.MOST_OPENED:
        items = tuple(place.item for place in places)
        raise charts.too_many(len(places), items, chart.focus)


def _scene(
    held: HeldNetwork, chart: Chart, places: Sequence[Placement], marks: Collection[Thing]
) -> Scene:
    """Return what was on record then of what is placed on a chart."""
    _check_count(chart, places)
    if chart.overview:
        drawn = _overview(held, chart)
    else:
        things = held.entities([place.item for place in places])
        links = held.links_among(things)
        cited = held.entities({id_ for link in links for id_ in link.reports}).values()
        graded = {thing.id: thing for thing in cited if isinstance(thing, Report)}
        drawn = charts.composed(
            tuple(things.values()),
            intelligence.as_drawn(links, graded),
            focus=set(chart.focus),
            counted=held.member_counts,
        )
    return chart_marks.with_these(drawn, [mark for mark in marks if mark.kind != Kind.SKETCH_ITEM])


def _overview(held: HeldNetwork, chart: Chart) -> Scene:
    entry = journal.entry(held.reader.connection, held.seq)
    moment = Moment(as_at=chart.frozen or (entry.at if entry else None))
    return overviews.scene(held.reader, OverviewQuery(what=chart.overview, moment=moment))


def arranged(drawn: Scene, places: Sequence[Placement]) -> Arrangement:
    """Return a scene with the places, pins and hiding of a chart."""
    return Arrangement(
        scene=drawn,
        places={place.item: Point(float(place.x), float(place.y)) for place in places},
        pinned=frozenset(place.item for place in places if place.pinned),
        hidden=frozenset(place.item for place in places if place.hidden),
    )


def moment_words(at_: datetime) -> str:
    """Return an instant as it is shown, such as ``1 Nov 2025, 00:00``."""
    here = at_.astimezone(LONDON)
    return f"{shown(here.date())}, {here:%H:%M}"
