"""Icons as outlines: the SVG of an icon read into straight and cubic segments.

Only what icon sets on a 24 grid use is read: path, rect, circle, ellipse, line, polyline and
polygon; in paths every command, relative and absolute.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from math import acos, ceil, copysign, cos, hypot, pi, radians, sin, sqrt, tan
from typing import Final
from xml.etree import ElementTree as ET

from ocgdesk.domain import icons
from ocgdesk.reports.drawing_paths import Pair, Path, Segment, ellipse, rectangle

BOX: Final = 24.0
"""Icons are drawn in a square of this side."""

_PIECES: Final = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][-+]?\d+)?")
_COUNTS: Final = dict(zip("MLHVCSQTAZ", (2, 2, 1, 1, 6, 4, 4, 2, 7, 0), strict=True))


def _arc_centre(
    start: Pair, end: Pair, rx: float, ry: float, *, large: bool, sweep: bool
) -> tuple[float, float, float, float, float, float]:
    """Return centre, radii, first angle and turn of an unrotated arc (SVG 1.1, F.6.5)."""
    hx, hy = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    grow = sqrt(max(1.0, (hx / rx) ** 2 + (hy / ry) ** 2))
    rx, ry = rx * grow, ry * grow
    over = (rx * hy) ** 2 + (ry * hx) ** 2
    root = sqrt(max(0.0, (rx * ry) ** 2 / over - 1)) * (1 if large != sweep else -1)
    cx, cy = root * rx * hy / ry, -root * ry * hx / rx
    ux, uy, vx, vy = (hx - cx) / rx, (hy - cy) / ry, (-hx - cx) / rx, (-hy - cy) / ry
    first = copysign(acos(max(-1.0, min(1.0, ux / hypot(ux, uy)))), uy)
    cosine = (ux * vx + uy * vy) / (hypot(ux, uy) * hypot(vx, vy))
    turn = copysign(acos(max(-1.0, min(1.0, cosine))), ux * vy - uy * vx)
    if sweep != (turn > 0):
        turn += 2 * pi if sweep else -2 * pi
    return cx + (start[0] + end[0]) / 2, cy + (start[1] + end[1]) / 2, rx, ry, first, turn


def _arc(start: Pair, numbers: tuple[float, ...], end: Pair) -> Iterator[Segment]:
    """Yield the cubics of an arc, each at most a quarter turn."""
    rx, ry, tilt = abs(numbers[0]), abs(numbers[1]), radians(numbers[2])
    if not rx or not ry or start == end:
        yield "L", end
        return
    c, s = cos(tilt), sin(tilt)

    def level(point: Pair) -> Pair:
        return point[0] * c + point[1] * s, point[1] * c - point[0] * s

    def tilted(x: float, y: float) -> Pair:
        return x * c - y * s, x * s + y * c

    cx, cy, rx, ry, first, turn = _arc_centre(
        level(start), level(end), rx, ry, large=bool(numbers[3]), sweep=bool(numbers[4])
    )
    pieces = max(1, ceil(abs(turn) / (pi / 2) - 1e-6))
    step = turn / pieces
    handle = 4 / 3 * tan(step / 4)
    for at in range(pieces):
        a, b = first + at * step, first + (at + 1) * step
        one = tilted(cx + rx * (cos(a) - handle * sin(a)), cy + ry * (sin(a) + handle * cos(a)))
        two = tilted(cx + rx * (cos(b) + handle * sin(b)), cy + ry * (sin(b) - handle * cos(b)))
        last = end if at == pieces - 1 else tilted(cx + rx * cos(b), cy + ry * sin(b))
        yield "C", (*one, *two, *last)


class _Pen:
    """Where the pen is while a path is read, and what it has drawn."""

    def __init__(self) -> None:
        self.drawn: list[Segment] = []
        self.at: Pair = (0.0, 0.0)
        self.begun: Pair = (0.0, 0.0)
        self.handle: Pair | None = None
        self.curve = ""

    def do(self, command: str, numbers: tuple[float, ...]) -> None:
        """Carry out one command with its numbers."""
        upper = command.upper()
        there = self._absolute(upper, numbers) if command.islower() else numbers
        handle, curve = self._draw(upper, there)
        self.handle, self.curve = handle, curve

    def _absolute(self, upper: str, numbers: tuple[float, ...]) -> tuple[float, ...]:
        x, y = self.at
        if upper == "A":
            return (*numbers[:5], numbers[5] + x, numbers[6] + y)
        if upper in "HV":
            return (numbers[0] + (x if upper == "H" else y),)
        return tuple(value + (y if at % 2 else x) for at, value in enumerate(numbers))

    def _draw(self, upper: str, numbers: tuple[float, ...]) -> tuple[Pair | None, str]:
        steps: dict[str, Callable[[tuple[float, ...]], Pair | None]] = {
            "M": self._move, "L": self._line, "H": self._level, "V": self._upright,
            "C": self._cubic, "S": self._cubic, "Q": self._square, "T": self._square,
            "A": self._bow, "Z": self._close,
        }  # fmt: skip
        curve = "C" if upper in "CS" else "Q" if upper in "QT" else ""
        if upper in "ST":
            numbers = (*self._mirrored(curve), *numbers)
        return steps[upper](numbers), curve

    def _mirrored(self, curve: str) -> Pair:
        if self.handle is None or self.curve != curve:
            return self.at
        return 2 * self.at[0] - self.handle[0], 2 * self.at[1] - self.handle[1]

    def _move(self, numbers: tuple[float, ...]) -> None:
        self.at = self.begun = (numbers[0], numbers[1])
        self.drawn.append(("M", self.at))

    def _line(self, numbers: tuple[float, ...]) -> None:
        self.at = (numbers[0], numbers[1])
        self.drawn.append(("L", self.at))

    def _level(self, numbers: tuple[float, ...]) -> None:
        self._line((numbers[0], self.at[1]))

    def _upright(self, numbers: tuple[float, ...]) -> None:
        self._line((self.at[0], numbers[0]))

    def _cubic(self, numbers: tuple[float, ...]) -> Pair:
        self.drawn.append(("C", numbers))
        self.at = (numbers[4], numbers[5])
        return numbers[2], numbers[3]

    def _square(self, numbers: tuple[float, ...]) -> Pair:
        (x0, y0), (x1, y1, x, y) = self.at, numbers
        one = x0 + (x1 - x0) * 2 / 3, y0 + (y1 - y0) * 2 / 3
        two = x + (x1 - x) * 2 / 3, y + (y1 - y) * 2 / 3
        self._cubic((*one, *two, x, y))
        return x1, y1

    def _bow(self, numbers: tuple[float, ...]) -> None:
        end = (numbers[5], numbers[6])
        self.drawn.extend(_arc(self.at, numbers[:5], end))
        self.at = end

    def _close(self, _numbers: tuple[float, ...]) -> None:
        self.drawn.append(("Z", ()))
        self.at = self.begun


_NUMBER: Final = r"[-+]?(?:\d+\.?\d*|\.\d+)"
_ARC: Final = re.compile(
    rf"((?:{_NUMBER}[\s,]*){{3}})([01])[\s,]*([01])[\s,]*({_NUMBER}[\s,]*{_NUMBER})"
)


def _flags_apart(data: str) -> str:
    """Return path data with the two flags of each arc set apart (``a1 1 0 01.5 2`` is legal)."""
    return "".join(
        _ARC.sub(r"\1 \2 \3 \4 ", part) if part[:1] in {"a", "A"} else part
        for part in re.split(r"(?=[A-Za-z])", data)
    )


def parsed(data: str) -> Path:
    """Read the ``d`` of an SVG path; raises ValueError where it is not one."""
    pieces = _PIECES.findall(_flags_apart(data))
    pen, at, command = _Pen(), 0, ""
    while at < len(pieces):
        if pieces[at].isalpha():
            command, at = pieces[at], at + 1
        elif not command:
            raise ValueError("a path begins with a command")
        count = _COUNTS[command.upper()]
        pen.do(command, tuple(float(piece) for piece in pieces[at : at + count]))
        at += count
        command = {"M": "L", "m": "l", "Z": "", "z": ""}.get(command, command)
    return tuple(pen.drawn)


def _numbers(element: ET.Element, *names: str) -> tuple[float, ...]:
    return tuple(float(element.get(name, "0")) for name in names)


def _rounded(element: ET.Element) -> Path:
    x, y, wide, high, rx, ry = _numbers(element, "x", "y", "width", "height", "rx", "ry")
    return rectangle(x, y, wide, high, rx or ry)


def _oval(element: ET.Element) -> Path:
    cx, cy, r, rx, ry = _numbers(element, "cx", "cy", "r", "rx", "ry")
    return ellipse(cx, cy, rx or r, ry or r)


def _stroke(element: ET.Element) -> Path:
    x1, y1, x2, y2 = _numbers(element, "x1", "y1", "x2", "y2")
    return ("M", (x1, y1)), ("L", (x2, y2))


_READERS: Final[dict[str, Callable[[ET.Element], Path]]] = {
    "path": lambda element: parsed(element.get("d", "")),
    "rect": _rounded,
    "circle": _oval,
    "ellipse": _oval,
    "line": _stroke,
    "polyline": lambda element: parsed(f"M{element.get('points', '')}"),
    "polygon": lambda element: parsed(f"M{element.get('points', '')}z"),
}


def _read(element: ET.Element) -> Path:
    reader = _READERS.get(element.tag.rpartition("}")[2])
    return reader(element) if reader else ()


@cache
def icon(meaning: str) -> tuple[Path, bool]:
    """Return the outline of a meaning in the 24 box, and whether it is filled, not stroked.

    Raises NotFound when nothing stands for that meaning.
    """
    top = ET.fromstring(icons.svg(meaning))  # noqa: S314 - drawings we ship
    path = tuple(segment for element in top.iter() for segment in _read(element))
    return path, top.get("fill", "none") != "none"
