"""What all tests share: an encrypted workspace; a watch over temp files, sockets, threads."""

import multiprocessing
import os
import socket
import sys
import tempfile  # noqa: TID251 - to see that nobody else uses it
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import hypothesis
import pytest
from makers import a_key_file, a_slot, a_user, about

from ocgdesk.domain.people import Role, User
from ocgdesk.domain.things import Thing
from ocgdesk.security.keyfile import KeyFile
from ocgdesk.security.keys import DataKey
from ocgdesk.store import users
from ocgdesk.store.workspace import Workspace

os.environ["QT_QPA_PLATFORM"] = "offscreen"

ROOT = Path(__file__).resolve().parent.parent

# A busy machine is no fault of the code: time is measured by `make bench`, not here.
hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.load_profile("desk")


# ---- Watch -------------------------------------------------------------------------------------

_ENOUGH = 5
_misdeeds: list[str] = []
_watching: Path | None = None


def _audit(event: str, args: tuple[object, ...]) -> None:
    if _watching is None:
        return
    if event in {"tempfile.mkstemp", "tempfile.mkdtemp", "open"}:
        if str(args[0]).startswith(str(_watching)) and not _is_a_tests_own_workbook():
            _note(f"{event} {args[0]}")
    elif _is_network(event, args):
        _note(f"{event} {args[1:]}")
        raise RuntimeError("the program must not open a socket")


def _is_a_tests_own_workbook() -> bool:
    """Tell whether openpyxl is saving: tests make workbooks with it, the program never does."""
    return any("openpyxl" in f.filename and f.name == "save" for f in traceback.extract_stack())


def _is_network(event: str, args: tuple[object, ...]) -> bool:
    if event == "socket.__new__":
        return args[1] in {socket.AF_INET, socket.AF_INET6}
    return event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.sethostname"}


def _note(what: str) -> None:
    stack = traceback.format_stack()[:-2]
    by_hypothesis = any("/hypothesis/" in line for line in stack[-8:])  # its own notes of failures
    if not by_hypothesis and len(_misdeeds) < _ENOUGH:
        lines = [line for line in stack if "ocgdesk" in line or "tests" in line]
        _misdeeds.append(what + "\n" + "".join(lines[-4:]))


sys.addaudithook(_audit)


@pytest.fixture(scope="session")
def watched_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Stand in for the machine's temp folder, so that every use of it is seen."""
    folder = tmp_path_factory.mktemp("watched", numbered=True)
    before = tempfile.tempdir, {n: os.environ.get(n) for n in ("TMPDIR", "SQLITE_TMPDIR")}
    tempfile.tempdir = str(folder)
    os.environ |= {"TMPDIR": str(folder), "SQLITE_TMPDIR": str(folder)}
    yield folder
    tempfile.tempdir = before[0]
    for name, value in before[1].items():
        os.environ.pop(name, None) if value is None else os.environ.update({name: value})


@pytest.fixture(autouse=True)
def no_temp_files_and_no_sockets(watched_folder: Path) -> Iterator[None]:
    """Fail a test whose code used the temp folder or opened a network socket."""
    global _watching  # noqa: PLW0603 - an audit hook cannot be taken away, only told to rest
    _misdeeds.clear()
    _watching = watched_folder
    yield
    _watching = None
    left = [path.name for path in watched_folder.iterdir()]
    for path in watched_folder.iterdir():
        with suppress(OSError):
            path.unlink()
    assert not _misdeeds, "temp files or sockets were used:\n" + "\n".join(_misdeeds)
    assert not left, f"files appeared in the temp folder: {left}"


@pytest.fixture(autouse=True)
def no_threads_left() -> Iterator[None]:
    """Fail a test that leaves threads running."""
    before = set(threading.enumerate())
    yield
    end = time.monotonic() + 3
    while (left := set(threading.enumerate()) - before) and time.monotonic() < end:
        time.sleep(0.01)
    assert not left, f"threads left running: {[thread.name for thread in left]}"


@pytest.fixture
def shared_pids() -> Callable[[], set[int]]:
    """Ask for the processes that tests share: there are none but where a folder says so."""
    return set


@pytest.fixture(autouse=True)
def no_processes_left(shared_pids: Callable[[], set[int]]) -> Iterator[None]:
    """Fail a test that leaves a process running; end it, so that no other test meets it."""
    before = set(multiprocessing.active_children())
    yield
    begun = set(multiprocessing.active_children()) - before
    left = [one for one in begun if one.pid not in shared_pids()]
    for process in left:
        process.kill()
        process.join()
    assert not left, f"processes left running: {[process.name for process in left]}"


# ---- A workspace -------------------------------------------------------------------------------


@pytest.fixture
def key() -> DataKey:
    return DataKey.new()


@pytest.fixture
def ann() -> User:
    """The first user: analyst and administrator."""
    return a_user("ann", Role.ANALYST, Role.ADMINISTRATOR)


@pytest.fixture
def make_workspace(tmp_path: Path, key: DataKey, ann: User) -> Iterator[Callable[..., Workspace]]:
    """Make workspaces of ann's by name; they are closed when the test ends."""
    made: list[Workspace] = []

    def make(name: str = "case", *, shared: bool | None = None, **more: object) -> Workspace:
        facts = about(name=name, **more)
        keys = a_key_file(facts, a_slot(key, ann, facts.id))
        path = tmp_path / f"{name}.ocgdesk"
        made.append(Workspace.create(path, facts, ann, key, keys, shared=shared))
        return made[-1]

    yield make
    for workspace in made:
        workspace.close()


@pytest.fixture
def workspace(make_workspace: Callable[..., Workspace]) -> Workspace:
    """A fresh encrypted workspace, opened by ann."""
    return make_workspace()


@pytest.fixture
def add_user(workspace: Workspace) -> Callable[..., User]:
    """Add a user with a key slot of their own to the workspace."""

    def add(name: str, *roles: Role) -> User:
        user = a_user(name, *roles)

        def act(connection: object, keys: KeyFile) -> KeyFile:
            users.save(connection, user)  # type: ignore[arg-type]
            return keys.with_slot(a_slot(workspace.key, user, keys.workspace_id))

        workspace.change_keys("Add user", act)
        return user

    return add


@pytest.fixture
def another_user(add_user: Callable[..., User]) -> User:
    """Bea, an analyst of the same workspace."""
    return add_user("bea", Role.ANALYST)


@pytest.fixture
def opened_by(workspace: Workspace) -> Iterator[Callable[[User], Workspace]]:
    """Open the same file as another user, as a second window or program would."""
    opened: list[Workspace] = []

    def open_(user: User) -> Workspace:
        opened.append(Workspace.open(workspace.path, workspace.key, user.id))
        return opened[-1]

    yield open_
    for other in opened:
        other.close()


@pytest.fixture
def given(workspace: Workspace) -> Callable[..., list[Thing]]:
    """Save things, all in one act, and return them as saved, in the order given."""

    def save(*things: Thing) -> list[Thing]:
        with workspace.work("Given") as done:
            saved = {thing.id: thing for thing in done.work.put(*things)}
        return [saved[thing.id] for thing in things]

    return save


@pytest.fixture
def put(workspace: Workspace) -> Callable[..., Thing]:
    """Change one thing by the named fields, as an act of its own."""

    def change(thing: Thing, **fields: object) -> Thing:
        with workspace.work("Edit") as done:
            now = done.work.reader.find(thing.id, thing.base)
            return done.work.put(replace(now, **fields))[0]  # type: ignore[arg-type]

    return change


# ---- Real data ---------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data to test on, kept beside the project and never part of it."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the folder ../shared/data beside the project is absent: no real data here")
    return folder
