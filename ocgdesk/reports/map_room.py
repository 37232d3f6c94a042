"""How large flows and places are drawn on a map: many in little room hide one another."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Final

from ocgdesk.domain.line_map import Flow, plane
from ocgdesk.reports.drawing_parts import Area

ROOMY: Final = 36.0
"""Flows that are seen at once at their full width; of more each is thinner."""
USUAL: Final = 1_100.0 * 420.0
"""Square pixels of a map in a window; in less room fewer flows are full."""
THINNEST: Final = 0.4
LEAST: Final = 0.6
"""Of their size, places are not drawn smaller in the usual room."""
ARROWS: Final = 0.65


@dataclass(frozen=True, slots=True)
class Room:
    """What part of their usual size flows and places have."""

    flow: float = 1.0
    place: float = 1.0

    @property
    def has_arrows(self) -> bool:
        """Whether flows have heads: on thinner ones they would hide what they point at."""
        return self.flow > ARROWS


def of(flows: Iterable[Flow], area: Area, scale: float) -> Room:
    """Return what room flows have in an area of the plane that is painted at a scale."""
    share = min(1.0, area.width * scale * area.height * scale / USUAL)
    seen = sum(_is_seen(flow, area) for flow in flows)
    thin = sqrt(min(1.0, ROOMY * share / max(seen, 1)))
    return Room(max(THINNEST, thin), max(thin, LEAST * sqrt(share)))


def _is_seen(flow: Flow, area: Area) -> bool:
    ends = (plane(spot.lat, spot.lon) for spot in (flow.hub, flow.town))
    return any(area.holds(Area(x, y, 0.0, 0.0)) for x, y in ends)
