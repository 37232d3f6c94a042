"""A chart coloured and sized by a kept result: what it says, to whom, and until when."""

from dataclasses import replace
from datetime import date

import pytest
from makers import a_chart, a_link, a_nominal, a_phone

from ocgdesk.casework import (
    analysis,
    chart_looks,
    chart_papers,
    chart_themes,
    chart_theming,
    charts,
    result_tables,
    results,
)
from ocgdesk.casework.analysis import Question
from ocgdesk.casework.chart_looks import Looks
from ocgdesk.casework.network_scope import Part, Scope
from ocgdesk.domain import chart_rules
from ocgdesk.domain import chart_themes as themes
from ocgdesk.domain.chart_themes import Theme
from ocgdesk.domain.charts import Arrangement, Chart, Importance, Point
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.people import Right
from ocgdesk.errors import Refused
from ocgdesk.reports import chart_words

TODAY = date(2026, 11, 21)


@pytest.fixture
def star(given):
    """A hub with five others round it; one of them is fifteen."""
    hub, *rest = people = [a_nominal(f"Person {n}") for n in range(6)]
    child = replace(rest[-1], born=PartialDate.parse("2015"))
    people = [hub, *rest[:-1], child]
    given(*people, a_phone())
    given(*(a_link(hub, one) for one in people[1:]), a_link(people[1], people[2]))
    return people


@pytest.fixture
def ranking(workspace, star):
    """The measures of the six, kept."""
    return kept(workspace, tuple(one.id for one in star))


def kept(workspace, ids):
    with workspace.reading() as reader:
        scope = Scope(part=Part.REFS, ids=ids, hops=0)
        found = analysis.ask(reader, Question(scope=scope, sure=False))
        rows = analysis.named(reader, analysis.standing(found))
    draft = result_tables.of_measures(found, rows)
    with workspace.work("Keep result", right=Right.CHART) as done:
        return results.keep_named(done.work, draft, "Who stands out")


def drawn(workspace, star, theme):
    with workspace.reading() as reader:
        scene = charts.scene(reader, charts.ChartQuery(focus=(star[0].id,)))
        looks = Looks(theme=theme)
        facts = chart_looks.read_facts(reader, scene, looks)
        return chart_looks.dressed(scene, facts, looks)


def test_the_highest_is_darkest_largest_and_marked_with_its_rank(workspace, star, ranking):
    scene = drawn(workspace, star, chart_theming.theme_of(ranking, "Degree"))
    items = {item.id: item for item in scene.items}
    hub, leaf = items[star[0].id], items[star[3].id]
    assert (hub.tone, hub.size) == ("rule.1", Importance.PRINCIPAL)
    assert "#1" in hub.badges
    assert (leaf.tone, leaf.size) != (hub.tone, hub.size)


def test_who_is_never_ranked_is_never_coloured(workspace, star, ranking):
    scene = drawn(workspace, star, chart_theming.theme_of(ranking))
    child = next(item for item in scene.items if item.id == star[-1].id)
    assert (child.tone, child.size) == ("", None)
    assert not any(badge.startswith("#") for badge in child.badges)


def test_somebody_recorded_as_a_child_since_loses_their_colour(workspace, star, ranking):
    theme = chart_theming.theme_of(ranking, "Degree")
    with workspace.work("Edit") as done:
        hub = done.work.get(type(star[0]), star[0].id)
        done.work.put(replace(hub, born=PartialDate.parse("2014")))
    scene = drawn(workspace, star, theme)
    assert next(item for item in scene.items if item.id == star[0].id).tone == ""


def test_legend_and_cover_say_what_as_at_when_and_with_what_caveat(workspace, star, ranking):
    scene = drawn(workspace, star, chart_theming.theme_of(ranking, "Degree"))
    arrangement = Arrangement(scene=scene, places={item.id: Point(0, 0) for item in scene.items})
    legend = chart_words.legend(arrangement)
    assert any("Degree" in key.words and key.tone == "rule.1" for key, _n in legend.rules)
    with workspace.reading() as reader:
        about = workspace.about
        made, _nos = chart_papers.cover(
            reader, arrangement, title="T", about=about, author="A", agency="", filters=(),
            now=ranking.computed,
        )  # fmt: skip
    said = " ".join(made.said)
    assert "Degree" in said
    assert "as at" in said
    assert "where police looked" in said
    assert "Who stands out" in said


def test_a_result_that_no_longer_matches_says_so_on_the_chart(workspace, star, ranking, given):
    theme = chart_theming.theme_of(ranking)
    given(a_link(star[3], star[4]))
    with workspace.reading() as reader:
        assert not chart_themes.read(reader, theme).holds
    assert any("changed since" in words for words in drawn(workspace, star, theme).said)


def test_a_result_that_is_gone_leaves_the_chart_as_it_is_and_says_so(workspace, star, ranking):
    theme = chart_theming.theme_of(ranking)
    with workspace.work("Remove", right=Right.CHART) as done:
        results.remove(done.work, ranking.id)
    scene = drawn(workspace, star, theme)
    assert not any(item.tone for item in scene.items)
    assert "gone or not open" in " ".join(scene.said)


def test_a_theme_is_kept_with_the_chart_beside_its_rules_and_undone_as_one(workspace, ranking):
    rules = chart_rules.preset("degree").rules
    with workspace.work("Save") as done:
        chart = chart_looks.with_looks(a_chart(), Looks(rules=rules))
        done.work.put(chart)
    theme = chart_theming.theme_of(ranking)
    with workspace.work("Colour", right=Right.CHART) as done:
        chart_theming.put(done.work, chart.id, theme)
    looks, faults = looks_kept(workspace, chart)
    assert (looks.theme, looks.rules, faults) == (theme, rules, ())
    workspace.undo()
    assert looks_kept(workspace, chart)[0].theme is None


def looks_kept(workspace, chart):
    with workspace.reading() as reader:
        return chart_looks.looks_of(reader.get(Chart, chart.id))


def test_a_damaged_theme_gets_a_sentence_and_stays_as_it_is():
    chart = replace(a_chart(), rules='[{"theme":{"result":"nonsense","column":1}}]')
    looks, faults = chart_looks.looks_of(chart)
    assert looks.theme is None
    assert "coloured by" in faults[0]


def test_only_rankings_of_what_is_drawn_are_offered(workspace, star, ranking):
    with workspace.reading() as reader:
        offered = chart_theming.choices(reader, drawn=[star[0].id])
        assert [one.result.id for one in offered] == [ranking.id]
        assert "Betweenness" in dict(map(reversed, offered[0].figures))
        assert chart_theming.choices(reader, drawn=[]) == ()
    with pytest.raises(Refused, match="no such figure"):
        chart_theming.theme_of(ranking, "Luck")


def test_equal_figures_stand_together_and_where_all_are_alike_nothing_stands_out():
    ids = [one.id for one in (a_nominal(f"{n}") for n in range(10))]
    alike = dict.fromkeys(ids, 2.0)
    assert themes.fifths(alike) == {}
    values = {id_: float(n >= 8) for n, id_ in enumerate(ids)}
    assert set(themes.fifths(values).values()) == {0, 3}
    assert themes.fifths(values, low_first=True)[ids[9]] == 4
    assert themes.unpacked("") is None
    assert isinstance(themes.plain(Theme(result=ids[0], column=2)), dict)
