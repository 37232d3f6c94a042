"""Versions of a chart: named moments, opened as they were, compared; and freezing it."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ocgdesk.casework import chart_compare, chart_opening, records
from ocgdesk.casework.chart_compare import Compared
from ocgdesk.casework.chart_opening import Opened
from ocgdesk.domain.chart_versions import ChartVersion
from ocgdesk.domain.charts import Chart, Point, Scene
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import NotFound, Refused
from ocgdesk.i18n import _
from ocgdesk.store import journal
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work


def versions(reader: Reader, chart_id: UUID) -> tuple[ChartVersion, ...]:
    """Return the versions of a chart, the newest first."""
    found = queries.owned(reader, chart_id, Kind.CHART_VERSION)
    return tuple(
        sorted((v for v in found if isinstance(v, ChartVersion)), key=lambda one: -one.number)
    )


def version(reader: Reader, chart_id: UUID, number: int) -> ChartVersion:
    """Return one version of a chart; NotFound where there is none of this number."""
    for one in versions(reader, chart_id):
        if one.number == number:
            return one
    raise NotFound(_("This chart has no version {n}").format(n=number))


def words(one: ChartVersion) -> str:
    """Return what is said of a version wherever its chart is drawn."""
    moment = chart_opening.moment_words(one.made) if one.made else "–"
    return _("version {n}, {title}, as at {moment}").format(
        n=one.number, title=one.title, moment=moment
    )


def keep(work: Work, chart_id: UUID, title: str, note: str = "") -> ChartVersion:
    """Give the present moment of a chart a name, under which it can be opened from then on."""
    chart = work.get(Chart, chart_id)
    before = versions(work.reader, chart_id)
    number = before[0].number + 1 if before else 1
    return records.made(
        work,
        ChartVersion(
            owner=chart_id,
            number=number,
            title=title.strip() or _("Version {n}").format(n=number),
            note=note.strip(),
            entry=journal.head(work.reader.connection)[0],
            made=work.now,
            made_by=work.user.display,
            marking=chart.marking,
            restricted_to=chart.restricted_to,
        ),
    )


def open_version(reader: Reader, chart_id: UUID, number: int) -> Opened:
    """Return a chart as it was when a version was kept; nothing in it can be changed."""
    return chart_opening.at(reader, chart_id, version(reader, chart_id, number).entry)


def freeze(work: Work, chart_id: UUID, at: datetime | None = None) -> Chart:
    """Let a chart show for good what was recorded at an instant; from then on it takes notes only.

    Without an instant that is now. Raises Refused where it is frozen already, or for the future.
    """
    chart = work.get(Chart, chart_id)
    if chart.frozen is not None:
        raise Refused(_("This chart is frozen already"))
    if at is not None and at > work.now:
        raise Refused(_("Nothing is recorded in the future"))
    return _put(work, replace(chart, frozen=at or work.now))


def thaw(work: Work, chart_id: UUID) -> Chart:
    """Let a frozen chart follow the register again."""
    chart = work.get(Chart, chart_id)
    if chart.frozen is None:
        raise Refused(_("This chart follows the register already"))
    return _put(work, replace(chart, frozen=None))


def _put(work: Work, chart: Chart) -> Chart:
    kept = work.put(chart)[0]
    assert isinstance(kept, Chart)  # noqa: S101 - what is put comes back as it went
    return kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One chart at two moments."""

    first: Opened
    second: Opened
    compared: Compared
    places: dict[UUID, Point]
    """Where each item stands on the difference: as it does later, else as it did earlier."""
    hidden: frozenset[UUID]


def compare(reader: Reader, chart_id: UUID, first: int, second: int | None = None) -> Beside:
    """Return a version of a chart beside a later one, or beside the chart as it is.

    Raises Refused where the first is not the earlier, NotFound where there is no such version.
    """
    if second is not None and first >= second:
        raise Refused(_("Compare an earlier version with a later one"))
    was = open_version(reader, chart_id, first)
    if second is None:
        now = chart_opening.open_chart(reader, chart_id)
    else:
        now = open_version(reader, chart_id, second)
    one, other = was.arrangement, now.arrangement
    found = chart_compare.compared(_plain(one.scene), _plain(other.scene))
    return Beside(
        first=was,
        second=now,
        compared=found,
        places={**one.places, **other.places},
        hidden=(one.hidden & other.hidden)
        | (one.hidden - set(other.places))
        | (other.hidden - set(one.places)),
    )


def _plain(scene: Scene) -> Scene:
    """Return a scene without what is only looked up for the present: badges come and go by day."""
    items = tuple(replace(item, badges=()) for item in scene.items)
    return replace(scene, items=items)
