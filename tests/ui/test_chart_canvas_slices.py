"""Large charts on the canvas: drawn in slices, shown as well as can be until they are."""

from dataclasses import replace

import pytest
from golden.chart_scenes import large, tarnbrook
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication

from ocgdesk.reports.drawing import draw
from ocgdesk.ui import theme
from ocgdesk.ui.chart.canvas import ChartCanvas
from ocgdesk.ui.chart.draughtsman import FEW, Draughtsman
from ocgdesk.ui.chart.painting import SMALL
from ocgdesk.ui.chart.tabs import Tabs

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def canvas(qtbot, qapp: QApplication) -> ChartCanvas:
    theme.apply(qapp, theme.load("light"))
    made = ChartCanvas()
    qtbot.addWidget(made)
    made.resize(1100, 740)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def big(qtbot, canvas: ChartCanvas) -> ChartCanvas:
    canvas.show_arrangement(large(200, 300))
    qtbot.waitUntil(lambda: canvas.is_drawn)
    return canvas


def test_a_small_chart_is_drawn_at_once(canvas: ChartCanvas) -> None:
    canvas.show_arrangement(tarnbrook())
    assert canvas.is_drawn
    assert canvas.drawing == draw(tarnbrook())


def test_a_large_chart_is_drawn_in_slices_and_then_fitted(qtbot, canvas: ChartCanvas) -> None:
    chart = large(200, 300)
    canvas.show_arrangement(chart)
    assert not canvas.is_drawn
    assert canvas.drawing.nodes == ()
    qtbot.waitUntil(lambda: canvas.is_drawn)
    assert canvas.drawing == draw(chart)
    assert canvas.view.area().holds(canvas.drawing.bounds)
    assert "and 300 links" in canvas.accessibleDescription()


def test_while_nothing_is_drawn_yet_the_canvas_does_not_call_itself_empty(
    canvas: ChartCanvas,
) -> None:
    canvas.show_arrangement(large(200, 300))
    assert not canvas.is_drawn
    picture = canvas.grab().toImage()
    ground = picture.pixelColor(3, 3)
    assert all(picture.pixelColor(x, 370) == ground for x in range(400, 700))


def test_a_chart_shown_before_the_last_was_drawn_takes_its_place(
    qtbot, canvas: ChartCanvas
) -> None:
    drawn = []
    canvas.drawn.connect(lambda: drawn.append(len(canvas.drawing.nodes)))
    canvas.show_arrangement(large(200, 300))
    canvas.show_arrangement(large(160, 300))
    qtbot.waitUntil(lambda: canvas.is_drawn)
    qtbot.wait(50)
    assert drawn == [160]


def test_a_drag_is_seen_at_once_and_drawn_anew_after(qtbot, big: ChartCanvas) -> None:
    node = big.index.nodes[7]
    start = big.view.to_screen(node.at.x, node.at.y).toPoint()
    qtbot.mousePress(big, LEFT, pos=start)
    for step in range(1, 5):
        qtbot.mouseMove(big, start + QPoint(20, 10) * step)
    assert big.is_drawn, "nothing is drawn anew while it is dragged"
    qtbot.mouseRelease(big, LEFT, pos=start + QPoint(80, 40))
    assert not big.is_drawn
    assert big.index.node(node.id).at == big.arrangement.places[node.id]
    assert big.index.node_at(big.view.to_chart(QPointF(start + QPoint(80, 40)))) == node.id
    qtbot.waitUntil(lambda: big.is_drawn)
    assert big.drawing == draw(big.arrangement)


def test_selecting_and_a_change_of_theme_draw_nothing_anew(big: ChartCanvas, qapp) -> None:
    before = big.drawing
    big.select_all()
    big.select_none()
    theme.apply(qapp, theme.load("dark"))
    assert big.is_drawn
    assert big.drawing is before


def test_what_is_hidden_goes_at_once_and_comes_back(qtbot, big: ChartCanvas) -> None:
    ids = [node.id for node in big.index.nodes[:20]]
    big.select(ids)
    big.hide_selected()
    assert not any(big.index.node(id_) for id_ in ids)
    big.show_hidden()
    qtbot.waitUntil(lambda: big.is_drawn)
    assert all(big.index.node(id_) for id_ in ids)


def test_a_picture_waits_for_no_slice(canvas: ChartCanvas) -> None:
    canvas.show_arrangement(large(200, 300))
    canvas.settle()
    assert canvas.is_drawn
    assert len(canvas.drawing.nodes) == 200


def test_what_was_let_go_of_is_never_drawn(qtbot) -> None:
    made, drawn = Draughtsman(), []
    made.drawn.connect(drawn.append)
    made.begin(large(FEW, FEW))
    assert made.is_at_work
    made.drop()
    qtbot.wait(50)
    made.finish()
    assert drawn == []


# ---- Tabs from afar ----------------------------------------------------------------------------


def hull_tab(zoom: float) -> Tabs:
    return Tabs(draw(tarnbrook()).hulls, zoom)


@pytest.mark.parametrize("zoom", [0.05, 0.1, 0.16, 0.3, 0.5, 0.8])
def test_tabs_keep_a_readable_size_and_stay_apart(zoom: float) -> None:
    boxes = hull_tab(zoom).boxes
    assert len(boxes) == 2
    for box in boxes:
        assert box.height * zoom == pytest.approx(26.0 * SMALL)
    assert not boxes[0].meets(boxes[1])


def test_tabs_near_by_are_as_they_are_on_paper() -> None:
    assert hull_tab(1.0).boxes == [hull.tab_box for hull in draw(tarnbrook()).hulls]


def test_a_tab_from_afar_has_its_title_alone() -> None:
    near, far = hull_tab(0.7).boxes, hull_tab(0.3).boxes
    assert far[0].width * 0.3 < near[0].width * 0.7


@pytest.mark.parametrize("zoom", [0.1, 0.16, 0.5])
def test_the_edge_of_a_tab_is_thin_at_every_zoom(canvas: ChartCanvas, zoom: float) -> None:
    canvas.show_arrangement(tarnbrook())
    canvas.zoom = zoom
    canvas.settle()
    box = Tabs(canvas.drawing.hulls, zoom).boxes[1]
    middle = canvas.view.to_screen(box.x, box.centre.y).toPoint()
    picture = canvas.grab().toImage()
    dark = [x for x in range(-8, 9) if picture.pixelColor(middle + QPoint(x, 0)).lightness() < 150]
    assert 1 <= len(dark) <= 3


@pytest.mark.parametrize("zoom", [0.12, 1.0])
def test_a_tab_is_opened_where_it_is_seen(qtbot, canvas: ChartCanvas, zoom: float) -> None:
    canvas.show_arrangement(tarnbrook())
    canvas.zoom = zoom
    hull, box = canvas.drawing.hulls[1], Tabs(canvas.drawing.hulls, zoom).boxes[1]
    place = canvas.view.to_screen(box.right - 4 / zoom, box.centre.y).toPoint()
    with qtbot.waitSignal(canvas.opened) as told:
        qtbot.mouseDClick(canvas, LEFT, pos=place)
    assert told.args == [hull.id]


def test_a_chart_shown_without_an_item_still_being_drawn_forgets_it(
    qtbot, big: ChartCanvas
) -> None:
    chart = big.arrangement
    gone = chart.scene.items[0].id
    items = chart.scene.items[1:]
    big.select([gone, items[0].id])
    big.show_arrangement(replace(chart, scene=replace(chart.scene, items=items)), keep_view=True)
    assert big.selection() == (items[0].id,)
    assert big.index.node(gone) is None
