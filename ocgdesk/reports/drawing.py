"""From an arrangement to a drawing: what is painted, wherever it is painted.

Pure arithmetic on values: the same arrangement makes the same drawing on every machine.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from ocgdesk.domain.charts import Arrangement, Item, Point, Tie
from ocgdesk.reports import chart_words, drawing_lines
from ocgdesk.reports.drawing_badges import badges
from ocgdesk.reports.drawing_hulls import hulls
from ocgdesk.reports.drawing_labels import Taken
from ocgdesk.reports.drawing_lines import End
from ocgdesk.reports.drawing_looks import key_of, look
from ocgdesk.reports.drawing_names import Naming, naming
from ocgdesk.reports.drawing_parts import Area, Drawing, Hull, Line, Node

__all__ = ["Drawing", "draw", "lines_between", "shown"]

MARGIN = 12.0
"""Left free round everything."""
RANKS = {"principal": 2000, "significant": 1000, "peripheral": 0}


def shown(arrangement: Arrangement) -> list[Item]:
    """Return the items that are drawn: placed and not hidden."""
    return [
        item
        for item in arrangement.scene.items
        if item.id in arrangement.places and item.id not in arrangement.hidden
    ]


def _bare(item: Item, at: Point) -> Node:
    made = look(key_of(item), item.importance)
    return Node(
        id=item.id,
        at=at,
        look=made,
        label=None,
        detail=None,
        badges=badges(item.badges, at, made.area),
        words=chart_words.item_words(item),
    )


def _rank(item: Item, links: Mapping[UUID, int]) -> int:
    """Return how long an item's label holds its place; exploited people are not ranked by role."""
    importance = 1500 if item.exploited else RANKS[item.importance.value]
    return importance + min(links[item.id], 999)


def _named(
    nodes: dict[UUID, Node], items: list[Item], links: Mapping[UUID, int], taken: Taken
) -> Iterator[Node]:
    """Yield every node with its label where there is room, higher ranks first."""
    for item in sorted(items, key=lambda item: (-_rank(item, links), item.label, item.id.int)):
        node = nodes[item.id]
        found: Naming = naming(item, node, taken, _rank(item, links))
        yield replace(node, label=found.name, detail=found.detail)


def _labelled(pairs: list[tuple[Tie, Line]], taken: Taken) -> dict[UUID, Line]:
    """Return the lines by tie, each with its label where there is room."""
    made = {tie.id: line for tie, line in pairs}
    for tie, line in sorted(pairs, key=lambda pair: (-drawing_lines.rank(pair[0]), pair[0].id.int)):
        for box in drawing_lines.label_boxes(line, tie):
            if taken.is_free(box):
                taken.add(box)
                made[tie.id] = replace(line, label=drawing_lines.label(tie, box))
                break
    return made


def _ends(items: Iterable[Item], places: Mapping[UUID, Point]) -> dict[UUID, End]:
    return {
        item.id: End(places[item.id], look(key_of(item), item.importance)) for item in items
    }


def lines_between(
    items: Iterable[Item], ties: Iterable[Tie], places: Mapping[UUID, Point]
) -> tuple[Line, ...]:
    """Return only the lines of these ties, without labels: what follows an item while it moves."""
    ends = _ends(items, places)
    return tuple(line for _tie, line in drawing_lines.lines(ties, ends))


def _bounds(
    made_hulls: Iterable[Hull], lines: Iterable[Line], nodes: Iterable[Node]
) -> Area:
    boxes = [hull.box for hull in made_hulls] + [hull.tab_box for hull in made_hulls]
    for node in nodes:
        boxes.append(node.box)
        boxes += [run.box for run in (node.label, node.detail) if run]
        boxes += [badge.box for badge in node.badges]
    for line in lines:
        boxes += [Area(point.x, point.y, 0.0, 0.0) for point in line.points]
        if line.label:
            boxes.append(line.label.box)
    if not boxes:
        return Area(0.0, 0.0, 0.0, 0.0)
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    return Area(left, top, right - left, bottom - top).grown(MARGIN)


def draw(arrangement: Arrangement) -> Drawing:
    """Return the drawing of an arrangement.

    Items without a place and hidden ones are left out, with their ties. Labels never overlap
    one another or a silhouette: names come before ties, and higher ranks before lower.
    """
    items = shown(arrangement)
    nodes = {item.id: _bare(item, arrangement.places[item.id]) for item in items}
    made_hulls = hulls(arrangement.scene.boxes, nodes)
    taken = Taken()
    for node in nodes.values():
        taken.add(node.box)
        for badge in node.badges:
            taken.add(badge.box)
    for hull in made_hulls:
        taken.add(hull.tab_box)
    pairs = drawing_lines.lines(arrangement.scene.ties, _ends(items, arrangement.places))
    links = Counter(end for tie, _line in pairs for end in (tie.source, tie.target))
    nodes |= {node.id: node for node in _named(nodes, items, links, taken)}
    lines = tuple(_labelled(pairs, taken).values())
    drawn = tuple(nodes[item.id] for item in items)
    return Drawing(
        bounds=_bounds(made_hulls, lines, drawn),
        hulls=made_hulls,
        lines=lines,
        nodes=drawn,
        yielded=sum(node.label is None for node in drawn)
        + sum(line.label is None and bool(drawing_lines.words(tie)) for (tie, _l), line in zip(pairs, lines, strict=True)),
        words=chart_words.alt_text(arrangement),
    )
