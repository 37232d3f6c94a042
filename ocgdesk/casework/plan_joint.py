"""LRO and SIO on one plan: adopted by an SIO, and handed back to the LRO."""

from datetime import date
from uuid import UUID

from ocgdesk.casework import ocgs, plans
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Assignment
from ocgdesk.domain.plans import Action
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import planning
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work

LRO, SIO = "lro", "sio"


def holder(reader: Reader, ocg_id: UUID, role: str) -> Assignment | None:
    """Return who holds a role of an OCG now, the newest where several do."""
    held = [post for post in ocgs.assignments(reader, ocg_id) if post.role == role]
    return next((post for post in reversed(held) if post.end is None), None)


def adopt(
    work: Work, ocg_id: UUID, officer: str, *, user: UUID | None = None, agency: str = "",
    today: date,
) -> Assignment:  # fmt: skip
    """Give an OCG an SIO from today; the LRO keeps the OCG and its plan.

    Raises Refused without an officer, and where nobody is LRO: the plan needs its keeper.
    """
    if not officer.strip():
        raise Refused(_("Say who is SIO"))
    if holder(work.reader, ocg_id, LRO) is None:
        raise Refused(_("This OCG has no LRO: assign one before a ROCU adopts it"))
    post = Assignment(
        role=SIO, officer=officer.strip(), user=user, agency=agency, start=PartialDate.of(today)
    )
    return ocgs.assign(work, ocg_id, post)


def hand_back(work: Work, ocg_id: UUID, note: str, *, today: date) -> tuple[Action, ...]:
    """End the SIO's part: what they had still to do is the LRO's; return those actions.

    Raises Refused without a note, and where no SIO or no LRO is there.
    """
    if not note.strip():
        raise Refused(_("Say with what the OCG is handed back; it stays on the assignment"))
    posts = [p for p in ocgs.assignments(work.reader, ocg_id) if p.role == SIO and p.end is None]
    lro = holder(work.reader, ocg_id, LRO)
    if not posts:
        raise Refused(_("No SIO has adopted this OCG"))
    if lro is None:
        raise Refused(_("This OCG has no LRO to be handed back to"))
    for post in posts:
        ocgs.end_assignment(work, post.id, today, note.strip())
    return tuple(_taken_over(work, ocg_id, lro))


def _taken_over(work: Work, ocg_id: UUID, lro: Assignment) -> list[Action]:
    plan = planning.plan_of(work.reader, ocg_id)
    actions = planning.actions_of(work.reader, plan.id) if plan else []
    values = {"side": LRO, "officer": lro.officer, "user": lro.user}
    theirs = [action for action in actions if action.is_live and action.side == SIO]
    return [plans.edit_action(work, action.id, values) for action in theirs]
