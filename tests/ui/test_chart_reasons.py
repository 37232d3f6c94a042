"""A chart drawn round a restricted record asks why it is opened, as the record's page does."""

import pytest
from makers import a_membership, a_nominal, an_ocg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ocgdesk.domain.charts import Chart
from ocgdesk.domain.people import Role
from ocgdesk.store import auditing
from ocgdesk.store.auditing import AuditQuery
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.reason_dialog import ReasonDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.chart_page import ChartPage

pytestmark = pytest.mark.usefixtures("dressed")
ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def closed(given, put, ann):
    """A restricted OCG with a member, open to whoever is at the desk."""
    ocg, person = given(an_ocg("Tarn"), a_nominal("Bob"))
    given(a_membership(person, ocg))
    return put(ocg, restricted_to=frozenset({ann.id}))


@pytest.fixture
def chart(desk: Desk, qtbot: QtBot):
    made = []

    def open_(**target) -> ChartPage:
        page = ChartPage(desk, Target(page=PageKind.CHART, **target))
        qtbot.addWidget(page)
        page.resize(1000, 700)
        page.show()
        made.append(page)
        return page

    yield open_
    for page in made:
        page.leave()


def asked(qtbot: QtBot, page: ChartPage) -> ReasonDialog:
    def there() -> bool:
        return any(d.isVisible() for d in page.findChildren(ReasonDialog))

    qtbot.waitUntil(there)
    return next(d for d in page.findChildren(ReasonDialog) if d.isVisible())


def labels(page: ChartPage) -> set[str]:
    return {item.label for item in page.arrangement.scene.items}


def test_nothing_is_shown_before_a_reason_is_given_and_it_is_kept(
    closed, chart, add_user, opened_by, qtbot: QtBot
) -> None:
    page = chart(focus=(closed.id,))
    dialog = asked(qtbot, page)
    assert not labels(page)
    qtbot.keyClick(dialog, ENTER)
    assert dialog.isVisible()
    qtbot.keyClicks(dialog.reason.editor, "Op Lantern")
    qtbot.keyClick(dialog, ENTER)
    qtbot.waitUntil(page.ready, timeout=20_000)
    assert labels(page) == {"Tarn", "Bob"}
    with opened_by(add_user("olu", Role.AUDITOR)).reading() as reader:
        assert "Op Lantern" in {entry.reason for entry in auditing.entries(reader, AuditQuery())}


def test_without_a_reason_it_says_what_is_needed_and_asks_again(
    closed, chart, qtbot: QtBot
) -> None:
    page = chart(focus=(closed.id,))
    qtbot.keyClick(asked(qtbot, page), ESC)
    qtbot.waitUntil(lambda: page.view.is_empty)
    assert "say why you open it" in page.view.empty.sentence.text()
    assert not labels(page)
    qtbot.mouseClick(page.view.empty.button, Qt.MouseButton.LeftButton)
    again = asked(qtbot, page)
    again.reject()


def test_a_reason_given_on_the_record_is_not_asked_for_again(
    desk: Desk, closed, chart, qtbot: QtBot
) -> None:
    desk.reasons[closed.id] = "Op Lantern"
    page = chart(focus=(closed.id,))
    qtbot.waitUntil(page.ready, timeout=20_000)
    assert "Tarn" in labels(page)


def test_a_kept_chart_of_a_restricted_record_asks_too(given, closed, chart, qtbot: QtBot) -> None:
    (kept,) = given(Chart(title="Tarn", focus=(closed.id,)))
    page = chart(id=kept.id)
    dialog = asked(qtbot, page)
    qtbot.keyClicks(dialog.reason.editor, "Op Lantern")
    qtbot.keyClick(dialog, ENTER)
    qtbot.waitUntil(page.ready, timeout=20_000)
    QApplication.processEvents()
    assert not [d for d in page.findChildren(ReasonDialog) if d.isVisible()]


def test_an_open_record_asks_nothing(given, chart, qtbot: QtBot) -> None:
    (ocg,) = given(an_ocg("Open"))
    page = chart(focus=(ocg.id,))
    qtbot.waitUntil(page.ready, timeout=20_000)
    assert labels(page) == {"Open"}
