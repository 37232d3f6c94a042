"""The reference lists of the workspace at the desk: what the whole window goes by."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from ocgdesk.domain import reference_data
from ocgdesk.domain.kinds import Kind

if TYPE_CHECKING:
    from ocgdesk.ui.desk import Changed, Desk


class OwnLists(QObject):
    """Keeps the process on the lists of a desk's workspace, also when they are edited."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._held = reference_data.SHIPPED
        self.adopt()
        desk.changed.connect(self._on_changed)

    def adopt(self) -> None:
        """Go by the lists as the workspace has them now."""
        self._held = self._desk.workspace.lists()
        reference_data.adopt(self._held)

    def release(self) -> None:
        """Forget them, unless another desk has taken over meanwhile."""
        reference_data.release(self._held)

    @Slot(object)
    def _on_changed(self, changed: "Changed") -> None:
        if changed.touches(Kind.LIST_EDITION):
            self.adopt()
