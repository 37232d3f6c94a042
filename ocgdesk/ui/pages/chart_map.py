"""The map of what is on a chart: its county lines, from hub to towns."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from ocgdesk.casework import boundaries, line_maps
from ocgdesk.domain import line_map
from ocgdesk.domain.charts import Arrangement
from ocgdesk.domain.grounds import Ring
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.line_map import Flow, LineMap
from ocgdesk.i18n import _
from ocgdesk.store.reader import Reader
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.chart_beside import Beside, Brush
from ocgdesk.ui.plates.map_view import MapView

Found = tuple[LineMap, tuple[Flow, ...], tuple[Ring, ...]]


class ChartMap(Beside):
    """County lines of a chart at their places, narrowed to what is brushed."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        self.view = MapView()
        super().__init__(desk, self.view, parent)
        self.view.opened.connect(self._on_opened)

    def ids(self, arrangement: Arrangement) -> tuple[UUID, ...]:
        """Return the county lines on a chart."""
        return tuple(
            item.id
            for item in arrangement.scene.items
            if item.kind is Kind.COUNTY_LINE
            and not item.sketch
            and item.id not in arrangement.hidden
        )

    def question(self, ids: tuple[UUID, ...], brush: Brush) -> Callable[[Reader], Any]:
        """Ask where these lines run, and what the map stands on."""
        return partial(_read, ids=ids, today=self.desk.today(), brush=brush)

    def show_answer(self, answer: Found, brush: Brush) -> str:
        """Show the flows of what is brushed."""
        del brush
        found, flows, ground = answer
        if not flows:
            return _("No county line on this chart has a hub and a town on the map in this time.")
        self.view.show_ground(ground)
        self.view.show_flows(found, flows)
        return ""

    def nothing(self) -> str:
        """Return what is said of a chart without county lines."""
        return _("No county line is on this chart. Expand an OCG, or open the map of all lines.")

    @Slot(object)
    def _on_opened(self, flow: Flow) -> None:
        """Open the line of a flow, or the map of those lines where they are several."""
        if flow.count == 1:
            target = Target(page=PageKind.RECORD, kind=Kind.COUNTY_LINE, id=flow.lines[0])
        else:
            target = Target(page=PageKind.MAP, items=flow.lines)
        self.opened.emit(target, False)


def _read(reader: Reader, ids: tuple[UUID, ...], today: date, brush: Brush) -> Found:
    found = line_maps.read(reader, today, ids)
    return found, line_map.flows(found, *(brush or (None, None))), boundaries.ground(reader)
