"""The disruption ledger in the window: recorded, counted, handed in, moderated by another."""

from dataclasses import replace
from datetime import date

import pytest
from makers import a_nominal, an_ocg
from pages import put_up
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ocgdesk.casework import disruptions, records
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.entities import Commodity, Operation
from ocgdesk.domain.links import Membership
from ocgdesk.domain.people import Role
from ocgdesk.domain.subrecords import CourtStep
from ocgdesk.settings import Settings
from ocgdesk.store import records as queries
from ocgdesk.store.workspace import Workspace
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.steps_dialog import StepsDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.disruptions_page import DisruptionsPage
from ocgdesk.ui.pages.record_disruption import DisruptionPart
from ocgdesk.ui.pages.record_outcome import OutcomePart

LEFT = Qt.MouseButton.LeftButton
TODAY = date(2026, 11, 18)

pytestmark = pytest.mark.usefixtures("dressed")


def a_claim(*subjects, **more) -> Disruption:
    return Disruption(
        **{
            "title": "Cuckooed flat closed",
            "on": date(2026, 11, 2),
            "subjects": tuple(one.id for one in subjects),
            "strand": "protect",
            "level": "moderate",
            "agency": "WMC",
            "narrative": "The tenant was moved and the flat boarded up.",
            "evidence": ("Statement of 3 November",),
        }
        | more
    )


@pytest.fixture
def ocg(given):
    return given(an_ocg("Tarnbrook"))[0]


@pytest.fixture
def claim(workspace: Workspace, ocg):
    with workspace.work("Record disruption") as done:
        return records.create(done.work, a_claim(ocg))


def act(workspace: Workspace, verb, *args, **more):
    with workspace.work("Act") as done:
        return verb(done.work, *args, **more)


def claim_now(workspace: Workspace, id_) -> Disruption:
    with workspace.reading() as reader:
        return reader.get(Disruption, id_)


def part_of(qtbot: QtBot, desk: Desk, id_, cls=DisruptionPart):
    made = cls(desk, id_)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.refresh()
    made.show()
    settle(qtbot, made)
    return made


def settle(qtbot: QtBot, part) -> None:
    QApplication.processEvents()
    qtbot.waitUntil(part.ready)
    QApplication.processEvents()


def ledger(qtbot: QtBot, desk: Desk, tab: str = "") -> DisruptionsPage:
    return put_up(qtbot, DisruptionsPage(desk, Target(page=PageKind.DISRUPTIONS, tab=tab)))


def test_the_model_of_the_ledger_keeps_to_the_rules_of_models(qtbot, desk, claim, qtmodeltester):
    page = ledger(qtbot, desk)
    assert [row.claim.id for row in page.model.rows] == [claim.id]
    assert [brief.label for brief in page.model.rows[0].subjects] == ["Tarnbrook"]
    qtmodeltester.check(page.model)


def test_a_queue_shows_only_what_waits_there(qtbot, desk, workspace, claim):
    page = ledger(qtbot, desk, "moderate")
    assert not page.model.rows
    assert "moderated" in page.empty.sentence.text()
    act(workspace, disruptions.submit, claim.id, today=TODAY)
    page.queues.choose("open")
    page.queues.chosen.emit("open")
    settle(qtbot, page)
    assert not page.model.rows


def test_what_one_submitted_oneself_is_not_in_ones_queue(
    qtbot, desk, workspace, claim, add_user, opened_by
):
    act(workspace, disruptions.submit, claim.id, today=TODAY)
    assert not ledger(qtbot, desk, "moderate").model.rows
    theirs = Desk(opened_by(add_user("cora", Role.COORDINATOR)), Settings())
    page = ledger(qtbot, theirs, "moderate")
    assert [row.claim.id for row in page.model.rows] == [claim.id]
    page.close()
    theirs.close()


def test_a_claim_is_recorded_from_the_ledger_and_opened(qtbot, desk, workspace):
    page = ledger(qtbot, desk)
    opened: list[Target] = []
    page.opened.connect(lambda target, _new: opened.append(target))
    qtbot.mouseClick(page.record_button, LEFT)
    dialog = page.asking.dialog
    assert dialog is not None
    dialog.answer("title", "Port advice to hauliers")
    dialog.answer("strand", "protect")
    qtbot.mouseClick(dialog.accept_button, LEFT)
    qtbot.waitUntil(lambda: bool(opened))
    made = claim_now(workspace, opened[0].id)
    assert (made.title, made.strand, made.status) == ("Port advice to hauliers", "protect", "draft")


def test_what_a_claim_lacks_is_told_and_holds_it_back(qtbot, desk, workspace, ocg):
    lacking = act(workspace, records.create, a_claim(ocg, evidence=()))
    part = part_of(qtbot, desk, lacking.id)
    assert "evidence" in part.lacking.sentence.text()
    assert not part.buttons["submit"].isEnabled()
    assert "evidence" in part.buttons["submit"].toolTip()


def test_a_claim_is_submitted_with_one_click(qtbot, desk, workspace, claim):
    part = part_of(qtbot, desk, claim.id)
    qtbot.mouseClick(part.buttons["submit"], LEFT)
    settle(qtbot, part)
    assert claim_now(workspace, claim.id).status == "submitted"
    assert not part.buttons["submit"].isVisible()
    assert not part.buttons["accept"].isEnabled()


def test_a_moderator_returns_a_claim_with_their_words(qtbot, workspace, claim, add_user, opened_by):
    act(workspace, disruptions.submit, claim.id, today=TODAY)
    theirs = Desk(opened_by(add_user("cora", Role.COORDINATOR)), Settings())
    part = part_of(qtbot, theirs, claim.id)
    qtbot.mouseClick(part.buttons["return"], LEFT)
    dialog = part.asking.dialog
    assert dialog is not None
    dialog.answer("reason", "Say how long it lasts")
    qtbot.mouseClick(dialog.accept_button, LEFT)
    settle(qtbot, part)
    now = claim_now(workspace, claim.id)
    assert (now.status, now.moderation) == ("returned", "Say how long it lasts")
    assert "Say how long it lasts" in part.moderation.sentence.text()
    part.close()
    theirs.close()


def test_a_moderator_moderates_in_words_and_accepts_without_any(
    qtbot, workspace, claim, add_user, opened_by
):
    act(workspace, disruptions.submit, claim.id, today=TODAY)
    theirs = Desk(opened_by(add_user("cora", Role.COORDINATOR)), Settings())
    part = part_of(qtbot, theirs, claim.id)
    for move, words in (("moderate", "Level agreed with the force"), ("accept", "")):
        qtbot.mouseClick(part.buttons[move], LEFT)
        part.asking.dialog.answer("reason", words)
        qtbot.mouseClick(part.asking.dialog.accept_button, LEFT)
        settle(qtbot, part)
    now = claim_now(workspace, claim.id)
    assert (now.status, now.moderation) == ("accepted", "Level agreed with the force")
    part.close()
    theirs.close()


def test_arrests_are_counted_from_steps_that_are_ticked_once(qtbot, desk, workspace, given, ocg):
    person = given(a_nominal("Kyle Penhallow"))[0]
    one, two = given(
        CourtStep(owner=person.id, step="arrested", on=date(2026, 11, 2)),
        CourtStep(owner=person.id, step="charged", on=date(2026, 11, 3)),
    )
    claim = act(workspace, records.create, a_claim(person, against="individual"))
    part = part_of(qtbot, desk, claim.id)
    part.acts.count_steps()
    settle(qtbot, part)
    dialog = part.acts.steps
    assert isinstance(dialog, StepsDialog)
    assert [row.step.id for row in dialog.model.rows] == [one.id]
    first = dialog.model.index(0, 0)
    dialog.model.setData(first, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    dialog.on_accept()
    settle(qtbot, part)
    outcome = part.found.row.outcomes[0]
    assert (outcome.measure, outcome.value, outcome.steps) == ("arrested", 1.0, (one.id,))
    part.acts.count_steps()
    settle(qtbot, part)
    again = part.acts.steps
    assert again is not None
    assert again.measure.current == "charged"
    assert [row.step.id for row in again.model.rows] == [two.id]
    again.measure.choose("arrested")
    again.measure.chosen.emit("arrested")
    assert not again.model.rows
    again.close()


def test_a_seizure_goes_to_the_commodity_ledger_once(qtbot, desk, workspace, given, ocg, claim):
    given(Commodity(name="Cocaine", commodity_type="cocaine", unit="kg"))
    line, other = (
        act(
            workspace,
            disruptions.add_outcome,
            Outcome(owner=claim.id, measure="cocaine", value=value),
        )
        for value in (61.25, 3)
    )
    refused: list[Exception] = []
    desk.refused.connect(refused.append)
    part = part_of(qtbot, desk, claim.id)
    part.acts.act("ledger", line)
    settle(qtbot, part)
    assert "once its claim is accepted" in str(refused[0])
    with workspace.work("Accepted") as done:
        done.work.put(replace(done.work.get(Disruption, claim.id), status="accepted"))
    part.acts.act("ledger", line)
    settle(qtbot, part)
    dialog = part.asking.dialog
    assert dialog.pickers["whom_ocg"].ids == (ocg.id,)
    assert "different" not in dialog.fields
    qtbot.mouseClick(dialog.accept_button, LEFT)
    settle(qtbot, part)
    saved = next(one for one in part.found.row.outcomes if one.id == line.id)
    assert saved.dealing is not None
    part.acts.act("ledger", other)
    settle(qtbot, part)
    dialog = part.asking.dialog
    qtbot.mouseClick(dialog.accept_button, LEFT)
    assert dialog.isVisible()
    dialog.answer("different", "From another car")
    qtbot.mouseClick(dialog.accept_button, LEFT)
    settle(qtbot, part)
    assert all(one.dealing for one in part.found.row.outcomes)
    part.acts.act("ledger", saved)
    dialog = part.asking.dialog
    dialog.answer("reason", "Wrong OCG")
    qtbot.mouseClick(dialog.accept_button, LEFT)
    settle(qtbot, part)
    assert [one.dealing is None for one in part.found.row.outcomes].count(True) == 1


def test_the_reference_of_apmis_is_typed_back_from_the_work_sheet(
    qtbot, desk, workspace, claim, add_user, opened_by
):
    act(workspace, disruptions.submit, claim.id, today=TODAY)
    cora = opened_by(add_user("cora", Role.COORDINATOR))
    for to in ("moderated", "accepted"):
        act(cora, disruptions.moderate, claim.id, to=to, today=TODAY)
    page = ledger(qtbot, desk, "apmis")
    assert [row.claim.id for row in page.model.rows] == [claim.id]
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_A)
    dialog = page.asking.dialog
    assert dialog is not None
    dialog.answer("apmis", "AP-2026-0771")
    qtbot.mouseClick(dialog.accept_button, LEFT)
    settle(qtbot, page)
    assert claim_now(workspace, claim.id).apmis == "AP-2026-0771"
    assert not page.model.rows
    part = part_of(qtbot, desk, claim.id)
    assert part.buttons["apmis"].text().startswith("Correct")
    qtbot.mouseClick(part.buttons["apmis"], LEFT)
    dialog = part.asking.dialog
    dialog.answer("apmis", "")
    qtbot.mouseClick(dialog.accept_button, LEFT)
    settle(qtbot, part)
    assert claim_now(workspace, claim.id).apmis == ""


def test_a_claim_names_several_and_an_operation(qtbot, desk, workspace, given, ocg):
    other, man, operation = given(
        an_ocg("Second"), a_nominal("Ewan Pryce"), Operation(name="Bitternthorn")
    )
    page = ledger(qtbot, desk)
    opened: list[Target] = []
    page.opened.connect(lambda target, _new: opened.append(target))
    qtbot.mouseClick(page.record_button, LEFT)
    dialog = page.asking.dialog
    dialog.answer("title", "Warrants")
    named = (("whom_ocg", ocg), ("whom_ocg", other), ("whom_nominal", man))
    with workspace.reading() as reader:
        for name, record in (*named, ("operation", operation)):
            dialog.pickers[name].choose(queries.brief(reader, record.id))
    qtbot.mouseClick(dialog.accept_button, LEFT)
    qtbot.waitUntil(lambda: bool(opened))
    made = claim_now(workspace, opened[0].id)
    assert set(made.subjects) == {ocg.id, other.id, man.id}
    assert made.operation == operation.id


def test_a_typed_figure_waits_for_its_steps_and_is_backed_by_those_ticked(
    qtbot, desk, workspace, given, ocg, claim
):
    person = given(a_nominal("Kyle Penhallow"))[0]
    given(Membership(source=person.id, target=ocg.id))
    given(CourtStep(owner=person.id, step="charged", on=date(2026, 11, 3)))
    part = part_of(qtbot, desk, claim.id)
    part.acts.add_outcome()
    dialog = part.asking.dialog
    dialog.answer("measure", "charged")
    dialog.answer("value", "50")
    qtbot.mouseClick(dialog.accept_button, LEFT)
    assert "waits until it names them" in dialog.doubts.sentence.text()
    qtbot.mouseClick(dialog.accept_button, LEFT)
    settle(qtbot, part)
    line = part.found.row.outcomes[0]
    told = part.sections["outcomes"].rows.columns[3].cell(line)
    assert told.word == "no steps yet"
    assert not part.buttons["submit"].isEnabled()
    part.acts.act("steps", line)
    settle(qtbot, part)
    steps = part.acts.steps
    assert steps.measure.current == "charged"
    assert "Kyle Penhallow" in steps.model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert steps.model.index(0, 1).data(Qt.ItemDataRole.CheckStateRole) is None
    first = steps.model.index(0, 0)
    steps.model.setData(first, Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    steps.on_accept()
    settle(qtbot, part)
    assert [(one.id, one.value) for one in part.found.row.outcomes] == [(line.id, 1.0)]
    assert part.buttons["submit"].isEnabled()


def test_an_outcome_is_edited_and_its_units_are_those_of_its_measure(qtbot, desk, workspace, claim):
    act(workspace, disruptions.add_outcome, Outcome(owner=claim.id, measure="cash", value=900))
    part = part_of(qtbot, desk, claim.id)
    part.acts.act("edit", part.found.row.outcomes[0])
    dialog = part.asking.dialog
    assert [one.key for one in dialog.fields["unit"].editor.options] == ["gbp", "eur"]
    dialog.answer("value", "950")
    dialog.answer("unit", "eur")
    dialog.answer("impact", "Counted again")
    qtbot.mouseClick(dialog.accept_button, LEFT)
    settle(qtbot, part)
    line = part.found.row.outcomes[0]
    assert (line.value, line.unit, line.impact) == (950, "eur", "Counted again")


def test_a_claim_shows_all_it_says_and_how_it_came_so_far(
    qtbot, desk, workspace, ocg, add_user, opened_by
):
    claim = act(
        workspace,
        records.create,
        a_claim(ocg, part="support", others=("RWM",), support_reason="Ours", impact="It is quiet"),
    )
    act(workspace, disruptions.submit, claim.id, today=TODAY)
    cora = opened_by(add_user("cora", Role.COORDINATOR))
    act(cora, disruptions.moderate, claim.id, to="moderated", today=TODAY)
    said = part_of(qtbot, desk, claim.id).words.said
    assert said["Evidence"] == "Statement of 3 November"
    assert (said["Impact statement"], said["With"]) == (
        "It is quiet",
        "ROCU West Midlands (ROCUWM)",
    )
    way = said["How it came here"]
    assert [way.index(word) for word in ("Draft by Ann", "Submitted by Ann", "Moderated by Cora")]


def test_an_outcome_opens_in_its_place_with_its_claim_and_its_steps(
    qtbot, desk, workspace, given, claim
):
    person = given(a_nominal("Kyle Penhallow"))[0]
    step = given(CourtStep(owner=person.id, step="arrested", on=date(2026, 11, 2)))[0]
    new = Outcome(owner=claim.id, measure="arrested", steps=(step.id,), impact="It is quiet")
    line = act(workspace, disruptions.add_outcome, new)
    went: list[queries.Brief] = []
    page = part_of(qtbot, desk, claim.id)
    page.opened.connect(went.append)
    page.sections["outcomes"].opened.emit(page.found.row.outcomes[0])
    assert [one.id for one in went] == [line.id]
    part = part_of(qtbot, desk, line.id, OutcomePart)
    part.opened.connect(went.append)
    for key in ("of", "steps"):
        part.sections[key].opened.emit(part.sections[key].rows.rows[0])
    assert [one.id for one in went[1:]] == [claim.id, person.id]
    assert part.impact.text() == "It is quiet"
