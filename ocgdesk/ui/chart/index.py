"""What is where on a drawing: boxes as arrays, so that a question costs the same at any size."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final
from uuid import UUID

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPolygonF

from ocgdesk.domain.charts import Point
from ocgdesk.reports import drawing_paths
from ocgdesk.reports.drawing_parts import Area, Drawing, Hull, Line, Node, NoteBox
from ocgdesk.ui.chart.strokes import Stroke
from ocgdesk.ui.chart.tabs import Tabs

Boxes = npt.NDArray[np.float64]

NEAR: Final = 5.0
"""Pixels from a line within which the pointer is on it."""


def _boxes(rows: Sequence[tuple[float, float, float, float]]) -> Boxes:
    return np.array(rows, dtype=np.float64).reshape(-1, 4)


def _edges(area: Area) -> tuple[float, float, float, float]:
    return area.x, area.y, area.right, area.bottom


def _node_edges(node: Node) -> tuple[float, float, float, float]:
    """Return the box of a node with its label."""
    area = node.box
    for run in (node.label, node.detail):
        area = area.joined(run.box) if run else area
    return _edges(area)


def _line_edges(line: Line) -> tuple[float, float, float, float]:
    xs, ys = [point.x for point in line.points], [point.y for point in line.points]
    return min(xs) - 8, min(ys) - 8, max(xs) + 8, max(ys) + 8


def _meeting(boxes: Boxes, area: Area) -> list[int]:
    left, top, right, bottom = boxes.T
    found = (left < area.right) & (right > area.x) & (top < area.bottom) & (bottom > area.y)
    return [int(at) for at in np.flatnonzero(found)]


def _distance(point: tuple[float, float], one: Point, two: Point) -> float:
    """Return how far a point is from a straight piece."""
    dx, dy = two.x - one.x, two.y - one.y
    length = dx * dx + dy * dy
    share = ((point[0] - one.x) * dx + (point[1] - one.y) * dy) / length if length else 0.0
    share = min(1.0, max(0.0, share))
    return float(np.hypot(point[0] - one.x - share * dx, point[1] - one.y - share * dy))


class Index:
    """Finds nodes and lines of one drawing by place and by id."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.nodes = drawing.nodes
        self.lines = drawing.lines
        self.strokes: dict[int, Stroke] = {}
        """Lines as Qt paints them, by their identity; filled as they are first painted."""
        self._silhouettes = _boxes([_edges(node.box) for node in drawing.nodes])
        self._labelled = _boxes([_node_edges(node) for node in drawing.nodes])
        self._lines = _boxes([_line_edges(line) for line in drawing.lines])
        self.middles = np.array(
            [(node.at.x, node.at.y) for node in drawing.nodes], dtype=np.float64
        ).reshape(-1, 2)
        self._node_at = {node.id: at for at, node in enumerate(drawing.nodes)}
        self._line_at = {line.owner: at for at, line in enumerate(drawing.lines) if line.owner}
        self._touching: defaultdict[UUID, list[int]] = defaultdict(list)
        for at, line in enumerate(drawing.lines):
            for end in set(line.ends or ()):
                self._touching[end].append(at)

    def node(self, id_: UUID) -> Node | None:
        """Return the node of an item, if it is drawn."""
        at = self._node_at.get(id_)
        return None if at is None else self.nodes[at]

    def line(self, id_: UUID) -> Line | None:
        """Return the line of a tie, if it is drawn."""
        at = self._line_at.get(id_)
        return None if at is None else self.lines[at]

    def note(self, id_: UUID) -> NoteBox | None:
        """Return a note, if it is drawn."""
        return next((note for note in self.drawing.notes if note.id == id_), None)

    def note_at(self, place: QPointF) -> UUID | None:
        """Return the topmost note under a chart point."""
        spot = Area(place.x(), place.y(), 0.0, 0.0).grown(1e-6)
        under = (note.id for note in reversed(self.drawing.notes) if note.box.meets(spot))
        return next(under, None)

    def node_number(self, id_: UUID) -> int | None:
        """Return the place of an item among the nodes."""
        return self._node_at.get(id_)

    def lines_of(self, id_: UUID) -> list[int]:
        """Return the places of the lines that end at an item."""
        return self._touching.get(id_, [])

    def neighbours(self, ids: Sequence[UUID]) -> set[UUID]:
        """Return the items joined to any of these, themselves included."""
        ends = (self.lines[at].ends or () for id_ in ids for at in self.lines_of(id_))
        return {end for pair in ends for end in pair} | {id_ for id_ in ids if id_ in self._node_at}

    def nodes_in(self, area: Area) -> list[int]:
        """Return the places of nodes seen in an area, labels included."""
        return _meeting(self._labelled, area) if len(self.nodes) else []

    def lines_in(self, area: Area) -> list[int]:
        """Return the places of lines whose box meets an area."""
        return _meeting(self._lines, area) if len(self.lines) else []

    def within(self, area: Area) -> list[UUID]:
        """Return the items whose middle lies in an area, and the notes that lie in it."""
        notes = [note.id for note in self.drawing.notes if area.holds(note.box)]
        if not self.nodes:
            return notes
        x, y = self.middles.T
        found = (x >= area.x) & (x <= area.right) & (y >= area.y) & (y <= area.bottom)
        return [*(self.nodes[int(at)].id for at in np.flatnonzero(found)), *notes]

    def within_polygon(self, outline: QPolygonF) -> list[UUID]:
        """Return the items whose middle lies inside a drawn outline."""
        run = [(point.x(), point.y()) for point in outline.toList()]
        return [node.id for node in self.nodes if drawing_paths.holds(run, node.at.x, node.at.y)]

    def node_at(self, place: QPointF, slack: float = 0.0) -> UUID | None:
        """Return the topmost item whose silhouette is under a chart point."""
        spot = Area(place.x() - slack, place.y() - slack, 2 * slack, 2 * slack).grown(1e-6)
        found = _meeting(self._silhouettes, spot) if len(self.nodes) else []
        for at in reversed(found):
            node = self.nodes[at]
            dx, dy = place.x() - node.at.x, place.y() - node.at.y
            if np.hypot(dx, dy) <= drawing_paths.reach(node.look.reaches, dx, dy) + slack + 1:
                return node.id
        return None

    def line_at(self, place: QPointF, zoom: float) -> UUID | None:
        """Return the tie nearest to a chart point, if it is near enough to be meant."""
        near = NEAR / zoom
        spot = Area(place.x(), place.y(), 0.0, 0.0).grown(near)
        best: tuple[float, UUID | None] = (near, None)
        for at in self.lines_in(spot):
            line = self.lines[at]
            pieces = zip(line.points, line.points[1:], strict=False)
            far = min(_distance((place.x(), place.y()), one, two) for one, two in pieces)
            if far < best[0]:
                best = far, line.owner
        return best[1]

    def hull_at(self, place: QPointF, zoom: float) -> Hull | None:
        """Return the hull whose tab is under a chart point, at the size it is seen."""
        spot = Area(place.x(), place.y(), 0.0, 0.0).grown(1e-6)
        return Tabs(self.drawing.hulls, zoom).at(spot)
