"""What stands in the book of tasking: meetings, requests to the gateway, caseload, LROs."""

from typing import Any

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.cli.tasking import meeting, receive, request, take
from ocgdesk.i18n import _

_OPEN = "received assessed prioritised allocated"


@meeting.command(name="list")
@on_workspace
@session.as_json_option
def meetings(way: Way, *, json_: bool) -> None:
    """List the meetings to come, then those held in the last half year."""
    from ocgdesk.casework import present, tasking_book
    from ocgdesk.domain.reference_data import label

    with way.opened() as workspace, workspace.reading() as reader:
        book = tasking_book.read(reader, None, today=session.today())
    if json_:
        output.items_as_json(
            [
                present.plain(one.meeting)
                | {
                    "group": one.group.name,
                    "group_type": one.group.group_type,
                    "items": one.counted.items,
                    "undecided": one.counted.undecided,
                }
                for one in book.meetings
            ]
        )
        return
    rows = [
        (
            one.meeting.held or "",
            one.group.name,
            label("meeting-types", one.group.group_type),
            one.counted.items,
            one.counted.undecided,
            label("meeting-statuses", one.meeting.status),
            one.meeting.ref,
        )
        for one in book.meetings
    ]
    headings = (_("Date"), _("Group"), _("Type"), _("Items"), _("Undecided"), _("Status"))
    output.table((*headings, _("Reference")), rows)


@request.command(name="list")
@on_workspace
@click.option("--status", "statuses", multiple=True, help="Only these; all open ones if left out.")
@click.option("--most", default=500, help="So many at most.")
@session.as_json_option
def requests(way: Way, *, statuses: tuple[str, ...], most: int, json_: bool) -> None:
    """List requests with how long they wait, and how long each step takes now."""
    from ocgdesk.casework import present, tasking_book
    from ocgdesk.domain.reference_data import code_list, label

    known = code_list("request-statuses")
    wanted = tuple(known.parse(text) for text in statuses) or tasking_book.OPEN
    with way.opened() as workspace, workspace.reading() as reader:
        found = tasking_book.the_gateway(reader, wanted, today=session.today(), limit=most)
    if json_:
        items = [
            present.plain(row.request) | {"age": row.age, "days": dict(row.days)}
            for row in found.rows
        ]
        filters: dict[str, Any] = {"status": list(wanted)}
        output.items_as_json(items, filters=filters | {"counts": dict(found.counts)})
        return
    rows = [
        (
            row.request.ref,
            row.request.title,
            row.request.agency,
            label("request-statuses", row.request.status),
            label("agency-units", row.request.unit),
            "" if row.age is None else row.age,
        )
        for row in found.rows
    ]
    headings = (_("Reference"), _("Request"), _("From"), _("Status"), _("Unit"), _("Days"))
    output.table(headings, rows)
    days = "  ".join(
        f"{label('request-statuses', step)}: {value:g}" for step, value in found.medians.items()
    )
    told = _("Median days from the step before, of {n} requests: {days}")
    output.say(told.format(n=found.measured, days=days))


request.add_command(receive, "add")
request.add_command(take, "move")


@click.command()
@on_workspace
@click.option("--agency", "agencies", multiple=True, help="Only operations of this agency.")
@session.as_json_option
def caseload(way: Way, *, agencies: tuple[str, ...], json_: bool) -> None:
    """Count the operations of each unit by phase."""
    from ocgdesk.casework import tasking_book
    from ocgdesk.domain.reference_data import code_list

    codes = tuple(dict.fromkeys(code_list("agencies").parse(text) for text in agencies))
    with way.opened() as workspace, workspace.reading() as reader:
        found = tasking_book.caseload(reader, codes)
    phases = tasking_book.phases()
    if json_:
        items = [
            {"agency": load.agency, "unit": load.unit or None, "open": load.open}
            | {code.replace("-", "_"): load.phases.get(code, 0) for code, _words in phases}
            for load in found
        ]
        output.items_as_json(items, filters={"agency": list(codes)} if codes else {})
        return
    rows = [
        (load.agency, load.unit, *(load.phases.get(code, 0) for code, _words in phases), load.open)
        for load in found
    ]
    headings = (_("Agency"), _("Unit"), *(words for _code, words in phases), _("Open"))
    output.table(headings, rows)


@click.command()
@on_workspace
@click.option("--agency", "agencies", multiple=True, help="Only OCGs this agency owns.")
@session.as_json_option
def lros(way: Way, *, agencies: tuple[str, ...], json_: bool) -> None:
    """Say what each LRO has outstanding, by name; effort and outcome beside it."""
    from dataclasses import asdict

    from ocgdesk.casework import lro_load
    from ocgdesk.domain.reference_data import code_list

    codes = tuple(dict.fromkeys(code_list("agencies").parse(text) for text in agencies))
    with way.opened() as workspace, workspace.reading() as reader:
        found = lro_load.read(reader, codes, today=session.today())
    if json_:
        items = [asdict(row) | {"officer": row.officer or None} for row in found]
        output.items_as_json(items, filters={"agency": list(codes)} if codes else {})
        return
    rows = [
        (row.officer or _("No LRO"), row.ocgs, row.without_plan, row.late_actions,
         row.late_reviews, row.empty_strands, row.done, row.disruptions)
        for row in found
    ]  # fmt: skip
    headings = (_("LRO"), _("OCGs"), _("No plan"), _("Late actions"), _("Late reviews"))
    more = (_("Empty strands"), _("Actions done"), _("Disruptions, 12 months"))
    output.table((*headings, *more), rows)
