"""Timelines and maps leave the window: asked for whom and why, made, journalled, then written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import picture_papers
from ocgdesk.casework.picture_papers import Said
from ocgdesk.domain.charts import Cover
from ocgdesk.domain.dates import LONDON
from ocgdesk.i18n import N_, _
from ocgdesk.progress import Progress
from ocgdesk.store.reader import Reader
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.disclosure_dialog import Disclosure, DisclosureDialog, documents_folder
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.worker import Call

_FORMATS: Final = (
    ("png", N_("PNG picture")),
    ("svg", N_("SVG drawing")),
    ("pdf", N_("PDF page")),
    ("json", N_("JSON data")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What is to leave, as it may leave."""

    said: Said
    render: Callable[[Cover, str], Call]
    """How it is painted in the worker process, for a cover and a format."""
    plain: Mapping[str, Any]
    subjects: tuple[int, ...]


class PicturePapers(QObject):
    """Exports the picture of one page. Nothing is journalled before it is ready to leave."""

    written = Signal(object)
    """The Path of a file that is now there."""
    told = Signal(str)
    """What was done, for a toast."""

    def __init__(self, desk: Desk, title: str, label: str, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._title = title
        self._label = label
        self._over = over
        self._job: Job | None = None

    def ask(self, what: str, name: str, prepare: Callable[[Reader], Leaving]) -> None:
        """Ask for whom, why, where to and in which format; then write what ``prepare`` returns."""
        about = self._desk.workspace.about
        dialog = DisclosureDialog(
            what,
            documents_folder() / f"{name}-{self._desk.today():%Y-%m-%d}.png",
            marking=about.marking.value,
            synthetic=about.synthetic,
            title=self._title,
            formats=_FORMATS,
            parent=self._over,
        )
        dialog.accepted.connect(partial(self._on_asked, dialog, prepare))
        dialog.open()

    def cancel(self) -> None:
        """Stop what is being made. What has been journalled as leaving still leaves."""
        if self._job is not None:
            self._job.cancel()

    def _on_asked(self, dialog: DisclosureDialog, prepare: Callable[[Reader], Leaving]) -> None:
        if (asked := dialog.disclosure) is not None:
            self.export(asked, prepare)

    def export(self, asked: Disclosure, prepare: Callable[[Reader], Leaving]) -> None:
        """Write the picture as it was decided."""
        picture_papers.format_of(asked.path)
        task = partial(_prepared, desk=self._desk, prepare=prepare)
        self._job = self._desk.run(self._title, task, partial(self._on_prepared, asked))

    def _on_prepared(self, asked: Disclosure, found: tuple[Leaving, Cover]) -> None:
        leaving, cover = found
        write = partial(self._write, asked, leaving.subjects)
        if asked.format == "json":
            write(picture_papers.as_json(leaving.plain, cover))
            return
        call = leaving.render(cover, asked.format)
        self._job = self._desk.compute(self._title, call, write)

    def _write(self, asked: Disclosure, subjects: tuple[int, ...], data: bytes) -> None:
        task = partial(self._disclosed, asked, subjects, data)
        self._job = self._desk.background("", task, self._done)

    def _disclosed(
        self, asked: Disclosure, subjects: tuple[int, ...], data: bytes, _progress: Progress
    ) -> Path:
        return picture_papers.to_file(
            self._desk.workspace,
            self._label,
            data,
            asked.path,
            subjects,
            recipient=asked.recipient,
            reason=asked.reason,
        )

    def _done(self, path: Path) -> None:
        self._job = None
        self.written.emit(path)
        self.told.emit(_("Written: {name}").format(name=path.name))


def _prepared(
    reader: Reader, _progress: Progress, *, desk: Desk, prepare: Callable[[Reader], Leaving]
) -> tuple[Leaving, Cover]:
    leaving = prepare(reader)
    cover = picture_papers.cover(
        desk.workspace,
        leaving.said,
        author=desk.settings.author,
        agency=desk.settings.agency,
        now=datetime.now(LONDON),
    )
    return leaving, cover
