"""Each measure is what its definition says: igraph's answer is that of the networkx call."""

import math
import pickle
from itertools import product

import numpy as np
import pytest
from graph.networks import published
from graph.reference import REFERENCE, reference
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ocgdesk.errors import Cancelled, Refused
from ocgdesk.graph import centrality
from ocgdesk.graph.definitions import DEFINITIONS, LINK_MEASURES, NODE_MEASURES, USUAL, On
from ocgdesk.graph.network import LinkRow, Network
from ocgdesk.graph.scores import Scores, measure, measure_all, options_in_words, shape
from ocgdesk.graph.ties import Options, Weights

EXACT = 1e-9
NAMES = [
    "caviar",
    "krebs_911_prior_contacts",
    "london_gang",
    "montreal_gangs",
    "natarajan_cocaine",
    "siren",
]
EVERY_OPTION = [
    Options(directed=directed, weights=weights, parallel=parallel, normalised=normalised)
    for directed, weights, parallel, normalised in product(
        (False, True), Weights, (False, True), (False, True)
    )
]


@st.composite
def weighted(draw) -> Network:
    """Any small network with weights: directed or not, loops, parallel links, isolates."""
    nos = sorted(draw(st.sets(st.integers(1, 60), max_size=10)))
    if not nos:
        return Network.of()
    end, weight = st.sampled_from(nos), st.sampled_from((1.0, 2.0, 3.0, 7.0, 0.5))
    row = st.tuples(end, end, st.booleans(), weight)
    links = [
        LinkRow(number, a, b, 1, directed, weight)
        for number, (a, b, directed, weight) in enumerate(draw(st.lists(row, max_size=24)), 1000)
    ]
    return Network.of([(no, "nominal") for no in nos], links)


def _near(found: float, wanted: float) -> bool:
    if math.isnan(found) or math.isnan(wanted):
        return math.isnan(found) and math.isnan(wanted)
    return math.isclose(found, wanted, rel_tol=EXACT, abs_tol=EXACT)


def _agree(network: Network, name: str, options: Options) -> None:
    found = measure(network, name, options)
    wanted = reference(network, name, options)
    if found.on is On.NODE:
        values = dict(zip(network.nodes.tolist(), found.values.tolist(), strict=True))
        assert values.keys() == wanted.keys()
        wrong = {n: (v, float(wanted[n])) for n, v in values.items() if not _near(v, wanted[n])}
        assert not wrong
    else:
        _agree_on_links(network, found, wanted, directed=options.directed)


def _agree_on_links(network: Network, found: Scores, wanted: list, *, directed: bool) -> None:
    assert found.ties is not None
    ends = network.nodes[np.stack((found.ties.source, found.ties.target), axis=1)].tolist()
    ours = sorted(zip(map(tuple, ends), found.values.tolist(), strict=True))
    theirs = sorted((pair if directed else (min(pair), max(pair)), v) for pair, v in wanted)
    assert [pair for pair, _value in ours] == [pair for pair, _value in theirs]
    assert all(_near(a, float(b)) for (_p, a), (_q, b) in zip(ours, theirs, strict=True))


def test_every_measure_has_a_definition_and_a_reference():
    assert set(DEFINITIONS) == set(REFERENCE) == {*NODE_MEASURES, *LINK_MEASURES}
    assert set(USUAL) <= set(NODE_MEASURES)
    for one in DEFINITIONS.values():
        assert all((one.title, one.sentence, one.caveat, one.unreachable, one.scale))
        assert all((one.normalised, one.reference))


@pytest.mark.parametrize("name", REFERENCE)
@settings(max_examples=60)
@given(network=weighted(), options=st.sampled_from(EVERY_OPTION))
def test_on_any_network_it_is_what_networkx_says_or_is_refused(name, network, options):
    if DEFINITIONS[name].reason_against(options):
        with pytest.raises(Refused, match="cannot be computed"):
            measure(network, name, options)
        return
    try:
        measure(network, name, options)
    except Refused as refused:
        assume("equally large" not in str(refused))
        raise
    _agree(network, name, options)


@pytest.mark.parametrize("dataset", NAMES)
@pytest.mark.parametrize("name", REFERENCE)
def test_on_published_networks_it_is_what_networkx_says(name: str, dataset: str):
    network = published(dataset)
    for options in (
        Options(),
        Options(directed=True),
        Options(weights=Weights.STRENGTH),
        Options(directed=True, weights=Weights.DISTANCE, parallel=True),
    ):
        if not DEFINITIONS[name].reason_against(options):
            _agree(network, name, options)


@pytest.mark.parametrize("name", REFERENCE)
def test_nothing_and_one_item_alone_have_an_answer(name: str):
    options = Options(directed=DEFINITIONS[name].directed is True)
    empty = measure(Network.of(), name, options)
    assert empty.values.size == 0
    one = measure(Network.of([(4, "nominal")], [LinkRow(1, 4, 4)]), name, options)
    wanted = [] if one.on is On.LINK else [{"pagerank": 1.0, "component": 1.0}.get(name, 0.0)]
    if name == "constraint":
        wanted = [math.nan]
    assert np.array_equal(one.values, np.array(wanted), equal_nan=True)


def test_the_defaults_are_those_of_i2():
    assert options_in_words(Options()) == (
        "direction ignored",
        "parallel links merged",
        "unweighted",
        "not normalised",
    )
    assert USUAL[0] == "betweenness"


def test_what_is_not_defined_says_why():
    network = Network.of([(1, "nominal"), (2, "nominal")], [LinkRow(1, 1, 2)])
    with pytest.raises(Refused, match=r"Eigenvector .* only where direction is ignored"):
        measure(network, "eigenvector", Options(directed=True))
    with pytest.raises(Refused, match=r"K-core .* only where parallel links are merged"):
        measure(network, "core", Options(parallel=True))
    with pytest.raises(Refused, match="let direction be followed"):
        measure(network, "in-degree")
    with pytest.raises(Refused, match="a sum of distances means nothing"):
        measure(network, "pagerank", Options(weights=Weights.DISTANCE))
    with pytest.raises(Refused, match="There is no measure guilt; there are degree"):
        measure(network, "guilt")


def test_two_parts_equally_large_have_no_eigenvector():
    links = [LinkRow(1, 1, 2), LinkRow(2, 3, 4)]
    network = Network.of([(no, "nominal") for no in range(1, 5)], links)
    with pytest.raises(Refused, match="2 parts are equally large"):
        measure(network, "eigenvector")


@pytest.mark.parametrize("weight", [0.0, -2.0, math.inf, math.nan])
def test_a_weight_that_is_no_length_is_refused_where_weights_are_used(weight: float):
    network = Network.of([(1, "nominal"), (2, "nominal")], [LinkRow(1, 1, 2, weight=weight)])
    with pytest.raises(Refused, match="1 tie has no weight above nought"):
        measure(network, "betweenness", Options(weights=Weights.STRENGTH))
    assert measure(network, "betweenness").values.tolist() == [0, 0]


def test_of_several_measures_those_that_cannot_be_had_are_named_with_the_reason():
    found = measure_all(published("siren"), ("degree", "in_degree", "degree"))
    assert list(found.scores) == ["degree"]
    assert list(found.refused) == ["in_degree"]
    with pytest.raises(Refused, match="direction be followed"):
        measure_all(published("siren"), ["in_degree", "out_degree"])


def test_more_is_closer_or_farther_as_it_is_meant():
    rows = [LinkRow(1, 1, 2, weight=9), LinkRow(2, 2, 3, weight=9), LinkRow(3, 1, 3, weight=2)]
    network = Network.of([(no, "nominal") for no in (1, 2, 3)], rows)
    strong = measure(network, "betweenness", Options(weights=Weights.STRENGTH))
    far = measure(network, "betweenness", Options(weights=Weights.DISTANCE))
    assert strong.values.tolist() == [0, 1, 0]
    assert far.values.tolist() == [0, 0, 0]


def test_a_network_in_a_few_numbers_says_what_was_dropped_and_merged():
    links = [LinkRow(1, 1, 2, weight=4), LinkRow(2, 2, 1), LinkRow(3, 3, 3), LinkRow(4, 2, 3)]
    found = shape(Network.of([(no, "nominal") for no in range(1, 5)], links))
    assert (found.nodes, found.ties, found.links, found.loops) == (4, 2, 3, 1)
    assert (found.isolates, found.weight, found.components) == (1, 7.0, 2)
    assert (found.diameter, found.path_length) == (2, pytest.approx(4 / 3))
    assert (found.articulation_points, found.bridges) == (1, 2)
    assert shape(Network.of()).path_length is None


# ---- Long work -----------------------------------------------------------------------------------


def test_long_work_tells_how_far_it_is_and_stops_when_asked(monkeypatch):
    monkeypatch.setattr(centrality, "_STEPS_AT_ONCE", 1)
    told = []

    def stop(done: int, total: int, what: str) -> None:
        told.append((done, total, what))
        if done == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        measure(published("siren"), "betweenness", progress=stop)
    assert told[-1] == (3, 44, "Betweenness")


@pytest.mark.parametrize("name", ["betweenness", "closeness", "harmonic", "closeness_corrected"])
def test_in_pieces_it_is_what_it_is_in_one(monkeypatch, name: str):
    network = published("caviar")
    whole = [measure(network, name, options).values for options in EVERY_OPTION[:8]]
    monkeypatch.setattr(centrality, "_STEPS_AT_ONCE", 2_000)
    pieces = [measure(network, name, options).values for options in EVERY_OPTION[:8]]
    assert np.allclose(whole, pieces, rtol=1e-12, atol=1e-12)


def test_too_large_a_network_is_sampled_and_says_how_far_off_it_may_be(monkeypatch):
    network = published("drugnet")
    exact = measure(network, "betweenness")
    monkeypatch.setattr(centrality, "MOST_STEPS", 100)
    found = measure(network, "betweenness")
    assert exact.note == ""
    assert found.note.startswith("Sampled: the paths from 200 of 293 items")
    assert np.argmax(found.values) in np.argsort(-exact.values)[:5]
    assert np.array_equal(found.values, measure(network, "betweenness").values)
    with pytest.raises(Refused, match="choose fewer, or take degree, PageRank"):
        measure(network, "closeness")
    assert shape(network).diameter is None


def test_sampling_every_source_gives_the_exact_answer(monkeypatch):
    network = published("siren")
    exact = measure(network, "link_betweenness", Options(normalised=True)).values
    monkeypatch.setattr(centrality, "MOST_STEPS", 0)
    monkeypatch.setattr(centrality, "_SAMPLES", 44)
    found = measure(network, "link_betweenness", Options(normalised=True)).values
    assert np.allclose(found, exact)


def test_networks_and_scores_travel_to_the_worker_process_and_back():
    network = pickle.loads(pickle.dumps(published("siren")))  # noqa: S301 - our own
    found = measure(network, "degree")
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own
    assert np.array_equal(found.values, again.values)
