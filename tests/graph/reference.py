"""What networkx says of a network: the calls that the definitions name, arguments included."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import networkx as nx
from networkx.algorithms.link_analysis import pagerank_alg

from ocgdesk.graph.network import Network
from ocgdesk.graph.ties import Options, Weights


def graph_of(network: Network, options: Options) -> Any:
    """Build the graph link by link, as a person would: no array of the program is used."""
    graph = nx.MultiDiGraph() if options.directed else nx.MultiGraph()
    graph.add_nodes_from(network.nodes.tolist())
    for source, target, said in network.as_networkx().edges(data=True):
        if source == target:
            continue
        graph.add_edge(source, target, weight=said["weight"], links=1)
        if options.directed and not said["directed"]:
            graph.add_edge(target, source, weight=said["weight"], links=1)
    return graph if options.parallel else merged(graph)


def merged(graph: Any) -> Any:
    """Return the graph with parallel links made one, weights and numbers added up."""
    simple = nx.DiGraph() if graph.is_directed() else nx.Graph()
    simple.add_nodes_from(graph)
    for source, target, said in graph.edges(data=True):
        if simple.has_edge(source, target):
            simple[source][target]["weight"] += said["weight"]
            simple[source][target]["links"] += said["links"]
        else:
            simple.add_edge(source, target, **said)
    return simple


def weighed(graph: Any, options: Options) -> Any:
    """Give each link its ``length``, as an exact fraction."""
    for *_ends, said in graph.edges(data=True):
        weight = Fraction(said["weight"])
        if options.weights is Weights.NONE:
            said["length"] = Fraction(1)
        else:
            said["length"] = 1 / weight if options.weights is Weights.STRENGTH else weight
    return graph


def pulling(graph: Any, options: Options) -> Any:
    """Return the graph for measures that add ties up: parallel ones as one of their sum."""
    simple = merged(graph)
    for *_ends, said in simple.edges(data=True):
        links = said["links"] if options.parallel else 1
        said["pull"] = float(links if options.weights is Weights.NONE else said["weight"])
    return simple


def halved(graph: Any) -> tuple[Any, dict[Any, tuple[Any, Any]]]:
    """Put a node in the middle of every link, so that parallel links are paths of their own."""
    cut = nx.DiGraph() if graph.is_directed() else nx.Graph()
    cut.add_nodes_from(graph)
    middles = {}
    for number, (source, target, said) in enumerate(graph.edges(data=True)):
        middle = ("middle", number)
        middles[middle] = (source, target)
        cut.add_edge(source, middle, half_length=said["length"] / 2)
        cut.add_edge(middle, target, half_length=said["length"] / 2)
    return cut, middles


def _degree(graph: Any, options: Options) -> dict:
    return _per_other(dict(graph.degree()), graph, options)


def _in_degree(graph: Any, options: Options) -> dict:
    return _per_other(dict(graph.in_degree()), graph, options)


def _out_degree(graph: Any, options: Options) -> dict:
    return _per_other(dict(graph.out_degree()), graph, options)


def _per_other(found: dict, graph: Any, options: Options) -> dict:
    if not options.normalised or len(graph) < 2:
        return found
    return {node: value / (len(graph) - 1) for node, value in found.items()}


def _betweenness(graph: Any, options: Options) -> dict:
    if options.parallel:
        cut, _middles = halved(graph)
        found = _between_nodes(cut, graph)
    else:
        found = nx.betweenness_centrality(graph, normalized=False, weight="length")
    pairs = (len(graph) - 1) * (len(graph) - 2)
    return _per_pair({node: found[node] for node in graph}, pairs, options)


def _between_nodes(cut: Any, graph: Any) -> dict:
    ends = list(graph)
    return nx.betweenness_centrality_subset(cut, ends, ends, normalized=False, weight="half_length")


def _per_pair(found: dict, pairs: int, options: Options) -> dict:
    if not options.normalised or pairs < 1:
        return found
    return {
        node: value / (pairs if options.directed else pairs / 2) for node, value in found.items()
    }


def _link_betweenness(graph: Any, options: Options) -> list:
    pairs = len(graph) * (len(graph) - 1)
    if options.parallel:
        cut, middles = halved(graph)
        found = _between_nodes(cut, graph)
        rows = [(ends, found[middle]) for middle, ends in middles.items()]
    else:
        rows = nx.edge_betweenness_centrality(graph, normalized=False, weight="length").items()
    return [(ends, _per_pair({0: value}, pairs, options)[0]) for ends, value in rows]


def _closeness(graph: Any, *, wf_improved: bool) -> dict:
    return nx.closeness_centrality(graph, distance="length", wf_improved=wf_improved)


def _harmonic(graph: Any, options: Options) -> dict:
    return _per_other(nx.harmonic_centrality(graph, distance="length"), graph, options)


def _eigenvector(graph: Any, options: Options) -> dict:
    whole = pulling(graph, options)
    found = dict.fromkeys(graph, 0.0)
    if not whole.number_of_edges():
        return found
    part = whole.subgraph(max(nx.connected_components(whole), key=len))
    values = nx.eigenvector_centrality(part, max_iter=100_000, tol=1e-14, weight="pull")
    top = max(values.values())
    return found | {node: value / top for node, value in values.items()}


def _pagerank(graph: Any, options: Options) -> dict:
    # networkx.pagerank takes this way where scipy is not installed to take another.
    return pagerank_alg._pagerank_python(
        pulling(graph, options), alpha=0.85, max_iter=10_000, tol=1e-14, weight="pull"
    )


def _brokerage(graph: Any, options: Options) -> dict:
    triangles = nx.triangles(graph)
    found = {node: d * (d - 1) / 2 - triangles[node] for node, d in graph.degree()}
    pairs = (len(graph) - 1) * (len(graph) - 2)
    return _per_pair(found, pairs, options)


def _constraint(graph: Any, options: Options) -> dict:
    whole = pulling(graph, options)
    return nx.constraint(whole, nodes=list(whole), weight="pull")


def _articulation(graph: Any) -> dict:
    blocks = list(nx.biconnected_components(nx.Graph(graph)))
    counts = {node: sum(node in block for block in blocks) for node in graph}
    return {node: max(count - 1, 0) for node, count in counts.items()}


def _component(graph: Any) -> dict:
    connected = nx.weakly_connected_components if graph.is_directed() else nx.connected_components
    order = sorted(connected(graph), key=lambda part: (-len(part), min(part)))
    return {node: number for number, part in enumerate(order, 1) for node in part}


def _bridge(graph: Any) -> list:
    found = set(map(frozenset, nx.bridges(graph)))
    return [((a, b), float(frozenset((a, b)) in found)) for a, b in graph.edges()]


REFERENCE: dict[str, Callable[[Any, Options], Any]] = {
    "degree": _degree,
    "in_degree": _in_degree,
    "out_degree": _out_degree,
    "strength": lambda graph, _o: dict(graph.degree(weight="weight")),
    "in_strength": lambda graph, _o: dict(graph.in_degree(weight="weight")),
    "out_strength": lambda graph, _o: dict(graph.out_degree(weight="weight")),
    "betweenness": _betweenness,
    "closeness": lambda graph, _o: _closeness(graph, wf_improved=False),
    "closeness_corrected": lambda graph, _o: _closeness(graph, wf_improved=True),
    "harmonic": _harmonic,
    "eigenvector": _eigenvector,
    "pagerank": _pagerank,
    "core": lambda graph, _o: nx.core_number(graph),
    "triangles": lambda graph, _o: nx.triangles(graph),
    "clustering": lambda graph, _o: nx.clustering(graph),
    "brokerage": _brokerage,
    "constraint": _constraint,
    "articulation": lambda graph, _o: _articulation(graph),
    "component": lambda graph, _o: _component(graph),
    "link_betweenness": _link_betweenness,
    "bridge": lambda graph, _o: _bridge(graph),
}


def reference(network: Network, name: str, options: Options) -> Any:
    """Return networkx's answer: a value per node, or pairs of ends and value per link."""
    return REFERENCE[name](weighed(graph_of(network, options), options), options)
