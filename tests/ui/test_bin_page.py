"""The bin as one works with it: found, looked at as it was, put back by key."""

from collections.abc import Callable

import pytest
from makers import a_membership, a_nominal, a_plan, an_ocg
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ocgdesk.casework import records
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Role
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.bin_page import BinPage
from ocgdesk.ui.pages.record_page import RecordPage

pytestmark = pytest.mark.usefixtures("dressed")
KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Callable[..., BinPage]:
    def make(at: Desk | None = None) -> BinPage:
        made = BinPage(at or desk, Target(page=PageKind.BIN))
        qtbot.addWidget(made)
        made.resize(1200, 700)
        made.show()
        qtbot.waitExposed(made)
        qtbot.waitUntil(made.ready)
        return made

    return make


@pytest.fixture
def removed(workspace, given):
    """Two records that were removed, one with a link to what stayed."""
    ocg, nominal, other = given(an_ocg("Tarn"), a_nominal("Aled Cors"), a_nominal("Bryn"))
    given(a_membership(nominal, ocg))
    for thing, why in ((nominal, "Entered twice"), (other, "Wrong person")):
        with workspace.work("Remove nominal") as done:
            records.remove(done.work, [thing.id], why)
    return nominal, other


def shown(page: BinPage) -> list[str]:
    return [row.label for row in page.model.rows]


def test_it_tells_what_was_removed_by_whom_and_why(page, removed) -> None:
    made = page()
    QAbstractItemModelTester(made.model)
    assert shown(made) == ["Bryn", "Aled Cors"]
    said = [made.model.index(1, column).data() for column in range(made.model.columnCount())]
    assert said[0] == "Aled Cors"
    assert said[4:] == ["Ann", "1", "Entered twice"]
    assert made.header.subtitle.text().startswith("2 removals")


def test_the_chosen_one_is_put_back_by_key_with_what_went_with_it(
    page, removed, workspace, qtbot: QtBot
) -> None:
    made = page()
    made.table.setFocus()
    qtbot.keyClick(made.table, Qt.Key.Key_Down)
    qtbot.keyClick(made.table, Qt.Key.Key_R, KEYS)
    qtbot.waitUntil(lambda: made.ready() and shown(made) == ["Bryn"])
    with workspace.reading() as reader:
        assert reader.find(removed[0].id).label == "Aled Cors"


def test_it_is_narrowed_by_words_and_kind_and_widened_again(page, removed, qtbot: QtBot) -> None:
    made = page()
    qtbot.keyClicks(made.bar.box, "twice")
    qtbot.waitUntil(lambda: made.ready() and shown(made) == ["Aled Cors"])
    made.bar.box.clear()
    qtbot.waitUntil(lambda: made.ready() and len(shown(made)) == 2)
    made.kinds.choose(Kind.OCG.value)
    made.kinds.chosen.emit(Kind.OCG.value)
    qtbot.waitUntil(lambda: made.ready() and shown(made) == [])
    assert made.empty.isVisible()
    qtbot.mouseClick(made.empty.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: made.ready() and len(shown(made)) == 2)


def test_a_removed_record_is_shown_as_it_was(page, removed, desk, qtbot: QtBot) -> None:
    made = page()
    with qtbot.waitSignal(made.opened) as went:
        qtbot.mouseClick(made.look_button, Qt.MouseButton.LeftButton)
    target, _aside = went.args
    record = RecordPage(desk, target)
    qtbot.addWidget(record)
    record.show()
    qtbot.waitUntil(record.ready)
    assert record.header.title.text() == "Bryn"
    assert record.strip.isVisible()
    assert not record.edit_button.isEnabled()


def test_a_removed_record_keeps_its_links_when_shown(page, removed, desk, qtbot: QtBot) -> None:
    made = page()
    made.table.setCurrentIndex(made.model.index(1, 0))
    with qtbot.waitSignal(made.opened) as went:
        made.table.opened.emit(1)
    record = RecordPage(desk, went.args[0])
    qtbot.addWidget(record)
    record.show()
    qtbot.waitUntil(record.ready)
    assert record.tabs.tabs["members"].count == "1"


def test_who_may_not_edit_looks_only(
    page, removed, add_user, opened_by, qtbot: QtBot, dressed
) -> None:
    from ocgdesk.settings import Settings

    desk = Desk(opened_by(add_user("rea", Role.READER)), Settings())
    try:
        made = page(desk)
        assert len(shown(made)) == 2
        assert not made.back_button.isEnabled()
        qtbot.keyClick(made.table, Qt.Key.Key_R, KEYS)
        assert len(shown(made)) == 2
    finally:
        desk.close()


def test_an_empty_bin_says_so_and_fills_as_things_are_removed(
    page, given, desk, qtbot: QtBot
) -> None:
    (ocg,) = given(an_ocg("Tarn"))
    made = page()
    assert made.empty.isVisible()
    assert not made.back_button.isEnabled()
    assert desk.do("Remove OCG", lambda work: records.remove(work, [ocg.id], "A mistake"))
    qtbot.waitUntil(lambda: made.ready() and shown(made) == ["Tarn"])


def test_what_a_signed_plan_rests_on_is_refused_in_a_sentence(given, desk, qtbot: QtBot) -> None:
    (ocg,) = given(an_ocg("Tarn"))
    given(a_plan(ocg, status="signed"))
    with qtbot.waitSignal(desk.refused) as refused:
        desk.do("Remove OCG", lambda work: records.remove(work, [ocg.id], "A mistake"))
    assert "signed plan" in str(refused.args[0])
