"""Networks as arrays, and as networkx and igraph see them."""

import subprocess
import sys
import time

import igraph
import networkx as nx
import numpy as np
import pytest
from graph.networks import networks
from hypothesis import given

from ocgdesk.domain.kinds import Kind
from ocgdesk.graph.network import KINDS, LinkRow, Network


def _small() -> Network:
    return Network.of(
        [(30, Kind.OCG), (10, Kind.NOMINAL), (20, Kind.HANDLE)],
        [
            LinkRow(7, 10, 20, 2, False, 3.5, "uses"),
            LinkRow(8, 30, 10, 0, True, None, "controls"),
            LinkRow(9, 10, 99, 1),
            LinkRow(11, 20, 20, 1),
        ],
    )


def test_nodes_come_in_the_order_of_their_numbers_with_their_kinds():
    network = _small()
    assert network.nodes.tolist() == [10, 20, 30]
    assert [KINDS[code] for code in network.kinds] == [Kind.NOMINAL, Kind.HANDLE, Kind.OCG]


def test_a_link_to_what_is_no_node_is_dropped_and_counted():
    network = _small()
    assert network.dropped == 1
    assert network.link_nos.tolist() == [7, 8, 11]


def test_what_a_link_says_is_kept_and_no_weight_counts_as_one():
    network = _small()
    assert network.strength.tolist() == [2, 0, 1]
    assert network.weight.tolist() == [3.5, 1.0, 1.0]
    assert network.directed.tolist() == [False, True, False]
    assert [network.type_names[code] for code in network.types] == ["uses", "controls", ""]


def test_an_empty_network_is_a_network():
    network = Network.of()
    assert len(network) == 0
    assert network.adjacency.starts.tolist() == [0]
    assert network.as_networkx().number_of_nodes() == 0
    assert network.as_igraph().vcount() == 0
    assert len(network.within([1])) == 0


def test_links_without_any_node_are_all_dropped():
    assert Network.of([], [LinkRow(1, 2, 3)]).dropped == 1


def test_an_unknown_kind_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="unknown kind: wizard"):
        Network.of([(1, "wizard")])


def test_a_number_that_comes_twice_keeps_its_first_kind():
    network = Network.of([(5, "ocg"), (5, "phone")])
    assert network.nodes.tolist() == [5]
    assert KINDS[network.kinds[0]] is Kind.OCG


def test_nobody_can_write_into_a_network():
    with pytest.raises(ValueError, match="read-only"):
        _small().strength[0] = 0


def test_networkx_sees_every_link_under_its_own_number():
    graph = _small().as_networkx()
    assert graph.nodes[30]["kind"] is Kind.OCG
    said = graph.edges[30, 10, 8]
    assert said == {"type": "controls", "strength": 0, "directed": True, "weight": 1.0}
    assert graph.has_edge(20, 20, 11)


def test_igraph_walks_an_undirected_link_both_ways_and_a_directed_one_one_way():
    graph = _small().as_igraph(directed=True)
    assert sorted(graph.get_edgelist()) == [(0, 1), (1, 0), (1, 1), (2, 0)]
    assert sorted(graph.es["no"]) == [7, 7, 8, 11]


@given(networks())
def test_rows_of_the_adjacency_are_the_neighbours_networkx_finds(network: Network):
    graph = nx.MultiGraph(network.as_networkx().to_undirected(as_view=True))
    rows = network.adjacency
    for at, no in enumerate(network.nodes.tolist()):
        around = network.nodes[rows.neighbours[rows.starts[at] : rows.starts[at + 1]]]
        assert set(around.tolist()) == set(graph.neighbors(no))


@given(networks())
def test_the_links_of_a_row_do_join_what_it_says(network: Network):
    rows = network.adjacency
    ends = np.repeat(np.arange(len(network)), np.diff(rows.starts))
    for end, other, link in zip(ends, rows.neighbours, rows.links, strict=True):
        assert {end, other} == {network.source[link], network.target[link]}


@given(networks())
def test_a_part_of_a_network_holds_the_links_between_its_nodes(network: Network):
    chosen = network.nodes[::2].tolist()
    part = network.within(chosen)
    expected = network.as_networkx().subgraph(chosen)
    assert nx.utils.graphs_equal(part.as_networkx(), nx.MultiDiGraph(expected))


def test_the_package_itself_loads_neither_igraph_nor_networkx():
    code = (
        "import sys, ocgdesk.graph, ocgdesk.graph.network, ocgdesk.graph.neighbourhood;"
        "sys.exit(bool({'igraph', 'networkx'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_igraph_and_networkx_agree_on_how_much_there_is():
    network = _small()
    assert isinstance(network.as_igraph(), igraph.Graph)
    assert network.as_igraph().ecount() == network.as_networkx().number_of_edges() == 3


@pytest.mark.slow
def test_the_adjacency_of_a_national_register_takes_well_under_a_second():
    rng = np.random.default_rng(1)
    ends = rng.integers(0, 600_000, (500_000, 2))
    network = Network.of_columns(
        nos=np.arange(600_000),
        kinds=["nominal"] * 600_000,
        link_nos=np.arange(500_000),
        sources=ends[:, 0],
        targets=ends[:, 1],
        strengths=np.ones(500_000, np.int8),
        directed=np.zeros(500_000, np.bool_),
        weights=np.ones(500_000),
        types=[""] * 500_000,
    )
    started = time.thread_time()
    assert network.adjacency.neighbours.size == 1_000_000
    assert time.thread_time() - started < 1.2
