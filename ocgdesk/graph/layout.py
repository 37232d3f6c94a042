"""Where the items of a chart stand: layouts by code, all repeatable, none with overlaps.

Every layout takes positions 0 to ``count - 1`` and pairs of them, and returns one place per item
in chart units, y downwards. Same input, same bytes.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from ocgdesk.errors import Refused
from ocgdesk.graph.by_role import ocg, roles
from ocgdesk.graph.force import force, grouped
from ocgdesk.graph.overlap import CLEAR
from ocgdesk.graph.parts import Part
from ocgdesk.graph.placing import SPACING, Edges, Fixed, Groups, Places, apart
from ocgdesk.graph.standing import Standing
from ocgdesk.graph.trees import rings, tree
from ocgdesk.i18n import _


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
        standings: Sequence[Standing] = (),
        spacing: float = SPACING,
        broad: float = 1.0,
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
    standings: Sequence[Standing] = (),
    spacing: float = SPACING,
    afresh: bool = False,
    broad: float = 1.0,
) -> Places:
    """Lay a chart out by the code of a layout.

    Where some items are ``fixed`` the rest is added round them, near what it is linked to and in
    nobody's way; ``afresh`` draws the whole anew by the layout, and only the fixed stay.
    ``broad`` says how many times as broad as usual the rows of OCGs are.
    Raises Refused for an unknown code, ValueError for positions outside 0 to ``count - 1``.
    """
    if layout not in LAYOUTS:
        text = _("There is no layout “{code}”; there are {known}.")
        raise Refused(text.format(code=layout, known=", ".join(LAYOUTS)))
    draw = force if fixed and not afresh else LAYOUTS[layout]
    return draw(
        count,
        edges,
        seed=seed,
        fixed=fixed,
        groups=groups,
        focus=focus,
        standings=standings,
        spacing=spacing,
        broad=broad,
    )


def circular(
    count: int,
    edges: Edges,
    *,
    fixed: Fixed | None = None,
    groups: Groups = (),
    spacing: float = SPACING,
    **_unused: object,
) -> Places:
    """Place each part on a circle, members of a group next to each other."""

    def draw(part: Part) -> Places:
        return _circle(part, spacing)

    return apart(count, edges, draw, spacing=spacing, fixed=fixed, groups=groups)


def radial(
    count: int,
    edges: Edges,
    *,
    fixed: Fixed | None = None,
    focus: Sequence[int] = (),
    spacing: float = SPACING,
    **_unused: object,
) -> Places:
    """Place each part on rings round the focus, one ring a hop.

    A part without a focus goes round its item with most links.
    """

    def draw(part: Part) -> Places:
        return rings(part, focus, spacing)

    return apart(count, edges, draw, spacing=spacing, fixed=fixed)


def hierarchy(
    count: int,
    edges: Edges,
    *,
    fixed: Fixed | None = None,
    focus: Sequence[int] = (),
    spacing: float = SPACING,
    **_unused: object,
) -> Places:
    """Place each part as a tree below the focus, one level a hop.

    A part without a focus hangs from its item with most links.
    """

    def draw(part: Part) -> Places:
        return tree(part, focus, spacing)

    return apart(count, edges, draw, spacing=spacing, fixed=fixed)


def _circle(part: Part, spacing: float) -> Places:
    count = len(part)
    if count == 1:
        return np.zeros((1, 2))
    together = list(dict.fromkeys(at for members in part.groups for at in members))
    order = list(dict.fromkeys([*together, *range(count)]))
    radius = max(spacing, CLEAR) / (2 * np.sin(np.pi / count))
    angle = np.empty(count)
    angle[order] = 2 * np.pi * np.arange(count) / count - np.pi / 2
    circle: Places = radius * np.stack((np.cos(angle), np.sin(angle)), axis=1)
    return circle


LAYOUTS: dict[str, Layout] = {
    "force": force,
    "ocg": ocg,
    "roles": roles,
    "circular": circular,
    "radial": radial,
    "hierarchy": hierarchy,
    "grouped": grouped,
}
"""The layouts by code, in the order in which they are offered."""
