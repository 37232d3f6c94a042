"""The ways to look at a plan, each made when first shown: board, table, days, bars, sections."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from ocgdesk.casework.plan_beside import Beside
from ocgdesk.casework.plan_board import Board
from ocgdesk.domain.plans import Action, Strand
from ocgdesk.i18n import N_, _
from ocgdesk.ui.models.short_table import ShortTable, ShortTableView
from ocgdesk.ui.pages import plan_parts
from ocgdesk.ui.pages.plan_parts import PlanTable
from ocgdesk.ui.pages.plan_sections import SectionsPart
from ocgdesk.ui.plan.bars import PlanTimeline
from ocgdesk.ui.plan.board import PlanBoard
from ocgdesk.ui.plan.days import PlanCalendar
from ocgdesk.ui.plan.review import ReviewPart
from ocgdesk.ui.widgets.buttons import Segment
from ocgdesk.ui.widgets.later import LaterStack
from ocgdesk.ui.widgets.notes import EmptyState

BOARD, TABLE, CALENDAR, TIMELINE = "board", "table", "calendar", "timeline"
SECTIONS, REVIEW, EMPTY = "sections", "review", "empty"
_SEGMENTS: Final = (
    (BOARD, N_("Board"), "page.board"),
    (TABLE, N_("Table"), "page.table"),
    (CALENDAR, N_("Calendar"), "page.calendar"),
    (TIMELINE, N_("Timeline"), "page.timeline"),
    (SECTIONS, N_("Sections"), "page.list"),
)


def segments() -> tuple[Segment, ...]:
    """Return the ways to look at a plan, for the control that chooses one."""
    return tuple(Segment(key, _(title), icon) for key, title, icon in _SEGMENTS)


class PlanViews(LaterStack):
    """Holds the views and fills those that were made."""

    def __init__(self, today: date, refused: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.today = today
        self.refused = refused
        self.rows = ShortTable(plan_parts.columns({}, today))
        self._board: Board | None = None
        self._shown: tuple[Action, ...] = ()
        self._beside: Beside | None = None
        self.offer(BOARD, self._make_board)
        self.offer(TABLE, partial(PlanTable, self.rows))
        self.offer(CALENDAR, partial(PlanCalendar, today))
        self.offer(TIMELINE, partial(PlanTimeline, today))
        self.offer(SECTIONS, partial(SectionsPart, today))
        self.offer(REVIEW, self._make_review)
        self.offer(EMPTY, self._no_plan)
        self.made.connect(self._fill)

    @property
    def board(self) -> PlanBoard:
        """The board of four columns."""
        part = self.part(BOARD)
        assert isinstance(part, PlanBoard)  # noqa: S101 - as it was offered
        return part

    @property
    def table(self) -> ShortTableView:
        """All actions in a table."""
        part = self.part(TABLE)
        assert isinstance(part, PlanTable)  # noqa: S101 - as it was offered
        return part.table

    @property
    def sections(self) -> SectionsPart:
        """The whole plan in its sections."""
        part = self.part(SECTIONS)
        assert isinstance(part, SectionsPart)  # noqa: S101 - as it was offered
        return part

    @property
    def review(self) -> ReviewPart:
        """Review and sign."""
        part = self.part(REVIEW)
        assert isinstance(part, ReviewPart)  # noqa: S101 - as it was offered
        return part

    @property
    def empty(self) -> EmptyState:
        """What stands here before there is a plan."""
        part = self.part(EMPTY)
        assert isinstance(part, EmptyState)  # noqa: S101 - as it was offered
        return part

    def dated(self, key: str) -> PlanCalendar | PlanTimeline:
        """Return the calendar or the timeline."""
        part = self.part(key)
        assert isinstance(part, PlanCalendar | PlanTimeline)  # noqa: S101 - as it was offered
        return part

    def show_board(self, board: Board, shown: Sequence[Action]) -> None:
        """Show these actions of a plan in every view that was made."""
        self._board, self._shown = board, tuple(shown)
        self.rows.columns = plan_parts.columns(board.records, self.today)
        ordered = [action for strand in Strand for action in board.under(strand)]
        self.rows.show_rows([action for action in ordered if action in self._shown])
        for key in (BOARD, CALENDAR, TIMELINE):
            if self.has_made(key):
                self._fill(key)

    def show_beside(self, beside: Beside | None) -> None:
        """Show what stands beside the board."""
        self._beside = beside
        if beside is not None and self.has_made(BOARD):
            self.board.show_beside(beside)
        for key in (SECTIONS, REVIEW):
            if self.has_made(key):
                self._fill(key)

    def _fill(self, key: str) -> None:
        board, beside = self._board, self._beside
        if board is None or board.plan is None:
            return
        if key == BOARD:
            self.board.show_plan(board, self._shown, self.today)
        elif key in {CALENDAR, TIMELINE}:
            self.dated(key).show_actions(self._shown)
        elif key == SECTIONS and beside is not None:
            self.sections.show_beside(beside, refused=self.refused)
        elif key == REVIEW and beside is not None:
            self.review.show_review(board, beside)

    def _make_board(self, parent: QWidget) -> PlanBoard:
        return PlanBoard(refused=self.refused, parent=parent)

    def _make_review(self, parent: QWidget) -> ReviewPart:
        return ReviewPart(today=self.today, refused=self.refused, parent=parent)

    def _no_plan(self, parent: QWidget) -> EmptyState:
        made = EmptyState(
            _("No plan yet. Start one."), _("Start plan"), icon="action.add", parent=parent
        )
        if self.refused:
            made.button.refuse(self.refused)
        return made
