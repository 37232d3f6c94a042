"""The analysis page beside its measures: groups, paths, what if, change, shared, kept results."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from makers import (
    a_line,
    a_link,
    a_membership,
    a_nominal,
    a_phone,
    a_plan,
    a_report,
    an_assignment,
    an_ocg,
)
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from ocgdesk.casework.moments import Moment
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.kinds import Kind
from ocgdesk.store import planning, records
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.conditions_dialog import ConditionsDialog
from ocgdesk.ui.dialogs.disclosure_dialog import PurposeDialog
from ocgdesk.ui.dialogs.title_dialog import TitleDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.analysis_place import PARTS, AnalysisPlace

pytestmark = pytest.mark.usefixtures("dressed")
FIXED = "Records restricted from this user are not included."
LEFT = Qt.MouseButton.LeftButton
Opened = Callable[..., Any]


def dated(text: str) -> PartialDate:
    return PartialDate.parse(text)


@pytest.fixture
def world(given):
    """Two OCGs held together by a broker and a phone; one member is recorded as exploited."""
    one, two = an_ocg("Tarnbrook", agency="WMP"), an_ocg("Fellgate", agency="MER")
    names = ("Broker", "Aled", "Bryn", "Carys", "Dai", "Eira")
    broker, aled, bryn, carys, dai, eira = people = [a_nominal(name) for name in names]
    young, phone, line = a_nominal("Young", exploited=True), a_phone(), a_line("Tony")
    report = a_report("Seen", grade="1A P", reported=dated("4 Mar 2026"))
    given(one, two, *people, young, phone, line, report, a_plan(one, "Plan"))
    given(
        *(a_membership(who, one) for who in (broker, aled, bryn, young)),
        *(a_membership(who, two) for who in (carys, dai, eira)),
        a_link(broker, aled, reports=(report.id,), start=dated("3 Mar 2026")),
        a_link(aled, bryn, start=dated("5 May 2026"), end=dated("9 Jun 2026")),
        a_link(broker, bryn),
        a_link(carys, dai, start=dated("1 Apr 2026")),
        a_link(dai, eira),
        a_link(broker, carys, strength="tentative", start=dated("7 Jul 2026")),
        a_link(broker, phone, type="uses"),
        a_link(dai, phone, type="uses"),
        a_link(broker, line, type="holds-line"),
        a_link(broker, young, type="exploits"),
    )
    return {"one": one, "two": two, "young": young, **{p.name: p for p in people}, "phone": phone}


@pytest.fixture
def part(desk: Desk, qtbot: QtBot, world) -> Opened:
    """Open one part of the analysis page, and wait until it is at rest."""

    places: list[AnalysisPlace] = []  # a page that nobody holds on to is gone, with its parts

    def make(tab: str, **target: Any) -> Any:
        place = AnalysisPlace(desk, Target(page=PageKind.ANALYSIS, tab=tab, **target))
        places.append(place)
        qtbot.addWidget(place)
        place.resize(1300, 820)
        place.show()
        rest(qtbot, place.part)
        return place.part

    return make


def rest(qtbot: QtBot, found: Any) -> None:
    qtbot.waitUntil(found.ready, timeout=30_000)


def said(found: Any) -> list[str]:
    panel = found.inspector()
    assert panel is not None
    return [label.text() for label in panel.findChildren(QLabel)]


def of(world: dict[str, Any], name: str = "one") -> dict[str, Any]:
    return {"kind": Kind.OCG, "id": world[name].id}


def dialog_of(found: Any, cls: type) -> Any:
    return next(one for one in found.findChildren(cls) if one.isVisible())


# ---- The place -----------------------------------------------------------------------------------


def test_every_part_is_a_click_or_a_key_away_and_says_the_fixed_line(
    desk: Desk, qtbot: QtBot, world
) -> None:
    place = AnalysisPlace(desk, Target(page=PageKind.ANALYSIS, **of(world)))
    qtbot.addWidget(place)
    place.resize(1300, 820)
    place.show()
    rest(qtbot, place.part)
    for number, key in enumerate(PARTS, 1):
        qtbot.keyClick(place, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.ControlModifier)
        assert place.tabs.current == key
        rest(qtbot, place.part)
    qtbot.mouseClick(place.tabs.tabs["groups"], LEFT)
    rest(qtbot, place.part)
    assert FIXED in said(place.part)
    assert any("rank correlation" in text for text in said(place.part))


# ---- Groups --------------------------------------------------------------------------------------


def test_groups_are_laid_beside_the_record_and_go_onto_a_chart(part, world, qtbot: QtBot) -> None:
    found = part("groups", **of(world))
    assert found.found is not None
    qtbot.mouseClick(found.lists._buttons["groups"], LEFT)
    assert found.model.rows
    assert any("Groups found" in text or "Communities" in text for text in said(found))
    with qtbot.waitSignal(found.opened) as gone:
        qtbot.mouseClick(found.chart_button, LEFT)
    target = gone.args[0]
    assert target.page is PageKind.CHART
    assert target.items == tuple(brief.id for brief in found.table.row().drawn)
    assert world["young"].id not in target.items


def test_groups_need_an_ocg_before_one_is_looked_at(part, qtbot: QtBot, world) -> None:
    found = part("groups")
    found.choice.parts.choose("ocg")
    found.choice.parts.chosen.emit("ocg")
    qtbot.mouseClick(found.ask_button, LEFT)
    assert "Name the OCG" in found.note.sentence.text()
    found.choice.ocg.show_id(world["one"].id)
    qtbot.waitUntil(lambda: found.choice.ocg.id is not None and found.ready())
    qtbot.mouseClick(found.ask_button, LEFT)
    qtbot.waitUntil(lambda: found.found is not None, timeout=30_000)


# ---- Paths ---------------------------------------------------------------------------------------


def test_two_records_are_joined_in_sentences_with_their_sources(part, world, qtbot: QtBot) -> None:
    found = part("paths", focus=(world["Aled"].id, world["Carys"].id), hops=0)
    qtbot.waitUntil(lambda: found.found is not None, timeout=30_000)
    text = " ".join(line.text() for line in found.results.lines)
    assert "Aled" in text
    assert "graded 1·A·P" in text
    assert "No report is recorded for it." in text
    assert FIXED in said(found)
    found.results.table.setFocus()
    with qtbot.waitSignal(found.opened) as gone:
        qtbot.keyClick(found.results.table, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    names = [world[name].id for name in ("Aled", "Broker", "Carys")]
    assert list(gone.args[0].items) == names


def test_the_order_can_be_turned_and_more_paths_asked_for(part, world, qtbot: QtBot) -> None:
    found = part("paths", focus=(world["Aled"].id, world["Bryn"].id), hops=0)
    qtbot.waitUntil(lambda: found.found is not None, timeout=30_000)
    found.count.choose("2")
    found.count.chosen.emit("2")
    qtbot.waitUntil(lambda: found.ready() and len(found.found.paths) == 2, timeout=30_000)
    qtbot.mouseClick(found.turn_button, LEFT)
    qtbot.waitUntil(lambda: found.chosen.ids[0] == world["Bryn"].id and found.ready())
    assert found.found.paths[0].records[0].label == "Bryn"


def test_a_path_is_copied_for_a_statement_marked_and_logged(
    part, world, desk: Desk, qtbot: QtBot
) -> None:
    found = part("paths", focus=(world["Aled"].id, world["young"].id), hops=0)
    qtbot.waitUntil(lambda: found.found is not None, timeout=30_000)
    before = desk.workspace.head()[0]
    qtbot.mouseClick(found.copy_button, LEFT)
    dialog = dialog_of(found, PurposeDialog)
    qtbot.keyClicks(dialog.recipient.editor, "Counsel")
    qtbot.keyClicks(dialog.reason.editor, "Statement")
    with qtbot.waitSignal(found.said):
        qtbot.mouseClick(dialog.accept_button, LEFT)
    text = QGuiApplication.clipboard().text()
    assert text.startswith("OFFICIAL-SENSITIVE")
    assert FIXED in text
    assert "Young" not in text
    assert "Name withheld" in text
    assert desk.workspace.head()[0] > before


def test_conditions_are_kept_to_and_no_path_says_what_to_drop(part, world, qtbot: QtBot) -> None:
    found = part("paths", focus=(world["Aled"].id, world["Carys"].id), hops=0)
    qtbot.waitUntil(lambda: found.found is not None, timeout=30_000)
    qtbot.mouseClick(found.limits, LEFT)
    dialog = dialog_of(found, ConditionsDialog)
    dialog.strength.choose("confirmed")
    qtbot.mouseClick(dialog.accept_button, LEFT)
    qtbot.waitUntil(lambda: bool(found.note.sentence.text()) and found.ready(), timeout=30_000)
    assert "with weaker links too" in found.note.sentence.text()
    assert "(1)" in found.limits.text()


def test_a_condition_that_cannot_be_read_stays_in_the_dialog(part, world, qtbot: QtBot) -> None:
    found = part("paths")
    qtbot.mouseClick(found.limits, LEFT)
    dialog = dialog_of(found, ConditionsDialog)
    qtbot.keyClicks(dialog.where, "custody")
    qtbot.mouseClick(dialog.accept_button, LEFT)
    assert "nominal:in_custody=no" in dialog.error.sentence.text()
    dialog.reject()


def test_what_lies_near_and_what_is_most_connected(part, world, qtbot: QtBot) -> None:
    found = part("paths", focus=(world["Broker"].id,), hops=0)
    qtbot.waitUntil(lambda: bool(found.chosen.ids), timeout=10_000)
    found.way.choose("around")
    found.way.chosen.emit("around")
    qtbot.mouseClick(found.ask_button, LEFT)
    qtbot.waitUntil(lambda: found.found is not None and found.ready(), timeout=30_000)
    assert {row.brief.label for row in found.results.model.rows} >= {"Aled", "Carys"}
    found.way.choose("most")
    found.way.chosen.emit("most")
    qtbot.waitUntil(lambda: hasattr(found.found, "by") and found.ready(), timeout=30_000)
    labels = [row.brief.label for row in found.results.model.rows]
    assert labels[0] == "Broker"
    assert "Young" not in labels


def test_the_same_record_twice_cannot_be_named_and_one_is_too_few(part, world, qtbot) -> None:
    found = part("paths")
    qtbot.mouseClick(found.ask_button, LEFT)
    assert "Name two records" in found.note.sentence.text()


# ---- What if -------------------------------------------------------------------------------------


def test_ticked_people_are_worked_out_and_stand_beside_another_option(
    part, world, qtbot: QtBot
) -> None:
    found = part("what-if", **of(world))
    offered = {brief.label for brief in found.chooser.model.rows}
    assert "Broker" in offered
    assert "Young" not in offered
    tick(found, "Broker", qtbot)
    qtbot.mouseClick(found.ask_button, LEFT)
    qtbot.waitUntil(lambda: found.found is not None and found.ready(), timeout=30_000)
    told = {row.title: row.cells for row in found.model.rows}
    assert told["Removed"] == ("Broker",)
    assert "1 person" in told["Left unprotected"][0]
    assert "Tony" in told["Lines nobody would run"][0]
    qtbot.mouseClick(found.chooser.another_button, LEFT)
    tick(found, "Aled", qtbot)
    qtbot.mouseClick(found.ask_button, LEFT)
    qtbot.waitUntil(lambda: len(found.found.options) == 2 and found.ready(), timeout=30_000)
    assert {row.title: row.cells for row in found.model.rows}["Removed"] == ("Broker", "Aled")
    assert FIXED in said(found)


def tick(found: Any, name: str, qtbot: QtBot) -> None:
    table, model = found.chooser.table, found.chooser.model
    at = next(n for n, brief in enumerate(model.rows) if brief.label == name)
    place = table.visualRect(model.index(at, 0)).center()
    qtbot.mouseClick(table.viewport(), LEFT, pos=place)
    assert any(brief.label == name for brief in model.on.values())


@pytest.mark.qt_log_ignore("does not support")  # what the offscreen platform says of menus
def test_the_best_few_are_found_and_sent_to_the_plan(part, world, desk: Desk, qtbot: QtBot) -> None:
    found = part("what-if", **of(world))
    found.chooser.most.choose("1")
    qtbot.mouseClick(found.chooser.best_button, LEFT)
    qtbot.waitUntil(lambda: found.found is not None and found.ready(), timeout=30_000)
    assert [brief.label for brief in found.found.options[-1].removed] == ["Broker"]
    assert found.chooser.ids == (world["Broker"].id,)
    qtbot.mouseClick(found.plan_button, LEFT)
    qtbot.waitUntil(lambda: bool(found.findChildren(QMenu)), timeout=10_000)
    menu = found.findChildren(QMenu)[-1]
    with qtbot.waitSignal(found.opened) as gone:
        menu.actions()[0].trigger()
    menu.close()
    assert (gone.args[0].page, gone.args[0].id) == (PageKind.PLAN, world["one"].id)
    with desk.workspace.reading() as reader:
        plan = planning.plan_of(reader, world["one"].id)
        objectives = records.owned(reader, plan.id, Kind.OBJECTIVE)
    assert len(objectives) == 2
    assert all("Broker" not in one.label for one in objectives)


def test_the_curve_of_removals_is_drawn_with_its_caveats(part, world, qtbot: QtBot) -> None:
    found = part("what-if", **of(world))
    with qtbot.waitSignal(found.inspected, timeout=30_000) as told:
        qtbot.mouseClick(found.views._buttons["curve"], LEFT)
    assert [line.name for line in found.plot.plot.lines] == ["by betweenness", "by degree"]
    assert found.plot.isVisible()
    labels = [label.text() for label in told.args[0].findChildren(QLabel)]
    assert any("worked out anew" in text for text in labels)


def test_nobody_ticked_is_a_sentence(part, world, qtbot: QtBot) -> None:
    found = part("what-if", **of(world))
    qtbot.mouseClick(found.ask_button, LEFT)
    assert "Tick at least one record" in found.note.sentence.text()


def test_what_was_selected_on_a_chart_is_ticked_and_worked_out(part, world, qtbot: QtBot) -> None:
    ids = tuple(world[name].id for name in ("Broker", "Aled", "Bryn", "Carys"))
    found = part("what-if", focus=ids, hops=0, items=(world["Broker"].id,))
    qtbot.waitUntil(lambda: found.found is not None and found.ready(), timeout=30_000)
    assert [brief.label for brief in found.found.options[0].removed] == ["Broker"]


# ---- Change --------------------------------------------------------------------------------------


def test_change_draws_ranks_and_a_row_for_each_period(part, world, qtbot: QtBot) -> None:
    found = part("change", **of(world))
    assert len(found.model.rows) == 12
    assert found.plot.plot.upside_down
    assert all(line.name != "Young" for line in found.plot.plot.lines)
    qtbot.mouseClick(found.figures._buttons["turnover"], LEFT)
    assert [line.name for line in found.plot.plot.lines] == ["turnover", "fragmentation"]
    assert found.plot.accessibleName()
    assert FIXED in said(found)


def test_a_day_that_is_none_is_said(part, world, qtbot: QtBot) -> None:
    found = part("change", **of(world))
    found.since.setText("someday")
    qtbot.mouseClick(found.ask_button, LEFT)
    assert "someday" in found.note.sentence.text()


# ---- Shared --------------------------------------------------------------------------------------


def test_what_two_ocgs_share_and_through_whom(part, world, qtbot: QtBot) -> None:
    found = part("shared", **of(world))
    qtbot.waitUntil(lambda: found.found is not None and found.ready(), timeout=30_000)
    pair = found.table.row()
    assert {pair.one.label, pair.two.label} == {"Tarnbrook", "Fellgate"}
    assert any("07700 900321" in text and "through" in text for text in said(found))
    qtbot.mouseClick(found.kinds[Kind.PHONE], LEFT)
    qtbot.waitUntil(lambda: found.ready() and not found.model.rows, timeout=30_000)
    assert "No two OCGs share" in found.empty.sentence.text()


def test_newly_linked_ocgs_of_different_owners_are_told(part, world, given, qtbot: QtBot) -> None:
    given(an_assignment(world["one"], "DI Hale"), an_assignment(world["two"], "DI Moss"))
    found = part("shared")
    qtbot.mouseClick(found.lists._buttons["alerts"], LEFT)
    qtbot.waitUntil(lambda: found.found is not None and found.ready(), timeout=30_000)
    alert = found.table.row()
    assert "newly linked through 07700 900321" in alert.words
    assert "DI Hale" in alert.words


def test_ocgs_like_one_need_one(part, world, qtbot: QtBot) -> None:
    found = part("shared")
    qtbot.mouseClick(found.lists._buttons["alike"], LEFT)
    qtbot.mouseClick(found.ask_button, LEFT)
    assert "Name the OCG" in found.note.sentence.text()


# ---- Kept ----------------------------------------------------------------------------------------


def test_a_result_is_kept_shown_and_says_when_it_no_longer_holds(
    part, world, desk: Desk, qtbot: QtBot, given
) -> None:
    found = part("groups", **of(world))
    qtbot.mouseClick(found.keep_button, LEFT)
    dialog = dialog_of(found, TitleDialog)
    dialog.box.selectAll()
    qtbot.keyClicks(dialog.box, "Groups of Tarnbrook")
    with qtbot.waitSignal(found.said):
        qtbot.mouseClick(dialog.accept_button, LEFT)
    kept = part("kept")
    qtbot.waitUntil(lambda: kept.found is not None and kept.ready(), timeout=30_000)
    row = kept.view.row()
    assert (row.result.title, row.holds, row.owner.label) == (
        "Groups of Tarnbrook",
        True,
        "Tarnbrook",
    )
    assert FIXED in said(kept)
    assert any("Nothing it was computed on has changed" in text for text in said(kept))
    desk.do("Link", lambda work: work.put(a_link(world["Aled"], world["Broker"], type="family")))
    qtbot.mouseClick(kept.ask_button, LEFT)
    qtbot.waitUntil(lambda: kept.ready() and not kept.view.row().holds, timeout=30_000)
    qtbot.waitUntil(lambda: "compute it again" in kept.note.sentence.text(), timeout=10_000)
    qtbot.mouseClick(kept.remove_button, LEFT)
    qtbot.waitUntil(lambda: kept.ready() and not kept.list.rows, timeout=30_000)
    assert "No result was kept yet" in kept.empty.sentence.text()


# ---- Another moment ------------------------------------------------------------------------------


def test_a_question_can_be_asked_of_another_moment(part, world, given, qtbot: QtBot) -> None:
    then = datetime.now(UTC)
    late = a_nominal("Late")
    given(late)
    given(a_membership(late, world["one"]), a_link(late, world["Broker"]))
    found = part("measures", **of(world))
    assert "Late" in [row.brief.label for row in found.model.rows]
    found.look_at(Moment(as_at=then))
    rest(qtbot, found)
    assert "Late" not in [row.brief.label for row in found.model.rows]
    assert found.strip.isVisible()
    assert any("as recorded at" in text for text in said(found))


@pytest.mark.parametrize("tab", ["groups", "change", "shared", "measures"])
def test_the_models_keep_the_rules_of_models(part, world, qtbot, qtmodeltester, tab) -> None:
    found = part(tab, **of(world))
    qtbot.waitUntil(lambda: found.found is not None and found.ready(), timeout=30_000)
    qtmodeltester.check(found.model)


def test_the_list_to_tick_keeps_the_rules_of_models(part, world, qtmodeltester) -> None:
    qtmodeltester.check(part("what-if", **of(world)).chooser.model)
