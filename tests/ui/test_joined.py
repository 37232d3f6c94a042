"""Merges taken apart from the record, the stop list, and the count of pairs on Home."""

from collections.abc import Callable

import pytest
from makers import a_link, a_nominal, a_phone
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ocgdesk.casework import combining
from ocgdesk.domain.things import Thing
from ocgdesk.store import matching, records
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.joined_dialog import JoinedDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages import home_duplicates
from ocgdesk.ui.pages.home_page import HomePage

pytestmark = pytest.mark.usefixtures("dressed")


def ends(desk: Desk, thing: Thing) -> set[str]:
    with desk.workspace.reading() as reader:
        return {item.other.label for item in records.links_of(reader, thing.id)}


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk) -> Callable[[Thing], JoinedDialog]:
    def open_(thing: Thing) -> JoinedDialog:
        host = QWidget()  # a dialog deletes itself when it closes
        qtbot.addWidget(host)
        dialog = JoinedDialog(desk, thing.id, parent=host)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.found is not None)
        return dialog

    return open_


def test_a_merge_is_taken_apart_and_what_came_since_goes_where_it_was_ticked(
    qtbot: QtBot, desk: Desk, given: Callable[..., list[Thing]], opened
):
    kept, other, phone, late = given(
        a_nominal("Aled Cors"), a_nominal("Aled Corse"), a_phone("07700 900321"),
        a_phone("07700 900322"),
    )  # fmt: skip
    given(a_link(other, phone, type="uses"))
    desk.do("Merge", lambda work: combining.merge(work, kept.id, other.id))
    given(a_link(kept, late, type="uses"))
    assert ends(desk, kept) == {"07700 900321", "07700 900322"}
    dialog = opened(kept)
    assert dialog.said.text() == "1 record was merged into Aled Cors."
    assert [one.words for one in dialog.since.rows] == ["Uses · 07700 900322"]
    assert dialog.since.index(0, 1).data() == "Uses · 07700 900322", "words beside the box"
    box = dialog.since.index(0, 0)
    dialog.since.setData(box, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    dialog.accept_button.click()
    assert (ends(desk, kept), ends(desk, other)) == (set(), {"07700 900321", "07700 900322"})


def test_a_record_is_put_on_the_stop_list_and_taken_off_it(
    qtbot: QtBot, desk: Desk, given: Callable[..., list[Thing]], opened
):
    (phone,) = given(a_phone("07700 900321"))
    dialog = opened(phone)
    assert not dialog.accept_button.isEnabled()

    def stopped() -> bool:
        with desk.workspace.reading() as reader:
            return reader.number(phone.id) in matching.stop_list(reader)

    for wanted in (True, False):
        dialog.shared_button.click()
        assert stopped() is wanted
        qtbot.waitUntil(lambda w=wanted: dialog.found is not None and dialog.found.shared is w)
    dialog.close()


def test_home_says_how_many_pairs_the_last_look_found(qtbot: QtBot, desk: Desk):
    QSettings().clear()
    page = HomePage(desk, Target(page=PageKind.HOME))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.ready)
    assert page.pairs.button.text() == "Duplicates"
    home_duplicates.note(desk, 12)
    page.refresh()
    qtbot.waitUntil(page.ready)
    assert page.pairs.button.text().startswith("Duplicates: 12")
    with qtbot.waitSignal(page.opened) as told:
        page.pairs.button.click()
    assert told.args[0].page is PageKind.DUPLICATES
