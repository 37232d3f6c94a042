"""Open intelligence requirements over a chart: seen, opened, never on it, gone when answered."""

from datetime import datetime

import pytest
from chart_pages import drag, labels, settled
from makers import a_membership, a_nominal, a_plan, an_ocg
from PySide6.QtCore import QPoint, Qt

from ocgdesk.casework import chart_papers, records
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.planning import Requirement
from ocgdesk.ui.chart.mirror import rows_of
from ocgdesk.ui.dialogs.chart_export_dialog import ChartExportDialog
from ocgdesk.ui.navigation import PageKind

QUESTION = "Who holds the number that rings at night?"


@pytest.fixture
def world(given):
    ocg, ann = an_ocg(), a_nominal("Ann")
    plan = a_plan(ocg)
    ask = Requirement(owner=plan.id, question=QUESTION, about=(ann.id, ocg.id))
    given(ocg, ann, plan, ask, a_membership(ann, ocg))
    given(Requirement(owner=plan.id, question="Known", about=(ann.id,), status="answered"))
    return ocg, ann, ask


@pytest.fixture
def page(qtbot, show, world):
    made = show(world[0])
    made._on_act("requirements", ())
    qtbot.waitUntil(lambda: made.ghosts.ready() and bool(ghosts(made)))
    return settled(qtbot, made)


def ghosts(page):
    return [item for item in page.canvas.arrangement.scene.items if item.ghost]


def test_what_is_asked_stands_beside_what_it_is_about_and_in_the_legend(page, world) -> None:
    (ghost,) = ghosts(page)
    assert ghost.label == "Who holds the number that rin…"
    ties = [tie for tie in page.canvas.arrangement.scene.ties if tie.asks]
    assert {tie.target for tie in ties} == {world[0].id, world[1].id}
    places = page.canvas.arrangement.places
    at, ann = places[ghost.id], places[world[1].id]
    assert 40 < ((at.x - ann.x) ** 2 + (at.y - ann.y) ** 2) ** 0.5 < 260
    panel = page.inspector()
    assert panel.legend.rows()["requirement"] == 1
    page.canvas.select([ghost.id])
    assert panel.name.text() == ghost.label
    assert panel.open_button.text() == "Open plan"
    words = [row.words for row in rows_of(page.canvas.arrangement)]
    assert f"Open requirement, {ghost.label}" in words
    assert any("asks about Ann" in one for one in words)
    panel.legend.toggle("requirement")
    assert not ghosts(page)
    panel.deleteLater()


def test_it_is_not_on_the_chart_and_in_no_measure(qtbot, page, world, desk) -> None:
    assert labels(page) == {"Ann", "Tarnbrook"}
    page.save_as("Kept")
    settled(qtbot, page)
    (ghost,) = ghosts(page)
    assert ghost.id not in page.arrangement.places
    for item in (ghost.id,):
        drag(qtbot, page, item, QPoint(40, 30))
    page.canvas.select([ghost.id])
    page.canvas.hide_selected()
    page.canvas.show_hidden()
    page._on_removal((ghost.id,))
    page.hands.delete((ghost.id,))
    page.hands.reword(ghost.id)
    page._on_expand(ghost.id)
    settled(qtbot, page)
    with desk.workspace.reading() as reader:
        assert reader.get(Requirement, ghost.id)
    assert labels(page) == {"Ann", "Tarnbrook"}


def test_enter_leads_to_its_plan(qtbot, page, world) -> None:
    page.canvas.select([world[2].id])
    page.canvas.setFocus()
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(page.canvas, Qt.Key.Key_Return)
    assert (opened.args[0].page, opened.args[0].id) == (PageKind.PLAN, world[0].id)


def test_it_is_gone_once_answered_and_when_switched_off(qtbot, page, world, desk) -> None:
    answered = {"status": "answered"}
    desk.do("Answer", lambda work: records.edit(work, world[2].id, answered))
    qtbot.waitUntil(lambda: not ghosts(page))
    desk.undo()
    qtbot.waitUntil(lambda: bool(ghosts(page)))
    page._on_act("requirements", ())
    assert not ghosts(page)


def test_it_leaves_only_where_that_is_chosen_and_stated(qtbot, page) -> None:
    assert not any(item.ghost for item in page.as_asked().arrangement.scene.items)
    page.export()
    dialog = page.findChild(ChartExportDialog)
    assert not dialog.ghosts.isHidden()
    assert not dialog.ghosts.isChecked()
    dialog.close()
    chosen = page.as_asked().haunted()
    assert chosen.filters[-1] == "with open intelligence requirements"
    with page.desk.workspace.reading() as reader:
        about = page.desk.workspace.about
        cover, _subjects = chart_papers.cover(
            reader, chosen.arrangement, title="T", about=about, author="A", agency="",
            now=datetime(2026, 11, 18, 9, tzinfo=LONDON),
            filters=chosen.filters,
        )  # fmt: skip
    svg = chart_papers.render(chosen.arrangement, cover, "svg").decode()
    assert "Who holds the" in svg
    assert "open intelligence requirements" in svg


def test_a_chart_nobody_asks_about_says_so(qtbot, show, chain) -> None:
    page = show(chain[0])
    with qtbot.waitSignal(page.said) as said:
        page._on_act("requirements", ())
    assert "No open requirement" in said.args[0]
    assert Kind.REQUIREMENT not in {i.kind for i in page.canvas.arrangement.scene.items}
