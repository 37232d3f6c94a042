"""Layouts against the spring layout of networkx: no more crossings, no more stress."""

import networkx as nx
import numpy as np
import pytest
from graph.networks import clustered, published

from benchmarks.drawn import crossings, stress
from ocgdesk.graph.layout import force


def _spring(count: int, links: np.ndarray) -> np.ndarray:
    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(links.tolist())
    found = nx.spring_layout(graph, seed=1)
    return np.array([found[item] for item in range(count)])


def _distinct(links: np.ndarray) -> np.ndarray:
    pairs = np.unique(np.sort(links, axis=1), axis=0)
    return pairs[pairs[:, 0] != pairs[:, 1]]


def _measured(count: int, links: np.ndarray) -> None:
    links = _distinct(links)
    theirs = _spring(count, links)
    ours = force(count, links)
    figures = {
        name: (crossings(places, links), stress(places, links))
        for name, places in (("ours", ours), ("networkx", theirs))
    }
    assert figures["ours"][0] <= figures["networkx"][0]
    assert figures["ours"][1] <= figures["networkx"][1]


@pytest.mark.parametrize(("count", "links"), [(120, 190), (300, 520)])
def test_no_more_links_cross_and_distances_are_no_less_true_than_with_networkx(
    count: int, links: int
) -> None:
    _measured(count, clustered(count, links))


@pytest.mark.parametrize("name", ["caviar", "london_gang"])
def test_nor_do_they_on_published_networks(name: str) -> None:
    network = published(name)
    links = _distinct(network.edges.astype(np.int64))
    theirs = _spring(len(network), links)
    ours = force(len(network), links)
    assert crossings(ours, links) <= 1.05 * crossings(theirs, links)
    assert stress(ours, links) <= stress(theirs, links)
