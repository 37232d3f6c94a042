"""Who holds a workspace on a network folder, where only one program at a time may.

The lock is the file system's; the note beside the file only says whose it is. It is sealed
with the data key: no name lies in the clear, and only whoever may open the workspace can read
it. A note without a lock was left by a program that was cut off, and counts for nothing.
"""

import os
import socket
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from ocgdesk.errors import BadWorkspace, CannotWrite
from ocgdesk.security import sealing
from ocgdesk.security.keys import DataKey

_PURPOSE = "holder"
_MOST_BYTES = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who has a workspace open, on which machine, since when (UTC)."""

    user: str
    machine: str
    process: int
    since: datetime

    def sentence(self) -> str:
        """Return what somebody else who wants to open it is told."""
        return (
            f"{self.user} has this workspace open on {self.machine} since "
            f"{self.since:%d %b %Y at %H:%M} UTC; on a network folder one program at a time can"
        )


def path_for(workspace: Path) -> Path:
    """Return where the note lies: ``NAME.ocgdesk.holder`` beside the workspace."""
    return workspace.with_name(workspace.name + ".holder")


def write(workspace: Path, key: DataKey, user: str) -> None:
    """Leave a note that this program holds the workspace. The caller has the lock."""
    now = datetime.now(UTC)
    holder = Holder(user=user, machine=socket.gethostname(), process=os.getpid(), since=now)
    new = path_for(workspace).with_suffix(".holder-new")
    try:
        new.write_bytes(sealing.seal(key, _PURPOSE, msgspec.json.encode(holder)))
        new.replace(path_for(workspace))
    except OSError as error:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise CannotWrite(f"The folder cannot be written to: {error.strerror}") from None


def read(workspace: Path, key: DataKey) -> Holder | None:
    """Return who left a note; None where there is none that can be read."""
    try:
        with path_for(workspace).open("rb") as file:
            sealed = file.read(_MOST_BYTES)
        return msgspec.json.decode(sealing.unseal(key, _PURPOSE, sealed), type=Holder)
    except (OSError, BadWorkspace, msgspec.MsgspecError):
        return None


def remove(workspace: Path) -> None:
    """Take the note away. Where that fails it is stale, and the next opener replaces it."""
    with suppress(OSError):
        path_for(workspace).unlink(missing_ok=True)
