"""4P plans: ``plan`` shows, writes and edits one; ``due`` says what is due."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.session import FilePath, Way, on_workspace
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.casework.plan_board import Board
    from ocgdesk.store.planning import Due
    from ocgdesk.store.reader import Reader
    from ocgdesk.store.workspace import Workspace

LONDON = ZoneInfo("Europe/London")
STRANDS = ("pursue", "prevent", "protect", "prepare")
_FIELDS = ("strand", "due", "owner", "agency", "status", "priority", "outcome", "title")


def _edits(command: Callable[..., Any]) -> Callable[..., Any]:
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
    @click.option("--outcome", default="")
    @click.option("--title", default="")
    @wraps(command)
    def run(**rest: Any) -> Any:
        names = (*_FIELDS, "start", "review", "objective", "action", "changed")
        return command(edit={name: rest.pop(name) for name in names}, **rest)

    return run


@click.command()
@on_workspace
@click.argument("ref")
@click.option("-o", "--output", "out", type=FilePath, help="Write it as .docx.")
@click.option("--recipient", default="", help="Who it is for; kept in the journal.")
@click.option("--reason", default="", help="Why it leaves; kept in the journal.")
@_edits
@session.as_at_option
@session.on_option
@session.as_json_option
def plan(
    way: Way,
    ref: str,
    *,
    out: Path | None,
    edit: dict[str, Any],
    as_at: str,
    on: str,
    recipient: str,
    reason: str,
    json_: bool,
) -> None:
    """Show, write or edit the 4P plan of the OCG REF; edits come before what is shown."""
    if as_at or on:
        raise Refused(_("A plan is shown as it is now: --as-at and --on cannot be offered"))
    _check(edit, out)
    with way.opened() as workspace:
        with workspace.reading() as reader:
            ocg = _ocg_of(reader, ref)
        done = _edited(workspace, ocg, edit)
        board = read(workspace, ocg)
        if out is not None:
            write(workspace, ocg, out, recipient=recipient, reason=reason)
    if json_:
        output.as_json(_plain(board))
        return
    for line in done:
        output.say(line)
    if out is not None:
        output.say(_("Wrote {name}").format(name=out.name))
    elif not done:
        _print(board)


def _check(edit: dict[str, Any], out: Path | None) -> None:
    if any(edit[name] for name in _FIELDS) and not (
        edit["action"] or edit["changed"] or edit["objective"]
    ):
        raise click.UsageError(_("say what to change: --add-action TITLE or --set ACTREF"))
    if (edit["action"] or edit["objective"]) and not edit["strand"]:
        raise click.UsageError(_("--strand says under which P"))
    if out is not None and out.suffix.lower() != ".docx":
        raise Refused(_("A plan is written as docx"))


def _ocg_of(reader: "Reader", ref: str) -> UUID:
    """Return the OCG a reference means: its own, its plan's, or that of an action."""
    from ocgdesk.domain.entities import Ocg
    from ocgdesk.domain.things import Entity
    from ocgdesk.store import records

    thing: Any = reader.find(records.resolve(reader, ref).id)
    while isinstance(thing, Entity) and not isinstance(thing, Ocg) and thing.owner:
        thing = reader.find(thing.owner)
    if not isinstance(thing, Ocg):
        raise Refused(_("{ref} is neither an OCG nor part of its plan").format(ref=ref[:60]))
    return thing.id


# ---- Editing ------------------------------------------------------------------------------------


def _edited(workspace: "Workspace", ocg: UUID, edit: dict[str, Any]) -> list[str]:
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
        done.append(_change(workspace, edit))
    return done


def _start(workspace: "Workspace", ocg: UUID, edit: dict[str, Any]) -> str:
    from ocgdesk.casework import plans
    from ocgdesk.domain.people import Right

    day = _day(edit["review"])
    with workspace.work("Start 4P plan", right=Right.PLAN) as done:
        made = plans.start(done.work, ocg, review_due=day)
    return _("Started {ref}").format(ref=made.ref)


def _set_review(workspace: "Workspace", ocg: UUID, text: str) -> str:
    from ocgdesk.casework import plans
    from ocgdesk.domain.people import Right

    day, id_ = _day(text), _plan_of(workspace, ocg)
    with workspace.work("Set review of 4P plan", right=Right.PLAN) as done:
        changed = plans.set_review(done.work, id_, day)
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


def _change(workspace: "Workspace", edit: dict[str, Any]) -> str:
    from ocgdesk.casework import plans
    from ocgdesk.domain.people import Right
    from ocgdesk.domain.plans import Action, ActionStatus
    from ocgdesk.store import records

    with workspace.reading() as reader:
        action = reader.get(Action, records.resolve(reader, edit["changed"]).id)
    values = _values(workspace, edit)
    if not values:
        raise click.UsageError(_("say what to change: --status, --due, --owner …"))
    if status := values.get("status"):
        values["done"] = plans.done_on(ActionStatus(status), session.today())
    with workspace.work("Edit action", right=Right.PLAN) as done:
        plans.edit_action(done.work, action.id, values, version=action.version)
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

    lists = {"status": "action-statuses", "priority": "priorities", "agency": "agencies"}
    values: dict[str, Any] = {
        name: code_list(codes).parse(edit[name]) for name, codes in lists.items() if edit[name]
    }
    values |= {name: edit[name] for name in ("strand", "title", "outcome") if edit[name]}
    if edit["due"]:
        values["due"] = _day(edit["due"])
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


def _day(text: str) -> date | None:
    from ocgdesk.casework import plans

    return plans.due_day(text, today=session.today())


# ---- Showing ------------------------------------------------------------------------------------


def read(workspace: "Workspace", ocg: UUID) -> "Board":
    """Return the plan of an OCG laid out."""
    from ocgdesk.casework import plan_board

    with workspace.reading() as reader:
        return plan_board.read(reader, ocg, today=session.today())


def write(
    workspace: "Workspace", ocg: UUID, out: Path, *, recipient: str = "", reason: str = ""
) -> None:
    """Write the plan of an OCG as a Word document; that it leaves is journalled first."""
    from ocgdesk import settings
    from ocgdesk.casework import plan_papers

    kept = settings.load()
    plan_papers.to_file(
        workspace,
        ocg,
        out,
        now=datetime.now(LONDON),
        author=kept.author,
        agency=kept.agency,
        recipient=recipient,
        reason=reason,
    )


def _plain(board: "Board") -> dict[str, Any]:
    from ocgdesk.casework import present
    from ocgdesk.domain.plans import strand_counts

    counts = strand_counts(board.actions, session.today())
    return {
        "ocg": present.brief(board.ocg),
        "plan": present.plain(board.plan) if board.plan else None,
        "review_due": board.review_due,
        "objectives": [present.plain(thing) for thing in board.objectives],
        "actions": [_action(thing) for thing in board.actions],
        "strands": [
            {"strand": c.strand.value, "live": c.live, "done": c.done, "late": c.late}
            for c in counts
        ],
        "empty": [c.strand.value for c in counts if c.is_empty],
        "as_at": None,
        "withheld": None,
    }


def _action(thing: Any) -> dict[str, Any]:
    from ocgdesk.casework import present

    return present.plain(thing) | {"days_over": thing.days_over(session.today())}


def _print(board: "Board") -> None:
    from ocgdesk.domain.clocks import review_clock
    from ocgdesk.domain.plans import Strand
    from ocgdesk.domain.reference_data import label

    output.say(f"{board.ocg.ref}  {board.ocg.label}  [{board.ocg.marking.banner}]")
    if board.plan is None:
        output.say(_("There is no 4P plan yet; --start begins one"))
        return
    review = review_clock(board.review_due, session.today())
    told = _("{ref}, {status}, next review {day} ({words})")
    status = label("plan-statuses", board.plan.status)
    output.say(
        told.format(ref=board.plan.ref, status=status, day=review.date_words, words=review.words)
    )
    for strand in Strand:
        output.say()
        output.say(label("strands", strand.value).upper())
        for aim in board.wanted(strand):
            output.say(f"  {aim.text}")
        if rows := [_row(action) for action in board.under(strand)]:
            headings = (_("Reference"), _("Action"), _("Owner"), _("Agency"), _("Due"), "", "")
            output.table(headings, rows)
        if not any(action.is_live for action in board.under(strand)):
            output.say(_("  Nothing live"))


def _row(action: Any) -> tuple[str, ...]:
    from ocgdesk.domain.clocks import action_clock
    from ocgdesk.domain.reference_data import label

    clock = action_clock(action.due if action.is_live else None, session.today())
    day = action_clock(action.due, session.today()).date_words
    status = label("action-statuses", action.status)
    agency = label("agencies", action.agency)
    return (action.ref, action.title, action.officer, agency, day, clock.words, status)


@click.command()
@on_workspace
@click.option("--owner", default="", help="Only actions of whoever has this in their name.")
@click.option("--until", default="", help="Up to this day; a week ahead if left out.")
@session.as_json_option
def due(way: Way, owner: str, until: str, *, json_: bool) -> None:
    """List live actions and plan reviews that are overdue or due soon, soonest first."""
    from ocgdesk.store import planning

    day = _day(until) or session.today() + planning.WEEK
    with way.opened() as workspace, workspace.reading() as reader:
        found = planning.due(reader, day, owner=owner)
        reader.saw("List what is due", [item.what.no for item in found], rows=len(found))
    if json_:
        filters = {"until": day.isoformat()} | ({"owner": owner} if owner else {})
        output.items_as_json([_due(item) for item in found], filters=filters)
        return
    if found:
        headings = [_("Due"), "", _("OCG"), _("Strand"), _("What"), _("Owner"), _("Reference")]
        output.table(headings, [_due_row(item) for item in found])
    else:
        output.say(_("Nothing is due"))


def _due(item: "Due") -> dict[str, Any]:
    from ocgdesk.casework import present

    return present.brief(item.what) | {
        "title": item.title,
        "due": item.due,
        "days_over": max(0, (session.today() - item.due).days),
        "strand": item.strand or None,
        "status": item.status,
        "officer": item.officer or None,
        "agency": item.agency or None,
        "ocg": present.brief(item.ocg),
    }


def _due_row(item: "Due") -> tuple[str, ...]:
    from ocgdesk.domain.clocks import action_clock, review_clock
    from ocgdesk.domain.reference_data import label

    read_clock = review_clock if item.is_review else action_clock
    clock = read_clock(item.due, session.today())
    strand = _("Review") if item.is_review else label("strands", item.strand)
    return (
        clock.date_words, clock.words, item.ocg.label, strand, item.title, item.officer,
        item.what.ref,
    )  # fmt: skip
