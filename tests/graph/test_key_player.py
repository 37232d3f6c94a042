"""The best few: what each removal does, against trying it out; greedy against every set."""

import time
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from graph.networks import clustered, networks, published
from hypothesis import given
from hypothesis import strategies as st

from ocgdesk.errors import Cancelled, Refused
from ocgdesk.graph.fragments import Mesh, cuts, fragmentation
from ocgdesk.graph.key_player import SURE, WITHIN, key_players
from ocgdesk.graph.network import LinkRow, Network


def graph_of(network: Network) -> nx.Graph:
    """The reference, its nodes by position."""
    graph = nx.Graph()
    graph.add_nodes_from(range(len(network)))
    graph.add_edges_from(network.edges.tolist())
    return graph


def broken(graph: nx.Graph, counted: np.ndarray, gone: set[int]) -> float:
    """Fragmentation as it is defined: the share of pairs that cannot reach each other."""
    left = graph.subgraph(set(graph) - gone)
    pairs = [pair for pair in combinations(sorted(left), 2) if counted[list(pair)].all()]
    apart = [pair for pair in pairs if not nx.has_path(left, *pair)]
    return len(apart) / len(pairs) if pairs else 0.0


@st.composite
def meshes(draw) -> tuple[Network, Mesh, set[int]]:
    network = draw(networks(most=9, ties=14).filter(len))
    flags = draw(st.lists(st.booleans(), min_size=len(network), max_size=len(network)))
    gone = draw(st.sets(st.integers(0, len(network) - 1), max_size=3))
    return network, Mesh.of(network, np.array(flags)), gone


@given(meshes())
def test_fragmentation_is_the_share_of_pairs_that_cannot_reach_each_other(asked):
    network, mesh, gone = asked
    found = fragmentation(mesh.sizes(mesh.parts(gone)))
    assert found == pytest.approx(broken(graph_of(network), mesh.counted, gone), abs=1e-12)


@given(meshes())
def test_one_walk_tells_what_each_single_removal_would_leave(asked):
    network, mesh, gone = asked
    graph = graph_of(network)
    found = cuts(mesh, gone).fragmentation(mesh.counted)
    for item in range(len(network)):
        expected = -1 if item in gone else broken(graph, mesh.counted, gone | {item})
        assert found[item] == pytest.approx(expected, abs=1e-12)


@given(meshes(), st.integers(1, 3))
def test_no_exchange_of_one_betters_the_removals_found(asked, count: int):
    network, mesh, _gone = asked
    graph = graph_of(network)
    found = key_players(mesh, count, "fragmentation")
    best = broken(graph, mesh.counted, set(found.chosen))
    assert found.after[-1] == pytest.approx(best, abs=1e-12)
    for at, other in ((a, o) for a in found.chosen for o in graph):
        exchanged = set(found.chosen) - {at} | {other}
        if len(exchanged) == len(found.chosen) > 1:
            assert broken(graph, mesh.counted, exchanged) <= best + 1e-12


@given(meshes(), st.integers(1, 3))
def test_those_found_reach_at_least_the_share_that_is_promised(asked, count: int):
    network, mesh, _gone = asked
    graph = graph_of(network)
    found = key_players(mesh, count, "reach")

    def reached(some: tuple[int, ...]) -> int:
        seen = set()
        for item in some:
            seen |= set(nx.single_source_shortest_path_length(graph, item, cutoff=WITHIN))
        return int(mesh.counted[list(seen)].sum())

    sets = combinations(range(len(network)), min(count, len(network)))
    best = max(map(reached, sets))
    assert found.after[-1] == reached(found.chosen)
    assert found.bound >= SURE
    assert found.after[-1] >= found.bound * best - 1e-9


@given(meshes(), st.sampled_from(["fragmentation", "reach"]))
def test_who_may_not_be_ranked_is_never_named(asked, goal: str):
    network, mesh, gone = asked
    ranked = np.ones(len(network), np.bool_)
    ranked[list(gone)] = False
    if ranked.any():
        found = key_players(mesh, 4, goal, ranked=ranked)
        assert not gone & set(found.chosen)


def test_a_broker_between_two_groups_is_the_first_to_remove():
    groups = [(a, b) for some in ((1, 2, 3, 4), (6, 7, 8, 9)) for a, b in combinations(some, 2)]
    links = [LinkRow(100 + at, a, b) for at, (a, b) in enumerate([*groups, (4, 5), (5, 6)])]
    network = Network.of([(no, "nominal") for no in range(1, 10)], links)
    found = key_players(Mesh.of(network), 1, "fragmentation")
    assert network.nodes[list(found.chosen)].tolist() == [5]
    assert (found.before, found.after) == (0.0, (pytest.approx(4 / 7),))


def test_the_best_three_of_a_published_network_are_the_best_of_all_threes():
    network = published("krebs_911_prior_contacts")
    mesh, graph = Mesh.of(network), graph_of(network)
    found = key_players(mesh, 3, "fragmentation")
    best = max(broken(graph, mesh.counted, set(some)) for some in combinations(graph, 3))
    assert found.after[-1] == pytest.approx(best, abs=1e-12)


def test_nobody_to_choose_from_is_a_sentence():
    mesh = Mesh.of(Network.of([(1, "nominal")]))
    with pytest.raises(Refused, match="nobody"):
        key_players(mesh, 1, "fragmentation", ranked=np.zeros(1, np.bool_))
    with pytest.raises(Refused, match="one to 50"):
        key_players(mesh, 0, "reach")


@pytest.mark.parametrize("goal", ["fragmentation", "reach"])
def test_it_stops_when_told_to(goal: str):
    def stop(*_said: object) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        key_players(Mesh.of(Network.of([(1, "nominal")])), 1, goal, progress=stop)


@pytest.mark.slow
def test_ten_removals_from_a_thousand_are_found_in_seconds():
    links = [
        LinkRow(10_000 + at, *ends) for at, ends in enumerate(clustered(1_000, 3_000).tolist())
    ]
    mesh = Mesh.of(Network.of([(no, "nominal") for no in range(1_000)], links))
    start = time.perf_counter()
    found = key_players(mesh, 10, "fragmentation")
    assert len(found.chosen) == 10
    assert time.perf_counter() - start < 60  # the figure itself is taken by the benchmark
