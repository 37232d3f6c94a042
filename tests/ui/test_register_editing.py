"""A register as Excel users expect it: cells selected, added up, copied, typed, pasted, filled."""

from dataclasses import replace

import pytest
from makers import a_membership, a_nominal, a_phone, an_ocg
from pages import put_up, settle
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Role
from ocgdesk.settings import Settings
from ocgdesk.ui import theme
from ocgdesk.ui.delegates.roles import CellRole, MarkRole
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.models.paste_model import PasteModel
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.register_page import RegisterPage
from ocgdesk.ui.widgets.inputs import Select, TextBox
from ocgdesk.ui.widgets.values import Flagged

LEFT = Qt.MouseButton.LeftButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
Key = Qt.Key

pytestmark = pytest.mark.usefixtures("dressed", "no_views_left")


@pytest.fixture
def page(desk: Desk, qtbot: QtBot):
    def make(kind: Kind = Kind.NOMINAL, wide: int = 1200) -> RegisterPage:
        made = RegisterPage(desk, Target(page=PageKind.REGISTER, kind=kind))
        made.told_last = ()  # type: ignore[attr-defined]
        made.told.connect(lambda words: setattr(made, "told_last", words))
        put_up(qtbot, made, wide, 700)
        made.table.setFocus()
        return made

    return make


def at(page: RegisterPage, name: str) -> int:
    return next(n for n, spec in enumerate(page.model.specs, start=1) if spec.name == name)


def click(qtbot: QtBot, page: RegisterPage, row: int, column: int, held=NONE) -> None:
    box = page.table.visualRect(page.model.index(row, column))
    qtbot.mouseClick(page.table.viewport(), LEFT, held, box.center())


def shown(page: RegisterPage, name: str) -> list[str]:
    column = at(page, name)
    return [page.model.index(row, column).data() for row in range(page.model.rowCount())]


def three(given) -> list:
    return given(
        a_nominal("Ann", gender="female", born=PartialDate(1990, 3, 2)),
        a_nominal("Bob", gender="male"),
        a_nominal("Cat"),
    )


# ---- Selecting ----------------------------------------------------------------------------------


def test_shift_and_arrows_select_a_block_of_cells(given, page, qtbot: QtBot) -> None:
    three(given)
    made = page()
    click(qtbot, made, 0, at(made, "born"))
    qtbot.keyClick(made.table, Key.Key_Down, SHIFT)
    qtbot.keyClick(made.table, Key.Key_Right, SHIFT)
    (block,) = made.table.blocks()
    assert (block.top, block.bottom, block.columns) == (0, 1, (3, 4))
    assert not made.model.ticks
    qtbot.keyClick(made.table, Key.Key_Escape)
    assert not made.table.is_wide()


def test_a_drag_selects_cells_and_ctrl_adds_others(given, page, qtbot: QtBot) -> None:
    three(given)
    made = page()
    view, model = made.table, made.model
    first, last = (view.visualRect(model.index(*spot)).center() for spot in ((0, 2), (2, 3)))
    qtbot.mousePress(view.viewport(), LEFT, NONE, first)
    qtbot.mouseMove(view.viewport(), last)
    qtbot.mouseRelease(view.viewport(), LEFT, NONE, last)
    assert sum(block.count for block in view.blocks()) == 6
    click(qtbot, made, 1, 4, CONTROL)
    assert sum(block.count for block in view.blocks()) == 7


def test_ctrl_and_shift_space_select_columns_and_rows(given, page, qtbot: QtBot) -> None:
    three(given)
    made = page()
    click(qtbot, made, 1, at(made, "gender"))
    qtbot.keyClick(made.table, Key.Key_Space, CONTROL)
    (block,) = made.table.blocks()
    assert (block.top, block.bottom, block.columns) == (0, 2, (at(made, "gender"),))
    qtbot.keyClick(made.table, Key.Key_Escape)
    qtbot.keyClick(made.table, Key.Key_Space, SHIFT)
    (block,) = made.table.blocks()
    assert (block.top, block.bottom) == (1, 1)
    assert len(block.columns) == len(made.model.specs)


def test_the_status_line_adds_up_what_is_selected(given, page, qtbot: QtBot) -> None:
    ocgs = given(an_ocg("Alpha"), an_ocg("Beta"), an_ocg("Gamma"))
    people = given(*(a_nominal(f"P{n}") for n in range(3)))
    given(*(a_membership(person, ocgs[0]) for person in people))
    given(a_membership(people[0], ocgs[1]))
    made = page(Kind.OCG)
    click(qtbot, made, 0, at(made, "members"))
    click(qtbot, made, 2, at(made, "members"), SHIFT)
    wanted = "Members: sum 4, average 1.3, least 0, most 3"
    qtbot.waitUntil(lambda: wanted in made.told_last)
    assert "3 cells" in made.told_last
    assert "Count: 3" in made.told_last


def test_dates_are_counted_with_the_first_and_the_last(given, page, qtbot: QtBot) -> None:
    given(
        a_nominal("Ann", born=PartialDate(1990, 3, 2)),
        a_nominal("Bob", born=PartialDate(1984)),
        a_nominal("Cat"),
    )
    made = page()
    click(qtbot, made, 0, at(made, "born"))
    click(qtbot, made, 2, at(made, "born"), SHIFT)
    qtbot.waitUntil(lambda: "Born: 2 dates, 1984 to 2 Mar 1990" in made.told_last)


def test_the_current_cell_and_the_block_stay_when_the_order_turns(
    given, page, qtbot: QtBot
) -> None:
    three(given)
    made = page()
    click(qtbot, made, 0, at(made, "gender"))
    made.model.turn(1)
    made.model.turn(1)
    settle(qtbot, made)
    now = made.table.currentIndex()
    assert (now.row(), now.column()) == (2, at(made, "gender"))
    assert made.model.index(2, 1).data() == "Ann"


# ---- Copying ------------------------------------------------------------------------------------


def copied(qtbot: QtBot, page: RegisterPage, held=CONTROL):
    with qtbot.waitSignal(page.papers.copied):
        qtbot.keyClick(page.table, Key.Key_C, held)
    return QGuiApplication.clipboard().mimeData()


def test_a_block_is_copied_as_text_and_html_without_headings(given, page, qtbot: QtBot) -> None:
    three(given)
    made = page()
    click(qtbot, made, 0, at(made, "born"))
    click(qtbot, made, 1, at(made, "gender"), SHIFT)
    mime = copied(qtbot, made)
    assert mime.text() == "2 Mar 1990\tFemale\n\tMale"
    assert "<th>" not in mime.html()
    assert mime.html().count("<tr>") == 2
    with_headings = copied(qtbot, made, CONTROL | SHIFT)
    assert with_headings.text().splitlines()[0] == "Born\tGender"
    assert "OFFICIAL-SENSITIVE" in with_headings.html()


def test_what_looks_like_a_formula_or_a_long_number_leaves_as_text(
    given, page, qtbot: QtBot
) -> None:
    given(a_nominal("=HYPERLINK(1)"))
    made = page()
    click(qtbot, made, 0, 1)
    mime = copied(qtbot, made)
    assert mime.text() == "'=HYPERLINK(1)"
    assert "mso-number-format" in mime.html()


def test_blocks_that_do_not_fit_together_are_not_copied(given, page, qtbot: QtBot) -> None:
    three(given)
    made = page()
    click(qtbot, made, 0, 2)
    click(qtbot, made, 1, 3, CONTROL)
    qtbot.keyClick(made.table, Key.Key_C, CONTROL)
    assert made.error.sentence.text().startswith("Several blocks are copied together only")


# ---- Typing -------------------------------------------------------------------------------------


def edit(qtbot: QtBot, page: RegisterPage, row: int, name: str, key=Key.Key_F2):
    click(qtbot, page, row, at(page, name))
    qtbot.keyClick(page.table, key)
    assert page.editing.editor is not None
    return page.editing.editor


def test_f2_edits_a_date_typed_as_people_type_it(given, page, desk: Desk, qtbot: QtBot) -> None:
    three(given)
    made = page()
    editor = edit(qtbot, made, 1, "born")
    qtbot.keyClicks(editor.box, "14/2/91")
    assert editor.note.text() == "Read as 14 Feb 1991"
    qtbot.keyClick(editor.box, Key.Key_Return)
    qtbot.waitUntil(lambda: shown(made, "born")[1] == "14 Feb 1991")
    assert made.editing.editor is None
    assert made.table.currentIndex().row() == 2
    desk.undo()
    qtbot.waitUntil(lambda: shown(made, "born")[1] == "–")


def test_typing_replaces_what_the_cell_holds_and_tab_goes_on(given, page, qtbot: QtBot) -> None:
    three(given)
    made = page()
    click(qtbot, made, 0, 1)
    qtbot.keyClick(made.table, Key.Key_Z)
    editor = made.editing.editor
    assert isinstance(editor.box, TextBox)
    assert editor.text == "z"
    qtbot.keyClicks(editor.box, "oe")
    qtbot.keyClick(editor.box, Key.Key_Tab)
    qtbot.waitUntil(lambda: "zoe" in shown(made, "name"))
    assert made.table.currentIndex().column() == 2


def test_esc_leaves_the_cell_as_it_was(given, page, desk: Desk, qtbot: QtBot) -> None:
    three(given)
    made = page()
    before = desk.workspace.head()
    editor = edit(qtbot, made, 0, "born")
    qtbot.keyClicks(editor.box, "1999")
    qtbot.keyClick(editor.box, Key.Key_Escape)
    assert made.editing.editor is None
    assert desk.workspace.head() == before
    assert made.table.hasFocus()


def test_a_coded_cell_is_a_drop_down_that_takes_the_first_letter(given, page, qtbot: QtBot) -> None:
    three(given)
    made = page()
    click(qtbot, made, 2, at(made, "gender"))
    qtbot.keyClick(made.table, Key.Key_M)
    editor = made.editing.editor
    assert isinstance(editor.box, Select)
    assert editor.text == "male"
    qtbot.keyClick(editor.box, Key.Key_Return)
    qtbot.waitUntil(lambda: shown(made, "gender")[2] == "Male")


def test_a_flag_takes_y(given, page, qtbot: QtBot) -> None:
    three(given)
    made = page()
    click(qtbot, made, 0, at(made, "in_custody"))
    qtbot.keyClick(made.table, Key.Key_Y)
    qtbot.keyClick(made.editing.editor.box, Key.Key_Return)
    qtbot.waitUntil(lambda: shown(made, "in_custody")[0] == "Yes")


def test_what_is_wrong_is_said_under_the_cell_and_can_be_mended(given, page, qtbot: QtBot) -> None:
    three(given)
    made = page()
    editor = edit(qtbot, made, 0, "born")
    qtbot.keyClicks(editor.box, "31/2/1990")
    qtbot.keyClick(editor.box, Key.Key_Return)
    assert made.editing.editor is editor
    assert editor.note.text()
    editor.box.setText("28/2/1990")
    qtbot.keyClick(editor.box, Key.Key_Return)
    qtbot.waitUntil(lambda: shown(made, "born")[0] == "28 Feb 1990")


def test_a_doubtful_number_is_kept_with_a_second_enter_and_marked(
    given, page, qtbot: QtBot
) -> None:
    given(a_phone("07700 900321"))
    made = page(Kind.PHONE)
    editor = edit(qtbot, made, 0, "number")
    editor.box.setText("07700 9003")
    qtbot.keyClick(editor.box, Key.Key_Return)
    assert "Enter again keeps it" in editor.note.text()
    qtbot.keyClick(editor.box, Key.Key_Return)
    qtbot.waitUntil(lambda: shown(made, "number") == ["07700 9003"])
    cell = made.model.index(0, 1).data(CellRole)
    assert isinstance(cell, Flagged)
    assert cell.hint


def test_what_is_not_typed_here_says_so(given, page, qtbot: QtBot) -> None:
    given(an_ocg("Alpha"))
    made = page(Kind.OCG)
    for name in ("status", "members"):
        click(qtbot, made, 0, at(made, name))
        qtbot.keyClick(made.table, Key.Key_F2)
        assert made.editing.editor is None
        assert made.error.sentence.text()


def test_a_reader_cannot_type(given, workspace, add_user, opened_by, qtbot: QtBot) -> None:
    three(given)
    rae = Desk(opened_by(add_user("rae", Role.READER)), Settings())
    made = RegisterPage(rae, Target(page=PageKind.REGISTER, kind=Kind.NOMINAL))
    qtbot.addWidget(made)
    made.show()
    settle(qtbot, made)
    made.table.setCurrentIndex(made.model.index(0, 1))
    qtbot.keyClick(made.table, Key.Key_F2)
    assert made.editing.editor is None
    assert "roles do not allow" in made.error.sentence.text()
    made.leave()
    rae.close()


def test_a_conflict_names_who_and_keeps_what_was_typed(
    given, page, opened_by, another_user, qtbot: QtBot
) -> None:
    people = three(given)
    made = page()
    editor = edit(qtbot, made, 0, "gender")
    bea = opened_by(another_user)
    with bea.work("Edit nominal") as done:
        done.work.put(replace(people[0], summary="Seen in town"))
    editor.box.choose("male")
    qtbot.keyClick(editor.box, Key.Key_Return)
    assert "Bea changed this record" in editor.note.text()
    settle(qtbot, made)
    qtbot.keyClick(editor.box, Key.Key_Return)
    qtbot.waitUntil(lambda: shown(made, "gender")[0] == "Male")


def test_ctrl_semicolon_writes_today(given, page, desk: Desk, qtbot: QtBot) -> None:
    given(an_ocg("Alpha"))
    made = page(Kind.OCG)
    click(qtbot, made, 0, at(made, "review_due"))
    qtbot.keyClick(made.table, Key.Key_Semicolon, CONTROL)
    qtbot.keyClick(made.editing.editor.box, Key.Key_Return)
    with desk.workspace.reading():
        qtbot.waitUntil(lambda: shown(made, "review_due")[0] not in {"–", "…"})


# ---- Filling and pasting ------------------------------------------------------------------------


def test_ctrl_d_fills_down_as_one_act(given, page, desk: Desk, qtbot: QtBot) -> None:
    three(given)
    made = page()
    click(qtbot, made, 0, at(made, "gender"))
    click(qtbot, made, 2, at(made, "gender"), SHIFT)
    qtbot.keyClick(made.table, Key.Key_D, CONTROL)
    qtbot.waitUntil(lambda: shown(made, "gender") == ["Female"] * 3)
    desk.undo()
    qtbot.waitUntil(lambda: shown(made, "gender") == ["Female", "Male", "–"])


def test_delete_empties_the_selected_cells(given, page, qtbot: QtBot) -> None:
    three(given)
    made = page()
    click(qtbot, made, 0, at(made, "born"))
    click(qtbot, made, 1, at(made, "gender"), SHIFT)
    qtbot.keyClick(made.table, Key.Key_Delete)
    qtbot.waitUntil(lambda: shown(made, "gender")[:2] == ["–", "–"])
    assert shown(made, "born")[0] == "–"


def paste(qtbot: QtBot, page: RegisterPage, text: str):
    QGuiApplication.clipboard().setText(text)
    page.filling.dialog = None
    qtbot.keyClick(page.table, Key.Key_V, CONTROL)
    qtbot.waitUntil(lambda: page.filling.dialog is not None)
    return page.filling.dialog


def test_a_block_is_shown_with_its_marks_and_taken_in_as_one_act(
    given, page, desk: Desk, qtbot: QtBot
) -> None:
    three(given)
    made = page()
    click(qtbot, made, 0, at(made, "born"))
    dialog = paste(qtbot, made, "14/2/91\tmale\r\nabout 1980\tpurple\r\n1979\tfemale\r\n")
    marks = [dialog.model.index(row, 2).data(MarkRole) for row in range(3)]
    assert marks == ["info", "overdue", "info"]
    assert dialog.accept_button.text() == "Take in 5 cells"
    qtbot.keyClick(dialog, Key.Key_F8)
    assert "purple" in dialog.note.text()
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: shown(made, "born") == ["14 Feb 1991", "about 1980", "1979"])
    assert shown(made, "gender") == ["Male", "Male", "Female"]
    desk.undo()
    qtbot.waitUntil(lambda: shown(made, "born") == ["2 Mar 1990", "–", "–"])


def test_esc_leaves_everything_as_it_was(given, page, desk: Desk, qtbot: QtBot) -> None:
    three(given)
    made = page()
    before = desk.workspace.head()
    click(qtbot, made, 0, at(made, "gender"))
    dialog = paste(qtbot, made, "male\nmale")
    qtbot.keyClick(dialog, Key.Key_Escape)
    settle(qtbot, made)
    assert desk.workspace.head() == before


def test_doubtful_cells_come_in_only_where_the_user_insists(given, page, qtbot: QtBot) -> None:
    given(a_phone("07700 900321"), a_phone("07700 900322"))
    made = page(Kind.PHONE)
    click(qtbot, made, 0, at(made, "number"))
    dialog = paste(qtbot, made, "07700 9003\n07700 900555")
    assert dialog.accept_button.text() == "Take in 1 cell"
    dialog.insist.click()
    assert dialog.accept_button.text() == "Take in 2 cells"
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: set(shown(made, "number")) == {"07700 9003", "07700 900555"})


def test_rows_beyond_the_table_are_counted_and_left_out(given, page, qtbot: QtBot) -> None:
    three(given)
    made = page()
    click(qtbot, made, 2, at(made, "gender"))
    dialog = paste(qtbot, made, "male\nfemale\nfemale")
    assert "2 rows of the block lie beyond" in dialog.summary.text()
    dialog.reject()


def test_one_cell_pasted_on_one_cell_needs_no_dialog(given, page, qtbot: QtBot) -> None:
    three(given)
    made = page()
    click(qtbot, made, 2, at(made, "gender"))
    QGuiApplication.clipboard().setText("Female")
    qtbot.keyClick(made.table, Key.Key_V, CONTROL)
    qtbot.waitUntil(lambda: shown(made, "gender")[2] == "Female")
    assert made.filling.dialog is None


def test_many_rows_are_filled_in_the_background(given, page, qtbot: QtBot) -> None:
    given(*(a_nominal(f"Person {n:03}") for n in range(260)))
    made = page()
    click(qtbot, made, 0, at(made, "gender"))
    qtbot.keyClick(made.table, Key.Key_F)
    qtbot.keyClick(made.editing.editor.box, Key.Key_Return)
    qtbot.waitUntil(lambda: shown(made, "gender")[0] == "Female")
    click(qtbot, made, 0, at(made, "gender"))
    qtbot.keyClick(made.table, Key.Key_Space, CONTROL)
    qtbot.keyClick(made.table, Key.Key_D, CONTROL)
    qtbot.waitUntil(lambda: shown(made, "gender")[255] == "Female", timeout=10_000)


def test_the_paste_model_keeps_qts_contract(given, page, qtbot: QtBot, qtmodeltester) -> None:
    three(given)
    made = page()
    click(qtbot, made, 0, at(made, "born"))
    dialog = paste(qtbot, made, "1990\tpurple\n1991\tmale")
    assert isinstance(dialog.model, PasteModel)
    qtmodeltester.check(dialog.model)
    dialog.reject()


# ---- Headers ------------------------------------------------------------------------------------


def test_the_chevron_of_a_header_lists_its_values(given, page, qtbot: QtBot) -> None:
    three(given)
    made = page()
    header = made.table.heading
    column = at(made, "gender")
    spot = header.drop_box(column).center()
    qtbot.mouseMove(header.viewport(), spot)
    qtbot.mouseClick(header.viewport(), LEFT, NONE, spot)
    popup = made.filtering.popup
    qtbot.waitUntil(lambda: len(popup.ticks) == 3)
    assert {box.text() for box in popup.ticks} == {"Female  (1)", "Male  (1)", "None  (1)"}
    assert not made.model.query.sorts


def test_values_are_counted_among_the_rows_that_pass_the_other_filters(
    given, page, qtbot: QtBot
) -> None:
    given(
        a_nominal("Ann", gender="female", in_custody=True),
        a_nominal("Bea", gender="female"),
        a_nominal("Carl", gender="male", in_custody=True),
    )
    made = page()
    made.filtering.open("gender")
    qtbot.waitUntil(lambda: len(made.filtering.popup.ticks) == 2)
    made.filtering.popup.ticks[0].click()
    made.filtering.popup.apply()
    qtbot.waitUntil(lambda: made.model.rowCount() == 1)
    made.filtering.open("in_custody")
    qtbot.waitUntil(lambda: len(made.filtering.popup.ticks) == 1)
    assert made.filtering.popup.ticks[0].text() == "Yes  (1)"


def test_values_past_the_first_two_hundred_are_found_by_typing(given, page, qtbot: QtBot) -> None:
    given(*(a_nominal(f"Person {n:03}") for n in range(230)), a_nominal("Zed"))
    made = page()
    made.filtering.open("name")
    popup = made.filtering.popup
    qtbot.waitUntil(lambda: len(popup.ticks) == 200)
    qtbot.keyClicks(popup.box, "zed")
    qtbot.waitUntil(lambda: len(popup.ticks) == 1)
    popup.apply()
    qtbot.waitUntil(lambda: shown(made, "name") == ["Zed"])


def test_a_header_dragged_puts_its_column_in_another_place(given, page, qtbot: QtBot) -> None:
    three(given)
    made = page()
    header = made.table.heading
    before = [spec.name for spec in made.model.specs]
    header.moveSection(header.visualIndex(at(made, "gender")), 2)
    qtbot.waitUntil(lambda: [s.name for s in made.model.specs] != before)
    assert [spec.name for spec in made.model.specs][:2] == ["name", "gender"]
    settle(qtbot, made)
    assert shown(made, "gender") == ["Female", "Male", "–"]
    again = page()
    assert [spec.name for spec in again.model.specs][:2] == ["name", "gender"]


def test_a_column_drawn_wider_stays_so(given, page, qtbot: QtBot) -> None:
    three(given)
    made = page()
    header, column = made.table.heading, at(made, "born")
    edge = header.sectionViewportPosition(column) + header.sectionSize(column) - 1
    before = header.sectionSize(column)
    qtbot.mousePress(header.viewport(), LEFT, NONE, QPoint(edge, 10))
    qtbot.mouseMove(header.viewport(), QPoint(edge + 60, 10))
    qtbot.mouseRelease(header.viewport(), LEFT, NONE, QPoint(edge + 60, 10))
    assert header.sectionSize(column) == before + 60
    again = page()
    assert again.table.columnWidth(at(again, "born")) == before + 60


def test_frozen_columns_stay_over_a_table_scrolled_sideways(given, page, qtbot: QtBot) -> None:
    three(given)
    made = page(wide=620)
    made.table.reordered.emit((*(spec.name for spec in made.model.specs), "summary", "died"))
    settle(qtbot, made)
    made.table.freeze(2)
    bar = made.table.horizontalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    frozen = made.table.frozen
    assert frozen.isVisible()
    assert [n for n in range(4) if not frozen.isColumnHidden(n)] == [0, 1, 2]
    made.table.setCurrentIndex(made.model.index(0, 3))
    left = made.table.columnViewportPosition(3)
    assert left >= frozen.width() - 1
    editor = edit(qtbot, made, 0, "born")
    assert editor.isVisible()
    qtbot.keyClick(editor.box, Key.Key_Escape)


def test_columns_grow_with_the_text(given, page, dressed: QApplication, qtbot: QtBot) -> None:
    three(given)
    made = page()
    before = made.table.columnWidth(at(made, "ref"))
    theme.apply(dressed, theme.load("light"), text_scale=1.5)
    settle(qtbot, made)
    assert made.table.columnWidth(at(made, "ref")) > 1.2 * before
    theme.apply(dressed, theme.load("light"))
