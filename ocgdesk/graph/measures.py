"""Who is linked to whom at all: distinct pairs and connected parts of bare links.

Measures by name, with their definitions, are in ``scores``.
"""

import numpy as np
from numpy.typing import NDArray


def distinct(edges: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return each linked pair once, lower position first, without loops."""
    pairs: NDArray[np.int64] = np.sort(np.asarray(edges, np.int64).reshape(-1, 2), axis=1)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    if not pairs.size:
        return pairs
    width = int(pairs.max()) + 1
    keys = np.unique(pairs[:, 0] * width + pairs[:, 1])
    found: NDArray[np.int64] = np.stack((keys // width, keys % width), axis=1)
    return found


def connected(count: int, edges: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return the part each of ``count`` nodes hangs in, numbered in the order of first nodes."""
    import igraph

    graph = igraph.Graph(n=count, edges=np.asarray(edges, np.int64).reshape(-1, 2))
    found = np.array(graph.connected_components(mode="weak").membership, np.int64)
    _numbers, first, which = np.unique(found, return_index=True, return_inverse=True)
    order = np.argsort(np.argsort(first))
    return order[which].astype(np.int64)
