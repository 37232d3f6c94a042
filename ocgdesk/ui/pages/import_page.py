"""Taking a file in: drop it, see what it would do, put right what can be, take in the rest."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from ocgdesk.casework import (
    import_choices,
    import_lines,
    import_mapping,
    import_specs,
    imports,
)
from ocgdesk.casework.import_lines import Checked
from ocgdesk.casework.import_repairs import NO_REPAIRS, Repairs
from ocgdesk.domain.changes import ChangeSet
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.errors import DeskError
from ocgdesk.exchange.mapping import Target as Use
from ocgdesk.exchange.specifications import Specification
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.import_frame import ImportFrame
from ocgdesk.ui.pages.import_parts import ReadPanel, taken_words
from ocgdesk.ui.pages.import_views import (
    FILES,
    PASTED,
    Answer,
    Task,
    answer,
    basis_words,
    file_names,
    label_words,
)
from ocgdesk.ui.shell.frame import bring_out_inspector

MOST_ON_CHART: Final = 300
"""More records than this are not offered as one chart: they would not be read on it."""


class ImportPage(ImportFrame):
    """File, columns, check, take in. Nothing is written before the last."""

    icon = "page.import"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Import")
        self.paths: tuple[Path, ...] = target.files
        self.checked: Checked | None = None
        self.kind: Kind | None = None
        self.columns: dict[str, Use] = {}
        self.specs: tuple[Specification, ...] | None = None
        self.taken: Checked | None = None
        self._add_missing = False
        self._repairs = NO_REPAIRS
        self._stay = False
        self._pasted: dict[str, bytes] = {}
        self._asked: Job | None = None
        self._writing: Job | None = None
        self._stale = False
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
                types=dict(self.types),
                specs=self.specs,
                pasted=self._pasted,
                add_missing=self._add_missing,
                repairs=self._repairs,
                today=self.desk.today(),
            )
        )

    def open_files(self, paths: Sequence[Path]) -> None:
        """Begin with other files."""
        self.paths = tuple(paths)
        self.kind, self._add_missing, self.taken = None, False, None
        self.columns, self._repairs, self.specs, self.types = {}, NO_REPAIRS, None, {}
        self.deciding.clear()
        self.check.show_all()
        self.became.emit(replace(self.target, files=self.paths, decided=()))
        self.refresh()

    @Slot()
    def paste(self) -> None:
        """Begin with the table that was copied in another program."""
        text = QApplication.clipboard().text()
        if not text.strip():
            self._show_empty(_("The clipboard holds no text."))
            return
        self._pasted = {PASTED: text.encode("utf-8")}
        self.open_files((Path(PASTED),))

    def ready(self) -> bool:
        return self._asked is None and self._writing is None and self.deciding.ready()

    def leave(self) -> None:
        self._stop()

    def inspector(self) -> QWidget | None:
        """Return how the file is read, and what is wrong with the row chosen."""
        if self.checked is None or self.taken is not None:
            return None
        return self._new_panel(self.checked)

    def _wire(self) -> None:
        self.empty.acted.connect(self._on_choose)
        self.empty.acted_otherwise.connect(self._on_text)
        self.error.acted.connect(self._on_choose)
        self.steps.chosen.connect(self._on_step)
        self.check.line_chosen.connect(self._on_line)
        self.check.told.connect(self.told)
        self.columns_panel.kind_chosen.connect(self._on_kind)
        self.columns_panel.column_chosen.connect(self._on_column)
        self.columns_panel.spec_chosen.connect(self._on_spec)
        self.columns_panel.making.specs_chosen.connect(self._on_specs)
        self.columns_panel.making.save_wanted.connect(self._on_keep)
        self.columns_panel.making.refused.connect(self.said)
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
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste)
        QShortcut(QKeySequence("F8"), self).activated.connect(self._on_next)
        QShortcut(QKeySequence("F2"), self).activated.connect(self._on_mend)
        self.check.table.opened.connect(self._on_mend)

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
            self._say_why(answer)
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
        self.deciding.stop()
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
        self.deciding.begin(checked)
        self.check.show_checked(checked)
        if checked.draft.needs_kind or self._stay:
            self._show(self.columns_panel, step="columns")
            self._stay = False
        else:
            self._show(self.check, step="check")
        if (panel := self.inspector()) is not None:
            self.inspected.emit(panel)

    def _new_panel(self, checked: Checked) -> ReadPanel:
        self._panel = ReadPanel(checked, self.deciding)
        self._panel.alike.opened.connect(self._on_known)
        self._panel.missing_wanted.connect(self._on_missing)
        self._panel.repairs_wanted.connect(self._on_repairs)
        self._panel.show_line(self.check.line(), self.check.header())
        return self._panel

    @Slot(object)
    def _on_repairs(self, repairs: Repairs) -> None:
        """Read the files again with what was put right; then go on to the next problem."""
        if self.checked is None:
            return
        self._repairs = repairs
        draft = self.checked.draft
        if draft.specs:
            self.specs = tuple(draft.specs[table.name] for table in self.checked.tables)
        else:
            self.kind = None if draft.needs_kind else draft.kind
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
            self, _("Choose files to import"), "", f"{_('Tables')} ({FILES});;{_('All')} (*)"
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
            self.kind, self.specs = Kind(kind), None
            self.columns, self._repairs = {}, NO_REPAIRS
            self.refresh()

    @Slot(str, str)
    def _on_column(self, header: str, key: str) -> None:
        if self.checked is None:
            return
        if key.startswith(import_mapping.NEW):
            guessed = import_mapping.of_draft(self.checked.draft)
            self._on_specs((import_mapping.reassigned(guessed, header, key),))
            return
        choices = import_choices.choices(self.checked.draft.kind)
        if (found := next((c for c in choices if c.key == key), None)) is not None:
            self.columns[header] = found.target
            self._stay = True
            self.refresh()

    @Slot(object)
    def _on_specs(self, specs: tuple[Specification, ...]) -> None:
        """Read the files by these specifications, and stay with their columns."""
        self.specs, self.kind, self.columns, self._stay = specs, None, {}, True
        # not while the box that was chosen from is still at it
        QTimer.singleShot(0, self, self.refresh)

    @Slot(str)
    def _on_spec(self, name: str) -> None:
        """Read the file by a specification it fits; by a guess for ""."""
        if self.checked is None:
            return
        found = (one.spec for one in self.checked.fits if one.spec.name == name)
        self._on_specs(tuple(found))

    @Slot(object)
    def _on_keep(self, spec: Specification) -> None:
        """Keep a specification in the workspace, and go on by it."""
        act = partial(import_specs.save, spec=spec)
        if self.desk.do(_("Save import specification"), act, right=Right.IMPORT):
            self.said.emit(_("Saved as {name}").format(name=spec.name))
            if self.checked is not None and len(self.checked.tables) == 1:
                self._on_specs((spec,))

    @Slot()
    def _on_next(self) -> None:
        if self.checked is not None and self.body.currentWidget() is self.check:
            self.check.next_problem()
            bring_out_inspector(self)

    def _on_mend(self) -> None:
        """Put the keys where the problem of the row is put right."""
        if self._panel is not None and self._panel.repair is not None:
            bring_out_inspector(self)
            self._panel.repair.begin()

    @Slot()
    def take_in(self) -> None:
        """Write all new and changed rows as one act."""
        checked = self.checked
        ready = self.body.currentWidget() in {self.check, self.columns_panel}
        if checked is None or not ready or not checked.wanted or self._writing is not None:
            return
        if self.deciding.hold(self.take_in):
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
        elif self.checked is not None and self.deciding.concerns(changed):
            self._stale = True
            if self.isVisible():
                self.refresh()
