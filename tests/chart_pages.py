"""What tests do with a chart page: wait for it, drag on it, ask what it shows."""

from uuid import UUID

from PySide6.QtCore import QPoint, Qt

from ocgdesk.casework import charts
from ocgdesk.domain.charts import Point
from ocgdesk.store import journal
from ocgdesk.store.journal import Act
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.disclosure_dialog import Purpose
from ocgdesk.ui.pages.chart_page import ChartPage

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PURPOSE = Purpose(recipient="TTCG", reason="November meeting")


def settled(qtbot, page: ChartPage) -> ChartPage:
    qtbot.waitUntil(page.ready, timeout=20_000)
    page.canvas.settle()
    return page


def labels(page: ChartPage) -> set[str]:
    return {item.label for item in page.arrangement.scene.items}


def places(page: ChartPage) -> dict[UUID, Point]:
    return dict(page.arrangement.places)


def stored(desk: Desk, page: ChartPage) -> dict[UUID, Point]:
    with desk.workspace.reading() as reader:
        return charts.open_chart(reader, page.chart.id)[1].places


def drag(qtbot, page: ChartPage, id_: UUID, by: QPoint) -> None:
    node = page.canvas.index.node(id_)
    start = page.canvas.view.to_screen(node.at.x, node.at.y).toPoint()
    qtbot.mousePress(page.canvas, LEFT, pos=start)
    for step in range(1, 5):
        qtbot.mouseMove(page.canvas, start + by * step / 4)
    qtbot.mouseRelease(page.canvas, LEFT, pos=start + by)


def last_entry(desk: Desk):
    newest, _hash = desk.workspace.head()
    with desk.workspace.connection() as connection:
        seq = newest
        while (found := journal.entry(connection, seq)) and found.act in {
            Act.CONSULTATION,
            Act.SESSION,
        }:
            seq -= 1
        return found
