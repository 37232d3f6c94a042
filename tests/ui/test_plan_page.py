"""The 4P plan page: cards by mouse and key, the panel one writes in, what readers may not do."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from makers import a_nominal, a_plan, an_action, an_assignment, an_objective, an_ocg
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ocgdesk.domain.disruptions import Disruption
from ocgdesk.domain.people import Role, User
from ocgdesk.domain.planning import Lesson
from ocgdesk.domain.plans import Action, Objective, Plan, Strand
from ocgdesk.domain.things import Thing
from ocgdesk.settings import Settings
from ocgdesk.store import journal, planning, records
from ocgdesk.store.journal import Act
from ocgdesk.store.workspace import Workspace
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.disclosure_dialog import DisclosureDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.plan_page import PlanPage
from ocgdesk.ui.plan.card import ActionCard
from ocgdesk.ui.plan.column import EmptyStrand
from ocgdesk.ui.plan.editor import ActionEditor
from ocgdesk.ui.plan.form import FormField
from ocgdesk.ui.plan.objective import ObjectiveLine

LEFT = Qt.MouseButton.LeftButton
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
Given = Callable[..., list[Thing]]


def day(ahead: int) -> date:
    return Desk.today() + timedelta(days=ahead)


def choose(field: FormField, code: str) -> None:
    field.editor.choose(code)
    field.editor.chosen.emit(code)


def stored(workspace: Workspace, thing: Thing) -> Action:
    with workspace.reading() as reader:
        found = reader.find(thing.id)
    assert isinstance(found, Action)
    return found


class Case:
    """An OCG with a plan of three actions, one of them complete."""

    def __init__(self, given: Given, workspace: Workspace) -> None:
        self.workspace = workspace
        self.boss = a_nominal("Aled Cors")
        self.ocg = an_ocg(status="active", agency="WMP")
        self.plan = a_plan(self.ocg, review_due=day(-16))
        self.aim = an_objective(self.plan, "Charge the principals", strand="pursue")
        self.visit = an_action(
            self.plan,
            "Visit the hub",
            due=day(-1),
            raised=day(-30),
            officer="Insp A. Rowe",
            touches=(self.boss.id,),
            objective=self.aim.id,
        )
        self.download = an_action(self.plan, "Phone download", due=day(30), side="sio")
        self.done = an_action(self.plan, "Warrant", status="complete", done=day(-3))
        given(self.boss, self.ocg, self.plan, self.aim, self.visit, self.download, self.done)
        given(an_assignment(self.ocg, "Insp A. Rowe", role="lro"))

    def actions(self) -> list[Action]:
        with self.workspace.reading() as reader:
            return planning.actions_of(reader, self.plan.id)


@pytest.fixture
def case(given: Given, workspace: Workspace) -> Case:
    return Case(given, workspace)


@pytest.fixture
def open_page(qtbot) -> Callable[..., PlanPage]:
    def open_(desk: Desk, ocg: Thing) -> PlanPage:
        made = PlanPage(desk, Target(page=PageKind.PLAN, id=ocg.id))
        qtbot.addWidget(made)
        made.resize(1240, 760)
        with qtbot.waitActive(made):
            made.show()
            made.activateWindow()
        qtbot.waitUntil(made.ready)
        return made

    return open_


@pytest.fixture
def page(open_page, desk: Desk, case: Case) -> PlanPage:
    return open_page(desk, case.ocg)


def card(page: PlanPage, action: Thing) -> ActionCard:
    found = page.plan_view.card(action.id)
    assert found is not None
    return found


def settled(qtbot, page: PlanPage) -> None:
    qtbot.waitUntil(page.ready)
    QTest.qWait(1)


def editor(page: PlanPage) -> ActionEditor:
    panel = page.drawer.panel
    assert isinstance(panel, ActionEditor)
    return panel


def drag(qtbot, page: PlanPage, of: QWidget, to: QWidget) -> None:
    """Press on a card, move it over a column in steps, let go there."""
    start, end = QPoint(40, 12), of.mapFromGlobal(to.mapToGlobal(QPoint(60, 200)))
    qtbot.mousePress(of, LEFT, pos=start)
    for step in range(1, 6):
        qtbot.mouseMove(of, start + (end - start) * (step / 5))
    qtbot.mouseRelease(of, LEFT, pos=end)
    settled(qtbot, page)


def test_the_board_shows_live_cards_and_counts_the_rest(page: PlanPage, case: Case) -> None:
    pursue = page.plan_view.columns[Strand.PURSUE]
    assert [c.id for c in pursue.cards] == [case.visit.id, case.download.id]
    assert pursue.live.text() == "2 live"
    assert pursue.done.text() == "1 of 3 done"
    assert pursue.rest.text() == "1 complete"
    assert page.header.title.text() == "4P plan: Tarnbrook"
    assert page.header.subtitle.text().startswith("LRO Insp A. Rowe")


def test_an_empty_strand_says_so_and_offers_an_action(qtbot, page: PlanPage) -> None:
    protect = page.plan_view.columns[Strand.PROTECT]
    (empty,) = [w for w in protect.findChildren(EmptyStrand) if w.isVisible()]
    qtbot.mouseClick(empty.add, LEFT)
    assert editor(page).fields["strand"].text == "protect"


def test_a_card_dragged_to_another_column_moves_there(qtbot, page: PlanPage, case: Case) -> None:
    prevent = page.plan_view.columns[Strand.PREVENT]
    drag(qtbot, page, card(page, case.visit), prevent)
    moved = stored(case.workspace, case.visit)
    assert (moved.strand, moved.objective) == ("prevent", None)
    assert [c.id for c in prevent.cards] == [case.visit.id]


def test_a_card_dropped_where_it_was_stays_as_it_is(qtbot, page: PlanPage, case: Case) -> None:
    drag(qtbot, page, card(page, case.visit), page.plan_view.columns[Strand.PURSUE])
    assert stored(case.workspace, case.visit).version == 1


def test_escape_ends_a_drag(qtbot, page: PlanPage, case: Case) -> None:
    held = card(page, case.visit)
    prevent = page.plan_view.columns[Strand.PREVENT]
    end = held.mapFromGlobal(prevent.mapToGlobal(QPoint(60, 200)))
    held.setFocus()
    qtbot.mousePress(held, LEFT, pos=QPoint(40, 12))
    qtbot.mouseMove(held, end)
    qtbot.keyClick(held, Qt.Key.Key_Escape)
    qtbot.mouseRelease(held, LEFT, pos=end)
    settled(qtbot, page)
    assert stored(case.workspace, case.visit).strand == "pursue"


def test_alt_and_an_arrow_move_a_card_and_the_focus_goes_along(
    qtbot, page: PlanPage, case: Case
) -> None:
    card(page, case.visit).setFocus()
    qtbot.keyClick(card(page, case.visit), Qt.Key.Key_Right, ALT)
    settled(qtbot, page)
    assert stored(case.workspace, case.visit).strand == "prevent"
    assert card(page, case.visit).hasFocus()
    qtbot.keyClick(card(page, case.visit), Qt.Key.Key_Left, ALT)
    settled(qtbot, page)
    assert stored(case.workspace, case.visit).strand == "pursue"


def test_arrows_go_from_card_to_card(qtbot, page: PlanPage, case: Case) -> None:
    card(page, case.visit).setFocus()
    qtbot.keyClick(card(page, case.visit), Qt.Key.Key_Down)
    assert card(page, case.download).hasFocus()
    qtbot.keyClick(card(page, case.download), Qt.Key.Key_Up)
    assert card(page, case.visit).hasFocus()


def test_space_ticks_off_and_undo_brings_the_card_back(
    qtbot, desk: Desk, page: PlanPage, case: Case
) -> None:
    card(page, case.visit).setFocus()
    qtbot.keyClick(card(page, case.visit), Qt.Key.Key_Space)
    settled(qtbot, page)
    done = stored(case.workspace, case.visit)
    assert (done.status, done.done) == ("complete", Desk.today())
    assert page.plan_view.card(case.visit.id) is None
    desk.undo()
    settled(qtbot, page)
    assert card(page, case.visit).seen.action.status == "not-started"


def test_delete_takes_a_card_out_and_undo_brings_it_back(
    qtbot, desk: Desk, page: PlanPage, case: Case
) -> None:
    card(page, case.download).setFocus()
    qtbot.keyClick(card(page, case.download), Qt.Key.Key_Delete)
    settled(qtbot, page)
    assert case.download.id not in {action.id for action in case.actions()}
    desk.undo()
    settled(qtbot, page)
    assert card(page, case.download)


def test_what_is_complete_is_shown_on_demand(qtbot, page: PlanPage, case: Case) -> None:
    pursue = page.plan_view.columns[Strand.PURSUE]
    qtbot.mouseClick(pursue.rest, LEFT)
    assert card(page, case.done)
    qtbot.mouseClick(pursue.rest, LEFT)
    assert page.plan_view.card(case.done.id) is None


def test_a_adds_an_action_to_the_column_one_is_in(qtbot, page: PlanPage, case: Case) -> None:
    card(page, case.visit).setFocus()
    qtbot.keyClick(card(page, case.visit), Qt.Key.Key_A)
    new = editor(page)
    assert new.fields["strand"].text == "pursue"
    qtbot.keyClicks(new.fields["title"].editor, "Apply for an order")
    qtbot.keyClicks(new.fields["due"].editor, "+14")
    qtbot.keyClick(new, Qt.Key.Key_Return, CTRL)
    settled(qtbot, page)
    (added,) = [action for action in case.actions() if action.title == "Apply for an order"]
    assert (added.due, added.raised, added.agency) == (day(14), Desk.today(), "WMP")
    assert page.drawer.panel is None


def test_a_double_click_edits_and_only_what_differs_is_saved(
    qtbot, page: PlanPage, case: Case
) -> None:
    qtbot.mouseDClick(card(page, case.visit), LEFT)
    open_ = editor(page)
    open_.fields["status"].editor.setFocus()
    qtbot.keyClicks(open_.fields["status"].editor, "Blocked")
    qtbot.mouseClick(open_.save, LEFT)
    settled(qtbot, page)
    saved = stored(case.workspace, case.visit)
    assert (saved.status, saved.title, saved.touches) == (
        "blocked",
        "Visit the hub",
        (case.boss.id,),
    )


def test_due_before_raised_is_refused_under_the_field(qtbot, page: PlanPage, case: Case) -> None:
    card(page, case.visit).setFocus()
    qtbot.keyClick(card(page, case.visit), Qt.Key.Key_Return)
    due = editor(page).fields["due"]
    due.editor.clear()
    qtbot.keyClicks(due.editor, "1/1/2020")
    qtbot.mouseClick(editor(page).save, LEFT)
    assert due.note.text().startswith("Due before raised")
    assert due.note.isVisible()
    assert stored(case.workspace, case.visit).due == day(-1)


def test_an_action_without_words_is_refused_under_the_field(qtbot, page: PlanPage) -> None:
    qtbot.mouseClick(page.add, LEFT)
    qtbot.mouseClick(editor(page).save, LEFT)
    assert editor(page).fields["title"].note.text() == "Say what is to be done."


def test_escape_leaves_the_panel_and_goes_back_to_the_card(
    qtbot, page: PlanPage, case: Case
) -> None:
    qtbot.mouseDClick(card(page, case.visit), LEFT)
    qtbot.keyClick(editor(page).fields["title"].editor, Qt.Key.Key_Escape)
    assert page.drawer.panel is None
    assert card(page, case.visit).hasFocus()


def test_unsaved_writing_is_not_lost_to_another_card(qtbot, page: PlanPage, case: Case) -> None:
    qtbot.mouseDClick(card(page, case.visit), LEFT)
    qtbot.keyClicks(editor(page).fields["officer"].editor, " and others")
    qtbot.mouseDClick(card(page, case.download), LEFT)
    assert editor(page).action.id == case.visit.id
    assert editor(page).note.isVisible()


def test_a_record_is_touched_and_let_go_in_the_panel(qtbot, page: PlanPage, case: Case) -> None:
    qtbot.mouseDClick(card(page, case.visit), LEFT)
    touched = editor(page).touched
    (close,) = [b for b in touched.findChildren(QWidget) if "not touched" in b.accessibleName()]
    qtbot.mouseClick(close, LEFT)
    qtbot.mouseClick(editor(page).save, LEFT)
    settled(qtbot, page)
    assert stored(case.workspace, case.visit).touches == ()


def test_an_objective_is_edited_in_place(qtbot, page: PlanPage, case: Case) -> None:
    (line,) = [w for w in page.plan_view.findChildren(ObjectiveLine) if w.isVisible()]
    qtbot.mouseDClick(line, LEFT)
    line.box.clear()
    qtbot.keyClicks(line.box, "Charge two principals")
    qtbot.keyClick(line.box, Qt.Key.Key_Return)
    settled(qtbot, page)
    with case.workspace.reading() as reader:
        assert reader.get(Objective, case.aim.id).text == "Charge two principals"


def test_an_objective_is_added_to_a_strand(qtbot, page: PlanPage, case: Case) -> None:
    protect = page.plan_view.columns[Strand.PROTECT]
    qtbot.mouseClick(protect.aim_button, LEFT)
    (line,) = [w for w in protect.findChildren(ObjectiveLine) if w.isVisible()]
    qtbot.keyClicks(line.box, "Tenants safe")
    qtbot.keyClick(line.box, Qt.Key.Key_Return)
    settled(qtbot, page)
    with case.workspace.reading() as reader:
        found = records.owned(reader, case.plan.id)
    (aim,) = [t for t in found if isinstance(t, Objective) and t.text == "Tenants safe"]
    assert aim.strand == "protect"


def test_the_review_date_is_set_in_place_and_nonsense_is_refused(
    qtbot, page: PlanPage, case: Case
) -> None:
    qtbot.mouseClick(page.change, LEFT)
    page.review.editor.clear()
    qtbot.keyClicks(page.review.editor, "soon")
    qtbot.keyClick(page.review.editor, Qt.Key.Key_Return)
    assert page.review.note.isVisible()
    qtbot.mouseClick(page.change, LEFT)
    page.review.editor.clear()
    qtbot.keyClicks(page.review.editor, "+30")
    qtbot.keyClick(page.review.editor, Qt.Key.Key_Return)
    settled(qtbot, page)
    with case.workspace.reading() as reader:
        assert reader.get(Plan, case.plan.id).review_due == day(30)


def test_the_table_lists_all_and_orders_by_a_header(qtbot, page: PlanPage) -> None:
    qtbot.mouseClick(page.views.findChildren(QWidget)[1], LEFT)
    assert page.table.isVisible()
    assert len(page.rows.rows) == 3
    header = page.table.heading
    spot = QPoint(header.sectionViewportPosition(0) + 20, 10)
    qtbot.mouseClick(header.viewport(), LEFT, pos=spot)
    assert [row.title for row in page.rows.rows] == ["Phone download", "Visit the hub", "Warrant"]
    qtbot.mouseClick(header.viewport(), LEFT, pos=spot)
    assert page.rows.rows[0].title == "Warrant"
    qtbot.mouseClick(header.viewport(), LEFT, pos=spot)
    assert page.rows.rows[0].title == "Visit the hub"


def test_filters_pick_out_an_owner(qtbot, page: PlanPage, case: Case) -> None:
    page.owners.setFocus()
    qtbot.keyClicks(page.owners, "Insp")
    shown = page.plan_view.columns[Strand.PURSUE].cards
    assert [c.id for c in shown] == [case.visit.id]


def test_the_table_model_keeps_its_promises(qtmodeltester, page: PlanPage) -> None:
    qtmodeltester.check(page.rows)


def test_an_ocg_without_a_plan_offers_to_start_one(
    qtbot, open_page, desk: Desk, given: Given
) -> None:
    (ocg,) = given(an_ocg("Hollins Lane"))
    page = open_page(desk, ocg)
    assert page.empty.sentence.text() == "No plan yet. Start one."
    qtbot.mouseClick(page.empty.button, LEFT)
    settled(qtbot, page)
    assert page.plan_view.isVisible()
    with desk.workspace.reading() as reader:
        assert planning.plan_of(reader, ocg.id) is not None


@pytest.fixture
def readers_page(
    dressed,
    open_page,
    case: Case,
    add_user: Callable[..., User],
    opened_by: Callable[[User], Workspace],
) -> Iterator[PlanPage]:
    theirs = Desk(opened_by(add_user("rea", Role.READER)), Settings())
    yield open_page(theirs, case.ocg)
    theirs.close()


def test_a_reader_sees_the_plan_and_why_they_cannot_change_it(
    qtbot, readers_page: PlanPage, case: Case
) -> None:
    page = readers_page
    assert not page.add.isEnabled()
    assert page.add.toolTip() == "Your roles do not allow you to edit 4P plans."
    card(page, case.visit).setFocus()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Delete):
        qtbot.keyClick(card(page, case.visit), key)
    qtbot.keyClick(card(page, case.visit), Qt.Key.Key_Right, ALT)
    drag(qtbot, page, card(page, case.visit), page.plan_view.columns[Strand.PREVENT])
    qtbot.keyClick(card(page, case.visit), Qt.Key.Key_Return)
    assert not editor(page).save.isEnabled()
    assert stored(case.workspace, case.visit).version == 1


def test_an_edit_made_elsewhere_shows_up(qtbot, page: PlanPage, case: Case, put) -> None:
    put(case.visit, title="Visit both hubs")
    qtbot.waitUntil(lambda: card(page, case.visit).seen.action.title == "Visit both hubs")


def test_looking_at_a_plan_is_journalled_once(
    qtbot, desk: Desk, page: PlanPage, case: Case
) -> None:
    card(page, case.visit).setFocus()
    qtbot.keyClick(card(page, case.visit), Qt.Key.Key_Space)
    settled(qtbot, page)
    with desk.workspace.reading() as reader:
        rows = reader.execute("SELECT label FROM journal WHERE act = 'consultation'")
    assert [row.label for row in rows] == ["View 4P plan"]


def export_dialog(page: PlanPage) -> DisclosureDialog:
    QTest.keyClick(page, Qt.Key.Key_E, CTRL)
    (dialog,) = page.findChildren(DisclosureDialog)
    return dialog


def test_the_plan_leaves_as_a_word_document_with_recipient_and_reason_logged(
    qtbot, page: PlanPage, case: Case, tmp_path
) -> None:
    dialog = export_dialog(page)
    assert Path(dialog.path.text).name == f"{case_ref(case)}-4p.docx"
    path = tmp_path / "plan.docx"
    dialog.path.editor.setText(str(path))
    dialog.accept_button.click()
    assert "Say who it is for" in dialog.recipient.wrong
    dialog.recipient.editor.setText("DI M. Okafor")
    dialog.reason.editor.setText("Monthly review")
    with qtbot.waitSignal(page.said, timeout=10_000) as heard:
        dialog.accept_button.click()
    assert heard.args == ["Written: plan.docx"]
    assert path.read_bytes()[:2] == b"PK"
    with case.workspace.reading() as reader:
        entries = [journal.entry(reader.connection, seq) for seq in range(1, head(case) + 1)]
    left = [entry for entry in entries if entry and entry.act is Act.DISCLOSURE]
    assert [(entry.label, entry.reason) for entry in left] == [("Export 4P plan", "Monthly review")]
    assert left[0].detail["recipient"] == "DI M. Okafor"


def head(case: Case) -> int:
    return case.workspace.head()[0]


def case_ref(case: Case) -> str:
    with case.workspace.reading() as reader:
        return records.brief(reader, case.ocg.id).ref


def test_a_plan_that_cannot_be_written_says_so(qtbot, page: PlanPage, desk: Desk, tmp_path) -> None:
    dialog = export_dialog(page)
    (tmp_path / "plan.docx").mkdir()
    dialog.path.editor.setText(str(tmp_path / "plan.docx"))
    dialog.recipient.editor.setText("A")
    dialog.reason.editor.setText("B")
    with qtbot.waitSignal(desk.refused, timeout=10_000) as heard:
        dialog.accept_button.click()
    assert "cannot be written" in str(heard.args[0])


def test_who_may_not_export_is_told_why(open_page, opened_by, add_user, case: Case) -> None:
    desk = Desk(opened_by(add_user("rea", Role.READER)), Settings())
    page = open_page(desk, case.ocg)
    assert not page.export.isEnabled()
    assert "do not allow you to export" in page.export.toolTip()
    QTest.keyClick(page, Qt.Key.Key_E, CTRL)
    assert page.findChildren(DisclosureDialog) == []
    desk.close()


def test_a_plan_opens_without_making_the_window_stand_still(
    qtbot, open_page, desk: Desk, case: Case, heartbeat
) -> None:
    open_page(desk, case.ocg)  # the first one loads modules, fonts and icons too
    heartbeat.start()
    page = open_page(desk, case.ocg)
    page.views.chosen.emit("table")
    qtbot.wait(30)
    heartbeat.stop()
    assert heartbeat.busy_ms < 100


def test_what_was_learned_of_a_tactic_stands_beside_it_and_the_action_keeps_it(
    qtbot, given, open_page, desk: Desk, case: Case
) -> None:
    lesson = Lesson(
        title="Two visits a week held", tactic="cuckooing-visits", strand="protect",
        worked="worked", place="Dudley", whom="tenants living alone",
    )  # fmt: skip
    given(lesson)
    page = open_page(desk, case.ocg)
    page.plan_view.columns[Strand.PROTECT].add_button.click()
    new = editor(page)
    offered = {option.key for option in new.fields["tactic"].editor.options}
    assert "cuckooing-visits" in offered
    assert "warrant-day" not in offered
    choose(new.fields["tactic"], "cuckooing-visits")
    said = new.tactic.learned.text()
    assert "Two visits a week held" in said
    assert "Dudley" in said
    assert "tenants living alone" in said
    assert new.fields["title"].text
    choose(new.fields["power"], "closure-order")
    new.save.click()
    made = next(one for one in case.actions() if one.tactic)
    assert (made.tactic, made.power) == ("cuckooing-visits", "closure-order")
    assert made.area


def test_what_an_action_waits_for_its_evidence_and_its_disruption_are_written_in_the_panel(
    qtbot, given, open_page, desk: Desk, case: Case
) -> None:
    claim = Disruption(title="Hub closed", on=day(-2), subjects=(case.ocg.id,))
    given(claim)
    page = open_page(desk, case.ocg)
    page._edit(case.actions()[0])
    open_ = editor(page)
    more = open_.more
    (waits,) = [o for o in more.after.others.options if o.words.startswith("Phone download")]
    more.after.others.choose(waits.key)
    more.after.others.chosen.emit(waits.key)
    more.lines.setPlainText("Exhibit PH/1\n\nStatement of A. Cors")
    more.claims.choose(str(claim.id))
    assert open_.is_dirty()
    open_.save.click()
    settled(qtbot, page)
    saved = stored(case.workspace, case.visit)
    assert saved.after == (case.download.id,)
    assert saved.evidence == ("Exhibit PH/1", "Statement of A. Cors")
    assert saved.disruption == claim.id
