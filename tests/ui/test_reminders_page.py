"""The reminder centre: put off with one press, give on with a reason, take along as a calendar."""

from datetime import timedelta

import pytest
from makers import a_plan, an_action, an_assignment, an_ocg
from pages import put_up, settle
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ocgdesk.domain.people import Role
from ocgdesk.settings import Settings
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.disclosure_dialog import DisclosureDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.home_page import HomePage
from ocgdesk.ui.pages.reminders_page import RemindersPage

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


def day(ahead: int):
    return Desk.today() + timedelta(days=ahead)


@pytest.fixture
def ocg(given, ann):
    made = an_ocg("Tarnbrook", status="active", agency="WMP")
    plan = a_plan(made, review_due=day(90))
    given(made, plan, an_assignment(made, user=ann.id))
    given(an_action(plan, "Visit the hub", due=day(-16)), an_action(plan, "Ring", due=day(2)))
    return made


@pytest.fixture
def coordinators(add_user, opened_by, dressed):
    """Make desks of a coordinator's; they are closed with the test."""
    made: list[Desk] = []
    user = add_user("col", Role.COORDINATOR)

    def make(**settings) -> Desk:
        made.append(Desk(opened_by(user), Settings(**settings)))
        return made[-1]

    yield make
    for one in made:
        one.close()


def reminders(desk: Desk, qtbot: QtBot) -> RemindersPage:
    return put_up(qtbot, RemindersPage(desk, Target(page=PageKind.REMINDERS)), 1200, 800)


def titles(page: RemindersPage, section: str) -> list[str]:
    return [row.title for row in page.sections[section].rows.rows]


def press(qtbot: QtBot, page: RemindersPage, section: str, act: str) -> None:
    part = page.sections[section]
    part.table.setCurrentIndex(part.rows.index(0, 0))
    qtbot.mouseClick(part.buttons[act], LEFT)


def test_a_reminder_is_put_off_with_one_press_and_called_back(desk, qtbot, ocg):
    page = reminders(desk, qtbot)
    assert titles(page, "now") == ["Visit the hub", "Ring"]
    assert "1 overdue" in page.header.subtitle.text()
    press(qtbot, page, "now", "tomorrow")
    settle(qtbot, page)
    assert titles(page, "now") == ["Ring"]
    assert page.found.later[0].put_off == day(1)
    press(qtbot, page, "later", "wake")
    settle(qtbot, page)
    assert titles(page, "now") == ["Visit the hub", "Ring"]


def test_putting_off_can_be_undone_as_any_act_can(desk, qtbot, ocg):
    page = reminders(desk, qtbot)
    press(qtbot, page, "now", "week")
    settle(qtbot, page)
    assert titles(page, "now") == ["Ring"]
    desk.undo()
    settle(qtbot, page)
    assert titles(page, "now") == ["Visit the hub", "Ring"]


def test_what_is_given_to_the_coordinator_is_in_their_centre_until_settled(
    desk, qtbot, ocg, coordinators
):
    page = reminders(desk, qtbot)
    assert page.sections["escalated"].isHidden()
    press(qtbot, page, "now", "escalate")
    dialog = page.asking.dialog
    qtbot.mouseClick(dialog.accept_button, LEFT)
    assert dialog.fields["reason"].wrong
    dialog.answer("reason", "Find another officer")
    qtbot.mouseClick(dialog.accept_button, LEFT)
    settle(qtbot, page)
    theirs = coordinators(escalate_after_days=300)
    centre = reminders(theirs, qtbot)
    assert [row.reason for row in centre.found.escalated] == ["Find another officer"]
    press(qtbot, centre, "escalated", "settle")
    settle(qtbot, centre)
    assert titles(centre, "escalated") == []


def test_the_setting_says_after_how_many_days_a_thing_comes_up(qtbot, ocg, coordinators):
    for days, wanted in ((10, ["Visit the hub"]), (20, [])):
        theirs = coordinators(escalate_after_days=days)
        assert titles(reminders(theirs, qtbot), "escalated") == wanted


def test_a_row_opens_the_plan_it_is_in(desk, qtbot, ocg):
    page = reminders(desk, qtbot)
    gone: list[Target] = []
    page.opened.connect(lambda target, _aside: gone.append(target))
    table = page.sections["now"].table
    table.setCurrentIndex(page.sections["now"].rows.index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert gone == [Target(page=PageKind.PLAN, id=ocg.id)]


def test_the_calendar_is_written_by_reference_and_journalled(desk, qtbot, ocg, tmp_path):
    page, out, said = reminders(desk, qtbot), tmp_path / "due.ics", []
    page.said.connect(said.append)
    qtbot.keyClick(page, Qt.Key.Key_E, CTRL)
    dialog = page.findChild(DisclosureDialog)
    for field, text in (
        (dialog.path, str(out)),
        (dialog.recipient, "My own calendar"),
        (dialog.reason, "Reminders"),
    ):
        field.editor.setText(text)
    qtbot.mouseClick(dialog.accept_button, LEFT)
    qtbot.waitUntil(lambda: bool(said))
    text = out.read_text(encoding="utf-8")
    assert text.count("BEGIN:VEVENT") == 2
    assert "Tarnbrook" not in text


def test_home_says_once_what_is_due_and_leads_to_the_centre(desk, qtbot, ocg):
    said: list[str] = []
    page = HomePage(desk, Target(page=PageKind.HOME))
    page.said.connect(said.append)
    put_up(qtbot, page, 1300, 900)
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["2 reminders, 1 overdue."]
    assert page.reminding.button.text().endswith("2")
    gone: list[Target] = []
    page.opened.connect(lambda target, _aside: gone.append(target))
    qtbot.mouseClick(page.reminding.button, LEFT)
    assert gone == [Target(page=PageKind.REMINDERS)]
    page.refresh()
    settle(qtbot, page)
    assert len(said) == 1


def test_nothing_due_is_said_in_a_sentence(desk, qtbot):
    page = reminders(desk, qtbot)
    assert "Nothing is due" in page.sections["now"].empty.text()
    assert not page.sections["now"].empty.isHidden()


def test_a_coordinators_home_shows_lros_by_name_whichever_heading_is_pressed(
    qtbot, given, coordinators
):
    for name, late in (("Insp Zeal", 0), ("Insp Abel", 3)):
        ocg = an_ocg(f"Group {name}", status="active", agency="WMP")
        plan = a_plan(ocg)
        given(ocg, plan, an_assignment(ocg, name, role="lro"))
        given(*(an_action(plan, f"Late {n}", due=day(-3)) for n in range(late)))
    theirs = coordinators()
    page = put_up(qtbot, HomePage(theirs, Target(page=PageKind.HOME)), 1300, 900)
    rows = page.lros.section.rows
    assert [(row.officer, row.late_actions) for row in rows.rows] == [
        ("Insp Abel", 3),
        ("Insp Zeal", 0),
    ]
    rows.turn(3)
    assert [row.officer for row in rows.rows] == ["Insp Abel", "Insp Zeal"]
    assert not page.lros.isHidden()


def test_the_tables_are_sound_models(desk, qtbot, ocg, qtmodeltester):
    page = reminders(desk, qtbot)
    for section in page.sections.values():
        qtmodeltester.check(section.rows)
