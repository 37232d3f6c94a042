"""Home: what needs me. Counts that filter, the OCGs with their strands, what is due, news."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework import overview, plan_board, plans
from ocgdesk.casework.overview import Home, Scope
from ocgdesk.casework.plan_board import Board
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right, Role
from ocgdesk.domain.plans import ActionStatus
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _
from ocgdesk.store.falling_due import Due
from ocgdesk.store.records import Brief
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models.short_table import ShortTable, ShortTableView
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages import home_parts
from ocgdesk.ui.pages.asking import AskingPage, Question
from ocgdesk.ui.pages.home_alerts import HomeAlerts
from ocgdesk.ui.pages.home_cases import HomeCases
from ocgdesk.ui.pages.home_duplicates import DuplicatesWaiting
from ocgdesk.ui.pages.home_grid import HomeGrid
from ocgdesk.ui.pages.home_lros import HomeLros
from ocgdesk.ui.pages.home_recent import LastLooked, RecentList, when
from ocgdesk.ui.pages.home_reminders import Reminding
from ocgdesk.ui.pages.home_tasks import FEW, MOST, TaskList, TaskRow
from ocgdesk.ui.pages.home_watches import HomeWatches
from ocgdesk.ui.plan import looks
from ocgdesk.ui.plan.drawer import Drawer
from ocgdesk.ui.plan.editor import ActionEditor
from ocgdesk.ui.widgets.buttons import Segment, SegmentedControl, primary, text_button
from ocgdesk.ui.widgets.cards import Card, CornerMask, Scroller
from ocgdesk.ui.widgets.headers import PageBody, PageHeader, page_margin
from ocgdesk.ui.widgets.labels import SectionHeading
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner
from ocgdesk.ui.widgets.tiles import StatRow

_ROWS: Final = 8
"""A longer table scrolls by itself."""
_TOUCHING = (
    *(Kind.OCG, Kind.PLAN, Kind.OBJECTIVE, Kind.ACTION, Kind.ASSIGNMENT, Kind.MEMBERSHIP),
    *(Kind.ASSESSMENT, Kind.SNOOZE),
)


class HomePage(AskingPage):
    """The first page: mine, or the force's, the region's, everybody's."""

    icon = "page.home"

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self.title = _("Home")
        self.home: Home | None = None
        self.chosen = ""
        self.looked = LastLooked(desk.workspace.about.id, desk.user.id)
        self.refused = looks.refusal(desk)
        self._wish: Scope | None = None
        self._all_tasks = False
        self._build()
        self._wire()
        self.refresh()

    def question(self) -> Question:
        """Ask for everything on the page, in one snapshot."""
        return partial(
            overview.home,
            wish=self._wish,
            agency=self.desk.workspace.about.agency,
            today=self.desk.today(),
            since=self.looked.before,
        )

    def score_of(self, ocg: UUID) -> overview.Scored | None:
        """Return the score of an OCG that is shown, if it has one."""
        return self.home.scores.get(ocg) if self.home else None

    def refresh(self) -> None:
        super().refresh()
        self.reminding.refresh()
        self.pairs.refresh()
        for part in self.parts:
            part.refresh()

    def ready(self) -> bool:
        parts = (*self.parts, self.reminding)
        return super().ready() and all(part.ready() for part in parts)

    def leave(self) -> None:
        super().leave()
        self.reminding.leave()
        for part in self.parts:
            part.leave()

    def _build(self) -> None:
        self.header = PageHeader(_("My OCGs"))
        known = overview.scopes(self.desk.workspace.about.agency)
        segments = tuple(Segment(s.value, home_parts.scope_words(s)) for s in known)
        self.scopes = SegmentedControl(segments)
        self.reminding = Reminding(self.desk, self)
        self.start = primary(_("Start next review"), icon="action.review", key="Ctrl+R")
        self.header.add_action(self.scopes)
        self.pairs = DuplicatesWaiting(self.desk, self)
        self.header.add_action(self.reminding.button)
        self.header.add_action(self.pairs.button)
        self.header.add_action(self.start)
        self.error = ErrorBanner(parent=self)
        self.tiles = StatRow()
        self.body = PageBody()
        self.body.column.addWidget(self.error)
        self.body.column.addWidget(self.tiles)
        self.body.column.addWidget(self._parts())
        self.watches = HomeWatches(self.desk)
        margin = page_margin(self)
        self.watches.setContentsMargins(margin, 0, margin, 12)
        self.lros = HomeLros(self.desk, self.body)
        first = Role.COORDINATOR in self.desk.user.roles  # whose question it answers
        column = self.body.column
        column.insertWidget(column.count() - 1 if first else -1, self.lros)
        self.cases = HomeCases(self.desk, self.body)
        self.body.column.addWidget(self.cases)
        self.alerts = HomeAlerts(self.desk, self.body)
        self.body.column.addWidget(self.alerts)
        self.parts = (self.cases, self.watches, self.alerts, self.lros)
        self.empty = EmptyState("")
        self.stack = QStackedWidget()
        self.stack.addWidget(Scroller(self.body))
        self.stack.addWidget(self.empty)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.watches)
        column.addWidget(self.stack, 1)
        self.drawer = Drawer(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.drawer)

    def _parts(self) -> QWidget:
        self.rows = ShortTable(home_parts.columns(self.desk.today(), self.score_of))
        self.table = ShortTableView(self.rows, name=_("OCGs"), density=Density.TWO_LINES)
        card = Card()
        card.body.addWidget(self.table)
        CornerMask(card)
        self.needs = SectionHeading(_("Needs you"))
        self.more = text_button(_("Show all"))
        self.needs.add_action(self.more)
        self.tasks = TaskList(refused=self.refused)
        self.since = SectionHeading(_("Since you last looked"))
        self.recent = RecentList()
        return HomeGrid(card, _part(self.needs, self.tasks), _part(self.since, self.recent))

    def _wire(self) -> None:
        self.scopes.chosen.connect(self._on_scope)
        self.reminding.opened.connect(self._on_reminders)
        self.reminding.said.connect(self.said)
        self.pairs.opened.connect(self._on_pairs)
        self.start.clicked.connect(self._on_start)
        self.tiles.chosen.connect(self._on_tile)
        self.table.opened.connect(self._on_row)
        self.table.opened_aside.connect(self._on_row_aside)
        self.more.clicked.connect(self._on_more)
        self.tasks.ticked.connect(self._on_ticked)
        self.tasks.told.connect(self._on_told)
        self.tasks.opened.connect(self._on_review)
        self.tasks.edited.connect(self._on_update)
        self.recent.opened.connect(self._open_plan)
        for part in self.parts:
            part.opened.connect(self._on_case)
        self.watches.listed.connect(self._on_watches)
        self.alerts.listed.connect(self._on_alerts)
        self.empty.acted.connect(self._on_empty)
        self.empty.acted_otherwise.connect(self._on_import)
        self.error.acted.connect(self.refresh)
        self.desk.changed.connect(self._on_changed)
        shortcut = QShortcut(QKeySequence("Ctrl+R"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_start)

    def show_answer(self, home: Home) -> None:
        self.home = home
        self.lros.show_scope(home.scope)
        self.looked.note()
        self.error.say("")
        self.scopes.choose(home.scope.value)
        self.header.set_title(home_parts.title(home), home_parts.subtitle(home, self.desk.today()))
        self.tiles.show_stats(home_parts.stats(home))
        self._show_start(home)
        may_import = self.desk.may(Right.IMPORT)
        said, action, other = home_parts.nothing(home, may_import=may_import)
        self.empty.show_words(said, action, other=other)
        self.stack.setCurrentIndex(0 if home.rows else 1)
        self._fill()
        self._show_recent(home)

    def _show_start(self, home: Home) -> None:
        row = home_parts.most_overdue(home)
        if row is None:
            self.start.refuse(_("No plan here has a review date."))
        else:
            self.start.allow()
            self.start.explain(home_parts.review_words(row, self.desk.today()))

    def _show_recent(self, home: Home) -> None:
        before = self.looked.before
        self.since.set_note(when(before, datetime.now(UTC)) if before else "")
        self.recent.show_acts(home.recent, _("Nobody else changed these OCGs or their plans."))

    def _fill(self) -> None:
        """Show what passes the count chosen."""
        home, today = self.home, self.desk.today()
        if home is None:
            return
        rows = home_parts.rows_for(home, self.chosen, today)
        self.rows.show_rows(rows)
        self.table.setFixedHeight(self.table.wanted_height(_ROWS))
        tasks = home_parts.tasks_for(home, self.chosen, today)
        shown = tasks[: MOST if self._all_tasks else FEW]
        self.tasks.show_tasks(shown, today, _("Nothing is due in the next seven days."))
        self.needs.set_note(home_parts.tasks_note(home, len(tasks)))
        self._show_more(len(tasks))
        self.told.emit(home_parts.told(home, len(rows), self.chosen))

    def _show_more(self, count: int) -> None:
        self.more.setVisible(count > FEW)
        whole = _("Show all") if count <= MOST else _("Show the first {n}").format(n=MOST)
        self.more.set_label(_("Show fewer") if self._all_tasks else whole)

    def _do(self, label: str, act: Any) -> bool:
        return self.desk.do(label, act, right=Right.PLAN)

    def _open_plan(self, ocg: UUID, *, aside: bool = False) -> None:
        self.opened.emit(Target(page=PageKind.PLAN, id=ocg), aside)

    def _on_case(self, of: Brief) -> None:
        self.opened.emit(Target(page=PageKind.RECORD, kind=of.kind, id=of.id), False)

    def _on_alerts(self) -> None:
        self.opened.emit(Target(page=PageKind.ANALYSIS, tab="shared:alerts"), False)

    def _on_reminders(self) -> None:
        self.opened.emit(Target(page=PageKind.REMINDERS), False)

    def _on_pairs(self) -> None:
        self.opened.emit(Target(page=PageKind.DUPLICATES), False)

    def _on_watches(self) -> None:
        self.opened.emit(Target(page=PageKind.SEARCH), False)

    def _on_scope(self, scope: str) -> None:
        self._wish = Scope(scope)
        self.chosen = ""
        self.tiles.clear_choice()
        self.refresh()

    def _on_empty(self) -> None:
        if self.home is not None and not self.home.is_begun:
            self.opened.emit(Target(page=PageKind.REGISTER, kind=Kind.OCG), False)
        else:
            self._on_scope(Scope.ALL.value)

    def _on_import(self) -> None:
        self.opened.emit(Target(page=PageKind.IMPORT), False)

    def _on_tile(self, key: str) -> None:
        self.chosen = key
        self._fill()

    def _on_start(self) -> None:
        row = home_parts.most_overdue(self.home) if self.home else None
        if row is not None:
            self._open_plan(row.ocg.id)

    def _on_row(self, row: int) -> None:
        self._open_plan(self.rows.rows[row].ocg.id)

    def _on_row_aside(self, row: int) -> None:
        self._open_plan(self.rows.rows[row].ocg.id, aside=True)

    def _on_more(self) -> None:
        self._all_tasks = not self._all_tasks
        self._fill()

    def _on_ticked(self, row: TaskRow) -> None:
        row.ask()
        act = partial(
            plans.set_status,
            action_id=row.due.what.id,
            status=ActionStatus.COMPLETE,
            today=self.desk.today(),
        )
        if not self._do(_("Complete action"), act):
            self.tasks.drop(row)
            self.refresh()

    def _on_told(self, row: TaskRow, outcome: str) -> None:
        self.tasks.drop(row)
        if outcome:
            values = {"outcome": outcome}
            act = partial(plans.edit_action, action_id=row.due.what.id, values=values)
            self._do(_("Record outcome"), act)

    def _on_review(self, due: Due) -> None:
        self._open_plan(due.ocg.id)

    def _on_update(self, due: Due) -> None:
        """Read the plan the action belongs to, then open the panel on the action.

        An action that a meeting set is in no plan: it stands on the tasking page.
        """
        if due.ocg.kind is not Kind.OCG:
            self.opened.emit(Target(page=PageKind.TASKING), False)
            return
        query = partial(plan_board.read, ocg_id=due.ocg.id, today=self.desk.today())
        self.desk.ask(query, partial(self._edit, due.what.id))

    def _edit(self, id_: UUID, board: Board) -> None:
        if self.drawer.is_held():
            return
        if (action := board.action(id_)) is None:
            self.refresh()
            return
        editor = ActionEditor(board, action, today=self.desk.today(), refused=self.refused)
        editor.kept.connect(partial(self._on_kept, id_, action.version))
        editor.left.connect(self._shut)
        self.drawer.open(editor)
        editor.begin()

    def _shut(self) -> None:
        self.drawer.shut()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_kept(self, id_: UUID, version: int, values: Mapping[str, Any]) -> None:
        act = partial(plans.edit_action, action_id=id_, values=values, version=version)
        if self._do(_("Edit action"), act):
            self._shut()

    def _on_changed(self, changed: Changed) -> None:
        if changed.touches(*_TOUCHING):
            self.ask_again()

    def show_failure(self, _error: DeskError) -> None:
        said = _("The overdue list could not be read. Verify the workspace.")
        self.error.say(said, _("Try again"))


def _part(heading: QWidget, content: QWidget) -> QWidget:
    """Return a heading with what stands under it."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    heading.setMinimumHeight(px(28))
    column.addWidget(heading)
    column.addWidget(content)
    return made
