"""Connecting three or more items: all joined that can be, with few links more than needed."""

from itertools import combinations

import networkx as nx
import pytest
from graph.networks import networks, published
from hypothesis import assume, given
from hypothesis import strategies as st

from ocgdesk.errors import Cancelled, Refused
from ocgdesk.graph.connecting import connecting
from ocgdesk.graph.network import Network
from ocgdesk.graph.ways import Ways


@st.composite
def chosen(draw) -> tuple[Network, list[int]]:
    of = draw(networks(most=9, ties=16).filter(lambda some: len(some) > 2))
    some = st.lists(st.sampled_from(of.nodes.tolist()), min_size=3, max_size=5, unique=True)
    return of, draw(some)


def least_links(graph: nx.Graph, nos: list[int]) -> int:
    """The reference: the smallest connected set of nodes that holds them all, tried out."""
    others = [no for no in graph if no not in nos]
    for more in range(len(others) + 1):
        for extra in combinations(others, more):
            if nx.is_connected(graph.subgraph([*nos, *extra])):
                return len(nos) + more - 1
    raise AssertionError("they do not hang together")


@given(chosen())
def test_at_most_twice_the_links_that_are_needed(asked):
    of, some = asked
    graph = nx.Graph(of.as_networkx().to_undirected())
    nos = sorted(max((part & set(some) for part in nx.connected_components(graph)), key=len))
    assume(len(nos) > 1)
    found = connecting(Ways.of(of), of.positions(nos).tolist())
    joined = graph.subgraph(found.nodes)
    assert set(nos) <= set(found.nodes)
    assert nx.is_connected(joined)
    assert sum(len(path) for path in found.routes) <= 2 * least_links(graph, nos)


@given(chosen())
def test_what_nothing_joins_is_told_apart(asked):
    of, nos = asked
    graph = of.as_networkx().to_undirected()
    parts = {frozenset(part & set(nos)) for part in nx.connected_components(graph)}
    found = connecting(Ways.of(of), of.positions(nos).tolist())
    assert {frozenset(part) for part in found.parts} == parts - {frozenset()}


def test_ties_bring_every_shortest_path_of_the_pairs_that_are_joined():
    of = published("caviar")
    chosen_ = of.positions(of.nodes[[3, 30, 60]].tolist()).tolist()
    few, all_ = connecting(Ways.of(of), chosen_), connecting(Ways.of(of), chosen_, ties=True)
    assert set(few.nodes) <= set(all_.nodes)
    assert len(all_.routes) > len(few.routes) == 2


def test_one_item_cannot_be_connected():
    of = Network.of([(1, "nominal"), (2, "nominal")])
    with pytest.raises(Refused, match="two to 50"):
        connecting(Ways.of(of), [0, 0])


def test_it_stops_when_told_to():
    of = Network.of([(no, "nominal") for no in range(5)])

    def stop(*_said: object) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        connecting(Ways.of(of), [0, 1, 2], progress=stop)
