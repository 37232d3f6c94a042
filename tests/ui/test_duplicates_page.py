"""The duplicates page: the queue, two records side by side, and the four decisions by key."""

import pytest
from makers import a_link, a_nominal, a_phone
from pages import settle
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Nominal
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.values import Identifier
from ocgdesk.store import matching, merges
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.duplicates_page import DuplicatesPage
from ocgdesk.ui.pages.duplicates_rows import RIGHT

pytestmark = pytest.mark.usefixtures("dressed")
BORN = PartialDate(1991, 2, 14)
TARGET = Target(page=PageKind.DUPLICATES)


def opened(qtbot: QtBot, desk: Desk, target: Target = TARGET) -> DuplicatesPage:
    """Show the page and wait for its worker process, which takes a while to begin with."""
    page = DuplicatesPage(desk, target)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    compared(qtbot, page)
    return page


def compared(qtbot: QtBot, page: DuplicatesPage) -> None:
    qtbot.waitUntil(page.ready, timeout=60_000)
    settle(qtbot, page)


@pytest.fixture
def people(given):
    """Two pairs that may be one, and somebody who is nobody else."""
    pnc = Identifier("pnc", "2001/0012345X")
    rhys = a_nominal("Rhys ap Gruffydd", born=BORN, identifiers=(pnc,))
    rees = a_nominal("Gruffydd Rees", born=BORN, identifiers=(pnc,), gender="male")
    seun = a_nominal("Oluwaseun Adebayo", born=PartialDate(1988, 5, 6))
    also = a_nominal("Adebayo Seun", born=PartialDate(1988, 6, 5))
    phone = a_phone()
    saved = given(rhys, rees, seun, also, a_nominal("Ngozi Eze"), phone)
    given(a_link(rees, phone, type="uses"))
    return saved


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, people) -> DuplicatesPage:
    return opened(qtbot, desk)


def names(page: DuplicatesPage) -> list[set[str]]:
    return [{pair.one.label, pair.other.label} for pair in page.pairs.rows]


def press(qtbot: QtBot, page: DuplicatesPage, key: Qt.Key) -> None:
    page.queue.setFocus()
    qtbot.keyClick(page.queue, key)
    settle(qtbot, page)


def nominals(desk: Desk) -> list[Nominal]:
    with desk.workspace.reading() as reader:
        rows = matching.rows(reader, Kind.NOMINAL)
        return reader.load([row["no"] for row in rows])


def test_the_surest_pair_stands_first_with_its_evidence_and_its_differing_fields(
    page: DuplicatesPage,
):
    assert names(page) == [
        {"Rhys ap Gruffydd", "Gruffydd Rees"}, {"Oluwaseun Adebayo", "Adebayo Seun"},
    ]  # fmt: skip
    assert "the same date of birth" in page.beside.for_.text()
    assert [row.compared.differs for row in page.beside.fields.rows][:2] == [True, True]
    assert not page.beside.fields.rows[-1].compared.differs
    assert "2 pairs" in page.header.subtitle.text()


def test_m_merges_with_the_value_that_was_clicked(qtbot: QtBot, page: DuplicatesPage, desk, people):
    row = next(
        n for n, row in enumerate(page.beside.fields.rows) if row.compared.field.name == "name"
    )
    spot = page.beside.table.visualRect(page.beside.fields.index(row, RIGHT)).center()
    qtbot.mouseClick(page.beside.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    press(qtbot, page, Qt.Key.Key_M)
    found = {one.name for one in nominals(desk)}
    assert "Gruffydd Rees" in found
    assert "Rhys ap Gruffydd" not in found
    assert names(page) == [{"Oluwaseun Adebayo", "Adebayo Seun"}]
    desk.undo()
    qtbot.waitUntil(lambda: page.ready() and len(names(page)) == 2)


def test_x_keeps_the_other_record(qtbot: QtBot, page: DuplicatesPage, desk: Desk, people):
    press(qtbot, page, Qt.Key.Key_X)
    assert page.beside.found.kept.id == people[1].id
    press(qtbot, page, Qt.Key.Key_M)
    with desk.workspace.reading() as reader:
        assert [one.absorbed.id for one in merges.of(reader, people[1].id)] == [people[0].id]


def test_n_keeps_the_pair_away_for_good(qtbot: QtBot, page: DuplicatesPage):
    press(qtbot, page, Qt.Key.Key_N)
    assert names(page) == [{"Oluwaseun Adebayo", "Adebayo Seun"}]
    page.look_again()
    compared(qtbot, page)
    assert names(page) == [{"Oluwaseun Adebayo", "Adebayo Seun"}]


def test_y_links_the_pair_as_maybe_the_same_and_j_skips_it(qtbot: QtBot, page: DuplicatesPage):
    press(qtbot, page, Qt.Key.Key_Y)
    assert page.queue.currentIndex().row() == 1
    assert [pair.verdict for pair in page.pairs.rows] == ["maybe", ""]
    page.queue.setCurrentIndex(page.pairs.index(0, 0))
    settle(qtbot, page)
    press(qtbot, page, Qt.Key.Key_J)
    assert page.queue.currentIndex().row() == 1


def test_where_only_one_is_to_be_safeguarded_the_page_says_that_two_have_to_agree(
    qtbot: QtBot, desk: Desk, people, put
):
    put(people[1], exploited=True)
    page = opened(qtbot, desk)
    assert "second person" in page.beside.second.text()
    press(qtbot, page, Qt.Key.Key_M)
    assert [pair.verdict for pair in page.pairs.rows] == ["proposed", ""]
    assert len(nominals(desk)) == 5


def test_a_kind_without_likely_pairs_says_so(qtbot: QtBot, desk: Desk, people):
    target = Target(page=PageKind.DUPLICATES, kind=Kind.PHONE)
    page = opened(qtbot, desk, target)
    assert page.stack.currentWidget() is page.empty
    assert page.empty.sentence.text() == "No pair above the threshold."
    assert not page.merge_button.isEnabled()


def test_the_tables_keep_to_the_rules_of_models(qtmodeltester, page: DuplicatesPage):
    qtmodeltester.check(page.pairs)
    qtmodeltester.check(page.beside.fields)
