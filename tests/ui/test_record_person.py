"""Beside the fields of a nominal: care for a victim, what is in force, handles; all of it opens."""

from datetime import timedelta
from io import BytesIO

import pytest
from makers import a_handle, a_nominal
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from ocgdesk.casework import attachments, filing
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Attribution
from ocgdesk.domain.people import Role
from ocgdesk.domain.subrecords import Attachment, Marker, Order, Safeguarding
from ocgdesk.settings import Settings
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.subrecord_dialog import SubrecordDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.record_page import RecordPage
from ocgdesk.ui.widgets.labels import Label

LEFT = Qt.MouseButton.LeftButton

pytestmark = pytest.mark.usefixtures("dressed", "own_settings")


@pytest.fixture
def show(desk: Desk, qtbot: QtBot):
    made = []

    def open_(person, at: Desk | None = None) -> RecordPage:
        target = Target(page=PageKind.RECORD, kind=Kind.NOMINAL, id=person.id)
        page = RecordPage(at or desk, target)
        qtbot.addWidget(page)
        page.resize(1300, 800)
        page.show()
        settle(qtbot, page)
        made.append(page)
        return page

    yield open_
    for page in made:
        page.leave()


def settle(qtbot: QtBot, page: RecordPage) -> None:
    QApplication.processEvents()
    qtbot.waitUntil(page.ready)


def file(desk: Desk, *things) -> None:
    with desk.workspace.work("Add") as done:
        for thing in things:
            filing.file(done.work, thing, today=Desk.today())


def said(part) -> list[str]:
    return [label.text() for label in part.findChildren(Label) if label.text()]


def rows(part) -> list[QAbstractButton]:
    return [b for b in part.findChildren(QAbstractButton) if hasattr(b, "line")]


def test_an_exploited_persons_page_says_lead_referral_and_what_was_offered(
    desk: Desk, given, show, qtbot: QtBot
) -> None:
    (person,) = given(a_nominal("V", exploited=True))
    care = Safeguarding(
        owner=person.id,
        stage="referred",
        lead="L. Harte",
        referral_basis="consent",
        referred=PartialDate(2026, 10, 20),
        referral="NRM-1",
        reasonable="pending",
        entitlements=("support",),
    )
    file(desk, care)
    side = show(person).overview.person
    words = said(side.care)
    assert "L. Harte" in words
    assert any("20 Oct 2026, NRM-1" in one for one in words)
    assert words[words.index("Reasonable grounds") + 1] == "Pending"
    assert words[words.index("Victims’ Code offered") + 1] == "To be referred to support"
    missing = words[words.index("Not yet offered") + 1]
    assert "To be told about compensation" in missing
    assert "To be referred to support" not in missing
    assert any("section 45" in one for one in words)


def test_without_a_safeguarding_record_one_is_begun_from_there(given, show, qtbot: QtBot) -> None:
    (person,) = given(a_nominal("V", exploited=True))
    page = show(person)
    side = page.overview.person
    assert side.care_button.text() == "Add safeguarding"
    qtbot.mouseClick(side.care_button, LEFT)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in page.findChildren(SubrecordDialog)))
    assert page.parts.on_file.kind is Kind.SAFEGUARDING
    next(d for d in page.findChildren(SubrecordDialog) if d.isVisible()).reject()


def test_a_reader_is_offered_no_new_record(given, show, add_user, opened_by, qtbot: QtBot) -> None:
    (person,) = given(a_nominal("V", exploited=True))
    desk = Desk(opened_by(add_user("rae", Role.READER)), Settings())
    side = show(person, desk).overview.person
    assert not side.care.isHidden()
    assert side.care_button.isHidden()
    desk.close()


def test_what_is_in_force_says_when_it_falls_due_and_opens(
    desk: Desk, given, show, qtbot: QtBot
) -> None:
    (person,) = given(a_nominal())
    soon = Desk.today() + timedelta(days=5)
    file(
        desk,
        Order(owner=person.id, order_type="scpo", end=PartialDate.of(soon)),
        Order(owner=person.id, order_type="tro", end=PartialDate(2020)),
        Marker(owner=person.id, code="FI", review_due=Desk.today() - timedelta(days=3)),
    )
    page = show(person)
    lines = rows(page.overview.person.force)
    assert [row.line.kind for row in lines] == [Kind.MARKER, Kind.ORDER]
    assert [row.line.chip.tone for row in lines] == ["overdue", "due"]
    assert "Expires" in lines[1].accessibleName()
    qtbot.mouseClick(lines[1], LEFT)
    assert page.tabs.current == "on-file"
    assert page.parts.on_file.kind is Kind.ORDER


def test_handles_open_and_rejected_ones_are_left_out(given, show, qtbot: QtBot) -> None:
    person, one, two = given(a_nominal(), a_handle("falcon"), a_handle("owl"))
    given(
        Attribution(source=one.id, target=person.id, status="confirmed"),
        Attribution(source=two.id, target=person.id, status="rejected"),
    )
    page = show(person)
    (row,) = rows(page.overview.person.handles)
    assert row.accessibleName() == "falcon, Confirmed"
    with qtbot.waitSignal(page.opened) as heard:
        row.setFocus()
        qtbot.keyClick(row, Qt.Key.Key_Space)
    assert heard.args[0].id == one.id


def test_the_photograph_stands_beside_the_fields(desk: Desk, given, show, qtbot: QtBot) -> None:
    (person,) = given(a_nominal())
    page = show(person)
    assert page.overview.person.isHidden()
    out = BytesIO()
    Image.new("RGB", (60, 80), "navy").save(out, "PNG")
    content = attachments.content("a.png", out.getvalue(), "photograph")
    new = Attachment(owner=person.id, name="", purpose="photograph")
    desk.do("Attach file", lambda work: attachments.attach(work, new, content))
    qtbot.waitUntil(page.overview.person.portrait.isVisible)
