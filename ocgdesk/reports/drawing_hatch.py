"""Hatching: slanted lines fill what is only sketched, so that nobody takes it for record."""

from typing import Final

from ocgdesk.reports import drawing_paths
from ocgdesk.reports.drawing_paths import Pair, Path, Segment

APART: Final = 5.0
"""Between two lines of a hatch, along the horizontal."""


def hatch(outline: Path, apart: float = APART) -> Path:
    """Return lines slanted by 45 degrees that fill an outline."""
    runs = drawing_paths.flattened(outline)
    sums = [x + y for run in runs for x, y in run]
    at, made = min(sums) + apart / 2, list[Segment]()
    while at < max(sums):
        crossings = sorted(pair for run in runs for pair in _crossings(run, at))
        for one, two in zip(crossings[::2], crossings[1::2], strict=False):
            made += [("M", one), ("L", two)]
        at += apart
    return tuple(made)


def _crossings(run: list[Pair], at: float) -> list[Pair]:
    """Return where the line x + y = ``at`` crosses a closed run."""
    found = []
    for place, (x, y) in enumerate(run):
        before_x, before_y = run[place - 1]
        before, after = before_x + before_y - at, x + y - at
        if (before < 0) != (after < 0):
            share = before / (before - after)
            found.append((before_x + (x - before_x) * share, before_y + (y - before_y) * share))
    return found
