"""The quality page: rules with their counts, what breaks one, one click to the record, ruling."""

import pytest
from makers import a_link, a_nominal, a_plan, an_assignment, an_ocg
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ocgdesk.casework import quality
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Role
from ocgdesk.domain.quality import Query
from ocgdesk.settings import Settings
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.rule_dialog import RuleDialog
from ocgdesk.ui.models.short_table import ShortTable
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.quality_page import QualityPage

pytestmark = pytest.mark.usefixtures("dressed")


def opened(qtbot: QtBot, desk: Desk) -> QualityPage:
    made = QualityPage(desk, Target(page=PageKind.QUALITY))
    made.resize(1240, 800)
    qtbot.addWidget(made)
    made.show()
    settled(qtbot, made)
    return made


def settled(qtbot: QtBot, page: QualityPage) -> None:
    qtbot.waitUntil(lambda: page.ready() and page.broken is not None)


@pytest.fixture
def ocgs(given):
    """Two active OCGs, of which one has an LRO."""
    led, bare = given(an_ocg("Led", status="active"), an_ocg("Bare", status="active"))
    given(an_assignment(led))
    return led, bare


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, ocgs) -> QualityPage:
    return opened(qtbot, desk)


def choose(qtbot: QtBot, page: QualityPage, code: str) -> None:
    page.choose(code)
    qtbot.waitUntil(lambda: page.ready() and page.broken and page.broken.rule.code == code)


def column(model: ShortTable, at: int) -> list[str]:
    return [model.index(row, at).data() for row in range(model.rowCount())]


def test_the_weightiest_broken_rule_stands_first_and_shows_its_records(page: QualityPage):
    assert column(page.rules, 0)[0] == "Active OCG without a Lead Responsible Officer"
    assert (column(page.rules, 2)[0], column(page.rules, 3)[0]) == ("1", "2")
    assert column(page.breaches, 0) == ["Bare"]
    assert "rules count" in page.header.subtitle.text()
    assert "Assign an LRO" in page.strip.advice.text()


def test_another_rule_shows_what_breaks_it(qtbot: QtBot, page: QualityPage):
    choose(qtbot, page, "ocg-fewer-than-three")
    assert column(page.breaches, 0) == ["Bare", "Led"]
    assert column(page.breaches, 2) == ["0 of 3", "0 of 3"]
    choose(qtbot, page, "report-not-graded")
    assert page.stack.currentWidget() is page.empty
    assert page.empty.sentence.text() == "Nothing breaks this rule."
    assert not page.open_button.isEnabled()


def test_one_click_on_a_record_opens_it(qtbot: QtBot, page: QualityPage, ocgs):
    spot = page.breach_table.visualRect(page.breaches.index(0, 0)).center()
    with qtbot.waitSignal(page.opened) as heard:
        qtbot.mouseClick(page.breach_table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    target, aside = heard.args
    assert (target, aside) == (Target(page=PageKind.RECORD, kind=Kind.OCG, id=ocgs[1].id), False)


def test_enter_goes_into_the_records_and_then_opens_one(qtbot: QtBot, page: QualityPage):
    page.rule_table.setFocus()
    qtbot.keyClick(page.rule_table, Qt.Key.Key_Return)
    assert page.breach_table.hasFocus()
    control = Qt.KeyboardModifier.ControlModifier
    with qtbot.waitSignal(page.opened) as heard:
        qtbot.keyClick(page.breach_table, Qt.Key.Key_Return, control)
    assert heard.args[1] is True
    with qtbot.waitSignal(page.opened):
        page.open_button.click()


def test_a_plan_opens_as_a_plan_and_a_link_at_its_first_end(qtbot: QtBot, desk, given, ocgs):
    given(a_plan(ocgs[0], status="signed"))
    one, other = given(a_nominal("One"), a_nominal("Other"))
    given(a_link(one, other))
    page = opened(qtbot, desk)
    for code, target in (
        ("plan-empty-strand", Target(page=PageKind.PLAN, id=ocgs[0].id)),
        ("link-without-source", Target(page=PageKind.RECORD, kind=Kind.NOMINAL, id=one.id)),
    ):
        choose(qtbot, page, code)
        with qtbot.waitSignal(page.opened) as heard:
            page.open_button.click()
        assert heard.args[0] == target


def test_mending_a_record_counts_anew_and_keeps_the_rule(qtbot: QtBot, page: QualityPage, ocgs):
    choose(qtbot, page, "ocg-without-lro")
    page.desk.do("Assign LRO", lambda work: work.put(an_assignment(ocgs[1])))
    settled(qtbot, page)
    qtbot.waitUntil(lambda: page.breaches.rowCount() == 0)
    assert page.chosen().rule.code == "ocg-without-lro"
    assert page.chosen().broken == 0


def test_a_change_while_hidden_counts_when_shown(qtbot: QtBot, page: QualityPage, ocgs):
    page.hide()
    page.desk.do("Assign LRO", lambda work: work.put(an_assignment(ocgs[1])))
    assert page.chosen().broken == 1
    page.show()
    settled(qtbot, page)
    page.choose("ocg-without-lro")
    assert page.chosen().broken == 0


# ---- Ruling -------------------------------------------------------------------------------------


def test_an_administrator_switches_a_rule_off_and_undo_switches_it_on(
    qtbot: QtBot, page: QualityPage
):
    page.choose("ocg-without-lro")
    page.strip.on.click()
    settled(qtbot, page)
    assert page.rules.rows[-1].rule.code == "ocg-without-lro"
    assert column(page.rules, 0)[-1].endswith("(off)")
    assert column(page.rules, 2)[-1] == "–"
    page.desk.undo()
    settled(qtbot, page)
    assert page.rules.rows[0].rule.code == "ocg-without-lro"


def test_a_rule_is_weighed_and_retired(qtbot: QtBot, page: QualityPage):
    page.choose("ocg-without-lro")
    page.strip.weight.choose("1")
    page.strip.weight.chosen.emit("1")
    settled(qtbot, page)
    assert page.chosen().rule.weight == 1
    page.strip.retire.click()
    settled(qtbot, page)
    assert "ocg-without-lro" not in {one.rule.code for one in page.rules.rows}


def test_who_is_no_administrator_only_looks(qtbot: QtBot, add_user, opened_by, ocgs):
    desk = Desk(opened_by(add_user("rea", Role.READER)), Settings())
    page = opened(qtbot, desk)
    for part in (page.strip.on, page.strip.weight, page.strip.retire, page.add_button):
        assert not part.isEnabled()
        assert "administrator" in part.toolTip()
    page.add()
    assert page.findChild(RuleDialog) is None
    desk.close()


def test_a_rule_made_in_the_dialog_counts(qtbot: QtBot, page: QualityPage):
    page.add()
    dialog = page.findChild(RuleDialog)
    dialog.kind_box.choose(Kind.OCG.value)
    dialog.kind_box.chosen.emit(Kind.OCG.value)
    dialog.field.choose("pillar")
    dialog.field.chosen.emit("pillar")
    assert dialog.words_field.text == "OCG without pillar"
    dialog.live.setChecked(True)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settled(qtbot, page)
    choose(qtbot, page, "ocg-without-pillar")
    assert column(page.breaches, 0) == ["Bare", "Led"]


def test_the_dialog_says_what_is_missing(qtbot: QtBot, page: QualityPage):
    page.add()
    dialog = page.findChild(RuleDialog)
    dialog.template_box.choose(Query.FIELD_OLDER.value)
    dialog.template_box.chosen.emit(Query.FIELD_OLDER.value)
    assert {option.key for option in dialog.field.options} >= {"review_due"}
    dialog.days_field.editor.setText("many")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert "no whole number" in dialog.error.sentence.text()
    dialog.days_field.editor.setText("30")
    assert "more than 30 days ago" in dialog.words_field.text
    dialog.words_field.editor.setText("")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert "what breaks the rule" in dialog.error.sentence.text()
    dialog.template_box.choose(Query.FEW_LINKS.value)
    dialog.template_box.chosen.emit(Query.FEW_LINKS.value)
    assert Kind.LINK.value not in {option.key for option in dialog.kind_box.options}
    assert dialog.rule().below == 1
    dialog.reject()


# ---- Models and pace ----------------------------------------------------------------------------


def test_the_models_are_sound(qtmodeltester, page: QualityPage):
    qtmodeltester.check(page.rules)
    qtmodeltester.check(page.breaches)


def test_a_thousand_records_do_not_hold_up_the_window(qtbot: QtBot, desk, given, heartbeat):
    given(*(a_nominal(f"N{n:04}") for n in range(1_500)))
    page = opened(qtbot, desk)
    heartbeat.start()
    choose(qtbot, page, "nominal-not-categorised")
    assert heartbeat.busy_ms < 100
    assert page.breaches.rowCount() == quality.MOST_SHOWN
    assert "first 1,000 of 1,500" in page.strip.advice.text()


def test_a_page_that_is_left_asks_no_more(qtbot: QtBot, desk: Desk, ocgs):
    page = QualityPage(desk, Target(page=PageKind.QUALITY))
    qtbot.addWidget(page)
    page.leave()
    qtbot.waitUntil(lambda: not desk.jobs.running)
    assert page.found == ()
