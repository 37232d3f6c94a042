"""Paths: shortest, all that tie, k distinct ones and the best evidenced, as networkx finds them."""

import csv
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from graph.networks import PUBLISHED, networks, published
from hypothesis import given
from hypothesis import strategies as st

from ocgdesk.graph.network import LinkRow, Network
from ocgdesk.graph.paths import best_evidenced, distinct, shortest, tied
from ocgdesk.graph.ways import Limits, Ways


def network(*links: tuple[int, int, int], directed: bool = False) -> Network:
    nos = {end for link in links for end in link[:2]}
    rows = [LinkRow(at, a, b, strength, directed) for at, (a, b, strength) in enumerate(links, 100)]
    return Network.of([(no, "nominal") for no in nos], rows)


def simple(of: Network, *, directed: bool = False, least: int = 0) -> nx.DiGraph:
    """The reference: a graph without parallel links or loops, its nodes by workspace number."""
    graph = nx.DiGraph()
    graph.add_nodes_from(of.nodes.tolist())
    for source, target, said in of.as_networkx().edges(data=True):
        if said["strength"] >= least and source != target:
            graph.add_edge(source, target)
            if not (directed and said["directed"]):
                graph.add_edge(target, source)
    return graph


def all_paths(graph: nx.DiGraph, one: int, two: int) -> list[tuple[int, ...]]:
    found = map(tuple, nx.all_simple_paths(graph, one, two))
    return sorted(found, key=lambda path: (len(path), path))


@st.composite
def questions(draw, most: int = 9) -> tuple[Network, int, int]:
    of = draw(networks(most=most, ties=18).filter(lambda some: len(some) > 1))
    one, two = draw(st.permutations(of.nodes.tolist()))[:2]
    return of, one, two


def at(of: Network, *nos: int) -> list[int]:
    return of.positions(nos).tolist()


@given(questions(), st.booleans())
def test_the_shortest_path_is_the_first_of_those_networkx_finds(asked, directed: bool):
    of, one, two = asked
    expected = all_paths(simple(of, directed=directed), one, two)
    found = shortest(Ways.of(of), *at(of, one, two), Limits(directed=directed))
    assert (found.nodes if found else None) == (expected[0] if expected else None)


@given(questions(), st.booleans())
def test_all_ties_are_all_shortest_paths_in_order(asked, directed: bool):
    of, one, two = asked
    expected = all_paths(simple(of, directed=directed), one, two)
    expected = [path for path in expected if len(path) == len(expected[0])]
    found = tied(Ways.of(of), *at(of, one, two), Limits(directed=directed), most=1_000)
    assert [path.nodes for path in found.routes] == expected
    assert found.count == len(expected)


@given(questions(), st.integers(1, 30), st.booleans())
def test_k_distinct_paths_are_the_first_k_of_all(asked, count: int, directed: bool):
    of, one, two = asked
    expected = all_paths(simple(of, directed=directed), one, two)
    found = distinct(Ways.of(of), *at(of, one, two), count, Limits(directed=directed))
    assert [path.nodes for path in found] == expected[:count]


@given(questions(), st.integers(1, 12))
def test_the_best_evidenced_paths_have_the_strongest_weakest_link(asked, count: int):
    of, one, two = asked
    every = all_paths(simple(of), one, two)

    def weakest(path: tuple[int, ...]) -> int:
        for least in (2, 1):
            if nx.is_path(simple(of, least=least), path):
                return least
        return 0

    expected = sorted(every, key=lambda path: (-weakest(path), len(path), path))[:count]
    found = best_evidenced(Ways.of(of), *at(of, one, two), count)
    assert [(path.nodes, path.evidence) for path in found] == [(p, weakest(p)) for p in expected]


@given(questions(), st.sets(st.integers(1, 60)), st.integers(0, 2))
def test_limits_leave_out_nodes_on_the_way_but_never_the_ends(asked, barred: set[int], least: int):
    of, one, two = asked
    graph = simple(of, least=least)
    graph.remove_nodes_from(barred - {one, two})
    limits = Limits(nodes=~np.isin(of.nodes, list(barred)), links=of.strength >= least)
    found = distinct(Ways.of(of), *at(of, one, two), 5, limits)
    assert [path.nodes for path in found] == all_paths(graph, one, two)[:5]
    strong = set(of.link_nos[of.strength >= least].tolist())
    assert all(set(step) <= strong for path in found for step in path.steps)


@given(questions())
def test_every_step_names_all_its_parallel_links_the_strongest_first(asked):
    of, one, two = asked
    graph = of.as_networkx()
    found = shortest(Ways.of(of), *at(of, one, two))
    for (a, b), links in zip(pairwise(found.nodes), found.steps, strict=True) if found else ():
        between = {**graph.get_edge_data(a, b, default={}), **graph.get_edge_data(b, a, default={})}
        assert set(links) == set(between)
        strengths = [between[no]["strength"] for no in links]
        assert strengths == sorted(strengths, reverse=True)


def test_evidence_other_than_strength_may_decide():
    of = network((1, 2, 2), (2, 4, 2), (1, 3, 0), (3, 4, 0))
    best = best_evidenced(Ways.of(of, np.array([0, 0, 3, 2], np.int8)), *at(of, 1, 4))
    assert [(path.nodes, path.evidence) for path in best] == [((1, 3, 4), 2)]


def test_a_shorter_path_of_tentative_links_gives_way_to_a_longer_confirmed_one():
    of = network((1, 2, 0), (2, 5, 2), (1, 3, 2), (3, 4, 2), (4, 5, 2))
    assert shortest(Ways.of(of), *at(of, 1, 5)).nodes == (1, 2, 5)
    assert best_evidenced(Ways.of(of), *at(of, 1, 5))[0].nodes == (1, 3, 4, 5)


def test_where_nothing_joins_them_there_is_no_path():
    of = network((1, 2, 2), (3, 4, 2))
    ways, ends = Ways.of(of), at(of, 1, 4)
    assert shortest(ways, *ends) is None
    assert tied(ways, *ends).count == 0
    assert distinct(ways, *ends, 3) == best_evidenced(ways, *ends, 3) == []


def test_many_ties_are_counted_though_few_are_written_out():
    layers = [[0], *([10 * layer + i for i in range(6)] for layer in range(1, 9)), [100]]
    links = [(a, b, 1) for one, two in pairwise(layers) for a in one for b in two]
    of = network(*links)
    found = tied(Ways.of(of), *at(of, 0, 100), most=4)
    assert found.count == 6**8
    assert len(found.routes) == 4


def test_shortest_paths_in_a_published_network_are_as_long_as_networkx_says():
    of = published("caviar")
    ways, graph = Ways.of(of), simple(of)
    for one in of.nodes[:12].tolist():
        lengths = nx.single_source_shortest_path_length(graph, one)
        for two in of.nodes[20:60].tolist():
            found = shortest(ways, *at(of, one, two))
            assert (len(found) if found else None) == lengths.get(two)


POLE = PUBLISHED.parent / "pole_manchester"
TIES = ("KNOWS", "KNOWS_LW", "KNOWS_SN", "KNOWS_PHONE", "FAMILY_REL")


def rows(name: str) -> list[dict[str, str]]:
    with (POLE / name).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def acquaintances() -> tuple[Network, dict[str, int]]:
    """The people of the POLE data with all ties between them, and their numbers by name."""
    if not POLE.is_dir():
        pytest.skip("the POLE data do not lie beside the project")
    people = {
        f"{row['name']} {row['surname']}": int(row[":ID"]) for row in rows("nodes.Person.csv")
    }
    ends = [
        (int(row[":START_ID"]), int(row[":END_ID"]), kind)
        for kind in TIES
        for row in rows(f"relationships.{kind}.csv")
    ]
    links = [LinkRow(100_000 + at, a, b, type=kind) for at, (a, b, kind) in enumerate(ends)]
    return Network.of([(no, "nominal") for no in people.values()], links), people


def test_the_suspects_of_one_officers_drugs_crimes_are_linked_as_networkx_says(acquaintances):
    of, people = acquaintances
    one, two = people["Jack Powell"], people["Raymond Walker"]
    found = tied(Ways.of(of), *at(of, one, two))
    graph = nx.Graph(of.as_networkx())
    assert sorted(path.nodes for path in found.routes) == sorted(
        map(tuple, nx.all_shortest_paths(graph, one, two))
    )
    assert {len(path) for path in found.routes} == {nx.shortest_path_length(graph, one, two)}


def test_among_the_acquaintances_ten_distinct_paths_are_networkxs(acquaintances):
    of, people = acquaintances
    one, two = people["Brian Morales"], people["Diana Murray"]
    found = distinct(Ways.of(of), *at(of, one, two), 10)
    expected = nx.shortest_simple_paths(nx.Graph(of.as_networkx()), one, two)
    assert [len(path) for path in found] == [len(next(expected)) - 1 for _ in range(10)]
