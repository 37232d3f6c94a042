"""Charts on paper: sheets made in the worker, shown, journalled as leaving, then printed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QMarginsF, QObject, QRectF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import chart_papers, exports
from ocgdesk.domain.charts import Cover
from ocgdesk.errors import CannotWrite
from ocgdesk.i18n import _
from ocgdesk.progress import Progress
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.disclosure_dialog import Purpose
from ocgdesk.ui.dialogs.paper_fields import Paper
from ocgdesk.ui.dialogs.print_dialogs import PreviewDialog, PrintDialog
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.pages.chart_exporting import Asked, covering
from ocgdesk.ui.worker import Call

_PAGES: Final = {
    "a4": QPageSize.PageSizeId.A4,
    "a3": QPageSize.PageSizeId.A3,
    "a2": QPageSize.PageSizeId.A2,
    "a1": QPageSize.PageSizeId.A1,
    "slide": QPageSize.PageSizeId.A4,
}
_SEEN: Final = 1280
"""Pixels across that a sheet has in the preview."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Sheets that may be printed, and what the journal will say of them."""

    sheets: tuple[bytes, ...]
    seen: tuple[QImage, ...]
    paper: Paper
    purpose: Purpose
    subjects: tuple[int, ...]


class ChartPrints(QObject):
    """Prints the charts of one page. Nothing is journalled before somebody says "Print"."""

    told = Signal(str)
    previewed = Signal(object)
    """The PreviewDialog that is now shown."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._over = desk, over
        self._under_way: list[Job] = []

    def ask(self, asked: Callable[[], Asked]) -> None:
        """Ask for whom, why and on what; show the sheets of what is asked for then."""
        dialog = PrintDialog(asked().what, about=self._desk.workspace.about, parent=self._over)
        dialog.accepted.connect(partial(self._on_asked, dialog, asked))
        dialog.open()

    def preview(self, asked: Asked, paper: Paper, purpose: Purpose) -> None:
        """Make the sheets and show them."""
        then = partial(self._make, asked, paper, purpose)
        self._follow(self._desk.run(_("Print chart"), covering(self._desk, asked), then))

    def cancel(self) -> None:
        """Stop what is being made."""
        for job in self._under_way:
            job.cancel()
        self._under_way.clear()

    def _on_asked(self, dialog: PrintDialog, asked: Callable[[], Asked]) -> None:
        if dialog.purpose is not None:
            self.preview(asked(), dialog.paper, dialog.purpose)

    def _follow(self, job: Job) -> None:
        self._under_way = [known for known in self._under_way if not known.over]
        self._under_way.append(job)

    def _make(
        self, asked: Asked, paper: Paper, purpose: Purpose, covered: tuple[Cover, tuple[int, ...]]
    ) -> None:
        cover, subjects = covered
        call = Call.of(chart_papers.sheets, asked.arrangement, cover, paper.size, paper.tiles)
        then = partial(self._read, paper, purpose, subjects)
        self._follow(self._desk.compute(_("Print chart"), call, then))

    def _read(
        self, paper: Paper, purpose: Purpose, subjects: tuple[int, ...], sheets: tuple[bytes, ...]
    ) -> None:
        """Make small pictures of the sheets, beside the window's thread."""

        def small(_progress: Progress) -> Ready:
            seen = tuple(QImage.fromData(data).scaledToWidth(_SEEN) for data in sheets)
            return Ready(sheets, seen, paper, purpose, subjects)

        self._follow(self._desk.background("", small, self._show))

    def _show(self, ready: Ready) -> None:
        about = self._desk.workspace.about
        dialog = PreviewDialog(ready.seen, about=about, parent=self._over)
        dialog.wanted.connect(partial(self._on_wanted, ready))
        dialog.open()
        self.previewed.emit(dialog)

    def _on_wanted(self, ready: Ready) -> None:
        printer = printer_for(ready.paper)
        dialog = QPrintDialog(printer, self._over)
        dialog.setModal(True)
        dialog.finished.connect(partial(self._on_chosen, dialog, printer, ready))
        dialog.show()

    def _on_chosen(
        self, dialog: QPrintDialog, printer: QPrinter, ready: Ready, result: int
    ) -> None:
        dialog.deleteLater()
        if result == QPrintDialog.DialogCode.Accepted:
            self.print_on(printer, ready)

    def print_on(self, printer: QPrinter, ready: Ready) -> None:
        """Enter in the journal that the sheets leave, then print them."""
        workspace, purpose = self._desk.workspace, ready.purpose

        def out(progress: Progress) -> int:
            exports.disclose(
                workspace,
                "Print chart",
                ready.subjects,
                recipient=purpose.recipient,
                reason=purpose.reason,
                format="paper",
                sheets=len(ready.sheets),
            )
            paint(printer, ready.sheets, progress)
            return len(ready.sheets)

        self._follow(self._desk.background(_("Print chart"), out, self._done))

    def _done(self, n: int) -> None:
        self.told.emit(_("Printed: {n} sheets").format(n=n) if n > 1 else _("Printed"))


def printer_for(paper: Paper) -> QPrinter:
    """Return the usual printer, set to the paper a chart is put on."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    size = QPageSize(_PAGES[paper.tiles or paper.size])
    layout = QPageLayout(size, QPageLayout.Orientation.Landscape, QMarginsF())
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)
    printer.setFullPage(True)
    printer.setDocName("OCG Desk")  # shown in print queues: never a title with names in it
    return printer


def paint(printer: QPrinter, sheets: tuple[bytes, ...], progress: Progress) -> None:
    """Print sheets as large as the paper holds; CannotWrite where the printer does not answer."""
    painter = QPainter()
    if not painter.begin(printer):
        raise CannotWrite(_("The printer does not answer"))
    try:
        for at, data in enumerate(sheets):
            if at:
                printer.newPage()
            progress(at, len(sheets), _("Print chart"))
            image, room = QImage.fromData(data), QRectF(painter.viewport())
            scale = min(room.width() / image.width(), room.height() / image.height())
            wide, high = image.width() * scale, image.height() * scale
            left, top = (room.width() - wide) / 2, (room.height() - high) / 2
            painter.drawImage(QRectF(left, top, wide, high), image)
    finally:
        painter.end()
