"""What is done to a plan from its page: each act named, journalled and undoable."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from ocgdesk.casework import merging, plans
from ocgdesk.casework.merging import Overlap
from ocgdesk.casework.plan_board import Board
from ocgdesk.domain.people import Right
from ocgdesk.domain.plans import Action, ActionStatus, Objective, Strand
from ocgdesk.i18n import _
from ocgdesk.store.work import Work
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.pages.record_saving import attempt


class PlanActs(QObject):
    """Does what the page of one OCG's plan asks for, on the ``board`` that was read last."""

    overlapped = Signal(object, object)
    """An Overlap, and the values that were written here."""

    def __init__(self, desk: Desk, ocg: UUID, parent: QObject) -> None:
        super().__init__(parent)
        self.board: Board | None = None
        self.overlap: Overlap | None = None
        self._desk = desk
        self._ocg = ocg

    def start(self) -> None:
        """Begin a plan for the OCG."""

        def act(work: Work) -> None:
            plans.start(work, self._ocg)

        self._do(_("Start 4P plan"), act)

    def keep(self, action: Action | None, values: Mapping[str, Any]) -> bool:
        """Save an action, or a new one; False where it was refused.

        What somebody else changed meanwhile stays; ``overlap`` says where both changed the same.
        """
        self.overlap = None
        if action is not None:
            edited = partial(_edit_action, action=action, values=values)
            error = attempt(self._desk, _("Edit action"), edited, right=Right.PLAN)
            self.overlap = error if isinstance(error, Overlap) else None
            return error is None
        today = self._desk.today()
        added = partial(plans.add_action, plan_id=self._plan(), values=values, today=today)
        return self._do(_("Add action"), added)

    def tick(self, id_: UUID) -> bool:
        """Complete an action, or open it again; True where it is complete now."""
        action = self.board.action(id_) if self.board else None
        if action is None:
            return False
        done = action.status != ActionStatus.COMPLETE
        status = ActionStatus.COMPLETE if done else ActionStatus.IN_PROGRESS
        label = _("Complete action") if done else _("Reopen action")
        today = self._desk.today()
        act = partial(plans.set_status, action_id=id_, status=status, today=today)
        return self._do(label, act) and done

    def move(self, id_: UUID, strand: Strand) -> None:
        """Put an action under another strand."""
        self._do(_("Move action"), partial(plans.move, action_id=id_, strand=strand))

    def remove(self, id_: UUID) -> None:
        """Delete an action."""
        self._do(_("Delete action"), partial(plans.remove, ids=(id_,)))

    def keep_objective(self, aim: Objective | None, strand: Strand, text: str) -> None:
        """Save the words of an objective, or a new one for a strand.

        Where somebody else wrote other words meanwhile, ``overlapped`` hands over both.
        """
        if aim is None:
            act = partial(plans.add_objective, plan_id=self._plan(), strand=strand, text=text)
            self._do(_("Add objective"), act)
            return
        values = {"text": text}
        edited = partial(merging.edit, before=aim, values=values)
        error = attempt(self._desk, _("Edit objective"), edited, right=Right.PLAN)
        if isinstance(error, Overlap):
            self.overlapped.emit(error, values)

    def remove_objective(self, id_: UUID) -> None:
        """Delete an objective."""
        self._do(_("Delete objective"), partial(plans.remove, ids=(id_,)))

    def set_review(self, day: date | None) -> None:
        """Set the day the plan is to be reviewed next."""
        act = partial(plans.set_review, plan_id=self._plan(), day=day)
        self._do(_("Set review date"), act)

    def _plan(self) -> UUID:
        assert self.board is not None and self.board.plan is not None  # noqa: S101, PT018
        return self.board.plan.id

    def _do(self, label: str, act: Any) -> bool:
        return self._desk.do(label, act, right=Right.PLAN)


def _edit_action(work: Work, action: Action, values: Mapping[str, Any]) -> None:
    version = merging.agreed(work.reader, action, values)
    plans.edit_action(work, action.id, values, version=version)
