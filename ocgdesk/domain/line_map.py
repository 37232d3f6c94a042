"""County lines on a map: from which hub into which towns, with what, in which months."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import cos, radians
from typing import Final
from uuid import UUID

from ocgdesk.domain.marking import Marking
from ocgdesk.domain.reference_data import Code, code_list
from ocgdesk.domain.timelines import Stretch

PLACES: Final = "towns"
"""The list of places that are found by name."""
FORCES: Final = "agencies"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map: a town, or the middle of a force's area where the town is not known."""

    name: str
    force: str
    lat: float
    lon: float
    stands_in: bool = False
    """Whether it is the middle of the force for a town nobody knows the place of."""
    key: str = field(init=False, repr=False, compare=False)
    """What tells it from every other."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", f"{self.force}|{self.name.casefold()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """A town a line runs to, and when, as far as is known."""

    spot: Spot
    stretch: Stretch | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """What a line deals in, and when."""

    id: UUID
    label: str
    stretch: Stretch | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A line as the map knows it."""

    id: UUID
    label: str
    ref: str
    marking: Marking
    hub: Spot
    towns: tuple[Reach, ...]
    trades: tuple[Trade, ...] = ()
    stretch: Stretch | None = None
    """When the line was active."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What runs from a hub to a town with one commodity; its width is how many lines."""

    hub: Spot
    town: Spot
    trade: str = ""
    """The commodity's name; empty where none is recorded."""
    mixed: bool = False
    """Whether it stands for all commodities together, which ``trade`` then lists."""
    lines: tuple[UUID, ...] = ()

    @property
    def count(self) -> int:
        """How many lines."""
        return len(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMap:
    """All lines that have a place, and what could not be placed."""

    runs: tuple[Run, ...] = ()
    unplaced: tuple[str, ...] = ()
    """Names of hubs and towns that no list knows, in alphabetical order."""
    without: int = 0
    """Lines that are not drawn: without a hub or a town that has a place."""
    today: date
    known: Mapping[UUID, Run] = field(init=False, repr=False, compare=False)
    names: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        counts = Counter(name for run in self.runs for name in {t.label for t in run.trades})
        names = tuple(sorted(counts, key=lambda name: (-counts[name], name)))
        object.__setattr__(self, "known", {run.id: run for run in self.runs})
        object.__setattr__(self, "names", names)

    def trades(self) -> tuple[str, ...]:
        """Return the commodities that are dealt in, the most frequent first."""
        return self.names


def flows(
    found: LineMap, first: date | None = None, last: date | None = None, trade: str = ""
) -> tuple[Flow, ...]:
    """Return what ran on some days, widest first; with a commodity only what it was run with."""
    begin, end = first or date.min, last or date.max
    lines: defaultdict[tuple[str, str, str], list[UUID]] = defaultdict(list)
    spots: dict[str, Spot] = {}
    for run in found.runs:
        if not _meets(run.stretch, begin, end):
            continue
        for reach in run.towns:
            if _meets(reach.stretch, begin, end):
                spots[run.hub.key], spots[reach.spot.key] = run.hub, reach.spot
                for name in _with(run, begin, end, trade):
                    lines[run.hub.key, reach.spot.key, name].append(run.id)
    made = (
        Flow(hub=spots[hub], town=spots[town], trade=name, lines=tuple(ids))
        for (hub, town, name), ids in lines.items()
    )
    return tuple(sorted(made, key=_widest))


def _widest(flow: Flow) -> tuple[int, str, str, str]:
    return -flow.count, flow.hub.key, flow.town.key, flow.trade


def _with(run: Run, first: date, last: date, trade: str) -> Iterator[str]:
    """Yield the commodities of a line on some days; one without a name where none is recorded."""
    names = dict.fromkeys(t.label for t in run.trades if _meets(t.stretch, first, last))
    if trade:
        yield from (name for name in names if name == trade)
    else:
        yield from names or ("",)


def _meets(stretch: Stretch | None, first: date, last: date) -> bool:
    return stretch is None or stretch.meets(first, last)


def by_force(found: Iterable[Flow], forces: Iterable[Spot]) -> tuple[Flow, ...]:
    """Return flows with the hubs of one force as one, in the middle of its area.

    A line that runs from two hubs of a force is one line.
    """
    spots = {spot.force: spot for spot in forces}
    merged: dict[tuple[str, str, str], tuple[Flow, dict[UUID, None]]] = {}
    for flow in found:
        hub = spots.get(flow.hub.force, flow.hub)
        key = hub.key, flow.town.key, flow.trade
        if key not in merged:
            merged[key] = replace(flow, hub=hub), {}
        merged[key][1].update(dict.fromkeys(flow.lines))
    made = (replace(flow, lines=tuple(lines)) for flow, lines in merged.values())
    return tuple(sorted(made, key=_widest))


def together(found: Iterable[Flow]) -> tuple[Flow, ...]:
    """Return flows with all commodities as one; a line that runs two of them is one line."""
    merged: dict[tuple[str, str], tuple[Flow, dict[UUID, None], set[str]]] = {}
    for flow in found:
        ends = flow.hub.key, flow.town.key
        _flow, lines, names = merged.setdefault(ends, (flow, {}, set()))
        lines.update(dict.fromkeys(flow.lines))
        names |= {flow.trade} - {""}
    made = (
        replace(flow, trade=", ".join(sorted(names)), mixed=True, lines=tuple(lines))
        for flow, lines, names in merged.values()
    )
    return tuple(sorted(made, key=_widest))


def months(found: LineMap) -> tuple[tuple[date, int], ...]:
    """Return how many lines may have run in each month, from the first known to today's."""
    known = [run.stretch for run in found.runs if run.stretch is not None]
    starts = [time.first for time in known if time.first != date.min]
    if not starts:
        return ()
    last = found.today.replace(day=1)
    at, made = min(min(starts).replace(day=1), last), list[tuple[date, int]]()
    while at <= last:
        after = (at + timedelta(days=32)).replace(day=1)
        made.append((at, sum(time.meets(at, after - timedelta(days=1)) for time in known)))
        at = after
    return tuple(made)


# ---- Where places are ----------------------------------------------------------------------------


class Gazetteer:
    """Finds places by name, in the force they are said to be in where several bear the name."""

    def __init__(self) -> None:
        self._towns: defaultdict[str, list[Spot]] = defaultdict(list)
        for item in code_list(PLACES):
            if (spot := _spot(item.label, str(item.get("force", "")), item)) is not None:
                self._towns[item.label.casefold()].append(spot)
        self._forces = {
            item.code: spot
            for item in code_list(FORCES)
            if (spot := _spot(item.label, item.code, item)) is not None
        }

    @property
    def forces(self) -> tuple[Spot, ...]:
        """The middle of each force's area."""
        return tuple(self._forces.values())

    def town(self, name: str, forces: Iterable[str] = ()) -> Spot | None:
        """Return where a town is: by its name, else the middle of the first force it may be in."""
        among = tuple(forces)
        found = self._towns.get(" ".join(name.split()).casefold(), [])
        for spot in found:
            if spot.force in among:
                return spot
        if found:
            return found[0]
        middle = next((self._forces[code] for code in among if code in self._forces), None)
        if middle is None or not name.strip():
            return None
        return Spot(name.strip(), middle.force, middle.lat, middle.lon, stands_in=True)


def _spot(name: str, force: str, item: Code) -> Spot | None:
    lat, lon = item.get("lat"), item.get("lon")
    if not isinstance(lat, int | float) or not isinstance(lon, int | float):
        return None
    return Spot(name, force, float(lat), float(lon))


# ---- From degrees to a plane ---------------------------------------------------------------------

DEGREE: Final = 100.0
"""Units of the plane to a degree of latitude."""
MIDDLE: Final = 53.0
"""The latitude at which a degree of longitude keeps its length."""
_NARROW: Final = cos(radians(MIDDLE))
WEST: Final = -8.0
NORTH: Final = 60.0


def plane(lat: float, lon: float) -> tuple[float, float]:
    """Return where a place lies on the plane: equirectangular about 53° north, y downwards."""
    return (lon - WEST) * _NARROW * DEGREE, (NORTH - lat) * DEGREE
