"""Ranks, the bands they move in as links are left out, and how far they follow reports."""

import statistics

import numpy as np
import pytest
from graph.networks import networks, published
from hypothesis import given
from hypothesis import strategies as st

from ocgdesk.errors import Cancelled
from ocgdesk.graph.network import LinkRow, Network
from ocgdesk.graph.scores import measure
from ocgdesk.graph.sureness import (
    Evidence,
    Variant,
    bands,
    collection,
    ranks,
    reports_behind,
    resting_only_on,
    spearman,
    without_report,
)
from ocgdesk.graph.ties import Options

NUMBERS = st.lists(st.integers(-5, 5).map(float), max_size=12)


def _star(*leaves: int) -> Network:
    links = [LinkRow(100 + leaf, 1, leaf) for leaf in leaves]
    return Network.of([(no, "nominal") for no in range(1, 7)], links)


def _evidence(*rows: tuple[int, int, bool, int]) -> Evidence:
    link, report, untested, source = (list(column) for column in zip(*rows, strict=True))
    return Evidence(
        link=np.array(link),
        report=np.array(report),
        untested=np.array(untested),
        source=np.array(source),
        sources=("A", "B", "C"),
    )


def _everybody(network: Network) -> np.ndarray:
    return np.ones(len(network), np.bool_)


# ---- Ranks ---------------------------------------------------------------------------------------


@given(NUMBERS)
def test_a_rank_is_one_more_than_how_many_are_higher(values: list[float]):
    found = ranks(np.array(values), np.ones(len(values), np.bool_))
    assert found.tolist() == [1 + sum(other > value for other in values) for value in values]


def test_who_is_not_to_be_ranked_takes_no_rank_from_others():
    values = np.array([9.0, 7.0, 8.0, np.nan])
    found = ranks(values, np.array([False, True, True, True]))
    assert found.tolist() == [0, 2, 1, 0]


def test_the_lowest_comes_first_where_low_is_high_standing():
    found = ranks(np.array([0.2, 1.0, 0.5]), np.ones(3, np.bool_), low_first=True)
    assert found.tolist() == [1, 3, 2]


def test_sums_that_differ_in_the_last_bit_share_a_rank():
    values = np.array([0.1 + 0.2, 0.3, 11.0, 10.999999999999996])
    assert ranks(values, np.ones(4, np.bool_)).tolist() == [3, 3, 1, 1]


# ---- Evidence ------------------------------------------------------------------------------------


def test_a_link_falls_only_where_all_its_reports_do():
    network = _star(2, 3, 4)
    evidence = _evidence((0, 1, True, 0), (1, 1, True, 0), (1, 2, False, 1))
    fallen = resting_only_on(network, evidence, evidence.untested)
    assert fallen.tolist() == [True, False, False]
    assert without_report(network, evidence) == 1


def test_links_without_any_report_never_fall():
    network = _star(2, 3)
    none = Evidence.none()
    assert not resting_only_on(network, none, none.untested).any()
    assert without_report(network, none) == 2


# ---- Bands ---------------------------------------------------------------------------------------


def _bands(network: Network, *fallen: list[bool], measure_name: str = "degree"):
    variants = [Variant(f"without {at}", np.array(some)) for at, some in enumerate(fallen)]
    everybody = _everybody(network)
    return bands(network, measure_name, Options(), variants, among=everybody)


def test_a_band_runs_from_the_best_to_the_worst_rank_over_all_variants():
    links = [LinkRow(10, 1, 2), LinkRow(11, 1, 3), LinkRow(12, 2, 4)]
    network = Network.of([(no, "nominal") for no in range(1, 5)], links)
    found = _bands(network, [True, True, False], [False, False, True], [False] * 3)
    assert found.rank.tolist() == [1, 1, 3, 3]
    assert found.best.tolist() == [1, 1, 2, 1]
    assert found.worst.tolist() == [3, 2, 3, 4]
    assert found.tried == ("without 0", "without 1")
    assert found.lowered_by.tolist() == [0, 1, -1, 1]


@given(networks(), st.data())
def test_each_variant_is_the_ranking_of_the_network_without_its_links(network, data):
    count = network.source.size
    fallen = np.array(data.draw(st.lists(st.booleans(), min_size=count, max_size=count)), np.bool_)
    found = bands(network, "degree", Options(), [Variant("x", fallen)], among=_everybody(network))
    rows = zip(network.link_nos, network.source, network.target, fallen, strict=True)
    kept = [LinkRow(no, network.nodes[a], network.nodes[b]) for no, a, b, f in rows if not f]
    rest = Network.of([(no, "nominal") for no in network.nodes.tolist()], kept)
    then = ranks(measure(rest, "degree").values, _everybody(network))
    assert np.array_equal(found.best, np.minimum(found.rank, then))
    assert np.array_equal(found.worst, np.maximum(found.rank, then))


def test_a_variant_the_measure_is_not_defined_for_is_named():
    links = [LinkRow(10, 1, 2), LinkRow(11, 2, 3), LinkRow(12, 3, 4)]
    network = Network.of([(no, "nominal") for no in range(1, 5)], links)
    found = _bands(network, [False, True, False], measure_name="eigenvector")
    assert (found.tried, found.undecided) == ((), ("without 0",))
    assert np.array_equal(found.best, found.rank)


def test_who_loses_their_last_link_goes_to_the_end_also_where_low_is_high():
    links = [LinkRow(10, 1, 2), LinkRow(11, 1, 3), LinkRow(12, 4, 5)]
    network = Network.of([(no, "nominal") for no in range(1, 6)], links)
    found = _bands(network, [True, True, False], measure_name="constraint")
    assert found.rank.tolist() == [1, 2, 2, 2, 2]
    assert found.worst.tolist() == [3, 3, 3, 2, 2]


def test_bands_stop_when_asked():
    def stop(_done: int, _total: int, what: str) -> None:
        if what == "How sure":
            raise Cancelled

    network = published("siren")
    variant = Variant("x", np.arange(network.source.size) < 9)
    with pytest.raises(Cancelled):
        bands(network, "degree", Options(), [variant], among=_everybody(network), progress=stop)


# ---- Collection ----------------------------------------------------------------------------------


@given(NUMBERS, st.data())
def test_rank_correlation_is_that_of_mean_ranks(one: list[float], data: st.DataObject):
    other = data.draw(st.lists(st.integers(0, 4).map(float), min_size=len(one), max_size=len(one)))
    found = spearman(np.array(one), np.array(other))
    if len(set(one)) < 2 or len(set(other)) < 2:
        assert np.isnan(found)
        return
    theirs = statistics.correlation(mean_ranks(one), mean_ranks(other))
    assert found == pytest.approx(theirs)


def mean_ranks(values: list[float]) -> list[float]:
    """Return each value's rank; equal values share the mean of theirs."""
    ordered = sorted(values)
    return [ordered.index(value) + (ordered.count(value) + 1) / 2 for value in values]


def test_reports_are_counted_once_a_person_and_shared_out():
    network = _star(2, 3)
    evidence = _evidence((0, 7, False, 0), (1, 7, False, 0), (1, 8, False, 0))
    assert reports_behind(network, evidence).tolist() == [2, 1, 2, 0, 0, 0]
    degrees = measure(network, "degree").values
    found = collection(network, evidence, degrees, among=_everybody(network))
    assert found.share.tolist() == [0.4, 0.2, 0.4, 0, 0, 0]
    assert found.rank.tolist() == [1, 3, 1, 4, 4, 4]
    assert found.correlation == pytest.approx(spearman(degrees, np.array([2.0, 1, 2, 0, 0, 0])))


@pytest.mark.parametrize(
    ("reports", "words"),
    [
        ([4, 3, 2, 1], "follows collection: who ranks high is mostly"),
        ([4, 1, 2, 3], "follows the number of reports little"),
        ([3, 4, 1, 2], "partly follows collection"),
        ([1, 1, 1, 1], "cannot be told here"),
    ],
)
def test_a_sentence_says_how_far_standing_follows_reports(reports, words):
    links = [LinkRow(no, no, no) for no in range(1, 5)]
    network = Network.of([(no, "nominal") for no in range(1, 5)], links)
    rows = [(at, 10 * at + n, False, 0) for at, many in enumerate(reports) for n in range(many)]
    values = np.array([4.0, 3.0, 2.0, 1.0])
    found = collection(network, _evidence(*rows), values, among=_everybody(network))
    assert words in found.sentence


def test_who_is_not_ranked_has_no_share():
    network = _star(2, 3)
    evidence = _evidence((0, 7, False, 0), (1, 8, False, 0))
    among = np.array([False, True, True, True, True, True])
    found = collection(network, evidence, measure(network, "degree").values, among=among)
    assert (found.share[0], found.rank[0]) == (0, 0)
    assert found.share.sum() == pytest.approx(1)
