"""What tests do with a page: show it, and wait until it has all that it asked for."""

from typing import TypeVar

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ocgdesk.ui.navigation import Page

P = TypeVar("P", bound=Page)


def settle(qtbot: QtBot, page: Page) -> None:
    """Wait until a page has nothing to ask any more, not even for what an answer made it ask."""
    for _again in range(2):
        QApplication.processEvents()
        qtbot.waitUntil(page.ready)


def put_up(qtbot: QtBot, page: P, width: int = 1200, height: int = 700) -> P:
    """Show a page of this size, to be closed with the test, and wait until it has settled."""
    qtbot.addWidget(page)
    page.resize(width, height)
    page.show()
    qtbot.waitExposed(page)
    settle(qtbot, page)
    return page
