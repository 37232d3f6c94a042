"""The map of county lines in the window: drawn, brushed, pointed at, opened, exported."""

import json
import time
from dataclasses import replace
from datetime import date
from functools import partial
from uuid import uuid4

import pytest
from makers import a_line, a_link
from pages import put_up, settle
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Commodity
from ocgdesk.domain.kinds import Kind
from ocgdesk.ui.dialogs.disclosure_dialog import Disclosure
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages import map_page, map_working
from ocgdesk.ui.pages.map_page import MapPage

LEFT = Qt.MouseButton.LeftButton
P = PartialDate.stored
SQUARE = {"type": "Polygon", "coordinates": [[[-4, 51], [-1, 51], [-1, 54], [-4, 54]]]}


def kestrel(brand="Kestrel", **more):
    facts = {"hub": "Birmingham", "exporter": "WMP", "importers": ("WMC",), "towns": ("Ludlow",)}
    return a_line(brand, **(facts | more))


@pytest.fixture
def world(given):
    one, two = kestrel(opened=P("2025-01-01")), kestrel("Otis", opened=P("2026-05-01"))
    three, drug = kestrel("Marlow", hub="Walsall", towns=("Hereford",)), Commodity(name="Heroin")
    given(*(one, two, three, drug), a_link(one, drug, type="deals-in"))
    return one, two, three


@pytest.fixture
def page(qtbot, desk, world) -> MapPage:
    return put_up(qtbot, MapPage(desk, Target(page=PageKind.MAP)))


def flow_between(page, hub, town):
    return next(f for f in page.flows if (f.hub.name, f.town.name) == (hub, town))


def on(page, flow) -> QPoint:
    """Return a place on a flow, as it is seen."""
    met = page.view._met(flow)
    offset, middle = page.view._offset(), met.way[5]
    return QPoint(round(middle.x + offset.x()), round(middle.y + offset.y()))


def test_flows_are_drawn_and_counted(page):
    assert "3 lines" in page.header.subtitle.text()
    assert flow_between(page, "Walsall", "Hereford").count == 1
    assert page.view.plate.spots


def test_a_click_chooses_a_flow_and_a_double_click_opens_its_line(qtbot, page, world):
    flow = flow_between(page, "Walsall", "Hereford")
    assert not page.open_button.isEnabled()
    qtbot.mouseClick(page.view, LEFT, pos=on(page, flow))
    assert page.view.current == flow
    assert page.open_button.isEnabled()
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.mouseDClick(page.view, LEFT, pos=on(page, flow))
    assert opened.args[0] == Target(page=PageKind.RECORD, kind=Kind.COUNTY_LINE, id=world[2].id)


@pytest.mark.qt_log_ignore("does not support")  # what the offscreen platform says of menus
def test_a_flow_of_several_lines_lets_one_be_chosen(qtbot, page):
    page.apart.setChecked(False)
    settle(qtbot, page)
    flow = flow_between(page, "Birmingham", "Ludlow")
    assert flow.count == 2
    page.view.choose(flow)
    page.open_button.click()
    menu = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QMenu) and w.isVisible())
    assert [act.text().split("  ")[0] for act in menu.actions()] == ["Kestrel", "Otis"]
    with qtbot.waitSignal(page.opened):
        menu.actions()[0].trigger()
    menu.close()


def test_a_brush_over_months_leaves_out_lines_not_yet_active(qtbot, page):
    page.strip.bar.set_brush(date(2025, 2, 1), date(2025, 3, 31))
    qtbot.waitUntil(lambda: "2 lines" in page.header.subtitle.text())
    assert "Feb 2025" in page.header.subtitle.text()


def test_a_commodity_narrows_it(qtbot, page):
    page.trades.choose("Heroin")
    page.trades.chosen.emit("Heroin")
    settle(qtbot, page)
    assert {flow.trade for flow in page.flows} == {"Heroin"}


def test_hubs_of_a_force_become_one(qtbot, page):
    page.gather.setChecked(True)
    settle(qtbot, page)
    assert {flow.hub.name for flow in page.flows} == {"West Midlands Police"}


def test_the_window_does_not_stand_still_while_flows_are_worked_out(qtbot, page, heartbeat):
    some, again = page.found.runs, 20_000
    runs = tuple(replace(some[n % len(some)], id=uuid4()) for n in range(again))
    crowd = replace(page.found, runs=tuple(replace(r, towns=r.towns * 20) for r in runs))
    begun = time.thread_time()
    asked = map_working.work_out(crowd, map_working.Asked()).asked
    alone = 1_000 * (time.thread_time() - begun)
    page.desk.changed.disconnect(page._on_changed)  # what was given may be noticed only now
    heartbeat.start()
    page.show_answer(map_page.Found(crowd, (), (), asked))
    settle(qtbot, page)
    heartbeat.stop()
    assert f"{again:,} lines" in page.header.subtitle.text()
    assert alone > 100 > heartbeat.busy_ms


def test_what_leaves_is_of_the_flows_shown_not_of_those_still_worked_out(page, monkeypatch):
    asked = []
    monkeypatch.setattr(page.papers, "ask", lambda _what, _name, prepare: asked.append(prepare))
    page.gather.setChecked(True)  # and is not worked out yet
    page._on_export()
    assert asked[0].keywords["filters"] == []


def test_keys_go_from_flow_to_flow_zoom_and_fit(qtbot, page):
    view = page.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_N)
    first = view.current
    qtbot.keyClick(view, Qt.Key.Key_N)
    assert view.current != first
    zoom = view.view.zoom
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.view.zoom > zoom
    qtbot.keyClick(view, Qt.Key.Key_Left)
    qtbot.keyClick(view, Qt.Key.Key_Z)
    assert view.view.zoom == zoom
    with qtbot.waitSignal(page.opened):
        qtbot.keyClick(view, Qt.Key.Key_Return)


def test_the_wheel_zooms_about_the_pointer_and_dragging_pans(qtbot, page):
    view, place = page.view, QPointF(300, 200)
    held = view.view.to_chart(place)
    turn = QWheelEvent(
        place, view.mapToGlobal(place), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    view.wheelEvent(turn)
    after = view.view.to_chart(place)
    assert (after.x(), after.y()) == pytest.approx((held.x(), held.y()), abs=0.01)
    x = view.view.x
    qtbot.mousePress(view, LEFT, pos=QPoint(20, 20))
    qtbot.mouseMove(view, QPoint(60, 20))
    qtbot.mouseMove(view, QPoint(120, 20))
    qtbot.mouseRelease(view, LEFT, pos=QPoint(120, 20))
    assert view.view.x < x


def test_the_list_mirrors_the_map(qtbot, qtmodeltester, page):
    qtmodeltester.check(page.table, force_py=True)
    assert page.table.rowCount() == len(page.flows)
    page.mode.choose("list")
    page.mode.chosen.emit("list")
    page.list.setCurrentIndex(page.table.index(0, 0))
    assert page.view.current == page.flows[0]


def test_a_boundary_file_is_loaded_kept_and_can_be_undone(qtbot, page, desk, tmp_path):
    path = tmp_path / "areas.geojson"
    path.write_text(json.dumps(SQUARE))
    assert "No boundaries loaded" in page.header.subtitle.text()
    with qtbot.waitSignal(page.said, timeout=10_000):
        page.load(path)
    settle(qtbot, page)
    assert len(page.ground) == 1
    assert "No boundaries" not in page.header.subtitle.text()
    assert desk.workspace.undo_step() is not None


def test_a_hostile_file_is_refused_in_a_sentence(qtbot, page, desk, tmp_path):
    path = tmp_path / "bad.geojson"
    path.write_bytes(b"[" * 50_000)
    with qtbot.waitSignal(desk.refused, timeout=10_000) as refused:
        page.load(path)
    assert "bad.geojson is no GeoJSON" in str(refused.args[0])
    assert page.ground == ()


def test_a_workspace_without_lines_says_what_belongs_here(qtbot, desk):
    page = put_up(qtbot, MapPage(desk, Target(page=PageKind.MAP)))
    assert page.stack.currentWidget() is page.empty


def test_only_the_lines_named_are_drawn_where_some_are(qtbot, desk, world):
    target = Target(page=PageKind.MAP, items=(world[2].id,))
    page = put_up(qtbot, MapPage(desk, target))
    assert {flow.hub.name for flow in page.flows} == {"Walsall"}


def test_what_leaves_states_what_it_was_narrowed_to(qtbot, page, tmp_path):
    path = tmp_path / "map.json"
    prepare = partial(
        map_page._leaving, found=page.found, flows=page.flows, ground=(), filters=["Heroin"]
    )
    with qtbot.waitSignal(page.papers.written, timeout=30_000):
        page.papers.export(Disclosure(path=path, recipient="TTCG", reason="Review"), prepare)
    assert json.loads(path.read_text())["filters"] == ["Heroin"]
