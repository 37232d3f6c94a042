"""Parts of a drawing as shapes of a slide: outlines, text and glued connectors, written as XML.

The library has no call for curves, for sites to glue to where a line meets its item, or for
opacity, and numbers each new shape by looking through all others; so the parts are written here
and handed over whole. Lengths come in page units of 1/96 inch and leave in EMU.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from ocgdesk.domain.charts import Point
from ocgdesk.reports import drawing_lines, palette
from ocgdesk.reports.drawing_parts import DASHES, ORIGIN, Area, Dash, Ink, Line, Shape, TextRun
from ocgdesk.reports.drawing_paths import Path, flattened
from ocgdesk.reports.office_files import FONT, MONO, legal

EMU: Final = 9525
"""English metric units to one page unit."""
POINTS: Final = 0.75
_POINT: Final = 12_700
SPACES: Final = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_ALIGNED: Final = {"start": "l", "middle": "ctr", "end": "r"}


@dataclass(frozen=True, slots=True)
class Written:
    """One shape, or a group of them, and the room it takes on the slide in EMU."""

    xml: str
    box: tuple[int, int, int, int]
    """Left, top, right, bottom."""


@dataclass(slots=True)
class Sites:
    """Where lines are glued to one shape: each at the very point where it meets the item."""

    number: int
    """The number of the shape on its slide."""
    points: list[tuple[int, int]] = field(default_factory=list)

    def at(self, point: tuple[int, int]) -> int:
        """Return the number of a new site at this point of the slide."""
        self.points.append(point)
        return len(self.points) - 1


@dataclass(slots=True)
class Pen:
    """Writes parts of one drawing at its place on the slide, and counts the shapes."""

    scale: float = 1.0
    """Page units to one chart unit."""
    at: Point = ORIGIN
    next_number: int = 2

    def number(self) -> int:
        """Return the number of one more shape."""
        self.next_number += 1
        return self.next_number - 1

    def point(self, x: float, y: float) -> tuple[int, int]:
        """Return a point of the drawing in EMU of the slide."""
        across, down = self.at.x + x * self.scale, self.at.y + y * self.scale
        return round(across * EMU), round(down * EMU)

    def shape(
        self,
        shape: Shape,
        moved: Point = ORIGIN,
        *,
        name: str = "",
        words: str = "",
        sites: Sites | None = None,
    ) -> Written:
        """Write an outline; ``sites`` are where lines are glued to it."""
        box = self._room(shape.path, moved)
        number = sites.number if sites else self.number()
        geometry = self._outline(shape, moved, box, sites.points if sites else ())
        fill = _filled(shape.fill) if shape.fill else "<a:noFill/>"
        edge = _edge(shape.edge, shape.width * self.scale)
        xml = (
            f"<p:sp><p:nvSpPr>{_called(number, name or 'Shape', words)}<p:cNvSpPr/><p:nvPr/>"
            f"</p:nvSpPr><p:spPr>{_placed(box)}{geometry}{fill}{edge}</p:spPr></p:sp>"
        )
        return Written(xml, box)

    def text(self, run: TextRun, *, name: str = "", ground: Ink | None = None) -> Written:
        """Write lines of text in a box of their own, on a ground where one is given."""
        left, top = self.point(run.box.x, run.box.y)
        right, bottom = self.point(run.box.right, run.box.bottom)
        box = (left, top, right, bottom)
        fill = _filled(ground) if ground else "<a:noFill/>"
        size = max(100, round(run.size * self.scale * POINTS * 100))
        apart = max(100, round(run.leading * self.scale * POINTS * 100))
        lines = "".join(_paragraph(line, run, size, apart) for line in run.lines)
        xml = (
            f"<p:sp><p:nvSpPr>{_called(self.number(), name or 'Text', '')}"
            f'<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>{_placed(box)}'
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}</p:spPr><p:txBody>'
            '<a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr">'
            f"<a:noAutofit/></a:bodyPr><a:lstStyle/>{lines}</p:txBody></p:sp>"
        )
        return Written(xml, box)

    def line(
        self,
        line: Line,
        *,
        name: str = "",
        words: str = "",
        begin: Sites | None = None,
        end: Sites | None = None,
    ) -> Written:
        """Write a straight line as a connector, glued to what it joins."""
        one = self.point(line.points[0].x, line.points[0].y)
        two = self.point(line.points[-1].x, line.points[-1].y)
        box = (min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1]))
        glue = _glued("stCxn", begin, one) + _glued("endCxn", end, two)
        flips = (' flipH="1"' if two[0] < one[0] else "") + (
            ' flipV="1"' if two[1] < one[1] else ""
        )
        xml = (
            f"<p:cxnSp><p:nvCxnSpPr>{_called(self.number(), name or 'Line', words)}"
            f"<p:cNvCxnSpPr>{glue}</p:cNvCxnSpPr><p:nvPr/></p:nvCxnSpPr><p:spPr>"
            f'{_placed(box, flips)}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
            f"{_stroke(line, self.scale)}</p:spPr></p:cxnSp>"
        )
        return Written(xml, box)

    def loop(self, line: Line, *, name: str = "") -> list[Written]:
        """Write a line that runs from an item to itself: a curve, and its head."""
        first, *rest = line.points
        numbers = tuple(value for point in rest for value in (point.x, point.y))
        path: Path = (("M", (first.x, first.y)), ("C", numbers))
        made = [self.shape(Shape(path=path, edge=line.ink, width=line.width), name=name)]
        if line.arrow:
            tip, left, right = drawing_lines.head(line)
            head: Path = (("M", tip), ("L", left), ("L", right), ("Z", ()))
            made.append(self.shape(Shape(path=head, fill=line.ink), name=name))
        return made

    def group(self, parts: Sequence[Written], *, name: str, words: str = "") -> Written:
        """Write parts that are moved and named as one."""
        box = joined([part.box for part in parts])
        left, top, right, bottom = box
        size = f'cx="{right - left}" cy="{bottom - top}"'
        xml = (
            f"<p:grpSp><p:nvGrpSpPr>{_called(self.number(), name, words)}<p:cNvGrpSpPr/><p:nvPr/>"
            f'</p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext {size}/>'
            f'<a:chOff x="{left}" y="{top}"/><a:chExt {size}/></a:xfrm></p:grpSpPr>'
            f"{''.join(part.xml for part in parts)}</p:grpSp>"
        )
        return Written(xml, box)

    def _room(self, path: Path, moved: Point) -> tuple[int, int, int, int]:
        points = [self.point(x + moved.x, y + moved.y) for run in flattened(path) for x, y in run]
        xs, ys = [x for x, _y in points], [y for _x, y in points]
        return min(xs), min(ys), max(xs), max(ys)

    def _outline(
        self,
        shape: Shape,
        moved: Point,
        box: tuple[int, int, int, int],
        sites: Sequence[tuple[int, int]],
    ) -> str:
        wide, high = max(1, box[2] - box[0]), max(1, box[3] - box[1])
        steps = "".join(
            self._step(letter, numbers, moved, (box[0], box[1])) for letter, numbers in shape.path
        )
        open_ = "" if shape.fill else ' fill="none"'
        guides, glue = _sites(sites, (box[0], box[1]), wide, high)
        return (
            f"<a:custGeom><a:avLst/>{guides}<a:ahLst/>{glue}"
            f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="{wide}" h="{high}"{open_}>'
            f"{steps}</a:path></a:pathLst></a:custGeom>"
        )

    def _step(
        self, letter: str, numbers: tuple[float, ...], moved: Point, corner: tuple[int, int]
    ) -> str:
        if letter == "Z":
            return "<a:close/>"
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        points = [self.point(x + moved.x, y + moved.y) for x, y in pairs]
        inside = "".join(f'<a:pt x="{x - corner[0]}" y="{y - corner[1]}"/>' for x, y in points)
        tag = {"M": "moveTo", "L": "lnTo", "C": "cubicBezTo"}[letter]
        return f"<a:{tag}>{inside}</a:{tag}>"


def joined(boxes: Sequence[tuple[int, int, int, int]]) -> tuple[int, int, int, int]:
    """Return the smallest box round all of these."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def area_of(area: Area, pen: Pen) -> tuple[int, int, int, int]:
    """Return a box of the drawing in EMU of the slide."""
    return (*pen.point(area.x, area.y), *pen.point(area.right, area.bottom))


def backdrop(number: int, box: tuple[int, int, int, int], *, name: str, words: str) -> str:
    """Write the empty box behind a chart that says in words what the chart shows."""
    return (
        f"<p:sp><p:nvSpPr>{_called(number, name, words)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>"
        f'{_placed(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


def _called(number: int, name: str, words: str) -> str:
    told = f" descr={quoteattr(legal(words))}" if words else ""
    return f'<p:cNvPr id="{number}" name={quoteattr(legal(name)[:120])}{told}/>'


def _placed(box: tuple[int, int, int, int], flips: str = "") -> str:
    left, top, right, bottom = box
    return (
        f'<a:xfrm{flips}><a:off x="{left}" y="{top}"/>'
        f'<a:ext cx="{right - left}" cy="{bottom - top}"/></a:xfrm>'
    )


def _sites(
    points: Sequence[tuple[int, int]], corner: tuple[int, int], wide: int, high: int
) -> tuple[str, str]:
    """Return the guides that keep sites in their places when the shape grows, and the sites."""
    guides = "".join(
        f'<a:gd name="x{at}" fmla="*/ w {x - corner[0]} {wide}"/>'
        f'<a:gd name="y{at}" fmla="*/ h {y - corner[1]} {high}"/>'
        for at, (x, y) in enumerate(points)
    )
    glue = "".join(
        f'<a:cxn ang="0"><a:pos x="x{at}" y="y{at}"/></a:cxn>' for at in range(len(points))
    )
    return f"<a:gdLst>{guides}</a:gdLst>", f"<a:cxnLst>{glue}</a:cxnLst>"


def _glued(tag: str, sites: Sites | None, point: tuple[int, int]) -> str:
    return f'<a:{tag} id="{sites.number}" idx="{sites.at(point)}"/>' if sites else ""


def _filled(ink: Ink) -> str:
    red, green, blue, opacity = palette.load("light").rgba(ink)
    colour = "".join(f"{round(part * 255):02X}" for part in (red, green, blue))
    alpha = f'<a:alpha val="{round(opacity * 100_000)}"/>' if opacity < 1 else ""
    return f'<a:solidFill><a:srgbClr val="{colour}">{alpha}</a:srgbClr></a:solidFill>'


def _edge(ink: Ink | None, width: float) -> str:
    if ink is None:
        return "<a:ln><a:noFill/></a:ln>"
    return f'<a:ln w="{round(width * EMU)}" cap="rnd">{_filled(ink)}<a:round/></a:ln>'


def _stroke(line: Line, scale: float) -> str:
    pattern = [round(part / line.width * 100_000) for part in DASHES[line.dash]]
    pairs = zip(pattern[::2], pattern[1::2], strict=True)
    dashes = "".join(f'<a:ds d="{max(1000, d)}" sp="{sp}"/>' for d, sp in pairs)
    broken = f"<a:custDash>{dashes}</a:custDash>" if dashes else ""
    width = round(line.width * scale * EMU)
    large = "med" if width >= _POINT else "sm"  # no office suite draws a head below its own least
    head = f'<a:tailEnd type="triangle" w="{large}" len="{large}"/>' if line.arrow else ""
    cap = "rnd" if line.dash is Dash.DOTTED else "flat"
    return f'<a:ln w="{width}" cap="{cap}">{_filled(line.ink)}{broken}<a:round/>{head}</a:ln>'


def _paragraph(line: str, run: TextRun, size: int, apart: int) -> str:
    bold = ' b="1"' if run.face in {"semibold", "mono-medium"} else ""
    font = MONO if run.face.startswith("mono") else FONT
    faces = "".join(f'<a:{script} typeface="{font}"/>' for script in ("latin", "cs"))
    return (
        f'<a:p><a:pPr algn="{_ALIGNED[run.anchor]}"><a:lnSpc><a:spcPts val="{apart}"/></a:lnSpc>'
        f'</a:pPr><a:r><a:rPr lang="en-GB" sz="{size}"{bold}>{_filled(run.ink)}{faces}</a:rPr>'
        f"<a:t>{escape(legal(line))}</a:t></a:r></a:p>"
    )
