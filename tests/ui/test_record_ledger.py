"""The ledger on the page of a handle: what it shows, what its buttons do, how it was."""

from datetime import date, datetime

import pytest
from makers import a_handle, a_nominal
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QMenu

from ocgdesk.casework import attributions
from ocgdesk.casework.attributions import Candidate, Said
from ocgdesk.casework.ledgers import Ledger
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.subrecords import Custody
from ocgdesk.domain.values import Ground
from ocgdesk.ui.dialogs.attribution_dialog import (
    AttributionDialog,
    CandidateDialog,
    StepsDialog,
)
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.record_ledger_part import LedgerPart
from ocgdesk.ui.pages.record_ledger_strip import PeriodStrip
from ocgdesk.ui.pages.record_page import RecordPage

TODAY = date(2026, 11, 21)
LEFT = Qt.MouseButton.LeftButton
PHONE = Ground("colocation-phone", "+", "Moved with his phone on 43 of 62 days", "1A", "EX/1")
SPRING = {"first_seen": PartialDate(2020, 3, 27), "last_seen": PartialDate(2020, 6, 8)}


@pytest.fixture
def case(given):
    handle, aled, bo = a_handle(package="PKG-1", **SPRING), a_nominal(), a_nominal("Bo Cane")
    given(handle, aled, bo)
    return handle, aled, bo


@pytest.fixture
def put(workspace, case):
    """Put somebody forward for the handle."""

    def put(nominal, *grounds, by=workspace, **more):
        said = Candidate(grounds=grounds, **more)
        with by.work("Put forward attribution") as done:
            return attributions.put_forward(done.work, case[0].id, nominal.id, said, today=TODAY)

    return put


@pytest.fixture
def confirm(workspace, another_user, opened_by):
    """Take an attribution all the way, reviewed by bea."""

    def confirm(item):
        bea = opened_by(another_user)
        for who, status in ((workspace, "proposed"), (bea, "reviewed"), (bea, "confirmed")):
            with who.work("Move") as done:
                attributions.move(done.work, item.id, status, Said(), today=TODAY)

    return confirm


@pytest.fixture
def opened(qtbot, desk, case):
    def opened():
        target = Target(page=PageKind.RECORD, kind=Kind.HANDLE, id=case[0].id, tab="ledger")
        page = RecordPage(desk, target)
        qtbot.addWidget(page)
        page.resize(1200, 800)
        page.show()
        qtbot.waitUntil(page.ready)
        part = page.stack.part("ledger")
        assert isinstance(part, LedgerPart)
        qtbot.waitUntil(part.ready)
        return page, part

    return opened


def test_a_handle_opens_on_its_ledger_with_the_candidates_counted(opened, put, case):
    put(case[1], PHONE)
    page, part = opened()
    assert page.stack.current == "ledger"
    assert page.tabs.tabs["ledger"].text().startswith("Ledger")
    assert [card.put.nominal.label for card in part.sheet.cards] == ["Aled Cors"]


def test_other_kinds_have_no_ledger(qtbot, desk, case):
    page = RecordPage(desk, Target(page=PageKind.RECORD, kind=Kind.NOMINAL, id=case[1].id))
    qtbot.addWidget(page)
    qtbot.waitUntil(page.ready)
    assert "ledger" not in page.stack.offered


def test_the_next_step_is_a_button_that_says_why_it_cannot_be_taken(qtbot, opened, put, case):
    put(case[1])
    _page, part = opened()
    assert part.next_button.text() == "Propose"
    assert not part.next_button.isEnabled()
    assert "at least one ground" in part.next_button.toolTip()


def test_proposing_shows_at_once_that_somebody_else_must_review(qtbot, opened, put, case):
    put(case[1], PHONE)
    _page, part = opened()
    qtbot.mouseClick(part.next_button, LEFT)
    qtbot.waitUntil(lambda: part.next_button.text() == "Review")
    assert not part.next_button.isEnabled()
    assert "must be made by somebody else" in part.who.text()


def test_a_candidate_is_put_forward_from_the_tab(qtbot, opened, case):
    page, part = opened()
    assert part.sheet.nobody.isVisibleTo(part)
    qtbot.mouseClick(part.put_button, LEFT)
    qtbot.waitUntil(lambda: part.findChild(AttributionDialog) is not None)
    asked = part.findChild(AttributionDialog)
    qtbot.mouseClick(asked.accept_button, LEFT)
    assert "Choose the nominal" in asked.error.sentence.text()
    qtbot.keyClicks(asked.nominal.box, "Cane")
    qtbot.waitUntil(lambda: bool(asked.nominal.table.rows))
    qtbot.keyClick(asked.nominal.box, Qt.Key.Key_Return)
    asked.facts.start.editor.setText("someday")
    qtbot.mouseClick(asked.accept_button, LEFT)
    assert asked.facts.start.wrong
    asked.facts.start.editor.setText("1/4/2020")
    qtbot.mouseClick(asked.accept_button, LEFT)
    qtbot.waitUntil(lambda: page.ready() and part.ready() and bool(part.sheet.ledger.candidates))
    assert part.sheet.ledger.candidates[0].link.start == PartialDate(2020, 4, 1)


def test_grounds_are_taken_out_and_the_period_changed_in_the_dialog(qtbot, opened, put, case, desk):
    item = put(case[1], PHONE, Ground("nickname", "~", "Nickname used by two others"))
    _page, part = opened()
    part.acts.edit()
    asked = part.findChild(CandidateDialog)
    with qtbot.waitSignal(desk.changed):
        asked.dropped.emit(1)
    with desk.workspace.reading() as reader:
        assert reader.find(item.id, item.base).grounds == (PHONE,)
    qtbot.waitUntil(part.ready)
    part.acts.edit()
    asked = [d for d in part.findChildren(CandidateDialog) if d.isVisible()][-1]
    asked.facts.confidence.editor.choose("probable")
    with qtbot.waitSignal(desk.changed):
        qtbot.mouseClick(asked.accept_button, LEFT)
    with desk.workspace.reading() as reader:
        assert reader.find(item.id, item.base).confidence == "probable"


def test_two_confirmed_users_at_once_are_warned_of(opened, put, confirm, case):
    for nominal in case[1:]:
        confirm(put(nominal, PHONE))
    _page, part = opened()
    assert "two confirmed users" in part.sheet.warning.sentence.text()


def test_the_strip_draws_use_candidates_and_custody(qtbot, dressed, opened, put, case, given):
    given(Custody(owner=case[1].id, custody_type="remand", start=PartialDate(2020, 5, 1)))
    put(case[1], PHONE, confidence="probable")
    _page, part = opened()
    strip = part.sheet.strip
    assert [row.name for row in strip.rows] == ["Handle in use", "Aled Cors"]
    inks = [piece.ink for piece in strip.rows[1].pieces]
    assert inks == ["kind.nominal", "overdue"]
    assert "in custody since 1 May 2020" in strip.accessibleName()
    assert strip.reach == (date(2020, 3, 27), date(2020, 6, 8))
    shown = strip.grab().toImage()
    assert len(colours(shown)) > 4


def colours(image: QImage) -> set[int]:
    return {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(image.height())}


def test_without_any_date_there_is_no_strip(qtbot, dressed, case):
    strip = PeriodStrip()
    qtbot.addWidget(strip)
    handle = a_handle()
    strip.show_ledger(Ledger(handle=handle, brief=None))
    assert strip.rows == ()


def test_a_candidate_opens_their_record(qtbot, opened, put, case):
    put(case[1], PHONE)
    page, part = opened()
    with qtbot.waitSignal(page.opened) as told:
        qtbot.keyClick(part.sheet.cards[0], Qt.Key.Key_Return)
    assert (told.args[0].kind, told.args[0].id) == (Kind.NOMINAL, case[1].id)


def test_of_an_exploited_person_no_role_is_said(opened, put, given):
    eve = given(a_nominal("Eve Lark", exploited=True))[0]
    put(eve, PHONE)
    _page, part = opened()
    assert "Recorded as exploited" in part.sheet.cards[0].accessibleName()


@pytest.mark.qt_log_ignore("does not support")  # what the offscreen platform says of menus
def test_more_offers_the_other_moves_and_the_disposition_is_chosen(
    qtbot, opened, put, confirm, case, desk
):
    confirm(put(case[1], PHONE))
    _page, part = opened()
    assert not part.next_button.isVisibleTo(part)
    qtbot.mouseClick(part.more_button, LEFT)
    menu = next(m for m in part.findChildren(QMenu) if m.isVisible())
    assert [action.text() for action in menu.actions()] == [
        *("Steps taken…", "Edit, take grounds out…", "Supersede…", "Take up again…"),
    ]
    menu.close()
    part.acts.show_steps()
    qtbot.waitUntil(lambda: part.findChild(StepsDialog) is not None)
    lines = part.findChild(StepsDialog).lines
    assert [line.split(" · ")[3] for line in lines] == [
        "In development, possible, 1 ground",
        "Proposed, possible, 1 ground",
        "Reviewed, possible, 1 ground",
        "Confirmed, confirmed, 1 ground",
    ]
    assert " · Bea · " in lines[-1]
    part._on_disposition("not-suitable")
    assert "has a confirmed user" in part.error.sentence.text()
    QApplication.processEvents()


def test_as_at_a_past_day_the_ledger_is_how_it_was(qtbot, opened, put, case, desk):
    put(case[1], PHONE)
    page, part = opened()
    put(case[2], PHONE)
    page.refresh()
    qtbot.waitUntil(
        lambda: page.ready() and part.ready() and len(part.sheet.ledger.candidates) == 2
    )
    page.moment = _moment(desk)
    page.refresh()
    qtbot.waitUntil(lambda: page.ready() and len(part.sheet.ledger.candidates) == 1)
    assert not part.put_button.isEnabled()


def _moment(desk):
    """Return the instant at which the first candidate had been put forward, and no other."""
    with desk.workspace.reading() as reader:
        rows = reader.execute("SELECT at FROM journal WHERE label = 'Put forward attribution'")
    return datetime.fromisoformat(rows[0][0])
