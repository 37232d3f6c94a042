"""A return leaves the page as a file: made, journalled as disclosed, then written."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from ocgdesk.casework import exports, return_figure_files, return_figures, return_papers
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.returns import Return
from ocgdesk.i18n import N_, _
from ocgdesk.progress import Progress
from ocgdesk.reports import figure_painter
from ocgdesk.reports.paper_writers import WRITERS
from ocgdesk.ui.dialogs.disclosure_dialog import Disclosure, documents_folder
from ocgdesk.ui.pages.leaving import Papers
from ocgdesk.ui.worker import Call

_FORMATS = (
    ("xlsx", N_("Excel workbook")),
    ("docx", N_("Word document")),
    ("pdf", N_("PDF")),
    ("pptx", N_("PowerPoint")),
    ("csv", N_("CSV text")),
    ("png", N_("Figure as PNG")),
    ("svg", N_("Figure as SVG")),
)

_FIGURES = frozenset({"png", "svg"})
"""The formats of the figure rather than of the table."""


def suggested(made: Return, today: date) -> Path:
    """Return where the file would go by default."""
    return documents_folder() / f"return-{made.definition.code}-{today:%Y-%m-%d}.xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leaving:
    made: Return
    asked: Disclosure


class ReturnPapers(Papers):
    """Asks where a return is to go, and writes it there."""

    def ask(self, made: Return) -> None:
        """Ask where the return goes, to whom and why."""
        self._ask(
            _(made.definition.title),
            suggested(made, self._desk.today()),
            partial(self.leave, made),
            title=_("Export return"),
            formats=_FORMATS,
            offer_figure=True,
        )

    def leave(self, made: Return, asked: Disclosure) -> None:
        """Write a return, or its figure, as it was decided."""
        leaving = _Leaving(made=made, asked=asked)
        if asked.format in _FIGURES:
            self._draw(leaving)
            return
        task = partial(self._render, leaving)
        self._desk.background(_("Export return"), task, partial(self._disclose, leaving))

    def _draw(self, leaving: _Leaving) -> None:
        about = self._desk.workspace.about
        drawn = return_figure_files.marked(
            return_figures.figure(leaving.made), about.marking, synthetic=about.synthetic
        )
        call = Call.of(figure_painter.paint, drawn, leaving.asked.format)
        self._desk.compute(_("Export figure"), call, partial(self._disclose, leaving))

    def _render(self, leaving: _Leaving, progress: Progress) -> bytes:
        now, workspace = datetime.now(LONDON), self._desk.workspace
        said = exports.printed(
            workspace,
            now,
            author=self._desk.settings.author,
            filters=dict(leaving.made.filters),
        )
        is_drawn = leaving.asked.figure and leaving.asked.format in WRITERS
        return return_papers.make(
            leaving.made,
            leaving.asked.format,
            said,
            marking=workspace.about.marking,
            now=now,
            figures=return_figures.pictures(leaving.made) if is_drawn else (),
            progress=progress,
        )

    def _disclose(self, leaving: _Leaving, data: bytes) -> None:
        made = leaving.made
        self._leave(
            "Export return",
            leaving.asked,
            data,
            **return_papers.counted(made),
        )
