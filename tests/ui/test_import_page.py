"""The import page: a draft to look at, then all of it as one act or nothing."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ocgdesk.casework.import_repairs import Way
from ocgdesk.casework.import_rows import Line, LineColumn, Lines
from ocgdesk.domain.entities import Report
from ocgdesk.domain.kinds import Kind
from ocgdesk.exchange.raw import Problem
from ocgdesk.store import origins, records
from ocgdesk.ui.delegates.roles import CellRole, MarkRole
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.finds_dialog import FindsDialog
from ocgdesk.ui.models.import_model import LinesModel, ProblemsModel
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.import_page import ImportPage
from ocgdesk.ui.pages.import_parts import ReadPanel
from ocgdesk.ui.widgets.values import Change, Flagged

PEOPLE = """Name,DOB,Gender,Comments
Aled Cors,14/02/1991,Male,courier
Bronwen Tate,31/02/1979,Female,driver
,3/9/1988,Male,nobody
Carys Hume,1996,Female,
Dewi Lark,12/12/1982,Boss,
"""

Open = Callable[..., ImportPage]


pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def open_page(qtbot: QtBot, desk: Desk) -> Open:
    def open_(*files: Path, size: tuple[int, int] = (1440, 900)) -> ImportPage:
        page = ImportPage(desk, Target(page=PageKind.IMPORT, files=files))
        page.resize(*size)
        qtbot.addWidget(page)
        page.show()
        qtbot.waitUntil(page.ready)
        return page

    return open_


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


def count(desk: Desk, kind: Kind) -> int:
    with desk.workspace.reading() as reader:
        return records.counts(reader, (kind,))[kind]


def column(page: ImportPage, number: int) -> list[str]:
    model = page.check.model
    return [str(model.index(row, number).data()) for row in range(model.rowCount())]


def take_in(qtbot: QtBot, page: ImportPage) -> None:
    qtbot.keyClick(page.check.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    if page.taken is None:  # an offscreen window may not be the active one
        page.take_in()
    qtbot.waitUntil(lambda: page.taken is not None and page.ready())


def test_without_a_file_the_page_asks_for_one(open_page: Open):
    page = open_page()
    assert page.body.currentWidget() is page.empty
    assert page.empty.sentence.text() == "Drop a file anywhere, or paste a table with Ctrl+V."
    assert page.empty.button.text() == "Choose files"


def test_a_file_is_shown_row_by_row_and_nothing_is_written(open_page: Open, desk: Desk, people):
    page = open_page(people)
    assert page.header.title.text() == "Draft: people.csv"
    assert column(page, 0) == ["2", "3", "4", "5", "6"]
    assert column(page, 1) == ["New", "Problem", "Stays out", "New", "Problem"]
    assert count(desk, Kind.NOMINAL) == 0


def test_cells_that_make_no_sense_are_marked_and_explained(open_page: Open, people):
    page = open_page(people)
    born = page.check.model.index(1, 3)
    assert born.data(MarkRole) == "overdue"
    assert born.data(CellRole) == Flagged("31/02/1979")
    panel = page.inspector()
    assert panel is not None
    page.check.table.selectRow(1)
    assert "31/2/1979" in panel.reason.text()
    assert panel.reason.text().endswith("The row comes in without.")
    panel.deleteLater()


def test_the_counts_filter_the_rows(qtbot: QtBot, open_page: Open, people):
    page = open_page(people)
    assert [tile.count.count for tile in page.check.tiles.tiles.values()] == [5, 2, 0, 0, 0, 0, 3]
    qtbot.mouseClick(page.check.tiles.tiles["problems"], Qt.MouseButton.LeftButton)
    assert column(page, 1) == ["Problem", "Stays out", "Problem"]
    qtbot.mouseClick(page.check.tiles.tiles["new"], Qt.MouseButton.LeftButton)
    assert column(page, 2) == ["Aled Cors", "Carys Hume"]


def test_the_next_problem_is_one_key_away_and_goes_round(open_page: Open, people):
    page = open_page(people)
    visited = []
    for _turn in range(4):
        page.check.next_problem()
        visited.append(
            (page.check.table.currentIndex().row(), page.check.table.currentIndex().column())
        )
    assert [row for row, _column in visited] == [1, 2, 4, 1]
    assert visited[0][1] == 3


def test_a_problem_in_the_list_leads_to_its_row(open_page: Open, people):
    page = open_page(people)
    page.check.switch.choose("problems")
    page.check.switch.chosen.emit("problems")
    assert page.check.tables.currentWidget() is page.check.problem_table
    reasons = [
        page.check.problems.index(r, 2).data() for r in range(page.check.problems.rowCount())
    ]
    at = next(i for i, reason in enumerate(reasons) if "Boss" in reason)
    page.check.problem_table.opened.emit(at)
    assert page.check.tables.currentWidget() is page.check.table
    assert page.check.model.line(page.check.table.currentIndex().row()).number == 6


def test_taking_in_is_one_act_that_one_undo_takes_back(
    qtbot: QtBot, open_page: Open, desk: Desk, people
):
    page = open_page(people)
    assert page.footer.take_button.text() == "Take in 4 rows"
    assert page.footer.words.text() == "1 stays out, 2 come in without what is marked"
    take_in(qtbot, page)
    assert count(desk, Kind.NOMINAL) == 4
    assert page.done.words.text() == "Taken in: 4 nominals."
    step, _redo = desk.steps()
    assert step is not None
    assert step.label == "Import nominals"
    qtbot.mouseClick(page.done.undo_button, Qt.MouseButton.LeftButton)
    assert count(desk, Kind.NOMINAL) == 0
    qtbot.waitUntil(page.ready)
    assert page.body.currentWidget() is page.check


def test_the_journal_keeps_the_file_by_its_hash_not_its_name(
    qtbot: QtBot, open_page: Open, desk: Desk, people
):
    take_in(qtbot, open_page(people))
    with desk.workspace.connection() as connection:
        found = connection.exec_driver_sql(
            "SELECT label, detail FROM journal WHERE act = 'collection'"
        ).all()
    assert len(found) == 1
    assert "sha256" in found[0].detail
    assert "people.csv" not in found[0].detail


def test_the_same_file_again_says_that_all_is_here(qtbot: QtBot, open_page: Open, people):
    take_in(qtbot, open_page(people))
    again = open_page(people)
    assert set(column(again, 1)) == {"Same", "Problem", "Stays out"}
    assert not again.footer.take_button.isEnabled()
    assert again.footer.take_button.toolTip() == "There is nothing new in this file."


def test_a_changed_value_shows_what_was_and_what_would_be(qtbot: QtBot, open_page: Open, people):
    take_in(qtbot, open_page(people))
    people.write_text(PEOPLE.replace("courier", "enforcer"), encoding="utf-8")
    again = open_page(people)
    cell = again.check.model.index(0, 5)
    assert cell.data(CellRole) == Change(before="courier", after="enforcer")
    assert cell.data(MarkRole) == "info"
    assert again.footer.take_button.text() == "Take in 1 row"


def test_rows_of_an_unknown_kind_wait_until_somebody_says_what_they_are(
    qtbot: QtBot, open_page: Open, tmp_path
):
    path = tmp_path / "stuff.csv"
    path.write_text("Alpha,Name\n1,Kestrel\n2,Tony\n", encoding="utf-8")
    page = open_page(path)
    assert page.body.currentWidget() is page.columns_panel
    assert not page.footer.take_button.isEnabled()
    page.columns_panel.kind.choose(Kind.COUNTY_LINE.value)
    page.columns_panel.kind.chosen.emit(Kind.COUNTY_LINE.value)
    qtbot.waitUntil(page.ready)
    assert page.body.currentWidget() is page.check
    assert column(page, 1) == ["New", "New"]


def test_a_column_can_be_taken_for_something_else(qtbot: QtBot, open_page: Open, people):
    page = open_page(people)
    chooser = page.columns_panel.choosers["Comments"]
    assert chooser.current == "summary"
    page.columns_panel.column_chosen.emit("Comments", "")
    qtbot.waitUntil(page.ready)
    assert page.body.currentWidget() is page.columns_panel
    assert "Summary" not in [c.title for c in page.checked.columns]
    take_in(qtbot, page)
    rows = page.taken.proposal.rows
    assert {row.after.summary for row in rows} == {""}


def test_unknown_ends_of_links_are_offered_as_new(qtbot: QtBot, open_page: Open, tmp_path):
    nodes, edges = tmp_path / "nodes.csv", tmp_path / "edges.csv"
    nodes.write_text("id,name\n1,Aled\n2,Bron\n", encoding="utf-8")
    edges.write_text("source,target\n1,2\n2,3\n3,9\n", encoding="utf-8")
    page = open_page(nodes, edges)
    assert page.header.title.text() == "Draft: nodes.csv and edges.csv"
    assert (len(page.checked.records), page.checked.wanted) == (2, 3)
    panel = page.inspector()
    assert panel.add_button.text() == "Add the 2 unknown as new"
    panel.missing_wanted.emit()
    qtbot.waitUntil(lambda: page.ready() and page.checked.wanted == 7)
    page.check.switch.chosen.emit("records")
    assert "3" in column(page, 3) or "3" in column(page, 2)
    panel.deleteLater()


def test_what_is_no_table_is_refused_in_place_in_one_sentence(open_page: Open, tmp_path):
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    page = open_page(path)
    assert page.body.currentWidget() is page.empty
    assert page.error.sentence.text() == "This is not a table: it starts like a picture."


def test_the_bad_rows_can_be_saved_with_their_reasons(
    qtbot: QtBot, open_page: Open, people, tmp_path
):
    page = open_page(people)
    out = tmp_path / "bad.csv"
    page.save_bad(out)
    qtbot.waitUntil(out.exists)
    text = out.read_text(encoding="utf-8-sig")
    assert text.count("\n") == 4
    assert "Bronwen Tate" in text
    assert "not a date" in text


def test_cancel_leaves_everything_as_it_was(qtbot: QtBot, open_page: Open, desk: Desk, people):
    page = open_page(people)
    qtbot.mouseClick(page.footer.cancel_button, Qt.MouseButton.LeftButton)
    assert page.body.currentWidget() is page.empty
    assert count(desk, Kind.NOMINAL) == 0


def test_charting_what_was_taken_in_asks_for_those_records(qtbot: QtBot, open_page: Open, people):
    page = open_page(people)
    take_in(qtbot, page)
    with qtbot.waitSignal(page.opened) as caught:
        qtbot.mouseClick(page.done.chart_button, Qt.MouseButton.LeftButton)
    target, _new_tab = caught.args
    assert target.page is PageKind.CHART
    assert len(target.focus) == 4


def test_a_network_known_to_the_trade_comes_in_whole(
    qtbot: QtBot, open_page: Open, desk: Desk, shared_data: Path
):
    folder = shared_data / "networks" / "caviar"
    page = open_page(folder / "nodes.csv", folder / "edges.csv")
    take_in(qtbot, page)
    assert page.done.words.text() == "Taken in: 110 nominals, 295 links."
    assert count(desk, Kind.NOMINAL) == 110
    again = open_page(folder / "nodes.csv", folder / "edges.csv")
    assert again.footer.words.text().startswith("Everything in this file is here already")


def test_messy_files_never_stop_the_page(open_page: Open, shared_data: Path):
    for path in sorted((shared_data / "messy" / "csvkit").glob("*.csv")):
        page = open_page(path)
        assert page.checked is not None or page.error.sentence.text()


def test_a_hundred_thousand_rows_are_shown_at_once():
    wrong = (Problem("big.csv", 7, "Name", "empty"),)
    lines = Lines.of(Line("big.csv", n, (f"Name {n}",), None, wrong) for n in range(100_000))
    columns = (LineColumn(index=0, header="Name", title="Name"),)
    model = LinesModel()
    began = time.thread_time()
    model.show_lines(lines, columns)
    assert model.index(99_999, 2).data() == "Name 99999"
    assert model.next_problem(50_000) == 50_001
    assert time.thread_time() - began < 0.3


def test_the_models_keep_qts_contract(qtmodeltester, open_page: Open, people):
    page = open_page(people)
    qtmodeltester.check(page.check.model)
    qtmodeltester.check(page.check.problems)
    qtmodeltester.check(LinesModel())
    qtmodeltester.check(ProblemsModel())


def panel_of(page: ImportPage) -> ReadPanel:
    """Return what the inspector shows of the row chosen."""
    panel = page.inspector()
    assert isinstance(panel, ReadPanel)
    panel.show()
    return panel


def test_a_problem_is_put_right_in_place_and_the_row_comes_in_whole(
    qtbot: QtBot, open_page: Open, desk: Desk, people
):
    page = open_page(people)
    page.check.next_problem()
    panel = panel_of(page)
    qtbot.addWidget(panel)
    assert panel.repair is not None
    assert panel.repair.remedy.words == "Keep month and year: Feb 1979"
    qtbot.mouseClick(panel.repair.apply_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.ready() and column(page, 1)[1] == "New")
    assert column(page, 3)[1] == "Feb 1979"
    assert page.check.table.currentIndex().row() == 1
    take_in(qtbot, page)
    with desk.workspace.reading() as reader:
        brief = records.resolve(reader, "Bronwen Tate")
        assert str(reader.find(brief.id).born) == "1979-02"  # type: ignore[attr-defined]


def test_what_was_put_right_is_said_and_can_be_taken_back(qtbot: QtBot, open_page: Open, people):
    page = open_page(people)
    page.check.table.selectRow(2)
    panel = panel_of(page)
    qtbot.addWidget(panel)
    assert panel.repair is not None
    panel.repair.choose(Way.OUT)
    qtbot.mouseClick(panel.repair.apply_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.ready() and column(page, 0) == ["2", "3", "5", "6"])
    again = panel_of(page)
    qtbot.addWidget(again)
    qtbot.mouseClick(again.back_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.ready() and column(page, 0) == ["2", "3", "4", "5", "6"])


def test_a_word_that_is_typed_must_say_something_else(qtbot: QtBot, open_page: Open, people):
    page = open_page(people)
    page.check.table.selectRow(1)
    panel = panel_of(page)
    qtbot.addWidget(panel)
    assert panel.repair is not None
    panel.repair.choose(Way.TYPE)
    assert panel.repair.text.text() == "31/02/1979"
    assert not panel.repair.apply_button.isEnabled()
    panel.repair.text.setText("28/02/1979")
    assert panel.repair.apply_button.isEnabled()


def test_another_encoding_is_one_choice_away(qtbot: QtBot, open_page: Open, tmp_path: Path):
    path = tmp_path / "odd.csv"
    path.write_bytes("Name;Gender\nZdenìk Èapek;Male\n".encode("cp1252"))
    page = open_page(path)
    panel = panel_of(page)
    qtbot.addWidget(panel)
    part = panel.read_as["odd.csv"]
    assert (part.encoding.current, part.delimiter.current) == ("cp1252", ";")
    part.encoding.choose("cp1250")
    part.encoding.chosen.emit("cp1250")
    qtbot.waitUntil(lambda: page.ready() and column(page, 2) == ["Zdeněk Čapek"])


REPORT = "Seen today.\nAled Cors drove AB12 CDE to the yard. He rang 07700 900321.\n"


def test_a_report_that_is_dropped_is_offered_to_be_looked_through(
    qtbot: QtBot, open_page: Open, desk: Desk, tmp_path: Path
):
    path = tmp_path / "yard.txt"
    path.write_text(REPORT, encoding="utf-8")
    page = open_page(path)
    assert page.body.currentWidget() is page.text_offer
    (dialog,) = page.findChildren(FindsDialog)
    assert dialog.name.text == "yard"
    assert "yard.txt, SHA-256" in dialog.came.text()
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: dialog.rows.rowCount() == 2)
    opened: list[Target] = []
    page.opened.connect(lambda target, _new: opened.append(target))
    dialog.accept_button.click()
    dialog.close()
    assert page.body.currentWidget() is page.empty
    with desk.workspace.reading() as reader:
        report = reader.get(Report, opened[0].id)
        assert [one.name for one in origins.of(reader, report.id)] == ["yard.txt"]
    assert report.text == REPORT
    again = open_page(path)
    (dialog,) = again.findChildren(FindsDialog)
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: dialog.rows.rowCount() == 2)
    assert "this file is the report" in dialog.came.text()
    assert dialog.source.report == report.id
    dialog.close()


def test_what_may_be_either_is_asked_once(qtbot: QtBot, open_page: Open, tmp_path: Path):
    path = tmp_path / "numbers.txt"
    path.write_text("07700900321\n07700900322\n", encoding="utf-8")
    page = open_page(path)
    assert "Which is it?" in page.text_offer.sentence.text()
    assert not page.findChildren(FindsDialog)
    page.text_offer.other.click()
    qtbot.waitUntil(page.ready)
    assert page.checked is not None
    page.refresh()
    qtbot.waitUntil(page.ready)
    assert page.checked is not None


def test_a_report_that_is_pasted_is_looked_through_and_has_no_file(qtbot: QtBot, open_page: Open):
    page = open_page()
    QApplication.clipboard().setText(REPORT)
    page.paste()
    qtbot.waitUntil(page.ready)
    (dialog,) = page.findChildren(FindsDialog)
    assert (dialog.source.file, dialog.name.text) == (None, "")
    dialog.close()
