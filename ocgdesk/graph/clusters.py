"""Groups on a chart: members stand together, and boxes overlap only where members are shared."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocgdesk.graph.boxes import MARGIN
from ocgdesk.graph.overlap import HEIGHT, WIDTH

Places = NDArray[np.float64]
Groups = Sequence[Sequence[int]]

_TITLE = 26.0
"""The tab with a group's name stands on the upper edge of its box."""
_ROUNDS = 120
_STEP = 0.6
_SLACK = 1.02
_MOST_PAIRS = 4_000_000
"""Above this many pairs of box and item the boxes are left as they fall."""


@dataclass(frozen=True, slots=True)
class Units:
    """What moves as one: the members of exactly the same groups, or an item in no group."""

    of: NDArray[np.int64]
    """The unit of each item."""
    boxed: NDArray[np.bool_]
    """Whether the unit is a box round members."""

    def __len__(self) -> int:
        """Return the number of units."""
        return int(self.boxed.size)


def units(count: int, groups: Groups) -> Units:
    """Tell what moves as one; boxed units come first, in the order of their first members."""
    belongs: dict[int, list[int]] = {}
    for number, members in enumerate(groups):
        for item in dict.fromkeys(members):
            belongs.setdefault(item, []).append(number)
    numbers: dict[tuple[int, ...], int] = {}
    of = np.full(count, -1, np.int64)
    for item in sorted(belongs):
        of[item] = numbers.setdefault(tuple(belongs[item]), len(numbers))
    alone = of < 0
    of[alone] = np.arange(np.count_nonzero(alone)) + len(numbers)
    boxed = np.arange(int(of.max(initial=-1)) + 1) < len(numbers)
    return Units(of, boxed)


def with_hubs(
    count: int, edges: NDArray[np.int64], groups: Groups
) -> tuple[NDArray[np.int64], int]:
    """Add one node per group of two or more, linked to its members; return the edges and how many.

    The hubs come after the ``count`` items and are dropped once their pull is felt.
    """
    sets = [sorted(set(members)) for members in groups]
    pulled = [members for members in sets if len(members) > 1]
    rows = [(count + hub, one) for hub, members in enumerate(pulled) for one in members]
    added = np.array(rows, np.int64).reshape(-1, 2)
    return np.concatenate((edges, added)), len(pulled)


def extents(places: Places, of: Units) -> tuple[Places, Places]:
    """Return the middle and the half size of each unit, box and labels included."""
    low = np.full((len(of), 2), np.inf)
    high = np.full((len(of), 2), -np.inf)
    np.minimum.at(low, of.of, places)
    np.maximum.at(high, of.of, places)
    room = np.where(of.boxed[:, None], (MARGIN + 12, MARGIN + 12), (WIDTH / 2, HEIGHT / 2))
    low -= room + np.where(of.boxed[:, None], (0.0, _TITLE), (0.0, 0.0))
    high += room
    return (low + high) / 2, (high - low) / 2


def part_boxes(places: Places, groups: Groups, still: NDArray[np.bool_]) -> Places:
    """Move whole units until no box covers what is not its own; units with a fixed item stay.

    Bounded: after so many rounds, or for too many pairs, what still overlaps is left.
    """
    parted = units(len(places), groups)
    boxes = np.flatnonzero(parted.boxed)
    if not boxes.size or boxes.size * len(parted) > _MOST_PAIRS:
        return places
    middle, half = extents(places, parted)
    weight = np.sqrt(np.bincount(parted.of, minlength=len(parted)).astype(np.float64))
    weight[np.unique(parted.of[still])] = np.inf
    moved = _parted(middle, half, weight, boxes)
    shifted: Places = places + (moved - middle)[parted.of]
    return shifted


def _parted(
    middle: Places, half: Places, weight: NDArray[np.float64], boxes: NDArray[np.int64]
) -> Places:
    middle = middle.copy()
    for _turn in range(_ROUNDS):
        one, two, push = _clashes(middle, half, boxes)
        free = ~(np.isinf(weight[one]) & np.isinf(weight[two]))
        one, two, push = one[free], two[free], push[free]
        if not one.size:
            break
        share = _share(weight[one], weight[two])[:, None]
        for axis in (0, 1):
            back = np.bincount(one, (push * share)[:, axis], len(middle))
            forth = np.bincount(two, (push * (1 - share))[:, axis], len(middle))
            middle[:, axis] += forth - back
    return middle


def _share(one: NDArray[np.float64], two: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how much of a push the first takes: the heavier moves less, the fixed not at all."""
    light = 1 / one
    share: NDArray[np.float64] = light / (light + 1 / two)
    return share


def _clashes(
    middle: Places, half: Places, boxes: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], Places]:
    """Return the pairs of box and unit that overlap, and how far the second must go."""
    apart = middle[None, :] - middle[boxes][:, None]
    missing = (half[None, :] + half[boxes][:, None]) - np.abs(apart)
    row, two = np.nonzero((missing > 1e-6).all(axis=2))
    one = boxes[row]
    once = (one < two) | ~np.isin(two, boxes)
    once &= one != two
    row, one, two = row[once], one[once], two[once]
    apart, missing = apart[row, two], missing[row, two] * _SLACK * _STEP
    push = missing * np.where(apart < 0, -1.0, 1.0)
    across = missing[:, 0] <= missing[:, 1]
    push[across, 1] = 0.0
    push[~across, 0] = 0.0
    return one, two, push


def rows(of: Units, groups: Groups, spacing: float) -> Places:
    """Set the members of each boxed unit out in rows round (0, 0), in the order of the groups."""
    order = list(dict.fromkeys(item for members in groups for item in members))
    places = np.zeros((len(of.of), 2))
    inside: dict[int, list[int]] = {}
    for item in order:
        inside.setdefault(int(of.of[item]), []).append(item)
    for items in inside.values():
        places[items] = _block(len(items)) * spacing
    return places


def _block(count: int) -> Places:
    """Return ``count`` places in rows, each row centred, half as wide again as high."""
    wide = int(np.ceil(np.sqrt(count * 1.5)))
    at = np.arange(count)
    row, column = at // wide, at % wide
    short = np.bincount(row)[row]
    places = np.stack((column - (short - 1) / 2, row - row[-1] / 2), axis=1)
    block: Places = places
    return block
