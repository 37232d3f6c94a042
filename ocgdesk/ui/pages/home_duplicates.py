"""How many pairs were to be decided on when this user last looked: the way there from Home.

Looking compares the whole register, up to a minute and a half for a hundred thousand people, so
Home says what the last look found and when, and begins none by itself.
"""

from datetime import UTC, datetime
from uuid import UUID

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.domain.people import Right
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.pages.home_recent import when
from ocgdesk.ui.widgets.buttons import outline


def _key(workspace: UUID, user: UUID) -> str:
    return f"pairs/{workspace}/{user}"


def note(desk: Desk, pairs: int) -> None:
    """Keep how many pairs are left to decide on; a number and the moment, no more."""
    key = _key(desk.workspace.about.id, desk.user.id)
    QSettings().setValue(key, f"{pairs} {datetime.now(UTC).isoformat()}")


def last(desk: Desk) -> tuple[int, datetime] | None:
    """Return what was left when this user last looked, and when that was; None for never."""
    text = str(QSettings().value(_key(desk.workspace.about.id, desk.user.id), ""))
    count, _space, moment = text.partition(" ")
    try:
        return int(count), datetime.fromisoformat(moment)
    except ValueError:
        return None


class DuplicatesWaiting(QObject):
    """The button that leads to the queue; there for those who may decide on pairs."""

    opened = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.button = outline(_("Duplicates"), icon="page.duplicates")
        self.button.setVisible(desk.may(Right.EDIT))
        self.button.clicked.connect(self.opened)
        self.refresh()

    def refresh(self) -> None:
        """Say what the last look found."""
        found = last(self._desk)
        if found is None:
            self.button.setToolTip(_("Nobody looked for duplicates here yet."))
            return
        pairs, moment = found
        self.button.set_label(_("Duplicates: {n}").format(n=f"{pairs:,}"))
        told = _("Pairs to be decided on when you last looked: {when}")
        self.button.setToolTip(told.format(when=when(moment, datetime.now(UTC))))
