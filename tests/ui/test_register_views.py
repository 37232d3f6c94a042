"""Saved views of a register, its columns, and the lists of what hangs on records."""

import pytest
from makers import a_nominal, an_ocg
from pages import put_up, settle
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ocgdesk.casework import views
from ocgdesk.casework.views import Layout
from ocgdesk.domain.kinds import SUBRECORDS, Kind
from ocgdesk.domain.people import Right
from ocgdesk.domain.subrecords import CourtStep, Order
from ocgdesk.store.listing import Filter, Sort, Test
from ocgdesk.ui import places
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.columns_dialog import ColumnsDialog
from ocgdesk.ui.dialogs.view_dialog import ViewDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.more_page import LISTED, MorePage
from ocgdesk.ui.pages.register_page import RegisterPage

LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key

pytestmark = pytest.mark.usefixtures("dressed", "no_views_left")


@pytest.fixture
def page(desk: Desk, qtbot: QtBot):
    def make(kind: Kind = Kind.OCG) -> RegisterPage:
        made = RegisterPage(desk, Target(page=PageKind.REGISTER, kind=kind))
        return put_up(qtbot, made)

    return make


def names(page: RegisterPage) -> list[str]:
    return [page.model.index(row, 1).data() for row in range(page.model.rowCount())]


def three(given) -> list:
    return given(
        an_ocg("Alpha", agency="WMP", status="active"),
        an_ocg("Beta", agency="BTP", status="dormant"),
        an_ocg("Gamma", agency="BTP", status="active"),
    )


def save(page: RegisterPage, name: str, *, share: bool = False) -> None:
    page.views.ask_name()
    dialog = page.findChild(ViewDialog)
    dialog.box.setText(name)
    dialog.share_box.setChecked(share)
    dialog.accept_button.click()
    dialog.deleteLater()


def choose(page: RegisterPage, title: str) -> None:
    menu = page.views.menu()
    action = next(action for action in menu.actions() if action.text() == title)
    assert action.isEnabled()
    action.trigger()


def test_a_view_keeps_order_and_filters_and_comes_back_with_the_page(
    given, page, qtbot: QtBot
) -> None:
    three(given)
    made = page()
    made.model.set_filter("status", (Filter("status", Test.IS, ("active",)),))
    made.model.turn(1)
    made.model.turn(1)
    settle(qtbot, made)
    save(made, "Active ones")
    settle(qtbot, made)
    assert made.views.button.text() == "Active ones"
    again = page()
    assert names(again) == ["Gamma", "Alpha"]
    assert again.views.button.text() == "Active ones"
    assert [chip.words for chip in again.bar.filters] == ["Status: Active"]


def test_a_change_is_told_and_kept_only_when_asked(given, page, qtbot: QtBot) -> None:
    three(given)
    made = page()
    save(made, "All")
    made.model.turn(2)
    settle(qtbot, made)
    assert made.views.button.text() == "All, changed"
    choose(made, "All")
    settle(qtbot, made)
    assert made.model.query.sorts == ()
    made.model.turn(2)
    settle(qtbot, made)
    choose(made, "Save the changes to it")
    settle(qtbot, made)
    assert made.views.button.text() == "All"
    choose(made, "Usual columns and order, no filter")
    settle(qtbot, made)
    assert made.model.query.sorts == ()
    assert made.views.button.text() == "Views"


def test_a_shared_view_of_somebody_else_can_be_used_but_not_changed(
    given, page, opened_by, another_user, qtbot: QtBot
) -> None:
    three(given)
    bea = opened_by(another_user)
    layout = Layout(sorts=(Sort("agency"),), filters=(Filter("agency", Test.IS, ("BTP",)),))
    with bea.work("Save view", right=Right.READ) as done:
        views.save(done.work, Kind.OCG, "Transport", layout, shared=True)
    made = page()
    choose(made, "Transport · shared")
    settle(qtbot, made)
    assert names(made) == ["Beta", "Gamma"]
    menu = made.views.menu()
    found = {action.text(): action.isEnabled() for action in menu.actions()}
    assert not found["Remove it"]
    assert not found["Keep it to myself"]


def test_a_removed_view_comes_back_with_undo(given, page, desk: Desk, qtbot: QtBot) -> None:
    three(given)
    made = page()
    save(made, "Mine")
    settle(qtbot, made)
    choose(made, "Remove it")
    qtbot.waitUntil(lambda: made.views.known == ())
    assert made.views.button.text() == "Views"
    desk.undo()
    qtbot.waitUntil(lambda: [view.name for view in made.views.known] == ["Mine"])


def test_a_view_with_a_column_that_is_gone_says_so(
    given, page, workspace, ann, qtbot: QtBot
) -> None:
    from ocgdesk.domain.keeping import SavedView

    three(given)
    spec = '{"columns": ["name", "moustache"]}'
    given(SavedView(name="Old", shows="ocg", user=ann.id, spec=spec))
    made = page()
    choose(made, "Old")
    settle(qtbot, made)
    assert made.error.sentence.text() == (
        "This view names a column that is gone; shown without it."
    )
    assert [spec.name for spec in made.model.specs] == ["name"]


def test_a_page_asked_for_a_question_of_its_own_does_not_take_the_last_view(
    given, page, desk: Desk, qtbot: QtBot
) -> None:
    from ocgdesk.store.listing import ListQuery

    three(given)
    made = page()
    made.model.set_filter("status", (Filter("status", Test.IS, ("active",)),))
    settle(qtbot, made)
    save(made, "Active ones")
    asked = ListQuery(kind=Kind.OCG, filters=(Filter("status", Test.IS, ("dormant",)),))
    other = RegisterPage(desk, Target(page=PageKind.REGISTER, kind=Kind.OCG, query=asked))
    qtbot.addWidget(other)
    other.show()
    settle(qtbot, other)
    assert names(other) == ["Beta"]


def test_the_columns_dialog_orders_and_freezes(given, page, qtbot: QtBot) -> None:
    three(given)
    made = page()
    qtbot.mouseClick(made.columns_button, LEFT)
    dialog = made.findChild(ColumnsDialog)
    dialog.list.setCurrentRow(3)
    third = dialog.list.currentItem().text()
    qtbot.keyClick(dialog.list, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(dialog.list, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(dialog.list, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert dialog.list.item(1).text() == third
    dialog.frozen.choose("2")
    dialog.accept_button.click()
    settle(qtbot, made)
    assert [spec.label for spec in made.model.specs][:2] == ["Name", third]
    assert made.table.frozen_count == 2


def test_the_rail_leads_to_more_lists(desk: Desk, qtbot: QtBot) -> None:
    keys = [entry.key for group in places.rail(desk.user, {}) for entry in group.entries]
    assert "more" in keys
    assert places.target_of("more") == Target(page=PageKind.MORE)
    target = Target(page=PageKind.REGISTER, kind=Kind.ORDER)
    assert places.place_of(target) == "more"


def test_more_lists_count_what_there_is_and_open_one(given, desk: Desk, qtbot: QtBot) -> None:
    (person,) = given(a_nominal("Ann"))
    given(Order(owner=person.id, order_type="scpo"))
    made = MorePage(desk, Target(page=PageKind.MORE))
    qtbot.addWidget(made)
    made.show()
    settle(qtbot, made)
    counts = {row.kind: row.count for row in made.model.rows}
    assert counts[Kind.ORDER] == 1
    assert Kind.RISK_FACTOR not in counts
    made.table.setCurrentIndex(made.model.index(LISTED.index(Kind.ORDER), 0))
    with qtbot.waitSignal(made.opened) as heard:
        qtbot.keyClick(made.table, Key.Key_Return)
    assert heard.args[0] == Target(page=PageKind.REGISTER, kind=Kind.ORDER)


def test_the_more_lists_model_keeps_qts_contract(desk: Desk, qtbot: QtBot, qtmodeltester) -> None:
    made = MorePage(desk, Target(page=PageKind.MORE))
    qtbot.addWidget(made)
    settle(qtbot, made)
    qtmodeltester.check(made.model)


def test_a_sub_record_opens_the_record_it_belongs_to(given, page, qtbot: QtBot) -> None:
    (person,) = given(a_nominal("Ann"))
    given(Order(owner=person.id, order_type="scpo"), CourtStep(owner=person.id, step="arrested"))
    made = page(Kind.ORDER)
    owner = next(n for n, s in enumerate(made.model.specs, start=1) if s.name == "owner")
    assert made.model.index(0, owner).data() == "Ann"
    assert made.new_button.isHidden()
    with qtbot.waitSignal(made.opened) as heard:
        made.table.opened.emit(0)
    assert heard.args[0] == Target(page=PageKind.RECORD, kind=Kind.NOMINAL, id=person.id)


@pytest.mark.parametrize("kind", SUBRECORDS)
def test_every_kind_of_sub_record_has_a_list(page, kind: Kind) -> None:
    made = page(kind)
    assert made.model.rowCount() == 0
    assert made.empty.sentence.text().startswith("Nothing here yet")
