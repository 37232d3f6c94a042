"""The threat grid and the nomination, as one works with them."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from makers import a_nominal, an_assignment, an_ocg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ocgdesk.domain.entities import Ocg
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.subrecords import Assessment
from ocgdesk.store import records
from ocgdesk.store.listing import ListQuery, order
from ocgdesk.ui.delegates.roles import CellRole
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.disclosure_dialog import DisclosureDialog
from ocgdesk.ui.dialogs.nomination_dialog import NominationDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.register_page import RegisterPage
from ocgdesk.ui.pages.threat_grid_page import ThreatGridPage
from ocgdesk.ui.widgets.inputs import Select, TextBox
from ocgdesk.ui.widgets.values import Spark

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier

pytestmark = pytest.mark.usefixtures("dressed")


def a_score(ocg: Ocg, total: float, day: date = date(2026, 11, 1), **more) -> Assessment:
    return Assessment(owner=ocg.id, sheet="morile-style", total=total, assessed=day, **more)


@pytest.fixture
def groups(given):
    low, high, none = given(
        an_ocg("Low Group", status="active", agency="WMP", tier="t3", review_due=date(2026, 1, 1)),
        an_ocg("High Group", status="active", agency="WMC", tier="t1"),
        an_ocg("Not Scored", status="active", agency="WMC"),
    )
    given(
        a_score(low, 48, date(2026, 5, 1), band="medium"),
        a_score(low, 60, band="medium"),
        a_score(high, 150, band="very-high"),
        an_assignment(low, "Insp Rowe", role="lro"),
    )
    return low, high, none


@pytest.fixture
def page(desk: Desk, qtbot: QtBot):
    def make() -> ThreatGridPage:
        made = ThreatGridPage(desk, Target(page=PageKind.THREAT_GRID))
        qtbot.addWidget(made)
        made.resize(1400, 800)
        made.show()
        qtbot.waitExposed(made)
        settle(qtbot, made)
        return made

    return make


def settle(qtbot: QtBot, page: ThreatGridPage) -> None:
    QApplication.processEvents()
    qtbot.waitUntil(page.ready)


def names(page: ThreatGridPage) -> list[str]:
    return [row.threat.ocg.label for row in page.model.rows]


def column(page: ThreatGridPage, title: str) -> int:
    return next(n for n, c in enumerate(page.model.columns) if c.heading.title == title)


def cell(page: ThreatGridPage, row: int, title: str) -> str:
    return page.model.index(row, column(page, title)).data()


def test_the_model_of_the_grid_keeps_qts_contract(groups, page, qtmodeltester) -> None:
    qtmodeltester.check(page().model)


def test_rows_stand_by_risk_with_trend_officers_and_a_blank_disruption(groups, page) -> None:
    made = page()
    assert names(made) == ["High Group", "Low Group", "Not Scored"]
    assert [cell(made, row, "Rank") for row in range(3)] == ["1", "2", "–"]
    assert (cell(made, 1, "MoRiLE-style"), cell(made, 1, "Trend")) == ("60", "Rising")
    trend = made.model.index(1, column(made, "Trend")).data(CellRole)
    assert isinstance(trend, Spark)
    assert trend.points == (48.0, 60.0)
    assert (cell(made, 1, "LRO"), cell(made, 0, "LRO")) == ("Insp Rowe", "None")
    assert cell(made, 0, "Disrupted") == ""
    assert "local defaults, not the national schemes" in made.header.subtitle.text()


def test_what_is_not_compared_is_said_over_the_rows(given, groups, page) -> None:
    (old,) = given(an_ocg("Old", status="active"))
    given(a_score(old, 200, sheet_version=4))
    made = page()
    assert made.note.isVisible()
    assert names(made)[0] == "High Group"


def test_a_click_on_a_header_orders_by_it_and_missing_ones_stay_last(
    groups, page, qtbot: QtBot
) -> None:
    made = page()
    made.model.turn(column(made, "MoRiLE-style"))
    assert names(made) == ["Low Group", "High Group", "Not Scored"]
    made.model.turn(column(made, "MoRiLE-style"))
    assert names(made) == ["High Group", "Low Group", "Not Scored"]


def test_force_tier_and_words_filter_and_one_click_clears(groups, page, qtbot: QtBot) -> None:
    made = page()
    made.owner.choose("WMC")
    made.owner.chosen.emit("WMC")
    assert names(made) == ["High Group", "Not Scored"]
    qtbot.keyClicks(made.bar.box, "rowe")
    qtbot.waitUntil(lambda: made.text == "rowe")
    assert names(made) == []
    qtbot.mouseClick(made.empty.button, LEFT)
    assert len(names(made)) == 3
    assert (made.owner.current, made.bar.box.text()) == ("", "")
    made.tiers.choose("t3")
    made.tiers.chosen.emit("t3")
    assert names(made) == ["Low Group"]


def test_enter_opens_the_ocg_on_its_scores(groups, page, qtbot: QtBot) -> None:
    made = page()
    made.table.setFocus()
    with qtbot.waitSignal(made.opened) as heard:
        qtbot.keyClick(made.table, Qt.Key.Key_Return)
    high = groups[1]
    assert heard.args[0] == Target(page=PageKind.RECORD, kind=Kind.OCG, id=high.id, tab="scores")


def test_archived_ocgs_come_when_asked_for_and_a_new_score_is_seen_at_once(
    given, groups, page, desk: Desk, qtbot: QtBot
) -> None:
    given(an_ocg("Gone", status="archived"))
    made = page()
    assert "Gone" not in names(made)
    made.everything.click()
    settle(qtbot, made)
    assert "Gone" in names(made)
    desk.do("Assess OCG", lambda work: work.put(a_score(groups[2], 240)))
    settle(qtbot, made)
    assert names(made)[0] == "Not Scored"


def test_the_rows_shown_are_exported_marked_and_logged(
    groups, page, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    made = page()
    made.owner.choose("WMC")
    made.owner.chosen.emit("WMC")
    qtbot.keyClick(made, Qt.Key.Key_E, CONTROL)
    dialog = made.findChild(DisclosureDialog)
    for field, text in (
        (dialog.path, str(tmp_path / "grid.xlsx")), (dialog.recipient, "TTCG"),
        (dialog.reason, "November meeting"),
    ):  # fmt: skip
        assert isinstance(field.editor, TextBox)
        field.editor.setText(text)
    with qtbot.waitSignal(made.papers.written):
        dialog.accept_button.click()
    sheet = openpyxl.load_workbook(tmp_path / "grid.xlsx").worksheets[0]
    assert sheet["A1"].value == "OFFICIAL-SENSITIVE"
    assert [sheet.cell(row, 2).value for row in (3, 4, 5)] == ["High Group", "Not Scored", None]
    assert "2 rows written to grid.xlsx." in made.note.sentence.text()


def test_an_empty_register_says_what_belongs_here(page) -> None:
    made = page()
    assert made.stack.currentWidget() is made.empty


# ---- Nomination ---------------------------------------------------------------------------------


@pytest.fixture
def nomination(desk: Desk, qtbot: QtBot):
    register = RegisterPage(desk, Target(page=PageKind.REGISTER, kind=Kind.OCG))
    qtbot.addWidget(register)
    register.resize(1200, 800)
    register.show()
    qtbot.waitExposed(register)
    qtbot.waitUntil(register.ready)
    qtbot.mouseClick(register.new_button, LEFT)
    dialog = register.findChild(NominationDialog)
    return register, dialog


def ocgs_of(desk: Desk) -> list[Ocg]:
    with desk.workspace.reading() as reader:
        return list(reader.load(order(reader, ListQuery(kind=Kind.OCG))))


def test_a_nomination_says_as_one_types_what_the_definition_lacks_and_never_blocks(
    given, desk: Desk, nomination, qtbot: QtBot
) -> None:
    register, dialog = nomination
    assert len(dialog.lacking) == 3
    qtbot.keyClicks(dialog.fields["name"].editor, "Quayside Two")
    crime = dialog.fields["primary_crime"].editor
    assert isinstance(crime, Select)
    crime.choose("DRG")
    crime.chosen.emit("DRG")
    qtbot.keyClicks(dialog.benefit.editor, "Cash")
    assert [text.split()[1] for text in dialog.lacking] == ["persons"]
    with qtbot.waitSignal(register.opened) as heard:
        dialog.accept_button.click()
    (made,) = ocgs_of(desk)
    assert (made.name, made.status, made.benefit) == ("Quayside Two", "nominated", "Cash")
    assert heard.args[0].id == made.id


def test_members_named_in_a_nomination_become_its_members(
    given, desk: Desk, nomination, qtbot: QtBot
) -> None:
    people = given(a_nominal("Aled Cors"), a_nominal("Bryn Teg"))
    _register, dialog = nomination
    qtbot.keyClicks(dialog.fields["name"].editor, "Quayside Two")
    for text in ("aled", "bryn"):
        qtbot.keyClicks(dialog.members.box, text)
        qtbot.waitUntil(lambda: len(dialog.members.table.rows) == 1)
        QApplication.processEvents()
        qtbot.keyClick(dialog.members.box, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not dialog.members.box.text())
    assert dialog.members.ids == tuple(person.id for person in people)
    assert dialog.lacking[0].startswith("2 persons")
    dialog.accept_button.click()
    (made,) = ocgs_of(desk)
    with desk.workspace.reading() as reader:
        assert len(records.links_of(reader, made.id)) == 2


def test_a_nomination_without_a_name_is_not_saved(desk: Desk, nomination) -> None:
    _register, dialog = nomination
    dialog.accept_button.click()
    assert dialog.fields["name"].wrong
    assert ocgs_of(desk) == []
    dialog.reject()
