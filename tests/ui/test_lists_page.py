"""The reference data page: lists with source and uses, a draft of one, editions and files."""

from pathlib import Path

import pytest
from makers import an_ocg
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ocgdesk.casework import reference_lists
from ocgdesk.domain import claiming
from ocgdesk.domain.entities import Ocg
from ocgdesk.domain.fields import described_fields
from ocgdesk.domain.people import Right, Role
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.errors import Refused
from ocgdesk.settings import Settings
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.title_dialog import TitleDialog
from ocgdesk.ui.forms import editors
from ocgdesk.ui.models.short_table import ShortTable
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.lists_page import ListsPage
from ocgdesk.ui.plan import tactics

pytestmark = pytest.mark.usefixtures("dressed")

TIER = next(field for field in described_fields(Ocg) if field.name == "tier")


def opened(qtbot: QtBot, desk: Desk) -> ListsPage:
    made = ListsPage(desk, Target(page=PageKind.LISTS))
    made.resize(1240, 800)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made.ready)
    return made


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, given) -> ListsPage:
    given(an_ocg(tier="t1"), an_ocg("Fellgate", tier="t1"))
    made = opened(qtbot, desk)
    made.choose("tiers")
    qtbot.waitUntil(made.ready)
    return made


def column(model: ShortTable, at: int) -> list[str]:
    return [model.index(row, at).data() for row in range(model.rowCount())]


def titles(page: ListsPage) -> list[str]:
    return column(page.lists, 0)


def write(page: ListsPage, name: str, text: str) -> None:
    """Type into a field of the form and leave it."""
    editor = page.form.fields[name].editor
    editor.setFocus()
    editor.setText(text)
    editor.editingFinished.emit()


def choose_value(page: ListsPage, code: str) -> None:
    row = [item["code"] for item in page.values.rows].index(code)
    page.value_table.setCurrentIndex(page.values.index(row, 0))


# ---- Looking ------------------------------------------------------------------------------------


def test_every_list_stands_there_with_whose_it_is(page: ListsPage):
    assert len(titles(page)) == len(reference_lists.every())
    assert {"local default", "national"} <= set(column(page.lists, 1))
    assert page.header.subtitle.text().endswith("0 edited here")


def test_a_list_shows_its_source_its_values_and_their_uses(page: ListsPage):
    assert page.right.source.text().startswith("Version 1, local default. Groups are tiered")
    assert column(page.values, 0) == ["T1", "T2", "T3", "T4"]
    uses = len(page.values.columns) - 1
    assert column(page.values, uses) == ["2", "0", "0", "0"]
    assert [option.words for option in page.editions.options] == ["Version 1 · as shipped"]


def test_a_list_is_found_by_its_title_or_a_value(page: ListsPage):
    page.search.setText("west mercia")
    page.search.searched.emit(page.search.text())
    assert titles(page) == ["Agencies"]
    page.search.setText("quality")
    page.search.searched.emit(page.search.text())
    assert "Quality rules" in titles(page)


def test_another_list_is_gone_to_by_key(qtbot: QtBot, page: ListsPage):
    before = page.draft.known.name
    qtbot.keyClick(page.list_table, Qt.Key.Key_Down)
    qtbot.waitUntil(page.ready)
    assert page.draft.known.name != before
    assert page.right.name.text() == page.draft.known.title


# ---- Editing ------------------------------------------------------------------------------------


def test_words_are_changed_and_saved_as_an_edition_that_holds_at_once(
    qtbot: QtBot, page: ListsPage
):
    assert not page.save_button.isEnabled()
    write(page, "label", "Top")
    assert column(page.values, 0)[0] == "Top"
    assert label("tiers", "t1") == "T1"
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.ready)
    assert label("tiers", "t1") == "Top"
    assert page.draft.changes == 0
    assert page.right.source.text().startswith("Version 2, edition of this workspace")
    assert page.editions.options[0].words.endswith("Ann")
    assert page.header.subtitle.text().endswith("1 edited here")
    assert ("t1", "Top") in {(o.key, o.words) for o in editors.options(TIER)}


def test_undo_takes_the_edition_back(qtbot: QtBot, page: ListsPage):
    write(page, "label", "Top")
    page.save()
    page.desk.undo()
    qtbot.waitUntil(page.ready)
    assert label("tiers", "t1") == "T1"
    assert column(page.values, 0)[0] == "T1"


def test_a_value_is_added_after_the_current_one(qtbot: QtBot, page: ListsPage):
    choose_value(page, "t2")
    page.add()
    dialog = page.findChild(TitleDialog)
    dialog.box.setText("Watched only")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert column(page.values, 0) == ["T1", "T2", "Watched only", "T3", "T4"]
    write(page, "review_months", "12")
    page.save()
    assert code_list("tiers").parse("Watched only") == "watched-only"
    assert editors.parse(TIER, "Watched only", page.desk.today()) == "watched-only"


def test_a_used_value_is_retired_never_taken_out(qtbot: QtBot, page: ListsPage):
    choose_value(page, "t1")
    page.value_table.setFocus()
    qtbot.keyClick(page.value_table, Qt.Key.Key_Delete)
    assert column(page.values, 0)[0] == "T1 (retired)"
    assert page.form.retire.text() == "Offer again"
    page.save()
    assert label("tiers", "t1") == "T1"
    assert "t1" not in {option.key for option in editors.options(TIER)}
    assert "t1" in {option.key for option in editors.options(TIER, "t1")}
    page.form.retire.click()
    page.save()
    assert "t1" in {option.key for option in editors.options(TIER)}


def test_a_value_of_this_draft_is_taken_out_again(page: ListsPage):
    page.add_named("Watched")
    assert page.form.retire.text() == "Take out"
    page.form.retire.click()
    assert page.draft.changes == 0


def test_values_are_put_in_another_order(qtbot: QtBot, page: ListsPage):
    choose_value(page, "t4")
    page.value_table.setFocus()
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(page.value_table, Qt.Key.Key_Up, alt)
    assert column(page.values, 0) == ["T1", "T2", "T4", "T3"]
    page.form.down.click()
    assert page.draft.changes == 0


def test_what_does_not_fit_is_said_under_its_field(page: ListsPage):
    write(page, "rank", "many")
    assert "is not a whole number" in page.form.fields["rank"].note.text()
    assert page.draft.changes == 0
    write(page, "label", "T2")
    assert "there twice" in page.note.sentence.text()
    page.save()
    assert not code_list("tiers").is_own


def test_a_draft_is_saved_or_discarded_before_another_list(qtbot: QtBot, page: ListsPage):
    write(page, "label", "Top")
    row = page.list_table.currentIndex().row()
    page.list_table.setCurrentIndex(page.lists.index(row - 1, 0))
    assert page.draft.known.name == "tiers"
    assert "Save or discard" in page.note.sentence.text()
    page.drop_button.click()
    qtbot.waitUntil(page.ready)
    assert column(page.values, 0)[0] == "T1"
    page.list_table.setCurrentIndex(page.lists.index(row - 1, 0))
    assert page.draft.known.name != "tiers"


def test_somebody_elses_edition_does_not_take_a_draft_away(
    qtbot: QtBot, page: ListsPage, workspace
):
    write(page, "label", "Mine")
    known = code_list("tiers")
    theirs = {**known.data, "items": list(known.data["items"])[::-1]}
    with workspace.work("Edit list", right=Right.ADMINISTER) as done:
        reference_lists.save(done.work, "tiers", theirs, version=1)
    qtbot.waitUntil(lambda: "Somebody saved another" in page.note.sentence.text(), timeout=5_000)
    refused = []
    page.desk.refused.connect(refused.append)
    page.save()
    assert "somebody saved version 2" in str(refused[0])
    assert page.draft.changes == 1
    page.discard()
    assert column(page.values, 0) == ["T4", "T3", "T2", "T1"]


def test_an_earlier_edition_is_brought_back(qtbot: QtBot, page: ListsPage):
    write(page, "label", "Top")
    page.save()
    qtbot.waitUntil(page.ready)
    assert not page.back_button.isEnabled()
    page.editions.choose("shipped")
    page.editions.chosen.emit("shipped")
    page.back_button.click()
    qtbot.waitUntil(page.ready)
    assert (label("tiers", "t1"), code_list("tiers").version) == ("T1", 3)


# ---- What cannot be edited ----------------------------------------------------------------------


def test_of_a_list_the_program_goes_by_only_words_and_order_change(qtbot: QtBot, page: ListsPage):
    page.choose("strands")
    qtbot.waitUntil(page.ready)
    assert not page.add_button.isEnabled()
    assert not page.form.retire.isEnabled()
    assert page.form.up.isEnabled()
    assert "words and order" in page.form.note.text()
    page.choose("kinds")
    qtbot.waitUntil(page.ready)
    assert not page.form.fields["label"].editor.isEnabled()
    assert not page.read_button.isEnabled()


def test_who_is_no_administrator_only_looks(qtbot: QtBot, add_user, opened_by):
    desk = Desk(opened_by(add_user("rea", Role.READER)), Settings())
    page = opened(qtbot, desk)
    for part in (page.add_button, page.read_button, page.save_button, page.form.retire):
        assert not part.isEnabled()
    page.add()
    assert page.findChild(TitleDialog) is None
    desk.close()


def test_an_administrator_without_right_to_records_sees_no_uses(qtbot: QtBot, add_user, opened_by):
    desk = Desk(opened_by(add_user("ida", Role.ADMINISTRATOR)), Settings())
    page = opened(qtbot, desk)
    assert set(column(page.values, len(page.values.columns) - 1)) == {"–"}
    write(page, "label", "Avon")
    page.save()
    assert label("agencies", "AVS") == "Avon"
    desk.close()


# ---- Files --------------------------------------------------------------------------------------


def test_a_list_is_written_as_a_file_and_read_back(qtbot: QtBot, page: ListsPage, tmp_path: Path):
    page.choose("sheet-morile-style")
    qtbot.waitUntil(page.ready)
    assert "edited as a file" in page.form.note.text()
    path = tmp_path / "sheet.toml"
    with qtbot.waitSignal(page.said):
        page.write(path)
    path.write_text(path.read_text().replace("Physical harm", "Harm to the body"))
    page.read(path)
    assert page.draft.changes == 1
    page.save()
    qtbot.waitUntil(page.ready)
    assert code_list("sheet-morile-style").label("physical") == "Harm to the body"
    page.read(path)
    assert "of version 1" in page.note.sentence.text()


def test_a_file_that_is_none_is_refused_in_place(page: ListsPage, tmp_path: Path):
    path = tmp_path / "odd.toml"
    path.write_text("no list")
    page.read(path)
    assert "no TOML file" in page.note.sentence.text()
    page.write(tmp_path / "absent" / "x.toml")
    assert "cannot be written" in page.note.sentence.text()


# ---- Models and desks ---------------------------------------------------------------------------


def test_the_models_are_sound(qtmodeltester, page: ListsPage):
    qtmodeltester.check(page.lists)
    qtmodeltester.check(page.values)


def test_the_lists_of_a_desk_are_forgotten_when_it_closes(page: ListsPage):
    write(page, "label", "Top")
    page.save()
    assert label("tiers", "t1") == "Top"
    page.desk.close()
    assert label("tiers", "t1") == "T1"


def test_a_job_in_the_other_process_goes_by_the_same_lists(qtbot: QtBot, page: ListsPage):
    from ocgdesk.ui.worker import Call

    said: list[str] = []
    page.desk.compute("", Call.of(label, "tiers", "t1"), said.append)
    qtbot.waitUntil(lambda: len(said) == 1, timeout=20_000)
    write(page, "label", "Top")
    page.save()
    page.desk.compute("", Call.of(label, "tiers", "t1"), said.append)
    qtbot.waitUntil(lambda: len(said) == 2, timeout=20_000)
    assert said == ["T1", "Top"]


def test_the_tactics_library_is_a_page_away_and_takes_local_tactics(qtbot, desk: Desk) -> None:
    made = ListsPage(desk, Target(page=PageKind.LISTS, tab="tactics"))
    qtbot.addWidget(made)
    qtbot.waitUntil(made.ready)
    assert made.draft.known.name == "tactics"
    assert "local default" in made.right.source.text()
    made.add()
    dialog = made.findChild(TitleDialog)
    dialog.box.setText("Letters to landlords")
    dialog.accept_button.click()
    write(made, "strand", "protect")
    made.save()
    qtbot.waitUntil(made.ready)
    assert "Letters to landlords" in {one.label for one in code_list("tactics")}
    assert "Letters to landlords" in {o.words for o in tactics.options("protect")}


def test_a_claim_rule_is_switched_and_its_days_set_but_none_is_added(qtbot, page, workspace):
    page.choose("claim-rules")
    qtbot.waitUntil(page.ready)
    row = next(n for n, one in enumerate(page.values.rows) if one["code"] == "claimed-twice")
    page.value_table.setCurrentIndex(page.values.index(row, 0))
    assert not page.add_button.isEnabled()
    assert not page.form.retire.isEnabled()
    write(page, "days", "7")
    refuses = page.form.fields["refuses"].editor
    refuses.choose("yes")
    refuses.chosen.emit("yes")
    page.save_button.click()
    qtbot.waitUntil(lambda: claiming.days_apart() == 7)
    assert claiming.refuses("claimed-twice")
    known = code_list("claim-rules")
    more = [*known.data["items"], {"code": "own", "label": "Own", "on": True, "refuses": True}]
    with pytest.raises(Refused, match="goes by these codes"), workspace.work("Edit") as done:
        reference_lists.save(
            done.work, "claim-rules", {**known.data, "items": more}, version=known.version
        )
