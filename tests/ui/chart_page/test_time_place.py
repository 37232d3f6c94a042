"""A chart in time and place: the bar under it, its timeline, its map."""

from datetime import date

import pytest
from chart_pages import labels, last_entry, settled
from makers import a_line, a_link, a_membership, a_nominal, an_ocg
from PySide6.QtCore import QPoint, Qt

from ocgdesk.casework import chart_looks, records
from ocgdesk.domain.chart_windows import Window
from ocgdesk.domain.charts import Chart
from ocgdesk.domain.dates import PartialDate
from ocgdesk.ui.navigation import PageKind, Target

LEFT = Qt.MouseButton.LeftButton
P = PartialDate.stored
EARLY = date(2024, 2, 1), date(2024, 3, 31)


@pytest.fixture
def world(given):
    ocg, ann, bob = an_ocg(), a_nominal("Ann"), a_nominal("Bob")
    line = a_line(hub="Birmingham", exporter="WMP", towns=("Ludlow",), importers=("WMC",))
    given(
        *(ocg, ann, bob, line),
        a_membership(ann, ocg, start=P("2024-01-01"), end=P("2024-12-31")),
        a_membership(bob, ocg, start=P("2026-01-01")),
        a_link(ocg, line, type="controls", start=P("2024-01-01")),
    )
    return ocg, ann, bob, line


@pytest.fixture
def page(qtbot, show, world):
    made = show(world[0])
    qtbot.waitUntil(lambda: bool(made.time_place.strip.bar.months))
    return made


def seen(page):
    return {item.label for item in page.canvas.arrangement.scene.items}


def brush(qtbot, page, *days):
    page.time_place.strip.bar.set_brush(*days)
    qtbot.waitUntil(lambda: not page.time_place.strip._timer.isActive())
    settled(qtbot, page)


def choose(page, mode):
    page.bar.mode.choose(mode)
    page.bar.mode.chosen.emit(mode)


def test_the_bar_stands_under_a_chart_with_dates_and_not_under_one_without(
    qtbot, page, given, show
):
    assert page.time_place.strip.isVisible()
    assert page.time_place.strip.height() == 60 + 1
    (bare,) = given(a_nominal("Bare"))
    other = show(bare)
    assert not other.time_place.strip.isVisible()


def test_a_brush_leaves_out_who_was_not_there_then_and_keeps_the_chart(qtbot, page):
    brush(qtbot, page, *EARLY)
    assert "Bob" not in seen(page)
    assert "Ann" in seen(page)
    assert "Bob" in labels(page), "what is kept of the chart is all of it"


def test_a_brush_drawn_with_the_mouse_does_the_same(qtbot, page):
    bar = page.time_place.strip.bar
    qtbot.mousePress(bar, LEFT, pos=QPoint(12, 20))
    qtbot.mouseMove(bar, QPoint(40, 20))
    qtbot.mouseRelease(bar, LEFT, pos=QPoint(40, 20))
    qtbot.waitUntil(lambda: "Bob" not in seen(page))


def test_the_rest_stays_faint_where_that_is_chosen(qtbot, page):
    brush(qtbot, page, *EARLY)
    page.time_place.strip.dim.click()
    settled(qtbot, page)
    bob = next(i for i in page.canvas.arrangement.scene.items if i.label == "Bob")
    assert bob.tone == "disabled"


def test_what_leaves_states_the_brush(qtbot, page):
    brush(qtbot, page, *EARLY)
    asked = page.as_asked()
    assert "what held between 1 Feb 2024 and 31 Mar 2024" in asked.filters
    assert "Bob" not in {item.label for item in asked.arrangement.scene.items}
    page.time_place.strip.dim.click()
    assert any(told.endswith("the rest faint") for told in page.as_asked().filters)


def kept_on(desk, page):
    with desk.workspace.reading() as reader:
        return reader.get(Chart, page.chart.id)


def wait_kept(qtbot, desk, page, window):
    qtbot.waitUntil(lambda: chart_looks.looks_of(kept_on(desk, page))[0].window == window)


def test_a_brush_is_kept_with_the_chart_and_there_again_when_it_is_opened(qtbot, desk, page, show):
    brush(qtbot, page, *EARLY)
    page.save_as("Early")
    settled(qtbot, page)
    assert chart_looks.looks_of(kept_on(desk, page))[0].window == Window(
        first=EARLY[0], last=EARLY[1]
    )
    again = show(id=page.chart.id)
    qtbot.waitUntil(lambda: again.time_place.strip.brush == EARLY)
    assert "Bob" not in seen(again)
    assert "what held between 1 Feb 2024 and 31 Mar 2024" in again.as_asked().filters


def test_a_brush_on_a_kept_chart_is_one_act_that_can_be_undone(qtbot, desk, page):
    page.save_as("Now")
    settled(qtbot, page)
    rest = page.time_place._rest
    rest.setInterval(600_000)
    brush(qtbot, page, date(2026, 1, 1), date(2026, 1, 31))
    brush(qtbot, page, *EARLY)
    page.time_place.strip.dim.click()
    assert rest.isActive()
    assert not kept_on(desk, page).filters, "while it is moved, each place of it is no act"
    rest.setInterval(0)
    rest.start()
    wait_kept(qtbot, desk, page, Window(first=EARLY[0], last=EARLY[1], faint=True))
    assert last_entry(desk).label == "Narrow chart to days"
    desk.undo()
    qtbot.waitUntil(lambda: page.time_place.strip.brush is None)
    settled(qtbot, page)
    assert "Bob" in seen(page)
    assert last_entry(desk).label.startswith("Undo")


def test_closing_a_chart_at_once_keeps_its_brush(qtbot, desk, page):
    page.save_as("Now")
    settled(qtbot, page)
    brush(qtbot, page, *EARLY)
    page.leave()
    wait_kept(qtbot, desk, page, Window(first=EARLY[0], last=EARLY[1]))


def test_days_that_are_no_whole_months_and_open_ends_are_said_as_they_are(
    qtbot, desk, page, show, put
):
    page.save_as("Later")
    settled(qtbot, page)
    chart = kept_on(desk, page)
    looks = chart_looks.Looks(window=Window(first=date(2026, 8, 15)))
    with desk.workspace.work("Narrow") as done:
        records.edit(done.work, chart.id, {"filters": chart_looks.kept(looks)["filters"]})
    again = show(id=chart.id)
    strip = again.time_place.strip
    qtbot.waitUntil(lambda: strip.brush is not None)
    assert strip.words.text() == "what held on 15 Aug 2026 or later"
    assert "Ann" not in seen(again)
    assert "Bob" in seen(again)
    strip.dim.click()
    qtbot.waitUntil(lambda: again.looks.looks.window == Window(first=date(2026, 8, 15), faint=True))


def test_taking_the_brush_away_brings_everybody_back(qtbot, page):
    brush(qtbot, page, *EARLY)
    page.time_place.strip.cross.click()
    qtbot.waitUntil(lambda: "Bob" in seen(page))


def test_the_timeline_has_the_lines_of_what_is_on_the_chart(qtbot, page, world):
    choose(page, "timeline")
    part = page.time_place.timeline
    qtbot.waitUntil(part.ready)
    assert page.view.views.currentWidget() is part.part
    lanes = part.view.timeline.lanes
    assert lanes[0].label == "Tarnbrook"
    assert {"Ann", "Bob"} <= {lane.label for lane in lanes}
    assert not page.view.palette_bar.isVisible()


def test_the_timeline_follows_the_brush(qtbot, page):
    brush(qtbot, page, *EARLY)
    choose(page, "timeline")
    part = page.time_place.timeline
    qtbot.waitUntil(part.ready)
    assert part.view.window_.first > date(2024, 1, 1)
    assert "Bob" not in {lane.label for lane in part.view.timeline.lanes}


def test_the_map_has_the_lines_on_the_chart_and_opens_them(qtbot, page, world):
    choose(page, "map")
    part = page.time_place.map
    qtbot.waitUntil(part.ready)
    assert [flow.town.name for flow in part.view.flows] == ["Ludlow"]
    with qtbot.waitSignal(page.opened) as opened:
        part.view.opened.emit(part.view.flows[0])
    assert opened.args[0].id == world[3].id


def test_a_chart_without_lines_says_so_on_its_map(qtbot, show, chain):
    page = show(chain[0])
    choose(page, "map")
    part = page.time_place.map
    assert part.part.currentWidget() is part.empty


def test_going_back_to_the_chart_brings_its_tools_back(qtbot, page):
    choose(page, "timeline")
    choose(page, "chart")
    assert page.view.views.currentWidget() is page.canvas
    assert page.view.palette_bar.isVisible()


def test_an_event_on_the_timeline_opens_its_record(qtbot, page, world):
    choose(page, "timeline")
    part = page.time_place.timeline
    qtbot.waitUntil(part.ready)
    with qtbot.waitSignal(page.opened) as opened:
        part.view.opened.emit(part.view.timeline.events[0])
    assert isinstance(opened.args[0], Target)
    assert opened.args[0].page is PageKind.RECORD
