"""4P plans: ``plan`` shows, writes and edits one; ``due`` says what is due."""

from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from ocgdesk.cli import asking, calendars, output, plan_edits, plan_sheets, session
from ocgdesk.cli.reasoning import told
from ocgdesk.cli.session import FilePath, Way, on_workspace
from ocgdesk.domain.dates import LONDON
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.casework.plan_board import Board
    from ocgdesk.store.falling_due import Due
    from ocgdesk.store.reader import Reader
    from ocgdesk.store.workspace import Workspace


@click.command()
@on_workspace
@click.argument("ref")
@click.option("-o", "--output", "out", type=FilePath, help="Write it as .docx or .pdf.")
@session.recipient_option
@click.option("--reason", default="", help="Why you look or why it leaves; it is kept.")
@session.named_option
@plan_edits.edits
@plan_sheets.sheets
@session.as_at_option
@session.on_option
@session.as_json_option
def plan(
    way: Way,
    ref: str,
    *,
    out: Path | None,
    edit: dict[str, Any],
    sheet: dict[str, Any],
    as_at: str,
    on: str,
    recipient: str,
    reason: str,
    named: str,
    json_: bool,
) -> None:
    """Show, write or edit the 4P plan of the OCG REF; edits come before what is shown."""
    _check(on, out)
    if as_at:
        changing = bool(out) or any(edit.values())
        _show_then(way, ref, as_at, changing=changing, reason=reason, json_=json_)
        return
    plan_edits.check(edit)
    with way.opened() as workspace:
        with workspace.reading() as reader:
            ocg = ocg_of(reader, ref)
        if plan_sheets.is_wanted(sheet):
            told_ = {"recipient": recipient, "reason": reason}
            plan_sheets.do(workspace, ocg, sheet, json_=json_, **told_)
            return
        done = plan_edits.edited(workspace, ocg, edit)
        board = told(partial(read, workspace, ocg), reason)
        if out is not None:
            write(workspace, ocg, out, recipient=recipient, reason=reason, named=named)
    if json_:
        output.as_json(_plain(board, session.today()))
        return
    for line in done:
        output.say(line)
    if out is not None:
        output.say(_("Wrote {name}").format(name=out.name))
    elif not done:
        _print(board, session.today())


def _check(on: str, out: Path | None) -> None:
    if on:
        raise Refused(_("A plan says itself what is due when: --on cannot be offered"))
    if out is not None:
        from ocgdesk.casework import plan_papers

        plan_papers.format_of(out)


def _show_then(way: Way, ref: str, as_at: str, *, changing: bool, reason: str, json_: bool) -> None:
    """Show a plan as it was recorded at a moment, with what was late then."""
    from ocgdesk.casework import plan_past, reasons
    from ocgdesk.store import history

    if changing:
        raise Refused(
            _("A plan of then can be looked at, not edited or written: leave out --as-at")
        )
    at = asking.moment(as_at)
    assert at is not None  # noqa: S101 - asked for by who calls
    day = at.astimezone(LONDON).date()
    with way.opened() as workspace:

        def look(why: str, asked: bool) -> "Board":  # noqa: FBT001 - as reasons are told
            with workspace.reading(why) as reader:
                entry = history.seq_at(reader, at)
                ocg = plan_past.ocg_of(reader, ref, entry)
                reasons.check_open(reader, ocg, asked=asked)
                return plan_past.read(reader, ocg, entry, today=day)

        board = told(look, reason)
    if json_:
        output.as_json(_plain(board, day) | {"as_at": asking.as_at_words(as_at)})
        return
    _print(board, day)


def ocg_of(reader: "Reader", ref: str) -> UUID:
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


# ---- Showing ------------------------------------------------------------------------------------


def read(
    workspace: "Workspace",
    ocg: UUID,
    reason: str = "",
    asked: bool = True,  # noqa: FBT001, FBT002 - as reasons are told
) -> "Board":
    """Return the plan of an OCG laid out."""
    from ocgdesk.casework import plan_board

    with workspace.reading(reason) as reader:
        return plan_board.consult(reader, ocg, today=session.today(), asked=asked)


def write(
    workspace: "Workspace",
    ocg: UUID,
    out: Path,
    *,
    recipient: str = "",
    reason: str = "",
    named: str = "",
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
        named=named,
    )


def _plain(board: "Board", today: date) -> dict[str, Any]:
    from ocgdesk.casework import present
    from ocgdesk.domain.plans import strand_counts

    counts = strand_counts(board.actions, today)
    return {
        "ocg": present.brief(board.ocg),
        "plan": present.plain(board.plan) if board.plan else None,
        "review_due": board.review_due,
        "objectives": [present.plain(thing) for thing in board.objectives],
        "actions": [_action(thing, today) for thing in board.actions],
        "strands": [
            {"strand": c.strand.value, "live": c.live, "done": c.done, "late": c.late}
            for c in counts
        ],
        "empty": [c.strand.value for c in counts if c.is_empty],
        "as_at": None,
        "withheld": None,
    }


def _action(thing: Any, today: date) -> dict[str, Any]:
    from ocgdesk.casework import present

    return present.plain(thing) | {"days_over": thing.days_over(today)}


def _print(board: "Board", today: date) -> None:
    from ocgdesk.domain.clocks import review_clock
    from ocgdesk.domain.plans import Strand
    from ocgdesk.domain.reference_data import label

    output.say(f"{board.ocg.ref}  {board.ocg.label}  [{board.ocg.marking.banner}]")
    if board.plan is None:
        output.say(_("There is no 4P plan yet; --start begins one"))
        return
    review = review_clock(board.review_due, today)
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
        if rows := [_row(action, today) for action in board.under(strand)]:
            headings = (_("Reference"), _("Action"), _("Owner"), _("Agency"), _("Due"), "", "")
            output.table(headings, rows)
        if not any(action.is_live for action in board.under(strand)):
            output.say(_("  Nothing live"))


def _row(action: Any, today: date) -> tuple[str, ...]:
    from ocgdesk.domain.clocks import action_clock
    from ocgdesk.domain.reference_data import label

    clock = action_clock(action.due if action.is_live else None, today)
    day = action_clock(action.due, today).date_words
    status = label("action-statuses", action.status)
    agency = label("agencies", action.agency)
    return (action.ref, action.title, action.officer, agency, day, clock.words, status)


@click.command()
@on_workspace
@click.option("--owner", default="", help="Only actions of whoever has this in their name.")
@click.option("--until", default="", help="Up to this day; a week ahead if left out.")
@calendars.options
@session.as_json_option
def due(way: Way, owner: str, until: str, *, json_: bool, **calendar: Any) -> None:
    """List live actions and plan reviews that are overdue or due soon, soonest first."""
    from ocgdesk.store import falling_due

    day = plan_edits.day(until) or session.today() + falling_due.WEEK
    with way.opened() as workspace:
        with workspace.reading() as reader:
            found = falling_due.due(reader, day, owner=owner)
            reader.saw("List what is due", [item.what.no for item in found], rows=len(found))
        wrote = calendars.write(workspace, found, **calendar)
    if wrote and not json_:
        output.say(wrote)
        return
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
