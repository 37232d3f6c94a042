"""What an archive asks for besides what a move needs: a final review of the 4P plan.

It is asked for and never in the way (a local default: the national rules are not public). What is
missing is said before the move, and stays with the decision.
"""

from datetime import date
from uuid import UUID

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.planning import Review
from ocgdesk.domain.plans import Plan
from ocgdesk.i18n import _
from ocgdesk.store import planning
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader


def doubts(reader: Reader, ocg: UUID) -> tuple[str, ...]:
    """Return, a sentence each, what of a final review is not on record for an OCG's plans.

    A review counts as the final one where nothing of the plan was done after it.
    """
    plans = [thing for thing in queries.owned(reader, ocg, Kind.PLAN) if isinstance(thing, Plan)]
    if not plans:
        return (_("There is no 4P plan on record, and so no final review of one."),)
    return tuple(
        _("The plan {ref} has no final review on record.").format(ref=plan.ref)
        for plan in plans
        if not _is_reviewed(reader, plan)
    )


def _is_reviewed(reader: Reader, plan: Plan) -> bool:
    done = [action.done for action in planning.actions_of(reader, plan.id) if action.done]
    last = max(done, default=date.min)
    reviews = queries.owned(reader, plan.id, Kind.REVIEW)
    held = [review.held for review in reviews if isinstance(review, Review) and review.held]
    return any(day >= last for day in held)
