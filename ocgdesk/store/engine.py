"""SQLCipher under SQLAlchemy: everything that is SQLite's own about opening a file."""

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from ocgdesk.errors import BadWorkspace, CannotWrite
from ocgdesk.security.keys import DataKey

_SMALLEST_PAGE = 512
BUSY_MS = 10_000
HELD_MS = 1_000
"""How long a second opener waits for a file that is held exclusively."""
CACHE_KIB = 24_576
"""Page cache of one connection; there is one for each thread that reads."""
NETWORK_FILESYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ncpfs", "davfs"}
)


def connect(path: Path, key: DataKey, *, shared: bool, writable: bool = True) -> Any:
    """Return a raw connection to an encrypted file.

    ``shared`` is false on a network folder, where WAL is unsafe: the file is then held
    exclusively, with a rollback journal. The raw key goes in by PRAGMA, never in a URL.
    """
    raw = sqlcipher3.connect(
        _uri(path, writable=writable),
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=(BUSY_MS if shared else HELD_MS) / 1000,
    )
    try:
        _prepare(raw, key, shared=shared, writable=writable)
    except BaseException:
        raw.close()
        raise
    return raw


def _uri(path: Path, *, writable: bool) -> str:
    uri = path.resolve().as_uri()
    if writable:
        return f"{uri}?mode=rw"
    # Nothing can make the shared memory of a write-ahead log in a folder that is read-only.
    # Without a log there is nothing to share, and the file may be taken to stand still.
    return f"{uri}?mode=ro" if has_log(path) else f"{uri}?mode=ro&immutable=1"


def _prepare(raw: Any, key: DataKey, *, shared: bool, writable: bool) -> None:
    cursor = raw.cursor()
    _unlock(raw, key)
    cursor.execute("PRAGMA temp_store = MEMORY")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    if writable and not shared:
        cursor.execute("PRAGMA locking_mode = EXCLUSIVE")
    if writable:
        cursor.execute(f"PRAGMA journal_mode = {'WAL' if shared else 'TRUNCATE'}")
        cursor.execute("PRAGMA synchronous = FULL")
    if writable and not shared:
        # The lock is taken now and kept: a second opener is refused, not surprised later.
        cursor.execute("BEGIN EXCLUSIVE")
        cursor.execute("COMMIT")
    cursor.close()


def _unlock(raw: Any, key: DataKey) -> None:
    # What goes wrong comes back as an error; SQLCipher's own lines on standard error would
    # come between the user and the one sentence they are told.
    raw.execute("PRAGMA cipher_log_level = NONE")
    raw.execute(f"PRAGMA key = \"x'{key.hex()}'\"")


def has_log(path: Path) -> bool:
    """Tell whether a write-ahead log or a rollback journal with content lies beside a file."""
    return any(_size(Path(f"{path}{end}")) > 0 for end in ("-wal", "-journal"))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def was_left_open(path: Path, key: DataKey) -> bool:
    """Tell whether the last program to have a file open did not close it.

    The last to close removes the log, so one that is there means that somebody has the file
    open or was cut off. Whoever can have the file to themselves knows it was the latter.
    Asked before this program has the file open itself.
    """
    if not has_log(path):
        return False
    raw = sqlcipher3.connect(_uri(path, writable=True), uri=True, isolation_level=None, timeout=0)
    try:
        _unlock(raw, key)
        raw.execute("PRAGMA locking_mode = EXCLUSIVE")
        raw.execute("BEGIN EXCLUSIVE")
        raw.execute("ROLLBACK")
    except sqlcipher3.DatabaseError:  # held by others, or damaged: opening says which
        return False
    finally:
        raw.close()
    return True


def fits(path: Path, key: DataKey) -> bool | None:
    """Tell whether a key opens a file; None where that cannot be told now."""
    raw = sqlcipher3.connect(_uri(path, writable=False), uri=True, isolation_level=None)
    try:
        _unlock(raw, key)
        raw.execute("PRAGMA user_version")
    except sqlcipher3.DatabaseError as error:
        return False if "not a database" in str(error) else None
    finally:
        raw.close()
    return True


def page_faults(path: Path, key: DataKey) -> list[str]:
    """Return what SQLCipher says of pages that were changed or damaged; nothing else is read."""
    raw = sqlcipher3.connect(_uri(path, writable=False), uri=True, isolation_level=None)
    try:
        _unlock(raw, key)
        raw.execute("PRAGMA user_version")  # reads the first page: without it nothing can be
        return [str(row[0]) for row in raw.execute("PRAGMA cipher_integrity_check")]
    finally:
        raw.close()


def engine_for(path: Path, key: DataKey, *, shared: bool, writable: bool = True) -> Engine:
    """Return an engine whose every transaction is begun by us, readers' too."""
    size = {"pool_size": 5, "max_overflow": 20} if shared else {"pool_size": 1, "max_overflow": 0}
    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher3.dbapi2,
        creator=lambda: connect(path, key, shared=shared, writable=writable),
        poolclass=QueuePool,
        **size,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # With isolation_level=None the driver begins nothing, so a rollback would undo nothing.
    mode = connection.get_execution_options().get("begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")


def can_begin(raw: Any) -> bool:
    """Tell, without waiting, whether a connection could begin to write; it does not."""
    cursor = raw.cursor()
    cursor.execute("PRAGMA busy_timeout = 0")
    try:
        cursor.execute("BEGIN IMMEDIATE")
        cursor.execute("ROLLBACK")
    except sqlcipher3.OperationalError:
        return False
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        cursor.close()
    return True


def create_file(path: Path) -> None:
    """Make an empty file readable by its owner alone; CannotWrite where that fails."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    except FileExistsError:
        raise CannotWrite(f"{path.name} is there already; choose another name") from None
    except OSError as error:
        raise CannotWrite(f"{path.name} cannot be made here: {error.strerror}") from None
    os.close(descriptor)


def check_file(path: Path) -> None:
    """Raise BadWorkspace, in one sentence, where a file cannot be an encrypted workspace.

    Only its size is looked at. Opening and closing it here would let go of every lock this
    program has on it through another window: POSIX locks belong to the process.
    """
    try:
        status = path.stat()
    except FileNotFoundError:
        raise BadWorkspace(f"{path.name} is not there") from None
    except OSError as error:
        raise BadWorkspace(f"{path.name} cannot be read: {error.strerror}") from None
    if not stat.S_ISREG(status.st_mode):
        raise BadWorkspace(f"{path.name} cannot be read: it is no file")
    size = status.st_size
    if size % _SMALLEST_PAGE or (size == 0 and not has_log(path)):
        raise BadWorkspace(f"{path.name} is no OCG Desk workspace, or was cut short")


def is_plain(path: Path) -> bool:
    """Tell whether a file is SQLite's own, without encryption. SQLite looks, minding its locks."""
    raw = sqlcipher3.connect(_uri(path, writable=False), uri=True, isolation_level=None)
    try:
        raw.execute("PRAGMA cipher_log_level = NONE")
        raw.execute("SELECT count(*) FROM sqlite_master")
    except sqlcipher3.DatabaseError:
        return False
    finally:
        raw.close()
    return True


def is_writable(path: Path) -> bool:
    """Tell whether the file and its folder (for the write-ahead log) may be written."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def is_shared_safe(path: Path, *, mounts: Callable[[], str] | None = None) -> bool:
    """Tell whether several programs may have the file open: false on a network folder.

    WAL needs shared memory, which network file systems do not give.
    """
    if sys.platform == "win32":
        return not _is_windows_network(path)
    table = (mounts or _mounts)()
    return _filesystem_of(path.resolve(), table) not in NETWORK_FILESYSTEMS


def _mounts() -> str:
    try:
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _filesystem_of(path: Path, table: str) -> str:
    best, found = -1, ""
    for line in table.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        point = Path(parts[1].replace("\\040", " "))
        if path.is_relative_to(point) and len(point.parts) > best:
            best, found = len(point.parts), parts[2]
    return found


def _is_windows_network(path: Path) -> bool:
    import ctypes

    anchor = path.resolve().anchor
    if anchor.startswith("\\\\"):
        return True
    remote = 4  # DRIVE_REMOTE
    drive_type: int = ctypes.windll.kernel32.GetDriveTypeW(anchor)  # type: ignore[attr-defined,unused-ignore]
    return drive_type == remote
