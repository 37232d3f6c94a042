"""The reference lists of the workspace at the desk: what the whole window goes by."""

from collections.abc import Callable, Collection

from ocgdesk.domain import reference_data
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import Editions


class OwnLists:
    """Keeps the process on the lists of a desk's workspace, also when they are edited."""

    def __init__(self, read: Callable[[], Editions]) -> None:
        self._read = read
        self._held = reference_data.SHIPPED
        self.adopt()

    def adopt(self) -> None:
        """Go by the lists as the workspace has them now."""
        self._held = self._read()
        reference_data.adopt(self._held)

    def release(self) -> None:
        """Forget them, unless another desk has taken over meanwhile."""
        reference_data.release(self._held)

    def follow(self, kinds: Collection[Kind]) -> None:
        """Look again where things of these kinds changed and lists are among them."""
        if Kind.LIST_EDITION in kinds:
            self.adopt()
