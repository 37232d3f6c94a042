"""Action sheets without a window: out to an owner, and back as a draft or saved."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.session import FilePath
from ocgdesk.errors import Refused
from ocgdesk.i18n import _, ngettext

if TYPE_CHECKING:
    from ocgdesk.casework.action_sheets import Answer, Draft
    from ocgdesk.store.workspace import Workspace


def sheets(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of action sheets, as one dictionary."""

    @click.option("--sheet", type=FilePath, help="Write the live actions as .xlsx for their owner.")
    @click.option("--sheet-for", "sheet_for", default="", metavar="NAME", help="Only this owner's.")
    @click.option("--take-back", "back", type=FilePath, help="Read a sheet back, as a draft.")
    @click.option("--save", is_flag=True, help="Save what the sheet brings back.")
    @wraps(command)
    def run(**rest: Any) -> Any:
        names = ("sheet", "sheet_for", "back", "save")
        return command(sheet={name: rest.pop(name) for name in names}, **rest)

    return run


def is_wanted(sheet: dict[str, Any]) -> bool:
    """Tell whether a sheet is to go out or come back."""
    return bool(sheet["sheet"] or sheet["back"])


def do(
    workspace: "Workspace", ocg: UUID, sheet: dict[str, Any], *, json_: bool, **told: str
) -> None:
    """Write a sheet, or read one back; nothing is saved without ``--save``."""
    if sheet["sheet"]:
        _send(workspace, ocg, sheet, json_=json_, **told)
    if sheet["back"]:
        _take_back(workspace, ocg, sheet["back"], save=sheet["save"], json_=json_)


def _send(
    workspace: "Workspace", ocg: UUID, sheet: dict[str, Any], *, json_: bool, **told: str
) -> None:
    from ocgdesk.casework import action_sheets

    path: Path = sheet["sheet"]
    owner = sheet["sheet_for"]
    count = action_sheets.to_file(workspace, ocg, path, owner=owner, today=session.today(), **told)
    if json_:
        output.as_json({"written": path.name, "actions": count})
        return
    words = ngettext("Wrote {n} action to {name}", "Wrote {n} actions to {name}", count)
    output.say(words.format(n=count, name=path.name))


def _take_back(workspace: "Workspace", ocg: UUID, path: Path, *, save: bool, json_: bool) -> None:
    from ocgdesk.casework import action_sheets
    from ocgdesk.domain.people import Right
    from ocgdesk.store import planning

    with workspace.reading() as reader:
        plan = planning.plan_of(reader, ocg)
        if plan is None:
            raise Refused(_("This OCG has no 4P plan yet; --start begins one"))
        draft = action_sheets.read(reader, plan.id, path, today=session.today())
    if save:
        with workspace.work("Take back action sheet", right=Right.PLAN) as done:
            action_sheets.take_back(done.work, draft)
    if json_:
        output.items_as_json([_plain(one) for one in draft.answers])
        return
    _print(draft, save=save)


def _plain(one: "Answer") -> dict[str, object]:
    return {
        "row": one.row,
        "ref": one.ref,
        "values": dict(one.values),
        "problem": one.problem or None,
    }


def _print(draft: "Draft", *, save: bool) -> None:
    for one in draft.answers:
        if one.problem:
            output.say(_("Row {n}: {problem}").format(n=one.row, problem=one.problem))
        elif one.values:
            values = ", ".join(f"{name} = {value}" for name, value in one.values.items())
            output.say(f"{one.ref}: {values}")
    count = len(draft.taken)
    if save:
        output.say(ngettext("Saved {n} answer", "Saved {n} answers", count).format(n=count))
    else:
        output.say(_("Draft only: nothing is saved without --save"))
