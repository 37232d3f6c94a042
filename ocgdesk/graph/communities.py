"""Groups that a network falls into: communities, clusters with a binding strength, cliques."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from ocgdesk.errors import Refused
from ocgdesk.graph.chance import the_same
from ocgdesk.graph.network import Network
from ocgdesk.graph.ties import Numbers, Options, Ties, Weights, of, within
from ocgdesk.i18n import N_, _
from ocgdesk.progress import Progress, silent

ROUNDS_OF_MANY = 4
MANY = 50_000
"""Ties above which Leiden stops after so many rounds; below, when nothing improves."""
MOST_CLIQUES = 10_000
MOST_TO_CUT = 30_000_000
"""Items times ties of a part that is still searched for its weakest place: about two seconds."""


class Method(StrEnum):
    """How groups are found."""

    LEIDEN = "leiden"
    LOUVAIN = "louvain"
    CLUSTERS = "clusters"
    CLIQUES = "cliques"


METHODS = {
    Method.LEIDEN: N_(
        "Communities (Leiden): people more densely linked to each other than chance would have "
        "it; each hangs together. A person is in one community only."
    ),
    Method.LOUVAIN: N_(
        "Communities (Louvain): people more densely linked to each other than chance would have "
        "it. A person is in one community only."
    ),
    Method.CLUSTERS: N_(
        "Clusters: parts that stay whole unless at least so many links are cut; the number is "
        "their binding strength."
    ),
    Method.CLIQUES: N_(
        "Cliques: three or more who are all linked to each other, and nobody can be added. "
        "Cliques overlap."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """The groups found: positions of nodes, ascending; the largest group first."""

    method: Method
    groups: tuple[tuple[int, ...], ...]
    binding: tuple[int, ...] = ()
    """Of clusters: how many links must be cut to break each."""
    modularity: float | None = None
    """Of communities: from 0, no better than chance, towards 1."""
    note: str = ""
    """What was cut short, and how; empty where nothing was."""

    def of(self, count: int) -> Numbers:
        """Return the first group each of ``count`` nodes is in; -1 for none."""
        found = np.full(count, -1, np.int64)
        for number, members in reversed(list(enumerate(self.groups))):
            found[list(members)] = number
        return found


def group(
    network: Network,
    method: Method = Method.LEIDEN,
    options: Options | None = None,
    *,
    binding: int = 2,
    progress: Progress = silent,
) -> Grouping:
    """Find the groups of a network; the same network gives the same groups.

    ``binding`` is the lowest binding strength of a cluster. Raises Refused where direction is
    followed, parallel links are kept, or weights are distances: groups are not defined then.
    """
    options = options or Options()
    if options.directed or options.parallel or options.weights is Weights.DISTANCE:
        told = _(
            "Groups are found with direction ignored, parallel links merged, and more as closer"
        )
        raise Refused(told)
    ties = of(network, options)
    progress(0, 1, _("Groups"))
    match method:
        case Method.LEIDEN | Method.LOUVAIN:
            return _communities(ties, method)
        case Method.CLUSTERS:
            return _clusters(ties, binding, progress)
        case Method.CLIQUES:
            return _cliques(ties, progress)


# ---- Communities ---------------------------------------------------------------------------------


def _communities(ties: Ties, method: Method) -> Grouping:
    if not len(ties):
        return Grouping(method=method, groups=(), modularity=0.0)
    weights = None if ties.pulls is None else ties.pulls.tolist()
    graph, many = ties.as_igraph(), len(ties) > MANY
    search = _leiden if method is Method.LEIDEN else _louvain
    with the_same():
        found = search(graph, weights, rounds=ROUNDS_OF_MANY if many else -1)
    cut_short = many and method is Method.LEIDEN
    told = _("Stopped after {n} rounds: another may move a few people.")
    return Grouping(
        method=method,
        groups=_largest_first(some for some in found if len(some) > 1),
        modularity=float(graph.modularity(found.membership, weights=weights)),
        note=told.format(n=ROUNDS_OF_MANY) if cut_short else "",
    )


def _leiden(graph: Any, weights: list[float] | None, rounds: int) -> Any:
    return graph.community_leiden(
        objective_function="modularity", weights=weights, n_iterations=rounds
    )


def _louvain(graph: Any, weights: list[float] | None, rounds: int) -> Any:
    del rounds  # it always goes on until nothing improves
    return graph.community_multilevel(weights=weights)


def _largest_first(groups: Any) -> tuple[tuple[int, ...], ...]:
    found = (tuple(sorted(some)) for some in groups)
    return tuple(sorted(found, key=lambda some: (-len(some), some)))


# ---- Clusters ------------------------------------------------------------------------------------


def _clusters(ties: Ties, least: int, progress: Progress) -> Grouping:
    """Cut parts at their weakest place until each holds at least so many links.

    These are the maximal k-edge-connected parts: ``networkx.k_edge_subgraphs(G, k)``.
    """
    if least < 1:
        raise Refused(_("A binding strength is 1 or more"))
    todo, found = [np.arange(ties.count)], dict[tuple[int, ...], int]()
    while todo:
        progress(len(found), len(found) + len(todo), _("Clusters"))
        for nodes in _dense(ties, todo.pop(), least):
            strength, halves = _weakest(ties, nodes)
            if strength >= least:
                found[tuple(nodes.tolist())] = strength
            else:
                todo += halves
    groups = _largest_first(found)
    return Grouping(
        method=Method.CLUSTERS, groups=groups, binding=tuple(found[some] for some in groups)
    )


def _inside(ties: Ties, nodes: Numbers) -> Ties:
    chosen = np.zeros(ties.count, np.bool_)
    chosen[nodes] = True
    return within(ties, chosen)


def _dense(ties: Ties, nodes: Numbers, least: int) -> Iterator[Numbers]:
    """Yield the connected parts left when everybody with too few links has gone."""
    graph = _inside(ties, nodes).as_igraph()
    kept = nodes[np.array(graph.coreness(), np.int64) >= least] if nodes.size else nodes
    inner = _inside(ties, kept).as_igraph()
    if least > 1:
        inner.delete_edges(inner.bridges())
    for part in inner.connected_components():
        if len(part) > 1:
            yield kept[sorted(part)]


def _weakest(ties: Ties, nodes: Numbers) -> tuple[int, list[Numbers]]:
    """Return how many links hold these together, and the two halves of the cheapest cut."""
    part = _inside(ties, nodes)
    if part.count * len(part) > MOST_TO_CUT:
        told = _(
            "{n:,} items hang together too densely to search for their weakest place: ask for a "
            "higher binding strength, choose fewer items, or take Leiden communities"
        )
        raise Refused(told.format(n=part.count))
    cut = part.as_igraph().mincut()
    return int(cut.value), [nodes[sorted(half)] for half in cut.partition]


# ---- Cliques -------------------------------------------------------------------------------------


def _cliques(ties: Ties, progress: Progress) -> Grouping:
    around = _contacts(ties)
    found: list[tuple[int, ...]] = []
    for clique in _maximal(around, progress):
        found.append(clique)
        if len(found) == MOST_CLIQUES:
            break
    told = _("Cut at the first {n:,} cliques found; there are more.")
    note = told.format(n=MOST_CLIQUES) if len(found) == MOST_CLIQUES else ""
    return Grouping(method=Method.CLIQUES, groups=_largest_first(found), note=note)


def _contacts(ties: Ties) -> list[set[int]]:
    around: list[set[int]] = [set() for _node in range(ties.count)]
    for a, b in zip(ties.source.tolist(), ties.target.tolist(), strict=True):
        around[a].add(b)
        around[b].add(a)
    return around


def _maximal(around: Sequence[set[int]], progress: Progress) -> Iterator[tuple[int, ...]]:
    """Yield cliques of three or more (Bron and Kerbosch, from the thinnest layer inwards)."""
    order = _thinnest_first(around)
    place = {node: at for at, node in enumerate(order)}
    for at, node in enumerate(order):
        if at % 1_000 == 0:
            progress(at, len(order), _("Cliques"))
        later = {other for other in around[node] if place[other] > at}
        yield from _grown((node,), later, around[node] - later, around)


def _grown(
    clique: tuple[int, ...], may: set[int], been: set[int], around: Sequence[set[int]]
) -> Iterator[tuple[int, ...]]:
    if not may and not been and len(clique) > 2:
        yield tuple(sorted(clique))
    if not may:
        return
    pivot = max(may | been, key=lambda node: (len(around[node] & may), -node))
    for node in sorted(may - around[pivot]):
        yield from _grown((*clique, node), may & around[node], been & around[node], around)
        may = may - {node}
        been = been | {node}


def _thinnest_first(around: Sequence[set[int]]) -> list[int]:
    """Order nodes so that each has as few later contacts as can be (a degeneracy order)."""
    left = [len(some) for some in around]
    by_degree: list[set[int]] = [set() for _at in range(max(left, default=0) + 1)]
    for node, degree in enumerate(left):
        by_degree[degree].add(node)
    order, gone, at = list[int](), set[int](), 0
    while len(order) < len(around):
        at = next(degree for degree in range(max(at - 1, 0), len(by_degree)) if by_degree[degree])
        node = min(by_degree[at]) if len(by_degree[at]) < 2 else by_degree[at].pop()
        by_degree[at].discard(node)
        order.append(node)
        gone.add(node)
        for other in around[node] - gone:
            by_degree[left[other]].discard(other)
            left[other] -= 1
            by_degree[left[other]].add(other)
    return order
