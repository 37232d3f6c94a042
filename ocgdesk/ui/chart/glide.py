"""Items on their way to where a layout put them: a quarter of a second, so that eyes can follow."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final
from uuid import UUID

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation, Slot

from ocgdesk.domain.charts import Arrangement, Point
from ocgdesk.ui.chart.surface import ChartSurface

SPAN_MS: Final = 250
MOST: Final = 300
"""Items that are moved before the user's eyes; more are simply there."""


class Glide(QObject):
    """Moves what a canvas shows to other places; ended at once by whatever is shown next."""

    def __init__(self, canvas: ChartSurface, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._from: Mapping[UUID, Point] = {}
        self._to: Arrangement | None = None
        self._then: Callable[[], None] | None = None
        self._run = QVariantAnimation(self)
        self._run.setDuration(SPAN_MS)
        self._run.setStartValue(0.0)
        self._run.setEndValue(1.0)
        self._run.setEasingCurve(QEasingCurve.Type.InOutCubic)
        self._run.valueChanged.connect(self._on_moved)
        self._run.finished.connect(self._on_finished)

    @property
    def is_under_way(self) -> bool:
        """Whether items are moving."""
        return self._run.state() == QVariantAnimation.State.Running

    def begin(self, to: Arrangement, then: Callable[[], None]) -> bool:
        """Move to these places and call ``then``; False where there is nothing to be seen of it."""
        before = self._canvas.arrangement.places
        moved = [i.id for i in to.scene.items if before.get(i.id) not in {None, to.places[i.id]}]
        if not (0 < len(moved) <= MOST and self._canvas.isVisible()):
            return False
        self.stop()
        self._from, self._to, self._then = before, to, then
        self._run.start()
        return True

    def stop(self) -> None:
        """Leave off; what is shown next says where everything is."""
        self._to = self._then = None
        self._run.stop()

    @Slot(object)
    def _on_moved(self, share: float) -> None:
        if self._to is None:
            return
        places = {
            id_: _between(self._from.get(id_, at), at, share) for id_, at in self._to.places.items()
        }
        self._canvas.show_on_the_way(replace(self._to, places=places))

    @Slot()
    def _on_finished(self) -> None:
        then, self._to, self._then = self._then, None, None
        if then is not None:
            then()


def _between(one: Point, two: Point, share: float) -> Point:
    return Point(one.x + (two.x - one.x) * share, one.y + (two.y - one.y) * share)
