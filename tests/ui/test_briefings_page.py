"""Briefings as one works with them: made beside the preview, issued, a new version, recalled."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from docx import Document as WordFile
from makers import a_chart, a_membership, a_nominal, a_report, an_ocg
from pages import put_up, settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ocgdesk.casework import charts, products
from ocgdesk.casework.briefs import Wish
from ocgdesk.casework.products import Issue
from ocgdesk.domain.charts import Point
from ocgdesk.domain.disruptions import Disruption
from ocgdesk.domain.returns import Period
from ocgdesk.store import records
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.disclosure_dialog import DisclosureDialog
from ocgdesk.ui.dialogs.recall_dialog import RecallDialog
from ocgdesk.ui.dialogs.template_dialog import TemplateDialog
from ocgdesk.ui.dialogs.why_dialog import WhyDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.briefings_page import BriefingsPage

LEFT = Qt.MouseButton.LeftButton

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def ocg(given):
    ocg, person = given(an_ocg("Tarnbrook", status="active"), a_nominal("Ewan Pryce"))
    given(a_membership(person, ocg, importance="principal", role="principal"))
    return ocg


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, ocg) -> BriefingsPage:
    page = put_up(qtbot, BriefingsPage(desk, Target(page=PageKind.BRIEFINGS, id=ocg.id)))
    qtbot.waitUntil(lambda: page.made is not None, timeout=20_000)
    return page


def choose(page: BriefingsPage, qtbot: QtBot, audience: str) -> None:
    page.form.audience.choose(audience)
    page.form.audience.chosen.emit(audience)
    wanted = page.form.wish
    qtbot.waitUntil(
        lambda: page.made is not None and page.made.wish.audience == wanted.audience,
        timeout=20_000,
    )


def brisk(page: BriefingsPage) -> None:
    """Ask for two sections only, and without a wait: such a preview is there at once."""
    page._timer.setInterval(0)
    page.form.sections.offer(("identity", "members"), ())


def dialog_of(kind: type, qtbot: QtBot):
    def there() -> bool:
        return any(
            isinstance(one, kind) and one.isVisible() for one in QApplication.topLevelWidgets()
        )

    qtbot.waitUntil(there)
    return next(
        one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()
    )


def test_the_preview_is_what_would_leave_for_this_audience(page, qtbot):
    assert "Ewan Pryce" in page.preview.toPlainText()
    assert "OFFICIAL-SENSITIVE" in page.preview.toPlainText()
    choose(page, qtbot, "partners")
    text = page.preview.toPlainText()
    assert "Ewan Pryce" not in text
    assert "Principal 1" in text
    assert "rests on" in page.checks.text()


def test_sections_are_unticked_moved_and_written_in(page, qtbot):
    sections = page.form.sections
    sections.setCurrentRow(0)
    qtbot.mouseClick(page.form.down, LEFT)
    assert sections.codes[:2] == ("summary", "identity")
    sections.item(0).setCheckState(Qt.CheckState.Unchecked)
    sections.setCurrentRow(1)
    qtbot.keyClicks(page.form.typed, "Likely to grow.")
    qtbot.waitUntil(lambda: "Likely to grow." in page.preview.toPlainText(), timeout=20_000)
    assert page.made.wish.sections[0] == "identity"


def test_all_sections_are_in_sight_ticked_and_moved_by_keys(page, qtbot):
    sections = page.form.sections
    last = sections.visualItemRect(sections.item(sections.count() - 1))
    assert last.bottom() <= sections.viewport().height()
    sections.setCurrentRow(0)
    qtbot.keyClick(sections, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert (sections.codes[1], sections.currentRow()) == ("identity", 1)
    qtbot.keyClick(sections, Qt.Key.Key_Space)
    assert "identity" not in sections.codes


def test_what_was_typed_last_is_in_what_is_issued(page, qtbot):
    page.form.sections.setCurrentRow(1)
    qtbot.keyClicks(page.form.typed, "Typed at the last moment.")
    qtbot.mouseClick(page.issue_button, LEFT)
    dialog = dialog_of(DisclosureDialog, qtbot)
    assert dict(page.made.wish.texts)["summary"] == "Typed at the last moment."
    dialog.reject()


def test_what_was_being_made_is_there_again_after_a_lock(page, qtbot, desk):
    left: list[Target] = []
    page.became.connect(left.append)
    page.form.sections.setCurrentRow(1)
    qtbot.keyClicks(page.form.typed, "Half a thought")
    page.form.sections.item(0).setCheckState(Qt.CheckState.Unchecked)
    choose(page, qtbot, "partners")
    again = put_up(qtbot, BriefingsPage(desk, left[-1]))
    qtbot.waitUntil(lambda: again.made is not None, timeout=20_000)
    assert again.form.wish == page.form.wish
    assert dict(again.form.wish.texts) == {"summary": "Half a thought"}


def test_nothing_is_issued_before_it_is_said_what_it_is_about(desk, qtbot):
    page = put_up(qtbot, BriefingsPage(desk, Target(page=PageKind.BRIEFINGS)))
    settle(qtbot, page)
    for key in ("register", "make"):
        page.switch.choose(key)
        page.switch.chosen.emit(key)
        assert not page.issue_button.isEnabled()
    assert "Choose what it is about" in page.issue_button.toolTip()


def test_what_could_identify_somebody_is_told_beside_the_preview(page, qtbot):
    brisk(page)
    choose(page, qtbot, "partners")
    page.form.sections.setCurrentRow(0)
    qtbot.keyClicks(page.form.typed, "Pryce was seen.")
    told = "To be settled: “Pryce”, part of a name; could be “Principal 1”"
    qtbot.waitUntil(lambda: told in page.settling.text(), timeout=20_000)
    assert not page.issue_button.isEnabled()
    assert "Settle 1 place in typed text: “Pryce”" in page.issue_button.toolTip()
    _replace, keep = page.settling.buttons
    qtbot.mouseClick(keep, LEFT)
    dialog = dialog_of(WhyDialog, qtbot)
    qtbot.mouseClick(dialog.accept_button, LEFT)
    assert dialog.reason.wrong
    qtbot.keyClicks(dialog.reason.editor, "They asked by name")
    qtbot.mouseClick(dialog.accept_button, LEFT)
    kept = "Kept as typed, They asked by name: “Pryce”"
    qtbot.waitUntil(lambda: kept in page.settling.text(), timeout=20_000)
    assert "Pryce was seen." in page.preview.toPlainText()
    assert page.issue_button.isEnabled()
    qtbot.mouseClick(page.settling.buttons[0], LEFT)
    qtbot.waitUntil(lambda: "Principal 1 was seen." in page.preview.toPlainText(), timeout=20_000)
    choose(page, qtbot, "board")
    assert page.form.wish.settled == ()
    assert not page.issue_button.isEnabled()


def test_a_condition_against_the_audience_is_answered_before_it_leaves(page, qtbot, given, ocg):
    runner, report = given(
        a_nominal("Ellis Marron"), a_report(grade="2CC", conditions="For police only")
    )
    given(a_membership(runner, ocg, role="courier", reports=(report.id,)))
    brisk(page)
    choose(page, qtbot, "board")
    ruled = f"Rules Board out: For police or law enforcement only: “For police only” ({report.ref})"
    qtbot.waitUntil(lambda: ruled in page.settling.text(), timeout=20_000)
    assert not page.issue_button.isEnabled()
    _leave_out, let_go = page.settling.buttons
    qtbot.mouseClick(let_go, LEFT)
    dialog = dialog_of(WhyDialog, qtbot)
    qtbot.keyClicks(dialog.reason.editor, "The owner agreed")
    qtbot.mouseClick(dialog.accept_button, LEFT)
    told = "Goes all the same, The owner agreed: For police"
    qtbot.waitUntil(lambda: told in page.settling.text(), timeout=20_000)
    assert page.issue_button.isEnabled()
    assert page.made.wish.despite == "The owner agreed"
    qtbot.mouseClick(page.settling.buttons[0], LEFT)
    qtbot.waitUntil(lambda: ruled in page.settling.text(), timeout=20_000)
    qtbot.mouseClick(page.settling.buttons[0], LEFT)
    left = "Left out: what rests only on reports that rule Board out."
    qtbot.waitUntil(lambda: left in page.settling.text(), timeout=20_000)
    assert "Courier" not in page.preview.toPlainText()
    assert page.issue_button.isEnabled()


def issue(page, qtbot, path: Path) -> None:
    qtbot.mouseClick(page.issue_button, LEFT)
    dialog = dialog_of(DisclosureDialog, qtbot)
    dialog.recipient.editor.setText("DCI Hale")
    dialog.reason.editor.setText("Tasking")
    dialog.path.editor.setText(str(path))
    with qtbot.waitSignal(page.said, timeout=30_000):
        qtbot.mouseClick(dialog.accept_button, LEFT)
    settle(qtbot, page)


def test_it_is_issued_registered_and_followed_by_a_new_version(page, qtbot, tmp_path, desk):
    issue(page, qtbot, tmp_path / "one.docx")
    words = "\n".join(p.text for p in WordFile(str(tmp_path / "one.docx")).paragraphs)
    assert "OCG profile: Tarnbrook" in words
    page.switch.choose("register")
    page.switch.chosen.emit("register")
    row = page.register.model.rows[0]
    assert (row.product.recipient, row.product.number) == ("DCI Hale", 1)
    qtbot.mouseClick(page.register.again_button, LEFT)
    qtbot.waitUntil(lambda: page.made is not None and page.issue_button.isEnabled(), timeout=20_000)
    settle(qtbot, page)
    issue(page, qtbot, tmp_path / "two.pdf")
    with desk.workspace.reading() as reader:
        assert [(p.number, p.status) for p in products.register(reader)] == [
            (2, "issued"),
            (1, "replaced"),
        ]


def test_what_is_no_version_of_the_one_it_follows_is_said_and_issued_on_its_own(
    page, qtbot, tmp_path, desk
):
    issue(page, qtbot, tmp_path / "one.html")
    page.switch.choose("register")
    page.switch.chosen.emit("register")
    qtbot.mouseClick(page.register.again_button, LEFT)
    qtbot.waitUntil(lambda: "It would be version 2" in page.checks.text(), timeout=20_000)
    assert "Draft, not issued" in page.preview.toPlainText()
    page.form.audience.choose("public")
    page.form.audience.chosen.emit("public")
    qtbot.waitUntil(lambda: "a product of its own" in page.note.sentence.text(), timeout=20_000)
    assert page.note.button.text() == "Issue on its own"
    page.note.acted.emit()
    qtbot.waitUntil(lambda: page.made is not None, timeout=20_000)
    issue(page, qtbot, tmp_path / "two.html")
    with desk.workspace.reading() as reader:
        found = [(p.number, p.status, p.audience) for p in products.register(reader)]
    assert sorted(found) == [(1, "issued", "internal"), (1, "issued", "public")]


def test_a_section_there_is_none_of_any_more_is_told_and_left_away(desk, qtbot, ocg, put, tmp_path):
    wish = Wish(product="ocg-profile", subject=ocg.id, sections=("identity", "members"))
    said = Issue(path=tmp_path / "p.html")
    at = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
    old = products.issue(desk.workspace, wish, said, now=at)
    put(old, spec=old.spec.replace('"members"', '"horoscope"'))
    page = put_up(qtbot, BriefingsPage(desk, Target(page=PageKind.BRIEFINGS)))
    qtbot.waitUntil(page.ready, timeout=10_000)
    qtbot.mouseClick(page.register.again_button, LEFT)
    qtbot.waitUntil(lambda: "'horoscope' any more" in page.checks.text(), timeout=20_000)
    assert page.made.wish.sections == ("identity",)


def test_a_product_is_recalled_only_with_a_reason(page, qtbot, tmp_path, desk):
    issue(page, qtbot, tmp_path / "one.docx")
    page.switch.choose("register")
    page.switch.chosen.emit("register")
    qtbot.mouseClick(page.register.recall_button, LEFT)
    dialog = dialog_of(RecallDialog, qtbot)
    qtbot.mouseClick(dialog.accept_button, LEFT)
    assert dialog.reason.wrong
    qtbot.keyClicks(dialog.reason.editor, "Wrong person")
    qtbot.mouseClick(dialog.accept_button, LEFT)

    def recalled() -> bool:
        with desk.workspace.reading() as reader:
            return products.register(reader)[0].status == "recalled"

    qtbot.waitUntil(recalled, timeout=10_000)


def test_without_a_record_it_says_how_to_begin(desk, qtbot):
    page = put_up(qtbot, BriefingsPage(desk, Target(page=PageKind.BRIEFINGS)))
    assert page.sheets.currentWidget() is page.empty
    assert page.made is None


def pick(page: BriefingsPage, product: str) -> None:
    page.form.product.choose(product)
    page.form.product.chosen.emit(product)


def test_a_local_profile_asks_for_the_area_and_a_period(page, qtbot):
    pick(page, "local-profile")
    about = page.form.about
    assert (about.finder.isHidden(), about.place.isHidden()) == (True, False)
    qtbot.waitUntil(lambda: page.sheets.currentWidget() is page.empty, timeout=10_000)
    about.place.setText("WMP")
    about.place.editingFinished.emit()
    qtbot.waitUntil(lambda: page.made is not None, timeout=20_000)
    assert "West Midlands Police" in page.preview.toPlainText()
    about.place.setText("Atlantis")
    about.place.editingFinished.emit()
    qtbot.waitUntil(lambda: "no area 'Atlantis'" in page.note.sentence.text(), timeout=20_000)


def test_a_saved_chart_is_put_among_the_sections(page, qtbot, desk, ocg):
    with desk.workspace.work("Save chart") as done:
        charts.save(done.work, a_chart("Round Tarnbrook"), {ocg.id: Point(0, 0)})
    page.form.charts.box.setText("Round")
    qtbot.waitUntil(lambda: bool(page.form.charts.table.rows), timeout=10_000)
    page.form.charts.taken.emit(page.form.charts.table.rows[0])
    assert page.form.sections.codes[-1].startswith("chart:")
    qtbot.waitUntil(lambda: "Round Tarnbrook" in page.preview.toPlainText(), timeout=20_000)


def test_a_template_of_the_forces_own_is_added_chosen_and_removed(page, qtbot, tmp_path):
    file = WordFile()
    file.add_paragraph("Riverside: {{ title }} {{ gossip }}")
    file.save(str(tmp_path / "own.docx"))
    page.templates.take(tmp_path / "own.docx")
    dialog = dialog_of(TemplateDialog, qtbot)
    assert dialog.name.text == "own"
    qtbot.mouseClick(dialog.accept_button, LEFT)
    qtbot.waitUntil(lambda: page.form.template.count() == 2, timeout=10_000)
    page.form.template.setCurrentIndex(1)
    page.form.template.chosen.emit(page.form.template.current)
    qtbot.waitUntil(lambda: "nothing stands for: gossip" in page.checks.text(), timeout=20_000)
    issue(page, qtbot, tmp_path / "one.docx")
    first = WordFile(str(tmp_path / "one.docx")).paragraphs[0].text
    assert first == "Riverside: OCG profile: Tarnbrook {{ gossip }}"
    qtbot.mouseClick(page.templates.remove_button, LEFT)
    qtbot.waitUntil(page.form.template.isHidden, timeout=10_000)


def test_a_damaged_template_gets_one_sentence(page, qtbot, tmp_path):
    (tmp_path / "own.docx").write_bytes(b"PK no file")
    page.templates.take(tmp_path / "own.docx")
    qtbot.waitUntil(lambda: "is damaged" in page.templates.note.sentence.text(), timeout=10_000)


def test_columns_are_left_out_and_a_marking_too_low_is_refused(page, qtbot):
    sections = page.form.sections
    sections.setCurrentRow(next(n for n, code in enumerate(sections.codes) if code == "members"))
    assert "Importance" in page.preview.toPlainText()
    assert page.form.columns.isEnabled()
    menu = page.form.column_menu()
    next(one for one in menu.actions() if one.text() == "Importance").trigger()
    menu.close()
    qtbot.waitUntil(lambda: "Importance" not in page.preview.toPlainText(), timeout=20_000)
    assert page.form.wish.left_out == (("members", ("Importance",)),)
    page.form.marking.choose("official")
    page.form.marking.chosen.emit("official")
    qtbot.waitUntil(lambda: "outrank OFFICIAL" in page.note.sentence.text(), timeout=20_000)
    assert page.sheets.currentWidget() is page.above
    assert {row.record.label for row in page.above.model.rows} == {"Tarnbrook", "Ewan Pryce"}
    opened = []
    page.opened.connect(lambda target, _aside: opened.append(target.id))
    qtbot.mouseClick(page.above.open_button, LEFT)
    assert opened == [page.above.model.rows[0].record.id]


def test_the_register_says_whom_to_tell_if_a_record_was_wrong(page, qtbot, tmp_path, desk, given):
    other = given(a_nominal("Somebody Else"))[0]
    issue(page, qtbot, tmp_path / "one.docx")
    register = page.register
    with desk.workspace.reading() as reader:
        rested, not_rested = (
            records.brief(reader, id_) for id_ in (page.made.subject.id, other.id)
        )
    register.rest_on(not_rested)
    qtbot.waitUntil(lambda: register.ready() and not register.model.rows, timeout=10_000)
    assert "No issued briefing rests on" in register.empty.sentence.text()
    register.rest_on(rested)
    qtbot.waitUntil(lambda: register.ready() and len(register.model.rows) == 1, timeout=10_000)
    register.chip.removed.emit("")
    assert register.chip is None


@pytest.fixture
def report(desk: Desk, given, tmp_path):
    """A claim, and the performance report that counted it."""
    claim = given(
        Disruption(
            title="Cash taken",
            on=date(2026, 5, 5),
            strand="pursue",
            level="minor",
            status="accepted",
        )
    )[0]
    year = Period(date(2025, 11, 1), date(2026, 10, 31))
    wish = Wish(product="performance", sections=("return:disruptions",), period=year)
    said = Issue(path=tmp_path / "p.html")
    products.issue(desk.workspace, wish, said, now=datetime(2026, 11, 18, 9, 0, tzinfo=UTC))
    return claim


def test_the_register_says_in_which_figures_a_record_stands(desk, qtbot, report):
    target = Target(page=PageKind.BRIEFINGS, kind=report.kind, id=report.id, tab="register")
    page = put_up(qtbot, BriefingsPage(desk, target))
    register = page.register
    qtbot.waitUntil(lambda: page.ready() and register.figures.isVisible(), timeout=10_000)
    assert page.stack.currentWidget() is register
    rows = [(one.paper, one.stands.row) for one in register.figures.model.rows]
    assert (register.model.rows[0].product.ref, "Pursue") in rows
    assert f"counted in {len(rows)} rows" in register.figures.says.text()
    register.chip.removed.emit("")
    qtbot.waitUntil(lambda: register.ready() and not register.figures.isVisible(), timeout=10_000)


def test_figures_that_are_others_now_stand_beneath_the_product(desk, qtbot, report, put):
    put(report, strand="protect")
    page = put_up(qtbot, BriefingsPage(desk, Target(page=PageKind.BRIEFINGS)))
    page.switch.choose("register")
    page.switch.chosen.emit("register")
    figures = page.register.figures
    qtbot.waitUntil(lambda: page.register.ready() and figures.isVisible(), timeout=10_000)
    told = {one.row: (one.then, one.now) for one in figures.model.rows}
    assert told == {"Pursue": (1.0, 0.0), "Protect": (0.0, 1.0)}
    shown = [figures.model.index(0, n).data() for n in range(figures.model.columnCount())]
    assert shown[-2:] == ["1", "0"]


def test_figures_asked_for_before_do_not_come_over_those_of_a_record(desk, qtbot, report, put):
    put(report, strand="protect")
    page = put_up(qtbot, BriefingsPage(desk, Target(page=PageKind.BRIEFINGS)))
    page.switch.choose("register")
    page.switch.chosen.emit("register")
    register = page.register
    with desk.workspace.reading() as reader:
        record = records.brief(reader, report.id)
    register.refresh()
    qtbot.waitUntil(lambda: bool(register.model.rows), timeout=10_000)
    register.rest_on(record)
    qtbot.waitUntil(lambda: register.ready() and register.figures.isVisible(), timeout=10_000)
    assert {one.stands.row for one in register.figures.model.rows} >= {"Pursue", "Minor"}


def test_the_register_tells_what_changed_since_and_opens_what_it_is_about(
    desk, qtbot, ocg, put, tmp_path
):
    wish = Wish(product="ocg-profile", subject=ocg.id, sections=("identity", "members"))
    said = Issue(path=tmp_path / "p.html")
    products.issue(desk.workspace, wish, said, now=datetime(2026, 11, 18, 9, 0, tzinfo=UTC))
    page = put_up(qtbot, BriefingsPage(desk, Target(page=PageKind.BRIEFINGS)))
    page.switch.choose("register")
    page.switch.chosen.emit("register")
    register = page.register
    qtbot.waitUntil(lambda: "No record that it tells of" in register.says.text(), timeout=10_000)
    assert register.changes.isHidden()
    put(ocg, tier="t1")
    register.refresh()
    qtbot.waitUntil(lambda: register.ready() and register.changes.isVisible(), timeout=10_000)
    shown = [register.changes.model.index(0, n).data() for n in range(6)]
    assert shown[:5] == ["At a glance", "Changed", "Tarnbrook", ocg.ref, "Tier"]
    assert "T1" in shown[5]
    opened = []
    register.opened.connect(lambda target, _aside: opened.append(target.id))
    register.changes.table.opened.emit(0)
    register.table.opened.emit(0)
    assert opened == [ocg.id, ocg.id]
    row = [register.model.index(0, n).data() for n in range(6)]
    assert row[2:] == ["1", "Issued", "18 Nov 2026, 09:00", "Own team"]
    register.table.setFocus()
    qtbot.keyClick(register.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QApplication.clipboard().text()
    assert text.splitlines()[0].startswith("Number\tProduct\tVersion\tStatus")
    assert "18 Nov 2026, 09:00" in text.splitlines()[1]
