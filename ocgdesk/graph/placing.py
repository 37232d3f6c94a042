"""What all layouts share: checked input, parts side by side, and items that keep their place."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ocgdesk.graph.overlap import HEIGHT, WIDTH, separate
from ocgdesk.graph.packing import packed
from ocgdesk.graph.parts import Part, parts

Places = NDArray[np.float64]
Edges = NDArray[np.integer]
Fixed = Mapping[int, tuple[float, float]]
Groups = Sequence[Sequence[int]]

SPACING = 120.0
"""The length of a typical link, in chart units."""
_FULL = 1.3
"""How many times the room of its labels a drawing has at least."""


def checked(count: int, edges: Edges, groups: Groups, fixed: Fixed | None) -> NDArray[np.int64]:
    """Return the links as pairs of positions.

    Raises ValueError where a link, a group or a fixed place names no item, or a place is no
    number.
    """
    pairs = np.asarray(edges, np.int64).reshape(-1, 2)
    named = [pairs.ravel(), *(np.asarray(list(one), np.int64) for one in groups)]
    named.append(np.fromiter(fixed or (), np.int64))
    everything = np.concatenate(named)
    if everything.size and not 0 <= everything.min() <= everything.max() < count:
        raise ValueError("a position is outside the items")
    if not all(np.isfinite(place).all() for place in (fixed or {}).values()):
        raise ValueError("a fixed place is no number")
    return pairs


def apart(
    count: int,
    edges: Edges,
    draw: Callable[[Part], Places],
    *,
    spacing: float,
    fixed: Fixed | None = None,
    groups: Groups = (),
) -> Places:
    """Draw each connected part by itself and set them side by side; ``fixed`` items stay."""
    pairs = checked(count, edges, groups, fixed)
    places = side_by_side(count, parts(count, pairs, groups), draw, spacing)
    return settled(places, fixed)


def settled(places: Places, fixed: Fixed | None) -> Places:
    """Bring a drawing to where fixed items stand, put those in their places, the rest off them."""
    where = list(fixed or {})
    if where:
        wanted = np.array([(fixed or {})[item] for item in where], np.float64)
        places = places + (wanted - places[where]).mean(axis=0)
    held, still = hold(places, fixed)
    return separate(held, still)


def side_by_side(
    count: int, found: Sequence[Part], draw: Callable[[Part], Places], spacing: float
) -> Places:
    """Draw parts and pack them round (0, 0); items of no part stand at (0, 0)."""
    places = np.zeros((count, 2))
    drawn = [draw(part) for part in found]
    for part, spot in zip(found, packed(drawn, gap=spacing / 2), strict=True):
        places[part.items] = spot
    return places


def hold(places: Places, fixed: Fixed | None) -> tuple[Places, NDArray[np.bool_]]:
    """Put fixed items in their places; return them all, and which are fixed."""
    still = np.zeros(len(places), np.bool_)
    held = places.copy()
    for item, place in (fixed or {}).items():
        held[item] = place
        still[item] = True
    return held, still


def scaled(places: Places, links: NDArray[np.int64], spacing: float) -> Places:
    """Scale a drawing so that the middle one of its links is ``spacing`` long.

    Where that leaves less room than the labels need, it is stretched to have it.
    """
    ends = places[links]
    lengths = np.hypot(*(ends[:, 0] - ends[:, 1]).T)
    typical = float(np.median(lengths)) if lengths.size else 1.0
    grown = places * (spacing / typical if typical > 1e-9 else spacing)
    extent = np.ptp(grown, axis=0) + np.array((WIDTH, HEIGHT))
    needed = len(places) * WIDTH * HEIGHT * _FULL / float(extent.prod())
    roomy: Places = grown * np.sqrt(max(needed, 1.0))
    return roomy
