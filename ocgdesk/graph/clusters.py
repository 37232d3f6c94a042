"""Groups on a chart: members stand together, and boxes overlap only where members are shared."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocgdesk.graph.boxes import MARGIN
from ocgdesk.graph.overlap import HEIGHT, WIDTH, runs

Places = NDArray[np.float64]
Groups = Sequence[Sequence[int]]

_TITLE = 26.0
"""The tab with a group's name stands on the upper edge of its box."""
_ROUNDS = 60
_ROUNDS_OF_ALL = 10_000
"""Rounds times boxes: many boxes get fewer rounds."""
_STRETCHES = 12
_STEP = 0.6
_SLACK = 1.02
_MOST_BOXES = 1_000
"""With more groups than this the boxes are left as they fall."""


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

    Bounded: what still overlaps after so many rounds is left.
    """
    sets = units(len(places), groups)
    boxes = np.flatnonzero(sets.boxed)
    if not boxes.size or boxes.size > _MOST_BOXES:
        return places
    middle, half = extents(places, sets)
    weight = np.sqrt(np.bincount(sets.of, minlength=len(sets)).astype(np.float64))
    weight[np.unique(sets.of[still])] = np.inf
    spread = middle if still.any() else _eased(middle, half, boxes.size)
    moved = _parted(spread, half, weight, boxes.size)
    shifted: Places = places + (moved - middle)[sets.of]
    return shifted


def _eased(middle: Places, half: Places, boxes: int) -> Places:
    """Stretch a drawing until its boxes are in each other's way only here and there."""
    centre = middle.mean(axis=0)
    for _turn in range(_STRETCHES):
        _one, two = _meeting(middle, half, boxes)
        if np.count_nonzero(two < boxes) <= 0.7 * boxes:
            break
        middle = centre + (middle - centre) * 1.2
    return middle


def _parted(middle: Places, half: Places, weight: NDArray[np.float64], boxes: int) -> Places:
    middle = middle.copy()
    for _turn in range(min(_ROUNDS, _ROUNDS_OF_ALL // boxes)):
        one, two = _meeting(middle, half, boxes)
        free = ~(np.isinf(weight[one]) & np.isinf(weight[two]))
        one, two = one[free], two[free]
        if not one.size:
            break
        push = _pushes(middle[two] - middle[one], half[one] + half[two])
        share = _share(weight[one], weight[two])[:, None]
        for axis in (0, 1):
            back = np.bincount(one, (push * share)[:, axis], len(middle))
            forth = np.bincount(two, (push * (1 - share))[:, axis], len(middle))
            middle[:, axis] += forth - back
    return middle


def _pushes(apart: Places, room: Places) -> Places:
    """Return how far the second of each pair must go, along the axis where less is missing."""
    missing = (room - np.abs(apart)) * _SLACK
    across = missing[:, 0] <= missing[:, 1]
    push: Places = missing * np.where(apart < 0, -1.0, 1.0) * _STEP
    push[across, 1] = 0.0
    push[~across, 0] = 0.0
    return push


def _share(one: NDArray[np.float64], two: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how much of a push the first takes: the heavier moves less, the fixed not at all."""
    light = 1 / one
    share: NDArray[np.float64] = light / (light + 1 / two)
    return share


def _meeting(
    middle: Places, half: Places, boxes: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the pairs of a box and a later unit that overlap; boxes are the first units."""
    wide = half[boxes:, 0].max(initial=0.0)
    order = boxes + np.argsort(middle[boxes:, 0], kind="stable")
    along = middle[order, 0]
    reach = half[:boxes, 0] + wide
    starts = np.searchsorted(along, middle[:boxes, 0] - reach)
    ends = np.searchsorted(along, middle[:boxes, 0] + reach)
    box, at = runs(starts, ends)
    first, second = np.triu_indices(boxes, 1)
    one, two = np.concatenate((first, box)), np.concatenate((second, order[at]))
    for axis in (0, 1):
        apart = np.abs(middle[two, axis] - middle[one, axis])
        meet = half[one, axis] + half[two, axis] - apart > 1e-6
        one, two = one[meet], two[meet]
    return one, two


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
