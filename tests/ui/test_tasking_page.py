"""Tasking in the window: meetings and decisions, the gateway, what changed, caseload, lessons."""

from datetime import date, timedelta

import pytest
from makers import an_ocg
from pages import put_up, settle
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ocgdesk.domain.entities import Ocg, Operation
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.plans import Action
from ocgdesk.domain.subrecords import Decision
from ocgdesk.domain.tasking import AgendaItem, Meeting, MeetingGroup, Request
from ocgdesk.store import plan_parts, records, tasking_book
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.disclosure_dialog import DisclosureDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.tasking_page import TaskingPage

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


def day(ahead: int) -> date:
    return Desk.today() + timedelta(days=ahead)


@pytest.fixture
def group(given):
    return given(MeetingGroup(name="Force TTCG", agency="WMP"))[0]


@pytest.fixture
def ocg(given):
    return given(an_ocg("Tarnbrook", status="active", tier="t3", agency="WMP"))[0]


@pytest.fixture
def meeting(given, group, ocg):
    made = given(Meeting(owner=group.id, title="November", held=day(2), status="prepared"))[0]
    given(AgendaItem(owner=made.id, title="Tarnbrook", about=ocg.id, position=1))
    return made


@pytest.fixture
def show(desk: Desk, qtbot: QtBot):
    def show_(tab: str = "") -> TaskingPage:
        return put_up(qtbot, TaskingPage(desk, Target(page=PageKind.TASKING, tab=tab)), 1300, 900)

    return show_


def press(qtbot: QtBot, page: TaskingPage, section: str, act: str) -> None:
    qtbot.mouseClick(page.part.sections[section].buttons[act], LEFT)


def choose(page: TaskingPage, section: str, row: int = 0) -> None:
    table = page.part.sections[section].table
    table.setCurrentIndex(table.model().index(row, 1))


def answer(qtbot: QtBot, page: TaskingPage, **said: str) -> None:
    dialog = page.part.asking.dialog
    assert dialog is not None
    for name, text in said.items():
        dialog.answer(name, text)
    qtbot.mouseClick(dialog.accept_button, LEFT)
    settle(qtbot, page)


def read(desk: Desk, query, *args, **more):
    with desk.workspace.reading() as reader:
        return query(reader, *args, **more)


def test_a_decision_is_recorded_with_its_reason_and_moves_the_ocg_once_applied(
    desk, qtbot, show, meeting, ocg
):
    page = show()
    choose(page, "agenda")
    press(qtbot, page, "agenda", "edit")
    answer(qtbot, page, decision="escalate")
    dialog = page.part.asking.dialog
    assert dialog is not None, "it is kept open until a reason is given"
    answer(qtbot, page, rationale="Violence in two towns", resources="Surveillance, 2 days")
    item = page.part.found.chosen.points[0].item
    assert (item.decision, item.rationale) == ("escalate", "Violence in two towns")
    choose(page, "agenda")
    press(qtbot, page, "agenda", "apply")
    settle(qtbot, page)
    with desk.workspace.reading() as reader:
        assert reader.get(Ocg, ocg.id).tier == "t2"
        log = records.owned(reader, ocg.id, Kind.DECISION)
    assert isinstance(log[0], Decision)
    assert page.part.found.chosen.points[0].item.applied


def test_a_meeting_is_not_closed_before_all_is_decided(qtbot, show, meeting):
    page = show()
    choose(page, "meetings")
    press(qtbot, page, "meetings", "close")
    answer(qtbot, page, minutes="As read")
    assert "wait for a decision" in page.part.asking.dialog.error.sentence.text()
    assert page.part.found.meetings[0].meeting.status == "prepared"


def test_a_meeting_is_called_and_draws_its_agenda_from_the_grid(qtbot, desk, show, group, ocg):
    page = show()
    qtbot.keyClick(page, Qt.Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: page.part.asking.dialog is not None)
    answer(qtbot, page, held="+7")
    qtbot.waitUntil(lambda: bool(page.part.found and page.part.found.meetings))
    settle(qtbot, page)
    chosen = page.part.found.chosen
    assert (chosen.listed.group.name, chosen.listed.meeting.held) == ("Force TTCG", day(7))
    assert [point.item.title for point in chosen.points] == ["Tarnbrook"]


def test_a_group_is_entered_first_where_there_is_none(qtbot, show):
    page = show()
    qtbot.mouseClick(page.main, LEFT)
    answer(qtbot, page, name="SOCJAG North", group_type="socjag", area="North")
    assert [one.name for one in page.part.found.groups] == ["SOCJAG North"]


def test_a_meeting_sets_an_action_that_is_completed_with_its_outcome(qtbot, desk, show, meeting):
    page = show()
    press(qtbot, page, "actions", "add-action")
    answer(qtbot, page, title="Brief the area", officer="Insp Rowe", due="+7")
    assert [one.title for one in page.part.found.chosen.actions] == ["Brief the area"]
    choose(page, "actions")
    press(qtbot, page, "actions", "done")
    answer(qtbot, page, outcome="Briefed on Monday")
    action = page.part.found.chosen.actions[0]
    assert isinstance(action, Action)
    assert (action.status, action.done, action.outcome) == (
        "complete",
        day(0),
        "Briefed on Monday",
    )


def test_another_meeting_is_shown_when_its_row_is_chosen(qtbot, given, show, group, meeting):
    later = given(Meeting(owner=group.id, title="December", held=day(30), status="prepared"))[0]
    page = show()
    assert page.part.chosen == meeting.id
    choose(page, "meetings", 1)
    settle(qtbot, page)
    assert page.part.found.chosen.listed.meeting.id == later.id
    assert page.part.sections["agenda"].heading.note.text().startswith("December")


def test_a_request_goes_through_the_gateway(qtbot, desk, show):
    page = show("gateway")
    qtbot.mouseClick(page.main, LEFT)
    answer(qtbot, page, title="Covert camera", agency="WMP")
    assert [row.request.title for row in page.part.found.rows] == ["Covert camera"]
    for _step in ("assessed", "prioritised"):
        choose(page, "requests")
        press(qtbot, page, "requests", "move")
        answer(qtbot, page)
    choose(page, "requests")
    press(qtbot, page, "requests", "move")
    answer(qtbot, page)
    assert "which unit" in page.part.asking.dialog.error.sentence.text()
    answer(qtbot, page, unit="rwm-proactive")
    assert page.part.found.rows[0].request.status == "allocated"
    choose(page, "requests")
    press(qtbot, page, "requests", "close")
    answer(qtbot, page, result="completed")
    assert page.part.found.rows == ()
    assert read(desk, tasking_book.requests_by_status) == {"closed": 1}


def test_a_count_of_the_gateway_filters_its_requests(qtbot, given, show):
    given(
        Request(title="New", received=day(-1)),
        Request(title="Seen", received=day(-2), assessed=day(-1), status="assessed"),
    )
    page = show("gateway")
    tile = next(one for one in page.part.counts.tiles if one.stat.key == "assessed")
    qtbot.mouseClick(tile, LEFT)
    settle(qtbot, page)
    assert [row.request.title for row in page.part.found.rows] == ["Seen"]
    qtbot.mouseClick(tile, LEFT)
    settle(qtbot, page)
    assert len(page.part.found.rows) == 2


def test_what_changed_is_written_as_a_pack_and_journalled(qtbot, desk, show, ocg, tmp_path):
    page = show("changes")
    assert [row.ocg.label for row in page.part.found.delta.rows] == ["Tarnbrook"]
    head, out, said = desk.workspace.head()[0], tmp_path / "delta.docx", []
    page.said.connect(said.append)
    qtbot.keyClick(page, Qt.Key.Key_E, CTRL)
    dialog = page.findChild(DisclosureDialog)
    assert dialog is not None
    for field, text in (
        (dialog.path, str(out)),
        (dialog.recipient, "TTCG"),
        (dialog.reason, "For the meeting"),
    ):
        field.editor.setText(text)
    qtbot.mouseClick(dialog.accept_button, LEFT)
    qtbot.waitUntil(lambda: bool(said))
    assert out.read_bytes()[:2] == b"PK"
    assert desk.workspace.head()[0] > head


def test_a_row_of_the_caseload_opens_the_operations_it_counts(qtbot, given, show):
    given(Operation(name="Fell", agency="WMP", unit="Fraud", phase="proactive"))
    page = show("caseload")
    assert page.part.summary().startswith("1 operation open")
    gone: list[Target] = []
    page.opened.connect(lambda target, _aside: gone.append(target))
    table = page.part.sections["units"].table
    table.setFocus()
    choose(page, "units")
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert gone[0].kind is Kind.OPERATION
    assert [one.values for one in gone[0].query.filters] == [("WMP",), ("Fraud",)]


def test_a_lesson_is_recorded_with_its_tactic_and_removed_again(qtbot, desk, show):
    page = show("lessons")
    qtbot.keyClick(page, Qt.Key.Key_N, CTRL)
    answer(qtbot, page, title="Letters worked", tactic="warrant-day", worked="worked")
    assert [one.title for one in read(desk, plan_parts.lessons, "warrant-day")] == [
        "Letters worked"
    ]
    choose(page, "lessons")
    press(qtbot, page, "lessons", "remove")
    settle(qtbot, page)
    assert page.part.found == []


def test_the_tables_of_meetings_are_sound_models(qtmodeltester, show, meeting):
    page = show()
    for section in page.part.sections.values():
        qtmodeltester.check(section.rows)


def test_the_window_does_not_stand_still_while_the_page_comes_up(
    qtbot, given, show, group, heartbeat
):
    held = [Meeting(owner=group.id, title=f"Meeting {n}", held=day(-n)) for n in range(100)]
    given(*held)
    items = [
        AgendaItem(owner=meeting.id, title=f"Item {n}", position=n)
        for meeting in held[:30]
        for n in range(10)
    ]
    given(*items)
    show()
    heartbeat.start()
    page = show("gateway")
    settle(qtbot, page)
    heartbeat.stop()
    assert heartbeat.busy_ms < 150
