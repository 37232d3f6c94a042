"""The time bar of a chart page: its brush decides what of the chart is shown."""

from dataclasses import replace
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from ocgdesk.casework import chart_times, timelines
from ocgdesk.casework.chart_times import NOTHING, Times
from ocgdesk.domain.charts import Arrangement, Scene
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.reader import Reader
from ocgdesk.ui.chart.time_strip import TimeStrip
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.jobs import Job


class ChartTimes(QObject):
    """Reads when what is on a chart held, shows that in the bar, and narrows the chart to it."""

    changed = Signal()
    """What is brushed has changed: the chart is to be shown anew."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked: Job | None = None
        self._known: tuple[UUID, ...] = ()
        self.times: Times = NOTHING
        self.strip = TimeStrip(dims=True)
        self.strip.hide()
        self.strip.changed.connect(self.changed)

    @property
    def brush(self) -> tuple[date, date] | None:
        """The days that are brushed."""
        return self.strip.brush

    @property
    def stated(self) -> tuple[str, ...]:
        """What is printed of the brush on everything that leaves."""
        if (brush := self.brush) is None:
            return ()
        words = timelines.span_words(*brush)
        return (_("{what}, the rest faint").format(what=words),) if self._dims else (words,)

    @property
    def _dims(self) -> bool:
        return self.strip.is_dimming

    def narrowed(self, arrangement: Arrangement) -> Arrangement:
        """Return a chart as the brush leaves it; what is new on it is asked for first."""
        self._ask(arrangement.scene)
        if (brush := self.brush) is None:
            return arrangement
        scene = chart_times.narrowed(arrangement.scene, self.times, *brush, dim=self._dims)
        return replace(arrangement, scene=scene)

    def stop(self) -> None:
        """Ask nothing more."""
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None

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
        self._asked = self._desk.ask(partial(_read, scene=scene), self._on_read)

    @Slot(object)
    def _on_read(self, found: Times) -> None:
        self._asked, self.times = None, found
        n = found.undated
        told = ngettext("{n:,} line without a date", "{n:,} lines without a date", n)
        self.strip.show_months(found.months, told.format(n=n) if n else "")
        self.strip.setVisible(bool(found.months))
        if self.brush is not None:
            self.changed.emit()


def _read(reader: Reader, scene: Scene) -> Times:
    return chart_times.read(reader, scene)
