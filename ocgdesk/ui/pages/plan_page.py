"""The 4P plan of an OCG: a board of four columns, or a table, and the panel one writes in."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.casework import plan_board, plans
from ocgdesk.casework.plan_beside import SECTIONS, Beside
from ocgdesk.casework.plan_board import Board
from ocgdesk.casework.reasons import ReasonWanted
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.plans import Action, Strand
from ocgdesk.domain.things import Entity
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models.short_table import ShortTableView
from ocgdesk.ui.navigation import Target
from ocgdesk.ui.pages import plan_parts, plan_views
from ocgdesk.ui.pages.asking import AskingPage, Question
from ocgdesk.ui.pages.plan_acts import PlanActs
from ocgdesk.ui.pages.plan_exporting import PlanPapers
from ocgdesk.ui.pages.plan_handing import PlanHanding
from ocgdesk.ui.pages.plan_reviewing import PlanReviewing
from ocgdesk.ui.pages.plan_views import PlanViews
from ocgdesk.ui.pages.record_restricting import Restricting, or_wanted
from ocgdesk.ui.pages.record_sub_acts import SubActs
from ocgdesk.ui.plan import looks
from ocgdesk.ui.plan.board import PlanBoard
from ocgdesk.ui.plan.drawer import Drawer
from ocgdesk.ui.plan.editor import ActionEditor
from ocgdesk.ui.plan.review import ReviewPart
from ocgdesk.ui.plan.tools import PlanTools
from ocgdesk.ui.widgets.buttons import SegmentedControl, icon_button, outline, primary
from ocgdesk.ui.widgets.cards import Scroller
from ocgdesk.ui.widgets.headers import PageBody, PageHeader
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner

_TOUCHING = (Kind.PLAN, Kind.ACTION, Kind.OCG, Kind.ASSIGNMENT, Kind.MEMBERSHIP, Kind.LINK,
             Kind.NOMINAL, Kind.COUNTY_LINE, Kind.HANDOVER, *SECTIONS)  # fmt: skip


class PlanPage(AskingPage):
    """Shows the plan of the OCG the target names; everything on it can be done by key."""

    icon = "page.plan"
    title = ""

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        assert target.id is not None  # noqa: S101 - a plan is always some OCG's
        self.ocg: UUID = target.id
        self.board: Board | None = None
        self.refused = looks.refusal(desk)
        self._noted = False
        self._reviews = False
        self._wants_outcome: UUID | None = None
        self.acts = PlanActs(desk, self.ocg, self)
        self.restricting = Restricting(desk, self.ocg, self)
        self.restricting.reasoned.connect(self.refresh)
        self.restricting.gave_up.connect(self._on_no_reason)
        self._build()
        self._wire()
        self.refresh()

    def question(self) -> Question:
        query = partial(
            plan_board.consult,
            ocg_id=self.ocg,
            today=self.desk.today(),
            noted=not self._noted,
            asked=self.restricting.was_asked,
        )
        return or_wanted(query)

    def purpose(self) -> str:
        return self.restricting.reason

    def _on_no_reason(self, sentence: str) -> None:
        self.error.say(sentence, _("Try again"), tone="due")

    def ready(self) -> bool:
        return super().ready() and not self.reviewing.is_asking

    def leave(self) -> None:
        super().leave()
        self.reviewing.leave()
        self.papers.cancel()
        self.handing.prints.cancel()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.drawer.panel is not None:
            self._shut()
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        self.drawer = Drawer(QWidget(self), self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.drawer)
        inside = self.drawer.content
        self.header = PageHeader(_("4P plan"), parent=inside)
        self.views = SegmentedControl(plan_views.segments())
        self.more = icon_button("action.more", _("More"), look="outline", height="header")
        self.review_button = primary(_("Review and sign"), icon="action.sign", key="Ctrl+R")
        self.back = outline(_("Back to the plan"), icon="page.board", key="Ctrl+R")
        self.back.hide()
        for widget in (self.views, self.more, self.review_button, self.back):
            self.header.add_action(widget)
        self._allow()
        self._lay_out(inside)

    def _allow(self) -> None:
        why = plan_parts.no_export(self.desk)
        tools = self.toolbar = PlanTools(self.refused, why)
        self.coverage, self.review, self.change = tools.coverage, tools.review, tools.change
        self.owners, self.sides = tools.owners, tools.sides
        self.add, self.export = tools.add, tools.export
        self.papers = PlanPapers(self.desk, self)
        self.subs = SubActs(self.desk, self)
        self.acts.overlapped.connect(self.subs.edit_both)
        self.reviewing = PlanReviewing(self.desk, self)
        self.handing = PlanHanding(self.desk, self, refused=self.refused, no_export=why)

    def _lay_out(self, inside: QWidget) -> None:
        body = PageBody(spacing=12, foot=16, parent=inside)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(Scroller(body, inside), 1)
        self.error = ErrorBanner(parent=body)
        self._add_stack(body)
        body.column.addWidget(self.error)
        body.column.addWidget(self.toolbar)
        body.column.addWidget(self.stack, 1)

    def _add_stack(self, body: QWidget) -> None:
        self.stack = PlanViews(self.desk.today(), self.refused, body)
        self.rows = self.stack.rows
        self.stack.made.connect(self._on_made)
        self.stack.setMinimumHeight(px(300))

    @property
    def plan_view(self) -> PlanBoard:
        """The board of four columns."""
        return self.stack.board

    @property
    def table(self) -> ShortTableView:
        """All actions in a table."""
        return self.stack.table

    @property
    def empty(self) -> EmptyState:
        """What stands here before there is a plan."""
        return self.stack.empty

    def _wire(self) -> None:
        self.views.chosen.connect(self._on_view)
        self.add.clicked.connect(self._on_add)
        self.export.clicked.connect(self._on_export)
        self.papers.told.connect(self.said)
        self.handing.told.connect(self.said)
        self.handing.export_wanted.connect(self._on_export)
        self.more.clicked.connect(self._on_more)
        for button in (self.review_button, self.back):
            button.clicked.connect(self._on_review_and_sign)
        self.reviewing.found.connect(self._on_beside)
        self.reviewing.recorded.connect(self._on_recorded)
        self.error.acted.connect(self.refresh)
        self.change.clicked.connect(self.review.edit)
        self.review.committed.connect(self._on_review)
        self.owners.chosen.connect(self._fill)
        self.sides.chosen.connect(self._fill)
        self.desk.changed.connect(self._on_changed)
        self._bind("A", self._on_add)
        self._bind("Ctrl+R", self._on_review_and_sign)
        self._bind("Ctrl+E", self._on_export)
        self._bind("Ctrl+P", self.handing.print_plan)

    def _on_made(self, key: str) -> None:
        """Listen to a view that was just made."""
        if key == plan_views.BOARD:
            self._wire_board(self.plan_view)
        elif key == plan_views.EMPTY:
            self.empty.acted.connect(self.acts.start)
        elif key in {plan_views.CALENDAR, plan_views.TIMELINE}:
            self.stack.dated(key).opened.connect(self._on_opened)
        elif key == plan_views.SECTIONS:
            self.stack.sections.acted.connect(self._on_section)
        elif key == plan_views.REVIEW:
            self._wire_review(self.stack.review)
        else:
            self.table.opened.connect(self._on_row)
            self._bind("Space", self._on_table_space, self.table)
            self._bind("Delete", self._on_table_delete, self.table)

    def _wire_board(self, board: PlanBoard) -> None:
        board.opened.connect(self._on_opened)
        board.ticked.connect(self._on_ticked)
        board.removed.connect(self.acts.remove)
        board.moved.connect(self.acts.move)
        board.add_wanted.connect(self._on_add_under)
        board.objective_kept.connect(self.acts.keep_objective)
        board.objective_removed.connect(self.acts.remove_objective)

        board.excuse_wanted.connect(self.reviewing.excuse)
        board.accepted.connect(self.reviewing.accept)
        board.dismissed.connect(self.reviewing.dismiss)

    def _wire_review(self, part: ReviewPart) -> None:
        part.held.connect(self.reviewing.hold)
        part.signed.connect(self.reviewing.sign)
        part.compared.connect(self.reviewing.compare)
        self.reviewing.compared.connect(part.show_differences)

    def _bind(self, key: str, act: Any, within: QWidget | None = None) -> None:
        shortcut = QShortcut(QKeySequence(key), within or self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def show_answer(self, board: Board | ReasonWanted) -> None:
        if isinstance(board, ReasonWanted):
            self.restricting.ask_reason(board)
            return
        self.board, self._noted = board, True
        self.acts.board = board
        self.error.say("")
        today = self.desk.today()
        title = _("4P plan: {ocg}").format(ocg=board.ocg.label)
        self.title = title
        self.titled.emit(title)
        self.header.set_title(title, plan_parts.posts(board))
        self.header.show_chips(self._chips(board, today))
        has_plan = board.plan is not None
        self.more.setVisible(has_plan)
        for widget in (self.toolbar, self.views, self.review_button):
            widget.setVisible(has_plan and not self._reviews)
        self.toolbar.show_board(board)
        self._fill()
        self.handing.board = board
        if board.plan is not None:
            self.reviewing.ask(board.plan.id)
        self._ask_outcome()
        self.told.emit(plan_parts.told(board, today))

    def _chips(self, board: Board, today: date) -> tuple[Any, ...]:
        if board.plan is None:
            return ()
        return (looks.plan_chip(board.plan), looks.review_chip(board.review_due, today))

    def _fill(self) -> None:
        """Show the actions that pass the filters, as cards or as rows."""
        board = self.board
        if board is None:
            return
        if board.plan is None:
            self.stack.go("empty")
            return
        shown = tuple(action for action in board.actions if self._passes(action))
        self.stack.show_board(board, shown)
        self.stack.go(plan_views.REVIEW if self._reviews else self.views.current)

    def _passes(self, action: Action) -> bool:
        owner, side = self.owners.current, self.sides.current
        return (not owner or action.officer == owner) and (not side or action.side == side)

    def _edit(self, action: Action | None, strand: Strand = Strand.PURSUE) -> ActionEditor | None:
        """Open the panel on an action, or on a new one; None where another is being written."""
        if self.board is None or self.board.plan is None or self.drawer.is_held():
            return None
        editor = ActionEditor(
            self.board, action, today=self.desk.today(), strand=strand, refused=self.refused
        )
        editor.kept.connect(partial(self._on_kept, editor))
        editor.left.connect(self._shut)
        self.drawer.open(editor)
        editor.begin()
        return editor

    def _shut(self) -> None:
        """Put the panel away and go back to the card it was about."""
        editor = self.drawer.panel
        self.drawer.shut()
        action = editor.action if isinstance(editor, ActionEditor) else None
        view = self.stack.currentWidget()
        card = view.card(action.id) if action and isinstance(view, PlanBoard) else None
        (card or self.stack).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_kept(self, editor: ActionEditor, values: Mapping[str, Any]) -> None:
        if self.acts.keep(editor.action, values):
            self._shut()
        elif self.acts.overlap is not None:
            editor.show_overlap(self.acts.overlap)

    def _on_opened(self, id_: UUID) -> None:
        if self.board is not None and (action := self.board.action(id_)) is not None:
            self._edit(action)

    def _on_row(self, row: int) -> None:
        self._edit(self.rows.rows[row])

    def _on_add(self) -> None:
        if not self.refused:
            on_board = self.stack.current == "board"
            self._edit(None, self.plan_view.column_now() if on_board else Strand.PURSUE)

    def _on_add_under(self, strand: Strand) -> None:
        self._edit(None, strand)

    def _on_table_space(self) -> None:
        if not self.refused and (action := self.table.row()) is not None:
            self._on_ticked(action.id)

    def _on_table_delete(self) -> None:
        if not self.refused and (action := self.table.row()) is not None:
            self.acts.remove(action.id)

    def _on_review(self, _key: str, typed: str) -> None:
        try:
            day = plans.due_day(typed, today=self.desk.today())
        except DeskError as error:
            self.review.say("error", f"{error}.")
            return
        self.review.say("")
        self.acts.set_review(day)

    def _on_export(self) -> None:
        if self.board is not None and self.board.plan is not None and self.export.isEnabled():
            self.papers.ask(self.board.ocg)

    def _on_view(self, _view: str) -> None:
        self._set_review(on=False)

    def _on_review_and_sign(self) -> None:
        if self.board is not None and self.board.plan is not None:
            self._set_review(on=not self._reviews)

    def _set_review(self, *, on: bool) -> None:
        """Show review and sign, or go back to the view chosen."""
        self._reviews = on
        self.back.setVisible(on)
        for widget in (self.toolbar, self.views, self.review_button):
            widget.setVisible(not on)
        self._fill()

    def _on_beside(self, beside: Beside) -> None:
        self.handing.beside = beside
        self.stack.show_beside(beside)
        if self.board is not None:
            today = self.desk.today()
            self.told.emit(plan_parts.told(self.board, today, beside))

    def _on_recorded(self) -> None:
        self.stack.review.clear_meeting()

    def _on_more(self) -> None:
        if self.board is not None:
            self.handing.pop_up(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _on_section(self, kind: Kind, act: str, thing: Entity | None) -> None:
        if self.board is None or self.board.plan is None or self.refused:
            return
        owner = plan_parts.brief_of(self.board.plan)
        if act == "add":
            self.subs.add(owner, kind, **plan_parts.first_values(kind, self.desk))
        elif thing is not None:
            self.subs.act(owner, kind, act, thing)

    def _on_ticked(self, id_: UUID) -> None:
        if self.acts.tick(id_):
            self._wants_outcome = id_

    def _ask_outcome(self) -> None:
        """Ask what came of an action that was just ticked off."""
        id_, self._wants_outcome = self._wants_outcome, None
        action = self.board.action(id_) if self.board and id_ else None
        if action is None or action.is_live or action.outcome or self.drawer.panel is not None:
            return
        if (editor := self._edit(action)) is not None:
            editor.ask_outcome()

    def _on_changed(self, changed: Changed) -> None:
        if changed.touches(*_TOUCHING):
            self.ask_again()

    def show_failure(self, error: DeskError) -> None:
        self.error.say(str(error), _("Try again"))
