"""Figures painted by matplotlib, in the house style: readable in black and white, repeatable.

White ground, Plex Sans 9 pt, the title 11 semibold at the left, horizontal grid, values on the
bars. The strands keep their hatch and a dark edge, so that a copy without colour still reads.
"""

from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import Any, Final, Literal

import matplotlib as mpl
from matplotlib import patches
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from ocgdesk import resources
from ocgdesk.domain.returns import number_words
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.reports import flow_painter, fonts
from ocgdesk.reports.chart_figure import SETTINGS, font
from ocgdesk.reports.figures import MOST_PANELS, FigureOut, Form, Panel, Series
from ocgdesk.reports.fonts import Face

Format = Literal["png", "svg", "pdf"]
MM: Final = 1 / 25.4
_PAGE: Final = (160 * MM, 220 * MM)
_SLIDE: Final = (270 * MM, 120 * MM)
"""How wide a figure is and how tall it may be, in inches: on a page upright, and on a slide."""
NOW, BEFORE, GRID, INK, QUIET = "#2450B8", "#C3CBD6", "#E9EDF2", "#161C26", "#596372"
_LINES: Final = ("-", "--", ":", "-.", (0, (5, 1, 1, 1)), (0, (3, 2)))
_MARKS: Final = ("o", "s", "^", "D", "v", "P")
_GREYS: Final = (NOW, "#161C26", "#7C8695", "#3E9E86", "#A8457F", "#8F4A00")
_BAR: Final = 0.23
"""The height of a row of bars, in inches."""


def paint(
    figure: FigureOut,
    format: Format = "png",  # noqa: A002
    *,
    dpi: float = 300,
    for_slide: bool = False,
) -> bytes:
    """Return a figure as a file's bytes: as wide as a page, or as a slide is.

    Raises Refused where there is nothing to draw.
    """
    if not figure.panels:
        raise Refused(_("There is nothing to draw: no figure was counted"))
    with mpl.rc_context({**SETTINGS, "hatch.linewidth": 0.6}):
        return _written(_drawn(figure, for_slide=for_slide), figure, format, dpi)


def _columns(panels: tuple[Panel, ...], *, for_slide: bool) -> int:
    """Return how many panels stand side by side."""
    are_bars = all(one.form is Form.BARS for one in panels)
    if for_slide:
        return min(len(panels), 4 if are_bars else 2)
    return 2 if len(panels) > 2 and are_bars else 1


def _drawn(figure: FigureOut, *, for_slide: bool) -> Figure:
    panels = figure.panels[:MOST_PANELS]
    columns = _columns(panels, for_slide=for_slide)
    wide, highest = _SLIDE if for_slide else _PAGE
    rows = [panels[at : at + columns] for at in range(0, len(panels), columns)]
    heights = [max(_height(panel) for panel in row) for row in rows]
    title = fonts.broken(figure.title, "semibold", 11, wide * 72 - 8, 2)
    band = 0.22 if figure.marking else 0.0
    head, foot = 0.46 + band + 0.19 * len(title), 0.7 + band
    high = min(sum(heights) + head + foot, highest)
    made = Figure(figsize=(wide, high), facecolor="white")
    scale = (high - head - foot) / sum(heights)
    _words(made, figure, title, high)
    _periods(made, panels[0], high, marked=bool(figure.marking))
    top = high - head
    for row, height in zip(rows, heights, strict=True):
        for at, panel in enumerate(row):
            _place(made, panel, at, columns if for_slide else len(row), (top, height * scale, high))
        top -= height * scale
    return made


def _place(
    made: Figure, panel: Panel, at: int, across: int, seat: tuple[float, float, float]
) -> None:
    """Seat a panel in its cell, with room for the labels at its left and the title above."""
    top, room, high = seat
    height, cell = min(room, _height(panel)), made.get_figwidth() / across
    words = max((fonts.width(label, "regular", 8.2) for label in _row_labels(panel)), default=0.0)
    left = min(words / 72 + 0.12, cell * 0.42) if words else 0.42
    above, below = 0.3, 0.34 if panel.form in {Form.TREND, Form.BALANCE} else 0.1
    right = {Form.BARS: 0.9, Form.BALANCE: 0.3}.get(panel.form, 0.12)
    box = (
        (at * cell + left) / made.get_figwidth(),
        (top - height + below) / high,
        (cell - left - right) / made.get_figwidth(),
        (height - above - below) / high,
    )
    axes = made.add_axes(box)
    _PAINTERS[panel.form](axes, _fitted(panel, left * 72 - 6))
    _title(axes, fonts.shortened(panel.title, "semibold", 9, cell * 72 - 8), left * 72)


def _fitted(panel: Panel, room: float) -> Panel:
    """Return a panel with the words at its left cut to the room there is, in points."""
    if panel.form is Form.TREND:
        return panel
    if panel.form in {Form.HEAT, Form.FLOW}:
        names = (fonts.shortened(one.name, "regular", 8, room) for one in panel.series)
        series = zip(panel.series, names, strict=True)
        return replace(panel, series=tuple(replace(one, name=name) for one, name in series))
    labels = tuple(fonts.shortened(one, "regular", 8, room) for one in panel.labels)
    return replace(panel, labels=labels)


def _height(panel: Panel) -> float:
    """Return how many inches a panel takes."""
    match panel.form:
        case Form.TREND:
            return 2.1
        case Form.BALANCE:
            return 0.95 + _BAR * 1.5 * len(panel.labels)
        case Form.HEAT:
            return 0.8 + _BAR * len(panel.series)
        case Form.FLOW:
            return 0.7 + _BAR * 1.7 * max(len(panel.series), len(panel.labels))
        case _:
            return 0.5 + _BAR * len(panel.labels) * (1.5 if len(panel.series) > 1 else 1.2)


def _row_labels(panel: Panel) -> tuple[str, ...]:
    if panel.form is Form.TREND:
        return ()
    is_field = panel.form in {Form.HEAT, Form.FLOW}
    return tuple(one.name for one in panel.series) if is_field else panel.labels


def _text(words: str, face: Face, size: float) -> dict[str, Any]:
    return {"fontproperties": font(words, face, size)}


def _words(made: Figure, figure: FigureOut, title: tuple[str, ...], high: float) -> None:
    """Write the title, the subtitle, the source and the marking."""
    band = 0.22 if figure.marking else 0.0
    for edge in (high - 0.12, 0.12) if figure.marking else ():
        said = _text(figure.marking, "semibold", 8)
        made.text(0.5, edge / high, figure.marking, color=INK, ha="center", va="center", **said)
    at = high - 0.16 - band
    for line in title:
        said = _text(line, "semibold", 11)
        made.text(0.012, at / high, line, color=INK, va="center", **said)
        at -= 0.19
    room = made.get_figwidth() * 72 - 8
    more = len(figure.panels) - MOST_PANELS
    left = _("{n} more panels stand in the table.").format(n=more) if more > 0 else ""
    foot = fonts.broken(" ".join((figure.source, left)).strip(), "regular", 8, room, 4)
    places = [(fonts.shortened(figure.subtitle, "regular", 8, room), at)]
    places += [(line, band + 0.1 + 0.14 * (len(foot) - 1 - n)) for n, line in enumerate(foot)]
    for line, height in places:
        said = _text(line, "regular", 8)
        made.text(0.012, height / high, line, color=QUIET, va="center", **said)


def _periods(made: Figure, panel: Panel, high: float, *, marked: bool) -> None:
    """Say which bar is of which period, in a line above the panels at the right."""
    if panel.form is not Form.BARS or len(panel.series) < 2:
        return
    handles = [patches.Patch(**_look(one)) for one in panel.series]
    top = 1 - (0.74 if marked else 0.52) / high
    made.legend(handles, [one.name for one in panel.series], frameon=False, ncols=2,
                loc="upper right", bbox_to_anchor=(0.995, top), borderpad=0,
                prop=font("Ag", "regular", 7.5), handlelength=1.8)  # fmt: skip


def _title(axes: Any, words: str, left: float) -> None:
    said = _text(words, "semibold", 9)
    axes.annotate(words, (0, 1), (-left + 2, 10), xycoords="axes fraction",
                  textcoords="offset points", color=INK, va="center", annotation_clip=False,
                  **said)  # fmt: skip


# ---- The forms ----------------------------------------------------------------------------------


def _bars(axes: Any, panel: Panel) -> None:
    """Draw a bar for each label, the period before in grey above the one asked for."""
    many = len(panel.series)
    thick = 0.68 / many
    scales = _scales(panel)
    for at, one in enumerate(panel.series):
        for row, value in enumerate(one.values):
            place, share = row + (at - (many - 1) / 2) * thick, (value or 0.0) / scales[row]
            if value is not None:
                axes.barh(place, share, height=thick * 0.86, zorder=2, **_look(one))
            note = panel.notes[row] if panel.notes and at == many - 1 else ""
            words = f"{number_words(value)}  {note}".strip()
            _beside(axes, words, (share, place), is_now=not one.earlier)
    axes.set_xlim(0, 1)
    axes.set_ylim(len(panel.labels) - 0.5, -0.5)
    _frame(axes)
    axes.spines["bottom"].set_visible(False)
    axes.set_xticks([])
    _ticks(axes, panel.labels)


def _scales(panel: Panel) -> list[float]:
    """Return what a full bar stands for, of each label."""
    rows = [[one.values[at] or 0.0 for one in panel.series] for at in range(len(panel.labels))]
    if panel.own_scale:
        return [max(row) or 1.0 for row in rows]
    most = max((value for row in rows for value in row), default=0.0) or 1.0
    return [most] * len(rows)


def _beside(axes: Any, words: str, at: tuple[float, float], *, is_now: bool) -> None:
    """Write the value after its bar, and what is noted of it."""
    if not words:
        return
    said = _text(words, "medium" if is_now else "regular", 7.5)
    axes.annotate(words, at, (3, 0), xycoords=("axes fraction", "data"), va="center",
                  textcoords="offset points", color=INK if is_now else QUIET,
                  annotation_clip=False, **said)  # fmt: skip


def _look(one: Series) -> dict[str, Any]:
    """Return fill, edge and hatch: of a strand, of the period before, or of now."""
    strands: dict[str, dict[str, str]] = resources.toml("themes", "light.toml")["strands"]
    if one.strand in strands:
        fill, hatch = strands[one.strand]["fill"], strands[one.strand]["hatch"]
        return {"facecolor": fill, "edgecolor": INK, "hatch": hatch, "linewidth": 0.8}
    colour = BEFORE if one.earlier else NOW
    return {"facecolor": colour, "edgecolor": INK if one.earlier else colour, "linewidth": 0.4}


def _trend(axes: Any, panel: Panel) -> None:
    """Draw a line for each series; lines differ by their dashes and marks, not by colour alone."""
    for at, one in enumerate(panel.series):
        points = [(x, y) for x, y in enumerate(one.values) if y is not None]
        look = {"color": _GREYS[at], "linestyle": _LINES[at], "marker": _MARKS[at]}
        xs, ys = [x for x, _y in points], [y for _x, y in points]
        axes.plot(xs, ys, linewidth=1.4, markersize=3.2, label=one.name, **look)
    axes.set_ylim(bottom=0)
    axes.set_xlim(-0.3, len(panel.labels) - 0.7)
    _frame(axes)
    axes.grid(axis="y", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    every = max(1, -(-len(panel.labels) // 7))
    shown = range(0, len(panel.labels), every)
    axes.set_xticks(list(shown), [panel.labels[at] for at in shown])
    _faces(axes)
    if len(panel.series) > 1:
        handles, names = axes.get_legend_handles_labels()
        _key(axes, handles, names, (1, 0.98))


def _balance(axes: Any, panel: Panel) -> None:
    """Draw one bar of shares for each label; a label without a value has no bar."""
    for row in range(len(panel.labels)):
        values = [one.values[row] or 0.0 for one in panel.series]
        whole = sum(values)
        edges = [sum(values[:at]) / whole if whole else 0.0 for at in range(len(values) + 1)]
        for one, value, (start, end) in zip(panel.series, values, pairwise(edges), strict=True):
            if value:
                axes.barh(row, end - start, left=start, height=0.62, **_look(one))
                _inside(axes, number_words(value), (start + end) / 2, row, end - start)
    axes.set_xlim(0, 1)
    axes.set_ylim(len(panel.labels) - 0.5, -0.5)
    _frame(axes)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    _ticks(axes, panel.labels)
    handles = [patches.Patch(**_look(one)) for one in panel.series]
    _key(axes, handles, [one.name for one in panel.series], (1, 0.98))


def _key(axes: Any, handles: list[Any], names: list[str], at: tuple[float, float]) -> None:
    """Say what is what, above the plot at the right."""
    axes.legend(handles, names, frameon=False, ncols=min(len(names), 6), loc="lower right",
                bbox_to_anchor=at, prop=font("Ag", "regular", 7.5), borderpad=0,
                handlelength=1.8, columnspacing=1.2)  # fmt: skip


def _inside(axes: Any, words: str, x: float, y: float, share: float) -> None:
    """Write a number on its part of a bar, on paper, where it has room."""
    if share < 0.05:
        return
    ground = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none"}
    axes.text(x, y, words, ha="center", va="center", color=INK, bbox=ground,
              **_text(words, "medium", 7.5))  # fmt: skip


def _heat(axes: Any, panel: Panel) -> None:
    """Draw a field of numbers: the more, the darker; each says its number."""
    most = max((v for s in panel.series for v in s.values if v is not None), default=0.0) or 1.0
    for row, one in enumerate(panel.series):
        for at, value in enumerate(one.values):
            share = (value or 0.0) / most
            axes.add_patch(patches.Rectangle((at - 0.5, row - 0.5), 1, 1,
                           facecolor=_shade(share), edgecolor="white", linewidth=1.2))  # fmt: skip
            words = number_words(value)
            ink = "white" if share > 0.55 else INK
            axes.text(at, row, words, ha="center", va="center", color=ink,
                      **_text(words, "medium", 8))  # fmt: skip
    axes.set_xlim(-0.5, len(panel.labels) - 0.5)
    axes.set_ylim(len(panel.series) - 0.5, -0.5)
    _frame(axes)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    axes.xaxis.tick_top()
    room = 72 * axes.figure.get_figwidth() * 0.8 / max(1, len(panel.labels))
    shown = [fonts.shortened(words, "regular", 7.5, room) for words in panel.labels]
    axes.set_xticks(range(len(panel.labels)), shown)
    axes.set_yticks(range(len(panel.series)), [one.name for one in panel.series])
    axes.tick_params(length=0, pad=2)
    _faces(axes)


def _shade(share: float) -> tuple[float, float, float]:
    """Return white for nothing, the accent for the most; its lightness falls evenly."""
    paper, ink = (0.955, 0.965, 0.98), (0.114, 0.247, 0.49)
    red, green, blue = (p + (i - p) * share for p, i in zip(paper, ink, strict=True))
    return red, green, blue


_PAINTERS: Final = {
    Form.BARS: _bars,
    Form.TREND: _trend,
    Form.BALANCE: _balance,
    Form.HEAT: _heat,
    Form.FLOW: flow_painter.flow,
}


def _frame(axes: Any) -> None:
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(BEFORE)
    axes.tick_params(length=0, colors=QUIET)


def _ticks(axes: Any, labels: tuple[str, ...]) -> None:
    axes.set_yticks(range(len(labels)), labels)
    axes.tick_params(axis="y", length=0, pad=4, labelcolor=INK)
    _faces(axes)


def _faces(axes: Any) -> None:
    for tick in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        tick.set_fontproperties(font(tick.get_text() or "0", "regular", 8))


def _written(made: Figure, figure: FigureOut, format: Format, dpi: float) -> bytes:  # noqa: A002
    out = BytesIO()
    said: dict[str, Any] = {"Title": figure.title}
    if format == "png":
        made.set_dpi(dpi)
        agg: Any = FigureCanvasAgg(made)
        agg.print_png(out, metadata=said | {"Software": None, "Description": figure.alt})
    elif format == "svg":
        made.set_dpi(72)
        svg: Any = FigureCanvasSVG(made)
        svg.print_svg(out, metadata=said | {"Date": None, "Creator": "OCG Desk",
                                            "Description": figure.alt})  # fmt: skip
    else:
        pdf: Any = FigureCanvasPdf(made)
        pdf.print_pdf(out, metadata=said | {"CreationDate": None, "Creator": "OCG Desk",
                                            "Producer": None,
                                            "Subject": figure.alt[:2000]})  # fmt: skip
    return out.getvalue()
