"""The bytes of attachments and templates: kept once by their hash, inside the encrypted file.

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
from ocgdesk.store.own_tables import own_table
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
    """Return the bytes of a file that this reader may know of; NotFound for any other.

    The hash alone opens nothing: an attachment or a template the reader may see must name it.
    """
    entity = tables.entity
    for kind in (Kind.ATTACHMENT, Kind.PAPER_TEMPLATE):
        own = own_table(kind)
        query = (
            select(_content.c.data)
            .join(own, own.c.digest == _content.c.digest)
            .join(entity, entity.c.no == own.c.no)
            .where(_content.c.digest == digest, reader.may_see())
            .limit(1)
        )
        if rows := reader.rows(query):
            return unpacked(bytes(rows[0].data))
    raise NotFound(_("The content of this file is not here, or it is not open to you"))
