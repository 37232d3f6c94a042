"""The check of an import: its rows beside what they would do, filtered, and its problems."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection
from typing import Final

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework.import_lines import Checked
from ocgdesk.casework.import_rows import Line, Lines, State
from ocgdesk.domain.kinds import Kind
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui import theme, words
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.delegates.tables import RowTable
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models.import_model import BAD, LinesModel, ProblemsModel, is_open
from ocgdesk.ui.pages.import_steps import Count, CountTiles
from ocgdesk.ui.widgets.buttons import Segment, SegmentedControl
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.headers import page_margin

_WIDEST: Final = 320
_SAMPLE: Final = 60
_DECIDED_WIDTH: Final = 256
_SHORT: Final = 260
"""Where a view is no higher than this, its bars make room for the rows."""
_STATES: Final = {
    "new": (State.NEW, State.APART, State.MAYBE),
    "changed": (State.CHANGED, State.TAKEN),
    "same": (State.SAME,),
    "problems": BAD,
}


class CheckView(QWidget):
    """Counts that filter, records or links row by row, and the list of problems."""

    line_chosen = Signal()
    marking = Signal()
    """Other rows are marked."""
    told = Signal(object)
    """A tuple of texts for the status bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._checked: Checked | None = None
        self._bar: QWidget | None = None
        self._place: tuple[str, int] | None = None
        self._build()
        self.tiles.chosen.connect(self.show_rows)
        self.switch.chosen.connect(self._on_switch)
        self.table.selectionModel().currentChanged.connect(self._on_row)
        self.table.selectionModel().selectionChanged.connect(self._on_marked)
        self.problem_table.opened.connect(self.show_problem)
        theme.follow(self, self._fit_columns)

    def show_checked(self, checked: Checked) -> None:
        """Show these files."""
        self._checked = checked
        self.problems.show_problems(checked.draft.problems)
        self._offer_parts(checked)
        self.show_rows()
        self._fit_columns()
        self._come_back()

    def _come_back(self) -> None:
        """Go to the row that was looked at, or the one after it."""
        if self._place is not None:
            row, self._place = self.model.row_from(*self._place), None
            if row >= 0:
                self.table.setCurrentIndex(self.model.index(row, 0))
                self.table.scrollTo(self.model.index(row, 0))

    def add_bar(self, bar: QWidget) -> None:
        """Put what is done with rows above them."""
        self._above.insertWidget(1, bar)
        self._bar = bar
        bar.hide()

    def show_all(self) -> None:
        """Let every row pass."""
        self.tiles.choose("all")

    def line(self) -> Line | None:
        """Return the row chosen."""
        row = self.table.currentIndex().row()
        return self.model.line(row) if 0 <= row < self.model.rowCount() else None

    def header(self) -> str:
        """Return the header of the column looked at."""
        return self.model.header_of(self.table.currentIndex().column())

    @property
    def shows_rows(self) -> bool:
        """Whether rows are in front, not the list of problems."""
        return self.tables.currentWidget() is self.table

    def marked(self) -> list[Line]:
        """Return the rows that are marked, in their order."""
        marked = self.table.selectionModel().selection()
        spans = sorted(
            (some.top(), some.bottom()) for some in map(marked.at, range(marked.count()))
        )
        return [self.model.line(row) for top, end in spans for row in range(top, end + 1)]

    def marked_count(self) -> int:
        """Return how many rows are marked."""
        marked = self.table.selectionModel().selection()
        return sum(marked.at(n).height() for n in range(marked.count()))

    def marked_open(self) -> list[Line]:
        """Return those of the rows marked that are not decided yet."""
        rows, found = self.model.open, list[Line]()
        marked = self.table.selectionModel().selection()
        for some in map(marked.at, range(marked.count())):
            begin, end = bisect_left(rows, some.top()), bisect_right(rows, some.bottom())
            found += map(self.model.line, rows[begin:end])
        return found

    def keep_place(self, *, beyond: Collection[str] = ()) -> None:
        """Come back to the row looked at when the files are shown again.

        With ``beyond``, what is being decided, to the next row that is still open.
        """
        line, now = self.line(), self.table.currentIndex().row()
        stays = line is not None and is_open(line, beyond)  # it makes another that is open
        if beyond and not stays and (row := self.model.next_open(now, beyond)) >= 0:
            line = self.model.line(row)
        self._place = (line.file, line.number) if line is not None else None

    def next_open(self) -> None:
        """Go to the next row that is not decided yet, round the end."""
        row = self.model.next_open(self.table.currentIndex().row())
        if row >= 0:
            self._go_to(row, "")

    def show_decided(self, checked: Checked) -> None:
        """Show the same files with what was decided since."""
        self._checked = checked
        self.problems.show_problems(checked.draft.problems)
        self.show_rows()
        if self.model.has_asked and self.table.columnWidth(1) < px(_DECIDED_WIDTH):
            self._fit_columns()
        self._come_back()
        self._widen()

    def next_problem(self) -> None:
        """Go to the next row with a problem, round the end."""
        if self.switch.current == "problems":
            if count := self.problems.rowCount():
                self.problem_table.selectRow((self.problem_table.currentIndex().row() + 1) % count)
            return
        row = self.model.next_problem(self.table.currentIndex().row())
        if row >= 0:
            self._go_to(row, "")

    @Slot(int)
    def show_problem(self, at: int) -> None:
        """Show the row a problem is in."""
        problem, checked = self.problems.problem(at), self._checked
        if checked is None:
            return
        ties = checked.links.all
        of_links = any((x.file, x.number) == (problem.file, problem.row) for x in ties)
        self.switch.choose("links" if of_links else "records")
        self.show_all()
        self._on_switch("")
        row = self.model.row_of(problem.file, problem.row)
        if row >= 0:
            self._go_to(row, problem.column)

    @Slot()
    def show_rows(self) -> None:
        """Show the rows of the part and count chosen."""
        checked, part = self._checked, self.switch.current
        if checked is None:
            return
        self.tables.setCurrentWidget(self.problem_table if part == "problems" else self.table)
        if self._bar is not None:
            self._bar.setEnabled(self.shows_rows)
        lines = checked.links if part == "links" else checked.records
        columns = checked.link_columns if part == "links" else checked.columns
        self.tiles.show_counts(_counts(lines))
        states = _STATES.get(self.tiles.current, ())
        kind = Kind.LINK if part == "links" else checked.draft.kind
        places = {"alike": lines.asked, "open": lines.open}.get(self.tiles.current)
        self.model.show_lines(lines, columns, states, places=places, icon=words.icon_of(kind))
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side, short = page_margin(self), self.height() < px(_SHORT)
        self._tools.setContentsMargins(0, 0, 0, px(6 if short else 12))
        self._above.setContentsMargins(side, 0, side, 0)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._tools.setDirection(across if short else down)

    def _build(self) -> None:
        self.tiles = CountTiles()
        parts = (("records", _("Records")), ("links", _("Links")), ("problems", _("Problems")))
        self.switch = SegmentedControl(tuple(Segment(key, title) for key, title in parts))
        self.model, self.problems = LinesModel(self), ProblemsModel(self)
        self.table = RowTable(name=_("Rows of the file"), density=Density.COMPACT)
        self.table.setModel(self.model)
        self.problem_table = RowTable(name=_("Problems of the file"), density=Density.COMPACT)
        self.problem_table.setModel(self.problems)
        self.tables = QStackedWidget()
        self.tables.addWidget(self.table)
        self.tables.addWidget(self.problem_table)
        self._tools = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._tools.setSpacing(8)
        self._tools.addWidget(self.tiles)
        row = QHBoxLayout()
        row.addWidget(self.switch)
        row.addStretch(1)
        self._tools.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._above = QVBoxLayout()
        self._above.setSpacing(0)
        self._above.addLayout(self._tools)
        column.addLayout(self._above)
        column.addWidget(Rule(role="line.2"))
        column.addWidget(self.tables, 1)

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

    def _fit_columns(self) -> None:
        """Give each column the room its first rows want; more are not looked at."""
        for view in (self.table, self.problem_table):
            model = view.model()
            rows = range(min(model.rowCount(), _SAMPLE))
            for column in range(model.columnCount()):
                wide = view.heading.sectionSizeFromContents(column).width()
                hints = (view.sizeHintForIndex(model.index(row, column)).width() for row in rows)
                view.setColumnWidth(column, min(max([wide, *hints]), px(_WIDEST)))
        if self.model.has_asked:  # the words for what is decided are longer than those before
            self.table.setColumnWidth(1, max(self.table.columnWidth(1), px(_DECIDED_WIDTH)))

    def _widen(self) -> None:
        """Give columns more room where a row in sight wants it: a change is longer than a value."""
        view, high = self.table, self.table.viewport().height()
        first, last = view.rowAt(0), view.rowAt(high)
        last = last if last >= 0 else self.model.rowCount() - 1
        for column in range(self.model.columnCount()):
            hints = (
                view.sizeHintForIndex(self.model.index(row, column)).width()
                for row in range(max(0, first), last + 1)
            )
            wide = min(max(hints, default=0), px(_WIDEST))
            if wide > view.columnWidth(column):
                view.setColumnWidth(column, wide)

    def _go_to(self, row: int, column: str) -> None:
        line = self.model.line(row)
        column = column or next((p.column for p in line.problems if p.column), "")
        index = self.model.index(row, max(0, self.model.column_of(column)))
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)
        self.table.setFocus()

    def _tell(self) -> None:
        chosen = self.marked_count()
        count = self.model.rowCount()
        row_words = ngettext("{n} row", "{n} rows", count).format(n=f"{count:,}")
        if chosen:
            row_words += ", " + _("{n} selected").format(n=f"{chosen:,}")
        self.told.emit((row_words, _("One undo step when taken in")))

    @Slot(str)
    def _on_switch(self, _part: str) -> None:
        self.show_rows()
        self._fit_columns()

    @Slot()
    def _on_marked(self) -> None:
        self.marking.emit()
        self._tell()

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.line_chosen.emit()


def _counts(lines: Lines) -> tuple[Count, ...]:
    return (
        Count(key="all", count=len(lines), word=_("all"), icon="action.rows"),
        Count(
            key="new",
            count=lines.count(*_STATES["new"]),
            word=_("new"),
            icon="status.added",
            tone="ok",
        ),
        Count(
            key="changed",
            count=lines.count(*_STATES["changed"]),
            word=_("changed"),
            icon="status.changed",
            tone="info",
        ),
        Count(key="same", count=lines.count(State.SAME), word=_("same"), icon="status.same"),
        Count(
            key="alike",
            count=len(lines.asked),
            word=ngettext("possible duplicate", "possible duplicates", len(lines.asked)),
            icon="status.duplicate",
        ),
        Count(
            key="open",
            count=len(lines.open),
            word=_("not yet decided"),
            icon="status.unknown",
            tone="due",
        ),
        Count(
            key="problems",
            count=lines.count(*BAD),
            word=ngettext("problem", "problems", lines.count(*BAD)),
            icon="status.warning",
            tone="overdue",
        ),
    )
