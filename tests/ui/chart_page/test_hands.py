"""Working on a chart by hand: put down, join, name, delete, put in line, find; each undone."""

import pytest
from chart_hands import EMPTY, button, dialog, spot, type_words
from chart_pages import CTRL, LEFT, SHIFT, drag, labels, places, settled
from makers import a_nominal
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication

from ocgdesk.domain.charts import Point
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Role
from ocgdesk.settings import Settings
from ocgdesk.store import records as queries
from ocgdesk.ui.chart.tools import SELECT, Does, Tool
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.edit_many_dialog import EditManyDialog
from ocgdesk.ui.dialogs.link_dialog import LinkDialog
from ocgdesk.ui.dialogs.new_record_dialog import NewRecordDialog
from ocgdesk.ui.dialogs.title_dialog import TitleDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.chart_page import ChartPage

pytestmark = pytest.mark.qt_log_ignore("does not support")


# ---- Putting down ------------------------------------------------------------------------------


def test_a_kind_clicked_and_then_clicked_down_becomes_a_record_where_it_was_put(
    qtbot, kept, desk
) -> None:
    landed = []
    desk.landed.connect(landed.append)
    button(kept, Does.ITEM, Kind.NOMINAL).click()
    assert kept.canvas.tool == Tool(Does.ITEM, Kind.NOMINAL)
    qtbot.mouseClick(kept.canvas, LEFT, pos=EMPTY)
    assert kept.canvas.tool is SELECT
    assert button(kept, Does.SELECT).isChecked()
    made = dialog(qtbot, kept, NewRecordDialog)
    qtbot.keyClicks(made.fields["name"].editor, "Fay")
    made.on_accept()
    settled(qtbot, kept)
    assert labels(kept) == {"Ann", "Bob", "Cat", "Fay"}
    fay = next(item for item in kept.arrangement.scene.items if item.label == "Fay")
    where = kept.canvas.view.to_chart(QPointF(EMPTY))
    assert places(kept)[fay.id] == Point(round(where.x(), 2), round(where.y(), 2))
    assert [change.label for change in landed] == ["Add nominal"]
    desk.undo()
    settled(qtbot, kept)
    assert labels(kept) == {"Ann", "Bob", "Cat"}
    with desk.workspace.reading() as reader:
        assert not queries.by_ids(reader, {fay.id})


def test_a_kind_dragged_from_the_palette_is_put_where_it_is_let_go(qtbot, show, chain) -> None:
    page = show(chain[0])
    tool = button(page, Does.ITEM, Kind.PHONE)
    there = tool.mapFromGlobal(page.canvas.mapToGlobal(EMPTY))
    qtbot.mousePress(tool, LEFT)
    qtbot.mouseMove(tool, there)
    qtbot.mouseRelease(tool, LEFT, pos=there)
    made = dialog(qtbot, page, NewRecordDialog)
    assert made.kind is Kind.PHONE
    qtbot.keyClicks(made.fields["number"].editor, "07700 900123")
    made.on_accept()
    qtbot.waitUntil(lambda: len(labels(page)) == 3)
    settled(qtbot, page)
    assert page.chart is None, "a record needs no kept chart"
    (phone,) = [i for i in page.arrangement.scene.items if i.kind is Kind.PHONE]
    where = page.canvas.view.to_chart(QPointF(EMPTY))
    assert places(page)[phone.id].x == pytest.approx(where.x(), abs=1)
    assert page.canvas.selection() == (phone.id,)


def test_a_drag_that_ends_off_the_canvas_puts_nothing_down(qtbot, show, chain) -> None:
    page = show(chain[0])
    tool = button(page, Does.ITEM, Kind.PHONE)
    there = tool.mapFromGlobal(page.bar.mapToGlobal(QPoint(300, 10)))
    qtbot.mousePress(tool, LEFT)
    qtbot.mouseMove(tool, there)
    qtbot.mouseRelease(tool, LEFT, pos=there)
    assert page.findChild(NewRecordDialog) is None


def test_an_empty_chart_takes_the_first_record_from_the_palette(qtbot, show) -> None:
    page = show()
    assert page.view.is_empty
    button(page, Does.ITEM, Kind.NOMINAL).click()
    assert not page.view.is_empty
    qtbot.mouseClick(page.canvas, LEFT, pos=QPoint(300, 300))
    made = dialog(qtbot, page, NewRecordDialog)
    qtbot.keyClicks(made.fields["name"].editor, "Fay")
    made.on_accept()
    qtbot.waitUntil(lambda: labels(page) == {"Fay"})


def test_escape_gives_the_tool_back_before_the_selection(qtbot, kept, chain) -> None:
    kept.canvas.setFocus()
    kept.canvas.select([chain[0].id])
    button(kept, Does.ITEM, Kind.VEHICLE).click()
    kept.canvas.setFocus()
    qtbot.keyClick(kept.canvas, Qt.Key.Key_Escape)
    assert kept.canvas.tool is SELECT
    assert kept.canvas.selection() == (chain[0].id,)


def test_by_keys_alone_a_kind_is_taken_and_put_in_the_middle(qtbot, kept) -> None:
    first = button(kept, Does.SELECT)
    first.setFocus()
    for _n in range(6):
        qtbot.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Down)
    qtbot.keyClick(QGuiApplication.focusObject(), Qt.Key.Key_Return)
    assert kept.canvas.tool == Tool(Does.ITEM, Kind.NOMINAL)
    kept.canvas.setFocus()
    qtbot.keyClick(kept.canvas, Qt.Key.Key_Return)
    assert dialog(qtbot, kept, NewRecordDialog).kind is Kind.NOMINAL


def test_who_may_not_edit_finds_the_palette_refusing_with_the_reason(
    qtbot, opened_by, add_user, given, own_settings
) -> None:
    (ann,) = given(a_nominal("Ann"))
    desk = Desk(opened_by(add_user("rhys", Role.READER)), Settings())
    page = ChartPage(desk, Target(page=PageKind.CHART, focus=(ann.id,)))
    qtbot.addWidget(page)
    page.show()
    settled(qtbot, page)
    tool = button(page, Does.ITEM, Kind.NOMINAL)
    assert not tool.isEnabled()
    assert tool.toolTip()
    assert tool.toolTip() != tool.accessibleName()
    assert not page.palette_bar.sketch_button.isEnabled()
    assert not page.canvas.may_link
    desk.close()


# ---- Joining -----------------------------------------------------------------------------------


def test_a_line_drawn_from_one_item_to_another_asks_for_its_type_and_is_a_link(
    qtbot, kept, chain, desk
) -> None:
    button(kept, Does.LINK).click()
    start, end = spot(kept, chain[0].id), spot(kept, chain[2].id)
    qtbot.mousePress(kept.canvas, LEFT, pos=start)
    qtbot.mouseMove(kept.canvas, (start + end) / 2)
    qtbot.mouseMove(kept.canvas, end)
    qtbot.mouseRelease(kept.canvas, LEFT, pos=end)
    asked = dialog(qtbot, kept, LinkDialog)
    assert (asked.own.id, asked.other.id) == (chain[0].id, chain[2].id)
    before = len(kept.arrangement.scene.ties)
    asked.on_accept()
    qtbot.waitUntil(lambda: len(kept.arrangement.scene.ties) == before + 1)
    with desk.workspace.reading() as reader:
        ends = [(x.link.source, x.other.id) for x in queries.links_of(reader, chain[0].id)]
    assert chain[2].id in {other for _source, other in ends}


def test_the_handle_of_an_item_draws_a_line_without_a_tool(qtbot, kept, chain) -> None:
    qtbot.mouseMove(kept.canvas, spot(kept, chain[0].id))
    node = kept.canvas.index.node(chain[0].id)
    handle = kept.canvas._handle(node).toPoint()
    qtbot.mouseMove(kept.canvas, handle)
    end = spot(kept, chain[2].id)
    qtbot.mousePress(kept.canvas, LEFT, pos=handle)
    qtbot.mouseMove(kept.canvas, (handle + end) / 2)
    qtbot.mouseMove(kept.canvas, end)
    qtbot.mouseRelease(kept.canvas, LEFT, pos=end)
    assert dialog(qtbot, kept, LinkDialog).other.id == chain[2].id


def test_l_links_the_two_items_selected(qtbot, kept, chain) -> None:
    kept.canvas.setFocus()
    kept.canvas.select([chain[2].id, chain[0].id])
    qtbot.keyClick(kept.canvas, Qt.Key.Key_L)
    asked = dialog(qtbot, kept, LinkDialog)
    assert (asked.own.id, asked.other.id) == (chain[2].id, chain[0].id)


def test_click_and_click_joins_and_a_line_into_nothing_says_what_to_do(qtbot, kept, chain) -> None:
    said = []
    kept.said.connect(said.append)
    button(kept, Does.LINK).click()
    qtbot.mouseClick(kept.canvas, LEFT, pos=EMPTY)
    assert said[-1].startswith("Begin on an item")
    qtbot.mouseClick(kept.canvas, LEFT, pos=spot(kept, chain[0].id))
    qtbot.mouseClick(kept.canvas, LEFT, pos=EMPTY)
    assert said[-1].startswith("Let the line go on another item")
    qtbot.mouseClick(kept.canvas, LEFT, pos=spot(kept, chain[2].id))
    assert dialog(qtbot, kept, LinkDialog).other.id == chain[2].id


# ---- Names -------------------------------------------------------------------------------------


def test_f2_renames_a_record_in_place_as_one_act(qtbot, kept, chain, desk) -> None:
    landed = []
    desk.landed.connect(landed.append)
    kept.canvas.setFocus()
    kept.canvas.select([chain[1].id])
    qtbot.keyClick(kept.canvas, Qt.Key.Key_F2)
    assert kept.canvas.editor.toPlainText() == "Bob"
    type_words(qtbot, kept, "Robert")
    settled(qtbot, kept)
    assert labels(kept) == {"Ann", "Robert", "Cat"}
    assert [change.label for change in landed] == ["Rename nominal"]
    desk.undo()
    settled(qtbot, kept)
    assert "Bob" in labels(kept)


def test_f2_on_several_edits_their_shared_fields_in_one_act(qtbot, kept, chain, desk) -> None:
    kept.canvas.setFocus()
    kept.canvas.select([chain[0].id, chain[1].id])
    qtbot.keyClick(kept.canvas, Qt.Key.Key_F2)
    asked = dialog(qtbot, kept, EditManyDialog)
    assert "name" not in asked.fields
    asked.fields["born"].editor.setText("1990")
    asked.on_accept()
    with desk.workspace.reading() as reader:
        held = [reader.find(person.id).born for person in chain[:3]]
    assert [born.worded() if born else "" for born in held] == ["1990", "1990", ""]
    desk.undo()
    with desk.workspace.reading() as reader:
        assert reader.find(chain[0].id).born is None


# ---- Removing and deleting ---------------------------------------------------------------------


def test_delete_takes_notes_and_sketches_off_in_one_act_with_what_hangs_on_them(
    qtbot, kept, note, sketch, desk, chain
) -> None:
    landed = []
    desk.landed.connect(landed.append)
    kept.canvas.setFocus()
    kept.canvas.select([sketch.id, chain[1].id])
    qtbot.keyClick(kept.canvas, Qt.Key.Key_Delete)
    settled(qtbot, kept)
    assert labels(kept) == {"Ann", "Cat"}
    assert kept.arrangement.scene.notes == ()
    assert [change.label for change in landed] == ["Remove from chart"]
    desk.undo()
    settled(qtbot, kept)
    assert labels(kept) == {"Ann", "Bob", "Cat", "Supplier"}
    assert kept.arrangement.scene.notes == (note,)


def test_shift_delete_deletes_the_record_and_delete_never_does(qtbot, kept, chain, desk) -> None:
    kept.canvas.setFocus()
    kept.canvas.select([chain[1].id])
    qtbot.keyClick(kept.canvas, Qt.Key.Key_Delete, SHIFT)
    settled(qtbot, kept)
    assert labels(kept) == {"Ann", "Cat"}
    with desk.workspace.reading() as reader:
        assert not queries.by_ids(reader, {chain[1].id})
    desk.undo()
    settled(qtbot, kept)
    assert labels(kept) == {"Ann", "Bob", "Cat"}
    with desk.workspace.reading() as reader:
        assert len(queries.links_of(reader, chain[1].id)) == 2


def test_a_link_is_not_taken_off_but_deleted(qtbot, kept, chain, desk) -> None:
    said = []
    kept.said.connect(said.append)
    line = kept.arrangement.scene.ties[0]
    kept.canvas.setFocus()
    kept.canvas.select([line.id])
    qtbot.keyClick(kept.canvas, Qt.Key.Key_Delete)
    assert said[-1].startswith("A link is drawn while both its ends are")
    qtbot.keyClick(kept.canvas, Qt.Key.Key_Delete, SHIFT)
    qtbot.waitUntil(lambda: len(kept.arrangement.scene.ties) == 1)
    desk.undo()
    qtbot.waitUntil(lambda: len(kept.arrangement.scene.ties) == 2)


# ---- In line -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("how", "axis"), [("left", "x"), ("top", "y"), ("middle", "y")])
def test_what_is_selected_is_put_in_line_as_one_act(qtbot, kept, chain, desk, how, axis) -> None:
    before = places(kept)
    drag(qtbot, kept, chain[0].id, QPoint(17, 31))
    kept.canvas.select([person.id for person in chain[:3]])
    kept._on_act(f"line:{how}", ())
    edges = {
        "left": lambda n: n.box.x, "top": lambda n: n.box.y, "middle": lambda n: n.box.centre.y,
    }  # fmt: skip
    found = [edges[how](kept.canvas.index.node(person.id)) for person in chain[:3]]
    assert max(found) - min(found) < 0.02
    assert axis in "xy"
    desk.undo()
    desk.undo()
    settled(qtbot, kept)
    assert places(kept) == before


def test_three_items_are_distributed_and_two_are_too_few(qtbot, kept, chain) -> None:
    said = []
    kept.said.connect(said.append)
    ids = [person.id for person in chain[:3]]
    kept.canvas.select(ids[:2])
    kept._on_act("line:across", ())
    assert said[-1].startswith("Select 3 items or more")
    drag(qtbot, kept, ids[0], QPoint(33, 10))
    kept.canvas.select(ids)
    kept._on_act("line:across", ())
    xs = sorted(places(kept)[id_].x for id_ in ids)
    assert xs[1] - xs[0] == pytest.approx(xs[2] - xs[1], abs=0.02)


# ---- Finding -----------------------------------------------------------------------------------


def test_find_selects_what_is_called_so(qtbot, kept, chain) -> None:
    said = []
    kept.said.connect(said.append)
    kept.canvas.setFocus()
    qtbot.keyClick(kept.canvas, Qt.Key.Key_F, CTRL)
    type_words(qtbot, kept, "bo")
    assert kept.canvas.selection() == (chain[1].id,)
    assert said[-1] == "1 item found"


def test_the_toast_names_what_was_done_and_a_drag_needs_none(qtbot, kept, chain, desk) -> None:
    landed = []
    desk.landed.connect(landed.append)
    drag(qtbot, kept, chain[1].id, QPoint(20, 20))
    kept.canvas.setFocus()
    kept.canvas.select([chain[1].id, chain[2].id])
    kept._on_act("line:top", ())
    kept.pin((chain[1].id,), pinned=True)
    qtbot.keyClick(kept.canvas, Qt.Key.Key_H)
    qtbot.keyClick(kept.canvas, Qt.Key.Key_H, SHIFT)
    assert [change.label for change in landed] == [
        "Align on chart",
        "Pin on chart",
        "Hide on chart",
        "Show on chart",
    ]


def test_an_empty_chart_takes_a_note_once_it_has_a_title(qtbot, show) -> None:
    page = show()
    button(page, Does.NOTE).click()
    qtbot.mouseClick(page.canvas, LEFT, pos=QPoint(300, 300))
    asked = dialog(qtbot, page, TitleDialog)
    asked.box.setText("Plan")
    asked.on_accept()
    qtbot.waitUntil(lambda: page.canvas.editor.is_open)
    type_words(qtbot, page, "Begin with the hub", lines=True)
    qtbot.waitUntil(lambda: len(page.arrangement.scene.notes) == 1)
    settled(qtbot, page)
    assert not page.view.is_empty
    assert len(page.canvas.drawing.notes) == 1
