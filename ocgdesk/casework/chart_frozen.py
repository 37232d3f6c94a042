"""A frozen chart takes notes and nothing else: said in one place, asked by whatever changes one."""

from uuid import UUID

from ocgdesk.domain.charts import Chart
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store.work import Work


def check(work: Work, chart_id: UUID) -> None:
    """Raise Refused where a chart is frozen."""
    check_chart(work.get(Chart, chart_id))


def check_chart(chart: Chart) -> None:
    """Raise Refused where this chart is frozen."""
    if chart.frozen is not None:
        raise Refused(_("This chart is frozen: it takes notes only. Let it follow the register."))
