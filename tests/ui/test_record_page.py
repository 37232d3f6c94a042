"""A record as one works with it: real clicks and keys on a real workspace."""

from functools import partial

import pytest
from makers import (
    a_handle,
    a_line,
    a_link,
    a_membership,
    a_nominal,
    a_plan,
    a_report,
    an_action,
    an_assertion,
    an_assignment,
    an_ocg,
)
from pages import put_up, settle
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ocgdesk.casework import records
from ocgdesk.domain.entities import Nominal
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Attribution, Link, Membership
from ocgdesk.domain.people import Role
from ocgdesk.domain.values import Alias
from ocgdesk.store import journal
from ocgdesk.store import records as queries
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.link_dialog import LinkDialog, ways
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.record_page import RecordPage
from ocgdesk.ui.pages.record_parts import LinkInspector
from ocgdesk.ui.widgets.inputs import Select, TextBox
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.values import Change, Text

LEFT = Qt.MouseButton.LeftButton
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def page(desk: Desk, qtbot: QtBot):
    def make(thing, tab: str = "", at: Desk | None = None) -> RecordPage:
        target = Target(page=PageKind.RECORD, kind=thing.kind, id=thing.id, tab=tab)
        made = RecordPage(at or desk, target)
        return put_up(qtbot, made, 1200, 800)

    return make


def now(desk: Desk, thing, base: Base = Base.ENTITY):
    with desk.workspace.reading() as reader:
        return reader.find(thing.id, base)


def type_into(qtbot: QtBot, page: RecordPage, name: str, text: str) -> None:
    row = page.overview.form.rows[name]
    qtbot.mouseDClick(row, LEFT)
    assert isinstance(row.editor, TextBox)
    row.editor.clear()
    qtbot.keyClicks(row.editor, text)
    qtbot.keyClick(row.editor, Qt.Key.Key_Return)


def words(widget) -> list[str]:
    return [label.text() for label in widget.findChildren(Label)]


def test_a_double_click_edits_a_field_and_enter_saves_it_as_one_act(
    given, page, desk: Desk, qtbot: QtBot
) -> None:
    (nominal,) = given(a_nominal())
    made = page(nominal)
    type_into(qtbot, made, "born", "14/2/91")
    settle(qtbot, made)
    assert made.overview.form.rows["born"].value.text() == "14 Feb 1991"
    assert str(now(desk, nominal).born) == "1991-02-14"
    assert desk.steps()[0].label == "Edit nominal"
    desk.undo()
    settle(qtbot, made)
    assert made.overview.form.rows["born"].value.text() == "–"


def test_what_makes_no_sense_is_said_under_the_field_and_not_lost(
    given, page, desk: Desk, qtbot: QtBot
) -> None:
    (nominal,) = given(a_nominal())
    made = page(nominal)
    type_into(qtbot, made, "born", "not a date")
    row = made.overview.form.rows["born"]
    qtbot.waitUntil(lambda: row.editor is not None)
    assert row.editor.text() == "not a date"
    assert "cannot be read as a date" in row.note.text()
    qtbot.keyClick(row.editor, Qt.Key.Key_Escape)
    assert row.editor is None
    assert now(desk, nominal).born is None


def test_a_date_is_echoed_as_it_is_typed(given, page, qtbot: QtBot) -> None:
    (nominal,) = given(a_nominal())
    made = page(nominal)
    row = made.overview.form.rows["born"]
    row.edit()
    qtbot.keyClicks(row.editor, "about 1996")
    assert row.note.text() == "Read as about 1996"
    row.restore()


def test_lists_are_written_with_semicolons(given, page, desk: Desk, qtbot: QtBot) -> None:
    (nominal,) = given(a_nominal())
    made = page(nominal)
    type_into(qtbot, made, "aliases", "Ghost (nickname); Bobby")
    settle(qtbot, made)
    assert now(desk, nominal).aliases == (Alias("Ghost", "nickname"), Alias("Bobby"))
    assert made.overview.form.rows["aliases"].value.text() == "Ghost (nickname) · Bobby"
    type_into(qtbot, made, "identifiers", "12345")
    row = made.overview.form.rows["identifiers"]
    qtbot.waitUntil(lambda: row.editor is not None)
    assert "lacks its scheme" in row.note.text()
    row.restore()


def test_a_change_meanwhile_is_said_and_what_was_typed_is_offered_again(
    given, page, desk: Desk, put, qtbot: QtBot
) -> None:
    (nominal,) = given(a_nominal("Old Name"))
    made = page(nominal)
    put(nominal, name="Their Name")
    type_into(qtbot, made, "name", "My Name")
    settle(qtbot, made)
    row = made.overview.form.rows["name"]
    qtbot.waitUntil(lambda: row.editor is not None)
    assert row.editor.text() == "My Name"
    assert row.note.text()
    assert made.header.title.text() == "Their Name"
    qtbot.keyClick(row.editor, Qt.Key.Key_Return)
    settle(qtbot, made)
    assert now(desk, nominal).name == "My Name"


def test_a_reader_sees_but_cannot_edit(given, page, add_user, opened_by, qtbot: QtBot) -> None:
    from ocgdesk.settings import Settings

    (nominal,) = given(a_nominal())
    theirs = Desk(opened_by(add_user("rae", Role.READER)), Settings())
    made = page(nominal, at=theirs)
    assert not made.edit_button.isEnabled()
    assert "roles" in made.edit_button.toolTip()
    row = made.overview.form.rows["name"]
    qtbot.mouseDClick(row, LEFT)
    assert row.editor is None
    theirs.stop()


def test_opening_is_logged_once(given, page, desk: Desk, qtbot: QtBot) -> None:
    (nominal,) = given(a_nominal())
    before, _hash = desk.workspace.head()
    made = page(nominal)
    made.refresh()
    settle(qtbot, made)
    after, _hash = desk.workspace.head()
    with desk.workspace.connection() as connection:
        found = [journal.entry(connection, n) for n in range(before + 1, after + 1)]
    assert [entry.label for entry in found] == ["Open record"]


def test_an_ocg_shows_who_answers_for_it_and_how_its_plan_stands(given, page, qtbot: QtBot) -> None:
    (ocg,) = given(an_ocg(status="active", tier="t1"))
    given(an_assignment(ocg, "Insp A. Rowe", role="lro"))
    (plan,) = given(a_plan(ocg))
    given(an_action(plan))
    made = page(ocg)
    told = {fact.caption: fact.value for fact in made.facts.facts}
    assert (told["LRO"], told["SIO"]) == ("Insp A. Rowe", "None")
    assert told["MoRiLE-style sheet, local default"] == "Not assessed"
    assert "1 live" in words(made.overview)
    assert words(made.overview).count("Empty") == 3
    with qtbot.waitSignal(made.opened) as heard:
        qtbot.keyClick(made, Qt.Key.Key_R, CONTROL)
    assert heard.args[0] == Target(page=PageKind.PLAN, id=ocg.id)


def test_an_exploited_person_is_a_person_to_safeguard_and_has_no_role(given, page) -> None:
    nominal, ocg = given(a_nominal("Ann Example", exploited=True), an_ocg())
    given(a_membership(nominal, ocg, role="courier", importance="principal"))
    made = page(nominal)
    row = made.members.rows
    said = [row.index(0, column).data() for column in range(row.columnCount())]
    assert "Courier" not in said
    assert "Principal" not in said
    there = page(ocg)
    said = [there.members.rows.index(0, c).data() for c in range(3)]
    assert said == ["Ann Example", "–", "–"]


def test_the_header_of_an_exploited_person_says_so(given, page) -> None:
    from ocgdesk.ui.widgets.chips import ChipLabel
    from ocgdesk.ui.widgets.labels import ToneTile

    (nominal,) = given(a_nominal("Ann Example", exploited=True, categories=("victim",)))
    made = page(nominal)
    chips = [chip.chip.word for chip in made.header.findChildren(ChipLabel)]
    assert chips == ["Exploited person", "No safeguarding record"]
    assert made.header.findChild(ToneTile).meaning == "entity.exploited"


def test_control_and_a_figure_go_to_the_parts(given, page, qtbot: QtBot) -> None:
    (ocg,) = given(an_ocg())
    made = page(ocg)
    assert list(made.tabs.tabs) == [
        "overview", "members", "links", "intelligence", "scores", "standing", "on-file", "plan",
        "history",
    ]  # fmt: skip
    qtbot.keyClick(made, Qt.Key.Key_2, CONTROL)
    assert made.stack.currentWidget() is made.members
    assert made.members.empty.sentence.text() == "No member recorded. An OCG needs three."
    qtbot.keyClick(made, Qt.Key.Key_9, CONTROL)
    assert made.stack.currentWidget() is made.history
    settle(qtbot, made)
    assert made.history.rows.rowCount() > 0


def test_c_draws_a_chart_but_not_while_one_types(given, page, desk: Desk, qtbot: QtBot) -> None:
    (nominal,) = given(a_nominal("Old"))
    made = page(nominal)
    heard: list[Target] = []
    made.opened.connect(lambda target, _aside: heard.append(target))
    type_into(qtbot, made, "name", "cc")
    assert heard == []
    settle(qtbot, made)
    assert now(desk, nominal).name == "cc"
    qtbot.keyClick(made.overview.form.rows["name"], Qt.Key.Key_C)
    assert heard == [Target(page=PageKind.CHART, focus=(nominal.id,))]


def test_a_link_says_what_it_rests_on(given, page, qtbot: QtBot) -> None:
    nominal, line, report = given(
        a_nominal(),
        a_line(),
        a_report(grade="2CP", text="Seen answering the line.", origin="Source A"),
    )
    given(a_link(nominal, line, type="answers", reports=(report.id,)))
    given(a_link(nominal, line, type="associate"))
    made = page(nominal, "links")
    heard: list = []
    made.inspected.connect(heard.append)
    table = made.links.table
    rested = [n for n, item in enumerate(made.links.rows.rows) if item.link.reports]
    for row in range(2):
        table.setCurrentIndex(made.links.rows.index(row, 0))
        assert isinstance(heard[-1], LinkInspector)
        qtbot.addWidget(heard[-1])
        said = words(heard[-1])
        if row in rested:
            assert "Rests on 1 report" in said
            assert "Seen answering the line." in said
        else:
            assert "Source not recorded" in said
    made.tabs.choose("intelligence")
    assert made.reports.rows.rowCount() == 1


def test_a_double_click_on_a_link_opens_the_other_end(given, page, qtbot: QtBot) -> None:
    nominal, line = given(a_nominal(), a_line())
    given(a_link(nominal, line, type="answers"))
    made = page(line, "links")
    assert made.links.rows.index(0, 0).data() == "Answered by"
    box = made.links.table.visualRect(made.links.rows.index(0, 1))
    viewport = made.links.table.viewport()
    qtbot.mouseClick(viewport, LEFT, pos=box.center())
    with qtbot.waitSignal(made.opened) as heard:
        qtbot.mouseDClick(viewport, LEFT, pos=box.center())
    assert heard.args[0] == Target(page=PageKind.RECORD, kind=Kind.NOMINAL, id=nominal.id)


def links_of(desk: Desk, thing) -> list[Link]:
    with desk.workspace.reading() as reader:
        return [item.link for item in queries.links_of(reader, thing.id)]


def find_other(qtbot: QtBot, dialog: LinkDialog, text: str) -> None:
    qtbot.keyClicks(dialog.box, text)
    qtbot.waitUntil(lambda: dialog.table.rowCount() > 0)
    qtbot.keyClick(dialog.hits, Qt.Key.Key_Return)
    assert dialog.other is not None


def test_a_member_is_found_and_added_with_role_and_importance(
    given, page, desk: Desk, qtbot: QtBot
) -> None:
    ocg, nominal = given(an_ocg(), a_nominal("Aled Cors"))
    made = page(ocg, "members")
    made.members.buttons["add"].click()
    dialog = made.findChild(LinkDialog)
    find_other(qtbot, dialog, "aled")
    assert dialog.cls() is Membership
    assert not dialog.fields["role"].isHidden()
    dialog.fields["role"].editor.choose("line-holder")
    dialog.fields["importance"].editor.choose("significant")
    dialog.fields["start"].editor.setText("about May 2025")
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: made.members.rows.rowCount() == 1)
    (link,) = links_of(desk, ocg)
    assert isinstance(link, Membership)
    assert (link.source, link.role, link.importance) == (nominal.id, "line-holder", "significant")
    assert desk.steps()[0].label == "Add membership"


def test_an_attribution_asks_how_sure_it_is(given, page, desk: Desk, qtbot: QtBot) -> None:
    handle, _nominal = given(a_handle("quietfox"), a_nominal("Aled Cors"))
    made = page(handle, "links")
    made.links.buttons["add"].click()
    dialog = made.findChild(LinkDialog)
    find_other(qtbot, dialog, "aled")
    assert dialog.cls() is Attribution
    dialog.fields["confidence"].editor.choose("probable")
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: made.links.rows.rowCount() == 1)
    (link,) = links_of(desk, handle)
    assert isinstance(link, Attribution)
    assert (link.confidence, link.basis) == ("probable", "assessment")


def test_a_bad_date_keeps_the_dialog_open(given, page, desk: Desk, qtbot: QtBot) -> None:
    one, _two = given(a_nominal("One Person"), a_nominal("Two Person"))
    made = page(one, "links")
    made.links.buttons["add"].click()
    dialog = made.findChild(LinkDialog)
    find_other(qtbot, dialog, "two")
    dialog.fields["start"].editor.setText("nonsense")
    dialog.accept_button.click()
    assert "cannot be read as a date" in dialog.fields["start"].wrong
    assert links_of(desk, one) == []
    dialog.reject()


def test_strength_is_changed_and_a_link_taken_out_by_key(
    given, page, desk: Desk, qtbot: QtBot
) -> None:
    one, two = given(a_nominal("One"), a_nominal("Two"))
    given(a_link(one, two))
    made = page(one, "links")
    made.links.table.setCurrentIndex(made.links.rows.index(0, 0))
    qtbot.keyClick(made.links.table, Qt.Key.Key_F2)
    dialog = made.findChild(LinkDialog)
    strength = dialog.fields["strength"].editor
    assert isinstance(strength, Select)
    strength.choose("confirmed")
    dialog.accept_button.click()
    settle(qtbot, made)
    assert [link.strength for link in links_of(desk, one)] == ["confirmed"]
    qtbot.keyClick(made.links.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: made.links.rows.rowCount() == 0)
    assert desk.steps()[0].label == "Remove link"


def test_reports_a_link_rests_on_are_found_as_one_types(
    given, page, desk: Desk, qtbot: QtBot
) -> None:
    one, _two, report, _other = given(
        a_nominal("One Person"),
        a_nominal("Two Person"),
        a_report(title="Stop in Ludlow", grade="2CP"),
        a_report(title="Cash found"),
    )
    made = page(one, "links")
    made.links.buttons["add"].click()
    dialog = made.findChild(LinkDialog)
    find_other(qtbot, dialog, "two")
    qtbot.keyClicks(dialog.reports.box, "ludl")
    qtbot.waitUntil(lambda: len(dialog.reports.table.rows) == 1)
    qtbot.keyClick(dialog.reports.box, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.reports.hits, Qt.Key.Key_Return)
    assert dialog.reports.ids == (report.id,)
    assert dialog.reports.hits.isHidden()
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: made.links.rows.rowCount() == 1)
    assert links_of(desk, one)[0].reports == (report.id,)


def test_the_reports_of_a_link_stand_as_chips_and_can_be_taken_away(
    given, page, desk: Desk, qtbot: QtBot
) -> None:
    one, two, first, second = given(
        a_nominal("One"), a_nominal("Two"), a_report(title="A", grade="1AP"), a_report(title="B")
    )
    given(a_link(one, two, reports=(first.id, second.id)))
    made = page(one, "links")
    made.links.table.setCurrentIndex(made.links.rows.index(0, 0))
    made.links.buttons["edit"].click()
    dialog = made.findChild(LinkDialog)
    qtbot.waitUntil(lambda: len(dialog.reports.chips.parts) == 2)
    chip = dialog.reports.chips.parts[0]
    assert chip.text() == f"1·A·P  {first.ref}"
    assert chip.toolTip() == "A"
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert dialog.reports.ids == (second.id,)
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: links_of(desk, one)[0].reports == (second.id,))
    desk.undo()
    qtbot.waitUntil(lambda: links_of(desk, one)[0].reports == (first.id, second.id))


def test_a_link_saved_as_it_is_keeps_its_reports_unread(
    given, page, desk: Desk, qtbot: QtBot
) -> None:
    one, two, report = given(a_nominal("One"), a_nominal("Two"), a_report())
    given(a_link(one, two, reports=(report.id,)))
    made = page(one, "links")
    made.links.table.setCurrentIndex(made.links.rows.index(0, 0))
    made.links.buttons["edit"].click()
    made.findChild(LinkDialog).accept_button.click()  # before the reports were read
    assert desk.steps()[0].label == "Given"
    assert links_of(desk, one)[0].reports == (report.id,)


def test_the_history_gives_before_and_after(given, page, desk: Desk, qtbot: QtBot) -> None:
    (ocg,) = given(an_ocg(tier="t3"))
    desk.do("Edit OCG", partial(records.edit, id_=ocg.id, values={"tier": "t2"}))
    made = page(ocg, "history")
    settle(qtbot, made)
    first = made.history.rows.rows[0]
    assert (first.who, first.act, first.field) == ("Ann", "Edit OCG", "Tier")
    assert first.cell == Change(before="T3", after="T2")
    assert Text("Tarnbrook") in [line.cell for line in made.history.rows.rows]


def test_a_record_is_shown_as_it_was_and_cannot_be_changed_then(
    given, page, desk: Desk, qtbot: QtBot
) -> None:
    from datetime import timedelta

    (ocg,) = given(an_ocg("Tarnbrook"))
    made = page(ocg, "history")
    settle(qtbot, made)
    made.history.box.setText((desk.today() - timedelta(days=400)).strftime("%d/%m/%Y"))
    qtbot.keyClick(made.history.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "did not hold" in made.history.said.text())
    assert made.moment is None
    made.history.box.setText("today")
    qtbot.keyClick(made.history.box, Qt.Key.Key_Return)
    settle(qtbot, made)
    assert made.strip.isVisible()
    assert made.strip.words.text().startswith("As at ")
    assert not made.edit_button.isEnabled()
    row = made.overview.form.rows["name"]
    qtbot.mouseDClick(row, LEFT)
    assert row.editor is None
    made.strip.left.emit()
    settle(qtbot, made)
    assert not made.strip.isVisible()
    assert made.edit_button.isEnabled()


def test_a_removed_record_says_so_and_undo_brings_it_back(
    given, page, desk: Desk, qtbot: QtBot
) -> None:
    (nominal,) = given(a_nominal())
    made = page(nominal)
    qtbot.keyClick(made, Qt.Key.Key_Delete, SHIFT)
    qtbot.waitUntil(lambda: made.whole.currentIndex() == 1)
    assert "no such record" in made.gone.sentence.text()
    desk.undo()
    qtbot.waitUntil(lambda: made.whole.currentIndex() == 0)
    assert isinstance(now(desk, nominal), Nominal)


def test_an_action_leads_to_the_plan_it_is_in(given, page, qtbot: QtBot) -> None:
    (ocg,) = given(an_ocg())
    (plan,) = given(a_plan(ocg))
    (action,) = given(an_action(plan))
    made = page(action)
    with qtbot.waitSignal(made.opened) as heard:
        made.plan_button.click()
    assert heard.args[0] == Target(page=PageKind.PLAN, id=ocg.id)


def test_a_report_lists_who_cites_it(given, page, qtbot: QtBot) -> None:
    nominal, line, report = given(a_nominal(), a_line(), a_report(grade="1AP"))
    given(a_link(nominal, line, reports=(report.id,)))
    made = page(report, "intelligence")
    found = {brief.id for brief in made.reports.rows.rows}
    assert found == {nominal.id, line.id}


def test_a_field_whose_source_is_recorded_bears_its_mark(given, page) -> None:
    (nominal,) = given(a_nominal(gender="male"))
    given(an_assertion(nominal, "gender", "male"))
    made = page(nominal)
    rows = made.overview.form.rows
    assert not rows["gender"].source_button.isHidden()
    assert rows["name"].source_button.isHidden()


def test_types_are_read_from_both_ends() -> None:
    out = {way.words for way in ways(Kind.OCG, Kind.COUNTY_LINE)}
    back = {way.words for way in ways(Kind.COUNTY_LINE, Kind.OCG)}
    assert "Controls" in out
    assert "Controlled by" in back
    assert next(iter(ways(Kind.OCG, Kind.NOMINAL))).code == "member-of"


def test_a_record_opens_without_making_the_window_stand_still(
    given, page, heartbeat, qtbot: QtBot
) -> None:
    people = given(*(a_nominal(f"Person {n}") for n in range(60)))
    ocg, report = given(an_ocg(), a_report())
    given(*(a_membership(person, ocg, reports=(report.id,)) for person in people))
    page(ocg)  # the first of its kind loads modules, fonts and icons too
    heartbeat.start()
    made = page(ocg)
    for key in ("members", "links", "intelligence", "history"):
        made.tabs.choose(key)
        settle(qtbot, made)
    heartbeat.stop()
    assert made.members.rows.rowCount() == 60
    assert heartbeat.busy_ms < 100


@pytest.mark.parametrize("columns", ["members", "links", "reports", "history"])
def test_the_tables_are_proper_models(given, page, qtmodeltester, columns: str) -> None:
    ocg, nominal, line = given(an_ocg(), a_nominal(), a_line())
    given(a_membership(nominal, ocg), a_link(ocg, line, type="controls"))
    made = page(ocg, "history")
    qtmodeltester.check(getattr(made, columns).rows)


def test_the_papers_and_figures_that_rest_on_a_record_are_one_step_from_its_page(
    qtbot, page, given
):
    ocg = given(an_ocg("Tarnbrook"))[0]
    shown = page(ocg)
    with qtbot.waitSignal(shown.opened) as opened:
        shown.going.to_resting()
    target = opened.args[0]
    assert (target.page, target.id, target.tab) == (PageKind.BRIEFINGS, ocg.id, "register")
