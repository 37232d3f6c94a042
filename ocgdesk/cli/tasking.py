"""Tasking without a window: meetings and decisions, requests, what changed since the last one."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from ocgdesk.cli import asking, output, session
from ocgdesk.cli.ocgs import numbers, one
from ocgdesk.cli.session import FilePath, Way, on_workspace
from ocgdesk.domain.dates import LONDON
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.casework.deltas import Delta
    from ocgdesk.domain.tasking import AgendaItem, Request
    from ocgdesk.store.reader import Reader


@click.command()
@on_workspace
@click.option("--since", required=True, help="The day or time of the last meeting.")
@click.option("--agency", "agencies", multiple=True, help="Only OCGs this agency owns.")
@click.option("-o", "--output", "out", type=FilePath, help="Write .docx, .pdf or .json.")
@click.option("--recipient", default="", help="Who it is for; kept in the journal.")
@click.option("--reason", default="", help="Why it leaves; kept in the journal.")
@session.as_json_option
def tasking(
    way: Way,
    *,
    since: str,
    agencies: tuple[str, ...],
    out: Path | None,
    recipient: str,
    reason: str,
    json_: bool,
) -> None:
    """Say what changed in the OCGs of a region since the last meeting, or write it as a pack."""
    from ocgdesk import settings
    from ocgdesk.casework import delta_papers, deltas
    from ocgdesk.domain.reference_data import code_list

    known = code_list("agencies")
    codes = tuple(dict.fromkeys(known.parse(text) for text in agencies))
    at = asking.moment(since)
    assert at is not None  # noqa: S101 - the option is required
    with way.opened() as workspace:
        if out is None:
            with workspace.reading(reason) as reader:
                made = deltas.read(
                    reader, at, codes, today=session.today(), progress=session.progress()
                )
        else:
            made = delta_papers.to_file(
                workspace,
                at,
                codes,
                out,
                now=datetime.now(LONDON),
                author=settings.load().author,
                recipient=recipient,
                reason=reason,
                progress=session.progress(),
            )
    if json_:
        output.as_json(delta_papers.plain(made) | ({"file": str(out)} if out else {}))
        return
    _print(made)
    if out is not None:
        output.say(_("Wrote {name}").format(name=out.name))


def _print(made: "Delta") -> None:
    from ocgdesk.casework import delta_papers

    for row in made.rows:
        output.say(f"{row.ocg.ref}  {row.ocg.label}  {delta_papers.movement(row)}")
        for words in row.words:
            output.say(f"  {words}")
    told = _("{n} OCGs changed, {m} did not")
    output.say(told.format(n=len(made.rows), m=made.unchanged))


# ---- Meetings -----------------------------------------------------------------------------------


@click.group()
def meeting() -> None:
    """Call a meeting, show its agenda, decide, apply and close; REF or its number says which."""


@meeting.command()
@on_workspace
@click.argument("group")
@click.argument("day")
@click.option("--title", default="", help="What it is called; else as its group.")
@session.as_json_option
def call(way: Way, group: str, day: str, *, title: str, json_: bool) -> None:
    """Call a meeting of GROUP on DAY, with an agenda drawn from what waits."""
    from ocgdesk.casework import tasking as cases
    from ocgdesk.domain.kinds import Kind

    held = session.day_of(day)
    with way.opened() as workspace:
        with workspace.reading() as reader:
            which = one(reader, group, Kind.MEETING_GROUP)
        with workspace.work("Call meeting") as done:
            made = cases.prepare(done.work, which, held, title=title, today=session.today())
        with workspace.reading() as reader:
            items = cases.items(reader, made.id)
    if json_:
        output.as_json({"ref": made.ref, "items": [_plain(item) for item in items]})
        return
    output.say(_("Called {ref}, {n} items").format(ref=made.ref, n=len(items)))


@meeting.command()
@on_workspace
@click.argument("ref")
@session.as_json_option
def agenda(way: Way, ref: str, *, json_: bool) -> None:
    """Show the agenda of the meeting REF with what was decided."""
    from ocgdesk.casework import tasking as cases
    from ocgdesk.domain.reference_data import label

    with way.opened() as workspace, workspace.reading() as reader:
        items = cases.items(reader, _meeting(reader, ref))
    if json_:
        output.items_as_json([_plain(item) for item in items])
        return
    rows = [
        (
            item.position,
            label("agenda-sources", item.source),
            item.title,
            label("tasking-decisions", item.decision),
            item.rationale,
            _("applied") if item.applied else "",
        )
        for item in items
    ]
    output.table(("", _("From"), _("Item"), _("Decision"), _("Why"), ""), rows)


@meeting.command()
@on_workspace
@click.argument("ref")
@click.argument("number", type=int)
@click.argument("decision")
@click.option("--why", required=True, help="The reason; kept with the decision.")
@click.option("--resources", default="", help="What is given to it.")
@click.option("--review", "review_on", default="", help="When it is looked at again.")
@session.as_json_option
def decide(way: Way, ref: str, number: int, decision: str, *, json_: bool, **said: str) -> None:
    """Record the DECISION on item NUMBER: adopt, support, defer, escalate, archive and so on."""
    from ocgdesk.casework import tasking as cases
    from ocgdesk.domain.reference_data import code_list

    words = cases.Said(
        decision=code_list(cases.DECISIONS).parse(decision),
        rationale=said["why"],
        resources=said["resources"],
        review_on=session.day_of(said["review_on"]),
    )

    def act(work: Any, id_: UUID) -> "AgendaItem":
        return cases.decide(work, id_, words, today=session.today())

    _do(way, ref, number, act, "Record tasking decision", json_=json_)


@meeting.command()
@on_workspace
@click.argument("ref")
@click.argument("number", type=int)
@click.option("--archive-reason", default="", help="For an archive: a code of its list.")
@click.option("--decision-maker", default="", help="For an archive: who decided it.")
@click.option("--trigger", default="", help="For an archive: what would re-activate it.")
@session.as_json_option
def apply(way: Way, ref: str, number: int, *, json_: bool, **given: str) -> None:
    """Let the decision on item NUMBER take effect on its OCG."""
    from ocgdesk.casework import tasking as cases

    said = {name: value for name, value in given.items() if value}

    def act(work: Any, id_: UUID) -> "AgendaItem":
        return cases.apply(work, id_, today=session.today(), given=said)

    _do(way, ref, number, act, "Apply tasking decision", json_=json_)


@meeting.command()
@on_workspace
@click.argument("ref")
@click.option("--minutes", default="", help="What is to be kept of it.")
@session.as_json_option
def close(way: Way, ref: str, *, minutes: str, json_: bool) -> None:
    """Close the meeting REF: what was decided is applied; an archive is applied by itself."""
    from ocgdesk.casework import tasking as cases

    with way.opened() as workspace:
        with workspace.reading() as reader:
            which = _meeting(reader, ref)
        with workspace.work("Close meeting") as done:
            cases.close(done.work, which, minutes=minutes, today=session.today())
    if json_:
        output.as_json(numbers(done.changes))
        return
    output.say(_("Closed {ref}").format(ref=ref))


def _meeting(reader: "Reader", ref: str) -> UUID:
    from ocgdesk.domain.kinds import Kind

    return one(reader, ref, Kind.MEETING)


def _do(way: Way, ref: str, number: int, act: Any, label: str, *, json_: bool) -> None:
    from ocgdesk.casework import tasking as cases

    with way.opened() as workspace:
        with workspace.reading() as reader:
            items = cases.items(reader, _meeting(reader, ref))
        found = next((item for item in items if item.position == number), None)
        if found is None:
            raise Refused(_("This meeting has no item {n}").format(n=number))
        with workspace.work(label) as done:
            saved = act(done.work, found.id)
    if json_:
        output.as_json(_plain(saved) | numbers(done.changes))
        return
    output.say(f"{saved.position}  {saved.title}  {saved.decision}")


def _plain(item: "AgendaItem") -> dict[str, Any]:
    from ocgdesk.casework import present

    return present.plain(item)


# ---- The gateway --------------------------------------------------------------------------------


@click.group()
def request() -> None:
    """Receive a request to the gateway and take it on; REF says which."""


@request.command()
@on_workspace
@click.argument("title")
@click.argument("fields", metavar="[FIELD=VALUE]...", nargs=-1)
@session.as_json_option
def receive(way: Way, title: str, *, fields: tuple[str, ...], json_: bool) -> None:
    """Enter the request TITLE; fields as --json names them: agency=WMC origin=force."""
    from ocgdesk.casework import gateway, typed
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.domain.tasking import Request

    today = session.today()
    with way.opened() as workspace:
        with workspace.reading() as reader:
            values = typed.values(reader, Kind.REQUEST, fields, today=today)
        with workspace.work("Receive request") as done:
            made = gateway.receive(done.work, Request(**(values | {"title": title})), today=today)
    _told(made, numbers(done.changes), json_=json_)


@request.command()
@on_workspace
@click.argument("ref")
@click.argument("to", type=click.Choice(["assessed", "prioritised", "allocated", "closed"]))
@click.argument("fields", metavar="[FIELD=VALUE]...", nargs=-1)
@click.option("--on", "day", default="", help="The day; today if left out.")
@session.as_json_option
def take(way: Way, ref: str, to: str, *, fields: tuple[str, ...], day: str, json_: bool) -> None:
    """Take the request REF on: assessed, prioritised, allocated unit=X, closed result=X."""
    from ocgdesk.casework import gateway, typed
    from ocgdesk.domain.kinds import Kind

    today = session.today()
    with way.opened() as workspace:
        with workspace.reading() as reader:
            which = one(reader, ref, Kind.REQUEST)
            values = typed.values(reader, Kind.REQUEST, fields, today=today)
        said = values | {"on": session.day_of(day)}
        with workspace.work("Take request on") as done:
            saved = gateway.move(done.work, which, to, today=today, values=said)
    _told(saved, numbers(done.changes), json_=json_)


def _told(saved: "Request", numbered: dict[str, int | None], *, json_: bool) -> None:
    from ocgdesk.casework import gateway, present
    from ocgdesk.domain.reference_data import label

    if json_:
        days = {"days": gateway.days_taken(saved)}
        output.as_json(present.plain(saved) | numbered | days)
        return
    output.say(f"{saved.ref}  {saved.title}  {label('request-statuses', saved.status)}")
