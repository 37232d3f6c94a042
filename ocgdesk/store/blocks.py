"""The journal's payloads: pairs of before and after, compressed a thousand at a time."""

import os
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from ocgdesk.domain.changes import Change
from ocgdesk.domain.things import Thing
from ocgdesk.domain.wire import from_wire, to_wire
from ocgdesk.errors import BadWorkspace
from ocgdesk.security import chain

PER_BLOCK = 1000
ERASED = b"\x00erased"

_encoder = msgspec.msgpack.Encoder(uuid_format="bytes")
_pair_decoder = msgspec.msgpack.Decoder(list[Any])
_block_decoder = msgspec.msgpack.Decoder(list[bytes])


@dataclass(frozen=True, slots=True)
class Block:
    """One compressed block as it is stored, and the hashes of the pairs in it."""

    data: bytes
    hashes: tuple[bytes, ...]


def encode(change: Change) -> bytes:
    """Return one pair of before and after as bytes.

    Random bytes go in with them: the hash of a pair outlives its erasure, and without them a
    short text could be guessed from it.
    """
    return _encoder.encode([_wire(change.before), _wire(change.after), os.urandom(16)])


def _wire(thing: Thing | None) -> dict[str, Any] | None:
    return None if thing is None else to_wire(thing)


def decode(data: bytes) -> Change | None:
    """Return the pair that bytes stand for; None where it was lawfully erased."""
    if data.startswith(ERASED):
        return None
    before, after, _salt = _pair_decoder.decode(data)
    return Change(before and from_wire(before), after and from_wire(after))


def before_decoder(shape: type[msgspec.Struct]) -> msgspec.msgpack.Decoder[Any]:
    """Return what reads the state before a change into a shape; what that has no place for is left.

    The state after and the random bytes are skipped.
    """
    return msgspec.msgpack.Decoder(tuple[shape | None, msgspec.Raw, msgspec.Raw])  # type: ignore[valid-type]


def before(data: bytes, decoder: msgspec.msgpack.Decoder[Any]) -> Any:
    """Return the state before a change; None where it made the thing or was lawfully erased.

    Ids are bytes, days and codes text, as in ``domain.wire``.
    """
    return None if data.startswith(ERASED) else decoder.decode(data)[0]


def pack(items: Sequence[bytes]) -> list[Block]:
    """Return blocks of at most 1,000 items each."""
    blocks = []
    for start in range(0, len(items), PER_BLOCK):
        some = items[start : start + PER_BLOCK]
        data = zlib.compress(_encoder.encode(some), level=1)
        blocks.append(Block(data, tuple(chain.item_hash(item) for item in some)))
    return blocks


def unpack(data: bytes) -> list[bytes]:
    """Return the items of a stored block; BadWorkspace where it is damaged."""
    try:
        return _block_decoder.decode(zlib.decompress(data))
    except (zlib.error, msgspec.DecodeError) as error:
        raise BadWorkspace(f"a block of the journal is damaged: {error}") from None


def hashes(items: Iterable[bytes]) -> Iterable[bytes]:
    """Yield each item's hash; an erased item brings the hash of what it was."""
    for item in items:
        yield item[len(ERASED) :] if item.startswith(ERASED) else chain.item_hash(item)


def erased(item: bytes) -> bytes:
    """Return what is left of an item after lawful erasure: the hash it had."""
    return ERASED + next(iter(hashes([item])))
