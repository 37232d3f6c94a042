"""A 4P plan that leaves the window: asked for whom and why, written, journalled as disclosed."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.domain.dates import LONDON
from ocgdesk.i18n import N_, _
from ocgdesk.progress import Progress
from ocgdesk.store.records import Brief
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.disclosure_dialog import (
    Disclosure,
    DisclosureDialog,
    Purpose,
    documents_folder,
)
from ocgdesk.ui.jobs import Job

_FORMATS: Final = (("docx", N_("Word document")), ("pdf", N_("PDF")))


class PlanPapers(QObject):
    """Exports the plan of one page."""

    told = Signal(str)
    """What was done, for a toast."""
    written = Signal(object)
    """The Path of a file that is now there."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._over = over
        self._before: Purpose | None = None
        self._under_way: Job | None = None

    def ask(self, ocg: Brief) -> None:
        """Ask for whom, why and where to; then write the plan of this OCG."""
        about = self._desk.workspace.about
        dialog = DisclosureDialog(
            _("The plan and the names of the records it touches"),
            suggested(ocg),
            marking=about.marking.value,
            synthetic=about.synthetic,
            title=_("Export 4P plan"),
            formats=_FORMATS,
            before=self._before,
            offer_names=True,
            parent=self._over,
        )
        dialog.accepted.connect(partial(self._on_accepted, dialog, ocg.id))
        dialog.open()

    def cancel(self) -> None:
        """Stop what is being made; what has been journalled as leaving still leaves."""
        if self._under_way is not None:
            self._under_way.cancel()

    def _on_accepted(self, dialog: DisclosureDialog, ocg: UUID) -> None:
        if (asked := dialog.disclosure) is not None:
            self._before = Purpose(recipient=asked.recipient, reason=asked.reason)
            write = partial(_write, desk=self._desk, ocg=ocg, asked=asked)
            self._under_way = self._desk.background(_("Export 4P plan"), write, self._on_written)

    def _on_written(self, path: Path) -> None:
        self.written.emit(path)
        self.told.emit(_("Written: {name}").format(name=path.name))


def suggested(ocg: Brief) -> Path:
    """Return where a plan would go by default; the name carries the reference, never a name."""
    return documents_folder() / f"{ocg.ref or 'plan'}-4p.docx"


def _write(_progress: Progress, *, desk: Desk, ocg: UUID, asked: Disclosure) -> Path:
    # Word's own library takes a tenth of a second to load: not while the page opens.
    from ocgdesk.casework import plan_papers

    settings = desk.settings
    return plan_papers.to_file(
        desk.workspace,
        ocg,
        asked.path,
        now=datetime.now(LONDON),
        author=settings.author,
        agency=settings.agency,
        recipient=asked.recipient,
        reason=asked.reason,
        named=asked.named_because,
    )
