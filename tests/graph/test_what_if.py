"""What removals leave, who shares neighbours, what groups share: against trying it out."""

from itertools import combinations

import networkx as nx
import numpy as np
from graph.networks import networks
from hypothesis import given
from hypothesis import strategies as st

from ocgdesk.domain.kinds import Kind
from ocgdesk.graph.fragments import Mesh
from ocgdesk.graph.network import LinkRow, Network
from ocgdesk.graph.shared import alike, holders, sharing
from ocgdesk.graph.what_if import effect, stand_ins


@st.composite
def removals(draw) -> tuple[Network, set[int], np.ndarray]:
    network = draw(networks(most=9, ties=14).filter(len))
    gone = draw(st.sets(st.integers(0, len(network) - 1), max_size=4))
    flags = draw(st.lists(st.booleans(), min_size=len(network), max_size=len(network)))
    return network, gone, np.array(flags)


def graph_of(network: Network) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(range(len(network)))
    graph.add_edges_from(network.edges.tolist())
    return graph


@given(removals())
def test_pairs_cut_are_pairs_of_others_that_only_the_removed_joined(asked):
    network, gone, counted = asked
    graph = graph_of(network)
    left = graph.subgraph(set(graph) - gone)
    pairs = [pair for pair in combinations(sorted(left), 2) if counted[list(pair)].all()]
    cut = [p for p in pairs if nx.has_path(graph, *p) and not nx.has_path(left, *p)]
    found = effect(Mesh.of(network, counted), gone)
    assert found.pairs_cut == len(cut)
    assert found.after.counted == int(counted[sorted(left)].sum())
    sizes = [int(counted[sorted(part)].sum()) for part in nx.connected_components(left)]
    assert found.after.largest == max(sizes, default=0)
    assert found.after.alone == sizes.count(1)
    assert found.after.parts == sum(size > 0 for size in sizes)
    assert not set(found.cut_off) & gone


@given(removals())
def test_stand_ins_share_the_neighbours_they_are_said_to(asked):
    network, gone, counted = asked
    graph = graph_of(network)
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    allowed = np.flatnonzero(counted).tolist()
    found = {
        (s.removed, s.item): set(s.shared) for s in stand_ins(Mesh.of(network), [*gone], allowed)
    }
    for one in gone:
        for other in set(allowed) - gone:
            both = (set(graph[one]) & set(graph[other])) - gone
            assert found.get((one, other), set()) == both


def town(*links: tuple[int, int]) -> Network:
    kinds = {1: "ocg", 2: "ocg", 3: "ocg", 50: "phone", 51: "phone", 60: "location"}
    nos = {end for link in links for end in link} | {1, 2, 3}
    rows = [LinkRow(100 + at, *link) for at, link in enumerate(links)]
    return Network.of([(no, kinds.get(no, "nominal")) for no in nos], rows)


MEMBERS = {1: {10, 11}, 2: {11, 12}, 3: {13}}


def test_groups_share_a_member_and_what_different_members_are_linked_to():
    network = town((10, 50), (12, 50), (11, 51), (1, 60), (13, 60))
    people = sharing(holders(network, MEMBERS, Kind.NOMINAL)).pairs
    assert {pair: [s.item for s in some] for pair, some in people.items()} == {(1, 2): [11]}
    phones = sharing(holders(network, MEMBERS, Kind.PHONE)).pairs
    # The phone of the shared member alone is no second thing that is shared.
    assert {pair: [s.item for s in some] for pair, some in phones.items()} == {(1, 2): [50]}
    assert (phones[1, 2][0].one, phones[1, 2][0].two) == ({10}, {12})
    places = sharing(holders(network, MEMBERS, Kind.LOCATION)).pairs
    assert [s.item for s in places[1, 3]] == [60]


def test_what_joins_too_many_or_is_on_the_stop_list_joins_none_and_is_counted():
    network = town((10, 50), (12, 50), (13, 50), (10, 51), (12, 51))
    held = holders(network, MEMBERS, Kind.PHONE)
    assert sharing(held, widest=2).too_wide == (50,)
    assert [s.item for s in sharing(held, widest=2).pairs[1, 2]] == [51]
    stopped = sharing(held, stop={51})
    assert stopped.stopped == 1
    assert [s.item for s in stopped.pairs[1, 2]] == [50]


def test_the_rarer_what_both_have_the_more_alike_they_are():
    features = {1: "abx", 2: "ab", 3: "ax", 4: "a", 5: "c"}
    found = alike({no: set(some) for no, some in features.items()}, 1)
    assert [like.group for like in found] == [2, 3, 4]
    assert found[0].both == ("b", "a")
    assert all(0 < like.share <= 1 for like in found)
