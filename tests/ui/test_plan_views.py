"""The other ways to look at a plan, what is suggested in it, and the coverage of a force."""

from datetime import date, timedelta

import pytest
from makers import a_link, a_membership, a_nominal, a_plan, an_action, an_ocg
from pages import put_up, settle
from PySide6.QtCore import QPoint, Qt

from ocgdesk.domain.entities import Location
from ocgdesk.domain.people import Role
from ocgdesk.domain.planning import Advice, StrandNote
from ocgdesk.store import journal, planning
from ocgdesk.store import records as queries
from ocgdesk.store.journal import Act
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.plan_dialogs import TakeBackDialog
from ocgdesk.ui.dialogs.subrecord_dialog import ReasonDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.coverage_page import CoveragePage
from ocgdesk.ui.pages.plan_page import PlanPage
from ocgdesk.ui.plan.bars import PlanTimeline
from ocgdesk.ui.plan.days import PlanCalendar
from ocgdesk.ui.plan.editor import ActionEditor
from ocgdesk.ui.plan.suggested import SuggestionCard

LEFT = Qt.MouseButton.LeftButton


def day(ahead: int) -> date:
    return Desk.today() + timedelta(days=ahead)


@pytest.fixture
def ocg(given):
    return given(an_ocg("Tarnbrook", status="active", tier="t2", agency="WMP"))[0]


@pytest.fixture
def plan(given, ocg):
    plan = given(a_plan(ocg))[0]
    first = given(an_action(plan, "Visit the hub", raised=day(-20), due=day(0)))[0]
    given(
        an_action(plan, "Arrest", strand="pursue", raised=day(-5), due=day(1), after=(first.id,)),
        an_action(plan, "Undated", strand="protect", raised=None),
    )
    return plan


@pytest.fixture
def page(qtbot, desk, ocg, plan) -> PlanPage:
    return put_up(qtbot, PlanPage(desk, Target(page=PageKind.PLAN, id=ocg.id)), 1240, 760)


def go(page, key) -> None:
    page.views.choose(key)
    page.views.chosen.emit(key)


def test_the_calendar_opens_an_action_by_key_and_by_double_click(qtbot, page) -> None:
    go(page, "calendar")
    shown = page.stack.dated("calendar")
    assert isinstance(shown, PlanCalendar)
    assert "1 live action has no due day" in shown.without.text()
    grid = shown.grid
    assert [one.title for one in grid.on(day(0))] == ["Visit the hub"]
    assert "Visit the hub" in grid.accessibleName()
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert isinstance(page.drawer.panel, ActionEditor)
    assert page.drawer.panel.start.title == "Visit the hub"
    qtbot.keyClick(page.drawer.panel, Qt.Key.Key_Escape)
    box = grid.box(grid.days().index(day(1)))
    qtbot.mouseDClick(grid, LEFT, pos=QPoint(round(box.center().x()), round(box.top()) + 30))
    assert page.drawer.panel.start.title == "Arrest"


def test_the_calendar_goes_from_day_to_day_and_month_to_month(qtbot, page) -> None:
    go(page, "calendar")
    shown = page.stack.dated("calendar")
    assert isinstance(shown, PlanCalendar)
    qtbot.keyClick(shown.grid, Qt.Key.Key_Down)
    assert shown.grid.day == day(7)
    before = shown.title.text()
    qtbot.mouseClick(shown.after, LEFT)
    assert shown.title.text() != before
    qtbot.mouseClick(shown.now, LEFT)
    assert shown.grid.day == day(0)


def test_the_timeline_has_a_row_for_each_dated_action_by_strand(qtbot, page) -> None:
    go(page, "timeline")
    shown = page.stack.dated("timeline")
    assert isinstance(shown, PlanTimeline)
    assert [one.title for one in shown.chart.rows] == ["Visit the hub", "Arrest"]
    qtbot.keyClick(shown.chart, Qt.Key.Key_Down)
    assert "Arrest" in shown.chart.accessibleName()
    qtbot.keyClick(shown.chart, Qt.Key.Key_Return)
    assert page.drawer.panel.start.title == "Arrest"


def cards(page) -> list[SuggestionCard]:
    return [card for card in page.findChildren(SuggestionCard) if card.isVisible()]


def test_a_suggestion_is_accepted_or_dismissed_with_a_reason(
    qtbot, desk, workspace, given, ocg, plan
) -> None:
    homes = given(
        Location(name="4 Quarry Road", location_type="home"),
        Location(name="9 Mill Lane", location_type="home"),
    )
    given(*(a_link(ocg, home, type="cuckooed-at") for home in homes))
    page = put_up(qtbot, PlanPage(desk, Target(page=PageKind.PLAN, id=ocg.id)), 1240, 760)
    assert len(cards(page)) == 2
    qtbot.mouseClick(cards(page)[0].accept, LEFT)
    settle(qtbot, page)
    with workspace.reading() as reader:
        titles = [one.title for one in planning.actions_of(reader, plan.id)]
    assert any("Quarry Road" in title or "Mill Lane" in title for title in titles)
    qtbot.mouseClick(cards(page)[0].dismiss, LEFT)
    asking = next(d for d in page.findChildren(ReasonDialog) if d.isVisible())
    qtbot.keyClicks(asking.reason.editor, "The tenant moved")
    qtbot.mouseClick(asking.accept_button, LEFT)
    settle(qtbot, page)
    assert not cards(page)
    with workspace.reading() as reader:
        held = queries.owned(reader, plan.id, Advice.kind)
    assert sorted((x.answer, x.reason) for x in held) == [
        ("accepted", ""),
        ("dismissed", "The tenant moved"),
    ]


def test_a_sheet_that_came_back_is_shown_as_a_draft_first(
    qtbot, page, workspace, plan, tmp_path
) -> None:
    from openpyxl import load_workbook

    from ocgdesk.casework import action_sheets

    path = tmp_path / "sheet.xlsx"
    action_sheets.to_file(workspace, plan.owner, path, today=day(0), reason="Monthly")
    book = load_workbook(path)
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if row[0].value == "Reference")
    status = next(cell.column for cell in head if cell.value == "Status")
    sheet.cell(head[0].row + 1, status, "Blocked")
    book.save(path)
    page.handing.read_sheet(path)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in page.findChildren(TakeBackDialog)))
    draft = next(d for d in page.findChildren(TakeBackDialog) if d.isVisible())
    assert draft.accept_button.text() == "Save 1 answer"
    qtbot.mouseClick(draft.accept_button, LEFT)
    settle(qtbot, page)
    with workspace.reading() as reader:
        assert "blocked" in [one.status for one in planning.actions_of(reader, plan.id)]


@pytest.mark.parametrize("role", [Role.READER])
def test_a_reader_may_look_and_change_nothing(qtbot, page, role) -> None:
    menu = page.handing.menu()
    words = {entry.text(): entry.isEnabled() for entry in menu.actions() if entry.text()}
    assert words["Hand over…"]  # an analyst may: the next says what a reader may not
    page.handing._refused = "Your roles do not allow you to edit 4P plans."
    refused = page.handing.menu()
    assert not next(e for e in refused.actions() if e.text() == "Hand over…").isEnabled()
    menu.deleteLater()
    refused.deleteLater()


def test_coverage_of_a_force_shows_parts_and_opens_the_plan(qtbot, desk, given, ocg, plan) -> None:
    boss = given(a_nominal("Ewan Pryce"))[0]
    given(a_membership(boss, ocg, importance="principal"))
    given(an_action(plan, "Visit him", touches=(boss.id,)))
    page = put_up(qtbot, CoveragePage(desk, Target(page=PageKind.COVERAGE)), 1240, 700)
    assert [row.ocg.label for row in page.model.rows] == ["Tarnbrook"]
    from ocgdesk.domain.plans import Strand

    assert "3 live" in page.sums[Strand.PURSUE].effort.text()
    assert "Empty in 1 plan" in page.sums[Strand.PREVENT].gaps.text()
    assert page.line.parts[0].touched == 1
    given(StrandNote(owner=plan.id, strand="prevent", note_type="not-applicable", text="None"))
    page.refresh()
    settle(qtbot, page)
    assert "Empty in 0 plans" in page.sums[Strand.PREVENT].gaps.text()
    wanted: list[Target] = []
    page.opened.connect(lambda target, _new: wanted.append(target))
    page.table.setFocus()
    page.table.setCurrentIndex(page.model.index(0, 0))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert wanted[0].id == ocg.id
    assert wanted[0].page is PageKind.PLAN


def test_a_force_without_active_ocgs_shows_every_force(qtbot, desk, given) -> None:
    given(an_ocg("Elsewhere", status="active", agency="GMP"))
    page = put_up(qtbot, CoveragePage(desk, Target(page=PageKind.COVERAGE)), 1240, 700)
    settle(qtbot, page)
    assert [row.ocg.label for row in page.model.rows] == ["Elsewhere"]
    page.force.choose("WYP")
    page.force.chosen.emit("WYP")
    settle(qtbot, page)
    assert page.empty.isVisible()
    assert page.empty.sentence.text() == "No OCG is active in this force."


def test_the_models_hold_what_qt_expects(qtmodeltester, page) -> None:
    qtmodeltester.check(page.rows)


def test_a_plan_is_printed_with_its_marking_and_journalled_as_leaving(
    qtbot, page, workspace, ocg, tmp_path
) -> None:
    from PySide6.QtPrintSupport import QPrinter

    from ocgdesk.ui.dialogs.disclosure_dialog import Purpose, PurposeDialog

    qtbot.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    asking = next(d for d in page.findChildren(PurposeDialog) if d.isVisible())
    asking.reject()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "plan.pdf"))
    purpose = Purpose(recipient="OCG management meeting", reason="Monthly")
    with qtbot.waitSignal(page.handing.prints.told):
        page.handing.prints.print_on(printer, ocg.id, purpose)
    assert (tmp_path / "plan.pdf").stat().st_size > 4_000
    with workspace.reading() as reader:
        last = journal.head(reader.connection)[0]
        entries = [journal.entry(reader.connection, seq) for seq in range(1, last + 1)]
    left = [entry for entry in entries if entry and entry.act is Act.DISCLOSURE]
    assert left[-1].label == "Print 4P plan"
    assert left[-1].reason == "Monthly"


def test_what_is_printed_is_never_read_as_markup(qapp) -> None:
    from ocgdesk.reports.document import Document, Paragraph
    from ocgdesk.ui.plan import paper

    made = Document(
        title="4P plan: <Tarnbrook>", marking="OFFICIAL-SENSITIVE", day=day(0),
        blocks=(Paragraph("Goes & stays"),),
    )  # fmt: skip
    assert "&lt;Tarnbrook&gt;" in paper.html(made)
    assert "Goes &amp; stays" in paper.html(made)
