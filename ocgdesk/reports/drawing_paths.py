"""Outlines as values: straight and cubic segments, the shapes nodes are made of, and their sizes.

A path is a tuple of segments, each a letter and numbers: ``M x y``, ``L x y``,
``C x1 y1 x2 y2 x y`` and ``Z``, absolute, y downwards. Every painter can show that much.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from math import atan2, cos, hypot, pi, sin, tau
from typing import Final

Segment = tuple[str, tuple[float, ...]]
Path = tuple[Segment, ...]
Pair = tuple[float, float]

KAPPA: Final = 0.5522847498
"""Where the handles of a cubic lie that follows a quarter of a circle."""
STEPS: Final = 10
"""Straight pieces that stand for one cubic when a path is measured."""
SECTORS: Final = 72
"""Directions in which the reach of a silhouette is tabulated: one every 5 degrees."""


def ellipse(cx: float, cy: float, rx: float, ry: float) -> Path:
    """Return an ellipse round a centre."""
    kx, ky = rx * KAPPA, ry * KAPPA
    return (
        ("M", (cx + rx, cy)),
        ("C", (cx + rx, cy + ky, cx + kx, cy + ry, cx, cy + ry)),
        ("C", (cx - kx, cy + ry, cx - rx, cy + ky, cx - rx, cy)),
        ("C", (cx - rx, cy - ky, cx - kx, cy - ry, cx, cy - ry)),
        ("C", (cx + kx, cy - ry, cx + rx, cy - ky, cx + rx, cy)),
        ("Z", ()),
    )


def circle(radius: float) -> Path:
    """Return a circle round the origin."""
    return ellipse(0.0, 0.0, radius, radius)


def run(points: Sequence[Pair]) -> Path:
    """Return a line through these points, left open."""
    return (("M", points[0]), *(("L", point) for point in points[1:]))


def dashed_ring(radius: float, dashes: int) -> Path:
    """Return so many arcs of a circle round the origin, as long as the gaps between them."""
    turn, steps = pi / dashes, 4
    return tuple(
        segment
        for dash in range(dashes)
        for segment in run(
            [
                (radius * cos(at), radius * sin(at))
                for at in (2 * dash * turn + turn * step / steps for step in range(steps + 1))
            ]
        )
    )


def _toward(start: Pair, end: Pair, by: float) -> Pair:
    """Return the point ``by`` along the way from start to end, at most half-way."""
    length = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    share = min(by / length, 0.5)
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def polygon(corners: Sequence[Pair], radius: float = 0.0) -> Path:
    """Return a closed outline through these corners, each rounded by ``radius``."""
    if radius <= 0:
        steps: list[Segment] = [("L", corner) for corner in corners]
        return (("M", steps[0][1]), *steps[1:], ("Z", ()))
    made: list[Segment] = []
    for at, corner in enumerate(corners):
        into = _toward(corner, corners[at - 1], radius)
        out = _toward(corner, corners[(at + 1) % len(corners)], radius)
        one = (into[0] + (corner[0] - into[0]) * KAPPA, into[1] + (corner[1] - into[1]) * KAPPA)
        two = (out[0] + (corner[0] - out[0]) * KAPPA, out[1] + (corner[1] - out[1]) * KAPPA)
        made.append(("M" if at == 0 else "L", into))
        made.append(("C", (*one, *two, *out)))
    return (*made, ("Z", ()))


def rectangle(x: float, y: float, width: float, height: float, radius: float = 0.0) -> Path:
    """Return a box with its upper left corner at x, y and rounded corners."""
    corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
    return polygon(corners, min(radius, width / 2, height / 2))


def box(width: float, height: float, radius: float = 0.0) -> Path:
    """Return a box round the origin."""
    return rectangle(-width / 2, -height / 2, width, height, radius)


def octagon(width: float) -> Path:
    """Return a regular octagon of this width round the origin, flat on top."""
    radius = width / 2 / cos(pi / 8)
    turns = [(at + 0.5) * tau / 8 for at in range(8)]
    return polygon([(radius * cos(turn), radius * sin(turn)) for turn in turns], radius * 0.08)


def pin(radius: float, tip: float) -> Path:
    """Return a map pin: a round head about the origin, its tip ``tip`` below."""
    side, shoulder = radius * 0.94, radius * 0.34
    k = radius * KAPPA
    return (
        ("M", (0.0, tip)),
        ("C", (-radius * 0.28, tip * 0.76, -side, radius * 0.82, -side, shoulder)),
        ("C", (-radius * 1.06, shoulder * 0.6, -radius, -k * 0.3, -radius, -k * 0.2)),
        ("C", (-radius, -k * 0.9, -k, -radius, 0.0, -radius)),
        ("C", (k, -radius, radius, -k * 0.9, radius, -k * 0.2)),
        ("C", (radius, -k * 0.3, radius * 1.06, shoulder * 0.6, side, shoulder)),
        ("C", (side, radius * 0.82, radius * 0.28, tip * 0.76, 0.0, tip)),
        ("Z", ()),
    )


def moved(path: Path, dx: float, dy: float, scale: float = 1.0) -> Path:
    """Return the path enlarged about the origin, then moved."""
    return tuple([(letter, _moved(numbers, dx, dy, scale)) for letter, numbers in path])


def _moved(numbers: Sequence[float], dx: float, dy: float, scale: float) -> tuple[float, ...]:
    """Move points that stand as x, y, x, y; thousands of icons on one picture come through here."""
    xs, ys = iter(numbers[::2]), numbers[1::2]
    return tuple([value for y in ys for value in (next(xs) * scale + dx, y * scale + dy)])


def cubic_at(points: Sequence[float], start: Pair, share: float) -> Pair:
    """Return the point at this share (0 to 1) of a cubic from ``start``."""
    x1, y1, x2, y2, x, y = points
    a, b = (1 - share) ** 3, 3 * (1 - share) ** 2 * share
    c, d = 3 * (1 - share) * share**2, share**3
    return a * start[0] + b * x1 + c * x2 + d * x, a * start[1] + b * y1 + c * y2 + d * y


def flattened(path: Path) -> list[list[Pair]]:
    """Return the path as straight runs, one for each part that was begun with M."""
    runs: list[list[Pair]] = []
    for letter, numbers in path:
        if letter == "M":
            runs.append([(numbers[0], numbers[1])])
        elif letter == "L":
            runs[-1].append((numbers[0], numbers[1]))
        elif letter == "C":
            start = runs[-1][-1]
            shares = (step / STEPS for step in range(1, STEPS + 1))
            runs[-1].extend(cubic_at(numbers, start, share) for share in shares)
        else:
            runs[-1].append(runs[-1][0])
    return runs


def bounds(paths: Iterable[Path]) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of all these paths together."""
    points = [point for path in paths for run in flattened(path) for point in run]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _crossing(one: Pair, two: Pair, cosine: float, sine: float) -> float:
    """Return how far along a ray from the origin it meets an edge; 0 where it does not."""
    dx, dy = two[0] - one[0], two[1] - one[1]
    across = cosine * dy - sine * dx
    if abs(across) < 1e-9:
        return 0.0
    along = (one[0] * dy - one[1] * dx) / across
    share = (one[0] * sine - one[1] * cosine) / across
    return along if along > 0 and -1e-9 <= share <= 1 + 1e-9 else 0.0


@cache
def reaches(path: Path) -> tuple[float, ...]:
    """Return how far an outline reaches from the origin in each of ``SECTORS`` directions."""
    run = flattened(path)[0]
    edges = list(zip(run, run[1:] + run[:1], strict=True))
    turns = (at * tau / SECTORS for at in range(SECTORS))
    return tuple(
        max(_crossing(one, two, cos(turn), sin(turn)) for one, two in edges) for turn in turns
    )


def reach(table: Sequence[float], dx: float, dy: float) -> float:
    """Look up how far an outline reaches in the direction of (dx, dy)."""
    place = (atan2(dy, dx) % tau) / tau * SECTORS
    before = int(place) % SECTORS
    share = place - int(place)
    return table[before] * (1 - share) + table[(before + 1) % SECTORS] * share


def holds(run: Sequence[Pair], x: float, y: float) -> bool:
    """Tell whether a closed straight-sided outline has this point inside."""
    inside = False
    for at, (x1, y1) in enumerate(run):
        x2, y2 = run[at - 1]
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside
