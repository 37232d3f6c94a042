"""The analysis page: who stands out, how sure that is, and who is never ranked."""

import pytest
from makers import a_chart, a_link, a_membership, a_nominal, an_ocg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ocgdesk.casework import chart_looks, charts, results
from ocgdesk.domain.charts import Chart, Point
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.title_dialog import TitleDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.analysis_page import AnalysisPage

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def star(given):
    """An OCG whose broker holds two pairs together; one member is recorded as exploited."""
    ocg = an_ocg("Star")
    people = [a_nominal(name) for name in ("Broker", "Left", "Far Left", "Right", "Far Right")]
    young = a_nominal("Young", exploited=True)
    broker, left, far_left, right, far_right = people
    given(ocg, *people, young)
    given(*(a_membership(one, ocg) for one in (*people, young)))
    given(
        a_link(broker, left),
        a_link(left, far_left),
        a_link(broker, right, strength="tentative"),
        a_link(right, far_right),
        a_link(broker, young),
    )
    return ocg, broker, young


def shown(page: AnalysisPage) -> list[str]:
    return [row.brief.label for row in page.model.rows]


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, star):
    def make(**target) -> AnalysisPage:
        made = AnalysisPage(desk, Target(page=PageKind.ANALYSIS, **target))
        qtbot.addWidget(made)
        made.resize(1300, 800)
        made.show()
        qtbot.waitUntil(made.ready, timeout=20_000)
        return made

    return make


def test_an_ocg_is_ranked_at_once_and_exploited_people_are_not_in_it(page, star) -> None:
    ocg, broker, young = star
    found = page(kind=Kind.OCG, id=ocg.id)
    assert shown(found)[0] == broker.label
    assert young.label not in shown(found)
    assert len(shown(found)) == 5
    panel = found.inspector()
    said = [label.text() for label in panel.findChildren(QLabel)]
    assert any("Records restricted from this user are not included." in text for text in said)
    assert any("follows where police looked" in text for text in said)


def test_the_whole_register_waits_to_be_asked_for(page, qtbot: QtBot) -> None:
    found = page()
    assert shown(found) == []
    qtbot.mouseClick(found.ask_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: found.ready() and bool(shown(found)), timeout=20_000)
    assert "Broker" in shown(found)


def test_leaving_tentative_links_out_computes_again(page, star, qtbot: QtBot) -> None:
    found = page(kind=Kind.OCG, id=star[0].id)
    before = {row.brief.label: row.standing.values["degree"] for row in found.model.rows}
    box = found.without["tentative"]
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: found.ready() and found.found.question.without != (), timeout=20_000)
    after = {row.brief.label: row.standing.values["degree"] for row in found.model.rows}
    assert after["Broker"] == before["Broker"] - 1


def test_a_change_of_the_register_is_said(page, star, desk: Desk) -> None:
    found = page(kind=Kind.OCG, id=star[0].id)
    assert desk.do("Add nominal", lambda work: work.put(a_nominal("Somebody New")))
    said = [label.text() for label in found.note.findChildren(QLabel)]
    assert any("ompute it again" in text for text in said)


def test_enter_opens_the_record(page, star, qtbot: QtBot) -> None:
    found = page(kind=Kind.OCG, id=star[0].id)
    found.table.setFocus()
    with qtbot.waitSignal(found.opened) as gone:
        qtbot.keyClick(found.table, Qt.Key.Key_Return)
    target = gone.args[0]
    assert (target.page, target.id) == (PageKind.RECORD, star[1].id)


def test_cancelling_leaves_nothing_behind(page, qtbot: QtBot) -> None:
    found = page()
    found.refresh()
    found._asked.cancel()
    qtbot.waitUntil(found.ready, timeout=20_000)
    assert found.found is None


def test_the_model_keeps_the_rules_of_models(page, star, qtmodeltester) -> None:
    found = page(kind=Kind.OCG, id=star[0].id)
    qtmodeltester.check(found.model)


def test_a_ranking_of_a_saved_chart_colours_it_as_one_act(page, star, desk: Desk, qtbot: QtBot):
    with desk.workspace.work("Save chart", right=Right.CHART) as done:
        places = {star[1].id: Point(0, 0), star[0].id: Point(90, 0)}
        chart = charts.save(done.work, a_chart("Kept"), places)
    found = page(kind=Kind.CHART, id=chart.id)
    opened = []
    found.opened.connect(lambda target, _new: opened.append(target))
    qtbot.mouseClick(found.colour_button, Qt.MouseButton.LeftButton)
    dialog = found.findChild(TitleDialog)
    dialog.accept_button.click()
    assert [target.id for target in opened] == [chart.id]
    with desk.workspace.reading() as reader:
        theme = chart_looks.looks_of(reader.get(Chart, chart.id))[0].theme
        assert [one.id for one in results.of(reader, chart.id)] == [theme.result]
    desk.undo()
    with desk.workspace.reading() as reader:
        assert chart_looks.looks_of(reader.get(Chart, chart.id))[0].theme is None
        assert results.of(reader, chart.id) == []


def test_a_ranking_of_an_ocg_colours_a_new_chart_of_those_ranked(page, star, qtbot: QtBot):
    found = page(kind=Kind.OCG, id=star[0].id)
    opened = []
    found.opened.connect(lambda target, _new: opened.append(target))
    qtbot.mouseClick(found.colour_button, Qt.MouseButton.LeftButton)
    found.findChild(TitleDialog).accept_button.click()
    assert opened[0].theme is not None
    assert len(opened[0].items) == 5
