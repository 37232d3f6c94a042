"""Items copied, cut and pasted, and the steps of a chart that is not kept."""

from dataclasses import replace
from uuid import uuid4

import pytest
from chart_hands import sketched
from chart_pages import CTRL, drag, labels, places, settled
from makers import a_chart, a_nominal
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication

from ocgdesk.casework import chart_pasting
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.chart_page import ChartPage

pytestmark = pytest.mark.qt_log_ignore("does not support")


# ---- Copy and paste ----------------------------------------------------------------------------


def test_items_are_copied_to_another_chart_with_their_places_and_marks(
    qtbot, kept, sketch, note, chain, desk, given
) -> None:
    given(a_nominal("Zed"))
    kept.canvas.setFocus()
    kept.canvas.select([chain[0].id, chain[1].id, sketch.id])
    qtbot.keyClick(kept.canvas, Qt.Key.Key_C, CTRL)
    assert "Ann" not in QGuiApplication.clipboard().text()
    (other,) = given(a_chart("Other", focus=(chain[4].id,)))
    page = ChartPage(desk, Target(page=PageKind.CHART, id=other.id))
    qtbot.addWidget(page)
    page.resize(1100, 740)
    page.show()
    settled(qtbot, page)
    page.canvas.setFocus()
    qtbot.keyClick(page.canvas, Qt.Key.Key_V, CTRL)
    settled(qtbot, page)
    assert {"Ann", "Bob", "Supplier"} <= labels(page)
    there, here = places(page), places(kept)
    (copy,) = [item for item in page.arrangement.scene.items if item.sketch]
    assert copy.id != sketch.id
    ann = chain[0].id
    for mine, its in ((chain[1].id, chain[1].id), (sketch.id, copy.id)):
        assert there[its].x - there[ann].x == pytest.approx(here[mine].x - here[ann].x, abs=0.03)
    (told,) = page.arrangement.scene.notes
    assert (told.text, told.about) == ("Seen twice", chain[1].id)
    assert set(page.canvas.selection()) == {chain[0].id, chain[1].id, copy.id, told.id}
    desk.undo()
    settled(qtbot, page)
    assert not page.arrangement.scene.notes


def test_what_was_copied_in_another_workspace_is_refused_in_a_sentence(
    qtbot, kept, chain, desk
) -> None:
    kept.canvas.setFocus()
    kept.canvas.select([chain[0].id])
    assert kept.clips.copy()
    mime = QGuiApplication.clipboard().mimeData()
    found = chart_pasting.unpacked(
        bytes(mime.data(chart_pasting.MIME).data()), desk.workspace.about.id
    )
    elsewhere = chart_pasting.packed(replace(found, workspace=uuid4()))
    strange = QMimeData()
    strange.setData(chart_pasting.MIME, elsewhere)
    QGuiApplication.clipboard().setMimeData(strange)
    refused = []
    desk.refused.connect(refused.append)
    qtbot.keyClick(kept.canvas, Qt.Key.Key_V, CTRL)
    assert [str(error) for error in refused] == [
        "These items are from another workspace; export them there and import them here"
    ]


def test_cut_takes_off_what_it_copied_and_paste_brings_it_back(qtbot, kept, chain) -> None:
    kept.canvas.setFocus()
    kept.canvas.select([chain[2].id])
    qtbot.keyClick(kept.canvas, Qt.Key.Key_X, CTRL)
    settled(qtbot, kept)
    assert labels(kept) == {"Ann", "Bob"}
    qtbot.keyClick(kept.canvas, Qt.Key.Key_V, CTRL)
    settled(qtbot, kept)
    assert labels(kept) == {"Ann", "Bob", "Cat"}


def test_a_sketch_is_duplicated_and_a_record_is_not(qtbot, kept, sketch, chain) -> None:
    said = []
    kept.said.connect(said.append)
    kept.canvas.setFocus()
    kept.canvas.select([chain[0].id])
    qtbot.keyClick(kept.canvas, Qt.Key.Key_D, CTRL)
    assert said[-1].startswith("A record stands on a chart once")
    kept.canvas.select([sketch.id])
    qtbot.keyClick(kept.canvas, Qt.Key.Key_D, CTRL)
    settled(qtbot, kept)
    one, two = (places(kept)[item.id] for item in sketched(kept))
    assert (abs(one.x - two.x), abs(one.y - two.y)) == pytest.approx((28, 28), abs=0.03)


# ---- Steps of a chart that is not kept ---------------------------------------------------------


def test_a_chart_that_is_not_kept_takes_back_its_own_steps(qtbot, show, chain, desk) -> None:
    page = show(chain[0], hops=2)
    said = []
    page.said.connect(said.append)
    before = places(page)
    drag(qtbot, page, chain[1].id, QPoint(60, 40))
    moved = places(page)
    page.canvas.setFocus()
    page.canvas.select([chain[2].id])
    qtbot.keyClick(page.canvas, Qt.Key.Key_Delete)
    assert labels(page) == {"Ann", "Bob"}
    qtbot.keyClick(page.canvas, Qt.Key.Key_Z, CTRL)
    settled(qtbot, page)
    assert (labels(page), said[-1]) == ({"Ann", "Bob", "Cat"}, "Undone: Remove from chart")
    assert places(page) == moved
    qtbot.keyClick(page.canvas, Qt.Key.Key_Z, CTRL)
    settled(qtbot, page)
    assert places(page) == before
    qtbot.keyClick(page.canvas, Qt.Key.Key_Y, CTRL)
    settled(qtbot, page)
    assert (places(page), said[-1]) == (moved, "Done again: Move on chart")
    assert desk.steps()[0] is None or "chart" not in desk.steps()[0].label


def test_hiding_and_pinning_are_taken_back_too(qtbot, show, chain) -> None:
    page = show(chain[0], hops=2)
    page.canvas.setFocus()
    page.canvas.select([chain[1].id])
    page.pin((chain[1].id,), pinned=True)
    qtbot.keyClick(page.canvas, Qt.Key.Key_H)
    assert page.arrangement.hidden == {chain[1].id}
    qtbot.keyClick(page.canvas, Qt.Key.Key_Z, CTRL)
    settled(qtbot, page)
    assert (page.arrangement.hidden, page.arrangement.pinned) == (set(), {chain[1].id})
    qtbot.keyClick(page.canvas, Qt.Key.Key_Z, CTRL)
    settled(qtbot, page)
    assert page.arrangement.pinned == set()
