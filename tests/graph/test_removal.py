"""Curves of successive removal: those of the Montagna study, to the last decimal."""

import csv

import networkx as nx
import pytest
from graph.networks import PUBLISHED, networks
from hypothesis import given

from ocgdesk.errors import Cancelled
from ocgdesk.graph.network import LinkRow, Network
from ocgdesk.graph.removal import curve

MONTAGNA = PUBLISHED / "montagna"
STUDIES = {
    "meeting": "Montagna_meetings_edgelist.csv",
    "phone_calls": "Montagna_phonecalls_edgelist.csv",
}


def montagna(study: str) -> Network:
    """Read a study's links; of two lines for a pair the later holds, as the study read them."""
    if not MONTAGNA.is_dir():
        pytest.skip("the Montagna networks do not lie beside the project")
    numbers: dict[str, int] = {}
    weights: dict[frozenset[int], float] = {}
    for line in (MONTAGNA / STUDIES[study]).read_text().splitlines():
        one, two, weight = line.split()
        ends = [numbers.setdefault(name, len(numbers)) for name in (one, two)]
        weights[frozenset(ends)] = float(weight)
    links = [LinkRow(1000 + at, *ends, weight=w) for at, (ends, w) in enumerate(weights.items())]
    return Network.of([(no, "nominal") for no in numbers.values()], links)


@pytest.mark.parametrize("study", STUDIES)
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("by", ["betweenness", "degree"])
def test_the_published_curves_come_out(study: str, weighted: bool, by: str):
    network = montagna(study)
    name = f"sequential_{study}_{'Weighted' if weighted else 'Unweighted'}_5nrem.csv"
    with (MONTAGNA / "published_disruption" / name).open() as lines:
        published = [float(row[by.title()]) for row in csv.DictReader(lines)]
    found = curve(network, by, weighted=weighted, steps=len(published) - 1)
    assert found.largest == pytest.approx(published, abs=1e-12)


@given(networks())
def test_the_foremost_by_degree_goes_first_and_the_largest_part_is_networkxs(network):
    graph = nx.Graph(network.as_networkx().to_undirected())
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    found = curve(network, "degree")
    whole = max(map(len, nx.connected_components(graph)), default=0)
    for no, share in zip(found.removed, found.largest[1:], strict=True):
        assert graph.degree[no] == max(dict(graph.degree).values())
        graph.remove_node(no)
        largest = max(map(len, nx.connected_components(graph)), default=0)
        assert share == pytest.approx(largest / whole, abs=1e-15)


def test_who_may_not_be_ranked_is_never_taken():
    links = [LinkRow(100 + no, 1, no) for no in range(2, 7)]
    network = Network.of([(no, "nominal") for no in range(1, 7)], links)
    found = curve(network, "degree", ranked=network.nodes != 1)
    assert sorted(found.removed) == [2, 3, 4, 5, 6]


def test_it_stops_when_told_to():
    def stop(*_said: object) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        curve(Network.of([(1, "nominal")]), "degree", progress=stop)
