"""Boundary files: GeoJSON read into outlines, made simpler so that a map can be moved.

Refused in a sentence: what is too large, nested too deep, no GeoJSON, in other than degrees, or
without an area in it. Nothing but outlines is taken over: no properties, no links.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import isfinite
from pathlib import Path
from typing import Any, Final

import msgspec

from ocgdesk.domain.grounds import Ring
from ocgdesk.errors import Refused
from ocgdesk.i18n import _

LARGEST: Final = 40 * 1024 * 1024
"""Bytes of a file that is read at all."""
MOST_CORNERS: Final = 3_000_000
MOST_AREAS: Final = 20_000
MOST_KEPT: Final = 24_000
"""Corners that are kept: more cannot be seen on a map of a country."""
_FINEST: Final = 0.0005
"""Degrees by which an outline may be off after it was made simpler, at first."""
_DEEPEST: Final = 6
"""Collections within collections that are looked into."""

Corners = list[tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlines:
    """What a boundary file holds, as a map draws it."""

    rings: tuple[Ring, ...]
    areas: int
    size: int
    digest: str


def read(path: Path) -> Outlines:
    """Read a boundary file; Refused where it cannot be read as one."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise Refused(_("{name} is larger than 40 MB").format(name=path.name))
        data = path.read_bytes()
    except OSError as error:
        told = _("{name} cannot be read: {why}")
        raise Refused(told.format(name=path.name, why=error.strerror)) from None
    return outlines(data, path.name)


def outlines(data: bytes, name: str) -> Outlines:
    """Return the outlines in the bytes of a GeoJSON file."""
    try:
        found = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise Refused(_("{name} is no GeoJSON: it is not JSON").format(name=name)) from None
    areas = _areas(found, name)
    rings = [ring for area in areas for ring in area]
    if not rings:
        raise Refused(_("{name} has no area in it: a map needs polygons").format(name=name))
    return Outlines(
        rings=tuple(simpler(rings)),
        areas=len(areas),
        size=len(data),
        digest=sha256(data).hexdigest(),
    )


def _areas(found: Any, name: str) -> list[list[Corners]]:
    if isinstance(found, dict) and found.get("type") == "Topology":
        raise Refused(_("{name} is TopoJSON; save it as GeoJSON first").format(name=name))
    made, corners = list[list[Corners]](), 0
    for geometry in _geometries(found, 0, name):
        for polygon in _polygons(geometry, name):
            area = [_corners(ring, name) for ring in polygon[:1]]
            corners += sum(len(ring) for ring in area)
            made.append([ring for ring in area if len(ring) > 2])
            if len(made) > MOST_AREAS or corners > MOST_CORNERS:
                raise Refused(_("{name} has more outlines than a map can show").format(name=name))
    return [area for area in made if area]


def _geometries(found: Any, depth: int, name: str) -> Iterator[dict[str, Any]]:
    if not isinstance(found, dict) or depth > _DEEPEST:
        raise Refused(_("{name} is no GeoJSON").format(name=name))
    kind = found.get("type")
    parts = {"FeatureCollection": "features", "GeometryCollection": "geometries"}
    if kind in parts:
        inside = found.get(parts[kind])
        if not isinstance(inside, list):
            raise Refused(_("{name} is no GeoJSON: it has no features").format(name=name))
        for part in inside:
            yield from _geometries(part, depth + 1, name)
    elif kind == "Feature":
        if found.get("geometry") is not None:
            yield from _geometries(found["geometry"], depth + 1, name)
    elif isinstance(kind, str) and "coordinates" in found:
        yield found
    else:
        raise Refused(_("{name} is no GeoJSON").format(name=name))


def _polygons(geometry: dict[str, Any], name: str) -> list[Any]:
    kind, inside = geometry["type"], geometry["coordinates"]
    if kind not in {"Polygon", "MultiPolygon"}:
        return []
    polygons = [inside] if kind == "Polygon" else inside
    if not isinstance(polygons, list) or not all(isinstance(one, list) for one in polygons):
        raise Refused(_("{name} has an area without corners").format(name=name))
    return polygons


def _corners(ring: Any, name: str) -> Corners:
    """Return the corners of a ring as latitude and longitude; GeoJSON has them the other way."""
    if not isinstance(ring, list):
        raise Refused(_("{name} has an area without corners").format(name=name))
    made: Corners = []
    for corner in ring:
        if not isinstance(corner, list) or len(corner) < 2:
            raise Refused(_("{name} has a corner that is no place").format(name=name))
        made.append(_place(corner[0], corner[1], name))
    if len(made) > 1 and made[0] == made[-1]:
        made.pop()
    return made


def _place(lon: Any, lat: Any, name: str) -> tuple[float, float]:
    is_number = all(isinstance(one, int | float) and isfinite(one) for one in (lat, lon))
    if not is_number or isinstance(lat, bool) or isinstance(lon, bool):
        raise Refused(_("{name} has a corner that is no place").format(name=name))
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        told = _("{name} is not in degrees of latitude and longitude (WGS 84)")
        raise Refused(told.format(name=name))
    return float(lat), float(lon)


# ---- Made simpler --------------------------------------------------------------------------------


def simpler(rings: Sequence[Corners]) -> list[Ring]:
    """Return outlines with no more corners than a map shows; the smallest islands go first."""
    off = _FINEST
    made = [_simplified(ring, off) for ring in rings]
    while sum(len(ring) for ring in made) > MOST_KEPT:
        off *= 1.6
        made = [_simplified(ring, off) for ring in made if _extent(ring) > 2 * off]
    return [tuple(ring) for ring in made if len(ring) > 2]


def _extent(ring: Corners) -> float:
    lats, lons = [corner[0] for corner in ring], [corner[1] for corner in ring]
    return max(max(lats) - min(lats), max(lons) - min(lons))


def _simplified(ring: Corners, off: float) -> Corners:
    """Return a ring without corners that lie within so many degrees (Douglas and Peucker, 1973)."""
    if len(ring) < 5:
        return ring
    half = len(ring) // 2
    kept = {0, half}
    stack = [(0, half), (half, len(ring))]
    closed = [*ring, ring[0]]
    while stack:
        first, last = stack.pop()
        far, at = _farthest(closed, first, last)
        if far > off and first < at < last:
            kept.add(at)
            stack += [(first, at), (at, last)]
    return [ring[at] for at in sorted(kept)]


def _farthest(ring: Corners, first: int, last: int) -> tuple[float, int]:
    (y1, x1), (y2, x2) = ring[first], ring[last]
    dx, dy = x2 - x1, y2 - y1
    long = (dx * dx + dy * dy) ** 0.5 or 1e-12
    most, where = 0.0, first
    for at in range(first + 1, last):
        y, x = ring[at]
        far = abs(dx * (y1 - y) - (x1 - x) * dy) / long
        if far > most:
            most, where = far, at
    return most, where
