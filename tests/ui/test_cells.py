"""Cells of tables are painted in every tone they can have, in every theme."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from ocgdesk.ui import theme
from ocgdesk.ui.delegates import cells
from ocgdesk.ui.widgets.values import Cell, Chip, Flagged, Status, Tone

pytestmark = pytest.mark.usefixtures("dressed")
TONES = ("neutral", "overdue", "due", "ok", "info", "restricted", "victim")
MADE = {
    "flagged": lambda tone: Flagged("–", tone, "status.hidden"),
    "status": lambda tone: Status("Active", "status.active", tone),
    "chip": lambda tone: Chip("3 days", tone, "status.due"),
}


def painted(cell: Cell) -> bool:
    picture = QImage(120, 32, QImage.Format.Format_RGB32)
    picture.fill(theme.current().qcolour("surface"))
    before = QImage(picture)
    painter = QPainter(picture)
    try:
        cells.paint(painter, QRectF(0, 0, 120, 32), cell)
    finally:
        painter.end()
    return picture != before


@pytest.mark.parametrize("name", ["light", "dark", "high-contrast"])
@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("kind", MADE)
def test_every_tone_is_painted(dressed: QApplication, name: str, tone: Tone, kind: str) -> None:
    theme.apply(dressed, theme.load(name))
    assert painted(MADE[kind](tone))
