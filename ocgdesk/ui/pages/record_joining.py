"""Merges taken apart, and the stop list, from the page of a record."""

from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.pairings import COMPARED
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.joined_dialog import JoinedDialog


class Joining(QObject):
    """Opens what was merged into a record."""

    def __init__(self, desk: Desk, id_: UUID, kind: Kind, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._id, self._kind, self._over = desk, id_, kind, over

    def add_actions(self, menu: QMenu, *, refused: str) -> None:
        """Offer it for the kinds that duplicates are looked for among."""
        if self._kind in COMPARED:
            action = menu.addAction(_("Merges, and shared by many…"))
            action.setEnabled(not refused)
            action.triggered.connect(self.show)

    def show(self) -> None:
        """Show what was merged into the record, and whether many share it."""
        JoinedDialog(self._desk, self._id, parent=self._over).open()
