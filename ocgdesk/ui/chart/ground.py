"""What a chart lies on: a dotted ground, or a sentence where there is nothing on it."""

from math import ceil
from typing import Final

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from ocgdesk.i18n import _
from ocgdesk.ui import fonts, theme
from ocgdesk.ui.chart.view import View

GROUND: Final = 26.0
"""Between the dots of the ground, in chart units."""


def dots(painter: QPainter, view: View, tone: QColor) -> None:
    """Dot the ground, so that panning is felt on an empty stretch."""
    step = GROUND * view.zoom
    while step < 18:
        step *= 2
    origin = view.to_screen(0.0, 0.0)
    left, top = origin.x() % step, origin.y() % step
    columns, rows = int(view.width / step) + 1, int(view.height / step) + 1
    # One row is painted and copied: thousands of round dots would cost as much as all the links.
    row = _row(QSize(ceil(view.width), 4), painter.device().devicePixelRatioF())
    brush = QPainter(row)
    brush.setRenderHint(QPainter.RenderHint.Antialiasing)
    brush.setPen(QPen(tone, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    brush.drawPoints([QPointF(left + x * step, 2.0) for x in range(columns)])
    brush.end()
    for y in range(rows):
        painter.drawPixmap(QPointF(0.0, round(top + y * step) - 2.0), row)


def _row(size: QSize, ratio: float) -> QPixmap:
    made = QPixmap(size * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    return made


def empty(painter: QPainter, rect: QRect) -> None:
    """Say what an empty chart waits for."""
    painter.setPen(theme.current().qcolour("text.2"))
    painter.setFont(fonts.body())
    words = _("Take something from the palette, paste, or press Ctrl+K.")
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
