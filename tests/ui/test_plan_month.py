"""An LRO's month in the window: template, actions, outcome, review, signature, hand-over, SIO,
archive."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from makers import a_nominal, a_plan, an_action, an_assignment, an_objective, an_ocg
from pages import put_up, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import ocgs, plan_templates, plan_versions, records, reminders
from ocgdesk.domain.entities import Assignment, Ocg
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Role
from ocgdesk.domain.planning import Handover, PlanRisk, PlanVersion, Review, StrandNote
from ocgdesk.domain.plans import Action, Plan
from ocgdesk.settings import Settings
from ocgdesk.store import planning
from ocgdesk.store import records as queries
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.plan_dialogs import (
    AdoptDialog,
    PrepareHandoverDialog,
    SignOffDialog,
    UseTemplateDialog,
)
from ocgdesk.ui.dialogs.status_dialog import StatusDialog
from ocgdesk.ui.dialogs.subrecord_dialog import ReasonDialog, SubrecordDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.plan_page import PlanPage
from ocgdesk.ui.pages.record_page import RecordPage
from ocgdesk.ui.plan.column import EmptyStrand
from ocgdesk.ui.plan.editor import ActionEditor
from ocgdesk.ui.widgets.labels import Label

LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


def day(ahead: int) -> date:
    return Desk.today() + timedelta(days=ahead)


@pytest.fixture
def ocg(given):
    made = given(an_ocg("Tarnbrook", status="active", tier="t2", agency="WMC"))[0]
    given(an_assignment(made, "Ann Example", role="lro"))
    return made


@pytest.fixture
def open_page(qtbot) -> Callable[..., PlanPage]:
    def open_(desk, ocg) -> PlanPage:
        page = PlanPage(desk, Target(page=PageKind.PLAN, id=ocg.id))
        return put_up(qtbot, page, 1240, 760)

    return open_


def act(workspace, verb, *args, **more):
    with workspace.work("Act") as done:
        return verb(done.work, *args, **more)


def actions(workspace, plan_id) -> list[Action]:
    with workspace.reading() as reader:
        return planning.actions_of(reader, plan_id)


def named(workspace, plan_id, title) -> Action:
    return next(one for one in actions(workspace, plan_id) if one.title == title)


def owned(workspace, owner, cls):
    with workspace.reading() as reader:
        return [x for x in queries.owned(reader, owner, cls.kind) if isinstance(x, cls)]


def dialog(qtbot, page: QWidget, cls):
    """Wait for a dialog of this class over the page."""
    qtbot.waitUntil(lambda: any(d.isVisible() for d in page.findChildren(cls)))
    return next(d for d in page.findChildren(cls) if d.isVisible())


def accept(qtbot, page, made) -> None:
    qtbot.mouseClick(made.accept_button, LEFT)
    page.activateWindow()
    page.setFocus()
    settle(qtbot, page)


def template(workspace, given):
    """A template of another plan, with an objective and an action under each P."""
    other = given(an_ocg("Fellgate"))[0]
    plan = given(a_plan(other))[0]
    given(
        *(an_objective(plan, f"Aim {p}", strand=p) for p in ("pursue", "prevent", "protect")),
        *(an_action(plan, f"Step {p}", strand=p) for p in ("pursue", "prevent", "protect")),
    )
    return act(workspace, plan_templates.make, plan.id, "First month")


def test_an_lros_month(qtbot, desk, workspace, given, ocg, open_page) -> None:
    template(workspace, given)
    page = open_page(desk, ocg)
    # Start, and begin with the template.
    qtbot.mouseClick(page.empty.button, LEFT)
    settle(qtbot, page)
    plan_id = page.board.plan.id
    page.handing.use_template()
    accept(qtbot, page, dialog(qtbot, page, UseTemplateDialog))
    assert len(actions(workspace, plan_id)) == 3
    # Add and assign an action.
    qtbot.keyClick(page, Qt.Key.Key_A)
    editor = page.drawer.panel
    assert isinstance(editor, ActionEditor)
    qtbot.keyClicks(editor.fields["title"].editor, "Brief the school")
    qtbot.keyClicks(editor.fields["officer"].editor, "S. Cleaver")
    qtbot.keyClicks(editor.fields["due"].editor, "+14")
    qtbot.keyClick(editor, Qt.Key.Key_Return, CTRL)
    settle(qtbot, page)
    added = named(workspace, plan_id, "Brief the school")
    assert (added.officer, added.due) == ("S. Cleaver", day(14))
    # Tick it off in one press; its outcome is asked afterwards.
    qtbot.keyClick(page.plan_view.card(added.id), Qt.Key.Key_Space)
    settle(qtbot, page)
    assert (
        next(one for one in actions(workspace, plan_id) if one.id == added.id).status == "complete"
    )
    editor = page.drawer.panel
    assert isinstance(editor, ActionEditor)
    qtbot.waitUntil(editor.fields["outcome"].editor.hasFocus)
    qtbot.keyClicks(editor.fields["outcome"].editor, "Eight pupils told")
    qtbot.keyClick(editor, Qt.Key.Key_Return, CTRL)
    settle(qtbot, page)
    assert named(workspace, plan_id, "Brief the school").outcome
    _excuse_review_and_sign(qtbot, page, workspace, plan_id)
    _archive(qtbot, page, desk, ocg)


def _excuse_review_and_sign(qtbot, page, workspace, plan_id) -> None:
    # Prepare is empty: it blocks the signature until a reason is given.
    qtbot.keyClick(page, Qt.Key.Key_R, CTRL)
    review = page.stack.review
    assert not review.sign.isEnabled()
    assert "Prepare is empty" in review.sign.toolTip()
    qtbot.mouseClick(page.back, LEFT)
    empty = next(x for x in page.findChildren(EmptyStrand) if x.isVisible())
    qtbot.mouseClick(empty.excuse, LEFT)
    reason = dialog(qtbot, page, ReasonDialog)
    qtbot.keyClicks(reason.reason.editor, "The partners do this under the local plan")
    accept(qtbot, page, reason)
    assert [n.strand for n in owned(workspace, plan_id, StrandNote)] == ["prepare"]
    # Review, then sign.
    qtbot.keyClick(page, Qt.Key.Key_R, CTRL)
    qtbot.keyClicks(review.result.editor, "Goes on")
    qtbot.mouseClick(review.record, LEFT)
    settle(qtbot, page)
    assert [one.result for one in owned(workspace, plan_id, Review)] == ["Goes on"]
    qtbot.waitUntil(review.sign.isEnabled)
    qtbot.keyClick(review, Qt.Key.Key_Return, CTRL)
    settle(qtbot, page)
    signed = owned(workspace, plan_id, PlanVersion)
    assert [one.number for one in signed] == [1]
    assert plan_versions.is_whole(signed[0])
    assert not review.sign.isEnabled()
    assert "Nothing has changed since version 1" in review.sign.toolTip()


def _archive(qtbot, page, desk, ocg) -> None:
    # At the end of it the group is gone: refused while anything is live, then archived.
    record = put_up(qtbot, RecordPage(desk, Target(
        page=PageKind.RECORD, kind=ocg.kind, id=ocg.id, tab="standing")))  # fmt: skip
    part = record.stack.part("standing")
    qtbot.mouseClick(part.buttons["move:archived"], LEFT)
    asked = dialog(qtbot, record, StatusDialog)
    asked.fields["archive_reason"].editor.choose("dismantled")
    asked.fields["trigger"].editor.setPlainText("A new importer")
    asked.fields["decision_maker"].editor.setText("Supt Hale")
    asked.accept_button.click()
    assert any("still live" in one.text() for one in asked.findChildren(Label))
    for one in page.board.actions:
        if one.is_live:
            page.acts.keep(one, {"status": "cancelled", "outcome": "No longer needed"})
    settle(qtbot, page)
    asked.accept_button.click()
    settle(qtbot, record)
    with desk.workspace.reading() as reader:
        assert reader.get(Ocg, ocg.id).status == "archived"


def signed_plan(workspace, given, ocg) -> Plan:
    plan = given(a_plan(ocg))[0]
    given(*(an_action(plan, f"Step {p}", strand=p, due=day(20)) for p in
            ("pursue", "prevent", "protect", "prepare")))  # fmt: skip
    act(workspace, plan_versions.sign, plan.id, today=Desk.today())
    return plan


def test_an_edit_after_the_signature_is_the_draft_of_the_next_and_shown_as_a_difference(
    qtbot, desk, workspace, given, ocg, open_page
) -> None:
    plan = signed_plan(workspace, given, ocg)
    page = open_page(desk, ocg)
    action = page.board.actions[0]
    page.acts.keep(action, {"due": day(40)})
    settle(qtbot, page)
    qtbot.keyClick(page, Qt.Key.Key_R, CTRL)
    shown = page.stack.review.changes.shown
    assert [(one.what, one.id) for one in shown] == [("changed", action.id)]
    assert page.stack.review.sign.text() == "Sign version 2"
    assert owned(workspace, plan.id, PlanVersion)[0].number == 1
    # Two signed versions are compared by choosing them.
    act(workspace, plan_versions.sign, plan.id, today=Desk.today())
    page.refresh()
    settle(qtbot, page)
    page.stack.review.compared.emit(1, 2)
    settle(qtbot, page)
    assert [one.id for one in page.stack.review.changes.shown] == [action.id]


def test_handed_over_adopted_reviewed_together_and_handed_back(
    qtbot, desk, workspace, given, ocg, open_page
) -> None:
    plan = signed_plan(workspace, given, ocg)
    boss = given(a_nominal("Ewan Pryce"))[0]
    page = open_page(desk, ocg)
    page.handing.adopt()
    adopting = dialog(qtbot, page, AdoptDialog)
    qtbot.keyClicks(adopting.officer.editor, "DI M. Okafor")
    accept(qtbot, page, adopting)
    assert "SIO DI M. Okafor" in page.header.subtitle.text()
    # The SIO's action on the same nominal in the same week is marked on both cards.
    given(
        an_action(plan, "Visit", touches=(boss.id,), due=day(10), officer="Ann Example"),
        an_action(plan, "Arrest", touches=(boss.id,), due=day(12), side="sio",
                  officer="DI M. Okafor"),
    )  # fmt: skip
    page.refresh()
    settle(qtbot, page)
    marked = [card.seen.clash for column in page.plan_view.columns.values()
              for card in column.cards if card.seen.clash]  # fmt: skip
    assert len(marked) == 2
    assert all(clash.is_across for clash in marked)
    # A joint review begins with both names.
    qtbot.keyClick(page, Qt.Key.Key_R, CTRL)
    review = page.stack.review
    assert review.joint.isChecked()
    assert review.attendance.text == "Ann Example; DI M. Okafor"
    qtbot.mouseClick(review.record, LEFT)
    settle(qtbot, page)
    assert [one.is_joint for one in owned(workspace, plan.id, Review)] == [True]
    # Handed back: what the SIO had to do is the LRO's.
    page.handing.hand_back()
    reason = dialog(qtbot, page, ReasonDialog)
    qtbot.keyClicks(reason.reason.editor, "Arrest phase done; file with the DI")
    accept(qtbot, page, reason)
    arrest = next(one for one in actions(workspace, plan.id) if one.title == "Arrest")
    assert (arrest.side, arrest.officer) == ("lro", "Ann Example")


def test_a_hand_over_needs_both_to_sign_off(qtbot, desk, workspace, given, ocg, open_page) -> None:
    signed_plan(workspace, given, ocg)
    page = open_page(desk, ocg)
    page.handing.hand_over()
    preparing = dialog(qtbot, page, PrepareHandoverDialog)
    qtbot.keyClicks(preparing.taker.editor, "PS B. Other")
    accept(qtbot, page, preparing)
    page.handing.hand_over()
    accept(qtbot, page, dialog(qtbot, page, SignOffDialog))
    held = owned(workspace, ocg.id, Handover)
    assert held[0].given is not None
    assert held[0].taken is None
    # Whoever handed over cannot take over as well: it is said in the dialog.
    page.handing.hand_over()
    taking = dialog(qtbot, page, SignOffDialog)
    qtbot.mouseClick(taking.accept_button, LEFT)
    assert "who takes over signs off" in taking.error.sentence.text()
    taking.reject()


def test_a_second_user_takes_over_and_the_ocg_is_theirs(
    qtbot, desk, workspace, given, ocg, open_page, add_user, opened_by
) -> None:
    signed_plan(workspace, given, ocg)
    bea = add_user("Bea Other", Role.LRO)
    page = open_page(desk, ocg)
    page.handing.hand_over()
    preparing = dialog(qtbot, page, PrepareHandoverDialog)
    preparing.taker.editor.setText("Bea Other")
    accept(qtbot, page, preparing)
    theirs = Desk(opened_by(bea), Settings())
    try:
        assert waiting(workspace) == ["Sign off the hand-over of Tarnbrook"]
        assert waiting(theirs.workspace) == []
        # Nobody takes over what was not handed over yet.
        second = open_page(theirs, ocg)
        page.handing.hand_over()
        accept(qtbot, page, dialog(qtbot, page, SignOffDialog))
        assert waiting(theirs.workspace) == ["Take over Tarnbrook"]
        second.refresh()
        settle(qtbot, second)
        second.handing.hand_over()
        accept(qtbot, second, dialog(qtbot, second, SignOffDialog))
        assert "LRO Bea Other" in second.header.subtitle.text()
    finally:
        theirs.close()
    (held,) = owned(workspace, ocg.id, Handover)
    assert None not in {held.given, held.taken}
    assert (held.giver_user, held.taker_user) == (desk.user.id, bea.id)
    assert [one.user for one in owned(workspace, ocg.id, Assignment) if one.end is None] == [bea.id]
    assert waiting(workspace) == []


def waiting(workspace) -> list[str]:
    """Return the hand-overs that the user of a workspace is reminded of."""
    with workspace.reading() as reader:
        found = reminders.read(reader, agency="WMC", today=day(0))
    return [one.title for one in found.now if one.what.kind is Kind.HANDOVER]


def test_an_ocg_is_archived_only_once_nothing_in_its_plan_is_live(
    qtbot, desk, workspace, given, ocg, open_page
) -> None:
    plan = signed_plan(workspace, given, ocg)
    said: list[object] = []
    desk.refused.connect(said.append)
    archive = ocgs.Given(reason="No activity for a year", decision_maker="Supt Example")
    desk.do("Archive OCG", lambda w: ocgs.move(w, ocg.id, "archived", archive, today=day(0)))
    assert said
    page = open_page(desk, ocg)
    for one in actions(workspace, plan.id):
        page.acts.keep(one, {"status": "cancelled", "outcome": "No longer needed"})
    settle(qtbot, page)
    assert not any(one.is_live for one in actions(workspace, plan.id))


def test_sections_are_added_edited_and_counted(
    qtbot, desk, workspace, given, ocg, open_page
) -> None:
    plan = signed_plan(workspace, given, ocg)
    page = open_page(desk, ocg)
    page.views.choose("sections")
    page.views.chosen.emit("sections")
    sections = page.stack.sections
    sections.choose(Kind.PLAN_RISK)
    qtbot.mouseClick(sections.table(Kind.PLAN_RISK).buttons["add"], LEFT)
    adding = dialog(qtbot, page, SubrecordDialog)
    qtbot.keyClicks(adding.form.fields["risk"].editor, "Retaliation")
    accept(qtbot, page, adding)
    assert [one.risk for one in owned(workspace, plan.id, PlanRisk)] == ["Retaliation"]
    assert sections.list.buttons[Kind.PLAN_RISK].count == 1
    sections.choose(Kind.PLAN)
    qtbot.mouseClick(sections.text.edit, LEFT)
    editing = dialog(qtbot, page, SubrecordDialog)
    assert "status" not in editing.form.fields
    editing.form.fields["situation"].editor.setPlainText("Two lines into Ludlow")
    accept(qtbot, page, editing)
    with workspace.reading() as reader:
        assert reader.get(Plan, plan.id).situation == "Two lines into Ludlow"
    assert not sections.table(Kind.PLAN_VERSION).buttons


def test_a_field_two_people_changed_is_shown_with_both_values(
    qtbot, desk, workspace, given, ocg, open_page
) -> None:
    plan = signed_plan(workspace, given, ocg)
    page = open_page(desk, ocg)
    action = page.board.actions[0]
    page._edit(action)
    editor = page.drawer.panel
    assert isinstance(editor, ActionEditor)
    act(workspace, records.edit, action.id, {"officer": "PC Elm", "priority": "high"})
    editor.fields["officer"].editor.setText("PC Oak")
    editor.fields["threat"].editor.choose("county-lines")
    qtbot.keyClick(editor, Qt.Key.Key_Return, CTRL)
    assert "PC Elm" in editor.fields["officer"].note.text()
    qtbot.keyClick(editor, Qt.Key.Key_Return, CTRL)
    saved = next(one for one in actions(workspace, plan.id) if one.id == action.id)
    assert (saved.officer, saved.priority, saved.threat) == ("PC Oak", "high", "county-lines")
