"""Overviews, folded OCGs and two days compared, as one works with them in the window."""

from dataclasses import replace

import pytest
from chart_pages import settled
from makers import a_link, a_membership, a_nominal, a_phone, an_ocg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from ocgdesk.casework import charts
from ocgdesk.domain.charts import Chart, Difference
from ocgdesk.ui.chart.matrix_view import MatrixView
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.chart_page import ChartPage
from ocgdesk.ui.pages.compare_page import ComparePage
from ocgdesk.ui.pages.matrix_page import MatrixPage
from ocgdesk.ui.pages.overviews_page import OverviewsPage

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def region(given):
    """Red and Blue share Sam and a phone; Green is Red's rival."""
    red, blue, green = given(an_ocg("Red"), an_ocg("Blue"), an_ocg("Green"))
    sam, ann, bob = given(*(a_nominal(name) for name in ("Sam", "Ann", "Bob")))
    (phone,) = given(a_phone())
    given(*(a_membership(one, red) for one in (sam, ann)))
    given(*(a_membership(one, blue) for one in (sam, bob)))
    given(a_link(ann, phone, type="uses"), a_link(bob, phone, type="uses"))
    given(a_link(red, green, type="rival"))
    return red, blue, green, sam, ann, bob, phone


def shown(qtbot, page):
    qtbot.addWidget(page)
    page.resize(1100, 740)
    page.show()
    qtbot.waitExposed(page)
    qtbot.waitUntil(page.ready, timeout=20_000)
    return page


def labels(page) -> set[str]:
    return {item.label for item in page.canvas.arrangement.scene.items}


def opened(page) -> list[Target]:
    found: list[Target] = []
    page.opened.connect(lambda target, _new: found.append(target))
    return found


def open_menu(qtbot) -> QMenu:
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu), timeout=5_000)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_a_click_draws_an_overview_as_a_chart_of_its_own(qtbot, desk, region) -> None:
    page = shown(qtbot, OverviewsPage(desk, Target(page=PageKind.OVERVIEWS)))
    found = opened(page)
    qtbot.mouseClick(page.buttons["ocg-ocg"], LEFT)
    qtbot.mouseClick(page.own_button, LEFT)
    assert [target.overview for target in found] == ["ocg-ocg", "nominal-phone-nominal"]
    chart = shown(qtbot, ChartPage(desk, found[0]))
    assert labels(chart) == {"Red", "Blue", "Green"}
    assert chart.title == "OCG to OCG"
    assert not chart.bar.hop_box.isVisible()


@pytest.mark.qt_log_ignore("does not support")  # what the offscreen platform says of menus
def test_a_line_of_an_overview_opens_the_records_beneath_it(qtbot, show, region) -> None:
    page = show(overview="ocg-ocg")
    found = opened(page)
    (tie,) = (tie for tie in page.canvas.arrangement.scene.ties if tie.beneath)
    page.canvas.opened.emit(tie.id)
    menu = open_menu(qtbot)
    acts = {act.text().split("\t")[0]: act for act in menu.actions()}
    assert set(acts) == {"Sam", region[6].label}
    acts["Sam"].trigger()
    menu.close()
    assert [target.id for target in found] == [region[3].id]


def test_expanding_an_item_of_an_overview_draws_a_chart_round_it(qtbot, show, region) -> None:
    page = show(overview="ocg-ocg")
    found = opened(page)
    page.canvas.select((region[0].id,))
    page.canvas.setFocus()
    qtbot.keyClick(page.canvas, Qt.Key.Key_E)
    assert [target.focus for target in found] == [(region[0].id,)]
    assert labels(page) == {"Red", "Blue", "Green"}


def test_what_was_taken_off_an_overview_stays_off_and_what_is_new_comes(
    qtbot, show, region, desk
) -> None:
    page = show(overview="ocg-ocg")
    page.canvas.select((region[2].id,))
    page.canvas.setFocus()
    qtbot.keyClick(page.canvas, Qt.Key.Key_Delete)
    settled(qtbot, page)
    assert labels(page) == {"Red", "Blue"}
    gold = an_ocg("Gold")
    before = dict(page.arrangement.places)
    desk.do("Add", lambda work: work.put(gold, a_link(region[0], gold, type="alliance")))
    settled(qtbot, page)
    assert labels(page) == {"Red", "Blue", "Gold"}
    assert before.items() <= page.arrangement.places.items()


def test_a_kept_overview_opens_as_one(qtbot, show, region, desk) -> None:
    page = show(overview="ocg-ocg")
    page.save_as("Region")
    settled(qtbot, page)
    assert page.chart is not None
    again = shown(qtbot, ChartPage(desk, Target(page=PageKind.CHART, id=page.chart.id)))
    assert labels(again) == {"Red", "Blue", "Green"}
    assert any(tie.beneath for tie in again.canvas.arrangement.scene.ties)


def fold(qtbot, page) -> None:
    qtbot.keyClick(page.canvas, Qt.Key.Key_G, CONTROL)
    settled(qtbot, page)


def test_an_ocg_is_drawn_as_one_item_and_opened_in_place(qtbot, show, region) -> None:
    page = show(region[0], region[1])
    places = dict(page.arrangement.places)
    page.canvas.setFocus()
    page.canvas.select((region[4].id,))  # a member means the OCG it is in
    fold(qtbot, page)
    assert "Ann" not in labels(page)
    assert {"Red", "Blue", "Sam", "Bob"} <= labels(page)
    (red,) = (i for i in page.canvas.arrangement.scene.items if i.id == region[0].id)
    assert red.detail.startswith("2 members")
    assert red.strands == ()
    page.canvas.select((region[0].id,))
    fold(qtbot, page)
    assert "Ann" in labels(page)
    assert page.arrangement.places == places


def test_with_nothing_selected_every_ocg_is_folded(qtbot, show, region) -> None:
    page = show(region[0], region[1])
    page.canvas.setFocus()
    page.canvas.select(())
    fold(qtbot, page)
    assert labels(page) == {"Red", "Blue", "Green"}


def test_folding_on_a_kept_chart_is_one_step_to_undo(qtbot, show, region, desk) -> None:
    page = show(region[0], region[1])
    page.save_as("Two")
    settled(qtbot, page)
    page.canvas.setFocus()
    page.canvas.select((region[0].id,))
    fold(qtbot, page)
    with desk.workspace.reading() as reader:
        kept = reader.get(Chart, page.chart.id)
    assert kept.collapsed == (region[0].id,)
    step = desk.workspace.undo_step()
    assert step is not None
    assert step.label == "Fold or open OCG"
    desk.undo()
    settled(qtbot, page)
    qtbot.waitUntil(lambda: "Ann" in labels(page), timeout=5_000)
    with desk.workspace.reading() as reader:
        _chart, arrangement = charts.open_chart(reader, page.chart.id)
    assert region[4].id in arrangement.places


def test_the_matrix_is_walked_with_arrows_and_enter_shows_two_ocgs_on_the_chart(
    qtbot, desk, region, qtmodeltester
) -> None:
    page = shown(qtbot, MatrixPage(desk, Target(page=PageKind.MATRIX)))
    qtmodeltester.check(page.table.model())
    assert isinstance(page.table, MatrixView)
    assert {ocg.label for ocg in page.matrix.ocgs} == {"Red", "Blue", "Green"}
    found = opened(page)
    page.table.setFocus()
    page.table.setCurrentIndex(page.table.model().index(0, 0))
    qtbot.keyClick(page.table, Qt.Key.Key_Right)
    assert "1 nominal, 1 phone" in page.words.text()
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    (target,) = found
    chart = shown(qtbot, ChartPage(desk, target))
    assert set(chart.canvas.selection()) == {region[0].id, region[1].id}


def test_the_matrix_goes_to_an_ocg_by_name_and_says_when_nothing_is_shared(
    qtbot, desk, region
) -> None:
    page = shown(qtbot, MatrixPage(desk, Target(page=PageKind.MATRIX)))
    page.bar.box.setFocus()
    qtbot.keyClicks(page.bar.box, "gree")
    qtbot.waitUntil(lambda: "Green" in page.words.text(), timeout=3_000)
    assert "Rival of" in page.words.text()


def test_an_empty_register_has_an_empty_matrix_in_a_sentence(qtbot, desk) -> None:
    page = shown(qtbot, MatrixPage(desk, Target(page=PageKind.MATRIX)))
    assert page.stack.currentWidget() is page.empty


def test_two_days_are_compared_and_a_row_selects_on_the_chart(qtbot, desk, region) -> None:
    days = f"2020-01-01 {desk.today():%Y-%m-%d}"
    target = Target(page=PageKind.COMPARE, overview="ocg-ocg", text=days)
    page = shown(qtbot, ComparePage(desk, target))
    assert labels(page) == {"Red", "Blue", "Green"}
    assert {item.change for item in page.compared.scene.items} == {Difference.ADDED}
    page.changes.setFocus()
    page.changes.setCurrentIndex(page.model.index(0, 0))
    assert page.canvas.selection() == (page.compared.changes[0].id,)
    places = dict(page.places)
    page.when.choose("first")
    page._on_when("first")
    assert len(page.canvas.arrangement.hidden) == 3
    assert page.places == places


def test_days_in_the_wrong_order_are_refused_in_place(qtbot, desk, region) -> None:
    target = Target(page=PageKind.COMPARE, overview="ocg-ocg", text="2026-02-01 2026-01-01")
    page = ComparePage(desk, target)
    qtbot.addWidget(page)
    page.show()
    assert page.note.isVisible()
    page.first.setText("2020-01-01")
    page.second.setText("today")
    qtbot.keyClick(page.second, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.ready() and bool(page.places), timeout=20_000)
    assert not page.note.isVisible()


def test_without_days_a_month_ago_is_compared(qtbot, desk, region) -> None:
    page = shown(qtbot, ComparePage(desk, Target(page=PageKind.COMPARE, overview="ocg-ocg")))
    first, second = page.days()
    assert (second, (second - first).days) == (desk.today(), 30)
    assert not page.note.isVisible()


def test_the_menu_leads_to_a_comparison_with_a_month_ago(qtbot, show, region) -> None:
    page = show(region[0])
    found = opened(page)
    page._on_act("compare", ())
    (target,) = found
    assert (target.page, target.focus) == (PageKind.COMPARE, (region[0].id,))
    assert len(target.text.split()) == 2


def choose_layout(page, code: str) -> None:
    page.bar.layouts.choose(code)
    page.bar.layouts.chosen.emit(code)


def test_items_glide_to_where_a_layout_puts_them(qtbot, show, region) -> None:
    page = show(region[0], region[1])
    before = dict(page.canvas.arrangement.places)
    choose_layout(page, "ocg")
    qtbot.waitUntil(lambda: page.view.glide.is_under_way, timeout=5_000)
    settled(qtbot, page)
    assert page.canvas.arrangement.places == page.arrangement.places != before


def test_with_reduced_motion_nothing_glides(qtbot, show, region, desk) -> None:
    desk.settings = replace(desk.settings, reduced_motion=True)
    page = show(region[0], region[1])
    seen: list[bool] = []
    page.canvas.drawn.connect(lambda: seen.append(page.view.glide.is_under_way))
    choose_layout(page, "ocg")
    settled(qtbot, page)
    assert seen
    assert not any(seen)
