"""Getting in: unlock, make a workspace, recover with the words. Real files, cheap keys."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from makers import CHEAP, PASSPHRASE
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ocgdesk.casework import access
from ocgdesk.casework.access import NewWorkspace
from ocgdesk.security import keyfile
from ocgdesk.settings import Settings
from ocgdesk.store.workspace import Workspace
from ocgdesk.ui.dialogs.new_workspace_dialog import NewWorkspaceDialog
from ocgdesk.ui.dialogs.recovery_dialog import RecoveryDialog
from ocgdesk.ui.entry import Entry

SAID = "That did not unlock the workspace."
NEW = "seven green kettles whistle softly"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "harbour.ocgdesk"


@pytest.fixture
def words(path: Path) -> tuple[str, ...]:
    """The recovery words of a workspace that lies closed in its folder."""
    new = NewWorkspace(name="Harbour", agency="WMP", user="ann", display="A. Example")
    workspace, words = access.create(path, new, PASSPHRASE, cost=CHEAP)
    workspace.close()
    return words


pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def entry(qtbot: QtBot, tmp_path: Path) -> Iterator[Entry]:
    made = Entry(Settings(agency="WMP", recent=(str(tmp_path / "gone.ocgdesk"),)), cost=CHEAP)
    qtbot.addWidget(made.page)
    made.page.resize(1440, 900)
    made.page.show()
    yield made
    made.close()


@pytest.fixture
def caught() -> Iterator[list[Workspace]]:
    """Workspaces that were opened; closed when the test ends."""
    found: list[Workspace] = []
    yield found
    for workspace in found:
        workspace.close()


def fill(dialog: NewWorkspaceDialog, path: Path) -> None:
    dialog.name.setText("Harbour")
    dialog.place.setText(str(path))
    dialog.user.setText("ann")
    dialog.display.setText("A. Example")
    dialog.passphrase.first.setText(NEW)
    dialog.passphrase.second.setText(NEW)


def make_dialog(qtbot: QtBot, entry: Entry) -> NewWorkspaceDialog:
    qtbot.mouseClick(entry.page.card.new_button, Qt.MouseButton.LeftButton)
    return entry.page.findChild(NewWorkspaceDialog)


def recovery(qtbot: QtBot, entry: Entry, path: Path) -> RecoveryDialog:
    entry.offer(path)
    qtbot.mouseClick(entry.page.card.recovery_button, Qt.MouseButton.LeftButton)
    return entry.page.findChild(RecoveryDialog)


def test_the_first_window_needs_neither_sqlalchemy_nor_pandas_nor_matplotlib():
    code = (
        "import sys, ocgdesk.ui.entry, ocgdesk.ui.dialogs.new_workspace_dialog, "
        "ocgdesk.ui.dialogs.recovery_dialog; "
        "heavy = {'sqlalchemy', 'sqlcipher3', 'pandas', 'matplotlib', 'networkx', 'igraph'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert run.stdout.strip() == "[]"


@pytest.mark.usefixtures("words")
def test_the_right_passphrase_opens_the_workspace(qtbot, entry: Entry, path, caught):
    entry.opened.connect(caught.append)
    entry.offer(path)
    card = entry.page.card
    assert card.title.text() == "Unlock Harbour"
    qtbot.keyClicks(card.passphrase, PASSPHRASE)
    qtbot.keyClick(card.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(caught) == 1)
    assert caught[0].user.name == "ann"
    assert card.passphrase.text() == ""


@pytest.mark.usefixtures("words")
def test_a_wrong_passphrase_is_one_sentence_and_the_wait_grows(qtbot, entry: Entry, path, caught):
    entry.opened.connect(caught.append)
    entry.offer(path)
    card = entry.page.card
    for turn in range(2):
        qtbot.keyClicks(card.passphrase, f"wrong one {turn}")
        qtbot.mouseClick(card.unlock_button, Qt.MouseButton.LeftButton)
        said = SAID if turn == 0 else f"{SAID} Try again in 1 second."
        qtbot.waitUntil(lambda said=said: card.error.text() == said)
    assert not card.unlock_button.isEnabled()
    qtbot.waitUntil(card.unlock_button.isEnabled, timeout=4_000)
    assert not caught


def test_a_workspace_that_is_gone_is_shown_as_such(entry: Entry):
    assert [known.missing for known in entry.page.card.known] == [True]


@pytest.mark.usefixtures("words")
def test_a_key_file_somebody_wrote_in_does_not_stop_the_window(entry: Entry, path):
    keys = keyfile.path_for(path)
    keys.write_text(keys.read_text().replace("official-sensitive", "cosmic"))
    entry.offer(path)
    assert entry.page.banners[0].marking == "official-sensitive"


def test_a_new_workspace_is_made_and_two_words_asked_back(qtbot, entry: Entry, path, caught):
    entry.opened.connect(caught.append)
    dialog = make_dialog(qtbot, entry)
    assert dialog.agency.text() == "WMP"
    fill(dialog, path)
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.words is not None)
    dialog.reject()  # the words must not be lost by a slip
    assert "Write the words down" in dialog.error.sentence.text()
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    for box in dialog.words.check.boxes.values():
        qtbot.keyClicks(box, "nothing")
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    assert "not what was shown" in dialog.error.sentence.text()
    assert not caught
    given_words = words_shown(dialog)
    assert len(given_words) == 24
    for place, box in dialog.words.check.boxes.items():
        box.clear()
        qtbot.keyClicks(box, given_words[place])
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    assert len(caught) == 1
    assert caught[0].about.name == "Harbour"
    caught.pop().close()
    access.recover(path, given_words, "ann", PASSPHRASE, cost=CHEAP).close()


def words_shown(dialog: NewWorkspaceDialog) -> list[str]:
    from ocgdesk.ui.dialogs.forms import WordGrid
    from ocgdesk.ui.widgets.labels import Label

    grid = dialog.words.findChild(WordGrid)
    labels = [label for label in grid.findChildren(Label) if label.accessibleName()]
    numbered = (label.accessibleName().split(": ") for label in labels)
    return [word for _n, word in sorted((int(n), word) for n, word in numbered)]


def test_without_recovery_words_the_consequence_is_said(qtbot, entry: Entry, path, caught):
    entry.opened.connect(caught.append)
    dialog = make_dialog(qtbot, entry)
    fill(dialog, path)
    assert not dialog.consequence.isVisible()
    qtbot.mouseClick(dialog.no_words, Qt.MouseButton.LeftButton)
    assert dialog.consequence.isVisible()
    dialog.on_accept()
    qtbot.waitUntil(lambda: len(caught) == 1)
    assert not caught[0].about.recovery


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda d: d.name.clear(), "Give the workspace a name."),
        (lambda d: d.agency.clear(), "Give the letters of your agency, such as WMP."),
        (lambda d: d.passphrase.second.clear(), "The two passphrases differ."),
        (lambda d: d.passphrase.first.setText("Harbour ann"), "12 characters"),
    ],
)
def test_what_is_missing_is_said_in_place(
    qtbot, entry: Entry, path, spoil: Callable[[NewWorkspaceDialog], None], said
):
    dialog = make_dialog(qtbot, entry)
    fill(dialog, path)
    spoil(dialog)
    dialog.on_accept()
    assert said in dialog.error.sentence.text()
    assert not path.exists()
    dialog.reject()


@pytest.mark.usefixtures("words")
def test_a_file_that_is_there_already_is_never_written_over(qtbot, entry: Entry, path):
    before = path.read_bytes()
    dialog = make_dialog(qtbot, entry)
    fill(dialog, path)
    dialog.on_accept()
    qtbot.waitUntil(lambda: bool(dialog.error.sentence.text()))
    assert path.read_bytes() == before
    dialog.reject()


def test_the_recovery_words_give_a_new_passphrase(qtbot, entry: Entry, words, path, caught):
    entry.opened.connect(caught.append)
    dialog = recovery(qtbot, entry, path)
    dialog.words.setPlainText("\n".join(f"{n}. {w}" for n, w in enumerate(words, start=1)))
    assert dialog.words_row.note.text() == "24 of 24 words"
    dialog.passphrase.first.setText(NEW)
    dialog.passphrase.second.setText(NEW)
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(caught) == 1)
    caught.pop().close()
    access.unlock(path, "ann", NEW).close()


@pytest.mark.usefixtures("words")
def test_words_of_another_workspace_do_not_open_this_one(qtbot, entry: Entry, path, caught):
    entry.opened.connect(caught.append)
    other = path.with_name("other.ocgdesk")
    new = NewWorkspace(name="Other", agency="WMP", user="ann")
    made, others = access.create(other, new, PASSPHRASE, cost=CHEAP)
    made.close()
    dialog = recovery(qtbot, entry, path)
    dialog.words.setPlainText(" ".join(others))
    dialog.passphrase.first.setText(NEW)
    dialog.passphrase.second.setText(NEW)
    for _turn in range(2):
        dialog.on_accept()
        qtbot.waitUntil(lambda: not dialog.busy and bool(dialog.error.sentence.text()))
    assert not dialog.accept_button.isEnabled()
    assert "Try again in 1 second" in dialog.accept_button.text()
    qtbot.waitUntil(dialog.accept_button.isEnabled, timeout=4_000)
    dialog.reject()
    assert not caught


def test_a_word_that_is_missing_is_counted_before_anything_is_tried(
    qtbot, entry: Entry, words, path
):
    dialog = recovery(qtbot, entry, path)
    dialog.words.setPlainText(" ".join(words[:-1]))
    dialog.on_accept()
    assert dialog.error.sentence.text() == "There are 24 recovery words; 23 were given."
    dialog.reject()
