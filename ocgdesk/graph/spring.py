"""The force layout of one connected part, in units of its own: igraph does the arithmetic."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import igraph
import numpy as np
from numpy.typing import NDArray

from ocgdesk.graph.stress import drawn_in
from ocgdesk.graph.tidiness import untidiness

Places = NDArray[np.float64]
Edges = NDArray[np.int64]

STRESS_MOST = 60
"""Up to here Kamada-Kawai is tried too, and the tidier of two drawings kept."""
SPARSE_MOST = 400
"""Up to here likewise where links are few: chains are kept from swinging round nothing."""
SPARSE = 1.8
"""Links per item up to which a part counts as sparse."""
EXACT_MOST = 600
"""Up to here every pair repels; above, only what is near (igraph's grid)."""
PIVOTS = 24
_EVEN = 0.8
"""How far a large drawing is brought to the same density everywhere."""
HUB_PULL = 1.5
"""How much stronger than a link a group pulls its members."""


def spring(count: int, edges: Edges, *, hubs: int = 0, seed: int = 1) -> Places:
    """Place a connected part so that what is linked is near; links are about one unit long.

    The last ``hubs`` nodes stand for groups: links to them pull harder.
    """
    if count < 3:
        return np.stack((np.arange(count, dtype=np.float64), np.zeros(count)), axis=1)
    graph = igraph.Graph(n=count, edges=edges)
    pulls = np.where((edges >= count - hubs).any(axis=1), HUB_PULL, 1.0)
    with _seeded(seed):
        drawn = [_fruchterman(graph, pulls, seed)]
        if _by_stress(count, len(edges)):
            places = _array(graph.layout_kamada_kawai(weights=(1 / pulls).tolist()))
            drawn.append(drawn_in(places, graph) if count > STRESS_MOST else places)
    places = min(drawn, key=lambda one: untidiness(one, edges)) if len(drawn) > 1 else drawn[0]
    return _upright(places if count <= EXACT_MOST else _evened(places))


def _by_stress(count: int, links: int) -> bool:
    return count <= STRESS_MOST or (count <= SPARSE_MOST and links <= SPARSE * count)


def _fruchterman(graph: Any, pulls: NDArray[np.float64], seed: int) -> Places:
    count = graph.vcount()
    layout = graph.layout_fruchterman_reingold(
        weights=pulls.tolist(),
        seed=_start(graph, seed).tolist(),
        grid=count > EXACT_MOST,
        niter=_rounds(count),
    )
    return _array(layout)


def _rounds(count: int) -> int:
    """Fewer rounds for larger parts, so that 20,000 items stay within seconds."""
    return int(np.clip(90_000 / count, 150, 400))


def _array(layout: Any) -> Places:
    places = np.array(layout.coords, np.float64).reshape(-1, 2)
    return np.nan_to_num(places, nan=0.0, posinf=0.0, neginf=0.0)


def _start(graph: Any, seed: int) -> Places:
    """Start from distances to a few far-apart nodes: the whole is unfolded before it is refined.

    Brandes and Pich, "Eigensolver methods for progressive multidimensional scaling" (2007).
    """
    far = _distances(graph)
    squares = far**2
    centred = squares - squares.mean(axis=0) - squares.mean(axis=1, keepdims=True)
    centred = -0.5 * (centred + squares.mean())
    _values, vectors = np.linalg.eigh(centred.T @ centred)
    places = centred @ vectors[:, :-3:-1]
    noise = np.random.default_rng(seed).normal(0.0, 0.02, places.shape)
    return _disc(places / max(float(np.abs(places).max()), 1e-9) + noise)


def _disc(places: Places) -> Places:
    """Keep the direction of each place and the order of distances, but fill a disc evenly.

    Else a few long chains would squeeze all the rest into the middle.
    """
    ranks = np.argsort(np.argsort(np.hypot(*places.T), kind="stable"))
    angle = np.arctan2(places[:, 1], places[:, 0])
    radius = np.sqrt((ranks + 0.5) / np.pi)
    disc: Places = radius[:, None] * np.stack((np.cos(angle), np.sin(angle)), axis=1)
    return disc


def _evened(places: Places) -> Places:
    """Draw in what sticks out far: where only the near repel, the middle gets too dense."""
    centred = places - np.median(places, axis=0)
    disc = _disc(centred)
    size = np.median(np.hypot(*centred.T)) / max(float(np.median(np.hypot(*disc.T))), 1e-9)
    evened: Places = centred * (1 - _EVEN) + disc * size * _EVEN
    return evened


def _distances(graph: Any) -> Places:
    count = graph.vcount()
    columns: list[NDArray[np.float64]] = []
    nearest = np.full(count, np.inf)
    pivot = int(np.argmax(graph.degree()))
    for _turn in range(min(PIVOTS, count)):
        columns.append(np.array(graph.distances(source=[pivot])[0], np.float64))
        nearest = np.minimum(nearest, columns[-1])
        pivot = int(np.argmax(nearest))
    return np.stack(columns, axis=1)


def _upright(places: Places) -> Places:
    """Turn the longer side to the horizontal: screens and pages are wide, and so are labels."""
    centred = places - places.mean(axis=0)
    _values, axes = np.linalg.eigh(centred.T @ centred)
    turned = centred @ axes[:, ::-1]
    signs = np.where(turned[np.abs(turned).argmax(axis=0), (0, 1)] < 0, -1.0, 1.0)
    upright: Places = turned * signs
    return upright


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """Let igraph draw from a generator of ours, and give it back Python's own afterwards."""
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 - not for secrets
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)
