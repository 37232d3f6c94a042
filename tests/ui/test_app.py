"""The desktop as a whole: unlock, work, lock, unlock again, close."""

import gc
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from makers import CHEAP, PASSPHRASE, a_nominal
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget

from ocgdesk import settings
from ocgdesk.app import Desktop
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import User
from ocgdesk.security.keys import DataKey
from ocgdesk.settings import Settings
from ocgdesk.store.verification import verify
from ocgdesk.store.workspace import Workspace
from ocgdesk.ui import standing
from ocgdesk.ui.dialogs.title_dialog import TitleDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.standing import Standing
from ocgdesk.ui.window import MainWindow

OCGS = Target(page=PageKind.REGISTER, kind=Kind.OCG)
HELP = Target(page=PageKind.HELP)
SETTINGS = Target(page=PageKind.SETTINGS)


class Quits:
    """Counts how often the application was asked to end."""

    def __init__(self) -> None:
        self.count = 0

    def quit(self) -> None:
        self.count += 1


@pytest.fixture
def quits() -> Quits:
    return Quits()


@pytest.fixture
def desktop(
    dressed: QApplication, quits: Quits, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desktop]:
    monkeypatch.setattr(dressed, "quit", quits.quit, raising=False)
    made = Desktop(dressed, Settings(lock_after_minutes=10, backup_at_close=False))
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def path(workspace: Workspace) -> Path:
    """The file of a workspace that nobody has open."""
    workspace.close()
    return workspace.path


def unlock(qtbot, desktop: Desktop, path: Path) -> MainWindow:
    """Type the passphrase on the unlock page and wait for the window."""
    if not desktop.entry.page.isVisible():
        desktop.begin(path)
    card = desktop.entry.page.card
    card.unlock_requested.emit(str(path), "ann", PASSPHRASE)
    qtbot.waitUntil(lambda: desktop.window is not None, timeout=20_000)
    window = desktop.window
    qtbot.waitExposed(window)
    quiet(qtbot, window)
    return window


def quiet(qtbot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.current_page().ready(), timeout=20_000)
    qtbot.waitUntil(lambda: window.desk.jobs.running == (), timeout=20_000)


def copies_in_memory(raw: bytes) -> int:
    """Return how often a key is held; other tests' keys may wait for the collector."""
    gc.unfreeze()  # what the collector has set aside is not told otherwise
    gc.collect()
    keys = (thing for thing in gc.get_objects() if isinstance(thing, DataKey))
    return sum(one.raw == raw for one in keys)


def closed(workspace: Workspace) -> bool:
    return workspace.engine.pool.checkedin() == 0 and workspace.engine.pool.checkedout() == 0


def test_unlocking_shows_the_window_and_hides_the_unlock_page(qtbot, desktop, path) -> None:
    window = unlock(qtbot, desktop, path)
    assert window.isVisible()
    assert desktop.entry.page.isHidden()
    assert window.windowTitle() == "case – OCG Desk" or "OCG Desk" in window.windowTitle()
    assert settings.load().recent[0] == str(path.resolve())


def test_locking_closes_the_workspace_and_shows_the_unlock_page(qtbot, desktop, path) -> None:
    window = unlock(qtbot, desktop, path)
    workspace = window.desk.workspace
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert desktop.window is None
    assert desktop.entry.page.isVisible()
    qtbot.waitUntil(lambda: closed(workspace))


def test_locking_forgets_the_key(qtbot, desktop, path, key) -> None:
    raw = key.raw
    del key  # the fixture's own stays with pytest
    before = copies_in_memory(raw)
    unlock(qtbot, desktop, path)
    assert copies_in_memory(raw) > before
    desktop.lock()
    qtbot.waitUntil(lambda: copies_in_memory(raw) <= before, timeout=20_000)


def test_after_unlocking_the_same_tabs_come_back_with_the_same_one_in_front(
    qtbot, desktop, path
) -> None:
    window = unlock(qtbot, desktop, path)
    for target in (OCGS, HELP, SETTINGS):
        window.go(target)
    window.go(HELP)
    quiet(qtbot, window)
    left = window.left()
    desktop.lock()
    again = unlock(qtbot, desktop, path)
    assert again is not window
    assert again.left() == left
    assert again.current_page().target == HELP
    home = Target(page=PageKind.HOME)
    assert left.targets == (home, OCGS, HELP, SETTINGS)


def test_a_tab_closed_before_the_lock_does_not_come_back(qtbot, desktop, path) -> None:
    window = unlock(qtbot, desktop, path)
    window.go(OCGS)
    window.close_page(window.open_keys()[0])
    quiet(qtbot, window)
    desktop.lock()
    assert unlock(qtbot, desktop, path).left().targets == (OCGS,)


def test_locking_with_a_dialog_open_closes_it_too(qtbot, desktop, path) -> None:
    window = unlock(qtbot, desktop, path)
    about = window.desk.workspace.about
    dialog = TitleDialog("Save chart", "Secret", about=about, parent=window.current_page())
    dialog.open()
    desktop.lock()
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert shown == [desktop.entry.page]


def test_nobody_at_the_desk_locks_it(qtbot, desktop, path) -> None:
    window = unlock(qtbot, desktop, path)
    window.watch.pass_time(600)
    assert desktop.window is None
    assert desktop.entry.page.isVisible()


def test_settings_changed_in_the_window_hold_after_the_lock(qtbot, desktop, path) -> None:
    window = unlock(qtbot, desktop, path)
    window.desk.settings = Settings(author="New name", lock_after_minutes=3, backup_at_close=False)
    desktop.lock()
    again = unlock(qtbot, desktop, path)
    assert again.desk.settings.author == "New name"
    assert 150 < again.watch.left() <= 180


def test_closing_the_window_ends_the_program(qtbot, desktop, path, quits) -> None:
    window = unlock(qtbot, desktop, path)
    workspace = window.desk.workspace
    window.close()
    assert (quits.count, desktop.window) == (1, None)
    qtbot.waitUntil(lambda: closed(workspace))


def test_locking_does_not_end_the_program(qtbot, desktop, path, quits) -> None:
    unlock(qtbot, desktop, path)
    desktop.lock()
    qtbot.wait(50)
    assert quits.count == 0


def test_an_edit_is_backed_up_at_close_and_nothing_else_is(
    qtbot, desktop, path, tmp_path: Path
) -> None:
    folder = tmp_path / "copies"
    kept = Settings(backup_at_close=True, backup_folder=str(folder))
    desktop.entry.settings = kept
    window = unlock(qtbot, desktop, path)
    desktop.lock()
    qtbot.wait(300)
    assert not folder.exists() or list(folder.iterdir()) == []
    window = unlock(qtbot, desktop, path)
    assert window.desk.do("Add nominal", lambda work: work.put(a_nominal()))
    workspace = window.desk.workspace
    began = time.monotonic()
    window.close()
    assert time.monotonic() - began < 5
    qtbot.waitUntil(lambda: closed(workspace) and len(list(folder.iterdir())) == 1, timeout=10_000)


def test_closing_in_the_middle_of_a_big_edit_leaves_a_whole_file(
    qtbot, desktop, path, key: DataKey, ann: User
) -> None:
    window = unlock(qtbot, desktop, path)

    def act(work, progress) -> None:
        for n in range(10_000):
            progress(n, 10_000, "Adding")
            work.put(a_nominal(f"N {n}"))

    job = window.desk.write("Import nominals", act)
    with qtbot.waitSignal(job.progressed):
        pass
    workspace = window.desk.workspace
    window.close()
    qtbot.waitUntil(lambda: closed(workspace))
    again = Workspace.open(path, key, ann.id)
    try:
        assert verify(again).is_whole
        assert again.undo_step() is None
    finally:
        again.close()


# ---- Where the window stands -------------------------------------------------------------------


def test_the_window_stands_where_it_stood(qtbot, desktop, path) -> None:
    window = unlock(qtbot, desktop, path)
    window.setGeometry(QRect(40, 30, 1100, 700))
    window.close()
    assert standing.load() == Standing(x=40, y=30, width=1100, height=700)
    again = QWidget()
    qtbot.addWidget(again)
    assert standing.apply(again, standing.load())
    assert (again.width(), again.height()) == (1100, 700)


@pytest.mark.parametrize(
    ("x", "y", "seen"),
    [
        (0, 0, True),
        (-1000, 100, False),
        (-900, 100, True),
        (700, 0, False),
        (600, 790, False),
        (10, -400, False),
    ],
)
def test_a_place_counts_as_seen_where_the_window_can_be_taken_hold_of(x, y, seen) -> None:
    place = Standing(x=x, y=y, width=1100, height=700)
    assert place.is_seen([QRect(0, 0, 800, 800)]) is seen


def test_a_place_on_a_screen_that_is_gone_is_not_used(qtbot, own_settings: Path) -> None:
    own_settings.mkdir()
    standing.save(Standing(x=5_000, y=0, width=1100, height=700))
    widget = QWidget()
    qtbot.addWidget(widget)
    assert not standing.apply(widget, standing.load())


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"x": 1}', '{"x": "a", "y": 0, "width": 1, "height": 1, "maximised": 0}',
     json.dumps({"x": 0, "y": 0, "width": -5, "height": 10, "maximised": False}),
     json.dumps({"x": 10**9, "y": 0, "width": 5, "height": 10, "maximised": False})],
)  # fmt: skip
def test_a_damaged_note_of_the_place_is_as_none(own_settings: Path, text: str) -> None:
    own_settings.mkdir()
    (own_settings / standing.NAME).write_text(text, encoding="utf-8")
    assert standing.load() is None


def test_the_cheap_key_slot_of_the_tests_opens_as_any_other() -> None:
    assert CHEAP.memory_kib == 64
