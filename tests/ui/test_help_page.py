"""Help: keys that can be found, and plain words about what protects the data."""

import pytest
from PySide6.QtGui import QShortcut
from pytestqt.qtbot import QtBot

from ocgdesk.ui.desk import Desk
from ocgdesk.ui.models.help_keys import PLACES
from ocgdesk.ui.models.keys_model import KeysModel
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.help_page import HelpPage, all_lists
from ocgdesk.ui.shell.frame import Shell
from ocgdesk.ui.widgets.labels import Label

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> HelpPage:
    made = HelpPage(desk, Target(page=PageKind.HELP, tab="keys"))
    made.resize(1440, 900)
    qtbot.addWidget(made)
    made.show()
    return made


def texts(page: HelpPage, part: str) -> str:
    return "\n".join(label.text() for label in page.stack.part(part).findChildren(Label))


def test_typing_leaves_only_keys_that_fit(qtbot: QtBot, page: HelpPage):
    qtbot.keyClicks(page.filters.box, "lasso")
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    assert page.model.index(0, 0).data() == "Chart: mouse"
    assert page.model.index(1, 0).data() == "Alt+left drag"


def test_a_search_for_nothing_says_so(qtbot: QtBot, page: HelpPage):
    qtbot.keyClicks(page.filters.box, "qxv")
    qtbot.waitUntil(page.nothing.isVisible)


def test_every_key_of_the_window_is_listed(qtbot: QtBot):
    shell = Shell()
    qtbot.addWidget(shell)
    bound = {s.key().toString() for s in shell.findChildren(QShortcut)}
    listed = " ".join(key.keys for place in PLACES for key in place.keys)
    missing = {key for key in bound if key not in listed and not key.startswith("Alt+")}
    assert not missing


def test_the_boundary_is_said_in_plain_words(page: HelpPage):
    said = texts(page, "security")
    assert "opens no connection" in said
    assert "restricted records included" in said


def test_every_list_stands_with_its_version_and_whether_it_is_a_local_default(
    qtbot: QtBot, page: HelpPage
):
    lists = list(all_lists())
    assert len(lists) > 20
    page.switch.chosen.emit("lists")
    qtbot.waitUntil(lambda: all(known.title in texts(page, "lists") for known in lists))
    assert f"version {lists[0].version}" in texts(page, "lists")


def test_typefaces_and_icons_stand_with_their_licences_in_full(qtbot: QtBot, page: HelpPage):
    said = texts(page, "licences")
    assert "IBM Plex Sans: SIL Open Font Licence 1.1" in said
    assert "ISC" in said
    qtbot.waitUntil(lambda: "PERMISSION & CONDITIONS" in texts(page, "licences"))


def test_no_part_of_the_help_makes_the_window_stand_still(qtbot: QtBot, page: HelpPage, heartbeat):
    heartbeat.start()
    for part in ("security", "lists", "licences", "guide", "keys"):
        page.switch.chosen.emit(part)
        qtbot.wait(50)
    heartbeat.stop()
    assert heartbeat.busy_ms < 100


def test_the_model_keeps_qts_contract(qtmodeltester):
    qtmodeltester.check(KeysModel())
