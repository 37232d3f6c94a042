"""Where labels stand: a grid of what is taken, and the rule that the lower rank yields."""

from collections import defaultdict
from math import floor
from typing import Final

from ocgdesk.reports.drawing_parts import Area

Edges = tuple[float, float, float, float]
"""Left, top, right, bottom."""
CELL: Final = 100.0


class Taken:
    """The boxes already in use, in square cells, so that a question costs the same at any size."""

    def __init__(self, cell: float = CELL) -> None:
        self._share = 1 / cell
        self._boxes: defaultdict[tuple[int, int], list[Edges]] = defaultdict(list)

    def add(self, box: Area) -> None:
        """Take this box."""
        self.take(box.x, box.y, box.x + box.width, box.y + box.height)

    def take(self, left: float, top: float, right: float, bottom: float) -> None:
        """Do the same with bare edges."""
        share, boxes, edges = self._share, self._boxes, (left, top, right, bottom)
        rows = range(floor(top * share), floor(bottom * share) + 1)
        for column in range(floor(left * share), floor(right * share) + 1):
            for row in rows:
                boxes[column, row].append(edges)

    def is_free(self, box: Area) -> bool:
        """Tell whether nothing taken overlaps this box."""
        return self.has_room(box.x, box.y, box.x + box.width, box.y + box.height)

    def has_room(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Tell the same of bare edges: asked some ten thousand times for one drawing."""
        share, boxes = self._share, self._boxes
        rows = range(floor(top * share), floor(bottom * share) + 1)
        for column in range(floor(left * share), floor(right * share) + 1):
            for row in rows:
                for x1, y1, x2, y2 in boxes.get((column, row), ()):
                    if x1 < right and left < x2 and y1 < bottom and top < y2:
                        return False
        return True
