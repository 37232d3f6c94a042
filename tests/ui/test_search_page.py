"""The search page: all results, what is kept, what watches heard; by real keys and clicks."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from makers import a_nominal, a_report, an_ocg
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from ocgdesk.casework import watches
from ocgdesk.domain.kinds import Kind
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.disclosure_dialog import Disclosure
from ocgdesk.ui.dialogs.watch_dialog import WatchDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.search_page import SearchPage
from ocgdesk.ui.shell.values import Found, FoundGroup

TODAY = Desk.today()
SOON = TODAY + timedelta(days=28)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def show(qtbot, desk: Desk) -> Callable[..., SearchPage]:
    """Show the page, looking for a text."""

    def made(text: str = "") -> SearchPage:
        page = SearchPage(desk, Target(page=PageKind.SEARCH, text=text))
        qtbot.addWidget(page)
        page.resize(1240, 700)
        page.show()
        qtbot.waitUntil(page.ready)
        return page

    return made


def keep(desk: Desk, text: str, expires: date = SOON) -> watches.Watch:
    with desk.workspace.work("Save search") as done:
        given = {"alerts": True, "reason": "Op Kestrel", "today": TODAY - timedelta(days=9)}
        return watches.keep(done.work, text, expires=expires, **given)


def rows(section) -> list[Found | FoundGroup]:
    model = section.rows
    return [model.row(at) for at in range(model.rowCount())]


def test_all_results_are_shown_in_groups_with_their_count(show, given) -> None:
    given(*(a_nominal(f"Kyle Penhallow {n}") for n in range(60)), an_ocg("Penhallow firm"))
    page = show("penhalow")
    found = rows(page.found)
    groups = [(row.title, row.count) for row in found if isinstance(row, FoundGroup)]
    assert groups == [("Nominals", "50 of 60"), ("OCGs", "1")]
    assert {row.why for row in found if isinstance(row, Found)} == {"one letter differs"}
    assert page.header.subtitle.text().startswith("61 records found")


def test_typing_searches_and_enter_opens_what_is_current(qtbot, show, given) -> None:
    (kyle,) = given(a_nominal("Kyle Penhallow"))
    page = show()
    assert not page.nothing.isHidden()
    with qtbot.waitSignal(page.titled, check_params_cb=lambda title: title == "penh"):
        qtbot.keyClicks(page.box, "penh")
    page.found.setFocus()
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(page.found, Qt.Key.Key_Return, CTRL)
    target, new_tab = opened.args
    assert (target, new_tab) == (
        Target(page=PageKind.RECORD, kind=Kind.NOMINAL, id=kyle.id),
        True,
    )


def test_a_click_opens_a_result(qtbot, show, given) -> None:
    given(a_nominal("Kyle Penhallow"))
    page = show("penh")
    box = page.found.visualRect(page.found.rows.index(1))
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.mouseClick(page.found.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert opened.args[1] is False


def test_one_kind_can_be_chosen(qtbot, show, given) -> None:
    given(a_nominal("Tarn Brooks"), an_ocg("Tarnbrook"))
    page = show("tarn")
    page.kinds.choose(Kind.OCG.value)
    page.kinds.chosen.emit(Kind.OCG.value)
    qtbot.waitUntil(page.ready)
    assert [row.title for row in rows(page.found)] == ["OCGs", "Tarnbrook"]


def test_nothing_found_says_so_with_a_way_on(show) -> None:
    page = show("qxv")
    assert "Nothing found for “qxv”" in page.nothing.sentence.text()
    assert page.found.isHidden()


def test_what_is_kept_says_until_when_and_what_it_heard(show, desk, given) -> None:
    keep(desk, "Quince")
    keep(desk, "Cors", TODAY - timedelta(days=1))
    given(a_nominal("Zebedee Quince"))
    page = show()
    ended, watching = rows(page.kept.list)
    assert (ended.title, ended.second.split(" · ")[0][:5]) == ("Cors", "ended")
    assert watching.second.startswith("until ")
    assert watching.second.endswith("Op Kestrel")
    assert watching.why == "1 new"
    (heard,) = rows(page.heard.list)
    assert (heard.title, heard.why) == ("Zebedee Quince", "new")
    assert heard.second.startswith("Quince · Given")


def test_seeing_the_page_makes_what_was_heard_old(qtbot, show, desk, given) -> None:
    keep(desk, "Quince")
    given(a_nominal("Zebedee Quince"))
    page = show()
    page.refresh()
    qtbot.waitUntil(page.ready)
    assert [row.why for row in rows(page.heard.list)] == [""]
    assert [row.why for row in rows(page.kept.list)] == ["heard once"]


def test_choosing_what_is_kept_searches_for_it_again(qtbot, show, desk, given) -> None:
    keep(desk, "Quince")
    given(a_nominal("Zebedee Quince"))
    page = show()
    page.kept.list.setFocus()
    qtbot.keyClick(page.kept.list, Qt.Key.Key_Return)
    qtbot.waitUntil(page.ready)
    assert page.box.text() == "Quince"
    assert [row.title for row in rows(page.found)] == ["Nominals", "Zebedee Quince"]


def test_ctrl_s_keeps_the_search_and_delete_removes_it(qtbot, show, desk) -> None:
    page = show("Quince")
    page.box.setFocus()
    qtbot.keyClick(page.box, Qt.Key.Key_S, CTRL)
    dialog = page.findChild(WatchDialog)
    qtbot.keyClicks(dialog.reason, "Op Kestrel")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(rows(page.kept.list)) == 1)
    qtbot.keyClick(page.kept.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: rows(page.kept.list) == [])
    assert not page.kept.nothing.isHidden()
    assert desk.workspace.undo_step() is None


def test_f2_sets_an_ended_watch_again_or_silences_it(qtbot, show, desk) -> None:
    keep(desk, "Cors", TODAY - timedelta(days=1))
    page = show()
    page.kept.list.setFocus()
    qtbot.keyClick(page.kept.list, Qt.Key.Key_F2)
    dialog = page.findChild(WatchDialog)
    assert not dialog.box.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert "ended already" in dialog.error.sentence.text()
    dialog.until.setText("+28")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: rows(page.kept.list)[0].second.startswith("until"))
    qtbot.mouseClick(page.change, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.findChild(WatchDialog) not in {None, dialog})
    again = page.findChildren(WatchDialog)[-1]
    again.alerts.setChecked(False)
    qtbot.keyClick(again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: rows(page.kept.list)[0].second.startswith("saved search"))


def test_an_edit_elsewhere_shows_in_the_results(qtbot, show, desk, given) -> None:
    given(a_nominal("Kyle Penhallow"))
    page = show("penhallow")
    desk.do("Create", lambda work: work.put(a_report("Penhallow again")))
    qtbot.waitUntil(lambda: len(rows(page.found)) == 4)


def test_the_model_of_results_keeps_the_rules_of_item_models(show, given) -> None:
    given(a_nominal("Kyle Penhallow"))
    page = show("penhallow")
    tester = QAbstractItemModelTester(
        page.found.rows, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    page.found.show_groups(())
    assert tester is not None


def test_searching_among_many_leaves_the_window_free(qtbot, show, given, heartbeat) -> None:
    given(*(a_nominal(f"Kyle Penhallow {n}") for n in range(400)))
    page = show()
    heartbeat.start()
    qtbot.keyClicks(page.box, "penhalow")
    qtbot.waitUntil(lambda: len(rows(page.found)) > 40)
    assert heartbeat.busy_ms < 100


def test_what_was_found_is_taken_out_with_recipient_and_reason(
    qtbot, show, given, tmp_path: Path
) -> None:
    given(a_nominal("Aled Cors"))
    page = show("Cors")
    path = tmp_path / "found.csv"
    with qtbot.waitSignal(page.said) as told:
        page.papers.export(Disclosure(path=path, recipient="TTCG", reason="November meeting"))
    assert told.args == ["Wrote found.csv: 1 row"]
    assert "Aled Cors" in path.read_text(encoding="utf-8-sig")
    page.box.setText("zyxwv")
    page.refresh()
    qtbot.waitUntil(lambda: page.ready() and not page.papers.button.isEnabled())
