"""Call data through the wizard, and the calls beneath a link in the window."""

from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ocgdesk.casework import event_lists, import_lines, imports
from ocgdesk.casework.import_repairs import Way
from ocgdesk.casework.moments import Moment
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Link
from ocgdesk.exchange import long_text
from ocgdesk.store import listing, records
from ocgdesk.store.listing import ListQuery
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.events_dialog import EventsDialog
from ocgdesk.ui.models.events_model import EventsModel
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.import_page import ImportPage
from ocgdesk.ui.pages.import_parts import ReadPanel
from ocgdesk.ui.pages.import_views import basis_words
from ocgdesk.ui.pages.record_page import RecordPage
from ocgdesk.ui.pages.register_page import RegisterPage

CALLS = """A Number,B Number,Start Time,Duration,Call Type,Cell ID
07700900321,07700900102,01/02/2026 10:00:00,83,Voice,234-15-3
07700900321,07700900102,03/02/2026 10:00:00,,SMS,
"""

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    path = tmp_path / "calls.csv"
    path.write_text(CALLS, encoding="utf-8")
    return path


def link_of(desk: Desk) -> Link:
    with desk.workspace.reading() as reader:
        (no,) = listing.order(reader, ListQuery(kind=Kind.LINK))
        (link,) = reader.load([no], Base.LINK)
    assert isinstance(link, Link)
    return link


def test_call_data_come_in_through_the_wizard_and_columns_can_be_overruled(
    qtbot: QtBot, desk: Desk, calls: Path
):
    page = ImportPage(desk, Target(page=PageKind.IMPORT, files=(calls,)))
    page.resize(1280, 720)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.ready)
    qtbot.mouseClick(page.steps.steps["columns"], Qt.MouseButton.LeftButton)
    making = page.columns_panel.making
    assert making.choosers["Duration"].currentText() == "Event: how long it took"
    before, chooser = page.checked, making.choosers["Cell ID"]
    chooser.choose("")
    chooser.activated.emit(chooser.currentIndex())
    qtbot.waitUntil(lambda: page.checked is not before and page.ready())
    page.take_in()
    qtbot.waitUntil(lambda: page.taken is not None and page.ready())
    with desk.workspace.reading() as reader:
        found = event_lists.of_links(reader, [link_of(desk)])
    assert [line.event.text for line in found.lines()] == ["", ""]


@pytest.fixture
def taken(desk: Desk, calls: Path) -> Link:
    with desk.workspace.reading() as reader:
        proposal = import_lines.check(reader, [calls]).proposal
    imports.take_in(desk.workspace, proposal)
    return link_of(desk)


def test_the_model_keeps_qts_contract(qtmodeltester, desk: Desk, taken: Link):
    model = EventsModel()
    qtmodeltester.check(model)
    with desk.workspace.reading() as reader:
        model.show_events(event_lists.of_links(reader, [taken]))
    assert model.rowCount() == 2
    qtmodeltester.check(model)


def test_the_calls_of_a_link_are_shown_one_by_one(qtbot: QtBot, desk: Desk, taken: Link):
    host = QWidget()  # a dialog deletes itself when it closes
    qtbot.addWidget(host)
    dialog = EventsDialog(desk, partial(event_lists.of_links, links=[taken]), parent=host)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 2)
    shown = [str(dialog.model.index(0, n).data()) for n in range(dialog.model.columnCount())]
    assert shown == [
        *("1 Feb 2026, 10:00:00", "+447700900321", "+447700900102", "Voice", "1:23"),
        *("234-15-3", "calls.csv, 2"),
    ]
    assert dialog.words.text() == "2 events between +447700900321 and +447700900102."
    dialog.close()


def test_the_links_of_a_record_lead_to_their_events(qtbot: QtBot, desk: Desk, taken: Link):
    page = RecordPage(desk, Target(page=PageKind.RECORD, kind=Kind.PHONE, id=taken.source))
    page.resize(1280, 720)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.ready)
    page.tabs.choose("links")
    page.links.table.selectRow(0)
    qtbot.mouseClick(page.links.buttons["events"], Qt.MouseButton.LeftButton)
    dialog = page.findChild(EventsDialog)
    assert isinstance(dialog, EventsDialog)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 2)
    with desk.workspace.reading() as reader:
        assert records.counts(reader, (Kind.PHONE,))[Kind.PHONE] == 2
    dialog.close()


def test_a_past_page_and_a_past_list_lead_to_the_events_that_were_held_then(
    qtbot: QtBot, desk: Desk, taken: Link
):
    moment = Moment(as_at=datetime.now(LONDON))
    desk.workspace.undo()
    rows = RegisterPage(desk, Target(page=PageKind.REGISTER, kind=Kind.LINK))
    qtbot.addWidget(rows)
    rows.resize(1280, 720)
    rows.show()
    rows.past.go_to(moment)
    qtbot.waitUntil(lambda: rows.ready() and rows.model.rowCount() == 1)
    with qtbot.waitSignal(rows.opened) as went:
        rows.table.opened.emit(0)
    target = went.args[0]
    assert (target.id, target.tab, target.moment) == (taken.source, "links", moment)
    page = RecordPage(desk, target)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.ready)
    page.links.table.selectRow(0)
    qtbot.mouseClick(page.links.buttons["events"], Qt.MouseButton.LeftButton)
    dialog = page.findChild(EventsDialog)
    assert isinstance(dialog, EventsDialog)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 2)
    assert "as recorded on" in dialog.words.text()
    dialog.close()


def test_all_calls_of_a_phone_are_shown_those_from_withheld_numbers_too(
    qtbot: QtBot, desk: Desk, tmp_path: Path
):
    path = tmp_path / "calls.csv"
    path.write_text(CALLS + "Withheld,07700900102,05/02/2026 10:00,5,Voice,\n", encoding="utf-8")
    with desk.workspace.reading() as reader:
        checked = import_lines.check(reader, [path])
    assert "3 new events · 1 with one number alone" in basis_words(checked)
    imports.take_in(desk.workspace, checked.proposal)
    target = Target(page=PageKind.RECORD, kind=Kind.PHONE, id=link_of(desk).target)
    page = RecordPage(desk, target)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.ready)
    page.tabs.choose("links")
    qtbot.mouseClick(page.links.buttons["all-events"], Qt.MouseButton.LeftButton)
    dialog = page.findChild(EventsDialog)
    assert isinstance(dialog, EventsDialog)
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 3)
    assert [str(dialog.model.index(n, 1).data()) for n in (1, 2)] == ["+447700900321", "Withheld"]
    told = "3 events of +447700900102, 1 of them with no number at the other end."
    assert dialog.words.text() == told
    dialog.close()


def test_a_problem_of_a_long_file_is_put_right_in_the_draft(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(long_text, "LONG", 300)
    monkeypatch.setattr(long_text, "HEAD", 180)
    path = tmp_path / "calls.csv"
    path.write_text(CALLS + "07700900321,07700900102,soon,5,Voice,\n" * 4, encoding="utf-8")
    page = ImportPage(desk, Target(page=PageKind.IMPORT, files=(path,)))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.ready)
    assert page.checked is not None
    assert page.checked.tables[0].rest is not None
    page.check.next_problem()
    panel = page.inspector()
    assert isinstance(panel, ReadPanel)
    assert panel.repair is not None
    panel.repair.choose(Way.TYPE)
    panel.repair.text.setText("09/02/2026 10:00")
    before = page.checked
    panel.repair.alike_button.click()
    qtbot.waitUntil(lambda: page.checked is not before and page.ready())
    assert page.checked.counts["events"] == 6
    assert page.checked.staying_out == 0
