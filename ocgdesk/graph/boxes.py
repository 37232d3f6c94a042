"""Boxes round the members of groups."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from ocgdesk.domain.charts import Point

MARGIN = 48.0
"""From the middle of an outermost member to the edge of the box, in chart units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rect:
    """An upright rectangle on a chart: its upper left corner and its size, in chart units."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of its lower edge."""
        return self.y + self.height

    def holds(self, point: Point) -> bool:
        """Tell whether a point lies inside it or on its edge."""
        return self.x <= point.x <= self.right and self.y <= point.y <= self.bottom

    def meets(self, other: "Rect") -> bool:
        """Tell whether the two have more than an edge in common."""
        across = self.x < other.right and other.x < self.right
        return across and self.y < other.bottom and other.y < self.bottom


def boxes(
    places: Mapping[UUID, Point],
    members: Mapping[UUID, frozenset[UUID]],
    *,
    margin: float = MARGIN,
) -> dict[UUID, Rect]:
    """Return a box round the placed members of each group; groups with none get no box.

    A member of two groups lies in both boxes, which then overlap there.
    """
    found: dict[UUID, Rect] = {}
    for group, people in members.items():
        points = [places[one] for one in people if one in places]
        if points:
            found[group] = _round(points, margin)
    return found


def _round(points: list[Point], margin: float) -> Rect:
    left, top = min(p.x for p in points), min(p.y for p in points)
    width = max(p.x for p in points) - left
    height = max(p.y for p in points) - top
    return Rect(
        x=left - margin, y=top - margin, width=width + 2 * margin, height=height + 2 * margin
    )
