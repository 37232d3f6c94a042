"""What the parts of the tasking page share: they ask for themselves and have one main act."""

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.domain.people import Right
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.pages.record_case_parts import CasePart


class TaskingPart(CasePart):
    """A part of the tasking page; the page's main button does what ``act_first`` does."""

    said = Signal(str)
    """What was done, for a toast: a file was written."""
    summed = Signal(str)
    """What the line below the page's title says."""
    gone = Signal(object)
    """A Target to go to."""
    ICON: ClassVar[str] = "action.add"
    KEY: ClassVar[str] = "Ctrl+N"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, desk.workspace.about.id, parent)
        self.refused = refusal(desk)
        self.refresh()

    def verb(self) -> str:
        """Return what the main button says; empty where there is nothing to do here."""
        return ""

    def act_first(self) -> None:
        """Do what the main button says."""

    def summary(self) -> str:
        """Return how many there are, and on what basis."""
        return ""

    def _show(self, found: object) -> None:
        super()._show(found)
        self.summed.emit(self.summary())


def refusal(desk: Desk) -> str:
    """Return why this user changes nothing here; empty where they may."""
    if desk.may(Right.EDIT):
        return ""
    if desk.user.may(Right.EDIT):
        return _("This workspace is open read only.")
    return _("Your roles do not allow this.")
