"""What can go wrong for a user, in the user's words; anything else is a bug."""

from uuid import UUID


class DeskError(Exception):
    """Something the user can do something about. Its text is shown as it stands."""


class Refused(DeskError):
    """The act is not allowed, or its input makes no sense; nothing was changed."""


class TooMany(Refused):
    """So many items are asked for on one chart that nobody could read it.

    It names what would be on it, and what it would be drawn round, for something narrower.
    """

    def __init__(
        self, told: str, items: tuple[UUID, ...] = (), focus: tuple[UUID, ...] = ()
    ) -> None:
        super().__init__(told)
        self.items = items
        self.focus = focus


class NotFound(Refused):
    """There is no such thing, or the reader may not know of it."""


class Conflict(Refused):
    """Somebody changed the same thing first."""


class NotUnlocked(DeskError):
    """The passphrase, the user or the recovery words did not open the workspace."""


class BadWorkspace(DeskError):
    """The file is no workspace, is damaged, or was made by a newer version."""


class CannotWrite(DeskError):
    """The disk, the folder or another program does not let us write."""


class Cancelled(Exception):
    """The user asked to stop. Nobody is told: they know."""
