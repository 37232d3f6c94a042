"""The desktop: unlock a workspace, work in its window, lock it again."""

import argparse
import logging
import multiprocessing
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtWidgets import QApplication

from ocgdesk import settings
from ocgdesk.settings import Settings
from ocgdesk.ui.application import make_app
from ocgdesk.ui.entry import Entry

if TYPE_CHECKING:
    from ocgdesk.store.workspace import Workspace
    from ocgdesk.ui.navigation import Target
    from ocgdesk.ui.window import MainWindow

_log = logging.getLogger(__name__)


class Desktop(QObject):
    """One unlock page, and one window for each workspace that is open."""

    def __init__(self, app: QApplication, kept: Settings) -> None:
        super().__init__(app)
        self.app = app
        self.entry = Entry(kept, self)
        self.entry.opened.connect(self.open)
        self.window: MainWindow | None = None
        self._left: dict[Path, tuple[Target, ...]] = {}

    def begin(self, path: Path | None = None) -> None:
        """Show the unlock page, with this workspace chosen where one is given."""
        if path is not None:
            self.entry.offer(path)
        self.entry.page.resize(1440, 900)
        self.entry.page.show()

    def open(self, workspace: "Workspace") -> None:
        """Show the window of an unlocked workspace."""
        from ocgdesk.ui.desk import Desk
        from ocgdesk.ui.window import MainWindow

        self.entry.settings = self.entry.settings.opened(workspace.path)
        settings.save(self.entry.settings)
        window = MainWindow(Desk(workspace, self.entry.settings))
        window.locked.connect(self.lock)
        window.closed.connect(self._on_closed)
        window.workspace_wanted.connect(self.lock)
        for target in self._left.pop(workspace.path, ()):
            window.go(target)
        self.window = window
        window.show()
        self.entry.page.hide()
        window.desk.jobs.warm()

    def lock(self) -> None:
        """Close the workspace and forget its key; what was open comes back after unlocking."""
        window = self.window
        if window is None:
            return
        self._left[window.desk.workspace.path] = window.targets()
        path = window.desk.workspace.path
        self.window = None
        self.begin(path)
        window.close()
        window.deleteLater()

    def _on_closed(self) -> None:
        window = self.window
        if window is not None:
            window.remember_place(QSettings())
            self.window = None
            self.entry.close()
            self.app.quit()


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
