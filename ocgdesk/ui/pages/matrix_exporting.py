"""The matrix leaves the page as a file: rendered, journalled as disclosed, then written."""

from datetime import datetime
from functools import partial

from ocgdesk.casework import exports, matrix_papers
from ocgdesk.casework.exports import Export
from ocgdesk.casework.matrix import Matrix
from ocgdesk.domain.dates import LONDON
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.progress import Progress
from ocgdesk.ui.dialogs.disclosure_dialog import Disclosure, documents_folder
from ocgdesk.ui.pages.leaving import Papers

_FORMATS = (("xlsx", N_("Excel workbook")), ("csv", N_("CSV text")))


class MatrixPapers(Papers):
    """Asks where the matrix is to go, and writes it there: a row is a pair of OCGs."""

    def ask(self, matrix: Matrix) -> None:
        """Ask where the matrix shown goes, to whom and why."""
        n = len(matrix.cells)
        self._ask(
            ngettext("{n:,} pair of OCGs", "{n:,} pairs of OCGs", n).format(n=n),
            documents_folder() / f"matrix-{self._desk.today():%Y-%m-%d}.xlsx",
            partial(self._on_decided, matrix),
            title=_("Export matrix"),
            formats=_FORMATS,
        )

    def _on_decided(self, matrix: Matrix, asked: Disclosure) -> None:
        task = partial(self._render, matrix, asked)
        self._desk.background(_("Export matrix"), task, partial(self._disclose, asked))

    def _render(self, matrix: Matrix, asked: Disclosure, progress: Progress) -> Export:
        author = self._desk.settings.author
        said = exports.printed(self._desk.workspace, datetime.now(LONDON), author=author)
        return matrix_papers.make(matrix, asked.format, said, progress)

    def _disclose(self, asked: Disclosure, made: Export) -> None:
        n = made.rows
        self._leave("Export matrix", asked, made.data, made.subjects, count=n, rows=n)
