"""Walking on the canvas by keys, ways between items, what is said aloud, notes in the index."""

from dataclasses import replace

import pytest
from golden.chart_scenes import id_of, tarnbrook
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from ocgdesk.domain.charts import Callout
from ocgdesk.reports.drawing import draw
from ocgdesk.ui import theme
from ocgdesk.ui.chart.canvas import ChartCanvas
from ocgdesk.ui.chart.palette import Palette
from ocgdesk.ui.chart.walking import in_reading_order, toward, way

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
DEAN, KYLE, HEROIN, MARLOW = (
    id_of(name) for name in ("Dean Arkwright", "Kyle Penhallow", "Heroin", "“Marlow”")
)


@pytest.fixture
def canvas(qtbot, qapp: QApplication) -> ChartCanvas:
    theme.apply(qapp, theme.load("light"))
    made = ChartCanvas()
    qtbot.addWidget(made)
    made.resize(1100, 740)
    made.show()
    qtbot.waitExposed(made)
    made.show_arrangement(tarnbrook())
    made.setFocus()
    return made


def test_tab_goes_from_item_to_item_and_past_the_last_leaves(qtbot, qapp) -> None:
    theme.apply(qapp, theme.load("light"))
    window = QWidget()
    qtbot.addWidget(window)
    column, canvas, after = QVBoxLayout(window), ChartCanvas(), QLineEdit()
    column.addWidget(canvas)
    column.addWidget(after)
    window.resize(1100, 780)
    window.show()
    qtbot.waitExposed(window)
    canvas.show_arrangement(tarnbrook())
    canvas.setFocus()
    order = in_reading_order(canvas.index.nodes)
    canvas.select([order[0]])
    qtbot.keyClick(canvas, Qt.Key.Key_Tab)
    assert canvas.selection() == (order[1],)
    qtbot.keyClick(canvas, Qt.Key.Key_Backtab, SHIFT)
    assert canvas.selection() == (order[0],)
    canvas.select([order[-1]])
    qtbot.keyClick(canvas, Qt.Key.Key_Tab)
    assert window.focusWidget() is after
    assert canvas.selection() == (order[-1],)


def test_tab_leaves_a_canvas_on_which_nothing_is_selected(qtbot, canvas) -> None:
    canvas.select_none()
    qtbot.keyClick(canvas, Qt.Key.Key_Tab)
    assert canvas.selection() == ()


def test_hiding_the_canvas_walks_nowhere(canvas) -> None:
    canvas.select([DEAN])
    canvas.hide()
    assert canvas.selection() == (DEAN,)


def test_ctrl_and_an_arrow_go_to_the_nearest_item_that_way(qtbot, canvas) -> None:
    canvas.select([DEAN])
    qtbot.keyClick(canvas, Qt.Key.Key_Right, CTRL)
    (there,) = canvas.selection()
    assert there == toward(canvas.index, DEAN, 1.0, 0.0)
    assert canvas.index.node(there).at.x > canvas.index.node(DEAN).at.x
    assert canvas.arrangement.places == tarnbrook().places, "nothing was moved"


def test_p_selects_a_shortest_way_between_two_and_dims_the_rest(qtbot, canvas) -> None:
    canvas.select([DEAN, HEROIN])
    qtbot.keyPress(canvas, Qt.Key.Key_P)
    found = canvas.selection()
    assert found[:2] == (DEAN, HEROIN)
    assert set(found) == set(way(canvas.index, DEAN, HEROIN))
    assert len(found) > 3
    qtbot.keyRelease(canvas, Qt.Key.Key_P)
    assert canvas._spotlight == frozenset()


def test_a_way_that_is_not_there_is_said(qtbot, canvas) -> None:
    said = []
    canvas.said.connect(said.append)
    canvas.select([DEAN])
    qtbot.keyClick(canvas, Qt.Key.Key_P)
    canvas.show_arrangement(
        replace(tarnbrook(), scene=replace(tarnbrook().scene, ties=())), keep_view=True
    )
    canvas.select([DEAN, HEROIN])
    qtbot.keyClick(canvas, Qt.Key.Key_P)
    assert [one.split(":")[0].split(".")[0] for one in said] == [
        "Select two items first",
        "Nothing on this chart joins these two",
    ]
    assert canvas.selection() == (DEAN, HEROIN)


def test_what_is_selected_is_said_in_words(canvas) -> None:
    said = []
    canvas.announced.connect(said.append)
    canvas.select([KYLE])
    canvas.select([DEAN, KYLE])
    canvas.select_none()
    assert said[0].startswith("Nominal, Kyle Penhallow")
    assert said[1].endswith("; 2 selected")
    assert said[2] == "Nothing selected"


def test_two_selected_items_carry_their_order(canvas) -> None:
    canvas.select([DEAN])
    canvas.settle()
    one = canvas.grab().toImage()
    canvas.select([KYLE, DEAN])
    canvas.settle()
    two = canvas.grab().toImage()
    node = canvas.index.node(DEAN)
    at = canvas.view.to_screen(node.box.x - 1, node.box.y - 1).toPoint()
    assert one.pixelColor(at) != two.pixelColor(at)


def test_notes_are_found_on_top_and_follow_what_they_are_about() -> None:
    plain = tarnbrook()
    note = Callout(id=id_of("note"), text="First\nThen more of it", about=DEAN, x=60.0, y=-70.0)
    loose = Callout(id=id_of("loose"), text="By itself", x=-900.0, y=-900.0)
    drawn = draw(replace(plain, scene=replace(plain.scene, notes=(note, loose))))
    box = next(one for one in drawn.notes if one.id == note.id)
    node = drawn.node(DEAN)
    assert (box.box.x, box.box.y) == (node.at.x + 60, node.at.y - 70)
    assert box.leader.points[-1] != node.at
    assert [run.face for run in box.texts][:2] == ["semibold", "regular"]
    assert drawn.bounds.holds(next(one for one in drawn.notes if one.id == loose.id).box)
    hidden = replace(
        plain, scene=replace(plain.scene, notes=(note, loose)), hidden=frozenset({DEAN})
    )
    assert [one.id for one in draw(hidden).notes] == [loose.id]


def test_a_click_on_a_note_selects_it_before_what_lies_beneath(qtbot, canvas) -> None:
    plain = tarnbrook()
    at = plain.places[KYLE]
    note = Callout(id=id_of("note"), text="On top", x=at.x - 20, y=at.y - 10)
    canvas.show_arrangement(replace(plain, scene=replace(plain.scene, notes=(note,))))
    spot = canvas.view.to_screen(at.x, at.y).toPoint()
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=spot)
    assert canvas.selection() == (note.id,)
    assert canvas.index.note_at(canvas.view.to_chart(QPointF(spot))) == note.id


def test_tools_stand_in_more_columns_where_there_is_no_height_for_one(qtbot, dressed) -> None:
    palette = Palette()
    qtbot.addWidget(palette)
    palette.show()
    for high, across in ((700, 1), (500, 1), (350, 2), (220, 3)):
        palette.resize(palette.width(), high)
        buttons = [*palette.buttons.values(), palette.sketch_button]
        assert len({button.x() for button in buttons}) == across
        assert min(button.height() for button in buttons) >= 24
        boxes = [button.geometry() for button in (*palette.buttons.values(), palette.sketch_button)]
        assert all(box.bottom() < high for box in boxes)
        pairs = ((a, b) for at, a in enumerate(boxes) for b in boxes[at + 1 :])
        assert not any(a.intersects(b) for a, b in pairs)
