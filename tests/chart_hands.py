"""What a hand does on a chart page: take a tool, type words in place, answer a box."""

from chart_pages import CTRL
from PySide6.QtCore import QPoint, Qt

from ocgdesk.domain.kinds import Kind
from ocgdesk.ui.chart.tools import Does, Tool
from ocgdesk.ui.pages.chart_page import ChartPage

EMPTY = QPoint(60, 560)
"""Where nothing lies on a chart page as the tests show it."""


def button(page: ChartPage, does: Does, kind: Kind | None = None):
    return page.palette_bar.buttons[Tool(does, kind)]


def spot(page: ChartPage, id_) -> QPoint:
    node = page.canvas.index.node(id_)
    return page.canvas.view.to_screen(node.at.x, node.at.y).toPoint()


def type_words(qtbot, page: ChartPage, text: str, *, lines: bool = False) -> None:
    assert page.canvas.editor.is_open
    qtbot.keyClicks(page.canvas.editor, text)
    qtbot.keyClick(page.canvas.editor, Qt.Key.Key_Return, CTRL if lines else Qt.KeyboardModifier(0))


def dialog(qtbot, page: ChartPage, cls):
    qtbot.waitUntil(lambda: page.findChild(cls) is not None)
    return page.findChild(cls)


def sketched(page: ChartPage):
    return [item for item in page.arrangement.scene.items if item.sketch]
