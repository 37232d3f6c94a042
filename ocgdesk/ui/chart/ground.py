"""What a chart lies on: a dotted ground, or a sentence where there is nothing on it."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen

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
    painter.setPen(QPen(tone, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    origin = view.to_screen(0.0, 0.0)
    left, top = origin.x() % step, origin.y() % step
    columns, rows = int(view.width / step) + 1, int(view.height / step) + 1
    painter.drawPoints(
        [QPointF(left + x * step, top + y * step) for x in range(columns) for y in range(rows)]
    )


def empty(painter: QPainter, rect: QRect) -> None:
    """Say what an empty chart waits for."""
    painter.setPen(theme.current().qcolour("text.2"))
    painter.setFont(fonts.body())
    words = _("Take something from the palette, paste, or press Ctrl+K.")
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
