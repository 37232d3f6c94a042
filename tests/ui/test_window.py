"""The main window: pages and tabs, rail, undo, jobs, notices, the lock."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from makers import a_link, a_nominal, an_ocg
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Role, User
from ocgdesk.errors import Refused
from ocgdesk.progress import Progress, track
from ocgdesk.settings import Settings
from ocgdesk.store.verification import verify
from ocgdesk.store.workspace import Workspace
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.window import Left, MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
HOME = Target(page=PageKind.HOME)
HELP = Target(page=PageKind.HELP)
OCGS = Target(page=PageKind.REGISTER, kind=Kind.OCG)
NOMINALS = Target(page=PageKind.REGISTER, kind=Kind.NOMINAL)


@pytest.fixture
def open_window(qtbot, dressed, workspace: Workspace) -> Iterator[Callable[..., MainWindow]]:
    made: list[MainWindow] = []

    def open_(
        at: Workspace | None = None, left: Left | None = None, **settings: object
    ) -> MainWindow:
        desk = Desk(at or workspace, Settings(**settings))  # type: ignore[arg-type]
        window = MainWindow(desk, left)
        made.append(window)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        return window

    yield open_
    for window in made:
        window.close()
        window.deleteLater()


@pytest.fixture
def window(qtbot, open_window) -> MainWindow:
    made = open_window()
    quiet(qtbot, made)
    return made


def quiet(qtbot, window: MainWindow) -> None:
    """Wait until the page is there and nothing is under way."""
    qtbot.waitUntil(lambda: window.current_page().ready(), timeout=20_000)
    qtbot.waitUntil(lambda: window.desk.jobs.running == (), timeout=20_000)


def open_targets(window: MainWindow) -> list[Target]:
    return list(window.left().targets)


def status(window: MainWindow, key: str) -> str:
    return window.status.parts[key].part.words


# ---- Where one begins --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("roles", "page"),
    [
        ((Role.ANALYST,), PageKind.HOME),
        ((Role.LRO,), PageKind.HOME),
        ((Role.READER,), PageKind.HOME),
        ((Role.AUDITOR,), PageKind.AUDIT),
        ((Role.ADMINISTRATOR,), PageKind.SETTINGS),
    ],
)
def test_the_window_opens_on_the_page_for_the_role(
    qtbot, open_window, add_user, opened_by, roles, page
) -> None:
    window = open_window(opened_by(add_user("zoe", *roles)))
    assert window.current_page().target.page is page
    quiet(qtbot, window)
    assert window.notice.isHidden()


def test_the_rail_offers_only_what_the_role_may_enter(
    qtbot, open_window, add_user, opened_by
) -> None:
    window = open_window(opened_by(add_user("aud", Role.AUDITOR)))
    assert window.rail.keys() == ("audit", "settings", "help")
    quiet(qtbot, window)


def test_the_rail_counts_what_there_is_and_counts_again_after_an_edit(
    qtbot, window: MainWindow, given
) -> None:
    given(an_ocg())
    window.desk.do("Add nominals", lambda work: work.put(a_nominal("A"), a_nominal("B")))
    count = lambda key: window.rail.buttons[key].entry.count  # noqa: E731
    qtbot.waitUntil(lambda: count("register:nominal") == 2)
    assert count("register:ocg") == 1
    window.desk.undo()
    qtbot.waitUntil(lambda: count("register:nominal") == 0)


# ---- Tabs --------------------------------------------------------------------------------------


def test_the_same_target_is_the_same_tab_and_another_is_another(window: MainWindow) -> None:
    first = window.go(OCGS)
    second = window.go(NOMINALS)
    assert window.go(OCGS) == first != second
    assert open_targets(window) == [HOME, OCGS, NOMINALS]
    assert window.current_key() == first
    third = window.go(OCGS, new_tab=True)
    assert third not in {first, second}
    assert open_targets(window) == [HOME, OCGS, NOMINALS, OCGS]


def test_a_tab_is_closed_and_opened_again_with_keys(qtbot, window: MainWindow) -> None:
    window.go(OCGS)
    quiet(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_W, CTRL)
    assert open_targets(window) == [HOME]
    qtbot.keyClick(window, Qt.Key.Key_T, CTRL | SHIFT)
    assert open_targets(window) == [HOME, OCGS]
    assert window.current_page().target == OCGS
    assert window.go(OCGS) == window.current_key()


def test_closing_the_last_tab_goes_home(qtbot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_W, CTRL)
    assert open_targets(window) == [HOME]


def test_closing_a_tab_stops_what_its_page_asked(qtbot, window: MainWindow, given) -> None:
    one, two = given(a_nominal("A"), a_nominal("B"))
    given(a_link(one, two))
    key = window.go(Target(page=PageKind.CHART, focus=(one.id,)))
    window.close_page(key)
    qtbot.waitUntil(lambda: [job for job in window.desk.jobs.running if job.title] == [])
    qtbot.wait(50)  # nothing is delivered to a page that is gone


def test_what_was_open_is_opened_again_in_order_with_the_same_tab_in_front(
    qtbot, open_window
) -> None:
    left = Left((OCGS, HELP, OCGS, NOMINALS), 1)
    window = open_window(left=left)
    assert window.left() == left
    assert window.current_page().target == HELP
    assert window.page(window.open_keys()[-1]) is None, "it is made when it is first shown"
    quiet(qtbot, window)


def test_a_chart_that_was_kept_is_known_by_its_own_name_from_then_on(
    qtbot, window: MainWindow, given
) -> None:
    one, two = given(a_nominal("A"), a_nominal("B"))
    given(a_link(one, two))
    key = window.go(Target(page=PageKind.CHART, focus=(one.id,)))
    quiet(qtbot, window)
    window.current_page().save_as("Pair")
    kept = Target(page=PageKind.CHART, id=window.current_page().chart.id)
    assert window.left().targets[-1] == kept
    window.go(HOME)
    assert window.go(replace(kept, kind=Kind.CHART)) == key
    quiet(qtbot, window)


def test_the_tab_shows_the_title_of_its_page(qtbot, window: MainWindow, given) -> None:
    (ocg,) = given(an_ocg("Tarnbrook"))
    window.go(Target(page=PageKind.RECORD, kind=Kind.OCG, id=ocg.id))
    quiet(qtbot, window)
    tabs = window.strip.tabs
    qtbot.waitUntil(lambda: "Tarnbrook" in tabs.tabText(tabs.currentIndex()))
    assert window.rail.buttons["register:ocg"].isChecked()


# ---- Undo --------------------------------------------------------------------------------------


def test_undo_by_key_with_the_act_s_name_in_the_tooltip(qtbot, window: MainWindow) -> None:
    window.desk.do("Add nominal", lambda work: work.put(a_nominal()))
    undo, redo = window.strip.undo_button, window.strip.redo_button
    qtbot.waitUntil(lambda: "Add nominal" in undo.toolTip())
    assert undo.isEnabled()
    assert not redo.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: "Add nominal" in redo.toolTip())
    assert not undo.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_Y, CTRL)
    qtbot.waitUntil(undo.isEnabled)


def test_an_edit_shows_a_toast_whose_button_takes_it_back(qtbot, window: MainWindow) -> None:
    window.desk.do("Add nominals", lambda work: work.put(a_nominal("A"), a_nominal("B")))
    assert window.toast.isVisible()
    assert window.toast.words.text() == "Add nominals · 2 changes"
    qtbot.mouseClick(window.toast.button, Qt.MouseButton.LeftButton)
    assert window.toast.isHidden()
    qtbot.waitUntil(lambda: "Add nominals" in window.strip.redo_button.toolTip())


def test_a_toast_whose_act_was_undone_by_key_is_gone(qtbot, window: MainWindow) -> None:
    window.desk.do("Add nominal", lambda work: work.put(a_nominal()))
    qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert window.toast.isHidden()


# ---- Notices -----------------------------------------------------------------------------------


def test_what_was_refused_stands_in_the_banner_until_the_user_goes_elsewhere(
    qtbot, window: MainWindow
) -> None:
    window.desk.refused.emit(Refused("That cannot be."))
    assert window.notice.isVisible()
    assert (window.notice.sentence.text(), window.notice.tone) == ("That cannot be.", "overdue")
    window.go(OCGS)
    assert window.notice.isHidden()
    quiet(qtbot, window)


def test_files_dropped_on_the_window_open_the_import_page(
    qtbot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_text("name\nAled Cors\n", encoding="utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    window.dropEvent(
        QDropEvent(
            QPointF(10, 10),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    assert window.current_page().target == Target(page=PageKind.IMPORT, files=(path,))
    quiet(qtbot, window)


def test_who_may_not_import_is_told_so_and_stays(qtbot, open_window, add_user, opened_by) -> None:
    window = open_window(opened_by(add_user("rob", Role.READER)))
    window.files_dropped.emit(["/somewhere/people.csv"])
    assert window.current_page().target == HOME
    assert "do not allow" in window.notice.sentence.text()
    quiet(qtbot, window)


# ---- Jobs --------------------------------------------------------------------------------------


def counting(progress: Progress) -> None:
    for _ in track(range(10_000), progress, "Counting"):
        time.sleep(0.002)


def job_parts(window: MainWindow) -> list[str]:
    return [key for key in window.status.parts if key.startswith("job:")]


def test_a_job_is_shown_after_a_second_and_its_cross_cancels_it(qtbot, window: MainWindow) -> None:
    job = window.desk.background("Count stars", counting, lambda _result: None)
    qtbot.wait(600)
    window._show_bar()
    assert job_parts(window) == []
    qtbot.waitUntil(lambda: job_parts(window) != [], timeout=2_000)
    (key,) = job_parts(window)
    part = window.status.parts[key].part
    assert (part.words, part.can_cancel) == ("Count stars", True)
    assert part.percent is not None
    with qtbot.waitSignal(job.finished, timeout=1_000):
        window.status.parts[key].cancelled.emit()
    assert job_parts(window) == []


@pytest.mark.qt_log_ignore("does not support")  # what the offscreen platform says of menus
def test_a_job_can_be_cancelled_by_keyboard(qtbot, window: MainWindow) -> None:
    job = window.desk.background("Count stars", counting, lambda _result: None)
    qtbot.waitUntil(lambda: job_parts(window) != [], timeout=3_000)
    window.status.parts[job_parts(window)[0]].click()
    menu = window.findChild(QMenu)
    (action,) = menu.actions()
    assert action.text() == "Cancel: Count stars"
    with qtbot.waitSignal(job.finished, timeout=1_000):
        action.trigger()
    menu.close()


def test_the_pages_rest_while_a_big_edit_is_saved_and_get_the_focus_back(
    qtbot, window: MainWindow
) -> None:
    page = window.current_page()
    page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    page.setFocus()
    before = window.focusWidget()

    def act(work, progress: Progress) -> None:
        work.put(a_nominal())
        time.sleep(0.2)

    window.desk.write("Import nominals", act)
    assert not window.area.isEnabled()
    qtbot.waitUntil(window.area.isEnabled)
    assert window.focusWidget() is before
    quiet(qtbot, window)


def test_closing_in_the_middle_of_a_big_edit_leaves_a_whole_file(
    qtbot, window: MainWindow, key, ann: User
) -> None:
    def act(work, progress: Progress) -> None:
        for n in track(range(10_000), progress, "Adding"):
            work.put(a_nominal(f"N {n}"))

    job = window.desk.write("Import nominals", act)
    with qtbot.waitSignal(job.progressed):
        pass
    path = window.desk.workspace.path
    began = time.monotonic()
    window.close()
    assert time.monotonic() - began < 5
    again = Workspace.open(path, key, ann.id)
    try:
        assert verify(again).is_whole
        assert again.undo_step() is None
    finally:
        again.close()


# ---- The lock ----------------------------------------------------------------------------------


def test_ctrl_l_asks_for_the_lock(qtbot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.locked):
        qtbot.keyClick(window, Qt.Key.Key_L, CTRL)


def test_the_window_locks_after_the_time_set_and_warns_a_minute_before(qtbot, open_window) -> None:
    window = open_window(lock_after_minutes=10)
    locked = []
    window.locked.connect(lambda: locked.append(True))
    assert status(window, "lock") == "Locks in 10 min"
    window.watch.pass_time(9 * 60 - 1)
    assert window.notice.isHidden()
    window.watch.pass_time(1)
    assert "locks in a minute" in window.notice.sentence.text()
    assert window.notice.tone == "due"
    assert status(window, "lock") == "Locks in 1 min"
    window.watch.pass_time(59)
    assert locked == []
    window.watch.pass_time(1)
    assert locked == [True]
    quiet(qtbot, window)


def test_any_key_or_mouse_begins_the_time_anew_and_takes_the_warning_away(
    qtbot, open_window
) -> None:
    window = open_window(lock_after_minutes=10)
    quiet(qtbot, window)
    window.watch.pass_time(9 * 60)
    assert window.notice.isVisible()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    assert window.notice.isHidden()
    assert status(window, "lock") == "Locks in 10 min"
    window.watch.pass_time(300)
    for x in (30, 60):  # the pointer may stand at one of them already
        QTest.mouseMove(window.windowHandle(), QPoint(x, 30))
    assert window.watch.idle == 0


def test_nothing_locks_where_the_time_is_zero(qtbot, open_window) -> None:
    window = open_window(lock_after_minutes=0)
    locked = []
    window.locked.connect(lambda: locked.append(True))
    window.watch.pass_time(24 * 3600)
    assert locked == []
    assert window.notice.isHidden()
    assert status(window, "lock") == "Lock"
    quiet(qtbot, window)


def test_a_lock_of_one_minute_warns_half_a_minute_before(qtbot, open_window) -> None:
    window = open_window(lock_after_minutes=1)
    window.watch.pass_time(29)
    assert window.notice.isHidden()
    window.watch.pass_time(1)
    assert window.notice.isVisible()
    quiet(qtbot, window)


# ---- The inspector -----------------------------------------------------------------------------


@pytest.fixture
def pair(given) -> Target:
    one, two = given(a_nominal("A"), a_nominal("B"))
    given(a_link(one, two))
    return Target(page=PageKind.CHART, focus=(one.id,))


def test_the_inspector_is_shown_beside_a_page_that_has_something_for_it(
    qtbot, window: MainWindow, pair
) -> None:
    window.resize(1440, 900)
    window.go(pair)
    quiet(qtbot, window)
    assert window.inspector_shown
    window.go(HELP)
    quiet(qtbot, window)
    assert not window.inspector_shown


def test_an_inspector_that_was_hidden_by_key_stays_hidden(qtbot, window: MainWindow, pair) -> None:
    window.resize(1440, 900)
    window.go(pair)
    quiet(qtbot, window)
    window.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_I, CTRL)
    assert not window.inspector_shown
    window.go(HOME)
    window.go(pair)
    quiet(qtbot, window)
    assert not window.inspector_shown
    window._turn_inspector()
    assert window.inspector_shown


def test_in_a_narrow_window_the_inspector_covers_the_page_only_when_asked_for(
    qtbot, window: MainWindow, pair
) -> None:
    window.resize(1280, 720)
    qtbot.waitUntil(lambda: window.area.overlaid)
    window.go(pair)
    quiet(qtbot, window)
    assert not window.inspector_shown
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: window.inspector_shown)
    window.resize(1280, 720)
    qtbot.waitUntil(lambda: not window.inspector_shown)
    window._turn_inspector()
    assert window.inspector_shown


def test_alt_and_a_figure_goes_to_a_place(qtbot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_3, ALT)
    assert window.current_page().target == OCGS
    quiet(qtbot, window)


@pytest.fixture
def shown_windows(dressed) -> Iterator[list[str]]:
    """The widgets that were shown as windows of their own."""

    class Watch(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.seen: list[str] = []

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget)
            if shown and watched.isWindow() and not isinstance(watched, MainWindow):
                self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}")
            return False

    watch = Watch()
    dressed.installEventFilter(watch)
    yield watch.seen
    dressed.removeEventFilter(watch)


def test_no_page_flashes_a_window_of_its_own(qtbot, window: MainWindow, given, shown_windows):
    ocg, nominal = given(an_ocg("Tarnbrook"), a_nominal("Kyle Penhallow"))
    for target in (
        OCGS,
        Target(page=PageKind.RECORD, kind=Kind.OCG, id=ocg.id),
        Target(page=PageKind.RECORD, kind=Kind.NOMINAL, id=nominal.id),
        Target(page=PageKind.CHART, focus=(ocg.id,)),
        Target(page=PageKind.PLAN, id=ocg.id),
        Target(page=PageKind.IMPORT),
        Target(page=PageKind.SETTINGS),
        HELP,
    ):
        window.go(target)
        quiet(qtbot, window)
        assert (target.page, shown_windows) == (target.page, [])
