"""The timeline of what is on a chart: the lines of its items, those that matter most above."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from ocgdesk.casework import timelines
from ocgdesk.casework.timelines import MOST_LANES, Query
from ocgdesk.domain.charts import Arrangement, Importance, Item
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.timelines import Event, Timeline
from ocgdesk.i18n import _
from ocgdesk.reports import timeline_axis
from ocgdesk.store.reader import Reader
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.pages.chart_beside import Beside, Brush
from ocgdesk.ui.pages.timeline_page import target_of
from ocgdesk.ui.plates.timeline_view import TimelineView

_WITHOUT: Final = frozenset({Kind.COMMODITY, Kind.LOCATION})
"""Kinds that nothing happens to of itself."""
_RANK: Final = {Importance.PRINCIPAL: 0, Importance.SIGNIFICANT: 1, Importance.PERIPHERAL: 2}
_FIRST: Final = {Kind.OCG: 0, Kind.NOMINAL: 1}


class ChartTimeline(Beside):
    """Lines of a chart's items, narrowed to what is brushed."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        self.view = TimelineView()
        super().__init__(desk, self.view, parent)
        self.view.opened.connect(self._on_opened)

    def ids(self, arrangement: Arrangement) -> tuple[UUID, ...]:
        """Return the items that have a line of their own."""
        return tuple(item.id for item in _ranked(arrangement))

    def question(self, ids: tuple[UUID, ...], brush: Brush) -> Callable[[Reader], Any]:
        """Ask for what happened to them in the time that is brushed."""
        first, last = brush or (None, None)
        query = Query(ids=ids, first=first, last=last)
        return partial(timelines.read, query=query, today=self.desk.today())

    def show_answer(self, answer: Timeline, brush: Brush) -> str:
        """Show the lines, over the time that is brushed."""
        if not answer.events:
            return _("Nothing on this chart has a date in this time.")
        self.view.show_timeline(answer)
        if brush is not None:
            self.view.look(timeline_axis.around(*brush))
        return ""

    def nothing(self) -> str:
        """Return what is said of a chart of goods and places alone."""
        return _("Nothing on this chart has a line of its own.")

    @Slot(object)
    def _on_opened(self, event: Event) -> None:
        self.opened.emit(target_of(event), False)


def _ranked(arrangement: Arrangement) -> list[Item]:
    """Return the items with a line, by importance; one more than fits, so that it is told."""
    shown = [
        item
        for item in arrangement.scene.items
        if item.kind not in _WITHOUT
        and not (item.sketch or item.ghost)
        and item.id not in arrangement.hidden
    ]
    shown.sort(key=lambda item: (_RANK[item.importance], _FIRST.get(item.kind, 2), item.label))
    return shown[: MOST_LANES + 1]
