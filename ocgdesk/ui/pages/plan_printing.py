"""A 4P plan on paper from the window: asked for whom and why, journalled as leaving, printed."""

from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from ocgdesk.domain.dates import LONDON
from ocgdesk.i18n import _
from ocgdesk.progress import Progress
from ocgdesk.store.records import Brief
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.disclosure_dialog import Purpose, PurposeDialog
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.plan import paper


class PlanPrints(QObject):
    """Prints the plan of one page; nothing is journalled before a printer was chosen."""

    told = Signal(str)

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._over = over
        self._under_way: Job | None = None

    def ask(self, ocg: Brief) -> None:
        """Ask for whom and why; then on which printer."""
        about = self._desk.workspace.about
        dialog = PurposeDialog(
            _("The plan and the names of the records it touches leave on paper. This is logged."),
            title=_("Print 4P plan"),
            accept=_("Choose a printer"),
            marking=about.marking.value,
            synthetic=about.synthetic,
            parent=self._over,
        )
        dialog.accepted.connect(partial(self._on_purpose, dialog, ocg.id))
        dialog.open()

    def cancel(self) -> None:
        """Stop what is being printed."""
        if self._under_way is not None:
            self._under_way.cancel()

    def _on_purpose(self, dialog: PurposeDialog, ocg: UUID) -> None:
        if dialog.purpose is None:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName("OCG Desk")  # shown in print queues: never a title with names in it
        choice = QPrintDialog(printer, self._over)
        choice.setModal(True)
        choice.finished.connect(partial(self._on_chosen, choice, printer, ocg, dialog.purpose))
        choice.show()

    def _on_chosen(
        self, choice: QPrintDialog, printer: QPrinter, ocg: UUID, purpose: Purpose, result: int
    ) -> None:
        choice.deleteLater()
        if result == QPrintDialog.DialogCode.Accepted:
            self.print_on(printer, ocg, purpose)

    def print_on(self, printer: QPrinter, ocg: UUID, purpose: Purpose) -> None:
        """Enter in the journal that the plan leaves, then print it."""
        out = partial(self._out, printer=printer, ocg=ocg, purpose=purpose)
        self._under_way = self._desk.background(_("Print 4P plan"), out, self._done)

    def _out(self, progress: Progress, *, printer: QPrinter, ocg: UUID, purpose: Purpose) -> int:
        # Papers bring a library that is slow to load: not while the page opens.
        from ocgdesk.casework import plan_papers

        settings = self._desk.settings
        made = plan_papers.leaving(
            self._desk.workspace,
            ocg,
            now=datetime.now(LONDON),
            author=settings.author,
            agency=settings.agency,
            recipient=purpose.recipient,
            reason=purpose.reason,
        )
        return paper.paint(made, printer, progress)

    def _done(self, pages: int) -> None:
        self.told.emit(_("Printed: {n} pages").format(n=pages) if pages > 1 else _("Printed"))
