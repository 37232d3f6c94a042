"""Boxes round members."""

from uuid import UUID, uuid4

import pytest

from ocgdesk.domain.charts import Point
from ocgdesk.graph.boxes import Rect, boxes

A, B, SHARED, ELSEWHERE = (uuid4() for _ in range(4))
RED, BLUE = uuid4(), uuid4()
PLACES = {A: Point(0, 0), B: Point(400, 50), SHARED: Point(200, -30)}


def _boxes(members: dict[UUID, frozenset[UUID]]) -> dict[UUID, Rect]:
    return boxes(PLACES, members, margin=48.0)


def test_a_box_has_its_margin_on_every_side():
    box = _boxes({RED: frozenset({A, SHARED})})[RED]
    assert box == Rect(x=-48, y=-78, width=296, height=126)


def test_two_boxes_overlap_where_a_member_is_shared():
    found = _boxes({RED: frozenset({A, SHARED}), BLUE: frozenset({B, SHARED})})
    assert found[RED].meets(found[BLUE])
    assert found[RED].holds(PLACES[SHARED])
    assert found[BLUE].holds(PLACES[SHARED])


def test_boxes_that_only_touch_do_not_meet():
    left = Rect(x=0, y=0, width=10, height=10)
    assert not left.meets(Rect(x=10, y=0, width=10, height=10))


def test_a_group_with_nobody_on_the_chart_has_no_box():
    assert _boxes({RED: frozenset({ELSEWHERE}), BLUE: frozenset()}) == {}


def test_members_that_are_not_drawn_do_not_stretch_a_box():
    assert _boxes({RED: frozenset({A, ELSEWHERE})})[RED].width == pytest.approx(96)
