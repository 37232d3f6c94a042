"""Link charts on paper: ``chart``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from ocgdesk.cli import (
    asking,
    chart_filing,
    chart_keeping,
    chart_looking,
    chart_telling,
    output,
    overviews,
    session,
)
from ocgdesk.cli.chart_looking import Wanted
from ocgdesk.cli.chart_telling import Drawn
from ocgdesk.cli.reasoning import told
from ocgdesk.cli.session import FilePath, Way, on_workspace
from ocgdesk.domain.dates import LONDON
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.domain.charts import Arrangement, Scene
    from ocgdesk.store.reader import Reader
    from ocgdesk.store.workspace import Workspace

LAYOUTS = ("force", "ocg", "roles", "radial", "hierarchy", "circular", "grouped")
SIZES = ("a4", "a3", "a2", "a1", "slide")
PAPERS = ("a4", "a3")
FORMATS = ("png", "svg", "pdf", "pptx")


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
    overview: str = ""
    widest: int = 12
    compare: tuple[str, ...] = ()
    collapse: tuple[str, ...] = ()
    version: int = 0
    """Of a saved chart: drawn as it was kept then."""
    against: int = 0
    """Of a saved chart: what changed since this version is drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a chart is written on."""

    size: str = ""
    dpi: int = 300
    tiles: str = ""


@click.command()
@on_workspace
@click.argument("more", metavar="[REF]...", nargs=-1)
@click.option("--focus", multiple=True, metavar="REF", help="A record it is drawn round.")
@click.option("--saved", default="", help="A saved chart, by title or id.")
@click.option("--overview", default="", help="ocg-ocg, ocg-line … or KIND-KIND-KIND.")
@click.option("--widest", type=click.IntRange(min=2), default=12, show_default=True)
@click.option("--compare", nargs=2, default=None, metavar="DATE DATE", help="Draw what changed.")
@click.option("--collapse", multiple=True, metavar="OCG", help="Draw as one item; all: every.")
@click.option("--hops", type=click.IntRange(0, 4), default=1, show_default=True)
@click.option("--kind", "kinds", multiple=True, type=click.Choice(asking.KINDS))
@chart_looking.options
@click.option("--layout", type=click.Choice(LAYOUTS), default="force", show_default=True)
@click.option("--most", type=click.IntRange(1, 5_000), default=500, show_default=True)
@click.option("--title", default="")
@click.option("--save", is_flag=True, help="Keep the chart under its title.")
@click.option("--version", type=click.IntRange(0), default=0, help="Of a --saved chart.")
@click.option("--against", type=click.IntRange(0), default=0, help="Draw changes since a version.")
@click.option("--freeze", is_flag=True, help="With --save: what is recorded now stays on it.")
@click.option("--size", type=click.Choice(SIZES), default=None, help="A4, or a slide for .pptx.")
@click.option("--dpi", type=click.IntRange(50, 1_200), default=300, show_default=True)
@click.option("--tiles", type=click.Choice(PAPERS), default=None, help="Cut a .pdf for this paper.")
@click.option("-o", "--output", "out", type=FilePath, help="Picture, .pptx, .anx, .graphml …")
@session.recipient_option
@session.leaving_reason_option
@session.as_at_option
@session.on_option
@session.as_json_option
def chart(
    way: Way,
    *,
    out: Path | None,
    save: bool,
    freeze: bool,
    json_: bool,
    recipient: str,
    reason: str,
    **rest: Any,
) -> None:
    """Draw a chart round records, an overview, or one that was saved, and write or keep it.

    --widest: what joins more than so many records tells nothing in an overview.
    """
    wanted = chart_looking.taken(rest)
    size, tiles = rest.pop("size") or "", rest.pop("tiles") or ""
    sheet = Sheet(size=size, dpi=rest.pop("dpi"), tiles=tiles)
    wish = _wish(rest)
    _check(wish, out, save=save, freeze=freeze)
    chart_looking.check(wanted, reason)
    chart_looking.check_window(wanted, compares=bool(wish.compare or wish.against))
    with way.opened() as workspace:
        drawn = told(partial(_drawn, workspace, wish, wanted), reason)
        if save:
            _keep(workspace, drawn, wish, freeze=freeze)
        lost: Sequence[str] = ()
        if out is not None:
            lost = write(workspace, drawn, out, sheet, recipient=recipient, reason=reason)
    if json_:
        more = {"as_at": asking.as_at_words(wish.as_at), "not_carried": list(lost)}
        output.as_json(chart_telling.plain(drawn, out) | more)
    else:
        chart_telling.say(drawn, out, save=save)
        chart_filing.say(out, lost)


def _drawn(
    workspace: "Workspace",
    wish: Wish,
    wanted: Wanted,
    reason: str,
    asked: bool,  # noqa: FBT001 - as reasons are told
) -> Drawn:
    from ocgdesk.casework import chart_seen

    with workspace.reading(reason) as reader:
        drawn = draw(reader, wish, asked=asked)
        looks = chart_looking.looks(reader, wanted, drawn.looks)
        return replace(
            drawn,
            arrangement=chart_seen.dressed(reader, drawn.arrangement, looks, drawn.entry),
            filters=(*drawn.filters, *looks.stated),
            looks=looks,
            safeguarding=wanted.safeguarding,
        )


def _wish(rest: dict[str, Any]) -> Wish:
    refs = (*rest.pop("focus"), *rest.pop("more"))
    return Wish(refs=refs, compare=rest.pop("compare") or (), **rest)


def _check(wish: Wish, out: Path | None, *, save: bool, freeze: bool) -> None:
    if bool(wish.refs) + bool(wish.saved) + bool(wish.overview) != 1:
        told = _("say what to draw: --focus REF, --overview WHAT or --saved TITLE")
        raise click.UsageError(told)
    if out is None and not (save or wish.compare or wish.against):
        raise click.UsageError(_("say where to: -o FILE, --save or both"))
    _check_compare(wish, save=save)
    _check_version(wish, save=save, freeze=freeze)
    if out is not None:
        chart_filing.check(out, FORMATS)
    if save and not wish.title:
        raise click.UsageError(_("--save keeps a new chart under its --title"))
    if save and (wish.version or wish.against):
        raise click.UsageError(_("--save copies a --saved chart as it is now, not a version"))
    if wish.saved and (wish.on or wish.as_at):
        option = "--on" if wish.on else "--as-at"
        told = _("A saved chart is opened as it was left: {option} cannot be offered")
        raise Refused(told.format(option=option))
    if save and wish.as_at:
        raise Refused(_("A chart is kept with what is recorded now: --as-at goes with -o alone"))


def _check_version(wish: Wish, *, save: bool, freeze: bool) -> None:
    if (wish.version or wish.against) and not wish.saved:
        raise click.UsageError(_("--version and --against are of a --saved chart"))
    if freeze and not save:
        told = _("--freeze goes with --save; `versions FILE CHART --freeze` freezes a saved one")
        raise click.UsageError(told)


def _check_compare(wish: Wish, *, save: bool) -> None:
    if not wish.compare:
        return
    overviews.days(wish.compare)
    if wish.saved or wish.as_at or save:
        option = "--saved" if wish.saved else "--as-at" if wish.as_at else "--save"
        told = _("--compare draws what was recorded on two days: {option} cannot go with it")
        raise Refused(told.format(option=option))


def draw(reader: "Reader", wish: Wish, *, asked: bool = True) -> Drawn:
    """Return the chart that was asked for, with a place for every item."""
    if wish.saved:
        at = (wish.version, wish.against)
        return chart_keeping.saved(reader, wish.saved, *at, title=wish.title)
    return _overview(reader, wish) if wish.overview else _round(reader, wish, asked=asked)


def _overview(reader: "Reader", wish: Wish) -> Drawn:
    from ocgdesk.casework import overviews as work

    query = overviews.query(
        wish.overview, on=wish.on, as_at=wish.as_at, widest=wish.widest, most=wish.most
    )
    title = wish.title or overviews.title(wish.overview)
    if wish.compare:
        return _compared(reader, wish, query, (), title)
    scene = work.scene(reader, query)
    return _made(reader, wish, scene, (), title, _entry(reader, wish.as_at))


def _compared(reader: "Reader", wish: Wish, query: Any, focus: Sequence[UUID], title: str) -> Drawn:
    scene, changes, words = overviews.compared(reader, query, wish.compare)
    made = _made(reader, wish, scene, focus, title, None)
    return replace(made, changes=changes, filters=(words, *made.filters))


def _made(  # noqa: PLR0917 - one chart
    reader: "Reader",
    wish: Wish,
    scene: "Scene",
    focus: Sequence[UUID],
    title: str,
    entry: int | None,
) -> Drawn:
    from ocgdesk.domain.charts import Arrangement

    folded, ocgs = overviews.folded(reader, Arrangement(scene=scene), wish.collapse)
    return Drawn(
        arrangement=_arranged(folded.scene, wish.layout, focus),
        focus=tuple(focus),
        title=title,
        filters=tuple(_filters(wish)),
        entry=entry,
        collapsed=ocgs,
    )


def _round(reader: "Reader", wish: Wish, *, asked: bool) -> Drawn:
    from ocgdesk.casework import charts, charts_past, lookups, reasons
    from ocgdesk.domain.kinds import Kind

    entry = _entry(reader, wish.as_at)
    gone = entry is not None or bool(wish.compare)
    briefs = [lookups.named(reader, ref, gone=gone) for ref in wish.refs]
    reasons.check_open(reader, *briefs, asked=asked)
    focus = tuple(brief.id for brief in briefs)
    kinds = tuple(Kind(kind) for kind in wish.kinds)
    query = charts.ChartQuery(
        focus=focus, hops=wish.hops, kinds=kinds, most=wish.most, on=session.day_of(wish.on)
    )
    title = wish.title or ", ".join(brief.label for brief in briefs)
    if wish.compare:
        return _compared(reader, wish, query, focus, title)
    if entry is None:
        scene = charts.scene(reader, query)
    else:
        scene = charts_past.scene(reader, query, entry)
    return _made(reader, wish, scene, focus, title, entry)


def _entry(reader: "Reader", as_at: str) -> int | None:
    from ocgdesk.store import history

    at = asking.moment(as_at)
    return history.seq_at(reader, at) if at else None


def _filters(wish: Wish) -> Iterator[str]:
    from ocgdesk.casework import moments
    from ocgdesk.domain.dates import shown
    from ocgdesk.domain.reference_data import label

    if wish.kinds:
        yield ", ".join(label("kinds", kind) for kind in wish.kinds)
    if wish.on:
        yield _("links that held on {day}").format(day=shown(session.day_of(wish.on)))
    if words := moments.as_recorded(asking.moment(wish.as_at)):
        yield words


def _arranged(scene: Any, layout: str, focus: Sequence[UUID]) -> "Arrangement":
    from ocgdesk.casework import charts
    from ocgdesk.domain.charts import Arrangement

    return Arrangement(scene=scene, places=charts.lay_out(scene, layout, focus=focus))


def _keep(workspace: "Workspace", drawn: Drawn, wish: Wish, *, freeze: bool) -> None:
    from ocgdesk.casework import chart_copies, chart_looks, chart_versions, charts
    from ocgdesk.domain.charts import Chart
    from ocgdesk.domain.people import Right

    new = Chart(
        title=drawn.title,
        focus=drawn.focus,
        hops=wish.hops,
        layout=wish.layout,
        kinds=wish.kinds,
        most=wish.most,
        collapsed=drawn.collapsed,
        overview=wish.overview,
    )
    new = chart_looks.with_looks(new, drawn.looks or chart_looks.Looks())
    if wish.saved:
        with workspace.work("Save copy of chart", right=Right.CHART) as done:
            old = chart_keeping.chart_id(done.work.reader, wish.saved)
            copy = chart_copies.copy(done.work, old, wish.title)
            if freeze:
                chart_versions.freeze(done.work, copy.id)
        return
    with workspace.work("Save chart", right=Right.CHART) as done:
        kept = charts.save(done.work, new, drawn.arrangement.places)
        if freeze:
            chart_versions.freeze(done.work, kept.id)


def write(
    workspace: "Workspace",
    drawn: Drawn,
    out: Path,
    sheet: Sheet | None = None,
    *,
    recipient: str = "",
    reason: str = "",
) -> tuple[str, ...]:
    """Write a chart with its frame; that it leaves is journalled first.

    Returns what a format of another program could not carry, in words.
    """
    from ocgdesk import settings
    from ocgdesk.casework import chart_papers, files

    kept, kind = settings.load(), files.ending(out)
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
            safeguarding=reason if drawn.safeguarding else "",
            head=workspace.head()[1],
        )
        subjects = _subjects(reader, drawn, subjects)
        made = chart_filing.made(reader, drawn, cover, out)
    paper, of = sheet or Sheet(), (drawn.arrangement, cover, kind)
    if made is None:
        data = chart_papers.render(*of, paper.size, paper.dpi, tiles=paper.tiles)
    else:
        data = made.data
    leaving = {"recipient": recipient, "reason": reason}
    badges = cover.safeguarding
    chart_papers.to_file(workspace, data, out, subjects, **leaving, safeguarding=badges)
    return made.losses if made else ()


def _subjects(reader: "Reader", drawn: Drawn, now: tuple[int, ...]) -> tuple[int, ...]:
    """Return the numbers of all that is drawn, also of records that are gone by now."""
    from ocgdesk.store.held_network import HeldNetwork

    if drawn.entry is None:
        return now
    ids = [item.id for item in drawn.arrangement.scene.items]
    return tuple(HeldNetwork(reader, drawn.entry).numbers(ids).values())
