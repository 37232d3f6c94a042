"""SQLCipher under SQLAlchemy: everything that is SQLite's own about opening a file."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from ocgdesk.errors import BadWorkspace, CannotWrite
from ocgdesk.security.keys import DataKey

HEADER = b"SQLite format 3\x00"
BUSY_MS = 10_000
NETWORK_FILESYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ncpfs", "davfs"}
)


def connect(path: Path, key: DataKey, *, shared: bool, writable: bool = True) -> Any:
    """Return a raw connection to an encrypted file.

    ``shared`` is false on a network folder, where WAL is unsafe: the file is then opened
    exclusively with a rollback journal. The raw key goes in by PRAGMA, never in a URL.
    """
    uri = f"{path.resolve().as_uri()}?mode={'rw' if writable else 'ro'}"
    raw = sqlcipher3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000
    )
    cursor = raw.cursor()
    cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    cursor.execute("PRAGMA temp_store = MEMORY")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA cache_size = -65536")
    if not shared:
        cursor.execute("PRAGMA locking_mode = EXCLUSIVE")
    if writable:
        cursor.execute(f"PRAGMA journal_mode = {'WAL' if shared else 'TRUNCATE'}")
        cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA recursive_triggers = ON")
    cursor.close()
    return raw


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
    """Raise BadWorkspace, in one sentence, where a file cannot be an encrypted workspace."""
    try:
        with path.open("rb") as file:
            start = file.read(16)
            size = path.stat().st_size
    except FileNotFoundError:
        raise BadWorkspace(f"{path.name} is not there") from None
    except (IsADirectoryError, PermissionError, OSError) as error:
        raise BadWorkspace(f"{path.name} cannot be read: {error.strerror}") from None
    if start == HEADER:
        raise BadWorkspace(f"{path.name} is a plain SQLite file, not an OCG Desk workspace")
    if size == 0 or size % 512:
        raise BadWorkspace(f"{path.name} is no OCG Desk workspace, or was cut short")


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
