"""Timelines of records: ``timeline``."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ocgdesk.cli import asking, output, session
from ocgdesk.cli.reasoning import told
from ocgdesk.cli.session import FilePath, Way, on_workspace
from ocgdesk.domain.dates import LONDON
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.domain.timelines import Timeline
    from ocgdesk.store.workspace import Workspace

SIZES = ("a4", "a3", "a1", "slide")
TOPICS = (
    *("record", "membership", "link", "sighting"),
    *("intelligence", "justice", "plan", "disruption"),
)


@dataclass(frozen=True, slots=True)
class _Wish:
    """A timeline as it was asked for."""

    refs: tuple[str, ...]
    around: bool
    days: tuple[date | None, date | None]
    topics: tuple[str, ...]
    as_at: datetime | None
    leaves: bool


@click.command()
@on_workspace
@click.argument("refs", metavar="REF...", nargs=-1, required=True)
@click.option("--around", is_flag=True, help="Draw the lines of those linked to it too.")
@click.option("--from", "first", default="", metavar="DATE", help="Only what held from then on.")
@click.option("--to", "last", default="", metavar="DATE", help="Only what held until then.")
@click.option("--topic", "topics", multiple=True, type=click.Choice(TOPICS))
@click.option("--title", default="")
@click.option("--size", type=click.Choice(SIZES), default="a4", show_default=True)
@click.option("-o", "--output", "out", type=FilePath, help=".png, .svg, .pdf or .json.")
@session.recipient_option
@session.leaving_reason_option
@session.as_at_option
@session.as_json_option
def timeline(
    way: Way,
    *,
    refs: tuple[str, ...],
    around: bool,
    first: str,
    last: str,
    topics: tuple[str, ...],
    title: str,
    size: str,
    out: Path | None,
    recipient: str,
    reason: str,
    as_at: str,
    json_: bool,
) -> None:
    """Draw a line for each record and on it all that is dated, or list it.

    Where a date is known only in part, the span it may lie in is dashed.
    """
    from ocgdesk.casework import picture_papers

    if out is not None:
        picture_papers.format_of(out)
    days = session.day_of(first), session.day_of(last)
    with way.opened() as workspace:
        wish = _Wish(refs, around, days, topics, asking.moment(as_at), leaves=out is not None)
        found, name, subjects = _read(workspace, wish, reason)
        if out is not None:
            _write(workspace, found, title or name, days, out, size, subjects, recipient, reason)
    _tell(found, out, as_at, json_=json_)


def _read(
    workspace: "Workspace", wish: _Wish, reason: str
) -> tuple["Timeline", str, tuple[int, ...]]:
    from ocgdesk.casework import lookups, reasons, timeline_papers, timelines, withholding
    from ocgdesk.domain.timelines import Topic
    from ocgdesk.store import happenings_held, history

    def read(why: str, asked: bool) -> tuple["Timeline", str, tuple[int, ...]]:  # noqa: FBT001
        with workspace.reading(why) as reader:
            gone = wish.as_at is not None
            briefs = [lookups.named(reader, ref, gone=gone) for ref in wish.refs]
            reasons.check_open(reader, *briefs, asked=asked)
            ids = tuple(brief.id for brief in briefs)
            query = timelines.Query(
                ids=ids,
                around=wish.around,
                first=wish.days[0],
                last=wish.days[1],
                topics=tuple(Topic(topic) for topic in wish.topics),
                as_at=wish.as_at,
            )
            found = timelines.read(reader, query, session.today())
            if wish.leaves:
                found = timeline_papers.leaving(found, withholding.of(reader, named=False))
            names = ", ".join(lane.label for lane in found.lanes if lane.id in ids)
            seq = history.seq_at(reader, wish.as_at) if wish.as_at else None
            nos = happenings_held.at(reader, seq).numbers([lane.id for lane in found.lanes])
            return found, names, tuple(nos.values())

    return told(read, reason)


def _write(  # noqa: PLR0917 - as they were given
    workspace: "Workspace",
    found: "Timeline",
    title: str,
    days: tuple[date | None, date | None],
    out: Path,
    size: str,
    subjects: tuple[int, ...],
    recipient: str,
    reason: str,
) -> None:
    from ocgdesk import settings
    from ocgdesk.casework import picture_papers, timeline_papers
    from ocgdesk.reports import timeline_axis

    kept, kind = settings.load(), picture_papers.format_of(out)
    made = picture_papers.cover(
        workspace,
        picture_papers.timeline_said(found, _("{title}: timeline").format(title=title)),
        author=kept.author,
        agency=kept.agency,
        now=datetime.now(LONDON),
    )
    if kind == "json":
        data = picture_papers.as_json(timeline_papers.plain(found), made)
    else:
        extent = found.extent
        window = timeline_axis.around(days[0] or extent[0], days[1] or extent[1])
        data = picture_papers.render_timeline(found, window, made, kind, size)
    picture_papers.to_file(
        workspace, "Export timeline", data, out, subjects, recipient=recipient, reason=reason
    )


def _tell(found: "Timeline", out: Path | None, as_at: str, *, json_: bool) -> None:
    from ocgdesk.casework import timeline_papers
    from ocgdesk.reports import timeline_drawing

    if json_:
        plain = timeline_papers.plain(found)
        more = {"as_at": asking.as_at_words(as_at), "withheld": None, "output": str(out or "")}
        output.as_json(plain | more)
        return
    lanes = {lane.id: lane for lane in found.lanes}
    if out is not None:
        n = len(found.events)
        output.say(_("Wrote {name}: {n:,} events").format(name=out.name, n=n))
    elif found.events:
        rows = [timeline_drawing.event_words(event, lanes) for event in found.events]
        output.table((_("When"), _("What"), _("About"), _("On the line of")), rows)
    else:
        output.say(_("Nothing with a date is recorded there."))
    if found.cut:
        output.say(found.cut)
