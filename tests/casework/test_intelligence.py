"""Intelligence: independent sources, best grades, tentative links, conditions, sanitising."""

import pytest
from hypothesis import given as given_
from hypothesis import strategies as st
from makers import a_link, a_nominal, a_report, an_assertion, an_ocg

from ocgdesk.casework import charts, intelligence, records
from ocgdesk.casework.charts import ChartQuery
from ocgdesk.domain.links import Strength
from ocgdesk.errors import Refused


@pytest.fixture
def act(workspace):
    """Do one verb as an act of its own."""

    def do(verb, *args, **more):
        with workspace.work("Act") as done:
            return verb(done.work, *args, **more)

    return do


def reports(*graded):
    return [a_report(grade=grade, origin=origin) for grade, origin in graded]


# ---- Weighing -----------------------------------------------------------------------------------


def test_reports_of_one_label_are_one_source_and_one_without_stands_for_itself():
    found = intelligence.weigh(reports(("2CP", "A"), ("1BP", "a "), ("2DP", ""), ("3EP", "")))
    assert (found.sources, found.best) == (3, "1BP")
    assert found.words == "3 independent sources, best 1B"


def test_the_old_scheme_is_never_converted():
    found = intelligence.weigh(reports(("B21", "A")))
    assert (found.best, found.words) == ("", "1 independent source, graded 5x5x5")
    both = intelligence.weigh(reports(("A11", "A"), ("3DP", "B")))
    assert both.best == "3DP"


def test_nothing_is_said_of_what_rests_on_nothing():
    assert intelligence.weigh([]).words == ""


@pytest.mark.parametrize(
    ("one", "hidden"),
    [
        (a_report(grade="1AC", conditions="Ask first", origin="A"), True),
        (a_report(grade="2CP", restricted_to=frozenset(), origin="A"), True),
        (a_report(grade="B25", origin="A"), True),
        (a_report(grade="B21", origin="A"), False),
        (a_report(grade="1AP", origin="A"), False),
    ],
)
def test_a_count_that_would_single_a_source_out_is_not_shown(one, hidden):
    found = intelligence.weigh([one])
    assert found.is_hidden is hidden
    assert ("1A" in found.words or "2C" in found.words or "1 " in found.words) is not hidden
    with_another = intelligence.weigh([one, a_report(grade="2CP", origin="B")])
    assert not with_another.is_hidden


@given_(
    st.lists(st.tuples(st.sampled_from(["1AP", "2CP", "3DP", "E41", ""]), st.sampled_from("AB")))
)
def test_more_reports_of_a_known_source_never_make_more_sources(found):
    once = intelligence.weigh(reports(*found))
    twice = intelligence.weigh(reports(*found, *found))
    assert (once.sources, once.best, once.is_thin) == (twice.sources, twice.best, twice.is_thin)


# ---- Tentative ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("graded", "drawn"),
    [
        ([("2CP", "A")], Strength.TENTATIVE),
        ([("2CP", "A"), ("2BP", "A")], Strength.TENTATIVE),
        ([("E24", "A")], Strength.TENTATIVE),
        ([("1CP", "A")], Strength.CONFIRMED),
        ([("2CP", "A"), ("2BP", "B")], Strength.CONFIRMED),
        ([("2CP", "A"), ("1BP", "A")], Strength.CONFIRMED),
        ([], Strength.CONFIRMED),
    ],
)
def test_a_link_that_rests_on_one_untested_source_is_drawn_tentative(graded, drawn):
    link = a_link(a_nominal(), an_ocg(), strength="confirmed")
    assert intelligence.strength_drawn(link, reports(*graded)) == drawn.value


def test_a_chart_draws_it_so_and_the_record_keeps_what_was_entered(workspace, given):
    one, other = given(a_nominal("Aled"), a_nominal("Bet"))
    report = given(a_report(grade="2CP", origin="A"))[0]
    link = given(a_link(one, other, strength="confirmed", reports=(report.id,)))[0]
    with workspace.reading() as reader:
        (tie,) = charts.scene(reader, ChartQuery(focus=(one.id,))).ties
        kept = records.queries.links_of(reader, one.id)[0].link
    assert (tie.id, tie.strength) == (link.id, Strength.TENTATIVE)
    assert kept.strength == "confirmed"


def test_another_source_makes_the_line_whole_again(workspace, given, put):
    one, other = given(a_nominal("Aled"), a_nominal("Bet"))
    first, second = given(a_report(grade="2CP", origin="A"), a_report(grade="2CP", origin="B"))
    link = given(a_link(one, other, strength="confirmed", reports=(first.id,)))[0]
    put(link, reports=(first.id, second.id))
    with workspace.reading() as reader:
        (tie,) = charts.scene(reader, ChartQuery(focus=(one.id,))).ties
    assert tie.strength is Strength.CONFIRMED


# ---- Conditions and sanitising ------------------------------------------------------------------


def test_handling_c_needs_its_conditions(act):
    with pytest.raises(Refused, match="enter the handling conditions first"):
        act(records.create, a_report(grade="2CC"))
    made = act(records.create, a_report(grade="2CC", conditions="Ask the originator"))
    with pytest.raises(Refused, match="handling conditions"):
        act(records.edit, made.id, {"conditions": " "})
    act(records.edit, made.id, {"conditions": "", "grade": "2CP"})


def test_one_that_came_without_conditions_can_still_be_edited_elsewhere(act, given):
    came = given(a_report(grade="2CC"))[0]
    assert act(records.edit, came.id, {"title": "Another title"}).title == "Another title"


SAYS = "Our informant lives with him and saw it himself."


def test_the_check_marks_the_phrases_and_a_reason_lets_them_stay(act, given):
    report = given(a_report("Meeting", text=SAYS))[0]
    found = intelligence.cleanness(report)
    assert found.found >= 1
    assert all(report.text[one.start : one.end] == one.text for one in found.text)
    with pytest.raises(Refused, match="reword"):
        act(intelligence.sanitise, report.id)
    assert act(intelligence.sanitise, report.id, reason="Public knowledge").sanitised


def test_other_words_have_to_be_sanitised_anew(act, given):
    report = given(a_report("Meeting", text="Two men met at the yard."))[0]
    assert act(intelligence.sanitise, report.id).sanitised
    assert act(records.edit, report.id, {"origin": "Source B"}).sanitised
    assert not act(records.edit, report.id, {"text": SAYS}).sanitised


# ---- What cites it ------------------------------------------------------------------------------


def test_a_report_is_cited_by_links_and_by_fields(workspace, given):
    one, ocg = given(a_nominal("Aled", gender="male"), an_ocg())
    report, other = given(a_report(grade="2CP", origin="A"), a_report(grade="1BP", origin="B"))
    both = (report.id, other.id)
    given(
        a_link(one, ocg, type="associate", reports=both),
        an_assertion(one, "name", "Aled", reports=(report.id,)),
        an_assertion(one, "name", "Alun", reports=(report.id,)),
        a_link(report, one, type="mentions", reports=(report.id,)),
    )
    with workspace.reading() as reader:
        found = intelligence.citations(reader, report.id)
    assert [(c.record.label, c.what, c.weight.sources) for c in found] == [
        ("Aled", "Associate of", 2),
        ("Aled", "Name", 1),
        ("Aled", "Name, another value", 1),
    ]


def test_what_is_restricted_is_not_among_what_cites(workspace, given, opened_by, another_user):
    only = frozenset({workspace.user.id})
    secret, ocg = given(a_nominal("Deep", restricted_to=only), an_ocg())
    report = given(a_report(grade="2CP"))[0]
    given(
        a_link(secret, ocg, reports=(report.id,)),
        an_assertion(secret, "name", "Deep", reports=(report.id,)),
    )
    with opened_by(another_user).reading() as reader:
        assert intelligence.citations(reader, report.id) == ()
