"""Free text in the window: pasted or opened, each find taken, taken as another, or ignored."""

from collections.abc import Callable

import pytest
from makers import a_nominal, a_phone, a_report
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.things import Thing
from ocgdesk.store import records
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.finds_dialog import FindsDialog, Source
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.record_page import RecordPage
from ocgdesk.ui.plan.form import FormField
from ocgdesk.ui.widgets.inputs import TextBox

TEXT = "Aled Cors rang 07700 900321 from the yard. He drove AB12 CDE. Call 07700900321 again."

pytestmark = pytest.mark.usefixtures("dressed")


def typed(field: FormField, text: str) -> None:
    assert isinstance(field.editor, TextBox)
    field.editor.setText(text)


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk) -> Callable[..., FindsDialog]:
    def open_(source: Source | None = None) -> FindsDialog:
        host = QWidget()  # a dialog deletes itself when it closes
        qtbot.addWidget(host)
        dialog = FindsDialog(desk, source, parent=host)
        dialog.show()
        return dialog

    return open_


def links(desk: Desk, thing_id) -> list[Link]:
    with desk.workspace.reading() as reader:
        return [item.link for item in records.links_of(reader, thing_id)]


def test_a_pasted_report_becomes_one_with_its_first_find(
    qtbot: QtBot, desk: Desk, given: Callable[..., list[Thing]], opened
):
    person, phone = given(a_nominal("Aled Cors"), a_phone("07700 900321"))
    dialog = opened()
    dialog.text.setPlainText(TEXT)
    dialog.accept_button.click()
    assert dialog.name.wrong == "Say what the report is called"
    typed(dialog.name, "Yard meeting")
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: dialog.rows.rowCount() == 4)
    assert [find.mark.type for find in dialog.finds] == ["name", "phone", "vrm", "phone"]
    qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)
    dialog.accept_button.click()
    assert [find.state for find in dialog.finds] == ["ignored", "taken", "", "taken"]
    assert dialog.choice.currentText() == "New vehicle: AB12 CDE"
    dialog.accept_button.click()
    assert [find.state for find in dialog.finds] == ["ignored", "taken", "taken", "taken"]
    (link,) = links(desk, phone.id)
    assert link.note == "Aled Cors rang 07700 900321 from the yard."
    assert link.reports == (link.source,)
    assert links(desk, person.id) == []
    with desk.workspace.reading() as reader:
        assert records.counts(reader, (Kind.REPORT, Kind.VEHICLE)) == {
            Kind.REPORT: 1,
            Kind.VEHICLE: 1,
        }
    dialog.close()


def test_nothing_is_written_where_every_find_is_ignored(qtbot: QtBot, desk: Desk, opened):
    dialog = opened()
    typed(dialog.name, "Yard meeting")
    dialog.text.setPlainText("He drove AB12 CDE.")
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: dialog.rows.rowCount() == 1)
    dialog.ignore_button.click()
    with desk.workspace.reading() as reader:
        assert records.counts(reader, (Kind.REPORT,))[Kind.REPORT] == 0
    dialog.close()


def test_a_report_on_record_is_read_from_its_page(
    qtbot: QtBot, desk: Desk, given: Callable[..., list[Thing]]
):
    (report,) = given(a_report(text=TEXT))
    page = RecordPage(desk, Target(page=PageKind.RECORD, kind=Kind.REPORT, id=report.id))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.ready)
    page.tabs.choose("intelligence")
    page.reports.buttons["find"].click()
    qtbot.waitUntil(lambda: page.findChild(FindsDialog) is not None)
    dialog = page.findChild(FindsDialog)
    assert isinstance(dialog, FindsDialog)
    qtbot.waitUntil(lambda: dialog.rows.rowCount() == 3)
    dialog.accept_button.click()
    assert len(links(desk, report.id)) == 1
    dialog.close()
