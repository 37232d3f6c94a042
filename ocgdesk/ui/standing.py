"""Where the window stands on the screen, from one start to the next."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Final, Self

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ocgdesk import settings

NAME: Final = "window.json"
_MOST_BYTES: Final = 4_096
_GRIP: Final = (120, 40)
"""How much of the window's upper edge must be seen, in pixels, for it to be moved by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The place and size of a window that is not maximised, and whether it is."""

    x: int
    y: int
    width: int
    height: int
    maximised: bool = False

    @classmethod
    def of(cls, window: QWidget) -> Self:
        """Return where a window stands now."""
        box = window.normalGeometry() if window.isMaximized() else window.geometry()
        return cls(
            x=box.x(),
            y=box.y(),
            width=box.width(),
            height=box.height(),
            maximised=window.isMaximized(),
        )

    def is_seen(self, screens: Sequence[QRect]) -> bool:
        """Tell whether enough of the upper edge lies on one of these screens."""
        wide, high = _GRIP
        edge = QRect(self.x, self.y, self.width, high)
        parts = [screen.intersected(edge) for screen in screens]
        return any(part.width() >= wide and part.height() >= high // 2 for part in parts)


def apply(window: QWidget, standing: Standing | None) -> bool:
    """Put a window where it stood, if that is on a screen that is there now."""
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    if standing is None or not standing.is_seen(screens):
        return False
    window.resize(standing.width, standing.height)
    window.move(QPoint(standing.x, standing.y))
    return True


def save(standing: Standing) -> None:
    """Keep it for the next start; where that cannot be, the next start has the usual place."""
    path = settings.folder() / NAME
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_text(json.dumps(asdict(standing)), encoding="utf-8")


def load() -> Standing | None:
    """Return where the window stood last; None where that is not known or makes no sense."""
    try:
        with (settings.folder() / NAME).open("rb") as file:
            found = json.loads(file.read(_MOST_BYTES))
        numbers = {name: int(found[name]) for name in ("x", "y", "width", "height")}
        standing = Standing(**numbers, maximised=bool(found["maximised"]))
    except (OSError, ValueError, TypeError, KeyError, RecursionError, OverflowError):
        return None
    sane = all(abs(value) < 100_000 for value in numbers.values())
    return standing if sane and min(standing.width, standing.height) > 0 else None
