"""The parts of the import page and their places; what they do is the page's."""

from pathlib import Path

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework import files, import_lines
from ocgdesk.casework.import_lines import Checked
from ocgdesk.domain.kinds import Kind
from ocgdesk.i18n import _
from ocgdesk.ui.dialogs.finds_dialog import FindsDialog
from ocgdesk.ui.navigation import Page
from ocgdesk.ui.pages.import_alike import AlikeLooking
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
    _stay: bool
    """Whether the columns stay before the user when the files are read again."""

    def _build(self) -> None:
        self.header = PageHeader(_("Import"), _("Nothing is written until you take it in"))
        self.steps = Steps()
        self.header.add_action(self.steps)
        self.error = ErrorBanner(closable=True, parent=self)
        self.empty = EmptyState("", parent=self)
        self.empty.show_words(
            _("Drop a file anywhere."),
            _("Choose files"),
            icon="page.import",
            other=_("Find in a report…"),
        )
        self.body = QStackedWidget()
        self.reading, self.check, self.done = ReadingView(), CheckView(), DoneView()
        self.columns_panel = ColumnsPanel()
        self.columns_panel.type_chosen.connect(self._on_type)
        self.types: dict[str, Kind] = {}
        for part in (self.empty, self.reading, self.check, self.columns_panel, self.done):
            self.body.addWidget(part)
        self.footer = Footer()
        self.alike = AlikeLooking(self.desk, self)
        self.alike.found.connect(self._on_alike)
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

    @Slot(str, str)
    def _on_type(self, word: str, kind: str) -> None:
        """Take all items of a type of a chart for this kind, or leave them out for ""."""
        self.types.pop(word, None)
        self.types |= {word: Kind(kind)} if kind else {}
        self._stay = True
        # not while the box that was chosen from is still at it
        QTimer.singleShot(0, self, self.refresh)

    @Slot(object, object)
    def _on_alike(self, before: Checked, found: Checked) -> None:
        """Show what new people may be on the register, where the draft is still that one."""
        if self.checked is before:
            self.checked = found
            self.check.keep_place()
            self.check.show_checked(found)

    @Slot()
    def _on_text(self) -> None:
        """Read a free text for what it identifies."""
        FindsDialog(self.desk, parent=self).open()

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
