"""What can be done to 4P plans."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from ocgdesk.casework import records
from ocgdesk.domain.entities import Assignment, Ocg
from ocgdesk.domain.plans import Action, ActionStatus, Objective, Plan, Strand
from ocgdesk.errors import Refused
from ocgdesk.store import planning
from ocgdesk.store.work import Work


def start(work: Work, ocg_id: UUID, *, review_due: date | None = None) -> Plan:
    """Start the plan of an OCG; Refused where it has one."""
    ocg = work.get(Ocg, ocg_id)
    if planning.plan_of(work.reader, ocg_id) is not None:
        raise Refused("This OCG has a 4P plan already")
    new = Plan(owner=ocg_id, title=f"4P plan: {ocg.name}"[:500], review_due=review_due)
    return records.create(work, replace(new, marking=ocg.marking, restricted_to=ocg.restricted_to))


def add_objective(work: Work, plan_id: UUID, strand: Strand, text: str, **more: Any) -> Objective:
    """Say what the plan wants under one P."""
    plan = work.get(Plan, plan_id)
    return records.create(
        work,
        Objective(
            owner=plan.id,
            strand=strand.value,
            text=text,
            restricted_to=plan.restricted_to,
            **more,
        ),
    )


def add_action(work: Work, plan_id: UUID, values: Mapping[str, Any], *, today: date) -> Action:
    """Add an action to a plan; Refused where it is due before it was raised."""
    plan = work.get(Plan, plan_id)
    action = Action(
        owner=plan.id,
        restricted_to=plan.restricted_to,
        **{"raised": today, **values},
    )
    _check(action)
    return records.create(work, action)


def edit_action(
    work: Work, action_id: UUID, values: Mapping[str, Any], *, version: int | None = None
) -> Action:
    """Change an action."""
    _check(replace(work.get(Action, action_id), **values))
    changed = records.edit(work, action_id, values, version=version)
    assert isinstance(changed, Action)  # noqa: S101 - it was read as one above
    return changed


def set_status(work: Work, action_id: UUID, status: ActionStatus, *, today: date) -> Action:
    """Move an action on; completing it notes the day, reopening it forgets the day."""
    done = today if status is ActionStatus.COMPLETE else None
    return edit_action(work, action_id, {"status": status.value, "done": done})


def move(work: Work, action_id: UUID, strand: Strand) -> Action:
    """Put an action under another P."""
    return edit_action(work, action_id, {"strand": strand.value})


def assign(work: Work, ocg_id: UUID, assignment: Assignment) -> Assignment:
    """Give an OCG an LRO, SIO or SRO; who held the role until now hands over that day."""
    ocg = work.get(Ocg, ocg_id)
    return records.create(work, replace(assignment, owner=ocg.id, restricted_to=ocg.restricted_to))


def _check(action: Action) -> None:
    if action.due and action.raised and action.due < action.raised:
        raise Refused("An action cannot be due before it was raised")
    if action.strand not in set(Strand):
        raise Refused(f"{action.strand!r} is none of the four Ps")
