"""Who stands at the centre: measures of nodes and links that follow paths or add up ties."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ocgdesk.errors import Refused
from ocgdesk.graph.chance import SEED, the_same
from ocgdesk.graph.ties import Numbers, Reals, Ties, within
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent, track

DAMPING = 0.85
"""Of PageRank, as in the paper that named it and in networkx."""
MOST_STEPS = 2_000_000_000
"""Nodes times nodes and ties, up to which paths between all pairs are followed: about a minute."""
_STEPS_AT_ONCE = 10_000_000
"""Between two reports of progress: about a fifth of a second."""
_SAMPLES = 20
"""Groups of sources a sample is drawn in; how much they differ is its error."""
_FEWEST = 200


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Given:
    """What a measure works on; one graph serves several measures."""

    ties: Ties
    graph: Any
    """The ties as igraph has them."""
    progress: Progress = silent
    title: str = ""
    """What progress is reported under."""

    @classmethod
    def of(cls, ties: Ties) -> "Given":
        """Return the ties with their graph built."""
        return cls(ties=ties, graph=ties.as_igraph())

    @property
    def is_large(self) -> bool:
        """Whether following the paths between all pairs takes too long."""
        count = self.ties.count
        return count * (count + len(self.ties)) > MOST_STEPS


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """One number per node or tie, NaN where there is none; ``note`` where it was sampled."""

    values: Reals
    note: str = ""


def degree(given: Given) -> Found:
    """Count the ties at each node."""
    ties = given.ties
    ends = np.concatenate((ties.source, ties.target))
    return _counted(ties, ends)


def in_degree(given: Given) -> Found:
    """Count the ties that point at each node."""
    return _counted(given.ties, given.ties.target)


def out_degree(given: Given) -> Found:
    """Count the ties that point away from each node."""
    return _counted(given.ties, given.ties.source)


def _counted(ties: Ties, ends: Numbers) -> Found:
    counts = np.bincount(ends, minlength=ties.count).astype(np.float64)
    if ties.options.normalised and ties.count > 1:
        counts /= ties.count - 1
    return Found(counts)


def strength(given: Given) -> Found:
    """Add up the recorded weights at each node."""
    ties = given.ties
    ends = np.concatenate((ties.source, ties.target))
    return _summed(ties, ends, np.concatenate((ties.weight, ties.weight)))


def in_strength(given: Given) -> Found:
    """Add up the recorded weights that point at each node."""
    return _summed(given.ties, given.ties.target, given.ties.weight)


def out_strength(given: Given) -> Found:
    """Add up the recorded weights that point away from each node."""
    return _summed(given.ties, given.ties.source, given.ties.weight)


def _summed(ties: Ties, ends: Numbers, weight: Reals) -> Found:
    return Found(np.bincount(ends, weights=weight, minlength=ties.count).astype(np.float64))


def closeness(given: Given) -> Found:
    """Return one divided by the mean distance from all who reach each node."""
    _refuse_large(given)
    values = _by_vertices(given, "closeness", mode="in", normalized=True)
    return Found(np.nan_to_num(values, nan=0.0))


def closeness_corrected(given: Given) -> Found:
    """Return closeness times the share of others who reach each node."""
    near = closeness(given).values
    if given.ties.count < 2:
        return Found(near)
    return Found(near * _reached(given) / (given.ties.count - 1))


def harmonic(given: Given) -> Found:
    """Add up one divided by the distance from all others to each node."""
    _refuse_large(given)
    if given.ties.count < 2:
        return Found(np.zeros(given.ties.count))
    values = _by_vertices(given, "harmonic_centrality", mode="in", normalized=True)
    return Found(values if given.ties.options.normalised else values * (given.ties.count - 1))


def _by_vertices(given: Given, method: str, **how: Any) -> Reals:
    ask, lengths = getattr(given.graph, method), given.ties.lengths
    found = [
        np.array(ask(vertices=some, weights=_listed(lengths), **how), np.float64)
        for some in _batches(given, np.arange(given.ties.count))
    ]
    return np.concatenate([*found, np.zeros(0)])


def _reached(given: Given) -> Reals:
    """Return how many others can reach each node."""
    if not given.ties.options.directed:
        part = np.array(given.graph.connected_components().membership, np.int64)
        return (np.bincount(part)[part] - 1).astype(np.float64)
    count = max(given.ties.count, 1)
    found = [
        given.graph.neighborhood_size(some, order=count, mode="in", mindist=1)
        for some in _batches(given, np.arange(given.ties.count))
    ]
    return np.concatenate([*map(np.array, found), np.zeros(0)]).astype(np.float64)


def betweenness(given: Given) -> Found:
    """Add up, over pairs of others, the share of shortest paths that run through each node."""
    found = _through(given, "betweenness", given.ties.count)
    count = given.ties.count
    pairs = (count - 1) * (count - 2)
    return _scaled(given, found, pairs)


def link_betweenness(given: Given) -> Found:
    """Add up, over pairs, the share of shortest paths that run along each tie."""
    found = _through(given, "edge_betweenness", len(given.ties))
    return _scaled(given, found, given.ties.count * (given.ties.count - 1))


def _scaled(given: Given, found: Found, ordered_pairs: int) -> Found:
    options = given.ties.options
    if not options.normalised or ordered_pairs < 1:
        return found
    pairs = ordered_pairs if options.directed else ordered_pairs / 2
    return Found(found.values / pairs, found.note)


def _through(given: Given, method: str, width: int) -> Found:
    if given.is_large:
        return _sampled(given, method, width)
    ask, weights = getattr(given.graph, method), _listed(given.ties.lengths)
    some = list(_batches(given, np.arange(given.ties.count)))
    directed = given.ties.options.directed
    total = np.zeros(width)
    for sources in some:
        chosen = sources if len(some) > 1 else None
        total += np.array(ask(directed=directed, weights=weights, sources=chosen), np.float64)
    return Found(total)


def _sampled(given: Given, method: str, width: int) -> Found:
    """Follow the paths from some nodes only, drawn at random, and say how far off that may be."""
    ties = given.ties
    ask, weights = getattr(given.graph, method), _listed(ties.lengths)
    most = max(_FEWEST, MOST_STEPS // (4 * (ties.count + len(ties))))
    drawn = np.random.default_rng(SEED).permutation(ties.count)[: min(most, ties.count)]
    groups = [some.tolist() for some in np.array_split(drawn, _SAMPLES)]
    rows = []
    for sources in track(groups, given.progress, given.title):
        through = ask(directed=ties.options.directed, weights=weights, sources=sources)
        rows.append(np.array(through, np.float64) * (ties.count / len(sources)))
    found = np.array(rows).reshape(_SAMPLES, width)
    return Found(found.mean(axis=0), _sample_in_words(found, drawn.size, ties.count))


def _sample_in_words(found: NDArray[np.float64], drawn: int, count: int) -> str:
    mean = found.mean(axis=0)
    top = np.argsort(-mean)[:10]
    spread = found[:, top].std(axis=0, ddof=1) / np.sqrt(len(found))
    error = float(np.max(spread / np.maximum(mean[top], 1e-300), initial=0.0))
    told = _(
        "Sampled: the paths from {drawn:,} of {count:,} items, drawn at random; of the ten "
        "highest each value is within {error:.0%}, with 95 % confidence."
    )
    return told.format(drawn=drawn, count=count, error=1.96 * error)


def eigenvector(given: Given) -> Found:
    """Return how well linked those are whom each node of the largest part is linked to."""
    ties, values = given.ties, np.zeros(given.ties.count)
    if not len(ties):
        return Found(values)
    inside = _largest_part(given)
    part = within(ties, inside)
    with the_same():
        graph, weights = part.as_igraph(), _listed(part.pulls)
        values[inside] = graph.eigenvector_centrality(scale=True, weights=weights)
    return Found(values)


def _largest_part(given: Given) -> NDArray[np.bool_]:
    part = np.array(given.graph.connected_components().membership, np.int64)
    sizes = np.bincount(part)
    largest = np.flatnonzero(sizes == sizes.max())
    if largest.size > 1:
        told = _(
            "Eigenvector cannot be computed: {n:,} parts are equally large, and it ranks the "
            "items of one part only; choose one of them, or take degree"
        )
        raise Refused(told.format(n=largest.size))
    inside: NDArray[np.bool_] = part == largest[0]
    return inside


def pagerank(given: Given) -> Found:
    """Return the share of a random walk spent at each node."""
    ties = given.ties
    if not ties.count:
        return Found(np.zeros(0))
    found = given.graph.pagerank(
        directed=ties.options.directed, damping=DAMPING, weights=_listed(ties.pulls)
    )
    return Found(np.array(found, np.float64))


def _listed(values: Reals | None) -> list[float] | None:
    return None if values is None else values.tolist()


def _batches(given: Given, positions: Numbers) -> Any:
    """Yield positions in lists of work for about a fifth of a second, reporting each."""
    each = max(1, _STEPS_AT_ONCE // max(given.ties.count + len(given.ties), 1))
    some = [positions[at : at + each].tolist() for at in range(0, positions.size, each)]
    return track(some, given.progress, given.title)


def _refuse_large(given: Given) -> None:
    if given.is_large:
        told = _(
            "{title} follows the paths between all pairs, too many among {n:,} items: choose "
            "fewer, or take degree, PageRank or betweenness, which is then sampled"
        )
        raise Refused(told.format(title=given.title, n=given.ties.count))
