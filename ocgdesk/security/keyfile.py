"""The key file beside a workspace: who may unlock it, and the key wrapped for each of them.

It holds no key in clear and nothing of any record. What it says of the workspace (name,
marking, synthetic) is for the unlock page, before anything can be decrypted, and is not
protected against change: the workspace itself holds the truth.
"""

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Self
from unicodedata import normalize
from uuid import UUID

import msgspec
from msgspec import Meta

from ocgdesk.errors import BadWorkspace, CannotWrite, Refused
from ocgdesk.i18n import _
from ocgdesk.security.keys import DataKey
from ocgdesk.security.slots import Cost, Slot, decoy, open_slot

VERSION = 1
_MOST_BYTES = 1024 * 1024  # over a thousand users; more is no key file
_OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """What is known of a workspace before it is unlocked."""

    version: Annotated[int, Meta(ge=1)] = VERSION
    workspace_id: UUID
    workspace_name: str
    marking: str
    synthetic: bool
    created: Annotated[datetime, Meta(tz=True)]
    recovery: bool
    slots: tuple[Slot, ...] = ()

    def slot_of(self, user_name: str) -> Slot | None:
        """Return the slot of this user; capitals and outer spaces do not matter."""
        wanted = _plain(user_name)
        return next((slot for slot in self.slots if _plain(slot.name) == wanted), None)

    def with_slot(self, slot: Slot) -> Self:
        """Return the file with this slot added, or in place of the same user's old one.

        Raises Refused when another user already goes by that name.
        """
        namesake = self.slot_of(slot.name)
        if namesake and namesake.user_id != slot.user_id:
            raise Refused(_("There is already a user of that name; choose another."))
        kept = self.without_user(slot.user_id).slots
        return replace(self, slots=(*kept, slot))

    def without_user(self, user_id: UUID) -> Self:
        """Return the file without this user's slot.

        This takes away the way in, not the key: whoever kept a copy of the key file or of
        the key still gets in until the workspace is encrypted anew.
        """
        return replace(self, slots=tuple(s for s in self.slots if s.user_id != user_id))


@dataclass(frozen=True, slots=True)
class _Versioned:
    """The one thing every version of the file has."""

    version: int


def path_for(workspace: Path) -> Path:
    """Return where the key file of this workspace lies: ``NAME.ocgdesk.keys`` beside it."""
    return workspace.with_name(workspace.name + ".keys")


def unlock(keyfile: KeyFile, user_name: str, passphrase: str) -> tuple[UUID, DataKey]:
    """Return the user's id and the data key.

    Raises NotUnlocked, with the same sentence and after the same work, for a wrong passphrase
    and for a user that does not exist.
    """
    slot = keyfile.slot_of(user_name) or _stranger(keyfile)
    return slot.user_id, open_slot(slot, passphrase, workspace_id=keyfile.workspace_id)


def to_bytes(keyfile: KeyFile) -> bytes:
    """Return the file as it is written, copied into the workspace and into backups."""
    try:
        return msgspec.json.format(msgspec.json.encode(keyfile), indent=2) + b"\n"
    except UnicodeEncodeError:
        raise Refused(_("A name holds characters that cannot be written.")) from None


def from_bytes(data: bytes) -> KeyFile:
    """Read what ``to_bytes`` wrote. Raises BadWorkspace for anything else."""
    if len(data) > _MOST_BYTES:
        raise BadWorkspace(_damaged())
    try:
        if msgspec.json.decode(data, type=_Versioned).version > VERSION:
            raise BadWorkspace(_("The key file was made by a newer version of OCG Desk."))
        keyfile = msgspec.json.decode(data, type=KeyFile)
        complete = _plain_json(data) == _plain_json(to_bytes(keyfile))
    except (msgspec.MsgspecError, RecursionError, ValueError):
        raise BadWorkspace(_damaged()) from None
    if not complete or _has_twins(keyfile):
        raise BadWorkspace(_damaged())
    return keyfile


def read(path: Path) -> KeyFile:
    """Read a key file.

    Raises BadWorkspace when it is missing, cannot be read, is damaged or is of a newer version.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        raise BadWorkspace(
            _(
                "The key file {name} is missing; restore it from a backup, "
                "or use the recovery words."
            ).format(name=path.name)
        ) from None
    except OSError as error:
        raise BadWorkspace(
            _("The key file {name} cannot be read: {reason}.").format(
                name=path.name, reason=error.strerror
            )
        ) from None
    return from_bytes(data)


def write(path: Path, keyfile: KeyFile) -> None:
    """Put this key file in place of the old one, whole or not at all.

    Whoever calls holds the workspace's write lock: two writers at once would lose one's slot.
    Raises CannotWrite when the disk or the folder does not let us; the old file then stands.
    """
    data = to_bytes(keyfile)
    from_bytes(data)  # never replace a good key file by one that cannot be read back
    new = path.with_name(path.name + ".new")
    try:
        _write_through(new, data)
        new.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise CannotWrite(
            _("The key file {name} cannot be written: {reason}.").format(
                name=path.name, reason=error.strerror
            )
        ) from None


def _write_through(new: Path, data: bytes) -> None:
    new.unlink(missing_ok=True)  # left behind by a power cut
    # "x" never follows a link somebody put there; the opener sets the rights before any byte.
    with open(new, "xb", opener=_owner_only) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, _OWNER_ONLY)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return  # Windows cannot open a folder; its rename is in the file system's journal
    with suppress(OSError):  # the new file is in its place already; some network folders refuse
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _stranger(keyfile: KeyFile) -> Slot:
    costs = [slot.cost for slot in keyfile.slots]
    cost = max(costs, key=lambda cost: cost.memory_kib * cost.time, default=Cost())
    return decoy("", workspace_id=keyfile.workspace_id, cost=cost)


def _plain_json(data: bytes) -> object:
    # Compared with what would be written: a value left out must not become a default.
    return msgspec.json.decode(data)


def _has_twins(keyfile: KeyFile) -> bool:
    ids = {slot.user_id for slot in keyfile.slots}
    names = {_plain(slot.name) for slot in keyfile.slots}
    return min(len(ids), len(names)) < len(keyfile.slots)


def _plain(name: str) -> str:
    return normalize("NFC", name).strip().casefold()


def _damaged() -> str:
    return _("The key file is damaged; restore it from a backup, or use the recovery words.")
