"""What is on file of a record, as one works with it: real clicks and keys on a real workspace."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from makers import a_handle, a_line, a_membership, a_nominal, a_phone, an_ocg
from pages import put_up, settle
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ocgdesk.casework import attachments, filing, records
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Operation
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Role
from ocgdesk.domain.subrecords import (
    Attachment,
    CourtStep,
    Custody,
    Decision,
    Marker,
    Note,
    Order,
    RiskFactor,
    Safeguarding,
)
from ocgdesk.domain.values import Identifier
from ocgdesk.store import records as queries
from ocgdesk.store.records import Brief
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.attach_dialog import AttachDialog, CopyDialog
from ocgdesk.ui.dialogs.link_dialog import LinkDialog
from ocgdesk.ui.dialogs.subrecord_dialog import EndDialog, ReasonDialog, SubrecordDialog
from ocgdesk.ui.forms.entity_box import EntityBox
from ocgdesk.ui.forms.tick_list import TickList
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages import record_sub_tables
from ocgdesk.ui.pages.record_page import RecordPage
from ocgdesk.ui.pages.record_sub_inspector import SubInspector
from ocgdesk.ui.pages.record_subs import SubsPart, SubTable, kinds_for
from ocgdesk.ui.widgets.chips import ChipLabel
from ocgdesk.ui.widgets.inputs import Select, TextBox
from ocgdesk.ui.widgets.labels import Label

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def page(desk: Desk, qtbot: QtBot):
    def make(thing, at: Desk | None = None, kind: Kind | None = None) -> RecordPage:
        target = Target(page=PageKind.RECORD, kind=thing.kind, id=thing.id, tab="on-file")
        made = RecordPage(at or desk, target)
        put_up(qtbot, made, 1200, 800)
        if kind is not None:
            qtbot.mouseClick(part(made).list.buttons[kind], LEFT)
        return made

    return make


def part(page: RecordPage) -> SubsPart:
    return page.parts.on_file


def dialog_of(page: RecordPage, cls):
    found = [d for d in page.findChildren(cls) if d.isVisible()]
    assert len(found) == 1, found
    return found[0]


def put(desk: Desk, *new):
    with desk.workspace.work("Add") as done:
        return [filing.file(done.work, one, today=Desk.today()) for one in new]


def on_file(desk: Desk, owner, *kinds: Kind):
    with desk.workspace.reading() as reader:
        return queries.owned(reader, owner.id, *kinds)


def type_into(qtbot: QtBot, box: QWidget, text: str) -> None:
    assert isinstance(box, TextBox)
    box.clear()
    qtbot.keyClicks(box, text)


def rows(table: SubTable) -> list[str]:
    return [table.rows.index(n, 0).data() for n in range(table.rows.rowCount())]


def test_every_kind_is_there_with_its_count_and_an_empty_one_says_what_belongs_there(
    desk: Desk, given, page
) -> None:
    (person,) = given(a_nominal())
    put(desk, Marker(owner=person.id, code="FI"), Marker(owner=person.id, code="VI"))
    made = page(person)
    shown = part(made)
    assert shown.kinds == kinds_for(Kind.NOMINAL)
    assert shown.kind is Kind.MARKER
    assert shown.list.buttons[Kind.MARKER].accessibleName() == "Warning markers 2"
    assert made.tabs.tabs["on-file"].count == "2"
    shown.choose(Kind.ORDER)
    empty = shown.table(Kind.ORDER).empty
    assert empty.sentence.text().startswith("No order recorded.")
    assert empty.button.text() == "Add order"


@pytest.mark.parametrize("made", [an_ocg, a_line, a_phone])
def test_each_kind_of_record_has_only_what_hangs_on_it(given, page, made) -> None:
    (thing,) = given(made())
    assert part(page(thing)).kinds == kinds_for(thing.kind)
    assert Kind.MARKER not in kinds_for(thing.kind)
    assert Kind.NOTE in kinds_for(thing.kind)


def test_arrows_go_between_the_kinds(given, page, qtbot: QtBot) -> None:
    (person,) = given(a_nominal())
    shown = part(page(person))
    first, second = shown.kinds[:2]
    shown.list.buttons[first].setFocus()
    qtbot.keyClick(shown.list.buttons[first], Qt.Key.Key_Down)
    assert shown.kind is second
    qtbot.keyClick(shown.list.buttons[second], Qt.Key.Key_Up)
    qtbot.keyClick(shown.list.buttons[first], Qt.Key.Key_Up)
    assert shown.kind is shown.kinds[-1]


def test_insert_adds_one_as_a_named_act_and_undo_takes_it_back(
    desk: Desk, given, page, qtbot: QtBot
) -> None:
    (person,) = given(a_nominal())
    made = page(person, kind=Kind.MARKER)
    table = part(made).table(Kind.MARKER)
    qtbot.keyClick(table.empty.button, Qt.Key.Key_Space)
    asked = dialog_of(made, SubrecordDialog)
    code = asked.form.fields["code"].editor
    assert isinstance(code, Select)
    code.choose("FI")
    type_into(qtbot, asked.form.fields["source"].editor, "Custody record")
    type_into(qtbot, asked.form.fields["stated"].editor, "Mar 2026")
    assert asked.form.fields["stated"].note.text() == "Read as Mar 2026"
    type_into(qtbot, asked.form.fields["review_due"].editor, "+30")
    qtbot.keyClick(asked, ENTER)
    settle(qtbot, made)
    assert rows(table) == ["Firearms"]
    (kept,) = on_file(desk, person, Kind.MARKER)
    assert (kept.source, kept.stated) == ("Custody record", PartialDate(2026, 3))
    assert desk.steps()[0].label == "Add warning marker"
    words = [chip.chip.word for chip in made.header.findChildren(ChipLabel)]
    assert "Firearms" in words
    desk.undo()
    settle(qtbot, made)
    assert rows(table) == []


def test_what_makes_no_sense_is_said_under_its_field_and_nothing_is_saved(
    desk: Desk, given, page, qtbot: QtBot
) -> None:
    (person,) = given(a_nominal())
    made = page(person, kind=Kind.ORDER)
    part(made).acted.emit(Kind.ORDER, "add", None)
    asked = dialog_of(made, SubrecordDialog)
    type_into(qtbot, asked.form.fields["start"].editor, "whenever")
    qtbot.keyClick(asked, ENTER)
    assert asked.isVisible()
    assert asked.form.fields["order_type"].wrong == "Order is needed."
    assert "cannot be read as a date" in asked.form.fields["start"].wrong
    assert on_file(desk, person) == []
    asked.reject()


def test_a_refusal_stays_in_the_dialog(desk: Desk, given, page, qtbot: QtBot) -> None:
    (ocg,) = given(an_ocg())
    made = page(ocg, kind=Kind.DECISION)
    part(made).acted.emit(Kind.DECISION, "add", None)
    asked = dialog_of(made, SubrecordDialog)
    type_into(qtbot, asked.form.fields["title"].editor, "Adopt")
    qtbot.keyClick(asked, ENTER)
    assert asked.isVisible()
    assert "what the decision rests on" in asked.error.sentence.text()
    asked.form.fields["rationale"].editor.setPlainText("Score and capacity")
    qtbot.keyClick(asked, ENTER)
    settle(qtbot, made)
    (entry,) = on_file(desk, ocg, Kind.DECISION)
    assert entry.title == "Adopt"
    assert desk.steps()[0].label == "Given"


def test_a_year_of_two_digits_of_an_expiry_lies_ahead(
    desk: Desk, given, page, qtbot: QtBot
) -> None:
    (person,) = given(a_nominal())
    made = page(person, kind=Kind.ORDER)
    part(made).acted.emit(Kind.ORDER, "add", None)
    asked = dialog_of(made, SubrecordDialog)
    asked.form.fields["order_type"].editor.choose("scpo")
    coming = Desk.today().year + 4
    type_into(qtbot, asked.form.fields["end"].editor, f"1/3/{coming % 100}")
    qtbot.keyClick(asked, ENTER)
    settle(qtbot, made)
    (order,) = on_file(desk, person, Kind.ORDER)
    assert order.end == PartialDate(coming, 3, 1)


def test_f2_edits_the_row_and_saves_only_what_differs(
    desk: Desk, given, page, qtbot: QtBot
) -> None:
    (person,) = given(a_nominal())
    put(desk, Order(owner=person.id, order_type="cbo", terms="Not to enter the town"))
    made = page(person, kind=Kind.ORDER)
    table = part(made).table(Kind.ORDER)
    qtbot.keyClick(table.table, Qt.Key.Key_F2)
    asked = dialog_of(made, SubrecordDialog)
    assert asked.form.fields["terms"].text == "Not to enter the town"
    type_into(qtbot, asked.form.fields["level"].editor, "Crown Court")
    qtbot.keyClick(asked, ENTER)
    settle(qtbot, made)
    (order,) = on_file(desk, person, Kind.ORDER)
    assert (order.level, order.terms, order.version) == ("Crown Court", "Not to enter the town", 2)
    assert desk.steps()[0].label == "Edit order"


def test_an_operation_is_found_as_one_types(desk: Desk, given, page, qtbot: QtBot) -> None:
    person, operation = given(a_nominal(), Operation(name="Bitternthorn"))
    made = page(person, kind=Kind.COURT_STEP)
    part(made).acted.emit(Kind.COURT_STEP, "add", None)
    asked = dialog_of(made, SubrecordDialog)
    box = asked.form.fields["operation"].editor
    assert isinstance(box, EntityBox)
    qtbot.keyClicks(box.box, "bittern")
    qtbot.waitUntil(lambda: box.table.rowCount() == 1)
    qtbot.keyClick(box.box, ENTER)
    assert box.chosen is not None
    assert box.held.words.text() == "Bitternthorn"
    asked.form.fields["step"].editor.choose("arrested")
    qtbot.keyClick(asked, ENTER)
    settle(qtbot, made)
    (step,) = on_file(desk, person, Kind.COURT_STEP)
    assert step.operation == operation.id
    table = part(made).table(Kind.COURT_STEP)
    assert table.rows.index(0, 1).data() == "Bitternthorn"


def test_a_record_chosen_is_taken_away_again(desk: Desk, given, page, qtbot: QtBot) -> None:
    person, operation = given(a_nominal(), Operation(name="Bitternthorn"))
    put(desk, CourtStep(owner=person.id, step="arrested", operation=operation.id))
    made = page(person, kind=Kind.COURT_STEP)
    qtbot.keyClick(part(made).table(Kind.COURT_STEP).table, Qt.Key.Key_F2)
    asked = dialog_of(made, SubrecordDialog)
    box = asked.form.fields["operation"].editor
    qtbot.waitUntil(lambda: box.chosen is not None)
    qtbot.mouseClick(box.held.button, LEFT)
    qtbot.keyClick(asked, ENTER)
    settle(qtbot, made)
    assert on_file(desk, person, Kind.COURT_STEP)[0].operation is None


def test_entitlements_are_ticked_off(desk: Desk, given, page, qtbot: QtBot) -> None:
    (person,) = given(a_nominal(exploited=True))
    put(desk, Safeguarding(owner=person.id, entitlements=("support",)))
    made = page(person, kind=Kind.SAFEGUARDING)
    qtbot.keyClick(part(made).table(Kind.SAFEGUARDING).table, Qt.Key.Key_F2)
    asked = dialog_of(made, SubrecordDialog)
    ticks = asked.form.fields["entitlements"].editor
    assert isinstance(ticks, TickList)
    assert ticks.codes == ("support",)
    qtbot.keyClick(ticks.boxes["trial"], Qt.Key.Key_Space)
    qtbot.keyClick(asked, ENTER)
    settle(qtbot, made)
    (record,) = on_file(desk, person, Kind.SAFEGUARDING)
    assert set(record.entitlements) == {"support", "trial"}


def test_what_is_over_ends_on_a_day_and_stays_on_file(
    desk: Desk, given, page, qtbot: QtBot
) -> None:
    (person,) = given(a_nominal())
    put(desk, Custody(owner=person.id, custody_type="remand", start=PartialDate(2026, 1)))
    made = page(person, kind=Kind.CUSTODY)
    table = part(made).table(Kind.CUSTODY)
    qtbot.mouseClick(table.buttons["end"], LEFT)
    asked = dialog_of(made, EndDialog)
    type_into(qtbot, asked.day.editor, "perhaps")
    qtbot.keyClick(asked, ENTER)
    assert asked.day.wrong
    type_into(qtbot, asked.day.editor, "today")
    qtbot.keyClick(asked, ENTER)
    settle(qtbot, made)
    (time,) = on_file(desk, person, Kind.CUSTODY)
    assert time.released == PartialDate.of(Desk.today())
    assert rows(table) == ["Remand"]
    assert not table.buttons["end"].isEnabled()
    assert desk.steps()[0].label == "End custody"


def test_a_removal_asks_why(desk: Desk, given, page, qtbot: QtBot) -> None:
    (person,) = given(a_nominal())
    put(desk, Note(owner=person.id, text="Ring the yard"))
    made = page(person, kind=Kind.NOTE)
    qtbot.keyClick(part(made).table(Kind.NOTE).table, Qt.Key.Key_Delete)
    asked = dialog_of(made, ReasonDialog)
    qtbot.keyClick(asked, ENTER)
    assert asked.reason.wrong
    type_into(qtbot, asked.reason.editor, "On the wrong record")
    qtbot.keyClick(asked, ENTER)
    settle(qtbot, made)
    assert on_file(desk, person) == []
    desk.undo()
    settle(qtbot, made)
    assert rows(part(made).table(Kind.NOTE)) == ["Ring the yard"]


def test_a_decision_offers_no_edit_and_is_superseded(desk: Desk, given, page, qtbot: QtBot) -> None:
    (ocg,) = given(an_ocg())
    put(desk, Decision(owner=ocg.id, title="Adopt", rationale="Capacity"))
    made = page(ocg, kind=Kind.DECISION)
    table = part(made).table(Kind.DECISION)
    assert set(table.buttons) == {"add", "supersede"}
    qtbot.keyClick(made, Qt.Key.Key_F2)
    asked = dialog_of(made, SubrecordDialog)
    assert asked.title.text() == "Supersede decision"
    type_into(qtbot, asked.form.fields["title"].editor, "Hand back")
    asked.form.fields["rationale"].editor.setPlainText("No capacity left")
    qtbot.keyClick(asked, ENTER)
    settle(qtbot, made)
    first, second = on_file(desk, ocg, Kind.DECISION)
    assert (second.title, second.supersedes) == ("Hand back", first.id)
    shown = SubInspector(first, made.dossier.hanging)
    qtbot.addWidget(shown)
    said = [label.text() for label in shown.findChildren(Label)]
    assert "Superseded by: Hand back" in said


def test_the_inspector_shows_the_row_in_full_and_leads_on(
    desk: Desk, given, page, qtbot: QtBot
) -> None:
    person, operation = given(a_nominal(), Operation(name="Bitternthorn"))
    put(desk, CourtStep(owner=person.id, step="arrested", operation=operation.id, court="Ludlow"))
    made = page(person, kind=Kind.COURT_STEP)
    shown = made.inspector()
    assert isinstance(shown, SubInspector)
    qtbot.addWidget(shown)
    said = [label.text() for label in shown.findChildren(Label)]
    assert said[0] == "Arrested"
    assert {"Court or station", "Ludlow", "Bitternthorn"} <= set(said)
    with qtbot.waitSignal(made.filing.opened) as heard:
        shown.opened.emit(made.dossier.hanging.named[operation.id])
    assert heard.args[0].id == operation.id


def test_somebody_else_changed_it_meanwhile(desk: Desk, given, page, qtbot: QtBot) -> None:
    (person,) = given(a_nominal())
    (order,) = put(desk, Order(owner=person.id, order_type="cbo"))
    made = page(person, kind=Kind.ORDER)
    qtbot.keyClick(part(made).table(Kind.ORDER).table, Qt.Key.Key_F2)
    asked = dialog_of(made, SubrecordDialog)
    with desk.workspace.work("Edit") as done:
        records.edit(done.work, order.id, {"level": "High Court"})
    type_into(qtbot, asked.form.fields["level"].editor, "Crown Court")
    qtbot.keyClick(asked, ENTER)
    assert "Somebody changed the same fields" in asked.error.sentence.text()
    assert "High Court" in asked.form.fields["level"].note.text()
    assert on_file(desk, person)[0].level == "High Court"
    qtbot.keyClick(asked, ENTER)
    assert on_file(desk, person)[0].level == "Crown Court"


def test_who_may_only_read_is_told_so_and_can_change_nothing(
    desk: Desk, given, page, add_user, opened_by, qtbot: QtBot
) -> None:
    (person,) = given(a_nominal())
    put(desk, Order(owner=person.id, order_type="cbo"))
    reading = Desk(opened_by(add_user("rea", Role.READER)), desk.settings)
    made = page(person, at=reading, kind=Kind.ORDER)
    table = part(made).table(Kind.ORDER)
    assert not any(button.isEnabled() for button in table.buttons.values())
    assert "roles do not allow" in table.buttons["add"].accessibleDescription()
    qtbot.keyClick(table.table, Qt.Key.Key_Insert)
    assert not made.findChildren(SubrecordDialog)
    made.close()
    reading.stop()


def test_the_past_shows_what_hung_there_then(desk: Desk, given, page, qtbot: QtBot) -> None:
    (person,) = given(a_nominal())
    (order,) = put(desk, Order(owner=person.id, order_type="cbo"))
    made = page(person, kind=Kind.ORDER)
    with desk.workspace.reading() as reader:
        moment = reader.execute("SELECT max(at) FROM journal")[0][0]
    desk.do("Remove", lambda work: records.remove(work, [order.id], "x"))
    settle(qtbot, made)
    table = part(made).table(Kind.ORDER)
    assert rows(table) == []
    from datetime import datetime

    made.moment = datetime.fromisoformat(moment)
    made.refresh()
    settle(qtbot, made)
    assert rows(table) == ["Criminal behaviour order"]
    assert not table.buttons["add"].isEnabled()


def a_photograph() -> bytes:
    out = BytesIO()
    Image.new("RGB", (60, 80), "navy").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    path.write_bytes(a_photograph())
    return path


def test_a_photograph_is_attached_and_stands_in_the_heading(
    desk: Desk, given, page, qtbot: QtBot, picture: Path
) -> None:
    (person,) = given(a_nominal())
    made = page(person, kind=Kind.ATTACHMENT)
    part(made).acted.emit(Kind.ATTACHMENT, "add", None)
    asked = dialog_of(made, AttachDialog)
    qtbot.keyClick(asked, ENTER)
    assert asked.path.wrong == "Say which file"
    type_into(qtbot, asked.path.editor, str(picture))
    asked.fields["purpose"].editor.choose("photograph")
    qtbot.keyClick(asked, ENTER)
    table = part(made).table(Kind.ATTACHMENT)
    qtbot.waitUntil(lambda: rows(table) == ["photo.jpg"])
    qtbot.waitUntil(lambda: not made.header.tile.picture.isNull())
    shown = made.inspector()
    qtbot.addWidget(shown)
    qtbot.waitUntil(lambda: not shown.picture.isHidden())
    desk.undo()
    qtbot.waitUntil(lambda: made.header.tile.picture.isNull() is True)


def test_a_file_that_is_not_there_is_said_in_the_dialog(
    given, page, qtbot: QtBot, tmp_path: Path
) -> None:
    (person,) = given(a_nominal())
    made = page(person, kind=Kind.ATTACHMENT)
    part(made).acted.emit(Kind.ATTACHMENT, "add", None)
    asked = dialog_of(made, AttachDialog)
    type_into(qtbot, asked.path.editor, str(tmp_path / "none.jpg"))
    qtbot.keyClick(asked, ENTER)
    qtbot.waitUntil(lambda: "cannot be read" in asked.error.sentence.text())
    asked.reject()


def test_a_copy_is_saved_with_recipient_and_reason(
    desk: Desk, given, page, qtbot: QtBot, tmp_path: Path
) -> None:
    (person,) = given(a_nominal())
    content = attachments.content("calls.csv", b"1,2,3")
    with desk.workspace.work("Attach file") as done:
        attachments.attach(done.work, Attachment(owner=person.id, name=""), content)
    made = page(person, kind=Kind.ATTACHMENT)
    table = part(made).table(Kind.ATTACHMENT)
    qtbot.mouseClick(table.buttons["open"], LEFT)
    asked = dialog_of(made, CopyDialog)
    type_into(qtbot, asked.path.editor, str(tmp_path / "calls.csv"))
    qtbot.keyClick(asked, ENTER)
    assert asked.recipient.wrong == "Say who it is for"
    type_into(qtbot, asked.recipient.editor, "CPS")
    type_into(qtbot, asked.reason.editor, "Disclosure")
    with qtbot.waitSignal(made.said) as heard:
        qtbot.keyClick(asked, ENTER)
    assert heard.args == ["Written: calls.csv"]
    assert (tmp_path / "calls.csv").read_bytes() == b"1,2,3"


def test_identifiers_that_break_their_format_are_marked_in_place_and_kept(
    given, page, qtbot: QtBot
) -> None:
    (person,) = given(a_nominal(identifiers=(Identifier("pnc", "1999/1234567A"),)))
    made = page(person)
    made.tabs.choose("overview")
    row = made.overview.form.rows["identifiers"]
    assert row.value.text().endswith("1999/1234567A")
    assert row.note.text().startswith("PNC ID 1999/1234567A: ")
    assert "check letter" in row.note.text()


def test_not_yet_categorised_is_shown_until_somebody_says(
    desk: Desk, given, page, qtbot: QtBot
) -> None:
    from ocgdesk.domain.subrecords import Involvement

    (person,) = given(a_nominal())
    made = page(person)
    words = [chip.chip.word for chip in made.header.findChildren(ChipLabel)]
    assert words == ["Not yet categorised"]
    desk.do("Add", lambda w: filing.file(w, Involvement(owner=person.id, category="witness"),
                                         today=Desk.today()))  # fmt: skip
    settle(qtbot, made)
    QApplication.processEvents()
    words = [c.chip.word for c in made.header.findChildren(ChipLabel) if c.isVisible()]
    assert words == []


@pytest.fixture
def things() -> list:
    owner = a_nominal()
    return [
        RiskFactor(owner=owner.id, factor="debt", review_due=date(2026, 1, 1)),
        Marker(owner=owner.id, code="FI", ended=PartialDate(2020)),
        Attachment(owner=owner.id, name="a.pdf", size=3_200_000),
        Order(owner=owner.id, order_type="scpo", end=PartialDate(2020, 1)),
    ]


def test_the_tables_keep_qts_contract(things, qtmodeltester, qtbot: QtBot) -> None:
    for thing in things:
        table = SubTable(thing.kind, date(2026, 11, 21))
        qtbot.addWidget(table)
        qtmodeltester.check(table.rows)
        table.rows.show_rows([thing])
        qtmodeltester.check(table.rows)


def test_sizes_dates_and_ends_are_said_in_words(things) -> None:
    today = date(2026, 11, 21)
    said = {
        thing.kind: [
            str(getattr(c.cell(thing), "text", "") or getattr(c.cell(thing), "word", ""))
            for c in record_sub_tables.columns(thing.kind, {}, today)
        ]
        for thing in things
    }
    assert "3.1 MB" in said[Kind.ATTACHMENT]
    assert said[Kind.MARKER][:1] == ["Firearms"]
    assert "2020" in said[Kind.MARKER]
    assert "1 Jan 2026" in said[Kind.RISK_FACTOR]


def test_opening_the_part_does_not_stop_the_window(
    desk: Desk, given, page, heartbeat, qtbot: QtBot
) -> None:
    (person,) = given(a_nominal())
    put(desk, *(Note(owner=person.id, text=f"Note {n}") for n in range(300)))
    made = page(person)
    heartbeat.start()
    for kind in part(made).kinds:
        part(made).choose(kind)
        QApplication.processEvents()
    settle(qtbot, made)
    heartbeat.stop()
    assert heartbeat.busy_ms < 100


def test_how_sure_a_membership_is_may_be_left_open_and_is_edited(
    desk: Desk, given, page, qtbot: QtBot
) -> None:
    person, ocg = given(a_nominal(), an_ocg())
    given(a_membership(person, ocg, role="courier"))
    made = page(ocg)
    made.tabs.choose("members")
    for choice, kept in (("", ""), ("probable", "probable")):
        made.members.table.setCurrentIndex(made.members.rows.index(0, 0))
        qtbot.mouseClick(made.members.buttons["edit"], LEFT)
        asked = dialog_of(made, LinkDialog)
        confidence = asked.fields["confidence"].editor
        assert confidence.current == ""
        assert {option.key for option in confidence.options} >= {"", "probable"}
        confidence.choose(choice)
        asked.fields["end"].editor.setText("Feb 2026")
        qtbot.keyClick(asked, ENTER)
        settle(qtbot, made)
        (item,) = made.dossier.memberships
        assert item.link.confidence == kept
    said = [made.members.rows.index(0, n).data() for n in range(made.members.rows.columnCount())]
    assert "Probable" in said


def test_an_attribution_still_says_how_sure_it_is(given, page) -> None:
    assert "" not in {option.key for option in _confidences(page, *given(a_handle(), a_nominal()))}


def _confidences(page, handle, person):
    made = page(handle)
    dialog = LinkDialog(made.desk, made.dossier.brief, parent=made)
    dialog.choose(Brief(no=1, id=person.id, kind=Kind.NOMINAL, ref="", label="Aled Cors"))
    return dialog.fields["confidence"].editor.options


def drop(page: RecordPage, *paths: Path) -> bool:
    """Drag files on a page and let them go; tell whether the page took them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, held = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    spot = QPoint(20, 20)
    entered = QDragEnterEvent(spot, copy, data, LEFT, held)
    QApplication.sendEvent(page, entered)
    if entered.isAccepted():
        QApplication.sendEvent(page, QDropEvent(QPointF(spot), copy, data, LEFT, held))
    return entered.isAccepted()


def test_a_picture_dropped_on_a_person_is_offered_as_a_photograph(
    given, page, qtbot: QtBot, picture: Path
) -> None:
    (person,) = given(a_nominal())
    made = page(person)
    assert drop(made, picture)
    asked = dialog_of(made, AttachDialog)
    assert asked.path.text == str(picture)
    assert asked.fields["purpose"].text == "photograph"
    qtbot.keyClick(asked, ENTER)
    qtbot.waitUntil(lambda: not made.header.tile.picture.isNull())


def test_other_files_dropped_go_on_to_the_import(
    given, page, qtbot: QtBot, picture: Path, tmp_path: Path
) -> None:
    (person,) = given(a_nominal())
    made = page(person)
    table = tmp_path / "people.csv"
    table.write_text("Name\nAnn\n", encoding="utf-8")
    assert not drop(made, table)
    assert not drop(made, picture, table)
    assert not made.findChildren(AttachDialog)
