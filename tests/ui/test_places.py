"""Pages go by the name of their kind; one that was closed hears of nothing any more."""

import pytest
from makers import an_ocg
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ocgdesk.domain.kinds import Kind
from ocgdesk.ui import places
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.navigation import Page, PageKind, Target

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.mark.parametrize("kind", list(PageKind))
def test_every_page_is_made_and_hears_of_nothing_once_it_was_closed(
    qtbot: QtBot, desk: Desk, given, kind: PageKind
) -> None:
    ocg = given(an_ocg("Tarnbrook"))[0]
    page = places.page(desk, Target(page=kind, kind=Kind.OCG, id=ocg.id, focus=(ocg.id,)))
    assert isinstance(page, Page)
    assert places.title_of(page.target)
    page.show()
    qtbot.waitExposed(page)
    page.leave()
    page.hide()
    page.deleteLater()
    qtbot.waitUntil(lambda: not isValid(page))
    desk.changed.emit(Changed(frozenset(Kind)))
    qtbot.waitUntil(lambda: not desk.jobs.running)
