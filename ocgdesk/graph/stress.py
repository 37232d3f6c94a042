"""Drawing in what swings far out: long ways are drawn shorter than they are, short ones true.

Stress majorisation (Gansner, Koren and North, "Graph drawing by stress majorization", 2004) on
distances of which the power ``BEND`` is taken, so that a long chain need not run round an empty
middle and the names of a sparse drawing can be read.
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.float64]

MOST: Final = 250
"""Items up to which it is done: each round costs their number squared."""
BEND: Final = 0.65
ROUNDS: Final = 25


def drawn_in(places: Places, graph: Any) -> Places:
    """Return the drawing of a connected graph with its far ends nearer; large ones as they are."""
    if len(places) > MOST:
        return places
    wanted = np.array(graph.distances(), np.float64) ** BEND
    np.fill_diagonal(wanted, 1.0)
    weights = wanted**-2
    np.fill_diagonal(weights, 0.0)
    inverse = np.linalg.pinv(_laplacian(weights))
    for _round in range(ROUNDS):
        places = inverse @ (_laplacian(weights * wanted * _nearness(places)) @ places)
    return places


def _laplacian(weights: Places) -> Places:
    found = -weights
    np.fill_diagonal(found, weights.sum(axis=1))
    laplacian: Places = found
    return laplacian


def _nearness(places: Places) -> Places:
    """Return one over the distance of each pair, and 0 where two lie on one spot."""
    apart = np.hypot(*(places[:, None] - places[None, :]).transpose(2, 0, 1))
    near: Places = np.divide(1.0, apart, out=np.zeros_like(apart), where=apart > 1e-9)
    return near
