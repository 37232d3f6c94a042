"""Layouts in which links pull: what is linked stands near, and groups stand together."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ocgdesk.graph.clusters import Units, extents, part_boxes, rows, units, with_hubs
from ocgdesk.graph.growth import grown, sunflower
from ocgdesk.graph.measures import distinct
from ocgdesk.graph.overlap import HEIGHT, separate
from ocgdesk.graph.parts import Part, parts
from ocgdesk.graph.placing import (
    SPACING,
    Edges,
    Fixed,
    Groups,
    Places,
    checked,
    hold,
    scaled,
    side_by_side,
)
from ocgdesk.graph.spring import spring

_TURNS = 3
"""How often boxes and items take turns in making room for each other."""


def force(
    count: int,
    edges: Edges,
    *,
    seed: int = 1,
    fixed: Fixed | None = None,
    groups: Groups = (),
    spacing: float = SPACING,
    **_unused: object,
) -> Places:
    """Place what is linked near each other, members of a group together, parts side by side.

    With ``fixed``, what is placed stays and the rest is added round it.
    """
    pairs = checked(count, edges, groups, fixed)
    found = parts(count, pairs, groups)
    if not fixed:
        return side_by_side(count, found, lambda part: _sprung(part, seed, spacing), spacing)
    held = _added(count, found, fixed, seed, spacing)
    held, still = hold(_grown(held, pairs, groups, fixed, spacing), fixed)
    return _roomy(held, groups, still)


def _sprung(part: Part, seed: int, spacing: float) -> Places:
    """Draw one part by springs, then make room for labels and boxes."""
    whole = len(part) + part.hubs
    places = spring(whole, part.edges, hubs=part.hubs, seed=seed)[: len(part)]
    places = sunflower(scaled(places, part.links, spacing), part.links)
    return _roomy(separate(places), part.groups, np.zeros(len(part), np.bool_))


def _roomy(places: Places, groups: Groups, still: NDArray[np.bool_]) -> Places:
    """Part boxes and items in turns; the last word is that no two items overlap."""
    for _turn in range(_TURNS if groups else 0):
        parted = part_boxes(places, groups, still)
        if np.array_equal(parted, places):
            break
        places = separate(parted, still)
    return separate(places, still)


def _added(count: int, found: Sequence[Part], fixed: Fixed, seed: int, spacing: float) -> Places:
    """Draw the parts that hang on nothing fixed, and set them below what is."""
    free = [part for part in found if fixed.keys().isdisjoint(part.items.tolist())]
    places = side_by_side(count, free, lambda part: _sprung(part, seed, spacing), spacing)
    if not free:
        return places
    anchors = np.array(list(fixed.values()), np.float64).reshape(-1, 2)
    items = np.concatenate([part.items for part in free])
    across = (anchors[:, 0].min() + anchors[:, 0].max()) / 2
    down = anchors[:, 1].max() - places[items, 1].min() + HEIGHT + 2 * spacing
    places[items] += (across, down)
    return places


def _grown(
    places: Places, pairs: NDArray[np.int64], groups: Groups, fixed: Fixed, spacing: float
) -> Places:
    """Add what hangs on something fixed, by links or by a group in common."""
    count = len(places)
    hubbed, hubs = with_hubs(count, distinct(pairs), groups)
    held, still = hold(np.concatenate((places, np.zeros((hubs, 2)))), fixed)
    return grown(held, still, hubbed, spacing=spacing)[:count]


def grouped(
    count: int,
    edges: Edges,
    *,
    seed: int = 1,
    fixed: Fixed | None = None,
    groups: Groups = (),
    spacing: float = SPACING,
    **_unused: object,
) -> Places:
    """Set the members of each group out in rows, in the order given, and the rest round them.

    Members of the same several groups stand together between those groups.
    """
    pairs = checked(count, edges, groups, fixed)
    sets = units(count, groups)
    inside = rows(sets, groups, spacing)
    links = np.concatenate((sets.of[pairs], _shared(sets, groups)))
    room = spacing + _reach(sets, inside)
    middles = force(len(sets), links, seed=seed, spacing=room)
    held, still = hold(middles[sets.of] + inside, fixed)
    return _roomy(held, groups, still)


def _reach(sets: Units, inside: Places) -> float:
    """Return half the diagonal of a typical box; 0 where there is none."""
    _middle, half = extents(inside, sets)
    return float(np.median(np.hypot(*half[sets.boxed].T))) if sets.boxed.any() else 0.0


def _shared(sets: Units, groups: Groups) -> NDArray[np.int64]:
    """Link the units of each group with each other, in a row."""
    chains = [np.unique(sets.of[list(members)]) for members in groups if len(members)]
    links = [np.stack((chain[:-1], chain[1:]), axis=1) for chain in chains]
    return np.concatenate([np.zeros((0, 2), np.int64), *links])
