"""Journal entries that wait for the write lock: sealed in files beside the workspace meanwhile.

Reading a record must not stand still behind a long import, and that it was read must be in the
journal whatever becomes of the program. An entry that cannot be written at once is therefore
on the disk, encrypted, before the reader is given anything.
"""

import os
import secrets
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from ocgdesk.errors import BadWorkspace, CannotWrite
from ocgdesk.security import sealing
from ocgdesk.security.keys import DataKey
from ocgdesk.store.journal import Act, Entry

PURPOSE = "waiting journal entries"
SINCE = "waited_since"
"""Where an entry's detail keeps the time of the act: its own is when it could be written."""
_MARK = "-waiting-"


class WaitingRoom:
    """The entries that wait beside one workspace. Safe to use from several threads.

    A file is written once, whole, and read by whoever holds the write lock next: this program
    or, where it was ended, the next to open the workspace.
    """

    def __init__(self, workspace: Path, key: DataKey, user: UUID) -> None:
        self._path = workspace
        self._key = key
        self._user = user
        self._files: set[Path] = set()

    def find(self) -> None:
        """Take up what a program that was ended left behind."""
        with suppress(OSError):
            self._files |= set(self._path.parent.glob(f"{self._path.name}{_MARK}*"))

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits that this program knows of."""
        return not self._files

    def keep(self, entries: Sequence[Entry]) -> None:
        """Put entries on the disk; CannotWrite where that cannot be done."""
        now = datetime.now(UTC).isoformat()
        content = msgspec.json.encode([_wire(entry, now) for entry in entries])
        name = f"{self._path.name}{_MARK}{time.time_ns():020d}-{secrets.token_hex(4)}"
        path = self._path.with_name(name)
        try:
            _write(path, sealing.seal(self._key, PURPOSE, content))
        except OSError:
            path.unlink(missing_ok=True)
            raise CannotWrite(
                "What was read cannot be entered in the journal; the disk may be full"
            ) from None
        self._files.add(path)

    def read(self) -> tuple[list[Path], list[Entry]]:
        """Return the files that wait and what is in them, oldest first.

        A file that cannot be read becomes an entry that says so: nothing is dropped in silence.
        """
        files, entries = sorted(self._files), list[Entry]()
        for path in files:
            try:
                content = sealing.unseal(self._key, PURPOSE, path.read_bytes())
                entries += (_entry(wire) for wire in msgspec.json.decode(content))
            except FileNotFoundError:
                continue  # another program on the same workspace was quicker
            except (OSError, BadWorkspace, msgspec.DecodeError):
                entries.append(self._unreadable())
        return files, entries

    def drop(self, files: Iterable[Path]) -> None:
        """Take these files away: what was in them is in the journal.

        A program ended just before this enters them twice, never not at all.
        """
        for path in files:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            self._files.discard(path)

    def _unreadable(self) -> Entry:
        label = "An entry that waited could not be read"
        return Entry(act=Act.CONSULTATION, label=label, user=self._user)


def _write(path: Path, data: bytes) -> None:
    number = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(number, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _wire(entry: Entry, now: str) -> dict[str, Any]:
    return {
        "act": entry.act.value,
        "label": entry.label,
        "user": str(entry.user),
        "reason": entry.reason,
        "detail": entry.detail | {SINCE: now},
        "subjects": list(entry.subjects),
    }


def _entry(wire: dict[str, Any]) -> Entry:
    return Entry(
        act=Act(wire["act"]),
        label=wire["label"],
        user=UUID(wire["user"]),
        reason=wire["reason"],
        detail=wire["detail"],
        subjects=tuple(wire["subjects"]),
    )
