"""The draft of an import: what a row may be is decided with a key, and taken back with one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from makers import a_nominal, an_ocg
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ocgdesk.casework import records as casework
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Nominal
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.things import Entity
from ocgdesk.store import listing
from ocgdesk.store.listing import ListQuery
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages import import_alike
from ocgdesk.ui.pages.import_page import ImportPage
from ocgdesk.ui.pages.import_parts import ReadPanel

PEOPLE = "Name,Gender\nAled Cors,Male\nBet Tate,Female\nCarys Hume,Female\nDewi Lark,Male\n"

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def page(
    qtbot: QtBot,
    desk: Desk,
    given: Callable[..., object],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> ImportPage:
    """A draft of four people of whom three have namesakes on the register; no model is run."""
    monkeypatch.setattr(import_alike.import_alike, "gather", lambda *_a, **_k: None)
    given(*(a_nominal(n, born=PartialDate(1990)) for n in ("Aled Cors", "Bet Tate", "Dewi Lark")))
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    page = ImportPage(desk, Target(page=PageKind.IMPORT, files=(path,)))
    page.resize(1440, 900)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.ready)
    return page


@pytest.fixture
def panel(qtbot: QtBot, page: ImportPage) -> ReadPanel:
    panel = page.inspector()
    assert isinstance(panel, ReadPanel)
    qtbot.addWidget(panel)
    return panel


def press(qtbot: QtBot, page: ImportPage, key: str) -> None:
    if not page.isActiveWindow():
        with qtbot.waitActive(page):
            page.activateWindow()
    page.check.table.setFocus()
    qtbot.keyClick(page.check.table, getattr(Qt.Key, f"Key_{key}"))
    qtbot.waitUntil(page.ready)


def drafts(page: ImportPage) -> list[str]:
    model = page.check.model
    return [str(model.index(row, 1).data()) for row in range(model.rowCount())]


def counts(page: ImportPage) -> dict[str, int]:
    return {key: tile.count.count for key, tile in page.check.tiles.tiles.items()}


def people(desk: Desk) -> dict[str, Entity]:
    with desk.workspace.reading() as reader:
        found = reader.load(listing.order(reader, ListQuery(kind=Kind.NOMINAL)))
        return {one.label: one for one in found if isinstance(one, Entity)}


def test_keys_decide_row_by_row_and_the_counts_follow(qtbot: QtBot, page: ImportPage, desk: Desk):
    assert counts(page)["open"] == 3
    page.check.table.selectRow(0)
    press(qtbot, page, "M")
    assert drafts(page)[0].startswith("Taken as WMPA1-NOM")
    assert page.check.table.currentIndex().row() == 1  # on to the next that is open
    press(qtbot, page, "Y")
    assert page.check.table.currentIndex().row() == 3  # one row between may be nobody
    press(qtbot, page, "N")
    assert [text.split(" ")[0] for text in drafts(page)] == ["Taken", "Maybe", "New", "New"]
    assert (counts(page)["open"], counts(page)["alike"]) == (0, 3)
    assert (counts(page)["changed"], counts(page)["new"]) == (1, 3)
    page.take_in()
    qtbot.waitUntil(lambda: page.taken is not None and page.ready())
    assert getattr(people(desk)["Aled Cors"], "gender", "") == "male"
    with desk.workspace.reading() as reader:
        assert len(listing.order(reader, ListQuery(kind=Kind.NOMINAL))) == 6
    desk.undo()
    with desk.workspace.reading() as reader:
        assert len(listing.order(reader, ListQuery(kind=Kind.NOMINAL))) == 3


def test_a_decision_is_taken_back_until_it_is_written(qtbot: QtBot, page: ImportPage):
    page.check.table.selectRow(0)
    press(qtbot, page, "M")
    page.check.table.selectRow(0)
    press(qtbot, page, "U")
    assert drafts(page)[0] == "Possible duplicate"
    assert counts(page)["open"] == 3


def test_rows_that_are_marked_are_decided_together_under_a_filter(
    qtbot: QtBot, page: ImportPage, panel: ReadPanel
):
    qtbot.mouseClick(page.check.tiles.tiles["open"], Qt.MouseButton.LeftButton)
    page.check.table.selectAll()
    assert page.alike_bar.take_button.text().startswith("Take all 3")
    press(qtbot, page, "M")
    assert page.check.model.rowCount() == 0
    assert counts(page)["changed"] == 3


def test_the_two_stand_side_by_side_and_a_value_is_chosen(
    qtbot: QtBot, page: ImportPage, panel: ReadPanel, desk: Desk
):
    page.check.table.selectRow(0)
    qtbot.waitUntil(page.ready)
    shown = {one.compared.field.name: one for one in panel.alike.fields.rows}
    assert (shown["gender"].compared.absorbed, shown["gender"].choice) == ("male", "absorbed")
    at = [one.compared.field.name for one in panel.alike.fields.rows].index("gender")
    panel.alike.table.clicked.emit(panel.alike.fields.index(at, 1))
    qtbot.mouseClick(page.alike_bar.take_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.ready)
    page.take_in()
    qtbot.waitUntil(lambda: page.taken is not None and page.ready())
    assert getattr(people(desk)["Aled Cors"], "gender", "?") == ""


def test_what_another_removes_meanwhile_leaves_the_other_decisions(
    qtbot: QtBot, page: ImportPage, desk: Desk
):
    page.check.table.selectRow(0)
    press(qtbot, page, "M")
    press(qtbot, page, "M")
    gone = people(desk)["Aled Cors"].id
    desk.do("Remove nominal", lambda work: casework.remove(work, [gone]))
    qtbot.waitUntil(page.ready)
    assert drafts(page)[0] == "New"
    assert drafts(page)[1].startswith("Taken as")
    assert page.checked is not None
    assert "does not stand" in page.checked.draft.notes[-1]


def test_a_record_another_changed_meanwhile_is_compared_again(
    qtbot: QtBot, page: ImportPage, desk: Desk
):
    page.check.table.selectRow(0)
    press(qtbot, page, "M")
    known = people(desk)["Aled Cors"]
    assert isinstance(known, Nominal)
    desk.do("Edit nominal", lambda work: casework.edit(work, known.id, {"gender": "female"}))
    qtbot.waitUntil(page.ready)
    assert page.checked is not None
    row = page.checked.records.all[0].row
    assert row is not None
    assert row.settled is not None
    assert (getattr(row.after, "gender", ""), row.settled.kept) == ("female", ("gender",))


def test_taking_in_waits_for_what_was_just_decided(qtbot: QtBot, page: ImportPage, desk: Desk):
    page.check.table.selectRow(0)
    page.deciding.take()
    page.take_in()
    qtbot.waitUntil(lambda: page.taken is not None and page.ready())
    assert len(people(desk)["Aled Cors"].externals) == 1


def test_cancel_forgets_what_was_decided_and_writes_nothing(
    qtbot: QtBot, page: ImportPage, desk: Desk
):
    page.check.table.selectRow(0)
    page.deciding.take()
    qtbot.mouseClick(page.footer.cancel_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.ready)
    assert page.body.currentWidget() is page.empty
    assert getattr(people(desk)["Aled Cors"], "gender", "?") == ""


def test_what_was_decided_is_there_again_after_a_lock(qtbot: QtBot, page: ImportPage, desk: Desk):
    told: list[Target] = []
    page.became.connect(told.append)
    page.check.table.selectRow(0)
    press(qtbot, page, "M")
    page.deciding.new()  # the lock comes while this is worked out
    page.leave()
    assert page.ready()
    again = ImportPage(desk, told[-1])
    qtbot.addWidget(again)
    again.show()
    qtbot.waitUntil(again.ready)
    assert drafts(again)[0].startswith("Taken as")
    assert counts(again)["open"] == 2
    again.leave()


def test_a_row_of_two_that_may_be_known_is_decided_one_after_the_other(
    qtbot: QtBot, page: ImportPage, given: Callable[..., object], tmp_path: Path
):
    given(an_ocg("Harbour Row"), an_ocg("Harbour Row"))
    path = tmp_path / "members.csv"
    path.write_text("Nominal,OCG\nAled Cors,Harbour Row\nBet Tate,\n", encoding="utf-8")
    page.open_files([path])
    qtbot.waitUntil(page.ready)
    page.check.table.selectRow(0)
    seen = []
    for _press in range(3):
        row = page.deciding.row()
        assert row is not None
        seen.append((page.check.table.currentIndex().row(), row.after.kind))
        press(qtbot, page, "M")
    assert seen == [(0, Kind.NOMINAL), (0, Kind.OCG), (1, Kind.NOMINAL)]
    assert counts(page)["open"] == 0


def test_the_foot_says_while_possible_duplicates_are_looked_for(page: ImportPage):
    looking = page.deciding.alike
    before = page.footer.words.text()
    looking.ready = lambda: False  # type: ignore[method-assign]
    looking.turned.emit()
    assert page.footer.words.text().startswith(before)
    assert page.footer.words.text().endswith("being looked for…")
    del looking.ready
    looking.turned.emit()
    assert page.footer.words.text() == before


def test_the_keys_do_nothing_in_the_list_of_problems(qtbot: QtBot, page: ImportPage):
    page.check.table.selectRow(0)
    page.check.tables.setCurrentWidget(page.check.problem_table)
    if not page.isActiveWindow():
        with qtbot.waitActive(page):
            page.activateWindow()
    page.check.problem_table.setFocus()
    qtbot.keyClick(page.check.problem_table, Qt.Key.Key_M)
    assert page.deciding.decisions == {}
