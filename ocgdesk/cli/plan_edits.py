"""Editing a 4P plan from the command line: its options, and each edit as an act of its own."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from ocgdesk.cli import session
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.store.workspace import Workspace

STRANDS = ("pursue", "prevent", "protect", "prepare")
_FIELDS = ("strand", "due", "owner", "agency", "status", "priority", "threat", "outcome", "title")


def edits(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that edit a plan, as one dictionary."""

    @click.option("--start", is_flag=True, help="Start the plan.")
    @click.option("--review", default="", help="The day it is to be reviewed next.")
    @click.option("--add-objective", "objective", default="", metavar="TEXT")
    @click.option("--add-action", "action", default="", metavar="TITLE")
    @click.option("--set", "changed", default="", metavar="ACTREF", help="Change this action.")
    @click.option("--strand", type=click.Choice(STRANDS))
    @click.option("--due", default="", help="Like 14/12/2026, +14 or 5 Dec.")
    @click.option("--owner", default="", help="Who does it.")
    @click.option("--agency", default="")
    @click.option("--status", default="")
    @click.option("--priority", default="")
    @click.option("--threat", default="", help="Of the control strategy, it counts under this.")
    @click.option("--outcome", default="")
    @click.option("--title", default="")
    @wraps(command)
    def run(**rest: Any) -> Any:
        names = (*_FIELDS, "start", "review", "objective", "action", "changed")
        return command(edit={name: rest.pop(name) for name in names}, **rest)

    return run


def check(edit: dict[str, Any]) -> None:
    """Raise a usage error where it is not clear what is to be edited."""
    acts = edit["action"] or edit["changed"] or edit["objective"]
    if any(edit[name] for name in _FIELDS) and not acts:
        raise click.UsageError(_("say what to change: --add-action TITLE or --set ACTREF"))
    if (edit["action"] or edit["objective"]) and not edit["strand"]:
        raise click.UsageError(_("--strand says under which P"))


def edited(workspace: "Workspace", ocg: UUID, edit: dict[str, Any]) -> list[str]:
    """Do what was asked, each as an act of its own that can be undone; say what was done."""
    done = []
    if edit["start"]:
        done.append(_start(workspace, ocg, edit))
    elif edit["review"]:
        done.append(_set_review(workspace, ocg, edit["review"]))
    if edit["objective"]:
        done.append(_add_objective(workspace, ocg, edit))
    if edit["action"]:
        done.append(_add_action(workspace, ocg, edit))
    if edit["changed"]:
        done.append(_change(workspace, ocg, edit))
    return done


def _start(workspace: "Workspace", ocg: UUID, edit: dict[str, Any]) -> str:
    from ocgdesk.casework import plans
    from ocgdesk.domain.people import Right

    review = day(edit["review"])
    with workspace.work("Start 4P plan", right=Right.PLAN) as done:
        made = plans.start(done.work, ocg, review_due=review)
    return _("Started {ref}").format(ref=made.ref)


def _set_review(workspace: "Workspace", ocg: UUID, text: str) -> str:
    from ocgdesk.casework import plans
    from ocgdesk.domain.people import Right

    review, id_ = day(text), _plan_of(workspace, ocg)
    with workspace.work("Set review of 4P plan", right=Right.PLAN) as done:
        changed = plans.set_review(done.work, id_, review)
    return _("Changed {ref}").format(ref=changed.ref)


def _add_objective(workspace: "Workspace", ocg: UUID, edit: dict[str, Any]) -> str:
    from ocgdesk.casework import plans
    from ocgdesk.domain.people import Right
    from ocgdesk.domain.plans import Strand

    id_ = _plan_of(workspace, ocg)
    with workspace.work("Add objective", right=Right.PLAN) as done:
        plans.add_objective(done.work, id_, Strand(edit["strand"]), edit["objective"])
    return _("Added an objective")


def _add_action(workspace: "Workspace", ocg: UUID, edit: dict[str, Any]) -> str:
    from ocgdesk.casework import plans
    from ocgdesk.domain.people import Right

    id_ = _plan_of(workspace, ocg)
    values = _values(workspace, edit) | {"title": edit["action"]}
    with workspace.work("Add action", right=Right.PLAN) as done:
        action = plans.add_action(done.work, id_, values, today=session.today())
    return _("Added {ref}").format(ref=action.ref)


def _change(workspace: "Workspace", ocg: UUID, edit: dict[str, Any]) -> str:
    from ocgdesk.casework import plans
    from ocgdesk.domain.people import Right
    from ocgdesk.domain.plans import Action, ActionStatus, Strand
    from ocgdesk.store import records

    plan, values = _plan_of(workspace, ocg), _values(workspace, edit)
    if not values:
        raise click.UsageError(_("say what to change: --status, --due, --owner …"))
    with workspace.reading() as reader:
        action = reader.get(Action, records.resolve(reader, edit["changed"]).id)
    if action.owner != plan:
        raise Refused(_("{ref} is no action of this plan").format(ref=action.ref))
    if status := values.get("status"):
        values["done"] = plans.done_on(ActionStatus(status), session.today())
    strand = values.pop("strand", None)
    with workspace.work("Edit action", right=Right.PLAN) as done:
        plans.edit_action(done.work, action.id, values, version=action.version)
        if strand:
            plans.move(done.work, action.id, Strand(strand))
    return _("Changed {ref}").format(ref=action.ref)


def _plan_of(workspace: "Workspace", ocg: UUID) -> UUID:
    from ocgdesk.store import planning

    with workspace.reading() as reader:
        found = planning.plan_of(reader, ocg)
    if found is None:
        raise Refused(_("This OCG has no 4P plan yet; --start begins one"))
    return found.id


def _values(workspace: "Workspace", edit: dict[str, Any]) -> dict[str, Any]:
    """Return what was said of an action, as its fields hold it."""
    from ocgdesk.domain.reference_data import code_list

    lists = {
        "status": "action-statuses",
        "priority": "priorities",
        "agency": "agencies",
        "threat": "control-strategy",
    }
    values: dict[str, Any] = {
        name: code_list(codes).parse(edit[name]) for name, codes in lists.items() if edit[name]
    }
    values |= {name: edit[name] for name in ("strand", "title", "outcome") if edit[name]}
    if edit["due"]:
        values["due"] = day(edit["due"])
    if edit["owner"]:
        values |= _owner(workspace, edit["owner"])
    return values


def _owner(workspace: "Workspace", name: str) -> dict[str, Any]:
    """Return who owns an action: a user of this workspace where one has that name."""
    folded = name.strip().casefold()
    for user in workspace.users():
        if folded in {user.name.casefold(), user.display.casefold()}:
            return {"officer": user.display, "user": user.id}
    return {"officer": name.strip(), "user": None}


def day(text: str) -> date | None:
    """Read a due date as people type one; None where there is none."""
    from ocgdesk.casework import plans

    return plans.due_day(text, today=session.today())
