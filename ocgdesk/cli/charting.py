"""Link charts on paper: ``chart``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

import click

from ocgdesk.cli import asking, output, session
from ocgdesk.cli.reasoning import told
from ocgdesk.cli.session import FilePath, Way, on_workspace
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.domain.charts import Arrangement
    from ocgdesk.store.reader import Reader
    from ocgdesk.store.records import Brief
    from ocgdesk.store.workspace import Workspace

LONDON = ZoneInfo("Europe/London")
LAYOUTS = ("force", "ocg", "roles", "radial", "hierarchy", "circular", "grouped")
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
    as_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A chart as it was drawn."""

    arrangement: "Arrangement"
    focus: tuple[UUID, ...]
    title: str
    filters: tuple[str, ...] = ()
    """What was left out, in words."""
    entry: int | None = None
    """The journal entry it is drawn as at; None is now."""


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
    json_: bool,
    recipient: str,
    reason: str,
    **rest: Any,
) -> None:
    """Draw a chart round one or more records, or one that was saved, and write or keep it."""
    wish = _wish(rest)
    _check(wish, out, save=save)
    with way.opened() as workspace:
        drawn = told(partial(_drawn, workspace, wish), reason)
        if save:
            _keep(workspace, drawn, wish)
        if out is not None:
            write(workspace, drawn, out, size=size, recipient=recipient, reason=reason)
    if json_:
        output.as_json(_plain(drawn, out) | {"as_at": asking.as_at_words(wish.as_at)})
    else:
        _print(drawn, out, save=save)


def _drawn(
    workspace: "Workspace",
    wish: Wish,
    reason: str,
    asked: bool,  # noqa: FBT001 - as reasons are told
) -> Drawn:
    with workspace.reading(reason) as reader:
        return draw(reader, wish, asked=asked)


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
    if wish.saved and (wish.on or wish.as_at):
        option = "--on" if wish.on else "--as-at"
        told = _("A saved chart is opened as it was left: {option} cannot be offered")
        raise Refused(told.format(option=option))
    if save and wish.as_at:
        raise Refused(_("A chart is kept with what is recorded now: --as-at goes with -o alone"))


def draw(reader: "Reader", wish: Wish, *, asked: bool = True) -> Drawn:
    """Return the chart that was asked for, with a place for every item."""
    from ocgdesk.casework import charts, charts_past, reasons
    from ocgdesk.domain.kinds import Kind

    if wish.saved:
        return _saved(reader, wish)
    entry = _entry(reader, wish.as_at)
    briefs = [_focus(reader, ref, gone=entry is not None) for ref in wish.refs]
    reasons.check_open(reader, *briefs, asked=asked)
    focus = tuple(brief.id for brief in briefs)
    kinds = tuple(Kind(kind) for kind in wish.kinds)
    query = charts.ChartQuery(
        focus=focus, hops=wish.hops, kinds=kinds, most=wish.most, on=session.day_of(wish.on)
    )
    title = wish.title or ", ".join(brief.label for brief in briefs)
    if entry is None:
        scene = charts.scene(reader, query)
    else:
        scene = charts_past.scene(reader, query, entry)
    return Drawn(
        arrangement=_arranged(scene, wish.layout, focus),
        focus=focus,
        title=title,
        filters=tuple(_filters(wish)),
        entry=entry,
    )


def _focus(reader: "Reader", ref: str, *, gone: bool) -> "Brief":
    """Return the record a chart is drawn round; ``gone``: also one that was taken out."""
    from ocgdesk.casework import lookups
    from ocgdesk.store import records

    return lookups.find(reader, ref)[0] if gone else records.resolve(reader, ref)


def _entry(reader: "Reader", as_at: str) -> int | None:
    from ocgdesk.store import history

    at = asking.moment(as_at)
    return history.seq_at(reader, at) if at else None


def _filters(wish: Wish) -> Iterator[str]:
    from ocgdesk.domain.dates import shown
    from ocgdesk.domain.reference_data import label

    if wish.kinds:
        yield ", ".join(label("kinds", kind) for kind in wish.kinds)
    if wish.on:
        yield _("links that held on {day}").format(day=shown(session.day_of(wish.on)))
    if at := asking.moment(wish.as_at):
        told = _("as recorded on {day}, {time}")
        here = at.astimezone(LONDON)
        yield told.format(day=shown(here.date()), time=f"{here:%H:%M}")


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
        most=wish.most,
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
    from ocgdesk.casework import chart_papers

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
            head=workspace.head()[1],
        )
        subjects = _subjects(reader, drawn, subjects)
    data = chart_papers.render(drawn.arrangement, cover, kind, size)
    chart_papers.to_file(workspace, data, out, subjects, recipient=recipient, reason=reason)


def _subjects(reader: "Reader", drawn: Drawn, now: tuple[int, ...]) -> tuple[int, ...]:
    """Return the numbers of all that is drawn, also of records that are gone by now."""
    from ocgdesk.store.held_network import HeldNetwork

    if drawn.entry is None:
        return now
    ids = [item.id for item in drawn.arrangement.scene.items]
    return tuple(HeldNetwork(reader, drawn.entry).numbers(ids).values())


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
