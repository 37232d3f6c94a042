"""Backups, rotation, restoration, re-keying; and that nothing lies anywhere in the clear."""

import os
from dataclasses import replace

import pytest
from makers import PASSPHRASE, a_handle, a_nominal, a_report, a_slot, an_ocg

from ocgdesk.domain.entities import Nominal
from ocgdesk.domain.people import Role
from ocgdesk.domain.values import Alias, Identifier
from ocgdesk.errors import BadWorkspace, CannotWrite, NotUnlocked, Refused
from ocgdesk.security import keyfile as keyfiles
from ocgdesk.security.keys import DataKey
from ocgdesk.store import bundle, copies, journal, rekeying, replacing, verification
from ocgdesk.store.workspace import Workspace


def reopened(path, workspace):
    return Workspace.open(path, workspace.key, workspace.user.id)


# ---- Backups -----------------------------------------------------------------------------------


def test_a_backup_brings_everything_back_keys_included(workspace, given, tmp_path):
    nominal = given(a_nominal("Kept"))[0]
    head = copies.backup(workspace, tmp_path / "b.ocgbackup")
    given(a_nominal("Later"))
    copies.restore(tmp_path / "b.ocgbackup", tmp_path / "new.ocgdesk")
    keys = keyfiles.read(keyfiles.path_for(tmp_path / "new.ocgdesk"))
    user_id, key = keyfiles.unlock(keys, "ann", PASSPHRASE)
    again = Workspace.open(tmp_path / "new.ocgdesk", key, user_id)
    with again.reading() as reader:
        assert reader.get(Nominal, nominal.id) == nominal
    assert verification.verify(again, head=head).is_whole
    assert again.undo_step().label == "Given"
    again.close()
    assert verification.verify(workspace, head=head).is_whole


def test_a_backup_is_of_one_moment_though_others_write_meanwhile(workspace, given, tmp_path):
    given(*(a_nominal(f"Name {n}", summary="x" * 3_000) for n in range(1_500)))
    seen = []

    def meanwhile(done, total, _what):
        seen.append((done, total))
        given(a_nominal("Meanwhile"))

    copies.backup(workspace, tmp_path / "b.ocgbackup", meanwhile)
    assert len(seen) > 2, "the copy was made in one go"
    copies.restore(tmp_path / "b.ocgbackup", tmp_path / "new.ocgdesk")
    again = reopened(tmp_path / "new.ocgdesk", workspace)
    assert verification.verify(again).is_whole
    with again.reading() as reader:
        labels = {t.label for t in reader.load(range(1, 1_600))}
    assert "Name 7" in labels
    assert "Meanwhile" not in labels
    again.close()


def test_a_backup_on_a_network_folder_works_while_the_file_is_held(make_workspace, tmp_path):
    workspace = make_workspace("net", shared=False)
    copies.backup(workspace, tmp_path / "b.ocgbackup")
    copies.restore(tmp_path / "b.ocgbackup", tmp_path / "new.ocgdesk")
    reopened(tmp_path / "new.ocgdesk", workspace).close()


def test_nothing_is_overwritten(workspace, tmp_path):
    copies.backup(workspace, tmp_path / "b.ocgbackup")
    with pytest.raises(CannotWrite, match="there already"):
        copies.backup(workspace, tmp_path / "b.ocgbackup")
    with pytest.raises(CannotWrite, match="there already"):
        copies.restore(tmp_path / "b.ocgbackup", workspace.path)
    (tmp_path / "only.ocgdesk.keys").write_text("mine")
    with pytest.raises(CannotWrite, match="there already"):
        copies.restore(tmp_path / "b.ocgbackup", tmp_path / "only.ocgdesk")
    assert (tmp_path / "only.ocgdesk.keys").read_text() == "mine"


@pytest.mark.parametrize("spoil", ["cut", "flip", "longer", "start", "empty", "none"])
def test_a_spoilt_backup_is_refused_and_leaves_nothing(workspace, given, tmp_path, spoil):
    given(a_nominal())
    source = tmp_path / "b.ocgbackup"
    copies.backup(workspace, source)
    whole = source.read_bytes()
    middle = len(whole) // 2
    spoilt = {
        "cut": whole[:middle],
        "flip": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        "longer": whole + b"x",
        "start": b"y" + whole[1:],
        "empty": b"",
    }
    source.write_bytes(spoilt.get(spoil, b""))
    if spoil == "none":
        source.unlink()
    with pytest.raises(BadWorkspace):
        copies.restore(source, tmp_path / "new.ocgdesk")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("new")]


def test_what_a_killed_backup_left_does_not_block_the_next(workspace, tmp_path):
    (tmp_path / "b.ocgbackup.part").write_bytes(b"half")
    (tmp_path / "b.ocgbackup.new").write_bytes(b"half")
    copies.backup(workspace, tmp_path / "b.ocgbackup")
    left = {path.name for path in tmp_path.iterdir() if path.name.startswith("b.")}
    assert left == {"b.ocgbackup"}


def test_a_cancelled_backup_leaves_nothing(workspace, tmp_path):
    from ocgdesk.errors import Cancelled

    def cancel(*_args):
        raise Cancelled

    with pytest.raises(Cancelled):
        copies.backup(workspace, tmp_path / "b.ocgbackup", cancel)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("b.")]


def test_a_backup_into_no_folder_is_one_sentence(workspace, tmp_path):
    with pytest.raises(CannotWrite):
        copies.backup(workspace, tmp_path / "none" / "b.ocgbackup")


def test_rotation_keeps_the_newest_and_only_this_workspaces(workspace, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "case-notes.txt").write_text("mine")
    (folder / f"other-20260101-000000-000000{copies.SUFFIX}").write_text("another's")
    made = [copies.rotate(workspace, folder, keep=3) for _ in range(5)]
    assert copies.rotated(workspace.path, folder) == made[:1:-1]
    assert (folder / "case-notes.txt").exists()
    assert len(list(folder.iterdir())) == 5
    copies.restore(made[-1], tmp_path / "new.ocgdesk")


def test_a_rotation_that_fails_removes_no_older_backup(workspace, tmp_path, monkeypatch):
    folder = tmp_path / "backups"
    kept = copies.rotate(workspace, folder, keep=1)

    def full(*_args):
        raise CannotWrite("The disk is full; nothing was saved")

    monkeypatch.setattr(bundle, "write", full)
    with pytest.raises(CannotWrite):
        copies.rotate(workspace, folder, keep=1)
    assert copies.rotated(workspace.path, folder) == [kept]


# ---- In the clear ------------------------------------------------------------------------------


def test_no_word_of_any_record_lies_in_any_file_that_was_written(
    make_workspace, add_user, tmp_path
):
    words = ["Zyxwellian", "quillfoxes", "Brambleditch", "07700900999", "Kittiwakes"]
    workspace = make_workspace("net", shared=False)
    add_user("Periwinkle", Role.READER)
    with workspace.work("Add", reason="Kittiwakes") as done:
        done.work.put(
            a_nominal(
                words[0], aliases=(Alias(words[1]),), identifiers=(Identifier("x", words[3]),)
            ),
            an_ocg(words[2]),
            a_handle(words[1]),
            a_report(words[4], text=" ".join(words)),
        )
    with workspace.reading("Kittiwakes") as reader:
        reader.saw("Search", detail_text=words[0])
    copies.backup(workspace, tmp_path / "b.ocgbackup")
    written = contents(tmp_path)
    workspace.close()
    opened = reopened(workspace.path, workspace)
    with opened.work("Add") as done:
        done.work.put(a_nominal("Zyxwellian"))
    written |= contents(tmp_path)
    opened.close()
    ends = {path.suffix for path in written}
    assert ends >= {".ocgdesk", ".keys", ".holder", ".ocgbackup", ".ocgdesk-wal", ".ocgdesk-shm"}
    for path, data in written.items():
        assert not data.startswith(b"SQLite format 3"), path.name
        for word in words:
            for form in (word, word.lower(), word.upper()):
                assert form.encode() not in data, (path.name, word)
                assert form.encode("utf-16-le") not in data, (path.name, word)


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_file_is_its_owners_alone(make_workspace, tmp_path):
    workspace = make_workspace("mine")
    copies.backup(workspace, tmp_path / "b.ocgbackup")
    for path in tmp_path.iterdir():
        if path.is_file():
            assert path.stat().st_mode & 0o077 == 0, path.name


# ---- Encrypting anew ---------------------------------------------------------------------------


def rekeyed(workspace, **more):
    key = DataKey.new()
    slot = a_slot(key, workspace.user, workspace.about.id, "a new set of words")
    return key, rekeying.rekey(workspace, key, slot, recovery=False, **more)


def test_after_re_keying_only_the_new_key_opens_and_others_must_be_let_in_again(
    workspace, given, another_user
):
    nominal = given(a_nominal("Kept"))[0]
    old, path, ann = workspace.key, workspace.path, workspace.user.id
    new, result = rekeyed(workspace, reason="laptop lost")
    assert result.locked_out == (another_user.name,)
    with result.workspace.reading() as reader:
        assert reader.get(Nominal, nominal.id) == nominal
    verdict = verification.verify(result.workspace)
    assert verdict.is_whole
    result.workspace.close()
    with pytest.raises(BadWorkspace):
        Workspace.open(path, old, ann)
    keys = keyfiles.read(keyfiles.path_for(path))
    assert keyfiles.unlock(keys, "ann", "a new set of words") == (ann, new)
    with pytest.raises(NotUnlocked):
        keyfiles.unlock(keys, "bea", PASSPHRASE)
    again = Workspace.open(path, new, ann)
    assert not again.about.recovery
    with again.engine.connect() as connection:
        acts = [journal.entry(connection, n + 1) for n in range(again.head()[0])]
    assert ("keys", "laptop lost") in [(entry.act.value, entry.reason) for entry in acts]
    again.close()
    left = {p.name for p in path.parent.iterdir() if p.is_file()}
    assert left == {path.name, f"{path.name}.keys"}


def test_re_keying_is_refused_while_another_window_has_the_file_open(
    workspace, given, ann, opened_by
):
    given(a_nominal())
    other = opened_by(ann)
    with pytest.raises(CannotWrite, match="close it there first"):
        rekeyed(workspace)
    given(a_nominal())
    assert verification.verify(other).is_whole
    assert keyfiles.unlock(workspace.keys(), "ann", PASSPHRASE)[1] == workspace.key


def test_re_keying_needs_an_administrator(opened_by, another_user):
    with pytest.raises(Refused, match="administrator"):
        rekeyed(opened_by(another_user))


def test_re_keying_cut_off_before_the_rename_is_finished_on_opening(workspace, given, monkeypatch):
    nominal = given(a_nominal("Kept"))[0]
    path, ann = workspace.path, workspace.user.id

    def cut(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(replacing, "put_in_place", cut)
    with pytest.raises(KeyboardInterrupt):
        rekeyed(workspace)
    monkeypatch.undo()
    assert replacing.working_name(path).exists()
    user, key = keyfiles.unlock(keyfiles.read(keyfiles.path_for(path)), "ann", "a new set of words")
    again = Workspace.open(path, key, ann)
    with again.reading() as reader:
        assert reader.get(Nominal, nominal.id) == nominal
    assert user == ann
    assert verification.verify(again).is_whole
    assert not replacing.working_name(path).exists()
    again.close()


def test_re_keying_cut_off_before_the_key_file_leaves_the_old_key_good(
    workspace, given, monkeypatch
):
    nominal = given(a_nominal("Kept"))[0]
    path, key, ann = workspace.path, workspace.key, workspace.user.id

    def full(*_args):
        raise CannotWrite("The key file cannot be written")

    monkeypatch.setattr(keyfiles, "write", full)
    with pytest.raises(CannotWrite):
        rekeyed(workspace)
    monkeypatch.undo()
    replacing.working_name(path).write_bytes(os.urandom(8192))  # as a killed program leaves it
    workspace.close()
    again = Workspace.open(path, key, ann)
    with again.reading() as reader:
        assert reader.get(Nominal, nominal.id) == nominal
    assert not replacing.working_name(path).exists()
    again.close()


def test_a_failed_key_file_takes_back_what_was_changed_with_it(workspace, monkeypatch):
    from ocgdesk.store import users

    def full(*_args):
        raise CannotWrite("The key file cannot be written")

    def rename(connection, keys):
        users.save(connection, replace(workspace.user, display="Other"))
        return keys

    head = workspace.head()
    monkeypatch.setattr(keyfiles, "write", full)
    with pytest.raises(CannotWrite):
        workspace.change_keys("Rename", rename)
    assert workspace.users()[0].display == "Ann"
    assert workspace.head() == head
