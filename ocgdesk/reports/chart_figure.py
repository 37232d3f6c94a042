"""A chart on its page as PNG, SVG or PDF, painted by matplotlib; bytes in memory, never a file.

Exports are byte for byte repeatable: a fixed salt for identifiers, no dates. In PDF text stays
text (TrueType embedded); in SVG letters are outlines, so that they look the same everywhere,
and each line of text is named for screen readers and searches.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from io import BytesIO
from typing import Any, Final, Literal

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf, PdfPages
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontEntry, FontProperties
from matplotlib.path import Path as MplPath
from matplotlib.transforms import Affine2D, Bbox

from ocgdesk import resources
from ocgdesk.domain.charts import Point
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.reports import drawing_lines, fonts, palette
from ocgdesk.reports.chart_page import Page
from ocgdesk.reports.chart_tiles import Tile
from ocgdesk.reports.drawing_parts import (
    DASHES,
    ORIGIN,
    Area,
    Dash,
    Element,
    Ink,
    Line,
    Shape,
    TextRun,
)
from ocgdesk.reports.drawing_paths import Path
from ocgdesk.reports.fonts import Face

Format = Literal["png", "svg", "pdf"]

PER_INCH: Final = 96.0
"""Page units to the inch."""
POINTS: Final = 72.0 / PER_INCH
LARGEST: Final = 12_000
"""Pixels along the longer side of a picture."""
SETTINGS: Final[Any] = {
    "svg.hashsalt": "ocgdesk",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "text.hinting": "no_hinting",
    "path.simplify": False,
}
_CODES: Final = {"M": [1], "L": [2], "C": [4, 4, 4], "Z": [79]}


@cache
def _registered(file: fonts.File) -> str:
    """Make one of our files known to matplotlib; return the name it has there."""
    name = f"ocgdesk {file.name}"
    path = str(resources.path("fonts", file.name))
    font_manager.fontManager.ttflist.append(FontEntry(fname=path, name=name))
    return name


@lru_cache(maxsize=500)
def _asked(files: tuple[fonts.File, ...], size: float, *, complete: bool) -> FontProperties:
    """Return how to ask for these files; matplotlib's own face has what all of ours lack."""
    names = [_registered(file) for file in files]
    return FontProperties(family=names if complete else [*names, "DejaVu Sans"], size=size)


def font(line: str, face: Face, size: float) -> FontProperties:
    """Return the faces that have every letter of a line, at a size in points."""
    complete = fonts.is_complete(line, face)
    return _asked(fonts.needed(line, face), size, complete=complete)


def _outline(path: Path) -> MplPath:
    vertices: list[tuple[float, float]] = []
    codes: list[int] = []
    for letter, numbers in path:
        codes += _CODES[letter]
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        vertices += pairs if numbers else [vertices[-1]]
    return MplPath(vertices, codes)


class _Painter:
    """Paints elements through a renderer, from chart or page units to its own."""

    def __init__(
        self, renderer: Any, height: float, scale: float, at: Point, window: Area | None = None
    ) -> None:
        self._renderer = renderer
        self._height = height
        self._scale = scale
        self._at = at
        self._unit: float = renderer.points_to_pixels(POINTS)
        self._clip = self._window(window) if window else None
        """All there is to be seen of what is painted; all of it where there is none."""
        self._colours = palette.load("light")
        self._outlines: dict[int, tuple[Path, MplPath]] = {}
        """By identity: nodes of one look share their paths. Holds them, so that none is reused."""

    def _window(self, area: Area) -> Bbox:
        """Return an area of the page in the renderer's units."""
        return Bbox.from_extents(
            area.x * self._unit,
            self._height - area.bottom * self._unit,
            area.right * self._unit,
            self._height - area.y * self._unit,
        )

    def paint(self, element: Element, moved: Point) -> None:
        """Paint one element, moved by as much."""
        match element:
            case Shape():
                self._shape(element, moved)
            case Line():
                self._line(element)
            case TextRun():
                self._text(element)

    def _matrix(self, moved: Point = ORIGIN) -> Affine2D:
        x, y = self._at.x + moved.x * self._scale, self._at.y + moved.y * self._scale
        made = Affine2D().scale(self._scale).translate(x, y)
        return made.scale(self._unit, -self._unit).translate(0.0, self._height)

    def _place(self, x: float, y: float) -> tuple[float, float]:
        across, down = self._at.x + x * self._scale, self._at.y + y * self._scale
        return across * self._unit, self._height - down * self._unit

    @contextmanager
    def _pen(self, ink: Ink | None, width: float, *, cap: str = "round") -> Iterator[Any]:
        gc = self._renderer.new_gc()
        gc.set_linewidth(width * self._scale * POINTS if ink else 0.0)
        gc.set_foreground(self._colours.rgba(ink or Ink("text")), isRGBA=True)
        gc.set_joinstyle("round")
        gc.set_capstyle(cap)
        gc.set_antialiased(True)
        gc.set_snap(False)
        if self._clip is not None:
            gc.set_clip_rectangle(self._clip)
        yield gc
        gc.restore()

    def _shape(self, shape: Shape, moved: Point) -> None:
        if id(shape.path) not in self._outlines:
            self._outlines[id(shape.path)] = shape.path, _outline(shape.path)
        outline = self._outlines[id(shape.path)][1]
        face = self._colours.rgba(shape.fill) if shape.fill else None
        with self._pen(shape.edge, shape.width) as gc:
            self._renderer.draw_path(gc, outline, self._matrix(moved), face)

    def _line(self, line: Line) -> None:
        points = [(point.x, point.y) for point in drawing_lines.shaft(line)]
        codes = [1, 2] if len(points) == 2 else [1, 4, 4, 4]
        with self._pen(
            line.ink, line.width, cap="round" if line.dash is Dash.DOTTED else "butt"
        ) as gc:
            pattern = [part * self._scale * POINTS for part in DASHES[line.dash]]
            if pattern:
                gc.set_dashes(0.0, pattern)
            self._renderer.draw_path(gc, MplPath(points, codes), self._matrix(), None)
        if line.arrow:
            head = MplPath([*drawing_lines.head(line), (0.0, 0.0)], [1, 2, 2, 79])
            with self._pen(None, 0.0) as gc:
                self._renderer.draw_path(gc, head, self._matrix(), self._colours.rgba(line.ink))

    def _text(self, run: TextRun) -> None:
        size = run.size * self._scale
        for at, line in enumerate(run.lines):
            prop = font(line, run.face, size * POINTS)
            wide = self._width(line, run.face, size, prop)
            x, y = self._place(run.x, run.y + at * run.leading)
            x -= {"start": 0.0, "middle": wide / 2, "end": wide}[run.anchor]
            base = self._height - y if self._renderer.flipy() else y
            with self._pen(run.ink, 0.0) as gc, self._named(line):
                self._renderer.draw_text(gc, x, base, line, prop, 0.0, False)

    def _width(self, line: str, face: Face, size: float, prop: FontProperties) -> float:
        """Return how wide a line turns out; scripts that join are asked of the renderer."""
        if len(fonts.needed(line, face)) == 1:
            return fonts.width(line, face, size) * self._unit
        measured: tuple[float, float, float] = self._renderer.get_text_width_height_descent(
            line, prop, False
        )
        return measured[0]

    @contextmanager
    def _named(self, line: str) -> Iterator[None]:
        """Say in an SVG which words the outlines that follow stand for."""
        # Only the SVG renderer has one; it comes wrapped, so its type cannot be asked for.
        writer: Any = getattr(self._renderer, "writer", None)
        if writer:
            writer.start("g", {"role": "img", "aria-label": line})
        yield
        if writer:
            writer.end("g")


class _Sheet(Artist):
    """A page as the one artist of a figure, so that painting costs what is painted."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page

    def draw(self, renderer: Any) -> None:
        """Paint the frame's and the chart's elements in their order."""
        page = self._page
        high = page.height * renderer.points_to_pixels(POINTS)
        frame = _Painter(renderer, high, 1.0, ORIGIN)
        chart = _Painter(renderer, high, page.scale, page.at)
        for element, moved in page.chart.elements():
            chart.paint(element, moved)
        for element in page.frame:
            frame.paint(element, ORIGIN)


class _Cut(Artist):
    """One sheet of a page that is cut into several."""

    def __init__(self, page: Page, tile: Tile) -> None:
        super().__init__()
        self._page, self._tile = page, tile

    def draw(self, renderer: Any) -> None:
        """Paint what of the page shows on the sheet, then the sheet's own frame."""
        page, tile = self._page, self._tile
        high, k = tile.height * renderer.points_to_pixels(POINTS), tile.scale
        at = Point(tile.shift.x + page.at.x * k, tile.shift.y + page.at.y * k)
        chart = _Painter(renderer, high, page.scale * k, at, tile.window)
        for element, moved in page.chart.elements():
            chart.paint(element, moved)
        frame = _Painter(renderer, high, k, tile.shift, tile.window)
        for element in page.frame:
            frame.paint(element, ORIGIN)
        sheet = _Painter(renderer, high, 1.0, ORIGIN)
        for element in tile.frame:
            sheet.paint(element, ORIGIN)


def _figure(page: Page | Tile, artist: Artist, dpi: float) -> Figure:
    figure = Figure(figsize=(page.width / PER_INCH, page.height / PER_INCH), dpi=dpi)
    figure.patch.set_facecolor("white")
    figure.add_artist(artist)
    return figure


def _png(page: Page, dpi: float) -> bytes:
    made = BytesIO()
    said = {"Software": None, "Title": page.title, "Description": page.words}
    canvas: Any = FigureCanvasAgg(_figure(page, _Sheet(page), dpi))
    canvas.print_png(made, metadata=said)
    return made.getvalue()


def _svg(page: Page, _dpi: float) -> bytes:
    made = BytesIO()
    said = {
        "Date": None,
        "Creator": "OCG Desk",
        "Title": page.title,
        "Description": page.words,
    }
    canvas: Any = FigureCanvasSVG(_figure(page, _Sheet(page), 72))
    canvas.print_svg(made, metadata=said)
    return made.getvalue()


def _said(page: Page) -> dict[str, Any]:
    return {
        "CreationDate": None,
        "Creator": "OCG Desk",
        "Producer": None,
        "Title": page.title,
        "Author": page.author or None,
        "Subject": page.words[:2000],
    }


def _pdf(page: Page, _dpi: float) -> bytes:
    made, said = BytesIO(), _said(page)
    canvas: Any = FigureCanvasPdf(_figure(page, _Sheet(page), 72))
    canvas.print_pdf(made, metadata=said)
    return made.getvalue()


def export(page: Page, format: Format, *, dpi: float = 300) -> bytes:  # noqa: A002
    """Return a page as a file's bytes: PNG at ``dpi``, SVG or PDF.

    Raises Refused when the picture would be too large to hold or to open.
    """
    if format == "png" and max(page.width, page.height) / PER_INCH * dpi > LARGEST:
        raise Refused(
            _("A picture this size would be over {n} pixels wide; choose fewer dpi.").format(
                n=f"{LARGEST:,}"
            )
        )
    writers = {"png": _png, "svg": _svg, "pdf": _pdf}
    with mpl.rc_context(SETTINGS):
        return writers[format](page, dpi)


def export_tiles(page: Page, cut: Sequence[Tile]) -> bytes:
    """Return a page across several sheets as one PDF, a sheet a page of it."""
    made = BytesIO()
    with mpl.rc_context(SETTINGS), PdfPages(made, metadata=_said(page)) as file:
        for tile in cut:
            file.savefig(_figure(tile, _Cut(page, tile), 72))
    return made.getvalue()


def pictures(page: Page, cut: Sequence[Tile], *, dpi: float) -> Iterator[bytes]:
    """Yield each sheet as a PNG, for printers; the page itself where it is not cut."""
    with mpl.rc_context(SETTINGS):
        if not cut:
            yield _png(page, dpi)
        for tile in cut:
            sheet = BytesIO()
            canvas: Any = FigureCanvasAgg(_figure(tile, _Cut(page, tile), dpi))
            canvas.print_png(sheet, metadata={"Software": None})
            yield sheet.getvalue()
