"""A network as a measure sees it: direction, weight and parallel links decided, loops dropped."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ocgdesk.errors import Refused
from ocgdesk.graph.network import Network
from ocgdesk.i18n import N_, ngettext

Numbers = NDArray[np.int64]
Reals = NDArray[np.float64]
Chosen = NDArray[np.bool_]


class Weights(StrEnum):
    """What the recorded weight of a link means to a measure."""

    NONE = "none"
    STRENGTH = "strength"
    """More is closer: calls, meetings. The length of a tie is one divided by its weight."""
    DISTANCE = "distance"
    """More is farther: the weight is the length of a tie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a network is read. The defaults are those of i2 Analyst's Notebook."""

    directed: bool = False
    weights: Weights = Weights.NONE
    parallel: bool = False
    """Whether parallel links are kept apart; else they are one tie, their weights added up."""
    normalised: bool = False
    """Whether a count or sum is divided by the most it could be in a network of this size."""


OPTIONS_IN_WORDS = {
    "directed": (N_("direction ignored"), N_("direction followed")),
    "parallel": (N_("parallel links merged"), N_("parallel links kept")),
    "normalised": (N_("not normalised"), N_("normalised")),
}
WEIGHTS_IN_WORDS = {
    Weights.NONE: N_("unweighted"),
    Weights.STRENGTH: N_("weighted: more is closer"),
    Weights.DISTANCE: N_("weighted: more is farther"),
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ties:
    """Pairs of positions without loops: each linked pair once, or, kept parallel, each link.

    Directed, a link stated without a direction is two ties, one each way.
    """

    count: int
    """How many nodes there are."""
    source: Numbers
    target: Numbers
    weight: Reals
    """Recorded weights; of merged links their sum."""
    links: Numbers
    """How many links each tie stands for."""
    first: Numbers
    """The position, in the network, of the first link each tie stands for."""
    options: Options
    loops: int = 0
    """How many loops were dropped."""

    def __len__(self) -> int:
        """Return the number of ties."""
        return int(self.source.size)

    @property
    def pulls(self) -> Reals | None:
        """How strongly each tie binds where that is not the same for all; sums use it."""
        if self.options.weights is Weights.NONE:
            return None
        return _positive(self.weight)

    @property
    def lengths(self) -> Reals | None:
        """How long each tie is where that is not the same for all; paths use it."""
        pulls = self.pulls
        if pulls is None or self.options.weights is Weights.DISTANCE:
            return pulls
        return 1.0 / pulls

    def as_igraph(self) -> Any:
        """Return an ``igraph.Graph`` of the ties, without weights."""
        import igraph

        edges = np.stack((self.source, self.target), axis=1)
        return igraph.Graph(n=self.count, edges=edges, directed=self.options.directed)


def of(network: Network, options: Options | None = None) -> Ties:
    """Return the ties of a network as these options read it."""
    options = options or Options()
    plain = np.flatnonzero(network.source != network.target)
    source = network.source[plain].astype(np.int64)
    target = network.target[plain].astype(np.int64)
    first = plain.astype(np.int64)
    if options.directed:
        back = ~network.directed[plain]
        source, target = (
            np.concatenate((source, target[back])),
            np.concatenate((target, source[back])),
        )
        first = np.concatenate((first, plain[back]))
    else:
        source, target = np.minimum(source, target), np.maximum(source, target)
    ties = Ties(
        count=len(network),
        source=source,
        target=target,
        weight=network.weight[first],
        links=np.ones(first.size, np.int64),
        first=first,
        options=options,
        loops=int(network.source.size - plain.size),
    )
    return ties if options.parallel else merged(ties)


def merged(ties: Ties) -> Ties:
    """Return the ties with parallel ones made one, their weights added in the order of links."""
    keys = ties.source * max(ties.count, 1) + ties.target
    unique, first, which = np.unique(keys, return_index=True, return_inverse=True)
    return replace(
        ties,
        source=unique // max(ties.count, 1),
        target=unique % max(ties.count, 1),
        weight=np.bincount(which, ties.weight, unique.size).astype(np.float64),
        links=np.bincount(which, ties.links, unique.size).astype(np.int64),
        first=ties.first[first],
        options=replace(ties.options, parallel=False),
    )


def within(ties: Ties, inside: Chosen) -> Ties:
    """Return the nodes inside, renumbered in their order, and the ties among them."""
    kept = inside[ties.source] & inside[ties.target]
    moved = np.cumsum(inside) - 1
    return replace(
        ties,
        count=int(np.count_nonzero(inside)),
        source=moved[ties.source[kept]],
        target=moved[ties.target[kept]],
        weight=ties.weight[kept],
        links=ties.links[kept],
        first=ties.first[kept],
        loops=0,
    )


def _positive(weight: Reals) -> Reals:
    bad = int(np.count_nonzero(~(np.isfinite(weight) & (weight > 0))))
    if bad:
        told = ngettext(
            "{n:,} tie has no weight above nought: correct it, or leave weights out",
            "{n:,} ties have no weight above nought: correct them, or leave weights out",
            bad,
        )
        raise Refused(told.format(n=bad))
    return weight
