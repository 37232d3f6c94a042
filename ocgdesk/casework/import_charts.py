"""The chart that a file of another program was: its items where they stood, kept with them."""

from collections.abc import Mapping

from ocgdesk.casework import charts
from ocgdesk.domain.charts import Chart, Point
from ocgdesk.domain.kinds import SUBJECTS
from ocgdesk.domain.marking import highest
from ocgdesk.domain.people import Right
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import _
from ocgdesk.store.work import Work


def keep(
    work: Work, title: str, places: Mapping[str, tuple[float, float]], came: Mapping[str, Entity]
) -> Chart | None:
    """Keep a chart with the records that came, each in its place; None where there is none.

    ``places`` and ``came`` go by the keys of the file. Items without a place are left to find
    one. A chart larger than can be opened is not kept: its records are.
    """
    drawn = {key: thing for key, thing in came.items() if thing.kind in SUBJECTS}
    points = {thing.id: Point(*places[key]) for key, thing in drawn.items() if key in places}
    if not points or len(points) > charts.MOST_OPENED or not work.user.may(Right.CHART):
        return None
    marking = highest(thing.marking for thing in drawn.values())
    chart = Chart(title=title or _("Imported chart"), marking=marking, most=charts.MOST_OPENED)
    return charts.save(work, chart, points)
