"""The chart page: drawing, arranging, keeping, undoing, leaving the house."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest
from makers import a_handle, a_link, a_membership, a_nominal, a_phone, a_plan, an_ocg
from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu
from shiboken6 import isValid

from ocgdesk.casework import charts, records
from ocgdesk.domain.charts import Point
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Strength
from ocgdesk.domain.people import Role
from ocgdesk.security import chain as chain_words
from ocgdesk.settings import Settings
from ocgdesk.store import journal, listing
from ocgdesk.store.journal import Act
from ocgdesk.store.listing import ListQuery
from ocgdesk.ui import jobs
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.dialogs.disclosure_dialog import DisclosureDialog, Purpose, PurposeDialog
from ocgdesk.ui.dialogs.link_dialog import LinkDialog
from ocgdesk.ui.dialogs.title_dialog import TitleDialog
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.chart_menu import ItemMenu
from ocgdesk.ui.pages.chart_page import ChartPage
from ocgdesk.ui.worker import Worker

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class _Shared(Worker):
    """One warm process for all tests of this file: starting one takes two seconds."""

    def close(self) -> None:
        """Stay; the file's own fixture ends the process."""


@pytest.fixture(scope="module")
def one_worker() -> Iterator[Worker]:
    made = _Shared()
    yield made
    Worker.close(made)


@pytest.fixture(autouse=True)
def _one_worker(monkeypatch: pytest.MonkeyPatch, one_worker: Worker) -> None:
    monkeypatch.setattr(jobs, "Worker", lambda: one_worker)


@pytest.fixture
def chain(given):
    """Five people in a line, each linked to the next, and a handle at the first."""
    people = given(*(a_nominal(name) for name in ("Ann", "Bob", "Cat", "Dan", "Eve")))
    given(*(a_link(one, two) for one, two in pairwise(people)))
    return people


def settled(qtbot, page: ChartPage) -> ChartPage:
    qtbot.waitUntil(page.ready, timeout=20_000)
    page.canvas.settle()
    return page


@pytest.fixture
def show(qtbot, desk: Desk) -> Callable[..., ChartPage]:
    def open_(*focus, at: Desk | None = None, to_close: bool = False, **more) -> ChartPage:
        target = Target(page=PageKind.CHART, focus=tuple(t.id for t in focus), **more)
        page = ChartPage(at or desk, target)
        if not to_close:
            qtbot.addWidget(page)
        page.resize(1100, 740)
        page.show()
        qtbot.waitExposed(page)
        return settled(qtbot, page)

    return open_


@pytest.fixture
def kept(qtbot, show, chain) -> ChartPage:
    """A chart of Ann, Bob and Cat, kept as "Chain"."""
    page = show(chain[0], hops=2)
    page.save_as("Chain")
    settled(qtbot, page)
    assert page.chart is not None
    return page


def labels(page: ChartPage) -> set[str]:
    return {item.label for item in page.arrangement.scene.items}


def places(page: ChartPage) -> dict[UUID, Point]:
    return dict(page.arrangement.places)


def stored(desk: Desk, page: ChartPage) -> dict[UUID, Point]:
    with desk.workspace.reading() as reader:
        return charts.open_chart(reader, page.chart.id)[1].places


def drag(qtbot, page: ChartPage, id_: UUID, by: QPoint) -> None:
    node = page.canvas.index.node(id_)
    start = page.canvas.view.to_screen(node.at.x, node.at.y).toPoint()
    qtbot.mousePress(page.canvas, LEFT, pos=start)
    for step in range(1, 5):
        qtbot.mouseMove(page.canvas, start + by * step / 4)
    qtbot.mouseRelease(page.canvas, LEFT, pos=start + by)


def last_entry(desk: Desk):
    newest, _hash = desk.workspace.head()
    with desk.workspace.connection() as connection:
        seq = newest
        while (found := journal.entry(connection, seq)) and found.act in {
            Act.CONSULTATION,
            Act.SESSION,
        }:
            seq -= 1
        return found


# ---- Drawing -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("hops", "there"), [(1, "Ann Bob"), (4, "Ann Bob Cat Dan Eve")])
def test_the_chart_reaches_as_many_hops_as_asked(show, chain, hops, there) -> None:
    page = show(chain[0], hops=hops)
    assert labels(page) == set(there.split())
    assert set(page.arrangement.places) == {item.id for item in page.arrangement.scene.items}
    assert len(page.canvas.index.nodes) == len(there.split())
    assert page.title == "Ann"


def test_choosing_more_hops_draws_more_and_leaves_what_was_where_it_was(qtbot, show, chain) -> None:
    page = show(chain[0])
    before = places(page)
    page.bar.hop_box.chosen.emit("3")
    settled(qtbot, page)
    assert labels(page) == {"Ann", "Bob", "Cat", "Dan"}
    assert {id_: places(page)[id_] for id_ in before} == before


def test_a_chart_that_was_cut_says_so_with_the_rule(show, given) -> None:
    hub, *phones = given(an_ocg("Hub"), *(a_phone(f"07700 9{n:05}") for n in range(510)))
    given(*(a_link(hub, phone) for phone in phones))
    page = show(hub)
    assert len(page.arrangement.scene.items) == 500
    assert not page.view.error.isHidden()
    assert page.view.error.sentence.text().startswith("500 items shown, 11 more left out: nearest")
    assert page.as_asked().arrangement.scene.cut == page.view.error.sentence.text()


def test_without_a_record_the_page_says_what_to_do(qtbot, show) -> None:
    page = show()
    assert page.ready()
    assert page.view.is_empty
    assert "Ctrl+K" in page.view.empty.sentence.text()
    page.save()
    page.export()
    page.copy()
    assert page.desk.jobs.running == ()


def test_a_chart_round_a_record_that_is_gone_says_so_in_place(show, chain, desk) -> None:
    told = []
    desk.refused.connect(told.append)
    page = show(a_nominal("Never kept"))
    assert page.view.is_empty
    assert "no longer there" in page.view.empty.sentence.text()
    assert len(told) == 1


def test_stopping_the_drawing_leaves_a_page_that_can_draw_again(qtbot, desk, chain) -> None:
    page = ChartPage(desk, Target(page=PageKind.CHART, focus=(chain[0].id,)))
    qtbot.addWidget(page)
    for job in desk.jobs.running:
        job.cancel()
    qtbot.waitUntil(page.ready)
    assert page.view.is_empty
    page.view.empty.button.click()
    settled(qtbot, page)
    assert labels(page) == {"Ann", "Bob"}


def test_opening_an_item_opens_its_record(qtbot, show, chain) -> None:
    page = show(chain[0])
    page.canvas.select([chain[1].id])
    page.canvas.setFocus()
    with qtbot.waitSignal(page.opened) as told:
        qtbot.keyClick(page.canvas, Qt.Key.Key_Return)
    assert told.args == [
        Target(page=PageKind.RECORD, kind=Kind.NOMINAL, id=chain[1].id),
        False,
    ]


def test_the_status_bar_is_told_selection_hidden_and_filters(qtbot, show, chain) -> None:
    page = show(chain[0])
    told = []
    page.told.connect(told.append)
    page.canvas.select([chain[0].id])
    assert told[-1][0] == "1 selected of 2 items, 1 link"
    page.canvas.hide_selected()
    assert "1 hidden · Shift+H shows them" in told[-1]


# ---- Legend and inspector ----------------------------------------------------------------------


def test_the_legend_filters_and_the_filter_is_stated_on_what_leaves(
    qtbot, show, given, chain
) -> None:
    (handle,) = given(a_handle("quietfox"))
    given(a_link(handle, chain[0]))
    page = show(chain[0])
    panel = page.inspector()
    qtbot.addWidget(panel)
    assert panel.legend.rows() == {"nominal": 2, "handle": 1}
    panel.legend.toggle("handle")
    assert {node.id for node in page.canvas.index.nodes} == {chain[0].id, chain[1].id}
    asked = page.as_asked()
    assert asked.filters == ("1 hop", "without handle")
    assert handle.id not in {item.id for item in asked.arrangement.scene.items}


def test_a_filter_is_still_off_in_the_next_inspector_and_after_a_change(
    qtbot, show, given, chain, desk
) -> None:
    (handle,) = given(a_handle("quietfox"))
    given(a_link(handle, chain[0]))
    page = show(chain[0])
    first = page.inspector()
    qtbot.addWidget(first)
    first.legend.toggle("handle")
    second = page.inspector()
    qtbot.addWidget(second)
    assert page.canvas.kinds_off == {"handle"}
    assert "handle" in second.legend.rows()
    second.legend.toggle("handle")
    assert page.canvas.kinds_off == frozenset()
    assert len(page.canvas.index.nodes) == 3


def test_the_inspector_says_what_is_selected(qtbot, show, chain) -> None:
    page = show(chain[0])
    panel = page.inspector()
    qtbot.addWidget(panel)
    page.canvas.select([chain[1].id])
    assert panel.name.text() == "Bob"
    assert "1 link drawn" in panel.detail.text()
    page.canvas.select([chain[0].id, chain[1].id])
    assert panel.name.text() == "2 items selected"
    assert panel.open_button.isHidden()


def test_a_click_in_the_legend_selects_all_of_a_kind(qtbot, show, chain) -> None:
    page = show(chain[0])
    panel = page.inspector()
    qtbot.addWidget(panel)
    panel.legend.kind_selected.emit(Kind.NOMINAL)
    assert set(page.canvas.selection()) == {chain[0].id, chain[1].id}


def test_the_list_says_the_same_and_selects_alike(qtbot, show, chain) -> None:
    page = show(chain[0])
    page.bar.mode.choose("list")
    page.bar.mode.chosen.emit("list")
    assert page.view.views.currentWidget() is page.mirror
    assert page.mirror.model.rowCount() == 3
    page.canvas.select([chain[1].id])
    assert page.mirror.selection() == (chain[1].id,)


# ---- Keeping -----------------------------------------------------------------------------------


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


# ---- What others do ----------------------------------------------------------------------------


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


# ---- Rights ------------------------------------------------------------------------------------


@pytest.fixture
def reader_desk(qtbot, add_user, opened_by, dressed):
    made = Desk(opened_by(add_user("rob", Role.READER)), Settings())
    yield made
    made.close()


def test_a_reader_may_look_and_arrange_but_not_keep_or_export(
    qtbot, show, chain, reader_desk
) -> None:
    page = show(chain[0], at=reader_desk)
    assert labels(page) == {"Ann", "Bob"}
    for button in (page.bar.save_button, page.bar.export_button, page.bar.copy_button):
        assert not button.isEnabled()
    assert "save charts" in page.bar.save_button.toolTip()
    assert "export records" in page.bar.export_button.toolTip()
    page.canvas.setFocus()
    qtbot.keyClick(page.canvas, Qt.Key.Key_S, CTRL)
    assert page.findChild(TitleDialog) is None


def test_what_a_reader_moves_on_a_kept_chart_is_theirs_alone(
    qtbot, show, kept, desk, chain, reader_desk
) -> None:
    before, told = stored(desk, kept), []
    reader_desk.refused.connect(told.append)
    page = show(id=kept.chart.id, at=reader_desk)
    drag(qtbot, page, chain[1].id, QPoint(40, 40))
    assert places(page)[chain[1].id] != before[chain[1].id]
    assert (stored(desk, kept), told) == (before, [])


# ---- Leaving the house -------------------------------------------------------------------------


PURPOSE = Purpose(recipient="TTCG", reason="November meeting")


def fill(dialog: PurposeDialog, **texts: str) -> None:
    for name, text in ({"recipient": "TTCG", "reason": "November meeting"} | texts).items():
        getattr(dialog, name).editor.setText(text)


@pytest.mark.parametrize(
    ("kind", "start"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")]
)
def test_an_export_is_a_marked_file_and_a_disclosure_with_its_subjects(
    qtbot, show, chain, desk, tmp_path: Path, kind, start
) -> None:
    page = show(chain[0])
    path = tmp_path / "out" / f"chart.{kind}"
    path.parent.mkdir()
    said = []
    page.said.connect(said.append)
    head = chain_words.short(desk.workspace.head()[1])
    with qtbot.waitSignal(page.papers.written, timeout=30_000):
        page.papers.export(path, page.as_asked(), PURPOSE)
    data = path.read_bytes()
    assert data.startswith(start)
    if kind == "svg":
        assert b"OFFICIAL-SENSITIVE" in data
        assert f"Head of the journal: {head}".encode() in data
    assert list(path.parent.iterdir()) == [path]
    assert said == [f"Written: chart.{kind}"]
    entry = last_entry(desk)
    assert (entry.act, entry.label, entry.reason) == (
        Act.DISCLOSURE,
        "Export chart",
        "November meeting",
    )
    assert entry.detail == {"format": kind, "recipient": "TTCG"}


def test_an_export_asks_for_whom_and_why_before_anything_leaves(
    qtbot, show, chain, desk, tmp_path: Path
) -> None:
    page = show(chain[0])
    page.canvas.setFocus()
    qtbot.keyClick(page.canvas, Qt.Key.Key_E, CTRL)
    dialog = page.findChild(DisclosureDialog)
    assert "Ann" not in dialog.path.text
    before = last_entry(desk)
    fill(dialog, recipient="", path=str(tmp_path / "mine.png"))
    dialog.format.editor.choose("svg")
    dialog.accept_button.click()
    assert dialog.recipient.wrong == "Say who it is for"
    assert last_entry(desk) == before
    fill(dialog)
    with qtbot.waitSignal(page.papers.written, timeout=30_000) as told:
        dialog.accept_button.click()
    assert told.args == [tmp_path / "mine.svg"]
    assert last_entry(desk).detail["recipient"] == "TTCG"


def test_a_format_that_is_not_known_is_refused_and_nothing_is_disclosed(
    qtbot, show, chain, desk, tmp_path: Path
) -> None:
    page = show(chain[0])
    told = []
    desk.refused.connect(told.append)
    before = last_entry(desk)
    page.papers.export(tmp_path / "chart.gif", page.as_asked(), PURPOSE)
    assert [str(error) for error in told] == ["A chart is written as png, svg, pdf"]
    assert last_entry(desk) == before


def test_a_folder_that_cannot_be_written_is_told(qtbot, show, chain, desk, tmp_path: Path) -> None:
    page = show(chain[0])
    told = []
    desk.refused.connect(told.append)
    page.papers.export(tmp_path / "gone" / "chart.svg", page.as_asked(), PURPOSE)
    qtbot.waitUntil(lambda: told != [], timeout=30_000)
    assert "chart.svg cannot be written" in str(told[0])


def test_a_copy_is_a_picture_a_drawing_and_a_table_and_a_disclosure(
    qtbot, show, chain, desk
) -> None:
    page = show(chain[0])
    page.canvas.setFocus()
    qtbot.keyClick(page.canvas, Qt.Key.Key_C, CTRL | SHIFT)
    dialog = page.findChild(PurposeDialog)
    dialog.accept_button.click()
    assert dialog.recipient.wrong
    fill(dialog)
    with qtbot.waitSignal(page.papers.copied, timeout=30_000):
        qtbot.keyClick(dialog.reason.editor, Qt.Key.Key_Return)
    mime = QGuiApplication.clipboard().mimeData()
    assert bytes(mime.data("image/png")).startswith(b"\x89PNG")
    assert bytes(mime.data("image/svg+xml")).startswith(b"<?xml")
    assert "OFFICIAL-SENSITIVE" in mime.html()
    assert "<td>Ann</td>" in mime.html()
    assert "Head of the journal: " in mime.html()
    entry = last_entry(desk)
    assert (entry.label, entry.reason) == ("Copy chart", "November meeting")
    assert entry.detail == {"format": "clipboard", "recipient": "TTCG"}
    QGuiApplication.clipboard().clear()


def test_the_next_export_begins_with_whom_and_why_of_the_last(qtbot, show, chain, tmp_path) -> None:
    page = show(chain[0])
    page.copy()
    dialog = page.findChild(PurposeDialog)
    fill(dialog)
    with qtbot.waitSignal(page.papers.copied, timeout=30_000):
        dialog.accept_button.click()
    QGuiApplication.clipboard().clear()
    page.export()
    again = page.findChild(DisclosureDialog)
    assert (again.recipient.text, again.reason.text) == ("TTCG", "November meeting")
    assert again.purpose is None
    again.reject()


# ---- Closing the tab ---------------------------------------------------------------------------


def at_rest(desk: Desk) -> bool:
    return [job for job in desk.jobs.running if job.title] == []


def close(page: ChartPage) -> None:
    """Close the page as the window closes a tab."""
    page.leave()
    page.hide()
    page.deleteLater()


class Begun(QObject):
    """Does something as soon as so many jobs that are shown to the user have begun."""

    def __init__(self, desk: Desk, many: int, then: Callable[[], None]) -> None:
        super().__init__(desk)
        self.titles: list[str] = []
        self.done = False
        self._many, self._then = many, then
        desk.jobs.started.connect(self._on_started)

    @Slot(object)
    def _on_started(self, job: Job) -> None:
        if job.title and not self.done:
            self.titles.append(job.title)
            if len(self.titles) == self._many:
                QTimer.singleShot(0, self._act)

    @Slot()
    def _act(self) -> None:
        self._then()
        self.done = True


def test_leaving_the_page_cancels_what_it_asked(qtbot, desk, chain) -> None:
    page = ChartPage(desk, Target(page=PageKind.CHART, focus=(chain[0].id,)))
    qtbot.addWidget(page)
    page.leave()
    qtbot.waitUntil(lambda: at_rest(desk))
    assert labels(page) == set()


def test_a_page_closed_while_it_is_laid_out_leaves_nothing_behind(qtbot, desk, chain) -> None:
    page = ChartPage(desk, Target(page=PageKind.CHART, focus=(chain[0].id,)))
    page.show()
    begun = Begun(desk, 1, lambda: close(page))
    qtbot.waitUntil(lambda: begun.done and not isValid(page) and at_rest(desk), timeout=20_000)
    assert begun.titles == ["Lay out chart"]


def test_a_page_closed_while_it_is_drawn_leaves_nothing_behind(qtbot, desk, show, given) -> None:
    hub, *phones = given(an_ocg("Hub"), *(a_phone(f"07700 9{n:05}") for n in range(200)))
    given(*(a_link(hub, phone) for phone in phones))
    page = show(hub, to_close=True)
    page.canvas.show_kind("ocg", False)
    assert not page.canvas.is_drawn
    close(page)
    qtbot.waitUntil(lambda: not isValid(page))
    assert at_rest(desk)
    qtbot.wait(50)


@pytest.mark.parametrize("way", ["file", "clipboard"])
@pytest.mark.parametrize("after", [1, 2])
def test_a_page_closed_while_it_exports_leaves_no_file_no_copy_and_no_entry(
    qtbot, show, chain, desk, tmp_path: Path, way, after
) -> None:
    page = show(chain[0], to_close=True)
    QGuiApplication.clipboard().setText("as it was")
    before = last_entry(desk)
    begun = Begun(desk, after, lambda: close(page))
    if way == "file":
        page.papers.export(tmp_path / "chart.png", page.as_asked(), PURPOSE)
    else:
        page.papers.copy(page.as_asked(), PURPOSE)
    qtbot.waitUntil(lambda: begun.done and not isValid(page) and at_rest(desk), timeout=20_000)
    assert last_entry(desk) == before
    assert list(tmp_path.glob("chart*")) == []
    assert QGuiApplication.clipboard().text() == "as it was"
    QGuiApplication.clipboard().clear()


def test_a_page_closed_while_a_large_chart_is_kept_lets_it_be_kept(
    qtbot, show, given, desk
) -> None:
    hub, *phones = given(an_ocg("Hub"), *(a_phone(f"07700 9{n:05}") for n in range(250)))
    given(*(a_link(hub, phone) for phone in phones))
    page = show(hub, to_close=True)
    page.save_as("Large")
    close(page)
    qtbot.waitUntil(lambda: not isValid(page))
    qtbot.waitUntil(lambda: at_rest(desk), timeout=20_000)
    with desk.workspace.reading() as reader:
        (chart,) = reader.load(listing.order(reader, ListQuery(kind=Kind.CHART)))
        assert chart.title == "Large"
        assert len(charts.open_chart(reader, chart.id)[1].places) == 251


# ---- Links -------------------------------------------------------------------------------------


def middle(page: ChartPage, line) -> QPoint:
    one, two = line.points[0], line.points[-1]
    return page.canvas.view.to_screen((one.x + two.x) / 2, (one.y + two.y) / 2).toPoint()


def test_a_double_click_on_a_line_opens_its_link_for_editing(qtbot, show, chain, desk) -> None:
    page = show(chain[0])
    opened = []
    page.opened.connect(lambda target, _new: opened.append(target))
    (line,) = page.canvas.index.lines
    qtbot.mouseDClick(page.canvas, LEFT, pos=middle(page, line))
    qtbot.waitUntil(lambda: page.findChild(LinkDialog) is not None)
    dialog = page.findChild(LinkDialog)
    assert dialog.link.link.id == line.owner
    assert {dialog.own.label, dialog.link.other.label} == {"Ann", "Bob"}
    dialog.fields["strength"].editor.choose("confirmed")
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: page.arrangement.scene.ties[0].strength is Strength.CONFIRMED)
    assert opened == []


def test_a_double_click_on_an_item_opens_its_record(qtbot, show, chain) -> None:
    page = show(chain[0])
    node = page.canvas.index.node(chain[1].id)
    with qtbot.waitSignal(page.opened) as told:
        place = page.canvas.view.to_screen(node.at.x, node.at.y).toPoint()
        qtbot.mouseDClick(page.canvas, LEFT, pos=place)
    assert told.args[0] == Target(page=PageKind.RECORD, kind=Kind.NOMINAL, id=chain[1].id)


@pytest.mark.qt_log_ignore("does not support")  # what the offscreen platform says of menus
def test_a_line_that_stands_for_several_links_asks_which(qtbot, show, given, chain) -> None:
    note = "Seen together twice, at the hub and at the flat above it, on market days"
    (second,) = given(a_link(chain[1], chain[0], strength="confirmed", note=note))
    page = show(chain[0])
    (tie,) = page.arrangement.scene.ties
    assert tie.count == 2
    page.mirror.opened.emit(tie.id)
    qtbot.waitUntil(lambda: page.findChild(QMenu) is not None)
    menu = page.findChild(QMenu)
    offered = [act.text() for act in menu.actions()]
    assert offered[0].startswith("Confirmed · Seen together twice")
    assert offered[0].endswith("…")
    assert offered[1] == "Unconfirmed"
    menu.actions()[0].trigger()
    dialog = page.findChild(LinkDialog)
    assert dialog.link.link == second
    assert dialog.link.outward == (tie.source == chain[1].id)
    dialog.reject()


def test_the_inspector_tells_of_one_link_and_opens_it(qtbot, show, chain) -> None:
    page = show(chain[0])
    panel = page.inspector()
    qtbot.addWidget(panel)
    (tie,) = page.arrangement.scene.ties
    page.canvas.select([tie.id])
    assert panel.what.text() == "Link"
    assert set(panel.name.text().split(" – ")) == {"Ann", "Bob"}
    assert panel.detail.text() == "Associate of · unconfirmed"
    assert panel.open_button.text() == "Edit link"
    assert panel.expand_button.isHidden()
    panel.open_button.click()
    qtbot.waitUntil(lambda: page.findChild(LinkDialog) is not None)


@pytest.mark.qt_log_ignore("does not support")
def test_the_menu_of_a_line_offers_to_edit_its_link(qtbot, show, chain) -> None:
    page = show(chain[0])
    (line,) = page.canvas.index.lines
    qtbot.mouseClick(page.canvas, Qt.MouseButton.RightButton, pos=middle(page, line))
    menu = page.findChild(ItemMenu)
    assert [act.text() for act in menu.actions() if act.text()] == [
        "Edit link\tEnter",
        "Fit all\tF",
    ]
    menu.actions()[0].trigger()
    qtbot.waitUntil(lambda: page.findChild(LinkDialog) is not None)


# ---- What was cut ------------------------------------------------------------------------------


@pytest.fixture
def hub(given):
    """An OCG with 510 phones, and one of them with 130 more."""
    hub, *phones = given(an_ocg("Hub"), *(a_phone(f"07700 9{n:05}") for n in range(510)))
    given(*(a_link(hub, phone) for phone in phones))
    return hub


def test_what_was_cut_is_still_said_when_a_kept_chart_is_opened_again(
    qtbot, show, hub, desk
) -> None:
    page = show(hub)
    said = page.view.error.sentence.text()
    assert said.startswith("500 items shown, 11 more left out: nearest first, then by strongest")
    page.save_as("Cut")
    qtbot.waitUntil(lambda: page.chart is not None, timeout=10_000)
    again = show(id=page.chart.id)
    assert again.view.error.sentence.text() == said
    assert not again.view.error.isHidden()
    assert again.as_asked().arrangement.scene.cut == said


def test_what_expanding_left_out_is_still_said_when_a_kept_chart_is_opened_again(
    qtbot, show, given, kept, desk, chain
) -> None:
    phones = given(*(a_phone(f"07700 9{n:05}") for n in range(130)))
    given(*(a_link(chain[2], phone) for phone in phones))
    settled(qtbot, kept)
    kept._on_expand(chain[2].id)
    qtbot.waitUntil(lambda: kept.ready() and len(labels(kept)) > 90, timeout=20_000)
    said = kept.view.error.sentence.text()
    assert said.startswith("100 items shown, 33 more left out")
    again = show(id=kept.chart.id)
    assert again.view.error.sentence.text() == said
    desk.undo()
    qtbot.waitUntil(lambda: again.ready() and len(labels(again)) == 3, timeout=20_000)
    assert again.expanded == ()
    assert again.view.error.isHidden()


# ---- Pace --------------------------------------------------------------------------------------


def test_a_chart_of_500_items_never_holds_the_window_up(qtbot, show, hub, heartbeat) -> None:
    show(hub)  # what is imported and warmed once is not what is measured
    heartbeat.start()
    page = show(hub)
    qtbot.wait(200)
    assert len(page.arrangement.scene.items) == 500
    assert len(page.canvas.index.nodes) == 500
    assert heartbeat.busy_ms < 100


def test_acts_on_500_items_never_hold_the_window_up(qtbot, show, hub, heartbeat) -> None:
    page = show(hub)
    ids = [node.id for node in page.canvas.index.nodes]
    acts = (
        page.canvas.select_all,
        page.canvas.select_none,
        lambda: page.canvas.show_kind("ocg", False),
        lambda: page.canvas.show_kind("ocg", True),
        lambda: page.canvas.select(ids[10:60]),
        page.canvas.hide_selected,
        page.canvas.show_hidden,
        lambda: drag(qtbot, page, ids[3], QPoint(40, 30)),
    )
    for act in acts:
        heartbeat.start()
        act()
        qtbot.waitUntil(page.ready)
        qtbot.wait(100)
        assert heartbeat.busy_ms < 100


def test_members_are_drawn_in_the_box_of_their_ocg(show, given) -> None:
    ocg, one, two = given(an_ocg("Tarnbrook"), a_nominal("One"), a_nominal("Two"))
    given(a_membership(one, ocg), a_membership(two, ocg))
    page = show(ocg)
    (hull,) = page.canvas.drawing.hulls
    assert hull.members == {ocg.id, one.id, two.id}


def test_in_a_narrow_page_the_bar_keeps_what_cannot_be_had_otherwise(qtbot, show, chain) -> None:
    page = show(chain[0])
    assert page.bar.title.isVisible()
    page.resize(660, 600)
    qtbot.waitUntil(lambda: not page.bar.title.isVisible())
    assert not page.bar.arrange_button.isVisible()
    assert page.bar.save_button.key == ""
    assert page.bar.hop_box.width() >= page.bar.hop_box.sizeHint().width()
