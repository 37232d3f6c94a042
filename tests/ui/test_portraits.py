"""Photographs that stand for their records: chosen on the record, shown on a chart."""

from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from makers import a_membership, a_nominal, an_ocg
from PIL import Image
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ocgdesk.casework import attachments
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.subrecords import Attachment
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.chart_menu import ItemMenu, Subject
from ocgdesk.ui.pages.chart_page import ChartPage
from ocgdesk.ui.pages.record_page import RecordPage

LEFT = Qt.MouseButton.LeftButton
RED, GREEN = (200, 20, 20), (20, 160, 60)

pytestmark = pytest.mark.usefixtures("dressed", "own_settings")


@pytest.fixture
def attach(workspace):
    def keep(owner: UUID, colour: tuple[int, int, int], name: str) -> Attachment:
        out = BytesIO()
        Image.new("RGB", (60, 80), colour).save(out, "PNG")
        made = attachments.content(name, out.getvalue(), "photograph")
        new = Attachment(owner=owner, name="", purpose="photograph")
        with workspace.work("Attach file") as done:
            return attachments.attach(done.work, new, made)

    return keep


def settle(qtbot: QtBot, page) -> None:
    for _again in range(2):
        QApplication.processEvents()
        qtbot.waitUntil(page.ready, timeout=20_000)


def test_the_portrait_is_chosen_on_the_record(desk: Desk, given, attach, qtbot: QtBot) -> None:
    (person,) = given(a_nominal())
    attach(person.id, RED, "first.png")
    attach(person.id, GREEN, "second.png")
    page = RecordPage(desk, Target(page=PageKind.RECORD, kind=Kind.NOMINAL, id=person.id))
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    settle(qtbot, page)
    tile = page.header.tile

    def middle() -> tuple[int, int, int]:
        picture = tile.picture
        if picture.isNull():
            return (0, 0, 0)
        return QColor(picture.pixel(picture.width() // 2, picture.height() // 2)).getRgb()[:3]

    qtbot.waitUntil(lambda: middle() == GREEN)
    page.tabs.choose("on-file")
    settle(qtbot, page)
    part = page.parts.on_file
    qtbot.mouseClick(part.list.buttons[Kind.ATTACHMENT], LEFT)
    table = part.table(Kind.ATTACHMENT)
    row = next(n for n, one in enumerate(table.rows.rows) if one.name == "first.png")
    table.table.setCurrentIndex(table.rows.index(row, 0))
    button = table.buttons["portrait"]
    assert button.isEnabled()
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(lambda: middle() == RED)
    assert not table.buttons["portrait"].isEnabled()
    desk.undo()
    qtbot.waitUntil(lambda: middle() == GREEN)
    page.leave()


@pytest.fixture
def chart(desk: Desk, given, attach, qtbot: QtBot):
    ocg, ann, victim = given(an_ocg("Tarn"), a_nominal("Ann"), a_nominal("V", exploited=True))
    given(a_membership(ann, ocg), a_membership(victim, ocg))
    attach(ann.id, RED, "ann.png")
    attach(victim.id, GREEN, "v.png")
    page = ChartPage(desk, Target(page=PageKind.CHART, focus=(ann.id, victim.id)))
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    settle(qtbot, page)
    yield page, ann.id, victim.id
    page.leave()


def has(page: ChartPage, id_: UUID, colour: tuple[int, int, int]) -> bool:
    """Tell whether an item's middle is painted in this colour."""
    page.canvas.settle()
    node = page.canvas.index.node(id_)
    at = page.canvas.view.transform().map(QPointF(node.at.x + 2, node.at.y + 2)).toPoint()
    picture = page.canvas.grab().toImage()
    near = QColor(picture.pixel(at)).getRgb()[:3]
    return all(abs(one - other) < 12 for one, other in zip(near, colour, strict=True))


def choose(page: ChartPage, act: str) -> None:
    """Choose from the menu of the chart's ground."""
    menu = ItemMenu(Subject(), may_edit=False, parent=page)
    menu.chosen.connect(page.portraits.on_act)
    next(action for action in menu.actions() if action.data() == act).trigger()
    menu.deleteLater()


def test_photographs_replace_icons_and_give_them_back(chart, qtbot: QtBot) -> None:
    page, ann, victim = chart
    assert not has(page, ann, RED)
    choose(page, "photographs")
    qtbot.waitUntil(page.portraits.is_settled)
    assert page.canvas.portraits.shown == {ann}
    assert has(page, ann, RED)
    assert not has(page, victim, GREEN)
    choose(page, "photographs")
    assert not has(page, ann, RED)


def test_a_chart_opened_later_has_them_too_and_follows_changes(
    chart, desk: Desk, attach, qtbot: QtBot, own_settings: Path
) -> None:
    page, ann, _victim = chart
    choose(page, "photographs")
    qtbot.waitUntil(page.portraits.is_settled)
    other = ChartPage(desk, Target(page=PageKind.CHART, focus=(ann,)))
    qtbot.addWidget(other)
    other.resize(1000, 700)
    other.show()
    settle(qtbot, other)
    qtbot.waitUntil(lambda: other.canvas.portraits.shown == {ann})
    newer = attachments.content("b.png", _green(), "photograph")
    new = Attachment(owner=ann, name="", purpose="photograph")
    desk.do("Attach file", lambda work: attachments.attach(work, new, newer))
    qtbot.waitUntil(lambda: has(other, ann, GREEN))
    other.leave()


def _green() -> bytes:
    out = BytesIO()
    Image.new("RGB", (50, 50), GREEN).save(out, "PNG")
    return out.getvalue()
