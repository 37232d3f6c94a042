"""Flows painted by matplotlib: bands from the left to the right, as broad as their values.

Bands differ by greys and their broad ends by order, never by colour alone; each end says its sum.
Where ends are thin their words are moved apart, and a hair leads from each end to its words.
"""

from typing import Any, Final

from matplotlib import patches
from matplotlib.path import Path

from ocgdesk.reports import figure_forms
from ocgdesk.reports.figure_looks import GREYS, INK, QUIET
from ocgdesk.reports.figure_room import LINE, Room
from ocgdesk.reports.figures import Panel
from ocgdesk.reports.flow_ends import Band, bands, ends, spread

_END: Final = 0.012
"""How broad the bar at an end is, as a share of the width."""
HAIR: Final = 12
"""How far words stand from their end, in points: a hair leads to them."""


def flow(axes: Any, panel: Panel, room: Room) -> None:
    """Draw a band for each value; where nothing flows there is none."""
    values = [[value or 0.0 for value in one.values] for one in panel.series]
    axes.set_xlim(0, 1)
    axes.set_ylim(room.plot, 0)
    axes.axis("off")
    for one in bands(values):
        _band(axes, one, room.plot)
    left = ends([sum(row) for row in values])
    right = ends([sum(column) for column in zip(*values, strict=True)])
    _side(axes, left, room.labels, room.plot, is_left=True)
    _side(axes, right, room.heads, room.plot, is_left=False)


def _side(
    axes: Any,
    found: list[tuple[float, float]],
    labels: tuple[tuple[str, ...], ...],
    tall: float,
    *,
    is_left: bool,
) -> None:
    edge = 0.0 if is_left else 1.0
    middles = [(low + high) / 2 * tall for low, high in found]
    places = spread(middles, [LINE * len(lines) + 0.03 for lines in labels], tall)
    side = -1 if is_left else 1
    hair = side * HAIR / 72 / (axes.get_position().width * axes.figure.get_figwidth())
    for (low, high), middle, place, lines in zip(found, middles, places, labels, strict=True):
        start = edge if is_left else edge - _END
        axes.add_patch(patches.Rectangle((start, low * tall), _END, (high - low) * tall,
                       facecolor=INK, edgecolor=INK))  # fmt: skip
        figure_forms.at_side(axes, lines, (edge, place), side * (HAIR + 2))
        axes.plot((edge, edge + hair), (middle, place), color=QUIET, linewidth=0.5,
                  clip_on=False)  # fmt: skip


def _band(axes: Any, one: Band, tall: float) -> None:
    begin, end = _END, 1 - _END
    top, far = one.start * tall, one.end * tall
    broad, wide = one.broad * tall, one.wide * tall
    points = [
        (begin, top), (0.5, top), (0.5, far), (end, far),
        (end, far + wide), (0.5, far + wide), (0.5, top + broad), (begin, top + broad),
        (begin, top),
    ]  # fmt: skip
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    axes.add_patch(
        patches.PathPatch(Path(points, codes), facecolor=GREYS[one.row % len(GREYS)], alpha=0.55,
                          edgecolor="white", linewidth=0.5)
    )  # fmt: skip
