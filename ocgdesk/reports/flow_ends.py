"""Where the ends and bands of a flow lie, whoever paints it: a picture or a slide."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_GAP: Final = 0.02
"""Between two ends, as a share of the height."""


@dataclass(frozen=True, slots=True)
class Band:
    """One band: from which row to which column, where it starts and ends, how broad it is there.

    All are shares of the height, 0 at the top.
    """

    row: int
    column: int
    start: float
    broad: float
    end: float
    wide: float


def ends(sums: Sequence[float]) -> list[tuple[float, float]]:
    """Return where each end lies between 0 at the top and 1 at the bottom."""
    room = 1 - _GAP * (len(sums) - 1)
    scale, at, found = room / (sum(sums) or 1.0), 0.0, []
    for one in sums:
        found.append((at, at + one * scale))
        at += one * scale + _GAP
    return found


def bands(values: Sequence[Sequence[float]]) -> Iterator[Band]:
    """Yield the band of each value that is more than nought."""
    starts = ends([sum(row) for row in values])
    stops = ends([sum(column) for column in zip(*values, strict=True)])
    left, right = [low for low, _high in starts], [low for low, _high in stops]
    every = sum(map(sum, values)) or 1.0
    for row, some in enumerate(values):
        for column, value in enumerate(some):
            if value:
                broad = value / every * (1 - _GAP * (len(starts) - 1))
                wide = value / every * (1 - _GAP * (len(stops) - 1))
                yield Band(row, column, left[row], broad, right[column], wide)
                left[row] += broad
                right[column] += wide


def spread(middles: Sequence[float], talls: Sequence[float], room: float) -> list[float]:
    """Return where words stand that want these places and are so tall: none over another.

    They stay between 0 and ``room``, in its unit, where they all fit there.
    """
    found, least = [], 0.0
    for middle, tall in zip(middles, talls, strict=True):
        found.append(max(middle, least + tall / 2))
        least = found[-1] + tall / 2
    most = room
    for at in range(len(found) - 1, -1, -1):
        found[at] = min(found[at], most - talls[at] / 2)
        most = found[at] - talls[at] / 2
    return found
