"""What can be done to 4P plans."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from ocgdesk.casework import records
from ocgdesk.domain import dates
from ocgdesk.domain.entities import Assignment, Ocg
from ocgdesk.domain.plans import Action, ActionStatus, Objective, Plan, Strand
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
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


def set_review(work: Work, plan_id: UUID, day: date | None) -> Plan:
    """Say when the plan is to be reviewed next."""
    changed = records.edit(work, plan_id, {"review_due": day})
    assert isinstance(changed, Plan)  # noqa: S101 - only plans are given here
    return changed


def remove(work: Work, ids: Iterable[UUID]) -> None:
    """Take actions or objectives out of a plan; an objective's actions stay, without it."""
    gone = set(ids)
    for id_ in gone:
        thing = work.reader.find(id_)
        if isinstance(thing, Objective):
            _let_go(work, thing)
        elif not isinstance(thing, Action):
            raise Refused("Only actions and objectives are taken out of a plan")
    records.remove(work, gone)


def _let_go(work: Work, objective: Objective) -> None:
    assert objective.owner is not None  # noqa: S101 - objectives belong to a plan
    actions = planning.actions_of(work.reader, objective.owner)
    held = [action for action in actions if action.objective == objective.id]
    if held:
        work.put(*(replace(action, objective=None) for action in held))


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
    changed = replace(work.get(Action, action_id), **values)
    _check(changed)
    _check_order(work, changed)
    saved = records.edit(work, action_id, values, version=version)
    assert isinstance(saved, Action)  # noqa: S101 - it was read as one above
    return saved


def _check_order(work: Work, action: Action) -> None:
    """Raise Refused where an action would come after itself, over however many others."""
    if action.owner is None or not action.after:
        return
    waits = {one.id: one for one in planning.actions_of(work.reader, action.owner)}
    waits[action.id] = action
    seen, ahead = set[UUID](), list(action.after)
    while ahead:
        id_ = ahead.pop()
        if id_ == action.id:
            raise Refused(_("This action would come after itself: take one of the others out"))
        if id_ not in seen and id_ in waits:
            seen.add(id_)
            ahead += waits[id_].after


def set_status(work: Work, action_id: UUID, status: ActionStatus, *, today: date) -> Action:
    """Move an action on; completing it notes the day, reopening it forgets the day."""
    return edit_action(work, action_id, {"status": status.value, "done": done_on(status, today)})


def done_on(status: ActionStatus, today: date) -> date | None:
    """Return the day to note with a status: today where the action is complete."""
    return today if status is ActionStatus.COMPLETE else None


def move(work: Work, action_id: UUID, strand: Strand) -> Action:
    """Put an action under another P; an objective of the P it leaves is let go."""
    action = work.get(Action, action_id)
    values: dict[str, Any] = {"strand": strand.value}
    if action.objective and work.get(Objective, action.objective).strand != strand:
        values["objective"] = None
    return edit_action(work, action_id, values)


_DAY_AND_MONTH = re.compile(r"(\d{1,2})\s*[/. ]\s*(\d{1,2}|[A-Za-z]{3,9})")
_AHEAD = 20
"""A due date's two-digit year is at most so many years ahead."""


def due_day(text: str, *, today: date) -> date | None:
    """Read a due date as people type one; empty is none.

    As ``dates.day`` reads it, but years lie ahead (``5/12/27``), and a day without a year
    (``5 Dec``, ``5/12``) is the next there is. Raises Refused where no date can be read.
    """
    text = text.strip()
    if not text:
        return None
    if found := _DAY_AND_MONTH.fullmatch(text):
        return _next(found[1], found[2], today)
    if text.lower() == "today" or text[0] in "+-":
        return dates.day(text, today=today)
    return dates.day(text, today=date(today.year + _AHEAD, 1, 1))


def _next(day: str, month: str, today: date) -> date:
    apart = "/" if month.isdigit() else " "
    for year in (today.year, today.year + 1):
        read = dates.day(f"{day}{apart}{month}{apart}{year}", today=today)
        if read >= today:
            return read
    return read


def assign(work: Work, ocg_id: UUID, assignment: Assignment) -> Assignment:
    """Give an OCG an LRO, SIO or SRO; who held the role until now hands over that day."""
    ocg = work.get(Ocg, ocg_id)
    return records.create(work, replace(assignment, owner=ocg.id, restricted_to=ocg.restricted_to))


def _check(action: Action) -> None:
    if action.strand not in set(Strand):
        raise Refused(f"{action.strand!r} is none of the four Ps")
    if action.due and action.raised and action.due < action.raised:
        raise Refused("An action cannot be due before it was raised")
