"""Two people at one plan: what one changed is kept, what both changed the second sees."""

from dataclasses import replace

import pytest
from makers import a_plan, an_objective, an_ocg
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.planning import Partner
from ocgdesk.domain.plans import Objective, Plan
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.subrecord_dialog import SubrecordDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.plan_page import PlanPage
from ocgdesk.ui.plan.objective import ObjectiveLine

LEFT = Qt.MouseButton.LeftButton


class Case:
    """A plan with an objective and a partner."""

    def __init__(self, given) -> None:
        self.ocg = an_ocg(status="active", agency="WMP")
        self.plan = a_plan(self.ocg)
        self.aim = an_objective(self.plan, "Charge the principals", measure="charges")
        self.partner = Partner(owner=self.plan.id, agency="WMP", contact="P. Ash")
        given(self.ocg, self.plan, self.aim, self.partner)


@pytest.fixture
def case(given) -> Case:
    return Case(given)


@pytest.fixture
def page(qtbot: QtBot, dressed, desk: Desk, case: Case) -> PlanPage:
    made = PlanPage(desk, Target(page=PageKind.PLAN, kind=Kind.OCG, id=case.ocg.id))
    qtbot.addWidget(made)
    made.resize(1240, 720)
    made.show()
    qtbot.waitUntil(made.ready)
    return made


def elsewhere(desk: Desk, cls, id_, **values) -> None:
    """Have somebody else save this: the page that is open does not know of it."""
    with desk.workspace.work("Edit elsewhere") as done:
        done.work.put(replace(done.work.get(cls, id_), **values))


def now(desk: Desk, cls, id_):
    with desk.workspace.reading() as reader:
        return reader.get(cls, id_)


def open_dialog(page: PlanPage) -> SubrecordDialog:
    return next(one for one in page.findChildren(SubrecordDialog) if one.isVisible())


def write(dialog: SubrecordDialog, name: str, text: str) -> None:
    editor = dialog.form.fields[name].editor
    (getattr(editor, "setPlainText", None) or editor.setText)(text)


@pytest.mark.parametrize(
    ("cls", "theirs", "mine"),
    [
        (Plan, {"situation": "Quiet since May"}, {"comms_internal": "Weekly letter"}),
        (Objective, {"target": "4"}, {"measure": "people charged"}),
        (Partner, {"note": "Meets monthly"}, {"contact": "Q. Elm"}),
    ],
)
def test_sections_and_objectives_merge_field_by_field(
    qtbot, desk: Desk, page: PlanPage, case: Case, cls, theirs, mine
):
    thing = now(desk, cls, {Plan: case.plan, Objective: case.aim, Partner: case.partner}[cls].id)
    dialog = page.subs.edit(thing)
    elsewhere(desk, cls, thing.id, **theirs)
    for name, text in mine.items():
        write(dialog, name, text)
    dialog.accept_button.click()
    saved = now(desk, cls, thing.id)
    assert {name: getattr(saved, name) for name in (*theirs, *mine)} == theirs | mine


def test_what_both_wrote_is_shown_and_saving_again_keeps_ones_own(
    qtbot, desk: Desk, page: PlanPage, case: Case
):
    dialog = page.subs.edit(now(desk, Plan, case.plan.id))
    elsewhere(desk, Plan, case.plan.id, situation="Theirs", comms_internal="Also theirs")
    write(dialog, "situation", "Mine")
    dialog.accept_button.click()
    assert "Meanwhile changed to: Theirs" in dialog.form.fields["situation"].note.text()
    assert now(desk, Plan, case.plan.id).situation == "Theirs"
    dialog.accept_button.click()
    saved = now(desk, Plan, case.plan.id)
    assert (saved.situation, saved.comms_internal) == ("Mine", "Also theirs")


def test_the_words_of_an_objective_edited_in_place_are_shown_with_the_others(
    qtbot, desk: Desk, page: PlanPage, case: Case
):
    (line,) = [one for one in page.plan_view.findChildren(ObjectiveLine) if one.isVisible()]
    qtbot.mouseDClick(line, LEFT)
    elsewhere(desk, Objective, case.aim.id, text="Charge all", target="3")
    line.box.setText("Charge two")
    qtbot.keyClick(line.box, Qt.Key.Key_Return)
    dialog = open_dialog(page)
    assert "Meanwhile changed to: Charge all" in dialog.form.fields["text"].note.text()
    dialog.accept_button.click()
    saved = now(desk, Objective, case.aim.id)
    assert (saved.text, saved.target) == ("Charge two", "3")
