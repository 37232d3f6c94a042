"""How good a drawing is: links that cross, and how true distances are to the network's."""

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.float64]
Edges = NDArray[np.int64]


def crossings(places: Places, edges: Edges) -> int:
    """Return how many pairs of links cross that have no end in common."""
    one, two = places[edges[:, 0]], places[edges[:, 1]]
    found = 0
    for at in range(len(edges) - 1):
        rest = slice(at + 1, None)
        apart = ~(edges[rest, :, None] == edges[at]).any(axis=(1, 2))
        first = _side(one[at], two[at], one[rest]) * _side(one[at], two[at], two[rest])
        second = _side(one[rest], two[rest], one[at]) * _side(one[rest], two[rest], two[at])
        found += int(np.count_nonzero((first < 0) & (second < 0) & apart))
    return found


def _side(one: Places, two: Places, point: Places) -> Places:
    across, along = two - one, point - one
    return np.sign(across[..., 0] * along[..., 1] - across[..., 1] * along[..., 0])


def stress(places: Places, edges: Edges, *, sources: int = 60) -> float:
    """Return how far drawn distances are from the hops between items, scaled to fit best.

    Sampled: from so many items to all others they are linked with; 0 is perfect.
    """
    import igraph

    count = len(places)
    graph = igraph.Graph(n=count, edges=edges.tolist())
    picked = np.random.default_rng(1).choice(count, min(sources, count), replace=False)
    hops = np.array(graph.distances(source=picked.tolist()), np.float64)
    drawn = np.hypot(*(places[picked, None] - places[None]).transpose(2, 0, 1))
    there = np.isfinite(hops) & (hops > 0)
    share = drawn[there] / hops[there]
    scale = share.sum() / (share**2).sum()
    return float(((scale * share - 1) ** 2).mean())
