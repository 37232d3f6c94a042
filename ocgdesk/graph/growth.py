"""Adding to a chart: what is new finds a place near its neighbours that are placed already."""

import numpy as np
from numpy.typing import NDArray

from ocgdesk.graph.overlap import HEIGHT, WIDTH

Places = NDArray[np.float64]

_GOLDEN = np.pi * (3 - np.sqrt(5))
"""Turning by this angle, no two of any number of rays come to lie together."""
_MANY = 24
"""So many leaves of one hub are set out in a disc."""


def grown(
    places: Places, placed: NDArray[np.bool_], edges: NDArray[np.int64], *, spacing: float
) -> Places:
    """Place what is not ``placed`` yet, hop by hop from what is; at least one item must be.

    One with several placed neighbours goes to their middle; those with one fan out round it,
    away from the middle of the chart. What hangs on nothing placed keeps the place it came with.
    """
    places, done = places.copy(), placed.copy()
    middle = places[placed].mean(axis=0)
    while True:
        total, count = _pulls(places, done, edges)
        ring = np.flatnonzero((count > 0) & ~done)
        if not ring.size:
            return places
        places[ring] = total[ring] / count[ring, None]
        single = ring[count[ring] == 1]
        places[single] += _fan(places[single], middle, spacing)
        done[ring] = True


def _pulls(
    places: Places, done: NDArray[np.bool_], edges: NDArray[np.int64]
) -> tuple[Places, NDArray[np.int64]]:
    """Sum up, for every item, the places of its neighbours that are placed, and count them."""
    ends = np.concatenate((edges, edges[:, ::-1]))
    ends = ends[done[ends[:, 1]]]
    size = len(places)
    total = [np.bincount(ends[:, 0], places[ends[:, 1], axis], size) for axis in (0, 1)]
    return np.stack(total, axis=1), np.bincount(ends[:, 0], minlength=size)


def _fan(anchors: Places, middle: Places, spacing: float) -> Places:
    """Return rays of about ``spacing`` from each anchor, the first away from ``middle``."""
    _same, which = np.unique(anchors, axis=0, return_inverse=True)
    order = np.argsort(which, kind="stable")
    counts = np.bincount(which)
    turn = np.empty(which.size)
    turn[order] = np.arange(which.size) - np.repeat(np.cumsum(counts) - counts, counts)
    away = anchors - middle
    angle = np.arctan2(away[:, 1], away[:, 0]) + turn * _GOLDEN
    reach = spacing * np.sqrt(1 + turn / 6)
    return np.stack((np.cos(angle), np.sin(angle)), axis=1) * reach[:, None]


def sunflower(places: Places, links: NDArray[np.int64]) -> Places:
    """Set the many leaves of a hub out in a disc round it, where springs would make a huge ring.

    A leaf is an item with one link. What has few of them is left as it is.
    """
    ends = np.concatenate((links, links[:, ::-1]))
    degree = np.bincount(ends[:, 0], minlength=len(places))
    leaves = ends[(degree[ends[:, 0]] == 1) & (degree[ends[:, 1]] > 1)]
    own = np.bincount(leaves[:, 1], minlength=len(places))
    leaves = leaves[own[leaves[:, 1]] >= _MANY]
    leaves = leaves[np.lexsort((leaves[:, 0], leaves[:, 1]))]
    counts = np.bincount(leaves[:, 1])
    counts = counts[counts > 0]
    turn = 1.5 + np.arange(len(leaves)) - np.repeat(np.cumsum(counts) - counts, counts)
    ray = np.stack((np.cos(turn * _GOLDEN), np.sin(turn * _GOLDEN)), axis=1)
    moved = places.copy()
    room = np.array((WIDTH, HEIGHT)) * np.sqrt(1.5 / np.pi)
    moved[leaves[:, 0]] = places[leaves[:, 1]] + ray * np.sqrt(turn)[:, None] * room
    return moved
