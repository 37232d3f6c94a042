"""What the database driver says went wrong, in one sentence a user can act on."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from ocgdesk.errors import BadWorkspace, CannotWrite, Conflict, DeskError

_SENTENCES: tuple[tuple[str, type[DeskError], str], ...] = (
    ("is locked", CannotWrite, "Another window or program is saving to this workspace; try again"),
    ("is full", CannotWrite, "The disk is full; nothing was saved"),
    ("readonly", CannotWrite, "This workspace or its folder cannot be written to"),
    ("unable to open", CannotWrite, "The workspace cannot be opened where it is"),
    ("disk i/o", CannotWrite, "The disk does not answer as it should; nothing was saved"),
    (
        "not a database",
        BadWorkspace,
        "The key does not fit this file: its first page is damaged, or it is another workspace's",
    ),
    (
        "malformed",
        BadWorkspace,
        "Part of this workspace is damaged; verify it, and restore a backup",
    ),
    (
        "foreign key",
        Conflict,
        "What this names was removed, or something depends on it; nothing was changed",
    ),
)


def sentence(error: BaseException) -> DeskError | None:
    """Return the user's word for a driver's error; None where it is a bug of ours."""
    if isinstance(error, DBAPIError):
        error = error.orig or error
    if not isinstance(error, sqlcipher3.Error):
        return None
    said = str(error).lower()
    for sign, cls, words in _SENTENCES:
        if sign in said:
            return cls(words)
    return None


@contextmanager
def translated() -> Iterator[None]:
    """Turn what the driver raises into a sentence; anything unknown passes as it is."""
    try:
        yield
    except PoolTimeout:
        raise CannotWrite("The workspace is busy; try again in a moment") from None
    except (DBAPIError, sqlcipher3.Error) as error:
        if (known := sentence(error)) is not None:
            raise known from error
        raise
