"""Rows of one block of a chart: members by tier, what belongs to them beside, below and right."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, sqrt
from typing import Final

from ocgdesk.graph.standing import Standing, Zone

Near = Sequence[Sequence[int]]
Spot = tuple[float, float]

ROW: Final = 0.96
"""From one row to the next, in spacings: labels hang below."""
GAP: Final = 1.35
"""From the last row of members to what hangs below: the edge of the box runs between."""
FEWEST: Final = 3
MOST: Final = 9
"""Members in a row, at least, and at most unless they are very many."""
_BESIDE: Final = 3
"""Handles that stand beside their holder; more hang below."""


@dataclass(frozen=True, slots=True)
class Block:
    """The items of one OCG and where each stands, in chart units from the block's upper left."""

    spots: dict[int, Spot]
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a block is set out by."""

    near: Near
    standings: Sequence[Standing]
    boxed: frozenset[int]
    """The items that stand in the box of some group."""
    spacing: float
    by_role: bool
    """Rows by the rank of roles; else by importance."""
    broad: float = 1.0
    """How many times as broad as usual rows are: for a paper that lies."""

    def tier(self, item: int) -> int:
        """Return which row of tiers a member belongs to."""
        one = self.standings[item]
        return max(one.rank, 1) if self.by_role else one.band


def block(items: Sequence[int], plan: Plan, depths: dict[int, int]) -> Block:
    """Set out the items of one block.

    ``depths`` says how many rows each tier is to have at least, so that blocks side by side
    have the same tiers at the same height.
    """
    members, hanging = _parted(items, plan)
    spots = _rows(members, plan, depths)
    floor = max((y for _x, y in spots.values()), default=-GAP * plan.spacing)
    floor = _hung(hanging, spots, floor, plan)
    return _cornered(spots)


def depths(blocks: Iterable[Sequence[int]], plan: Plan) -> dict[int, int]:
    """Return how many rows each tier needs in the block where it needs most."""
    found: dict[int, int] = {}
    for items in blocks:
        members, _hanging = _parted(items, plan)
        for tier, rows in _tiers(members, plan):
            found[tier] = max(found.get(tier, 0), len(rows))
    return found


def _parted(items: Sequence[int], plan: Plan) -> tuple[list[list[int]], list[int]]:
    """Return the members, each with the handles that stand beside it, and what hangs below."""
    people = [item for item in items if _zone(item, plan) is Zone.MEMBER]
    # Members of the box; where there is no box, anybody.
    inside = [item for item in people if item in plan.boxed] or people
    rows = set(inside)
    beside: dict[int, list[int]] = {item: [] for item in inside}
    hanging = []
    for item in items:
        if item in rows:
            continue
        holder = _holder(item, rows, plan) if _zone(item, plan) is Zone.BESIDE else None
        if holder is not None and len(beside[holder]) < _BESIDE:
            beside[holder].append(item)
        else:
            hanging.append(item)
    return [[*beside[item][1::2], item, *beside[item][::2]] for item in inside], hanging


def _zone(item: int, plan: Plan) -> Zone:
    return plan.standings[item].zone


def _holder(item: int, inside: set[int], plan: Plan) -> int | None:
    return next((other for other in plan.near[item] if other in inside), None)


def _rank(unit: Sequence[int], plan: Plan) -> tuple[int, int, int, int]:
    """Order members: by tier, then role, then those with most links."""
    head = next(item for item in unit if _zone(item, plan) is Zone.MEMBER)
    one = plan.standings[head]
    return plan.tier(head), one.rank, -len(plan.near[head]), head


def _tiers(units: list[list[int]], plan: Plan) -> list[tuple[int, list[list[list[int]]]]]:
    """Return the rows of each tier, foremost first; a row is a list of members with handles."""
    ranked = sorted((_rank(unit, plan), unit) for unit in units)
    total = sum(map(len, units))
    most = max(MOST, ceil(sqrt(total))) * plan.broad
    wide = ceil(min(most, max(FEWEST, ceil(sqrt(total * 1.8)) * plan.broad)))
    found = []
    for tier, some in groupby(ranked, key=lambda pair: pair[0][0]):
        found.append((tier, _wrapped([unit for _key, unit in some], wide)))
    return found


def _wrapped(units: list[list[int]], wide: int) -> list[list[list[int]]]:
    """Break members into rows of about the same length, none much wider than ``wide``."""
    count = max(1, ceil(sum(map(len, units)) / wide))
    share = sum(map(len, units)) / count
    rows: list[list[list[int]]] = [[]]
    filled = 0
    for unit in units:
        if rows[-1] and filled + len(unit) / 2 > share * len(rows):
            rows.append([])
        rows[-1].append(unit)
        filled += len(unit)
    return rows


def _rows(units: list[list[int]], plan: Plan, least: dict[int, int]) -> dict[int, Spot]:
    spots: dict[int, Spot] = {}
    found = dict(_tiers(units, plan))
    y = 0.0
    for tier in sorted(found.keys() | least.keys()):
        rows = found.get(tier, [])
        for row in rows:
            _set_out(row, y, spots, plan)
            y += ROW * plan.spacing
        y += max(0, least.get(tier, 0) - len(rows)) * ROW * plan.spacing
    return spots


def _set_out(row: list[list[int]], y: float, spots: dict[int, Spot], plan: Plan) -> None:
    """Place one row: who is linked to somebody above stands as near below as the order allows."""
    pull = _pull(spots, plan)
    start = -(sum(map(len, row)) - 1) / 2
    standing = {id(unit): at for at, unit in enumerate(row)}
    order = sorted(row, key=lambda unit: (pull(unit, None), standing[id(unit)]))
    at = start
    for unit in order if spots else row:
        for item in unit:
            spots[item] = at * plan.spacing, y
            at += 1


def _pull(spots: dict[int, Spot], plan: Plan) -> Callable[[Sequence[int], float | None], float]:
    """Return a function that says where placed neighbours draw some items to."""

    def pull(items: Sequence[int], otherwise: float | None) -> float:
        xs = [spots[n][0] for item in items for n in plan.near[item] if n in spots]
        return sum(xs) / len(xs) if xs else (otherwise or 0.0)

    return pull


_BELOW: Final = (
    (Zone.MEMBER, Zone.BESIDE),
    (Zone.BELOW, Zone.LINE, Zone.APART),
    (Zone.PLACE,),
)
"""What hangs below the members, from top to bottom."""


def _hung(hanging: list[int], spots: dict[int, Spot], floor: float, plan: Plan) -> float:
    """Place what hangs below in bands, and commodities at their right."""
    top = y = floor + GAP * plan.spacing
    wide = _width(spots, plan)
    for zones in _BELOW:
        some = [item for item in hanging if _zone(item, plan) in zones]
        for row in _bands(some, spots, wide, plan):
            for item, x in row:
                spots[item] = x, y
            y += ROW * plan.spacing
    goods = [item for item in hanging if _zone(item, plan) is Zone.GOODS]
    _stacked(goods, spots, top, max(y, top + ROW * plan.spacing), plan)
    return y


def _width(spots: dict[int, Spot], plan: Plan) -> int:
    """Return how many items a row below may have: no wider than the members, where they are."""
    xs = [x for x, _y in spots.values()]
    return max(5, round((max(xs) - min(xs)) / plan.spacing) + 2) if xs else 5


def _bands(
    items: list[int], spots: dict[int, Spot], wide: int, plan: Plan
) -> list[list[tuple[int, float]]]:
    """Break items into rows, each near below what it is linked to."""
    if not items:
        return []
    pull = _pull(spots, plan)
    wide = max(wide, ceil(sqrt(len(items) * 3)))
    wanted = sorted((pull([item], 0.0), item) for item in items)
    count = ceil(len(wanted) / wide)
    rows = [wanted[row::count] for row in range(count)]
    return [
        list(zip((i for _x, i in row), spread([x for x, _i in row], plan.spacing), strict=True))
        for row in rows
    ]


def spread(wanted: Sequence[float], gap: float) -> list[float]:
    """Return places at least ``gap`` apart, in order, as near to the wanted ones as can be.

    Least squares by pooling neighbours that are in each other's way; ``wanted`` is ascending.
    """
    pools: list[list[float]] = []  # sum and number of those that move as one
    for at, place in enumerate(wanted):
        pools.append([place - at * gap, 1.0])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            total, count = pools.pop()
            pools[-1][0] += total
            pools[-1][1] += count
    found: list[float] = []
    for total, count in pools:
        found += [total / count + (len(found) + step) * gap for step in range(int(count))]
    return found


def _stacked(
    goods: list[int], spots: dict[int, Spot], top: float, bottom: float, plan: Plan
) -> None:
    """Place commodities in columns at the right of what hangs below."""
    if not goods:
        return
    below = [x for x, y in spots.values() if y > top - plan.spacing / 2]
    inside = [x for x, _y in spots.values()]
    x = max(below or inside or [-plan.spacing]) + plan.spacing
    deep = max(2, round((bottom - top) / (ROW * plan.spacing)), ceil(sqrt(len(goods))))
    for at, item in enumerate(goods):
        column, row = divmod(at, deep)
        spots[item] = x + column * plan.spacing, top + row * ROW * plan.spacing


def _cornered(spots: dict[int, Spot]) -> Block:
    """Return a block whose leftmost item is at 0; the first row stays at height 0."""
    left = min(x for x, _y in spots.values())
    moved = {item: (x - left, y) for item, (x, y) in spots.items()}
    right, foot = (max(spot[axis] for spot in moved.values()) for axis in (0, 1))
    return Block(moved, right, max(foot, 0.0))
