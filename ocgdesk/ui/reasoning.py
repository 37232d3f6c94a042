"""Reasons asked for before something is done, once in a session, as the workspace has it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from ocgdesk.casework import reasons
from ocgdesk.casework.reasons import Asking, Use
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.reason_dialog import ReasonDialog


def before(desk: Desk, use: Use, over: QWidget, go: Callable[[], object]) -> None:
    """Do this at once, or after a reason was given where one is asked for and none was yet.

    Nothing is done where a reason is mandatory and the user gives none.
    """
    asking = reasons.of(desk.workspace)[use]
    if asking is Asking.OFF or use in desk.reasons:
        go()
        return
    wanted = reasons.wanted(use, mandatory=asking is Asking.MANDATORY)
    dialog = ReasonDialog(desk, wanted, parent=over)
    dialog.given.connect(partial(_given, desk, use, go))
    dialog.open()


def given(desk: Desk, use: Use) -> str:
    """Return the reason given in this session; empty where none was."""
    return desk.reasons.get(use, "")


def _given(desk: Desk, use: Use, go: Callable[[], object], reason: str) -> None:
    desk.reasons[use] = reason
    go()
