"""The parts of the import page and their places; what they do is the page's."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework import files, import_lines
from ocgdesk.casework.import_lines import Checked
from ocgdesk.i18n import _
from ocgdesk.ui.navigation import Page
from ocgdesk.ui.pages.import_check import CheckView
from ocgdesk.ui.pages.import_columns import ColumnsPanel
from ocgdesk.ui.pages.import_parts import Footer
from ocgdesk.ui.pages.import_steps import Steps
from ocgdesk.ui.pages.import_views import DoneView, ReadingView
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.headers import PageHeader, page_margin
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner


class ImportFrame(Page):
    """Header with the steps, one part of the work below it, and the way in at the foot."""

    checked: Checked | None
    """What was read, ready to be looked at."""

    def _build(self) -> None:
        self.header = PageHeader(_("Import"), _("Nothing is written until you take it in"))
        self.steps = Steps()
        self.header.add_action(self.steps)
        self.error = ErrorBanner(closable=True, parent=self)
        self.empty = EmptyState(_("Drop a file anywhere."), _("Choose files"), icon="page.import")
        self.body = QStackedWidget()
        self.reading, self.check, self.done = ReadingView(), CheckView(), DoneView()
        self.columns_panel = ColumnsPanel()
        for part in (self.empty, self.reading, self.check, self.columns_panel, self.done):
            self.body.addWidget(part)
        self.footer = Footer()
        self._foot_rule = Rule(role="line.2")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._error_row = QHBoxLayout()
        self._error_row.addWidget(self.error)
        column.addWidget(self.header)
        column.addLayout(self._error_row)
        column.addWidget(self.body, 1)
        column.addWidget(self._foot_rule)
        column.addWidget(self.footer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_margins()

    def _fit_margins(self) -> None:
        side = page_margin(self)
        self._error_row.setContentsMargins(side, 0, side, 0)

    def _show(self, part: QWidget, *, step: str, foot: bool = True) -> None:
        self.body.setCurrentWidget(part)
        self.steps.show_step(step, done=part is self.done)
        self.footer.setVisible(foot)
        self._foot_rule.setVisible(foot)

    @Slot()
    def _on_save(self) -> None:
        if self.checked is None:
            return
        name = f"{self.checked.paths[0].stem}-problems.csv"
        path, _filter = QFileDialog.getSaveFileName(self, _("Save the bad rows"), name, "*.csv")
        if path:
            self.save_bad(Path(path))

    def save_bad(self, path: Path) -> None:
        """Write the rows with problems, each with its reason, as a file."""
        if (checked := self.checked) is None:
            return
        self.desk.background(
            _("Save the bad rows"),
            lambda _progress: files.write(path, import_lines.bad_rows(checked)),
            self._on_saved,
        )

    @Slot(object)
    def _on_saved(self, path: Path) -> None:
        self.said.emit(_("Saved as {name}").format(name=path.name))
