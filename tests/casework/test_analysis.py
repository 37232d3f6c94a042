"""Measures of the register: what is read, what is ranked, how sure it is, what is never ranked."""

import pickle
from dataclasses import replace
from datetime import date
from threading import Event

import numpy as np
import pytest
from makers import (
    a_chart,
    a_handle,
    a_link,
    a_membership,
    a_nominal,
    a_phone,
    a_placement,
    a_report,
    an_ocg,
)

from ocgdesk.casework import analysis, network_scope
from ocgdesk.casework.analysis import Question
from ocgdesk.casework.network_evidence import Doubt, Without
from ocgdesk.casework.network_scope import Scope
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import Cancelled, NotFound, Refused
from ocgdesk.graph.scores import measure
from ocgdesk.graph.ties import Options, Weights
from ocgdesk.ui.worker import Call, Worker

TODAY = date(2026, 11, 21)


@pytest.fixture
def crew(given):
    """Bob stands between Ann, Cat and Dan; Dan alone knows Eve."""
    people = given(*(a_nominal(name) for name in ("Ann", "Bob", "Cat", "Dan", "Eve")))
    ann, bob, cat, dan, eve = people
    given(a_link(ann, bob), a_link(bob, cat), a_link(bob, dan), a_link(dan, eve))
    return people


@pytest.fixture
def ask(workspace):
    def run(question: Question | None = None, **more):
        with workspace.reading() as reader:
            found = analysis.ask(reader, question or Question(**more))
            return found, analysis.named(reader, analysis.standing(found))

    return run


def _ranked(rows) -> list[tuple[str, int]]:
    return [(brief.label, row.rank) for brief, row in rows]


def test_by_default_betweenness_ranks_as_in_i2(ask, crew):
    found, rows = ask()
    assert _ranked(rows) == [("Bob", 1), ("Dan", 2), ("Ann", 3), ("Cat", 3), ("Eve", 3)]
    assert rows[0][1].values["betweenness"] == 5
    assert set(rows[0][1].values) == {"betweenness", "closeness", "degree", "eigenvector", "core"}
    assert found.settings == (
        "the whole register",
        "direction ignored",
        "parallel links merged",
        "unweighted",
        "not normalised",
    )


def test_the_fixed_line_and_where_police_looked_stand_beside_every_result(ask, crew):
    found, _rows = ask(measures=("degree",))
    assert found.caveats == (
        "Records restricted from this user are not included.",
        "Every measure follows where police looked: who was watched more has more links.",
    )


def test_what_was_computed_is_journalled_by_number_never_by_name(workspace, ask, crew):
    with workspace.reading() as reader:
        analysis.ask(reader, Question(scope=network_scope.parse(reader, "refs:Bob")))
        (said,) = reader.consulted
    assert said.label == "Analyse network"
    assert said.detail["items"] == 4
    assert len(said.subjects) == 1
    assert "Bob" not in repr(said)


# ---- Who is never ranked -------------------------------------------------------------------------


def test_exploited_people_and_children_are_in_the_network_and_in_no_ranking(ask, given):
    victim, child, elder, boss = given(
        a_nominal("Val", exploited=True),
        a_nominal("Kit", born=PartialDate(TODAY.year - 15)),
        a_nominal("Old", born=PartialDate(1970)),
        a_nominal("Boss"),
    )
    others = given(*(a_nominal(f"N{n}") for n in range(4)))
    given(*(a_link(hub, one) for hub in (victim, child) for one in (*others, elder, boss)))
    found, rows = ask(measures=("degree", "link_betweenness"))
    labels = [label for label, _rank in _ranked(rows)]
    assert not {"Val", "Kit"} & set(labels)
    assert rows[0][1].rank == 1
    assert rows[0][1].values["degree"] == 2
    assert found.shape.nodes == 8
    assert "not ranked" in found.notes[0]
    assert analysis.ties(found) == []


def test_who_was_a_child_on_the_day_looked_at_is_not_ranked_for_it(ask, given):
    young, other = given(a_nominal("Sam", born=PartialDate(2006, 5, 1)), a_nominal("Joe"))
    given(a_link(young, other))
    _found, now = ask(measures=("degree",))
    assert {label for label, _rank in _ranked(now)} == {"Sam", "Joe"}
    day = date(2022, 1, 1)
    _found, then = ask(measures=("degree",), scope=Scope(since=day, until=day))
    assert {label for label, _rank in _ranked(then)} == {"Joe"}


def test_only_people_are_ranked_where_only_people_are_asked_for(ask, given):
    phone, *people = given(a_phone(), *(a_nominal(f"N{n}") for n in range(3)))
    given(*(a_link(one, phone) for one in people))
    found, rows = ask(measures=("degree",), ranked=(Kind.NOMINAL,))
    assert _ranked(rows) == [("N0", 1), ("N1", 1), ("N2", 1)]
    assert found.settings[-1] == "ranked: only Nominal"


# ---- What is read --------------------------------------------------------------------------------


def test_a_scope_is_an_ocg_a_chart_or_chosen_records(workspace, ask, crew, given):
    ann, bob, _cat, dan, eve = crew
    ocg = given(an_ocg("Tarnbrook"))[0]
    given(a_membership(ann, ocg), a_membership(bob, ocg))
    chart = given(a_chart("Two of them"))[0]
    given(a_placement(chart, dan), a_placement(chart, eve))

    def items(text: str, **more) -> int:
        with workspace.reading() as reader:
            scope = replace(network_scope.parse(reader, text), **more)
        return ask(scope=scope, measures=("degree",))[0].shape.nodes

    assert items("all") == 6
    assert items("ocg:Tarnbrook", hops=0) == 3
    assert items("ocg:Tarnbrook") == 5
    assert items("chart:Two of them") == 2
    assert items("refs:Ann,Eve", hops=0) == 2


def test_an_empty_selection_and_an_unknown_one_say_so(workspace, crew):
    with workspace.reading() as reader:
        with pytest.raises(Refused, match="Nothing is in this part"):
            analysis.gather(reader, Question(scope=Scope(kinds=(Kind.VEHICLE,))))
        with pytest.raises(NotFound):
            network_scope.parse(reader, "refs:Nobody")
        with pytest.raises(Refused, match="There is no measure guilt"):
            analysis.gather(reader, Question(measures=("guilt",)))


def test_restricted_records_are_as_if_they_were_not_there(
    workspace, ann, another_user, opened_by, given
):
    open_, hidden, far = given(
        a_nominal("Open"), a_nominal("Hidden", restricted_to=frozenset({ann.id})), a_nominal("Far")
    )
    given(a_link(open_, hidden), a_link(hidden, far))
    with workspace.reading() as reader:
        mine = analysis.ask(reader, Question(measures=("degree",)))
    with opened_by(another_user).reading() as reader:
        theirs = analysis.ask(reader, Question(measures=("degree",)))
        rows = analysis.named(reader, analysis.standing(theirs))
    assert (mine.shape.nodes, theirs.shape.nodes) == (3, 2)
    assert {(brief.label, row.values["degree"]) for brief, row in rows} == {("Open", 0), ("Far", 0)}
    assert mine.caveats == theirs.caveats


def test_weights_and_direction_count_where_asked_for(ask, given):
    a, b, c = given(*(a_nominal(name) for name in "ABC"))
    given(a_link(a, b, weight=9, directed=True), a_link(b, c, weight=9, directed=True))
    given(a_link(a, c, weight=2, directed=True))
    options = Options(directed=True, weights=Weights.STRENGTH)
    found, rows = ask(measures=("betweenness", "in_strength", "core"), options=options)
    values = {brief.label: row.values for brief, row in rows}
    assert values["B"] == {"betweenness": 1, "in_strength": 9}
    assert values["C"] == {"betweenness": 0, "in_strength": 11}
    assert "only where direction is ignored" in found.refused["core"]
    assert found.settings[1:4] == (
        "direction followed",
        "parallel links merged",
        "weighted: more is closer",
    )


# ---- How sure ------------------------------------------------------------------------------------


@pytest.fixture
def graded(given):
    """Bob's standing rests on an untested source, Dan's on a reliable one."""
    ann, bob, cat, dan = given(*(a_nominal(name) for name in ("Ann", "Bob", "Cat", "Dan")))
    poor, good = given(
        a_report("Poor", grade="2DP", origin="Source Q"),
        a_report("Good", grade="1AP", origin="Source R"),
    )
    given(
        *(a_link(bob, one, reports=(poor.id,)) for one in (ann, cat)),
        a_link(bob, dan, reports=(poor.id, good.id)),
        a_link(dan, ann, reports=(good.id,)),
        a_link(dan, cat, strength="tentative"),
    )
    return ann, bob, cat, dan


def test_the_band_says_how_far_one_falls_without_this_or_that(ask, graded):
    found, rows = ask(measures=("degree",))
    bands = {brief.label: (row.best, row.worst, row.worst_is) for brief, row in rows}
    assert bands["Bob"] == (1, 2, "without untested sources")
    assert bands["Dan"] == (1, 2, "without tentative links")
    assert found.bands.tried == (
        "without untested sources",
        "without tentative links",
        "without Source Q",
        "without Source R",
    )
    assert "For 1 link no report is recorded" in found.notes[0]


@pytest.mark.parametrize(
    ("without", "degrees"),
    [
        ("untested", {"Ann": 1, "Bob": 1, "Cat": 1, "Dan": 3}),
        ("tentative", {"Ann": 2, "Bob": 3, "Cat": 1, "Dan": 2}),
        ("source:Source R", {"Ann": 1, "Bob": 3, "Cat": 2, "Dan": 2}),
    ],
)
def test_what_is_left_out_from_the_start_is_left_out_and_said(ask, graded, without, degrees):
    left = Without.parse(without)
    found, rows = ask(measures=("degree",), without=(left,))
    assert {brief.label: row.values["degree"] for brief, row in rows} == degrees
    assert found.settings[-1] == left.words
    assert any("left out" in note for note in found.notes)


def test_a_link_on_an_untested_and_a_named_source_goes_with_both(ask, graded):
    both = (Without(Doubt.UNTESTED), Without(Doubt.SOURCE, "Source R"))
    _found, rows = ask(measures=("degree",), without=both)
    assert {b.label: r.values["degree"] for b, r in rows} == {
        "Ann": 0, "Bob": 0, "Cat": 1, "Dan": 1,
    }  # fmt: skip


def test_an_unknown_source_names_some_there_are(workspace, graded):
    with workspace.reading() as reader:
        question = Question(without=(Without(Doubt.SOURCE, "Source Z"),))
        with pytest.raises(Refused, match=r"rests on Source Z; .*: Source Q, Source R"):
            analysis.gather(reader, question)


@pytest.mark.parametrize(
    ("grade", "stays"), [("2AP", 0), ("E41", 0), ("1EC", 1), ("3AP", 1), ("B24", 1), ("", 1)]
)
def test_untested_is_2_in_3x5x2_and_e_in_5x5x5_and_nothing_else(ask, given, grade, stays):
    one, two = given(a_nominal("One"), a_nominal("Two"))
    report = given(a_report(grade=grade))[0]
    given(a_link(one, two, reports=(report.id,)))
    _found, rows = ask(measures=("degree",), without=(Without(Doubt.UNTESTED),))
    assert {row.values["degree"] for _brief, row in rows} == {stays}


@pytest.mark.parametrize("text", ["doubt", "source:", "untested:x", ""])
def test_what_cannot_be_left_out_is_refused(text: str):
    with pytest.raises(Refused, match="untested, tentative or source:X"):
        Without.parse(text)


def test_collection_tells_how_many_reports_are_about_whom(ask, graded):
    found, rows = ask(measures=("degree",))
    reports = {brief.label: (row.reports, row.reports_rank) for brief, row in rows}
    assert reports == {"Ann": (2, 1), "Bob": (2, 1), "Cat": (1, 4), "Dan": (2, 1)}
    assert sum(row.reports_share for _brief, row in rows) == pytest.approx(1)
    assert "Standing here" in found.collection.sentence


def test_of_many_sources_the_weightiest_are_tried_and_the_cut_is_said(ask, given, monkeypatch):
    monkeypatch.setattr(analysis, "MOST_SOURCES", 1)
    a, b, c = given(*(a_nominal(name) for name in "ABC"))
    one, two = given(a_report(origin="Rare"), a_report(origin="Often"))
    given(a_link(a, b, reports=(one.id,)), a_link(b, c, reports=(two.id,)))
    given(a_link(a, c, reports=(two.id,)))
    found, _rows = ask(measures=("degree",))
    assert found.bands.tried == ("without Often",)
    assert "Of 2 sources the 1 behind most links" in found.notes[-1]


def test_bands_can_be_done_without(ask, crew):
    found, rows = ask(measures=("degree",), sure=False)
    assert found.bands is None
    assert {(row.best, row.worst) for _brief, row in rows} == {(0, 0)}


# ---- Results as values ---------------------------------------------------------------------------


def test_a_result_says_when_the_register_no_longer_matches_it(workspace, crew, ask, given):
    found, _rows = ask(measures=("degree",))
    with workspace.reading() as reader:
        assert analysis.is_current(reader, found)
    given(a_handle())
    with workspace.reading() as reader:
        assert not analysis.is_current(reader, found)


def test_a_change_outside_the_scope_or_of_a_name_leaves_it_as_it_was(workspace, crew, given, put):
    with workspace.reading() as reader:
        scope = replace(network_scope.parse(reader, "refs:Bob"), hops=1)
        found = analysis.ask(reader, Question(scope=scope))
    given(a_handle())
    put(crew[1], name="Robert")
    with workspace.reading() as reader:
        assert analysis.is_current(reader, found)


def test_regrading_a_report_makes_a_result_old(workspace, graded, given, put):
    with workspace.reading() as reader:
        found = analysis.ask(reader, Question(measures=("degree",)))
    with workspace.reading() as reader:
        report = next(
            reader.find(id_)
            for no in found.nodes.tolist()
            for link in network_scope.networks.links_among(reader, found.nodes.tolist())
            for id_ in link.reports
        )
    put(report, grade="1BP")
    with workspace.reading() as reader:
        assert not analysis.is_current(reader, found)


def test_the_worker_process_computes_the_same(workspace, graded):
    with workspace.reading() as reader:
        material = analysis.gather(reader, Question())
    worker = Worker()
    try:
        there = worker.call(Call.of(analysis.compute, material), Event())
    finally:
        worker.close()
    here = analysis.compute(material)
    assert there.fingerprint == here.fingerprint
    assert analysis.standing(there) == analysis.standing(here)
    assert pickle.loads(pickle.dumps(here)).settings == here.settings  # noqa: S301 - our own


def test_computing_tells_how_far_it_is_and_stops_when_asked(workspace, crew):
    told = []

    def stop(_done: int, _total: int, what: str) -> None:
        told.append(what)
        if what == "Degree":
            raise Cancelled

    with workspace.reading() as reader, pytest.raises(Cancelled):
        analysis.ask(reader, Question(), stop)
    assert {"Betweenness", "Closeness", "Degree"} == set(told)


def test_measures_of_links_come_with_both_ends(ask, crew):
    found, rows = ask(measures=("link_betweenness", "bridge"))
    assert rows == []
    top = analysis.ties(found, 1)[0]
    assert top.values == {"link_betweenness": 6, "bridge": 1}
    assert top.links == 1
    assert {top.source, top.target} <= set(found.nodes.tolist())


def test_a_measure_that_ranks_nobody_is_told_without_ranks(ask, crew):
    found, rows = ask(measures=("component",))
    assert found.order == ""
    assert [row.rank for _brief, row in rows] == [0] * 5
    assert {row.values["component"] for _brief, row in rows} == {1.0}


def test_the_values_are_those_of_the_network(workspace, ask, crew):
    found, _rows = ask()
    with workspace.reading() as reader:
        network = network_scope.scope(reader, "all")
    for name, one in found.scores.items():
        assert np.array_equal(one.values, measure(network, name).values)
