"""Python's cyclic collector, on the UI thread alone.

Left to itself it runs in whichever thread happens to allocate. What it finds there may be widgets
and timers of a page that was closed, and Qt objects destroyed away from their own thread bring
the program down, once in a while and nowhere near the cause.
"""

import gc
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

EVERY_MS: Final = 1_000


class Collector(QObject):
    """Keeps the automatic collector off while anybody holds it, and collects by a timer."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._holders = 0
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect)

    def hold(self) -> None:
        """Collect on this thread only, until as many have let go as have held."""
        self._holders += 1
        if self._holders == 1:
            gc.disable()
            self._timer.start()

    def let_go(self) -> None:
        """Give the collector back once nobody holds it."""
        self._holders -= 1
        if self._holders == 0:
            self._timer.stop()
            gc.enable()

    @Slot()
    def collect(self) -> None:
        """Collect what the interpreter would have collected by now."""
        young, middle, old = zip(gc.get_count(), gc.get_threshold(), strict=True)
        if old[0] > old[1]:
            gc.collect()
        elif middle[0] > middle[1]:
            gc.collect(1)
        elif young[0] > young[1]:
            gc.collect(0)


def collector() -> Collector:
    """Return the one collector of the application."""
    app = QCoreApplication.instance()
    known = app.findChild(Collector) if app is not None else None
    return known if known is not None else Collector(app)
