"""What lies over a chart: selection, hover, what is being carried, numbers of order."""

from collections.abc import Iterable, Sequence
from math import hypot
from typing import Final
from uuid import UUID

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPen

from ocgdesk.reports.drawing_parts import Area, Ink, Line, Node
from ocgdesk.ui.chart.index import Index
from ocgdesk.ui.chart.layers import Pauses
from ocgdesk.ui.chart.painting import Brush, font
from ocgdesk.ui.chart.strokes import outline

ACCENT: Final = Ink("accent")
GAP: Final = 3.0
RING: Final = 3.0
HOVER: Final = 1.5
EDGE: Final = 1.0
"""Half a silhouette's edge, which lies outside its outline."""
MOST_RINGED: Final = 120
"""Items that are dragged with rings and names; of more only silhouettes follow the pointer."""
MOST_BENEATH: Final = 60
"""Lines for which the nodes they pass are painted again, on top."""


def _stroke(brush: Brush, node: Node, width: float, ink: Ink) -> None:
    painter = brush.painter
    pen = QPen(brush.ink(ink), width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.save()
    painter.translate(node.at.x, node.at.y)
    painter.drawPath(outline(node.look.outline))
    painter.restore()


def ring(brush: Brush, node: Node, thick: float = RING) -> None:
    """Paint a ring round a silhouette, with paper between the two; both keep a least width."""
    grow = max(1.0, 0.6 / brush.zoom)
    _stroke(brush, node, 2 * (EDGE + (GAP + thick) * grow), ACCENT)
    _stroke(brush, node, 2 * (EDGE + GAP * grow), Ink("surface"))


def _passes(line: Line, node: Node) -> bool:
    """Tell whether a straight line runs through a node or its name."""
    one, two = line.points[0], line.points[-1]
    length = hypot(two.x - one.x, two.y - one.y) or 1.0
    off = (node.at.x - one.x) * (two.y - one.y) - (node.at.y - one.y) * (two.x - one.x)
    return abs(off) / length < max(node.look.area.width, 40.0)


def _beneath(index: Index, lines: Sequence[Line]) -> list[Node]:
    """Return the nodes that lines painted over everything would cross."""
    found: dict[UUID, Node] = {}
    for line in lines[:MOST_BENEATH]:
        xs, ys = [point.x for point in line.points], [point.y for point in line.points]
        area = Area(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
        for at in index.nodes_in(area):
            if _passes(line, index.nodes[at]):
                found[index.nodes[at].id] = index.nodes[at]
    return list(found.values())


def _lines(index: Index, selected: Sequence[UUID]) -> list[Line]:
    """Return the lines that are selected or end at what is."""
    places = {at for id_ in selected for at in index.lines_of(id_)}
    chosen = [line for id_ in selected if (line := index.line(id_))]
    return [index.lines[at] for at in sorted(places)] + chosen


def selection(brush: Brush, index: Index, selected: Sequence[UUID], seen: Area) -> Pauses:
    """Paint selected items with their rings, and their links in the accent."""
    nodes = [node for id_ in selected if (node := index.node(id_))]
    lines = _lines(index, selected)
    yield from brush.lines(lines, ACCENT)
    yield from _plain(brush, _beneath(index, lines))
    yield from brush.line_labels(lines, Ink("accent.text"))
    shown = [node for node in nodes if node.box.grown(60).meets(seen)]
    yield from _ringed(brush, shown)
    if len(nodes) == 2:
        for number, node in enumerate(nodes, start=1):
            order(brush, node, number)


def _plain(brush: Brush, nodes: Sequence[Node], always: frozenset[UUID] = frozenset()) -> Pauses:
    yield from brush.nodes(nodes)
    yield from brush.names(nodes, always)
    yield from brush.badges(nodes)


def _ringed(brush: Brush, nodes: Sequence[Node], thick: float = RING) -> Pauses:
    """Paint nodes in rings; names first, so that no name's paper cuts a ring."""
    yield from brush.names(nodes, frozenset(node.id for node in nodes))
    for at, node in enumerate(nodes):
        ring(brush, node, thick)
        if at % 100 == 99:
            yield
    yield from brush.nodes(nodes)
    yield from brush.badges(nodes)


def neighbours(brush: Brush, index: Index, ids: Iterable[UUID]) -> Pauses:
    """Paint items and the links among them, while the rest is dimmed."""
    held = frozenset(ids)
    nodes = [node for id_ in held if (node := index.node(id_))]
    places = {at for id_ in held for at in index.lines_of(id_)}
    lines = [index.lines[at] for at in sorted(places) if held >= set(index.lines[at].ends or ())]
    yield from brush.lines(lines)
    yield from brush.line_labels(lines)
    yield from _plain(brush, nodes, held)


def carried(brush: Brush, nodes: Sequence[Node], lines: Sequence[Line], by: QPointF) -> None:
    """Paint what is being dragged: its links to where it is now, then the items themselves."""
    for _pause in brush.lines(lines, ACCENT):
        pass
    brush.painter.save()
    brush.painter.translate(by)
    for _pause in _ringed(brush, nodes) if len(nodes) <= MOST_RINGED else brush.nodes(nodes):
        pass
    brush.painter.restore()


def order(brush: Brush, node: Node, number: int) -> None:
    """Put an item's place in the selection at its upper left."""
    painter = brush.painter
    box = node.box
    slab = QRectF(box.x - 9, box.y - 9, 17, 17)
    painter.setPen(QPen(brush.ink(Ink("surface")), 1.5))
    painter.setBrush(brush.ink(ACCENT))
    painter.drawEllipse(slab)
    painter.setPen(brush.ink(Ink("accent.on")))
    painter.setFont(font("semibold", 10.0))
    painter.drawText(slab, Qt.AlignmentFlag.AlignCenter, str(number))


def hover(brush: Brush, node: Node) -> None:
    """Ring the item under the pointer, thinner than a selection."""
    for _pause in _ringed(brush, [node], HOVER):
        pass
