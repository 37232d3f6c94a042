"""Packed files: what is in them is read from memory, and no path in them is ever used."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from ocgdesk.errors import Refused
from ocgdesk.exchange.loading import LARGEST
from ocgdesk.i18n import _

MOST_FILES: Final = 200
_RATIO: Final = 200
_SMALL: Final = 16 * 1024 * 1024
_NO_TABLES: Final = (".md", ".adoc", ".pdf", ".rst", ".html", ".png", ".jpg", ".docx")
_LEAFLETS: Final = ("readme", "licence", "license", "copying", "changelog")


def members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a ZIP by their bare names; Refused for one that is damaged or a trap.

    Folders, leaflets and what programs leave beside files are passed over.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            wanted = [info for info in archive.infolist() if _is_wanted(info)]
            _guard(wanted, len(data))
            taken: set[str] = set()
            for info in wanted:
                yield _name(info, taken), _unpacked(archive, info)
    except Refused:
        raise
    except Exception:  # noqa: BLE001 - a damaged archive can break zipfile in any way
        raise Refused(_("This file is damaged: it starts like a workbook or ZIP.")) from None


def _is_wanted(info: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(info.filename.replace("\\", "/"))
    name = path.name.casefold()
    if info.is_dir() or not name or name.startswith(".") or "__MACOSX" in path.parts:
        return False
    return not name.endswith(_NO_TABLES) and not name.startswith(_LEAFLETS)


def _guard(wanted: list[zipfile.ZipInfo], packed: int) -> None:
    if len(wanted) > MOST_FILES:
        raise Refused(_("This ZIP holds more than {n} files.").format(n=MOST_FILES))
    if any(info.flag_bits & 1 for info in wanted):
        raise Refused(_("This ZIP is protected by a password: unpack it and import the files."))
    unpacked = sum(info.file_size for info in wanted)
    if unpacked > LARGEST or (unpacked > _SMALL and unpacked > _RATIO * packed):
        raise Refused(_("This ZIP would unpack to far more than it should."))


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return the bytes of a file, no more than it says it has: its word may be wrong."""
    with archive.open(info) as member:
        data = member.read(info.file_size + 1)
    if len(data) > info.file_size:
        raise Refused(_("This ZIP would unpack to far more than it should."))
    return data


def _name(info: zipfile.ZipInfo, taken: set[str]) -> str:
    """Return the bare name of a file: where in the archive it lay says nothing to us."""
    path = PurePosixPath(info.filename.replace("\\", "/"))
    name, n = path.name, 1
    while name in taken:
        n += 1
        name = f"{path.stem} ({n}){path.suffix}"
    taken.add(name)
    return name


def unzipped(data: bytes) -> bytes:
    """Return what a gzip file holds; Refused for one that is damaged or a trap."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        found = unpacker.decompress(data, LARGEST + 1)
    except zlib.error:
        raise Refused(_("This compressed file is damaged.")) from None
    if len(found) > LARGEST or (len(found) > _SMALL and len(found) > _RATIO * len(data)):
        raise Refused(_("This file would unpack to far more than it should."))
    if not unpacker.eof:
        raise Refused(_("This compressed file is damaged."))
    return found
