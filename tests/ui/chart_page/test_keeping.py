"""Charts kept, arranged, undone, and changed by others meanwhile."""

from dataclasses import replace

import pytest
from chart_pages import CTRL, SHIFT, drag, labels, last_entry, places, settled, stored
from makers import a_link, a_nominal, a_phone, a_plan, an_ocg
from PySide6.QtCore import QPoint, Qt

from ocgdesk.casework import charts, records
from ocgdesk.domain.charts import Point
from ocgdesk.domain.kinds import Kind
from ocgdesk.ui.desk import Changed
from ocgdesk.ui.dialogs.title_dialog import TitleDialog
from ocgdesk.ui.navigation import PageKind, Target


def test_saving_asks_for_a_title_and_keeps_the_chart_exactly(qtbot, show, chain, desk) -> None:
    page = show(chain[0], hops=2)
    became = []
    page.became.connect(became.append)
    page.canvas.setFocus()
    qtbot.keyClick(page.canvas, Qt.Key.Key_S, CTRL)
    dialog = page.findChild(TitleDialog)
    assert dialog.box.text() == "Ann"
    dialog.box.clear()
    assert not dialog.accept_button.isEnabled()
    qtbot.keyClicks(dialog.box, "  Chain ")
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    assert page.chart.title == page.title == "Chain"
    assert became == [Target(page=PageKind.CHART, id=page.chart.id)]
    assert stored(desk, page) == {
        id_: Point(round(at.x, 2), round(at.y, 2)) for id_, at in places(page).items()
    }
    assert not page.bar.save_button.isEnabled()
    assert "every change is saved" in page.bar.save_button.toolTip()


def test_a_kept_chart_opens_exactly_as_it_was(qtbot, show, kept, desk, chain) -> None:
    drag(qtbot, kept, chain[1].id, QPoint(60, -40))
    kept.canvas.select([chain[2].id])
    kept.canvas.hide_selected()
    again = show(id=kept.chart.id)
    assert places(again) == stored(desk, kept)
    assert {i: (round(p.x, 2), round(p.y, 2)) for i, p in places(kept).items()} == {
        i: (p.x, p.y) for i, p in places(again).items()
    }
    assert again.arrangement.hidden == {chain[2].id}
    assert {node.id for node in again.canvas.index.nodes} == {chain[0].id, chain[1].id}
    assert (again.title, again.hops, again.focus) == ("Chain", 2, (chain[0].id,))


def test_a_drag_journals_only_what_moved_and_undo_puts_it_back_on_screen(
    qtbot, kept, desk, chain
) -> None:
    landed, changed = [], []
    desk.landed.connect(landed.append)
    desk.changed.connect(changed.append)
    before, id_ = places(kept), chain[1].id
    drag(qtbot, kept, id_, QPoint(80, 50))
    assert places(kept)[id_] != before[id_]
    assert [c.things for c in changed] == [1]
    assert changed[0].kinds == {Kind.PLACEMENT}
    assert landed == [], "a drag is seen; it needs no toast"
    assert stored(desk, kept)[id_].x == round(places(kept)[id_].x, 2)
    desk.undo()
    settled(qtbot, kept)
    assert round(places(kept)[id_].x, 2) == round(before[id_].x, 2)
    node = kept.canvas.index.node(id_)
    assert node.at.x == pytest.approx(before[id_].x, abs=0.01)


def test_a_layout_on_a_kept_chart_is_one_undo_step_and_undo_restores_every_place(
    qtbot, kept, desk
) -> None:
    before, head = stored(desk, kept), kept.chart.version
    acts = []
    desk.changed.connect(lambda c: acts.append(c.label))
    kept.bar.layouts.choose("circular")
    kept.bar.layouts.chosen.emit("circular")
    settled(qtbot, kept)
    after = stored(desk, kept)
    assert after != before
    assert acts == ["Lay out chart"]
    assert (kept.chart.layout, kept.chart.version) == ("circular", head + 1)
    assert {i: (round(p.x, 2), round(p.y, 2)) for i, p in places(kept).items()} == {
        i: (p.x, p.y) for i, p in after.items()
    }
    desk.undo()
    settled(qtbot, kept)
    assert stored(desk, kept) == before == places(kept)
    assert (kept.layout_code, kept.bar.layouts.current) == ("force", "force")


def test_what_is_pinned_keeps_its_place_when_all_is_laid_out_anew(qtbot, kept, desk, chain) -> None:
    drag(qtbot, kept, chain[1].id, QPoint(150, 90))
    kept.pin((chain[1].id,), pinned=True)
    before = places(kept)[chain[1].id]
    kept.bar.arrange_button.click()
    settled(qtbot, kept)
    assert places(kept)[chain[1].id] == before
    with desk.workspace.reading() as reader:
        assert charts.open_chart(reader, kept.chart.id)[1].pinned == {chain[1].id}


def test_hops_of_a_kept_chart_are_an_edit_of_it(qtbot, kept, desk) -> None:
    before = stored(desk, kept)
    acts = []
    desk.changed.connect(lambda c: acts.append(c.label))
    kept.bar.hop_box.choose("4")
    kept.bar.hop_box.chosen.emit("4")
    settled(qtbot, kept)
    assert acts == ["Change hops"]
    assert labels(kept) == {"Ann", "Bob", "Cat", "Dan", "Eve"}
    assert {i: stored(desk, kept)[i] for i in before} == before
    with desk.workspace.reading() as reader:
        assert charts.open_chart(reader, kept.chart.id)[0].hops == 4
    desk.undo()
    settled(qtbot, kept)
    assert (labels(kept), kept.hops, kept.bar.hop_box.current) == ({"Ann", "Bob", "Cat"}, 2, "2")


def test_expanding_keeps_old_places_and_is_one_step_on_a_kept_chart(
    qtbot, kept, desk, chain
) -> None:
    before = stored(desk, kept)
    kept.canvas.select([chain[2].id])
    kept.canvas.setFocus()
    qtbot.keyClick(kept.canvas, Qt.Key.Key_E)
    settled(qtbot, kept)
    assert labels(kept) == {"Ann", "Bob", "Cat", "Dan"}
    assert {i: places(kept)[i] for i in before} == before
    assert set(stored(desk, kept)) == set(places(kept))
    desk.undo()
    settled(qtbot, kept)
    assert (labels(kept), places(kept)) == ({"Ann", "Bob", "Cat"}, before)


def test_expanding_a_chart_that_is_not_kept_moves_nothing(qtbot, show, chain) -> None:
    page = show(chain[0])
    drag(qtbot, page, chain[1].id, QPoint(40, 60))
    before = places(page)
    page.canvas.select([chain[1].id])
    page.canvas.request_expansion()
    settled(qtbot, page)
    assert labels(page) == {"Ann", "Bob", "Cat"}
    assert {i: places(page)[i] for i in before} == before


def test_removing_from_the_chart_leaves_the_record_and_can_be_undone(
    qtbot, kept, desk, chain
) -> None:
    kept.canvas.select([chain[1].id])
    kept.canvas.setFocus()
    qtbot.keyClick(kept.canvas, Qt.Key.Key_Delete)
    settled(qtbot, kept)
    assert labels(kept) == {"Ann", "Cat"}
    assert kept.arrangement.scene.ties == ()
    assert set(stored(desk, kept)) == {chain[0].id, chain[2].id}
    with desk.workspace.reading() as reader:
        assert reader.find(chain[1].id) == chain[1]
    desk.undo()
    settled(qtbot, kept)
    assert labels(kept) == {"Ann", "Bob", "Cat"}
    assert len(kept.arrangement.scene.ties) == 2


def test_what_was_removed_from_a_chart_that_is_not_kept_stays_away(
    qtbot, show, chain, desk, put
) -> None:
    page = show(chain[0], hops=2)
    page._on_removal((chain[1].id,))
    assert labels(page) == {"Ann", "Cat"}
    desk.do("Edit nominal", lambda work: work.put(replace(chain[0], name="Anna")))
    qtbot.waitUntil(lambda: labels(page) == {"Anna", "Cat"})


def test_hiding_is_kept_and_shown_again(qtbot, kept, desk, chain) -> None:
    kept.canvas.select([chain[2].id])
    kept.canvas.setFocus()
    qtbot.keyClick(kept.canvas, Qt.Key.Key_H)
    with desk.workspace.reading() as reader:
        assert charts.open_chart(reader, kept.chart.id)[1].hidden == {chain[2].id}
    qtbot.keyClick(kept.canvas, Qt.Key.Key_H, SHIFT)
    with desk.workspace.reading() as reader:
        assert charts.open_chart(reader, kept.chart.id)[1].hidden == frozenset()
    assert desk.steps()[0].label == "Show on chart"


def test_a_large_chart_is_kept_without_holding_up_the_window(qtbot, show, given, desk) -> None:
    hub, *phones = given(an_ocg("Hub"), *(a_phone(f"07700 9{n:05}") for n in range(320)))
    given(*(a_link(hub, phone) for phone in phones))
    page = show(hub)
    page.save_as("Large")
    assert page.chart is None, "it is written in the background"
    qtbot.waitUntil(lambda: page.chart is not None, timeout=10_000)
    assert len(stored(desk, page)) == 321
    qtbot.waitUntil(lambda: [j for j in desk.jobs.running if j.title] == [])
    assert page.ready()


def test_an_unrelated_change_draws_nothing_anew(qtbot, show, given, chain, desk) -> None:
    (ocg,) = given(an_ocg())
    page = show(chain[0])
    drawn = []
    page.canvas.drawn.connect(lambda: drawn.append(True))
    desk.do("Add plan", lambda work: work.put(a_plan(ocg)))
    desk.do("Add nominal", lambda work: work.put(a_nominal("Elsewhere")))
    desk.changed.emit(Changed(frozenset({Kind.ACTION, Kind.ASSERTION})))
    assert page.ready()
    desk.changed.emit(Changed(frozenset({Kind.NOMINAL})))  # somebody else's: any of them
    settled(qtbot, page)
    qtbot.wait(50)
    assert drawn == []


def test_a_change_of_what_is_drawn_is_seen(qtbot, show, chain, desk) -> None:
    page = show(chain[0])
    before = places(page)
    desk.do("Edit nominal", lambda work: work.put(replace(chain[1], name="Robert")))
    qtbot.waitUntil(lambda: labels(page) == {"Ann", "Robert"})
    assert places(page) == before


def test_a_new_link_is_drawn(qtbot, show, given, chain, desk) -> None:
    page = show(chain[0])
    desk.do("Add link", lambda work: work.put(a_link(chain[0], chain[4])))
    qtbot.waitUntil(lambda: labels(page) == {"Ann", "Bob", "Eve"}, timeout=20_000)


def test_a_page_that_is_not_seen_asks_again_when_it_is(qtbot, show, chain, desk) -> None:
    page = show(chain[0])
    page.hide()
    desk.do("Edit nominal", lambda work: work.put(replace(chain[1], name="Robert")))
    assert page.ready()
    assert labels(page) == {"Ann", "Bob"}
    page.show()
    qtbot.waitUntil(lambda: labels(page) == {"Ann", "Robert"})


def test_a_kept_chart_opens_after_records_on_it_were_removed(qtbot, show, kept, desk, chain):
    id_ = kept.chart.id
    desk.do("Delete nominal", lambda work: records.remove(work, [chain[1].id]))
    again = show(id=id_)
    assert labels(again) == {"Ann", "Cat"}
    settled(qtbot, kept)
    assert labels(kept) == {"Ann", "Cat"}


def test_a_kept_chart_opens_after_its_focus_was_removed(show, kept, desk, chain) -> None:
    desk.do("Delete nominal", lambda work: records.remove(work, [chain[0].id]))
    again = show(id=kept.chart.id)
    assert labels(again) == {"Bob", "Cat"}


def test_a_chart_somebody_else_changed_shows_what_is_kept_instead(
    qtbot, kept, desk, put, chain
) -> None:
    told = []
    desk.refused.connect(told.append)
    put(kept.chart, title="Theirs")
    kept.bar.layouts.chosen.emit("circular")
    qtbot.waitUntil(lambda: kept.ready() and kept.title == "Theirs", timeout=20_000)
    assert "Somebody changed" in str(told[0])
    assert places(kept) == stored(desk, kept)


def test_ctrl_shift_s_saves_a_copy_and_opens_it(qtbot, desk, kept) -> None:
    shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    kept.canvas.setFocus()
    qtbot.keyClick(kept.canvas, Qt.Key.Key_S, shift)
    dialog = kept.findChild(TitleDialog)
    dialog.box.setText("Chain two")
    with qtbot.waitSignal(kept.opened) as opened:
        dialog.accept_button.click()
    target, aside = opened.args
    assert aside
    assert target.id != kept.chart.id
    assert last_entry(desk).label == "Save copy of chart"
    with qtbot.waitSignal(kept.said) as said:
        kept.save()
    assert "Kept as you go" in said.args[0]


def test_ctrl_shift_s_on_a_chart_that_is_not_kept_asks_for_its_title(qtbot, show, chain) -> None:
    page = show(chain[0])
    page.save_copy()
    assert page.findChild(TitleDialog).box.text() == "Ann"
