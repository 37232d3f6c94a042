"""Notes and sketches on a chart: put down, moved, worded in place, made records; each undone."""

import pytest
from chart_hands import EMPTY, dialog, sketched, type_words
from chart_pages import LEFT, drag, labels, places, settled
from PySide6.QtCore import QPoint, Qt

from ocgdesk.casework import charts
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Link
from ocgdesk.store import records as queries
from ocgdesk.ui.dialogs.new_record_dialog import NewRecordDialog
from ocgdesk.ui.dialogs.title_dialog import TitleDialog

pytestmark = pytest.mark.qt_log_ignore("does not support")


# ---- Sketches ----------------------------------------------------------------------------------


def test_a_sketch_stays_on_the_chart_and_moves_like_anything_on_it(
    qtbot, kept, sketch, desk
) -> None:
    assert sketch.label == "Supplier"
    with desk.workspace.reading() as reader:
        assert charts.open_chart(reader, kept.chart.id)[1].places.keys() == places(kept).keys()
        assert queries.by_ids(reader, {sketch.id})[sketch.id].kind is Kind.SKETCH_ITEM
    before = places(kept)[sketch.id]
    drag(qtbot, kept, sketch.id, QPoint(70, -30))
    assert places(kept)[sketch.id] != before
    desk.undo()
    settled(qtbot, kept)
    assert places(kept)[sketch.id] == before


def test_a_line_to_a_sketch_is_a_sketch_and_is_named_in_place(
    qtbot, kept, sketch, chain, desk
) -> None:
    kept.canvas.setFocus()
    kept.canvas.select([sketch.id, chain[0].id])
    qtbot.keyClick(kept.canvas, Qt.Key.Key_L)
    settled(qtbot, kept)
    (line,) = [tie for tie in kept.arrangement.scene.ties if tie.sketch]
    assert {line.source, line.target} == {sketch.id, chain[0].id}
    kept.canvas.select([line.id])
    qtbot.keyClick(kept.canvas, Qt.Key.Key_F2)
    type_words(qtbot, kept, "sells to?")
    settled(qtbot, kept)
    assert [tie.label for tie in kept.arrangement.scene.ties if tie.sketch] == ["sells to?"]
    with desk.workspace.reading() as reader:
        assert not any(isinstance(x, Link) for x in queries.owned(reader, kept.chart.id))


def test_enter_on_a_sketch_asks_for_the_record_it_becomes(qtbot, kept, sketch, desk) -> None:
    where = places(kept)[sketch.id]
    kept.canvas.setFocus()
    kept.canvas.select([sketch.id])
    qtbot.keyClick(kept.canvas, Qt.Key.Key_Return)
    asked = dialog(qtbot, kept, NewRecordDialog)
    assert asked.fields["name"].text == "Supplier"
    asked.on_accept()
    settled(qtbot, kept)
    assert sketched(kept) == []
    (made,) = [item for item in kept.arrangement.scene.items if item.label == "Supplier"]
    assert places(kept)[made.id] == where
    desk.undo()
    settled(qtbot, kept)
    assert [item.id for item in sketched(kept)] == [sketch.id]


def test_a_sketch_survives_other_hops_and_an_expansion(qtbot, kept, sketch, note, chain) -> None:
    kept.bar.hop_box.chosen.emit("3")
    settled(qtbot, kept)
    assert labels(kept) == {"Ann", "Bob", "Cat", "Dan", "Supplier"}
    assert [shown.id for shown in kept.arrangement.scene.notes] == [note.id]
    kept.refresh()
    settled(qtbot, kept)
    assert "Supplier" in labels(kept)


# ---- Notes -------------------------------------------------------------------------------------


def test_a_note_follows_its_item_and_is_drawn_with_a_leader(qtbot, kept, note, chain) -> None:
    assert (note.text, note.about) == ("Seen twice", chain[1].id)
    box = kept.canvas.index.note(note.id).box
    drag(qtbot, kept, chain[1].id, QPoint(50, 60))
    settled(qtbot, kept)
    moved = kept.canvas.index.note(note.id)
    assert (moved.box.x - box.x, moved.box.y - box.y) == pytest.approx((50, 60))
    assert moved.leader is not None


def test_a_note_is_dragged_by_itself_and_undo_puts_it_back(qtbot, kept, note, desk) -> None:
    before = kept.canvas.index.note(note.id).box
    start = kept.canvas.view.to_screen(before.centre.x, before.centre.y).toPoint()
    qtbot.mousePress(kept.canvas, LEFT, pos=start)
    for step in range(1, 5):
        qtbot.mouseMove(kept.canvas, start + QPoint(20, -10) * step)
    qtbot.mouseRelease(kept.canvas, LEFT, pos=start + QPoint(80, -40))
    settled(qtbot, kept)
    after = kept.canvas.index.note(note.id).box
    assert (after.x - before.x, after.y - before.y) == pytest.approx((80, -40), abs=0.1)
    with desk.workspace.reading() as reader:
        stored = charts.open_chart(reader, kept.chart.id)[1].scene.notes[0]
    assert stored.x == pytest.approx(note.x + 80, abs=0.1)
    desk.undo()
    settled(qtbot, kept)
    assert kept.arrangement.scene.notes[0] == note


def test_a_note_is_edited_in_place_by_a_double_click_and_escape_leaves_it(
    qtbot, kept, note
) -> None:
    box = kept.canvas.index.note(note.id).box
    at = kept.canvas.view.to_screen(box.centre.x, box.centre.y).toPoint()
    qtbot.mouseClick(kept.canvas, LEFT, pos=at)
    qtbot.mouseDClick(kept.canvas, LEFT, pos=at)
    assert kept.canvas.editor.toPlainText() == "Seen twice"
    qtbot.keyClicks(kept.canvas.editor, "Never")
    qtbot.keyClick(kept.canvas.editor, Qt.Key.Key_Escape)
    assert not kept.canvas.editor.is_open
    assert kept.canvas.hasFocus()
    qtbot.keyClick(kept.canvas, Qt.Key.Key_F2)
    type_words(qtbot, kept, "Seen three times", lines=True)
    settled(qtbot, kept)
    assert kept.arrangement.scene.notes[0].text == "Seen three times"


def test_bare_letters_are_text_while_words_are_typed(qtbot, kept, note, chain) -> None:
    kept.canvas.select([note.id])
    qtbot.keyClick(kept.canvas, Qt.Key.Key_F2)
    qtbot.keyClicks(kept.canvas.editor, "hnpl")
    assert kept.canvas.editor.toPlainText() == "hnpl"
    assert kept.canvas.hidden() == frozenset()
    assert kept.canvas.selection() == (note.id,)


def test_the_tone_of_a_note_is_chosen_from_its_menu_and_undone(qtbot, kept, note, desk) -> None:
    kept.canvas.select([note.id])
    kept._on_act("tone:victim", (note.id,))
    settled(qtbot, kept)
    assert kept.arrangement.scene.notes[0].tone == "victim"
    desk.undo()
    settled(qtbot, kept)
    assert kept.arrangement.scene.notes[0].tone == "plain"


def test_a_note_on_a_chart_without_a_title_asks_for_one_and_then_goes_on(
    qtbot, show, chain
) -> None:
    page = show(chain[0])
    page.canvas.setFocus()
    page.canvas.select([chain[0].id])
    qtbot.keyClick(page.canvas, Qt.Key.Key_T)
    asked = dialog(qtbot, page, TitleDialog)
    asked.box.setText("Mine")
    asked.on_accept()
    qtbot.waitUntil(lambda: page.canvas.editor.is_open)
    type_words(qtbot, page, "Begin here", lines=True)
    settled(qtbot, page)
    assert page.chart.title == "Mine"
    assert [note.text for note in page.arrangement.scene.notes] == ["Begin here"]


def test_without_a_title_nothing_waits_on(qtbot, show, chain) -> None:
    page = show(chain[0])
    page.canvas.setFocus()
    qtbot.keyClick(page.canvas, Qt.Key.Key_T)
    qtbot.mouseClick(page.canvas, LEFT, pos=EMPTY)
    dialog(qtbot, page, TitleDialog).reject()
    page.save_as("Later")
    settled(qtbot, page)
    assert not page.canvas.editor.is_open


def test_the_list_has_notes_and_sketches_as_rows(qtbot, kept, note, sketch) -> None:
    kept.bar.mode.choose("list")
    kept.bar.mode.chosen.emit("list")
    model = kept.mirror.model
    rows = [[model.index(r, c).data() for c in range(3)] for r in range(model.rowCount())]
    assert ["Note", "Seen twice", "Bob"] in rows
    assert ["Sketched nominal", "Supplier", "not in the register"] in rows
    assert kept.palette_bar.isHidden()
