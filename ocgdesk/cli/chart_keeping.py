"""Charts that were kept: opened, as a version, compared with one; and ``versions``."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from ocgdesk.cli import asking, chart_looking, output, overviews, session
from ocgdesk.cli.chart_telling import Drawn
from ocgdesk.cli.session import Way, on_workspace
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

if TYPE_CHECKING:
    from ocgdesk.casework.chart_opening import Opened
    from ocgdesk.domain.chart_versions import ChartVersion
    from ocgdesk.domain.charts import Arrangement, Chart
    from ocgdesk.store.reader import Reader


def saved(reader: "Reader", ref: str, version: int, against: int, *, title: str) -> Drawn:
    """Return a saved chart as it is, as one of its versions, or with what changed since one."""
    from ocgdesk.casework import chart_looks, chart_opening, chart_versions

    id_ = chart_id(reader, ref)
    if against:
        return _changes(reader, id_, title, against, version)
    if version:
        opened = chart_versions.open_version(reader, id_, version)
    else:
        opened = chart_opening.open_chart(reader, id_)
    kept = opened.chart
    arrangement = overviews.as_kept(reader, opened.arrangement, kept.collapsed)
    looks, faults = chart_looks.looks_of(kept)
    chart_looking.check_kept(faults)
    return Drawn(
        arrangement=placed(arrangement, kept.layout, kept.focus),
        focus=kept.focus,
        title=title or kept.title,
        filters=tuple(_stated(reader, id_, opened, version)),
        entry=opened.seq,
        looks=looks,
    )


def _stated(reader: "Reader", id_: UUID, opened: "Opened", version: int) -> list[str]:
    from ocgdesk.casework import chart_versions, moments

    if version:
        return [chart_versions.words(chart_versions.version(reader, id_, version))]
    if opened.chart.frozen is not None:
        return [moments.as_recorded(opened.chart.frozen)]
    return []


def _changes(reader: "Reader", id_: UUID, title: str, first: int, second: int) -> Drawn:
    from ocgdesk.casework import chart_versions
    from ocgdesk.domain.charts import Arrangement

    found = chart_versions.compare(reader, id_, first, second or None)
    later = found.second.chart
    arrangement = Arrangement(scene=found.compared.scene, places=found.places, hidden=found.hidden)
    changes = tuple(
        {"change": one.change.value, "what": one.what, "how": one.how, "id": one.id}
        for one in found.compared.changes
    )
    return Drawn(
        arrangement=placed(arrangement, later.layout, later.focus),
        focus=later.focus,
        title=title or later.title,
        filters=(
            chart_versions.words(chart_versions.version(reader, id_, first)),
            _("compared with version {n}").format(n=second) if second else _("compared with now"),
        ),
        entry=found.first.seq,
        changes=changes,
    )


def chart_id(reader: "Reader", ref: str) -> UUID:
    """Return the id of a saved chart by title or id; Refused for anything else."""
    from ocgdesk.domain.kinds import Kind
    from ocgdesk.store import records

    brief = records.resolve(reader, ref)
    if brief.kind is not Kind.CHART:
        raise Refused(_("{ref} is no saved chart").format(ref=ref[:60]))
    return brief.id


def placed(arrangement: "Arrangement", layout: str, focus: Sequence[UUID]) -> "Arrangement":
    """Return a kept chart with a place for what came to it since."""
    from ocgdesk.casework import charts

    if all(item.id in arrangement.places for item in arrangement.scene.items):
        return arrangement
    fixed = arrangement.places
    places = charts.lay_out(arrangement.scene, layout, focus=focus, fixed=fixed)
    return replace(arrangement, places=places)


@click.command()
@on_workspace
@click.argument("chart", metavar="CHART")
@click.option("--keep", default="", metavar="TITLE", help="Keep the present moment under it.")
@click.option("--note", default="", help="Kept with it.")
@click.option("--freeze", is_flag=True, help="Show for good what is recorded now, or --as-at.")
@click.option("--thaw", is_flag=True, help="Follow the register again.")
@session.as_at_option
@session.as_json_option
def versions(way: Way, *, chart: str, as_at: str, json_: bool, **rest: Any) -> None:
    """List the versions of a saved CHART, keep one, freeze the chart or let it follow again."""
    from ocgdesk.casework import chart_opening, chart_versions
    from ocgdesk.domain.people import Right

    if sum(map(bool, (rest["keep"], rest["freeze"], rest["thaw"]))) > 1:
        raise click.UsageError(_("--keep, --freeze and --thaw are acts of their own"))
    if as_at and not rest["freeze"]:
        raise click.UsageError(_("--as-at says what a chart is frozen as at: it needs --freeze"))
    with way.opened() as workspace:
        with workspace.reading() as reader:
            id_ = chart_id(reader, chart)
        if act := _act(id_, as_at, **rest):
            label, verb = act
            with workspace.work(label, right=Right.CHART) as done:
                verb(done.work)
        with workspace.reading() as reader:
            found, kept = chart_versions.versions(reader, id_), chart_opening.chart_of(reader, id_)
    if json_:
        output.as_json(_plain(kept, found))
    else:
        _say(kept, found)


def _plain(kept: "Chart", found: "Sequence[ChartVersion]") -> dict[str, Any]:
    made = [
        {"number": v.number, "title": v.title, "note": v.note, "made": v.made}
        | {"made_by": v.made_by, "entry": v.entry}
        for v in found
    ]
    return {"chart": kept.title, "frozen": kept.frozen, "versions": made}


def _say(kept: "Chart", found: "Sequence[ChartVersion]") -> None:
    from ocgdesk.casework import chart_opening, chart_versions

    if kept.frozen is not None:
        said = _("{title}: frozen as at {moment}")
        moment = chart_opening.moment_words(kept.frozen)
        output.say(said.format(title=kept.title, moment=moment))
    for one in found:
        output.say(chart_versions.words(one) + (f"\n  {one.note}" if one.note else ""))
    if not found:
        output.say(_("No version is kept yet. --keep TITLE keeps one."))


def _act(id_: UUID, as_at: str, *, keep: str, note: str, freeze: bool, thaw: bool) -> Any:
    from ocgdesk.casework import chart_versions

    if keep:
        return _("Keep chart version"), partial(
            chart_versions.keep, chart_id=id_, title=keep, note=note
        )
    if freeze:
        at = asking.moment(as_at)
        return _("Freeze chart"), partial(chart_versions.freeze, chart_id=id_, at=at)
    if thaw:
        return _("Let chart follow the register"), partial(chart_versions.thaw, chart_id=id_)
    return None
