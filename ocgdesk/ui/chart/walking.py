"""From item to item by keys: the next one, the nearest in a direction, the way between two."""

from collections import deque
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from ocgdesk.reports.drawing_parts import Node
from ocgdesk.ui.chart.index import Index

ROW: Final = 60.0
"""Items whose middles are no further apart than this stand in one row, in chart units."""
ASIDE: Final = 2.0
"""How much further off an item is for each unit it lies beside the direction."""


def in_reading_order(nodes: Sequence[Node]) -> list[UUID]:
    """Return the items row by row, each from left to right."""
    ordered = sorted(nodes, key=lambda node: (node.at.y // ROW, node.at.x, node.id.int))
    return [node.id for node in ordered]


def after(index: Index, current: UUID | None, by: int) -> UUID | None:
    """Return the item so many on in reading order; none beyond the last or before the first."""
    order = in_reading_order(index.nodes)
    if current not in order:
        return order[0 if by > 0 else -1] if order else None
    at = order.index(current) + by
    return order[at] if 0 <= at < len(order) else None


def toward(index: Index, current: UUID, dx: float, dy: float) -> UUID | None:
    """Return the nearest item that lies in a direction from another, if there is one."""
    start = index.node(current)
    best: tuple[float, UUID | None] = (float("inf"), None)
    for node in index.nodes if start else ():
        assert start is not None  # noqa: S101 - nothing is looked at otherwise
        x, y = node.at.x - start.at.x, node.at.y - start.at.y
        ahead, aside = x * dx + y * dy, abs(x * dy) + abs(y * dx)
        cost = ahead + ASIDE * aside
        if ahead > aside / 2 and node.id != current and cost < best[0]:
            best = cost, node.id
    return best[1]


def way(index: Index, one: UUID, other: UUID) -> list[UUID]:
    """Return the items and lines of a shortest way between two, in order; none where none is.

    Over what is drawn, with and against arrows. Of ways as short the one drawn first is taken.
    """
    came: dict[UUID, tuple[UUID, UUID] | None] = {one: None}
    waiting = deque([one])
    while waiting and other not in came:
        here = waiting.popleft()
        for at in index.lines_of(here):
            line = index.lines[at]
            for end in line.ends or ():
                if end not in came and line.owner:
                    came[end] = here, line.owner
                    waiting.append(end)
    return _back(came, other) if other in came else []


def _back(came: dict[UUID, tuple[UUID, UUID] | None], other: UUID) -> list[UUID]:
    found, step = [other], came[other]
    while step is not None:
        found += [step[1], step[0]]
        step = came[step[0]]
    return found[::-1]
