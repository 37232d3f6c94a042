"""How a network holds together: dense layers, circles, and what breaks where somebody goes."""

from dataclasses import dataclass

import numpy as np

from ocgdesk.graph.centrality import Found, Given
from ocgdesk.graph.ties import Numbers, Reals, within


def core(given: Given) -> Found:
    """Return the densest layer each node is in."""
    return Found(np.array(given.graph.coreness(mode="all"), np.float64))


def triangles(given: Given) -> Found:
    """Count the linked pairs among each node's contacts."""
    return Found(np.rint(_clustering(given) * _pairs(_degrees(given))))


def clustering(given: Given) -> Found:
    """Return the share of each node's pairs of contacts that are linked."""
    return Found(_clustering(given))


def brokerage(given: Given) -> Found:
    """Count the pairs of each node's contacts that have no tie of their own."""
    open_ = _pairs(_degrees(given)) - triangles(given).values
    most = (given.ties.count - 1) * (given.ties.count - 2) / 2
    return Found(open_ / most if given.ties.options.normalised and most > 0 else open_)


def _clustering(given: Given) -> Reals:
    return np.array(given.graph.transitivity_local_undirected(mode="zero"), np.float64)


def _degrees(given: Given) -> Numbers:
    return np.array(given.graph.degree(), np.int64)


def _pairs(counts: Numbers) -> Reals:
    return (counts * (counts - 1) / 2).astype(np.float64)


def constraint(given: Given) -> Found:
    """Return how tied each node is to one circle (Burt); NaN without a tie."""
    pulls = given.ties.pulls
    weights = None if pulls is None else pulls.tolist()
    if not len(given.ties):
        return Found(np.full(given.ties.count, np.nan))
    return Found(np.array(given.graph.constraint(weights=weights), np.float64))


def articulation(given: Given) -> Found:
    """Count the further parts the network falls into without each node."""
    blocks = given.graph.biconnected_components()
    within = np.bincount(
        np.fromiter((node for block in blocks for node in block), np.int64),
        minlength=given.ties.count,
    )
    return Found(np.maximum(within - 1, 0).astype(np.float64))


def component(given: Given) -> Found:
    """Return the number of the part each node hangs in, the largest being 1."""
    return Found(parts(given).astype(np.float64) + 1)


def parts(given: Given) -> Numbers:
    """Return the part each node hangs in, from 0, the largest first, then by first node."""
    found = np.array(given.graph.connected_components(mode="weak").membership, np.int64)
    if not found.size:
        return found
    _number, first, which, size = np.unique(
        found, return_index=True, return_inverse=True, return_counts=True
    )
    place = np.empty(size.size, np.int64)
    place[np.lexsort((first, -size))] = np.arange(size.size)
    numbered: Numbers = place[which]
    return numbered


def bridge(given: Given) -> Found:
    """Return 1 for each tie whose cutting parts the network, else 0."""
    values = np.zeros(len(given.ties))
    values[given.graph.bridges()] = 1.0
    return Found(values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A network in a few numbers. Direction is ignored and parallel links are merged."""

    nodes: int
    ties: int
    links: int
    """Links the ties stand for."""
    loops: int
    """Links from an item to itself; no measure counts them."""
    isolates: int
    weight: float
    """The recorded weights of all links, loops too, added up."""
    density: float
    """The share of possible pairs that are tied; 0 where no pair is possible."""
    components: int
    largest_component: int
    diameter: int | None
    """The longest shortest path within the largest part; None where it was too large to ask."""
    path_length: float | None
    """The mean of the shortest paths between pairs of the largest part; likewise."""
    transitivity: float
    """The share of open or closed triples that are closed; 0 where there is no triple."""
    clustering: float
    """The mean of the clustering of all nodes."""
    max_core: int
    articulation_points: int
    bridges: int


def shape(given: Given, weight: float) -> Shape:
    """Describe a network; ``given`` holds merged ties, direction ignored, ``weight`` all links'."""
    ties, graph = given.ties, given.graph
    part = parts(given)
    diameter, length = _spans(given, part)
    triples = float(_pairs(_degrees(given)).sum())
    closed = float(triangles(given).values.sum())
    return Shape(
        nodes=ties.count,
        ties=len(ties),
        links=int(ties.links.sum()),
        loops=ties.loops,
        isolates=int(np.count_nonzero(_degrees(given) == 0)),
        weight=weight,
        density=2 * len(ties) / (ties.count * (ties.count - 1)) if ties.count > 1 else 0.0,
        components=int(part.max(initial=-1)) + 1,
        largest_component=int(np.count_nonzero(part == 0)),
        diameter=diameter,
        path_length=length,
        transitivity=closed / triples if triples else 0.0,
        clustering=float(_clustering(given).mean()) if ties.count else 0.0,
        max_core=int(core(given).values.max(initial=0.0)),
        articulation_points=len(graph.articulation_points()),
        bridges=len(graph.bridges()),
    )


def _spans(given: Given, part: Numbers) -> tuple[int | None, float | None]:
    if given.is_large or not part.size:
        return None, None
    largest = within(given.ties, part == 0).as_igraph()
    counted = np.array([(low, n) for low, _high, n in largest.path_length_hist().bins()])
    if not counted.size:
        return 0, None
    return int(counted[-1, 0]), float(counted.prod(axis=1).sum() / counted[:, 1].sum())
