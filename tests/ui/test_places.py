"""Pages go by the name of their kind: a page that does not could not be opened."""

import pytest
from pytestqt.qtbot import QtBot

from ocgdesk.ui import places
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import Page, PageKind, Target

OF_A_RECORD = {PageKind.RECORD, PageKind.PLAN, PageKind.CHART, PageKind.COMPARE, PageKind.VERSIONS}
OF_A_KIND = {PageKind.REGISTER}

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.mark.parametrize("kind", [one for one in PageKind if one not in OF_A_RECORD | OF_A_KIND])
def test_every_page_that_needs_no_record_is_made(qtbot: QtBot, desk: Desk, kind: PageKind) -> None:
    page = places.page(desk, Target(page=kind))
    qtbot.addWidget(page)
    assert isinstance(page, Page)
    assert places.title_of(page.target)
    page.leave()
    page.close()
