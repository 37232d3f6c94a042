"""Taking a file in: drop it, see what it would do, put right what can be, take in the rest."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final
from uuid import UUID

from PySide6.QtCore import QModelIndex, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from ocgdesk.casework import chart_papers, import_lines, imports
from ocgdesk.casework.import_lines import Checked, Line, Lines, State
from ocgdesk.casework.imports import Proposal, Standing
from ocgdesk.domain.changes import ChangeSet
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.domain.things import Entity
from ocgdesk.errors import DeskError
from ocgdesk.exchange.mapping import Target as Use
from ocgdesk.i18n import _, ngettext
from ocgdesk.progress import Progress
from ocgdesk.store.journal import Act
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work
from ocgdesk.ui import theme, words
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.delegates.tables import RowTable
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.fonts import px
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.models.import_model import BAD, LinesModel, ProblemsModel
from ocgdesk.ui.navigation import Page, PageKind, Target
from ocgdesk.ui.pages.import_parts import ColumnsPanel, Footer, ReadPanel, taken_words
from ocgdesk.ui.pages.import_steps import Count, CountTiles, Steps
from ocgdesk.ui.widgets.buttons import Segment, SegmentedControl, outline, primary
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.headers import PageHeader, page_margin
from ocgdesk.ui.widgets.labels import IconLabel, Label
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner
from ocgdesk.ui.widgets.strands import ProgressBar

MOST_ON_CHART: Final = 300
"""More records than this are not offered as one chart: they would not be read on it."""
_FILTER: Final = "*.csv *.tsv *.txt *.xlsx *.xlsm"
_WIDEST: Final = 320
_SAMPLE: Final = 60

Task = Callable[[Reader, Progress], Checked]
Answer = Checked | DeskError


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
        self._asked: Job | None = None
        self._writing: Job | None = None
        self._stale = False
        self._panel: ReadPanel | None = None
        self._build()
        self._wire()
        theme.follow(self, self._fit_columns)
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
                today=self.desk.today(),
            )
        )

    def open_files(self, paths: Sequence[Path]) -> None:
        """Begin with other files."""
        self.paths = tuple(paths)
        self.kind, self._add_missing, self.taken = None, False, None
        self.columns = {}
        self.tiles.choose("all")
        self.became.emit(replace(self.target, files=self.paths))
        self.refresh()

    def ready(self) -> bool:
        return self._asked is None and self._writing is None

    def leave(self) -> None:
        if self._asked is not None:
            self._asked.cancel()

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
        self._build_reading()
        self._build_draft()
        self._build_done()
        for part in (self.empty, self.reading, self.draft, self.columns_panel, self.done):
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

    def _build_reading(self) -> None:
        self.reading = QWidget()
        self.reading_words = Label(_("Reading…"), ink="text.2")
        self.reading_bar = ProgressBar(width=240)
        self.stop_button = outline(_("Cancel"))
        column = QVBoxLayout(self.reading)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        for part in (self.reading_words, self.reading_bar, self.stop_button):
            row = QHBoxLayout()
            row.addWidget(part)
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(1)

    def _build_draft(self) -> None:
        self.draft = QWidget()
        self.tiles = CountTiles()
        self.switch = SegmentedControl(
            (
                Segment("records", _("Records")),
                Segment("links", _("Links")),
                Segment("problems", _("Problems")),
            )
        )
        self.model, self.problems = LinesModel(self), ProblemsModel(self)
        self.table = RowTable(name=_("Rows of the file"), density=Density.COMPACT)
        self.table.setModel(self.model)
        self.problem_table = RowTable(name=_("Problems of the file"), density=Density.COMPACT)
        self.problem_table.setModel(self.problems)
        self.columns_panel = ColumnsPanel()
        self.tables = QStackedWidget()
        self.tables.addWidget(self.table)
        self.tables.addWidget(self.problem_table)
        column = QVBoxLayout(self.draft)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._tools = QVBoxLayout()
        self._tools.setSpacing(8)
        self._tools.addWidget(self.tiles)
        row = QHBoxLayout()
        row.addWidget(self.switch)
        row.addStretch(1)
        self._tools.addLayout(row)
        column.addLayout(self._tools)
        column.addWidget(Rule(role="line.2"))
        column.addWidget(self.tables, 1)

    def _build_done(self) -> None:
        self.done = QWidget()
        self.done_words = Label("", step="section", wrap=True)
        self.undo_button = outline(_("Undo"), icon="action.undo", key="Ctrl+Z")
        self.chart_button = primary(_("Chart these"), icon="action.chart")
        self.register_button = outline(_("Open the register"), icon="page.table")
        self.more_button = outline(_("Import another file"), icon="page.import")
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(IconLabel("status.ok", "ok", 20))
        head.addWidget(self.done_words, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (
            self.chart_button,
            self.register_button,
            self.undo_button,
            self.more_button,
        ):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self.done)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(16)
        column.addLayout(head)
        column.addLayout(row)
        column.addStretch(1)

    def _wire(self) -> None:
        self.empty.acted.connect(self._on_choose)
        self.error.acted.connect(self._on_choose)
        self.steps.chosen.connect(self._on_step)
        self.tiles.chosen.connect(self._show_rows)
        self.switch.chosen.connect(self._on_switch)
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.problem_table.opened.connect(self._on_problem)
        self.columns_panel.kind_chosen.connect(self._on_kind)
        self.columns_panel.column_chosen.connect(self._on_column)
        self.footer.take_button.clicked.connect(self.take_in)
        self.footer.save_button.clicked.connect(self._on_save)
        self.footer.cancel_button.clicked.connect(self._on_cancel)
        self.stop_button.clicked.connect(self._on_stop)
        self.undo_button.clicked.connect(self._on_undo)
        self.chart_button.clicked.connect(self._on_chart)
        self.register_button.clicked.connect(self._on_register)
        self.more_button.clicked.connect(self._on_choose)
        self.desk.changed.connect(self._on_changed)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.take_in)
        QShortcut(QKeySequence("F8"), self).activated.connect(self.next_problem)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit_margins()

    def _fit_margins(self) -> None:
        side = page_margin(self)
        self._tools.setContentsMargins(side, 0, side, px(12))
        self._error_row.setContentsMargins(side, 0, side, 0)

    # ---- Reading ------------------------------------------------------------------------------

    def _read(self, task: Task) -> None:
        if self._asked is not None:
            self._asked.cancel()
        self._stale = False
        self.error.say("")
        self._show(self.reading, step="file", foot=False)
        self.reading_words.setText(_("Reading…"))
        self.reading_bar.show_share(0.0, _("Reading"))
        self.inspected.emit(None)
        job = self.desk.run(_("Read files"), partial(_answer, task), self._on_checked)
        job.progressed.connect(self._on_progress)
        job.finished.connect(partial(self._on_read_ended, job))
        self._asked = job

    @Slot(int, int, str)
    def _on_progress(self, done: int, total: int, what: str) -> None:
        self.reading_words.setText(f"{what} · {done:,} / {total:,}" if total else what)
        self.reading_bar.show_share(done / total if total else 0.0, what)

    @Slot(object)
    def _on_checked(self, answer: Answer) -> None:
        if isinstance(answer, DeskError):
            self._show_empty(str(answer))
            return
        self.checked = answer
        self._show_draft(answer)

    def _on_read_ended(self, job: Job) -> None:
        if self._asked is job:
            self._asked = None

    @Slot()
    def _on_stop(self) -> None:
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
        self._show_empty("")

    # ---- Showing ------------------------------------------------------------------------------

    def _show_empty(self, sentence: str) -> None:
        self.checked = None
        self.header.set_title(_("Import"), _("Nothing is written until you take it in"))
        self._show(self.empty, step="file", foot=False)
        self.error.say(sentence, _("Choose other files") if sentence else "")
        self.inspected.emit(None)
        self.told.emit(())

    def _show_draft(self, checked: Checked) -> None:
        names = _names(checked.paths)
        self.header.set_title(_("Draft: {files}").format(files=names), _basis(checked))
        self.titled.emit(_("Draft: {files}").format(files=names))
        self.columns_panel.show_checked(checked)
        self.footer.show_checked(checked)
        self.problems.show_problems(checked.draft.problems)
        self._offer_parts(checked)
        if checked.draft.needs_kind:
            self._show(self.columns_panel, step="columns")
        else:
            self._show(self.draft, step="check")
        self._show_rows()
        self._fit_columns()
        if (panel := self.inspector()) is not None:
            self.inspected.emit(panel)

    def _show(self, part: QWidget, *, step: str, foot: bool = True) -> None:
        self.body.setCurrentWidget(part)
        self.steps.show_step(step, done=part is self.done)
        self.footer.setVisible(foot)
        self._foot_rule.setVisible(foot)

    def _offer_parts(self, checked: Checked) -> None:
        """Offer records, links and problems, where there are several of these."""
        parts = {
            "records": len(checked.records) > 0 or not len(checked.links),
            "links": len(checked.links) > 0,
            "problems": bool(checked.draft.problems),
        }
        offered = [part for part, there in parts.items() if there]
        self.switch.offer(offered)
        self.switch.setVisible(len(offered) > 1)

    @Slot()
    def _show_rows(self) -> None:
        """Show the rows of the part and count chosen."""
        checked, part = self.checked, self.switch.current
        if checked is None:
            return
        self.tables.setCurrentWidget(self.problem_table if part == "problems" else self.table)
        lines = checked.links if part == "links" else checked.records
        columns = checked.link_columns if part == "links" else checked.columns
        self.tiles.show_counts(_counts(lines))
        states = _STATES.get(self.tiles.current, ())
        kind = Kind.LINK if part == "links" else checked.draft.kind
        self.model.show_lines(lines, columns, states, icon=words.icon_of(kind))
        self._tell()

    @Slot(str)
    def _on_switch(self, _part: str) -> None:
        self._show_rows()
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Give each column the room its first rows want; more are not looked at."""
        for view in (self.table, self.problem_table):
            model = view.model()
            rows = range(min(model.rowCount(), _SAMPLE))
            for column in range(model.columnCount()):
                wide = view.heading.sectionSizeFromContents(column).width()
                hints = (view.sizeHintForIndex(model.index(row, column)).width() for row in rows)
                view.setColumnWidth(column, min(max([wide, *hints]), px(_WIDEST)))

    def _tell(self) -> None:
        chosen = len(self.table.selectionModel().selectedRows())
        count = self.model.rowCount()
        row_words = ngettext("{n} row", "{n} rows", count).format(n=f"{count:,}")
        if chosen:
            row_words += ", " + _("{n} selected").format(n=f"{chosen:,}")
        self.told.emit((row_words, _("One undo step when taken in")))

    # ---- The inspector ------------------------------------------------------------------------

    def _new_panel(self, checked: Checked) -> ReadPanel:
        self._panel = ReadPanel(checked)
        self._panel.missing_wanted.connect(self._on_missing)
        self._panel.show_line(self._current_line())
        return self._panel

    def _current_line(self) -> Line | None:
        row = self.table.currentIndex().row()
        return self.model.line(row) if 0 <= row < self.model.rowCount() else None

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, _now: QModelIndex, _before: QModelIndex) -> None:
        if self._panel is not None and isValid(self._panel):
            self._panel.show_line(self._current_line())
        self._tell()

    @Slot()
    def _on_missing(self) -> None:
        if self.checked is not None:
            self._add_missing = True
            # not while its own button, in the inspector, is still being pressed
            task = partial(import_lines.with_missing, checked=self.checked)
            QTimer.singleShot(0, self, partial(self._read, _by_progress(task)))

    # ---- Choosing -----------------------------------------------------------------------------

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
            self._show(self.columns_panel if step == "columns" else self.draft, step=step)

    @Slot(str)
    def _on_kind(self, kind: str) -> None:
        if kind:
            self.kind = Kind(kind)
            self.columns = {}
            self.refresh()

    @Slot(str, str)
    def _on_column(self, header: str, key: str) -> None:
        if self.checked is None:
            return
        choices = import_lines.choices(self.checked.draft.kind)
        if (found := next((c for c in choices if c.key == key), None)) is not None:
            self.columns[header] = found.target
            self.refresh()

    @Slot()
    def next_problem(self) -> None:
        """Go to the next row with a problem."""
        if self.checked is None or self.body.currentWidget() is not self.draft:
            return
        if self.switch.current == "problems":
            self._step_problems()
            return
        row = self.model.next_problem(self.table.currentIndex().row())
        if row >= 0:
            self._go_to(row, "")

    def _step_problems(self) -> None:
        if count := self.problems.rowCount():
            self.problem_table.selectRow((self.problem_table.currentIndex().row() + 1) % count)

    @Slot(int)
    def _on_problem(self, at: int) -> None:
        """Show the row a problem is in."""
        problem, checked = self.problems.problem(at), self.checked
        if checked is None:
            return
        of_links = any((x.file, x.number) == (problem.file, problem.row) for x in checked.links.all)
        self.switch.choose("links" if of_links else "records")
        self.tiles.choose("all")
        self._on_switch("")
        row = self.model.row_of(problem.file, problem.row)
        if row >= 0:
            self._go_to(row, problem.column)

    def _go_to(self, row: int, column: str) -> None:
        line = self.model.line(row)
        column = column or next((p.column for p in line.problems if p.column), "")
        index = self.model.index(row, max(0, self.model.column_of(column)))
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)
        self.table.setFocus()

    # ---- Taking in ----------------------------------------------------------------------------

    @Slot()
    def take_in(self) -> None:
        """Write all new and changed rows as one act."""
        checked = self.checked
        ready = self.body.currentWidget() in {self.draft, self.columns_panel}
        if checked is None or not ready or not checked.wanted or self._writing is not None:
            return
        self.footer.take_button.refuse(_("Being taken in"))
        job = self.desk.write(
            _label(checked),
            partial(_take_in, proposal=checked.proposal),
            partial(self._on_taken, checked),
            right=Right.IMPORT,
            act=Act.COLLECTION,
            detail=imports.journal_detail(checked.proposal),
        )
        job.progressed.connect(self._on_written)
        job.finished.connect(self._on_write_ended)
        self._writing = job

    @Slot(int, int, str)
    def _on_written(self, done: int, total: int, what: str) -> None:
        self.footer.words.setText(f"{what} · {done:,} / {total:,}")

    def _on_taken(self, checked: Checked, _changes: ChangeSet) -> None:
        self.taken = checked
        self.done_words.setText(_("Taken in: {what}.").format(what=taken_words(checked)))
        ids = self._new_ids(checked)
        self.chart_button.setVisible(0 < len(ids) <= MOST_ON_CHART)
        self.header.set_title(_names(checked.paths), _("Taken in as one act; undo takes it back"))
        self.titled.emit(_names(checked.paths))
        self._show(self.done, step="take-in", foot=False)
        self.inspected.emit(None)
        self.told.emit((self.done_words.text(),))

    @Slot()
    def _on_write_ended(self) -> None:
        self._writing = None
        if self.taken is None and self.checked is not None:
            self.footer.show_checked(self.checked)
        if self._stale:
            self.refresh()

    @staticmethod
    def _new_ids(checked: Checked) -> tuple[UUID, ...]:
        rows = checked.proposal.rows
        written = (row.after for row in rows if row.standing is not Standing.SAME)
        ids = (thing.id for thing in written if isinstance(thing, Entity))
        return tuple(islice(ids, MOST_ON_CHART + 1))

    @Slot()
    def _on_undo(self) -> None:
        self.desk.undo()

    @Slot()
    def _on_chart(self) -> None:
        if self.taken is not None:
            ids = self._new_ids(self.taken)
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
        checked = self.checked
        if checked is None:
            return
        self.desk.background(
            _("Save the bad rows"),
            lambda _progress: chart_papers.write(path, import_lines.bad_rows(checked)),
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


_STATES: Final = {
    "new": (State.NEW,),
    "changed": (State.CHANGED,),
    "same": (State.SAME,),
    "problems": BAD,
}


def _counts(lines: Lines) -> tuple[Count, ...]:
    return (
        Count(key="all", count=len(lines), word=_("all"), icon="action.rows"),
        Count(
            key="new", count=lines.count(State.NEW), word=_("new"), icon="status.added", tone="ok"
        ),
        Count(
            key="changed",
            count=lines.count(State.CHANGED),
            word=_("changed"),
            icon="status.changed",
            tone="info",
        ),
        Count(key="same", count=lines.count(State.SAME), word=_("same"), icon="status.same"),
        Count(
            key="problems",
            count=lines.count(*BAD),
            word=_("problems"),
            icon="status.warning",
            tone="overdue",
        ),
    )


def _answer(task: Task, reader: Reader, progress: Progress) -> Answer:
    """Return what was read, or why it could not be: the page itself says so, in place."""
    try:
        return task(reader, progress=progress)  # type: ignore[call-arg]
    except DeskError as error:
        return error


def _by_progress(task: Callable[..., Checked]) -> Task:
    return lambda reader, progress: task(reader, progress=progress)


def _take_in(work: Work, progress: Progress, *, proposal: Proposal) -> int:
    return imports.take_in(work, proposal, progress)


def _names(paths: Sequence[Path]) -> str:
    names = [path.name for path in paths]
    if len(names) < 2:
        return "".join(names)
    return _("{some} and {last}").format(some=", ".join(names[:-1]), last=names[-1])


def _basis(checked: Checked) -> str:
    count = len(checked.records) + len(checked.links)
    row_words = ngettext("{n} row", "{n} rows", count).format(n=f"{count:,}")
    return " · ".join(
        (
            _("Nothing is written until you take it in"),
            row_words,
            _("read in {s} s").format(s=f"{max(checked.seconds, 0.1):.1f}"),
        )
    )


def _label(checked: Checked) -> str:
    """Name the act by what it makes; file names may name people."""
    kind = checked.draft.kind if len(checked.records) else Kind.LINK
    word = words.many(kind)
    word = word if word[1:2].isupper() else word.lower()
    return _("Import {what}").format(what=word)
