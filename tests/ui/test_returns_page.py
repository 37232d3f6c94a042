"""Returns in the window: figures that open, a picture, definitions that are edited and kept."""

from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from docx import Document as WordFile
from makers import an_ocg
from pages import put_up, settle
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ocgdesk.casework import return_books
from ocgdesk.casework.moments import Moment
from ocgdesk.domain.disruptions import Disruption
from ocgdesk.domain.entities import Operation
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Role
from ocgdesk.domain.returns import Period
from ocgdesk.settings import Settings
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.disclosure_dialog import Disclosure
from ocgdesk.ui.models.return_model import ReturnModel
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.returns_page import ReturnsPage

LEFT = Qt.MouseButton.LeftButton

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def today(monkeypatch):
    day = date(2026, 11, 18)
    monkeypatch.setattr(Desk, "today", staticmethod(lambda: day))
    return day


def a_claim(on: date, **more) -> Disruption:
    return Disruption(
        title="Flat closed",
        on=on,
        status="accepted",
        **{"strand": "protect", "part": "lead"} | more,
    )


@pytest.fixture
def claims(given, today):
    given(an_ocg("Tarnbrook"))
    before = [a_claim(date(2025, 3, n + 1)) for n in range(2)]
    now = [a_claim(date(2026, 3, n + 1)) for n in range(3)]
    return given(*before, *now, a_claim(date(2026, 4, 1), strand="", part="support"))


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, claims):
    return put_up(qtbot, ReturnsPage(desk, Target(page=PageKind.RETURNS)), 1400, 800)


def line(page: ReturnsPage, code: str) -> int:
    return next(
        n for n, row in enumerate(page.model.rows) if row.line is not None and row.line.code == code
    )


def texts(page: ReturnsPage, row: int) -> list[str]:
    return [page.model.index(row, n).data() for n in range(4)]


def test_two_periods_stand_side_by_side_with_a_change_that_judges_nothing(page, qtmodeltester):
    assert texts(page, line(page, "protect")) == ["Protect", "2", "3", "▲ 50 %"]
    assert isinstance(page.model, ReturnModel)
    qtmodeltester.check(page.model)


def test_what_has_no_strand_is_told_beneath(page):
    assert "1 of 4 has no strand" in page.counted.sentence.text()
    assert "rows add up to 3" in page.counted.sentence.text()


def test_a_click_on_a_figure_opens_the_records_beneath_it(qtbot, page, claims):
    panel = page.inspector()
    qtbot.addWidget(panel)
    index = page.model.index(line(page, "protect"), 1)
    page.table.scrollTo(index)
    spot = page.table.visualRect(index).center()
    qtbot.mouseClick(page.table.viewport(), LEFT, pos=spot)
    qtbot.waitUntil(lambda: len(panel.model.rows) == 2)
    assert {brief.id for brief in panel.model.rows} == {one.id for one in claims[:2]}
    opened: list[Target] = []
    page.opened.connect(lambda target, _new: opened.append(target))
    panel.table.opened.emit(0)
    assert (opened[0].page, opened[0].kind) == (PageKind.RECORD, Kind.DISRUPTION)


def test_the_period_before_can_be_left_out(qtbot, page):
    page.bar.against.choose("alone")
    page.bar.against.chosen.emit("alone")
    settle(qtbot, page)
    assert page.model.figures == 1


def test_what_is_counted_as_it_stands_now_asks_for_no_period_and_says_of_no_before(qtbot, page):
    page.bar.turned.emit("handles")
    settle(qtbot, page)
    titles = [
        page.model.headerData(n, Qt.Orientation.Horizontal) for n in range(page.model.columnCount())
    ]
    assert titles == ["What is counted", "Now", "Share", "In proportion"]
    assert not page.bar.periods.isEnabled()


def test_a_period_that_is_none_is_said_and_the_one_before_it_holds(page):
    bar, boxes = page.bar, page.bar.boxes
    bar.periods.choose("custom")
    boxes.first.setText("1/1/2026")
    boxes.last.setText("31/3/2026")
    assert bar.period() == Period(date(2026, 1, 1), date(2026, 3, 31))
    boxes.last.setText("31/12/2020")
    assert bar.period() == Period(date(2026, 1, 1), date(2026, 3, 31))
    assert "on or after" in boxes.last.accessibleDescription()


def test_what_is_counted_takes_two_lines_until_all_of_it_is_wanted(qtbot, page):
    words = page.counted.sentence
    line = words.fontMetrics().lineSpacing()
    words.setText("Claims that were accepted. " * 60)
    page.resize(page.width() + 1, page.height())
    assert words.maximumHeight() == 2 * line
    qtbot.mouseClick(page.counted.button, Qt.MouseButton.LeftButton)
    assert words.maximumHeight() > 4 * line
    assert page.counted.button.text() == "Show less"


def test_the_figure_is_drawn_and_said_in_words(qtbot, page):
    page.views.choose("figure")
    page.views.chosen.emit("figure")
    qtbot.waitUntil(page.ready, timeout=30_000)
    assert page.figure.isVisible()
    assert not page.table.isVisible()
    assert page.figure.picture.pixmap().width() > 200
    assert "Protect: " in page.figure.picture.accessibleName()


def test_an_analyst_cannot_edit_a_definition(qtbot, claims, add_user, opened_by):
    theirs = Desk(opened_by(add_user("bob", Role.ANALYST)), Settings())
    made = put_up(qtbot, ReturnsPage(theirs, Target(page=PageKind.RETURNS)))
    assert not made.define_button.isEnabled()
    made.close()
    theirs.close()


def test_a_dated_break_is_kept_with_the_next_version_and_printed(
    qtbot, claims, add_user, opened_by
):
    theirs = Desk(opened_by(add_user("cora", Role.COORDINATOR)), Settings())
    made = put_up(qtbot, ReturnsPage(theirs, Target(page=PageKind.RETURNS)), 1400, 800)
    qtbot.mouseClick(made.define_button, LEFT)
    dialog = made.dialog
    assert dialog is not None
    heading = dialog.form.heading
    qtbot.mouseClick(heading.breaks.add_button, LEFT)
    qtbot.mouseClick(dialog.accept_button, LEFT)
    assert "A break needs its day and the reason" in dialog.error.sentence.text()
    heading.breaks.rows[0].on.setText("1/4/2026")
    heading.breaks.rows[0].reason.setText("Support counts only where it was needed")
    assert "1 breaks" in dialog.state.text()
    qtbot.mouseClick(dialog.accept_button, LEFT)
    QApplication.processEvents()
    settle(qtbot, made)
    assert made.made is not None
    assert made.made.definition.number == 2
    assert "From 1 Apr 2026 the figures are not like those before" in made.counted.sentence.text()
    made.close()
    theirs.close()


def test_a_return_that_is_no_longer_offered_comes_back_when_it_is_saved_again(
    qtbot, claims, add_user, opened_by
):
    theirs = Desk(opened_by(add_user("cora", Role.COORDINATOR)), Settings())
    made = put_up(qtbot, ReturnsPage(theirs, Target(page=PageKind.RETURNS)))
    activity = made.made.definition
    qtbot.mouseClick(made.define_button, LEFT)
    qtbot.mouseClick(made.dialog.retire_button, LEFT)
    settle(qtbot, made)
    assert activity.code == "activity"
    assert made.code == "operation"
    assert "activity" not in [one.key for one in made.bar.which.options]
    assert theirs.do("Define return", partial(return_books.save, definition=activity))
    with theirs.workspace.reading() as reader:
        assert return_books.find(reader, "activity").number == 3
    made.close()
    theirs.close()


def test_what_is_no_definition_is_told_and_not_kept(qtbot, claims, add_user, opened_by):
    theirs = Desk(opened_by(add_user("cora", Role.COORDINATOR)), Settings())
    made = put_up(qtbot, ReturnsPage(theirs, Target(page=PageKind.RETURNS)))
    qtbot.mouseClick(made.define_button, LEFT)
    dialog = made.dialog
    assert dialog is not None
    dialog.view.choose("text")
    dialog.view.chosen.emit("text")
    dialog.editor.setPlainText(dialog.editor.toPlainText().replace('"strand"', '"strind"', 1))
    assert "strind" in dialog.state.text()
    qtbot.mouseClick(dialog.accept_button, LEFT)
    assert "strind" in dialog.error.sentence.text()
    dialog.reject()
    with theirs.workspace.reading() as reader:
        assert return_books.find(reader, "activity").number == 1
    made.close()
    theirs.close()


def test_the_figure_leaves_as_a_marked_picture_and_is_journalled(qtbot, page, tmp_path: Path):
    out, before = tmp_path / "activity.png", page.desk.workspace.head()[0]
    page.papers.leave(page.made, Disclosure(path=out, recipient="Board", reason="SPCB"))
    qtbot.waitUntil(lambda: QImage(str(out)).width() > 500, timeout=30_000)
    assert page.desk.workspace.head()[0] > before


def test_a_return_of_an_earlier_moment_says_so_and_leads_back_to_now(qtbot, page, claims, put):
    row = line(page, "protect")
    assert texts(page, row)[2] == "3"
    moment = datetime.now(UTC)
    put(claims[2], status="returned")
    qtbot.waitUntil(lambda: texts(page, row)[2] == "2", timeout=10_000)
    page.moment_button.chosen.emit(Moment(as_at=moment))
    qtbot.waitUntil(lambda: texts(page, row)[2] == "3", timeout=10_000)
    assert page.strip.isVisible()
    assert "as this workspace had it recorded" in page.counted.sentence.text()
    page.strip.left.emit()
    qtbot.waitUntil(lambda: texts(page, row)[2] == "2", timeout=10_000)
    assert not page.strip.isVisible()


def test_a_paper_of_a_return_holds_its_figure_where_that_is_ticked(qtbot, page, tmp_path: Path):
    asked = Disclosure(path=tmp_path / "r.docx", recipient="Board", reason="x", figure=True)
    with qtbot.waitSignal(page.papers.written, timeout=30_000):
        page.papers.leave(page.made, asked)
    assert len(WordFile(str(tmp_path / "r.docx")).inline_shapes) == 1


def test_a_return_is_narrowed_to_an_operation_and_says_which(qtbot, page, given, put, claims):
    operation = given(Operation(name="Nightjar"))[0]
    put(claims[2], operation=operation.id)
    page.bar.turned.emit("operation")
    settle(qtbot, page)
    qtbot.mouseClick(page.bar.narrow_button, LEFT)
    dialog = page.bar.dialog
    assert dialog is not None
    assert set(dialog.boxes) == {"operation", "strand"}
    dialog.boxes["operation"].show_id(operation.id)
    qtbot.waitUntil(dialog.boxes["operation"].ready)
    qtbot.mouseClick(dialog.accept_button, LEFT)
    settle(qtbot, page)
    first = next(n for n, row in enumerate(page.model.rows) if row.line is not None)
    assert page.model.index(first, 1).data() == "1"
    assert f"Operation: Nightjar ({operation.ref})" in page.counted.sentence.text()
    chip = page.bar.parts[-1]
    assert chip.filter.words == "Operation: Nightjar"
    chip.removed.emit(chip.filter.key)
    settle(qtbot, page)
    assert page.made is None
    assert page.empty.isVisible()


def test_what_another_return_is_not_narrowed_by_is_let_go(qtbot, page):
    page.bar.dialog = None
    qtbot.mouseClick(page.bar.narrow_button, LEFT)
    page.bar.dialog.boxes["strand"].choose("protect")
    qtbot.mouseClick(page.bar.dialog.accept_button, LEFT)
    settle(qtbot, page)
    assert page.bar.filters()["strand"] == "protect"
    page.bar.turned.emit("handles")
    settle(qtbot, page)
    assert "strand" not in page.bar.filters()


def test_an_operations_return_asks_for_one_before_anything_is_counted(
    qtbot, page, given, put, claims
):
    operation = given(Operation(name="Nightjar"))[0]
    put(claims[2], operation=operation.id)
    page.bar.turned.emit("operation")
    qtbot.waitUntil(lambda: page.ready() and page.empty.isVisible(), timeout=10_000)
    assert (page.made, page.table.isVisible()) == (None, False)
    assert "say which" in page.empty.sentence.text()
    qtbot.mouseClick(page.empty.button, LEFT)
    dialog = page.bar.dialog
    dialog.boxes["operation"].show_id(operation.id)
    qtbot.waitUntil(dialog.boxes["operation"].ready)
    qtbot.mouseClick(dialog.accept_button, LEFT)
    qtbot.waitUntil(lambda: page.ready() and page.made is not None, timeout=10_000)
    assert (page.empty.isVisible(), page.table.isVisible()) == (False, True)
