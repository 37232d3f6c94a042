"""The scores and the standing of an OCG on its page: real clicks on a real workspace."""

from datetime import date

import pytest
from makers import (
    a_membership,
    a_nominal,
    a_plan,
    an_action,
    an_assignment,
    an_ocg,
)
from pages import put_up, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ocgdesk.casework import assessments, ocgs
from ocgdesk.domain.disruptions import Disruption
from ocgdesk.domain.entities import Ocg
from ocgdesk.domain.subrecords import Assessment
from ocgdesk.domain.values import Answer
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.assessment_dialog import AssessmentDialog, OfficialDialog
from ocgdesk.ui.dialogs.status_dialog import AssignDialog, StatusDialog, TierDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.ocg_standing import StandingPart
from ocgdesk.ui.pages.record_page import RecordPage
from ocgdesk.ui.pages.record_scores import ScoresPart
from ocgdesk.ui.plan.form import LinesBox
from ocgdesk.ui.widgets.inputs import Select, TextBox
from ocgdesk.ui.widgets.labels import Label

LEFT = Qt.MouseButton.LeftButton
RISK = {
    **dict.fromkeys(("physical", "psychological", "financial", "community", "scope"), "3"),
    **dict.fromkeys(("vulnerability", "frequency", "intent"), "4"),
}

pytestmark = pytest.mark.usefixtures("dressed")


def a_score(ocg: Ocg, day: date, answers: dict[str, str], **more) -> Assessment:
    kept = tuple(Answer(factor, level) for factor, level in answers.items())
    sheet = more.pop("sheet", "morile-style")
    return Assessment(owner=ocg.id, sheet=sheet, assessed=day, answers=kept, **more)


@pytest.fixture
def page(desk: Desk, qtbot: QtBot):
    def make(thing, tab: str) -> RecordPage:
        target = Target(page=PageKind.RECORD, kind=thing.kind, id=thing.id, tab=tab)
        made = RecordPage(desk, target)
        return put_up(qtbot, made, 1200, 800)

    return make


def scores(page: RecordPage) -> ScoresPart:
    part = page.stack.part("scores")
    assert isinstance(part, ScoresPart)
    return part


def standing(page: RecordPage) -> StandingPart:
    part = page.stack.part("standing")
    assert isinstance(part, StandingPart)
    return part


def now(desk: Desk, thing):
    with desk.workspace.reading() as reader:
        return reader.find(thing.id)


def kept(desk: Desk, ocg: Ocg) -> list[Assessment]:
    with desk.workspace.reading() as reader:
        return assessments.of(reader, ocg.id)


def said(widget) -> list[str]:
    QApplication.processEvents()  # what was just put into a layout is shown with the next events
    return [label.text() for label in widget.findChildren(Label) if label.isVisibleTo(widget)]


def fill(field, text: str) -> None:
    match field.editor:
        case TextBox():
            field.editor.setText(text)
        case LinesBox():
            field.editor.setPlainText(text)
        case Select():
            field.editor.choose(text)


# ---- Scores -------------------------------------------------------------------------------------


def test_both_sheets_stand_side_by_side_each_with_its_version_and_local_default(
    given, page, qtbot: QtBot
) -> None:
    (ocg,) = given(an_ocg(status="active", tier="t1"))
    given(a_score(ocg, date(2026, 8, 1), RISK, total=180, band="very-high", scorer="DC Vale"))
    part = scores(page(ocg, "scores"))
    risk, attributes = part.cards["morile-style"], part.cards["ocgm"]
    assert {"180", "Version 1, local default – not the national scheme"} <= set(said(risk))
    assert any("180 = Total harm 15 × Total likelihood 12" in text for text in said(risk))
    assert "Not assessed" in said(attributes)
    assert abs(risk.y() - attributes.y()) < 4
    assert risk.x() < attributes.x()


def test_the_strip_shows_both_scores_and_the_list_shows_all(given, page, qtbot: QtBot) -> None:
    (ocg,) = given(an_ocg(status="active"))
    given(
        a_score(ocg, date(2026, 2, 1), RISK | {"physical": "0"}),
        a_score(ocg, date(2026, 8, 1), RISK),
        a_score(ocg, date(2026, 8, 1), {}, sheet="ocgm", score_source="official", total=61.0),
    )
    made = page(ocg, "scores")
    facts = {fact.caption: fact.value for fact in made.facts.facts}
    assert facts["MoRiLE-style sheet, local default"] == "180"
    assert facts["OCGM attributes, official"] == "61"
    part = scores(made)
    assert part.rows.rowCount() == 3
    assert "Rising: 180, from 144 on 1 Feb 2026" in part.cards["morile-style"].trend.text()
    assert part.cards["morile-style"].plot.isVisible()


def test_an_older_assessment_is_shown_when_it_is_chosen_and_the_newest_again(
    given, page, qtbot: QtBot
) -> None:
    (ocg,) = given(an_ocg(status="active"))
    given(
        a_score(ocg, date(2026, 2, 1), RISK | {"physical": "0"}),
        a_score(ocg, date(2026, 8, 1), RISK),
    )
    part = scores(page(ocg, "scores"))
    card = part.cards["morile-style"]
    part.table.setCurrentIndex(part.rows.index(1, 0))
    assert "144" in said(card)
    qtbot.mouseClick(card.back, LEFT)
    assert "180" in said(card)
    assert card.back.isHidden()


def test_scoring_starts_from_the_last_answers_and_keeps_both(
    given, page, desk: Desk, qtbot: QtBot
) -> None:
    (ocg,) = given(an_ocg(status="active", tier="t1"))
    given(a_score(ocg, date(2026, 8, 1), RISK))
    made = page(ocg, "scores")
    qtbot.mouseClick(scores(made).buttons["morile-style"], LEFT)
    dialog = made.findChild(AssessmentDialog)
    assert dialog.levels["physical"].current == "3"
    assert "Risk 180" in dialog.outcome.text()
    dialog.levels["physical"].choose("4")
    dialog.levels["physical"].chosen.emit("4")
    assert "Risk 192" in dialog.outcome.text()
    dialog.reasons["physical"].setText("A third stabbing")
    fill(dialog.fields["assessed"], "20/11/2026")
    dialog.accept_button.click()
    settle(qtbot, made)
    old, new = kept(desk, ocg)
    assert (old.assessed, new.assessed) == (date(2026, 8, 1), date(2026, 11, 20))
    assert (new.total, new.scorer) == (192.0, desk.user.display)
    answer = next(a for a in new.answers if a.factor == "physical")
    assert (answer.value, answer.rationale) == ("4", "A third stabbing")
    assert now(desk, ocg).review_due is not None
    assert "192" in said(scores(made).cards["morile-style"])
    assert desk.steps()[0].label == "Assess OCG"


def test_a_score_without_an_answer_or_a_day_is_refused_in_the_dialog(
    given, page, desk: Desk, qtbot: QtBot
) -> None:
    (ocg,) = given(an_ocg(status="active"))
    made = page(ocg, "scores")
    qtbot.mouseClick(scores(made).buttons["ocgm"], LEFT)
    dialog = made.findChild(AssessmentDialog)
    dialog.accept_button.click()
    assert "Answer at least one factor." in said(dialog)
    dialog.levels["drugs"].choose("high")
    fill(dialog.fields["assessed"], "someday")
    dialog.accept_button.click()
    assert "cannot be read as a date" in dialog.fields["assessed"].wrong
    assert kept(desk, ocg) == []
    dialog.reject()


def test_an_official_score_is_typed_in_as_it_was_given(
    given, page, desk: Desk, qtbot: QtBot
) -> None:
    (ocg,) = given(an_ocg(status="active"))
    made = page(ocg, "scores")
    qtbot.mouseClick(scores(made).buttons["official"], LEFT)
    dialog = made.findChild(OfficialDialog)
    fill(dialog.total, "sixty")
    dialog.accept_button.click()
    assert "is no number" in dialog.total.wrong
    fill(dialog.total, "")
    dialog.accept_button.click()
    assert "Give the total or the band" in dialog.total.wrong
    fill(dialog.scheme, "ocgm")
    fill(dialog.total, "61")
    fill(dialog.band, "2b")
    dialog.accept_button.click()
    settle(qtbot, made)
    (only,) = kept(desk, ocg)
    assert (only.score_source, only.total, only.band, only.answers) == ("official", 61.0, "2b", ())


# ---- Standing -----------------------------------------------------------------------------------


def test_only_the_moves_the_status_allows_are_offered(given, page) -> None:
    nominated, merged = given(an_ocg(status="nominated"), an_ocg(status="merged"))
    keys = set(standing(page(nominated, "standing")).buttons)
    assert keys == {"move:under-assessment", "move:rejected", "move:merged"}
    assert set(standing(page(merged, "standing")).buttons) == {"take-back"}


def test_an_archive_asks_for_what_it_needs_and_leaves_a_decision(
    given, page, desk: Desk, qtbot: QtBot
) -> None:
    (ocg,) = given(an_ocg(status="active"))
    made = page(ocg, "standing")
    qtbot.mouseClick(standing(made).buttons["move:archived"], LEFT)
    dialog = made.findChild(StatusDialog)
    qtbot.waitUntil(dialog.missing.isVisible)
    assert "no final review" in dialog.missing.text()
    dialog.accept_button.click()
    wrong = {name for name, field in dialog.fields.items() if field.wrong}
    assert wrong == {"archive_reason", "trigger", "decision_maker"}
    fill(dialog.fields["archive_reason"], "dismantled")
    fill(dialog.fields["trigger"], "A new importer")
    fill(dialog.fields["decision_maker"], "Supt Hale")
    dialog.accept_button.click()
    settle(qtbot, made)
    assert now(desk, ocg).status == "archived"
    part = standing(made)
    assert [row.title for row in part.log.rows] == ["Archive"]
    assert "A new importer" in said(part.status)
    step = desk.steps()[0]
    assert step is None or step.label != "Move OCG"


def test_a_refused_archive_says_so_in_the_dialog_and_loses_nothing(
    given, page, desk: Desk, qtbot: QtBot
) -> None:
    (ocg,) = given(an_ocg(status="active"))
    (plan,) = given(a_plan(ocg))
    given(an_action(plan))
    made = page(ocg, "standing")
    qtbot.mouseClick(standing(made).buttons["move:archived"], LEFT)
    dialog = made.findChild(StatusDialog)
    fill(dialog.fields["archive_reason"], "dismantled")
    fill(dialog.fields["trigger"], "A new importer")
    fill(dialog.fields["decision_maker"], "Supt Hale")
    dialog.accept_button.click()
    assert any("still live" in text for text in said(dialog))
    assert dialog.fields["trigger"].text == "A new importer"
    assert now(desk, ocg).status == "active"
    dialog.reject()


def test_a_merge_names_the_ocg_it_goes_on_as_found_as_one_types(
    given, page, desk: Desk, qtbot: QtBot
) -> None:
    one, two = given(an_ocg("Tarnbrook", status="active"), an_ocg("Castlefold", status="active"))
    made = page(one, "standing")
    qtbot.mouseClick(standing(made).buttons["move:merged"], LEFT)
    dialog = made.findChild(StatusDialog)
    fill(dialog.fields["reason"], "Same people")
    dialog.accept_button.click()
    assert "Choose the OCG it goes on as." in said(dialog)
    qtbot.keyClicks(dialog.successor.box, "castle")
    qtbot.waitUntil(lambda: len(dialog.successor.table.rows) == 1)
    qtbot.keyClick(dialog.successor.box, Qt.Key.Key_Return)
    assert dialog.successor.ids == (two.id,)
    dialog.accept_button.click()
    settle(qtbot, made)
    assert now(desk, one).merged_into == two.id
    part = standing(made)
    assert two.ref in said(part.status)
    qtbot.mouseClick(part.buttons["take-back"], LEFT)
    back = made.findChildren(StatusDialog)[-1]
    fill(back.fields["reason"], "They are two")
    back.accept_button.click()
    settle(qtbot, made)
    assert now(desk, one).status == "active"


def test_a_tier_is_set_with_its_reason_and_proposes_the_next_review(
    given, page, desk: Desk, qtbot: QtBot
) -> None:
    (ocg,) = given(an_ocg(status="active", tier="t3"))
    given(a_score(ocg, date(2026, 10, 5), RISK))
    made = page(ocg, "standing")
    assert "No reason is recorded for this tier." in said(standing(made).tier)
    qtbot.mouseClick(standing(made).tier_button, LEFT)
    dialog = made.findChild(TierDialog)
    fill(dialog.fields["tier"], "t1")
    dialog.fields["tier"].changed.emit()
    assert dialog.fields["review"].text == "5 Jan 2027"
    dialog.accept_button.click()
    assert "Say why" in dialog.fields["reason"].wrong
    fill(dialog.fields["reason"], "National lead agreed")
    dialog.accept_button.click()
    settle(qtbot, made)
    saved = now(desk, ocg)
    assert (saved.tier, saved.tier_reason, saved.review_due) == (
        *("t1", "National lead agreed", date(2027, 1, 5)),
    )


def test_a_new_lro_takes_over_from_the_one_there_is(given, page, desk: Desk, qtbot: QtBot) -> None:
    (ocg,) = given(an_ocg(status="active"))
    given(an_assignment(ocg, "Insp Old", role="lro"))
    made = page(ocg, "standing")
    qtbot.mouseClick(standing(made).assign_button, LEFT)
    dialog = made.findChild(AssignDialog)
    assert dialog.before.text() == "Insp Old hands over the day before."
    dialog.accept_button.click()
    assert dialog.fields["officer"].wrong == "Name the officer"
    fill(dialog.fields["officer"], "Insp New")
    fill(dialog.handover, "Plan and policy log")
    dialog.accept_button.click()
    settle(qtbot, made)
    with desk.workspace.reading() as reader:
        old, new = ocgs.assignments(reader, ocg.id)
    assert old.end is not None
    assert (old.handover, new.officer) == ("Plan and policy log", "Insp New")
    assert {fact.caption: fact.value for fact in made.facts.facts}["LRO"] == "Insp New"
    assert [row.officer for row in standing(made).officers.rows] == ["Insp New", "Insp Old"]


def test_the_definition_is_told_part_by_part(given, page) -> None:
    ocg = an_ocg(status="active", primary_crime="DRG", benefit="Cash")
    people = [a_nominal(f"Person {n}") for n in range(3)]
    given(ocg, *people, *(a_membership(person, ocg) for person in people[:2]))
    part = standing(page(ocg, "standing"))
    assert any(text.startswith("2 persons are recorded") for text in said(part.definition))
    given(a_membership(people[2], ocg))
    part = standing(page(ocg, "standing"))
    assert "The record shows all three parts." in said(part.definition)


def test_in_the_past_nothing_is_decided(given, page, desk: Desk, qtbot: QtBot) -> None:
    (ocg,) = given(an_ocg(status="active"))
    given(a_score(ocg, date(2026, 8, 1), RISK))
    made = page(ocg, "scores")
    made.tabs.choose("history")
    made.history.box.setText(f"{desk.today():%d/%m/%Y}")
    qtbot.mouseClick(made.history.button, LEFT)
    settle(qtbot, made)
    assert not scores(made).buttons["ocgm"].isEnabled()
    assert not any(button.isEnabled() for button in standing(made).buttons.values())
    assert "180" in said(scores(made).cards["morile-style"])


def test_the_strip_says_when_it_was_last_disrupted(given, page, put) -> None:
    (ocg,) = given(an_ocg(status="active"))
    days = (date(2026, 5, 5), date(2026, 8, 8))
    (_first, last) = given(
        *(Disruption(title="x", on=on, subjects=(ocg.id,), status="accepted") for on in days)
    )

    def said() -> tuple[str, str]:
        fact = next(f for f in page(ocg, "").facts.facts if f.caption == "Last disruption")
        return fact.value, fact.note

    assert said()[0] == "8 Aug 2026"
    put(last, status="returned")
    assert said()[0] == "5 May 2026"
