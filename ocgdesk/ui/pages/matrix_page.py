"""The matrix: OCG by OCG, what each two share, ordered by cluster."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework import matrix
from ocgdesk.casework.matrix import SHARED, Matrix, Query
from ocgdesk.casework.moments import NOW, Moment
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.domain.people import Right
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _, ngettext
from ocgdesk.reports import chart_words
from ocgdesk.ui.chart.matrix_view import MatrixView
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages import chart_says
from ocgdesk.ui.pages.asking import AskingPage, Question
from ocgdesk.ui.pages.matrix_exporting import MatrixPapers
from ocgdesk.ui.widgets.buttons import outline, primary
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.headers import FilterBar, PageHeader
from ocgdesk.ui.widgets.inputs import CheckBox
from ocgdesk.ui.widgets.labels import ElidedLabel
from ocgdesk.ui.widgets.moments import MomentButton
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner

_LINKS = (Kind.LINK, Kind.MEMBERSHIP, Kind.ATTRIBUTION)


class MatrixPage(AskingPage):
    """A square a pair; Enter shows the two on the chart of OCGs."""

    icon = "page.matrix"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Matrix")
        self.moment = target.moment or NOW
        self.papers = MatrixPapers(desk, self)
        self._build()
        self._wire()
        self.refresh()

    @property
    def matrix(self) -> Matrix:
        """What is shown."""
        return self.table.matrix

    def question(self) -> Question:
        """Ask for what the ticked kinds have in common."""
        return partial(matrix.read, query=self._query())

    def show_answer(self, answer: Matrix) -> None:
        """Show the matrix, its count and what was left out."""
        self.note.say(" ".join(answer.left_out), tone="due")
        self.table.show_matrix(answer)
        ocgs = chart_words.counted(Kind.OCG.value, len(answer.ocgs))
        pairs = ngettext("{n:,} pair", "{n:,} pairs", len(answer.cells)).format(n=len(answer.cells))
        basis = _("as at {moment}").format(moment=self.moment.words) if self.moment else _("now")
        self.header.set_subtitle(f"{ocgs} · {pairs} · {basis}")
        self.stack.setCurrentWidget(self.table if answer.cells else self.empty)
        self._on_current()

    def show_failure(self, error: DeskError) -> None:
        """Say why there is no matrix."""
        self.note.say(str(error), tone="overdue")

    def _query(self) -> Query:
        kinds = tuple(kind for kind, box in self.kinds.items() if box.isChecked())
        return Query(kinds=kinds or SHARED, moment=self.moment)

    def _build(self) -> None:
        self.header = PageHeader(self.title, " ")
        self.moment_button = MomentButton(self)
        self.moment_button.today = self.desk.today
        self.export_button = outline(_("Export"), icon="action.export", key="Ctrl+E")
        self.show_button = primary(_("Show on chart"), icon="page.chart", key="Enter")
        for button in (self.moment_button, self.export_button, self.show_button):
            self.header.add_action(button)
        if reason := chart_says.refusal(self.desk, Right.EXPORT):
            self.export_button.refuse(reason)
        self.note = ErrorBanner(closable=True, parent=self)
        self.bar = FilterBar(_("Go to an OCG"))
        self.kinds = {kind: CheckBox(chart_words.counted(kind.value, 2)[2:]) for kind in SHARED}
        for kind, box in self.kinds.items():
            box.setChecked(kind is not Kind.COMMODITY)  # too many deal in the same to tell much
            self.bar.add_left(box)
        self.table = MatrixView()
        self.empty = EmptyState(_(matrix.NOTHING))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.words = ElidedLabel("", ink="text.2")
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.addWidget(self.words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.header, self.note, self.bar, Rule(role="line.2")):
            column.addWidget(part)
        column.addWidget(self.stack, 1)
        column.addWidget(Rule())
        column.addLayout(foot)
        self.setFocusProxy(self.table)

    def _wire(self) -> None:
        self.bar.searched.connect(self._on_searched)
        for box in self.kinds.values():
            box.toggled.connect(self.refresh)
        self.moment_button.chosen.connect(self._on_moment)
        self.table.opened.connect(self._on_show)
        self.table.current_changed.connect(self._on_current)
        self.show_button.clicked.connect(self._on_show)
        self.export_button.clicked.connect(self._on_export)
        self.papers.written.connect(self._on_written)
        self.desk.changed.connect(self._on_changed)
        here = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+E"), self, context=here).activated.connect(self._on_export)

    @Slot(str)
    def _on_searched(self, text: str) -> None:
        self.table.go_to(text)

    @Slot(object)
    def _on_moment(self, moment: Moment) -> None:
        self.moment = moment
        self.moment_button.show_moment(moment)
        self.refresh()

    @Slot()
    def _on_current(self) -> None:
        """Say in words what stands in the square, and on which two OCGs the act would be."""
        self.words.setText(self.table.words() or _("Choose a square; arrows move, Enter shows it."))
        if self.table.pair():
            self.show_button.allow()
        else:
            self.show_button.refuse(_("Choose a square first"))

    @Slot()
    def _on_show(self) -> None:
        """Open the chart of OCGs with these two selected."""
        if pair := self.table.pair():
            moment = self.moment or None
            target = Target(page=PageKind.CHART, overview="ocg-ocg", items=pair, moment=moment)
            self.opened.emit(target, False)

    @Slot()
    def _on_export(self) -> None:
        if self.matrix.cells and self.export_button.isEnabled():
            self.papers.ask(self.matrix)

    @Slot(object, int)
    def _on_written(self, path: object, rows: int) -> None:
        told = _("Wrote {name}: {n:,} pairs")
        self.said.emit(told.format(name=getattr(path, "name", ""), n=rows))

    @Slot(object)
    def _on_changed(self, changed: Changed) -> None:
        if changed.touches(*_LINKS, *SUBJECTS):
            self.ask_again()
