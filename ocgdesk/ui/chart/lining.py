"""Putting what is selected into line: by edges or middles, or with even gaps."""

from collections.abc import Callable, Sequence
from typing import Final
from uuid import UUID

from ocgdesk.domain.charts import Point
from ocgdesk.i18n import N_
from ocgdesk.reports.drawing_parts import Area, Node

Places = dict[UUID, Point]

ALIGNED: Final = {
    "left": N_("Align left"),
    "centre": N_("Align centre"),
    "right": N_("Align right"),
    "top": N_("Align top"),
    "middle": N_("Align middle"),
    "bottom": N_("Align bottom"),
}
SPREAD: Final = {
    "across": N_("Distribute across"),
    "down": N_("Distribute down"),
}


def _joined(nodes: Sequence[Node]) -> Area:
    area = nodes[0].box
    for node in nodes[1:]:
        area = area.joined(node.box)
    return area


_SHIFTS: Final[dict[str, Callable[[Area, Area], tuple[float, float]]]] = {
    "left": lambda all_, box: (all_.x - box.x, 0.0),
    "centre": lambda all_, box: (all_.centre.x - box.centre.x, 0.0),
    "right": lambda all_, box: (all_.right - box.right, 0.0),
    "top": lambda all_, box: (0.0, all_.y - box.y),
    "middle": lambda all_, box: (0.0, all_.centre.y - box.centre.y),
    "bottom": lambda all_, box: (0.0, all_.bottom - box.bottom),
}


def aligned(nodes: Sequence[Node], edge: str) -> Places:
    """Return where items go whose edges or middles are to be in one line."""
    whole, shift = _joined(nodes), _SHIFTS[edge]
    places = {}
    for node in nodes:
        dx, dy = shift(whole, node.box)
        places[node.id] = Point(node.at.x + dx, node.at.y + dy)
    return places


def spread(nodes: Sequence[Node], way: str) -> Places:
    """Return where items go that are to have even gaps; the outermost two stay."""
    is_across = way == "across"
    ordered = sorted(nodes, key=lambda n: (n.at.x if is_across else n.at.y, n.id.int))
    first, last = ordered[0].at, ordered[-1].at
    steps = max(1, len(ordered) - 1)
    places = {}
    for number, node in enumerate(ordered):
        share = number / steps
        x = first.x + (last.x - first.x) * share if is_across else node.at.x
        y = node.at.y if is_across else first.y + (last.y - first.y) * share
        places[node.id] = Point(x, y)
    return places
