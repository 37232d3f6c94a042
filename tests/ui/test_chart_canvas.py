"""The canvas under mouse and keys: what is selected, moved, seen and asked for."""

from dataclasses import replace
from time import thread_time
from uuid import UUID

import pytest
from golden.chart_scenes import id_of, large, tarnbrook
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from ocgdesk.domain.charts import Arrangement, Point, Scene
from ocgdesk.ui import theme
from ocgdesk.ui.chart.canvas import ChartCanvas

LEFT, MIDDLE, RIGHT = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.MiddleButton,
    Qt.MouseButton.RightButton,
)
NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
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


def spot(canvas: ChartCanvas, id_: UUID) -> QPoint:
    node = canvas.index.node(id_)
    assert node is not None
    return canvas.view.to_screen(node.at.x, node.at.y).toPoint()


def drag(qtbot, canvas: ChartCanvas, start: QPoint, end: QPoint, *, button=LEFT, keys=NONE) -> None:
    qtbot.mousePress(canvas, button, keys, start)
    for step in range(1, 6):
        qtbot.mouseMove(canvas, start + (end - start) * step / 5)
    qtbot.mouseRelease(canvas, button, keys, end)


def turn(canvas: ChartCanvas, at: QPoint, notches: int, keys=NONE) -> None:
    event = QWheelEvent(
        QPointF(at), canvas.mapToGlobal(QPointF(at)), QPoint(), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


EMPTY = QPoint(20, 700)


def test_all_of_a_new_chart_is_seen_and_never_enlarged(canvas: ChartCanvas) -> None:
    assert canvas.view.area().holds(canvas.drawing.bounds)
    assert canvas.zoom == 1.0
    assert not canvas.minimap.isVisible()


def test_a_chart_that_was_whole_stays_whole_when_there_is_less_room(canvas: ChartCanvas) -> None:
    canvas.resize(600, 300)
    assert canvas.view.area().holds(canvas.drawing.bounds)
    canvas.zoom = 1.5
    canvas.resize(500, 280)
    assert canvas.zoom == 1.5


def test_a_click_selects_one_item(qtbot, canvas: ChartCanvas) -> None:
    with qtbot.waitSignal(canvas.selection_changed) as told:
        qtbot.mouseClick(canvas, LEFT, NONE, spot(canvas, DEAN))
    assert told.args == [(DEAN,)]
    qtbot.mouseClick(canvas, LEFT, NONE, spot(canvas, KYLE))
    assert canvas.selection() == (KYLE,)


def test_shift_adds_and_ctrl_toggles(qtbot, canvas: ChartCanvas) -> None:
    qtbot.mouseClick(canvas, LEFT, NONE, spot(canvas, DEAN))
    qtbot.mouseClick(canvas, LEFT, SHIFT, spot(canvas, KYLE))
    assert canvas.selection() == (DEAN, KYLE)
    qtbot.mouseClick(canvas, LEFT, CTRL, spot(canvas, DEAN))
    assert canvas.selection() == (KYLE,)


def test_a_click_on_a_line_selects_the_link(qtbot, canvas: ChartCanvas) -> None:
    line = canvas.index.line(id_of("Marek Wolski-Ewan Pryce-"))
    assert line is not None
    one, two = line.points
    middle = canvas.view.to_screen((one.x + two.x) / 2, (one.y + two.y) / 2).toPoint()
    qtbot.mouseClick(canvas, LEFT, NONE, middle)
    assert canvas.selection() == (line.owner,)


def test_a_click_on_the_background_selects_nothing(qtbot, canvas: ChartCanvas) -> None:
    canvas.select([DEAN])
    qtbot.mouseClick(canvas, LEFT, NONE, EMPTY)
    assert canvas.selection() == ()


def test_a_box_selects_what_lies_inside(qtbot, canvas: ChartCanvas) -> None:
    start = spot(canvas, id_of("Gareth Lyle")) - QPoint(60, 45)
    end = spot(canvas, id_of("Rhodri ap Gethin")) + QPoint(60, 45)
    drag(qtbot, canvas, start, end)
    assert set(canvas.selection()) == {id_of("Gareth Lyle"), id_of("Rhodri ap Gethin")}


def test_a_box_with_shift_adds_and_with_ctrl_toggles(qtbot, canvas: ChartCanvas) -> None:
    gareth, rhodri = id_of("Gareth Lyle"), id_of("Rhodri ap Gethin")
    canvas.select([DEAN, gareth])
    start = spot(canvas, gareth) - QPoint(60, 45)
    end = spot(canvas, rhodri) + QPoint(60, 45)
    drag(qtbot, canvas, start, end, keys=SHIFT)
    assert canvas.selection() == (DEAN, gareth, rhodri)
    drag(qtbot, canvas, start, end, keys=CTRL)
    assert canvas.selection() == (DEAN,)


def test_a_lasso_selects_what_it_goes_round(qtbot, canvas: ChartCanvas) -> None:
    middle = spot(canvas, HEROIN)
    corners = [QPoint(-50, -50), QPoint(50, -50), QPoint(50, 40), QPoint(-50, 40)]
    qtbot.mousePress(canvas, LEFT, ALT, middle + corners[0])
    for corner in corners[1:]:
        qtbot.mouseMove(canvas, middle + corner)
    qtbot.mouseRelease(canvas, LEFT, ALT, middle + corners[-1])
    assert canvas.selection() == (HEROIN,)


def test_a_drag_moves_the_whole_selection_and_says_so_once(qtbot, canvas: ChartCanvas) -> None:
    canvas.select([DEAN, KYLE])
    told: list[dict[UUID, Point]] = []
    canvas.moved.connect(told.append)
    before = canvas.arrangement.places
    start = spot(canvas, KYLE)
    drag(qtbot, canvas, start, start + QPoint(60, 25))
    assert len(told) == 1
    assert set(told[0]) == {DEAN, KYLE}
    for id_, place in told[0].items():
        assert place.x == pytest.approx(before[id_].x + 60)
        assert place.y == pytest.approx(before[id_].y + 25)
    assert canvas.arrangement.places[HEROIN] == before[HEROIN]
    node = canvas.index.node(KYLE)
    assert node is not None
    assert node.at == told[0][KYLE]


def test_dragging_an_item_that_is_not_selected_moves_it_alone(qtbot, canvas: ChartCanvas) -> None:
    canvas.select([DEAN])
    with qtbot.waitSignal(canvas.moved) as told:
        drag(qtbot, canvas, spot(canvas, HEROIN), spot(canvas, HEROIN) + QPoint(40, 0))
    assert set(told.args[0]) == {HEROIN}
    assert canvas.selection() == (HEROIN,)


def test_a_drag_by_the_tab_of_a_hull_moves_its_members(qtbot, canvas: ChartCanvas) -> None:
    hull = canvas.drawing.hulls[1]
    place = canvas.view.to_screen(hull.tab_box.centre.x, hull.tab_box.centre.y).toPoint()
    with qtbot.waitSignal(canvas.moved) as told:
        drag(qtbot, canvas, place, place + QPoint(30, 30))
    assert set(told.args[0]) == set(hull.members)


def test_escape_puts_back_what_is_being_dragged(qtbot, canvas: ChartCanvas) -> None:
    told: list[object] = []
    canvas.moved.connect(told.append)
    before = canvas.arrangement
    start = spot(canvas, KYLE)
    qtbot.mousePress(canvas, LEFT, NONE, start)
    qtbot.mouseMove(canvas, start + QPoint(80, 80))
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    qtbot.mouseRelease(canvas, LEFT, NONE, start + QPoint(80, 80))
    assert told == []
    assert canvas.arrangement == before
    assert canvas.selection() == (KYLE,)
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.selection() == ()


def test_the_wheel_zooms_about_the_pointer(canvas: ChartCanvas) -> None:
    at = spot(canvas, MARLOW)
    held = canvas.view.to_chart(QPointF(at))
    turn(canvas, at, 3)
    assert canvas.zoom == pytest.approx(1.2**3)
    now = canvas.view.to_chart(QPointF(at))
    assert (now.x(), now.y()) == pytest.approx((held.x(), held.y()))
    turn(canvas, at, -200)
    assert canvas.zoom == pytest.approx(0.03)


def test_shift_and_the_wheel_go_sideways(canvas: ChartCanvas) -> None:
    before = canvas.view
    turn(canvas, QPoint(300, 300), 1, SHIFT)
    assert canvas.zoom == before.zoom
    assert canvas.view.x != before.x
    assert canvas.view.y == before.y


@pytest.mark.parametrize("button", [MIDDLE, RIGHT])
def test_dragging_with_another_button_pans(qtbot, canvas: ChartCanvas, button) -> None:
    before = canvas.view
    menus: list[object] = []
    canvas.menu_requested.connect(lambda *told: menus.append(told))
    drag(qtbot, canvas, EMPTY, EMPTY + QPoint(100, -40), button=button)
    assert canvas.view.x == pytest.approx(before.x - 100)
    assert canvas.view.y == pytest.approx(before.y + 40)
    assert menus == []


def test_space_and_drag_pans_even_over_an_item(qtbot, canvas: ChartCanvas) -> None:
    before = canvas.view
    qtbot.keyPress(canvas, Qt.Key.Key_Space)
    drag(qtbot, canvas, spot(canvas, DEAN), spot(canvas, DEAN) + QPoint(50, 0))
    qtbot.keyRelease(canvas, Qt.Key.Key_Space)
    assert canvas.view.x == pytest.approx(before.x - 50)
    assert canvas.selection() == ()


def test_a_right_click_asks_for_the_menu_of_what_is_under_it(qtbot, canvas: ChartCanvas) -> None:
    with qtbot.waitSignal(canvas.menu_requested) as told:
        qtbot.mouseClick(canvas, RIGHT, NONE, spot(canvas, HEROIN))
    assert told.args[0] == HEROIN
    assert told.args[1] == canvas.mapToGlobal(spot(canvas, HEROIN))
    assert canvas.selection() == (HEROIN,)
    with qtbot.waitSignal(canvas.menu_requested) as told:
        qtbot.mouseClick(canvas, RIGHT, NONE, EMPTY)
    assert told.args[0] is None


def test_the_menu_key_asks_beside_the_selected_item(qtbot, canvas: ChartCanvas) -> None:
    canvas.select([HEROIN])
    with qtbot.waitSignal(canvas.menu_requested) as told:
        qtbot.keyClick(canvas, Qt.Key.Key_F10, SHIFT)
    assert told.args[0] == HEROIN


def test_a_double_click_opens_the_record(qtbot, canvas: ChartCanvas) -> None:
    with qtbot.waitSignal(canvas.opened) as told:
        qtbot.mouseDClick(canvas, LEFT, NONE, spot(canvas, KYLE))
    assert told.args == [KYLE]
    canvas.select([KYLE])
    with qtbot.assertNotEmitted(canvas.opened):
        qtbot.mouseDClick(canvas, LEFT, NONE, EMPTY)
    assert canvas.selection() == ()


def test_enter_opens_what_was_selected_last(qtbot, canvas: ChartCanvas) -> None:
    canvas.select([DEAN, KYLE])
    with qtbot.waitSignal(canvas.opened) as told:
        qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert told.args == [KYLE]


def test_keys_fit_and_zoom(qtbot, canvas: ChartCanvas) -> None:
    canvas.select([id_of("Ludlow"), id_of("Leominster")])
    qtbot.keyClick(canvas, Qt.Key.Key_F, SHIFT)
    assert canvas.view.y == pytest.approx(570, abs=20)
    canvas.zoom = 2.0
    qtbot.keyClick(canvas, Qt.Key.Key_0, CTRL)
    assert canvas.view.area().holds(canvas.drawing.bounds)
    zoom = canvas.zoom
    qtbot.keyClick(canvas, Qt.Key.Key_Plus, CTRL)
    assert canvas.zoom == pytest.approx(zoom * 1.2)
    qtbot.keyClick(canvas, Qt.Key.Key_Minus, CTRL)
    assert canvas.zoom == pytest.approx(zoom)
    qtbot.keyClick(canvas, Qt.Key.Key_9, CTRL)
    assert canvas.view.y == pytest.approx(570, abs=20)


def test_keys_select_all_none_and_the_rest(qtbot, canvas: ChartCanvas) -> None:
    qtbot.keyClick(canvas, Qt.Key.Key_A, CTRL)
    assert len(canvas.selection()) == 23
    qtbot.keyClick(canvas, Qt.Key.Key_A, CTRL | SHIFT)
    assert canvas.selection() == ()
    canvas.select([DEAN])
    qtbot.keyClick(canvas, Qt.Key.Key_I, CTRL)
    assert len(canvas.selection()) == 22
    assert DEAN not in canvas.selection()


def test_n_adds_the_neighbours_and_dims_the_rest_while_held(qtbot, canvas: ChartCanvas) -> None:
    canvas.select([HEROIN])
    canvas.settle()
    plain = canvas.grab().toImage()
    far = spot(canvas, DEAN)
    qtbot.keyPress(canvas, Qt.Key.Key_N)
    assert set(canvas.selection()) == {HEROIN, MARLOW}
    canvas.settle()
    dimmed = canvas.grab().toImage()
    assert dimmed.pixelColor(far).lightness() > plain.pixelColor(far).lightness() + 40 or (
        plain.pixelColor(far + QPoint(0, 18)).lightness() + 40
        < dimmed.pixelColor(far + QPoint(0, 18)).lightness()
    )
    qtbot.keyRelease(canvas, Qt.Key.Key_N)
    canvas.select([HEROIN])
    canvas.settle()
    assert canvas.grab().toImage() == plain


def test_h_hides_the_selection_and_shift_h_brings_it_back(qtbot, canvas: ChartCanvas) -> None:
    canvas.select([DEAN, KYLE])
    with qtbot.waitSignal(canvas.hidden_changed) as told:
        qtbot.keyClick(canvas, Qt.Key.Key_H)
    assert told.args == [2]
    assert canvas.hidden() == {DEAN, KYLE}
    assert canvas.index.node(DEAN) is None
    assert canvas.selection() == ()
    with qtbot.waitSignal(canvas.hidden_changed) as told:
        qtbot.keyClick(canvas, Qt.Key.Key_H, SHIFT)
    assert told.args == [0]
    assert canvas.index.node(DEAN) is not None


def test_delete_asks_for_removal_and_removes_nothing_itself(qtbot, canvas: ChartCanvas) -> None:
    canvas.select([DEAN, KYLE])
    with qtbot.waitSignal(canvas.removal_requested) as told:
        qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert told.args == [(DEAN, KYLE)]
    assert len(canvas.drawing.nodes) == 23
    canvas.select([])
    with qtbot.assertNotEmitted(canvas.removal_requested):
        qtbot.keyClick(canvas, Qt.Key.Key_Delete)


def test_e_asks_to_expand_the_item_selected_last(qtbot, canvas: ChartCanvas) -> None:
    canvas.select([DEAN, KYLE])
    with qtbot.waitSignal(canvas.expand_requested) as told:
        qtbot.keyClick(canvas, Qt.Key.Key_E)
    assert told.args == [KYLE]


def test_arrows_nudge_the_selection_and_tell_it_once_when_let_go(
    qtbot, canvas: ChartCanvas
) -> None:
    canvas.select([KYLE])
    told: list[dict[UUID, Point]] = []
    canvas.moved.connect(told.append)
    before = canvas.arrangement.places[KYLE]
    for _press in range(3):
        qtbot.keyPress(canvas, Qt.Key.Key_Right)
    qtbot.keyPress(canvas, Qt.Key.Key_Down, SHIFT)
    assert told == []
    qtbot.keyRelease(canvas, Qt.Key.Key_Right)
    assert told == [{KYLE: Point(before.x + 3, before.y + 10)}]


def test_arrows_pan_when_nothing_is_selected(qtbot, canvas: ChartCanvas) -> None:
    before = canvas.view
    qtbot.keyClick(canvas, Qt.Key.Key_Right)
    assert canvas.view.x == pytest.approx(before.x + 40)


def test_its_keys_are_its_own_while_it_has_the_focus(canvas: ChartCanvas) -> None:
    for key, keys in ((Qt.Key.Key_I, CTRL), (Qt.Key.Key_H, NONE), (Qt.Key.Key_Left, SHIFT)):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, keys)
        event.ignore()
        QApplication.sendEvent(canvas, event)
        assert event.isAccepted()
    other = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_S, CTRL)
    other.ignore()
    QApplication.sendEvent(canvas, other)
    assert not other.isAccepted()


def test_a_chart_shown_again_keeps_view_and_selection_when_asked(canvas: ChartCanvas) -> None:
    canvas.select([KYLE, DEAN])
    canvas.zoom = 1.7
    view = canvas.view
    made = tarnbrook()
    without = replace(
        made, scene=replace(made.scene, items=tuple(i for i in made.scene.items if i.id != DEAN))
    )
    canvas.show_arrangement(without, keep_view=True)
    assert canvas.view == view
    assert canvas.selection() == (KYLE,)
    canvas.show_arrangement(without)
    assert canvas.zoom == 1.0


def test_an_empty_chart_says_what_belongs_there(canvas: ChartCanvas) -> None:
    canvas.show_arrangement(Arrangement(scene=Scene()))
    assert canvas.accessibleDescription() == "An empty link chart."
    picture = canvas.grab().toImage()
    ground = picture.pixelColor(3, 3)
    across = [picture.pixelColor(x, 370) for x in range(400, 700)]
    assert any(colour != ground for colour in across)
    turn(canvas, QPoint(50, 50), 1)


def test_a_screen_reader_is_told_what_the_chart_shows(canvas: ChartCanvas) -> None:
    assert canvas.accessibleName() == "Link chart"
    assert "11 nominals, 1 exploited person" in canvas.accessibleDescription()


def test_the_minimap_shows_when_not_all_is_seen_and_goes_where_it_is_clicked(
    qtbot, canvas: ChartCanvas
) -> None:
    canvas.zoom = 2.5
    assert canvas.minimap.isVisible()
    qtbot.mouseClick(canvas.minimap, LEFT, NONE, QPoint(20, 20))
    bounds = canvas.drawing.bounds
    assert canvas.view.x < bounds.centre.x
    assert canvas.view.y < bounds.centre.y
    canvas.fit()
    assert not canvas.minimap.isVisible()


def test_what_is_under_the_pointer_is_found_in_under_two_milliseconds(canvas: ChartCanvas) -> None:
    canvas.show_arrangement(large(2000, 4000))
    spots = [QPointF(x * 37 % 1100, x * 53 % 740) for x in range(200)]
    began = thread_time()
    for place in spots:
        chart = canvas.view.to_chart(place)
        if canvas.index.node_at(chart) is None:
            canvas.index.line_at(chart, canvas.zoom)
    assert (thread_time() - began) / len(spots) < 0.006  # a third of it on an idle machine


def test_every_item_is_found_at_its_middle_and_not_beside_it(canvas: ChartCanvas) -> None:
    for node in canvas.drawing.nodes:
        assert canvas.index.node_at(QPointF(node.at.x, node.at.y)) == node.id
        away = QPointF(node.at.x, node.at.y + node.look.area.y - 6)
        assert canvas.index.node_at(away) is None
