"""Registers and records at another time, by the date control of their header."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from makers import a_membership, a_nominal, an_ocg
from pages import put_up
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from ocgdesk.casework.moments import NOW, Moment
from ocgdesk.domain.dates import LONDON, PartialDate
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.disclosure_dialog import Disclosure
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.record_page import RecordPage
from ocgdesk.ui.pages.register_page import RegisterPage
from ocgdesk.ui.widgets.moments import MomentPopup

pytestmark = pytest.mark.usefixtures("dressed", "no_views_left")


@pytest.fixture
def register(desk: Desk, qtbot: QtBot) -> Callable[[Kind], RegisterPage]:
    def make(kind: Kind) -> RegisterPage:
        made = RegisterPage(desk, Target(page=PageKind.REGISTER, kind=kind))
        return put_up(qtbot, made)

    return make


@pytest.fixture
def story(given, put, workspace):
    """Two OCGs, one renamed since, one removed since, and a new one; and the moment before."""
    one, two = given(an_ocg("Tarn", tier="1"), an_ocg("Fell", tier="2"))
    moment = Moment(as_at=datetime.now(LONDON))
    put(one, name="Renamed", tier="3")
    given(an_ocg("New"))
    with workspace.work("Remove") as done:
        done.work.remove(done.work.reader.find(two.id))
    return one, two, moment


def names(page: RegisterPage) -> list[str]:
    return [str(page.model.index(row, 1).data()) for row in range(page.model.rowCount())]


def go(page: RegisterPage, moment: Moment, qtbot: QtBot) -> None:
    page.past.go_to(moment)
    qtbot.waitUntil(page.ready)
    names(page)  # the cells are asked for as they are looked at
    qtbot.waitUntil(page.ready)


def test_the_rows_are_those_of_then_and_of_now_again(register, story, qtbot: QtBot) -> None:
    page = register(Kind.OCG)
    QAbstractItemModelTester(page.model)
    go(page, story[2], qtbot)
    assert names(page) == ["Fell", "Tarn"]
    assert page.past.strip.isVisible()
    assert "2 of 2" in page.header.subtitle.text()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton)
    page.model.turn(1)
    page.model.turn(1)
    qtbot.waitUntil(lambda: page.ready() and names(page)[0] == "Tarn")
    page.past.strip.left.emit()
    qtbot.waitUntil(page.ready)
    qtbot.waitUntil(lambda: sorted(names(page)) == ["New", "Renamed"])
    assert page.past.strip.isHidden()


def test_what_is_counted_of_now_alone_says_so_over_rows_of_then(
    register, story, qtbot: QtBot
) -> None:
    page = register(Kind.OCG)

    def headings() -> set[str]:
        across = Qt.Orientation.Horizontal
        return {page.model.headerData(n, across) for n in range(1, page.model.columnCount())}

    assert {"Members", "Name"} <= headings()
    go(page, story[2], qtbot)
    assert {"Members (now only)", "Name"} <= headings()
    page.past.go_to_now()
    assert "Members" in headings()


def test_nothing_is_changed_in_the_past(register, story, workspace, qtbot: QtBot) -> None:
    page = register(Kind.OCG)
    go(page, story[2], qtbot)
    assert not page.new_button.isEnabled()
    page.table.setCurrentIndex(page.model.index(1, 1))
    head = workspace.head()
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    qtbot.keyClick(page.table, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    qtbot.wait(100)
    assert workspace.head() == head
    page.past.go_to_now()
    qtbot.waitUntil(page.ready)
    assert page.new_button.isEnabled()


def test_a_removed_record_opens_as_it_was(register, story, desk, qtbot: QtBot) -> None:
    _one, two, moment = story
    page = register(Kind.OCG)
    go(page, moment, qtbot)
    with qtbot.waitSignal(page.opened) as went:
        page.table.opened.emit(0)
    target = went.args[0]
    assert (target.id, target.moment) == (two.id, moment)
    record = RecordPage(desk, target)
    qtbot.addWidget(record)
    record.show()
    qtbot.waitUntil(record.ready)
    assert record.header.title.text() == "Fell"


def test_what_is_exported_is_what_was_shown(register, story, qtbot: QtBot, tmp_path: Path) -> None:
    page = register(Kind.OCG)
    go(page, story[2], qtbot)
    out = tmp_path / "then.csv"
    rows = page._rows(tuple(page.model.numbers))
    with qtbot.waitSignal(page.papers.written):
        page.papers.export(rows, Disclosure(path=out, recipient="ROCU", reason="Review"))
    text = out.read_text(encoding="utf-8-sig")
    assert "Fell" in text
    assert "Renamed" not in text
    assert "As at" in text


def test_other_columns_are_those_of_then_too(register, story, qtbot: QtBot) -> None:
    page = register(Kind.OCG)
    go(page, story[2], qtbot)
    page.model.show_columns(["name", "ref", "tier"])
    qtbot.waitUntil(page.ready)

    def tiers() -> list[object]:
        return [page.model.index(row, 3).data() for row in range(2)]

    tiers()
    qtbot.waitUntil(page.ready)
    assert tiers() == [label("tiers", "2"), label("tiers", "1")]


def test_memberships_are_those_that_held_on_a_day(register, given, qtbot: QtBot) -> None:
    ocg, one, two = given(an_ocg(), a_nominal("One"), a_nominal("Two"))
    given(
        a_membership(one, ocg, end=PartialDate.parse("2022")),
        a_membership(two, ocg, start=PartialDate.parse("2023")),
    )
    page = register(Kind.MEMBERSHIP)
    assert len(names(page)) == 2
    go(page, Moment(on=date(2024, 1, 1)), qtbot)
    assert names(page) == ["Two"]


def test_the_dates_are_typed_over_the_page_and_checked_in_place(
    register, story, qtbot: QtBot
) -> None:
    page = register(Kind.MEMBERSHIP)
    qtbot.mouseClick(page.past.button, Qt.MouseButton.LeftButton)
    popup = page.findChild(MomentPopup)
    assert popup.on.isVisible()
    qtbot.keyClicks(popup.as_at, "never")
    qtbot.keyClick(popup.as_at, Qt.Key.Key_Return)
    assert popup.said.isVisible()
    popup.as_at.clear()
    qtbot.keyClicks(popup.as_at, "1/1/2199")
    qtbot.keyClick(popup.as_at, Qt.Key.Key_Return)
    assert "future" in popup.said.text()
    popup.as_at.clear()
    qtbot.keyClicks(popup.as_at, "1/2/2026")
    qtbot.keyClicks(popup.on, "3/3/2024")
    with qtbot.waitSignal(page.past.button.chosen) as chosen:
        qtbot.mouseClick(popup.show_button, Qt.MouseButton.LeftButton)
    moment = chosen.args[0]
    assert (moment.as_at.astimezone(LONDON).date(), moment.on) == (
        date(2026, 2, 1), date(2024, 3, 3),
    )  # fmt: skip
    qtbot.waitUntil(page.ready)
    assert "what held on 3 Mar 2024" in page.past.strip.words.text()


def test_an_ocg_has_no_valid_time_of_its_own(register, qtbot: QtBot) -> None:
    page = register(Kind.OCG)
    page.past.button.open()
    popup = page.findChild(MomentPopup)
    assert not popup.on.isVisible()
    qtbot.keyClick(popup, Qt.Key.Key_Escape)


def test_a_record_shows_what_held_on_a_day(desk, given, qtbot: QtBot) -> None:
    ocg, one, two = given(an_ocg("Tarn"), a_nominal("One"), a_nominal("Two"))
    given(
        a_membership(one, ocg, end=PartialDate.parse("2022")),
        a_membership(two, ocg, start=PartialDate.parse("2023")),
    )
    page = RecordPage(desk, Target(page=PageKind.RECORD, kind=Kind.OCG, id=ocg.id))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.ready)
    page.when_button.chosen.emit(replace(NOW, on=date(2024, 1, 1)))
    qtbot.waitUntil(page.ready)
    assert [item.other.label for item in page.dossier.memberships] == ["Two"]
    assert not page.edit_button.isEnabled()
    page.strip.left.emit()
    qtbot.waitUntil(page.ready)
    assert len(page.dossier.memberships) == 2


def test_the_history_tells_of_one_field(desk, given, put, qtbot: QtBot) -> None:
    (ocg,) = given(an_ocg("Tarn"))
    put(ocg, name="Tarn Two")
    put(ocg, summary="Quiet")
    page = RecordPage(desk, Target(page=PageKind.RECORD, kind=Kind.OCG, id=ocg.id))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.ready)
    page.tabs.choose("history")
    qtbot.waitUntil(page.ready)
    everything = len(page.history.rows.rows)
    page.history.field.choose("name")
    page.history.field.chosen.emit("name")
    assert [row.value for row in page.history.rows.rows] == ["Tarn Two", "Tarn"]
    assert page.history.rows.index(0, 3).data() == "Ann"
    page.history.field.choose("")
    page.history.field.chosen.emit("")
    assert len(page.history.rows.rows) == everything
