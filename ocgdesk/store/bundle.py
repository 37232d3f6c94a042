"""A workspace and its keys as one encrypted file: the form of every backup.

Magic, key file with its length, pages with their length, SHA-256 of all before it. The digest
finds damage without the key; what it cannot find is malice, which ``verify`` does.
"""

import hashlib
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from ocgdesk.errors import BadWorkspace, CannotWrite
from ocgdesk.progress import Progress, silent
from ocgdesk.security.keys import DataKey
from ocgdesk.store import engine as engines
from ocgdesk.store.faults import translated

MAGIC = b"OCGDESK BACKUP 1\n"
_LENGTH = struct.Struct(">Q")
_DIGEST_BYTES = 32
_MOST_KEY_BYTES = 1 << 20
_AT_ONCE = 1 << 20
_PAGES = 512


def write(
    source: Any, key: DataKey, keys: bytes, destination: Path, progress: Progress = silent
) -> None:
    """Write the snapshot that ``source``, a raw connection, sees, with its keys.

    Nothing half-written ever has the destination's name; what an earlier try left under the
    working names is replaced.
    """
    part = destination.with_name(destination.name + ".part")
    new = destination.with_name(destination.name + ".new")
    with tidied(part, new):
        copy_pages(source, key, part, progress)
        _join(new, keys, part)
        new.replace(destination)
        sync_folder(destination.parent)


def read(source: Path, pages_to: Path) -> bytes:
    """Write the pages out, checked, and return the bytes of the key file.

    Raises BadWorkspace where the source is no backup, was cut short or is damaged.
    """
    try:
        with source.open("rb") as file, pages_to.open("wb") as out:
            return _Taking(file, source.name).into(out)
    except OSError as error:
        if error.filename == str(source):
            raise BadWorkspace(f"{source.name} cannot be read: {error.strerror}") from None
        raise


@contextmanager
def tidied(*paths: Path) -> Iterator[None]:
    """Clear these working files away, before and after, and say in words what went wrong."""
    _clear(paths)
    try:
        with translated():
            yield
    except OSError as error:
        raise CannotWrite(f"The copy could not be written: {error.strerror}") from None
    finally:
        _clear(paths)


def _clear(paths: tuple[Path, ...]) -> None:
    for path in paths:
        for name in (path, Path(f"{path}-journal"), Path(f"{path}-wal"), Path(f"{path}-shm")):
            with suppress(OSError):
                name.unlink(missing_ok=True)


def copy_pages(source: Any, key: DataKey, part: Path, progress: Progress = silent) -> None:
    """Copy all pages of one snapshot into a new encrypted file while others go on writing."""
    engines.create_file(part)
    target = engines.connect(part, key, shared=False)
    # An open read transaction holds the snapshot; otherwise each write of another program
    # would make the copy begin again.
    source.execute("BEGIN")
    try:
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(
            target,
            pages=_PAGES,
            progress=lambda _status, left, total: progress(total - left, total, "Copying"),
        )
    finally:
        source.execute("ROLLBACK")
        target.close()


def sync_folder(folder: Path) -> None:
    """Make a rename outlast a power cut, where the system lets a folder be synced."""
    if os.name != "posix":
        return  # Windows cannot open a folder; its rename is in the file system's journal
    with suppress(OSError):  # some network folders refuse
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _join(new: Path, keys: bytes, part: Path) -> None:
    engines.create_file(new)
    digest = hashlib.sha256()
    with new.open("wb") as out, part.open("rb") as pages:
        for some in _pieces(keys, pages, part.stat().st_size):
            digest.update(some)
            out.write(some)
        out.write(digest.digest())
        out.flush()
        os.fsync(out.fileno())


def _pieces(keys: bytes, pages: BinaryIO, size: int) -> Iterator[bytes]:
    yield MAGIC + _LENGTH.pack(len(keys)) + keys + _LENGTH.pack(size)
    while some := pages.read(_AT_ONCE):
        yield some


class _Taking:
    """Reads a bundle once from its beginning, keeping the digest of what it read."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._name = name
        self._digest = hashlib.sha256()

    def into(self, out: BinaryIO) -> bytes:
        if self._file.read(len(MAGIC)) != MAGIC:
            raise BadWorkspace(f"{self._name} is no OCG Desk backup")
        self._digest.update(MAGIC)
        keys = self._exactly(self._length(_MOST_KEY_BYTES))
        left = self._length()
        while left:
            some = self._exactly(min(left, _AT_ONCE))
            out.write(some)
            left -= len(some)
        digest = self._digest.digest()
        if self._exactly(_DIGEST_BYTES) != digest or self._file.read(1):
            raise BadWorkspace(f"{self._name} is damaged; use another backup")
        out.flush()
        os.fsync(out.fileno())
        return keys

    def _length(self, most: int | None = None) -> int:
        length = int(_LENGTH.unpack(self._exactly(_LENGTH.size))[0])
        if most is not None and length > most:
            raise BadWorkspace(f"{self._name} is damaged; use another backup")
        return length

    def _exactly(self, size: int) -> bytes:
        data = self._file.read(size)
        if len(data) != size:
            raise BadWorkspace(f"{self._name} was cut short; use another backup")
        self._digest.update(data)
        return data
