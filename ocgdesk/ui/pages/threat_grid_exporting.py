"""The threat grid leaves the page as a file: rendered, journalled as disclosed, then written."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import exports, files, threat_grid_papers
from ocgdesk.casework.exports import Export
from ocgdesk.casework.threat_grid import Grid
from ocgdesk.domain.dates import LONDON
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.progress import Progress
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.disclosure_dialog import Disclosure, DisclosureDialog, documents_folder

_FORMATS = (
    ("xlsx", N_("Excel workbook")),
    ("docx", N_("Word document")),
    ("pdf", N_("PDF")),
    ("csv", N_("CSV text")),
)


def suggested(today: date) -> Path:
    """Return where the file would go by default."""
    return documents_folder() / f"threat-grid-{today:%Y-%m-%d}.xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leaving:
    """What leaves: the rows as they are shown, and for whom."""

    grid: Grid
    asked: Disclosure
    filters: tuple[tuple[str, str], ...]


class ThreatGridPapers(QObject):
    """Asks where the grid is to go, and writes it there."""

    written = Signal(object, int)
    """The Path of a file that is now there, and how many rows it holds."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._over = over

    def ask(self, grid: Grid, filters: dict[str, str]) -> None:
        """Ask where the rows shown go, to whom and why."""
        about = self._desk.workspace.about
        n = len(grid.rows)
        dialog = DisclosureDialog(
            ngettext("{n} row", "{n} rows", n).format(n=f"{n:,}"),
            suggested(self._desk.today()),
            marking=about.marking.value,
            synthetic=about.synthetic,
            title=_("Export threat grid"),
            formats=_FORMATS,
            parent=self._over,
        )
        dialog.accepted.connect(partial(self._on_asked, dialog, grid, tuple(filters.items())))
        dialog.open()

    def _on_asked(
        self, dialog: DisclosureDialog, grid: Grid, filters: tuple[tuple[str, str], ...]
    ) -> None:
        if dialog.disclosure is not None:
            leaving = _Leaving(grid=grid, asked=dialog.disclosure, filters=filters)
            task = partial(self._render, leaving)
            self._desk.background(_("Export threat grid"), task, partial(self._disclose, leaving))

    def _render(self, leaving: _Leaving, progress: Progress) -> Export:
        said = exports.printed(
            self._desk.workspace,
            datetime.now(LONDON),
            author=self._desk.settings.author,
            filters=dict(leaving.filters),
        )
        return threat_grid_papers.make(leaving.grid, leaving.asked.format, said, progress)

    def _disclose(self, leaving: _Leaving, made: Export) -> None:
        asked = leaving.asked
        logged = self._desk.disclose(
            "Export threat grid",
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
