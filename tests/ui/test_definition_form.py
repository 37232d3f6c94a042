"""Definitions in a form: what is shown comes back as it was, and what is changed is counted."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ocgdesk.casework import return_books
from ocgdesk.casework.return_wishes import Wish, shipped
from ocgdesk.domain.disruptions import Disruption
from ocgdesk.domain.returns import RECORDED, Axis, Condition, Definition, Layout, Period
from ocgdesk.errors import Refused
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.definition_dialog import DefinitionDialog
from ocgdesk.ui.dialogs.definition_form import DefinitionForm
from ocgdesk.ui.widgets.inputs import Select

LEFT = Qt.MouseButton.LeftButton
TODAY = date(2026, 11, 18)
YEAR = Period(date(2025, 11, 1), date(2026, 10, 31))

pytestmark = pytest.mark.usefixtures("dressed")


def shipped_one(code: str) -> Definition:
    return next(one for one in shipped() if one.code == code)


@pytest.fixture
def form(qtbot: QtBot) -> DefinitionForm:
    made = DefinitionForm(TODAY)
    qtbot.addWidget(made)
    return made


def turn(form: DefinitionForm, part: int) -> None:
    form.table.setCurrentIndex(form.model.index(part, 0))


def pick(box: Select, key: str) -> None:
    box.choose(key)
    box.chosen.emit(key)


@pytest.mark.parametrize("code", [one.code for one in shipped()])
def test_every_shipped_definition_comes_back_as_it_was_shown(form, code):
    definition = shipped_one(code)
    form.show_definition(definition)
    for part in range(len(definition.blocks) + 1):
        turn(form, part)
    made = form.definition()
    assert set(made.asks) == set(definition.asks)
    assert replace(made, asks=definition.asks) == definition


def test_what_a_return_needs_is_ticked_among_what_it_may_be_narrowed_by(form):
    form.show_definition(shipped_one("operation"))
    heading = form.heading
    assert heading.read().requires == ("operation",)
    heading.requires["strand"].setChecked(True)
    assert set(heading.read().requires) == {"operation", "strand"}
    heading.asks["operation"].setChecked(False)
    assert not heading.requires["operation"].isEnabled()
    assert heading.read().requires == ("strand",)


def test_values_are_typed_by_words_or_ticked_in_a_menu(form):
    form.show_definition(shipped_one("disruptions"))
    turn(form, 1)
    row = form.block.where.rows[0]
    assert row.values.text() == "Accepted"
    row.values.setText("accepted, Returned")
    assert form.definition().blocks[0].count.where == (
        Condition("status", ("accepted", "returned")),
    )
    ticked = {act.text(): act for act in row.menu().actions()}
    assert ticked["Accepted"].isChecked()
    ticked["Accepted"].trigger()
    assert row.values.text() == "Returned"
    pick(row.field, "powers")
    row.values.setText("anything recorded")
    assert form.definition().blocks[0].count.where == (Condition("powers", (RECORDED,)),)


def test_a_value_there_is_none_of_is_told_where_it_was_typed_and_nothing_is_lost(form):
    form.show_definition(shipped_one("disruptions"))
    turn(form, 1)
    row = form.block.where.rows[0]
    row.values.setText("acepted")
    assert "'acepted' is not in the list" in row.wrong.text()
    with pytest.raises(Refused, match="acepted"):
        form.definition()
    turn(form, 2)
    assert form.at == 1
    assert form.block.where.rows[0].values.text() == "acepted"


def test_a_block_counts_something_else_without_what_that_does_not_record(form):
    form.show_definition(shipped_one("disruptions"))
    turn(form, 1)
    pick(form.block.kind, "county-line")
    count = form.definition().blocks[0].count
    assert (count.kind.value, count.by) == ("county-line", "opened")
    assert {one.field for one in count.where} <= {"status"}
    assert form.definition().blocks[0].each is not None


def test_rows_by_hand_begin_with_those_of_the_values(form):
    form.show_definition(shipped_one("disruptions"))
    turn(form, 1)
    form.block.rows.how.choose("by-hand")
    form.block.rows.how.chosen.emit("by-hand")
    rows = form.definition().blocks[0].rows
    assert [one.label for one in rows] == ["Pursue", "Prevent", "Protect", "Prepare"]
    assert rows[0].where == (Condition("strand", ("pursue",)),)
    form.block.rows.hand.rows[0].label.setText("Pursue, all of it")
    form.block.rows.hand.rows[1].removed.emit()
    rows = form.definition().blocks[0].rows
    assert [one.label for one in rows] == ["Pursue, all of it", "Protect", "Prepare"]


def test_blocks_are_added_moved_copied_and_taken_away(qtbot, form):
    form.show_definition(shipped_one("balance"))
    turn(form, 3)
    qtbot.mouseClick(form.up_button, LEFT)
    qtbot.mouseClick(form.copy_button, LEFT)
    qtbot.mouseClick(form.add_button, LEFT)
    titles = [one.title for one in form.definition().blocks]
    assert titles == [
        *("Actions now", "Disruptions in the period", "Disruptions in the period", "New block"),
        "Actions in the period",
    ]
    qtbot.mouseClick(form.remove_button, LEFT)
    assert [one.title for one in form.definition().blocks][-1] == "Actions in the period"
    assert len(form.definition().blocks) == 4


def test_the_whole_return_offers_as_filters_and_columns_what_every_block_knows(form):
    form.show_definition(shipped_one("disruptions"))
    assert {"agency", "operation", "level"} <= set(form.heading.asks)
    pick(form.heading.layout_box, Layout.AXIS.value)
    pick(form.heading.axis.field, "level")
    form.heading.axis.changed.emit()
    made = form.definition()
    assert made.columns == Axis(field="level", codes="disruption-levels")
    turn(form, 1)
    pick(form.block.kind, "report")
    turn(form, 0)
    assert "level" not in form.heading.asks or form.heading.asks["level"].isChecked()
    assert "operation" in form.heading.asks


def test_the_figures_beneath_follow_what_is_typed_and_are_saved(qtbot, desk, given):
    given(
        *(
            Disruption(title="One", on=date(2026, 3, n), strand="pursue", status="accepted")
            for n in (1, 2, 3)
        ),
        Disruption(title="Two", on=date(2026, 3, 4), strand="pursue", status="returned"),
    )
    definition = shipped_one("disruptions")
    dialog = DefinitionDialog(desk, definition, Wish(definition=definition, period=YEAR))
    dialog.show()
    qtbot.waitUntil(dialog.ready, timeout=5000)
    assert figure(dialog, "Pursue") == "3"
    turn(dialog.form, 1)
    dialog.form.block.where.rows[0].values.setText("accepted, returned")
    qtbot.waitUntil(dialog.ready, timeout=5000)
    assert figure(dialog, "Pursue") == "4"
    dialog.form.heading.code.editor.setText("claims")
    saved: list[str] = []
    dialog.saved.connect(saved.append)
    qtbot.mouseClick(dialog.accept_button, LEFT)
    QApplication.processEvents()
    assert saved == ["claims"]
    with desk.workspace.reading() as reader:
        kept = return_books.find(reader, "claims")
    assert kept.blocks[0].count.where[0].values == ("accepted", "returned")


def figure(dialog: DefinitionDialog, label: str) -> str:
    model = dialog.model
    row = next(n for n in range(model.rowCount()) if model.index(n, 0).data() == label)
    return str(model.index(row, model.figures).data())


def test_what_was_written_as_text_is_shown_in_the_form(qtbot, desk: Desk):
    definition = shipped_one("disruptions")
    dialog = DefinitionDialog(desk, definition, Wish(definition=definition, period=YEAR))
    turn_view(dialog, "text")
    dialog.editor.setPlainText(dialog.editor.toPlainText().replace('"Level"', '"How much"'))
    turn_view(dialog, "form")
    assert dialog.form.model.rows[2] == "How much"
    turn_view(dialog, "text")
    dialog.editor.setPlainText("{")
    turn_view(dialog, "form")
    assert dialog.view.current == "text"
    assert "no definition" in dialog.error.sentence.text()
    dialog.done(0)


def turn_view(dialog: DefinitionDialog, view: str) -> None:
    dialog.view.choose(view)
    dialog.view.chosen.emit(view)


def test_what_was_changed_is_not_lost_to_one_escape(qtbot, desk: Desk):
    definition = shipped_one("activity")
    dialog = DefinitionDialog(desk, definition, Wish(definition=definition, period=YEAR))
    dialog.open()
    turn_view(dialog, "text")
    dialog.editor.setPlainText("{")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "would be lost" in dialog.error.sentence.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_what_was_only_looked_at_closes_at_once(qtbot, desk: Desk):
    definition = shipped_one("activity")
    dialog = DefinitionDialog(desk, definition, Wish(definition=definition, period=YEAR))
    dialog.open()
    turn_view(dialog, "text")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
