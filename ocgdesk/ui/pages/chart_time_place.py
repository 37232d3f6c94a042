"""A chart page in time and place: the bar under it, and the ways to see it on an axis."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.pages.chart_keeping import ChartKeeper
from ocgdesk.ui.pages.chart_looking import ChartLooks
from ocgdesk.ui.pages.chart_map import ChartMap
from ocgdesk.ui.pages.chart_timeline import ChartTimeline
from ocgdesk.ui.pages.chart_times import ChartTimes
from ocgdesk.ui.pages.chart_view import ChartView

KEPT_MS: Final = 800
"""So long a brush rests before it is kept: while it is moved, each place of it is no act."""


class ChartTimePlace(QObject):
    """Adds the time bar, the timeline and the map to a chart's view."""

    changed = Signal()
    """The chart is to be shown anew."""
    opened = Signal(object, bool)
    """A Target, and whether a new tab is wanted."""

    def __init__(
        self,
        desk: Desk,
        view: ChartView,
        keeper: ChartKeeper,
        looks: ChartLooks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._view, self._keeper, self._looks = view, keeper, looks
        self.times = ChartTimes(desk, self)
        self.timeline = ChartTimeline(desk, self)
        self.map = ChartMap(desk, self)
        self.strip = self.times.strip
        view.narrow = self.times.narrowed
        view.others = {"timeline": self._timeline, "map": self._map}
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(KEPT_MS)
        self._rest.timeout.connect(self._keep)
        self.times.changed.connect(self._on_times)
        self.timeline.opened.connect(self.opened)
        self.map.opened.connect(self.opened)

    def take(self) -> None:
        """Brush as a kept chart has it, unless somebody has just brushed otherwise."""
        if self._rest.isActive():
            self._looks.narrow_to(self.times.window)
        else:
            self.times.take(self._looks.looks.window)

    @Slot()
    def _on_times(self) -> None:
        self._looks.narrow_to(self.times.window)
        self._rest.start()
        self.changed.emit()

    @Slot()
    def _keep(self) -> None:
        """Keep the brush with the chart. One that is frozen is looked at, and stays as it was."""
        chart, kept = self._keeper.chart, self._looks.kept()
        if chart is None or chart.frozen is not None or not kept:
            return
        if kept["filters"] != chart.filters:
            self._keeper.edit(_("Narrow chart to days"), filters=kept["filters"])

    def forget(self) -> None:
        """Read again what was read of records that have changed."""
        self.times.forget()
        self.timeline.forget()
        self.map.forget()

    def stop(self) -> None:
        """Ask nothing more; what was brushed last is kept."""
        if self._rest.isActive():
            self._rest.stop()
            self._keep()
        self.times.stop()
        self.timeline.stop()
        self.map.stop()

    def _timeline(self) -> QWidget:
        return self.timeline.shown(self._view.canvas.arrangement, self.times.brush)

    def _map(self) -> QWidget:
        return self.map.shown(self._view.canvas.arrangement, self.times.brush)
