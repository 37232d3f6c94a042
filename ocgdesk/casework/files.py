"""Files for others: written whole or not at all."""

import os
from pathlib import Path

from ocgdesk.errors import CannotWrite


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
        raise CannotWrite(f"{path.name} cannot be written: {error.strerror}") from None
    return path
