"""What a line of a chart stands for."""

from dataclasses import replace

import pytest
from makers import a_link, a_nominal

from ocgdesk.casework import chart_fanning, chart_links, chart_looks, charts, records
from ocgdesk.casework.chart_looks import Looks
from ocgdesk.casework.charts import ChartQuery
from ocgdesk.domain import chart_filters
from ocgdesk.domain.chart_lines import Lines
from ocgdesk.domain.charts import Chart
from ocgdesk.domain.links import Strength
from ocgdesk.domain.people import Role
from ocgdesk.errors import NotFound


@pytest.fixture
def pair(given):
    return given(a_nominal("Ann"), a_nominal("Bob"))


def ties(workspace, focus):
    with workspace.reading() as reader:
        return charts.scene(reader, ChartQuery(focus=(focus.id,))).ties


def behind(workspace, tie):
    with workspace.reading() as reader:
        return chart_links.behind(reader, tie)


def test_a_line_stands_for_one_link_as_seen_from_where_it_begins(workspace, given, pair) -> None:
    ann, bob = pair
    (link,) = given(a_link(bob, ann, directed=True))
    (tie,) = ties(workspace, ann)
    own, links = behind(workspace, tie)
    assert own.label == "Bob"
    assert [(found.link, found.other.label, found.outward) for found in links] == [
        (link, "Ann", True)
    ]


def test_links_either_way_are_one_line_where_none_has_a_direction(workspace, given, pair) -> None:
    ann, bob = pair
    weak, firm = given(a_link(ann, bob), a_link(bob, ann, strength="confirmed"))
    (tie,) = ties(workspace, ann)
    own, links = behind(workspace, tie)
    assert [found.link for found in links] == [firm, weak]
    assert [found.outward for found in links] == [found.link.source == own.id for found in links]


def test_links_of_another_type_or_direction_are_other_lines(workspace, given, pair) -> None:
    ann, bob = pair
    one, two, three = given(
        a_link(ann, bob, directed=True),
        a_link(bob, ann, directed=True),
        a_link(ann, bob, type="family"),
    )
    found = [behind(workspace, tie)[1] for tie in ties(workspace, ann)]
    assert {tuple(linked.link.id for linked in links) for links in found} == {
        (one.id,),
        (two.id,),
        (three.id,),
    }


def test_a_link_that_is_gone_is_said_to_be(workspace, given, pair) -> None:
    ann, bob = pair
    (link,) = given(a_link(ann, bob))
    (tie,) = ties(workspace, ann)
    with workspace.work("Remove link") as done:
        records.unlink(done.work, [link.id])
    with pytest.raises(NotFound):
        behind(workspace, tie)


def test_a_restricted_link_is_not_opened_by_those_who_may_not_see_it(
    workspace, given, pair, add_user, opened_by
) -> None:
    ann, bob = pair
    only = {"strength": "confirmed", "restricted_to": frozenset({workspace.user.id})}
    seen, hidden = given(a_link(ann, bob), a_link(ann, bob, **only))
    (tie,) = ties(workspace, ann)
    assert tie.id == hidden.id
    theirs = opened_by(add_user("rob", Role.READER))
    with pytest.raises(NotFound):
        behind(theirs, tie)
    (their_tie,) = ties(theirs, ann)
    _own, links = behind(theirs, their_tie)
    assert [found.link.id for found in links] == [seen.id]


# ---- Folded and fanned out -----------------------------------------------------------------------


def drawn(workspace, focus, lines):
    with workspace.reading() as reader:
        scene = charts.scene(reader, ChartQuery(focus=(focus.id,)))
    return chart_fanning.drawn(scene, lines).ties


@pytest.fixture
def four(given, pair):
    """Two sightings and one more link from Ann to Bob, and one with a direction back."""
    ann, bob = pair
    return given(
        a_link(ann, bob, type="associate", strength="tentative"),
        a_link(ann, bob, type="associate", strength="confirmed"),
        a_link(ann, bob, type="relative"),
        a_link(bob, ann, type="controls", directed=True),
    )


def test_all_links_between_two_are_one_line_with_their_count(workspace, pair, four) -> None:
    assert len(ties(workspace, pair[0])) == 3
    (line,) = drawn(workspace, pair[0], Lines.ONE)
    assert (line.count, line.directed, line.strength) == (4, False, Strength.CONFIRMED)
    assert line.label.endswith(" and 2 more")
    _own, links = behind(workspace, line)
    assert {found.link for found in links} == set(four)


def test_a_line_each_way_keeps_directions_apart(workspace, pair, four) -> None:
    lines = drawn(workspace, pair[0], Lines.WAY)
    assert sorted((line.count, line.directed) for line in lines) == [(1, True), (3, False)]


def test_each_link_has_a_line_of_its_own_with_its_own_strength(workspace, pair, four) -> None:
    lines = drawn(workspace, pair[0], Lines.EACH)
    assert {line.id for line in lines} == {link.id for link in four}
    strengths = {line.id: line.strength for line in lines}
    assert strengths[four[0].id] is Strength.TENTATIVE
    assert {line.count for line in lines} == {1}


def test_how_lines_are_drawn_is_kept_with_the_chart() -> None:
    looks = Looks(lines=Lines.EACH, filters=(chart_filters.without_kind("handle"),))
    chart = chart_looks.with_looks(Chart(title="X"), looks)
    assert chart_looks.looks_of(chart) == (looks, ())
    odd = replace(chart, filters='[{"lines":"zigzag"}]')
    assert "cannot be read" in chart_looks.looks_of(odd)[1][0]
