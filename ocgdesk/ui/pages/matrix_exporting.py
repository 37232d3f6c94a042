"""The matrix leaves the page as a file: rendered, journalled as disclosed, then written."""

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import exports, files, matrix_papers
from ocgdesk.casework.exports import Export
from ocgdesk.casework.matrix import Matrix
from ocgdesk.domain.dates import LONDON
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.progress import Progress
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.disclosure_dialog import Disclosure, DisclosureDialog, documents_folder

_FORMATS = (("xlsx", N_("Excel workbook")), ("csv", N_("CSV text")))


class MatrixPapers(QObject):
    """Asks where the matrix is to go, and writes it there."""

    written = Signal(object, int)
    """The Path of a file that is now there, and how many pairs it holds."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._over = over

    def ask(self, matrix: Matrix) -> None:
        """Ask where the matrix shown goes, to whom and why."""
        about, n = self._desk.workspace.about, len(matrix.cells)
        dialog = DisclosureDialog(
            ngettext("{n:,} pair of OCGs", "{n:,} pairs of OCGs", n).format(n=n),
            documents_folder() / f"matrix-{self._desk.today():%Y-%m-%d}.xlsx",
            marking=about.marking.value,
            synthetic=about.synthetic,
            title=_("Export matrix"),
            formats=_FORMATS,
            parent=self._over,
        )
        dialog.accepted.connect(partial(self._on_asked, dialog, matrix))
        dialog.open()

    def _on_asked(self, dialog: DisclosureDialog, matrix: Matrix) -> None:
        if (asked := dialog.disclosure) is not None:
            task = partial(self._render, matrix, asked)
            self._desk.background(_("Export matrix"), task, partial(self._disclose, asked))

    def _render(self, matrix: Matrix, asked: Disclosure, progress: Progress) -> Export:
        author = self._desk.settings.author
        said = exports.printed(self._desk.workspace, datetime.now(LONDON), author=author)
        return matrix_papers.make(matrix, asked.format, said, progress)

    def _disclose(self, asked: Disclosure, made: Export) -> None:
        logged = self._desk.disclose(
            "Export matrix",
            made.subjects,
            reason=asked.reason,
            recipient=asked.recipient,
            format=asked.format,
            rows=made.rows,
        )
        if logged:
            self._desk.background(
                "",
                lambda _progress: files.write(asked.path, made.data),
                partial(self._on_written, made.rows),
            )

    def _on_written(self, rows: int, path: Path) -> None:
        self.written.emit(path, rows)
