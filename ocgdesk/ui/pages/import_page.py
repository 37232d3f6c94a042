"""Taking a file in: drop it, see what it would do, put right what can be, take in the rest."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from ocgdesk.casework import files, import_choices, import_lines, imports
from ocgdesk.casework.import_lines import Checked
from ocgdesk.casework.import_repairs import NO_REPAIRS, Repairs
from ocgdesk.domain.changes import ChangeSet
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import DeskError
from ocgdesk.exchange.mapping import Target as Use
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.navigation import Page, PageKind, Target
from ocgdesk.ui.pages.import_check import CheckView
from ocgdesk.ui.pages.import_parts import ColumnsPanel, Footer, ReadPanel, taken_words
from ocgdesk.ui.pages.import_steps import Steps
from ocgdesk.ui.pages.import_views import (
    Answer,
    DoneView,
    ReadingView,
    Task,
    answer,
    basis_words,
    file_names,
    label_words,
)
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.headers import PageHeader, page_margin
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner

MOST_ON_CHART: Final = 300
"""More records than this are not offered as one chart: they would not be read on it."""
_FILTER: Final = "*.csv *.tsv *.txt *.xlsx *.xlsm"


class ImportPage(Page):
    """File, columns, check, take in. Nothing is written before the last."""

    icon = "page.import"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Import")
        self.paths: tuple[Path, ...] = target.files
        self.checked: Checked | None = None
        self.kind: Kind | None = None
        self.columns: dict[str, Use] = {}
        self.taken: Checked | None = None
        self._add_missing = False
        self._repairs = NO_REPAIRS
        self._stay = False
        self._asked: Job | None = None
        self._writing: Job | None = None
        self._stale = False
        self._panel: ReadPanel | None = None
        self._build()
        self._wire()
        self.refresh()

    def refresh(self) -> None:
        """Read the files again and compare them with the register as it is now."""
        if not self.paths:
            self._show_empty("")
            return
        self._read(
            partial(
                import_lines.check,
                paths=self.paths,
                kind=self.kind,
                columns=dict(self.columns),
                add_missing=self._add_missing,
                repairs=self._repairs,
                today=self.desk.today(),
            )
        )

    def open_files(self, paths: Sequence[Path]) -> None:
        """Begin with other files."""
        self.paths = tuple(paths)
        self.kind, self._add_missing, self.taken = None, False, None
        self.columns, self._repairs = {}, NO_REPAIRS
        self.check.show_all()
        self.became.emit(replace(self.target, files=self.paths))
        self.refresh()

    def ready(self) -> bool:
        return self._asked is None and self._writing is None

    def leave(self) -> None:
        self._stop()

    def inspector(self) -> QWidget | None:
        """Return how the file is read, and what is wrong with the row chosen."""
        if self.checked is None or self.taken is not None:
            return None
        return self._new_panel(self.checked)

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

    def _wire(self) -> None:
        self.empty.acted.connect(self._on_choose)
        self.error.acted.connect(self._on_choose)
        self.steps.chosen.connect(self._on_step)
        self.check.line_chosen.connect(self._on_line)
        self.check.told.connect(self.told)
        self.columns_panel.kind_chosen.connect(self._on_kind)
        self.columns_panel.column_chosen.connect(self._on_column)
        self.footer.take_button.clicked.connect(self.take_in)
        self.footer.save_button.clicked.connect(self._on_save)
        self.footer.cancel_button.clicked.connect(self._on_cancel)
        self.reading.stop_button.clicked.connect(self._on_stop)
        self.done.undo_button.clicked.connect(self._on_undo)
        self.done.chart_button.clicked.connect(self._on_chart)
        self.done.register_button.clicked.connect(self._on_register)
        self.done.more_button.clicked.connect(self._on_choose)
        self.desk.changed.connect(self._on_changed)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.take_in)
        QShortcut(QKeySequence("F8"), self).activated.connect(self._on_next)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_margins()

    def _fit_margins(self) -> None:
        side = page_margin(self)
        self._error_row.setContentsMargins(side, 0, side, 0)

    def _read(self, task: Task) -> None:
        self._stop()
        self._stale = False
        self.error.say("")
        self._show(self.reading, step="file", foot=False)
        self.reading.begin()
        self.inspected.emit(None)
        job = self.desk.run(_("Read files"), partial(answer, task), self._on_checked)
        job.progressed.connect(self.reading.show_progress)
        job.finished.connect(self._on_read_ended)
        self._asked = job

    @Slot(object)
    def _on_checked(self, answer: Answer) -> None:
        if isinstance(answer, DeskError):
            self._show_empty(str(answer))
            return
        self.checked = answer
        self._show_draft(answer)

    @Slot()
    def _on_read_ended(self) -> None:
        if self._asked is not None and self._asked.over:
            self._asked = None

    @Slot()
    def _on_stop(self) -> None:
        self._stop()
        self._show_empty("")

    def _stop(self) -> None:
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None

    def _show_empty(self, sentence: str) -> None:
        self.checked = None
        self.header.set_title(_("Import"), _("Nothing is written until you take it in"))
        self._show(self.empty, step="file", foot=False)
        self.error.say(sentence, _("Choose other files") if sentence else "")
        self.inspected.emit(None)
        self.told.emit(())

    def _show_draft(self, checked: Checked) -> None:
        names = file_names(checked.paths)
        self.header.set_title(_("Draft: {files}").format(files=names), basis_words(checked))
        self.titled.emit(_("Draft: {files}").format(files=names))
        self.columns_panel.show_checked(checked)
        self.footer.show_checked(checked)
        self.check.show_checked(checked)
        if checked.draft.needs_kind or self._stay:
            self._show(self.columns_panel, step="columns")
            self._stay = False
        else:
            self._show(self.check, step="check")
        if (panel := self.inspector()) is not None:
            self.inspected.emit(panel)

    def _show(self, part: QWidget, *, step: str, foot: bool = True) -> None:
        self.body.setCurrentWidget(part)
        self.steps.show_step(step, done=part is self.done)
        self.footer.setVisible(foot)
        self._foot_rule.setVisible(foot)

    def _new_panel(self, checked: Checked) -> ReadPanel:
        self._panel = ReadPanel(checked)
        self._panel.missing_wanted.connect(self._on_missing)
        self._panel.repairs_wanted.connect(self._on_repairs)
        self._panel.show_line(self.check.line(), self.check.header())
        return self._panel

    @Slot()
    def _on_line(self) -> None:
        if self._panel is not None and isValid(self._panel):
            self._panel.show_line(self.check.line(), self.check.header())

    @Slot(object)
    def _on_repairs(self, repairs: Repairs) -> None:
        """Read the files again with what was put right; then go on to the next problem."""
        if self.checked is None:
            return
        self._repairs = repairs
        self.kind = None if self.checked.draft.needs_kind else self.checked.draft.kind
        self.check.keep_place()
        # not while the button that was pressed, in the inspector, is still at it
        QTimer.singleShot(0, self, self.refresh)

    @Slot()
    def _on_missing(self) -> None:
        if self.checked is not None:
            self._add_missing = True
            # not while its own button, in the inspector, is still being pressed
            task = partial(import_lines.with_missing, checked=self.checked)
            QTimer.singleShot(0, self, partial(self._read, task))

    @Slot()
    def _on_choose(self) -> None:
        found, _kind = QFileDialog.getOpenFileNames(
            self, _("Choose files to import"), "", f"{_('Tables')} ({_FILTER});;{_('All')} (*)"
        )
        if found:
            self.open_files([Path(name) for name in found])

    @Slot(str)
    def _on_step(self, step: str) -> None:
        if step == "file":
            self._on_choose()
        elif self.checked is not None:
            self._show(self.columns_panel if step == "columns" else self.check, step=step)

    @Slot(str)
    def _on_kind(self, kind: str) -> None:
        if kind:
            self.kind = Kind(kind)
            self.columns, self._repairs = {}, NO_REPAIRS
            self.refresh()

    @Slot(str, str)
    def _on_column(self, header: str, key: str) -> None:
        if self.checked is None:
            return
        choices = import_choices.choices(self.checked.draft.kind)
        if (found := next((c for c in choices if c.key == key), None)) is not None:
            self.columns[header] = found.target
            self._stay = True
            self.refresh()

    @Slot()
    def _on_next(self) -> None:
        if self.checked is not None and self.body.currentWidget() is self.check:
            self.check.next_problem()

    @Slot()
    def take_in(self) -> None:
        """Write all new and changed rows as one act."""
        checked = self.checked
        ready = self.body.currentWidget() in {self.check, self.columns_panel}
        if checked is None or not ready or not checked.wanted or self._writing is not None:
            return
        self.footer.take_button.refuse(_("Being taken in"))
        label = label_words(checked)
        job = self.desk.write_whole(
            label,
            lambda workspace, progress: imports.take_in(
                workspace, checked.proposal, label, progress
            ),
            partial(self._on_taken, checked),
        )
        job.progressed.connect(self._on_written)
        job.finished.connect(self._on_write_ended)
        self._writing = job

    @Slot(int, int, str)
    def _on_written(self, done: int, total: int, what: str) -> None:
        self.footer.words.setText(f"{what} · {done:,} / {total:,}")

    def _on_taken(self, checked: Checked, _changes: ChangeSet) -> None:
        self.taken = checked
        self.done.words.setText(_("Taken in: {what}.").format(what=taken_words(checked)))
        ids = import_lines.written_ids(checked, MOST_ON_CHART + 1)
        self.done.chart_button.setVisible(0 < len(ids) <= MOST_ON_CHART)
        self.header.set_title(
            file_names(checked.paths), _("Taken in as one act; undo takes it back")
        )
        self.titled.emit(file_names(checked.paths))
        self._show(self.done, step="take-in", foot=False)
        self.inspected.emit(None)
        self.told.emit((self.done.words.text(),))

    @Slot()
    def _on_write_ended(self) -> None:
        self._writing = None
        if self.taken is None and self.checked is not None:
            self.footer.show_checked(self.checked)
        if self._stale:
            self.refresh()

    @Slot()
    def _on_undo(self) -> None:
        self.desk.undo()

    @Slot()
    def _on_chart(self) -> None:
        if self.taken is not None:
            ids = import_lines.written_ids(self.taken, MOST_ON_CHART)
            self.opened.emit(Target(page=PageKind.CHART, focus=ids), False)

    @Slot()
    def _on_register(self) -> None:
        if self.taken is not None:
            only_links = not len(self.taken.records)
            kind = Kind.LINK if only_links else self.taken.draft.kind
            self.opened.emit(Target(page=PageKind.REGISTER, kind=kind), False)

    @Slot()
    def _on_cancel(self) -> None:
        """Leave the files as they are; nothing was written."""
        self.paths = ()
        self._show_empty("")
        self.titled.emit(_("Import"))

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

    @Slot(object)
    def _on_changed(self, changed: Changed) -> None:
        """Compare again where the register changed under a draft, or what was taken in went."""
        if self._writing is not None:
            return
        if self.taken is not None:
            ids = {row.after.id for row in self.taken.proposal.rows[:1]}
            if changed.ids is not None and any(changed.concerns(id_) for id_ in ids):
                self.taken = None
                self.refresh()
        elif self.checked is not None and changed.touches(self.checked.draft.kind, Kind.LINK):
            self._stale = True
            if self.isVisible():
                self.refresh()
