"""County lines on a map: ``map``, and the boundaries beneath it: ``boundaries``."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ocgdesk.cli import asking, output, session
from ocgdesk.cli.session import FilePath, Way, on_workspace
from ocgdesk.domain.dates import LONDON
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.domain.line_map import Flow, LineMap
    from ocgdesk.store.workspace import Workspace

SIZES = ("a4", "a3", "a1", "slide")
Days = tuple[date | None, date | None]


@click.command(name="map")
@on_workspace
@click.option("--month", default="", metavar="YYYY-MM", help="Only lines active in that month.")
@click.option("--from", "first", default="", metavar="DATE", help="Only lines active from then on.")
@click.option("--to", "last", default="", metavar="DATE", help="Only lines active until then.")
@click.option("--commodity", default="", help="Only what is run with this commodity.")
@click.option("--by-force", is_flag=True, help="Draw the hubs of one force as one.")
@click.option("--together", is_flag=True, help="Draw all commodities as one.")
@click.option("--size", type=click.Choice(SIZES), default="a4", show_default=True)
@click.option("-o", "--output", "out", type=FilePath, help=".png, .svg, .pdf or .json.")
@session.recipient_option
@session.leaving_reason_option
@session.as_at_option
@session.as_json_option
def map_(
    way: Way,
    *,
    month: str,
    first: str,
    last: str,
    commodity: str,
    by_force: bool,
    together: bool,
    size: str,
    out: Path | None,
    recipient: str,
    reason: str,
    as_at: str,
    json_: bool,
) -> None:
    """Draw which county lines run from which hub into which towns, with what; or list it.

    Width is how many lines. Nothing is fetched: places come from the list of places.
    """
    from ocgdesk.casework import line_maps, picture_papers
    from ocgdesk.domain import line_map

    if out is not None:
        picture_papers.format_of(out)
    days, at = _days(month, first, last), asking.moment(as_at)
    with way.opened() as workspace:
        with workspace.reading(reason) as reader:
            found = line_maps.read(reader, session.today(), as_at=at)
        trade = _trade(found, commodity)
        flows = line_map.flows(found, *days, trade)
        if by_force:
            flows = line_map.by_force(flows, line_map.Gazetteer().forces)
        if together:
            flows = line_map.together(flows)
        if out is not None:
            filters = line_maps.filters(*days, trade, at)
            _write(workspace, found, flows, filters, out, size, recipient, reason)
    _tell(found, flows, out, as_at, json_=json_)


def _days(month: str, first: str, last: str) -> Days:
    from ocgdesk.domain.dates import PartialDate

    if not month:
        return session.day_of(first), session.day_of(last)
    if first or last:
        raise click.UsageError(_("--month goes without --from and --to"))
    known = PartialDate.parse(month, today=session.today())
    if not known.month or known.day or known.precision:
        raise Refused(_("Write the month like 2026-03, not {text!r}").format(text=month[:20]))
    return known.earliest(), known.latest()


def _trade(found: "LineMap", text: str) -> str:
    """Return the name of a commodity on the map; Refused where no line deals in it."""
    if not text:
        return ""
    names = found.trades()
    for name in names:
        if text.casefold() == name.casefold():
            return name
    told = _("No line on the map deals in {text!r}; there are: {names}")
    raise Refused(told.format(text=text[:40], names=", ".join(names) or "–"))


def _write(  # noqa: PLR0917 - as they were given
    workspace: "Workspace",
    found: "LineMap",
    flows: tuple["Flow", ...],
    filters: tuple[str, ...],
    out: Path,
    size: str,
    recipient: str,
    reason: str,
) -> None:
    from ocgdesk import settings
    from ocgdesk.casework import boundaries, line_maps, picture_papers

    kept, kind = settings.load(), picture_papers.format_of(out)
    said = picture_papers.map_said(found, flows, filters)
    with workspace.reading(reason) as reader:
        ground = boundaries.ground(reader)
        subjects = reader.numbers({id_ for flow in flows for id_ in flow.lines}).values()
    made = picture_papers.cover(
        workspace, said, author=kept.author, agency=kept.agency, now=datetime.now(LONDON)
    )
    if kind == "json":
        data = picture_papers.as_json(line_maps.plain(found, flows), made)
    else:
        data = picture_papers.render_map(found, flows, ground, made, kind, size)
    picture_papers.to_file(
        workspace, "Export map", data, out, subjects, recipient=recipient, reason=reason
    )


def _tell(
    found: "LineMap", flows: tuple["Flow", ...], out: Path | None, as_at: str, *, json_: bool
) -> None:
    from ocgdesk.casework import line_maps
    from ocgdesk.reports import map_drawing

    if json_:
        more = {"as_at": asking.as_at_words(as_at), "withheld": None, "output": str(out or "")}
        output.as_json(line_maps.plain(found, flows) | more)
        return
    if out is not None:
        output.say(_("Wrote {name}: {n:,} flows").format(name=out.name, n=len(flows)))
    elif flows:
        rows = [
            (flow.hub.name, map_drawing.place_words(flow.town), flow.trade or "–", flow.count)
            for flow in flows
        ]
        output.table((_("Hub"), _("Town"), _("Commodity"), _("Lines")), rows)
    else:
        output.say(_("No county line with a hub and a town was active then."))
    if words := line_maps.told(found):
        output.say(words)


@click.command()
@on_workspace
@click.option("--load", "path", type=FilePath, help="A GeoJSON file of areas.")
@click.option("--title", default="", help="What the boundaries are called.")
@click.option("--source", default="", help="Where they come from, under which licence.")
@click.option("--remove", "gone", default="", metavar="TITLE", help="Take these out.")
@session.as_json_option
def boundaries(
    way: Way, *, path: Path | None, title: str, source: str, gone: str, json_: bool
) -> None:
    """List, load or take out the boundaries that are drawn in grey beneath the map."""
    from ocgdesk.casework import boundaries as work

    if path is not None and gone:
        raise click.UsageError(_("--load and --remove are two acts"))
    with way.opened() as workspace:
        if path is not None:
            _load(workspace, path, title, source)
        elif gone:
            _remove(workspace, gone)
        with workspace.reading() as reader:
            found = work.kept(reader)
    items = [
        {"id": one.id, "title": one.title, "areas": one.areas, "size": one.size,
         "digest": one.digest, "source": one.source}
        for one in found
    ]  # fmt: skip
    if json_:
        output.items_as_json(items)
    elif found:
        rows = [(one.title, one.areas, one.size, one.source or "–") for one in found]
        output.table((_("Boundaries"), _("Areas"), _("Bytes"), _("Source")), rows)
    else:
        output.say(_("No boundaries loaded; forces are shown at their centres."))


def _load(workspace: "Workspace", path: Path, title: str, source: str) -> None:
    from ocgdesk.casework import boundaries as work
    from ocgdesk.domain.people import Right
    from ocgdesk.exchange import geojson

    found = geojson.read(path)
    with workspace.work("Load map boundaries", right=Right.CHART) as done:
        work.load(done.work, found, title or path.stem, source)


def _remove(workspace: "Workspace", title: str) -> None:
    from ocgdesk.casework import boundaries as work
    from ocgdesk.domain.people import Right
    from ocgdesk.errors import NotFound

    with workspace.reading() as reader:
        found = [one for one in work.kept(reader) if title in {one.title, str(one.id)}]
    if not found:
        raise NotFound(_("There are no boundaries called {title!r}").format(title=title[:60]))
    with workspace.work("Take out map boundaries", right=Right.CHART) as done:
        work.remove(done.work, found[-1].id)
