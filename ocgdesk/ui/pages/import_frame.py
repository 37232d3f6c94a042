"""The parts of the import page and their places; what they do is the page's."""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from ocgdesk.casework import files, import_lines
from ocgdesk.casework.import_decisions import Alike
from ocgdesk.casework.import_lines import Checked
from ocgdesk.casework.import_repairs import Repairs
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import DeskError
from ocgdesk.exchange.raw import FOUND_OUT
from ocgdesk.exchange.running_text import RunningText
from ocgdesk.i18n import _
from ocgdesk.ui.dialogs.finds_dialog import FindsDialog
from ocgdesk.ui.navigation import Page, PageKind, Target
from ocgdesk.ui.pages.import_alike_box import AlikeBar
from ocgdesk.ui.pages.import_check import CheckView
from ocgdesk.ui.pages.import_columns import ColumnsPanel
from ocgdesk.ui.pages.import_deciding import Deciding
from ocgdesk.ui.pages.import_parts import Footer, ReadPanel
from ocgdesk.ui.pages.import_steps import Steps
from ocgdesk.ui.pages.import_text import TextOffer
from ocgdesk.ui.pages.import_views import DoneView, ReadingView
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.headers import PageHeader, page_margin
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner


class ImportFrame(Page):
    """Header with the steps, one part of the work below it, and the way in at the foot."""

    checked: Checked | None
    """What was read, ready to be looked at."""
    paths: tuple[Path, ...]
    _repairs: Repairs
    _stay: bool
    """Whether the columns stay before the user when the files are read again."""

    @abstractmethod
    def open_files(self, paths: Sequence[Path]) -> None:
        """Begin with other files."""

    @abstractmethod
    def _show_empty(self, sentence: str) -> None:
        """Show that there is no draft, and why."""

    def _build(self) -> None:
        self.header = PageHeader(_("Import"), _("Nothing is written until you take it in"))
        self.steps = Steps()
        self.header.add_action(self.steps)
        self.error = ErrorBanner(closable=True, parent=self)
        self.empty = EmptyState("", parent=self)
        self.empty.show_words(
            _("Drop a file anywhere, or paste a table with Ctrl+V."),
            _("Choose files"),
            icon="page.import",
            other=_("Find in a report…"),
        )
        self.body = QStackedWidget()
        self.reading, self.check, self.done = ReadingView(), CheckView(), DoneView()
        self.text_offer = TextOffer()
        self._report: UUID | None = None
        self.text_offer.acted.connect(self._on_look_through)
        self.text_offer.acted_otherwise.connect(self._on_as_table)
        self.columns_panel = ColumnsPanel()
        self.columns_panel.type_chosen.connect(self._on_type)
        self.types: dict[str, Kind] = {}
        parts = (self.empty, self.reading, self.check, self.columns_panel, self.done)
        for part in (*parts, self.text_offer):
            self.body.addWidget(part)
        self.footer = Footer()
        self.deciding = Deciding(self.desk, self.check, self)
        self.deciding.decisions = dict(self.target.decided)
        self.deciding.applied.connect(self._on_decided)
        self.deciding.alike.turned.connect(self._on_looking)
        self.alike_bar = AlikeBar(self.deciding)
        self.check.add_bar(self.alike_bar)
        self._panel: ReadPanel | None = None
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

    @Slot()
    def _on_looking(self) -> None:
        """Say whether it is still being looked for what the draft may double."""
        if self.checked is not None and self.footer.take_button.isEnabled():
            self.footer.show_looking(self.checked, looking=not self.deciding.alike.ready())

    @Slot(object)
    def _on_decided(self, found: Checked) -> None:
        """Show what new records may be, and what was decided of them."""
        if self.checked is None:
            return
        self.checked = found
        if self._panel is not None and isValid(self._panel):
            self._panel.follow(found)
        self.check.show_decided(found)
        self.footer.show_checked(found)
        decided = tuple(self.deciding.decisions.items())
        self.became.emit(replace(self.target, files=self.paths, decided=decided))

    @Slot()
    def _on_line(self) -> None:
        """Say of the row chosen what is wrong with it, and what it may be."""
        if self._panel is not None and isValid(self._panel):
            self._panel.show_line(self.check.line(), self.check.header())

    @Slot(object)
    def _on_known(self, alike: Alike) -> None:
        """Open the record that a row may be, beside the draft."""
        if self.checked is not None and (row := self.deciding.row()) is not None:
            target = Target(page=PageKind.RECORD, kind=row.after.kind, id=alike.id)
            self.opened.emit(target, True)

    @Slot()
    def _on_text(self) -> None:
        """Read a free text for what it identifies."""
        FindsDialog(self.desk, parent=self).open()

    def _say_why(self, error: DeskError) -> None:
        """Say why there is no draft; what is a report is offered to be looked through."""
        if not isinstance(error, RunningText):
            self._show_empty(str(error))
            return
        self.checked = None
        self.text_offer.offer(error)
        self.header.set_title(error.told.source.name, _("Nothing is written until you take it"))
        self._show(self.text_offer, step="file", foot=False)
        self.inspected.emit(None)
        if error.sure:
            self._on_look_through()

    @Slot()
    def _on_look_through(self) -> None:
        """Look through the file as a text; go to the report that came of it, or on."""
        if (source := self.text_offer.source()) is None:
            return
        dialog = FindsDialog(self.desk, source, parent=self)
        dialog.reported.connect(self._on_reported)
        dialog.finished.connect(self._on_looked_through)
        self._report = None
        dialog.open()

    @Slot(object)
    def _on_reported(self, report: UUID) -> None:
        self._report = report

    @Slot()
    def _on_looked_through(self) -> None:
        """Go to the report that came of the text; what else was dropped stays to be read."""
        found = self.text_offer.found
        if self._report is None or found is None:
            return
        target = Target(page=PageKind.RECORD, kind=Kind.REPORT, id=self._report)
        self.open_files([path for path in self.paths if path.name != found.told.source.name])
        self.opened.emit(target, False)

    @Slot()
    def _on_as_table(self) -> None:
        """Take the file for a table, as was said; it is not asked again."""
        if (found := self.text_offer.found) is not None:
            name = found.told.source.name
            how = replace(self._repairs.how.get(name, FOUND_OUT), as_table=True)
            self._repairs = replace(self._repairs, how={**self._repairs.how, name: how})
            self.refresh()

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
