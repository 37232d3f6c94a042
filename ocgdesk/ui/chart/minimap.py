"""The whole chart in a corner: hulls, a dot for each item, and a frame round what is seen."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from ocgdesk.i18n import _
from ocgdesk.reports.drawing_parts import Area
from ocgdesk.ui import theme
from ocgdesk.ui.chart.surface import ChartSurface
from ocgdesk.ui.chart.view import View

SIZE: Final = QSize(140, 98)
INSET: Final = 12
"""From the corner of the canvas."""
DOT: Final = 3.0


class Minimap(QWidget):
    """Lies in the lower right corner of a canvas, and goes when all of the chart is seen."""

    def __init__(self, canvas: ChartSurface) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._picture: QPixmap | None = None
        self._ratio = 0.0
        self.setFixedSize(SIZE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(_("Overview of the chart"))
        self.setToolTip(_("Overview: click to go there"))
        self.hide()
        theme.follow(self, self.renew)

    def follow(self) -> None:
        """Show again which part is seen; hide where that is all of it."""
        canvas = self._canvas
        corner = canvas.rect().bottomRight() - self.rect().bottomRight()
        self.move(corner.x() - INSET, corner.y() - INSET)
        whole = canvas.view.area().holds(canvas.drawing.bounds)
        roomy = canvas.width() > 3 * self.width() and canvas.height() > 3 * self.height()
        self.setVisible(bool(canvas.drawing.nodes) and roomy and not whole)
        self.update()

    def renew(self) -> None:
        """Draw the chart again: it has changed, or the theme has."""
        self._picture = None
        self.follow()

    def _view(self) -> View:
        """Return the view that shows all of the chart here."""
        view = View().sized(self.width(), self.height())
        bounds = self._canvas.drawing.bounds
        fitted = view.fitted(bounds, margin=8.0)
        least = min(
            (view.width - 16) / max(bounds.width, 1.0), (view.height - 16) / max(bounds.height, 1.0)
        )
        return View(least, fitted.x, fitted.y, view.width, view.height)

    def _drawn(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._ratio != ratio:
            self._picture, self._ratio = QPixmap(self.size() * ratio), ratio
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(theme.current().qcolour("surface"))
            painter = QPainter(self._picture)
            self._paint_chart(painter, self._view())
            painter.end()
        return self._picture

    def _paint_chart(self, painter: QPainter, view: View) -> None:
        look = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.qcolour("text.3"), 1.0))
        for hull in self._canvas.drawing.hulls:
            painter.drawRoundedRect(view.rect(hull.box), 2, 2)
        for role, places in self._dots(view).items():
            tone = look.qcolour(role if role in look.colours else "text.2")
            painter.setPen(QPen(tone, DOT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPoints(places)

    def _dots(self, view: View) -> dict[str, list[QPointF]]:
        dots: dict[str, list[QPointF]] = {}
        for node in self._canvas.drawing.nodes:
            dots.setdefault(node.look.role, []).append(view.to_screen(node.at.x, node.at.y))
        return dots

    def _frame(self) -> QRectF:
        seen: Area = self._canvas.view.area()
        return self._view().rect(seen).intersected(QRectF(self.rect()).adjusted(2, 2, -3, -3))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        look = theme.current()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._drawn())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.qcolour("accent"), 1.5))
        painter.setBrush(look.qcolour("accent", 0.06))
        painter.drawRect(self._frame())
        painter.setPen(QPen(look.qcolour("line.2"), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event)

    def _go(self, event: QMouseEvent) -> None:
        place = self._view().to_chart(event.position())
        self._canvas.centre_on(place.x(), place.y())
        event.accept()
