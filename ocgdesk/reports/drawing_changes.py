"""A drawing that is there, brought up to a chart that has changed: quickly, not beautifully.

A drag must be seen where it ended and what is hidden must be gone at once; where labels then
stand best, and how far a hull reaches, is left to the drawing that is made anew meanwhile.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from uuid import UUID

from ocgdesk.domain.charts import Arrangement, Point
from ocgdesk.reports import drawing_paths
from ocgdesk.reports.drawing import lines_between, shown
from ocgdesk.reports.drawing_notes import notes
from ocgdesk.reports.drawing_parts import Area, Badge, Drawing, Line, Node, TextRun

MOST: Final = 300
"""Links run anew at once, at most; where more moved they come with the new drawing."""


def adapted(drawing: Drawing, arrangement: Arrangement) -> Drawing:
    """Return a drawing without what is gone or hidden, and with what moved in its new place.

    Links follow what moved, without their labels. What is new on the chart is not there yet.
    """
    places = {item.id: arrangement.places[item.id] for item in shown(arrangement)}
    nodes = tuple(_moved(node, places[node.id]) for node in drawing.nodes if node.id in places)
    away = {node.id for node in drawing.nodes if places.get(node.id) != node.at}
    lines = (*_unmoved(drawing, away), *_followed(arrangement, away, {node.id for node in nodes}))
    return replace(
        drawing,
        bounds=_bounds(drawing.bounds, nodes, away),
        hulls=tuple(hull for hull in drawing.hulls if hull.members & places.keys()),
        lines=lines,
        nodes=nodes,
        notes=notes(arrangement.scene.notes, {node.id: node for node in nodes}),
        _by_id={},
    )


def _unmoved(drawing: Drawing, away: set[UUID]) -> Iterator[Line]:
    return (line for line in drawing.lines if not away.intersection(line.ends or ()))


def _followed(arrangement: Arrangement, away: set[UUID], there: set[UUID]) -> tuple[Line, ...]:
    ties = [
        tie
        for tie in arrangement.scene.ties
        if away & {tie.source, tie.target} and {tie.source, tie.target} <= there
    ]
    if len(ties) > MOST:
        return ()
    ends = {end for tie in ties for end in (tie.source, tie.target)}
    items = [item for item in arrangement.scene.items if item.id in ends]
    return lines_between(items, ties, arrangement.places)


def _bounds(bounds: Area, nodes: tuple[Node, ...], away: set[UUID]) -> Area:
    for node in nodes:
        if node.id in away:
            bounds = bounds.joined(node.box)
    return bounds


def _moved(node: Node, at: Point) -> Node:
    """Return an item as drawn in another place, with all that hangs on it."""
    dx, dy = at.x - node.at.x, at.y - node.at.y
    if not (dx or dy):
        return node
    return replace(
        node,
        at=at,
        label=_run(node.label, dx, dy) if node.label else None,
        detail=_run(node.detail, dx, dy) if node.detail else None,
        badges=tuple(_badge(badge, dx, dy) for badge in node.badges),
    )


def _run(run: TextRun, dx: float, dy: float) -> TextRun:
    return replace(run, x=run.x + dx, y=run.y + dy, box=_area(run.box, dx, dy))


def _badge(badge: Badge, dx: float, dy: float) -> Badge:
    slab = replace(badge.slab, path=drawing_paths.moved(badge.slab.path, dx, dy))
    return replace(badge, slab=slab, text=_run(badge.text, dx, dy), box=_area(badge.box, dx, dy))


def _area(area: Area, dx: float, dy: float) -> Area:
    return Area(area.x + dx, area.y + dy, area.width, area.height)
