"""The 4P plan of an OCG: a board of four columns, or a table, and the panel one writes in."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.casework import plan_board, plans
from ocgdesk.casework.plan_board import Board
from ocgdesk.domain import dates
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.domain.plans import Action, ActionStatus, Strand
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _
from ocgdesk.store.work import Work
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.fonts import px
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.models.short_table import ShortTable, ShortTableView
from ocgdesk.ui.navigation import Page, Target
from ocgdesk.ui.pages import plan_parts
from ocgdesk.ui.plan import looks
from ocgdesk.ui.plan.board import PlanBoard
from ocgdesk.ui.plan.drawer import Drawer
from ocgdesk.ui.plan.editor import ActionEditor
from ocgdesk.ui.plan.touches import CoverageLine, PlanBar
from ocgdesk.ui.widgets.buttons import Segment, SegmentedControl, icon_button, primary
from ocgdesk.ui.widgets.cards import Card, CornerMask, Scroller
from ocgdesk.ui.widgets.fields import Field, FieldRow
from ocgdesk.ui.widgets.headers import PageBody, PageHeader
from ocgdesk.ui.widgets.inputs import Select
from ocgdesk.ui.widgets.notes import EmptyState, ErrorBanner

_TOUCHING = (Kind.PLAN, Kind.OBJECTIVE, Kind.ACTION, Kind.OCG, Kind.ASSIGNMENT, Kind.MEMBERSHIP,
             Kind.LINK, Kind.NOMINAL, Kind.COUNTY_LINE)  # fmt: skip


class PlanPage(Page):
    """Shows the plan of the OCG the target names; everything on it can be done by key."""

    icon = "page.plan"
    title = ""

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        assert target.id is not None  # noqa: S101 - a plan is always some OCG's
        self.ocg: UUID = target.id
        self.board: Board | None = None
        self.refused = looks.refusal(desk)
        self._asked: Job | None = None
        self._stale = False
        self._noted = False
        self._build()
        self._wire()
        self.refresh()

    def refresh(self) -> None:
        """Ask for the plan."""
        if self._asked is not None:
            self._asked.cancel()
        self._stale = False
        query = partial(
            plan_board.read, ocg_id=self.ocg, today=self.desk.today(), noted=not self._noted
        )
        self._asked = self.desk.ask(query, self._show)
        self._asked.failed.connect(self._on_failed)

    def ready(self) -> bool:
        return self._asked is None and not self._stale

    def leave(self) -> None:
        if self._asked is not None:
            self._asked.cancel()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.drawer.panel is not None:
            self._shut()
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        self.header = PageHeader(_("4P plan"))
        views = (
            Segment("board", _("Board"), "page.board"),
            Segment("table", _("Table"), "page.table"),
        )
        self.views = SegmentedControl(views)
        self.add = primary(_("Add action"), icon="action.add", key="A")
        for widget in (self.views, self.add):
            self.header.add_action(widget)
        self.error = ErrorBanner(parent=self)
        self.plan_view = PlanBoard(refused=self.refused)
        self.empty = EmptyState(_("No plan yet. Start one."), _("Start plan"), icon="action.add")
        self.stack = QStackedWidget()
        for view in (self.plan_view, self._table(), self.empty):
            self.stack.addWidget(view)
        self.stack.setMinimumHeight(px(300))
        body = PageBody(spacing=12, foot=16)
        body.column.addWidget(self.error)
        body.column.addWidget(self._toolbar())
        body.column.addWidget(self.stack, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(Scroller(body), 1)
        self.drawer = Drawer(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.drawer)
        if self.refused:
            self.add.refuse(self.refused)
            self.empty.button.refuse(self.refused)

    def _table(self) -> QWidget:
        self.rows = ShortTable(plan_parts.columns({}, self.desk.today()))
        self.table = ShortTableView(self.rows, name=_("Actions of this plan"))
        card = Card()
        card.body.addWidget(self.table)
        CornerMask(card)
        return card

    def _toolbar(self) -> QWidget:
        self.coverage = CoverageLine()
        self.review = FieldRow(Field(key="review_due", label="", text=""), label_width=80)
        self.change = icon_button("action.edit", _("Change the review date"))
        if self.refused:
            self.change.refuse(self.refused)
        self.owners = Select(name=_("Whose actions"), icon="action.filter")
        self.sides = Select(plan_parts.sides(), name=_("Raised by"), icon="status.user")
        others = (self.review, self.change, self.owners, self.sides)
        self.toolbar = PlanBar(self.coverage, others)
        return self.toolbar

    def _wire(self) -> None:
        self.views.chosen.connect(self._on_view)
        self.add.clicked.connect(self._on_add)
        self.empty.acted.connect(self._on_start)
        self.error.acted.connect(self.refresh)
        self.change.clicked.connect(self.review.edit)
        self.review.committed.connect(self._on_review)
        self.owners.chosen.connect(self._fill)
        self.sides.chosen.connect(self._fill)
        self.table.opened.connect(self._on_row)
        board = self.plan_view
        board.opened.connect(self._on_opened)
        board.ticked.connect(self._on_ticked)
        board.removed.connect(self._on_removed)
        board.moved.connect(self._on_moved)
        board.add_wanted.connect(self._on_add_under)
        board.objective_kept.connect(self._on_objective)
        board.objective_removed.connect(self._on_objective_removed)
        self.desk.changed.connect(self._on_changed)
        self._bind("A", self._on_add)
        self._bind("Space", self._on_table_space, self.table)
        self._bind("Delete", self._on_table_delete, self.table)

    def _bind(self, key: str, act: Any, within: QWidget | None = None) -> None:
        shortcut = QShortcut(QKeySequence(key), within or self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _show(self, board: Board) -> None:
        self._asked, self.board, self._noted = None, board, True
        self.error.say("")
        today = self.desk.today()
        title = _("4P plan: {ocg}").format(ocg=board.ocg.label)
        self.title = title
        self.titled.emit(title)
        self.header.set_title(title, plan_parts.posts(board))
        self.header.show_chips(self._chips(board, today))
        has_plan = board.plan is not None
        for widget in (self.toolbar, self.views, self.add):
            widget.setVisible(has_plan)
        self._fill_toolbar(board)
        self.rows.columns = plan_parts.columns(board.records, today)
        self._fill()
        self.told.emit(plan_parts.told(board, today))

    def _chips(self, board: Board, today: date) -> tuple[Any, ...]:
        if board.plan is None:
            return ()
        return (looks.plan_chip(board.plan), looks.review_chip(board.review_due, today))

    def _fill_toolbar(self, board: Board) -> None:
        self.coverage.show_coverage(board.coverage)
        self.coverage.setVisible(bool(board.coverage))
        due = board.plan.review_due if board.plan else None
        said = dates.shown(due) if due else ""
        self.review.show_field(
            Field(
                key="review_due",
                label=_("Next review"),
                text=said,
                hint=_("Double click or F2 to change the review date"),
                refused=self.refused,
            )
        )
        self.owners.show_options(plan_parts.owners(board.actions), self.owners.current)
        self.owners.updateGeometry()

    def _fill(self) -> None:
        """Show the actions that pass the filters, as cards or as rows."""
        board = self.board
        if board is None:
            return
        if board.plan is None:
            self.stack.setCurrentIndex(2)
            return
        shown = tuple(action for action in board.actions if self._passes(action))
        self.plan_view.show_plan(board, shown, self.desk.today())
        ordered = [action for strand in Strand for action in board.under(strand)]
        self.rows.show_rows([action for action in ordered if action in shown])
        self.stack.setCurrentIndex(0 if self.views.current == "board" else 1)

    def _passes(self, action: Action) -> bool:
        owner, side = self.owners.current, self.sides.current
        return (not owner or action.officer == owner) and (not side or action.side == side)

    def _edit(self, action: Action | None, strand: Strand = Strand.PURSUE) -> None:
        """Open the panel on an action, or on a new one."""
        if self.board is None or self.board.plan is None or self.drawer.is_held():
            return
        editor = ActionEditor(
            self.board, action, today=self.desk.today(), strand=strand, refused=self.refused
        )
        editor.kept.connect(partial(self._on_kept, action))
        editor.left.connect(self._shut)
        self.drawer.open(editor)
        editor.begin()

    def _shut(self) -> None:
        """Put the panel away and go back to the card it was about."""
        editor = self.drawer.panel
        self.drawer.shut()
        action = editor.action if isinstance(editor, ActionEditor) else None
        card = self.plan_view.card(action.id) if action else None
        (card or self.plan_view).setFocus(Qt.FocusReason.OtherFocusReason)

    def _do(self, label: str, act: Any) -> bool:
        return self.desk.do(label, act, right=Right.PLAN)

    def _on_kept(self, action: Action | None, values: Mapping[str, Any]) -> None:
        assert self.board is not None and self.board.plan is not None  # noqa: S101, PT018
        today, plan = self.desk.today(), self.board.plan.id
        if action is None:
            added = partial(plans.add_action, plan_id=plan, values=values, today=today)
            done = self._do(_("Add action"), added)
        else:
            act = partial(
                plans.edit_action, action_id=action.id, values=values, version=action.version
            )
            done = self._do(_("Edit action"), act)
        if done:
            self._shut()

    def _on_opened(self, id_: UUID) -> None:
        if self.board is not None and (action := self.board.action(id_)) is not None:
            self._edit(action)

    def _on_row(self, row: int) -> None:
        self._edit(self.rows.rows[row])

    def _on_add(self) -> None:
        if not self.refused:
            self._edit(None, self.plan_view.column_now())

    def _on_add_under(self, strand: Strand) -> None:
        self._edit(None, strand)

    def _on_ticked(self, id_: UUID) -> None:
        action = self.board.action(id_) if self.board else None
        if action is None:
            return
        done = action.status != ActionStatus.COMPLETE
        status = ActionStatus.COMPLETE if done else ActionStatus.IN_PROGRESS
        label = _("Complete action") if done else _("Reopen action")
        act = partial(plans.set_status, action_id=id_, status=status, today=self.desk.today())
        self._do(label, act)

    def _on_removed(self, id_: UUID) -> None:
        self._do(_("Delete action"), partial(plans.remove, ids=(id_,)))

    def _on_moved(self, id_: UUID, strand: Strand) -> None:
        self._do(_("Move action"), partial(plans.move, action_id=id_, strand=strand))

    def _on_table_space(self) -> None:
        if not self.refused and (action := self.table.row()) is not None:
            self._on_ticked(action.id)

    def _on_table_delete(self) -> None:
        if not self.refused and (action := self.table.row()) is not None:
            self._on_removed(action.id)

    def _on_objective(self, id_: UUID | None, strand: Strand, text: str) -> None:
        assert self.board is not None and self.board.plan is not None  # noqa: S101, PT018
        if id_ is None:
            plan = self.board.plan.id
            act = partial(plans.add_objective, plan_id=plan, strand=strand, text=text)
            self._do(_("Add objective"), act)
        else:
            values = {"text": text}
            self._do(
                _("Edit objective"), partial(plans.edit_objective, objective_id=id_, values=values)
            )

    def _on_objective_removed(self, id_: UUID) -> None:
        self._do(_("Delete objective"), partial(plans.remove, ids=(id_,)))

    def _on_review(self, _key: str, typed: str) -> None:
        assert self.board is not None and self.board.plan is not None  # noqa: S101, PT018
        try:
            day = plans.due_day(typed, today=self.desk.today())
        except DeskError as error:
            self.review.say("error", f"{error}.")
            return
        self.review.say("")
        self._do(
            _("Set review date"), partial(plans.set_review, plan_id=self.board.plan.id, day=day)
        )

    def _on_start(self) -> None:
        def start(work: Work) -> None:
            plans.start(work, self.ocg)

        self._do(_("Start 4P plan"), start)

    def _on_view(self, _view: str) -> None:
        self._fill()

    def _on_changed(self, changed: Changed) -> None:
        if not changed.touches(*_TOUCHING):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _on_failed(self, error: DeskError) -> None:
        self._asked = None
        self.error.say(str(error), _("Try again"))
