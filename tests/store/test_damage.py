"""Files that are damaged, cut short, foreign or tampered with: one sentence, and where."""

import random
import shutil
import sqlite3

import pytest
from makers import a_nominal, a_slot

from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import BadWorkspace, CannotWrite, NotUnlocked
from ocgdesk.security import keyfile as keyfiles
from ocgdesk.security.keys import DataKey
from ocgdesk.store import records, verification
from ocgdesk.store.workspace import Workspace

PAGE = 4096


@pytest.fixture
def closed(workspace, given):
    """A closed workspace of a few hundred pages: its path, key and user."""
    given(*(a_nominal(f"Name {n}", summary="x" * 800) for n in range(400)))
    facts = workspace.path, workspace.key, workspace.user.id
    workspace.close()
    return facts


def flip(path, offset):
    with path.open("r+b") as file:
        file.seek(offset)
        byte = file.read(1)[0]
        file.seek(offset)
        file.write(bytes([byte ^ 0x41]))


def verdict(path, key, user):
    """Verify as the command does: open, and where that fails examine the file."""
    try:
        workspace = Workspace.open(path, key, user)
    except BadWorkspace as error:
        return verification.examine(path, key, str(error))
    try:
        return verification.verify(workspace)
    finally:
        workspace.close()


def test_a_whole_workspace_verifies(closed):
    found = verdict(*closed)
    assert found.is_whole
    assert found.entries > 3


def test_one_changed_byte_of_any_page_is_found_and_its_page_named(closed):
    path, key, user = closed
    whole = path.read_bytes()
    pages = len(whole) // PAGE
    assert pages > 100
    draw = random.Random(7)  # noqa: S311 - repeatable, not secret
    for page in [0, 1, pages - 1, *draw.sample(range(2, pages - 1), 8)]:
        path.write_bytes(whole)
        flip(path, page * PAGE + draw.randrange(PAGE))
        found = verdict(path, key, user)
        assert not found.is_whole
        assert f"page {page + 1}" in {finding.where for finding in found.findings}, page


def test_a_file_cut_short_is_refused_in_one_sentence_and_left_alone(closed):
    path, key, user = closed
    whole = path.read_bytes()
    for size in (len(whole) // 2 // PAGE * PAGE, len(whole) - PAGE, PAGE + 100, 700, 0):
        path.write_bytes(whole[:size])
        with pytest.raises(BadWorkspace) as refusal:
            Workspace.open(path, key, user)
        assert path.read_bytes() == whole[:size]
        assert "\n" not in str(refusal.value)


def test_what_is_no_workspace_says_so(tmp_path, closed):
    _path, key, user = closed
    plain = tmp_path / "plain.ocgdesk"
    made = sqlite3.connect(plain)
    made.execute("CREATE TABLE t (a)")
    made.close()
    with pytest.raises(BadWorkspace, match="plain SQLite file"):
        Workspace.open(plain, key, user)
    with pytest.raises(BadWorkspace, match="cannot be read"):
        Workspace.open(tmp_path, key, user)
    with pytest.raises(BadWorkspace, match="is not there"):
        Workspace.open(tmp_path / "none.ocgdesk", key, user)
    text = tmp_path / "text.ocgdesk"
    text.write_text("just words " * 400)
    with pytest.raises(BadWorkspace):
        Workspace.open(text, key, user)


def test_another_workspaces_key_does_not_open_it(closed):
    path, _key, user = closed
    before = path.read_bytes()
    with pytest.raises(BadWorkspace, match="key does not fit"):
        Workspace.open(path, DataKey.new(), user)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE journal SET label = 'Nothing' WHERE seq = 2", "journal entry 2"),
        ("UPDATE journal SET user_id = zeroblob(16) WHERE seq = 2", "journal entry 2"),
        ("UPDATE journal SET at = '2020-01-01T00:00:00.000000+00:00' WHERE seq = 1", "entry 1"),
        ("UPDATE journal_block SET data = x'00' WHERE seq = 2", "journal entry 2"),
        ("DELETE FROM journal_block WHERE seq = 2 AND block = 0", "journal entry 2"),
        ("DELETE FROM journal_item WHERE seq = 2 AND pos = 3", "journal entry 2"),
        ("UPDATE journal_item SET pos = 4 WHERE seq = 2 AND pos = 3", "journal entry 2"),
        ("DELETE FROM journal WHERE seq = 2", "journal entry 2"),
        ("INSERT INTO journal_subject VALUES (5, 2)", "journal entry 2"),
        ("DELETE FROM search_text WHERE no = 5", "search index"),
        ("UPDATE search_text SET names = 'other' WHERE no = 5", "search index"),
        ("DELETE FROM entity WHERE no = 5", "table nominal"),
    ],
)
def test_a_row_changed_with_the_key_in_hand_is_found(closed, statement, where):
    path, key, user = closed
    workspace = Workspace.open(path, key, user)
    with workspace.engine.connect() as connection:
        raw = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys = OFF")
        assert raw.execute(statement).rowcount > 0
    found = verification.verify(workspace)
    workspace.close()
    assert not found.is_whole
    assert any(where in finding.where for finding in found.findings), found.findings


def test_a_changed_newest_entry_is_found_on_opening(closed):
    path, key, user = closed
    workspace = Workspace.open(path, key, user)
    workspace.close()
    again = Workspace.open(path, key, user)
    with again.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE journal SET reason = 'x' WHERE seq = (SELECT max(seq) FROM journal)"
        )
    again.let_go()
    with pytest.raises(BadWorkspace, match="changed after it was written"):
        Workspace.open(path, key, user)


def test_a_printed_head_is_known_as_an_ancestor_and_a_strange_one_is_not(closed):
    path, key, user = closed
    workspace = Workspace.open(path, key, user)
    printed = verification.verify(workspace).head
    with workspace.work("Add") as done:
        done.work.put(a_nominal())
    assert verification.verify(workspace, head=printed).is_whole
    strange = "0000-" * 7 + "0000"
    assert not verification.verify(workspace, head=strange).is_whole
    workspace.close()


def test_the_search_index_can_be_made_anew(closed):
    from ocgdesk.store import search

    path, key, user = closed
    workspace = Workspace.open(path, key, user)
    with workspace.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO search_word(search_word) VALUES ('delete-all')")
    assert not verification.verify(workspace).is_whole
    with workspace.engine.begin() as connection:
        search.rebuild(connection)
    assert verification.verify(workspace).is_whole
    workspace.close()


# ---- The key file ------------------------------------------------------------------------------


def test_a_missing_damaged_or_foreign_key_file_is_named(closed):
    path, key, user = closed
    keys = keyfiles.path_for(path)
    whole = keys.read_bytes()
    for spoil, where in (
        (keys.unlink, "missing"),
        (lambda: keys.write_bytes(whole[: len(whole) // 2]), "damaged"),
        (lambda: keys.write_bytes(whole.replace(b'"ann"', b'"ana"')), "differs"),
    ):
        keys.write_bytes(whole)
        spoil()
        found = verdict(path, key, user)
        assert any(f.where == "key file" and where in f.what for f in found.findings), where


def test_a_key_file_of_another_workspace_unlocks_nothing_here(make_workspace, ann):
    one, two = make_workspace("one"), make_workspace("two")
    shutil.copy(keyfiles.path_for(two.path), keyfiles.path_for(one.path))
    strange = a_slot(DataKey.new(), ann, two.about.id)
    keys = keyfiles.read(keyfiles.path_for(one.path)).with_slot(strange)
    _user, wrong = keyfiles.unlock(keys, "ann", "four quiet lanterns drift")
    one.close()
    with pytest.raises(BadWorkspace, match="another workspace"):
        Workspace.open(one.path, wrong, ann.id)


def test_the_recovery_words_make_a_missing_key_file_anew(closed):
    path, key, user = closed
    before = keyfiles.path_for(path).read_bytes()
    keyfiles.path_for(path).unlink()
    with pytest.raises(NotUnlocked):
        Workspace.open_with_words(path, DataKey.new(), "ann")
    with pytest.raises(NotUnlocked):
        Workspace.open_with_words(path, key, "nobody")
    workspace = Workspace.open_with_words(path, key, "Ann")
    assert workspace.user.id == user
    workspace.close()
    assert keyfiles.path_for(path).read_bytes() == before


def test_making_a_workspace_over_another_is_refused_and_leaves_it_alone(
    make_workspace, workspace, given
):
    given(a_nominal())
    with pytest.raises(CannotWrite, match="there already"):
        make_workspace("case")
    with workspace.reading() as reader:
        assert records.counts(reader, [Kind.NOMINAL]) == {Kind.NOMINAL: 1}
