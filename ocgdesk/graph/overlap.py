"""Keeping items off each other: every pair is a label's width or a row's height apart."""

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.float64]
Pairs = tuple[NDArray[np.int64], NDArray[np.int64]]

WIDTH = 110.0
"""Across: what a label needs."""
HEIGHT = 84.0
"""Down: symbol and label; also the least distance of two middles in any direction."""
CLEAR = float(np.hypot(WIDTH, HEIGHT))
"""At this distance two items are out of each other's way in any direction."""

_ROUNDS = 60
_STRETCHES = 5
_STEP = 0.8
_CALM = 0.25
"""How much an item with many others in its way is slowed down; 0 not at all."""
_CROWD = 1.0
"""Pairs in each other's way per item, up to which pushing parts them."""
_STRAYS = 0.03
_MOST_STRAYS = 100
"""The share, and the number, of items set down elsewhere rather than stretch the whole."""
_SLACK = 1.02
"""Push a little further than needed, so that rounding does not leave a hair's overlap."""
_GOLDEN = np.pi * (3 - np.sqrt(5))


def crowded(places: Places, width: float = WIDTH, height: float = HEIGHT) -> Pairs:
    """Return the pairs that are nearer than ``width`` across and ``height`` down, each once."""
    size = np.array((width, height))
    cells = np.floor((places - places.min(axis=0, initial=0.0)) / size).astype(np.int64)
    tall = int(cells[:, 1].max(initial=0)) + 3
    keys = cells[:, 0] * tall + cells[:, 1]
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    # A cell's neighbours are two runs of keys: the rest of its own column down to the next
    # cell, and three cells of the next column.
    own = np.arange(keys.size), np.searchsorted(keys, keys + 1, side="right")
    first, second = runs(own[0] + 1, own[1])
    beside = np.searchsorted(keys, keys + tall - 1), np.searchsorted(keys, keys + tall + 1, "right")
    third, fourth = runs(*beside)
    one = order[np.concatenate((first, third))]
    two = order[np.concatenate((second, fourth))]
    near = (np.abs(places[one] - places[two]) < size).all(axis=1)
    one, two = one[near], two[near]
    return np.minimum(one, two), np.maximum(one, two)


def runs(starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Pairs:
    """Return every number from each start to before its end, and which run it is of."""
    lengths = np.maximum(ends - starts, 0)
    left = np.repeat(np.arange(starts.size), lengths)
    shift = np.repeat(starts - np.cumsum(lengths) + lengths, lengths)
    return left, shift + np.arange(shift.size)


def separate(places: Places, fixed: NDArray[np.bool_] | None = None) -> Places:
    """Move items apart until none overlap; ``fixed`` ones keep their place.

    Only two fixed items can still overlap afterwards. First all push each other gently; what
    will not part after a bounded number of rounds is set down at the nearest free place.
    """
    still = np.zeros(len(places), np.bool_) if fixed is None else fixed
    if still.any():
        return _settled(_push_apart(_unstacked(places, still), still), still)
    moved = _eased(_unstacked(places, still))
    for _turn in range(_STRETCHES):
        moved = _push_apart(moved, still)
        if np.count_nonzero(_loose(moved, still)) <= min(_STRAYS * len(moved), _MOST_STRAYS):
            break
        moved = _stretched(moved, 1.15)
    return _settled(moved, still)


def _unstacked(places: Places, still: NDArray[np.bool_]) -> Places:
    """Spread items that lie on the same spot in a spiral round it: no push could part them."""
    _same, which = np.unique(np.round(places), axis=0, return_inverse=True)
    order = np.lexsort((np.arange(len(places)), ~still, which))
    counts = np.bincount(which)
    turn = np.empty(len(places))
    turn[order] = np.arange(len(places)) - np.repeat(np.cumsum(counts) - counts, counts)
    turn[still] = 0.0
    ray = np.stack((np.cos(turn * _GOLDEN), np.sin(turn * _GOLDEN)), axis=1)
    spread: Places = places + ray * np.sqrt(turn)[:, None] * (WIDTH / 2, HEIGHT / 2)
    return spread


def _eased(places: Places) -> Places:
    """Stretch a drawing until its items are in each other's way only here and there."""
    for _turn in range(4):
        crowd = _crowd(places) / max(_CROWD * len(places), 1.0)
        if crowd <= 1:
            break
        places = _stretched(places, np.sqrt(crowd))
    return places


def _crowd(places: Places) -> float:
    """Estimate how many pairs overlap from how many share a cell: four times as many."""
    cells = np.floor(places / (WIDTH, HEIGHT)).astype(np.int64)
    _cells, counts = np.unique(cells, axis=0, return_counts=True)
    return float(2 * (counts * (counts - 1)).sum())


def _stretched(places: Places, factor: float) -> Places:
    middle = places.mean(axis=0)
    wider: Places = middle + (places - middle) * factor
    return wider


def _loose(places: Places, still: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which items are to be set down elsewhere so that the rest do not overlap."""
    one, two = crowded(places)
    loose = np.zeros(len(places), np.bool_)
    for first, second in zip(one.tolist(), two.tolist(), strict=True):
        if loose[first] or loose[second] or (still[first] and still[second]):
            continue
        loose[first if still[second] else second] = True
    return loose


def _push_apart(places: Places, still: NDArray[np.bool_]) -> Places:
    size = np.array((WIDTH, HEIGHT))
    places = places.copy()
    for _turn in range(_ROUNDS):
        one, two = crowded(places)
        free = ~(still[one] & still[two])
        one, two = one[free], two[free]
        if not one.size:
            break
        push = _pushes(places[two] - places[one], size)
        push *= np.where(still[one] | still[two], 1.0, _STEP)[:, None]
        places += _summed(one, two, push, len(places)) * ~still[:, None]
    return places


def _pushes(apart: Places, size: NDArray[np.float64]) -> Places:
    """Return how far the second of each pair must go, along the axis where less is missing."""
    missing = size * _SLACK - np.abs(apart)
    across = missing[:, 0] / size[0] <= missing[:, 1] / size[1]
    push = missing * np.where(apart < 0, -1.0, 1.0)
    push[across, 1] = 0.0
    push[~across, 0] = 0.0
    pushes: Places = push
    return pushes


def _summed(one: NDArray[np.int64], two: NDArray[np.int64], push: Places, count: int) -> Places:
    """Add up the pushes on each item, less where there are many of them."""
    total = [
        np.bincount(two, push[:, axis], count) - np.bincount(one, push[:, axis], count)
        for axis in (0, 1)
    ]
    others = np.bincount(one, minlength=count) + np.bincount(two, minlength=count)
    summed: Places = np.stack(total, axis=1) / np.maximum(others, 1)[:, None] ** _CALM
    return summed


def _settled(places: Places, still: NDArray[np.bool_]) -> Places:
    """Set what still overlaps down at a free place near by, one after the other."""
    places = places.copy()
    loose = _loose(places, still)
    for one in np.flatnonzero(loose).tolist():
        places[one] = _free_place(places[one], places[~loose])
        loose[one] = False
    return places


def _free_place(wanted: Places, taken: Places) -> Places:
    """Return the nearest place of a lattice round ``wanted`` that is in nobody's way."""
    half = np.array((WIDTH, HEIGHT)) / 2
    steps = (taken - wanted) / half
    reach = 8
    while True:
        free = np.argwhere(~_blocked(steps, reach)) - reach
        if free.size:
            away = ((free * half) ** 2).sum(axis=1)
            place: Places = wanted + free[np.argmin(away)] * half
            return place
        reach *= 2


def _blocked(steps: Places, reach: int) -> NDArray[np.bool_]:
    """Tell which points of a lattice of half sizes are in the way of something taken.

    The lattice runs from ``-reach`` to ``reach``, and ``steps`` are the places taken, in the same
    measure; each is in the way of the points less than two steps from it.
    """
    blocked = np.zeros((2 * reach + 1, 2 * reach + 1), np.bool_)
    near = steps[(np.abs(steps) < reach + 2).all(axis=1)]
    base = np.floor(near).astype(np.int64)
    for across in range(-2, 4):
        for down in range(-2, 4):
            at = base + np.array((across, down))
            hit = (np.abs(at - near) < 2 + 1e-9).all(axis=1) & (np.abs(at) <= reach).all(axis=1)
            blocked[tuple((at[hit] + reach).T)] = True
    return blocked
