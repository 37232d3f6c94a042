"""The desktop: unlock a workspace, work in its window, lock it again."""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING, Final
from uuid import UUID

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ocgdesk import settings
from ocgdesk.errors import DeskError
from ocgdesk.settings import Settings
from ocgdesk.ui import standing as standings
from ocgdesk.ui.application import make_app
from ocgdesk.ui.collector import collector
from ocgdesk.ui.entry import Entry

if TYPE_CHECKING:
    from ocgdesk.store.workspace import Workspace
    from ocgdesk.ui.desk import Desk
    from ocgdesk.ui.window import Left, MainWindow

WARM_AFTER_MS: Final = 1_000
"""The process for heavy work starts when the window has had its own time to start."""

FORGET_AFTER_MS: Final = 500
"""Once a locked window is gone, what is left of it in memory, its key included, is let go of."""

_log = logging.getLogger(__name__)


class Desktop(QObject):
    """One unlock page, and one window for each workspace that is open."""

    def __init__(self, app: QApplication, kept: Settings) -> None:
        super().__init__(app)
        self.app = app
        collector().hold()  # for good: keys are derived on a thread while no workspace is open
        self.entry = Entry(kept, self)
        self.entry.opened.connect(self.open)
        self.window: MainWindow | None = None
        self._left: dict[tuple[Path, UUID], Left] = {}

    def begin(self, path: Path | None = None) -> None:
        """Show the unlock page, with this workspace chosen where one is given."""
        if path is not None:
            self.entry.offer(path)
        _place(self.entry.page)
        self.entry.page.show()

    def open(self, workspace: "Workspace") -> None:
        """Show the window of an unlocked workspace, with what its user had open before a lock."""
        from ocgdesk.ui.desk import Desk
        from ocgdesk.ui.window import MainWindow

        self.entry.settings = self.entry.settings.opened(workspace.path)
        settings.save(self.entry.settings)
        left = self._left.pop(_whose(workspace), None)
        window = MainWindow(Desk(workspace, self.entry.settings), left)
        window.let_go = _let_go
        window.locked.connect(self.lock)
        window.closed.connect(self._on_closed)
        window.workspace_wanted.connect(self.lock)
        self.window = window
        _place(window)
        window.show()
        self.entry.page.hide()
        QTimer.singleShot(WARM_AFTER_MS, window, window.desk.jobs.warm)

    def lock(self) -> None:
        """Close the workspace and forget its key; what was open comes back after unlocking."""
        window, self.window = self.window, None
        if window is None:
            return
        workspace = window.desk.workspace
        self._left[_whose(workspace)] = window.left()
        self._keep(window)
        self.begin(workspace.path)
        window.close()
        window.deleteLater()
        QTimer.singleShot(FORGET_AFTER_MS, collector(), collector().tidy)

    def close(self) -> None:
        """Close whatever is open, and let go of what stands behind it."""
        if self.window is not None:
            self.window.close()
        self.entry.close()
        self.entry.page.close()
        collector().let_go()

    def _keep(self, window: "MainWindow") -> None:
        """Keep where a window stood and what was set in it, for the next one."""
        standings.save(standings.Standing.of(window))
        self.entry.settings = window.desk.settings

    def _on_closed(self) -> None:
        window, self.window = self.window, None
        if window is not None:
            self._keep(window)
            self.entry.close()
            self.app.quit()


def _whose(workspace: "Workspace") -> tuple[Path, UUID]:
    return workspace.path.resolve(), workspace.user.id


def _place(widget: QWidget) -> None:
    """Put a window where the one before it stood."""
    standing = standings.load()
    if not standings.apply(widget, standing):
        widget.resize(1440, 900)
    elif standing is not None and standing.maximised:
        widget.setWindowState(Qt.WindowState.WindowMaximized)


def _let_go(desk: "Desk") -> None:
    """Stop the work at a desk; a copy of the workspace, where one is due, keeps nobody waiting.

    The thread is no daemon: the program does not end before the copy is whole.
    """
    desk.stop()
    Thread(target=_copy_and_close, args=(desk.workspace, desk.settings, desk.since)).start()


def _copy_and_close(workspace: "Workspace", kept: Settings, since: int) -> None:
    from ocgdesk.casework import backups

    try:
        backups.backups_at_close(workspace, kept, since)
    except DeskError:  # nobody is at the desk; the settings page says when the last one was made
        _log.warning("no backup could be made at close")
    finally:
        workspace.close()


def _sample() -> "Workspace":
    """Make a sample workspace of a force anew in the user's own data folder."""
    from platformdirs import user_data_path

    from ocgdesk.casework import samples

    folder = user_data_path("ocgdesk", appauthor=False, ensure_exists=True)
    return samples.write(folder / "Sample force.ocgdesk", "force", replace=True).workspace


def _on_fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say that something went wrong inside, without a word of any record."""
    from PySide6.QtWidgets import QMessageBox

    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    where = _last_line(trace)
    _log.error("fault %s at %s", kind.__name__, where)
    box = QMessageBox(QMessageBox.Icon.Warning, "OCG Desk", f"A fault of OCG Desk: {kind.__name__}")
    box.setInformativeText(f"Nothing that was saved is lost. Where: {where}")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def _last_line(trace: TracebackType | None) -> str:
    where = "?"
    while trace is not None:
        where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return where


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the desktop; return when its last window is closed.

    ``--sample`` opens a sample workspace of a force, made anew in the user's own data folder,
    unlocked.
    """
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()
    parser = argparse.ArgumentParser("ocgdesk-desktop")
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--sample", action="store_true", help="open on a sample workspace")
    given = parser.parse_args(list(sys.argv[1:] if arguments is None else arguments))
    kept = settings.load()
    app = make_app(kept)
    sys.excepthook = _on_fault
    desktop = Desktop(app, kept)
    if given.sample:
        desktop.open(_sample())
    else:
        desktop.begin(given.file)
    return app.exec()


if __name__ == "__main__":
    raise SystemExit(main())
