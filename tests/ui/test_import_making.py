"""The columns step with several records a row: shown, changed in place, kept for next time."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ocgdesk.casework import import_specs
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.store import listing, records
from ocgdesk.store.listing import ListQuery
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.import_page import ImportPage
from ocgdesk.ui.pages.import_parts import ReadPanel
from ocgdesk.ui.widgets.inputs import Select

HANDLES = """Handle,Platform,Nominal,DOB,OCG,Role
quiet-otter,EncroChat,"CORS, Aled",14/02/1991,Harbour Row,Courier
tall-heron,SKY,"TATE, Bet",3/9/1988,Harbour Row,Enforcer
"""

Open = Callable[..., ImportPage]

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def open_page(qtbot: QtBot, desk: Desk) -> Open:
    def open_(*files: Path) -> ImportPage:
        page = ImportPage(desk, Target(page=PageKind.IMPORT, files=files))
        page.resize(1440, 900)
        qtbot.addWidget(page)
        page.show()
        qtbot.waitUntil(page.ready)
        return page

    return open_


@pytest.fixture
def handles(tmp_path: Path) -> Path:
    path = tmp_path / "handles.csv"
    path.write_text(HANDLES, encoding="utf-8")
    return path


def columns(qtbot: QtBot, page: ImportPage) -> None:
    qtbot.mouseClick(page.steps.steps["columns"], Qt.MouseButton.LeftButton)
    assert page.body.currentWidget() is page.columns_panel


def pick(qtbot: QtBot, page: ImportPage, chooser: Select, key: str) -> None:
    """Choose with the keyboard as a user does, and wait for the files to be read again."""
    before = page.checked
    chooser.choose(key)
    chooser.activated.emit(chooser.currentIndex())
    qtbot.waitUntil(lambda: page.checked is not before and page.ready())


def choosers(page: ImportPage) -> dict[str, Select]:
    return page.columns_panel.making.choosers


def made(page: ImportPage) -> set[tuple[str, str]]:
    assert page.checked is not None
    found = page.checked.draft.records
    return {(record.kind.value, record.label) for record in found}


def test_the_columns_say_which_record_each_fills_and_the_picture_which_links_there_are(
    qtbot: QtBot, open_page: Open, handles: Path
):
    page = open_page(handles)
    columns(qtbot, page)
    making = page.columns_panel.making
    assert {header: box.currentText() for header, box in choosers(page).items()} == {
        "Handle": "Handle: Handle",
        "Platform": "Handle: Platform",
        "Nominal": "Nominal: Name",
        "DOB": "Nominal: Born",
        "OCG": "OCG: Name",
        "Role": "Nominal → OCG: Role",
    }
    assert making.readers["Nominal"].current == "surname-first"
    assert making.picture.accessibleName() == (
        "Each row makes: Handle; Nominal; OCG; Handle → Nominal: Attribution; "
        "Nominal → OCG: Membership"
    )
    assert [tie.current for tie in making.ties] == ["attribution", "membership", ""]


def test_a_column_can_be_left_out_and_a_link_be_another(
    qtbot: QtBot, open_page: Open, handles: Path
):
    page = open_page(handles)
    columns(qtbot, page)
    pick(qtbot, page, choosers(page)["OCG"], "")
    assert {kind for kind, _label in made(page)} == {"handle", "nominal"}
    pick(qtbot, page, choosers(page)["OCG"], "new:ocg")
    assert ("ocg", "Harbour Row") in made(page)
    making = page.columns_panel.making
    assert [pair.words for pair in making._pairs if pair.current] == [
        "Handle → Nominal",
        "OCG → Handle",
    ]
    at = next(i for i, pair in enumerate(making._pairs) if pair.words == "Nominal → OCG")
    pick(qtbot, page, making.ties[at], "membership")
    links = {link.kind for link in page.checked.draft.links} if page.checked else set()
    assert Kind.MEMBERSHIP in links


def test_a_way_of_reading_changes_the_names(qtbot: QtBot, open_page: Open, handles: Path):
    page = open_page(handles)
    columns(qtbot, page)
    assert ("nominal", "Aled Cors") in made(page)
    pick(qtbot, page, page.columns_panel.making.readers["Nominal"], "")
    assert ("nominal", "CORS, Aled") in made(page)


def test_a_table_of_one_kind_gets_one_more_record_by_a_column(
    qtbot: QtBot, open_page: Open, tmp_path: Path
):
    path = tmp_path / "people.csv"
    path.write_text("Name,DOB,Drives\nAled Cors,14/2/1991,AB12 CDE\n", encoding="utf-8")
    page = open_page(path)
    columns(qtbot, page)
    pick(qtbot, page, page.columns_panel.choosers["Drives"], "new:vehicle")
    assert made(page) == {("nominal", "Aled Cors"), ("vehicle", "AB12 CDE")}
    assert page.checked is not None
    assert [link.type for link in page.checked.draft.links] == ["uses"]


def test_what_was_chosen_is_kept_and_used_for_the_next_file_with_the_reason(
    qtbot: QtBot, open_page: Open, desk: Desk, handles: Path, tmp_path: Path
):
    page = open_page(handles)
    columns(qtbot, page)
    pick(qtbot, page, choosers(page)["Role"], "")
    making = page.columns_panel.making
    making.name.selectAll()
    qtbot.keyClicks(making.name, "cell list")
    before = page.checked
    qtbot.mouseClick(making.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.checked is not before and page.ready())
    with desk.workspace.reading() as reader:
        assert [one.name for one in import_specs.kept(reader)] == ["cell list"]
    again = tmp_path / "december.csv"
    again.write_text(HANDLES.replace("quiet", "loud"), encoding="utf-8")
    page = open_page(again)
    assert page.checked is not None
    assert page.checked.draft.specification == "cell list"
    columns(qtbot, page)
    panel = page.columns_panel
    assert panel.known.current == "cell list"
    assert panel.why.text() == "cell list: It has the very columns the specification was made for."
    assert choosers(page)["Role"].current == ""
    pick(qtbot, page, panel.known, "")
    assert choosers(page)["Role"].currentText() == "Nominal → OCG: Role"


def test_taking_in_writes_all_records_and_links_as_one_step(
    qtbot: QtBot, open_page: Open, desk: Desk, handles: Path
):
    page = open_page(handles)
    assert page.footer.take_button.text() == "Take in 5 records, 4 links"
    page.take_in()
    qtbot.waitUntil(lambda: page.taken is not None and page.ready())
    assert page.done.words.text() == "Taken in: 5 records, 4 links."
    kinds = (Kind.HANDLE, Kind.NOMINAL, Kind.OCG)
    with desk.workspace.reading() as reader:
        assert list(records.counts(reader, kinds).values()) == [2, 2, 1]
        assert len(listing.order(reader, ListQuery(kind=Kind.MEMBERSHIP))) == 2
        memberships = reader.load(listing.order(reader, ListQuery(kind=Kind.MEMBERSHIP)), Base.LINK)
    assert {one.kind for one in memberships} == {Kind.MEMBERSHIP}
    step, _redo = desk.steps()
    assert step is not None
    assert step.label == "Import records"
    desk.undo()
    with desk.workspace.reading() as reader:
        assert sum(records.counts(reader, kinds).values()) == 0


def test_a_possible_duplicate_is_counted_filtered_and_named(
    qtbot: QtBot, open_page: Open, desk: Desk, handles: Path, given: Callable[..., object]
):
    from makers import a_nominal

    given(a_nominal("Bet Tate"))
    page = open_page(handles)
    assert page.check.tiles.tiles["alike"].count.count == 1
    qtbot.mouseClick(page.check.tiles.tiles["alike"], Qt.MouseButton.LeftButton)
    assert page.check.model.rowCount() == 1
    panel = page.inspector()
    assert isinstance(panel, ReadPanel)
    page.check.table.selectRow(0)
    assert panel.alike.says.text() == "Bet Tate may be:"
    assert panel.alike.choices[0].second.startswith("WMPA1-NOM")
    assert panel.alike.reason.text().endswith("the same name")
    panel.deleteLater()


def test_the_header_row_and_the_sheet_can_be_overruled(
    qtbot: QtBot, open_page: Open, tmp_path: Path
):
    path = tmp_path / "list.csv"
    path.write_text("Aled,1991\nName,Born\nBet,1988\n", encoding="utf-8")
    page = open_page(path)
    panel = page.inspector()
    assert isinstance(panel, ReadPanel)
    before = page.checked
    header = panel.read_as["list.csv"].header
    header.choose("2")
    header.activated.emit(header.currentIndex())
    qtbot.waitUntil(lambda: page.checked is not before and page.ready())
    assert page.checked is not None
    assert page.checked.tables[0].header == ("Name", "Born")
    assert [line.number for line in page.checked.records.all] == [3]
    panel.deleteLater()


def test_a_table_is_taken_in_from_the_clipboard(qtbot: QtBot, open_page: Open, desk: Desk):
    page = open_page()
    QApplication.clipboard().setText("Name\tDOB\nAled Cors\t14/02/1991\n")
    page.setFocus()
    page.paste()
    qtbot.waitUntil(lambda: page.checked is not None and page.ready())
    assert page.header.title.text() == "Draft: clipboard.txt"
    assert made(page) == {("nominal", "Aled Cors")}
    page.take_in()
    qtbot.waitUntil(lambda: page.taken is not None and page.ready())
    with desk.workspace.reading() as reader:
        assert records.counts(reader, (Kind.NOMINAL,))[Kind.NOMINAL] == 1


def test_a_clipboard_without_text_says_so(open_page: Open):
    page = open_page()
    QApplication.clipboard().clear()
    page.paste()
    assert page.checked is None
    assert page.error.sentence.text() == "The clipboard holds no text."


def test_items_of_a_type_nobody_knows_are_what_somebody_says_once_for_all_of_them(
    qtbot: QtBot, open_page: Open, tmp_path: Path
):
    chart = tmp_path / "chart.json"
    nodes = ",".join(f'{{"id": "{n}", "label": "Item {n}", "type": "Gizmo"}}' for n in range(3))
    links = '{"source": "0", "target": "1"}'
    chart.write_text(f'{{"nodes": [{nodes}], "links": [{links}]}}', encoding="utf-8")
    page = open_page(chart)
    columns(qtbot, page)
    assert made(page) == set()
    pick(qtbot, page, page.columns_panel.types["Gizmo"], "vehicle")
    assert made(page) == {("vehicle", f"Item {n}") for n in range(3)}
    assert page.body.currentWidget() is page.columns_panel
