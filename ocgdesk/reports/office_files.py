"""What Word files and slides share: nothing of the machine in them, and the same bytes again."""

import io
import re
import zipfile
from datetime import datetime, time
from typing import Any, Final

from ocgdesk.reports.document import Document

FONT: Final = "Arial"  # on every workstation that opens office files
MONO: Final = "Courier New"
STAMP: Final = (1980, 1, 1, 0, 0, 0)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_STRANGERS: Final = {"thumbnail", "extended-properties", "stylesWithEffects", "printerSettings"}


def legal(text: str) -> str:
    """Return text that XML holds."""
    return _NOT_IN_XML.sub("", text.encode("utf-8", errors="replace").decode("utf-8"))


def tell(file: Any, document: Document) -> None:
    """Say in the file's properties what the paper says of itself, and nothing of the machine."""
    core, moment = file.core_properties, datetime.combine(document.day, time())
    core.title, core.subject = _short(document.title), _short(document.marking)
    core.author = core.last_modified_by = _short(document.author)
    core.comments, core.identifier = _short(document.told), _short(document.identifier)
    core.version = _short(document.version)
    core.keywords = core.category = ""
    core.created = core.modified = moment
    core.revision = 1
    core.language = "en-GB"


def _short(text: str) -> str:
    """Return text as a property holds it."""
    return legal(text)[:255]


def drop_strangers(*parts: Any) -> None:
    """Leave out of these relations what a library's template says of where it was made."""
    for rels in parts:
        for number, rel in list(rels.items()):
            if rel.reltype.rpartition("/")[2] in _STRANGERS:
                rels.pop(number)


def settled(data: bytes) -> bytes:
    """Return the file without the times at which its parts were packed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in given.namelist():
            info = zipfile.ZipInfo(name, date_time=STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, given.read(name))
    return out.getvalue()
