"""The map of county lines under the user's hands: zoom, pan, point at a flow, open its lines."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from ocgdesk.domain.grounds import Ring
from ocgdesk.domain.line_map import Flow, Gazetteer, LineMap, Spot, plane
from ocgdesk.i18n import _
from ocgdesk.reports import map_drawing
from ocgdesk.reports.drawing_parts import Area
from ocgdesk.reports.plate import Plate
from ocgdesk.reports.plate import Spot as Met
from ocgdesk.ui import fonts, theme
from ocgdesk.ui.chart.view import View
from ocgdesk.ui.plates import painting

STEP: Final = 1.3
LEAST: Final = 0.1
MOST: Final = 40.0
MARGIN: Final = 20.0
_PANS: Final = {
    Qt.Key.Key_Left: (1, 0), Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1),
}  # fmt: skip
_ZOOMS: Final = {Qt.Key.Key_Plus: STEP, Qt.Key.Key_Equal: STEP, Qt.Key.Key_Minus: 1 / STEP}
_OPENS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
PANNED: Final = 60.0


class MapView(QWidget):
    """Hubs, towns and flows. The wheel zooms, dragging pans; N and P go from flow to flow."""

    opened = Signal(object)
    """The Flow that was clicked twice, or that Enter was pressed on."""
    chosen = Signal(object)
    """The Flow that is the current one now, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found: LineMap | None = None
        self.flows: tuple[Flow, ...] = ()
        self.current: Flow | None = None
        self.view = View()
        self._forces: tuple[Spot, ...] = ()
        self._ground = QPainterPath()
        self._plate: Plate | None = None
        self._picture: QPixmap | None = None
        self._grip: tuple[QPointF, View] | None = None
        self._fitted = True
        """Whether all is in view because nobody looked elsewhere yet."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(_("Map of county lines"))
        theme.follow(self, self._redraw)

    @property
    def plate(self) -> Plate | None:
        """What is painted."""
        return self._plate

    def show_ground(self, rings: Sequence[Ring]) -> None:
        """Draw these outlines beneath the map, in grey."""
        made = QPainterPath()
        for ring in rings:
            corners = [QPointF(*plane(lat, lon)) for lat, lon in ring]
            made.addPolygon(QPolygonF([*corners, corners[0]]))
        self._ground = made
        self._redraw()

    def show_flows(self, found: LineMap, flows: Sequence[Flow]) -> None:
        """Show these flows; what was looked at stays in view."""
        first = self.found is None
        self.found, self.flows = found, tuple(flows)
        self._forces = self._forces or Gazetteer().forces
        if self.current not in self.flows:
            self.current = None
        if first or self._fitted:
            self.fit()
        else:
            self._redraw()

    def fit(self) -> None:
        """Bring all flows into view."""
        self._fitted = True
        area = map_drawing.extent(self.flows, self._forces)
        wide, high = self.width() - 2 * MARGIN, self.height() - 2 * MARGIN
        zoom = min(max(wide, 1.0) / area.width, max(high, 1.0) / area.height)
        middle = area.centre
        self.view = View(
            zoom=min(max(zoom, LEAST), MOST), x=middle.x, y=middle.y,
            width=max(1, self.width()), height=max(1, self.height()),
        )  # fmt: skip
        self._redraw()

    def zoom(self, factor: float, about: QPointF | None = None) -> None:
        """Enlarge so many times about a point of the view, or its middle."""
        place = about or QPointF(self.width() / 2, self.height() / 2)
        zoom = min(max(self.view.zoom * factor, LEAST), MOST)
        held = self.view.to_chart(place)
        x = held.x() - (place.x() - self.width() / 2) / zoom
        y = held.y() - (place.y() - self.height() / 2) / zoom
        self._look(View(zoom=zoom, x=x, y=y, width=self.width(), height=self.height()))

    def _look(self, view: View) -> None:
        self._fitted = False
        self.view = view
        self._redraw()

    def _redraw(self) -> None:
        if self.found is None:
            return
        self._plate = map_drawing.draw(
            self.found, self.flows, self.view.area(), self.view.zoom,
            forces=self._forces, unit=fonts.scale(),
        )  # fmt: skip
        self._picture = None
        self.setAccessibleDescription(self._plate.words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(640, 420)

    # ---- Painting ------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        if self._picture is None:
            self._picture = self._painted()
        painter.drawPixmap(0, 0, self._picture)
        if (met := self._met(self.current)) is not None and met.way:
            self._paint_current(painter, met)
        if self.hasFocus() and self.property("by-key"):
            painter.setPen(QPen(theme.current().qcolour("focus"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.end()

    def _painted(self) -> QPixmap:
        ratio, look = self.devicePixelRatioF(), theme.current()
        made = QPixmap(self.size() * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(look.qcolour("surface"))
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.save()
        painter.setTransform(self.view.transform(), True)
        pen = QPen(look.qcolour("line.2"), 0.0)
        painter.setPen(pen)
        painter.setBrush(look.qcolour("sunken"))
        painter.drawPath(self._ground)
        painter.restore()
        offset = self._offset()
        painter.translate(offset)
        if self._plate is not None:
            painting.paint(painter, self._plate.parts, ratio)
        painter.end()
        return made

    def _paint_current(self, painter: QPainter, met: Met) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        offset = self._offset()
        line = QPolygonF([QPointF(p.x + offset.x(), p.y + offset.y()) for p in met.way])
        assert self.current is not None  # noqa: S101 - it was met
        wide = map_drawing.width_of(self.current.count) * fonts.scale() + 3
        painter.setPen(QPen(theme.current().qcolour("accent"), wide))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(line)

    def _offset(self) -> QPointF:
        """Return how far what is painted at a scale lies from what is seen."""
        view = self.view
        return QPointF(view.width / 2 - view.x * view.zoom, view.height / 2 - view.y * view.zoom)

    # ---- Mouse ---------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit()
        else:
            self._look(self.view.sized(event.size().width(), event.size().height()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setProperty("by-key", False)
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.position(), self.view
            self.choose(self.flow_at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None:
            over = self.flow_at(event.position()) is not None
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.OpenHandCursor
            )
            return
        begun, view = self._grip
        moved = event.position() - begun
        if moved.manhattanLength() > 3:
            self._look(view.panned(moved.x(), moved.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        del event
        self._grip = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        if (flow := self.flow_at(event.position())) is not None:
            self.opened.emit(flow)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if turn := event.angleDelta().y():
            self.zoom(STEP ** (turn / 120), event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            met = self._met_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), met.words if met else "", self)
            return True
        return super().event(event)

    def _met_at(self, place: QPointF) -> Met | None:
        if self._plate is None:
            return None
        return painting.spot_at(self._plate.spots, place - self._offset())

    def flow_at(self, place: QPointF) -> Flow | None:
        """Return the flow under a place of the view."""
        met = self._met_at(place)
        flows = (flow for flow in self.flows if met and map_drawing.key_of(flow) == met.key)
        return next(flows, None)

    def _met(self, flow: Flow | None) -> Met | None:
        if flow is None or self._plate is None:
            return None
        key = map_drawing.key_of(flow)
        return next((met for met in self._plate.spots if met.key == key), None)

    # ---- Keys ----------------------------------------------------------------------------------

    def choose(self, flow: Flow | None) -> None:
        """Make a flow the current one."""
        if flow == self.current:
            return
        self.current = flow
        if flow is not None and self.found is not None:
            self.setAccessibleDescription(map_drawing.flow_words(self.found, flow))
        self.update()
        self.chosen.emit(flow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        self.setProperty("by-key", True)
        if key in _ZOOMS:
            self.zoom(_ZOOMS[key])
        elif key in _PANS:
            dx, dy = _PANS[key]
            self._look(self.view.panned(dx * PANNED, dy * PANNED))
        elif key in {Qt.Key.Key_N, Qt.Key.Key_P} and self.flows:
            self._step(1 if key == Qt.Key.Key_N else -1)
        elif key == Qt.Key.Key_Z:
            self.fit()
        elif key in _OPENS and self.current is not None:
            self.opened.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        at = self.flows.index(self.current) + by if self.current in self.flows else 0
        self.choose(self.flows[at % len(self.flows)])

    def seen(self) -> Area:
        """Return the part of the plane in view."""
        return self.view.area()
