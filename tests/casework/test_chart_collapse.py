"""OCGs drawn as one item: what is folded in, what is written on it, how it opens again."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from makers import a_link, a_membership, a_nominal, a_plan, an_action, an_ocg

from ocgdesk.casework import chart_collapse, charts
from ocgdesk.casework.chart_collapse import Standing, collapsed
from ocgdesk.casework.charts import ChartQuery
from ocgdesk.domain.charts import Arrangement, Box, Chart, Item, Point, Scene, Tie
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.plans import Strand
from ocgdesk.reports.drawing import draw

TODAY = date(2026, 11, 21)


def an_item(label: str, kind: Kind = Kind.NOMINAL) -> Item:
    return Item(id=uuid4(), kind=kind, label=label)


RED, BLUE = an_item("Red", Kind.OCG), an_item("Blue", Kind.OCG)
ANN, BOB, SAM, ZOE = (an_item(name) for name in ("Ann", "Bob", "Sam", "Zoe"))
PHONE = an_item("07700 900321", Kind.PHONE)


def box(ocg: Item, *members: Item) -> Box:
    return Box(id=ocg.id, title=ocg.label, members=frozenset({ocg.id, *(m.id for m in members)}))


def tie(one: Item, two: Item, words: str = "Uses", **more) -> Tie:
    return Tie(id=uuid4(), source=one.id, target=two.id, label=words, type="uses", **more)


SCENE = Scene(
    items=(RED, BLUE, ANN, BOB, SAM, ZOE, PHONE),
    ties=(
        tie(ANN, PHONE, directed=True),
        tie(BOB, PHONE, directed=True),
        tie(ANN, BOB, "Family of"),
        tie(ZOE, PHONE, directed=True),
    ),
    boxes=(box(RED, ANN, BOB, SAM), box(BLUE, SAM, ZOE)),
)
KNOWN = Standing(tier="t1", members=23, score="156 Very high", strands=("pursue",))


def test_members_are_folded_into_one_item_that_says_how_the_ocg_stands() -> None:
    found = collapsed(SCENE, {RED.id: KNOWN})
    assert {item.label for item in found.items} == {"Red", "Blue", "Sam", "Zoe", PHONE.label}
    (red,) = (item for item in found.items if item.id == RED.id)
    assert red.detail == "T1 · 23 members · 156 Very high"
    assert red.strands == ("pursue",)
    assert set(red.holds) == {ANN.id, BOB.id}
    assert [b.id for b in found.boxes] == [BLUE.id]


def test_links_of_members_are_the_ocgs_counted_and_what_was_inside_is_inside() -> None:
    found = collapsed(SCENE, {RED.id: KNOWN})
    uses = [t for t in found.ties if t.source == RED.id]
    assert [(t.target, t.count) for t in uses] == [(PHONE.id, 2)]
    assert set(uses[0].beneath) == {ANN.id, BOB.id}
    assert "Family of" not in {t.label for t in found.ties}


def test_a_member_who_stands_in_an_open_box_too_stays_and_is_joined_to_the_folded_ocg() -> None:
    found = collapsed(SCENE, {RED.id: KNOWN})
    (line,) = (t for t in found.ties if t.source == SAM.id)
    assert (line.target, line.label) == (RED.id, "Member of")


def test_two_folded_ocgs_are_joined_by_the_members_in_both() -> None:
    found = collapsed(SCENE, {RED.id: KNOWN, BLUE.id: KNOWN})
    (line,) = (t for t in found.ties if {t.source, t.target} == {RED.id, BLUE.id})
    assert line.label == "1 member in both"
    assert line.beneath == (SAM.id,)


def test_folding_nothing_or_what_has_no_box_changes_nothing() -> None:
    assert collapsed(SCENE, {}) == SCENE
    assert collapsed(SCENE, {uuid4(): KNOWN}) == SCENE


def test_a_folded_ocg_that_was_taken_off_the_chart_brings_nobody_down_with_it() -> None:
    left = replace(SCENE, items=tuple(item for item in SCENE.items if item.id != RED.id))
    assert len(collapsed(left, {RED.id: KNOWN}).items) == len(left.items)


def test_the_ps_that_are_covered_are_drawn_filled_and_the_others_empty() -> None:
    item = replace(RED, strands=("pursue", "protect"))
    drawing = draw(Arrangement(scene=Scene(items=(item,)), places={RED.id: Point(0.0, 0.0)}))
    fills = [shape.fill.role for shape in drawing.nodes[0].look.shapes[-4:]]
    assert fills == ["strand.pursue", "surface", "strand.protect", "surface"]


def test_standings_are_read_from_members_and_the_plan(workspace, given) -> None:
    (red,) = given(an_ocg("Red", tier="t2"))
    people = given(*(a_nominal(f"Nominal {n}") for n in range(3)))
    given(*(a_membership(one, red) for one in people))
    (plan,) = given(a_plan(red))
    given(an_action(plan, strand=Strand.PREVENT.value, status="in-progress"))
    with workspace.reading() as reader:
        found = chart_collapse.standings(reader, [red.id], TODAY)[red.id]
    assert (found.tier, found.members, found.strands) == ("t2", 3, ("prevent",))
    assert found.words == "T2 · 3 members"


def test_a_kept_chart_remembers_what_is_folded_and_where_the_members_stand(
    workspace, given
) -> None:
    red, ann, bob = given(an_ocg("Red"), a_nominal("Ann"), a_nominal("Bob"))
    given(a_membership(ann, red), a_membership(bob, red), a_link(ann, bob))
    places = {one.id: Point(100.0 * at, 0.0) for at, one in enumerate((red, ann, bob))}

    with workspace.work("Save chart") as done:
        chart = charts.save(
            done.work, Chart(title="Red", focus=(red.id,), collapsed=(red.id,)), places
        )
    with workspace.reading() as reader:
        kept, arrangement = charts.open_chart(reader, chart.id)
    assert kept.collapsed == (red.id,)
    assert arrangement.places == places
    assert len(collapsed(arrangement.scene, {red.id: KNOWN}).items) == 1


def test_exploited_people_are_never_folded_into_an_ocg(workspace, given) -> None:
    red, ann, bob = given(an_ocg("Red"), a_nominal("Ann"), a_nominal("Bob"))
    (child,) = given(a_nominal("YP-03", exploited=True))
    given(*(a_membership(one, red) for one in (ann, bob)))
    given(a_membership(child, red, role="exploited-person"))
    with workspace.reading() as reader:
        scene = charts.scene(reader, ChartQuery(focus=(red.id,)))
    assert child.id not in scene.boxes[0].members
    (line,) = (t for t in scene.ties if child.id in {t.source, t.target})
    assert line.label == "Exploited person"
    found = collapsed(scene, {red.id: KNOWN})
    assert child.id in {item.id for item in found.items}


@pytest.mark.parametrize("layout", ["force", "ocg", "roles"])
def test_a_folded_chart_can_be_laid_out(layout: str) -> None:
    found = collapsed(SCENE, {RED.id: KNOWN, BLUE.id: KNOWN})
    places = charts.lay_out(found, layout)
    assert set(places) == {item.id for item in found.items}
