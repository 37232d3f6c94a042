"""Layouts by hops from a focus: as a tree downwards, or as rings."""

from collections.abc import Sequence

import igraph
import numpy as np
from numpy.typing import NDArray

from ocgdesk.graph.overlap import CLEAR
from ocgdesk.graph.parts import Part

Places = NDArray[np.float64]

_LEVEL = 1.15
"""A level lies a little further from the next than items lie apart: labels hang below."""


def tree(part: Part, focus: Sequence[int], spacing: float) -> Places:
    """Place a part as a tree, its focus on top; items stand on the level of their hops."""
    places = _tidy(part, focus)
    return places * (spacing, spacing * _LEVEL)


def rings(part: Part, focus: Sequence[int], spacing: float) -> Places:
    """Place a part as rings round its focus, one ring a hop, wide enough for all on it."""
    flat = _tidy(part, focus)
    across = flat[:, 0] - flat[:, 0].min()
    angle = 2 * np.pi * across / (across.max() + 1)
    level = np.rint(flat[:, 1]).astype(np.int64)
    radius = _radii(level, angle, spacing)[level]
    return np.stack((radius * np.cos(angle), radius * np.sin(angle)), axis=1)


def _radii(level: NDArray[np.int64], angle: NDArray[np.float64], spacing: float) -> Places:
    radii = np.zeros(int(level.max()) + 1)
    for ring in range(len(radii)):
        inner = radii[ring - 1] + spacing * _LEVEL if ring else 0.0
        radii[ring] = max(inner, max(spacing, CLEAR) / _narrowest(np.sort(angle[level == ring])))
    return radii


def _narrowest(angles: NDArray[np.float64]) -> float:
    """Return the least angle between neighbours on a ring; infinite for one alone."""
    if angles.size < 2:
        return np.inf
    gaps = np.diff(angles, append=angles[0] + 2 * np.pi)
    return float(gaps.min())


def _tidy(part: Part, focus: Sequence[int]) -> Places:
    """Return the Reingold-Tilford tree of a part, one unit between neighbours, roots at 0."""
    graph = igraph.Graph(n=len(part), edges=part.links)
    wanted = set(focus)
    inside = [at for at, item in enumerate(part.items.tolist()) if item in wanted]
    layout = graph.layout_reingold_tilford(mode="all", root=_roots(graph, inside))
    places = np.array(layout.coords, np.float64).reshape(-1, 2)
    places[:, 1] -= places[:, 1].min()
    return places


def _roots(graph: igraph.Graph, inside: list[int]) -> list[int]:
    """Return the focus, and for each piece without one its item with most links."""
    degrees = graph.degree()
    found = set(inside)
    without = [piece for piece in graph.connected_components() if found.isdisjoint(piece)]
    return inside + [max(piece, key=lambda at: (degrees[at], -at)) for piece in without]
