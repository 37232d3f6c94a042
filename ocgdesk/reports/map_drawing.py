"""The map of county lines as painted: hubs, towns, and flows as wide as lines run along them.

Places lie where ``line_map.plane`` puts them, times a scale; text keeps its size at any scale.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Final

from ocgdesk.domain.charts import Point
from ocgdesk.domain.grounds import Ring
from ocgdesk.domain.line_map import Flow, LineMap, Spot, plane
from ocgdesk.i18n import _, ngettext
from ocgdesk.reports import map_room
from ocgdesk.reports import plate as plates
from ocgdesk.reports.drawing_labels import Taken
from ocgdesk.reports.drawing_parts import Area, Ink, Line, Shape, slab, veil
from ocgdesk.reports.drawing_paths import polygon
from ocgdesk.reports.map_room import Room
from ocgdesk.reports.plate import Plate, Sheet
from ocgdesk.reports.plate import Spot as Met

LEAST: Final = 90.0
"""Units of the plane a map shows at least: about a hundred kilometres."""
ROOM: Final = 0.16
"""Of what is shown, round the outermost places."""
WIDTH: Final = 1.6
WIDER: Final = 0.9
WIDEST: Final = 9.0
BEND: Final = 0.13
FAN: Final = 0.06
"""Between flows that join the same two places."""
HUB: Final = 8.5
TOWN: Final = 4.5
STEPS: Final = 14
INKS: Final = ("rule.1", "rule.5", "kind.county-line", "kind.organisation", "kind.commodity")
"""Of commodities, the most frequent first; further ones share the last."""
PLAIN: Final = "text.3"
MIXED: Final = "kind.county-line"
_COUNTED: Final = 2
MOST: Final = 400
"""Flows that are drawn, the widest of them: more hide one another."""

Pair = tuple[float, float]


def ink_of(found: LineMap, trade: str, *, mixed: bool = False) -> str:
    """Return the colour role of a commodity on this map, or of all of them together."""
    if mixed:
        return MIXED
    if not trade:
        return PLAIN
    trades = found.trades()
    at = trades.index(trade) if trade in trades else len(INKS)
    return INKS[min(at, len(INKS) - 1)]


def extent(flows: Iterable[Flow], also: Iterable[Spot] = ()) -> Area:
    """Return the part of the plane that shows these flows, or where there are none the others."""
    spots = [spot for flow in flows for spot in (flow.hub, flow.town)] or list(also)
    places = [plane(spot.lat, spot.lon) for spot in spots]
    if not places:
        return Area(200.0, 200.0, 4 * LEAST, 4 * LEAST)
    left, right = min(x for x, _y in places), max(x for x, _y in places)
    top, bottom = min(y for _x, y in places), max(y for _x, y in places)
    wide, high = max(right - left, LEAST), max(bottom - top, LEAST)
    middle = ((left + right) / 2, (top + bottom) / 2)
    wide, high = wide * (1 + 2 * ROOM), high * (1 + 2 * ROOM)
    return Area(middle[0] - wide / 2, middle[1] - high / 2, wide, high)


def shaped(area: Area, share: float) -> Area:
    """Return an area grown so that it is so many times wider than high."""
    wide, high = max(area.width, area.height * share), max(area.height, area.width / share)
    return Area(area.centre.x - wide / 2, area.centre.y - high / 2, wide, high)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The part of the plane that is drawn, and how large."""

    area: Area
    scale: float
    room: Room

    def at(self, spot: Spot) -> Pair:
        """Return where a place is painted."""
        x, y = plane(spot.lat, spot.lon)
        return x * self.scale, y * self.scale

    @property
    def seen(self) -> Area:
        """What is painted, in pixels."""
        area, scale = self.area, self.scale
        return Area(area.x * scale, area.y * scale, area.width * scale, area.height * scale)


def draw(
    found: LineMap,
    flows: Sequence[Flow],
    area: Area,
    scale: float,
    *,
    forces: Sequence[Spot] = (),
    ground: Sequence[Ring] = (),
    unit: float = 1.0,
    with_legend: bool = False,
) -> Plate:
    """Return the part of a map in an area of the plane, painted at a scale."""
    room = map_room.of(flows[:MOST], area, scale / unit)
    sheet, frame = Sheet(unit), _Frame(area, scale, room)
    sheet.parts += _ground(ground, frame)
    taken = Taken(120.0 * unit)
    beneath, flows = len(sheet.parts), flows[:MOST]
    for flow, curve in _curves(flows, frame):
        _flow(sheet, found, flow, curve, room)
    _places(sheet, frame, flows, taken)
    _counts(sheet, flows, taken)
    over, sheet.parts = sheet.parts[beneath:], sheet.parts[:beneath]
    _forces(sheet, frame, forces, taken)
    sheet.parts += over
    bounds = frame.seen
    if with_legend:
        bounds = _with_legend(sheet, found, flows, bounds)
    return sheet.plate(bounds, words_of(flows))


# ---- What it stands on ---------------------------------------------------------------------------


def _ground(rings: Iterable[Ring], frame: _Frame) -> Iterator[Shape]:
    """Yield outlines cut at the edges of what is shown: nothing lies outside a page."""
    for ring in rings:
        corners = _cut([plane(lat, lon) for lat, lon in ring], frame.area)
        if len(corners) > 2:
            path = polygon([(x * frame.scale, y * frame.scale) for x, y in corners])
            yield Shape(path=path, fill=Ink("sunken"), edge=Ink("line.2"), width=0.8)


def _cut(corners: list[Pair], area: Area) -> list[Pair]:
    """Return a ring cut by the four edges of an area (Sutherland and Hodgman, 1974)."""
    for axis, bound, sign in (
        (0, area.x, 1), (0, area.right, -1), (1, area.y, 1), (1, area.bottom, -1)
    ):  # fmt: skip
        made: list[Pair] = []
        for at, here in enumerate(corners):
            before = corners[at - 1]
            inside, was = ((p[axis] - bound) * sign >= 0 for p in (here, before))
            if inside != was:
                share = (bound - before[axis]) / (here[axis] - before[axis])
                across = (
                    before[0] + share * (here[0] - before[0]),
                    before[1] + share * (here[1] - before[1]),
                )
                made.append(across)
            if inside:
                made.append(here)
        corners = made
        if not corners:
            break
    return corners


def _forces(sheet: Sheet, frame: _Frame, forces: Iterable[Spot], taken: Taken) -> None:
    """Mark the middle of each force's area by its code, in grey, where nothing else stands."""
    seen, unit = frame.seen.grown(-16 * sheet.unit), sheet.unit
    for spot in forces:
        x, y = frame.at(spot)
        if seen.holds(Area(x, y, 0.0, 0.0)):
            at = (x, y + 12 * unit)
            run = sheet.run(spot.force, at, size=10, role="text.3", anchor="middle")
            if taken.is_free(run.box):
                taken.add(run.box)
                sheet.dot((x, y), 2.0 * unit, Ink("line.2"))
                sheet.parts.append(run)
                sheet.spots.append(Met(f"force:{spot.force}", run.box, spot.name))


# ---- Flows ---------------------------------------------------------------------------------------

Curve = tuple[Point, Point, Point, Point]


def _curves(flows: Iterable[Flow], frame: _Frame) -> Iterator[tuple[Flow, Curve]]:
    """Yield each flow with its curve, fanned where several join two places; widest first."""
    count: defaultdict[tuple[str, str], int] = defaultdict(int)
    for flow in flows:
        pair = flow.hub.key, flow.town.key
        yield flow, _curve(frame.at(flow.hub), frame.at(flow.town), BEND + FAN * count[pair])
        count[pair] += 1


def _curve(one: Pair, other: Pair, bend: float) -> Curve:
    dx, dy = other[0] - one[0], other[1] - one[1]
    if hypot(dx, dy) < 1.0:  # within one town: a loop above it
        reach = 34.0
        return (
            Point(one[0] - 6, one[1]), Point(one[0] - reach, one[1] - reach),
            Point(one[0] + reach, one[1] - reach), Point(one[0] + 6, one[1] - 5),
        )  # fmt: skip
    # Bent to one side, so that there and back are told apart; control points at a third each.
    off = (-dy * bend * 4 / 3, dx * bend * 4 / 3)
    end = _short(one, other, (off[0], off[1]))
    return (
        Point(*one),
        Point(one[0] + dx / 3 + off[0], one[1] + dy / 3 + off[1]),
        Point(one[0] + dx * 2 / 3 + off[0], one[1] + dy * 2 / 3 + off[1]),
        Point(*end),
    )


def _short(one: Pair, other: Pair, off: Pair) -> Pair:
    """Return where a curve ends: just outside the dot of its town."""
    back = (
        other[0] - (one[0] + (other[0] - one[0]) * 2 / 3 + off[0]),
        other[1] - (one[1] + (other[1] - one[1]) * 2 / 3 + off[1]),
    )
    long = hypot(*back) or 1.0
    gap = min(TOWN + 3.0, long / 2)
    return other[0] - back[0] / long * gap, other[1] - back[1] / long * gap


def width_of(count: int) -> float:
    """Return how wide a flow of so many lines is drawn."""
    return min(WIDEST, WIDTH + WIDER * (count - 1))


def _flow(sheet: Sheet, found: LineMap, flow: Flow, curve: Curve, room: Room) -> None:
    """Draw a flow. Of many it is thin and lets others through; it runs away from its ringed hub."""
    alpha = 0.85 if room.has_arrows else 0.6
    ink = Ink(ink_of(found, flow.trade, mixed=flow.mixed), alpha=alpha)
    width = width_of(flow.count) * room.flow * sheet.unit
    sheet.parts.append(Line(points=curve, width=width, ink=ink, arrow=room.has_arrows))
    way = tuple(_point(curve, at / STEPS) for at in range(STEPS + 1))
    xs, ys = [p.x for p in way], [p.y for p in way]
    box = Area(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
    sheet.spots.append(Met(key_of(flow), box, flow_words(found, flow), way))


def _point(curve: Curve, t: float) -> Point:
    a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
    one, two, three, four = curve
    return Point(
        a * one.x + b * two.x + c * three.x + d * four.x,
        a * one.y + b * two.y + c * three.y + d * four.y,
    )


def key_of(flow: Flow) -> str:
    """Return what tells a flow from every other."""
    return f"flow:{flow.hub.key}>{flow.town.key}>{flow.trade}"


# ---- Places --------------------------------------------------------------------------------------


def _places(sheet: Sheet, frame: _Frame, flows: Sequence[Flow], taken: Taken) -> None:
    """Mark hubs and towns, then name them: hubs first, then the busiest towns."""
    hubs, towns = Counter[Spot](), Counter[Spot]()
    for flow in flows:
        hubs[flow.hub] += flow.count
        towns[flow.town] += flow.count
    seen, named = frame.seen, list[tuple[Spot, bool]]()
    for spot, is_hub in (*_busiest(hubs, hub=True), *_busiest(towns, hub=False)):
        x, y = frame.at(spot)
        if seen.holds(Area(x, y, 0.0, 0.0)) and (is_hub or spot not in hubs):
            _mark(sheet, (x, y), spot, frame.room.place, is_hub=is_hub)
            radius = (HUB if is_hub else TOWN) * frame.room.place * sheet.unit
            taken.add(Area(x - radius, y - radius, 2 * radius, 2 * radius))
            named.append((spot, is_hub))
    for spot, is_hub in named:
        _name(sheet, frame, spot, taken, is_hub=is_hub)


def _busiest(counts: Counter[Spot], *, hub: bool) -> list[tuple[Spot, bool]]:
    ranked = sorted(counts, key=lambda spot: (-counts[spot], spot.key))
    return [(spot, hub) for spot in ranked]


def _mark(sheet: Sheet, at: Pair, spot: Spot, size: float, *, is_hub: bool) -> None:
    unit = sheet.unit * size
    if is_hub:
        sheet.dot(at, HUB * unit, Ink("surface"), Ink("text"))
        sheet.dot(at, (HUB - 3.5) * unit, Ink("text"))
    else:
        fill = Ink("surface") if spot.stands_in else Ink("kind.location")
        sheet.dot(at, TOWN * unit, fill, Ink("kind.location"))


def _name(sheet: Sheet, frame: _Frame, spot: Spot, taken: Taken, *, is_hub: bool) -> None:
    """Name a place on the side where there is room; where there is none the name yields."""
    unit, (x, y) = sheet.unit, frame.at(spot)
    size, face = (12.0, "semibold") if is_hub else (11.0, "regular")
    off = ((HUB if is_hub else TOWN) * frame.room.place + 4) * unit
    for anchor, dx, dy in (
        ("start", off, 4 * unit), ("end", -off, 4 * unit), ("middle", 0.0, -off - 2 * unit),
        ("middle", 0.0, off + 9 * unit),
    ):  # fmt: skip
        run = sheet.run(
            spot.name, (x + dx, y + dy), size=size, face=face, role="text",  # type: ignore[arg-type]
            anchor=anchor, room=180 * unit,  # type: ignore[arg-type]
        )  # fmt: skip
        if taken.is_free(run.box) and frame.seen.holds(run.box):
            taken.add(run.box)
            sheet.parts += (veil(run), run)
            return
    sheet.yielded += 1


def _counts(sheet: Sheet, flows: Sequence[Flow], taken: Taken) -> None:
    """Say on each flow of several lines how many, where there is room for it."""
    ways = {spot.key: spot.way for spot in sheet.spots if spot.way}
    for flow in flows:
        if flow.count < _COUNTED:
            continue
        middle = ways[key_of(flow)][STEPS // 2]
        at = (middle.x, middle.y + 4 * sheet.unit)
        words = f"×{flow.count}"
        run = sheet.run(words, at, face="semibold", role="text", anchor="middle")
        if taken.is_free(run.box):
            taken.add(run.box)
            sheet.parts += (slab(run), run)


# ---- In words ------------------------------------------------------------------------------------


def _with_legend(sheet: Sheet, found: LineMap, flows: Sequence[Flow], bounds: Area) -> Area:
    there = {flow.trade for flow in flows if not flow.mixed}
    entries = [("line", ink_of(found, name), name) for name in found.trades() if name in there]
    if any(flow.mixed for flow in flows):
        entries.append(("line", MIXED, _("All commodities")))
    if "" in there:
        entries.append(("line", PLAIN, _("Commodity not recorded")))
    entries.append(("entity.county-line", "text.2", _("Width: how many lines")))
    end = plates.legend(sheet, bounds.x, bounds.bottom + 6 * sheet.unit, bounds.width, entries)
    return Area(bounds.x, bounds.y, bounds.width, end - bounds.y)


def left_out(flows: Sequence[Flow]) -> str:
    """Return how many flows are not drawn, in words; empty where all are."""
    if (n := len(flows) - MOST) <= 0:
        return ""
    told = ngettext(
        "{n:,} thinner flow is in the list and not drawn.",
        "{n:,} thinner flows are in the list and not drawn.",
        n,
    )
    return told.format(n=n)


def flow_words(found: LineMap, flow: Flow) -> str:
    """Return a flow in words: from where to where, with what, how many lines and which."""
    names = ", ".join(sorted(found.known[id_].label for id_ in flow.lines[:8]))
    count = ngettext("{n:,} line", "{n:,} lines", flow.count).format(n=flow.count)
    told = _("{hub} to {town}: {what}, {count} ({names})")
    return told.format(
        hub=flow.hub.name,
        town=place_words(flow.town),
        what=flow.trade or _("commodity not recorded"),
        count=count,
        names=names + ("…" if flow.count > 8 else ""),
    )


def place_words(spot: Spot) -> str:
    """Return what a place is called; that it is drawn in the middle of its force is said."""
    if not spot.stands_in:
        return spot.name
    return _("{name} (in the middle of {force})").format(name=spot.name, force=spot.force)


def words_of(flows: Sequence[Flow]) -> str:
    """Return a map in one paragraph, for those who cannot see it."""
    lines = len({id_ for flow in flows for id_ in flow.lines})
    hubs = len({flow.hub.key for flow in flows})
    towns = len({flow.town.key for flow in flows})
    told = _("Map of county lines: {lines}, {hubs}, {towns}.")
    return told.format(
        lines=ngettext("{n:,} line", "{n:,} lines", lines).format(n=lines),
        hubs=ngettext("{n:,} hub", "{n:,} hubs", hubs).format(n=hubs),
        towns=ngettext("{n:,} town", "{n:,} towns", towns).format(n=towns),
    )
