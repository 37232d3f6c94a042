"""A drawing on screen: the Qt painter, in batches, with no more detail than the zoom can show.

The same values matplotlib paints on paper. Silhouettes are painted once for each look and zoom
and then only copied; lines go out in one call for each style; a long picture can be painted in
slices, so that the window never stands still for it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from math import inf
from typing import Final
from uuid import UUID

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QPainter,
    QPen,
    QPixmap,
)

from ocgdesk.reports import fonts
from ocgdesk.reports import palette as palettes
from ocgdesk.reports.drawing_parts import (
    VEIL,
    Area,
    Dash,
    Ink,
    Line,
    Look,
    Node,
    Shape,
    TextRun,
)
from ocgdesk.reports.palette import Palette
from ocgdesk.ui.chart import naming
from ocgdesk.ui.chart.strokes import Stroke, outline, pattern, shortened, stroke_of

SLICE: Final = 250
"""Parts painted before a slice may end."""
ICON_ZOOM: Final = 0.3
ARROW_ZOOM: Final = 0.35
"""Below this zoom an arrow's head is three pixels long and tells nobody anything."""
DASH_ZOOM: Final = 0.25
THIN: Final = 0.8
"""No line is painted thinner, in pixels."""
SMALL: Final = 0.85
"""Below this zoom names keep a readable size and give way to one another on screen."""
READABLE: Final = 10.0
"""Pixels a name is never smaller than."""
FEW: Final = 250
"""Of so many items names are set at half the zoom they need among more."""

_WEIGHTS: Final = {
    "regular": QFont.Weight.Normal,
    "medium": QFont.Weight.Medium,
    "semibold": QFont.Weight.DemiBold,
    "mono": QFont.Weight.Normal,
    "mono-medium": QFont.Weight.Medium,
}


@lru_cache(maxsize=200)
def font(face: fonts.Face, size: float) -> QFont:
    """Return a face for painting; sizes are whole pixels of the chart at 100 %."""
    made = QFont(list(fonts.families(face)))
    made.setPixelSize(max(1, round(size)))
    made.setWeight(_WEIGHTS[face])
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


_shared = lru_cache(maxsize=500)(outline)


def colour(colours: Palette, ink: Ink) -> QColor:
    """Return the colour of an ink in a theme."""
    return QColor.fromRgbF(*colours.rgba(ink))


@dataclass(frozen=True, slots=True)
class _Style:
    """What lines have in common that go out in one call."""

    dash: Dash
    width: float
    ink: Ink


def _anchored(run: TextRun, line: str) -> float:
    """Return how far left of its anchor a line begins."""
    if run.anchor == "start":
        return 0.0
    wide = fonts.width(line, run.face, run.size)
    return wide / 2 if run.anchor == "middle" else wide


class Brush:
    """Paints parts of a drawing with one painter, at one zoom, in one theme.

    The painter must map chart units to pixels by ``zoom`` and be on a device of ratio ``ratio``.
    """

    def __init__(
        self,
        painter: QPainter,
        theme: str,
        zoom: float,
        ratio: float = 1.0,
        seen: Area | None = None,
    ) -> None:
        self.painter = painter
        self.colours = palettes.load(theme)
        self.theme = theme
        self.zoom = zoom
        self.ratio = ratio
        self._seen = seen
        self.among = FEW + 1
        """How many items there are on the whole chart, in view or not."""
        self._strokes: dict[int, Stroke] | None = None
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing, True)

    def recall(self, strokes: dict[int, Stroke]) -> None:
        """Paint lines as they were worked out before; whoever keeps these keeps the lines too."""
        self._strokes = strokes

    def ink(self, ink: Ink) -> QColor:
        """Return the colour of an ink in the brush's theme."""
        return colour(self.colours, ink)

    def shape(self, shape: Shape) -> None:
        """Paint one outline where it stands."""
        self.painter.setBrush(QBrush(self.ink(shape.fill)) if shape.fill else Qt.BrushStyle.NoBrush)
        if shape.edge:
            pen = QPen(self.ink(shape.edge), max(shape.width, THIN / self.zoom))
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            self.painter.setPen(pen)
        else:
            self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.drawPath(_shared(shape.path))

    def text(self, run: TextRun) -> None:
        """Set one run of text."""
        self.painter.setFont(font(run.face, run.size))
        self.painter.setPen(self.ink(run.ink))
        for at, line in enumerate(run.lines):
            x = run.x - _anchored(run, line)
            self.painter.drawText(QPointF(x, run.y + at * run.leading), line)

    @contextmanager
    def grown(self, factor: float) -> Iterator[None]:
        """Paint what follows as at a zoom so many times larger; the painter is scaled already."""
        self.zoom *= factor
        try:
            yield
        finally:
            self.zoom /= factor

    def lines(self, lines: Iterable[Line], ink: Ink | None = None) -> Iterator[None]:
        """Paint lines, one call for each style; in another ink where one is given."""
        styled: defaultdict[int, list[Stroke]] = defaultdict(list)
        for stroke in self._worked(lines):
            styled[id(stroke.style)].append(stroke)  # hashing what it says takes ten times as long
        for among in styled.values():
            dash, width, own = among[0].style
            style = _Style(dash, width, ink or own)
            for at in range(0, len(among), SLICE):
                self._batch(style, among[at : at + SLICE])
                yield

    def _worked(self, lines: Iterable[Line]) -> list[Stroke]:
        """Return lines as Qt paints them, those painted before as they were worked out then."""
        known = self._strokes
        if known is None:
            return [stroke_of(line) for line in lines]
        made = []
        for line in lines:
            stroke = known.get(id(line))
            if stroke is None:
                stroke = known[id(line)] = stroke_of(line)
            made.append(stroke)
        return made

    def _batch(self, style: _Style, strokes: Sequence[Stroke]) -> None:
        painter, seen = self.painter, self._seen
        painter.setPen(self._pen(style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        reach = max(seen.width, seen.height) if seen else inf
        painter.drawLines(
            [
                stroke.straight if stroke.length <= reach else shortened(stroke, seen)
                for stroke in strokes
                if stroke.straight is not None
            ]
        )
        for stroke in strokes:
            if stroke.curve is not None:
                painter.drawPath(stroke.curve)
        if self.zoom >= ARROW_ZOOM:
            self._heads(style, strokes)

    def _pen(self, style: _Style) -> QPen:
        width = max(style.width, THIN / self.zoom)
        tone = self.ink(style.ink)
        pen = QPen(tone, width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if style.dash is not Dash.SOLID:
            if self.zoom < DASH_ZOOM:
                tone.setAlphaF(0.6)
                pen.setColor(tone)
            else:
                pen.setDashPattern([part / width for part in pattern(style.dash)])
        return pen

    def _heads(self, style: _Style, strokes: Sequence[Stroke]) -> None:
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.ink(style.ink))
        for stroke in strokes:
            if stroke.head is not None:
                self.painter.drawConvexPolygon(stroke.head)

    def line_labels(self, lines: Iterable[Line], ink: Ink | None = None) -> Iterator[None]:
        """Set the labels of lines on their slabs."""
        runs = [line.label for line in lines if line.label and self.zoom >= line.label.min_zoom]
        for at in range(0, len(runs), SLICE):
            part = runs[at : at + SLICE]
            self._paper(((run.ground, run.box) for run in part), 1.0)
            for run in part:
                self.text(run if ink is None else _inked(run, ink))
            yield

    def _paper(self, boxes: Iterable[tuple[Ink, Area]], alpha: float) -> None:
        """Lay paper under text, one call for each ground."""
        grounds: defaultdict[Ink, list[QRectF]] = defaultdict(list)
        for ground, box in boxes:
            grounds[ground].append(QRectF(box.x, box.y, box.width, box.height))
        self.painter.setPen(Qt.PenStyle.NoPen)
        for ground, rects in grounds.items():
            self.painter.setBrush(self.ink(replace(ground, alpha=alpha)))
            self.painter.drawRects(rects)

    def nodes(self, nodes: Iterable[Node]) -> Iterator[None]:
        """Paint silhouettes with their icons."""
        everything = list(nodes)
        for at in range(0, len(everything), SLICE):
            self._stamp(everything[at : at + SLICE])
            yield

    def _stamp(self, nodes: Sequence[Node]) -> None:
        """Copy sprites, pixel on pixel, to where their nodes are."""
        painter, ratio = self.painter, self.ratio
        scale, way = round(self.zoom * ratio, 4), painter.transform()
        grow, dx, dy = way.m11() * ratio, way.dx() * ratio, way.dy() * ratio
        known: dict[int, QPixmap] = {}  # by identity: few looks, and each takes long to hash
        painter.save()
        painter.resetTransform()
        for node in nodes:
            look, at = node.look, node.at
            if (stamp := known.get(id(look))) is None:
                stamp = known[id(look)] = sprite(look, self.theme, scale, ratio)
            x = round((at.x + look.area.x) * grow + dx) - PAD
            y = round((at.y + look.area.y) * grow + dy) - PAD
            painter.drawPixmap(QPointF(x / ratio, y / ratio), stamp)
        painter.restore()

    def badges(self, nodes: Iterable[Node]) -> Iterator[None]:
        """Paint the badges of nodes."""
        for node in nodes:
            for badge in node.badges:
                if self.zoom >= badge.min_zoom:
                    self.shape(badge.slab)
                    self.text(badge.text)
        yield

    def names(
        self,
        nodes: Sequence[Node],
        always: frozenset[UUID] = frozenset(),
        around: Iterable[Area] = (),
        first: Area | None = None,
    ) -> Iterator[None]:
        """Set names and second lines; ``always`` has the ids shown at any zoom.

        From afar, where names are placed anew, they keep off what lies ``around``, and what
        stands in the part seen ``first`` is named first: it keeps its names when more is painted.
        """
        if self.zoom < SMALL:
            yield from self._small_names(nodes, always, around, first)
            return
        for at in range(0, len(nodes), SLICE):
            runs = [
                run
                for node in nodes[at : at + SLICE]
                for run in (node.label, node.detail)
                if run and self.zoom >= run.min_zoom
            ]
            self._paper(((run.ground, _veil(run)) for run in runs), VEIL)
            for run in runs:
                self.text(run)
            yield

    def _small_names(
        self,
        nodes: Sequence[Node],
        always: frozenset[UUID],
        around: Iterable[Area],
        first: Area | None,
    ) -> Iterator[None]:
        """Set names at a readable size; the lower rank yields, as on paper."""
        shown = [
            (node, node.label)
            for node in nodes
            if node.label and (self._is_named(node.label) or (always and node.id in always))
        ]
        grow = max(1.0, READABLE / (12.0 * self.zoom))
        ordered = naming.in_order(shown, always, first)
        for run, box in naming.standing(ordered, nodes, self.zoom, grow, around):
            self._grown(run, box, grow)
        yield

    def _is_named(self, run: TextRun) -> bool:
        """Tell whether a name is set at this zoom: on a small chart there is room for more."""
        return self.zoom >= (run.min_zoom / 2 if self.among <= FEW else run.min_zoom)

    def _grown(self, run: TextRun, box: Area, grow: float) -> None:
        painter = self.painter
        self._paper([(run.ground, box)], VEIL)
        painter.save()
        painter.translate(box.centre.x, box.y)
        painter.scale(grow, grow)
        painter.setFont(font(run.face, run.size))
        painter.setPen(self.ink(run.ink))
        for at, line in enumerate(run.lines):
            wide = fonts.width(line, run.face, run.size)
            painter.drawText(QPointF(-wide / 2, 11.5 + at * run.leading), line)
        painter.restore()


def _veil(run: TextRun) -> Area:
    return Area(run.box.x - 2, run.box.y, run.box.width + 4, run.box.height)


def _inked(run: TextRun, ink: Ink) -> TextRun:
    return replace(run, ink=ink)


PAD: Final = 2
"""Pixels round a sprite, for its soft edge."""


@lru_cache(maxsize=600)
def sprite(look: Look, theme: str, scale: float, ratio: float) -> QPixmap:
    """Return a silhouette with its icon, painted once for each scale in device pixels."""
    area = look.area
    wide = int(area.width * scale) + 2 * PAD + 2
    high = int(area.height * scale) + 2 * PAD + 2
    made = QPixmap(wide, high)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.translate(PAD, PAD)
    painter.scale(scale, scale)
    painter.translate(-area.x, -area.y)
    brush = Brush(painter, theme, scale)
    for shape in look.shapes:
        brush.shape(shape)
    for shape in look.icon if scale >= ICON_ZOOM * ratio else ():
        brush.shape(shape)
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made
