"""Makes drawings for a window that must not stand still: small ones at once, large in slices."""

from time import perf_counter
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ocgdesk.domain.charts import Arrangement
from ocgdesk.reports.drawing import draw, draw_in_steps
from ocgdesk.reports.drawing_parts import Drawing
from ocgdesk.reports.drawing_steps import Steps, finished

FEW: Final = 150
"""So many items and links are drawn at once: that takes no longer than a frame."""
SLICE_MS: Final = 10.0
"""How long the window may wait for a slice of a larger drawing."""


class Draughtsman(QObject):
    """Draws one arrangement at a time; to begin another lets go of the one under way."""

    drawn = Signal(object)
    """The Drawing of the arrangement begun last."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Steps[Drawing] | None = None
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._on_slice)

    @property
    def is_at_work(self) -> bool:
        """Whether a drawing has been begun that is not done."""
        return self._work is not None

    def begin(self, arrangement: Arrangement) -> None:
        """Draw this; ``drawn`` may be emitted before this returns."""
        self.drop()
        scene = arrangement.scene
        if len(scene.items) + len(scene.ties) <= FEW:
            self.drawn.emit(draw(arrangement))
            return
        self._work = draw_in_steps(arrangement)
        self._timer.start()

    def finish(self) -> None:
        """Make the rest of what was begun at once."""
        if self._work is not None:
            work = self._work
            self.drop()
            self.drawn.emit(finished(work))

    def drop(self) -> None:
        """Let go of what was begun."""
        self._timer.stop()
        self._work = None

    @Slot()
    def _on_slice(self) -> None:
        end = perf_counter() + SLICE_MS / 1000
        while self._work is not None and perf_counter() < end:
            try:
                next(self._work)
            except StopIteration as done:
                self.drop()
                self.drawn.emit(done.value)
