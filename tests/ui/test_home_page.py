"""Home: what needs me, in figures that filter, rows that open and actions ticked off in place."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from makers import a_plan, an_action, an_assignment, an_ocg
from PySide6.QtCore import QCoreApplication, QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import plans
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right, Role, User
from ocgdesk.domain.plans import Action
from ocgdesk.domain.things import Thing
from ocgdesk.settings import Settings
from ocgdesk.store.workspace import Workspace
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.home_page import HomePage
from ocgdesk.ui.pages.home_recent import when
from ocgdesk.ui.pages.home_tasks import TaskRow
from ocgdesk.ui.plan.editor import ActionEditor

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
Given = Callable[..., list[Thing]]
Open = Callable[[Desk], HomePage]


@pytest.fixture(autouse=True)
def own_window_settings(tmp_path: Path, dressed) -> Iterator[None]:
    """Keep when one last looked away from whoever runs the tests."""
    before = QCoreApplication.organizationName(), QCoreApplication.applicationName()
    QSettings.setPath(
        QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path / "looked")
    )
    dressed.setOrganizationName("Example")
    dressed.setApplicationName("Example")
    yield
    dressed.setOrganizationName(before[0])
    dressed.setApplicationName(before[1])


def day(ahead: int) -> date:
    return Desk.today() + timedelta(days=ahead)


class Case:
    """Two OCGs of Ann's with plans, one late; a third that is somebody else's."""

    def __init__(self, given: Given, workspace: Workspace, ann: User) -> None:
        self.workspace = workspace
        self.first = an_ocg("Tarnbrook", status="active", agency="WMP", tier="t1")
        self.second = an_ocg("Castlefold", status="active", agency="WMP", tier="t3")
        self.other = an_ocg("Elsewhere", status="active", agency="WMP")
        self.plan = a_plan(self.first, review_due=day(-16))
        self.quiet = a_plan(self.second, review_due=day(60))
        self.visit = an_action(self.plan, "Visit the hub", due=day(-4), strand="prevent")
        self.mine = an_action(self.plan, "Phone download", due=day(40), user=ann.id)
        self.soon = an_action(self.quiet, "Briefing", due=day(3), strand="prepare")
        given(self.first, self.second, self.other, self.plan, self.quiet)
        given(self.visit, self.mine, self.soon)
        given(*(an_assignment(ocg, "Ann", user=ann.id) for ocg in (self.first, self.second)))

    def action(self, thing: Thing) -> Action:
        with self.workspace.reading() as reader:
            return reader.get(Action, thing.id)


@pytest.fixture
def case(given: Given, workspace: Workspace, ann: User) -> Case:
    return Case(given, workspace, ann)


@pytest.fixture
def open_page(qtbot) -> Open:
    def open_(desk: Desk) -> HomePage:
        made = HomePage(desk, Target(page=PageKind.HOME))
        qtbot.addWidget(made)
        made.resize(1240, 860)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        qtbot.waitUntil(made.ready)
        return made

    return open_


@pytest.fixture
def page(open_page: Open, desk: Desk, case: Case) -> HomePage:
    return open_page(desk)


def settled(qtbot, page: HomePage) -> None:
    qtbot.waitUntil(page.ready)
    QTest.qWait(1)


def names(page: HomePage) -> list[str]:
    return [row.ocg.label for row in page.rows.rows]


def needed(page: HomePage) -> list[str]:
    return [row.title.text() for row in page.tasks.rows]


def counts(page: HomePage) -> dict[str, str]:
    return {tile.stat.key: tile.stat.count for tile in page.tiles.tiles}


def press(qtbot, page: HomePage, key: str) -> None:
    (tile,) = [tile for tile in page.tiles.tiles if tile.stat.key == key]
    qtbot.mouseClick(tile, LEFT)


def row(page: HomePage, thing: Thing) -> TaskRow:
    found = page.tasks.row(thing.id)
    assert found is not None
    return found


def choose(qtbot, page: HomePage, title: str) -> None:
    (button,) = [w for w in page.scopes.findChildren(QWidget) if w.accessibleName() == title]
    qtbot.mouseClick(button, LEFT)
    settled(qtbot, page)


def test_home_is_about_my_ocgs_with_the_earliest_review_first(page: HomePage) -> None:
    assert page.header.title.text() == "My OCGs"
    assert "2 OCGs where you are LRO or SIO" in page.header.subtitle.text()
    assert names(page) == ["Tarnbrook", "Castlefold"]


def test_the_four_counts_say_what_stands_out(page: HomePage) -> None:
    assert counts(page) == {"overdue": "2", "week": "1", "waiting": "1", "empty": "5"}
    assert page.tiles.tiles[0].stat.basis == "1 action, 1 review"
    assert page.tiles.tiles[3].stat.basis == "in 2 of 2 plans"


def test_what_needs_me_comes_soonest_first(page: HomePage) -> None:
    assert needed(page) == [
        "Review the Tarnbrook plan",
        "Visit the hub",
        "Briefing",
        "Phone download",
    ]
    assert row_words(page) == ["16 days over", "4 days over", "3 days", "40 days"]


def row_words(page: HomePage) -> list[str]:
    return [row.chip.chip.word for row in page.tasks.rows]


def test_a_count_filters_both_tables_until_it_is_pressed_again(qtbot, page: HomePage) -> None:
    press(qtbot, page, "overdue")
    assert names(page) == ["Tarnbrook"]
    assert needed(page) == ["Review the Tarnbrook plan", "Visit the hub"]
    press(qtbot, page, "week")
    assert (names(page), needed(page)) == (["Castlefold"], ["Briefing"])
    press(qtbot, page, "waiting")
    assert (names(page), needed(page)) == (["Tarnbrook"], ["Phone download"])
    press(qtbot, page, "waiting")
    assert names(page) == ["Tarnbrook", "Castlefold"]


def test_one_click_completes_an_action_and_then_asks_what_came_of_it(
    qtbot, page: HomePage, case: Case
) -> None:
    qtbot.mouseClick(row(page, case.visit).tick, LEFT)
    settled(qtbot, page)
    assert case.action(case.visit).status == "complete"
    asking = row(page, case.visit)
    assert asking.outcome.isVisible()
    qtbot.keyClicks(asking.outcome, "Letter served")
    qtbot.keyClick(asking.outcome, Qt.Key.Key_Return)
    settled(qtbot, page)
    assert case.action(case.visit).outcome == "Letter served"
    assert page.tasks.row(case.visit.id) is None


def test_a_row_that_asks_stays_in_its_place_while_others_change(
    qtbot, page: HomePage, case: Case, put
) -> None:
    qtbot.mouseClick(row(page, case.visit).tick, LEFT)
    settled(qtbot, page)
    qtbot.keyClicks(row(page, case.visit).outcome, "Half typed")
    put(case.soon, title="Longer briefing")
    qtbot.waitUntil(lambda: "Longer briefing" in needed(page))
    assert needed(page)[1] == "Visit the hub"
    assert row(page, case.visit).outcome.text() == "Half typed"


def test_no_outcome_is_taken_with_escape(qtbot, page: HomePage, case: Case) -> None:
    qtbot.mouseClick(row(page, case.visit).tick, LEFT)
    settled(qtbot, page)
    qtbot.keyClick(row(page, case.visit).outcome, Qt.Key.Key_Escape)
    settled(qtbot, page)
    assert page.tasks.row(case.visit.id) is None
    assert case.action(case.visit).outcome == ""


def test_the_next_row_has_the_focus_once_one_is_done(qtbot, page: HomePage, case: Case) -> None:
    qtbot.mouseClick(row(page, case.visit).tick, LEFT)
    settled(qtbot, page)
    qtbot.keyClicks(row(page, case.visit).outcome, "Letter served")
    qtbot.keyClick(row(page, case.visit).outcome, Qt.Key.Key_Return)
    settled(qtbot, page)
    assert row(page, case.soon).tick.hasFocus()


def test_undo_brings_a_ticked_action_back(qtbot, desk: Desk, page: HomePage, case: Case) -> None:
    qtbot.mouseClick(row(page, case.visit).tick, LEFT)
    settled(qtbot, page)
    desk.undo()
    settled(qtbot, page)
    assert not row(page, case.visit).asking
    assert case.action(case.visit).status == "not-started"


def test_enter_and_a_double_click_open_the_plan(qtbot, page: HomePage, case: Case) -> None:
    page.table.setFocus()
    page.table.setCurrentIndex(page.rows.index(1, 0))
    with qtbot.waitSignal(page.opened) as told:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert told.args == [Target(page=PageKind.PLAN, id=case.second.id), False]
    spot = page.table.visualRect(page.rows.index(0, 0)).center()
    qtbot.mouseClick(page.table.viewport(), LEFT, pos=spot)
    with qtbot.waitSignal(page.opened) as told:
        qtbot.mouseDClick(page.table.viewport(), LEFT, pos=spot)
    assert told.args[0].id == case.first.id


def test_ctrl_r_starts_the_review_most_overdue(qtbot, page: HomePage, case: Case) -> None:
    page.table.setFocus()
    with qtbot.waitSignal(page.opened) as told:
        qtbot.keyClick(page.table, Qt.Key.Key_R, CTRL)
    assert told.args[0] == Target(page=PageKind.PLAN, id=case.first.id)


def test_start_review_in_the_list_opens_that_plan(qtbot, page: HomePage, case: Case) -> None:
    with qtbot.waitSignal(page.opened) as told:
        qtbot.mouseClick(row(page, case.plan).open, LEFT)
    assert told.args[0].id == case.first.id


def test_update_edits_the_action_beside_the_list(qtbot, page: HomePage, case: Case) -> None:
    qtbot.mouseClick(row(page, case.visit).open, LEFT)
    qtbot.waitUntil(lambda: isinstance(page.drawer.panel, ActionEditor))
    due = page.drawer.panel.fields["due"].editor
    due.clear()
    qtbot.keyClicks(due, "+2")
    qtbot.keyClick(due, Qt.Key.Key_Return, CTRL)
    settled(qtbot, page)
    assert case.action(case.visit).due == day(2)
    assert page.drawer.panel is None
    assert counts(page)["overdue"] == "1"


def test_a_header_orders_up_down_and_not_at_all(qtbot, page: HomePage) -> None:
    header = page.table.heading
    spot = QPoint(header.sectionViewportPosition(0) + 20, 10)
    orders = []
    for _press in range(3):
        qtbot.mouseClick(header.viewport(), LEFT, pos=spot)
        orders.append(names(page))
    up, down = ["Castlefold", "Tarnbrook"], ["Tarnbrook", "Castlefold"]
    assert orders == [up, down, down]


def test_force_shows_every_active_ocg_and_says_which_has_no_plan(qtbot, page: HomePage) -> None:
    choose(qtbot, page, "Force")
    assert page.header.title.text() == "OCGs of West Midlands Police"
    assert "3 active OCGs · 1 has no plan" in page.header.subtitle.text()
    assert set(names(page)) == {"Tarnbrook", "Castlefold", "Elsewhere"}


def test_who_leads_no_ocg_starts_on_the_force(open_page: Open, desk: Desk, given: Given) -> None:
    given(an_ocg(status="active", agency="WMP"))
    assert open_page(desk).scopes.current == "force"


def test_who_leads_no_ocg_is_told_who_assigns_them(
    qtbot, open_page: Open, desk: Desk, given: Given
) -> None:
    given(an_ocg(status="active", agency="WMP"))
    page = open_page(desk)
    choose(qtbot, page, "Mine")
    assert page.empty.sentence.text() == "You are LRO of no OCG. Your coordinator assigns them."
    qtbot.mouseClick(page.empty.button, LEFT)
    settled(qtbot, page)
    assert names(page) == ["Tarnbrook"]


def test_where_no_ocg_is_active_all_of_them_are_one_click_away(
    open_page: Open, desk: Desk, given: Given
) -> None:
    given(an_ocg(status="archived", agency="WMP"))
    page = open_page(desk)
    assert page.empty.sentence.text() == "No OCG is active in this force."
    assert page.empty.button.text() == "Show all OCGs"
    assert not page.start.isEnabled()


def test_an_empty_workspace_leads_to_the_register_and_to_the_import(
    qtbot, open_page: Open, desk: Desk
) -> None:
    page = open_page(desk)
    assert page.empty.sentence.text().startswith("There is no OCG in this workspace yet")
    heard: list[Target] = []
    page.opened.connect(lambda target, _aside: heard.append(target))
    qtbot.mouseClick(page.empty.button, LEFT)
    qtbot.mouseClick(page.empty.other, LEFT)
    assert [one.page for one in heard] == [PageKind.REGISTER, PageKind.IMPORT]
    assert heard[0].kind is Kind.OCG


@pytest.fixture
def theirs(opened_by: Callable[[User], Workspace], another_user: User) -> Workspace:
    """The same file as Bea has it open."""
    return opened_by(another_user)


def test_what_others_did_is_told_since_i_last_looked(
    qtbot, open_page: Open, desk: Desk, case: Case, theirs: Workspace
) -> None:
    first = open_page(desk)
    assert first.recent.nothing.text() == "Nobody else changed these OCGs or their plans."
    first.leave()
    values = {"title": "Visit both hubs"}
    with theirs.work("Edit action", right=Right.PLAN) as done:
        plans.edit_action(done.work, case.visit.id, values)
    page = open_page(desk)
    (line,) = page.recent.lines
    assert line.accessibleName().startswith("Visit both hubs: Edit action, Tarnbrook, Bea")
    with qtbot.waitSignal(page.opened) as told:
        qtbot.mouseClick(line, LEFT)
    assert told.args[0].id == case.first.id
    assert open_page(desk).recent.lines == []


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (timedelta(hours=1), "13:20"),
        (timedelta(days=2), "Thu 14:20"),
        (timedelta(days=9), "12 Nov 2026, 14:20"),
    ],
)
def test_moments_are_told_as_people_say_them(before: timedelta, said: str) -> None:
    now = datetime(2026, 11, 21, 14, 20, tzinfo=UTC)
    assert when(now - before, now) == said


def test_a_reader_cannot_tick_off_and_is_told_why(
    qtbot,
    open_page: Open,
    case: Case,
    add_user: Callable[..., User],
    opened_by: Callable[[User], Workspace],
) -> None:
    theirs = Desk(opened_by(add_user("rea", Role.READER)), Settings())
    page = open_page(theirs)
    tick = row(page, case.visit).tick
    assert tick.toolTip() == "Your roles do not allow you to edit 4P plans."
    qtbot.mouseClick(tick, LEFT)
    assert case.action(case.visit).status == "not-started"
    theirs.close()


def test_a_list_that_cannot_be_read_says_so_in_place(
    qtbot, desk: Desk, page: HomePage, case: Case, workspace: Workspace
) -> None:
    heard: list[Exception] = []
    desk.refused.connect(heard.append)
    path = case.workspace.path
    workspace.close()
    path.write_bytes(b"no longer a workspace" * 400)
    page.refresh()
    qtbot.waitUntil(page.error.isVisible)
    assert page.error.sentence.text().startswith("The overdue list could not be read")
    assert page.table.isVisible()
    assert heard


def test_show_all_lists_more_than_the_first_six(
    qtbot, desk: Desk, page: HomePage, case: Case, given: Given
) -> None:
    given(*(an_action(case.plan, f"Task {n}", due=day(n)) for n in range(7)))
    page.refresh()
    settled(qtbot, page)
    assert len(page.tasks.rows) == 6
    qtbot.mouseClick(page.more, LEFT)
    assert len(page.tasks.rows) == 11
    assert desk.today() == day(0)


def test_the_parts_stack_where_there_is_no_room(qtbot, page: HomePage) -> None:
    page.resize(700, 800)
    qtbot.waitUntil(partial(_below, page.recent, page.tasks))
    page.resize(1700, 900)
    qtbot.waitUntil(partial(_beside, page.recent, page.table))


def _below(one: QWidget, other: QWidget) -> bool:
    return bool(one.mapToGlobal(QPoint()).y() > other.mapToGlobal(QPoint()).y() + other.height())


def _beside(one: QWidget, other: QWidget) -> bool:
    return bool(one.mapToGlobal(QPoint()).x() > other.mapToGlobal(QPoint()).x() + other.width())


def test_the_table_model_keeps_its_promises(qtmodeltester, page: HomePage) -> None:
    qtmodeltester.check(page.rows)
    page.rows.turn(2)
    qtmodeltester.check(page.rows)
