"""A register in groups with subtotals, with several values in a cell, and filled by dragging."""

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from makers import a_membership, a_nominal, an_ocg
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from ocgdesk.casework.moments import Moment
from ocgdesk.casework.views import Layout
from ocgdesk.domain.dates import LONDON, PartialDate
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Role
from ocgdesk.domain.values import Alias, Identifier
from ocgdesk.settings import Settings
from ocgdesk.ui.delegates.roles import CellRole, GroupRole
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.disclosure_dialog import Disclosure
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.register_page import RegisterPage

LEFT = Qt.MouseButton.LeftButton
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture(autouse=True)
def nothing_left(own_settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin without columns and views that another test left; menus do not come up."""
    QSettings().clear()
    monkeypatch.setattr(QMenu, "popup", lambda _menu, _spot: None)


@pytest.fixture
def page(desk: Desk, qtbot: QtBot):
    def make(kind: Kind = Kind.NOMINAL, over: Desk | None = None) -> RegisterPage:
        made = RegisterPage(over or desk, Target(page=PageKind.REGISTER, kind=kind))
        made.told_last = ()  # type: ignore[attr-defined]
        made.told.connect(lambda words: setattr(made, "told_last", words))
        qtbot.addWidget(made)
        made.resize(1200, 700)
        made.show()
        qtbot.waitExposed(made)
        settle(qtbot, made)
        made.table.setFocus()
        return made

    return make


def settle(qtbot: QtBot, page: RegisterPage) -> None:
    for _again in range(2):
        QApplication.processEvents()
        qtbot.waitUntil(page.ready)


def at(page: RegisterPage, name: str) -> int:
    return next(n for n, spec in enumerate(page.model.specs, start=1) if spec.name == name)


def shown(page: RegisterPage, name: str) -> list[str]:
    column = at(page, name)
    return [page.model.index(row, column).data() for row in range(page.model.rowCount())]


def click(qtbot: QtBot, page: RegisterPage, row: int, column: int, held=NONE) -> None:
    box = page.table.visualRect(page.model.index(row, column))
    qtbot.mouseClick(page.table.viewport(), LEFT, held, box.center())


def choose(qtbot: QtBot, page: RegisterPage, name: str, words: str) -> None:
    """Choose from the menu of a column's header."""
    header = page.table.heading
    spot = QPoint(header.sectionViewportPosition(at(page, name)) + 10, 10)
    header.customContextMenuRequested.emit(spot)
    menu = page.findChildren(QMenu)[-1]
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.aboutToHide.emit()
    settle(qtbot, page)


def three_ocgs(given) -> list:
    ocgs = given(
        an_ocg("Alpha", tier="t2", status="active"),
        an_ocg("Beta", tier="t1", status="dormant"),
        an_ocg("Gamma", tier="t1", status="active"),
    )
    people = given(a_nominal("A"), a_nominal("B"))
    given(*(a_membership(person, ocgs[0]) for person in people))
    given(a_membership(people[0], ocgs[2]), a_membership(people[0], ocgs[1]))
    return ocgs


# ---- Groups -------------------------------------------------------------------------------------


def test_rows_are_grouped_with_counts_and_subtotals(given, page, qtbot: QtBot) -> None:
    three_ocgs(given)
    made = page(Kind.OCG)
    choose(qtbot, made, "status", "Group by this")
    assert shown(made, "name") == ["Active (2)", "Alpha", "Gamma", "Dormant (1)", "Beta"]
    assert shown(made, "members") == ["3", "2", "1", "1", "1"]
    assert made.model.index(0, 0).data(GroupRole)
    assert not made.model.index(1, 0).data(GroupRole)
    assert made.header.subtitle.text().startswith("3 of 3 shown")
    assert "Grouped by Status" in made.told_last
    choose(qtbot, made, "status", "No groups")
    assert shown(made, "name") == ["Alpha", "Beta", "Gamma"]


def test_the_line_above_a_group_folds_it_and_ticks_its_rows(given, page, qtbot: QtBot) -> None:
    three_ocgs(given)
    made = page(Kind.OCG)
    choose(qtbot, made, "status", "Group by this")
    click(qtbot, made, 0, 0)
    assert made.selection.words.text() == "2 selected"
    assert [made.model.is_ticked(row) for row in range(5)] == [True, True, True, False, False]
    click(qtbot, made, 0, 1)
    qtbot.keyClick(made.table, Key.Key_Return)
    settle(qtbot, made)
    assert shown(made, "name") == ["Active (2)", "Dormant (1)", "Beta"]
    assert len(made.model.chosen()) == 2
    choose(qtbot, made, "status", "Fold all groups")
    assert shown(made, "name") == ["Active (2)", "Dormant (1)"]
    choose(qtbot, made, "status", "Unfold all groups")
    assert made.model.rowCount() == 5


def test_another_order_holds_within_the_groups(given, page, qtbot: QtBot) -> None:
    three_ocgs(given)
    made = page(Kind.OCG)
    choose(qtbot, made, "status", "Group by this")
    header = made.table.heading
    for _turn in range(2):
        spot = QPoint(header.sectionViewportPosition(at(made, "name")) + 12, 10)
        qtbot.mouseClick(header.viewport(), LEFT, NONE, spot)
        settle(qtbot, made)
    assert shown(made, "name") == ["Active (2)", "Gamma", "Alpha", "Dormant (1)", "Beta"]


def test_dates_are_grouped_by_year_and_what_has_none_comes_last(given, page, qtbot: QtBot) -> None:
    given(
        a_nominal("Ann", born=PartialDate(1990, 3, 2)),
        a_nominal("Bob", born=PartialDate(1990)),
        a_nominal("Cat"),
    )
    made = page()
    choose(qtbot, made, "born", "Group by this")
    lines = [n for n in range(made.model.rowCount()) if made.model.group_at(n)]
    assert [made.model.index(n, 1).data() for n in lines] == ["1990 (2)", "None (1)"]


def test_groups_are_kept_with_the_list_and_in_a_view(given, page, qtbot: QtBot) -> None:
    three_ocgs(given)
    made = page(Kind.OCG)
    choose(qtbot, made, "status", "Group by this")
    assert made.layout_now().group == "status"
    made.views.applied.emit(Layout())
    settle(qtbot, made)
    assert made.model.rowCount() == 3


def test_edits_and_copies_leave_the_lines_above_groups_alone(given, page, qtbot: QtBot) -> None:
    three_ocgs(given)
    made = page(Kind.OCG)
    choose(qtbot, made, "status", "Group by this")
    click(qtbot, made, 0, at(made, "name"))
    qtbot.keyClick(made.table, Key.Key_F2)
    assert made.editing.editor is None
    qtbot.keyClick(made.table, Key.Key_A, CONTROL)
    assert len(made.model.ticks) == 3
    click(qtbot, made, 0, at(made, "members"))
    click(qtbot, made, 4, at(made, "members"), SHIFT)
    qtbot.waitUntil(lambda: any("sum 4" in said for said in made.told_last))


def test_rows_of_then_are_grouped_too(given, page, desk: Desk, qtbot: QtBot) -> None:
    three_ocgs(given)
    made = page(Kind.OCG)
    choose(qtbot, made, "status", "Group by this")
    made.past.go_to(Moment(as_at=datetime.now(LONDON)))
    settle(qtbot, made)
    assert shown(made, "name")[0] == "Active (2)"


def test_an_export_says_how_rows_were_grouped(given, page, qtbot: QtBot, tmp_path: Path) -> None:
    three_ocgs(given)
    made = page(Kind.OCG)
    choose(qtbot, made, "status", "Group by this")
    path = tmp_path / "out.xlsx"
    asked = Disclosure(path=path, recipient="DI Ash", reason="Tasking")
    with qtbot.waitSignal(made.papers.written):
        made.papers.export(made._rows(tuple(made.model.shown.every)), asked)
    sheets = openpyxl.load_workbook(path).worksheets
    said = [str(c.value) for one in sheets for row in one.iter_rows() for c in row if c.value]
    assert any("Grouped by Status" in words for words in said)
    assert [words for words in said if words in {"Alpha", "Beta", "Gamma"}] == [
        "Alpha",
        "Gamma",
        "Beta",
    ]


def test_the_grouped_model_keeps_qts_contract(given, page, qtbot: QtBot, qtmodeltester) -> None:
    three_ocgs(given)
    made = page(Kind.OCG)
    choose(qtbot, made, "status", "Group by this")
    qtmodeltester.check(made.model)
    made.model.fold(0)
    qtmodeltester.check(made.model)


# ---- Several values in a cell -------------------------------------------------------------------


def people_with_numbers(given) -> None:
    given(
        a_nominal(
            "Ann",
            aliases=(Alias("Ghost"), Alias("Annie")),
            identifiers=(Identifier("pnc", "04/9000357G"), Identifier("cro", "900357/04Z")),
        ),
        a_nominal("Bob", aliases=(Alias("Ghost"),)),
        a_nominal("Cat"),
    )


def test_aliases_and_identifiers_can_be_columns(given, page, qtbot: QtBot) -> None:
    people_with_numbers(given)
    made = page()
    made.model.show_columns(("name", "aliases", "identifiers"))
    settle(qtbot, made)
    assert shown(made, "aliases") == ["Ghost; Annie", "Ghost", "–"]
    assert shown(made, "identifiers")[0] == "PNC ID 04/9000357G; CRO number 900357/04Z"
    made.model.turn(at(made, "aliases"))
    settle(qtbot, made)
    assert shown(made, "name") == ["Bob", "Ann", "Cat"]


def test_a_header_lists_each_alias_once_and_filters_by_it(given, page, qtbot: QtBot) -> None:
    people_with_numbers(given)
    made = page()
    made.model.show_columns(("name", "aliases"))
    settle(qtbot, made)
    made.filtering.open("aliases")
    popup = made.filtering.popup
    qtbot.waitUntil(lambda: bool(popup.ticks))
    assert [tick.text() for tick in popup.ticks] == ["Ghost  (2)", "None  (1)", "Annie  (1)"]
    for tick in popup.ticks:
        if not tick.text().startswith("Annie"):
            tick.click()
    qtbot.keyClick(popup, Key.Key_Return)
    qtbot.waitUntil(lambda: made.model.rowCount() == 1)
    settle(qtbot, made)
    assert shown(made, "name") == ["Ann"]


def test_aliases_of_then_are_those_of_then(given, put, page, desk: Desk, qtbot: QtBot) -> None:
    (ann,) = given(a_nominal("Ann", aliases=(Alias("Ghost"),)))
    then = datetime.now(LONDON)
    put(ann, aliases=(Alias("Wraith"),))
    made = page()
    made.model.show_columns(("name", "aliases"))
    settle(qtbot, made)
    assert shown(made, "aliases") == ["Wraith"]
    made.past.go_to(Moment(as_at=then))
    settle(qtbot, made)
    assert shown(made, "aliases") == ["Ghost"]


# ---- Filling by dragging ------------------------------------------------------------------------


def drag(qtbot: QtBot, made: RegisterPage, row: int) -> None:
    handle, view = made.table.handle, made.table
    to = view.visualRect(made.model.index(row, view.currentIndex().column())).center()
    there = handle.mapFromGlobal(view.viewport().mapToGlobal(to))
    qtbot.mousePress(handle, LEFT, NONE, QPoint(4, 4))
    qtbot.mouseMove(handle, there)
    qtbot.mouseRelease(handle, LEFT, NONE, there)


def test_the_corner_dragged_down_fills_as_one_act(given, page, desk: Desk, qtbot: QtBot) -> None:
    given(a_nominal("Ann", gender="female"), a_nominal("Bob", gender="male"), a_nominal("Cat"))
    made = page()
    click(qtbot, made, 0, at(made, "gender"))
    assert made.table.handle.isVisible()
    drag(qtbot, made, 2)
    qtbot.waitUntil(lambda: shown(made, "gender") == ["Female"] * 3)
    desk.undo()
    qtbot.waitUntil(lambda: shown(made, "gender") == ["Female", "Male", "–"])


def test_several_rows_go_on_one_after_the_other(given, page, qtbot: QtBot) -> None:
    given(
        a_nominal("Ann", gender="female"),
        a_nominal("Bob", gender="male"),
        *(a_nominal(name) for name in ("Cat", "Dan", "Eve")),
    )
    made = page()
    click(qtbot, made, 0, at(made, "gender"))
    click(qtbot, made, 1, at(made, "gender"), SHIFT)
    drag(qtbot, made, 4)
    wanted = ["Female", "Male", "Female", "Male", "Female"]
    qtbot.waitUntil(lambda: shown(made, "gender") == wanted)


def test_a_drag_back_to_the_block_fills_nothing(given, page, desk: Desk, qtbot: QtBot) -> None:
    given(a_nominal("Ann", gender="female"), a_nominal("Bob"))
    made = page()
    click(qtbot, made, 0, at(made, "gender"))
    drag(qtbot, made, 0)
    settle(qtbot, made)
    assert shown(made, "gender") == ["Female", "–"]


def test_no_handle_where_nothing_can_be_typed(
    given, page, workspace, add_user, opened_by, qtbot: QtBot
) -> None:
    given(a_nominal("Ann"), a_nominal("Bob"))
    made = page()
    click(qtbot, made, 0, at(made, "ref"))
    qtbot.keyClick(made.table, Key.Key_Right)
    click(qtbot, made, 0, at(made, "name"))
    assert made.table.handle.isVisible()
    reader = add_user("rita", Role.READER)
    desk = Desk(opened_by(reader), Settings())
    other = page(Kind.NOMINAL, desk)
    click(qtbot, other, 0, at(other, "name"))
    assert not other.table.handle.isVisible()
    assert made.model.index(0, 1).data(CellRole) is not None
    desk.close()
