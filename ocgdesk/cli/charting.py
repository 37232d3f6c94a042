"""Link charts on paper: ``chart``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

import click

from ocgdesk.cli import asking, output, session
from ocgdesk.cli.session import FilePath, Way, on_workspace
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.domain.charts import Arrangement
    from ocgdesk.store.reader import Reader
    from ocgdesk.store.workspace import Workspace

LONDON = ZoneInfo("Europe/London")
LAYOUTS = ("force", "radial", "hierarchy", "circular", "grouped")
SIZES = ("a4", "a3", "a1", "slide")
FORMATS = ("png", "svg", "pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A chart as it was asked for."""

    refs: tuple[str, ...]
    saved: str
    hops: int
    kinds: tuple[str, ...]
    layout: str
    most: int
    title: str
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A chart as it was drawn."""

    arrangement: "Arrangement"
    focus: tuple[UUID, ...]
    title: str
    filters: tuple[str, ...] = ()
    """What was left out, in words."""


@click.command()
@on_workspace
@click.argument("more", metavar="[REF]...", nargs=-1)
@click.option("--focus", multiple=True, metavar="REF", help="A record it is drawn round.")
@click.option("--saved", default="", help="A saved chart, by title or id.")
@click.option("--hops", type=click.IntRange(0, 4), default=1, show_default=True)
@click.option("--kind", "kinds", multiple=True, type=click.Choice(asking.KINDS))
@click.option("--layout", type=click.Choice(LAYOUTS), default="force", show_default=True)
@click.option("--most", type=click.IntRange(1, 5_000), default=500, show_default=True)
@click.option("--title", default="")
@click.option("--save", is_flag=True, help="Keep the chart under its title.")
@click.option("--size", type=click.Choice(SIZES), default="a4", show_default=True)
@click.option("-o", "--output", "out", type=FilePath, help=".png, .svg or .pdf.")
@click.option("--recipient", default="", help="Who it is for; kept in the journal.")
@click.option("--reason", default="", help="Why it leaves; kept in the journal.")
@session.as_at_option
@session.on_option
@session.as_json_option
def chart(
    way: Way,
    *,
    out: Path | None,
    size: str,
    save: bool,
    as_at: str,
    json_: bool,
    recipient: str,
    reason: str,
    **rest: Any,
) -> None:
    """Draw a chart round one or more records, or one that was saved, and write or keep it."""
    asking.refuse_as_at(
        as_at, _("A chart is drawn from what is recorded now: --as-at cannot be offered")
    )
    wish = _wish(rest)
    _check(wish, out, save=save)
    with way.opened() as workspace:
        with workspace.reading(reason) as reader:
            drawn = draw(reader, wish)
        if save:
            _keep(workspace, drawn, wish)
        if out is not None:
            write(workspace, drawn, out, size=size, recipient=recipient, reason=reason)
    if json_:
        output.as_json(_plain(drawn, out))
    else:
        _print(drawn, out, save=save)


def _wish(rest: dict[str, Any]) -> Wish:
    refs = (*rest.pop("focus"), *rest.pop("more"))
    return Wish(refs=refs, **rest)


def _check(wish: Wish, out: Path | None, *, save: bool) -> None:
    if bool(wish.refs) == bool(wish.saved):
        raise click.UsageError(_("say what to draw: --focus REF or --saved TITLE"))
    if out is None and not save:
        raise click.UsageError(_("say where to: -o FILE, --save or both"))
    if out is not None and out.suffix.lstrip(".").lower() not in FORMATS:
        raise Refused(_("A chart is written as {known}").format(known=", ".join(FORMATS)))
    if save and (wish.saved or not wish.title):
        raise click.UsageError(_("--save keeps a chart of --focus records under its --title"))
    if wish.saved and wish.on:
        raise Refused(_("A saved chart is opened as it was left: --on cannot be offered"))


def draw(reader: "Reader", wish: Wish) -> Drawn:
    """Return the chart that was asked for, with a place for every item."""
    from ocgdesk.casework import charts
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.store import records

    if wish.saved:
        return _saved(reader, wish)
    briefs = [records.resolve(reader, ref) for ref in wish.refs]
    focus = tuple(brief.id for brief in briefs)
    kinds = tuple(Kind(kind) for kind in wish.kinds)
    query = charts.ChartQuery(
        focus=focus, hops=wish.hops, kinds=kinds, most=wish.most, on=session.day_of(wish.on)
    )
    title = wish.title or ", ".join(brief.label for brief in briefs)
    return Drawn(
        arrangement=_arranged(charts.scene(reader, query), wish.layout, focus),
        focus=focus,
        title=title,
        filters=tuple(_filters(wish)),
    )


def _filters(wish: Wish) -> Iterator[str]:
    from ocgdesk.domain.dates import shown
    from ocgdesk.domain.reference_data import label

    if wish.kinds:
        yield ", ".join(label("kinds", kind) for kind in wish.kinds)
    if wish.on:
        yield _("links that held on {day}").format(day=shown(session.day_of(wish.on)))


def _saved(reader: "Reader", wish: Wish) -> Drawn:
    from ocgdesk.casework import charts
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.store import records

    brief = records.resolve(reader, wish.saved)
    if brief.kind is not Kind.CHART:
        raise Refused(_("{ref} is no saved chart").format(ref=wish.saved[:60]))
    kept, arrangement = charts.open_chart(reader, brief.id)
    if not arrangement.places:
        arrangement = _arranged(arrangement.scene, kept.layout, kept.focus)
    return Drawn(arrangement=arrangement, focus=kept.focus, title=wish.title or kept.title)


def _arranged(scene: Any, layout: str, focus: Sequence[UUID]) -> "Arrangement":
    from ocgdesk.casework import charts
    from ocgdesk.domain.charts import Arrangement

    return Arrangement(scene=scene, places=charts.lay_out(scene, layout, focus=focus))


def _keep(workspace: "Workspace", drawn: Drawn, wish: Wish) -> None:
    from ocgdesk.casework import charts
    from ocgdesk.domain.charts import Chart
    from ocgdesk.domain.people import Right

    new = Chart(
        title=drawn.title,
        focus=drawn.focus,
        hops=wish.hops,
        layout=wish.layout,
        kinds=wish.kinds,
    )
    with workspace.work("Save chart", right=Right.CHART) as done:
        charts.save(done.work, new, drawn.arrangement.places)


def write(
    workspace: "Workspace",
    drawn: Drawn,
    out: Path,
    *,
    size: str = "a4",
    recipient: str = "",
    reason: str = "",
) -> None:
    """Write a chart with its frame; that it leaves is journalled first."""
    from ocgdesk import settings
    from ocgdesk.casework import chart_papers, exports

    kept, kind = settings.load(), out.suffix.lstrip(".").lower()
    with workspace.reading(reason) as reader:
        cover, subjects = chart_papers.cover(
            reader,
            drawn.arrangement,
            title=drawn.title,
            about=workspace.about,
            author=kept.author or workspace.user.display,
            agency=kept.agency,
            now=datetime.now(LONDON),
            filters=drawn.filters,
        )
    data = chart_papers.render(drawn.arrangement, cover, kind, size)
    exports.disclose(
        workspace, "Export chart", subjects, recipient=recipient, reason=reason, format=kind
    )
    chart_papers.write(out, data)


def _plain(drawn: Drawn, out: Path | None) -> dict[str, Any]:
    scene = drawn.arrangement.scene
    items = [
        {"id": i.id, "kind": i.kind.value, "label": i.label, "marking": i.marking.value}
        for i in scene.items
    ]
    links = [
        {"id": t.id, "source": t.source, "target": t.target, "type": t.label}
        | {"directed": t.directed, "strength": t.strength.value, "count": t.count}
        for t in scene.ties
    ]
    return {
        "title": drawn.title,
        "items": items,
        "links": links,
        "cut": scene.cut or None,
        "file": str(out) if out else None,
    }


def _print(drawn: Drawn, out: Path | None, *, save: bool) -> None:
    scene = drawn.arrangement.scene
    told = _("{title}: {items:,} items, {lines:,} lines")
    output.say(told.format(title=drawn.title, items=len(scene.items), lines=len(scene.ties)))
    if scene.cut:
        output.say(scene.cut)
    if save:
        output.say(_("Kept under its title"))
    if out is not None:
        output.say(_("Wrote {name}").format(name=out.name))
