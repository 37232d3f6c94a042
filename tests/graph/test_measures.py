"""Distinct pairs and connected parts against networkx, which is the reference."""

import networkx as nx
import numpy as np
import pytest
from graph.networks import networks, published
from hypothesis import given

from ocgdesk.graph.measures import connected, distinct
from ocgdesk.graph.network import Network

NAMES = ["caviar", "drugnet", "london_gang", "montreal_gangs", "natarajan_cocaine", "siren"]


def _agree(network: Network) -> None:
    graph = nx.Graph(network.as_networkx().to_undirected())
    parts = connected(len(network), network.edges)
    found = {frozenset(network.nodes[parts == one].tolist()) for one in np.unique(parts)}
    assert found == {frozenset(one) for one in nx.connected_components(graph)}
    pairs = {frozenset(pair) for pair in network.nodes[distinct(network.edges)].tolist()}
    assert pairs == {frozenset(edge) for edge in graph.edges() if edge[0] != edge[1]}


@given(networks())
def test_pairs_and_parts_of_any_network_are_those_of_networkx(network: Network):
    _agree(network)


@pytest.mark.parametrize("name", NAMES)
def test_pairs_and_parts_of_published_networks_are_those_of_networkx(name: str):
    _agree(published(name))


@given(networks())
def test_parts_are_numbered_in_the_order_of_their_first_nodes(network: Network):
    _numbers, first = np.unique(connected(len(network), network.edges), return_index=True)
    assert first.tolist() == sorted(first.tolist())


def test_distinct_pairs_lose_loops_repeats_and_direction():
    assert distinct(np.array([[2, 1], [1, 2], [3, 3], [0, 2]])).tolist() == [[0, 2], [1, 2]]
    assert distinct(np.zeros((0, 2), np.int64)).shape == (0, 2)
