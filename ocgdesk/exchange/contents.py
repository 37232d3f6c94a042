"""What a file is by its first bytes, whatever its name says."""

import io
import zipfile
from enum import StrEnum

from ocgdesk.errors import Refused
from ocgdesk.exchange.json_table import is_json
from ocgdesk.i18n import N_, _


class Content(StrEnum):
    """The shapes of file that can be read."""

    TEXT = "text"
    WORKBOOK = "workbook"
    OLD_WORKBOOK = "old-workbook"
    OPEN_DOCUMENT = "open-document"
    JSON = "json"
    ARCHIVE = "archive"
    COMPRESSED = "compressed"


_OTHER = (
    (b"%PDF", N_("a PDF")),
    (b"\x7fELF", N_("a program")),
    (b"\x89PNG", N_("a picture")),
    (b"\xff\xd8\xff", N_("a picture")),
    (b"GIF8", N_("a picture")),
    (b"7z\xbc\xaf\x27\x1c", N_("a compressed file")),
    (b"Rar!\x1a", N_("a compressed file")),
    (b"BZh9", N_("a compressed file")),
    (b"SQLite format 3\x00", N_("a database")),
    (b"{\\rtf", N_("a text document")),
    (b"PAR1", N_("a Parquet file")),
)
LOCKED = N_("This workbook is protected by a password: save it without one and import that.")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def content_of(data: bytes) -> Content:
    """Tell which reader a file is for; Refused, saying what it looks like, for any other."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(data)
    if data.startswith(_OLE):
        return _old_office(data)
    if data.startswith(b"\x1f\x8b"):
        return Content.COMPRESSED
    if data.startswith(b"MZ") and b"\x00" in data[:512]:
        raise Refused(_not_a_table(_("a program")))
    for start, words in _OTHER:
        if data.startswith(start):
            raise Refused(_not_a_table(_(words)))
    return Content.JSON if is_json(data) else Content.TEXT


def _not_a_table(words: str) -> str:
    return _("This is not a table: it starts like {words}.").format(words=words)


def _archive(data: bytes) -> Content:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            mimetype = _mimetype(archive, names)
    except Exception:  # noqa: BLE001 - a damaged archive can break zipfile in any way
        raise Refused(_("This file is damaged: it starts like a workbook or ZIP.")) from None
    if "xl/workbook.xml" in names:
        return Content.WORKBOOK
    if b"opendocument.spreadsheet" in mimetype:
        return Content.OPEN_DOCUMENT
    if told := _other_archive(names, mimetype):
        raise Refused(told)
    return Content.ARCHIVE


def is_word(data: bytes) -> bool:
    """Tell whether a file is a Word document that holds running text."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except Exception:  # noqa: BLE001 - a damaged archive can break zipfile in any way
        return False


def _mimetype(archive: zipfile.ZipFile, names: set[str]) -> bytes:
    if "mimetype" not in names:
        return b""
    with archive.open("mimetype") as member:
        return member.read(100)


def _other_archive(names: set[str], mimetype: bytes) -> str:
    """Say what a packed file is that holds no tables; empty for a plain ZIP."""
    if "xl/workbook.bin" in names:
        return _("This is a binary Excel workbook (.xlsb): save it as .xlsx and import that.")
    if any(name.startswith(("word/", "ppt/")) for name in names) or mimetype:
        return _not_a_table(_("an office document"))
    return ""


def _old_office(data: bytes) -> Content:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused(_(LOCKED))
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        return Content.OLD_WORKBOOK
    raise Refused(_not_a_table(_("an old office document")))
