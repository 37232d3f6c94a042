"""Returns: figures over a period beside the period before, each leading to its records."""

from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework import return_papers
from ocgdesk.casework.moments import NOW, Moment
from ocgdesk.casework.return_wishes import Wish
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.domain.returns import Return
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _
from ocgdesk.store.records import Brief
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.delegates.tables import RowTable
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.dialogs.definition_dialog import DefinitionDialog
from ocgdesk.ui.fonts import px
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.models.return_model import ReturnModel
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.asking import AskingPage, Question
from ocgdesk.ui.pages.return_bar import ReturnBar
from ocgdesk.ui.pages.return_figure import FigureView
from ocgdesk.ui.pages.return_parts import FigurePanel
from ocgdesk.ui.pages.returns_asking import Answer, read, records_beneath
from ocgdesk.ui.pages.returns_exporting import ReturnPapers
from ocgdesk.ui.shell.frame import bring_out_inspector
from ocgdesk.ui.shell.strip import AsAtStrip
from ocgdesk.ui.widgets.buttons import Segment, SegmentedControl, outline, primary
from ocgdesk.ui.widgets.cards import Rule
from ocgdesk.ui.widgets.headers import PageHeader, page_margin
from ocgdesk.ui.widgets.moments import MomentButton
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner

_TABLE, _FIGURE = "table", "figure"
_LINES: Final = 2
"""So many lines of what is counted are in sight at first."""
_UNBOUND: Final = 16_777_215
_COUNTED: Final = (
    *(Kind.DISRUPTION, Kind.OUTCOME, Kind.OCG, Kind.HANDLE, Kind.OPERATION, Kind.COUNTY_LINE),
    *(Kind.CHECK_BACK, Kind.REQUEST, Kind.ACTION, Kind.RETURN_DEFINITION),
)


class ReturnsPage(AskingPage):
    """One return at a time: which, of which period, beside which, of which force."""

    icon = "page.return"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Returns")
        self.code = target.tab
        """The return that is shown; none said: the first there is."""
        self.made: Return | None = None
        self._wish: Wish | None = None
        self._panel: FigurePanel | None = None
        self._says_all = False
        """Whether all is in sight of what is counted, however long it is."""
        self._reading: Job | None = None
        self.dialog: DefinitionDialog | None = None
        """The editor of definitions last opened."""
        self.papers = ReturnPapers(desk, self)
        self._build()
        self._wire()
        self.refresh()

    def arrive(self, target: Target) -> None:
        super().arrive(target)
        if target.tab and target.tab != self.code:
            self._on_which(target.tab)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cap_basis()

    def _cap_basis(self) -> None:
        """Leave the figures room: what is counted takes two lines until all of it is wanted."""
        words, room = self.counted.sentence, self.counted.sentence.fontMetrics().lineSpacing()
        high = words.heightForWidth(words.width())
        is_cut = high > _LINES * room + 1
        words.setMaximumHeight(_LINES * room if is_cut and not self._says_all else _UNBOUND)
        words.setToolTip(words.text() if is_cut and not self._says_all else "")
        self.counted.button.set_label(_("Show less") if self._says_all else _("Show all"))
        self.counted.button.setVisible(is_cut)

    @Slot()
    def _on_say_all(self) -> None:
        self._says_all = not self._says_all
        self._cap_basis()

    def question(self) -> Question:
        """Ask for the figures of the return chosen, of the period chosen."""
        return partial(
            read,
            code=self.code,
            period=self.bar.period(),
            compared=self.bar.compared,
            filters=self.bar.filters(),
            as_at=self.moment_button.moment.as_at,
        )

    def inspector(self) -> QWidget | None:
        """Return what a figure counts and the records beneath it."""
        self._panel = FigurePanel()
        self._panel.opened.connect(self._on_record)
        self._panel.destroyed.connect(self._on_panel_gone)
        self._show_figure()
        return self._panel

    def leave(self) -> None:
        super().leave()
        self.figure.cancel()
        if self._reading is not None:
            self._reading.cancel()

    def ready(self) -> bool:
        return super().ready() and self.figure.ready()

    def _build(self) -> None:
        self.header = PageHeader(self.title, " ")
        self.export_button = primary(_("Export"), icon="action.export", key="Ctrl+E")
        self.define_button = outline(_("Edit definition"), icon="action.define")
        self.moment_button = MomentButton(self, has_on=False)
        self.moment_button.today = self.desk.today
        for button in (self.moment_button, self.define_button, self.export_button):
            self.header.add_action(button)
        if not self.desk.may(Right.RETURNS):
            self.define_button.refuse(_("An administrator or coordinator defines returns"))
        if not self.desk.may(Right.EXPORT):
            self.export_button.refuse(_("Your roles do not allow this."))
        self.strip = AsAtStrip(self)
        self.bar = ReturnBar(self.desk)
        views = (
            Segment(_TABLE, _("Table"), "page.return"),
            Segment(_FIGURE, _("Figure"), "page.figure"),
        )
        self.views = SegmentedControl(views)
        self.model = ReturnModel()
        self.table = RowTable(name=self.title, density=Density.COMPACT)
        self.table.setSelectionBehavior(RowTable.SelectionBehavior.SelectItems)
        self.table.setSelectionMode(RowTable.SelectionMode.SingleSelection)
        self.model.setParent(self.table)
        self.table.setModel(self.model)
        self.figure = FigureView(self.desk)
        self.figure.hide()
        self.empty = EmptyState("")
        self.empty.hide()
        self.note = ErrorBanner(closable=False, parent=self)
        self.counted = ErrorBanner(closable=False, parent=self)
        self._lay_out()

    def _lay_out(self) -> None:
        self._top = QHBoxLayout()
        self._top.addWidget(self.bar, 1)
        self._top.addWidget(self.views, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self.header)
        column.addLayout(self._top)
        column.addWidget(self.note)
        column.addWidget(Rule(role="line.2"))
        column.addWidget(self.table, 1)
        column.addWidget(self.figure, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.counted)

    def _wire(self) -> None:
        self.bar.turned.connect(self._on_which)
        self.bar.changed.connect(self.refresh)
        self.empty.acted.connect(self.bar.narrow)
        self.table.selectionModel().currentChanged.connect(self._on_current)
        self.table.opened.connect(self._on_opened)
        self.views.chosen.connect(self._on_view)
        self.moment_button.chosen.connect(self._on_moment)
        self.strip.left.connect(self._on_back)
        self.define_button.clicked.connect(self._on_define)
        self.export_button.clicked.connect(self._on_export)
        self.note.acted.connect(self.refresh)
        self.counted.acted.connect(self._on_say_all)
        self.papers.written.connect(self._on_written)
        self.desk.changed.connect(self._on_changed)
        shortcut = QShortcut(QKeySequence("Ctrl+E"), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)  # while the page is in front
        shortcut.activated.connect(self._on_export)

    def show_answer(self, answer: Answer) -> None:
        kept = self.table.currentIndex()
        same = self.made and answer.made and _same(self.made, answer.made)
        place = (kept.row(), kept.column()) if same else None
        self._wish, self.made = answer.wish, answer.made
        self.code = answer.wish.definition.code
        margin = page_margin(self)
        self._top.setContentsMargins(margin, 4, margin, 8)
        self.note.say("")
        self.bar.offer(answer.known, answer.wish.definition)
        self._show_view()
        if self.desk.may(Right.EXPORT):
            self.export_button.setEnabled(answer.made is not None)
        if answer.made is None:
            self._ask_first(answer)
            return
        self.model.show(answer.made)
        self._set_widths()
        self.header.set_title(_(answer.made.definition.title), self._subtitle(answer.made))
        self.counted.say(self._counted_words(answer.made), tone="info")
        self._cap_basis()
        self._go_to(place)
        self._tell()

    def _ask_first(self, answer: Answer) -> None:
        """Say of what the return is to be drawn up before anything is counted."""
        definition = answer.wish.definition
        self.empty.show_words(f"{answer.lacking}.", _("Choose"), icon="action.filter")
        number = _("Definition {n}").format(n=definition.number)
        self.header.set_title(_(definition.title), number)
        self.counted.say("")
        self._tell()

    def show_failure(self, error: DeskError) -> None:
        self.note.say(str(error), _("Try again"), tone="overdue")

    def _subtitle(self, made: Return) -> str:
        said = _("Definition {n}").format(n=made.definition.number)
        period = made.period.words if made.period else ""
        return " · ".join(part for part in (period, said) if part)

    def _counted_words(self, made: Return) -> str:
        return "  ".join((_("What is counted:"), return_papers.basis_words(made)))

    def _set_widths(self) -> None:
        """Give each heading its room; only bars take what is left."""
        least = px(150 if self.model.figures < 4 else 104)
        self.table.heading.setStretchLastSection(self.model.has_bars)
        self.table.setColumnWidth(0, px(270))
        for column in range(1, self.model.columnCount()):
            hint = self.table.heading.sectionSizeHint(column)
            self.table.setColumnWidth(column, max(least, hint))

    def _go_to(self, place: tuple[int, int] | None) -> None:
        row, column = place or (self._first_row(), self.model.figures)
        self.table.setCurrentIndex(self.model.index(row, column))
        self._show_figure()

    def _first_row(self) -> int:
        lines = (number for number, row in enumerate(self.model.rows) if row.line is not None)
        return next(lines, 0)

    def _tell(self) -> None:
        as_at = _("As at {moment}").format(moment=self.made.as_at) if self.made else ""
        narrowed = [value for _name, value in self.made.filters] if self.made else []
        self.told.emit((as_at, *narrowed))

    # ---- One figure -------------------------------------------------------------------------

    @Slot(QModelIndex)
    def _on_current(self, _index: QModelIndex) -> None:
        self._show_figure()

    def _show_figure(self) -> None:
        found = self.model.figure_at(self.table.currentIndex())
        if self._panel is None or self._wish is None or self.made is None or found is None:
            return
        row, column = found
        assert row.line is not None  # noqa: S101 - a figure stands on a line
        self._panel.show_figure(row, column, self.made.columns[column], self.made.basis)
        if self._reading is not None:
            self._reading.cancel()
        question = partial(records_beneath, wish=self._wish, row=row, column=column)
        self._reading = self.desk.ask(question, self._on_records)

    def _on_records(self, found: tuple[tuple[Brief, ...], int]) -> None:
        self._reading = None
        if self._panel is not None:
            self._panel.show_records(*found)

    @Slot()
    def _on_panel_gone(self) -> None:
        self._panel = None

    @Slot(int)
    def _on_opened(self, _row: int) -> None:
        """Bring out the records beneath the figure, and put the keys into their list."""
        if self._panel is not None:
            bring_out_inspector(self)
            self._panel.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(object)
    def _on_record(self, brief: Brief) -> None:
        moment = self.moment_button.moment
        target = Target(page=PageKind.RECORD, kind=brief.kind, id=brief.id, moment=moment)
        self.opened.emit(target, False)

    # ---- What was chosen --------------------------------------------------------------------

    @Slot(str)
    def _on_which(self, code: str) -> None:
        self.code = code
        self.refresh()

    @Slot(object)
    def _on_moment(self, moment: Moment) -> None:
        self.moment_button.show_moment(moment)
        self.strip.say(moment.words)
        self.refresh()

    @Slot()
    def _on_back(self) -> None:
        self._on_moment(NOW)

    @Slot(str)
    def _on_view(self, _key: str) -> None:
        self._show_view()

    def _show_view(self) -> None:
        """Show the table or the figure; the figure is drawn when it is looked at."""
        drawn, lacks = self.views.current == _FIGURE, self.made is None
        self.empty.setVisible(lacks)
        self.table.setVisible(not drawn and not lacks)
        self.figure.setVisible(drawn and not lacks)
        if drawn and self.made is not None:
            self.figure.show_return(self.made)

    @Slot()
    def _on_define(self) -> None:
        if self._wish is None or not self.define_button.isEnabled():
            return
        self.dialog = DefinitionDialog(self.desk, self._wish.definition, self._wish, self)
        self.dialog.saved.connect(self._on_which)
        self.dialog.open()

    @Slot()
    def _on_export(self) -> None:
        if self.made is not None and self.export_button.isEnabled():
            self.papers.ask(self.made)

    @Slot(object)
    def _on_written(self, path: object) -> None:
        self.said.emit(_("Written to {name}.").format(name=getattr(path, "name", "")))

    @Slot(object)
    def _on_changed(self, changed: Changed) -> None:
        if changed.touches(*_COUNTED):
            self.ask_again()


def _same(one: Return, other: Return) -> bool:
    return one.definition == other.definition and one.columns == other.columns
