"""Legend and list mirror: what is drawn, in words, with one selection."""

from dataclasses import replace
from uuid import UUID

import pytest
from golden.chart_scenes import id_of, large, tarnbrook
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from ocgdesk.domain.kinds import Kind
from ocgdesk.ui import theme
from ocgdesk.ui.chart.canvas import ChartCanvas
from ocgdesk.ui.chart.legend import LegendPanel
from ocgdesk.ui.chart.mirror import ListMirror, MirrorModel, rows_of

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def legend(qtbot, qapp: QApplication) -> LegendPanel:
    theme.apply(qapp, theme.load("light"))
    made = LegendPanel()
    qtbot.addWidget(made)
    made.resize(300, 400)
    made.show_arrangement(tarnbrook())
    made.show()
    return made


@pytest.fixture
def mirror(qtbot, qapp: QApplication) -> ListMirror:
    theme.apply(qapp, theme.load("light"))
    made = ListMirror()
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show_arrangement(tarnbrook())
    made.show()
    return made


def test_the_legend_lists_what_is_drawn_with_counts(legend: LegendPanel) -> None:
    assert legend.rows() == {
        "nominal": 11, "exploited": 1, "handle": 2, "county-line": 1, "commodity": 2,
        "phone": 1, "location": 3, "vehicle": 1, "organisation": 1,
    }  # fmt: skip


def test_the_eye_of_a_kind_tells_whether_it_is_to_be_shown(qtbot, legend: LegendPanel) -> None:
    with qtbot.waitSignal(legend.kind_toggled) as told:
        legend.toggle("phone")
    assert told.args == [Kind.PHONE, False]
    with qtbot.waitSignal(legend.kind_toggled) as told:
        legend.toggle("phone")
    assert told.args == [Kind.PHONE, True]


def test_a_kind_that_is_left_out_stays_listed_so_that_it_can_come_back(
    qtbot, legend: LegendPanel
) -> None:
    whole = tarnbrook()
    left = tuple(item for item in whole.scene.items if item.kind is not Kind.LOCATION)
    legend.show_arrangement(replace(whole, scene=replace(whole.scene, items=left)), {"location": 3})
    assert legend.rows()["location"] == 3
    with qtbot.waitSignal(legend.kind_toggled) as told:
        legend.toggle("location")
    assert told.args == [Kind.LOCATION, True]


def test_people_to_safeguard_cannot_be_filtered_away(legend: LegendPanel) -> None:
    assert not legend._rows["exploited"].eye.isVisible()
    assert legend._rows["nominal"].eye.isVisible()


def test_a_click_on_a_kind_asks_to_select_it(qtbot, legend: LegendPanel) -> None:
    with qtbot.waitSignal(legend.kind_selected) as told:
        row, shift = legend._rows["exploited"], Qt.KeyboardModifier.ShiftModifier
        qtbot.keyClick(row, Qt.Key.Key_Return, shift)
    assert told.args == ["exploited", True]
    with qtbot.waitSignal(legend.kind_selected) as told:
        qtbot.mouseClick(legend._rows["handle"], LEFT)
    assert told.args == [Kind.HANDLE, False]


def test_the_legend_paints_in_every_theme(qapp: QApplication, legend: LegendPanel) -> None:
    pictures = []
    for name in ("light", "dark", "high-contrast"):
        theme.apply(qapp, theme.load(name))
        pictures.append(legend.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2]
    theme.apply(qapp, theme.load("light"))


def test_the_list_holds_every_item_and_link_but_the_hidden(mirror: ListMirror) -> None:
    assert mirror.model.rowCount() == 23 + 27
    mirror.show_arrangement(replace(tarnbrook(), hidden=frozenset({id_of("Dean Arkwright")})))
    assert mirror.model.rowCount() == 22 + 23


def test_the_list_says_the_words_of_a_screen_reader() -> None:
    rows = {row.id: row.words for row in rows_of(tarnbrook())}
    assert rows[id_of("Dean Arkwright")] == "Nominal, Dean Arkwright, Principal, Principal, HMP"
    assert rows[id_of("YP-03")] == "Exploited person, YP-03, Young person, NRM referred, U18"
    link = id_of("Imran Sadiqi-Gareth Lyle-supplies")
    assert rows[link] == "Imran Sadiqi to Gareth Lyle: supplies, confirmed, ×3"


def test_selecting_a_row_is_told_once_and_selecting_by_call_is_not(mirror: ListMirror) -> None:
    told: list[tuple[UUID, ...]] = []
    mirror.selection_changed.connect(told.append)
    mirror.select([id_of("Heroin"), id_of("Ludlow")])
    assert told == []
    assert len(mirror.table.selectionModel().selectedRows()) == 2
    flags = QItemSelectionModel.SelectionFlag
    mirror.table.selectionModel().select(
        mirror.model.index(0, 0), flags.ClearAndSelect | flags.Rows
    )
    assert told == [(id_of("gritstonefalcon"),)]


def test_canvas_and_list_share_one_selection(qtbot, mirror: ListMirror) -> None:
    canvas = ChartCanvas()
    qtbot.addWidget(canvas)
    canvas.show_arrangement(tarnbrook())
    canvas.selection_changed.connect(mirror.select)
    mirror.selection_changed.connect(canvas.select)
    canvas.select([id_of("Heroin")])
    assert mirror.selection() == (id_of("Heroin"),)
    mirror.table.selectRow(1)
    assert canvas.selection() == (id_of("Dean Arkwright"),)


def test_a_click_on_a_heading_sorts_and_keeps_what_is_selected(mirror: ListMirror) -> None:
    mirror.select([id_of("Heroin")])
    heading = mirror.table.horizontalHeader()
    heading.sectionClicked.emit(1)
    names = [mirror.model.data(mirror.model.index(row, 1)) for row in range(23 + 27)]
    assert names == sorted(names, key=str.casefold)
    assert mirror.selection() == (id_of("Heroin"),)
    (row,) = mirror.table.selectionModel().selectedRows()
    assert mirror.model.id_at(row.row()) == id_of("Heroin")
    heading.sectionClicked.emit(4)
    heading.sectionClicked.emit(4)
    assert mirror.model.data(mirror.model.index(0, 1)) == "“Marlow”"


def test_enter_on_a_row_opens_it(qtbot, mirror: ListMirror) -> None:
    mirror.table.setCurrentIndex(mirror.model.index(2, 0))
    with qtbot.waitSignal(mirror.opened) as told:
        qtbot.keyClick(mirror.table, Qt.Key.Key_Return)
    assert told.args == [id_of("Imran Sadiqi")]


def test_the_model_keeps_qts_rules() -> None:
    model = MirrorModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_rows(rows_of(large(50, 80)))
    model.sort(1)
    model.show_rows([])
    assert tester.model() is model


def test_every_style_of_line_has_its_own_sample(legend: LegendPanel) -> None:
    picture = legend._samples.grab().toImage()
    ground = picture.pixelColor(1, 1)
    step = legend._samples.width() // 3
    for at in range(3):
        seen = [
            picture.pixelColor(x, y) for x in range(at * step, at * step + 30) for y in range(8, 22)
        ]
        assert any(colour != ground for colour in seen), at
