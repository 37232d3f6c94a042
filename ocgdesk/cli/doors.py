"""What the command line cannot do itself and is handed from outside: anything with a window."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """Ways to the window, where this installation has one."""

    desktop: Callable[[Path | None], int] | None = None
    """Opens the desktop, on a workspace where one is given; returns the exit code."""
    pictures: Callable[[Path], int] | None = None
    """Writes a picture of every page into a folder; returns the exit code."""
