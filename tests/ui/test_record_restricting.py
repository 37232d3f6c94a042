"""Restricted records in the window: reasons asked, access changed, markings, alerts."""

from collections.abc import Callable

import pytest
from makers import a_nominal, a_plan, an_ocg
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from ocgdesk.casework import reasons, restricting
from ocgdesk.casework.reasons import Asking, Use
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.people import Role
from ocgdesk.settings import Settings
from ocgdesk.store import auditing
from ocgdesk.store.auditing import AuditQuery
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.break_glass_dialog import BreakGlassDialog
from ocgdesk.ui.dialogs.new_record_dialog import NewRecordDialog
from ocgdesk.ui.dialogs.reason_dialog import ReasonDialog
from ocgdesk.ui.dialogs.restrict_dialog import MarkingDialog, RestrictDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.plan_page import PlanPage
from ocgdesk.ui.pages.record_page import RecordPage
from ocgdesk.ui.pages.register_page import RegisterPage
from ocgdesk.ui.pages.restricted_page import RestrictedPage
from ocgdesk.ui.window import MainWindow

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def show(desk: Desk, qtbot: QtBot) -> Callable[..., QWidget]:
    def make(cls, at: Desk | None = None, **target):
        made = cls(at or desk, Target(**target))
        qtbot.addWidget(made)
        made.resize(1200, 800)
        made.show()
        qtbot.waitUntil(made.ready)
        return made

    return make


@pytest.fixture
def desk_of(opened_by):
    made = []

    def make(user):
        made.append(Desk(opened_by(user), Settings()))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def secret(given, ann):
    return given(a_nominal("Secret", restricted_to=frozenset({ann.id})))[0]


def record(show, thing, at=None):
    return show(RecordPage, at, page=PageKind.RECORD, kind=thing.kind, id=thing.id)


def dialog(over, cls, qtbot):
    """Return the dialog that opens over a page, once it is there."""
    found = []

    def is_there():
        found[:] = [one for one in over.findChildren(cls) if one.isVisible()]
        return bool(found)

    qtbot.waitUntil(is_there)
    return found[0]


def give_reason(page, qtbot, text="Op Lantern"):
    asked = dialog(page, ReasonDialog, qtbot)
    qtbot.keyClicks(asked.reason.editor, text)
    qtbot.keyClick(asked, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.ready() and not page.findChildren(ReasonDialog))


def test_a_restricted_record_is_shown_once_a_reason_is_given_which_is_kept(
    show, secret, workspace, desk, add_user, opened_by, qtbot: QtBot
) -> None:
    page = record(show, secret)
    assert page.header.title.text() != "Secret"
    give_reason(page, qtbot)
    qtbot.waitUntil(lambda: page.header.title.text() == "Secret")
    assert page.restricting.strip.isVisible()
    assert "open to Ann" in page.restricting.strip.words.text()
    again = record(show, secret)
    assert again.header.title.text() == "Secret"
    assert not again.findChildren(ReasonDialog)
    with opened_by(add_user("olu", Role.AUDITOR)).reading() as reader:
        entries = auditing.entries(reader, AuditQuery())
    assert {e.reason for e in entries if e.label == "Open record"} == {"Op Lantern"}


def test_without_a_reason_it_stays_closed(show, secret, desk, qtbot: QtBot) -> None:
    page = record(show, secret)
    asked = dialog(page, ReasonDialog, qtbot)
    qtbot.keyClick(asked, Qt.Key.Key_Return)
    assert asked.isVisible()
    assert asked.reason.wrong
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    qtbot.waitUntil(page.gone.isVisible)
    assert "say why" in page.gone.sentence.text()
    assert desk.reasons == {}


def test_a_prompt_may_be_left_empty(show, secret, workspace, qtbot: QtBot) -> None:
    reasons.set_policy(workspace, {Use.RESTRICTED: Asking.PROMPT})
    page = record(show, secret)
    give_reason(page, qtbot, "")
    qtbot.waitUntil(lambda: page.header.title.text() == "Secret")


def test_the_plan_of_a_restricted_ocg_asks_too(show, given, ann, qtbot: QtBot) -> None:
    (ocg,) = given(an_ocg("Secret", restricted_to=frozenset({ann.id})))
    given(a_plan(ocg))
    page = show(PlanPage, page=PageKind.PLAN, id=ocg.id)
    assert page.board is None
    give_reason(page, qtbot)
    qtbot.waitUntil(lambda: page.board is not None)


def test_access_is_given_and_the_record_opened_to_everybody_again(
    show, given, another_user, opened_by, desk, qtbot: QtBot
) -> None:
    (nominal,) = given(a_nominal("Aled"))
    page = record(show, nominal)
    assert page.restricting.strip.isHidden()
    page.restricting.change()
    asked = dialog(page, RestrictDialog, qtbot)
    qtbot.mouseClick(asked.accept_button, Qt.MouseButton.LeftButton)
    assert asked.reason.wrong
    asked.boxes[another_user.id].setChecked(True)
    qtbot.keyClicks(asked.reason.editor, "Source at risk")
    qtbot.mouseClick(asked.accept_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.ready() and page.restricting.strip.isVisible())
    assert "Ann, Bea" in page.restricting.strip.words.text()
    qtbot.mouseClick(page.restricting.strip.button, Qt.MouseButton.LeftButton)
    asked = dialog(page, RestrictDialog, qtbot)
    assert asked.boxes[another_user.id].isChecked()
    qtbot.keyClicks(asked.reason.editor, "Over")
    qtbot.mouseClick(asked.open_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.ready() and page.restricting.strip.isHidden())


def test_a_marking_is_changed_lower_only_with_a_reason(
    show, given, workspace, qtbot: QtBot
) -> None:
    (nominal,) = given(a_nominal())
    page = record(show, nominal)
    page.restricting.mark()
    asked = dialog(page, MarkingDialog, qtbot)
    asked.marking.editor.choose(Marking.OFFICIAL.value)
    qtbot.mouseClick(asked.accept_button, Qt.MouseButton.LeftButton)
    assert asked.reason.wrong
    qtbot.keyClicks(asked.reason.editor, "Open source")
    qtbot.mouseClick(asked.accept_button, Qt.MouseButton.LeftButton)
    with workspace.reading() as reader:
        assert reader.find(nominal.id).marking is Marking.OFFICIAL


def test_a_record_is_made_restricted_from_its_beginning(
    desk, workspace, another_user, opened_by, qtbot: QtBot
) -> None:
    page = RegisterPage(desk, Target(page=PageKind.REGISTER, kind=Kind.PHONE))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.ready)
    qtbot.mouseClick(page.new_button, Qt.MouseButton.LeftButton)
    asked = dialog(page, NewRecordDialog, qtbot)
    qtbot.keyClicks(next(iter(asked.fields.values())).editor, "07700 900321")
    assert asked.why.isHidden()
    asked.restricted.setChecked(True)
    qtbot.mouseClick(asked.accept_button, Qt.MouseButton.LeftButton)
    assert asked.why.wrong
    qtbot.keyClicks(asked.why.editor, "Source at risk")
    with qtbot.waitSignal(page.opened) as went:
        qtbot.mouseClick(asked.accept_button, Qt.MouseButton.LeftButton)
    with workspace.reading() as reader:
        known = restricting.access(reader, went.args[0].id)
        assert (known.reason, [user.name for user in known.users]) == ("Source at risk", ["ann"])
    with opened_by(another_user).reading() as reader:
        assert reader.numbers([went.args[0].id]) == {}


# ---- Break-glass --------------------------------------------------------------------------------


def test_break_glass_opens_a_record_to_read_and_not_to_change(
    show, secret, add_user, desk_of, qtbot: QtBot
) -> None:
    sam = desk_of(add_user("sam", Role.SIO))
    page = show(RestrictedPage, sam, page=PageKind.RESTRICTED)
    assert page.empty.isVisible()
    qtbot.mouseClick(page.glass_button, Qt.MouseButton.LeftButton)
    asked = dialog(page, BreakGlassDialog, qtbot)
    qtbot.keyClicks(asked.ref.editor, secret.ref)
    qtbot.mouseClick(asked.accept_button, Qt.MouseButton.LeftButton)
    assert asked.reason.wrong
    qtbot.keyClicks(asked.reason.editor, "Threat to life")
    with qtbot.waitSignal(page.opened) as went:
        qtbot.mouseClick(asked.accept_button, Qt.MouseButton.LeftButton)
    target = went.args[0]
    assert target.id == secret.id
    opened = show(RecordPage, sam, page=target.page, kind=target.kind, id=target.id)
    give_reason(opened, qtbot, "Threat to life")
    qtbot.waitUntil(lambda: opened.header.title.text() == "Secret")
    assert "break-glass until" in opened.restricting.strip.words.text()
    assert not opened.edit_button.isEnabled()
    assert opened.restricting.strip.button.isHidden()


def test_a_reference_that_is_none_is_answered_in_place(
    show, secret, add_user, desk_of, qtbot: QtBot
) -> None:
    page = show(RestrictedPage, desk_of(add_user("sam", Role.SIO)), page=PageKind.RESTRICTED)
    qtbot.mouseClick(page.glass_button, Qt.MouseButton.LeftButton)
    asked = dialog(page, BreakGlassDialog, qtbot)
    qtbot.keyClicks(asked.ref.editor, "WMPA1-NOM-2026-9999")
    qtbot.keyClicks(asked.reason.editor, "Curious")
    qtbot.mouseClick(asked.accept_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "There is no record" in asked.error.sentence.text())
    asked.reject()


def test_it_is_refused_where_the_role_or_the_workspace_does_not_allow_it(
    show, workspace, add_user, desk_of
) -> None:
    plain = show(RestrictedPage, page=PageKind.RESTRICTED)
    assert not plain.glass_button.isEnabled()
    restricting.set_terms(workspace, restricting.Glass(allowed=False))
    sam = desk_of(add_user("sam", Role.SIO))
    assert not show(RestrictedPage, sam, page=PageKind.RESTRICTED).glass_button.isEnabled()


def test_those_inside_are_told_until_they_say_they_have_seen_it(
    show, secret, workspace, add_user, opened_by, desk, qtbot: QtBot
) -> None:
    sam = opened_by(add_user("sam", Role.SIO))
    restricting.break_glass(sam, secret.ref, "Threat to life")
    window = MainWindow(desk)
    window.let_go = lambda _desk: None
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(window.alert.isVisible)
    said = window.alert.sentence.text()
    assert said == f"Sam opened {secret.ref} by break-glass: Threat to life."
    qtbot.mouseClick(window.alert.button, Qt.MouseButton.LeftButton)
    page = window.current_page()
    assert isinstance(page, RestrictedPage)
    qtbot.waitUntil(page.ready)
    QAbstractItemModelTester(page.model)
    QAbstractItemModelTester(page.told_model)
    assert [row[0].label for row in page.model.rows] == ["Secret"]
    qtbot.mouseClick(page.seen_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.ready() and page.seen_button.isHidden())
    window.telling.ask()
    qtbot.waitUntil(lambda: window.telling.is_settled() and window.alert.isHidden())
    window.close()


def test_the_window_shows_the_highest_marking_of_what_it_holds(
    make_workspace, dressed, qtbot: QtBot
) -> None:
    from ocgdesk.casework import marking

    workspace = make_workspace("open", marking=Marking.OFFICIAL)
    with workspace.work("Given") as done:
        (nominal,) = done.work.put(a_nominal(marking=Marking.OFFICIAL))
    desk = Desk(workspace, Settings())
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(window.telling.is_settled)
    assert window.banners[0].marking == "official"
    desk.do(
        "Change marking",
        lambda work: marking.mark(work, [nominal.id], Marking.OFFICIAL_SENSITIVE),
    )
    qtbot.waitUntil(lambda: window.banners[1].marking == "official-sensitive")
    over = MarkingDialog(desk, Marking.OFFICIAL, parent=window)
    assert over.banners[0].marking == "official-sensitive"
    over.close()
    window.close()


def test_a_search_asks_why_where_that_is_the_policy(workspace, desk, given, qtbot: QtBot) -> None:
    given(a_nominal("Aled"))
    reasons.set_policy(workspace, {Use.SEARCH: Asking.MANDATORY})
    window = MainWindow(desk)
    window.let_go = lambda _desk: None
    qtbot.addWidget(window)
    window.show()
    window.searching.summon()
    asked = dialog(window, ReasonDialog, qtbot)
    qtbot.keyClicks(asked.reason.editor, "Op Lantern")
    qtbot.keyClick(asked, Qt.Key.Key_Return)
    qtbot.waitUntil(window.searching.palette.isVisible)
    window.searching.summon()
    assert not [one for one in window.findChildren(QDialog) if one.isVisible()]
    window.close()
