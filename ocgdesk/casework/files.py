"""Files for others: written whole or not at all."""

import os
from collections.abc import Iterable
from pathlib import Path

from ocgdesk.errors import CannotWrite, Refused
from ocgdesk.i18n import _


def ending(path: Path) -> str:
    """Return a file's ending in small letters, without its dot; empty where it has none."""
    return path.suffix.lstrip(".").lower()


def ending_of(path: Path, known: Iterable[str], told: str) -> str:
    """Return a file's ending where it is a known one.

    Raises Refused for any other, in the words of ``told``, whose ``{known}`` is filled in.
    """
    named = ending(path)
    if named not in (names := tuple(known)):
        raise Refused(told.format(known=", ".join(names)))
    return named


def check_can_write(path: Path) -> None:
    """Raise CannotWrite where a file cannot be made or replaced; nothing is written yet.

    A file that another program holds open, as Word does, cannot be replaced on Windows.
    """
    new = path.with_name(path.name + ".new")
    try:
        if path.exists():
            path.open("r+b").close()
        new.open("wb").close()
        new.unlink()
    except OSError as error:
        raise _cannot_write(path, error) from None


def _cannot_write(path: Path, error: OSError) -> CannotWrite:
    told = _("{name} cannot be written: {why}")
    return CannotWrite(told.format(name=path.name, why=error.strerror))


def write(path: Path, data: bytes) -> Path:
    """Write a file whole or not at all; CannotWrite where that fails."""
    new = path.with_name(path.name + ".new")
    try:
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise _cannot_write(path, error) from None
    return path
