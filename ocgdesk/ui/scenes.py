"""The pictures of the user guide: named scenes of the real window, made by ``make guide``."""

import io
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from uuid import UUID

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QImage

from ocgdesk import resources
from ocgdesk.casework import access, restricting, samples
from ocgdesk.casework import records as casework
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Membership
from ocgdesk.errors import DeskError, NotFound
from ocgdesk.settings import Settings
from ocgdesk.store import glass, listing, records
from ocgdesk.store.listing import Filter, ListQuery, Test
from ocgdesk.store.workspace import Workspace
from ocgdesk.ui import screenshots, theme
from ocgdesk.ui.application import make_app
from ocgdesk.ui.chart.canvas import ChartCanvas
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import Page, PageKind, Target
from ocgdesk.ui.pages.chart_page import ChartPage
from ocgdesk.ui.pages.import_page import ImportPage
from ocgdesk.ui.window import MainWindow

SIZE: Final = (1280, 800)
"""The window of every picture, in points."""
REST: Final = 0.4
"""Seconds a page stays as it is before it is taken: what hangs on its size comes after it."""
COLOURS: Final = 128
"""What a picture is reduced to: flat surfaces and grey letters lose nothing one would see."""
USERS: Final = ("lro", "analyst", "coordinator", "auditor")


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds the records of a sample that have most to show."""

    workspace: Workspace

    def one(self, kind: Kind, text: str = "", *filters: Filter) -> UUID:
        """Return the first record that fits. Raises NotFound."""
        with self.workspace.reading() as reader:
            nos = listing.order(reader, ListQuery(kind=kind, text=text, filters=filters))
            rows = listing.window(reader, kind, nos[:1], ())
        if not rows:
            raise NotFound(f"The sample has no {kind.value} for this picture")
        return rows[0].id


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One picture: what its file is called, who looks, where they go, what they do there."""

    name: str
    where: Callable[[Finder], Target]
    user: str = "analyst"
    act: Callable[[Page], None] | None = None
    """Done once the page is ready, such as choosing another layout."""
    size: str = "force"
    """The sample it is drawn from."""


def _page(
    kind: PageKind, *, text: str = "", tab: str = "", overview: str = ""
) -> Callable[[Finder], Target]:
    def where(_find: Finder) -> Target:
        return Target(page=kind, text=text, tab=tab, overview=overview)

    return where


def _table(kind: Kind) -> Callable[[Finder], Target]:
    def where(_find: Finder) -> Target:
        return Target(page=PageKind.REGISTER, kind=kind)

    return where


def _record(
    kind: Kind, text: str = "", tab: str = "", *filters: Filter
) -> Callable[[Finder], Target]:
    def where(find: Finder) -> Target:
        return Target(page=PageKind.RECORD, kind=kind, id=find.one(kind, text, *filters), tab=tab)

    return where


def _round(page: PageKind, hops: int = 1) -> Callable[[Finder], Target]:
    def where(find: Finder) -> Target:
        return Target(page=page, focus=(find.one(Kind.OCG, STORY),), hops=hops)

    return where


def _compared(find: Finder) -> Target:
    focus = (find.one(Kind.OCG, STORY),)
    return Target(page=PageKind.COMPARE, focus=focus, text="-1 today")


def _taken_in(_find: Finder) -> Target:
    return Target(page=PageKind.IMPORT, files=(resources.path("help", "examples", EXAMPLE),))


def _known(_find: Finder) -> Target:
    return Target(page=PageKind.IMPORT, files=(resources.path("help", "examples", KNOWN),))


def _decided(page: Page) -> None:
    """Take the first row as somebody known and the second as maybe; look at the next."""
    assert isinstance(page, ImportPage)  # noqa: S101 - the scene went there
    page.check.table.selectRow(0)
    for act in (page.deciding.take, page.deciding.maybe):
        screenshots.settle(page.ready)
        act()


def _as_ocg(page: Page) -> None:
    """Arrange a chart as an OCG is drawn, and show all of it."""
    assert isinstance(page, ChartPage)  # noqa: S101 - the scene went there
    page.bar.layouts.choose("ocg")
    page.bar.layouts.chosen.emit("ocg")


def _whole(page: Page) -> None:
    page.findChildren(ChartCanvas)[0].fit()


def _of_ocg(page: PageKind) -> Callable[[Finder], Target]:
    def where(find: Finder) -> Target:
        return Target(page=page, kind=Kind.OCG, id=find.one(Kind.OCG, STORY))

    return where


STORY: Final = "Tarnbrook"
"""The OCG of the sample with most to show."""
EXAMPLE: Final = "first-hour.csv"
"""The invented spreadsheet that the chapter on the first hour takes in."""
KNOWN: Final = "known-already.csv"
"""An invented one of people of whom the sample has some."""
_EXPLOITED: Final = Filter("exploited", Test.IS, ("yes",))

SCENES: Final = (
    Scene(name="home-lro", user="lro", where=_page(PageKind.HOME)),
    Scene(name="plan-board", user="lro", where=_of_ocg(PageKind.PLAN)),
    Scene(name="table-ocgs", where=_table(Kind.OCG)),
    Scene(name="ocg-overview", where=_record(Kind.OCG, STORY)),
    Scene(name="ocg-scores", where=_record(Kind.OCG, STORY, "scores")),
    Scene(name="ocg-status", where=_record(Kind.OCG, STORY, "standing")),
    Scene(name="threat-grid", where=_page(PageKind.THREAT_GRID)),
    Scene(name="nominal", where=_record(Kind.NOMINAL, "Dean Arkwright")),
    Scene(name="nominal-on-file", where=_record(Kind.NOMINAL, "Junaid Sadiqi", "on-file")),
    Scene(name="exploited", where=_record(Kind.NOMINAL, "", "", _EXPLOITED)),
    Scene(name="handle-ledger", where=_record(Kind.HANDLE, "gritstonefalcon", "ledger")),
    Scene(name="triage", where=_page(PageKind.TRIAGE)),
    Scene(name="operation", where=_record(Kind.OPERATION, "Bitternthorn")),
    Scene(name="county-line", where=_record(Kind.COUNTY_LINE, "Marlow")),
    Scene(name="commodity", where=_record(Kind.COMMODITY, "Cannabis herbal", "case")),
    Scene(name="report", where=_record(Kind.REPORT, "Ormthwaite threatened")),
    Scene(name="search", where=_page(PageKind.SEARCH, text="arkrite")),
    Scene(name="quality", where=_page(PageKind.QUALITY)),
    Scene(name="duplicates", where=_page(PageKind.DUPLICATES)),
    Scene(name="restricted", user="lro", where=_page(PageKind.RESTRICTED)),
    Scene(name="lists", where=_page(PageKind.LISTS)),
    Scene(name="disruptions", where=_page(PageKind.DISRUPTIONS)),
    Scene(name="briefings", where=_of_ocg(PageKind.BRIEFINGS)),
    Scene(name="reminders", user="lro", where=_page(PageKind.REMINDERS)),
    Scene(name="coverage", where=_page(PageKind.COVERAGE)),
    Scene(name="tasking", user="coordinator", where=_page(PageKind.TASKING)),
    Scene(name="history", where=_record(Kind.OCG, STORY, "history")),
    Scene(name="chart-ocg", where=_round(PageKind.CHART), act=_as_ocg),
    Scene(name="overviews", where=_page(PageKind.OVERVIEWS)),
    Scene(
        name="overview-region",
        where=_page(PageKind.CHART, overview="ocg-ocg"),
        act=_whole,
        size="region",
    ),
    Scene(name="compared", where=_compared, act=_whole),
    Scene(name="matrix", where=_page(PageKind.MATRIX)),
    Scene(name="timeline", where=_round(PageKind.TIMELINE)),
    Scene(name="measures", where=_of_ocg(PageKind.ANALYSIS)),
    Scene(name="returns", where=_page(PageKind.RETURNS)),
    Scene(name="import-columns", where=_taken_in),
    Scene(name="import-decide", where=_known, act=_decided),
    Scene(name="map", where=_page(PageKind.MAP)),
    Scene(name="audit", user="auditor", where=_page(PageKind.AUDIT)),
    Scene(name="settings-users", where=_page(PageKind.SETTINGS, tab="users")),
    Scene(name="bin", where=_page(PageKind.BIN)),
)


def prepare(workspace: Workspace) -> None:
    """Let the small sample show what it does not: changes, a full bin, restricted records."""
    find = Finder(workspace)
    ocg = find.one(Kind.OCG, STORY)
    with workspace.reading() as reader:
        members = [
            one.link for one in records.links_of(reader, ocg) if isinstance(one.link, Membership)
        ]
    newcomer = Membership(source=find.one(Kind.NOMINAL, "Kashif Sadiqi"), target=ocg)
    surer = {"strength": "confirmed", "importance": "significant"}
    with workspace.work("Edit links") as done:
        casework.unlink(done.work, [link.id for link in members[-3:]])
        for link in members[5:8]:
            casework.edit_link(done.work, link.id, surer)
        casework.link(done.work, newcomer)
    with workspace.work("Remove report") as done:
        casework.remove(done.work, [find.one(Kind.REPORT, "stopped and searched")], "Entered twice")
    _restrict(workspace, find)


def _restrict(workspace: Workspace, find: Finder) -> None:
    """Close two reports and a person to some of the users."""
    with workspace.reading() as reader:
        others = {user.name: user.id for user in glass.people(reader)}
    for kind, text, names, reason in (
        (Kind.REPORT, "short of supply", ("lro",), "A source could be known by it"),
        (Kind.REPORT, "spoke for", ("lro", "coordinator"), "Covert phase of an operation"),
        (Kind.NOMINAL, "Kelcombe", ("lro",), "Threat to life"),
    ):
        with workspace.work("Restrict record") as done:
            ids = [others[name] for name in names]
            restricting.restrict(done.work, find.one(kind, text), ids, reason)


def stage(workspace: Workspace) -> MainWindow:
    """Open the window of whoever unlocked the workspace, in the size of the pictures."""
    window = MainWindow(Desk(workspace, Settings(author="", agency="WMP")))
    window.desk.jobs.warm()
    window.resize(*SIZE)
    window.show()
    return window


def play(window: MainWindow, scene: Scene) -> bool:
    """Go where a scene is and do what it asks; false where its page is not ready in time.

    What was open before is closed, so that each picture shows one tab beside the first page.
    """
    key = window.go(scene.where(Finder(window.desk.workspace)))
    for other in window.open_keys()[1:]:
        if other != key:
            window.close_page(other)
    if not _rested(window):
        return False
    page = window.current_page()
    if scene.act is None or page is None:
        return True
    scene.act(page)
    return _rested(window)


def _rested(window: MainWindow) -> bool:
    """Wait until the page in front is ready and has stayed so for a moment."""
    since = time.monotonic()

    def at_rest() -> bool:
        nonlocal since
        if not screenshots.is_ready(window):
            since = time.monotonic()
        return time.monotonic() - since >= REST

    return screenshots.settle(at_rest)


def picture(window: MainWindow) -> bytes:
    """Return what the window shows as a small PNG with nothing of the machine in it."""
    from PIL import Image

    window.toast.hide()
    screenshots.finish(window)
    shot = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    size, line = (shot.width(), shot.height()), shot.bytesPerLine()
    whole = Image.frombytes("RGB", size, bytes(shot.constBits()), "raw", "RGB", line, 1)
    out = io.BytesIO()
    whole.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pictures to the guide, or to the folder given first; 1 where one never came.

    Names after the folder ask for those alone.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    folder = Path(given[0]) if given else resources.path("help", "pictures")
    wanted = [scene for scene in SCENES if scene.name in given[1:] or not given[1:]]
    app = make_app(Settings(theme="light"))
    theme.apply(app, theme.load("light"))
    samples_in = Path("out")
    samples_in.mkdir(exist_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        late = list(_draw(wanted, samples_in, folder))
    except DeskError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for name in late:
        sys.stderr.write(f"{name} was not ready after {screenshots.PATIENCE:.0f} seconds\n")
    return int(bool(late))


def _draw(scenes: Sequence[Scene], samples_in: Path, folder: Path) -> Iterator[str]:
    """Write the pictures, sample by sample and user by user; yield the names of what failed."""
    today = date.today()  # noqa: DTZ011 - the day on the wall here
    for size in dict.fromkeys(scene.size for scene in scenes):
        path = samples_in / f"guide-{size}.ocgdesk"
        made = samples.write(path, size, as_of=today, replace=True).workspace
        if size == "force":
            prepare(made)
        made.close()
        for user in USERS:
            theirs = [one for one in scenes if (one.size, one.user) == (size, user)]
            yield from _draw_for(path, user, theirs, folder)


def _draw_for(path: Path, user: str, scenes: Sequence[Scene], folder: Path) -> Iterator[str]:
    if not scenes:
        return
    window = stage(access.unlock(path, user, samples.PASSPHRASE))
    for scene in scenes:
        if not play(window, scene):
            yield scene.name
        (folder / f"{scene.name}.png").write_bytes(picture(window))
    window.close()
    window.deleteLater()


if __name__ == "__main__":
    raise SystemExit(main())
