"""Events beneath links: ``events``."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from ocgdesk.cli import asking, output, session
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
@session.as_at_option
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
    as_at: str,
    out: Path | None,
    recipient: str,
    reason: str,
    named: str,
    json_: bool,
) -> None:
    """List the calls, messages or sightings beneath a LINK or beneath all links of a record REF.

    With --as-at those that this workspace held then, imports that were undone since included.
    """
    moment = asking.moment(as_at)
    with way.opened() as workspace:
        with workspace.reading(reason) as reader:
            found = _found(reader, ref, other, moment)
        if out is not None:
            _export(workspace, found, out, recipient=recipient, reason=reason, named=named)
    lines = list(found.lines(start - 1, limit))
    if json_:
        items = [_plain(line) for line in lines]
        said = {"as_at": asking.told_as_at(moment), "events": len(found), "from_row": start}
        said |= {"unnamed": found.unnamed}
        output.as_json({"items": items} | said)
        return
    if out is None:
        _print(lines)
    told = ngettext("{n} event", "{n} events", len(found)).format(n=f"{len(found):,}")
    if found.unnamed:
        told += ", " + _("{n} of them with no number at the other end").format(
            n=f"{found.unnamed:,}"
        )
    output.say(_("Wrote {name}: {rows}").format(name=out.name, rows=told) if out else told)


def _found(reader: "Reader", ref: str, other: str, as_at: datetime | None) -> "EventList":
    from ocgdesk.casework import event_lists, link_lookups, lookups

    if link_lookups.is_link(reader, ref):
        tie = link_lookups.look(reader, UUID(ref.strip()), as_at=as_at)
        return event_lists.of_links(reader, [tie.link], as_at=as_at)
    gone = as_at is not None  # one that was taken out since was there then
    one = lookups.named(reader, ref, gone=gone).id
    with_ = lookups.named(reader, other, gone=gone).id if other else None
    return event_lists.between(reader, one, with_, as_at=as_at)


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
    said = exports.printed(
        workspace,
        datetime.now(LONDON),
        author=author,
        as_at=asking.told_as_at(found.as_at),
        named=named,
    )
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
        "from": present.brief(line.source) if line.source else None,
        "to": present.brief(line.target) if line.target else None,
        "no_number": event.other if not (line.source and line.target) else None,
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
