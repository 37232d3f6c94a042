"""The hash chain of the journal, as pure functions over SHA-256.

Each entry's hash covers the hash before it and the entry's own fields, among them the hash of
its payload. The payload itself is not covered, so it can be erased by law and the chain still
verifies.

What the chain cannot show: that entries were cut off its end, or that somebody with the key
wrote the whole of it anew. For that its head is printed on what leaves the workspace.
"""

import hashlib
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ocgdesk.errors import Refused
from ocgdesk.i18n import _

Field = str | int | bytes | None

HASH_BYTES: Final = 32
GENESIS: Final = bytes(HASH_BYTES)  # what the first entry follows

_FULL_DIGITS = 2 * HASH_BYTES
_SHORT_DIGITS = _FULL_DIGITS // 2  # 128 bits: nobody finds a second chain with the same ones
_GROUP = 4
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """One entry as it is stored: its number (1, 2, 3 …), fields and both hashes."""

    seq: int
    fields: Mapping[str, Field]
    previous: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain is broken, and how, in one sentence."""

    seq: int
    what: str


def item_hash(data: bytes) -> bytes:
    """Return the hash of one item of a payload.

    A hash outlives what is erased, and short text can be guessed from it: put random bytes
    into ``data`` that are erased with it.
    """
    return hashlib.sha256(b"ocgdesk item 1\0" + data).digest()


def payload_hash(item_hashes: Iterable[bytes]) -> bytes:
    """Return the hash of a payload from those of its items, in their order."""
    digest = hashlib.sha256(b"ocgdesk payload 1\0")
    for item in item_hashes:
        digest.update(_whole(item))
    return digest.digest()


def entry_hash(previous: bytes, fields: Mapping[str, Field]) -> bytes:
    """Return the hash of an entry that follows the one with hash ``previous``."""
    digest = hashlib.sha256(b"ocgdesk entry 1\0" + _whole(previous))
    for name in sorted(fields):
        digest.update(_encoded(name) + _encoded(fields[name]))
    return digest.digest()


def check(entries: Iterable[Linked], *, seq: int = 0, previous: bytes = GENESIS) -> Break | None:
    """Return the first break in these entries, or None.

    The entries are to follow entry number ``seq`` with hash ``previous``; left out, they are
    the whole journal from its beginning.
    """
    for entry in entries:
        seq += 1
        wrong = _wrong(entry, seq, previous)
        if wrong:
            return Break(seq, wrong)
        previous = entry.hash
    return None


def short(head: bytes) -> str:
    """Return the head of a chain for print: its first 16 bytes as ``1a2b-3c4d-…``."""
    digits = _whole(head).hex()[:_SHORT_DIGITS]
    return "-".join(digits[at : at + _GROUP] for at in range(0, _SHORT_DIGITS, _GROUP))


def same_head(one: str | bytes, other: str | bytes) -> bool:
    """Tell whether two heads are the same, each in bytes, full digits or the short form.

    Raises Refused for a text that is no head.
    """
    first, second = _digits(one), _digits(other)
    shared = min(len(first), len(second))
    return first[:shared] == second[:shared]


def _wrong(entry: Linked, seq: int, previous: bytes) -> str | None:
    if entry.seq != seq:
        return _(
            "Journal entry {found} stands where {seq} should: one was removed, added or moved."
        ).format(found=entry.seq, seq=seq)
    if entry.previous != previous:
        return _("Journal entry {seq} does not follow from the entry before it.").format(seq=seq)
    if entry.hash != entry_hash(previous, entry.fields):
        return _("Journal entry {seq} was changed after it was written.").format(seq=seq)
    return None


def _encoded(value: Field) -> bytes:
    """Return bytes no other value gives: a letter for the type, the length, the content."""
    tag, content = _tagged(value)
    return tag + struct.pack(">Q", len(content)) + content


def _tagged(value: Field) -> tuple[bytes, bytes]:
    match value:
        case None:
            return b"n", b""
        case str():
            return b"s", value.encode()
        case bytes():
            return b"b", value
        case int():  # True is 1, as it is once a database has given it back
            return b"i", str(int(value)).encode()


def _whole(digest: bytes) -> bytes:
    if len(digest) != HASH_BYTES:
        raise ValueError("a hash of the chain has 32 bytes")
    return digest


def _digits(head: str | bytes) -> str:
    if isinstance(head, bytes):
        return _whole(head).hex()
    digits = "".join(_spelled(head))
    if len(digits) not in (_SHORT_DIGITS, _FULL_DIGITS) or not _HEX.issuperset(digits):
        raise Refused(_("That is no journal head; it looks like 1a2b-3c4d-… with 32 or 64 digits."))
    return digits


def _spelled(head: str) -> Iterator[str]:
    return (letter for letter in head.casefold() if letter != "-" and not letter.isspace())
