"""A drawing brought up to a chart that has changed, before it is drawn anew."""

from dataclasses import replace

import pytest
from golden.chart_scenes import id_of, large, tarnbrook

from ocgdesk.domain.charts import Arrangement, Point
from ocgdesk.reports.drawing import draw, draw_in_steps
from ocgdesk.reports.drawing_changes import MOST, adapted
from ocgdesk.reports.drawing_steps import STEP, each, finished

KYLE, DEAN = id_of("Kyle Penhallow"), id_of("Dean Arkwright")


def moved(arrangement: Arrangement, dx: float, dy: float, *ids) -> Arrangement:
    places = dict(arrangement.places)
    for id_ in ids:
        places[id_] = Point(places[id_].x + dx, places[id_].y + dy)
    return replace(arrangement, places=places)


def test_a_chart_that_did_not_change_is_drawn_as_it_was() -> None:
    drawing = draw(tarnbrook())
    assert adapted(drawing, tarnbrook()) == drawing


def test_an_item_that_moved_takes_its_name_its_badges_and_its_links_along() -> None:
    before = draw(tarnbrook())
    after = adapted(before, moved(tarnbrook(), 300.0, -40.0, KYLE))
    was, now = before.node(KYLE), after.node(KYLE)
    assert (now.at.x, now.at.y) == (was.at.x + 300, was.at.y - 40)
    for part in ("label", "detail"):
        one, two = getattr(was, part), getattr(now, part)
        assert (two.box.x, two.box.y) == (one.box.x + 300, one.box.y - 40)
        assert (two.x, two.y) == (one.x + 300, one.y - 40)
        assert two.lines == one.lines
    assert after.bounds.holds(now.box)
    drawn_anew = draw(moved(tarnbrook(), 300.0, -40.0, KYLE))
    assert {(line.owner, line.points) for line in after.lines} == {
        (line.owner, line.points) for line in drawn_anew.lines
    }
    others = [node for node in before.nodes if node.id != KYLE]
    assert [node for node in after.nodes if node.id != KYLE] == others


def test_badges_move_with_their_item() -> None:
    before = draw(tarnbrook())
    badged = next(node for node in before.nodes if node.badges)
    after = adapted(before, moved(tarnbrook(), 10.0, 20.0, badged.id)).node(badged.id)
    drawn_anew = draw(moved(tarnbrook(), 10.0, 20.0, badged.id)).node(badged.id)
    for one, two in zip(after.badges, drawn_anew.badges, strict=True):
        assert one.box.x == pytest.approx(two.box.x)
        assert one.text.y == pytest.approx(two.text.y)
        assert one.slab.path[0][1] == pytest.approx(two.slab.path[0][1])


def test_what_is_hidden_or_gone_leaves_with_its_links_and_its_empty_box() -> None:
    chart = tarnbrook()
    before = draw(chart)
    hull = min(before.hulls, key=lambda hull: len(hull.members))
    after = adapted(before, replace(chart, hidden=hull.members))
    assert hull.members.isdisjoint(node.id for node in after.nodes)
    assert all(hull.members.isdisjoint(line.ends) for line in after.lines)
    assert hull.id not in {hull.id for hull in after.hulls}
    items = tuple(item for item in chart.scene.items if item.id != DEAN)
    gone = adapted(before, replace(chart, scene=replace(chart.scene, items=items)))
    assert gone.node(DEAN) is None
    assert before.node(DEAN) is not None


def test_what_is_new_waits_for_the_drawing_made_anew() -> None:
    chart = tarnbrook()
    before = draw(replace(chart, hidden=frozenset({KYLE})))
    assert adapted(before, chart).node(KYLE) is None


def test_where_very_many_links_moved_they_wait_too() -> None:
    chart = large(600, 2 * MOST)
    before = draw(chart)
    after = adapted(before, moved(chart, 5.0, 5.0, *chart.places))
    assert len(after.nodes) == 600
    assert after.lines == ()


def test_a_drawing_in_steps_is_the_one_made_at_once() -> None:
    chart = large(300, 600)
    steps = draw_in_steps(chart)
    for _pause in range(40):
        next(steps)
    assert finished(steps) == draw(chart)


def test_steps_pause_now_and_then_and_keep_the_order() -> None:
    steps = each(range(2 * STEP + 1), str)
    assert [next(steps), next(steps)] == [None, None]
    assert finished(steps) == [str(n) for n in range(2 * STEP + 1)]
