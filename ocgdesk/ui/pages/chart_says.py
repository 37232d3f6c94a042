"""The chart page's words: status bar, filters as they are stated, why something is refused."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from ocgdesk.domain.charts import Arrangement, Chart, Scene
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.errors import Refused
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import PageKind, Target

_MONTH: Final = 30
"""Days back that a chart is compared with at first: the meeting before."""


def refusal(desk: Desk, right: Right) -> str:
    """Return why the user may not do this, in words; empty where they may."""
    try:
        desk.user.need(right)
    except Refused as error:
        return str(error)
    return "" if desk.may(right) else _("This workspace is open for reading only")


def status(
    arrangement: Arrangement, in_force: int, *, selected: int, zoom: float
) -> tuple[str, ...]:
    """Return what the status bar says of a chart: selection of total, hidden, filters, zoom."""
    scene, hidden = arrangement.scene, len(arrangement.hidden)
    if not scene.items:
        return ()
    items = ngettext("{n} item", "{n} items", len(scene.items)).format(n=f"{len(scene.items):,}")
    links = ngettext("{n} link", "{n} links", len(scene.ties)).format(n=f"{len(scene.ties):,}")
    parts = [_("{n} selected of {items}, {links}").format(n=selected, items=items, links=links)]
    if hidden:
        parts.append(_("{n} hidden · Shift+H shows them").format(n=hidden))
    if in_force:
        parts.append(ngettext("{n} filter", "{n} filters", in_force).format(n=in_force))
    parts.append(_("Zoom {n} %").format(n=round(zoom * 100)))
    return tuple(parts)


def filters(arrangement: Arrangement, stated: Iterable[str], hops: int) -> tuple[str, ...]:
    """Return what is printed of the filters on everything that leaves."""
    reach = ngettext("{n} hop", "{n} hops", hops).format(n=hops)
    hidden = len(arrangement.hidden)
    return (reach, *stated, *((_("{n} hidden").format(n=hidden),) if hidden else ()))


def file_name(chart: Chart | None, day: date) -> str:
    """Return a name for an export, without an ending: never with names of people in it."""
    return f"chart-{chart.id.hex[:8] if chart else 'new'}-{day.isoformat()}"


def asking(chart: Chart | None, scene: Scene, part: str, ids: tuple[UUID, ...]) -> Target:
    """Return the part of the analysis page that asks this of a chart, or of what is selected."""
    if part == "analyse":
        return Target(page=PageKind.ANALYSIS, focus=ids)
    if part == "paths":
        return Target(page=PageKind.ANALYSIS, focus=ids, hops=0, tab=part)
    chosen = ids if part == "what-if" else ()
    if chart is not None:
        return Target(page=PageKind.ANALYSIS, kind=Kind.CHART, id=chart.id, items=chosen, tab=part)
    drawn = tuple(item.id for item in scene.items if not item.sketch)
    return Target(page=PageKind.ANALYSIS, focus=drawn, hops=0, items=chosen, tab=part)


def comparing(today: date, focus: tuple[UUID, ...], overview: str, hops: int) -> Target:
    """Return where a chart is compared with what was recorded a month ago."""
    text = the_month(today)
    return Target(page=PageKind.COMPARE, overview=overview, focus=focus, hops=hops, text=text)


def the_month(today: date) -> str:
    """Return the two days that are compared unless others are named, as a Target's text."""
    return f"{today - timedelta(days=_MONTH):%Y-%m-%d} {today:%Y-%m-%d}"
