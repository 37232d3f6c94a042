"""Backups and their restoration: file and keys as one, still encrypted."""

import os
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import sqlcipher3

from ocgdesk.errors import BadWorkspace, CannotWrite
from ocgdesk.progress import Progress, silent
from ocgdesk.security import keyfile as keyfiles
from ocgdesk.store import engine as engines
from ocgdesk.store.workspace import Workspace

MAGIC = b"OCGDESK BACKUP 1\n"
_LENGTH = struct.Struct(">Q")
_AT_ONCE = 1 << 20
_PAGES = 512


def backup(workspace: Workspace, destination: Path, progress: Progress = silent) -> None:
    """Write workspace and keys as one encrypted file, while others go on working.

    Raises CannotWrite where the destination is there already or cannot be written; nothing
    half-written is left under its name.
    """
    if destination.exists():
        raise CannotWrite(f"{destination.name} is there already; choose another name")
    part = destination.with_name(destination.name + ".part")
    new = destination.with_name(destination.name + ".new")
    with _tidy(part, new):
        _copy_pages(workspace, part, progress)
        keys = keyfiles.to_bytes(keyfiles.read(keyfiles.path_for(workspace.path)))
        _join(new, keys, part)
        new.replace(destination)


def restore(source: Path, destination: Path) -> None:
    """Write a backup out as a workspace and its key file.

    Raises BadWorkspace where the source is no backup or was cut short, CannotWrite where
    something is there already.
    """
    keys_to = keyfiles.path_for(destination)
    for path in (destination, keys_to):
        if path.exists():
            raise CannotWrite(f"{path.name} is there already; choose another name")
    new = destination.with_name(destination.name + ".new")
    with _tidy(new):
        keys = keyfiles.from_bytes(_split(source, new))
        engines.check_file(new)
        keyfiles.write(keys_to, keys)
        new.replace(destination)


@contextmanager
def _tidy(*paths: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotWrite(f"The copy could not be written: {error.strerror}") from None
    except sqlcipher3.DatabaseError as error:
        raise BadWorkspace(f"The copy could not be made: {error}") from None
    finally:
        for path in paths:
            for name in (path, Path(f"{path}-journal"), Path(f"{path}-wal"), Path(f"{path}-shm")):
                with suppress(OSError):
                    name.unlink()


def _copy_pages(workspace: Workspace, part: Path, progress: Progress) -> None:
    engines.create_file(part)
    target = engines.connect(part, workspace.key, shared=False)
    source = engines.connect(workspace.path, workspace.key, shared=True, writable=False)
    try:
        source.backup(
            target,
            pages=_PAGES,
            progress=lambda _status, left, total: progress(total - left, total, "Copying"),
        )
    finally:
        source.close()
        target.close()


def _join(new: Path, keys: bytes, part: Path) -> None:
    engines.create_file(new)
    with new.open("wb") as out, part.open("rb") as pages:
        out.write(MAGIC + _LENGTH.pack(len(keys)) + keys + _LENGTH.pack(part.stat().st_size))
        while some := pages.read(_AT_ONCE):
            out.write(some)
        out.flush()
        os.fsync(out.fileno())


def _split(source: Path, new: Path) -> bytes:
    try:
        with source.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise BadWorkspace(f"{source.name} is no OCG Desk backup")
            keys = _exactly(file.read, _length(file.read), source)
            size = _length(file.read)
            engines.create_file(new)
            with new.open("wb") as out:
                while some := file.read(_AT_ONCE):
                    out.write(some)
                out.flush()
                os.fsync(out.fileno())
            if new.stat().st_size != size:
                raise BadWorkspace(f"{source.name} was cut short; use another backup")
            return keys
    except FileNotFoundError:
        raise BadWorkspace(f"{source.name} is not there") from None
    except struct.error:
        raise BadWorkspace(f"{source.name} was cut short; use another backup") from None


def _length(read: Callable[[int], bytes]) -> int:
    return int(_LENGTH.unpack(read(_LENGTH.size))[0])


def _exactly(read: Callable[[int], bytes], size: int, source: Path) -> bytes:
    if size > 64 << 20:
        raise BadWorkspace(f"{source.name} is no OCG Desk backup")
    data = read(size)
    if len(data) != size:
        raise BadWorkspace(f"{source.name} was cut short; use another backup")
    return data
