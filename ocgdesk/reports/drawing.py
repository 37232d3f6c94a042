"""From an arrangement to a drawing: what is painted, wherever it is painted.

Pure arithmetic on values: the same arrangement makes the same drawing on every machine, whether
it is made in one go or in steps.
"""

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import UUID

from ocgdesk.domain.charts import Arrangement, Importance, Item, Point, Tie
from ocgdesk.reports import chart_words, drawing_lines
from ocgdesk.reports.drawing_badges import badges
from ocgdesk.reports.drawing_hulls import ground, hulls
from ocgdesk.reports.drawing_labels import Taken
from ocgdesk.reports.drawing_lines import End, Route
from ocgdesk.reports.drawing_looks import look_of
from ocgdesk.reports.drawing_marks import codes
from ocgdesk.reports.drawing_names import Naming, naming, width_of
from ocgdesk.reports.drawing_notes import notes
from ocgdesk.reports.drawing_parts import (
    Area,
    Drawing,
    Hull,
    Line,
    Node,
    NoteBox,
    TextRun,
)
from ocgdesk.reports.drawing_steps import Steps, each, finished

__all__ = ["Drawing", "draw", "draw_in_steps", "lines_between", "shown"]

MARGIN = 12.0
"""Left free round everything."""
RANKS = {Importance.PRINCIPAL: 2000, Importance.SIGNIFICANT: 1000, Importance.PERIPHERAL: 0}
"""Weighs more than any number of links."""


def shown(arrangement: Arrangement) -> list[Item]:
    """Return the items that are drawn: placed and not hidden."""
    return [
        item
        for item in arrangement.scene.items
        if item.id in arrangement.places and item.id not in arrangement.hidden
    ]


def _bare(item: Item, at: Point) -> Node:
    made = look_of(item)
    return Node(
        id=item.id,
        at=at,
        look=made,
        label=None,
        detail=None,
        badges=badges(codes(item), at, made.area),
    )


def _rank(item: Item, links: Mapping[UUID, int]) -> int:
    """Return how long an item's label holds its place; exploited people are not ranked by role."""
    importance = 1500 if item.exploited else RANKS[item.importance]
    return importance + min(links[item.id], 999)


def _named(
    nodes: dict[UUID, Node], items: list[Item], links: Mapping[UUID, int], taken: Taken
) -> Steps[dict[UUID, Naming]]:
    """Return the label of every item where there is room, given out by rank."""
    ranked = sorted(
        ((_rank(item, links), item) for item in items),
        key=lambda pair: (-pair[0], pair[1].label, pair[1].id.int),
    )

    def name(pair: tuple[int, Item]) -> tuple[UUID, Naming]:
        rank, item = pair
        return item.id, naming(item, nodes[item.id], taken, rank)

    return dict((yield from each(ranked, name)))


def _labels(pairs: list[tuple[Tie, Route]], taken: Taken) -> Steps[dict[UUID, TextRun]]:
    """Return the label of every tie where there is room, given out by rank."""
    made: dict[UUID, TextRun] = {}

    def label(pair: tuple[Tie, Route]) -> None:
        tie, route = pair
        box = drawing_lines.label_box(route, tie, taken)
        if box:
            taken.add(box)
            made[tie.id] = drawing_lines.label(tie, box)

    yield from each(
        sorted(pairs, key=lambda pair: (-drawing_lines.rank(pair[0]), pair[0].id.int)), label
    )
    return made


def _grounded(run: TextRun | None, made_hulls: tuple[Hull, ...]) -> TextRun | None:
    """Return a label that knows what it stands on."""
    if run is None or not made_hulls:
        return run
    found = ground(made_hulls, run.box)
    return replace(run, ground=found) if found.washes else run


def _node(bare: Node, name: Naming, made_hulls: tuple[Hull, ...]) -> Node:
    return Node(
        id=bare.id,
        at=bare.at,
        look=bare.look,
        label=_grounded(name.name, made_hulls),
        detail=_grounded(name.detail, made_hulls),
        badges=bare.badges,
    )


def _end(item: Item, places: Mapping[UUID, Point]) -> End:
    return End(places[item.id], look_of(item))


def lines_between(
    items: Iterable[Item], ties: Iterable[Tie], places: Mapping[UUID, Point]
) -> tuple[Line, ...]:
    """Return only the lines of these ties, without labels: what follows an item while it moves."""
    ends = {item.id: _end(item, places) for item in items}
    return tuple(drawing_lines.line(*pair) for pair in drawing_lines.routes(ties, ends))


def _covered(
    made_hulls: Iterable[Hull],
    lines: Iterable[Line],
    nodes: Iterable[Node],
    made_notes: Iterable[NoteBox],
) -> Iterator[Area]:
    """Yield the box of all that is drawn. Straight lines lie between the items they join."""
    for hull in made_hulls:
        yield hull.box
        yield hull.tab_box
    for node in nodes:
        yield node.box
        yield from (run.box for run in (node.label, node.detail) if run)
        yield from (badge.box for badge in node.badges)
    yield from (note.box for note in made_notes)
    for line in lines:
        if line.label:
            yield line.label.box
        if len(line.points) > 2:
            yield from (Area(point.x, point.y, 0.0, 0.0) for point in line.points)


def _bounds(boxes: list[Area]) -> Area:
    if not boxes:
        return Area(0.0, 0.0, 0.0, 0.0)
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = (
        max(box.x + box.width for box in boxes),
        max(box.y + box.height for box in boxes),
    )
    return Area(left, top, right - left, bottom - top).grown(MARGIN)


def _yielded(nodes: Iterable[Node], ties: Iterable[Tie], labels: dict[UUID, TextRun]) -> int:
    """Return how many labels found no room."""
    names = sum(node.label is None for node in nodes)
    return names + sum(tie.id not in labels and bool(drawing_lines.words(tie)) for tie in ties)


def _silhouettes(
    nodes: Iterable[Node], made_hulls: Iterable[Hull], made_notes: Iterable[NoteBox]
) -> Taken:
    """Return what no label may cover: silhouettes, badges, tabs and notes."""
    taken = Taken()
    for node in nodes:
        taken.add(node.box)
        for badge in node.badges:
            taken.add(badge.box)
    for hull in made_hulls:
        taken.add(hull.tab_box)
    for note in made_notes:
        taken.add(note.box)
    return taken


@contextmanager
def _uncollected() -> Iterator[None]:
    """Hold the garbage collector: only values are made here, and its rounds cost a third."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def draw(arrangement: Arrangement) -> Drawing:
    """Return the drawing of an arrangement.

    Items without a place and hidden ones are left out, with their ties. Labels never overlap
    one another or a silhouette: names come before ties, and higher ranks before lower.
    """
    with _uncollected():
        return finished(draw_in_steps(arrangement))


def draw_in_steps(arrangement: Arrangement) -> Steps[Drawing]:
    """Make the drawing that ``draw`` returns, pausing now and then."""
    sketch = yield from _sketched(arrangement)
    names, texts = yield from _lettered(sketch)
    made_hulls = sketch.hulls
    nodes = yield from each(
        sketch.items, lambda item: _node(sketch.nodes[item.id], names[item.id], made_hulls)
    )
    lines = yield from each(
        sketch.pairs,
        lambda pair: drawing_lines.line(*pair, _grounded(texts.get(pair[0].id), made_hulls)),
    )
    covered = yield from each(_covered(made_hulls, lines, nodes, sketch.notes), lambda area: area)
    bounds = _bounds(covered)
    yield
    return Drawing(
        bounds=bounds,
        hulls=made_hulls,
        lines=tuple(lines),
        nodes=tuple(nodes),
        notes=sketch.notes,
        yielded=_yielded(nodes, (tie for tie, _route in sketch.pairs), texts),
        words=chart_words.alt_text(arrangement),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sketch:
    """What stands and runs where, before anything is named."""

    items: list[Item]
    nodes: dict[UUID, Node]
    hulls: tuple[Hull, ...]
    pairs: list[tuple[Tie, Route]]
    notes: tuple[NoteBox, ...]


def _sketched(arrangement: Arrangement) -> Steps[_Sketch]:
    items, boxes = shown(arrangement), arrangement.scene.boxes
    places = arrangement.places
    bare = yield from each(items, lambda item: _bare(item, places[item.id]))
    nodes = {node.id: node for node in bare}
    boxed = {id_ for box in boxes for id_ in box.members}
    members = [item for item in items if item.id in boxed]
    widths = yield from each(members, lambda item: (item.id, width_of(item)))
    made_hulls = hulls(boxes, nodes, dict(widths))
    yield
    ends = {item.id: _end(item, places) for item in items}
    pairs = yield from drawing_lines.routes_in_steps(arrangement.scene.ties, ends)
    made_notes = notes(arrangement.scene.notes, nodes)
    return _Sketch(items=items, nodes=nodes, hulls=made_hulls, pairs=pairs, notes=made_notes)


def _lettered(sketch: _Sketch) -> Steps[tuple[dict[UUID, Naming], dict[UUID, TextRun]]]:
    """Return the labels of items and of ties that found room: items come first."""
    taken = _silhouettes(sketch.nodes.values(), sketch.hulls, sketch.notes)
    links = Counter(end for tie, _route in sketch.pairs for end in (tie.source, tie.target))
    names = yield from _named(sketch.nodes, sketch.items, links, taken)
    texts = yield from _labels(sketch.pairs, taken)
    return names, texts
