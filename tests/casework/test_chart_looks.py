"""What a chart leaves out and how it draws the rest, over real records."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from makers import a_handle, a_link, a_membership, a_nominal, a_plan, a_report, an_action, an_ocg

from ocgdesk.casework import (
    chart_badges,
    chart_facts,
    chart_histogram,
    chart_looks,
    chart_papers,
    chart_sources,
    charts,
)
from ocgdesk.casework.chart_looks import Looks
from ocgdesk.domain import chart_fields, chart_filters, chart_rules
from ocgdesk.domain.chart_filters import ChartFilter
from ocgdesk.domain.chart_rules import ChartRule, Dress
from ocgdesk.domain.chart_tests import parse
from ocgdesk.domain.charts import Arrangement, Chart, Importance, Point
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.subrecords import Assessment
from ocgdesk.errors import Refused
from ocgdesk.reports import chart_words
from ocgdesk.reports.drawing import draw

TODAY = date(2026, 11, 21)
LONG_AGO = date.today() - timedelta(days=30)  # noqa: DTZ011 - badges go by the day it is


@pytest.fixture
def case(given):
    """An OCG with a hub of three links, a child exploited by it, a handle on a doubtful link."""
    ocg = an_ocg("Tarnbrook", status="active", tier="t1", review_due=LONG_AGO)
    hub = a_nominal("Hub", in_custody=True)
    ann, bob = a_nominal("Ann", warnings=("FI",)), a_nominal("Bob", deceased=True)
    child = a_nominal("Cai", exploited=True, born=PartialDate.parse("2012"))
    handle = a_handle("quietfox")
    good, poor = a_report(grade="1AP"), a_report(grade="2DP", origin="S2")
    given(ocg, hub, ann, bob, child, handle, good, poor)
    given(
        a_membership(hub, ocg),
        a_membership(ann, ocg),
        a_link(hub, ann, strength="confirmed", reports=(good.id,), start=PartialDate.parse("2025")),
        a_link(hub, bob, reports=(poor.id,), type="family"),
        a_link(hub, child, type="exploits", directed=True),
        a_link(handle, hub, strength="confirmed"),
    )
    return {thing.label: thing for thing in (ocg, hub, ann, bob, child, handle)}


@pytest.fixture
def drawn(workspace, case):
    """The scene round the hub, and what is on record of it."""
    with workspace.reading() as reader:
        query = charts.ChartQuery(focus=(case["Hub"].id,), hops=2)
        scene = charts.scene(reader, query)
        facts = chart_facts.read(reader, scene, TODAY)
    return scene, chart_facts.measured(facts, scene, ["links", "betweenness"])


def shown(drawn, *filters: ChartFilter):
    scene, facts = drawn
    return chart_looks.dressed(scene, facts, Looks(filters=filters))


def labels(scene) -> set[str]:
    return {item.label for item in scene.items}


def only(typed: str, **more) -> ChartFilter:
    return ChartFilter(test=parse(typed), **more)


def formatted(drawn, *rules: ChartRule):
    scene, facts = drawn
    found = chart_looks.dressed(scene, facts, Looks(rules=rules))
    return found, {item.label: item for item in found.items}


def rule(typed: str, **dress) -> ChartRule:
    return ChartRule(name=typed, tests=(parse(typed),), dress=Dress(**dress))


# ---- Filters -------------------------------------------------------------------------------------


def test_a_filter_leaves_out_what_does_not_answer_and_only_of_its_kind(drawn) -> None:
    assert labels(shown(drawn, only("nominal.in_custody=yes"))) == {
        "Tarnbrook", "Hub", "Cai", "quietfox",
    }  # fmt: skip


def test_a_filter_may_leave_out_what_answers(drawn) -> None:
    found = shown(drawn, only("nominal.in_custody=yes", keep=False))
    assert "Hub" not in labels(found)
    ids = {item.id for item in found.items}
    assert all({tie.source, tie.target} <= ids for tie in found.ties)


def test_filters_stack_and_each_can_be_switched_off(drawn) -> None:
    kind, custody = only("kind=handle", keep=False), only("nominal.in_custody=yes")
    both = labels(shown(drawn, kind, custody))
    assert both == {"Tarnbrook", "Hub", "Cai"}
    one_off = labels(shown(drawn, kind, replace(custody, on=False)))
    assert one_off == {"Tarnbrook", "Hub", "Ann", "Bob", "Cai"}
    scene, facts = drawn
    assert chart_looks.dressed(scene, facts, Looks()) is scene


def test_no_filter_leaves_out_people_to_be_safeguarded(drawn) -> None:
    for typed in ("nominal.in_custody=yes", "links>=3", "kind=ocg"):
        assert "Cai" in labels(shown(drawn, only(typed)))


def test_a_filter_of_links_leaves_the_items(drawn) -> None:
    scene, _facts = drawn
    found = shown(drawn, only("link.grade>=1B"))
    assert labels(found) == labels(scene)
    assert [tie.label for tie in found.ties] == ["Associate of"]


def test_links_are_filtered_by_strength_type_and_when_they_held(drawn) -> None:
    assert len(shown(drawn, only("link.strength=confirmed")).ties) == 2
    assert [t.type for t in shown(drawn, only("link.type=family")).ties] == ["family"]
    before = shown(drawn, only("link.held<=1/1/2024")).ties
    assert "Ann" not in {label for tie in before for label in (tie.source, tie.target)}
    assert len(before) == len(drawn[0].ties) - 1


def test_a_box_keeps_only_members_that_are_shown(drawn) -> None:
    (box,) = drawn[0].boxes
    found = shown(drawn, only("nominal.in_custody=yes"))
    assert len(found.boxes[0].members) == len(box.members) - 1


# ---- Conditional formatting ----------------------------------------------------------------------


def test_a_rule_colours_sizes_and_badges_what_it_holds_for(drawn) -> None:
    scene, items = formatted(
        drawn, rule("ocg.tier=t1", tone="rule.1", size=Importance.PRINCIPAL, badge="T1")
    )
    ocg = items["Tarnbrook"]
    assert (ocg.tone, ocg.size, ocg.badges[0]) == ("rule.1", Importance.PRINCIPAL, "T1")
    assert all(item.tone == "" for item in scene.items if item is not ocg)
    assert [(key.words, key.ids) for key in scene.keys] == [("ocg.tier=t1", {ocg.id})]


def test_the_first_rule_that_holds_decides_and_badges_add_up(drawn) -> None:
    _scene, items = formatted(
        drawn,
        rule("nominal.in_custody=yes", tone="rule.2", badge="IN"),
        rule("links>=1", tone="rule.5", badge="L"),
    )
    assert items["Hub"].tone == "rule.2"
    assert items["Hub"].badges[:2] == ("IN", "L")
    assert items["Ann"].tone == "rule.5"


def test_people_recorded_as_exploited_are_drawn_as_they_are(drawn) -> None:
    _scene, items = formatted(drawn, rule("kind!=ocg", tone="rule.1", badge="X"))
    assert items["Cai"].tone == ""
    assert "X" not in items["Cai"].badges


def test_no_measure_speaks_of_people_never_to_be_ranked(drawn) -> None:
    scene, facts = drawn
    (child,) = (item for item in scene.items if item.label == "Cai")
    for name in chart_fields.MEASURES:
        assert facts.of_item(child, chart_fields.field(name)) == ()


def test_a_share_of_the_highest_is_those_above_the_rest(drawn) -> None:
    _scene, items = formatted(drawn, rule("links>=top 20%", size=Importance.PRINCIPAL))
    assert {label for label, item in items.items() if item.size} == {"Hub"}
    _scene, items = formatted(drawn, rule("betweenness>=top 20%", tone="rule.1"))
    assert {label for label, item in items.items() if item.tone} == {"Hub"}


def test_where_all_are_alike_nobody_is_among_the_highest(workspace, given) -> None:
    people = given(a_nominal("Ann"), a_nominal("Bob"))
    given(a_link(*people))
    with workspace.reading() as reader:
        scene = charts.scene(reader, charts.ChartQuery(focus=(people[0].id,)))
    facts = chart_facts.measured(chart_facts.Facts(), scene, ["links"])
    _scene, items = formatted((scene, facts), rule("links>=top 50%", tone="rule.1"))
    assert not any(item.tone for item in items.values())


def test_a_rule_of_links_marks_the_line_for_a_print_without_colour(drawn) -> None:
    scene, _items = formatted(drawn, *chart_rules.preset("untested").rules)
    marked = [tie for tie in scene.ties if tie.mark]
    assert [(tie.tone, tie.mark, tie.type) for tie in marked] == [("rule.1", "UNT", "family")]


def test_what_a_rule_draws_reaches_the_drawing_and_its_legend(drawn) -> None:
    scene, items = formatted(
        drawn,
        rule("ocg.tier=t1", tone="rule.1", badge="T1"),
        rule("link.type=family", tone="rule.3", wide=True),
    )
    places = {item.id: Point(90.0 * at, 40.0 * (at % 3)) for at, item in enumerate(scene.items)}
    arrangement = Arrangement(scene=scene, places=places)
    drawing = draw(arrangement)
    node = drawing.node(items["Tarnbrook"].id)
    assert node is not None
    assert node.look.role == "rule.1"
    lines = {line.ink.role for line in drawing.lines}
    assert lines == {"text.3", "rule.3"}
    assert [(key.words, n) for key, n in chart_words.legend(arrangement).rules] == [
        ("ocg.tier=t1", 1), ("link.type=family", 1),
    ]  # fmt: skip
    assert "Formatted: ocg.tier=t1 (T1) 1 and link.type=family 1." in drawing.words


def test_a_rule_whose_items_another_has_coloured_is_not_counted_for_them(drawn) -> None:
    scene, _items = formatted(
        drawn,
        rule("nominal.in_custody=yes", tone="rule.1"),
        rule("links>=1", tone="rule.4"),
    )
    first, second = scene.keys
    assert not first.ids & second.ids


# ---- Kept with the chart -------------------------------------------------------------------------


def test_filters_and_rules_are_kept_with_a_chart_and_undone(workspace, case) -> None:
    looks = Looks(filters=(only("links>=3", name="Busy"),), rules=chart_rules.preset("tier").rules)
    places = {case["Hub"].id: Point(0.0, 0.0)}
    with workspace.work("Save chart") as done:
        chart = charts.save(done.work, Chart(title="Kept"), places)
    with workspace.work("Filter chart") as done:
        charts.save(done.work, chart_looks.with_looks(chart, looks), places)
    with workspace.reading() as reader:
        kept, _arrangement = charts.open_chart(reader, chart.id)
        assert chart_looks.looks_of(kept) == (looks, ())
    workspace.undo()
    with workspace.reading() as reader:
        kept, _arrangement = charts.open_chart(reader, chart.id)
        assert chart_looks.looks_of(kept) == (Looks(), ())


def test_a_chart_whose_filters_cannot_be_read_says_so_and_keeps_its_rules() -> None:
    rules = chart_rules.preset("tier").rules
    chart = Chart(title="x", filters="{broken", rules=chart_rules.packed(rules))
    looks, faults = chart_looks.looks_of(chart)
    assert looks == Looks(rules=rules)
    assert faults == ("The filters of this chart cannot be read; set them anew",)


def test_what_is_known_for_now_only_cannot_be_asked_of_the_past() -> None:
    with pytest.raises(Refused, match="risk band is known for now only"):
        chart_looks.check_past(Looks(filters=(only("ocg.band=High"),)))
    chart_looks.check_past(Looks(filters=(only("ocg.tier=t1"),)))


# ---- Badges --------------------------------------------------------------------------------------


def test_badges_tell_what_is_to_be_known_at_a_glance(drawn) -> None:
    badges = {item.label: item.badges for item in drawn[0].items}
    assert badges["Hub"] == ("HMP",)
    assert badges["Ann"] == ("FI",)
    assert badges["Bob"] == ("†",)
    assert badges["Cai"] == ("U18",)
    assert badges["Tarnbrook"] == ("0P", "REV")


def test_a_live_action_and_a_score_change_the_badges_of_an_ocg(workspace, given, case) -> None:
    ocg = case["Tarnbrook"]
    (plan,) = given(a_plan(ocg))
    given(an_action(plan), Assessment(owner=ocg.id, sheet="official", total=156, band="Very high"))
    with workspace.reading() as reader:
        scene = charts.scene(reader, charts.ChartQuery(focus=(ocg.id,)))
        facts = chart_facts.read(reader, scene)
    (item,) = (item for item in scene.items if item.id == ocg.id)
    assert item.badges == ("REV", "VH")
    assert facts.of_item(item, chart_fields.field("ocg.band")) == ("Very high",)
    assert facts.of_item(item, chart_fields.field("ocg.live_actions")) == (1.0,)
    over = facts.of_item(item, chart_fields.field("ocg.days_over"))
    assert over == (30.0,)


def test_an_archived_ocg_calls_for_nothing(workspace, given) -> None:
    (ocg,) = given(an_ocg("Old", status="archived", review_due=LONG_AGO))
    with workspace.reading() as reader:
        scene = charts.scene(reader, charts.ChartQuery(focus=(ocg.id,)))
    assert scene.items[0].badges == ()


def test_safeguarding_badges_are_left_off_what_leaves_unless_somebody_said_why(
    workspace, drawn
) -> None:
    scene, _facts = drawn
    places = {item.id: Point(90.0 * at, 0.0) for at, item in enumerate(scene.items)}
    chart = Arrangement(scene=scene, places=places)
    assert chart_badges.has_safeguarding(chart)
    assert not chart_badges.has_safeguarding(chart_papers.withheld(chart))
    assert chart_badges.has_safeguarding(chart_papers.withheld(chart, safeguarding=True))
    hidden = replace(chart, hidden=frozenset(i.id for i in scene.items if "U18" in i.badges))
    assert not chart_badges.has_safeguarding(hidden)


# ---- What it rests on ----------------------------------------------------------------------------


def test_the_sources_of_a_filtered_chart_are_those_of_what_is_left(workspace, drawn) -> None:
    scene, _facts = drawn
    with workspace.reading() as reader:
        rest = chart_sources.behind(reader, scene)
        assert (rest.reports, rest.lowest) == (2, "2D")
        firm = shown(drawn, only("link.grade>=1B"))
        rest = chart_sources.behind(reader, firm)
        assert (rest.reports, rest.lowest) == (1, "1A")


# ---- Histogram -----------------------------------------------------------------------------------


def bars(drawn, name: str):
    scene, facts = drawn
    found = chart_histogram.histogram(scene, facts, chart_fields.field(name))
    return [(bar.words, bar.n) for bar in found.bars], found


def test_a_histogram_has_a_bar_for_each_code_in_the_order_of_its_list(drawn) -> None:
    said, found = bars(drawn, "link.strength")
    assert said == [("Confirmed", 2), ("Unconfirmed", 1), ("Tentative", 1)]
    assert found.without == 0


def test_a_bar_shows_exactly_what_it_counts(drawn) -> None:
    for name in ("link.grade", "link.type", "nominal.in_custody", "ocg.tier", "links"):
        scene, facts = drawn
        _said, found = bars(drawn, name)
        assert found.bars
        for bar in found.bars:
            gone = chart_looks.left_out(scene, facts, [ChartFilter(test=bar.test)])
            parts = scene.ties if found.asked.of_links else scene.items
            asked = found.asked
            of = [facts.of_tie(p, asked) if asked.of_links else facts.of_item(p, asked)
                  for p in parts if p.id not in gone]  # fmt: skip
            assert sum(bar.test.holds(values) for values in of) == bar.n


def test_numbers_and_days_are_put_in_stretches(drawn) -> None:
    assert bars(drawn, "links")[0] == [("0", 1), ("1", 3), ("4", 1)]
    assert bars(drawn, "link.held")[0] == [("1 Jan 2025", 1)]


def test_a_field_that_nothing_has_gives_no_bar(drawn) -> None:
    said, found = bars(drawn, "nominal.gender")
    assert said == []
    assert found.without == 4


def test_names_are_packed_with_the_filter_they_are_of() -> None:
    one = only("links>=3", name=chart_filters.named("  Busy   people "))
    assert one.stated == "Busy people (Links drawn at least 3)"
