"""Which names are set on a small picture of a chart: the lower rank yields, as on paper."""

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from ocgdesk.reports.drawing_labels import Taken
from ocgdesk.reports.drawing_parts import Area, Node, TextRun

MOST_SMALL: Final = 160
"""Names shown at once below the zoom that all are readable at."""
FAR: Final = 0.3
"""Below this zoom silhouettes are dots: a name may cover some, but names keep apart."""
APART: Final = 14.0
"""Pixels between names then."""

Named = tuple[Node, TextRun]


def standing(
    shown: Iterable[Named],
    nodes: Sequence[Node],
    zoom: float,
    grow: float,
    around: Iterable[Area] = (),
) -> list[tuple[TextRun, Area]]:
    """Return the names that find room, the first of them first, each with where it stands.

    ``grow`` says how much larger than drawn they are set; ``around`` has what they may not cover
    beside the silhouettes among ``nodes``.
    """
    taken = _room(nodes if zoom >= FAR else (), grow)
    for box in around:
        taken.add(box)
    apart = APART / zoom if zoom < FAR else 0.0
    found: list[tuple[TextRun, Area]] = []
    for node, run in shown:
        wide, high = run.box.width * grow, run.box.height * grow
        left, top = node.at.x - wide / 2, node.box.bottom + 3 * grow
        if taken.has_room(left - apart, top - apart, left + wide + apart, top + high + apart):
            box = Area(left, top, wide, high)
            taken.add(box)
            found.append((run, box))
            if len(found) == MOST_SMALL:
                break
    return found


def in_order(shown: Iterable[Named], always: frozenset[UUID], first: Area | None) -> list[Named]:
    """Return names by rank: those that are always shown, then what stands in the part seen."""

    def key(pair: Named) -> tuple[bool, bool, float]:
        node, run = pair
        return node.id not in always, first is not None and not node.box.meets(first), -run.rank

    return sorted(shown, key=key)


def _room(nodes: Iterable[Node], grow: float) -> Taken:
    """Return what names may not cover: silhouettes, as long as they can be told apart."""
    taken = Taken(100 * grow)
    for node in nodes:
        area, at = node.look.area, node.at
        left, top = at.x + area.x, at.y + area.y
        taken.take(left, top, left + area.width, top + area.height)
    return taken
