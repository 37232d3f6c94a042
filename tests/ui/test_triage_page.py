"""The triage board by keyboard: one handle after the other, each act refused or done in place."""

from datetime import date

import pytest
from makers import a_handle, a_link, a_nominal
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ocgdesk.casework import attributions
from ocgdesk.casework.attributions import Candidate
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Role
from ocgdesk.domain.values import Ground
from ocgdesk.settings import Settings
from ocgdesk.store.handling import HandleRow
from ocgdesk.store.records import Brief
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.attribution_dialog import AttributionDialog, GroundDialog, ReasonDialog
from ocgdesk.ui.dialogs.handover_dialog import (
    HandoverDialog,
    PrivilegeDialog,
    PrivilegeReviewDialog,
)
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.triage_page import TriagePage
from ocgdesk.ui.pages.triage_rows import EVERY, HandleModel, Sieve

TODAY = date(2026, 11, 21)
PHONE = Ground("colocation-phone", "+", "Moved with his phone on 43 of 62 days", "1A", "EX/1")
CUSTODY = Ground("custody", "-", "In custody on 2 of the days", "1A")


@pytest.fixture
def board(given):
    """Four handles; Aled is put forward for the first."""
    seen = {"first_seen": PartialDate(2020, 3, 27), "last_seen": PartialDate(2020, 6, 8)}
    fox, owl, elk, hare = (
        a_handle(name, platform=platform, package=package, **seen)
        for name, platform, package in (
            ("quietfox", "encrochat", "PKG-1"),
            ("mildowl", "encrochat", "PKG-1"),
            ("grandelk", "sky-ecc", "PKG-2"),
            ("fasthare", "anom", "PKG-2"),
        )
    )
    aled = a_nominal()
    calls = a_link(fox, owl, type="communicates", weight=12.0, unit="messages")
    given(fox, owl, elk, hare, aled, calls)
    return fox, owl, elk, hare, aled


@pytest.fixture
def proposed(workspace, board, another_user, opened_by):
    """Bea proposes Aled as the user of the first handle, with a ground for and one against."""

    def propose(by=None):
        said = Candidate(grounds=(PHONE, CUSTODY), confidence="probable")
        ends = (board[0].id, board[4].id)
        with (by or opened_by(another_user)).work("Propose") as done:
            return attributions.put_forward(done.work, *ends, said, today=TODAY, propose=True)

    return propose


@pytest.fixture
def page(qtbot, desk, board):
    return shown(qtbot, desk)


def shown(qtbot, desk):
    made = TriagePage(desk, Target(page=PageKind.TRIAGE))
    qtbot.addWidget(made)
    made.resize(1380, 800)
    made.show()
    qtbot.waitUntil(made.ready)
    made.sheet.setFocus()
    return made


def press(qtbot, page, key, *, settle=True):
    page.activateWindow()  # where a dialog was just closed
    QApplication.processEvents()
    qtbot.keyClick(page.sheet if page.sheet.isVisible() else page, key)
    QApplication.processEvents()
    if settle:
        qtbot.waitUntil(page.ready)


def current(page):
    return page.queue.row.handle.label


def now(desk, thing):
    with desk.workspace.reading() as reader:
        return reader.find(thing.id, thing.base)


def dialog(qtbot, page, cls):
    qtbot.waitUntil(lambda: page.findChild(cls) is not None)
    return page.findChild(cls)


# ---- The queue ----------------------------------------------------------------------------------


def test_j_and_k_go_down_and_up_and_stop_at_the_ends(qtbot, page):
    assert current(page) == "quietfox"
    press(qtbot, page, Qt.Key.Key_K)
    assert current(page) == "quietfox"
    press(qtbot, page, Qt.Key.Key_J)
    assert current(page) == "mildowl"
    assert page.ledger.handle.handle == "mildowl"
    for _n in range(5):
        press(qtbot, page, Qt.Key.Key_J)
    assert current(page) == "fasthare"


def test_a_disposition_goes_on_to_the_next_and_counts(qtbot, page, desk, board):
    press(qtbot, page, Qt.Key.Key_4)
    assert now(desk, board[0]).disposition == "not-suitable"
    assert current(page) == "mildowl"
    assert page.queue.progress.text() == "1 of 4 decided"
    counts = {tile.stat.key: tile.stat.count for tile in page.counts.tiles}
    assert (counts["identified"], counts["not-suitable"], counts["in-development"]) == (
        *("4", "1", "3"),
    )


def test_what_was_decided_stays_in_its_place_and_u_takes_it_back(qtbot, page, desk, board):
    press(qtbot, page, Qt.Key.Key_5)
    assert page.queue.model.rows[0].handle.label == "quietfox"
    press(qtbot, page, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: page.queue.progress.text() == "0 of 4 decided")
    assert now(desk, board[0]).disposition == "in-development"


def test_attributed_without_a_confirmed_user_is_refused_in_place(qtbot, page, desk, board):
    press(qtbot, page, Qt.Key.Key_2)
    assert "needs a confirmed attribution" in page.decide.error.text()
    assert current(page) == "quietfox"
    assert now(desk, board[0]).disposition == "in-development"


def test_slash_finds_and_letters_in_a_box_are_only_letters(qtbot, page):
    press(qtbot, page, Qt.Key.Key_Slash)
    assert page.queue.box.hasFocus()
    qtbot.keyClicks(page.queue.box, "hare")
    qtbot.waitUntil(lambda: len(page.queue.model.rows) == 1)
    assert page.queue.box.text() == "hare"
    assert current(page) == "fasthare"


def test_filters_by_platform_and_package_and_clearing_them(qtbot, page):
    page.queue.platform.choose("sky-ecc")
    page.queue.platform.chosen.emit("sky-ecc")
    assert [row.handle.label for row in page.queue.model.rows] == ["grandelk"]
    qtbot.mouseClick(page.queue.clear, Qt.MouseButton.LeftButton)
    assert len(page.queue.model.rows) == 4
    page.queue.package.chosen.emit("PKG-2")
    assert len(page.queue.model.rows) == 2


def test_a_count_filters_by_its_disposition(qtbot, page):
    press(qtbot, page, Qt.Key.Key_4)
    tile = next(t for t in page.counts.tiles if t.stat.key == "not-suitable")
    qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
    assert [row.handle.label for row in page.queue.model.rows] == ["quietfox"]
    qtbot.waitUntil(page.ready)


def test_an_empty_queue_says_so_and_shows_all_on_request(qtbot, page):
    for _n in range(4):
        press(qtbot, page, Qt.Key.Key_5)
    page.queue.which.chosen.emit("to-decide")
    assert page.queue.nothing.sentence.text() == "Every handle has a disposition."
    assert not page.decide.isEnabled()
    page.queue.nothing.acted.emit()
    assert len(page.queue.model.rows) == 4
    qtbot.waitUntil(page.ready)


def test_another_window_shows_here_too(qtbot, page, workspace, given):
    given(a_handle("lateowl"))
    page.desk.others.look()
    qtbot.waitUntil(lambda: len(page.queue.model.rows) == 5, timeout=5_000)
    qtbot.waitUntil(page.ready)


def test_the_model_keeps_qts_rules(qtmodeltester):
    model = HandleModel()
    rows = [a_row(n) for n in range(5)]
    qtmodeltester.check(model)
    model.show_all(rows)
    model.filter(Sieve(which=EVERY))
    model.merge([a_row(9)], [rows[0].handle.id])
    qtmodeltester.check(model)
    assert model.rowCount() == 5


def a_row(number, **more):
    handle = a_handle(f"fox{number}")
    facts = dict.fromkeys(("platform", "agency", "region", "package", "sio"), "")
    facts |= {"disposition": "in-development", "threat_to_life": False, "privileged": False}
    brief = Brief(number, handle.id, Kind.HANDLE, "", handle.handle)
    return HandleRow(handle=brief, **(facts | more))


# ---- Attributing --------------------------------------------------------------------------------


def test_a_puts_somebody_forward_and_enter_proposes(qtbot, page, desk, board):
    press(qtbot, page, Qt.Key.Key_A, settle=False)
    asked = dialog(qtbot, page, AttributionDialog)
    qtbot.keyClicks(asked.nominal.box, "Aled")
    qtbot.waitUntil(lambda: bool(asked.nominal.table.rows))
    qtbot.keyClick(asked.nominal.box, Qt.Key.Key_Return)
    asked.ground.note.editor.setPlainText("Moved with his phone")
    qtbot.mouseClick(asked.accept_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.ready() and bool(page.ledger.candidates))
    assert page.acts.put.link.status == "in-development"
    press(qtbot, page, Qt.Key.Key_Return)
    with desk.workspace.reading() as reader:
        (item,) = attributions.of_handle(reader, board[0].id)
    assert (item.status, item.analyst) == ("proposed", desk.user.id)
    assert current(page) == "mildowl"


def test_nobody_reviews_their_own_proposal(qtbot, desk, board, proposed, workspace):
    proposed(by=workspace)
    page = shown(qtbot, desk)
    assert not page.decide.go_button.isEnabled()
    press(qtbot, page, Qt.Key.Key_C)
    assert "somebody else has to review it" in page.decide.error.text()


def test_c_reviews_then_confirms_once_the_ground_against_is_explained(qtbot, desk, board, proposed):
    item = proposed()
    page = shown(qtbot, desk)
    press(qtbot, page, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: page.acts.put.link.status == "reviewed")
    press(qtbot, page, Qt.Key.Key_C)
    assert "how that is explained" in page.decide.error.text()
    page.decide.note.editor.setPlainText("A second user on those days")
    press(qtbot, page, Qt.Key.Key_C)
    found = now(desk, item)
    assert (found.status, found.outcome) == ("confirmed", "A second user on those days")
    assert now(desk, board[0]).disposition == "attributed"
    assert current(page) == "mildowl"


def test_b_reviews_as_probable(qtbot, desk, board, workspace, another_user, opened_by):
    said = Candidate(grounds=(PHONE,), confidence="possible")
    with opened_by(another_user).work("Propose") as done:
        item = attributions.put_forward(
            done.work, board[0].id, board[4].id, said, today=TODAY, propose=True
        )
    page = shown(qtbot, desk)
    press(qtbot, page, Qt.Key.Key_B)
    found = now(desk, item)
    assert (found.status, found.confidence, found.strength) == (
        *("reviewed", "probable", "unconfirmed"),
    )


def test_r_rejects_with_a_reason_asked_for(qtbot, desk, board, proposed, another_user, opened_by):
    item = proposed()
    with opened_by(another_user).work("Third") as done:
        assert done.work.get(type(item), item.id).status == "proposed"
    page = shown(qtbot, desk)
    press(qtbot, page, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: page.acts.put.link.status == "reviewed")
    press(qtbot, page, Qt.Key.Key_R, settle=False)
    asked = dialog(qtbot, page, ReasonDialog)
    qtbot.mouseClick(asked.accept_button, Qt.MouseButton.LeftButton)
    assert asked.reason.wrong
    asked.reason.editor.setPlainText("In prison throughout")
    qtbot.mouseClick(asked.accept_button, Qt.MouseButton.LeftButton)
    assert now(desk, item).status == "rejected"
    qtbot.waitUntil(page.ready)


def test_g_adds_a_ground_and_a_wrong_grade_is_said_in_the_dialog(qtbot, desk, board, proposed):
    item = proposed()
    page = shown(qtbot, desk)
    press(qtbot, page, Qt.Key.Key_G, settle=False)
    asked = dialog(qtbot, page, GroundDialog)
    asked.ground.sign.editor.choose("!")
    asked.ground.note.editor.setPlainText("Abroad 3 to 17 May")
    asked.ground.grade.editor.setText("9Z")
    qtbot.mouseClick(asked.accept_button, Qt.MouseButton.LeftButton)
    assert "not a grading" in asked.error.sentence.text()
    asked.ground.grade.editor.setText("1A")
    qtbot.mouseClick(asked.accept_button, Qt.MouseButton.LeftButton)
    assert now(desk, item).grounds[-1] == Ground(
        "colocation-phone", "!", "Abroad 3 to 17 May", "1A"
    )
    qtbot.waitUntil(page.ready)


def test_arrows_choose_a_candidate_and_space_folds_the_grounds(
    qtbot, desk, board, proposed, workspace, given
):
    proposed()
    bo = given(a_nominal("Bo Cane"))[0]
    with workspace.work("Put") as done:
        attributions.put_forward(
            done.work, board[0].id, bo.id, Candidate(grounds=(PHONE,)), today=TODAY
        )
    page = shown(qtbot, desk)
    assert page.acts.put.nominal.label == "Aled Cors"
    press(qtbot, page, Qt.Key.Key_Down)
    assert page.acts.put.nominal.label == "Bo Cane"
    card = next(card for card in page.sheet.cards if card.isChecked())
    qtbot.keyClick(card, Qt.Key.Key_Space)
    assert card.is_folded
    qtbot.keyClick(card, Qt.Key.Key_Up)
    assert page.acts.put.nominal.label == "Aled Cors"


def test_a_card_says_who_how_sure_and_every_ground(qtbot, desk, board, proposed):
    proposed()
    page = shown(qtbot, desk)
    said = page.sheet.cards[0].accessibleName()
    for words in ("Aled Cors", "Proposed", "Probable", "for: Moved with", "against: In custody"):
        assert words in said


def test_contacts_are_shown_with_their_count_and_open(qtbot, page):
    assert page.sheet.contacts.rows[0].other.label == "mildowl"
    with qtbot.waitSignal(page.opened) as told:
        page.sheet.contacts_table.opened.emit(0)
    target = told.args[0]
    assert (target.kind, target.tab) == (Kind.HANDLE, "ledger")


# ---- Handling -----------------------------------------------------------------------------------


def test_h_hands_over_with_a_record(qtbot, page, desk, board):
    press(qtbot, page, Qt.Key.Key_H, settle=False)
    asked = dialog(qtbot, page, HandoverDialog)
    qtbot.mouseClick(asked.accept_button, Qt.MouseButton.LeftButton)
    assert asked.agency.wrong
    assert asked.note.wrong
    asked.agency.editor.choose("NCA")
    asked.note.editor.setPlainText("The whole package, conditions explained")
    qtbot.mouseClick(asked.accept_button, Qt.MouseButton.LeftButton)
    found = now(desk, board[0])
    assert (found.disposition, found.handed_to) == ("other-agency", "NCA")
    qtbot.waitUntil(page.ready)


def test_p_restricts_to_those_ticked_and_somebody_else_opens_it(
    qtbot, page, desk, board, another_user, opened_by, add_user
):
    press(qtbot, page, Qt.Key.Key_P, settle=False)
    asked = dialog(qtbot, page, PrivilegeDialog)
    qtbot.mouseClick(asked.accept_button, Qt.MouseButton.LeftButton)
    assert "at least one other user" in asked.error.sentence.text()
    asked.people[another_user.id].setChecked(True)
    asked.reason.editor.setPlainText("Speaks to a solicitor")
    qtbot.mouseClick(asked.accept_button, Qt.MouseButton.LeftButton)
    assert now(desk, board[0]).restricted_to == {desk.user.id, another_user.id}
    qtbot.waitUntil(page.ready)
    press(qtbot, page, Qt.Key.Key_P)
    assert "somebody else has to review it" in page.decide.error.text()
    other = Desk(opened_by(another_user), Settings())
    theirs = shown(qtbot, other)
    press(qtbot, theirs, Qt.Key.Key_P, settle=False)
    review = dialog(qtbot, theirs, PrivilegeReviewDialog)
    review.open_.setChecked(True)
    review.reason.editor.setPlainText("No lawyer after all")
    qtbot.mouseClick(review.accept_button, Qt.MouseButton.LeftButton)
    assert now(desk, board[0]).restricted_to is None
    qtbot.waitUntil(theirs.ready)
    other.stop()


def test_who_only_reads_is_told_why_nothing_can_be_done(qtbot, board, add_user, opened_by):
    desk = Desk(opened_by(add_user("cyd", Role.READER)), Settings())
    page = shown(qtbot, desk)
    press(qtbot, page, Qt.Key.Key_4)
    assert "roles do not allow" in page.decide.error.text()
    assert not page.decide.go_button.isEnabled()
    desk.stop()


# ---- Size ---------------------------------------------------------------------------------------


def test_decisions_stand_below_the_ledger_where_it_is_narrow(qtbot, page):
    assert page.decide.parentWidget() is page
    page.resize(820, 700)
    QApplication.processEvents()
    assert page.decide.parentWidget() is page.body
    page.resize(1380, 800)
    QApplication.processEvents()
    assert page.decide.parentWidget() is page


def test_hundreds_of_handles_never_hold_the_window_up(qtbot, desk, given, heartbeat):
    given(*(a_handle(f"fox{n}", platform="encrochat", package=f"P{n // 25}") for n in range(400)))
    heartbeat.start()
    page = shown(qtbot, desk)
    for _n in range(20):
        press(qtbot, page, Qt.Key.Key_J)
    press(qtbot, page, Qt.Key.Key_4)
    heartbeat.stop()
    assert heartbeat.busy_ms < 100


def test_a_review_offers_no_undo_of_something_else(qtbot, desk, board, proposed):
    proposed()
    page = shown(qtbot, desk)
    landed = []
    desk.landed.connect(landed.append)
    press(qtbot, page, Qt.Key.Key_C)
    assert [changed.undoable for changed in landed] == [False]
    assert landed[0].label == "Review attribution"
