"""What is put on a chart by hand: tools in use, lines drawn from item to item, words in place."""

from collections.abc import Callable
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from ocgdesk.domain.charts import Point
from ocgdesk.i18n import N_, _
from ocgdesk.reports.drawing_parts import Area, Node
from ocgdesk.ui import theme
from ocgdesk.ui.chart.choosing import ChoosingSurface
from ocgdesk.ui.chart.gestures import Gesture, Lasso, Pan, Put, Tether, way
from ocgdesk.ui.chart.tools import SELECT, Does, Tool
from ocgdesk.ui.chart.view import View
from ocgdesk.ui.chart.wording import InPlace

HANDLE: Final = 7.0
"""Radius in pixels of the handle a line is drawn from."""
HANDLE_AT: Final = 12.0
"""Pixels from the silhouette to its middle."""
SECOND: Final = N_("Let the line go on another item: it joins the two.")
FIRST: Final = N_("Begin on an item, then go to the one it is linked to.")


class HandlingSurface(ChoosingSurface):
    """A chart on which things are put down and joined with the tool in use."""

    dropped = Signal(object, object, object)
    """A Tool, the Point where it was put down, and the id of what stands there or None."""
    linked = Signal(object, object)
    """The ids of two items between which a line was drawn."""
    tool_changed = Signal(object)
    """The Tool now in use, where the canvas changed it itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.may_link = False
        """Whether a handle to draw lines from shows on items."""
        self._tool = SELECT
        self._from: UUID | None = None
        self._ghost: tuple[Tool, QPointF] | None = None
        self.editor = InPlace(self, self._seen_through)
        self.view_changed.connect(self.editor.follow)

    @property
    def tool(self) -> Tool:
        """The tool in use."""
        return self._tool

    def use(self, tool: Tool) -> None:
        """Use a tool from now on: once for what is put down, for lines until Esc."""
        self._tool, self._from = tool, None
        self._shape_cursor()
        self.update()

    def take_tool(self, tool: Tool) -> None:
        """Use a tool chosen on the canvas itself, and say so."""
        self.use(tool)
        self.tool_changed.emit(tool)

    def take_link_tool(self) -> None:
        """Link the two items selected; with one or none begin a line to be drawn."""
        items = self._items_selected()
        if not self.may_link:
            return
        if len(items) == 2:
            self.linked.emit(*items)
            return
        self.take_tool(Tool(Does.LINK))
        self._from = items[0] if len(items) == 1 else None

    def take_note_tool(self) -> None:
        """Write a note about the item selected last; with none choose where it is to stand."""
        items = self._items_selected()
        if items:
            at = self._arrangement.places[items[-1]]
            self.dropped.emit(Tool(Does.NOTE), at, items[-1])
        else:
            self.take_tool(Tool(Does.NOTE))

    def hold(self, tool: Tool, place: QPoint) -> None:
        """Show what is being dragged from the palette, at a place of the screen."""
        self._ghost = tool, QPointF(self.mapFromGlobal(place))
        self.update()

    def let_go(self, tool: Tool, place: QPoint) -> None:
        """Put down what was dragged from the palette, if that is on the canvas."""
        self._ghost = None
        self.update()
        at = self.mapFromGlobal(place)
        if self.rect().contains(at) and tool.does in {Does.ITEM, Does.NOTE}:
            self._put_down(tool, QPointF(at))

    def put_in_the_middle(self) -> None:
        """Put down what the tool in use puts down, in the middle of what is seen: for keys."""
        if self._tool.does in {Does.ITEM, Does.NOTE}:
            self._put_down(self._tool, QPointF(self.width() / 2, self.height() / 2))

    def _put_down(self, tool: Tool, place: QPointF) -> None:
        spot = self._view.to_chart(place)
        target = self._index.node_at(spot)
        if self._tool is not SELECT:
            self.take_tool(SELECT)
        self.dropped.emit(tool, Point(spot.x(), spot.y()), target)

    def _shape_cursor(self) -> None:
        """Show by the pointer what it does now."""

    def _seen_through(self) -> View:
        return self._view

    def _tool_gesture(self, place: QPointF, modifiers: Qt.KeyboardModifier) -> Gesture | None:
        """Return what a press of the left button begins with the tool in use."""
        match self._tool.does:
            case Does.PAN:
                return Pan(place, self._pan)
            case Does.LASSO:
                return Lasso(place, self._view, self._index, self._choose, way(modifiers))
            case Does.ITEM | Does.NOTE:
                return Put(place, partial(self._put_down, self._tool))
            case _:
                return self._tether(place)

    def _tether(self, place: QPointF) -> Gesture | None:
        source = self._from or self._index.node_at(self._view.to_chart(place), 2 / self.zoom)
        node = self._index.node(source) if source else None
        if node is None:
            self.said.emit(_(FIRST))
            return None
        begin = self._view.to_screen(node.at.x, node.at.y)
        return Tether(place, begin, partial(self._join, node.id))

    def _join(self, source: UUID, place: QPointF) -> None:
        """Join the item a line began at to what it ended on; a click there only begins it."""
        target = self._index.node_at(self._view.to_chart(place), 2 / self.zoom)
        if target is None:
            self.said.emit(_(SECOND))
        elif target != source:
            self._from = None
            self.linked.emit(source, target)
        elif self._tool.does is Does.LINK:
            self._from = source

    def _pan(self, dx: float, dy: float) -> None:
        self._look(self._view.panned(dx, dy))

    # ---- The handle ----------------------------------------------------------------------------

    def _handle(self, node: Node) -> QPointF:
        """Return the middle of the handle of an item, in pixels."""
        edge = self._view.to_screen(node.at.x + node.look.area.right, node.at.y)
        return edge + QPointF(HANDLE_AT, 0.0)

    def _over_handle(self, place: QPointF, slack: float = 2.0) -> UUID | None:
        """Return the item under the pointer a moment ago, if its handle is there now."""
        node = self._index.node(self._hover) if self._hover and self.may_link else None
        if node is None or self._tool is not SELECT:
            return None
        far = (place - self._handle(node)).manhattanLength()
        return node.id if far <= HANDLE + slack else None

    def _paint_passing(self, painter: QPainter) -> None:
        super()._paint_passing(painter)
        node = self._index.node(self._hover) if self._hover and not self._gesture else None
        current = theme.current()
        if node is not None and self.may_link and self._tool is SELECT:
            painter.setPen(QPen(current.qcolour("surface"), 1.5))
            painter.setBrush(current.qcolour("accent"))
            at = self._handle(node)
            painter.drawEllipse(at, HANDLE, HANDLE)
            painter.setPen(QPen(current.qcolour("accent.on"), 1.5))
            painter.drawLine(at - QPointF(3.5, 0), at + QPointF(3.5, 0))
            painter.drawLine(at - QPointF(0, 3.5), at + QPointF(0, 3.5))
        if self._ghost is not None:
            painter.setPen(QPen(current.qcolour("accent"), 2.0, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(self._ghost[1], 18.0, 18.0)

    # ---- Words in place ------------------------------------------------------------------------

    def type_over(
        self, id_: UUID, text: str, then: Callable[[str], None], *, name: str, lines: bool = False
    ) -> None:
        """Let the words of an item, a line or a note be typed where they stand."""
        self.editor.open(self._words_at(id_), text, then, name=name, lines=lines)

    def type_at(
        self, at: Point, then: Callable[[str], None], *, name: str, lines: bool = False
    ) -> None:
        """Let new words be typed at a place."""
        area = Area(at.x, at.y, 180.0 if lines else 120.0, 0.0)
        self.editor.open(area, "", then, name=name, lines=lines)

    def _words_at(self, id_: UUID) -> Area:
        if node := self._index.node(id_):
            return node.label.box if node.label else Area(node.at.x - 60, node.box.bottom, 120, 0)
        if note := self._index.note(id_):
            return note.box
        line = self._index.line(id_)
        if line is None:
            return Area(self._view.x, self._view.y, 120.0, 0.0)
        one, two = line.points[0], line.points[-1]
        return Area((one.x + two.x) / 2 - 60, (one.y + two.y) / 2 - 10, 120.0, 0.0)
