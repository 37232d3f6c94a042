"""Figures painted by matplotlib, in the house style: readable in black and white, repeatable.

White ground, Plex Sans 8 to 11 pt, the title semibold at the left, beneath it of what and when,
at the foot what it rests on: broken into lines, never cut. A picture is as tall as its words and
rows need; what is to go on a page is taken in parts that fit one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any, Final, Literal

import matplotlib as mpl
from matplotlib import patches
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.reports import figure_forms, figure_looks, figure_room, flow_painter, fonts
from ocgdesk.reports.chart_figure import SETTINGS
from ocgdesk.reports.figure_forms import text
from ocgdesk.reports.figure_looks import INK, QUIET
from ocgdesk.reports.figure_room import HEADING, KEY_LINE, SWATCH, TITLE_LINE, VALUE, Key, Room
from ocgdesk.reports.figures import MOST_PANELS, FigureOut, Form, Panel

Format = Literal["png", "svg", "pdf"]
MM: Final = 1 / 25.4
_WIDE: Final = 160 * MM
"""How wide a figure is, in inches."""
UPRIGHT: Final = 215.0
LYING: Final = 105.0
"""How tall one part of a figure may be on a page that stands and on one that lies, in mm."""
_SIDE: Final = 0.06
"""What is left free at the left and the right."""
_TITLE: Final = 11.0
_SMALL: Final = 8.0
_SMALL_LINE: Final = 0.15
_BAND: Final = 0.24
"""How tall a marking stands."""
_MOST_LINES: Final = 12
"""Lines of a subtitle or a foot: enough for every filter there is."""
_PAINTERS: Final = {
    Form.BARS: figure_forms.bars,
    Form.TREND: figure_forms.trend,
    Form.BALANCE: figure_forms.balance,
    Form.HEAT: figure_forms.heat,
    Form.FLOW: flow_painter.flow,
}


@dataclass(frozen=True, slots=True)
class _Words:
    """What stands above and beneath the panels, broken into lines."""

    title: tuple[str, ...]
    subtitle: tuple[str, ...]
    key: tuple[tuple[Key, ...], ...]
    foot: tuple[str, ...]
    band: float

    @property
    def head(self) -> float:
        """How tall what stands above the panels is, in inches."""
        small = _SMALL_LINE * len(self.subtitle) + KEY_LINE * len(self.key)
        return 0.1 + self.band + 0.19 * len(self.title) + small + 0.06

    @property
    def tail(self) -> float:
        """How tall what stands beneath them is."""
        return 0.14 + _SMALL_LINE * len(self.foot) + self.band + 0.04


@dataclass(frozen=True, slots=True)
class _Row:
    """Panels side by side with the room each needs."""

    panels: tuple[Panel, ...]
    rooms: tuple[Room, ...]

    @property
    def height(self) -> float:
        return max(room.height for room in self.rooms)


def paint(
    figure: FigureOut,
    format: Format = "png",  # noqa: A002
    *,
    dpi: float = 300,
) -> bytes:
    """Return a figure as a file's bytes, as wide as a page and as tall as it needs to be.

    Raises Refused where there is nothing to draw.
    """
    with mpl.rc_context({**SETTINGS, "hatch.linewidth": 0.6}):
        return _written(drawn(figure), figure, format, dpi)


def parts(figure: FigureOut, tall: float = UPRIGHT) -> tuple[FigureOut, ...]:
    """Return a figure in parts that each fit a page, in order; most figures are one.

    A panel that is taller than ``tall``, in mm, is a part by itself.

    Raises Refused where there is nothing to draw.
    """
    rows = _rows(figure)
    words = _words(figure, rows)
    room = tall * MM - words.head - words.tail - 2 * TITLE_LINE
    found: list[list[Panel]] = [[]]
    used = 0.0
    for row in rows:
        if found[-1] and used + row.height > room:
            found.append([])
            used = 0.0
        found[-1] += row.panels
        used += row.height
    return tuple(_part(figure, some, at, len(found)) for at, some in enumerate(found))


def _part(figure: FigureOut, panels: Sequence[Panel], at: int, many: int) -> FigureOut:
    if many == 1:
        return figure
    told = _("{title} ({n} of {all})")
    said = " ".join(filter(None, (one.said for one in panels)))
    finding = (at and panels[0].finding) or figure.title
    title = told.format(title=finding, n=at + 1, all=many)
    return replace(
        figure,
        title=title,
        caption=told.format(title=figure.caption, n=at + 1, all=many) if figure.caption else "",
        panels=tuple(panels),
        columns=_columns(figure.panels[:MOST_PANELS]),
        left_out=figure.left_out or max(0, len(figure.panels) - MOST_PANELS),
        alt=f"{title}. {said}" if said else figure.alt,
    )


def _rows(figure: FigureOut) -> list[_Row]:
    """Return the panels in rows, side by side where they are narrow."""
    if not figure.panels:
        raise Refused(_("There is nothing to draw: no figure was counted"))
    panels = figure.panels[:MOST_PANELS]
    columns = figure.columns or _columns(panels)
    with_key = not _is_alike(panels)
    wide = (_WIDE - 2 * _SIDE) / columns
    found = []
    for at in range(0, len(panels), columns):
        some = panels[at : at + columns]
        found.append(
            _Row(some, tuple(figure_room.room(one, wide - 0.1, with_key=with_key) for one in some))
        )
    return found


def _columns(panels: Sequence[Panel]) -> int:
    """Return how many panels stand side by side."""
    is_narrow = all(
        one.form is Form.BARS or (one.form is Form.TREND and len(one.series) == 1) for one in panels
    )
    return 2 if len(panels) > 2 and is_narrow else 1


def _is_alike(panels: Sequence[Panel]) -> bool:
    """Tell whether one key serves all panels: bars of the same periods, shares of the same."""
    if any(one.form not in {Form.BARS, Form.BALANCE} for one in panels):
        return False
    return len({(one.form, tuple(s.name for s in one.series)) for one in panels}) == 1


def _words(figure: FigureOut, rows: Sequence[_Row]) -> _Words:
    room = (_WIDE - 2 * _SIDE) * 72 / 1.02
    first = rows[0].panels[0]
    is_keyed = len(first.series) > 1 or first.form is Form.BALANCE
    every = [panel for row in rows for panel in row.panels]
    more = figure.left_out or len(figure.panels) - len(every)
    blank = any(v is None for one in every for row in one.series for v in row.values)
    dash = _("– stands where nothing was recorded.") if blank and _has_dashes(every) else ""
    told = (
        figure.source,
        dash,
        _("{n} more panels stand in the table.").format(n=more) * (more > 0),
    )
    return _Words(
        title=fonts.broken(figure.title, "semibold", _TITLE, room, 3),
        subtitle=fonts.broken(figure.subtitle, "regular", _SMALL, room, _MOST_LINES),
        key=figure_room.keys(first.series, room) if is_keyed and _is_alike(every) else (),
        foot=fonts.broken(" ".join(filter(None, told)), "regular", _SMALL, room, _MOST_LINES),
        band=_BAND if figure.marking else 0.0,
    )


def _has_dashes(panels: Sequence[Panel]) -> bool:
    """Tell whether a blank of one of these panels is a dash: of lines it is a gap."""
    return any(one.form in {Form.BARS, Form.HEAT} for one in panels)


def drawn(figure: FigureOut) -> Figure:
    """Return a figure as matplotlib holds it; Refused where there is nothing to draw."""
    rows = _rows(figure)
    words = _words(figure, rows)
    high = words.head + sum(row.height for row in rows) + words.tail
    made = Figure(figsize=(_WIDE, high), facecolor="white")
    _write(made, figure, words, rows[0].panels[0])
    top = high - words.head
    columns = figure.columns or _columns(figure.panels[:MOST_PANELS])
    across = (_WIDE - 2 * _SIDE) / columns
    for row in rows:
        for at, (panel, room) in enumerate(zip(row.panels, row.rooms, strict=True)):
            _place(made, panel, room, (_SIDE + at * across, top, across - 0.1))
        top -= row.height
    return made


def _place(made: Figure, panel: Panel, room: Room, seat: tuple[float, float, float]) -> None:
    """Seat a panel in its cell: its left edge, its top, and how wide it is, in inches."""
    left, top, wide = seat
    at = top - 0.12 - TITLE_LINE / 2
    for line in room.title:
        _line(made, line, (left, at), ("semibold", HEADING, INK))
        at -= TITLE_LINE
    _key(made, panel, room.key, (left, at))
    high = made.get_figheight()
    box = (
        (left + room.left) / _WIDE,
        (top - room.above - room.plot) / high,
        (wide - room.left - room.right) / _WIDE,
        room.plot / high,
    )
    _PAINTERS[panel.form](made.add_axes(box), panel, room)


def _line(
    made: Figure, words: str, at: tuple[float, float], how: tuple[fonts.Face, float, str]
) -> None:
    """Write one line so many inches from the left and from the bottom."""
    face, size, ink = how
    left, height = at
    made.text(left / _WIDE, height / made.get_figheight(), words, color=ink, va="center",
              **text(words, face, size))  # fmt: skip


def _write(made: Figure, figure: FigureOut, words: _Words, first: Panel) -> None:
    """Write the title, of what and when, the key all panels share, the foot and the marking."""
    high = made.get_figheight()
    for edge in (high - 0.13, 0.13) if figure.marking else ():
        said = text(figure.marking, "semibold", _SMALL)
        made.text(0.5, edge / high, figure.marking, color=INK, ha="center", va="center", **said)
    at = high - 0.1 - words.band - 0.095
    for line in words.title:
        _line(made, line, (_SIDE, at), ("semibold", _TITLE, INK))
        at -= 0.19
    for line in words.subtitle:
        _line(made, line, (_SIDE, at), ("regular", _SMALL, QUIET))
        at -= _SMALL_LINE
    _key(made, first, words.key, (_SIDE, at - 0.02))
    at = words.tail - 0.14 - _SMALL_LINE / 2
    for line in words.foot:
        _line(made, line, (_SIDE, at), ("regular", _SMALL, QUIET))
        at -= _SMALL_LINE


def _key(
    made: Figure, panel: Panel, lines: tuple[tuple[Key, ...], ...], at: tuple[float, float]
) -> None:
    """Say what is what: a sample of each series, and its name."""
    left, height = at
    for line in lines:
        for one in line:
            x = left + one.at / 72
            made.add_artist(_sample(made, panel, one.series, (x, height)))
            _line(made, one.words, (x + (SWATCH + 5) / 72, height), ("regular", VALUE, INK))
        height -= KEY_LINE


def _sample(made: Figure, panel: Panel, series: int, at: tuple[float, float]) -> Any:
    x, y, high = at[0] / _WIDE, at[1], made.get_figheight()
    wide = SWATCH / 72 / _WIDE
    if panel.form is Form.TREND:
        ink = figure_looks.INKS[series]
        return Line2D((x, x + wide / 2, x + wide), [y / high] * 3, color=ink, linewidth=1.4,
                      linestyle=figure_forms.LINES[series], marker=figure_forms.MARKS[series],
                      markersize=3.2, markevery=(1, 5), transform=made.transFigure)  # fmt: skip
    how = figure_forms.looks(panel)[series]
    return patches.Rectangle((x, (y - 0.05) / high), wide, 0.1 / high, transform=made.transFigure,
                             **how)  # fmt: skip


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
