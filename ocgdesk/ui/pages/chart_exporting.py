"""Charts that leave the window: journalled as disclosed, made in the worker, then written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QMimeData, QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from ocgdesk.casework import chart_papers
from ocgdesk.domain.charts import Arrangement, Cover
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store.reader import Reader
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.worker import Call

_LONDON: Final = ZoneInfo("Europe/London")
_FILTERS: Final = {"PNG (*.png)": "png", "SVG (*.svg)": "svg", "PDF (*.pdf)": "pdf"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to leave: the chart as it is seen, its title, its filters in words."""

    arrangement: Arrangement
    title: str
    filters: tuple[str, ...]


class ExportDialog(QFileDialog):
    """Asks for a file to write, whose ending follows the format chosen."""

    def __init__(self, over: QWidget, name: str) -> None:
        super().__init__(over, _("Export chart"), f"{name}.png", ";;".join(_FILTERS))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setDefaultSuffix("png")
        self.filterSelected.connect(self._on_filter)

    @Slot(str)
    def _on_filter(self, chosen: str) -> None:
        self.setDefaultSuffix(_FILTERS[chosen])


class ChartPapers(QObject):
    """Exports and copies charts of one page."""

    written = Signal(object)
    """The Path of a file that is now there."""
    copied = Signal()
    told = Signal(str)
    """What was done, for a toast."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked: Callable[[], Asked] | None = None

    def ask(self, over: QWidget, name: str, asked: Callable[[], Asked]) -> None:
        """Ask where to and in which format, and write what is asked for then."""
        dialog = ExportDialog(over, name)
        self._asked = asked
        dialog.fileSelected.connect(self._on_chosen)
        dialog.open()

    @Slot(str)
    def _on_chosen(self, path: str) -> None:
        if self._asked is not None:
            self.export(Path(path), self._asked())

    def export(self, path: Path, asked: Asked) -> None:
        """Write the chart with its frame and marking; the ending of the name says the format."""
        kind = path.suffix.lstrip(".").lower()
        if kind not in chart_papers.FORMATS:
            formats = ", ".join(chart_papers.FORMATS)
            self._desk.refused.emit(Refused(_("A chart is written as {all}").format(all=formats)))
            return
        then = partial(self._render, path, kind, asked.arrangement)
        self._covered(_("Export chart"), asked, then)

    def copy(self, asked: Asked) -> None:
        """Put the chart on the clipboard as PNG, SVG and a table of its links."""
        self._covered(_("Copy chart"), asked, partial(self._take, asked.arrangement))

    def _covered(self, title: str, asked: Asked, then: "partial[None]") -> None:
        self._desk.run(title, lambda reader, _progress: self._cover(reader, asked), then)

    def _cover(self, reader: Reader, asked: Asked) -> tuple[Cover, tuple[int, ...]]:
        settings = self._desk.settings
        return chart_papers.cover(
            reader,
            asked.arrangement,
            title=asked.title,
            about=self._desk.workspace.about,
            author=settings.author or self._desk.user.display,
            agency=settings.agency,
            now=datetime.now(_LONDON),
            filters=asked.filters,
        )

    def _render(
        self,
        path: Path,
        kind: str,
        arrangement: Arrangement,
        covered: tuple[Cover, tuple[int, ...]],
    ) -> None:
        cover, subjects = covered
        if self._desk.disclose(_("Export chart"), subjects, format=kind):
            call = Call.of(chart_papers.render, arrangement, cover, kind)
            self._desk.compute(_("Export chart"), call, partial(self._write, path))

    def _write(self, path: Path, data: bytes) -> None:
        self._desk.background("", lambda _progress: chart_papers.write(path, data), self._done)

    def _done(self, path: Path) -> None:
        self.written.emit(path)
        self.told.emit(_("Written: {name}").format(name=path.name))

    def _take(self, arrangement: Arrangement, covered: tuple[Cover, tuple[int, ...]]) -> None:
        cover, subjects = covered
        if self._desk.disclose(_("Copy chart"), subjects, format="clipboard"):
            call = Call.of(chart_papers.clipboard, arrangement, cover)
            self._desk.compute(_("Copy chart"), call, self._put)

    def _put(self, data: tuple[bytes, bytes, str]) -> None:
        png, svg, html = data
        mime = QMimeData()
        mime.setData("image/png", png)
        mime.setData("image/svg+xml", svg)
        mime.setHtml(html)
        QGuiApplication.clipboard().setMimeData(mime)
        self.copied.emit()
        self.told.emit(_("Copied, with its marking"))
