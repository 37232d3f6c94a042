"""Bytes of a file, all in memory: nothing is ever unpacked to disk."""

from pathlib import Path

from ocgdesk.errors import NotFound, Refused
from ocgdesk.i18n import _

LARGEST = 512 * 1024 * 1024
"""Bytes; a file larger than this, packed or unpacked, is refused."""


def load(source: Path | bytes, name: str = "") -> tuple[bytes, str]:
    """Return a file's bytes and its name; Refused where it is missing, empty or too large."""
    if isinstance(source, bytes):
        data, name = source, name or "table"
    else:
        data, name = _read(source), name or source.name
    if not data.strip():
        raise Refused(_("The file {name} is empty.").format(name=name))
    return data, name


def _read(path: Path) -> bytes:
    # Reading a workspace that is open here would drop this process's locks on it (POSIX).
    if ".ocgdesk" in path.name:
        raise Refused(
            _("{name} is an OCG Desk workspace: open it, it cannot be imported.").format(
                name=path.name
            )
        )
    try:
        if path.stat().st_size > LARGEST:
            raise Refused(_("The file {name} is larger than 512 MB.").format(name=path.name))
        return path.read_bytes()
    except FileNotFoundError:
        raise NotFound(_("There is no file {name}.").format(name=path.name)) from None
    except OSError:
        raise Refused(_("The file {name} cannot be read.").format(name=path.name)) from None
