"""A chart in time: how its dates are spread, and the chart narrowed to some days."""

from datetime import date

import pytest
from makers import a_handle, a_link, a_membership, a_nominal, a_report, an_ocg

from ocgdesk.casework import chart_times, charts
from ocgdesk.casework.charts import ChartQuery
from ocgdesk.domain.charts import Importance
from ocgdesk.domain.dates import PartialDate

P = PartialDate.stored
SPRING = date(2026, 3, 1), date(2026, 5, 31)


@pytest.fixture
def world(given):
    """Tarnbrook with three members, one of them until 2025, a handle, and somebody exploited."""
    ocg, now, then = an_ocg(), a_nominal("Ann"), a_nominal("Bob")
    other, victim = a_nominal("Cat"), a_nominal("Nia", exploited=True)
    handle = a_handle(first_seen=P("2024-01-01"), last_seen=P("2024-06-01"))
    report = a_report(reported=P("2026-04"))
    given(
        *(ocg, now, then, other, victim, handle, report),
        a_membership(now, ocg, start=P("2026-01-01"), reports=(report.id,)),
        a_membership(then, ocg, start=P("2024-01-01"), end=P("2025-01-01")),
        a_membership(other, ocg),
        a_link(ocg, victim, type="exploits", start=P("2024-02-01"), end=P("2024-03-01")),
        a_link(now, handle, type="uses", start=P("2024-01-01"), end=P("2024-06-01")),
    )
    return {"ocg": ocg, "now": now, "then": then, "other": other, "nia": victim, "handle": handle}


@pytest.fixture
def drawn(workspace, world):
    with workspace.reading() as reader:
        scene = charts.scene(reader, ChartQuery(focus=(world["ocg"].id,), hops=2))
        return scene, chart_times.read(reader, scene)


def ids(scene):
    return {item.id for item in scene.items}


def test_months_count_what_began_was_seen_or_reported_without_gaps(drawn):
    months = dict(drawn[1].months)
    assert months[date(2024, 1, 1)] == 3
    assert months[date(2026, 4, 1)] == 1
    assert months[date(2024, 12, 1)] == 0
    assert len(months) == 28


def test_a_brush_leaves_out_who_was_no_member_then(drawn, world):
    scene, times = drawn
    made = chart_times.narrowed(scene, times, *SPRING)
    assert world["then"].id not in ids(made)
    assert {world["now"].id, world["other"].id, world["ocg"].id} <= ids(made)
    assert made.boxes[0].members == {world["now"].id, world["other"].id, world["ocg"].id}


def test_what_was_seen_at_another_time_only_is_left_out(drawn, world):
    scene, times = drawn
    assert world["handle"].id not in ids(chart_times.narrowed(scene, times, *SPRING))
    early = date(2024, 2, 1), date(2024, 2, 28)
    assert world["handle"].id in ids(chart_times.narrowed(scene, times, *early))


def test_people_exploited_are_neither_left_out_nor_dimmed(drawn, world):
    scene, times = drawn
    assert world["nia"].id in ids(chart_times.narrowed(scene, times, *SPRING))
    dimmed = chart_times.narrowed(scene, times, *SPRING, dim=True)
    assert next(i for i in dimmed.items if i.id == world["nia"].id).tone == ""


def test_what_did_not_hold_can_stay_in_sight_faint_and_small(drawn, world):
    scene, times = drawn
    made = chart_times.narrowed(scene, times, *SPRING, dim=True)
    assert ids(made) == ids(scene)
    faint = next(item for item in made.items if item.id == world["then"].id)
    assert (faint.tone, faint.size) == (chart_times.FAINT, Importance.PERIPHERAL)
    assert next(i for i in made.items if i.id == world["now"].id).tone == ""


def test_what_nobody_dated_always_held(drawn, world):
    scene, times = drawn
    long_ago = chart_times.narrowed(scene, times, date(1990, 1, 1), date(1990, 2, 1))
    assert world["other"].id in ids(long_ago)
