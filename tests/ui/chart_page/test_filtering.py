"""Filters, conditional formatting and the histogram, by mouse and keys, kept and undone."""

import pytest
from chart_pages import LEFT, SHIFT, drag, settled
from makers import a_handle, a_link, a_report
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import charts
from ocgdesk.domain.chart_filters import ChartFilter
from ocgdesk.domain.chart_tests import parse
from ocgdesk.ui.chart.bars import ROW
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.chart_filter_dialog import ChartFilterDialog
from ocgdesk.ui.dialogs.chart_rule_dialog import ChartRuleDialog
from ocgdesk.ui.dialogs.chart_rules_dialog import ChartRulesDialog
from ocgdesk.ui.dialogs.title_dialog import TitleDialog
from ocgdesk.ui.fonts import px
from ocgdesk.ui.pages.chart_chips import FilterChips
from ocgdesk.ui.pages.chart_inspector import ChartInspector
from ocgdesk.ui.pages.chart_page import ChartPage
from ocgdesk.ui.widgets.chips import FilterChip


@pytest.fixture
def graded(given, chain):
    """The chain, its first link well graded, and a handle on a poor one."""
    handle, good, poor = given(a_handle("quietfox"), a_report(grade="1AP"), a_report(grade="3EP"))
    given(
        a_link(chain[0], chain[1], type="family", reports=(good.id,)),
        a_link(handle, chain[0], reports=(poor.id,)),
    )
    return handle


@pytest.fixture
def page(show, chain, graded) -> ChartPage:
    return show(chain[0], hops=2)


@pytest.fixture
def panel(qtbot, page: ChartPage) -> ChartInspector:
    made = page.inspector()
    assert isinstance(made, ChartInspector)
    qtbot.addWidget(made)
    made.resize(340, 900)
    made.show()
    return made


def drawn(page: ChartPage) -> set[str]:
    labels = {item.id: item.label for item in page.arrangement.scene.items}
    return {labels[node.id] for node in page.canvas.index.nodes}


def choose_field(qtbot, panel: ChartInspector, name: str) -> None:
    box = panel.filters.fields
    box.choose(name)
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: panel.filters.bars.isVisible() and bool(panel.filters.bars.bars))


def bar_at(panel: ChartInspector, words: str) -> QPoint:
    at = [bar.words for bar in panel.filters.bars.bars].index(words)
    return QPoint(20, round(px(ROW) * (at + 0.5)))


def test_a_click_on_a_bar_shows_only_these_and_once_more_all_again(qtbot, page, panel) -> None:
    choose_field(qtbot, panel, "link.grade")
    assert [(bar.words, bar.n) for bar in panel.filters.bars.bars] == [("1A", 1), ("3E", 1)]
    qtbot.mouseClick(panel.filters.bars, LEFT, pos=bar_at(panel, "1A"))
    settled(qtbot, page)
    assert len(page.canvas.index.lines) == 1
    assert page.as_asked().filters == ("2 hops", "Links: best grade is 1A")
    qtbot.mouseClick(panel.filters.bars, LEFT, pos=bar_at(panel, "1A"))
    settled(qtbot, page)
    assert len(page.canvas.index.lines) == len(page.arrangement.scene.ties)
    assert page.as_asked().filters == ("2 hops",)


def test_shift_adds_a_bar_and_the_keyboard_does_the_same(qtbot, page, panel) -> None:
    choose_field(qtbot, panel, "link.grade")
    bars = panel.filters.bars
    bars.setFocus()
    qtbot.keyClick(bars, Qt.Key.Key_Return)
    settled(qtbot, page)
    qtbot.keyClick(bars, Qt.Key.Key_Down)
    qtbot.keyClick(bars, Qt.Key.Key_Return, SHIFT)
    settled(qtbot, page)
    (one,) = page.looks.looks.filters
    assert one.test.values == ("1A", "3E")
    assert len(page.canvas.index.lines) == 2
    qtbot.keyClick(bars, Qt.Key.Key_Up)


def test_filters_are_chips_over_the_chart_with_a_way_out(qtbot, page, panel) -> None:
    chips = page.findChild(FilterChips)
    assert not chips.isVisible()
    panel.legend.toggle("handle")
    settled(qtbot, page)
    (chip,) = chips.findChildren(FilterChip)
    assert chip.text() == "without handle"
    assert "quietfox" not in drawn(page)
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    settled(qtbot, page)
    assert "quietfox" in drawn(page)
    assert not chips.isVisible()


def test_a_chip_that_is_clicked_is_switched_off_and_stays_in_the_list(qtbot, page, panel) -> None:
    page.looks.filter_by("x", [ChartFilter(test=parse("kind=handle"), keep=False)])
    settled(qtbot, page)
    (chip,) = page.findChild(FilterChips).findChildren(FilterChip)
    qtbot.mouseClick(chip, LEFT, pos=QPoint(8, 10))
    settled(qtbot, page)
    assert "quietfox" in drawn(page)
    assert [one.on for one in panel.filters.filters] == [False]
    (row,) = panel.filters._rows
    qtbot.mouseClick(row.eye, LEFT)
    settled(qtbot, page)
    assert "quietfox" not in drawn(page)


def test_a_filter_is_named_and_its_words_are_still_printed(qtbot, page, panel) -> None:
    page.looks.filter_by("x", [ChartFilter(test=parse("link.grade>=1A"))])
    settled(qtbot, page)
    qtbot.mouseClick(panel.filters._rows[0].pencil, LEFT)
    dialog = panel.filters.findChild(TitleDialog)
    dialog.box.setText("Firm ground")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settled(qtbot, page)
    assert page.as_asked().filters[1:] == ("Firm ground (Links: best grade 1A or better)",)


def test_any_field_can_be_written_as_a_filter(qtbot, page, panel) -> None:
    qtbot.mouseClick(panel.filters.write, LEFT)
    dialog = panel.filters.findChild(ChartFilterDialog)
    dialog.form.field.choose("links")
    dialog.form.field.chosen.emit("links")
    dialog.form.op.choose("at-least")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.error.sentence.text() == "Say what Links drawn is held against."
    qtbot.keyClicks(dialog.form.values, "2")
    assert dialog.form.echo.text() == "Links drawn at least 2"
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settled(qtbot, page)
    assert drawn(page) == {"Ann", "Bob"}
    assert "1 filter" in page.view._words


def test_conditional_formatting_is_taken_from_what_ships_and_drawn(qtbot, page, panel) -> None:
    qtbot.mouseClick(panel.format_button, LEFT)
    dialog = panel.findChild(ChartRulesDialog)
    dialog.take("degree")
    assert dialog.rules[0].name == "Most links (highest 5 %)"
    dialog.shift(0, 1)
    dialog.shift(1, -1)
    qtbot.mouseClick(dialog.accept_button, LEFT)
    settled(qtbot, page)
    assert {node.look.role for node in page.canvas.index.nodes} >= {"rule.1", "kind.handle"}
    assert list(panel.legend.rules()) == ["Most links (highest 5 %)"]
    row = panel.legend._rule_rows[0]
    qtbot.mouseClick(row, LEFT)
    assert set(page.canvas.selection()) == set(row.key.ids)


def test_a_measure_is_worked_out_before_the_chart_is_shown(qtbot, page, panel) -> None:
    dialog = ChartRulesDialog((), (), about=page.desk.workspace.about)
    qtbot.addWidget(dialog)
    dialog.take("betweenness")
    page.looks.format_by("Format chart", dialog.rules)
    assert not page.ready()
    settled(qtbot, page)
    tones = {item.label: item.tone for item in page.canvas.arrangement.scene.items}
    assert "rule.1" in tones.values()


def test_a_rule_is_written_and_refused_without_a_name(qtbot, page, panel) -> None:
    qtbot.mouseClick(panel.format_button, LEFT)
    rules = panel.findChild(ChartRulesDialog)
    qtbot.mouseClick(rules.write, LEFT)
    dialog = rules.findChild(ChartRuleDialog)
    dialog.first.field.choose("kind")
    dialog.first.field.chosen.emit("kind")
    dialog.first.values.setText("handle")
    dialog.tone.choose("rule.2")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.error.sentence.text().startswith("Give the rule a name")
    dialog.name.editor.setText("Handles")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert [rule.name for rule in rules.rules] == ["Handles"]
    rules.edit(0)
    again = rules.findChildren(ChartRuleDialog)[-1]
    assert again.rule() == rules.rules[0]
    again.reject()
    rules.remove(0)
    assert rules.rules == ()
    rules.reject()


def test_on_a_kept_chart_a_filter_is_one_act_that_is_undone(qtbot, desk: Desk, kept) -> None:
    kept.looks.filter_by("Filter chart", [ChartFilter(test=parse("links>=2"))])
    settled(qtbot, kept)
    with desk.workspace.reading() as reader:
        assert "links" in charts.open_chart(reader, kept.chart.id)[0].filters
    assert desk.steps()[0].label == "Filter chart"
    before = len(drawn(kept))
    desk.undo()
    qtbot.waitUntil(lambda: kept.ready() and kept.looks.looks.filters == (), timeout=20_000)
    settled(qtbot, kept)
    assert len(drawn(kept)) > before


def test_a_kept_chart_opens_with_its_filters_and_rules(qtbot, show, kept) -> None:
    kept.looks.filter_by("Filter chart", [ChartFilter(test=parse("links>=2"))])
    settled(qtbot, kept)
    again = show(id=kept.chart.id)
    assert again.looks.looks == kept.looks.looks
    assert drawn(again) == drawn(kept)
    assert again.view.findChild(FilterChips).isVisible()


def test_a_chart_saved_with_filters_keeps_them(qtbot, show, page) -> None:
    page.looks.filter_by("x", [ChartFilter(test=parse("kind=handle"), keep=False)])
    settled(qtbot, page)
    page.save_as("Kept")
    settled(qtbot, page)
    again = show(id=page.chart.id)
    assert "quietfox" not in drawn(again)
    assert len(again.arrangement.places) == len(page.arrangement.scene.items)


def test_filters_that_cannot_be_read_are_told_and_stay_as_they_are(
    qtbot, show, desk: Desk, kept, put
) -> None:
    put(kept.chart, filters="{broken")
    again = show(id=kept.chart.id)
    assert "cannot be read" in again.view.error.sentence.text()
    again.looks.dressed(again.arrangement)
    again._keep("Move on chart")
    with desk.workspace.reading() as reader:
        assert charts.open_chart(reader, kept.chart.id)[0].filters == "{broken"


def test_what_is_dragged_stays_where_it_was_put_while_a_filter_is_on(
    qtbot, page, given, chain
) -> None:
    page.looks.filter_by("x", [ChartFilter(test=parse("kind=handle"), keep=False)])
    settled(qtbot, page)
    before = dict(page.arrangement.places)
    drag(qtbot, page, chain[0].id, QPoint(40, 30))
    settled(qtbot, page)
    page.looks.filter_by("x", [])
    settled(qtbot, page)
    assert page.canvas.index.node(chain[0].id).at != before[chain[0].id]
    moved = {id_ for id_, at in page.arrangement.places.items() if at != before[id_]}
    assert moved == {chain[0].id}


def test_the_panel_can_be_read_by_ear(qtbot, page, panel) -> None:
    choose_field(qtbot, panel, "link.grade")
    assert panel.filters.bars.accessibleName() == "Histogram of Links: best grade"
    assert panel.filters.bars.accessibleDescription() == "1A 1, 3E 1"
    page.looks.filter_by("x", [ChartFilter(test=parse("links>=2"))])
    settled(qtbot, page)
    names = {part.accessibleName() for part in panel.filters.findChildren(QWidget)}
    assert "Switch off: Links drawn at least 2" in names
