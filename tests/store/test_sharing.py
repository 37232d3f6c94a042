"""Several windows, several programs, network folders, folders and disks that do not let us."""

import errno
import os
import shutil
import subprocess
import sys
import textwrap
import threading
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from makers import a_nominal
from timing import soonest, waited

from ocgdesk.domain.entities import Nominal
from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import BadWorkspace, CannotWrite, Conflict, DeskError, Refused
from ocgdesk.store import engine as engines
from ocgdesk.store import holder, records, users, verification
from ocgdesk.store.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent.parent


def counted(workspace):
    with workspace.reading() as reader:
        return records.counts(reader, [Kind.NOMINAL])[Kind.NOMINAL]


def program(code, workspace, *more, **options):
    """Start another program on the same file; ``w`` is its open workspace."""
    start = """
        import sys
        from pathlib import Path
        from uuid import UUID
        from ocgdesk.domain.entities import Nominal
        from ocgdesk.errors import DeskError
        from ocgdesk.security.keys import DataKey
        from ocgdesk.store.workspace import Workspace
        path, key = Path(sys.argv[1]), DataKey(bytes.fromhex(sys.argv[2]))
        def opened(**more):
            return Workspace.open(path, key, UUID(sys.argv[3]), **more)
        def say(*words):
            print(*words, flush=True)
    """
    source = textwrap.dedent(start) + textwrap.dedent(code)
    arguments = (str(workspace.path), workspace.key.hex(), str(workspace.user.id), *more)
    return subprocess.Popen(
        [sys.executable, "-c", source, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
        **options,
    )


def finish(process):
    out, _ = process.communicate(timeout=60)
    return out


# ---- Windows and programs ----------------------------------------------------------------------


def test_two_windows_on_one_file_see_each_others_changes(workspace, ann, given, opened_by):
    other = opened_by(ann)
    seen = other.head()[0]
    nominal = given(a_nominal("First"))[0]
    newest, kinds = other.kinds_since(seen)
    assert newest > seen
    assert kinds == {Kind.NOMINAL}
    with other.work("Edit") as done:
        done.work.put(replace(done.work.get(Nominal, nominal.id), name="Second"))
    with workspace.reading() as reader:
        assert reader.get(Nominal, nominal.id).name == "Second"
    with pytest.raises(Conflict), workspace.work("Edit") as done:
        done.work.put(replace(nominal, name="Stale"))
    assert other.kinds_since(newest + 1) == (newest + 1, frozenset())


def test_two_programs_write_in_turn_and_lose_nothing(workspace):
    code = """
        w = opened()
        for n in range(15):
            with w.work("Add") as done:
                done.work.put(Nominal(name=f"Theirs {n}"))
        w.close()
        say("done")
    """
    others = [program(code, workspace) for _ in range(2)]
    for n in range(15):
        with workspace.work("Add") as done:
            done.work.put(a_nominal(f"Ours {n}"))
    assert [finish(process) for process in others] == ["done\n"] * 2
    assert counted(workspace) == 45
    with workspace.reading() as reader:
        refs = {row.ref for row in records.briefs(reader, range(1, 100))}
    assert len(refs) == 45
    assert verification.verify(workspace).is_whole


def test_reading_does_not_wait_for_a_long_act_of_another_window(workspace, given, opened_by, ann):
    given(a_nominal())
    other = opened_by(ann)
    with workspace.work("Import") as done:
        done.work.put(a_nominal("Not yet there"))
        assert soonest(partial(waited, lambda: counted(other)), within=1) < 1
        assert counted(other) == 1


def test_a_consultation_during_an_act_of_this_window_is_logged_right_after_it(workspace, given):
    nominal = given(a_nominal())[0]
    seen = threading.Event()

    def consult():
        with workspace.reading("check") as reader:
            reader.saw("Open record", [reader.number(nominal.id)])
        seen.set()

    with workspace.work("Import") as done:
        thread = threading.Thread(target=consult)
        thread.start()
        assert seen.wait(5), "reading stood still behind the act"
        done.work.put(a_nominal())
    thread.join()
    assert labels(workspace)[-2:] == ["Import", "Open record"]


def test_a_consultation_counts_even_when_its_page_failed(workspace, given):
    nominal = given(a_nominal())[0]

    def consult():
        with workspace.reading() as reader:
            reader.saw("Open record", [reader.number(nominal.id)])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        consult()
    assert labels(workspace)[-1] == "Open record"


def labels(workspace):
    with workspace.engine.connect() as connection:
        return list(connection.exec_driver_sql("SELECT label FROM journal ORDER BY seq").scalars())


def test_a_user_disabled_elsewhere_is_stopped_at_the_next_act(workspace, add_user, opened_by):
    bea = add_user("bea")
    window = opened_by(bea)

    def disable(connection, keys):
        users.save(connection, replace(bea, disabled=True))
        return keys.without_user(bea.id)

    workspace.change_keys("Disable user", disable)
    with pytest.raises(Refused, match="disabled"), window.reading():
        pass
    with pytest.raises(Refused, match="disabled"), window.work("Edit"):
        pass
    with pytest.raises(Refused, match="disabled"):
        Workspace.open(workspace.path, workspace.key, bea.id)


def test_an_unclean_close_is_noticed_and_a_second_window_is_none(workspace, given, ann, opened_by):
    given(a_nominal())
    assert not opened_by(ann).was_unclean
    code = """
        import os, signal
        w = opened()
        with w.work("Add") as done:
            done.work.put(Nominal(name="Kept"))
        os.kill(os.getpid(), signal.SIGKILL)
    """
    path, key, user = workspace.path, workspace.key, workspace.user.id
    finish(program(code, workspace))
    copy = copied_while_open(path)
    opened = Workspace.open(copy, key, user)
    assert opened.was_unclean
    assert counted(opened) == 2
    opened.close()
    again = Workspace.open(copy, key, user)
    assert not again.was_unclean
    again.close()


def copied_while_open(path):
    """Copy a workspace by another program: this one would lose its locks on closing a file."""
    folder = path.parent / "copy"
    folder.mkdir()
    files = [str(file) for file in path.parent.glob(f"{path.name}*")]
    subprocess.run(["cp", *files, str(folder)], check=True)
    return folder / path.name


def test_a_second_window_does_not_cost_the_first_its_locks(workspace, given, ann, opened_by):
    """Another program must go on seeing the file as open, or it would clear the log away."""
    given(a_nominal("First"))
    opened_by(ann)
    code = """
        for _ in range(3):
            w = opened()
            say(w.was_unclean)
            with w.work("Add") as done:
                done.work.put(Nominal(name="Theirs"))
            w.close()
    """
    assert finish(program(code, workspace)) == "False\n" * 3
    assert Path(f"{workspace.path}-wal").exists()
    given(a_nominal("Last"))
    assert counted(workspace) == 5
    assert verification.verify(workspace).is_whole


# ---- A network folder --------------------------------------------------------------------------


def test_on_a_network_folder_there_is_no_write_ahead_log(make_workspace):
    workspace = make_workspace("net", shared=False)
    with workspace.work("Add") as done:
        done.work.put(a_nominal())
    assert not Path(f"{workspace.path}-wal").exists()
    assert counted(workspace) == 1
    with workspace.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "truncate"


def test_a_second_opener_on_a_network_folder_is_told_who_holds_it(make_workspace):
    workspace = make_workspace("net", shared=False)
    out = finish(
        program(
            """
            try:
                opened(shared=False)
            except DeskError as error:
                say(type(error).__name__, error)
            """,
            workspace,
        )
    )
    assert out.startswith("CannotWrite Ann has this workspace open on ")
    note = holder.path_for(workspace.path).read_bytes()
    assert b"Ann" not in note
    workspace.close()
    assert not holder.path_for(workspace.path).exists()
    again = Workspace.open(workspace.path, workspace.key, workspace.user.id, shared=False)
    again.close()


def test_a_note_left_by_a_killed_program_counts_for_nothing(make_workspace):
    workspace = make_workspace("net", shared=False)
    workspace.close()
    code = """
        import os, signal
        w = opened(shared=False)
        with w.work("Add") as done:
            done.work.put(Nominal(name="Kept"))
        os.kill(os.getpid(), signal.SIGKILL)
    """
    finish(program(code, workspace))
    assert holder.path_for(workspace.path).exists()
    again = Workspace.open(workspace.path, workspace.key, workspace.user.id, shared=False)
    assert counted(again) == 1
    assert holder.read(again.path, again.key).process == os.getpid()
    again.close()


def test_a_file_used_on_this_machine_can_be_moved_to_a_network_folder_and_back(workspace, given):
    given(a_nominal())
    path, key, user = workspace.path, workspace.key, workspace.user.id
    workspace.close()
    for shared in (False, True, False):
        opened = Workspace.open(path, key, user, shared=shared)
        assert counted(opened) == 1
        opened.close()


@pytest.mark.parametrize(
    ("kind", "safe"), [("nfs4", False), ("cifs", False), ("ext4", True), ("fuse.sshfs", False)]
)
def test_a_network_folder_is_known_by_its_file_system(tmp_path, kind, safe):
    table = f"/dev/sda / ext4 rw 0 0\nserver:/x {tmp_path} {kind} rw 0 0\n"
    assert engines.is_shared_safe(tmp_path / "case.ocgdesk", mounts=lambda: table) is safe


# ---- Folders and disks that do not let us ------------------------------------------------------


@pytest.fixture
def read_only_folder(tmp_path):
    """A folder mounted for reading only: the one kind that binds every user, root too."""
    folder = tmp_path / "read-only"
    folder.mkdir()

    def lock():
        mounted = subprocess.run(["mount", "--bind", "-o", "ro", folder, folder], check=False)
        if mounted.returncode:
            pytest.skip("this user may not mount a folder for reading only")
        return folder

    yield folder, lock
    subprocess.run(["umount", folder], check=False, capture_output=True)


@pytest.mark.parametrize("synthetic", [False, True])
def test_a_workspace_that_cannot_be_written_to_opens_only_if_synthetic(
    make_workspace, read_only_folder, synthetic
):
    workspace = make_workspace("case", synthetic=synthetic)
    with workspace.work("Add") as done:
        done.work.put(a_nominal())
    workspace.close()
    folder, lock = read_only_folder
    for path in workspace.path.parent.glob("case.ocgdesk*"):
        shutil.copy(path, folder)
    lock()
    path = folder / workspace.path.name
    if not synthetic:
        with pytest.raises(CannotWrite, match="nothing could be logged"):
            Workspace.open(path, workspace.key, workspace.user.id)
        return
    opened = Workspace.open(path, workspace.key, workspace.user.id)
    assert counted(opened) == 1
    with pytest.raises(CannotWrite, match="reading only"), opened.work("Edit"):
        pass
    opened.close()


def test_the_file_mode_decides_where_it_binds(workspace, monkeypatch):
    path, key, user = workspace.path, workspace.key, workspace.user.id
    workspace.close()
    real = os.access
    monkeypatch.setattr(
        os, "access", lambda at, mode: real(at, mode) and not (mode & os.W_OK and at == path)
    )
    assert not engines.is_writable(path)
    with pytest.raises(CannotWrite, match="stays closed"):
        Workspace.open(path, key, user)


@pytest.fixture
def small_disk(tmp_path):
    """A disk of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip("this user may not mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", folder], check=False)


def test_a_full_disk_is_one_sentence_and_nothing_is_lost(workspace, given, small_disk):
    given(a_nominal("Kept"))
    path, key, user = workspace.path, workspace.key, workspace.user.id
    workspace.close()
    for file in path.parent.glob("case.ocgdesk*"):
        shutil.copy(file, small_disk)
    crowded = Workspace.open(small_disk / path.name, key, user)
    big = [a_nominal(f"Big {n}", summary=os.urandom(400).hex()) for n in range(4_000)]
    with pytest.raises(CannotWrite) as refusal, crowded.work("Import") as done:
        done.work.put(*big)
    assert "disk" in str(refusal.value)
    assert counted(crowded) == 1
    crowded.close()
    again = Workspace.open(small_disk / path.name, key, user)
    assert verification.verify(again).is_whole
    again.close()


def test_a_disk_that_fills_up_in_another_program_leaves_the_file_whole(workspace, given):
    """The kernel's limit on the size of a file stands in for a full disk where nobody mounts."""
    given(a_nominal("Kept"))
    code = """
        import os, resource
        w = opened()
        size = 700_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        try:
            with w.work("Import") as done:
                done.work.put(*(Nominal(name=os.urandom(400).hex()) for n in range(4_000)))
        except DeskError as error:
            say(type(error).__name__, error)
    """
    out = finish(program(code, workspace))
    assert out.startswith("CannotWrite The disk")
    assert counted(workspace) == 1
    assert verification.verify(workspace).is_whole


def test_an_error_of_the_driver_that_nobody_foresaw_stays_an_error():
    from ocgdesk.store.faults import sentence

    assert sentence(OSError(errno.ENOSPC, "the disk is full")) is None
    assert not issubclass(ValueError, DeskError)
    assert issubclass(BadWorkspace, DeskError)
