"""Measures against networkx, which is the reference."""

import networkx as nx
import numpy as np
import pytest
from graph.networks import networks, published
from hypothesis import given

from ocgdesk.graph.measures import components, degree, density, distinct
from ocgdesk.graph.network import LinkRow, Network

NAMES = ["caviar", "drugnet", "london_gang", "montreal_gangs", "natarajan_cocaine", "siren"]


def _simple(network: Network) -> nx.Graph:
    graph = nx.Graph(network.as_networkx().to_undirected())
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    return graph


def _agree(network: Network) -> None:
    graph, simple = network.as_networkx(), _simple(network)
    degrees = dict(zip(network.nodes.tolist(), degree(network).tolist(), strict=True))
    assert degrees == dict(graph.degree())
    assert density(network) == pytest.approx(nx.density(simple) if len(simple) > 1 else 0.0)
    parts = components(network)
    found = {frozenset(network.nodes[parts == one].tolist()) for one in np.unique(parts)}
    assert found == {frozenset(one) for one in nx.connected_components(simple)}


@given(networks())
def test_measures_of_any_network_are_those_of_networkx(network: Network):
    _agree(network)


@pytest.mark.parametrize("name", NAMES)
def test_measures_of_published_networks_are_those_of_networkx(name: str):
    _agree(published(name))


def test_caviar_has_the_density_that_was_published():
    assert density(published("caviar")) == pytest.approx(0.034195, abs=1e-6)


@given(networks())
def test_parts_are_numbered_in_the_order_of_their_first_nodes(network: Network):
    _numbers, first = np.unique(components(network), return_index=True)
    assert first.tolist() == sorted(first.tolist())


def test_a_loop_counts_twice_and_parallel_links_each():
    links = [LinkRow(1, 1, 1), LinkRow(2, 1, 2), LinkRow(3, 2, 1)]
    network = Network.of([(1, "nominal"), (2, "nominal")], links)
    assert degree(network).tolist() == [4, 2]
    assert density(network) == 1.0


def test_distinct_pairs_lose_loops_repeats_and_direction():
    assert distinct(np.array([[2, 1], [1, 2], [3, 3], [0, 2]])).tolist() == [[0, 2], [1, 2]]
    assert distinct(np.zeros((0, 2), np.int64)).shape == (0, 2)
