"""Flows painted by matplotlib: bands from the left to the right, as broad as their values.

Bands differ by greys and their broad ends by order, never by colour alone; each end says its sum.
"""

from typing import Any, Final

from matplotlib import patches
from matplotlib.path import Path

from ocgdesk.domain.returns import number_words
from ocgdesk.reports.chart_figure import font
from ocgdesk.reports.figures import Panel

_INK: Final = "#161C26"
_GREYS: Final = ("#1D3F7D", "#6B7686", "#3E6FB8", "#9AA5B4", "#22507A", "#7F8CA0")
_GAP: Final = 0.02
"""Between two ends, as a share of the height."""
_LEFT: Final = 0.0
_RIGHT: Final = 0.66
"""Where the bands end: at the right of it stand the words."""
_END: Final = 0.012
"""How broad the bar at an end is."""


def flow(axes: Any, panel: Panel) -> None:
    """Draw a band for each value; where nothing flows there is none."""
    values = [[value or 0.0 for value in one.values] for one in panel.series]
    starts = _ends([sum(row) for row in values])
    ends = _ends([sum(column) for column in zip(*values, strict=True)])
    _bands(axes, values, starts, ends)
    for at, (low, high) in enumerate(starts):
        _end(axes, _LEFT, low, high)
        words = number_words(sum(values[at]))
        _say(axes, words, (_LEFT + 2 * _END, (low + high) / 2))
    for at, (low, high) in enumerate(ends):
        _end(axes, _RIGHT - _END, low, high)
        words = f"{panel.labels[at]}, {number_words(sum(row[at] for row in values))}"
        _say(axes, words, (_RIGHT + _END, (low + high) / 2))
    _frame(axes, panel, starts)


def _ends(sums: list[float]) -> list[tuple[float, float]]:
    """Return where each end lies between 0 at the top and 1 at the bottom."""
    room = 1 - _GAP * (len(sums) - 1)
    scale, at, found = room / (sum(sums) or 1.0), 0.0, []
    for one in sums:
        found.append((at, at + one * scale))
        at += one * scale + _GAP
    return found


def _bands(
    axes: Any,
    values: list[list[float]],
    starts: list[tuple[float, float]],
    ends: list[tuple[float, float]],
) -> None:
    left = [low for low, _high in starts]
    right = [low for low, _high in ends]
    whole = sum(map(sum, values)) or 1.0
    for row, some in enumerate(values):
        for at, value in enumerate(some):
            if value:
                broad = value / whole
                one = broad * (1 - _GAP * (len(starts) - 1))
                other = broad * (1 - _GAP * (len(ends) - 1))
                _band(axes, (left[row], one), (right[at], other), _GREYS[row % len(_GREYS)])
                left[row] += one
                right[at] += other


def _band(axes: Any, one: tuple[float, float], other: tuple[float, float], colour: str) -> None:
    (top, broad), (far, wide) = one, other
    begin, end, middle = _LEFT + _END, _RIGHT - _END, (_LEFT + _RIGHT) / 2
    points = [
        (begin, top), (middle, top), (middle, far), (end, far),
        (end, far + wide), (middle, far + wide), (middle, top + broad), (begin, top + broad),
        (begin, top),
    ]  # fmt: skip
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    axes.add_patch(
        patches.PathPatch(Path(points, codes), facecolor=colour, alpha=0.55, edgecolor="white",
                          linewidth=0.5)
    )  # fmt: skip


def _end(axes: Any, x: float, low: float, high: float) -> None:
    axes.add_patch(patches.Rectangle((x, low), _END, high - low, facecolor=_INK, edgecolor=_INK))


def _say(axes: Any, words: str, at: tuple[float, float]) -> None:
    ground = {"boxstyle": "round,pad=0.12", "facecolor": "white", "edgecolor": "none", "alpha": 0.8}
    axes.text(*at, words, ha="left", va="center", color=_INK, bbox=ground,
              fontproperties=font(words, "medium", 7.5))  # fmt: skip


def _frame(axes: Any, panel: Panel, starts: list[tuple[float, float]]) -> None:
    axes.set_xlim(0, 1)
    axes.set_ylim(1, 0)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.set_xticks([])
    middles = [(low + high) / 2 for low, high in starts]
    axes.set_yticks(middles, [one.name for one in panel.series])
    axes.tick_params(axis="y", length=0, pad=4, labelcolor=_INK)
    for tick in axes.get_yticklabels():
        tick.set_fontproperties(font(tick.get_text() or "0", "regular", 8))
