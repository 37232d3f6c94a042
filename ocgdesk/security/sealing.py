"""Small notes beside a workspace, readable only by whoever holds its data key."""

import secrets
from typing import Final

from ocgdesk.errors import BadWorkspace
from ocgdesk.i18n import _
from ocgdesk.security.keys import KEY_BYTES, DataKey

_MAGIC: Final = b"OCGDESK NOTE 1\n"
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16


def seal(key: DataKey, purpose: str, content: bytes) -> bytes:
    """Return the content encrypted (AES-256-GCM) under a key made for this purpose alone."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE_BYTES)
    return _MAGIC + nonce + AESGCM(_derived(key, purpose)).encrypt(nonce, content, _MAGIC)


def unseal(key: DataKey, purpose: str, sealed: bytes) -> bytes:
    """Return the content of a note.

    Raises BadWorkspace where it is none, was altered, or was sealed with another key or for
    another purpose.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    start = len(_MAGIC)
    if not sealed.startswith(_MAGIC) or len(sealed) < start + _NONCE_BYTES + _TAG_BYTES:
        raise BadWorkspace(_unreadable())
    nonce, content = sealed[start : start + _NONCE_BYTES], sealed[start + _NONCE_BYTES :]
    try:
        return AESGCM(_derived(key, purpose)).decrypt(nonce, content, _MAGIC)
    except InvalidTag:
        raise BadWorkspace(_unreadable()) from None


def _derived(key: DataKey, purpose: str) -> bytes:
    """Return a key of its own for each purpose: the data key itself is SQLCipher's."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    info = b"ocgdesk note 1\0" + purpose.encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(key.raw)


def _unreadable() -> str:
    return _("The note beside the workspace is damaged or belongs to another workspace.")
