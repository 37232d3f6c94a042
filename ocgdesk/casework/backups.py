"""Copies of the workspace: now, at close, and back into a new file."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from ocgdesk.errors import DeskError
from ocgdesk.progress import Progress, silent
from ocgdesk.settings import Settings
from ocgdesk.store import copies
from ocgdesk.store.journal import Act, Entry
from ocgdesk.store.workspace import Workspace

SUFFIX = copies.SUFFIX


def back_up(workspace: Workspace, destination: Path, progress: Progress = silent) -> str:
    """Write workspace and keys as one encrypted file; return the head it was taken at.

    Raises CannotWrite where the destination is there already or cannot be written.
    """
    head = copies.backup(workspace, destination, progress)
    _enter(workspace, "Back up", head)
    return head


def restore(source: Path, destination: Path) -> None:
    """Write a backup out as a new workspace and key file; nothing is ever written over."""
    copies.restore(source, destination)


def folder_of(workspace: Path, settings: Settings) -> Path:
    """Return where backups at close go: the folder chosen, or one beside the workspace."""
    chosen = settings.backup_folder.strip()
    return Path(chosen) if chosen else workspace.parent / f"{workspace.stem} backups"


def backups_at_close(workspace: Workspace, settings: Settings, since: int) -> Path | None:
    """Back up a workspace that is about to be closed; return where, or None where none is due.

    One is due when the settings ask for it and anything was edited after journal entry
    ``since``, by anybody. Only the newest ``settings.backup_keep`` are kept. Raises CannotWrite
    where it cannot be written; no older one is removed then.
    """
    if not (settings.backup_at_close and workspace.writable):
        return None
    _newest, kinds = workspace.kinds_since(since)
    if not kinds:
        return None
    folder = folder_of(workspace.path, settings)
    return copies.rotate(workspace, folder, keep=settings.backup_keep)


def last_at_close(workspace: Path, settings: Settings) -> tuple[Path, datetime] | None:
    """Return the newest backup made at close and when it was made; None where there is none."""
    for path in copies.rotated(workspace, folder_of(workspace, settings)):
        with suppress(OSError):
            return path, datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return None


def _enter(workspace: Workspace, label: str, head: str) -> None:
    entry = Entry(act=Act.KEYS, label=label, user=workspace.user.id, detail={"head": head})
    with suppress(DeskError):  # the copy is written; a journal that cannot be is told elsewhere
        workspace.log(entry)
