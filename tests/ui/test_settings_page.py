"""Settings: what a user prefers, and what an administrator changes for everybody."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from makers import CHEAP, PASSPHRASE, a_nominal, a_user
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ocgdesk import settings
from ocgdesk.casework import access, backups
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.people import Role
from ocgdesk.errors import NotUnlocked
from ocgdesk.security import keyfile
from ocgdesk.settings import Settings
from ocgdesk.store import copies
from ocgdesk.ui import fonts, theme
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.encrypt_dialog import EncryptDialog
from ocgdesk.ui.dialogs.forms import WordGrid
from ocgdesk.ui.dialogs.passphrase_dialog import PassphraseDialog
from ocgdesk.ui.dialogs.user_dialog import UserDialog
from ocgdesk.ui.dialogs.words_dialog import HandOutDialog
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.pages.settings_page import SettingsPage
from ocgdesk.ui.pages.settings_users import UsersModel
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.window import MainWindow

NEW = "seven green kettles whistle softly"

Open = Callable[..., SettingsPage]


pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def open_page(qtbot: QtBot, desk: Desk) -> Open:
    def open_(tab: str = "", at: Desk = desk) -> SettingsPage:
        page = SettingsPage(at, Target(page=PageKind.SETTINGS, tab=tab), cost=CHEAP)
        page.resize(1440, 900)
        qtbot.addWidget(page)
        page.show()
        qtbot.waitUntil(page.ready)
        return page

    return open_


def dialog_of(page: SettingsPage, kind: type) -> object:
    found = page.findChildren(kind)
    assert len(found) == 1
    return found[0]


def test_users_who_are_no_administrators_see_no_section_of_theirs(
    open_page: Open, opened_by, another_user
):
    desk = Desk(opened_by(another_user), Settings())
    page = open_page("users", desk)
    assert list(page.list.buttons) == ["me", "appearance", "backup"]
    assert page.current == "me"
    desk.close()


def test_author_and_agency_are_kept_for_the_next_time(qtbot: QtBot, open_page: Open, desk: Desk):
    page = open_page("me")
    page.me.author.setText("A. Example")
    page.me.agency.setText("wmp")
    qtbot.keyClick(page.me.agency, Qt.Key.Key_Return)
    assert (desk.settings.author, desk.settings.agency) == ("A. Example", "WMP")
    assert settings.load().author == "A. Example"


def test_the_theme_and_the_size_of_text_hold_at_once(open_page: Open, desk: Desk):
    page = open_page("appearance")
    page.appearance.theme.chosen.emit("contrast")
    assert theme.current().name == "high-contrast"
    page.appearance.scale.setValue(15)
    assert fonts.scale() == 1.5
    assert settings.load().text_scale == 1.5
    page.appearance.scale.setValue(10)
    page.appearance.theme.chosen.emit("light")
    assert settings.load().theme == "light"
    assert desk.settings.theme == "light"


def test_never_locking_is_not_offered_unless_it_was_set(open_page: Open, desk: Desk):
    keys = [option.key for option in open_page("appearance").appearance.lock.options]
    assert "0" not in keys
    desk.settings = Settings(lock_after_minutes=0)
    page = open_page("appearance")
    assert page.appearance.lock.current == "0"


def test_changing_the_passphrase_asks_for_the_old_one(qtbot: QtBot, open_page: Open, desk: Desk):
    page = open_page("me")
    qtbot.mouseClick(page.me.passphrase_button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(page, PassphraseDialog)
    dialog.old.setText("not this one at all")
    qtbot.keyClicks(dialog.passphrase.first, NEW)
    qtbot.keyClicks(dialog.passphrase.second, NEW)
    dialog.on_accept()
    qtbot.waitUntil(lambda: not dialog.busy)
    assert dialog.error.sentence.text() == "That did not unlock the workspace."
    dialog.old.setText(PASSPHRASE)
    with qtbot.waitSignal(dialog.changed):
        dialog.on_accept()
    path = desk.workspace.path
    access.unlock(path, "ann", NEW).close()
    with pytest.raises(NotUnlocked):
        access.unlock(path, "ann", PASSPHRASE)


def test_a_weak_passphrase_is_hinted_at_while_typing_and_refused(qtbot: QtBot, open_page: Open):
    page = open_page("me")
    qtbot.mouseClick(page.me.passphrase_button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(page, PassphraseDialog)
    dialog.old.setText(PASSPHRASE)
    qtbot.keyClicks(dialog.passphrase.first, "password")
    qtbot.waitUntil(lambda: "12 characters" in dialog.passphrase.hint.text())
    dialog.on_accept()
    assert "12 characters" in dialog.error.sentence.text()
    assert not dialog.busy
    dialog.reject()


def test_an_administrator_adds_a_user_who_can_then_unlock(
    qtbot: QtBot, open_page: Open, desk: Desk
):
    page = open_page("users")
    qtbot.mouseClick(page.users.add_button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(page, UserDialog)
    qtbot.keyClicks(dialog.name, "lee")
    qtbot.keyClicks(dialog.display, "L. Rowe")
    dialog.roles.tick(frozenset({Role.LRO}))
    dialog.passphrase.first.setText(NEW)
    dialog.passphrase.second.setText(NEW)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.ready() and page.users.model.rowCount() == 2)
    opened = access.unlock(desk.workspace.path, "lee", NEW)
    assert opened.user.roles == {Role.LRO}
    opened.close()


@pytest.mark.usefixtures("another_user")
def test_a_users_key_is_taken_away_and_it_is_said_what_that_does_not_do(
    qtbot: QtBot, open_page: Open, desk: Desk
):
    page = open_page("users")
    bea = access.find_user(desk.workspace, "bea")
    page.users.table.selectRow(page.users.model.row_of(bea))
    qtbot.mouseClick(page.users.key_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.users.model.has_key(bea))
    assert "Only encrypting anew" in page.users.note.sentence.text()
    assert page.users.model.index(page.users.model.row_of(bea), 2).data() == "no key"
    with pytest.raises(NotUnlocked):
        access.unlock(desk.workspace.path, "bea", PASSPHRASE)
    page.users.table.selectRow(page.users.model.row_of(desk.user))
    assert "your own" in page.users.key_button.toolTip()


@pytest.mark.usefixtures("another_user")
def test_roles_and_access_of_the_user_chosen_can_be_changed(
    qtbot: QtBot, open_page: Open, desk: Desk
):
    page = open_page("users")
    row = next(r for r in range(2) if page.users.model.user(r).name == "bea")
    page.users.table.selectRow(row)
    page.users.ticks.tick(frozenset({Role.SIO, Role.READER}))
    qtbot.mouseClick(page.users.roles_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.ready)
    assert access.find_user(desk.workspace, "bea").roles == {Role.SIO, Role.READER}
    qtbot.mouseClick(page.users.disable_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: access.find_user(desk.workspace, "bea").disabled)
    qtbot.waitUntil(lambda: page.users.disable_button.text() == "Enable")


def test_nobody_disables_themselves_or_the_last_administrator(qtbot: QtBot, open_page: Open):
    page = open_page("users")
    page.users.table.selectRow(0)
    assert not page.users.disable_button.isEnabled()
    page.users.ticks.tick(frozenset({Role.ANALYST}))
    qtbot.mouseClick(page.users.roles_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.ready)
    assert page.users.note.sentence.text() == "Somebody must stay administrator"


@pytest.mark.usefixtures("another_user")
def test_a_reset_passphrase_opens_and_the_old_one_no_more(
    qtbot: QtBot, open_page: Open, desk: Desk
):
    page = open_page("users")
    row = next(r for r in range(2) if page.users.model.user(r).name == "bea")
    page.users.table.selectRow(row)
    qtbot.mouseClick(page.users.reset_button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(page, PassphraseDialog)
    dialog.passphrase.first.setText(NEW)
    dialog.passphrase.second.setText(NEW)
    with qtbot.waitSignal(dialog.changed):
        dialog.on_accept()
    access.unlock(desk.workspace.path, "bea", NEW).close()
    qtbot.waitUntil(page.ready)


def test_name_and_marking_are_changed_inside_and_in_the_key_file(
    qtbot: QtBot, open_page: Open, desk: Desk
):
    page = open_page("workspace")
    page.workspace.name.setText("Harbour")
    page.workspace.marking.choose(Marking.OFFICIAL.value)
    qtbot.mouseClick(page.workspace.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.ready)
    assert desk.workspace.about.name == "Harbour"
    assert desk.workspace.about.marking is Marking.OFFICIAL
    assert desk.workspace.value("name") == "Harbour"
    keys = keyfile.read(keyfile.path_for(desk.workspace.path))
    assert (keys.workspace_name, keys.marking) == ("Harbour", "official")


def test_the_marking_is_never_lower_than_a_record(qtbot: QtBot, open_page: Open, desk: Desk, given):
    given(a_nominal(marking=Marking.OFFICIAL_SENSITIVE))
    page = open_page("workspace")
    page.workspace.marking.choose(Marking.OFFICIAL.value)
    qtbot.mouseClick(page.workspace.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.ready)
    assert "marked higher than OFFICIAL" in page.workspace.note.sentence.text()
    assert desk.workspace.about.marking is Marking.OFFICIAL_SENSITIVE


def test_recovery_words_are_shown_for_a_passphrase_and_two_asked_back(
    qtbot: QtBot, open_page: Open
):
    page = open_page("workspace")
    qtbot.mouseClick(page.workspace.words_button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(page, HandOutDialog)
    dialog.passphrase.setText(PASSPHRASE)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.words is not None)
    dialog.on_accept()
    for box in dialog.words.check.boxes.values():
        box.setText("wrong")
    dialog.on_accept()
    assert "not what was shown" in dialog.error.sentence.text()
    dialog.close()


def words_shown(dialog: HandOutDialog) -> list[str]:
    """Return the recovery words as they stand on the screen, in their order."""
    names = [part.accessibleName() for part in dialog.words.findChild(WordGrid).findChildren(Label)]
    numbered = [name.split(": ") for name in names if ": " in name]
    return [word for _number, word in sorted(numbered, key=lambda pair: int(pair[0]))]


def give_back_words(dialog: HandOutDialog) -> None:
    """Go on from the words shown, and type the two that are asked back."""
    words = words_shown(dialog)
    dialog.on_accept()
    for place, box in dialog.words.check.boxes.items():
        box.setText(words[place])
    dialog.on_accept()


def test_the_workspace_is_encrypted_anew_and_work_goes_on(
    qtbot: QtBot, open_page: Open, desk: Desk, add_user
):
    add_user("bea", Role.READER)
    page, old = open_page("workspace"), desk.workspace
    qtbot.mouseClick(page.workspace.encrypt_button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(page, EncryptDialog)
    assert "Only this shuts out" in dialog.about.text()
    assert "bea" in dialog.about.text()
    dialog.passphrase.setText(PASSPHRASE)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.words is not None)
    words = words_shown(dialog)
    with qtbot.waitSignal(dialog.encrypted, timeout=20_000):
        give_back_words(dialog)
    assert desk.workspace is not old
    assert desk.workspace.key.raw != old.key.raw
    assert "bea" in page.workspace.note.sentence.text()
    assert desk.do("Add nominal", lambda work: work.put(a_nominal("Nobody")))
    path = desk.workspace.path
    with pytest.raises(NotUnlocked):
        access.unlock(path, "bea", PASSPHRASE)
    access.unlock(path, "ann", PASSPHRASE).close()
    access.recover(path, words, "ann", NEW, cost=CHEAP).close()


def test_encrypting_anew_needs_the_passphrase_and_the_words(
    qtbot: QtBot, open_page: Open, desk: Desk
):
    page, key = open_page("workspace"), desk.workspace.key
    qtbot.mouseClick(page.workspace.encrypt_button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(page, EncryptDialog)
    dialog.passphrase.setText("wrong wrong wrong")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "unlock" in dialog.error.sentence.text())
    dialog.passphrase.setText(PASSPHRASE)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.words is not None)
    dialog.on_accept()
    dialog.on_accept()
    assert "not what was shown" in dialog.error.sentence.text()
    dialog.close()
    assert desk.workspace.key is key


def test_another_window_on_the_file_is_told_and_nothing_is_changed(
    qtbot: QtBot, open_page: Open, desk: Desk, opened_by, another_user
):
    other = opened_by(another_user)
    page, key = open_page("workspace"), desk.workspace.key
    qtbot.mouseClick(page.workspace.encrypt_button, Qt.MouseButton.LeftButton)
    dialog = dialog_of(page, EncryptDialog)
    dialog.passphrase.setText(PASSPHRASE)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.words is not None)
    with other.reading() as reader:
        reader.has_restrictions  # noqa: B018 - it reads, so that the file is in use
        give_back_words(dialog)
        qtbot.waitUntil(
            lambda: "Nothing was changed" in dialog.error.sentence.text(), timeout=30_000
        )
    dialog.close()
    assert desk.workspace.key is key
    assert desk.do("Add nominal", lambda work: work.put(a_nominal("Nobody")))


def test_verifying_the_workspace_gives_the_head_of_its_journal(qtbot: QtBot, open_page: Open):
    page = open_page("workspace")
    qtbot.mouseClick(page.workspace.verify_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.ready, timeout=20_000)
    assert page.workspace.verdict.text().startswith("Whole")
    assert "Head of the journal" in page.workspace.verdict.text()


def test_a_backup_is_written_and_restored_into_a_new_file(
    qtbot: QtBot, open_page: Open, given, tmp_path: Path
):
    given(a_nominal("Aled Cors"))
    page = open_page("backup")
    copy, back = tmp_path / "copy.ocgbackup", tmp_path / "back.ocgdesk"
    page.backup.back_up(copy)
    qtbot.waitUntil(lambda: page.ready() and "Backed up" in page.backup.note.sentence.text())
    page.backup.restore(copy, back)
    qtbot.waitUntil(lambda: page.ready() and "Restored" in page.backup.note.sentence.text())
    access.unlock(back, "ann", PASSPHRASE).close()
    page.backup.restore(copy, back)
    qtbot.waitUntil(lambda: page.ready() and "already" in page.backup.note.sentence.text())


def test_closing_after_an_edit_keeps_a_backup_and_only_the_newest(
    make_workspace,
):
    workspace = make_workspace("harbour")
    kept = Settings(backup_keep=1)
    for turn in range(2):
        since, _head = workspace.head()
        with workspace.work("Add nominal") as done:
            done.work.put(a_nominal(f"Number {turn}"))
        assert backups.backups_at_close(workspace, kept, since) is not None
    folder = backups.folder_of(workspace.path, kept)
    assert len(copies.rotated(workspace.path, folder)) == 1
    found = backups.last_at_close(workspace.path, kept)
    assert found is not None


def test_closing_without_an_edit_keeps_no_backup(make_workspace):
    workspace = make_workspace("harbour")
    since, _head = workspace.head()
    assert backups.backups_at_close(workspace, Settings(), since) is None
    with workspace.work("Add nominal") as done:
        done.work.put(a_nominal())
    off = Settings(backup_at_close=False)
    assert backups.backups_at_close(workspace, off, since) is None
    assert not backups.folder_of(workspace.path, off).exists()


def test_zero_minutes_never_lock(qtbot: QtBot, make_workspace):
    window = MainWindow(Desk(make_workspace("harbour"), Settings(lock_after_minutes=0)))
    locked = []
    window.locked.connect(lambda: locked.append(time.monotonic()))
    qtbot.wait(2_200)
    assert not locked
    window.close()


def test_the_users_model_keeps_qts_contract(qtmodeltester):
    model = UsersModel()
    qtmodeltester.check(model)
    model.show_users((a_user("ann"), a_user("bea", disabled=True)), frozenset())
    qtmodeltester.check(model)


def test_sections_are_made_when_gone_to_and_never_hold_the_window(
    qtbot: QtBot, open_page: Open, heartbeat
):
    open_page()  # the first one loads modules, fonts and icons too
    heartbeat.start()
    page = open_page()
    assert set(page.sections) == {"me"}
    for key in page.stack.offered:
        page.show_section(key)
        qtbot.waitUntil(page.ready)
    heartbeat.stop()
    wanted = {"me", "appearance", "workspace", "users", "access", "backup"}
    assert set(page.sections) == set(page.stack.offered) == wanted
    assert heartbeat.busy_ms < 100
