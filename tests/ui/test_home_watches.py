"""What watches heard stands on the home page until it has been looked at."""

from datetime import timedelta
from functools import partial

import pytest
from makers import a_nominal, an_ocg
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ocgdesk.casework import watches
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Role
from ocgdesk.settings import Settings
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.home_page import HomePage

LEFT = Qt.MouseButton.LeftButton

pytestmark = pytest.mark.usefixtures("dressed", "own_settings")


@pytest.fixture
def home(desk: Desk, qtbot: QtBot):
    QSettings().clear()

    def open_(at: Desk = desk) -> HomePage:
        page = HomePage(at, Target(page=PageKind.HOME))
        qtbot.addWidget(page)
        page.resize(1200, 800)
        page.show()
        settle(qtbot, page)
        return page

    return open_


def settle(qtbot: QtBot, page: HomePage) -> None:
    QApplication.processEvents()
    qtbot.waitUntil(page.ready)


def watch(desk: Desk, text: str) -> None:
    soon = desk.today() + timedelta(days=5)
    act = partial(
        watches.keep, text=text, today=desk.today(), alerts=True, reason="Op", expires=soon
    )
    assert desk.do("Save search", act)


def shown(page: HomePage) -> list[str]:
    rows = page.watches.section.rows
    return [rows.index(n, 0).data() for n in range(rows.rowCount())]


def test_an_edit_that_matches_stands_on_the_home_page_and_opens(
    desk: Desk, home, qtbot: QtBot
) -> None:
    page = home()
    assert page.watches.isHidden()
    watch(desk, "Quince")
    desk.do("Add nominal", lambda work: work.put(a_nominal("Zebedee Quince")))
    qtbot.waitUntil(lambda: not page.watches.isHidden())
    settle(qtbot, page)
    assert shown(page) == ["Zebedee Quince"]
    row = [page.watches.section.rows.index(0, n).data() for n in range(4)]
    assert row[1] == "Quince"
    assert row[2].startswith("Add nominal")
    table = page.watches.section.table
    with qtbot.waitSignal(page.opened) as heard:
        table.setCurrentIndex(page.watches.section.rows.index(0, 0))
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert heard.args[0].kind is Kind.NOMINAL
    with qtbot.waitSignal(page.opened) as heard:
        qtbot.mouseClick(page.watches.section.buttons["list"], LEFT)
    assert heard.args[0].page is PageKind.SEARCH
    page.leave()


def test_it_goes_once_the_watch_list_was_looked_at(desk: Desk, home, qtbot: QtBot) -> None:
    watch(desk, "Quince")
    desk.do("Add nominal", lambda work: work.put(a_nominal("Zebedee Quince")))
    page = home()
    assert shown(page) == ["Zebedee Quince"]
    with desk.workspace.reading() as reader:
        watches.heard(reader, look=True)
    desk.do("Add OCG", lambda work: work.put(an_ocg("Tarn")))
    qtbot.waitUntil(page.watches.isHidden)
    page.leave()


def test_what_others_watch_is_not_shown_to_me(
    desk: Desk, home, add_user, opened_by, qtbot: QtBot
) -> None:
    watch(desk, "Quince")
    desk.do("Add nominal", lambda work: work.put(a_nominal("Zebedee Quince")))
    other = Desk(opened_by(add_user("bob", Role.ANALYST)), Settings())
    page = home(other)
    assert page.watches.isHidden()
    page.leave()
    other.close()
