"""Where the items of a chart stand: layouts by code, all repeatable, none with overlaps.

Every layout takes positions 0 to ``count - 1`` and pairs of them, and returns one place per item
in chart units, y downwards. Same input, same bytes.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ocgdesk.errors import Refused
from ocgdesk.graph.clusters import part_boxes, units, with_hubs
from ocgdesk.graph.growth import grown
from ocgdesk.graph.measures import connected, distinct
from ocgdesk.graph.overlap import HEIGHT, WIDTH, separate
from ocgdesk.graph.packing import packed
from ocgdesk.graph.spring import spring
from ocgdesk.i18n import _

Places = NDArray[np.float64]
Edges = NDArray[np.integer]
Fixed = Mapping[int, tuple[float, float]]
Groups = Sequence[Sequence[int]]

SPACING = 120.0
"""The length of a typical link, in chart units."""
_FULL = 2.0
"""How many times the room its labels need a part takes up before it is pulled apart."""


class Layout(Protocol):
    """Gives each of ``count`` items a place; ``fixed`` ones keep theirs exactly."""

    def __call__(
        self,
        count: int,
        edges: Edges,
        *,
        seed: int = 1,
        fixed: Fixed | None = None,
        groups: Groups = (),
        focus: Sequence[int] = (),
        spacing: float = SPACING,
    ) -> Places:
        """Return an array of shape (count, 2)."""


def arrange(
    layout: str,
    count: int,
    edges: Edges,
    *,
    seed: int = 1,
    fixed: Fixed | None = None,
    groups: Groups = (),
    focus: Sequence[int] = (),
    spacing: float = SPACING,
) -> Places:
    """Lay a chart out by the code of a layout.

    Raises Refused for an unknown code, ValueError for positions outside 0 to ``count - 1``.
    """
    if layout not in LAYOUTS:
        known = ", ".join(LAYOUTS)
        raise Refused(_("There is no layout “{code}”; there are {known}.").format(
            code=layout, known=known))
    return LAYOUTS[layout](
        count, edges, seed=seed, fixed=fixed, groups=groups, focus=focus, spacing=spacing
    )


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

    With ``fixed``, what is placed stays, and the rest is added round it.
    """
    pairs = _checked(count, edges, fixed, groups)
    if fixed:
        return _added(count, pairs, fixed, groups, seed, spacing)
    return _fresh(count, pairs, groups, seed, spacing)


def _fresh(count: int, pairs: Edges, groups: Groups, seed: int, spacing: float) -> Places:
    places = np.zeros((count, 2))
    hubbed, hubs = with_hubs(count, distinct(pairs), groups)
    part = connected(count + hubs, hubbed)
    members = _members(part)
    laid = []
    for nodes, inside in zip(members, _split(hubbed, part, len(members)), strict=True):
        local = np.searchsorted(nodes, inside)
        own = int(np.count_nonzero(nodes < count))
        laid.append(_part(own, len(nodes) - own, local, _inner(groups, nodes), seed, spacing))
    for nodes, spot in zip(members, packed(laid, gap=spacing / 2), strict=True):
        places[nodes[: len(spot)]] = spot
    return places
