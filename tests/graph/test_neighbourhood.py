"""Nearest first, then strongest; the same whether the network is held or asked for."""

import time
from collections.abc import Collection, Iterable

import networkx as nx
import numpy as np
import pytest
from graph.networks import networks, published
from hypothesis import given
from hypothesis import strategies as st

from ocgdesk.graph.neighbourhood import LinkTriple, expand, neighbourhood, rank_step
from ocgdesk.graph.network import LinkRow, Network


class Register:
    """Answers as the store does: every link that touches one of the nodes asked for."""

    def __init__(self, network: Network) -> None:
        self.asked = 0
        self.links = [
            LinkTriple(*row)
            for row in zip(
                network.link_nos.tolist(),
                network.nodes[network.source].tolist(),
                network.nodes[network.target].tolist(),
                network.strength.tolist(),
                strict=True,
            )
        ]

    def links_of(self, ring: Collection[int]) -> Iterable[LinkTriple]:
        self.asked += 1
        return [link for link in self.links if link.a in ring or link.b in ring]


def _network(*links: tuple[int, int, int]) -> Network:
    nos = {end for link in links for end in link[:2]}
    rows = [LinkRow(at, a, b, strength) for at, (a, b, strength) in enumerate(links, 100)]
    return Network.of([(no, "nominal") for no in nos], rows)


def test_the_nearer_comes_first_however_weak_its_link():
    found = neighbourhood(_network((1, 2, 0), (2, 3, 2)), [1], hops=2)
    assert found.nodes == (1, 2, 3)
    assert dict(found.hops_of) == {1: 0, 2: 1, 3: 2}


def test_of_the_equally_near_the_strongest_comes_first():
    found = neighbourhood(_network((1, 2, 0), (1, 3, 2), (1, 4, 1)), [1], hops=1)
    assert found.nodes == (1, 3, 4, 2)


def test_of_the_equally_strong_the_one_with_more_links_comes_first_then_the_older():
    network = _network((1, 2, 1), (1, 3, 1), (1, 4, 1), (4, 1, 0))
    assert neighbourhood(network, [1], hops=1).nodes == (1, 4, 2, 3)


def test_what_does_not_fit_is_counted_and_said_with_the_rule():
    network = _network(*[(1, no, 1) for no in range(2, 13)])
    found = neighbourhood(network, [1], hops=1, most=4)
    assert found.nodes == (1, 2, 3, 4)
    assert (found.cut, found.unwalked) == (8, False)
    assert found.cut_in_words == (
        "4 items shown, 8 more left out: nearest first, then by strongest link, "
        "then by most links to what is shown."
    )


def test_a_cut_before_the_last_hop_says_that_there_may_be_more():
    network = _network((1, 2, 1), (1, 3, 1), (3, 4, 1))
    found = neighbourhood(network, [1], hops=2, most=2)
    assert found.unwalked
    assert "at least 1 more" in found.cut_in_words


def test_nothing_is_said_where_nothing_was_cut():
    assert neighbourhood(_network((1, 2, 1)), [1], hops=4).cut_in_words == ""


def test_hops_go_against_the_direction_of_links_too():
    assert neighbourhood(_network((2, 1, 1), (3, 2, 1)), [1], hops=2).nodes == (1, 2, 3)


def test_no_hops_leave_the_focus_in_the_order_given():
    network = _network((1, 2, 1), (3, 4, 1))
    assert neighbourhood(network, [4, 1, 4], hops=0).nodes == (4, 1)


def test_a_focus_that_is_no_node_is_left_out():
    assert neighbourhood(_network((1, 2, 1)), [77, 1], hops=1).nodes == (1, 2)
    assert neighbourhood(Network.of(), [1], hops=3).nodes == ()


def test_the_register_is_not_asked_beyond_the_cut():
    register = Register(_network(*[(1, no, 1) for no in range(2, 13)], (2, 20, 1)))
    expand([1], register.links_of, hops=4, most=5)
    assert register.asked == 1


def test_a_link_handed_over_twice_counts_once():
    twice = [LinkTriple(1, 10, 11, 1), LinkTriple(1, 10, 11, 1), LinkTriple(2, 10, 12, 1)]
    assert rank_step({10}, twice) == (11, 12)


@pytest.mark.parametrize(("hops", "most"), [(-1, 5), (1, 0)])
def test_senseless_limits_are_refused(hops: int, most: int):
    with pytest.raises(ValueError, match="hops"):
        neighbourhood(_network((1, 2, 1)), [1], hops=hops, most=most)


@given(networks(), st.integers(0, 4), st.integers(1, 16), st.data())
def test_walking_the_register_and_the_held_network_gives_the_same(network, hops, most, data):
    known = network.nodes.tolist()
    focus = data.draw(st.lists(st.sampled_from(known), max_size=4)) if known else []
    held = neighbourhood(network, focus, hops=hops, most=most)
    assert held == expand(focus, Register(network).links_of, hops=hops, most=most)


@given(networks(), st.integers(0, 4))
def test_without_a_cut_it_is_what_networkx_finds_within_the_hops(network: Network, hops: int):
    graph = nx.Graph(network.as_networkx().to_undirected())
    for focus in network.nodes[:2].tolist():
        found = neighbourhood(network, [focus], hops=hops)
        expected = nx.single_source_shortest_path_length(graph, focus, cutoff=hops)
        assert dict(found.hops_of) == dict(expected)


@pytest.mark.parametrize("name", ["caviar", "london_gang", "montreal_gangs", "siren"])
def test_on_published_networks_it_is_what_networkx_finds(name: str):
    network = published(name)
    graph = nx.Graph(network.as_networkx().to_undirected())
    expected = nx.single_source_shortest_path_length(graph, 1, cutoff=2)
    assert dict(neighbourhood(network, [1], hops=2).hops_of) == dict(expected)


@pytest.mark.slow
def test_two_hops_in_a_national_register_take_moments():
    rng = np.random.default_rng(1)
    ends = np.minimum(rng.zipf(1.6, (500_000, 2)), 599_999)
    ends[:, 1] = rng.integers(0, 600_000, 500_000)
    network = Network.of_columns(
        nos=np.arange(600_000),
        kinds=["nominal"] * 600_000,
        link_nos=np.arange(500_000),
        sources=ends[:, 0],
        targets=ends[:, 1],
        strengths=rng.integers(0, 3, 500_000),
        directed=np.zeros(500_000, np.bool_),
        weights=np.ones(500_000),
        types=[""] * 500_000,
    )
    assert network.adjacency
    started = time.thread_time()
    found = neighbourhood(network, [40], hops=2)
    assert time.thread_time() - started < 0.1
    assert len(found.nodes) == 500
