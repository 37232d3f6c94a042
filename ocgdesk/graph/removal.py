"""What is left as the foremost is taken out, again and again: the curve of a disruption study.

After each removal the measure is worked out anew on what is left. Of equal ones the last by
workspace number goes first. The curve is the size of the largest part as a share of what it was.
With weights, degree adds up the weights of links and betweenness takes a weight as the length of
a link, as in Cavallaro et al. (PLOS ONE 15(8) e0236476, 2020), whose curves it reproduces.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ocgdesk.graph.fragments import Flags
from ocgdesk.graph.network import Network
from ocgdesk.progress import Progress, silent

By = Literal["betweenness", "degree"]
_DECIMALS = 9
"""Values closer than this are equal: betweenness is a sum, and rounding must not choose."""


@dataclass(frozen=True, slots=True)
class Curve:
    """Who went, in order, and the share of the largest part that was left."""

    by: By
    weighted: bool
    removed: tuple[int, ...]
    """Workspace numbers."""
    largest: tuple[float, ...]
    """One more than ``removed``: the first is the network as it stands, 1."""


def curve(
    network: Network,
    by: By,
    *,
    weighted: bool = False,
    steps: int | None = None,
    ranked: Flags | None = None,
    progress: Progress = silent,
) -> Curve:
    """Take the foremost out one by one, ``steps`` of them or as long as anybody is left.

    Only positions that are ``ranked`` are taken. An empty network has an empty curve.
    """
    graph, may = _graph(network), np.ones(len(network), np.bool_) if ranked is None else ranked
    graph.vs["no"], graph.vs["may"] = network.nodes.tolist(), may.tolist()
    whole = _largest(graph)
    if not whole:
        return Curve(by, weighted, (), ())
    wanted = int(may.sum()) if steps is None else min(steps, int(may.sum()))
    removed: list[int] = []
    shares = [1.0]
    for no in _foremost(graph, by, wanted, weighted=weighted):
        progress(len(removed), wanted, "Removing the foremost")
        removed.append(no)
        shares.append(_largest(graph) / whole)
    return Curve(by, weighted, tuple(removed), tuple(shares))


def _foremost(graph: Any, by: By, wanted: int, *, weighted: bool) -> Iterator[int]:
    """Take the foremost out of the graph and yield its number, so many times."""
    for _turn in range(wanted):
        values = np.where(graph.vs["may"], _values(graph, by, weighted=weighted), -1.0)
        last = int(np.argsort(values, kind="stable")[-1])
        no = int(graph.vs[last]["no"])
        graph.delete_vertices(last)
        yield no


def _values(graph: Any, by: By, *, weighted: bool) -> NDArray[np.float64]:
    weights = "weight" if weighted else None
    if by == "degree":
        found = graph.strength(weights=weights)
    else:
        found = graph.betweenness(directed=False, weights=weights)
    rounded: NDArray[np.float64] = np.array(found, np.float64).round(_DECIMALS)
    return rounded


def _graph(network: Network) -> Any:
    """Return the network without loops, parallel links as one whose weight is their sum."""
    graph = network.as_igraph()
    del graph.es["no"], graph.es["strength"]
    graph.simplify(combine_edges={"weight": "sum"})
    return graph


def _largest(graph: Any) -> int:
    return max(graph.connected_components(mode="weak").sizes(), default=0)
