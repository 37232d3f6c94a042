"""Links on the chart: opened, chosen among several, edited."""

import pytest
from chart_pages import LEFT, last_entry, settled
from makers import a_link
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Strength
from ocgdesk.ui.dialogs.link_dialog import LinkDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.chart_menu import ItemMenu
from ocgdesk.ui.pages.chart_page import ChartPage


def middle(page: ChartPage, line) -> QPoint:
    one, two = line.points[0], line.points[-1]
    return page.canvas.view.to_screen((one.x + two.x) / 2, (one.y + two.y) / 2).toPoint()


def test_a_double_click_on_a_line_opens_its_link_for_editing(qtbot, show, chain, desk) -> None:
    page = show(chain[0])
    opened = []
    page.opened.connect(lambda target, _new: opened.append(target))
    (line,) = page.canvas.index.lines
    qtbot.mouseDClick(page.canvas, LEFT, pos=middle(page, line))
    qtbot.waitUntil(lambda: page.findChild(LinkDialog) is not None)
    dialog = page.findChild(LinkDialog)
    assert dialog.link.link.id == line.owner
    assert {dialog.own.label, dialog.link.other.label} == {"Ann", "Bob"}
    dialog.fields["strength"].editor.choose("confirmed")
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: page.arrangement.scene.ties[0].strength is Strength.CONFIRMED)
    assert opened == []


def test_a_double_click_on_an_item_opens_its_record(qtbot, show, chain) -> None:
    page = show(chain[0])
    node = page.canvas.index.node(chain[1].id)
    with qtbot.waitSignal(page.opened) as told:
        place = page.canvas.view.to_screen(node.at.x, node.at.y).toPoint()
        qtbot.mouseDClick(page.canvas, LEFT, pos=place)
    assert told.args[0] == Target(page=PageKind.RECORD, kind=Kind.NOMINAL, id=chain[1].id)


@pytest.mark.qt_log_ignore("does not support")  # what the offscreen platform says of menus
def test_a_line_that_stands_for_several_links_asks_which(qtbot, show, given, chain) -> None:
    note = "Seen together twice, at the hub and at the flat above it, on market days"
    (second,) = given(a_link(chain[1], chain[0], strength="confirmed", note=note))
    page = show(chain[0])
    (tie,) = page.arrangement.scene.ties
    assert tie.count == 2
    page.mirror.opened.emit(tie.id)
    qtbot.waitUntil(lambda: page.findChild(QMenu) is not None)
    menu = page.findChild(QMenu)
    offered = [act.text() for act in menu.actions()]
    assert offered[0].startswith("Confirmed · Seen together twice")
    assert offered[0].endswith("…")
    assert offered[1] == "Unconfirmed"
    menu.actions()[0].trigger()
    dialog = page.findChild(LinkDialog)
    assert dialog.link.link == second
    assert dialog.link.outward == (tie.source == chain[1].id)
    dialog.reject()


def test_the_inspector_tells_of_one_link_and_opens_it(qtbot, show, chain) -> None:
    page = show(chain[0])
    panel = page.inspector()
    qtbot.addWidget(panel)
    (tie,) = page.arrangement.scene.ties
    page.canvas.select([tie.id])
    assert panel.what.text() == "Link"
    assert set(panel.name.text().split(" – ")) == {"Ann", "Bob"}
    assert panel.detail.text() == "Associate of · unconfirmed"
    assert panel.open_button.text() == "Edit link"
    assert panel.expand_button.isHidden()
    panel.open_button.click()
    qtbot.waitUntil(lambda: page.findChild(LinkDialog) is not None)


@pytest.mark.qt_log_ignore("does not support")
def test_the_menu_of_a_line_offers_to_edit_its_link(qtbot, show, chain) -> None:
    page = show(chain[0])
    (line,) = page.canvas.index.lines
    qtbot.mouseClick(page.canvas, Qt.MouseButton.RightButton, pos=middle(page, line))
    menu = page.findChild(ItemMenu)
    offered = [act.text() for act in menu.actions() if act.text()]
    assert offered[:3] == ["Edit link\tEnter", "Delete link\tShift+Del", "Links between two"]
    assert "Remove from chart\tDel" not in offered, "a link is drawn while both its ends are"
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: page.findChild(LinkDialog) is not None)


@pytest.mark.qt_log_ignore("does not support")  # what the offscreen platform says of menus
def test_links_between_two_are_folded_from_the_menu_as_one_step(
    qtbot, show, given, chain, desk
) -> None:
    given(a_link(chain[0], chain[1], type="relative"))
    page = show(chain[0])
    page.save_as("Folded")
    settled(qtbot, page)
    assert len(page.canvas.arrangement.scene.ties) == 2
    page._on_menu(None, QPoint(5, 5))
    menu = page.findChild(ItemMenu)
    lines = next(act.menu() for act in menu.actions() if act.text() == "Links between two")
    assert [act.text() for act in lines.actions() if act.isChecked()] == ["One for each type"]
    next(act for act in lines.actions() if act.text() == "One for all").trigger()
    qtbot.waitUntil(lambda: len(page.canvas.arrangement.scene.ties) == 1)
    menu.close()
    assert page.canvas.arrangement.scene.ties[0].count == 2
    settled(qtbot, page)
    assert last_entry(desk).label == "Fold or fan links"
    desk.undo()
    qtbot.waitUntil(lambda: len(page.canvas.arrangement.scene.ties) == 2)
