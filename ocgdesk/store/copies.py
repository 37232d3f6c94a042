"""Backups, one by one or rotating, and their restoration: file and keys as one, encrypted."""

import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from ocgdesk.errors import CannotWrite
from ocgdesk.progress import Progress, silent
from ocgdesk.security import chain
from ocgdesk.security import keyfile as keyfiles
from ocgdesk.store import bundle, journal
from ocgdesk.store import engine as engines
from ocgdesk.store.workspace import Workspace

SUFFIX = ".ocgbackup"
KEEP = 10


def backup(workspace: Workspace, destination: Path, progress: Progress = silent) -> str:
    """Write workspace and keys as one encrypted file, while others go on working.

    Returns the head of the journal at that moment, as printed: ``verify`` tells later whether
    a restored file is an ancestor. Raises CannotWrite where the destination is there already
    or cannot be written; nothing half-written is left under its name.
    """
    if destination.exists():
        raise CannotWrite(f"{destination.name} is there already; choose another name")
    keys = keyfiles.to_bytes(workspace.keys())
    with workspace.connection() as connection:
        head = chain.short(journal.head(connection)[1])
        connection.rollback()
        raw = connection.connection.driver_connection
        bundle.write(raw, workspace.key, keys, destination, progress)
    return head


def rotate(
    workspace: Workspace, folder: Path, *, keep: int = KEEP, progress: Progress = silent
) -> Path:
    """Write a dated backup into a folder and let go of all but the newest ``keep`` of this file.

    Returns where it is. Raises CannotWrite where the folder cannot be made or written to; no
    older backup is removed then.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"{folder.name} cannot be made: {error.strerror}") from None
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    destination = folder / f"{workspace.path.stem}-{moment}{SUFFIX}"
    backup(workspace, destination, progress)
    for old in rotated(workspace.path, folder)[keep:]:
        with suppress(OSError):  # it goes with the next one
            old.unlink()
    return destination


def rotated(workspace: Path, folder: Path) -> list[Path]:
    """Return the dated backups of a workspace in a folder, the newest first."""
    dated = re.compile(re.escape(workspace.stem) + r"-\d{8}-\d{6}-\d{6}" + re.escape(SUFFIX))
    try:
        found = [path for path in folder.iterdir() if dated.fullmatch(path.name)]
    except OSError:
        return []
    return sorted(found, reverse=True)


def restore(source: Path, destination: Path) -> None:
    """Write a backup out as a workspace and its key file.

    Raises BadWorkspace where the source is no backup, was cut short or is damaged, CannotWrite
    where something is there already.
    """
    keys_to = keyfiles.path_for(destination)
    for path in (destination, keys_to):
        if path.exists():
            raise CannotWrite(f"{path.name} is there already; choose another name")
    new = destination.with_name(destination.name + ".new")
    with bundle.tidied(new):
        engines.create_file(new)
        keys = keyfiles.from_bytes(bundle.read(source, new))
        engines.check_file(new)
        keyfiles.write(keys_to, keys)
        try:
            new.replace(destination)
        except OSError:
            keys_to.unlink(missing_ok=True)
            raise
        bundle.sync_folder(destination.parent)
