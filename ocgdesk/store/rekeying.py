"""Encrypting a workspace anew: the only thing that shuts out somebody who kept the key."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from ocgdesk.domain.people import Right
from ocgdesk.errors import BadWorkspace, CannotWrite
from ocgdesk.progress import Progress, silent
from ocgdesk.security import keyfile as keyfiles
from ocgdesk.security.keyfile import KeyFile
from ocgdesk.security.keys import DataKey
from ocgdesk.security.slots import Slot
from ocgdesk.store import bundle, journal, meta, opening, replacing
from ocgdesk.store import engine as engines
from ocgdesk.store.faults import translated
from ocgdesk.store.journal import Act, Entry
from ocgdesk.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """The workspace, open again under its new key, and who must be given a way in again."""

    workspace: Workspace
    locked_out: tuple[str, ...]


def rekey(
    workspace: Workspace,
    key: DataKey,
    slot: Slot,
    *,
    recovery: bool,
    reason: str = "",
    progress: Progress = silent,
) -> Rekeyed:
    """Encrypt a workspace anew with ``key``, to which ``slot`` is the caller's way in.

    Every other user's slot goes: nobody else's passphrase is known here, so an administrator
    must reset them. ``recovery`` says whether recovery words of the new key were handed out.
    The workspace given is closed. Raises Refused without the right, CannotWrite where another
    window or program has the file open or the disk does not let us: nothing is changed then,
    and the workspace given stays usable.
    """
    workspace.user.need(Right.ADMINISTER)
    before = workspace.keys()
    after = replace(before, slots=(slot,), recovery=recovery)
    entry = Entry(act=Act.KEYS, label="Encrypt anew", user=workspace.user.id, reason=reason)
    path, new = workspace.path, replacing.working_name(workspace.path)
    replacing.discard(new)
    workspace.log_waiting()  # sealed with the old key: nobody could read them afterwards
    with _alone(workspace) as old:
        try:
            with translated():
                bundle.copy_pages(old, workspace.key, new, progress)
                _rekey(new, workspace.key, key, after, entry)
                _check(new, key)
            keyfiles.write(keyfiles.path_for(path), after)
        except BaseException:
            replacing.discard(new)
            raise
        _swap(old, workspace)
    workspace.let_go()
    opened = Workspace.open(path, key, workspace.user.id, shared=workspace.shared)
    others = (s.name for s in before.slots if s.user_id != slot.user_id)
    return Rekeyed(opened, tuple(others))


@contextmanager
def _alone(workspace: Workspace) -> Iterator[Any]:
    """Give the only connection there is to the file, without a write-ahead log."""
    workspace.engine.dispose()
    try:
        with translated():
            raw = engines.connect(workspace.path, workspace.key, shared=False)
    except CannotWrite:
        raise CannotWrite(
            "Another window or program has this workspace open; close it there first"
        ) from None
    try:
        raw.execute("PRAGMA journal_mode = DELETE")
        yield raw
    finally:
        raw.close()


def _rekey(new: Path, old_key: DataKey, key: DataKey, keys: KeyFile, entry: Entry) -> None:
    engine = engines.engine_for(new, old_key, shared=False)
    try:
        with engine.begin() as connection:
            _enter(connection, keys, entry)
        with engine.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute(f"PRAGMA rekey = \"x'{key.hex()}'\"")
    finally:
        engine.dispose()


def _enter(connection: Connection, keys: KeyFile, entry: Entry) -> None:
    values = opening.inside(keys) | {"recovery": str(int(keys.recovery))}
    meta.write(connection, values)
    journal.append(connection, entry)


def _check(new: Path, key: DataKey) -> None:
    raw = engines.connect(new, key, shared=False)
    try:
        damage = raw.execute("PRAGMA cipher_integrity_check").fetchall()
        raw.execute("SELECT count(*) FROM journal").fetchone()
        raw.execute("PRAGMA journal_mode = DELETE")
    finally:
        raw.close()
    if damage:
        raise BadWorkspace("The newly encrypted copy could not be read back; nothing was changed")
    with new.open("rb") as file:
        os.fsync(file.fileno())


def _swap(old: Any, workspace: Workspace) -> None:
    new = replacing.working_name(workspace.path)
    if os.name != "posix":
        old.close()  # Windows does not rename over a file that is open
        replacing.put_in_place(new, workspace.path)
        return
    replacing.put_in_place(new, workspace.path)
    # A program that opened the old file a moment ago and waits for the lock must not write
    # into what has no name any more. In memory: a journal would lie beside the new file.
    old.execute("PRAGMA journal_mode = MEMORY")
    old.execute("UPDATE alembic_version SET version_num = 'replaced'")
