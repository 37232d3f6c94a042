"""The audit page: the journal by who, what and when, and the state of its chain."""

from pathlib import Path

import pytest
from makers import a_nominal
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from ocgdesk.casework import auditing
from ocgdesk.domain.people import Role
from ocgdesk.errors import Refused
from ocgdesk.settings import Settings
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.models.audit_model import AuditModel
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.audit_page import AuditPage

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def auditor(add_user, opened_by, given):
    """A desk at which an auditor sits, over a file in which something was done."""
    given(a_nominal("Aled Cors"), a_nominal("Bronwen Tate"))
    desk = Desk(opened_by(add_user("audrey", Role.AUDITOR)), Settings())
    yield desk
    desk.close()


@pytest.fixture
def page(qtbot: QtBot, auditor: Desk) -> AuditPage:
    made = AuditPage(auditor, Target(page=PageKind.AUDIT))
    made.resize(1440, 900)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made.ready)
    return made


def shown(page: AuditPage, column: int) -> list[str]:
    return [page.model.index(row, column).data() for row in range(page.model.rowCount())]


def test_the_newest_entries_stand_first_with_references_never_names(page: AuditPage):
    labels = shown(page, 4)
    assert labels.index("Open workspace") < labels.index("Given")
    refs = shown(page, 5)[labels.index("Given")]
    assert refs.startswith("WMPA1-NOM-")
    everything = " ".join(" ".join(shown(page, column)) for column in range(7))
    assert "Aled" not in everything


def test_filters_narrow_by_user_operation_and_reference(qtbot: QtBot, page: AuditPage):
    page.act.choose("alteration")
    page.act.chosen.emit("alteration")
    qtbot.waitUntil(page.ready)
    assert shown(page, 4) == ["Given"]
    page.clear()
    qtbot.waitUntil(page.ready)
    page.user.choose(page.user.options[1].key)
    page.user.chosen.emit(page.user.options[1].key)
    qtbot.waitUntil(page.ready)
    assert len(set(shown(page, 2))) == 1
    page.clear()
    page.filters.box.setText("wmpa1-nom-2026-0001")
    page.filters.searched.emit(page.filters.box.text())
    qtbot.waitUntil(lambda: page.ready() and "Given" in shown(page, 4))
    assert "Open workspace" not in shown(page, 4)


def test_a_reference_that_was_never_issued_is_said_in_place(qtbot: QtBot, page: AuditPage):
    page.filters.searched.emit("WMPA1-NOM-1999-0001")
    qtbot.waitUntil(page.ready)
    assert page.error.sentence.text() == "There is no such reference"


def test_reading_the_journal_is_logged(qtbot: QtBot, page: AuditPage):
    page.refresh()
    qtbot.waitUntil(lambda: page.ready() and "Read the journal" in shown(page, 4))


def test_nothing_in_a_period_says_so_and_offers_the_way_out(qtbot: QtBot, page: AuditPage):
    page.act.choose("erasure")
    page.act.chosen.emit("erasure")
    qtbot.waitUntil(page.ready)
    assert page.empty.isVisible()
    assert page.empty.sentence.text() == "No entry in this period."
    qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.ready() and page.model.rowCount() > 0)


def test_an_entry_is_told_in_full_beside_the_table(page: AuditPage):
    row = shown(page, 4).index("Given")
    page.table.selectRow(row)
    panel = page.inspector()
    assert panel is not None
    assert page.model.entry(row).label == "Given"
    panel.deleteLater()


def test_verifying_says_that_the_chain_holds(qtbot: QtBot, page: AuditPage):
    qtbot.mouseClick(page.verify_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.ready, timeout=20_000)
    assert page.chain.text().startswith("The chain holds: ")
    qtbot.mouseClick(page.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == page.head.text()


def test_a_broken_chain_names_the_entry(qtbot: QtBot, page: AuditPage, workspace):
    with workspace.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE journal SET label = 'Other' WHERE seq = 2")
    page.verify()
    qtbot.waitUntil(page.ready, timeout=20_000)
    assert page.error.sentence.text() == "The chain breaks at entry 2."


def test_exporting_is_logged_as_a_disclosure_and_carries_the_head(
    qtbot: QtBot, page: AuditPage, tmp_path: Path
):
    out = tmp_path / "journal.csv"
    page.export(out)
    qtbot.waitUntil(lambda: page.ready() and "Export the journal" in shown(page, 4))
    text = out.read_text(encoding="utf-8-sig")
    assert "Given" in text
    assert "Head of the journal: " in text
    assert "Disclosure" in shown(page, 3)


def test_only_an_auditor_exports_the_journal(page: AuditPage, opened_by, another_user, tmp_path):
    other = opened_by(another_user)
    with pytest.raises(Refused):
        auditing.export(other, page.seen, tmp_path / "stolen.csv")
    assert not (tmp_path / "stolen.csv").exists()


def test_the_model_keeps_qts_contract(qtmodeltester, page: AuditPage):
    qtmodeltester.check(page.model)
    qtmodeltester.check(AuditModel())


def test_look_ups_of_ones_own_and_a_colleagues_name_are_one_choice_away(
    qtbot: QtBot, page: AuditPage, workspace, given, opened_by, another_user
):
    (ann,) = given(a_nominal("Ann"))
    bea = opened_by(another_user)
    for window in (workspace, bea):
        with window.reading("Curiosity") as reader:
            reader.saw("Open record", [reader.number(ann.id)])
    page.act.choose("lookups")
    page.act.chosen.emit("lookups")
    qtbot.waitUntil(page.ready)
    assert shown(page, 4) == ["Open record", "Open record"]
    assert shown(page, 6) == ["colleague: Ann", "own name"]
    title = page.model.headerData(6, Qt.Orientation.Horizontal)
    assert title == "Whose name"
    assert "no proof" in page.header.subtitle.text()
    page.clear()
    qtbot.waitUntil(page.ready)
    assert page.model.headerData(6, Qt.Orientation.Horizontal) == "Reason"
