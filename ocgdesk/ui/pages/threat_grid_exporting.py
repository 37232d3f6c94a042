"""The threat grid leaves the page as a file: rendered, journalled as disclosed, then written."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from ocgdesk.casework import exports, threat_grid_papers
from ocgdesk.casework.exports import Export
from ocgdesk.casework.threat_grid import Grid
from ocgdesk.domain.dates import LONDON
from ocgdesk.i18n import N_, _, ngettext
from ocgdesk.progress import Progress
from ocgdesk.ui.dialogs.disclosure_dialog import Disclosure, documents_folder
from ocgdesk.ui.pages.leaving import Papers

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


class ThreatGridPapers(Papers):
    """Asks where the grid is to go, and writes it there."""

    def ask(self, grid: Grid, filters: dict[str, str]) -> None:
        """Ask where the rows shown go, to whom and why."""
        n = len(grid.rows)
        self._ask(
            ngettext("{n} row", "{n} rows", n).format(n=f"{n:,}"),
            suggested(self._desk.today()),
            partial(self._on_decided, grid, tuple(filters.items())),
            title=_("Export threat grid"),
            formats=_FORMATS,
        )

    def _on_decided(
        self, grid: Grid, filters: tuple[tuple[str, str], ...], asked: Disclosure
    ) -> None:
        leaving = _Leaving(grid=grid, asked=asked, filters=filters)
        task = partial(self._render, leaving)
        self._desk.background(_("Export threat grid"), task, partial(self._disclose, asked))

    def _render(self, leaving: _Leaving, progress: Progress) -> Export:
        said = exports.printed(
            self._desk.workspace,
            datetime.now(LONDON),
            author=self._desk.settings.author,
            filters=dict(leaving.filters),
        )
        return threat_grid_papers.make(leaving.grid, leaving.asked.format, said, progress)

    def _disclose(self, asked: Disclosure, made: Export) -> None:
        n = made.rows
        self._leave("Export threat grid", asked, made.data, made.subjects, count=n, rows=n)
