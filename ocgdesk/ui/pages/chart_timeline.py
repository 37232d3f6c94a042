"""The timeline of what is on a chart: the lines of its items, those that matter most above."""

from datetime import date
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from ocgdesk.casework import timelines
from ocgdesk.casework.timelines import MOST_LANES, Query
from ocgdesk.domain.charts import Arrangement, Importance, Item
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.timelines import Event, Timeline
from ocgdesk.errors import DeskError
from ocgdesk.i18n import _
from ocgdesk.reports import timeline_axis
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.pages.timeline_page import target_of
from ocgdesk.ui.plates.timeline_view import TimelineView
from ocgdesk.ui.widgets.notes import EmptyState

_WITHOUT: Final = frozenset({Kind.COMMODITY, Kind.LOCATION})
"""Kinds that nothing happens to of itself."""
_RANK: Final = {Importance.PRINCIPAL: 0, Importance.SIGNIFICANT: 1, Importance.PERIPHERAL: 2}
_FIRST: Final = {Kind.OCG: 0, Kind.NOMINAL: 1}
Brush = tuple[date, date] | None


class ChartTimeline(QObject):
    """Brings a timeline up to what a chart shows, when it is looked at."""

    opened = Signal(object, bool)
    """A Target, and whether a new tab is wanted."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked: Job | None = None
        self._known: tuple[tuple[UUID, ...], Brush] | None = None
        self.part = QStackedWidget()
        self.view = TimelineView()
        self.empty = EmptyState("")
        for shown in (self.view, self.empty):
            self.part.addWidget(shown)
        self.view.opened.connect(self._on_opened)

    @property
    def timeline(self) -> Timeline | None:
        """What is shown."""
        return self.view.timeline

    def ready(self) -> bool:
        """Tell whether nothing is being read."""
        return self._asked is None

    def shown(self, arrangement: Arrangement, brush: Brush) -> QWidget:
        """Return the timeline of what a chart shows; it is read unless it is known."""
        ids = tuple(item.id for item in _ranked(arrangement))
        if self._known != (ids, brush):
            self._known = ids, brush
            self._ask(ids, brush)
        return self.part

    def forget(self) -> None:
        """Read again when it is looked at next: records have changed."""
        self._known = None

    def stop(self) -> None:
        """Ask nothing more."""
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None

    def _ask(self, ids: tuple[UUID, ...], brush: Brush) -> None:
        self.stop()
        if not ids:
            self._say(_("Nothing on this chart has a line of its own."))
            return
        first, last = brush or (None, None)
        query = Query(ids=ids, first=first, last=last)
        ask = partial(timelines.read, query=query, today=self._desk.today())
        self._asked = self._desk.ask(ask, partial(self._on_read, brush))
        self._asked.failed.connect(self._on_failed)

    def _on_read(self, brush: Brush, found: Timeline) -> None:
        self._asked = None
        if not found.events:
            self._say(_("Nothing on this chart has a date in this time."))
            return
        self.view.show_timeline(found)
        if brush is not None:
            self.view.look(timeline_axis.around(*brush))
        self.part.setCurrentWidget(self.view)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self._asked = None
        if isinstance(error, DeskError):
            self._say(str(error))

    def _say(self, sentence: str) -> None:
        self.empty.show_words(sentence)
        self.part.setCurrentWidget(self.empty)

    @Slot(object)
    def _on_opened(self, event: Event) -> None:
        self.opened.emit(target_of(event), False)


def _ranked(arrangement: Arrangement) -> list[Item]:
    """Return the items with a line, by importance, as many as a timeline has lines."""
    shown = [
        item
        for item in arrangement.scene.items
        if item.kind not in _WITHOUT and not item.sketch and item.id not in arrangement.hidden
    ]
    shown.sort(key=lambda item: (_RANK[item.importance], _FIRST.get(item.kind, 2), item.label))
    return shown[: MOST_LANES + 1]
