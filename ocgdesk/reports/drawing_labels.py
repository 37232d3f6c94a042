"""Where labels stand: a grid of what is taken, and the rule that the lower rank yields."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from ocgdesk.reports.drawing_parts import Area

CELL: Final = 48.0


class Taken:
    """The boxes already in use, in square cells, so that a question costs the same at any size."""

    def __init__(self, cell: float = CELL) -> None:
        self._cell = cell
        self._boxes: defaultdict[tuple[int, int], list[Area]] = defaultdict(list)

    def _cells(self, box: Area) -> Iterator[tuple[int, int]]:
        size = self._cell
        for column in range(int(box.x // size), int(box.right // size) + 1):
            for row in range(int(box.y // size), int(box.bottom // size) + 1):
                yield column, row

    def add(self, box: Area) -> None:
        """Take this box."""
        for cell in self._cells(box):
            self._boxes[cell].append(box)

    def is_free(self, box: Area) -> bool:
        """Tell whether nothing taken overlaps this box."""
        return not any(
            other.meets(box)
            for cell in self._cells(box)
            if cell in self._boxes
            for other in self._boxes[cell]
        )

    def first_free(self, boxes: Iterator[Area]) -> int | None:
        """Return the place of the first box that is free, or none."""
        return next((at for at, box in enumerate(boxes) if self.is_free(box)), None)
