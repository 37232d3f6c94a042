"""Two days of one chart: what was added, removed and changed, drawn and listed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from makers import a_link, a_membership, a_nominal, an_ocg

from ocgdesk.casework import chart_compare, records
from ocgdesk.casework.chart_compare import compared
from ocgdesk.casework.charts import ChartQuery
from ocgdesk.casework.overviews import OverviewQuery
from ocgdesk.domain.charts import Arrangement, Box, Difference, Item, Point, Scene, Tie
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Strength
from ocgdesk.errors import Refused
from ocgdesk.reports.drawing import draw

ADDED, REMOVED, CHANGED = Difference


def an_item(label: str, **more) -> Item:
    return Item(id=uuid4(), kind=Kind.NOMINAL, label=label, **more)


def a_tie(one: Item, two: Item, **more) -> Tie:
    return Tie(
        id=uuid4(), source=one.id, target=two.id, type="associate", label="Associate", **more
    )


ANN, BOB, CAT = (an_item(name) for name in ("Ann", "Bob", "Cat"))


def changes(found) -> set[tuple[Difference, str]]:
    return {(one.change, one.what) for one in found.changes}


def test_what_only_the_later_day_has_is_added_and_what_only_the_earlier_has_is_removed() -> None:
    found = compared(Scene(items=(ANN, BOB)), Scene(items=(BOB, CAT)))
    assert {item.label: item.change for item in found.scene.items} == {
        "Ann": REMOVED,
        "Bob": None,
        "Cat": ADDED,
    }
    assert changes(found) == {(REMOVED, "Ann"), (ADDED, "Cat")}
    assert found.summary == "1 added, 1 removed, 0 changed"


def test_a_change_says_what_it_was_and_what_it_is() -> None:
    now = replace(ANN, detail="Line holder", badges=("HMP",))
    found = compared(Scene(items=(replace(ANN, detail="Courier"),)), Scene(items=(now,)))
    (change,) = found.changes
    assert change.change is CHANGED
    assert change.how == "Nominal: Courier → Line holder; – → HMP"


def test_a_line_is_the_same_line_though_another_link_stands_for_it_now() -> None:
    first = a_tie(ANN, BOB)
    items = (ANN, BOB)
    same = replace(first, id=uuid4(), source=BOB.id, target=ANN.id)
    found = compared(Scene(items=items, ties=(first,)), Scene(items=items, ties=(same,)))
    assert not found.changes
    firmer = replace(same, strength=Strength.CONFIRMED, count=2)
    (change,) = compared(
        Scene(items=items, ties=(first,)), Scene(items=items, ties=(firmer,))
    ).changes
    assert change.how == "Associate; Unconfirmed → Confirmed; ×1 → ×2"


def test_a_line_that_differs_has_a_sign_beside_its_colour() -> None:
    items = (ANN, BOB)
    gone = compared(Scene(items=items, ties=(a_tie(ANN, BOB),)), Scene(items=items))
    (tie,) = gone.scene.ties
    assert (tie.change, tie.mark, tie.tone) == (REMOVED, "×", "overdue")


def test_who_joined_or_left_an_ocg_is_told_though_a_box_says_it() -> None:
    ocg = Item(id=uuid4(), kind=Kind.OCG, label="Red")
    items = (ocg, ANN, BOB, CAT)

    def scene(*members: Item) -> Scene:
        box = Box(id=ocg.id, title="Red", members=frozenset({ocg.id, *(m.id for m in members)}))
        return Scene(items=items, boxes=(box,))

    found = compared(scene(ANN, BOB), scene(BOB, CAT))
    assert {(c.change, c.what, c.how) for c in found.changes} == {
        (REMOVED, "Ann", "left Red"),
        (ADDED, "Cat", "joined Red"),
    }
    assert found.scene.boxes[0].members == {ocg.id, ANN.id, BOB.id, CAT.id}


def test_each_difference_is_drawn_with_a_sign_and_a_ring_of_its_own() -> None:
    items = tuple(
        replace(item, change=how) for item, how in zip((ANN, BOB, CAT), Difference, strict=True)
    )
    places = {item.id: Point(200.0 * at, 0.0) for at, item in enumerate(items)}
    drawing = draw(Arrangement(scene=Scene(items=items), places=places))
    signs = [node.badges[0].text.lines[0] for node in drawing.nodes]
    assert signs == ["+", "×", "≠"]
    rings = [node.look.shapes[0].path for node in drawing.nodes]
    assert len(set(rings)) == 3
    plain = draw(Arrangement(scene=Scene(items=(replace(ANN, change=None),)), places=places))
    assert drawing.nodes[0].look.area.width > plain.nodes[0].look.area.width


def test_two_days_of_the_register_are_compared(workspace, given, monkeypatch) -> None:
    red, ann, bob = given(an_ocg("Red"), a_nominal("Ann"), a_nominal("Bob"))
    (tie,) = given(a_link(ann, bob))
    given(a_membership(ann, red), a_membership(bob, red))
    before = datetime.now(UTC)
    with workspace.work("Change") as done:
        records.edit(done.work, id_=ann.id, values={"name": "Anna"})
        done.work.remove(tie)
    with workspace.reading() as reader:
        monkeypatch.setattr(chart_compare, "end_of", lambda day: moments[day])
        moments = {
            date(2026, 1, 1): chart_compare.Moment(as_at=before),
            date(2026, 1, 2): chart_compare.Moment(as_at=datetime.now(UTC)),
        }
        query = ChartQuery(focus=(ann.id,), hops=1)
        found = chart_compare.compare(reader, query, *moments)
    told = {(c.change, c.what): c.how for c in found.changes}
    assert told[CHANGED, "Anna"] == "Nominal: Ann → Anna"
    assert any(change is REMOVED for change, _what in told)


def test_what_was_not_recorded_yet_is_all_added(workspace, given) -> None:
    (ann,) = given(a_nominal("Ann"))
    today = datetime.now(UTC).date()
    with workspace.reading() as reader:
        found = chart_compare.compare(reader, ChartQuery(focus=(ann.id,)), date(2020, 1, 1), today)
        overview = chart_compare.compare(
            reader, OverviewQuery(what="ocg-ocg"), date(2020, 1, 1), today
        )
    assert changes(found) == {(ADDED, "Ann")}
    assert not overview.changes


def test_the_earlier_day_must_be_the_earlier() -> None:
    with pytest.raises(Refused, match="an earlier date with a later"):
        chart_compare.between(date(2026, 2, 1), date(2026, 2, 1))
