"""Putting a newly encrypted file in the place of the old one, also after a cut in the middle.

The order is: the whole new file under a working name, then the key file, then the rename.
Whichever key the key file leads to therefore always fits one of the two files.
"""

from contextlib import suppress
from pathlib import Path

from ocgdesk.security.keys import DataKey
from ocgdesk.store import bundle
from ocgdesk.store import engine as engines


def working_name(path: Path) -> Path:
    """Return where the newly encrypted file is made: ``NAME.ocgdesk.rekeyed``."""
    return path.with_name(path.name + ".rekeyed")


def settle(path: Path, key: DataKey) -> None:
    """Finish, or clear away, what a program that was cut off left of a change of keys."""
    new = working_name(path)
    if not new.exists():
        return
    fits_old = engines.fits(path, key)
    if fits_old is False and engines.fits(new, key):
        put_in_place(new, path)
    elif fits_old:
        discard(new)


def put_in_place(new: Path, path: Path) -> None:
    """Rename the new file over the old one, and see that it stays so."""
    new.replace(path)
    discard(new)
    bundle.sync_folder(path.parent)


def discard(new: Path) -> None:
    """Remove a file under its working name, with its journal."""
    for name in (new, Path(f"{new}-journal")):
        with suppress(OSError):
            name.unlink(missing_ok=True)
