"""The special parts of records: an operation's case, a line's story, dealings, sharing."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from makers import a_line, a_link, a_nominal, a_phone, a_report, an_ocg
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ocgdesk.casework import line_stories, operations
from ocgdesk.casework.moments import Moment
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Commodity, Operation, Report
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Role
from ocgdesk.domain.subrecords import CheckBack, CourtStep, GainReferral, ThreatWarning
from ocgdesk.store import records as queries
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.case_dialog import CaseDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.home_page import HomePage
from ocgdesk.ui.pages.record_page import RecordPage
from ocgdesk.ui.widgets.values import words

LEFT = Qt.MouseButton.LeftButton
pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def part(desk: Desk, qtbot: QtBot):
    """Open a record and return its special part, filled."""

    def make(thing: Any, at: Desk | None = None) -> Any:
        target = Target(page=PageKind.RECORD, kind=thing.kind, id=thing.id, tab="case")
        page = RecordPage(at or desk, target)
        qtbot.addWidget(page)
        page.resize(1200, 900)
        page.show()
        qtbot.waitExposed(page)
        settle(qtbot, page)
        found = page.parts.case
        assert found is not None
        found.page = page
        return found

    return make


def settle(qtbot: QtBot, page: Any) -> None:
    QApplication.processEvents()
    qtbot.waitUntil(page.ready)


def cells(section: Any) -> list[list[str]]:
    """Return a section's table in words."""
    return [[words(c.cell(row)) for c in section.rows.columns] for row in section.rows.rows]


def filled(qtbot: QtBot, part: Any, **answers: str) -> CaseDialog:
    """Fill in the dialog that is open; Enter is left to the test."""
    dialog = part.asking.dialog
    assert isinstance(dialog, CaseDialog)
    qtbot.waitExposed(dialog)
    for name, text in answers.items():
        dialog.answer(name, text)
    return dialog


def accept(qtbot: QtBot, dialog: CaseDialog) -> None:
    qtbot.mouseClick(dialog.accept_button, LEFT)
    QApplication.processEvents()


@pytest.fixture
def brief(desk: Desk):
    def of(thing: Any) -> Any:
        with desk.workspace.reading() as reader:
            return queries.brief(reader, thing.id)

    return of


# ---- Operations ---------------------------------------------------------------------------------


@pytest.fixture
def case(given, desk: Desk):
    """An operation that bears on an OCG and a person, with an arrest, a warning, a referral."""
    today = desk.today()
    operation, person, ocg = given(
        Operation(name="Operation Fell", phase="pre-charge", sio="DI Hale"), a_nominal(), an_ocg()
    )
    given(
        a_link(operation, ocg, type="investigates", directed=True),
        CourtStep(owner=person.id, step="arrested", operation=operation.id, on=today),
        CourtStep(owner=person.id, step="bailed", operation=operation.id, on=today),
        ThreatWarning(
            owner=person.id, given=today, review_due=today, operation=operation.id, threat="Debt"
        ),
        GainReferral(owner=ocg.id, partner="HMRC", referred=today - timedelta(days=20)),
    )
    return operation, person, ocg


def test_an_operation_opens_on_its_case(case, part) -> None:
    found = part(case[0])
    assert found.page.tabs.current == "case"
    assert [tile.stat.count for tile in found.counts.tiles] == ["1", "0", "0", "0"]
    assert [row[:2] for row in cells(found.sections["steps"])] == [
        ["Aled Cors", "Arrested"],
        ["Aled Cors", "Bailed or released under investigation"],
    ]
    assert "Pre-charge" in found.phases.accessibleName()
    assert [row[0] for row in cells(found.sections["bears"])] == ["Tarnbrook"]


def test_a_count_shows_its_records_and_each_opens(case, part, qtbot: QtBot) -> None:
    found = part(case[0])
    qtbot.mouseClick(found.counts.tiles[0], LEFT)
    assert [row[1] for row in cells(found.sections["steps"])] == ["Arrested"]
    gone: list[Target] = []
    found.page.opened.connect(lambda target, _new: gone.append(target))
    table = found.sections["steps"].table
    table.setCurrentIndex(table.model().index(0, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert [target.id for target in gone] == [case[1].id]


def test_what_came_of_an_operation_is_entered_and_counted_on_its_page(
    case, part, qtbot: QtBot
) -> None:
    found = part(case[0])
    section = found.sections["outcomes"]
    qtbot.mouseClick(section.buttons["add"], LEFT)
    dialog = filled(qtbot, found, measure="cocaine", value="2.5", strand="pursue", agency="WMC")
    accept(qtbot, dialog)
    settle(qtbot, found)
    qtbot.mouseClick(section.buttons["steps"], LEFT)
    settle(qtbot, found)
    steps = found.came.steps
    assert [row.step.step for row in steps.model.rows] == ["arrested"]
    tick = Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole
    steps.model.setData(steps.model.index(0, 0), *tick)
    steps.on_accept()
    settle(qtbot, found)
    assert [row[:2] for row in cells(section)] == [["Cocaine", "2.5 kg"], ["Arrested", "1"]]
    of = {(one.operation, one.strand, one.agency) for one in found.came.lines()[:1]}
    assert of == {(case[0].id, "pursue", "WMC")}


def test_a_phase_is_moved_with_its_day_and_undone(case, part, desk: Desk, qtbot: QtBot) -> None:
    found = part(case[0])
    qtbot.mouseClick(found.phase_button, LEFT)
    accept(qtbot, filled(qtbot, found, phase="post-charge", day="today"))
    settle(qtbot, found.page)
    assert found.found.operation.phase == "post-charge"
    assert found.found.operation.post_charge == PartialDate.of(desk.today())
    assert desk.steps()[0].label == "Move phase"
    desk.undo()
    settle(qtbot, found.page)
    assert found.found.operation.phase == "pre-charge"


def test_what_is_wrong_with_a_move_is_said_in_the_dialog(case, part, qtbot: QtBot) -> None:
    found = part(case[0])
    found.acts.move_phase()
    dialog = filled(qtbot, found, phase="proactive", day="today")
    accept(qtbot, dialog)
    assert "Say why it goes back" in dialog.error.sentence.text()
    assert dialog.isVisible()
    dialog.reject()


def test_an_arrest_that_is_there_is_refused_and_another_day_is_kept(
    case, part, brief, qtbot: QtBot
) -> None:
    operation, person, _ocg = case
    found = part(operation)
    qtbot.mouseClick(found.sections["steps"].buttons["add-step"], LEFT)
    dialog = filled(qtbot, found, step="arrested", on="today")
    dialog.pickers["nominal"].choose(brief(person))
    accept(qtbot, dialog)
    assert "on record for this person in this operation already" in dialog.error.sentence.text()
    dialog.answer("on", "-3")
    accept(qtbot, dialog)
    settle(qtbot, found.page)
    assert found.found.counts.arrested == 2
    assert found.counts.tiles[0].stat.basis == "1 person"


def test_care_is_called_for_once_and_then_it_is_entered(
    case, given, part, brief, qtbot: QtBot
) -> None:
    victim = given(a_nominal("YP-03", exploited=True))[0]
    found = part(case[0])
    found.acts.add_step()
    dialog = filled(qtbot, found, step="interviewed", on="today")
    dialog.pickers["nominal"].choose(brief(victim))
    accept(qtbot, dialog)
    assert "Modern Slavery Act" in dialog.doubts.sentence.text()
    accept(qtbot, dialog)
    settle(qtbot, found.page)
    assert len(found.found.steps) == 3


def test_a_warning_is_put_off_and_a_referral_answered(case, part, qtbot: QtBot) -> None:
    found = part(case[0])
    section = found.sections["warnings"]
    assert section.heading.note.text() == "1 to look at again"
    assert not section.buttons["review-warning"].isEnabled()
    section.table.setCurrentIndex(section.rows.index(0, 0))
    qtbot.mouseClick(section.buttons["review-warning"], LEFT)
    accept(qtbot, filled(qtbot, found, next_due="+14"))
    settle(qtbot, found.page)
    assert section.heading.note.text() == "1"
    section = found.sections["referrals"]
    assert "Waiting 20 days" in cells(section)[0]
    section.table.setCurrentIndex(section.rows.index(0, 0))
    qtbot.mouseClick(section.buttons["answer"], LEFT)
    accept(qtbot, filled(qtbot, found, said="no-hit"))
    settle(qtbot, found.page)
    assert "No hit" in cells(section)[0]


def test_the_policy_log_grows_and_says_why(case, part, qtbot: QtBot) -> None:
    found = part(case[0])
    qtbot.mouseClick(found.log_button, LEFT)
    dialog = filled(qtbot, found, title="Arrest strategy")
    accept(qtbot, dialog)
    assert dialog.fields["rationale"].wrong == "Rationale is needed."
    dialog.answer("rationale", "Together and early")
    accept(qtbot, dialog)
    settle(qtbot, found.page)
    assert [row[1] for row in cells(found.sections["log"])] == ["Arrest strategy"]


def test_who_may_not_edit_is_told_so(case, part, add_user, opened_by, qtbot: QtBot) -> None:
    other = opened_by(add_user("ria", Role.READER))
    theirs = Desk(other, desk_settings())
    try:
        found = part(case[0], theirs)
        assert not found.phase_button.isEnabled()
        assert not found.sections["steps"].buttons["add-step"].isEnabled()
    finally:
        found.page.leave()
        theirs.close()


def desk_settings() -> Any:
    from ocgdesk.settings import Settings

    return Settings(author="Ria", agency="WMP")


# ---- County lines -------------------------------------------------------------------------------


@pytest.fixture
def line(given, desk: Desk):
    """Marlow, that was Tony: closed a month ago with a check-back over its day."""
    today = desk.today()
    month = today - timedelta(days=31)
    tony, phone, victim, holder = given(
        a_line(
            "Tony",
            status="rebranded",
            opened=PartialDate.of(today - timedelta(days=400)),
            closed=PartialDate.of(month),
            closure_type="type-1",
        ),
        a_phone("07700 900118", first_seen=PartialDate.of(today - timedelta(days=300))),
        a_nominal("YP-03", exploited=True),
        a_nominal("Curtis Vale"),
    )
    marlow = given(
        a_line("Marlow", status="active", follows=tony.id, opened=PartialDate.of(today))
    )[0]
    given(
        CheckBack(owner=tony.id, due=month + timedelta(days=30)),
        a_link(tony, phone, type="uses", directed=True, end=PartialDate.of(month)),
        a_link(marlow, victim, type="exploits", directed=True),
        a_link(holder, marlow, type="holds-line", directed=True),
    )
    return marlow, tony, holder


def test_a_line_opens_on_its_whole_story(line, part) -> None:
    found = part(line[0])
    assert [tag.chapter.line.brand for tag in found.strip.tags] == ["Tony", "Marlow"]
    assert [bar.number.phone.label for bar in found.strip.bars] == ["07700 900118"]
    assert [dot.words for dot in found.strip.dots] == ["30 days, 1 day over"]
    assert "check-back" in found.strip.accessibleName()
    assert found.heading.title.text() == "One line, 2 names"


def test_exploited_people_come_first_and_hold_no_role(line, part) -> None:
    found = part(line[0])
    assert next(iter(found.sections)) == "exploited"
    assert [row[0] for row in cells(found.sections["exploited"])] == ["YP-03"]
    assert [row[0] for row in cells(found.sections["holders"])] == ["Curtis Vale"]
    assert "Nothing recorded" in cells(found.sections["exploited"])[0]


def test_the_older_name_on_the_strip_opens_it(line, part, qtbot: QtBot) -> None:
    found = part(line[0])
    gone: list[Target] = []
    found.page.opened.connect(lambda target, _new: gone.append(target))
    box = found.strip._box(found.strip.tags[0])
    qtbot.mouseClick(found.strip, LEFT, pos=QPoint(round(box.left()) + 12, round(box.top()) + 8))
    assert [target.id for target in gone] == [line[1].id]


def test_b_records_the_check_back_that_is_due(line, part, qtbot: QtBot) -> None:
    found = part(line[0])
    found.sections["check-backs"].table.setFocus()
    qtbot.keyClick(found.sections["check-backs"].table, "b")
    dialog = filled(qtbot, found, result="out-of-use", note="Test call")
    accept(qtbot, dialog)
    settle(qtbot, found.page)
    row = cells(found.sections["check-backs"])[0]
    assert "Out of use" in row
    assert "Test call" in row


def test_type_1_is_closed_by_the_charge_of_a_holder(
    line, given, part, desk: Desk, qtbot: QtBot
) -> None:
    marlow, _tony, holder = line
    found = part(marlow)
    qtbot.mouseClick(found.buttons["move:closed-type-1"], LEFT)
    dialog = filled(qtbot, found, closure_evidence="Silent")
    accept(qtbot, dialog)
    assert "a line holder who was arrested and charged" in dialog.error.sentence.text()
    dialog.reject()
    step = given(CourtStep(owner=holder.id, step="charged", on=desk.today()))[0]
    found.refresh()
    settle(qtbot, found.page)
    found.acts.move("closed-type-1")
    accept(qtbot, filled(qtbot, found, closure_evidence="Silent", charge=str(step.id)))
    settle(qtbot, found.page)
    assert found.found.line.status == "closed-type-1"
    planned = [back.due for back in found.found.chapter.check_backs]
    assert planned == [desk.today() + timedelta(days=30), desk.today() + timedelta(days=90)]


def test_a_line_goes_on_under_a_new_name(line, part, qtbot: QtBot) -> None:
    found = part(line[0])
    qtbot.mouseClick(found.buttons["move:rebranded"], LEFT)
    dialog = filled(qtbot, found)
    accept(qtbot, dialog)
    assert "Choose the line it goes on as" in dialog.error.sentence.text()
    dialog.answer("brand", "Silver")
    accept(qtbot, dialog)
    settle(qtbot, found.page)
    assert found.heading.title.text() == "One line, 3 names"


def test_the_indicators_are_ticked_and_counted(line, part, qtbot: QtBot) -> None:
    found = part(line[0])
    qtbot.mouseClick(found.sections["indicators"].buttons["tick"], LEFT)
    accept(qtbot, filled(qtbot, found, rivals="yes", robbed="no"))
    settle(qtbot, found.page)
    note = found.sections["indicators"].heading.note.text()
    assert note == "1 of 11 hold, 9 not known · a count, no score"
    assert found.found.indicators == line_stories.indicators([found.found.indicators.assessment])


# ---- Commodities and reports --------------------------------------------------------------------


def test_who_does_what_is_added_to_a_commodity(given, part, brief, qtbot: QtBot) -> None:
    drug, ocg = given(Commodity(name="Heroin", unit="kg"), an_ocg())
    found = part(drug)
    qtbot.mouseClick(found.sections["dealings"].buttons["deal"], LEFT)
    dialog = filled(qtbot, found, role="imports", scale="40")
    dialog.pickers["ocg"].choose(brief(ocg))
    accept(qtbot, dialog)
    settle(qtbot, found.page)
    assert cells(found.sections["dealings"])[0][:4] == ["Tarnbrook", "Imports", "Heroin", "40 kg"]
    assert cells(found.sections["tree"])[0][-1] == "1"


SAYS = "Our informant lives with him and saw the bag."


def test_the_phrases_that_give_a_source_away_are_marked_in_the_text(given, part) -> None:
    found = part(given(a_report("Meeting", text=SAYS, grade="2CP"))[0])
    marked = found.words.box.extraSelections()
    assert marked
    assert {one.cursor.selectedText() for one in marked} <= {
        finding.text for finding in found.found.cleanness.text
    }
    assert found.sections["findings"].isVisible()


def test_a_report_with_marked_phrases_is_sanitised_with_a_reason(
    given, part, desk: Desk, qtbot: QtBot
) -> None:
    report = given(a_report("Meeting", text=SAYS))[0]
    found = part(report)
    qtbot.mouseClick(found.button, LEFT)
    dialog = filled(qtbot, found)
    accept(qtbot, dialog)
    assert dialog.fields["reason"].wrong
    accept(qtbot, filled(qtbot, found, reason="Agreed with the handler's unit"))
    settle(qtbot, found.page)
    with desk.workspace.reading() as reader:
        assert reader.get(Report, report.id).sanitised
    assert found.button.text().startswith("Not sanitised")


def test_what_rests_on_a_report_says_how_much_else_it_rests_on(given, part) -> None:
    one, other = given(a_nominal("Aled"), a_nominal("Bet"))
    report, second = given(a_report(grade="2CP", origin="A"), a_report(grade="1BP", origin="B"))
    given(a_link(one, other, reports=(report.id, second.id)))
    found = part(report)
    assert cells(found.sections["citations"]) == [
        ["Aled", "Associate of", "Bet", "2 independent sources, best 1B"]
    ]


def test_the_table_of_links_shows_what_rests_on_one_untested_source_as_tentative(
    given, desk: Desk, qtbot: QtBot
) -> None:
    one, other = given(a_nominal("Aled"), a_nominal("Bet"))
    report = given(a_report(grade="2CP", origin="A"))[0]
    given(a_link(one, other, strength="confirmed", reports=(report.id,)))
    page = RecordPage(desk, Target(page=PageKind.RECORD, kind=Kind.NOMINAL, id=one.id, tab="links"))
    qtbot.addWidget(page)
    page.show()
    settle(qtbot, page)
    assert "Tentative" in cells(page.links)[0]


# ---- Every table, and home ----------------------------------------------------------------------


def test_the_tables_are_sound_models(case, line, part, qtmodeltester) -> None:
    for thing in (case[0], line[0]):
        for section in part(thing).sections.values():
            qtmodeltester.check(section.rows)


def test_home_shows_what_falls_due_in_cases_and_leads_there(
    case, line, desk: Desk, qtbot: QtBot
) -> None:
    home = HomePage(desk, Target(page=PageKind.HOME))
    qtbot.addWidget(home)
    home.resize(1200, 900)
    home.show()
    settle(qtbot, home)
    found = [row[:2] for row in cells(home.cases.section)]
    assert ["Check-back", "Tony"] in found
    assert ["Threat-to-life warning", "Aled Cors"] in found
    assert any(of == "Tarnbrook" for _what, of in found)
    gone: list[Target] = []
    home.opened.connect(lambda target, _new: gone.append(target))
    row = next(n for n, cell in enumerate(found) if cell[1] == "Tony")
    home.cases.section.table.setCurrentIndex(home.cases.section.rows.index(row, 0))
    qtbot.keyClick(home.cases.section.table, Qt.Key.Key_Return)
    assert [target.id for target in gone] == [line[1].id]


def test_the_case_follows_what_happens_elsewhere(case, part, desk: Desk, qtbot: QtBot) -> None:
    operation, person, _ocg = case
    found = part(operation)
    new = CourtStep(step="charged", operation=operation.id, on=date(2026, 11, 1))

    def act(work: Any) -> None:
        operations.add_step(work, person.id, new, today=desk.today())

    desk.do("Elsewhere", act)
    settle(qtbot, found.page)
    assert found.found.counts.charged == 1


def test_a_line_of_the_past_is_shown_by_its_fields_and_its_story_is_of_now(
    line, part, desk: Desk, qtbot: QtBot
) -> None:
    found = part(line[0])
    page = found.page
    page.go_to(Moment(as_at=datetime.now(UTC)))
    settle(qtbot, page)
    assert page.stack.current == "overview"
    assert page.tabs.tabs["case"].isHidden()
    page.go_to_now()
    settle(qtbot, page)
    assert not page.tabs.tabs["case"].isHidden()
