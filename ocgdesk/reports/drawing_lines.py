"""Ties as lines: from silhouette to silhouette, fanned where several join the same two items."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import hypot, sqrt
from typing import Final
from uuid import UUID

from ocgdesk.domain.charts import Point, Tie
from ocgdesk.domain.links import Strength
from ocgdesk.reports import drawing_paths, fonts
from ocgdesk.reports.drawing_labels import Taken
from ocgdesk.reports.drawing_parts import DASH_OF, Area, Dash, Ink, Line, Look, TextRun
from ocgdesk.reports.drawing_steps import Steps, each, finished

WIDTH: Final = 1.5
MULTIPLE: Final = 2.7
FAN: Final = 6.0
"""Between parallel ties."""
GAP: Final = 3.0
"""Between a silhouette and a line's end."""
LABEL_SIZE: Final = 11.0
LABEL_ROOM: Final = 150.0
HEAD: Final = 9.0
"""Length of an arrow's head; its half-width is 0.4 of it."""
PLACES: Final = (0.5, 0.38, 0.62, 0.27, 0.73)
"""Where along a line its label may stand, best first."""
LABEL_ZOOM: Final = 0.6
FIRMNESS: Final = {strength: strength.rank for strength in Strength}


Route = tuple[Point, ...]
"""Where a tie runs: two ends, or the four points of a cubic."""


@dataclass(frozen=True, slots=True)
class End:
    """Where a tie may end: a silhouette in its place."""

    at: Point
    look: Look


def _offsets(ties: Sequence[Tie]) -> Iterator[tuple[Tie, float]]:
    """Yield each tie with its place across the pair, from -(n-1)/2 to (n-1)/2."""
    pairs: defaultdict[tuple[UUID, UUID], list[Tie]] = defaultdict(list)
    for tie in ties:
        one, two = tie.source, tie.target
        pairs[(one, two) if one.int <= two.int else (two, one)].append(tie)
    for pair, among in pairs.items():
        for at, tie in enumerate(among):
            offset = at - (len(among) - 1) / 2
            # Both directions share one fan: what runs the other way is counted from that side.
            yield tie, offset if tie.source == pair[0] else -offset


def _clear(end: End, dx: float, dy: float, shift: float) -> float:
    """Return how far from an item's middle a line begins that passes ``shift`` beside it."""
    reach = drawing_paths.reach(end.look.reaches, dx, dy) + 1
    return sqrt(max(reach * reach - shift * shift, 0.0)) + GAP


def _straight(source: End, target: End, offset: float) -> Route:
    """Return where a tie begins and ends, ``offset`` places beside the middle line."""
    dx, dy = target.at.x - source.at.x, target.at.y - source.at.y
    length = hypot(dx, dy) or 1.0
    ux, uy = dx / length, dy / length
    most = 0.8 * min(source.look.inner, target.look.inner)
    shift = max(-most, min(most, offset * FAN))
    sx, sy = -uy * shift, ux * shift
    begin, end = _clear(source, dx, dy, shift), _clear(target, -dx, -dy, shift)
    if begin + end > length - 2:
        begin, end = 0.0, 0.0
    return (
        Point(source.at.x + ux * begin + sx, source.at.y + uy * begin + sy),
        Point(target.at.x - ux * end + sx, target.at.y - uy * end + sy),
    )


def _loop(item: End, offset: float) -> Route:
    """Return the cubic of a tie that joins an item to itself, above it."""
    top = item.at.y + item.look.area.y
    out = 26.0 + abs(offset) * 12
    x = item.at.x
    return (
        Point(x - 7, top - 1),
        Point(x - out, top - out * 1.5),
        Point(x + out, top - out * 1.5),
        Point(x + 7, top - 1),
    )


def words(tie: Tie) -> str:
    """Return what is written on a tie: its label, how many links it stands for, a rule's mark."""
    # What was worked out says in its label already what it is made of.
    count = f"×{tie.count}" if tie.count > 1 and (tie.type or not tie.beneath) else ""
    return " ".join(part for part in (tie.label, count, tie.mark and f"[{tie.mark}]") if part)


@lru_cache(maxsize=5_000)
def _shown(text: str) -> str:
    (line,) = fonts.broken(text, "regular", LABEL_SIZE, LABEL_ROOM, 1) or ("",)
    return line


def rank(tie: Tie) -> int:
    """Return how long a tie's label holds its place: firmer and more often stated holds longer."""
    return FIRMNESS[tie.strength] * 10 + min(tie.count, 9)


def label(tie: Tie, box: Area) -> TextRun:
    """Return a tie's label in a box that ``label_box`` found."""
    return TextRun(
        lines=(_shown(words(tie)),),
        x=box.centre.x,
        y=box.centre.y + LABEL_SIZE * 0.34,
        leading=LABEL_SIZE * fonts.LEADING,
        face="regular",
        size=LABEL_SIZE,
        ink=Ink("text.2"),
        box=box,
        owner=tie.id,
        min_zoom=LABEL_ZOOM,
        rank=rank(tie),
    )


def along(points: Route, share: float) -> tuple[float, float]:
    """Return the point at this share of a line, straight or curved."""
    first = (points[0].x, points[0].y)
    if len(points) == 2:
        x, y = points[1].x, points[1].y
        return first[0] + (x - first[0]) * share, first[1] + (y - first[1]) * share
    rest = [value for point in points[1:] for value in (point.x, point.y)]
    return drawing_paths.cubic_at(rest, first, share)


@lru_cache(maxsize=5_000)
def _wide(text: str) -> float:
    return fonts.width(_shown(text), "regular", LABEL_SIZE) + 8


def label_box(route: Route, tie: Tie, taken: Taken) -> Area | None:
    """Return the best free place of a tie's label; none where it has no label or no room."""
    text = words(tie)
    if not text:
        return None
    half = _wide(text) / 2
    ends = route[0], route[-1]
    length = hypot(ends[1].x - ends[0].x, ends[1].y - ends[0].y)
    if len(route) == 2 and length < LABEL_SIZE * 2:
        return None
    for share in PLACES:
        x, y = along(route, share)
        if taken.has_room(x - half, y - 7.5, x + half, y + 7.5):
            return Area(x - half, y - 7.5, 2 * half, 15.0)
    return None


def routes(ties: Iterable[Tie], ends: Mapping[UUID, End]) -> list[tuple[Tie, Route]]:
    """Return where each tie runs whose both ends are drawn."""
    return finished(routes_in_steps(ties, ends))


def routes_in_steps(
    ties: Iterable[Tie], ends: Mapping[UUID, End]
) -> Steps[list[tuple[Tie, Route]]]:
    """Find what ``routes`` returns, pausing now and then."""
    drawn = [tie for tie in ties if tie.source in ends and tie.target in ends]

    def run(pair: tuple[Tie, float]) -> tuple[Tie, Route]:
        tie, offset = pair
        return tie, _route(tie, ends, offset)

    return (yield from each(_offsets(drawn), run))


def _route(tie: Tie, ends: Mapping[UUID, End], offset: float) -> Route:
    source, target = ends[tie.source], ends[tie.target]
    if tie.source == tie.target:
        return _loop(source, offset)
    return _straight(source, target, offset)


def line(tie: Tie, route: Route, text: TextRun | None = None) -> Line:
    """Return a tie as drawn along its route."""
    return Line(
        points=route,
        dash=Dash.SKETCHED if tie.sketch else DASH_OF[tie.strength],
        width=MULTIPLE if tie.count > 1 or tie.wide else WIDTH,
        ink=Ink(tie.tone or "text.3"),
        arrow=tie.directed,
        owner=tie.id,
        ends=(tie.source, tie.target),
        label=text,
    )


def head(line: Line) -> tuple[tuple[float, float], tuple[float, float], tuple[float, float]]:
    """Return tip and two barbs of a line's arrow."""
    tip, before = line.points[-1], line.points[-2]
    dx, dy = tip.x - before.x, tip.y - before.y
    length = hypot(dx, dy) or 1.0
    ux, uy = dx / length, dy / length
    long = HEAD + line.width - WIDTH
    bx, by = tip.x - ux * long, tip.y - uy * long
    side = long * 0.4
    return (tip.x, tip.y), (bx - uy * side, by + ux * side), (bx + uy * side, by - ux * side)


def shaft(line: Line) -> tuple[Point, ...]:
    """Return the line without what its arrow's head covers."""
    if not line.arrow or len(line.points) != 2:
        return line.points
    tip, one, two = head(line)
    foot = Point((one[0] + two[0]) / 2, (one[1] + two[1]) / 2)
    # A little into the head, so that no gap shows between the two.
    return line.points[0], Point(foot.x + (tip[0] - foot.x) * 0.3, foot.y + (tip[1] - foot.y) * 0.3)
