"""A chart page in time and place: the bar under it, and the ways to see it on an axis."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.ui.desk import Desk
from ocgdesk.ui.pages.chart_map import ChartMap
from ocgdesk.ui.pages.chart_timeline import ChartTimeline
from ocgdesk.ui.pages.chart_times import ChartTimes
from ocgdesk.ui.pages.chart_view import ChartView


class ChartTimePlace(QObject):
    """Adds the time bar, the timeline and the map to a chart's view."""

    changed = Signal()
    """The chart is to be shown anew."""
    opened = Signal(object, bool)
    """A Target, and whether a new tab is wanted."""

    def __init__(self, desk: Desk, view: ChartView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.times = ChartTimes(desk, self)
        self.timeline = ChartTimeline(desk, self)
        self.map = ChartMap(desk, self)
        self.strip = self.times.strip
        view.narrow = self.times.narrowed
        view.others = {"timeline": self._timeline, "map": self._map}
        self.times.changed.connect(self.changed)
        self.timeline.opened.connect(self.opened)
        self.map.opened.connect(self.opened)

    @property
    def stated(self) -> tuple[str, ...]:
        """What is printed of the brush on everything that leaves."""
        return self.times.stated

    def forget(self) -> None:
        """Read again what was read of records that have changed."""
        self.times.forget()
        self.timeline.forget()
        self.map.forget()

    def stop(self) -> None:
        """Ask nothing more."""
        self.times.stop()
        self.timeline.stop()
        self.map.stop()

    def _timeline(self) -> QWidget:
        return self.timeline.shown(self._view.canvas.arrangement, self.times.brush)

    def _map(self) -> QWidget:
        return self.map.shown(self._view.canvas.arrangement, self.times.brush)
