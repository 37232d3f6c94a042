"""Every page of the real window as a picture, light and dark: ``make screenshots``."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from ocgdesk.casework import access, samples
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import CannotWrite, DeskError
from ocgdesk.settings import Settings
from ocgdesk.store import listing
from ocgdesk.store.listing import ListQuery
from ocgdesk.store.workspace import Workspace
from ocgdesk.ui import theme
from ocgdesk.ui.application import make_app
from ocgdesk.ui.chart.canvas import ChartCanvas
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.entry import Entry
from ocgdesk.ui.navigation import Page, PageKind, Target
from ocgdesk.ui.window import MainWindow

AS_OF = date(2026, 11, 21)
WIDE, NARROW = (1440, 900), (1280, 720)
VIEWS = (("light", WIDE), ("light", NARROW), ("dark", WIDE), ("high-contrast", WIDE))
"""Each theme with the size of the window; the narrow one shows what drops and folds."""
USERS = ("lro", "analyst", "auditor")
PATIENCE = 20.0
"""Seconds a page may take to show what it asked for."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One page to be taken: a name for the file, who is looking, and where they are."""

    name: str
    user: str
    target: Target


def shots(workspace: Workspace) -> Iterator[Shot]:
    """Yield the pages worth a picture, on records of this workspace."""
    yield Shot("home-lro", "lro", Target(page=PageKind.HOME))
    yield Shot("home-analyst", "analyst", Target(page=PageKind.HOME))
    for kind in (Kind.OCG, Kind.NOMINAL, Kind.HANDLE, Kind.COUNTY_LINE, Kind.REPORT):
        yield Shot(f"register-{kind.value}", "analyst", Target(page=PageKind.REGISTER, kind=kind))
    for kind in (Kind.OCG, Kind.NOMINAL, Kind.HANDLE, Kind.COUNTY_LINE, Kind.REPORT):
        if (id_ := _one(workspace, kind, _STORY.get(kind, ""))) is not None:
            target = Target(page=PageKind.RECORD, kind=kind, id=id_)
            yield Shot(f"record-{kind.value}", "analyst", target)
    if (ocg := _one(workspace, Kind.OCG, _STORY[Kind.OCG])) is not None:
        yield Shot("chart-1-hop", "analyst", Target(page=PageKind.CHART, focus=(ocg,)))
        yield Shot("chart-2-hops", "analyst", Target(page=PageKind.CHART, focus=(ocg,), hops=2))
        yield Shot("plan", "lro", Target(page=PageKind.PLAN, id=ocg))
    if (chart := _one(workspace, Kind.CHART)) is not None:
        yield Shot("chart-saved", "analyst", Target(page=PageKind.CHART, id=chart))
    yield Shot("import", "analyst", Target(page=PageKind.IMPORT))
    yield Shot("settings", "analyst", Target(page=PageKind.SETTINGS))
    yield Shot("help", "analyst", Target(page=PageKind.HELP))
    yield Shot("audit", "auditor", Target(page=PageKind.AUDIT))


_STORY = {Kind.OCG: "Tarnbrook", Kind.NOMINAL: "Dean Arkwright"}
"""Records of the sample with most to show."""


def _one(workspace: Workspace, kind: Kind, text: str = "") -> UUID | None:
    with workspace.reading() as reader:
        nos = listing.order(reader, ListQuery(kind=kind, text=text))
        rows = listing.window(reader, kind, nos[:1], ())
    return rows[0].id if rows else None


def settle(until: Callable[[], bool]) -> bool:
    """Let Qt work until something holds; False where it does not in time."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if until():
            QCoreApplication.processEvents()
            return True
        time.sleep(0.005)
    return False


def finish(window: QWidget) -> None:
    """Let the window paint all it has to: a chart is first painted to the end."""
    for canvas in window.findChildren(ChartCanvas):
        if canvas.isVisible():
            canvas.settle()
    QCoreApplication.processEvents()


def take(window: QWidget, path: Path) -> None:
    """Write what the window shows."""
    finish(window)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not window.grab().save(str(path)):
        raise CannotWrite(f"{path.name} cannot be written")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write every page in every theme and size to the folder given; 1 where one never came."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    folder = Path(given[0] if given else "out/screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    app = make_app(Settings(theme="light"))
    path = folder / "sample.ocgdesk"
    try:
        samples.write(path, "force", as_of=AS_OF, replace=True).workspace.close()
        _entry(app, folder, path)
        late = [name for user in USERS for name in _pages(app, folder, path, user)]
    except DeskError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for name in late:
        sys.stderr.write(f"{name} was not ready after {PATIENCE:.0f} seconds\n")
    return int(bool(late))


def _entry(app: QApplication, folder: Path, path: Path) -> None:
    entry = Entry(Settings())
    entry.offer(path)
    entry.page.show()
    for name, size in VIEWS:
        theme.apply(app, theme.load(name))
        entry.page.resize(*size)
        settle(lambda: True)
        take(entry.page, folder / name / f"unlock-{size[0]}.png")
    entry.page.close()
    entry.close()


def _pages(app: QApplication, folder: Path, path: Path, user: str) -> list[str]:
    """Take every page of one user; return the names of those that were not ready in time."""
    workspace = access.unlock(path, user, samples.PASSPHRASE)
    window = MainWindow(Desk(workspace, Settings(author="", agency="WMP")))
    window.desk.jobs.warm()
    window.show()
    wanted = [shot for shot in shots(workspace) if shot.user == user]
    late = []
    for name, size in VIEWS:
        theme.apply(app, theme.load(name))
        window.resize(*size)
        for shot in wanted:
            key = window.go(shot.target)
            if not settle(lambda: is_ready(window)):
                late.append(f"{shot.name} ({name}, {size[0]})")
            take(window, folder / name / f"{shot.name}-{size[0]}.png")
            window.close_page(key)
    theme.apply(app, theme.load(VIEWS[0][0]))
    window.close()
    window.deleteLater()
    return late


def is_ready(window: MainWindow) -> bool:
    """Tell whether the page in front shows all it asked for, and nothing is computed."""
    page = window.current_page()
    busy = any(job.title for job in window.desk.jobs.running)
    return isinstance(page, Page) and page.ready() and not busy


if __name__ == "__main__":
    raise SystemExit(main())
