"""The sheet a chart leaves on: marking, title, legend, filters and the fixed line round it.

Lengths are page units of 1/96 inch, y downwards; always in the light theme.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from ocgdesk.domain.charts import FIXED_LINE, Cover, Importance, Point, RuleKey
from ocgdesk.i18n import _, ngettext
from ocgdesk.reports import chart_words, drawing_badges, drawing_icons, drawing_paths, fonts
from ocgdesk.reports.chart_words import Legend
from ocgdesk.reports.drawing_looks import icon_of, look, role_of
from ocgdesk.reports.drawing_parts import (
    DASH_OF,
    Dash,
    Drawing,
    Element,
    Ink,
    Line,
    Shape,
)
from ocgdesk.reports.plate import Painted, Sheet

MM: Final = 96 / 25.4


class PageSize(StrEnum):
    """A sheet, landscape."""

    A4 = "a4"
    A3 = "a3"
    A2 = "a2"
    A1 = "a1"
    SLIDE = "slide"
    """16:9, 13.33 by 7.5 inches."""

    @property
    def extent(self) -> tuple[float, float]:
        """Width and height in page units."""
        return {
            "a4": (297 * MM, 210 * MM),
            "a3": (420 * MM, 297 * MM),
            "a2": (594 * MM, 420 * MM),
            "a1": (841 * MM, 594 * MM),
            "slide": (1280.0, 720.0),
        }[self.value]

    @property
    def unit(self) -> float:
        """How much larger frame and legend are than on A4."""
        return {"a4": 1.0, "a3": 1.25, "a2": 1.65, "a1": 2.2, "slide": 1.05}[self.value]


BANNER: Final = 22.0
MARGIN: Final = 24.0
_ABOVE: Final = 16.0
"""What parts a bare chart from its legend."""
READABLE: Final = 9.0
"""The size, in points, beneath which names on a slide cannot be read from a seat."""
_POINT: Final = 0.75
"""Points to a page unit."""
_BESIDE: Final = 260.0
"""How wide a legend at the right of a bare chart is."""
_LARGEST_BARE: Final = 1.05
"""Likewise on a page of text, beside whose words names would shout."""
LARGEST: Final = 1.6
"""A chart of few items is not blown up further than this, times the sheet's unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A sheet ready to paint: the frame, and the chart with its place on it."""

    width: float
    height: float
    frame: tuple[Element, ...]
    chart: Painted
    scale: float
    """Page units to one chart unit."""
    at: Point
    """Where the origin of the chart lies on the page."""
    title: str
    author: str
    words: str
    """Alternative text."""


class _Frame(Sheet):
    """Collects the parts of the frame; lengths given are A4's, enlarged by the sheet's unit."""

    def __init__(
        self, extent: tuple[float, float], unit: float = 1.0, *, margin: float = MARGIN
    ) -> None:
        self.width, self.height = extent
        self.left = margin * unit
        self.right = self.width - self.left
        super().__init__(unit, room=self.right - self.left)

    def shape(self, path: drawing_paths.Path, role: str) -> None:
        """Fill an outline."""
        self.parts.append(Shape(path=path, fill=Ink(role)))

    def rule(self, y: float) -> None:
        """Draw a hairline from margin to margin."""
        ends = (Point(self.left, y), Point(self.right, y))
        self.parts.append(Line(points=ends, width=1.0, ink=Ink("line.2")))


def _banner(frame: _Frame, cover: Cover, top: float) -> None:
    high = BANNER * frame.unit
    mark = f"banner.{cover.marking.value}"
    box = drawing_paths.rectangle(0.0, top, frame.width, high)
    frame.shape(box, f"{mark}.ground")
    base = top + high / 2 + 4.0 * frame.unit
    frame.text(
        cover.marking.banner, (frame.width / 2, base), face="semibold", role=mark, anchor="middle"
    )
    if cover.synthetic:
        _synthetic(frame, top, high, base)


def _synthetic(frame: _Frame, top: float, high: float, base: float) -> None:
    """Put the hatched slab at the right end of a banner."""
    words = _("SYNTHETIC DATA")
    wide = fonts.width(words, "semibold", 11 * frame.unit) + 28 * frame.unit
    left = frame.width - wide - high
    slab = ((left + high, top), (frame.width, top), (frame.width, top + high), (left, top + high))
    frame.shape(drawing_paths.polygon(slab), "banner.synthetic.ground")
    step = 7.0 * frame.unit
    x = left + step
    while x + step + high < frame.width:
        stripe = ((x + high, top), (x + step + high, top), (x + step, top + high), (x, top + high))
        frame.shape(drawing_paths.polygon(stripe), "banner.stripe.ground")
        x += 2 * step
    at = frame.width - 14 * frame.unit
    frame.text(words, (at, base), face="semibold", role="banner.synthetic", anchor="end")


def _header(frame: _Frame, cover: Cover) -> float:
    """Set title, references, date and author; return where the chart may begin."""
    unit = frame.unit
    y = (BANNER + 32) * unit
    room = (frame.right - frame.left) * 0.66
    title = frame.text(
        cover.title, (frame.left, y), size=20, face="semibold", role="text", room=room, lines=2
    )
    second = " · ".join(part for part in (*cover.references, cover.subtitle) if part)
    below = title.bottom + 9 * unit
    if second:
        frame.text(second, (frame.left, below), size=12, room=room)
    by = ", ".join(part for part in (cover.author, cover.agency) if part)
    said = [cover.drawn, _("Drawn by {author}").format(author=by) if by else ""]
    right = (frame.right - frame.left) * 0.32
    for at, line in enumerate(part for part in said if part):
        frame.text(line, (frame.right, y + (at * 16 - 3) * unit), anchor="end", room=right)
    frame.rule(below + 10 * unit)
    return below + 16 * unit


Sample = Callable[[_Frame, float, float], float]
"""Draws one entry of a legend with its middle at y, from x on; returns where it ended."""


def _kind_sample(key: str, count: int) -> Sample:
    def put(frame: _Frame, x: float, y: float) -> float:
        side = 15 * frame.unit
        path, filled = drawing_icons.icon(icon_of(key))
        drawn = drawing_paths.moved(path, x, y - side / 2, side / drawing_icons.BOX)
        ink = Ink(role_of(key))
        edge = None if filled else ink
        frame.parts.append(
            Shape(path=drawn, fill=ink if filled else None, edge=edge, width=1.2 * frame.unit)
        )
        words = f"{chart_words.name_of(key)} {count:,}"
        return frame.text(words, (x + 20 * frame.unit, y + 4 * frame.unit), role="text").right

    return put


def _line_sample(words: str, dash: Dash, *, arrow: bool = False, width: float = 1.5) -> Sample:
    def put(frame: _Frame, x: float, y: float) -> float:
        long = 34 * frame.unit
        ends = (Point(x, y), Point(x + long, y))
        frame.parts.append(Line(points=ends, dash=dash, arrow=arrow, width=width))
        return frame.text(words, (x + long + 7 * frame.unit, y + 4 * frame.unit), role="text").right

    return put


def _importance_sample(importance: Importance) -> Sample:
    def put(frame: _Frame, x: float, y: float) -> float:
        drawn = look("nominal", importance)
        scale = 15 / 46 * frame.unit
        for shape in drawn.shapes:
            path = drawing_paths.moved(shape.path, x + 8 * frame.unit, y, scale)
            edge = None if shape.edge is None else shape.edge
            frame.parts.append(Shape(path=path, fill=shape.fill, edge=edge, width=1.4 * frame.unit))
        words = _(chart_words.IMPORTANCES[importance])
        return frame.text(words, (x + 21 * frame.unit, y + 4 * frame.unit), role="text").right

    return put


def _badge_sample(code: str) -> Sample:
    def put(frame: _Frame, x: float, y: float) -> float:
        drawn = drawing_badges.badge(code, x, y - drawing_badges.HEIGHT / 2)
        frame.parts += [drawn.slab, drawn.text]
        end = drawn.box.right + 6 * frame.unit
        words = _(drawing_badges.WORDS[code])
        return frame.text(words, (end, y + 4 * frame.unit), role="text").right

    return put


def _rule_sample(key: RuleKey, count: int) -> Sample:
    """Draw a line, or a dot as large as the rule says, in its colour; its badge in words."""

    def put(frame: _Frame, x: float, y: float) -> float:
        words = chart_words.rule_words(key, count)
        if key.of_links:
            ends = (Point(x, y), Point(x + 34 * frame.unit, y))
            ink, width = Ink(key.tone or "text.3"), 2.7 if key.wide else 1.5
            frame.parts.append(Line(points=ends, ink=ink, width=width))
            return frame.text(words, (x + 41 * frame.unit, y + 4 * frame.unit), role="text").right
        drawn = look("nominal", key.size or Importance.SIGNIFICANT, key.tone)
        scale = 15 / 46 * frame.unit
        for shape in drawn.shapes:
            path = drawing_paths.moved(shape.path, x + 8 * frame.unit, y, scale)
            frame.parts.append(
                Shape(path=path, fill=shape.fill, edge=shape.edge, width=1.4 * frame.unit)
            )
        return frame.text(words, (x + 21 * frame.unit, y + 4 * frame.unit), role="text").right

    return put


def _samples(legend: Legend) -> Iterator[Sample]:
    yield from (_kind_sample(key, count) for key, count in legend.kinds)
    yield from _line_samples(legend)
    for importance in legend.importances if len(legend.importances) > 1 else ():
        yield _importance_sample(importance)
    yield from (_badge_sample(code) for code in legend.badges)
    yield from (_rule_sample(rule, count) for rule, count in legend.rules)


def _line_samples(legend: Legend) -> Iterator[Sample]:
    for strength in legend.strengths:
        yield _line_sample(_(chart_words.STRENGTHS[strength]), DASH_OF[strength])
    if legend.directed:
        yield _line_sample(_("Directed"), Dash.SOLID, arrow=True)
    if legend.sketched:
        yield _line_sample(_("Sketched, not in the register"), Dash.SKETCHED)
    if legend.multiple:
        yield _line_sample(_("Several links, ×n"), Dash.SOLID, width=2.7)


def names_at(drawing: Painted, scale: float) -> float:
    """Return in how many points the smallest name stands at this scale; 0 where there is none."""
    nodes = drawing.nodes if isinstance(drawing, Drawing) else ()
    return min((node.label.size for node in nodes if node.label), default=0.0) * scale * _POINT


def small_names(size: float) -> str:
    """Return the sentence for names that stand in so many points; nothing where they are large."""
    if not 0 < size < READABLE:
        return ""
    told = _("Names are in {n} point: open the chart, or enlarge it here, for names.")
    return told.format(n=round(size))


def _statements(cover: Cover, drawing: Painted, small: str) -> Iterator[str]:
    """Yield what has to be said below a chart, in order."""
    if cover.filters:
        yield _("Filters: {filters}").format(filters="; ".join(cover.filters))
    else:
        yield _("Filters: none")
    yield from (said for said in cover.said if said != _(FIXED_LINE))
    if drawing.yielded:
        text = ngettext(
            "{n} label is left out for want of room.",
            "{n} labels are left out for want of room.",
            drawing.yielded,
        )
        yield text.format(n=f"{drawing.yielded:,}")
    if small:
        yield small
    yield " · ".join(part for part in (cover.sources, _(FIXED_LINE)) if part)
    if cover.handling:
        yield cover.handling
    if cover.head:
        yield chart_words.head_line(cover)


def _flowed(frame: _Frame, legend: Legend, y: float) -> float:
    """Set the entries of the legend side by side, wrapping; return the height they took."""
    x, top, step = frame.left, y, 20 * frame.unit
    for put in _samples(legend):
        before = len(frame.parts)
        end = put(frame, x, y)
        if end > frame.right and x > frame.left:
            del frame.parts[before:]
            x, y = frame.left, y + step
            end = put(frame, x, y)
        x = end + 20 * frame.unit
    return y - top + step


def _footer(
    frame: _Frame, drawing: Painted, cover: Cover, legend: Legend, small: str = ""
) -> float:
    """Set legend and statements above the lower banner; return where the chart must end."""
    unit = frame.unit
    rest = list(_statements(cover, drawing, small))
    high = _flowed(_Frame((frame.width, frame.height), unit), legend, 0.0)
    top = frame.height - (BANNER + 12) * unit - len(rest) * 15 * unit - high - 10 * unit
    frame.rule(top)
    _flowed(frame, legend, top + 15 * unit)
    y = top + high + 18 * unit
    for at, words in enumerate(rest):
        frame.text(words, (frame.left, y + at * 15 * unit), role="text.2")
    return top - 6 * unit


def page(drawing: Painted, cover: Cover, size: PageSize, legend: Legend) -> Page:
    """Return the sheet for a drawing: nothing of it lies outside the page.

    The marking stands at top and bottom; the legend lists only what is drawn.
    """
    frame = _Frame(size.extent, size.unit)
    for top in (0.0, frame.height - BANNER * frame.unit):
        _banner(frame, cover, top)
    begin = _header(frame, cover)
    until = _footer(_Frame(size.extent, size.unit), drawing, cover, legend)
    small = ""
    if size is PageSize.SLIDE:
        small = small_names(names_at(drawing, _scale(frame, drawing, until - begin)))
    end = _footer(frame, drawing, cover, legend, small)
    wide, high = frame.right - frame.left, end - begin
    box, scale = drawing.bounds, _scale(frame, drawing, high)
    x = frame.left + (wide - box.width * scale) / 2 - box.x * scale
    y = begin + (high - box.height * scale) / 2 - box.y * scale
    return Page(
        width=frame.width,
        height=frame.height,
        frame=tuple(frame.parts),
        chart=drawing,
        scale=scale,
        at=Point(x, y),
        title=cover.title,
        author=cover.author,
        words=drawing.words,
    )


def _scale(frame: _Frame, drawing: Painted, high: float) -> float:
    """Return at which scale a drawing fills a sheet between header and footer so far apart."""
    box, wide = drawing.bounds, frame.right - frame.left
    return min(LARGEST * frame.unit, wide / max(box.width, 1.0), high / max(box.height, 1.0))


def bare(
    chart: Painted, legend: Legend | None = None, *, width: float = 640.0, most: float = 820.0
) -> Page:
    """Return a chart as a sheet of its own size, without a frame: a paper puts its own round it.

    ``width`` and ``most`` are the width of the sheet and its largest height, in page units. The
    legend, where there is one, stands beneath the chart, or at its right where a sheet is so
    broad that there is room beside the chart.
    """
    bounds = chart.bounds
    wide, high = max(bounds.width, 1.0), max(bounds.height, 1.0)
    room, aside = _legend_room(width, legend), 0.0
    if room and wide * most / high < width - _BESIDE:
        room, aside = 0.0, _BESIDE
    scale = min((width - aside) / wide, (most - room) / high, _LARGEST_BARE)
    frame = _Frame((width, most), margin=0.0)
    if legend is not None:
        frame.left = width - aside + _ABOVE if aside else 0.0
        _flowed(frame, legend, _ABOVE if aside else high * scale + _ABOVE)
    return Page(
        width=width,
        height=high * scale + room,
        frame=tuple(frame.parts),
        chart=chart,
        scale=scale,
        at=Point((width - aside - wide * scale) / 2 - bounds.x * scale, -bounds.y * scale),
        title="",
        author="",
        words=chart.words,
    )


def _legend_room(width: float, legend: Legend | None) -> float:
    """Return how much room a legend beneath a bare chart takes."""
    if legend is None or not any(_samples(legend)):
        return 0.0
    return _flowed(_Frame((width, 0.0), margin=0.0), legend, 0.0) + _ABOVE
