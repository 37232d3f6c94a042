"""Change over time: who comes, goes, rises and falls; the eleven phases of Caviar."""

import csv

import networkx as nx
import pytest
from graph.networks import PUBLISHED, networks
from hypothesis import given
from hypothesis import strategies as st

from ocgdesk.errors import Cancelled
from ocgdesk.graph.change import moves, phases
from ocgdesk.graph.network import LinkRow, Network


def network(*pairs: tuple[int, int]) -> Network:
    nos = sorted({end for pair in pairs for end in pair})
    links = [LinkRow(100 + at, *pair) for at, pair in enumerate(pairs)]
    return Network.of([(no, "nominal") for no in nos], links)


def caviar() -> list[tuple[str, Network]]:
    folders = sorted((PUBLISHED / "caviar").glob("phase*_undirected"))
    if not folders:
        pytest.skip("the phases of Caviar do not lie beside the project")
    numbers = {str(no): no for no in range(1, 111)}
    return [(folder.name[5:7], _phase(folder, numbers)) for folder in folders]


def _phase(folder, numbers: dict[str, int]) -> Network:
    def no(name: str) -> int:
        return numbers.setdefault(name, 1_000 + len(numbers))

    with (folder / "nodes.csv").open() as lines:
        nodes = [(no(row["id"]), "nominal") for row in csv.DictReader(lines)]
    with (folder / "edges.csv").open() as lines:
        rows = [(no(row["source"]), no(row["target"])) for row in csv.DictReader(lines)]
    return Network.of(nodes, [LinkRow(5_000 + at, *ends) for at, ends in enumerate(rows)])


def test_the_eleven_phases_of_caviar_have_the_published_sizes():
    found = phases(caviar())
    assert [phase.nodes for phase in found] == [15, 24, 33, 33, 32, 27, 34, 42, 34, 42, 41]


def test_in_caviar_one_stays_the_most_between_as_half_of_the_others_come_and_go():
    found = phases(caviar(), "betweenness")
    foremost = [min(p.standings, key=lambda no: p.standings[no].rank) for p in found]
    assert foremost.count(1) == 8
    assert all(1 / 3 < phase.turnover <= 2 / 3 for phase in found[1:])


@given(st.lists(networks(most=8, ties=12), min_size=1, max_size=4))
def test_turnover_and_density_are_as_defined(some):
    found = phases([(str(at), one) for at, one in enumerate(some)])
    for at, (phase, now) in enumerate(zip(found, some, strict=True)):
        graph = nx.Graph(now.as_networkx().to_undirected())
        graph.remove_edges_from(list(nx.selfloop_edges(graph)))
        assert phase.density == pytest.approx(nx.density(graph), abs=1e-12)
        before = set(some[at - 1].nodes.tolist()) if at else None
        if before is None or not before | set(graph):
            assert phase.turnover is None
        else:
            both, either = before & set(graph), before | set(graph)
            assert phase.turnover == pytest.approx(1 - len(both) / len(either), abs=1e-12)
            assert (phase.joined, phase.gone) == (set(graph) - before, before - set(graph))


@given(networks(most=10))
def test_ranks_count_from_one_and_equals_share_the_best(now):
    standings = phases([("one", now)])[0].standings
    for standing in standings.values():
        above = sum(other.value > standing.value for other in standings.values())
        assert standing.rank == above + 1


def test_who_rises_and_who_falls():
    one, two = network((1, 2), (1, 3), (1, 4), (2, 5)), network((5, 1), (5, 2), (5, 3), (5, 4))
    first, second = phases([("one", one), ("two", two)])
    found = {move.no: (move.before, move.after) for move in moves(first, second)}
    assert found[5] == (3, 1)
    assert found[1] == (1, 2)
    assert moves(first, second)[0].no == 5


def test_who_is_to_be_safeguarded_takes_part_but_has_no_rank():
    phase = phases([("one", network((1, 2), (2, 3)))], unranked={2})[0]
    assert phase.nodes == 3
    assert set(phase.standings) == {1, 3}
    assert phase.standings[1].rank == 1


def test_it_stops_when_told_to():
    def stop(*_said: object) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        phases([("one", network((1, 2)))], progress=stop)
