"""Charts: what stands round a record, and keeping it as it was arranged."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from uuid import UUID

from ocgdesk.casework import (
    chart_badges,
    chart_boxes,
    chart_frozen,
    chart_losses,
    chart_marks,
    chart_worked,
    intelligence,
    overviews,
)
from ocgdesk.casework.chart_items import item_of
from ocgdesk.casework.chart_ties import folded
from ocgdesk.casework.overviews import OverviewQuery
from ocgdesk.domain.charts import (
    MOST_ITEMS,
    Arrangement,
    Chart,
    Placement,
    Point,
    Scene,
    placement_id,
)
from ocgdesk.domain.kinds import MARKS, Base, Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.marking import highest
from ocgdesk.domain.things import Entity
from ocgdesk.errors import NotFound, Refused, TooMany
from ocgdesk.graph.neighbourhood import LinkTriple, expand
from ocgdesk.i18n import _
from ocgdesk.store import networks
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work

MOST_OPENED = 20_000
"""Items a chart has at most; more are an overview or a narrower focus."""
DECIMALS = 2
"""Of a chart unit, that a place is kept to."""
MOST_EXPANDED = 100
"""Items that expanding one item brings in, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartQuery:
    """What a chart is drawn from."""

    focus: tuple[UUID, ...] = ()
    hops: int = 1
    kinds: tuple[Kind, ...] = ()
    """Only these kinds are drawn; none named: all that a chart can show."""
    also: tuple[UUID, ...] = ()
    """Items that are drawn wherever they stand."""
    expanded: tuple[UUID, ...] = ()
    """Items whose neighbours are drawn too."""
    without: frozenset[UUID] = frozenset()
    """Items that were taken off the chart."""
    most: int = MOST_ITEMS
    on: date | None = None
    """Only links that may have held on this day; None is all that are recorded."""
    collapsed: tuple[UUID, ...] = ()
    """OCGs that are drawn as one item each, where they have a box."""


def scene(reader: Reader, query: ChartQuery) -> Scene:
    """Read what stands within so many hops of the focus: nearest first, then strongest.

    Raises Refused where nothing is named to draw round, NotFound where all of it is gone, TooMany
    where nobody could read it.
    """
    if query.focus and query.most > MOST_OPENED:
        raise too_many(query.most, (), query.focus)
    if not 0 <= query.hops <= 4:
        raise Refused("A chart reaches one to four hops from its focus")
    if not (query.focus or query.also):
        raise Refused("Choose at least one record to draw a chart round")
    focus = list(networks.numbers(reader, query.focus).values())
    also = list(networks.numbers(reader, query.also).values())
    if not (focus or also):
        raise NotFound("The records this chart was drawn round are no longer there")
    nos, cuts = _found(reader, query, focus)
    taken = set(networks.numbers(reader, query.without).values())
    drawn = [no for no in dict.fromkeys((*also, *nos)) if no not in taken]
    if len(drawn) > MOST_OPENED:
        raise too_many(len(drawn), query.also, query.focus)
    reader.saw("Draw chart", focus or also[:1], items=len(drawn))
    found = scene_of(reader, drawn, focus=focus, on=query.on)
    return replace(found, cut=_said(cuts))


def _found(reader: Reader, query: ChartQuery, focus: list[int]) -> tuple[list[int], list[str]]:
    """Return what is within reach of the focus and of each expanded item, and what was cut."""
    kinds = query.kinds or networks.DRAWN

    def links_of(nos: Collection[int]) -> list[LinkTriple]:
        found = networks.links_at(reader, nos, kinds)
        return found if query.on is None else _holding(reader, found, query.on)

    walks = [expand(focus, links_of, hops=query.hops, most=query.most)] if focus else []
    centres = networks.numbers(reader, query.expanded).values()
    walks += [expand([no], links_of, hops=1, most=MOST_EXPANDED) for no in centres]
    return [no for walk in walks for no in walk.nodes], [w.cut_in_words for w in walks if w.cut]


def _holding(reader: Reader, found: Sequence[LinkTriple], on: date) -> list[LinkTriple]:
    links = reader.load([triple[0] for triple in found], Base.LINK)
    pairs = zip(found, links, strict=True)
    return [triple for triple, link in pairs if isinstance(link, Link) and link.holds_on(on)]


def scene_of(
    reader: Reader,
    nos: Sequence[int],
    *,
    focus: Collection[int] = (),
    on: date | None = None,
) -> Scene:
    """Read the items with these numbers and every link among them, or those of one day."""
    things = {
        no: thing
        for no, thing in zip(nos, reader.load(nos), strict=False)
        if isinstance(thing, Entity)
    }
    links = networks.links_among(reader, list(things))
    if on is not None:
        links = [link for link in links if link.holds_on(on)]
    links = intelligence.drawn(reader, links)
    focus_ids = {things[no].id for no in focus if no in things}
    counted = partial(networks.member_counts, reader)
    found = composed(tuple(things.values()), links, focus=focus_ids, counted=counted)
    return chart_badges.badged(found, chart_worked.read(reader, things, date.today()))  # noqa: DTZ011


def composed(
    things: Sequence[Entity],
    links: Sequence[Link],
    *,
    focus: Collection[UUID],
    counted: Callable[[Sequence[UUID]], Mapping[UUID, int]],
) -> Scene:
    """Return records and the links among them as a scene; ``counted`` knows all members."""
    known = {thing.id: thing for thing in things}
    groups, roles = chart_boxes.memberships(links, things)
    boxes = chart_boxes.boxes_of(counted(list(groups)), groups, known)
    boxed = {(member, box.id) for box in boxes for member in box.members}
    drawn = tuple(
        link
        for link in links
        if {link.source, link.target} <= known.keys() and not chart_boxes.is_said(link, boxed)
    )
    items = tuple(
        item_of(thing, roles.get(thing.id), focused=thing.id in focus) for thing in things
    )
    return Scene(items=items, ties=tuple(folded(drawn, known)), boxes=boxes)


def marked(chart: Chart, drawn: Scene) -> Chart:
    """Return the chart marked no lower than what is on it."""
    return replace(chart, marking=highest((chart.marking, *(i.marking for i in drawn.items))))


def save(
    work: Work,
    chart: Chart,
    places: Mapping[UUID, Point],
    *,
    hidden: Collection[UUID] = (),
    pinned: Collection[UUID] | None = None,
) -> Chart:
    """Keep a chart with exactly these items on it, each in its place.

    Raises Conflict where somebody else saved the chart since it was read.
    """
    chart_frozen.check_chart(chart)
    kept = work.put(chart)[0]
    assert isinstance(kept, Chart)  # noqa: S101 - what is put comes back as it went
    gone = [p for p in networks.placements(work.reader, kept.id) if p.item not in places]
    work.remove(*gone)
    put_places(work, kept.id, places, hidden=hidden, pinned=pinned)
    return kept


def put_places(
    work: Work,
    chart_id: UUID,
    places: Mapping[UUID, Point],
    *,
    hidden: Collection[UUID] = (),
    pinned: Collection[UUID] | None = None,
) -> None:
    """Move items of a chart, or put new ones on it. Only what moved is journalled.

    ``pinned`` names all that keep their place when the chart is laid out anew; left out, each
    stays as it was.
    """
    if places:
        chart_frozen.check(work, chart_id)
    known = {place.item: place for place in networks.placements(work.reader, chart_id)}
    changed = []
    for item, point in places.items():
        id_ = placement_id(chart_id, item)
        old = known.get(item) or Placement(id=id_, chart=chart_id, item=item)
        changed.append(
            replace(
                old,
                x=round(point.x, DECIMALS),
                y=round(point.y, DECIMALS),
                hidden=item in hidden,
                pinned=old.pinned if pinned is None else item in pinned,
            )
        )
    work.put(*changed)


def take_off(work: Work, chart_id: UUID, items: Collection[UUID]) -> None:
    """Remove items from a chart; their records stay as they are."""
    chart_frozen.check(work, chart_id)
    found = networks.placements(work.reader, chart_id)
    work.remove(*(place for place in found if place.item in items))


def open_chart(reader: Reader, chart_id: UUID) -> tuple[Chart, Arrangement]:
    """Return a saved chart as it was left, with the register's present values.

    One that was never arranged is drawn from its focus. What it was cut by is worked out again
    for this reader: how much lies in reach is not the same for everybody.
    """
    chart = reader.get(Chart, chart_id)
    places = networks.placements(reader, chart_id)
    if len(places) > MOST_OPENED:
        raise too_many(len(places), tuple(place.item for place in places), chart.focus)
    if chart.overview:
        return chart, _arranged(_overview(reader, chart), places)
    if not places:
        drawn = scene(reader, query_of(chart)) if chart.focus else Scene()
        return chart, Arrangement(scene=chart_marks.with_marks(reader, drawn, chart_id))
    nos = networks.numbers(reader, [place.item for place in places])
    focus = list(networks.numbers(reader, chart.focus).values())
    reader.saw("Open chart", [reader.number(chart_id), *nos.values()])
    drawn = scene_of(reader, list(nos.values()), focus=focus)
    drawn = chart_marks.with_marks(reader, drawn, chart_id)
    return chart, _arranged(replace(drawn, cut=_told(reader, chart, focus)), places)


def _arranged(drawn: Scene, places: Sequence[Placement]) -> Arrangement:
    return Arrangement(
        scene=drawn,
        places={place.item: Point(place.x, place.y) for place in places},
        pinned=frozenset(place.item for place in places if place.pinned),
        hidden=frozenset(place.item for place in places if place.hidden),
    )


def _overview(reader: Reader, chart: Chart) -> Scene:
    """Return what a kept overview shows now: what is new comes to it, and finds a place."""
    drawn = overviews.scene(reader, OverviewQuery(what=chart.overview))
    return chart_marks.with_marks(reader, drawn, chart.id)


def too_many(count: int, items: tuple[UUID, ...], focus: tuple[UUID, ...]) -> TooMany:
    """Return why so many items are not drawn, and what is offered instead."""
    if focus:
        told = _("{n:,} items is too many to read: show the overview or narrow to 2 hops.")
    else:
        told = _("{n:,} items is too many to read: show the overview or those linked most.")
    return TooMany(told.format(n=count), items, focus)


def query_of(chart: Chart) -> ChartQuery:
    """Return what a saved chart was drawn from."""
    return ChartQuery(
        focus=chart.focus,
        hops=chart.hops,
        kinds=tuple(Kind(kind) for kind in chart.kinds),
        expanded=chart.expanded,
        most=chart.most,
    )


def _cut(reader: Reader, query: ChartQuery, focus: list[int]) -> str:
    """Return what the drawing of a query leaves out and by which rule, in words."""
    _nos, cuts = _found(reader, query, focus)
    return _said(cuts)


def _told(reader: Reader, chart: Chart, focus: list[int]) -> str:
    """Return what a saved chart was cut by, and how many of its records are gone since."""
    cut = _cut(reader, query_of(chart), focus)
    return _said((cut, chart_losses.told(reader, chart.id)))


def _said(cuts: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(cut for cut in cuts if cut))


def remove_chart(work: Work, chart_id: UUID) -> None:
    """Take a saved chart out; the records on it stay."""
    chart = work.get(Chart, chart_id)
    hanging = queries.hanging_on(work.reader, chart)
    own = {*MARKS, Kind.CHART_VERSION}
    drawn = {t.id: t for t in hanging if t.base is Base.PLACEMENT or t.kind in own}
    work.remove(*drawn.values(), chart)


def lay_out(
    drawn: Scene,
    layout: str = "force",
    *,
    focus: Collection[UUID] = (),
    fixed: Mapping[UUID, Point] | None = None,
    afresh: bool = False,
    broad: float = 1.0,
) -> dict[UUID, Point]:
    """Return a place for every item of a scene; ``fixed`` items keep theirs exactly.

    What is new is added to what is fixed, unless all else is to be laid out ``afresh``. ``broad``
    says how many times as broad as usual an OCG's rows are: for a paper that lies.
    Pure arithmetic over values: it runs in the worker process for anything large.
    """
    # Only the worker process needs these: igraph alone takes longer to import than a chart to draw.
    import numpy as np

    from ocgdesk.graph.layout import arrange
    from ocgdesk.graph.standing import standings

    position = {item.id: i for i, item in enumerate(drawn.items)}
    edges = [
        (position[tie.source], position[tie.target])
        for tie in drawn.ties
        if tie.source in position and tie.target in position
    ]
    kept = {position[i]: (p.x, p.y) for i, p in (fixed or {}).items() if i in position}
    places = arrange(
        layout,
        len(position),
        np.array(edges, dtype=np.int64).reshape(-1, 2),
        fixed=kept,
        groups=[sorted(position[m] for m in box.members if m in position) for box in drawn.boxes],
        focus=[position[i] for i in focus if i in position],
        standings=standings(drawn.items),
        spacing=_spacing(drawn),
        afresh=afresh,
        broad=broad,
    )
    # As exact as places are kept: what is on screen and what is kept are then the same.
    return {id_: Point(*kept[i]) if i in kept else _point(places[i]) for id_, i in position.items()}


SPACING = 120.0
"""The length of a typical line, in chart units."""
_ROOMY = 190.0
"""Where lines say what they were worked out from, they need room for that."""
_CLOSE = 84.0
"""A large overview is looked at as a whole: closer together its items are larger on a screen."""
_MOST_ROOMY = 80
"""Of more items the names matter first: the whole is to be seen."""


def _spacing(drawn: Scene) -> float:
    worked_out = sum(bool(tie.beneath) and not tie.type for tie in drawn.ties)
    if 2 * worked_out <= len(drawn.ties):
        return SPACING
    return _ROOMY if len(drawn.items) <= _MOST_ROOMY else _CLOSE


def _point(at: Sequence[float]) -> Point:
    return Point(round(float(at[0]), DECIMALS), round(float(at[1]), DECIMALS))
