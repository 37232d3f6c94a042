"""The chart as a screen reader meets it: its items in view are children of the canvas."""

import gc

import pytest
from makers import a_nominal, an_ocg
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from ocgdesk.domain.charts import Arrangement, Importance, Item, Point, Scene
from ocgdesk.ui.chart import accessible
from ocgdesk.ui.chart.canvas import ChartCanvas

NAME = QAccessible.Text.Name


def arrangement() -> Arrangement:
    things = [an_ocg("Tarnbrook"), a_nominal("Ann"), a_nominal("Bob"), a_nominal("Far")]
    items = tuple(
        Item(id=t.id, kind=t.kind, label=t.label, importance=Importance.PRINCIPAL) for t in things
    )
    places = [Point(0, 0), Point(200, 0), Point(0, 200), Point(90_000, 0)]
    return Arrangement(
        scene=Scene(items=items), places={t.id: p for t, p in zip(things, places, strict=True)}
    )


@pytest.fixture
def canvas(qtbot, dressed):
    made = ChartCanvas()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    made.show_arrangement(arrangement())
    made.settle()
    ids = [item.id for item in made.arrangement.scene.items]
    made.select(ids[:3])
    made.fit_selection()
    made.select(())
    return made


def names(canvas):
    found = QAccessible.queryAccessibleInterface(canvas)
    return [found.child(at).text(NAME) for at in range(found.childCount())]


def test_items_in_view_are_children_in_reading_order_with_the_words_of_the_list(canvas) -> None:
    found = QAccessible.queryAccessibleInterface(canvas)
    assert (found.role(), found.text(NAME)) == (QAccessible.Role.List, "Link chart")
    assert names(canvas) == [
        "OCG, Tarnbrook, Principal",
        "Nominal, Ann, Principal",
        "Nominal, Bob, Principal",
    ]
    assert found.child(0).role() == QAccessible.Role.ListItem
    assert found.child(1).parent().text(NAME) == "Link chart"


def test_the_current_item_has_the_focus_its_place_and_its_state(canvas) -> None:
    bob = canvas.arrangement.scene.items[2]
    canvas.setFocus()
    canvas.select([bob.id])
    child = QAccessible.queryAccessibleInterface(canvas).focusChild()
    assert "Bob" in child.text(NAME)
    assert child.state().selected
    assert child.state().focusable
    node = canvas.index.node(bob.id)
    middle = canvas.mapToGlobal(canvas.view.to_screen(node.at.x, node.at.y).toPoint())
    assert child.rect().contains(middle)
    met = QAccessible.queryAccessibleInterface(canvas).childAt(middle.x(), middle.y())
    assert "Bob" in met.text(NAME)
    canvas.select(())
    assert QAccessible.queryAccessibleInterface(canvas).focusChild() is None


def test_what_is_chosen_out_of_view_is_told_too_and_focus_is_said(canvas, monkeypatch) -> None:
    heard = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda e: heard.append((e.type(), e.child()))
    )
    canvas.select([canvas.arrangement.scene.items[3].id])
    assert (QAccessible.Event.Focus, 3) in heard
    assert "Far" in names(canvas)[3]


def test_a_closed_chart_leaves_nothing_that_could_be_asked(qtbot, dressed) -> None:
    for _again in range(5):
        made = ChartCanvas()
        made.resize(400, 300)
        made.show()
        made.show_arrangement(arrangement())
        made.settle()
        made.select([item.id for item in made.arrangement.scene.items[:1]])
        found = QAccessible.queryAccessibleInterface(made)
        child = found.child(0)
        assert child.isValid()
        made.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert not child.isValid()
        del made, found, child
        gc.collect()


def test_other_widgets_are_met_as_before(qtbot, dressed) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    accessible.install()
    other.setAccessibleName("Plain")
    assert QAccessible.queryAccessibleInterface(other).text(NAME) == "Plain"
