"""Deconfliction at once: the banner of a window when an act touches somebody else's OCG."""

from functools import partial

import pytest
from makers import a_link, a_membership, a_nominal, a_phone, an_assignment, an_ocg
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ocgdesk.casework import deconfliction
from ocgdesk.settings import Settings
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import PageKind
from ocgdesk.ui.overlaps import Overlaps
from ocgdesk.ui.shell.frame import Shell

pytestmark = pytest.mark.usefixtures("dressed")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def two(given, ann):
    """Two OCGs of different officers, a member each, and a phone the first one uses."""
    one, other = an_ocg("Tarnbrook", agency="WMP"), an_ocg("Fellgate", agency="WMP")
    a, b, phone = a_nominal("Aled"), a_nominal("Bryn"), a_phone()
    given(one, other, a, b, phone)
    given(
        an_assignment(one, "DI Hale", user=ann.id),
        an_assignment(other, "DI Moss"),
        *(a_membership(a, one), a_membership(b, other)),
        a_link(a, phone, type="uses"),
    )
    return one, other, a, b, phone


@pytest.fixture
def shell(qtbot: QtBot) -> Shell:
    made = Shell(marking="official")
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def overlaps(desk: Desk, shell: Shell, two) -> Overlaps:
    return Overlaps(desk, shell)


def linking(two):
    return lambda work: work.put(a_link(two[3], two[4], type="uses"))


def test_an_edit_that_joins_another_owners_group_is_told_at_once(
    qtbot, desk: Desk, shell: Shell, overlaps: Overlaps, two
):
    assert shell.overlap.isHidden()
    desk.do("Link", linking(two))
    qtbot.waitUntil(shell.overlap.isVisible)
    said = shell.overlap.sentence.text()
    assert "Tarnbrook" in said
    assert "DI Moss" in said
    with qtbot.waitSignal(overlaps.opened) as told:
        qtbot.mouseClick(shell.overlap.button, LEFT)
    assert (told.args[0].page, told.args[0].id) == (PageKind.RECORD, two[4].id)


def test_it_is_dismissed_with_a_reason_that_is_kept(
    qtbot, desk: Desk, shell: Shell, overlaps: Overlaps, two
):
    desk.do("Link", linking(two))
    qtbot.waitUntil(shell.overlap.isVisible)
    qtbot.mouseClick(shell.overlap.second, LEFT)
    dialog = overlaps.dialog
    dialog.accept_button.click()
    assert "Say why" in dialog.reason.note.text()
    dialog.reason.editor.setText("Spoke to DI Moss")
    dialog.accept_button.click()
    qtbot.waitUntil(shell.overlap.isHidden)
    with desk.workspace.reading() as reader:
        assert deconfliction.alerts(reader, today=desk.today()) == ()


def test_a_big_edit_such_as_an_import_is_told_of_too(
    qtbot, desk: Desk, shell: Shell, overlaps: Overlaps, two
):
    desk.write("Import", lambda work, _progress: linking(two)(work))
    qtbot.waitUntil(shell.overlap.isVisible)


def test_what_is_closed_is_not_told_again_and_stays_on_the_lists(
    qtbot, desk: Desk, shell: Shell, overlaps: Overlaps, two
):
    desk.do("Link", linking(two))
    qtbot.waitUntil(shell.overlap.isVisible)
    shell.overlap.say("")
    shell.overlap.dismissed.emit()
    desk.do("Link", lambda work: work.put(a_link(two[2], two[3])))
    qtbot.waitUntil(overlaps.is_settled)
    qtbot.waitUntil(lambda: len(overlaps.alerts) in {0, 1})
    with desk.workspace.reading() as reader:
        assert deconfliction.alerts(reader, today=desk.today())


def test_nobody_is_told_of_what_is_restricted_from_them(
    qtbot, desk: Desk, shell: Shell, two, given, add_user, opened_by
):
    bea = add_user("Bea")
    given(an_assignment(two[1], "Bea", user=bea.id))
    theirs = Desk(opened_by(bea), Settings())
    try:
        shown = Overlaps(theirs, shell)
        closed = a_link(two[3], two[4], type="uses", restricted_to=frozenset({desk.user.id}))
        for link, alerts in ((closed, 0), (a_membership(two[3], two[0]), 1)):
            desk.do("Link", partial(_put, things=(link,)))
            with qtbot.waitSignal(theirs.changed):
                theirs.others.look()
            qtbot.waitUntil(shown.is_settled)
            assert len(shown.alerts) == alerts
        assert "07700" not in shell.overlap.sentence.text()
    finally:
        theirs.close()


def test_only_own_acts_and_own_groups_are_told_of(qtbot, desk: Desk, shell: Shell, given):
    quiet = Overlaps(desk, shell)
    one, other = given(an_ocg("Ashmoor"), an_ocg("Birkrigg"))
    desk.do(
        "Assign", lambda work: work.put(an_assignment(one, "DI A"), an_assignment(other, "DI B"))
    )
    a, phone = given(a_nominal("Cai"), a_phone())
    given(a_membership(a, one))
    desk.do("Link", partial(_put, things=(a_link(a, phone), a_membership(a, other))))
    qtbot.waitUntil(lambda: quiet.is_settled() and bool(quiet.alerts))
    assert quiet.alerts[0].is_own
    assert not quiet.alerts[0].is_mine


def _put(work, *, things):
    work.put(*things)
