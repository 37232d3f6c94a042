"""Key slots: the data key, wrapped once for each user under their own passphrase."""

import secrets
import struct
import unicodedata
from dataclasses import dataclass
from typing import Annotated, Final
from uuid import UUID

from msgspec import Meta

from ocgdesk.errors import BadWorkspace, NotUnlocked
from ocgdesk.i18n import N_, _
from ocgdesk.security.keys import KEY_BYTES, DataKey

WRONG: Final = N_("That did not unlock the workspace.")

_SALT_BYTES = 16
_NONCE_BYTES = 12
_TAG_BYTES = 16
_WRAPPED_BYTES = KEY_BYTES + _TAG_BYTES
_MOST_MEMORY_KIB = 1024 * 1024
_MOST_TIME = 20
_MOST_PARALLELISM = 16
_LEAST_KIB_PER_LANE = 8  # RFC 9106, section 3.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one guess costs with Argon2id: memory in KiB, passes over it, lanes.

    Raises BadWorkspace outside sane bounds: a key file somebody tampered with must not be
    able to use up the memory or the time of this machine.
    """

    memory_kib: int = 64 * 1024
    time: int = 3
    parallelism: int = 4

    def __post_init__(self) -> None:
        sane = (
            1 <= self.parallelism <= _MOST_PARALLELISM
            and 1 <= self.time <= _MOST_TIME
            and _LEAST_KIB_PER_LANE * self.parallelism <= self.memory_kib <= _MOST_MEMORY_KIB
        )
        if not sane:
            raise BadWorkspace(
                _("The key file asks for an absurd amount of memory or time; it is damaged.")
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One user's way in: their name and roles for the unlock page, and the wrapped key.

    Name and roles are a label for the door and can be altered by whoever can write the key
    file; what a user may do is decided inside the workspace, by ``user_id``, which the
    wrapping is bound to.
    """

    user_id: UUID
    name: str
    roles: tuple[str, ...]
    cost: Cost
    salt: Annotated[bytes, Meta(min_length=_SALT_BYTES, max_length=_SALT_BYTES)]
    nonce: Annotated[bytes, Meta(min_length=_NONCE_BYTES, max_length=_NONCE_BYTES)]
    wrapped: Annotated[bytes, Meta(min_length=_WRAPPED_BYTES, max_length=_WRAPPED_BYTES)]


def make_slot(
    key: DataKey,
    user_id: UUID,
    name: str,
    roles: tuple[str, ...],
    passphrase: str,
    *,
    workspace_id: UUID,
    cost: Cost | None = None,
) -> Slot:
    """Return a slot that gives ``key`` back for this passphrase, in this workspace only."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    cost = cost or Cost()
    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    wrapping = AESGCM(_derived(passphrase, salt, cost))
    return Slot(
        user_id=user_id,
        name=name,
        roles=roles,
        cost=cost,
        salt=salt,
        nonce=nonce,
        wrapped=wrapping.encrypt(nonce, key.raw, _bound_to(workspace_id, user_id, cost)),
    )


def decoy(name: str, *, workspace_id: UUID, cost: Cost) -> Slot:
    """Return a slot that no passphrase opens, at the price of one that some would."""
    return Slot(
        user_id=workspace_id,
        name=name,
        roles=(),
        cost=cost,
        salt=secrets.token_bytes(_SALT_BYTES),
        nonce=secrets.token_bytes(_NONCE_BYTES),
        wrapped=secrets.token_bytes(_WRAPPED_BYTES),
    )


def open_slot(slot: Slot, passphrase: str, *, workspace_id: UUID) -> DataKey:
    """Return the data key.

    Raises NotUnlocked with the same sentence whatever was wrong: passphrase, user,
    workspace or a slot that was tampered with.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    wrapping = AESGCM(_derived(passphrase, slot.salt, slot.cost))
    bound_to = _bound_to(workspace_id, slot.user_id, slot.cost)
    try:
        return DataKey(wrapping.decrypt(slot.nonce, slot.wrapped, bound_to))
    except InvalidTag:
        raise NotUnlocked(_(WRONG)) from None


def _derived(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    try:
        return hash_secret_raw(
            _secret(passphrase),
            salt,
            time_cost=cost.time,
            memory_cost=cost.memory_kib,
            parallelism=cost.parallelism,
            hash_len=KEY_BYTES,
            type=Type.ID,
        )
    except HashingError:
        raise NotUnlocked(
            _("There is not enough free memory to unlock the workspace; close other programs.")
        ) from None


def _secret(passphrase: str) -> bytes:
    # The same é comes as one character or as two from different keyboards and systems. NFC
    # makes them one. NFKC would also fold characters the user sees as different.
    # Bytes that are no text (from an environment variable) are a wrong passphrase, not a crash.
    return unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")


def _bound_to(workspace_id: UUID, user_id: UUID, cost: Cost) -> bytes:
    # All parts have a fixed width, so no two slots can ever give the same bytes.
    numbers = struct.pack(">III", cost.memory_kib, cost.time, cost.parallelism)
    return b"ocgdesk slot 1\0" + workspace_id.bytes + user_id.bytes + numbers
