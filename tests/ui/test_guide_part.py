"""The guide inside the program: chapters to choose, to search and to link, and F1 for this page."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from ocgdesk.domain.kinds import Kind
from ocgdesk.reports import guide
from ocgdesk.ui import theme
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.guide_part import GuidePart
from ocgdesk.ui.pages.help_page import HelpPage
from ocgdesk.ui.window import MainWindow

pytestmark = pytest.mark.usefixtures("dressed")

IMAGE = QTextDocument.ResourceType.ImageResource


@pytest.fixture
def part(qtbot: QtBot) -> GuidePart:
    made = GuidePart()
    made.resize(1280, 800)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def window(desk: Desk) -> Iterator[MainWindow]:
    made = MainWindow(desk)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def picture_width(part: GuidePart, name: str) -> int:
    image = part.text.document().resource(int(IMAGE), QUrl(name))
    return image.width() if image is not None else 0


def test_every_chapter_is_listed_and_the_first_one_shown(part: GuidePart):
    assert part.chapters.rowCount() == len(guide.chapters())
    assert part.chapter is guide.chapters()[0]
    assert "one encrypted file" in part.text.toPlainText()


def test_words_looked_for_leave_the_chapters_that_hold_them(qtbot: QtBot, part: GuidePart):
    qtbot.keyClicks(part.box, "cuckooed")
    qtbot.waitUntil(lambda: part.chapters.rowCount() < len(guide.chapters()))
    assert part.chapter is not None
    assert "cuckooed" in part.chapter.text.casefold()
    assert part.text.textCursor().selectedText().casefold() == "cuckooed"


def test_words_no_chapter_has_are_said_to_be_missing(qtbot: QtBot, part: GuidePart):
    qtbot.keyClicks(part.box, "qxv")
    qtbot.waitUntil(part.nothing.isVisible)
    assert not part.list.isVisible()


def test_arrows_go_from_chapter_to_chapter(qtbot: QtBot, part: GuidePart):
    part.list.setFocus()
    qtbot.keyClick(part.list, Qt.Key.Key_Down)
    assert part.chapter is guide.chapters()[1]


def test_a_link_leads_to_its_chapter_also_when_the_search_left_it_out(part: GuidePart):
    part.box.setText("caviar")
    part.text.anchorClicked.emit(QUrl("#chart"))
    assert part.chapter is guide.chapter("chart")
    part.text.anchorClicked.emit(QUrl("#nowhere"))
    assert part.chapter is guide.chapter("chart")


def test_pictures_come_after_the_text_and_as_wide_as_it(qtbot: QtBot, part: GuidePart):
    part.go("overviews")
    assert picture_width(part, "matrix") == 0
    qtbot.waitUntil(lambda: picture_width(part, "timeline") > 0)
    assert 500 < picture_width(part, "matrix") <= part.text.viewport().width()


def test_the_text_takes_the_ink_of_the_theme(qtbot: QtBot, part: GuidePart, dressed):
    theme.apply(dressed, theme.load("dark"))
    ink = theme.load("dark").colour("text").casefold()
    qtbot.waitUntil(lambda: ink in part.text.toHtml().casefold())
    theme.apply(dressed, theme.load("light"))


def test_going_through_the_chapters_never_makes_the_window_stand_still(
    qtbot: QtBot, part: GuidePart, heartbeat
):
    heartbeat.start()
    for one in guide.chapters():
        part.go(one.key)
        qtbot.wait(30)
    heartbeat.stop()
    assert heartbeat.busy_ms < 100


@pytest.mark.parametrize(
    ("target", "chapter"),
    [
        (Target(page=PageKind.REGISTER, kind=Kind.OCG), "ocgs"),
        (Target(page=PageKind.QUALITY), "quality"),
        (Target(page=PageKind.HOME), "lro"),
    ],
)
def test_f1_opens_the_chapter_of_the_page(
    qtbot: QtBot, window: MainWindow, target: Target, chapter: str
):
    window.go(target)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    page = window.current_page()
    assert isinstance(page, HelpPage)
    assert page.guide.chapter is guide.chapter(chapter)
    assert page.switch.current == "guide"


def test_f1_on_another_page_goes_on_to_its_chapter(qtbot: QtBot, window: MainWindow):
    window.go(Target(page=PageKind.QUALITY))
    qtbot.keyClick(window, Qt.Key.Key_F1)
    window.go(Target(page=PageKind.IMPORT))
    qtbot.keyClick(window, Qt.Key.Key_F1)
    page = window.current_page()
    assert isinstance(page, HelpPage)
    assert page.guide.chapter is guide.chapter("first-hour")


def test_every_place_a_chapter_tells_of_is_a_page_or_a_kind():
    pages = {page.value for page in PageKind}
    kinds = {f"record:{kind.value}" for kind in Kind}
    for one in guide.chapters():
        assert set(one.places) <= pages | kinds, one.key
    told = {place for one in guide.chapters() for place in one.places}
    assert pages <= told
