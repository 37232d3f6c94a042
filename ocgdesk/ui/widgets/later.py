"""Parts of a page that are made when first wanted, so that opening the page never waits."""

import time
from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

SLICE_MS: Final = 12
"""How long one stretch of building may take before the window is let breathe."""


class LaterStack(QStackedWidget):
    """Parts in one place by key; each is made when it is first shown or asked for.

    ``make`` is given the stack and should take it as parent: a widget that gets its parent late
    is dressed anew, with all that is in it.
    """

    made = Signal(str)
    """The key of a part that was just made."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._makers: dict[str, Callable[[QWidget], QWidget]] = {}
        self._parts: dict[str, QWidget] = {}

    @property
    def current(self) -> str:
        """The key of the part that is shown; empty before any is."""
        now = self.currentWidget()
        return next((key for key, part in self._parts.items() if part is now), "")

    def offer(self, key: str, make: Callable[[QWidget], QWidget]) -> None:
        """Have a part under this key, to be made later."""
        self._makers[key] = make

    @property
    def offered(self) -> tuple[str, ...]:
        """The keys of all parts, made or not, in the order they were offered."""
        return tuple(self._makers)

    def has_made(self, key: str) -> bool:
        """Tell whether a part is there already."""
        return key in self._parts

    def part(self, key: str) -> QWidget:
        """Return a part, made now if it was not before; KeyError where none was offered."""
        if key not in self._parts:
            part = self._makers[key](self)
            self._parts[key] = part
            self.addWidget(part)
            self.made.emit(key)
        return self._parts[key]

    def go(self, key: str) -> None:
        """Show a part."""
        self.setCurrentWidget(self.part(key))


class Slices(QTimer):
    """Builds a long part bit by bit between what the user does, until nothing is left.

    ``steps`` does one small step each time it is asked for the next; its owner is the part that
    is built, so that it ends with it.
    """

    finished = Signal()

    def __init__(self, steps: Iterator[object], owner: QWidget) -> None:
        super().__init__(owner)
        self._steps = steps
        self.setInterval(0)
        self.timeout.connect(self._on_turn)
        self.start()

    def _on_turn(self) -> None:
        end = time.monotonic() + SLICE_MS / 1_000
        for _step in self._steps:
            if time.monotonic() >= end:
                return
        self.stop()
        self.finished.emit()
