"""A dialog over an open workspace: marked as the workspace is."""

from PySide6.QtWidgets import QWidget

from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.sheet import Sheet


class DeskSheet(Sheet):
    """A dialog that reads from the desk and carries the marking of its workspace."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        accept: str,
        *,
        width: int = 520,
        parent: QWidget | None = None,
    ) -> None:
        """Make the dialog; ``accept`` is on its main button, ``width`` its least at 100 %."""
        about = desk.workspace.about
        super().__init__(
            title,
            accept,
            marking=about.marking.value,
            synthetic=about.synthetic,
            width=width,
            parent=parent,
        )
        self.desk = desk
