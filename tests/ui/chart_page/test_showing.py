"""What the chart page draws and says of it: hops, legend, inspector, list."""

import pytest
from chart_pages import labels, places, settled
from makers import a_handle, a_link, a_membership, a_nominal, a_phone, an_ocg
from PySide6.QtCore import Qt

from ocgdesk.domain.kinds import Kind
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.chart_page import ChartPage


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
    assert page.looks.looks.stated == ("without handle",)
    assert "handle" in second.legend.rows()
    second.legend.toggle("handle")
    assert page.looks.looks.stated == ()
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
    panel.legend.kind_selected.emit(Kind.NOMINAL, False)
    assert set(page.canvas.selection()) == {chain[0].id, chain[1].id}


def test_the_list_says_the_same_and_selects_alike(qtbot, show, chain) -> None:
    page = show(chain[0])
    page.bar.mode.choose("list")
    page.bar.mode.chosen.emit("list")
    assert page.view.views.currentWidget() is page.mirror
    assert page.mirror.model.rowCount() == 3
    page.canvas.select([chain[1].id])
    assert page.mirror.selection() == (chain[1].id,)


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
