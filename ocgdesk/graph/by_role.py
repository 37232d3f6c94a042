"""Layouts that know what an OCG is: members in tiers, and round them what they hold and run.

The OCG layout sets principals on top, then significant, then peripheral members, with handles
beside their holders; lines hang below the boxes, towns lowest, commodities at the right, and
people recorded as exploited outside every box. The layout by role has a row for each rank.
"""

from collections.abc import Sequence
from math import sqrt
from typing import Final

import numpy as np

from ocgdesk.graph import homes as homing
from ocgdesk.graph.placing import SPACING, Edges, Fixed, Groups, Places, checked, settled
from ocgdesk.graph.standing import PLAIN, Standing
from ocgdesk.graph.tiers import ROW, Plan, Spot, block, depths

ASPECT: Final = 1.7
_BETWEEN: Final = 1.5
"""Between two blocks, in spacings: room for the edges of two boxes."""
_SHELF: Final = 1.6
"""Between two shelves of blocks, in spacings."""
_SIDE_BY_SIDE: Final = 3
"""So few blocks are never broken into shelves."""


def ocg(
    count: int,
    edges: Edges,
    *,
    fixed: Fixed | None = None,
    groups: Groups = (),
    standings: Sequence[Standing] = (),
    spacing: float = SPACING,
    broad: float = 1.0,
    **_unused: object,
) -> Places:
    """Set each OCG out by importance, with what its members hold and run round it."""
    plan = _plan(count, edges, groups, standings, spacing, by_role=False, broad=broad)
    return settled(_shelved(_row(plan, groups), groups, plan, count), fixed)


def roles(
    count: int,
    edges: Edges,
    *,
    fixed: Fixed | None = None,
    groups: Groups = (),
    standings: Sequence[Standing] = (),
    spacing: float = SPACING,
    broad: float = 1.0,
    **_unused: object,
) -> Places:
    """Set members out in one row a rank of role, at one height in all OCGs side by side."""
    plan = _plan(count, edges, groups, standings, spacing, by_role=True, broad=broad)
    return settled(_shelved(_row(plan, groups), groups, plan, count), fixed)


def _plan(
    count: int,
    edges: Edges,
    groups: Groups,
    standings: Sequence[Standing],
    spacing: float,
    *,
    by_role: bool,
    broad: float,
) -> Plan:
    return Plan(
        near=homing.neighbours(count, checked(count, edges, groups, None)),
        standings=standings or [PLAIN] * count,
        boxed=frozenset(item for members in groups for item in members),
        spacing=spacing,
        by_role=by_role,
        broad=broad,
    )


def _row(plan: Plan, groups: Groups) -> dict[int, list[int]]:
    """Return the items of each block, in the order in which the blocks stand."""
    found = homing.homes(plan.near, groups, plan.standings)
    made = homing.blocks(found)
    return {home: made[home] for home in homing.ordered(made, found, plan.near, groups)}


def _shelved(row: dict[int, list[int]], groups: Groups, plan: Plan, count: int) -> Places:
    """Set blocks side by side, on shelves where they are many, and shared members between them."""
    places = np.zeros((count, 2))
    y = 0.0
    for shelf in _shelves(row, plan):
        drawn, tall = _filled(shelf, row, homing.between(shelf, groups), plan)
        for item, (across, down) in drawn.items():
            places[item] = across, y + down
        y += tall + _SHELF * plan.spacing
    return places - (places.min(axis=0) + places.max(axis=0)) / 2 if count else places


def _shelves(row: dict[int, list[int]], plan: Plan) -> list[list[int]]:
    """Return which blocks stand on each shelf: a screen's shape for the whole."""
    drawn = {home: block(items, plan, {}) for home, items in row.items()}
    gap = _BETWEEN * plan.spacing
    area = sum((one.width + gap) * (one.height + _SHELF * plan.spacing) for one in drawn.values())
    wide = max(sqrt(area * ASPECT), *(one.width for one in drawn.values()), 0.0)
    if len(drawn) <= _SIDE_BY_SIDE:
        wide = np.inf
    shelves: list[list[int]] = []
    x = 0.0
    for home, one in drawn.items():
        if not shelves or x + one.width > wide:
            shelves.append([])
            x = 0.0
        shelves[-1].append(home)
        x += one.width + gap
    return shelves


def _filled(
    shelf: list[int],
    row: dict[int, list[int]],
    shared: dict[tuple[int, int], list[int]],
    plan: Plan,
) -> tuple[dict[int, Spot], float]:
    """Set the blocks of one shelf out from the left; return the spots and how tall it is."""
    apart = {item for some in shared.values() for item in some}
    own = {home: [item for item in row[home] if item not in apart] for home in shelf}
    least = depths((items for items in own.values() if items), plan) if plan.by_role else {}
    spots: dict[int, Spot] = {}
    x = tall = 0.0
    for home, after in zip(shelf, [*shelf[1:], shelf[-1]], strict=True):
        if own[home]:
            one = block(own[home], plan, least)
            spots |= {item: (x + across, down) for item, (across, down) in one.spots.items()}
            x, tall = x + one.width + _BETWEEN * plan.spacing, max(tall, one.height)
        x = _beside(shared.pop(_pair(home, after), []), x, spots, plan)
    return spots, tall


def _pair(one: int, two: int) -> tuple[int, int]:
    return (one, two) if one < two else (two, one)


def _beside(items: list[int], x: float, spots: dict[int, Spot], plan: Plan) -> float:
    """Set members of two OCGs in columns between them; return where the next block begins."""
    if not items:
        return x
    deep = max(3, round(sqrt(len(items) * 2)))
    ranked = sorted(items, key=lambda item: (plan.standings[item].band, item))
    for at, item in enumerate(ranked):
        column, row = divmod(at, deep)
        spots[item] = x + column * plan.spacing, row * ROW * plan.spacing
    columns = -(-len(items) // deep)
    return x + (columns - 1 + _BETWEEN) * plan.spacing
