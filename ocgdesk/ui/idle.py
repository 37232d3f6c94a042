"""Whether anybody is at the desk: an open workspace locks itself after a while without input."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

WARNING: Final = 60
"""Seconds before locking at which the user is warned."""
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
    """Counts the seconds since the last key or mouse. ``limit`` says how many are too many."""

    warned = Signal()
    stirred = Signal()
    """Somebody is there after all: after the warning came a key or the mouse."""
    minute_passed = Signal()
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
        if (app := QApplication.instance()) is not None:
            app.installEventFilter(self)

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
            if left == 0:
                self.stop()
                self.expired.emit()
                return

    def stop(self) -> None:
        """Watch no longer."""
        self._clock.stop()
        if (app := QApplication.instance()) is not None:
            app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            long, self.idle = self.idle >= 60, 0
            if self._warned:
                self._warned = False
                self.stirred.emit()
            elif long:
                self.minute_passed.emit()
        return super().eventFilter(watched, event)

    @Slot()
    def _on_second(self) -> None:
        self.pass_time(1)
