"""The time bar of a chart page: its brush decides what of the chart is shown."""

from dataclasses import replace
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from ocgdesk.casework import chart_times, timelines
from ocgdesk.casework.chart_times import NOTHING, Times
from ocgdesk.domain.chart_windows import Window
from ocgdesk.domain.charts import Arrangement, Scene
from ocgdesk.i18n import ngettext
from ocgdesk.reports.timeline_axis import month_of
from ocgdesk.store.reader import Reader
from ocgdesk.ui.chart.time_bar import Brushed
from ocgdesk.ui.chart.time_strip import TimeStrip
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.inquiry import Inquiry


class ChartTimes(QObject):
    """Reads when what is on a chart held, shows that in the bar, and narrows the chart to it."""

    changed = Signal()
    """What is brushed has changed: the chart is to be shown anew."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = Inquiry(self._desk, self)
        self._known: tuple[UUID, ...] = ()
        self.times: Times = NOTHING
        self.strip = TimeStrip(dims=True)
        self.strip.hide()
        self.window: Window | None = None
        """The days the chart is narrowed to; the bar shows them in whole months."""
        self._brushed: Brushed = None
        self.strip.changed.connect(self._on_brushed)

    @property
    def brush(self) -> tuple[date, date] | None:
        """The days that are shown; where one is open, as far as anything is dated."""
        if self.window is None:
            return None
        months = self.strip.bar.months
        last = self.window.last or (month_of(months[-1][0])[1] if months else date.max)
        return self.window.first or (months[0][0] if months else date.min), last

    def ready(self) -> bool:
        """Tell whether what is to be narrowed is: nothing is read that it takes."""
        return self.window is None or not self._asked.is_open

    def take(self, window: Window | None) -> None:
        """Narrow the chart as it was left; nobody is told, since nobody changed it."""
        if window != self.window:
            self.window = window
            self._show()

    def narrowed(self, arrangement: Arrangement) -> Arrangement:
        """Return a chart as the brush leaves it; what is new on it is asked for first."""
        self._ask(arrangement.scene)
        if (window := self.window) is None:
            return arrangement
        scene = arrangement.scene
        scene = chart_times.narrowed(scene, self.times, *window.days, dim=window.faint)
        return replace(arrangement, scene=scene)

    def stop(self) -> None:
        """Ask nothing more."""
        self._asked.drop()

    def forget(self) -> None:
        """Read again what held when: records have changed."""
        self._known = ()

    def _ask(self, scene: Scene) -> None:
        """Read when these items and lines held, unless that is known."""
        wanted = (*(item.id for item in scene.items), *(tie.id for tie in scene.ties))
        if wanted == self._known:
            return
        self._known = wanted
        self.stop()
        self._asked.ask(partial(_read, scene=scene), self._on_read)

    @Slot(object)
    def _on_read(self, found: Times) -> None:
        self.times = found
        self._show()
        if self.window is not None:
            self.changed.emit()

    def _show(self) -> None:
        """Show what is dated, and where the brush is on it."""
        n, window = self.times.undated, self.window
        told = ngettext("{n:,} line without a date", "{n:,} lines without a date", n)
        ends = [day for day in (window.first, window.last) if day] if window else []
        months = chart_times.reaching(self.times.months, ends)
        self.strip.show_months(months, told.format(n=n) if n else "")
        self.strip.setVisible(bool(months))
        self.strip.show_brush(
            window.days if window else None,
            faint=window is not None and window.faint,
            words=self._exact(window) if window else "",
        )
        self._brushed = self.strip.brush

    def _exact(self, window: Window) -> str:
        """Return the days in words where they are not whole months; empty where they are."""
        days = window.first and month_of(window.first)[0], window.last and month_of(window.last)[1]
        whole = days == (window.first, window.last) and all(days)
        return "" if whole else timelines.span_words(window.first, window.last)

    @Slot()
    def _on_brushed(self) -> None:
        """Take over what the user did: other days, or the rest shown otherwise."""
        days, faint = self.strip.brush, self.strip.is_dimming
        if days is None:
            self.window = None
        elif self.window is not None and days == self._brushed:
            self.window = replace(self.window, faint=faint)
        else:
            self.window = Window(first=days[0], last=days[1], faint=faint)
        self._brushed = days
        self.changed.emit()


def _read(reader: Reader, scene: Scene) -> Times:
    return chart_times.read(reader, scene)
