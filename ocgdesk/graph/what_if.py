"""What a network would be without some of its items: worked out from records, no forecast."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocgdesk.graph.fragments import Mesh, fragmentation, reaching


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a network hangs together. Sizes count the counted items only."""

    counted: int
    fragmentation: float
    largest: int
    parts: int
    """Parts with at least one counted item."""
    alone: int
    """Counted items that can reach no other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What removing some items would do to the others."""

    before: Shape
    """As it is, the removed among the counted."""
    after: Shape
    pairs_cut: int
    """Pairs of others that could reach each other before and could not any more."""
    cut_off: tuple[int, ...]
    """Positions of all items, counted or not, that would fall out of the largest part."""


def shape(mesh: Mesh, removed: Collection[int] = ()) -> Shape:
    """Return how a network hangs together without some of its items."""
    sizes = mesh.sizes(mesh.parts(removed))
    return Shape(
        counted=int(sizes.sum()),
        fragmentation=fragmentation(sizes),
        largest=int(sizes.max(initial=0)),
        parts=int(np.count_nonzero(sizes)),
        alone=int(np.count_nonzero(sizes == 1)),
    )


def effect(mesh: Mesh, removed: Collection[int]) -> Effect:
    """Return what removing these positions would do."""
    before, after = mesh.parts(), mesh.parts(removed)
    others = mesh.counted.copy()
    others[list(removed)] = False
    could = np.bincount(before[others]) if others.any() else np.zeros(0, np.int64)
    return Effect(
        before=shape(mesh),
        after=shape(mesh, removed),
        pairs_cut=(reaching(could) - reaching(mesh.sizes(after))) // 2,
        cut_off=_cut_off(mesh, before, after, removed),
    )


def _cut_off(
    mesh: Mesh,
    before: NDArray[np.int64],
    after: NDArray[np.int64],
    removed: Collection[int],
) -> tuple[int, ...]:
    sizes, left = mesh.sizes(before), mesh.sizes(after)
    if not sizes.size or not left.size:
        return ()
    was = before == int(np.argmax(sizes))
    found = was & (after != int(np.argmax(left)))
    found[list(removed)] = False
    return tuple(np.flatnonzero(found).tolist())


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody who shares neighbours with one who is removed."""

    item: int
    removed: int
    shared: tuple[int, ...]
    """Neighbours of both, as positions."""


def stand_ins(mesh: Mesh, removed: Sequence[int], allowed: Collection[int]) -> list[StandIn]:
    """Return which of the ``allowed`` share neighbours with each of the removed, most shared first.

    A neighbour that is removed too is no longer shared.
    """
    gone, may = set(removed), set(allowed) - set(removed)
    found = []
    for item in removed:
        shared: dict[int, list[int]] = {}
        for near in mesh.neighbours[item]:
            for other in mesh.neighbours[near] if near not in gone else ():
                if other in may:
                    shared.setdefault(other, []).append(near)
        some = [StandIn(other, item, tuple(near)) for other, near in shared.items()]
        found += sorted(some, key=lambda one: (-len(one.shared), one.item))
    return found
