"""Parts that do not hang together stand side by side on shelves, largest first."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ocgdesk.graph.overlap import HEIGHT, WIDTH

Places = NDArray[np.float64]

ASPECT = 1.6
"""Width to height of the whole: a screen, or a page on its side."""


def packed(parts: Sequence[Places], *, gap: float) -> list[Places]:
    """Move each part to a place of its own; the whole is centred on (0, 0).

    Parts are set on shelves of about one width, tallest first, then the earlier in the list.
    """
    if not parts:
        return []
    lows = np.array([part.min(axis=0) for part in parts])
    sizes = np.array([part.max(axis=0) for part in parts]) - lows
    cells = sizes + np.array((WIDTH + gap, HEIGHT + gap))
    corners = _shelved(cells)
    extent = (corners + cells).max(axis=0)
    shift = corners - lows + (cells - sizes) / 2 - extent / 2
    return [part + move for part, move in zip(parts, shift, strict=True)]


def _shelved(cells: Places) -> Places:
    width = max(np.sqrt(cells.prod(axis=1).sum() * ASPECT), cells[:, 0].max())
    corners = np.zeros_like(cells)
    x = y = shelf = 0.0
    for part in np.lexsort((-cells[:, 0], -cells[:, 1])).tolist():
        across, down = cells[part].tolist()
        if x and x + across > width:
            x, y, shelf = 0.0, y + shelf, 0.0
        corners[part] = x, y
        x, shelf = x + across, max(shelf, down)
    return corners
