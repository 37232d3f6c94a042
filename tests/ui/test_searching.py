"""Ctrl+K: real keys find real records, and Enter goes there."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from makers import a_chart, a_handle, a_nominal, a_phone, a_report, an_ocg
from PySide6.QtCore import Qt

from ocgdesk.casework import watches
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Role
from ocgdesk.domain.subrecords import Note
from ocgdesk.domain.values import Alias
from ocgdesk.settings import Settings
from ocgdesk.store import journal
from ocgdesk.store.journal import Act
from ocgdesk.store.workspace import Workspace
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.watch_dialog import WatchDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.shell.palette import SearchPalette
from ocgdesk.ui.shell.values import Found
from ocgdesk.ui.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot, dressed, workspace: Workspace) -> Iterator[MainWindow]:
    made = MainWindow(Desk(workspace, Settings()))
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    quiet(qtbot, made)
    yield made
    made.close()
    made.deleteLater()


def quiet(qtbot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.current_page().ready(), timeout=20_000)
    qtbot.waitUntil(lambda: window.desk.jobs.running == (), timeout=20_000)


def results(palette: SearchPalette) -> list[Found]:
    rows = (palette.model.row(at) for at in range(palette.model.rowCount()))
    return [row for row in rows if isinstance(row, Found)]


def records(palette: SearchPalette) -> list[Found]:
    """Return the results that are records, commands and pages left out."""
    return [found for found in results(palette) if found.value.id is not None]


def search(qtbot, window: MainWindow, text: str) -> SearchPalette:
    """Press Ctrl+K, type, and wait for what is found."""
    qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    palette = window.searching.palette
    assert palette.isVisible()
    assert palette.box.hasFocus()
    with qtbot.waitSignal(palette.query_changed):
        qtbot.keyClicks(palette.box, text)
    qtbot.waitUntil(lambda: window.desk.jobs.running == ())
    return palette


def test_ctrl_k_finds_a_nominal_and_enter_opens_its_record(
    qtbot, window: MainWindow, given
) -> None:
    kyle, *_others = given(a_nominal("Kyle Penhallow"), a_nominal("Aled Cors"))
    palette = search(qtbot, window, "penh")
    first = results(palette)[0]
    assert (first.title, first.marks) == ("Kyle Penhallow", ((5, 9),))
    qtbot.keyClick(palette.box, Qt.Key.Key_Return)
    assert palette.isHidden()
    assert window.current_page().target == Target(
        page=PageKind.RECORD, kind=Kind.NOMINAL, id=kyle.id
    )
    assert len(window.open_keys()) == 2
    quiet(qtbot, window)


def test_enter_again_goes_to_the_same_tab_and_ctrl_enter_to_another(
    qtbot, window: MainWindow, given
) -> None:
    given(a_nominal("Kyle Penhallow"))
    for modifier, tabs in ((Qt.KeyboardModifier.NoModifier, 2), (CTRL, 3)):
        palette = search(qtbot, window, "penh")
        qtbot.keyClick(palette.box, Qt.Key.Key_Return, modifier)
        quiet(qtbot, window)
        assert len(window.open_keys()) == tabs


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("07*321", "07700 900321"),
        ("quietf", "quietfox"),
        ("tarn", "Tarnbrook"),
        ("Ng", "Ng"),
    ],
)
def test_numbers_handles_groups_and_names_of_two_letters_are_found(
    qtbot, window: MainWindow, given, typed, title
) -> None:
    given(a_phone("07700 900321"), a_handle("quietfox"), an_ocg("Tarnbrook"), a_nominal("Ng"))
    palette = search(qtbot, window, typed)
    assert results(palette)[0].title == title
    qtbot.keyClick(palette.box, Qt.Key.Key_Escape)
    assert palette.isHidden()


def test_a_kept_chart_is_found_and_opens_as_a_chart(qtbot, window: MainWindow, given) -> None:
    (chart,) = given(a_chart("Northern line", focus=()))
    palette = search(qtbot, window, "northern")
    found = results(palette)[0].value
    assert (found.page, found.id) == (PageKind.CHART, chart.id)
    palette.dismiss()


def test_what_cannot_be_found_is_said_with_a_way_on(qtbot, window: MainWindow) -> None:
    palette = search(qtbot, window, "qxv")
    assert "Nothing found for “qxv”" in palette.nothing.text()
    assert not palette.nothing.isHidden()
    palette.dismiss()


def test_pages_are_found_by_their_names(qtbot, window: MainWindow) -> None:
    palette = search(qtbot, window, "sett")
    (found,) = results(palette)
    assert found.value == Target(page=PageKind.SETTINGS)
    qtbot.keyClick(palette.box, Qt.Key.Key_Return)
    assert window.current_page().target.page is PageKind.SETTINGS
    quiet(qtbot, window)


def test_the_search_can_be_narrowed_to_one_kind(qtbot, window: MainWindow, given) -> None:
    given(a_nominal("Tarn Brooks"), an_ocg("Tarnbrook"))
    palette = search(qtbot, window, "tarn")
    assert {f.title for f in records(palette)} == {"Tarn Brooks", "Tarnbrook"}
    palette.kind_chosen.emit(Kind.OCG.value)
    qtbot.waitUntil(lambda: {f.title for f in records(palette)} == {"Tarnbrook"})
    palette.dismiss()


def test_a_search_is_logged_with_what_was_looked_for(qtbot, window: MainWindow, given) -> None:
    given(a_nominal("Kyle Penhallow"))
    palette = search(qtbot, window, "penh")
    palette.dismiss()
    newest, _hash = window.desk.workspace.head()
    with window.desk.workspace.connection() as connection:
        entries = [journal.entry(connection, seq) for seq in range(newest, 0, -1)]
    found = next(entry for entry in entries if entry.label == "Search")
    assert found.act is Act.CONSULTATION
    assert "penh" in str(found.detail)


def test_whoever_may_not_read_records_finds_pages_only(
    qtbot, dressed, add_user, opened_by, given
) -> None:
    given(a_nominal("Audley"))
    made = MainWindow(Desk(opened_by(add_user("aud", Role.AUDITOR)), Settings()))
    made.show()
    qtbot.waitExposed(made)
    quiet(qtbot, made)
    palette = search(qtbot, made, "aud")
    assert [found.title for found in results(palette)] == ["Audit"]
    palette.dismiss()
    made.close()
    made.deleteLater()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("penhalow", "one letter differs"),
        ("benalo", "sounds like"),
        ("pen kyle", "alias “The Pen”"),
        ("hallow", "part of the name"),
    ],
)
def test_each_result_says_why_it_is_there(qtbot, window: MainWindow, given, typed, why) -> None:
    given(a_nominal("Kyle Penhallow", aliases=(Alias("The Pen"),)))
    palette = search(qtbot, window, typed)
    (found,) = records(palette)
    assert (found.title, found.why) == ("Kyle Penhallow", why)
    assert found.second.startswith("WMPA1-NOM-")
    palette.dismiss()


def test_a_text_shows_the_words_round_what_matched(qtbot, window: MainWindow, given) -> None:
    given(a_report("INT 5", text="We saw that Kyle has the Marlow phone now."))
    palette = search(qtbot, window, "marlow")
    (found,) = records(palette)
    assert found.why == "in the text"
    ((start, end),) = found.second_marks
    assert found.second[start:end] == "Marlow"
    palette.dismiss()


def test_a_note_leads_to_the_record_it_hangs_on(qtbot, window: MainWindow, given) -> None:
    (kyle,) = given(a_nominal("Kyle Penhallow"))
    given(Note(owner=kyle.id, text="Seen with a zebra"))
    palette = search(qtbot, window, "zebra")
    (found,) = records(palette)
    assert (found.value.id, found.value.kind) == (kyle.id, Kind.NOMINAL)
    assert found.second.startswith("Kyle Penhallow")
    palette.dismiss()


def test_a_chart_round_the_first_result_is_offered(qtbot, window: MainWindow, given) -> None:
    (kyle,) = given(a_nominal("Kyle Penhallow"))
    palette = search(qtbot, window, "penh")
    command = next(found for found in results(palette) if found.title.startswith("New chart"))
    assert command.value == Target(page=PageKind.CHART, focus=(kyle.id,))
    palette.dismiss()


def test_more_than_is_shown_is_counted(qtbot, window: MainWindow, given) -> None:
    given(*(a_nominal(f"Penhallow {n}") for n in range(9)))
    palette = search(qtbot, window, "penh")
    group = palette.model.row(0)
    assert (group.title, group.count) == ("Nominals", "6 of 9")
    palette.dismiss()


def test_ctrl_s_sets_a_watch_and_the_window_tells_when_it_hears(
    qtbot, window: MainWindow, given
) -> None:
    palette = search(qtbot, window, "zebedee quince")
    qtbot.keyClick(palette.box, Qt.Key.Key_S, CTRL)
    assert palette.isHidden()
    dialog = window.findChild(WatchDialog)
    assert dialog.box.text() == "zebedee quince"
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert "Say why" in dialog.error.sentence.text()
    qtbot.keyClicks(dialog.reason, "Op Kestrel")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.findChild(WatchDialog) is None)
    assert window.notice.isHidden()
    window.desk.do("Create", lambda work: work.put(a_nominal("Zebidee Quince")))
    qtbot.waitUntil(lambda: not window.notice.isHidden())
    assert window.notice.sentence.text() == "Your watch list heard of 1 record."
    qtbot.mouseClick(window.notice.button, Qt.MouseButton.LeftButton)
    assert window.current_page().target.page is PageKind.SEARCH
    quiet(qtbot, window)


def test_what_was_heard_while_away_is_told_once_the_window_opens(
    qtbot, dressed, workspace, given
) -> None:
    with workspace.work("Save search") as done:
        watches.keep(
            done.work,
            "Quince",
            today=Desk.today(),
            alerts=True,
            reason="x",
            expires=Desk.today() + timedelta(days=5),
        )
    given(a_nominal("Zebedee Quince"))
    made = MainWindow(Desk(workspace, Settings()))
    made.show()
    qtbot.waitUntil(lambda: "1 record" in made.notice.sentence.text())
    quiet(qtbot, made)
    made.close()
    made.deleteLater()
