"""Where labels stand: a grid of what is taken, and the rule that the lower rank yields."""

from collections import defaultdict
from typing import Final

from ocgdesk.reports.drawing_parts import Area

Edges = tuple[float, float, float, float]
"""Left, top, right, bottom."""
CELL: Final = 100.0


class Taken:
    """The boxes already in use, in square cells, so that a question costs the same at any size."""

    def __init__(self, cell: float = CELL) -> None:
        self._cell = cell
        self._boxes: defaultdict[tuple[int, int], list[Edges]] = defaultdict(list)

    def _cells(self, edges: Edges) -> list[tuple[int, int]]:
        size = self._cell
        left, top, right, bottom = (int(edge // size) for edge in edges)
        if left == right and top == bottom:
            return [(left, top)]
        return [(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)]

    def add(self, box: Area) -> None:
        """Take this box."""
        edges = (box.x, box.y, box.x + box.width, box.y + box.height)
        for cell in self._cells(edges):
            self._boxes[cell].append(edges)

    def is_free(self, box: Area) -> bool:
        """Tell whether nothing taken overlaps this box."""
        edges = (box.x, box.y, box.x + box.width, box.y + box.height)
        left, top, right, bottom = edges
        for cell in self._cells(edges):
            for x1, y1, x2, y2 in self._boxes.get(cell, ()):
                if x1 < right and left < x2 and y1 < bottom and top < y2:
                    return False
        return True
