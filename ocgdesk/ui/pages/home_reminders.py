"""The button that leads to the reminder centre, and what is said of it at start-up."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import reminders
from ocgdesk.casework.reminders import Reminders
from ocgdesk.domain.people import Right
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.inquiry import Inquiry
from ocgdesk.ui.widgets.buttons import outline


class Reminding(QObject):
    """Counts what is due; the first time since unlocking it says so in a toast."""

    opened = Signal()
    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked = Inquiry(self._desk, self)
        self.found: Reminders | None = None
        self.button = outline(_("Reminders"), icon="page.reminders")
        self.button.clicked.connect(self.opened)

    def refresh(self) -> None:
        """Count again."""
        self.leave()
        if not self._desk.user.may(Right.READ):
            return
        question = partial(
            reminders.read,
            agency=self._desk.workspace.about.agency,
            today=self._desk.today(),
            after_days=self._desk.settings.escalate_after_days,
        )
        self._asked.ask(question, self._show)

    def ready(self) -> bool:
        """Tell whether it shows what it asked for."""
        return not self._asked.is_open

    def leave(self) -> None:
        """Stop asking."""
        self._asked.drop()

    def _show(self, found: Reminders) -> None:
        self.found = found
        count = len(found.now) + len(found.escalated)
        self.button.set_label(
            _("Reminders: {n}").format(n=f"{count:,}") if count else _("Reminders")
        )
        if count and not self._desk.reminded:
            self._desk.reminded = True
            self.said.emit(start_words(found, self._desk))


def start_words(found: Reminders, desk: Desk) -> str:
    """Return what is said of reminders at start-up."""
    now, late = len(found.now), found.overdue(desk.today())
    said = ngettext("{n} reminder", "{n} reminders", now).format(n=f"{now:,}")
    parts = [said, _("{n} overdue").format(n=f"{late:,}")]
    if found.escalated:
        parts.append(_("{n} came up to you").format(n=f"{len(found.escalated):,}"))
    return f"{', '.join(parts)}."
