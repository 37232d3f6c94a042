"""A chart coloured by a kept result: chosen from its menu, said, switched off, taken back."""

from functools import partial

import pytest
from chart_pages import settled
from makers import a_link
from pytestqt.qtbot import QtBot

from ocgdesk.casework import analysis, chart_looks, chart_theming, result_tables
from ocgdesk.casework.analysis import Question
from ocgdesk.casework.network_scope import Part, Scope
from ocgdesk.domain.charts import Chart
from ocgdesk.domain.people import Right
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.theme_dialog import ThemeDialog
from ocgdesk.ui.pages.chart_inspector import ChartInspector
from ocgdesk.ui.pages.chart_page import ChartPage
from ocgdesk.ui.widgets.chips import FilterChip


@pytest.fixture
def ranking(workspace, chain):
    """The measures of the five of the chain, kept; the theme they give."""
    scope = Scope(part=Part.REFS, ids=tuple(one.id for one in chain), hops=0)
    with workspace.reading() as reader:
        found = analysis.ask(reader, Question(scope=scope, sure=False))
        rows = analysis.named(reader, analysis.standing(found))
    draft = result_tables.of_measures(found, rows)
    with workspace.work("Keep result", right=Right.CHART) as done:
        return chart_theming.keep(done.work, draft, "Who stands out")


def tones(page: ChartPage) -> dict[str, str]:
    return {item.label: item.tone for item in page.canvas.arrangement.scene.items}


def chips(page: ChartPage) -> list[FilterChip]:
    return [c for c in page.view.chips.findChildren(FilterChip) if not c.isHidden()]


def coloured(page: ChartPage) -> bool:
    return page.ready() and any(tones(page).values())


def choose(qtbot: QtBot, page: ChartPage, figure: str) -> None:
    """Take a result from the menu of the chart."""
    page._on_act("theme", ())
    qtbot.waitUntil(lambda: page.themes.dialog is not None and page.themes.dialog.isVisible())
    dialog = page.themes.dialog
    assert isinstance(dialog, ThemeDialog)
    keys = {option.words: option.key for option in dialog.figures.options}
    dialog.figures.choose(keys[figure])
    dialog.accept_button.click()
    qtbot.waitUntil(partial(coloured, page))


def test_a_result_colours_the_chart_and_one_click_takes_the_colours_off(qtbot, kept, ranking):
    choose(qtbot, kept, "Betweenness")
    assert tones(kept)["Bob"] != tones(kept)["Ann"]
    assert kept.as_asked().arrangement.scene.said[0].startswith("Coloured and sized by Betweenness")
    panel = kept.inspector()
    assert isinstance(panel, ChartInspector)
    qtbot.addWidget(panel)
    assert "where police looked" in panel.legend.said.text()
    assert any("Betweenness" in words for words in panel.legend.rules())
    (chip,) = chips(kept)
    assert "Coloured by Betweenness, as at" in chip.accessibleName()
    chip.opened.emit("theme")
    qtbot.waitUntil(lambda: kept.ready() and not any(tones(kept).values()))
    kept._on_act("theme-switch", ())
    qtbot.waitUntil(partial(coloured, kept))


def test_it_is_kept_with_the_chart_and_undone_as_one(qtbot, kept, ranking, desk: Desk):
    choose(qtbot, kept, "Degree")
    with desk.workspace.reading() as reader:
        looks, _faults = chart_looks.looks_of(reader.get(Chart, kept.chart.id))
    assert looks.theme is not None
    assert looks.theme.result == ranking.result
    desk.undo()
    qtbot.waitUntil(lambda: kept.ready() and not any(tones(kept).values()))


def test_on_a_chart_that_is_not_kept_ctrl_z_takes_it_back(qtbot, show, chain, ranking):
    page = show(chain[0], hops=2)
    choose(qtbot, page, "Degree")
    page.canvas.asked.emit("undo")
    qtbot.waitUntil(lambda: page.ready() and not any(tones(page).values()))
    page.canvas.asked.emit("redo")
    qtbot.waitUntil(partial(coloured, page))


def test_a_new_chart_of_an_answer_begins_coloured(qtbot, show, chain, ranking):
    page = show(items=tuple(one.id for one in chain), theme=ranking)
    assert coloured(page)
    page.save_as("Coloured")
    settled(qtbot, page)
    assert chart_looks.looks_of(page.chart)[0].theme == ranking


def test_a_change_of_the_register_is_said_over_the_chart(qtbot, kept, ranking, chain, desk: Desk):
    choose(qtbot, kept, "Degree")
    assert kept.view.error.isHidden()
    desk.do("Link", lambda work: work.put(a_link(chain[3], chain[0])))
    qtbot.waitUntil(lambda: kept.ready() and not kept.view.error.isHidden())
    assert "changed since" in kept.view.error.sentence.text()


def test_without_a_ranking_the_way_to_one_is_offered(qtbot, kept):
    kept._on_act("theme", ())
    qtbot.waitUntil(lambda: kept.themes.dialog is not None and kept.themes.dialog.isVisible())
    dialog = kept.themes.dialog
    assert not dialog.accept_button.isEnabled()
    with qtbot.waitSignal(kept.opened) as told:
        dialog.analyse_button.click()
    assert (told.args[0].tab, told.args[0].id) == ("measures", kept.chart.id)


def test_what_changes_while_colours_are_about_to_be_kept_does_not_lose_them(
    qtbot, kept, ranking, chain, desk: Desk
):
    kept.looks.theme_by(ranking)
    desk.do("Link", lambda work: work.put(a_link(chain[2], chain[0])))
    qtbot.waitUntil(partial(coloured, kept))
    qtbot.waitUntil(lambda: kept.ready() and len(kept.arrangement.scene.ties) > 2)
    assert any(tones(kept).values())
    with desk.workspace.reading() as reader:
        assert chart_looks.looks_of(reader.get(Chart, kept.chart.id))[0].theme == ranking
