"""Events beneath links: ``events``."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from ocgdesk.cli import output, session
from ocgdesk.cli.session import FilePath, Way, on_workspace
from ocgdesk.domain.dates import LONDON
from ocgdesk.i18n import _, ngettext

if TYPE_CHECKING:
    from ocgdesk.casework.event_lists import EventList, Line
    from ocgdesk.store.reader import Reader
    from ocgdesk.store.workspace import Workspace


@click.command()
@on_workspace
@click.argument("ref", metavar="REF|LINK")
@click.option("--with", "other", default="", metavar="REF", help="Only those with this record.")
@click.option("--from-row", "start", type=click.IntRange(1), default=1, help="Begin at this one.")
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True)
@click.option("-o", "--output", "out", type=FilePath, help=".csv or .xlsx: all of them.")
@session.recipient_option
@session.leaving_reason_option
@session.named_option
@session.as_json_option
def events(
    way: Way,
    *,
    ref: str,
    other: str,
    start: int,
    limit: int,
    out: Path | None,
    recipient: str,
    reason: str,
    named: str,
    json_: bool,
) -> None:
    """List the calls, messages or sightings beneath a LINK or beneath all links of a record REF."""
    with way.opened() as workspace:
        with workspace.reading(reason) as reader:
            found = _found(reader, ref, other)
        if out is not None:
            _export(workspace, found, out, recipient=recipient, reason=reason, named=named)
    lines = list(found.lines(start - 1, limit))
    if json_:
        items = [_plain(line) for line in lines]
        output.as_json({"items": items, "events": len(found), "from_row": start})
        return
    if out is None:
        _print(lines)
    told = ngettext("{n} event", "{n} events", len(found)).format(n=f"{len(found):,}")
    output.say(_("Wrote {name}: {rows}").format(name=out.name, rows=told) if out else told)


def _found(reader: "Reader", ref: str, other: str) -> "EventList":
    from ocgdesk.casework import event_lists, link_lookups
    from ocgdesk.store import records

    if link_lookups.is_link(reader, ref):
        return event_lists.of_links(reader, [link_lookups.look(reader, UUID(ref.strip())).link])
    one = records.resolve(reader, ref)
    return event_lists.between(reader, one.id, records.resolve(reader, other).id if other else None)


def _export(
    workspace: "Workspace",
    found: "EventList",
    out: Path,
    *,
    recipient: str,
    reason: str,
    named: str,
) -> None:
    from ocgdesk import settings
    from ocgdesk.casework import event_lists, exports

    author = settings.load().author
    said = exports.printed(workspace, datetime.now(LONDON), author=author, named=named)
    event_lists.export(
        workspace, found, out, said,
        recipient=recipient, reason=reason, progress=session.progress(),
    )  # fmt: skip


def _plain(line: "Line") -> dict[str, Any]:
    from ocgdesk.casework import present

    event = line.event
    return {
        "at": event.at.isoformat(),
        "day_only": event.day_only,
        "from": present.brief(line.source),
        "to": present.brief(line.target),
        "what": event.what or None,
        "seconds": event.seconds,
        "text": event.text or None,
        "file": event.file,
        "row": event.row,
    }


def _print(lines: "list[Line]") -> None:
    from ocgdesk.casework import event_lists

    headings = [_(heading) for heading in event_lists.HEADINGS]
    cells = [event_lists.cells(line) for line in lines]
    rows = [["" if cell is None else str(cell)[:60] for cell in row] for row in cells]
    if rows:
        output.table(headings, rows)
