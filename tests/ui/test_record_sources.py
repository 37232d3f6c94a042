"""What a field rests on: said beside it, shown in the inspector, added and chosen with a reason."""

from functools import partial

import pytest
from makers import a_nominal, a_report, an_assertion
from pages import put_up
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from ocgdesk.casework import records
from ocgdesk.domain.people import Role
from ocgdesk.store import records as queries
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.statement_dialog import ChooseDialog, StatementDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.record_page import RecordPage
from ocgdesk.ui.pages.record_sources import FieldInspector, StatementCard
from ocgdesk.ui.widgets.labels import Label

LEFT = Qt.MouseButton.LeftButton

# The offscreen platform says that a menu cannot be raised, nor take the keyboard.
pytestmark = [
    pytest.mark.usefixtures("dressed"),
    pytest.mark.qt_log_ignore("does not support"),
]


@pytest.fixture
def page(desk: Desk, qtbot: QtBot):
    def make(thing, at: Desk | None = None) -> RecordPage:
        made = RecordPage(at or desk, Target(page=PageKind.RECORD, kind=thing.kind, id=thing.id))
        return put_up(qtbot, made, 1200, 800)

    return make


@pytest.fixture
def inspected(qtbot: QtBot):
    def watch(page: RecordPage) -> list[FieldInspector]:
        seen: list[FieldInspector] = []

        def take(widget: FieldInspector | None) -> None:
            if widget is not None:
                qtbot.addWidget(widget)
                seen.append(widget)

        page.inspected.connect(take)
        return seen

    return watch


def said_of(desk: Desk, thing) -> dict[str, tuple[str, bool, str]]:
    with desk.workspace.reading() as reader:
        found = queries.assertions_of(reader, thing.id)
    return {item.value: (item.basis, item.chosen, item.reason) for item in found}


def words(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Label))


def row_of(page: RecordPage, name: str):
    return page.overview.form.rows[name]


def menu_of(page: RecordPage, name: str) -> QMenu:
    row = row_of(page, name)
    at = QPoint(4, 4)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, row.mapToGlobal(at))
    QApplication.sendEvent(row, event)
    return page.findChildren(QMenu)[-1]


def act(menu: QMenu, words_: str) -> None:
    next(action for action in menu.actions() if action.text() == words_).trigger()
    menu.close()


def test_a_field_says_how_many_sources_agree_and_how_many_say_otherwise(given, page) -> None:
    nominal, one, two, same = given(
        a_nominal(gender="male"),
        a_report(grade="2CP", origin="A"),
        a_report(grade="1BC", origin="B"),
        a_report(grade="3DP", origin="B"),
    )
    given(
        an_assertion(nominal, "gender", "male", reports=(one.id, two.id, same.id), chosen=True),
        an_assertion(nominal, "gender", "female"),
        an_assertion(nominal, "name", "Aled"),
    )
    made = page(nominal)
    row = row_of(made, "gender")
    assert row.source_button.text() == "2 sources, best 1B"
    assert row.others_button.text() == "1 other value"
    assert row_of(made, "born").source_button.isHidden()


def test_the_others_lead_to_the_inspector_with_reports_and_reasons(
    given, page, inspected, qtbot: QtBot
) -> None:
    nominal, report = given(a_nominal(gender="male"), a_report(grade="2CP", text="Seen in May."))
    given(
        an_assertion(nominal, "gender", "male", chosen=True, reason="Custody record"),
        an_assertion(nominal, "gender", "female", basis="assessment", reports=(report.id,)),
    )
    made = page(nominal)
    seen = inspected(made)
    qtbot.mouseClick(row_of(made, "gender").others_button, LEFT)
    said = words(seen[-1])
    assert "Reason: Custody record" in said
    assert "Female" in said
    assert "Seen in May." in said
    with qtbot.waitSignal(made.opened) as heard:
        seen[-1].report_opened.emit(report.id)
    assert heard.args[0].id == report.id


def test_what_a_source_says_is_added_from_the_menu_of_a_field_and_undone(
    given, page, desk: Desk, qtbot: QtBot
) -> None:
    nominal, report = given(a_nominal(gender="male"), a_report(title="Stop in Ludlow", grade="1BP"))
    made = page(nominal)
    act(menu_of(made, "gender"), "Add what a source says…")
    dialog = made.findChild(StatementDialog)
    dialog.value.editor.choose("female")
    dialog.basis.editor.choose("assessment")
    qtbot.keyClicks(dialog.reports.box, "ludlow")
    qtbot.waitUntil(lambda: len(dialog.reports.table.rows) == 1)
    qtbot.keyClick(dialog.reports.box, Qt.Key.Key_Return)
    assert dialog.reports.ids == (report.id,)
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: row_of(made, "gender").others_button.text() == "1 other value")
    assert said_of(desk, nominal) == {"female": ("assessment", False, "")}
    assert desk.steps()[0].label == "Add what a source says"
    desk.undo()
    qtbot.waitUntil(row_of(made, "gender").others_button.isHidden)


def test_an_empty_field_takes_what_the_first_source_says(
    given, page, desk: Desk, qtbot: QtBot
) -> None:
    (nominal,) = given(a_nominal())
    made = page(nominal)
    made.stating.add("born")
    dialog = made.findChild(StatementDialog)
    assert dialog.choose.isChecked()
    dialog.value.editor.setText("nonsense")
    dialog.accept_button.click()
    assert "cannot be read as a date" in dialog.value.wrong
    dialog.value.editor.setText("about 1996")
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: row_of(made, "born").value.text() == "about 1996")
    assert row_of(made, "born").source_button.text() == "Stated, no report named"


def test_choosing_another_value_asks_why_and_shows_it_on_the_record(
    given, page, inspected, desk: Desk, qtbot: QtBot
) -> None:
    (nominal,) = given(a_nominal(gender="male"))
    given(an_assertion(nominal, "gender", "male", chosen=True))
    given(an_assertion(nominal, "gender", "female"))
    made = page(nominal)
    seen = inspected(made)
    made.stating.show_sources("gender")
    card = next(
        card for card in seen[-1].findChildren(StatementCard) if not card.choose_button.isHidden()
    )
    card.choose_button.click()
    dialog = made.findChild(ChooseDialog)
    dialog.accept_button.click()
    assert dialog.reason.wrong
    qtbot.keyClicks(dialog.reason.editor, "Passport seen")
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: row_of(made, "gender").value.text() == "Female")
    chosen = {value for value, (_basis, is_chosen, _why) in said_of(desk, nominal).items()
              if is_chosen}  # fmt: skip
    assert chosen == {"female"}
    desk.undo()
    qtbot.waitUntil(lambda: row_of(made, "gender").value.text() == "Male")


def test_a_statement_chosen_over_another_value_needs_its_reason_at_once(
    given, page, qtbot: QtBot
) -> None:
    (nominal,) = given(a_nominal(gender="male"))
    made = page(nominal)
    made.stating.add("gender")
    dialog = made.findChild(StatementDialog)
    dialog.value.editor.choose("female")
    dialog.choose.setChecked(True)
    dialog.accept_button.click()
    assert "Say why" in dialog.reason.wrong
    dialog.reject()


def test_the_inspector_follows_what_is_taken_out(given, page, inspected, qtbot: QtBot) -> None:
    (nominal,) = given(a_nominal(gender="male"))
    given(an_assertion(nominal, "gender", "female"))
    made = page(nominal)
    seen = inspected(made)
    made.stating.show_sources("gender")
    seen[-1].show()
    (card,) = seen[-1].findChildren(StatementCard)
    card.remove_button.click()
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert not seen[-1].findChildren(StatementCard)
    assert "Source not recorded" in words(seen[-1])


def test_a_reader_sees_sources_but_changes_nothing(
    given, page, inspected, add_user, opened_by, qtbot: QtBot
) -> None:
    (nominal,) = given(a_nominal(gender="male"))
    given(an_assertion(nominal, "gender", "female"))
    from ocgdesk.settings import Settings

    desk = Desk(opened_by(add_user("rea", Role.READER)), Settings())
    made = page(nominal, desk)
    seen = inspected(made)
    qtbot.mouseClick(row_of(made, "gender").others_button, LEFT)
    assert not seen[-1].add_button.isEnabled()
    (card,) = seen[-1].findChildren(StatementCard)
    assert not card.choose_button.isEnabled()
    assert not card.remove_button.isEnabled()
    menu = menu_of(made, "gender")
    assert [action.isEnabled() for action in menu.actions()] == [False, False, True]
    menu.close()
    desk.close()


def test_what_was_stated_shows_as_it_was_then(given, page, desk: Desk, qtbot: QtBot) -> None:
    (nominal,) = given(a_nominal(gender="male"))
    given(an_assertion(nominal, "gender", "male"))
    made = page(nominal)
    made.go_to_day("today")
    qtbot.waitUntil(made.ready)
    assert row_of(made, "gender").source_button.text() == "Stated, no report named"
    desk.do("Edit", partial(records.edit, id_=nominal.id, values={"gender": "female"}))
    qtbot.waitUntil(made.ready)
