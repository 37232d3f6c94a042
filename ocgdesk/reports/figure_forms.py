"""The forms of a figure painted by matplotlib: bars, trends, balances and fields of numbers.

Each is readable in black and white: strands keep their hatch and a dark edge, lines differ by
dashes and marks, every bar and cell says its number. A nought says 0, a blank shows a dash.

Plots are as tall as their rows in inches, so a row lies where its label is.
"""

from itertools import pairwise
from typing import Any, Final

from matplotlib import patches
from matplotlib.ticker import MaxNLocator

from ocgdesk import resources
from ocgdesk.domain.returns import number_words
from ocgdesk.reports import figure_looks, figure_room
from ocgdesk.reports.chart_figure import font
from ocgdesk.reports.figure_looks import BEFORE, INK, NOW, QUIET
from ocgdesk.reports.figure_room import LABEL, VALUE, Room
from ocgdesk.reports.figures import Panel, Series
from ocgdesk.reports.fonts import Face

GRID: Final = "#E9EDF2"
LINES: Final = ("-", "--", ":", "-.", (0, (5, 1, 1, 1)), (0, (3, 2)))
MARKS: Final = ("o", "s", "^", "D", "v", "P")
_PAPER, _DARK = (0.955, 0.965, 0.98), (0.114, 0.247, 0.49)
_LEAST: Final = 0.012
"""How wide, in inches, the bar of a number is that is not nought."""
_TICKS: Final = 7


def text(words: str, face: Face, size: float) -> dict[str, Any]:
    """Return how to set these words in the faces that have their letters."""
    return {"fontproperties": font(words.replace("\n", ""), face, size)}


def look(one: Series, at: int = 0) -> dict[str, Any]:
    """Return fill, edge and hatch: of a strand, of the period before, of now, or of no strand."""
    strands: dict[str, dict[str, str]] = resources.toml("themes", "light.toml")["strands"]
    if one.strand in strands:
        fill, hatch = strands[one.strand]["fill"], strands[one.strand]["hatch"]
        return {"facecolor": fill, "edgecolor": INK, "hatch": hatch, "linewidth": 0.8}
    if one.is_rest:
        colour = figure_looks.RESTS[at % len(figure_looks.RESTS)]
        return {"facecolor": colour, "edgecolor": INK, "linewidth": 0.8}
    colour = figure_looks.tone(one)
    return {"facecolor": colour, "edgecolor": colour if colour == NOW else INK, "linewidth": 0.4}


def looks(panel: Panel) -> list[dict[str, Any]]:
    """Return how each series of a panel looks; those of no strand differ from one another."""
    found, rest = [], 0
    for one in panel.series:
        found.append(look(one, rest))
        rest += one.is_rest
    return found


def bars(axes: Any, panel: Panel, room: Room) -> None:
    """Draw a bar for each label, the period before in grey above the one asked for."""
    many, scales = len(panel.series), _scales(panel)
    wide = axes.get_position().width * axes.figure.get_figwidth()
    for at, one in enumerate(panel.series):
        for row, value in enumerate(one.values):
            place = room.middles[row] + (at - (many - 1) / 2) * 0.15
            share = (value or 0.0) / scales[row]
            if value:
                share = max(share, _LEAST / wide)
                axes.barh(place, share, height=0.128, zorder=2, **look(one))
            words = figure_room.value_words(panel, value, row if at == many - 1 else None)
            _beside(axes, words, (share, place), is_now=not one.earlier)
    _rows(axes, room)
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks([])


def _scales(panel: Panel) -> list[float]:
    """Return what a full bar stands for, of each label."""
    rows = [[one.values[at] or 0.0 for one in panel.series] for at in range(len(panel.labels))]
    if panel.own_scale:
        return [max(row) or 1.0 for row in rows]
    most = max((value for row in rows for value in row), default=0.0) or 1.0
    return [most] * len(rows)


def _beside(axes: Any, words: str, at: tuple[float, float], *, is_now: bool) -> None:
    """Write the value after its bar, and what is noted of it."""
    axes.annotate(words, at, (3, 0), xycoords=("axes fraction", "data"), va="center",
                  textcoords="offset points", color=INK if is_now else QUIET,
                  annotation_clip=False,
                  **text(words, "medium" if is_now else "regular", VALUE))  # fmt: skip


def trend(axes: Any, panel: Panel, room: Room) -> None:
    """Draw a line for each series; lines differ by their dashes and marks, not by colour alone.

    A line stops where nothing was recorded.
    """
    for at, one in enumerate(panel.series):
        values = [float("nan") if value is None else value for value in one.values]
        axes.plot(range(len(values)), values, linewidth=1.4, markersize=3.2,
                  color=figure_looks.INKS[at], linestyle=LINES[at], marker=MARKS[at],
                  clip_on=False, zorder=3)  # fmt: skip
    known = [v for one in panel.series for v in one.values if v is not None]
    most = max(panel.top, max(known, default=0.0)) or 1.0
    is_whole = all(value == int(value) for value in known)
    ticks = [
        float(tick)
        for tick in MaxNLocator(nbins=4, integer=is_whole, min_n_ticks=2).tick_values(0, most)
    ]
    axes.set_ylim(0, max(most, ticks[-1]))
    axes.set_xlim(-0.3, len(panel.labels) - 0.7)
    frame(axes)
    axes.grid(axis="y", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.set_yticks(ticks, [number_words(tick) for tick in ticks])
    axes.tick_params(axis="x", pad=7)
    _spaced(axes, room)
    _faces(axes)


def _spaced(axes: Any, room: Room) -> None:
    """Name as many of the places along the bottom as have room."""
    wide = axes.get_position().width * axes.figure.get_figwidth()
    each = (figure_room.width(line, LABEL) for one in room.heads for line in one)
    longest, labels = max(each, default=0.5) + 0.16, ["\n".join(one) for one in room.heads]
    most = max(1, min(_TICKS, int(wide / longest)))
    every = -(-len(labels) // most)
    shown = range(0, len(labels), every)
    axes.set_xticks(list(shown), [labels[at] for at in shown])


def balance(axes: Any, panel: Panel, room: Room) -> None:
    """Draw one bar of shares for each label; it ends short where parts do not reach the whole."""
    painted = looks(panel)
    wide = axes.get_position().width * axes.figure.get_figwidth()
    for row, middle in enumerate(room.middles):
        values = [one.values[row] or 0.0 for one in panel.series]
        every = figure_room.whole(panel, row)
        edges = [sum(values[:at]) / every if every else 0.0 for at in range(len(values) + 1)]
        end = edges[-1]
        for how, value, (start, stop) in zip(painted, values, pairwise(edges), strict=True):
            if value:
                axes.barh(middle, stop - start, left=start, height=0.2, **how)
                at = ((start + stop) / 2, middle)
                _inside(axes, number_words(value), at, (stop - start) * wide)
        if every and end < 1:
            axes.barh(middle, 1 - end, left=end, height=0.2, facecolor="none", edgecolor=QUIET,
                      linewidth=0.6, linestyle=":")  # fmt: skip
        _beside(axes, figure_room.of_whole(panel, row), (1.0, middle), is_now=True)
    _rows(axes, room)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    _faces(axes)


def _inside(axes: Any, words: str, at: tuple[float, float], wide: float) -> None:
    """Write a number on its part of a bar, on paper, where it has room."""
    if figure_room.width(words, VALUE, "medium") + 0.1 > wide:
        return
    ground = {"boxstyle": "round,pad=0.12", "facecolor": "white", "edgecolor": "none"}
    axes.text(*at, words, ha="center", va="center", color=INK, bbox=ground, zorder=4,
              **text(words, "medium", VALUE))  # fmt: skip


def heat(axes: Any, panel: Panel, room: Room) -> None:
    """Draw a field of numbers: the more, the darker; each says its number, a blank has a dash."""
    known = [v for one in panel.series for v in one.values if v is not None]
    most = max(panel.top, max(known, default=0.0)) or 1.0
    for one, middle, tall in zip(panel.series, room.middles, room.rows, strict=True):
        for at, value in enumerate(one.values):
            share = (value or 0.0) / most
            fill = "white" if value is None else shade(share)
            edge = GRID if value is None else "white"
            axes.add_patch(patches.Rectangle((at - 0.5, middle - tall / 2), 1, tall,
                           facecolor=fill, edgecolor=edge, linewidth=1.2))  # fmt: skip
            words = number_words(value) or "–"
            axes.text(at, middle, words, ha="center", va="center",
                      color="white" if share > 0.55 else INK,
                      **text(words, "medium", VALUE))  # fmt: skip
    _rows(axes, room)
    axes.set_xlim(-0.5, len(panel.labels) - 0.5)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.set_xticks([])
    for at, lines in enumerate(room.heads):
        words = "\n".join(lines)
        axes.annotate(words, (at, 1), (0, 4), xycoords=("data", "axes fraction"), ha="center",
                      va="bottom", textcoords="offset points", color=QUIET, linespacing=1.15,
                      annotation_clip=False, **text(words, "regular", VALUE))  # fmt: skip


def shade(share: float) -> tuple[float, float, float]:
    """Return nearly white for nothing, the accent for the most; its lightness falls evenly."""
    red, green, blue = (p + (i - p) * share for p, i in zip(_PAPER, _DARK, strict=True))
    return red, green, blue


def frame(axes: Any) -> None:
    """Leave the lines at the left and below, and no more."""
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(BEFORE)
    axes.tick_params(length=0, colors=QUIET)


def _rows(axes: Any, room: Room) -> None:
    """Scale a plot to the inches of its rows, and write the label of each at its left."""
    axes.set_xlim(0, 1)
    axes.set_ylim(room.plot, 0)
    frame(axes)
    axes.set_yticks([])
    for lines, middle in zip(room.labels, room.middles, strict=True):
        at_side(axes, lines, (0, middle), -6)


def at_side(axes: Any, lines: tuple[str, ...], at: tuple[float, float], away: float) -> None:
    """Write a label beside a plot: at its left where it stands so many points less."""
    words = "\n".join(lines)
    axes.annotate(words, at, (away, 0), xycoords=("axes fraction", "data"), va="center",
                  ha="right" if away < 0 else "left", textcoords="offset points", color=INK,
                  linespacing=1.15, annotation_clip=False,
                  **text(words, "regular", LABEL))  # fmt: skip


def _faces(axes: Any) -> None:
    for tick in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        tick.set_fontproperties(font(tick.get_text().replace("\n", "") or "0", "regular", LABEL))
