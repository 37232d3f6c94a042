"""A chart as a widget that shows it: arrangement, view, selection and the pictures kept of them.

What the user does with mouse and keys is in ``canvas``.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final
from uuid import UUID

from PySide6.QtCore import QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from ocgdesk.domain.charts import Arrangement, Point, Scene
from ocgdesk.i18n import _
from ocgdesk.reports.drawing import lines_between
from ocgdesk.reports.drawing_changes import adapted
from ocgdesk.reports.drawing_parts import Area, Drawing, Line, Node
from ocgdesk.ui import theme
from ocgdesk.ui.chart import ground, marks, slips
from ocgdesk.ui.chart.draughtsman import Draughtsman
from ocgdesk.ui.chart.gestures import Carry, Gesture
from ocgdesk.ui.chart.index import Index
from ocgdesk.ui.chart.layers import Layer, Pauses
from ocgdesk.ui.chart.painting import Brush
from ocgdesk.ui.chart.portraits import Portraits
from ocgdesk.ui.chart.tabs import Tabs
from ocgdesk.ui.chart.view import View

STEP: Final = 1.2
"""How much one notch of the wheel, or one key, enlarges."""
DIMMED: Final = 0.25
MOST_LINES: Final = 400
"""Links painted while their items are dragged."""


class ChartSurface(QWidget):
    """Shows an arrangement through a view, with a selection."""

    selection_changed = Signal(tuple)
    """The ids of what is selected, items and ties, in the order they were selected."""
    hidden_changed = Signal(int)
    """The user hid items or showed them; how many are hidden now. Which ones: ``hidden()``."""
    view_changed = Signal()
    drawn = Signal()
    """There is a new drawing: the chart, what is hidden or a filter has changed.

    A large one comes a moment after what it was asked for; see ``is_drawn``.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._arrangement = Arrangement(scene=Scene())
        self._index = Index(Drawing(bounds=Area(0.0, 0.0, 0.0, 0.0)))
        self._view = View()
        self._fit_due = True
        self._fitted: View | None = None
        self._selected: tuple[UUID, ...] = ()
        self._hover: UUID | None = None
        self._gesture: Gesture | None = None
        self._lifted: frozenset[UUID] = frozenset()
        self._spotlight: frozenset[UUID] = frozenset()
        self._draughtsman = Draughtsman(self)
        self._draughtsman.drawn.connect(self._on_drawn)
        self._base = Layer(self._paint_base, self)
        self._over = Layer(self._paint_over, self)
        self.portraits = Portraits(self)
        self.portraits.changed.connect(self._dress)
        for layer in (self._base, self._over):
            layer.changed.connect(self.update)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(240, 180)
        self.setAccessibleName(_("Link chart"))
        theme.follow(self, self._dress)

    @property
    def arrangement(self) -> Arrangement:
        """What is shown, with the positions and hidden items as they are now."""
        return self._arrangement

    @property
    def drawing(self) -> Drawing:
        """What is painted."""
        return self._index.drawing

    @property
    def is_drawn(self) -> bool:
        """Whether the drawing is that of the chart as it is now; else it is being made."""
        return not self._draughtsman.is_at_work

    @property
    def index(self) -> Index:
        """What is where."""
        return self._index

    def selection(self) -> tuple[UUID, ...]:
        """Return the ids of what is selected, items and ties, in order."""
        return self._selected

    def hidden(self) -> frozenset[UUID]:
        """Return the ids of the items that are hidden."""
        return self._arrangement.hidden

    @property
    def view(self) -> View:
        """Which part of the chart is seen."""
        return self._view

    @property
    def zoom(self) -> float:
        """Pixels to the chart unit: 1.0 is 100 %."""
        return self._view.zoom

    @zoom.setter
    def zoom(self, zoom: float) -> None:
        middle = QPointF(self.width() / 2, self.height() / 2)
        self._look(self._view.zoomed(zoom / self._view.zoom, middle))

    def sizeHint(self) -> QSize:
        return QSize(960, 640)

    def show_arrangement(self, arrangement: Arrangement, *, keep_view: bool = False) -> None:
        """Show this chart; what is still there stays selected. The view is fitted unless kept."""
        self._arrangement = arrangement
        self._redraw()
        known = {item.id for item in arrangement.scene.items}
        known |= {tie.id for tie in arrangement.scene.ties}
        known |= {note.id for note in arrangement.scene.notes}
        self.select(id_ for id_ in self._selected if id_ in known)
        if not keep_view:
            self.fit()

    def show_on_the_way(self, arrangement: Arrangement) -> None:
        """Show items on their way; ``show_arrangement`` follows when they have arrived."""
        self._show(adapted(self._index.drawing, arrangement))

    def _redraw(self) -> None:
        """Have the chart drawn; until that is done, show what there is as well as can be."""
        shown = self._arrangement
        self._draughtsman.begin(shown)
        if not self.is_drawn:
            self._show(adapted(self._index.drawing, shown))

    @Slot(object)
    def _on_drawn(self, drawing: Drawing) -> None:
        self._show(drawing)
        self.setAccessibleDescription(drawing.words)
        if self._fit_due:
            self.fit()
        self.drawn.emit()

    def _show(self, drawing: Drawing) -> None:
        self._index = Index(drawing)
        self._base.expect(len(self._index.nodes) * 0.05 + len(self._index.lines) * 0.03)
        self._base.stale()
        self._over.stale()
        self._hover = None
        self.update()

    def _dress(self) -> None:
        self._base.stale()
        self._over.stale()
        self.update()

    def select(self, ids: Iterable[UUID]) -> None:
        """Select exactly these items and ties."""
        chosen = tuple(dict.fromkeys(ids))
        if chosen == self._selected:
            return
        self._selected = chosen
        self._over.stale()
        self._over.expect(len(chosen) * 0.12)
        self.update()
        self.selection_changed.emit(chosen)

    def _items_selected(self) -> tuple[UUID, ...]:
        return tuple(id_ for id_ in self._selected if self._index.node(id_))

    def _current(self) -> UUID | None:
        return self._selected[-1] if self._selected else None

    def _look(self, view: View) -> None:
        self._view = view
        self.update()
        self.view_changed.emit()

    def fit(self) -> None:
        """Show all of the chart, at 100 % at most: at once, or as soon as it is drawn and shown."""
        self._fit_due = not (self.isVisible() and self.is_drawn)
        view = self._view.sized(self.width(), self.height())
        self._look(view.fitted(self._index.drawing.bounds))
        self._fitted = self._view

    def fit_selection(self) -> None:
        """Show all that is selected, or all of the chart when nothing is."""
        nodes = [node for id_ in self._selected if (node := self._index.node(id_))]
        if not nodes:
            self.fit()
            return
        area = nodes[0].box
        for node in nodes[1:]:
            area = area.joined(node.box)
        self._look(self._view.fitted(area.grown(60)))

    def centre_on(self, x: float, y: float) -> None:
        """Bring a chart point into the middle."""
        self._look(replace(self._view, x=x, y=y))

    def reveal(self, id_: UUID) -> None:
        """Bring an item into sight, if it is not."""
        node = self._index.node(id_)
        if node and not self._view.area(-40).holds(node.box):
            self.centre_on(node.at.x, node.at.y)

    def zoom_in(self) -> None:
        """Enlarge by one step about the middle."""
        self.zoom = self.zoom * STEP

    def zoom_out(self) -> None:
        """Reduce by one step about the middle."""
        self.zoom = self.zoom / STEP

    def _put(self, places: dict[UUID, Point]) -> None:
        """Show items and notes in other places."""
        held = slips.put(self._arrangement, places)
        items = {id_: at for id_, at in places.items() if self._index.node(id_)}
        self._arrangement = replace(held, places={**held.places, **items})
        self._redraw()

    def put(self, places: dict[UUID, Point]) -> None:
        """Show items in other places; whoever asks for it says so itself."""
        self._put(places)

    def _shifted(self, ids: Iterable[UUID], dx: float, dy: float) -> dict[UUID, Point]:
        """Return where items and notes stand that go so far; a note follows its item anyhow."""
        places, known = self._arrangement.places, set(ids)
        items = {i: Point(places[i].x + dx, places[i].y + dy) for i in known if i in places}
        return items | slips.places_of(self._arrangement, known, dx, dy)

    def _brush(self, painter: QPainter, view: View) -> Brush:
        painter.setTransform(view.transform(), combine=True)
        ratio = painter.device().devicePixelRatioF()
        return Brush(painter, theme.current().name, view.zoom, ratio, view.area())

    def _paint_base(self, painter: QPainter, view: View, first: Area) -> Pauses:
        """Paint all that is seen but what is being carried."""
        yield from self._paint_chart(painter, view, first, self._lifted)

    def _paint_chart(
        self, painter: QPainter, view: View, first: Area, without: frozenset[UUID]
    ) -> Pauses:
        ground.dots(painter, view, theme.current().qcolour("grid"))
        brush, seen, index = self._brush(painter, view), view.area(), self._index
        brush.recall(index.strokes)
        brush.among = len(index.nodes)
        drawing = index.drawing
        for hull in drawing.hulls:
            brush.shape(hull.frame)
        lines = [index.lines[at] for at in index.lines_in(seen)]
        nodes = [index.nodes[at] for at in index.nodes_in(seen)]
        if without:
            lines = [line for line in lines if not without & set(line.ends or ())]
            nodes = [node for node in nodes if node.id not in without]
        yield from brush.lines(lines)
        notes = [note for note in drawing.notes if note.id not in without]
        slips.leaders(brush, notes)
        tabs = Tabs(drawing.hulls, view.zoom)
        if not tabs.are_grown:
            tabs.paint(brush)
        yield from brush.line_labels(lines)
        yield from brush.nodes(nodes)
        self.portraits.paint(brush, nodes)
        if tabs.are_grown:  # so large that items would stand in their words
            tabs.paint(brush)
        yield from brush.names(nodes, around=tabs.boxes, first=first)
        yield from brush.badges(nodes)
        slips.paint(brush, notes)

    def _paint_over(self, painter: QPainter, view: View, _first: Area) -> Pauses:
        """Paint the selection, and what stands out while the rest is dimmed."""
        brush = self._brush(painter, view)
        if self._spotlight:
            yield from marks.neighbours(brush, self._index, self._spotlight)
        if not self._lifted:
            yield from marks.selection(brush, self._index, self._selected, view.area())
            slips.paint(brush, self._index.drawing.notes)  # lines and items were painted over them
            slips.rings(brush, [n for n in self._index.drawing.notes if n.id in self._selected])

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        look, ratio = theme.current(), self.devicePixelRatioF()
        painter = QPainter(self)
        surface = look.qcolour("surface")
        painter.fillRect(self.rect(), surface)
        if not (self._index.nodes or self._index.drawing.notes):
            self._paint_empty(painter)
        else:
            painter.setOpacity(DIMMED if self._spotlight else 1.0)
            self._base.show(painter, self._view, ratio, surface)
            painter.setOpacity(1.0)
            if self._selected or self._spotlight:
                self._over.show(painter, self._view, ratio, QColor(Qt.GlobalColor.transparent))
            self._paint_passing(painter)
        if self._gesture:
            self._gesture.paint(painter, look.qcolour("accent"))
        if self.hasFocus() and self.property("by-key"):
            painter.setPen(QPen(look.qcolour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(2, 2, -2, -2))
        painter.end()

    def _paint_empty(self, painter: QPainter) -> None:
        if self.is_drawn:
            ground.empty(painter, self.rect())

    def _paint_passing(self, painter: QPainter) -> None:
        """Paint what changes from frame to frame: hover and what is being carried."""
        painter.save()
        brush = self._brush(painter, self._view)
        if isinstance(self._gesture, Carry) and self._lifted:
            nodes, lines = self._carried(self._gesture.offset)
            by = self._gesture.offset / self.zoom
            marks.carried(brush, nodes, lines, by)
            slips.carried(brush, self._index, self._arrangement, self._lifted, by)
        elif self._hover and self._hover not in self._selected:
            node = self._index.node(self._hover)
            if node:
                marks.hover(brush, node)
        painter.restore()

    def _carried(self, offset: QPointF) -> tuple[list[Node], tuple[Line, ...]]:
        """Return what is being dragged, and its links as they run now."""
        nodes = [node for id_ in self._lifted if (node := self._index.node(id_))]
        at = {place for id_ in self._lifted for place in self._index.lines_of(id_)}
        if len(at) > MOST_LINES:
            return nodes, ()
        owners = {self._index.lines[place].owner for place in at}
        scene = self._arrangement.scene
        ties = [tie for tie in scene.ties if tie.id in owners]
        ends = {end for tie in ties for end in (tie.source, tie.target)}
        moved = self._shifted(self._lifted, offset.x() / self.zoom, offset.y() / self.zoom)
        places = {**self._arrangement.places, **moved}
        return nodes, lines_between([item for item in scene.items if item.id in ends], ties, places)

    def settle(self) -> None:
        """Draw and paint at once what is seen: before a picture of the window is taken."""
        self._draughtsman.finish()
        ratio = self.devicePixelRatioF()
        self._base.settle(self._view, ratio, theme.current().qcolour("surface"))
        self._over.settle(self._view, ratio, QColor(Qt.GlobalColor.transparent))
        self.update()

    def image(self, size: QSize, ratio: float = 1.0) -> QImage:
        """Return all of the chart as a picture of this size, without selection."""
        self._draughtsman.finish()
        made = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
        made.setDevicePixelRatio(ratio)
        made.fill(theme.current().qcolour("surface"))
        view = View().sized(size.width(), size.height()).fitted(self._index.drawing.bounds)
        painter = QPainter(made)
        for _pause in self._paint_chart(painter, view, view.area(), frozenset()):
            pass
        painter.end()
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._view == self._fitted:  # nobody has moved it: it stays whole
            self.fit()
        else:
            self._look(self._view.sized(self.width(), self.height()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._fit_due:
            self.fit()
