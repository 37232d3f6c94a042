"""Whether anybody is at the desk: an open workspace locks itself after a while without input."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow
from shiboken6 import isValid

WARNING: Final = 60
"""Seconds before locking at which the user is warned."""
_AWAY: Final = 60
"""Seconds without input after which nobody is thought to be looking."""
_INPUT: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """Counts the seconds since the last key or mouse. ``limit`` says how many are too many.

    It listens where input arrives, at each window that has the focus: a filter on the whole
    application would be asked about every paint and layout too, a tenth of the time of a page.
    """

    warned = Signal()
    stirred = Signal()
    """Somebody is there after all: after the warning came a key or the mouse."""
    minute_passed = Signal()
    away = Signal()
    """A minute without a key or the mouse: a good moment for what would hold up a window."""
    expired = Signal()

    def __init__(self, limit: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._limit = limit
        self._warned = False
        self.idle = 0
        self._clock = QTimer(self)
        self._clock.setInterval(1_000)
        self._clock.timeout.connect(self._on_second)
        self._clock.start()
        self._heard: list[QWindow] = []
        self._listening = True
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._on_window)
            self._on_window(app.focusWindow())

    def left(self) -> int | None:
        """Return the seconds left until the desk locks; None where it never does."""
        limit = self._limit()
        return max(0, limit - self.idle) if limit else None

    def pass_time(self, seconds: int) -> None:
        """Count these seconds without input; warn and expire where that is due."""
        for _second in range(seconds):
            self.idle += 1
            left = self.left()
            if left is not None and left <= min(WARNING, self._limit() // 2) and not self._warned:
                self._warned = True
                self.warned.emit()
            if self.idle % 60 == 0:
                self.minute_passed.emit()
            if self.idle == _AWAY:
                self.away.emit()
            if left == 0:
                self.stop()
                self.expired.emit()
                return

    def stop(self) -> None:
        """Watch no longer."""
        self._clock.stop()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication) and self._listening:
            app.focusWindowChanged.disconnect(self._on_window)
        self._listening = False
        for window in self._heard:
            if isValid(window):
                window.removeEventFilter(self)
        self._heard.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002 - any window
        if event.type() in _INPUT:
            self._on_input()
        return False

    def _on_input(self) -> None:
        long, self.idle = self.idle >= 60, 0
        if self._warned:
            self._warned = False
            self.stirred.emit()
        elif long:
            self.minute_passed.emit()

    @Slot(QWindow)
    def _on_window(self, window: QWindow | None) -> None:
        if window is not None and window not in self._heard:
            self._heard = [known for known in self._heard if isValid(known)]
            self._heard.append(window)
            window.installEventFilter(self)
            self._on_input()

    @Slot()
    def _on_second(self) -> None:
        self.pass_time(1)
