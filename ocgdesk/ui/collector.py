"""Python's cyclic collector, on the UI thread alone.

Left to itself it runs in whichever thread happens to allocate. What it finds there may be widgets
and timers of a page that was closed, and Qt objects destroyed away from their own thread bring
the program down, once in a while and nowhere near the cause.
"""

import gc
import time
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

EVERY_MS: Final = 1_000
FEW: Final = 700
"""So many new containers make a round worth while, and so many rounds an older one."""
ROUNDS: Final = 10
MANY: Final = 50_000
"""So many new containers within a second are somebody's records, not the leavings of a page."""
LONG: Final = 0.03
"""Seconds: after a full round of this length what is left is not looked at again for a while."""


class Collector(QObject):
    """Keeps the automatic collector off while anybody holds it, and collects by a timer.

    A round takes the longer the more there is to look at, and holds up the window: what comes
    in masses is set aside, and looked through when nobody is at the desk.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._holders = 0
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.collect)

    def hold(self) -> None:
        """Collect on this thread only, until as many have let go as have held.

        What is there by now, modules and all, is set aside: it is here to stay.
        """
        self._holders += 1
        gc.freeze()
        if self._holders == 1:
            gc.disable()
            self._timer.start()

    def let_go(self) -> None:
        """Give the collector back once nobody holds it."""
        self._holders -= 1
        if self._holders == 0:
            self._timer.stop()
            gc.unfreeze()
            gc.enable()

    @Slot()
    def collect(self) -> None:
        """Collect what the interpreter would have collected by now."""
        young, middle, old = gc.get_count()
        if young > MANY:
            gc.freeze()
        elif old > ROUNDS:
            began = time.perf_counter()
            gc.collect()
            if time.perf_counter() - began > LONG:
                gc.freeze()
        elif middle > ROUNDS:
            gc.collect(1)
        elif young > FEW:
            gc.collect(0)

    @Slot()
    def tidy(self) -> None:
        """Look through all there is, what was set aside included. Nobody should be waiting."""
        if self._holders:
            gc.unfreeze()
            gc.collect()
            gc.freeze()


def collector() -> Collector:
    """Return the one collector of the application."""
    app = QCoreApplication.instance()
    known = app.findChild(Collector) if app is not None else None
    return known if known is not None else Collector(app)
