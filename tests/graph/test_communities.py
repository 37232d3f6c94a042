"""Groups a network falls into, against networkx and against what the words promise."""

import random

import networkx as nx
import pytest
from graph.networks import networks, published
from graph.reference import graph_of
from hypothesis import given
from hypothesis import strategies as st

from ocgdesk.errors import Cancelled, Refused
from ocgdesk.graph import communities
from ocgdesk.graph.communities import METHODS, Grouping, Method, group
from ocgdesk.graph.network import LinkRow, Network
from ocgdesk.graph.ties import Options, Weights

NAMES = ["caviar", "london_gang", "siren", "drugnet", "montreal_gangs"]
COMMUNITIES = [Method.LEIDEN, Method.LOUVAIN]


def _simple(network: Network) -> nx.Graph:
    return graph_of(network, Options())


def _by_number(network: Network, found: Grouping) -> list[set[int]]:
    return [set(network.nodes[list(members)].tolist()) for members in found.groups]


def _whole(network: Network, found: Grouping) -> list[set[int]]:
    """Return the groups with everybody in none as a group of their own."""
    groups = _by_number(network, found)
    inside = set().union(*groups)
    return [*groups, *({no} for no in network.nodes.tolist() if no not in inside)]


@pytest.mark.parametrize("method", COMMUNITIES)
@pytest.mark.parametrize("name", NAMES)
def test_communities_are_at_least_as_dense_as_those_networkx_finds(name: str, method: Method):
    network = published(name)
    found, graph = group(network, method), nx.Graph(_simple(network).edges())
    graph.add_nodes_from(network.nodes.tolist())
    assert found.modularity == pytest.approx(nx.community.modularity(graph, _whole(network, found)))
    theirs = nx.community.louvain_communities(graph, seed=1)
    assert found.modularity >= nx.community.modularity(graph, theirs) - 0.01


@pytest.mark.parametrize("method", COMMUNITIES)
@given(network=networks())
def test_a_community_hangs_together_and_nobody_is_in_two(method: Method, network: Network):
    found, graph = group(network, method), _simple(network)
    groups = _by_number(network, found)
    assert sum(map(len, groups)) == len(set().union(*groups))
    assert all(nx.is_connected(graph.subgraph(some)) and len(some) > 1 for some in groups)
    assert [len(some) for some in groups] == sorted(map(len, groups), reverse=True)


@pytest.mark.parametrize("method", COMMUNITIES)
def test_the_same_network_gives_the_same_communities_whatever_chance_did_before(method: Method):
    network = published("drugnet")
    first = group(network, method)
    random.seed(8)
    assert group(published("drugnet"), method) == first


def test_strong_ties_hold_a_community_where_weights_count():
    rows = [(1, 2, 9), (2, 3, 1), (3, 4, 9), (4, 1, 1), (1, 3, 1), (2, 4, 1)]
    links = [LinkRow(no, a, b, weight=w) for no, (a, b, w) in enumerate(rows, 10)]
    network = Network.of([(no, "nominal") for no in range(1, 5)], links)
    found = group(network, Method.LEIDEN, Options(weights=Weights.STRENGTH))
    assert _by_number(network, found) == [{1, 2}, {3, 4}]


def test_over_many_links_leiden_stops_after_some_rounds_and_says_so(monkeypatch):
    monkeypatch.setattr(communities, "MANY", 10)
    assert "Stopped after 4 rounds" in group(published("siren")).note


# ---- Clusters ------------------------------------------------------------------------------------


def _clusters_agree(network: Network, least: int) -> None:
    found, graph = group(network, Method.CLUSTERS, binding=least), _simple(network)
    theirs = {frozenset(some) for some in nx.k_edge_subgraphs(graph, k=least) if len(some) > 1}
    ours = _by_number(network, found)
    assert set(map(frozenset, ours)) == theirs
    for members, binding in zip(ours, found.binding, strict=True):
        assert binding == nx.edge_connectivity(graph.subgraph(members)) >= least


@given(networks(), st.integers(1, 4))
def test_clusters_hold_at_least_as_many_links_as_asked(network: Network, least: int):
    _clusters_agree(network, least)


@pytest.mark.parametrize("least", [1, 2, 3, 5])
@pytest.mark.parametrize("name", NAMES)
def test_clusters_of_published_networks_are_those_of_networkx(name: str, least: int):
    _clusters_agree(published(name), least)


def test_a_part_too_dense_to_cut_says_what_to_do(monkeypatch):
    monkeypatch.setattr(communities, "MOST_TO_CUT", 100)
    with pytest.raises(
        Refused, match="higher binding strength, choose fewer items, or take Leiden"
    ):
        group(published("siren"), Method.CLUSTERS)
    with pytest.raises(Refused, match="1 or more"):
        group(published("siren"), Method.CLUSTERS, binding=0)


# ---- Cliques -------------------------------------------------------------------------------------


def _cliques_agree(network: Network) -> None:
    found = group(network, Method.CLIQUES)
    theirs = {frozenset(c) for c in nx.find_cliques(_simple(network)) if len(c) > 2}
    ours = _by_number(network, found)
    assert len(ours) == len(theirs)
    assert set(map(frozenset, ours)) == theirs
    assert found.note == ""


@given(networks(ties=80))
def test_cliques_are_those_of_networkx_each_once(network: Network):
    _cliques_agree(network)


@pytest.mark.parametrize("name", NAMES)
def test_cliques_of_published_networks_are_those_of_networkx(name: str):
    _cliques_agree(published(name))


def test_too_many_cliques_are_cut_and_the_cut_is_said(monkeypatch):
    monkeypatch.setattr(communities, "MOST_CLIQUES", 5)
    found = group(published("london_gang"), Method.CLIQUES)
    assert len(found.groups) == 5
    assert found.note == "Cut at the first 5 cliques found; there are more."


# ---- All -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", Method)
def test_nothing_falls_into_no_groups(method: Method):
    assert group(Network.of(), method).groups == ()
    assert group(Network.of([(1, "nominal")], [LinkRow(1, 1, 1)]), method).groups == ()
    assert METHODS[method]


@pytest.mark.parametrize(
    "options",
    [Options(directed=True), Options(parallel=True), Options(weights=Weights.DISTANCE)],
)
def test_groups_are_refused_where_they_are_not_defined(options: Options):
    with pytest.raises(Refused, match="direction ignored, parallel links merged"):
        group(published("siren"), options=options)


@pytest.mark.parametrize("method", Method)
def test_finding_groups_stops_when_asked(method: Method):
    def stop(_done: int, _total: int, _what: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        group(published("siren"), method, progress=stop)


def test_everybody_knows_their_first_group():
    found = Grouping(method=Method.CLIQUES, groups=((0, 1, 2), (2, 3, 4)))
    assert found.of(6).tolist() == [0, 0, 0, 1, 1, -1]
