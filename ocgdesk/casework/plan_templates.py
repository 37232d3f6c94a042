"""Plan templates: objectives and actions taken from any plan, without the names in it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

import msgspec

from ocgdesk.casework import plans, records
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.planning import PlanTemplate
from ocgdesk.domain.plans import Action, Objective, Plan, Strand
from ocgdesk.domain.reference_data import label
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import plan_parts, planning
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.store.work import Work

_AIM: Final = ("strand", "text", "measure", "baseline", "target")
_ACT: Final = ("title", "strand", "area", "tactic", "power", "priority", "agency", "side")


class Aim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An objective as a template holds it."""

    strand: str
    text: str
    measure: str = ""
    baseline: str = ""
    target: str = ""


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An action as a template holds it; ``days`` is how long it has from the day it is raised."""

    title: str
    strand: str
    area: str = ""
    tactic: str = ""
    power: str = ""
    priority: str = "medium"
    agency: str = ""
    side: str = "lro"
    days: int | None = None


class Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a template begins a plan with."""

    objectives: tuple[Aim, ...] = ()
    actions: tuple[Step, ...] = ()


def templates(reader: Reader) -> tuple[PlanTemplate, ...]:
    """Return the templates that are offered, by title."""
    return tuple(one for one in plan_parts.templates(reader) if not one.retired)


def content_of(template: PlanTemplate) -> Content:
    """Return what a template holds; Refused, in words, for one that is damaged."""
    try:
        return msgspec.json.decode(template.content.encode(), type=Content)
    except msgspec.DecodeError as fault:
        raise Refused(_("This template is damaged: {fault}").format(fault=fault)) from None


def make(work: Work, plan_id: UUID, title: str, *, threats: Sequence[str] = ()) -> PlanTemplate:
    """Make a template of a plan. What its actions touch is not named: a nominal is "[Nominal]".

    Raises Refused for a plan in which nothing is to be done.
    """
    plan = work.get(Plan, plan_id)
    found = queries.owned(work.reader, plan.id, Kind.OBJECTIVE)
    aims = [thing for thing in found if isinstance(thing, Objective)]
    actions = planning.actions_of(work.reader, plan.id)
    if not (aims or actions):
        raise Refused(_("This plan has neither objectives nor actions to make a template of"))
    named = _named(work.reader, plan, actions)
    content = Content(
        objectives=tuple(_aim(one, named) for one in aims),
        actions=tuple(_step(one, named) for one in actions),
    )
    return records.made(
        work,
        PlanTemplate(
            title=title, threats=tuple(threats), content=msgspec.json.encode(content).decode()
        ),
    )


def _named(reader: Reader, plan: Plan, actions: Sequence[Action]) -> Mapping[UUID, Brief]:
    ids = {id_ for action in actions for id_ in action.touches}
    return queries.by_ids(reader, ids | ({plan.owner} if plan.owner else set()))


def _aim(one: Objective, named: Mapping[UUID, Brief]) -> Aim:
    values = {name: _nameless(getattr(one, name), named) for name in _AIM}
    return Aim(**values)


def _step(one: Action, named: Mapping[UUID, Brief]) -> Step:
    values: dict[str, Any] = {name: _nameless(getattr(one, name), named) for name in _ACT}
    days = (one.due - one.raised).days if one.due and one.raised else None
    return Step(**values, days=days)


def _nameless(text: str, named: Mapping[UUID, Brief]) -> str:
    for brief in sorted(named.values(), key=lambda one: -len(one.label)):
        if brief.label:
            text = text.replace(brief.label, f"[{label('kinds', brief.kind.value)}]")
    return text


def use(work: Work, plan_id: UUID, template_id: UUID, *, today: date) -> int:
    """Add what a template holds to a plan, under its four Ps; return how many things that is.

    Raises Refused for a template that is damaged or not offered any more.
    """
    template = work.get(PlanTemplate, template_id)
    if template.retired:
        raise Refused(_("This template is not offered any more"))
    content = content_of(template)
    for aim in content.objectives:
        more = {"measure": aim.measure, "baseline": aim.baseline, "target": aim.target}
        plans.add_objective(work, plan_id, Strand(aim.strand), aim.text, **more)
    for step in content.actions:
        values: dict[str, Any] = {name: getattr(step, name) for name in _ACT}
        if step.days is not None:
            values["due"] = today + timedelta(days=max(0, step.days))
        plans.add_action(work, plan_id, values, today=today)
    return len(content.objectives) + len(content.actions)
