"""What the tests of the window share: a theme, settings of their own, a desk."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ocgdesk.settings import FOLDER_VARIABLE, Settings
from ocgdesk.store.workspace import Workspace
from ocgdesk.ui import fonts, jobs, theme
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.worker import Worker


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep settings and window places away from those of whoever runs the tests."""
    folder = tmp_path / "config"
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    return folder


@pytest.fixture(autouse=True)
def no_windows_left() -> Iterator[None]:
    """Let go of a test's windows: each that stays makes every later change of theme dearer."""
    yield
    if isinstance(app := QApplication.instance(), QApplication):
        for window in app.topLevelWidgets():
            window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def qtbot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[QtBot]:
    """Hold on to a test's widgets until Qt has destroyed them, as the window does to its pages.

    One that only cycles of its own hold is taken apart by Python's collector instead, children
    first or last as it happens, which can end the program.
    """
    held: list[QWidget] = []
    add = qtbot.addWidget

    def hold(widget: QWidget, **more: Any) -> None:
        held.append(widget)
        add(widget, **more)

    monkeypatch.setattr(qtbot, "addWidget", hold)
    yield qtbot
    for widget in held:
        if isValid(widget):
            widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def no_views_left(own_settings: Path) -> None:
    """Begin without columns and views that another test left."""
    QSettings().clear()


class _Shared(Worker):
    """One warm process for all tests of the window: starting one takes two seconds."""

    def close(self) -> None:
        """Stay; the fixture that made it ends the process."""


@pytest.fixture(scope="session")
def one_worker() -> Iterator[Worker]:
    """The process that all pages of all tests compute in."""
    made = _Shared()
    yield made
    Worker.close(made)


@pytest.fixture
def shared_pids(one_worker: Worker) -> Callable[[], set[int]]:
    """Leave the one process alone when a test ends."""
    return lambda: {one_worker.pid} - {None}


@pytest.fixture(autouse=True)
def shared_worker(monkeypatch: pytest.MonkeyPatch, one_worker: Worker) -> Worker:
    """Let every desk compute in the one process; what it starts is none of a test's own."""
    monkeypatch.setattr(jobs, "Worker", lambda: one_worker)
    return one_worker


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    """The application with the project's fonts, in the light theme."""
    fonts.register()
    theme.apply(qapp, theme.load("light"))
    return qapp


@pytest.fixture
def desk(dressed: QApplication, workspace: Workspace) -> Iterator[Desk]:
    """A desk over the workspace, closed when the test ends."""
    made = Desk(workspace, Settings(author="Ann Example", agency="WMP"))
    yield made
    made.close()


class Heartbeat(QObject):
    """A pulse on the UI thread: the longest stretch in which the window could not answer.

    ``busy_ms`` counts what the UI thread itself worked, so that a machine busy with other things
    fails no test; ``gap_ms`` is what a user sat through.
    """

    EVERY_MS = 5

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(self.EVERY_MS)
        self._timer.timeout.connect(self._on_tick)
        self.start()
        self._timer.start()

    def start(self) -> None:
        """Begin to measure anew."""
        self.gap_ms = self.busy_ms = 0.0
        self._seen, self._worked = time.perf_counter(), time.thread_time()

    def stop(self) -> None:
        """Take what was done since the last pulse into account, and stop."""
        self._on_tick()
        self._timer.stop()

    def _on_tick(self) -> None:
        seen, worked = time.perf_counter(), time.thread_time()
        self.gap_ms = max(self.gap_ms, 1_000 * (seen - self._seen))
        self.busy_ms = max(self.busy_ms, 1_000 * (worked - self._worked))
        self._seen, self._worked = seen, worked


@pytest.fixture
def heartbeat(dressed: QApplication) -> Iterator[Heartbeat]:
    """Measure how long the window stands still; ``start`` it where the measuring begins."""
    made = Heartbeat()
    yield made
    made.stop()
