"""Deconfliction as it happens: an act or an import newly linked OCGs of different owners."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ocgdesk.casework import deconfliction
from ocgdesk.casework.deconfliction import Alert
from ocgdesk.domain.kinds import LINKS, Kind
from ocgdesk.domain.people import Right
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.inquiry import Inquiry
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.shell.frame import Shell

if TYPE_CHECKING:
    from ocgdesk.ui.dialogs.subrecord_dialog import ReasonDialog

NEWEST: Final = 500
"""Links looked at after each act, the newest."""
_NAMED: Final = 2
"""Records that a banner names of what joins two OCGs."""
_TOUCHING: Final = (*LINKS, Kind.ASSIGNMENT, Kind.PAIRING)


class Overlaps(QObject):
    """Tells at once of what this user's own acts joined, or anybody's that concerns their OCGs.

    What is closed with the cross stays on the lists; what is dismissed, with a reason, does not.
    """

    opened = Signal(object, bool)
    """A Target, and whether it belongs into a new tab."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(shell)
        self._desk, self._shell = desk, shell
        self._asked = Inquiry(self._desk, self)
        self._closed: set[tuple[frozenset[int], int]] = set()
        self._since = desk.workspace.head()[0]
        self.alerts: tuple[Alert, ...] = ()
        self.dialog: ReasonDialog | None = None
        shell.overlap.second.set_label(_("Dismiss with reason"))
        shell.overlap.acted.connect(self.show_first)
        shell.overlap.second_acted.connect(self.ask_reason)
        shell.overlap.dismissed.connect(self._on_closed)
        desk.changed.connect(self._on_changed)
        if not desk.may(Right.EDIT):
            shell.overlap.second.refuse(_("Your roles do not allow this."))

    def is_settled(self) -> bool:
        """Tell whether all that was asked for has come."""
        return not self._asked.is_open

    def show_first(self) -> None:
        """Go to the record that joins the two; to the list of all where there are several."""
        if len(self.alerts) == 1 and len(through := self.alerts[0].through) == 1:
            record = Target(page=PageKind.RECORD, kind=through[0].kind, id=through[0].id)
            self.opened.emit(record, False)
        elif self.alerts:
            self.opened.emit(Target(page=PageKind.ANALYSIS, tab="shared:alerts"), False)

    def ask_reason(self) -> None:
        """Ask why the first alert need not be told again."""
        if self.alerts:
            self.dialog = asking(self._desk, self.alerts[0], self._shell)

    def _on_changed(self, changed: Changed) -> None:
        if not (changed.touches(*_TOUCHING) and self._desk.user.may(Right.READ)):
            return
        query = partial(_read, since=self._since, today=self._desk.today())
        self._asked.ask(query, self._show)

    def _show(self, found: tuple[Alert, ...]) -> None:
        self.alerts = tuple(one for one in found if (one.pair, one.seq) not in self._closed)
        self._shell.overlap.say(_words(self.alerts), _("Show") if self.alerts else "")

    def _on_closed(self) -> None:
        self._closed |= {(one.pair, one.seq) for one in self.alerts}
        self.alerts = ()


def asking(desk: Desk, alert: Alert, over: QWidget) -> "ReasonDialog":
    """Ask why an alert need not be told again, and keep the answer."""
    from ocgdesk.ui.dialogs.subrecord_dialog import ReasonDialog  # seldom asked

    dialog = ReasonDialog(
        desk,
        _("Dismiss alert"),
        _("Dismiss"),
        about=alert.told(_NAMED),
        note=_("Say who was spoken to, or why it does not matter. A newer link is told anew."),
        parent=over,
    )
    dialog.reasoned.connect(partial(_dismiss, desk, alert, dialog))
    dialog.open()
    return dialog


def _dismiss(desk: Desk, alert: Alert, dialog: "ReasonDialog", reason: str) -> None:
    act = partial(_dismissed, alert=alert, reason=reason)
    if desk.do(_("Dismiss alert"), act):
        dialog.accept()


def _dismissed(work: Work, *, alert: Alert, reason: str) -> None:
    deconfliction.dismiss(work, alert.one.ocg.id, alert.two.ocg.id, reason)


def _read(reader: Reader, *, since: int, today: date) -> tuple[Alert, ...]:
    found = deconfliction.alerts(reader, today=today, after=since, most=NEWEST)
    return tuple(one for one in found if one.is_own or one.is_mine)


def _words(found: tuple[Alert, ...]) -> str:
    if not found:
        return ""
    first = _("Speak to each other: {alert}.").format(alert=found[0].told(_NAMED))
    if len(found) == 1:
        return first
    more = ngettext("And {n} more pair of OCGs.", "And {n} more pairs of OCGs.", len(found) - 1)
    return f"{first} {more.format(n=f'{len(found) - 1:,}')}"
