"""Which of two drawings of the same network reads better: few links cross, little room is empty."""

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.float64]
Edges = NDArray[np.int64]

_EMPTY = 0.1
"""What one square of a link's length an item costs, in crossings a link."""


def untidiness(places: Places, edges: Edges) -> float:
    """Return how untidy a drawing is: crossings a link, and room an item."""
    if not len(edges):
        return 0.0
    lengths = np.hypot(*(places[edges[:, 0]] - places[edges[:, 1]]).T)
    typical = max(float(np.median(lengths)), 1e-9)
    room = float(np.ptp(places, axis=0).prod()) / (typical**2 * len(places))
    return crossings(places, edges) / len(edges) + _EMPTY * room


def crossings(places: Places, edges: Edges) -> int:
    """Return how many pairs of links cross that have no end in common.

    All pairs are looked at: for some hundreds of links.
    """
    first, second = np.triu_indices(len(edges), 1)
    one, two = edges[first], edges[second]
    apart = ~(one[:, :, None] == two[:, None, :]).any(axis=(1, 2))
    one, two = one[apart], two[apart]
    a, b, c, d = places[one[:, 0]], places[one[:, 1]], places[two[:, 0]], places[two[:, 1]]
    parted = (_side(a, b, c) != _side(a, b, d)) & (_side(c, d, a) != _side(c, d, b))
    return int(np.count_nonzero(parted))


def _side(one: Places, two: Places, point: Places) -> NDArray[np.bool_]:
    """Tell on which side of a line from one point to another a third lies."""
    across, along = two - one, point - one
    side: NDArray[np.bool_] = across[:, 0] * along[:, 1] > across[:, 1] * along[:, 0]
    return side
