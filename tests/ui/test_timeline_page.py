"""The timeline of a record in the window: drawn, listed, zoomed, opened, exported."""

from datetime import date

import pytest
from makers import a_link, a_membership, a_nominal, a_plan, a_report, an_action, an_ocg
from pages import put_up, settle
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.timelines import Topic
from ocgdesk.store import journal
from ocgdesk.store.journal import Act
from ocgdesk.ui.dialogs.disclosure_dialog import Disclosure
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.record_page import RecordPage
from ocgdesk.ui.pages.timeline_page import TimelinePage, leaving

LEFT = Qt.MouseButton.LeftButton
P = PartialDate.stored


@pytest.fixture
def world(given):
    ocg, ann, bob = an_ocg(), a_nominal("Ann"), a_nominal("Bob")
    report, plan = a_report(reported=P("2026-03")), a_plan(ocg)
    given(
        *(ocg, ann, bob, report, plan),
        a_membership(ann, ocg, start=P("2025-05-01"), reports=(report.id,)),
        a_link(ann, bob, type="associate", start=P("2026-01-10"), end=P("2026-02-10")),
        an_action(plan, "Visit", raised=date(2026, 2, 1), due=date(2026, 3, 1)),
    )
    return ocg, ann, bob


@pytest.fixture
def page(qtbot, desk, world) -> TimelinePage:
    target = Target(page=PageKind.TIMELINE, focus=(world[0].id,))
    return put_up(qtbot, TimelinePage(desk, target))


def spot(page, words):
    found = next(s for s in page.view.plate.spots if s.words.startswith(words))
    centre = found.box.centre
    return QPoint(round(centre.x), round(centre.y - page.view.verticalScrollBar().value()))


def test_it_shows_the_record_those_round_it_and_says_how_many(page):
    assert [lane.label for lane in page.timeline.lanes] == ["Tarnbrook", "Ann"]
    assert "2 lines" in page.header.subtitle.text()
    assert "Tarnbrook" in page.title


def test_a_click_chooses_an_event_and_a_double_click_opens_it(qtbot, page, world):
    view = page.view.viewport()
    qtbot.mouseClick(view, LEFT, pos=spot(page, "Visit"))
    assert page.view.current.label == "Visit"
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.mouseDClick(view, LEFT, pos=spot(page, "Visit"))
    assert opened.args[0] == Target(page=PageKind.PLAN, id=world[0].id)


def test_the_name_of_a_line_opens_its_record(qtbot, page, world):
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.mouseDClick(page.view.viewport(), LEFT, pos=spot(page, "Ann"))
    assert opened.args[0] == Target(page=PageKind.RECORD, kind=Kind.NOMINAL, id=world[1].id)


def test_keys_go_from_event_to_event_zoom_and_open(qtbot, page):
    view = page.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    first = view.current
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.current.lanes[0] != first.lanes[0]
    days = view.window_.days
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.window_.days < days
    qtbot.keyClick(view, Qt.Key.Key_Z)
    assert view.window_.days == days
    with qtbot.waitSignal(page.opened):
        qtbot.keyClick(view, Qt.Key.Key_Return)


def test_ctrl_and_the_wheel_zoom_at_the_pointer_and_dragging_pans(qtbot, page):
    view, before = page.view, page.view.window_
    place = QPointF(700, 120)
    turn = QWheelEvent(
        place, view.viewport().mapToGlobal(place), QPoint(), QPoint(0, 120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    view.wheelEvent(turn)
    zoomed = view.window_
    assert zoomed.days < before.days
    port = view.viewport()
    qtbot.mousePress(port, LEFT, pos=QPoint(700, 420))
    qtbot.mouseMove(port, QPoint(650, 420))
    qtbot.mouseMove(port, QPoint(600, 420))
    qtbot.mouseRelease(port, LEFT, pos=QPoint(600, 420))
    assert view.window_.first > zoomed.first


def test_topics_and_those_round_it_are_switched(qtbot, page):
    page.topics[Topic.PLAN].click()
    settle(qtbot, page)
    assert Topic.PLAN not in {event.topic for event in page.timeline.events}
    page.around.click()
    settle(qtbot, page)
    assert len(page.timeline.lanes) == 1


def test_the_list_says_the_same_and_opens_the_same(qtbot, qtmodeltester, page):
    page.mode.choose("list")
    page.mode.chosen.emit("list")
    assert page.stack.currentWidget() is page.list
    assert page.table.rowCount() == len(page.timeline.events)
    qtmodeltester.check(page.table, force_py=True)
    page.list.setCurrentIndex(page.table.index(0, 0))
    with qtbot.waitSignal(page.opened):
        qtbot.keyClick(page.list, Qt.Key.Key_Return)


def test_a_small_window_puts_topics_into_a_menu(qtbot, page):
    assert page.flow.isVisible()
    page.resize(800, 600)
    assert page.shown.isVisible()
    assert not page.flow.isVisible()


def test_what_changes_in_the_register_changes_here(qtbot, page, given, world):
    given(a_link(world[0], world[2], type="associate", start=P("2026-04-01")))
    page.refresh()
    settle(qtbot, page)
    assert "Bob" in [lane.label for lane in page.timeline.lanes]


def test_a_record_without_dates_says_so(qtbot, desk, given):
    (bare,) = given(a_nominal("Bare"))
    page = put_up(qtbot, TimelinePage(desk, Target(page=PageKind.TIMELINE, focus=(bare.id,))))
    assert page.stack.currentWidget() is page.empty


def test_no_record_at_all_says_what_to_do(qtbot, desk):
    page = put_up(qtbot, TimelinePage(desk, Target(page=PageKind.TIMELINE)))
    assert page.stack.currentWidget() is page.empty


@pytest.mark.parametrize("end", ["json", "svg"])
def test_what_leaves_is_journalled_first(qtbot, page, desk, tmp_path, end):
    path = tmp_path / f"line.{end}"
    asked = Disclosure(path=path, recipient="TTCG", reason="Review")
    prepare = leaving(page.timeline, page.title, page.view.window_)
    with qtbot.waitSignal(page.papers.written, timeout=30_000):
        page.papers.export(asked, prepare)
    assert path.stat().st_size > 500
    with desk.workspace.connection() as connection:
        seq, _hash = desk.workspace.head()
        entries = [journal.entry(connection, at) for at in range(max(1, seq - 6), seq + 1)]
    left = [one for one in entries if one and one.act is Act.DISCLOSURE]
    assert left[-1].label == "Export timeline"


def test_a_record_leads_to_its_timeline(qtbot, desk, world):
    target = Target(page=PageKind.RECORD, kind=Kind.OCG, id=world[0].id)
    record = put_up(qtbot, RecordPage(desk, target))
    with qtbot.waitSignal(record.opened) as opened:
        qtbot.keyClick(record, Qt.Key.Key_T, Qt.KeyboardModifier.ShiftModifier)
    assert opened.args[0] == Target(page=PageKind.TIMELINE, focus=(world[0].id,))
