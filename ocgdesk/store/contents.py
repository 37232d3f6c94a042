"""The bytes of attachments: kept once by their hash, inside the encrypted file.

The journal's payloads carry the hash only. Bytes stay when an attachment is removed, so that
undo brings it back whole.
"""

import hashlib
import zlib
from typing import Final

from sqlalchemy import select

from ocgdesk.domain.kinds import Kind
from ocgdesk.errors import NotFound
from ocgdesk.i18n import _
from ocgdesk.store import tables
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work

_PLAIN: Final = b"\0"
_PACKED: Final = b"\1"
_LEVEL: Final = 6
_content = tables.content


def digest_of(data: bytes) -> str:
    """Return the hash under which bytes are kept: SHA-256 in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def packed(data: bytes) -> bytes:
    """Return bytes as they are kept: compressed where that makes them shorter."""
    small = zlib.compress(data, _LEVEL)
    return _PACKED + small if len(small) < len(data) else _PLAIN + data


def unpacked(kept: bytes) -> bytes:
    """Return what was kept."""
    return zlib.decompress(kept[1:]) if kept[:1] == _PACKED else kept[1:]


def keep(work: Work, digest: str, kept: bytes) -> None:
    """Keep packed bytes under their hash; what is there already is not kept twice."""
    reader = work.reader
    if reader.rows(select(_content.c.digest).where(_content.c.digest == digest)):
        return
    reader.connection.execute(_content.insert().values(digest=digest, data=kept))


def read(reader: Reader, digest: str) -> bytes:
    """Return the bytes of an attachment that this reader may know of; NotFound for any other.

    The hash alone opens nothing: an attachment the reader may see must name it.
    """
    own = tables.KINDS[Kind.ATTACHMENT].own
    assert own is not None  # noqa: S101 - attachments have fields of their own
    entity = tables.entity
    query = (
        select(_content.c.data)
        .join(own, own.c.digest == _content.c.digest)
        .join(entity, entity.c.no == own.c.no)
        .where(_content.c.digest == digest, reader.may_see())
        .limit(1)
    )
    if not (rows := reader.rows(query)):
        raise NotFound(_("The content of this file is not here, or it is not open to you"))
    return unpacked(bytes(rows[0].data))
