"""Charts that leave the window: asked for whom and why, made in the worker, journalled, written."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import chart_badges, chart_files, chart_papers, exports, files
from ocgdesk.casework.chart_files import Made
from ocgdesk.casework.chart_papers import Copied
from ocgdesk.domain.charts import Arrangement, Cover
from ocgdesk.domain.dates import LONDON
from ocgdesk.errors import Refused
from ocgdesk.i18n import _, ngettext
from ocgdesk.progress import Progress
from ocgdesk.settings import Settings
from ocgdesk.store import history
from ocgdesk.store.reader import Reader
from ocgdesk.store.workspace import Workspace
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.chart_export_dialog import ChartExportDialog
from ocgdesk.ui.dialogs.disclosure_dialog import Purpose, PurposeDialog, documents_folder
from ocgdesk.ui.dialogs.paper_fields import Paper
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.worker import Call

Covered = tuple[Cover, tuple[int, ...]]
"""What is printed round a chart, and the numbers of the records on it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to leave: the chart as it is seen, its title, its filters in words."""

    arrangement: Arrangement
    title: str
    filters: tuple[str, ...]
    safeguarding: str = ""
    """Why badges stay on that say who is being safeguarded; empty: they are left out."""
    at: datetime | None = None
    """The instant whose records it shows; None is now."""
    told: bool = True
    """Whether fields of its records go with it; a comparison has two of each."""
    with_ghosts: Arrangement | None = None
    """The same with the open requirements drawn over it, where they are shown."""

    def haunted(self) -> "Asked":
        """Return it with the open requirements that are shown, which is stated."""
        if self.with_ghosts is None:
            return self
        filters = (*self.filters, _("with open intelligence requirements"))
        return replace(self, arrangement=self.with_ghosts, filters=filters)

    @property
    def what(self) -> str:
        """How much of the register it shows, in words."""
        hidden, scene = self.arrangement.hidden, self.arrangement.scene
        there = {item.id for item in scene.items} - hidden
        ties = sum({tie.source, tie.target} <= there for tie in scene.ties)
        items = ngettext("{n} item", "{n} items", len(there)).format(n=f"{len(there):,}")
        links = ngettext("{n} link", "{n} links", ties).format(n=f"{ties:,}")
        return _("{items} and {links}").format(items=items, links=links)


class ChartPapers(QObject):
    """Exports and copies charts of one page. Nothing is journalled before it is ready to leave."""

    written = Signal(object)
    """The Path of a file that is now there."""
    copied = Signal()
    told = Signal(str)
    """What was done, for a toast."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._over = over
        self._before: Purpose | None = None
        self._under_way: list[Job] = []

    def ask(self, name: str, asked: Callable[[], Asked]) -> None:
        """Ask for whom, why, where to and in which format; write what is asked for then."""
        about = self._desk.workspace.about
        dialog = ChartExportDialog(
            asked().what,
            documents_folder() / f"{name}.png",
            marking=about.marking.value,
            synthetic=about.synthetic,
            before=self._before,
            offer_ghosts=asked().with_ghosts is not None,
            offer_badges=chart_badges.has_safeguarding(asked().arrangement),
            parent=self._over,
        )
        dialog.accepted.connect(partial(self._on_file, dialog, asked))
        dialog.open()

    def ask_copy(self, asked: Callable[[], Asked]) -> None:
        """Ask for whom and why; put what is asked for then on the clipboard."""
        about = self._desk.workspace.about
        said = _(
            "{what} leave the workspace as a marked picture and a table. "
            "This is logged, with recipient and reason."
        )
        dialog = PurposeDialog(
            said.format(what=asked().what),
            title=_("Copy chart"),
            accept=_("Copy"),
            marking=about.marking.value,
            synthetic=about.synthetic,
            before=self._before,
            parent=self._over,
        )
        dialog.accepted.connect(partial(self._on_purpose, dialog, asked))
        dialog.open()

    def export(
        self, path: Path, asked: Asked, purpose: Purpose, paper: Paper | None = None
    ) -> None:
        """Write the chart with its frame and marking; the ending of the name says the format."""
        kind = files.ending(path)
        if chart_files.kind_of(path):
            then = partial(self._file, path, purpose)
            self._follow(self._desk.run(_("Export chart"), filing(self._desk, asked, path), then))
            return
        if kind not in chart_papers.FORMATS:
            formats = ", ".join((*chart_papers.FORMATS, *chart_files.FORMATS))
            self._desk.refused.emit(Refused(_("A chart is written as {all}").format(all=formats)))
            return
        then = partial(self._render, path, _call(kind, asked.arrangement, paper), purpose)
        self._cover(_("Export chart"), asked, then)

    def copy(self, asked: Asked, purpose: Purpose) -> None:
        """Put the chart on the clipboard as PNG, SVG, PDF and tables of its items and links."""
        self._cover(_("Copy chart"), asked, partial(self._picture, asked.arrangement, purpose))

    def cancel(self) -> None:
        """Stop what is being made. What has been journalled as leaving still leaves."""
        for job in self._under_way:
            job.cancel()
        self._under_way.clear()

    def _on_file(self, dialog: ChartExportDialog, asked: Callable[[], Asked]) -> None:
        if (found := dialog.disclosure) is not None:
            self._before = Purpose(recipient=found.recipient, reason=found.reason)
            because = found.reason if found.badges else ""
            drawn = dialog.ghosts.isChecked() and not chart_files.kind_of(found.path)
            leaving = asked().haunted() if drawn else asked()
            self.export(
                found.path, replace(leaving, safeguarding=because), self._before, dialog.paper
            )

    def _on_purpose(self, dialog: PurposeDialog, asked: Callable[[], Asked]) -> None:
        if dialog.purpose is not None:
            self._before = dialog.purpose
            self.copy(asked(), dialog.purpose)

    def _follow(self, job: Job) -> None:
        self._under_way = [known for known in self._under_way if not known.over]
        self._under_way.append(job)

    def _cover(self, title: str, asked: Asked, then: "partial[None]") -> None:
        self._follow(self._desk.run(title, covering(self._desk, asked), then))

    def _render(
        self, path: Path, call: Callable[[Cover], Call], purpose: Purpose, covered: Covered
    ) -> None:
        cover, subjects = covered
        then = partial(self._write, path, purpose, subjects, cover.safeguarding)
        self._follow(self._desk.compute(_("Export chart"), call(cover), then))

    def _file(self, path: Path, purpose: Purpose, found: "tuple[Covered, Made]") -> None:
        """Write what another program reads; say what that cannot carry."""
        (cover, subjects), made = found
        self._write(path, purpose, subjects, cover.safeguarding, made.data)
        if made.losses:
            told = _("Not carried by {ending}: {what}")
            self.told.emit(told.format(ending=path.suffix.lower(), what=", ".join(made.losses)))

    def _write(
        self,
        path: Path,
        purpose: Purpose,
        subjects: tuple[int, ...],
        safeguarding: bool,  # noqa: FBT001 - handed on with what was drawn
        data: bytes,
    ) -> None:
        workspace = self._desk.workspace
        self._desk.background(
            "",
            lambda _progress: chart_papers.to_file(
                workspace,
                data,
                path,
                subjects,
                recipient=purpose.recipient,
                reason=purpose.reason,
                safeguarding=safeguarding,
            ),
            self._done,
        )

    def _done(self, path: Path) -> None:
        self.written.emit(path)
        self.told.emit(_("Written: {name}").format(name=path.name))

    def _picture(self, drawn: Arrangement, purpose: Purpose, covered: Covered) -> None:
        cover, subjects = covered
        call = Call.of(chart_papers.clipboard, drawn, cover)
        then = partial(self._take, purpose, subjects)
        self._follow(self._desk.compute(_("Copy chart"), call, then))

    def _take(self, purpose: Purpose, subjects: tuple[int, ...], made: Copied) -> None:
        workspace = self._desk.workspace

        def disclose(_progress: Progress) -> Copied:
            exports.disclose(
                workspace,
                "Copy chart",
                subjects,
                recipient=purpose.recipient,
                reason=purpose.reason,
                format="clipboard",
            )
            return made

        self._desk.background("", disclose, self._put)

    def _put(self, made: Copied) -> None:
        mime = QMimeData()
        mime.setData("image/png", made.png)
        mime.setData("image/svg+xml", made.svg)
        mime.setData("application/pdf", made.pdf)
        mime.setHtml(made.html)
        mime.setText(made.text)
        QGuiApplication.clipboard().setMimeData(mime)
        self.copied.emit()
        self.told.emit(_("Copied, with its marking"))


def _call(kind: str, drawn: Arrangement, paper: Paper | None) -> Callable[[Cover], Call]:
    """Return how a chart is made as a file, once it is known what is printed round it."""

    def of(cover: Cover) -> Call:
        if paper is None:
            return Call.of(chart_papers.render, drawn, cover, kind)
        cut = paper.tiles if kind == "pdf" else ""
        return Call.of(chart_papers.render, drawn, cover, kind, paper.size, paper.dpi, tiles=cut)

    return of


def filing(desk: Desk, asked: Asked, path: Path) -> "partial[tuple[Covered, Made]]":
    """Return the question what a chart is in the format of another program."""
    return partial(_filed, cover=covering(desk, asked), asked=asked, path=path)


def _filed(
    reader: Reader,
    progress: Progress,
    *,
    cover: "partial[Covered]",
    asked: Asked,
    path: Path,
) -> tuple[Covered, Made]:
    covered = cover(reader, progress)
    kind = chart_files.kind_of(path)
    seq = None if asked.at is None else history.seq_at(reader, asked.at)
    return covered, chart_files.make(
        reader, asked.arrangement, covered[0], kind, seq=seq, told=asked.told
    )


def covering(desk: Desk, asked: Asked) -> "partial[Covered]":
    """Return the question what is printed round a chart."""
    return partial(_covered, workspace=desk.workspace, settings=desk.settings, asked=asked)


def _covered(
    reader: Reader,
    _progress: Progress,
    *,
    workspace: Workspace,
    settings: Settings,
    asked: Asked,
) -> Covered:
    return chart_papers.cover(
        reader,
        asked.arrangement,
        title=asked.title,
        about=workspace.about,
        author=settings.author or workspace.user.display,
        agency=settings.agency,
        now=datetime.now(LONDON),
        filters=asked.filters,
        safeguarding=asked.safeguarding,
        head=workspace.head()[1],
    )
