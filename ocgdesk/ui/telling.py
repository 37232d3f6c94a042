"""What the window itself says of what it shows: the highest marking, and alerts of access."""

from PySide6.QtCore import QObject, Signal

from ocgdesk.casework import marking as markings
from ocgdesk.casework import restricting
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.people import Right
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.glass import Alert
from ocgdesk.store.reader import Reader
from ocgdesk.ui.desk import Changed, Desk
from ocgdesk.ui.inquiry import Inquiry
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.overlaps import Overlaps
from ocgdesk.ui.shell.frame import Shell

Told = tuple[Marking, list[Alert]]


class Telling(QObject):
    """Keeps the banners of a window at the high-water mark, and tells its user of alerts.

    Alerts stay until they are marked as seen on the page of restricted records.
    """

    opened = Signal(object, bool)
    """A Target, and whether it belongs into a new tab."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(shell)
        self._desk = desk
        self._shell = shell
        self._asked = Inquiry(self._desk, self)
        self._silent: set[int] = set()
        """Alerts that the user closed: they are on their page, but not told again."""
        self._new: list[Alert] = []
        self.overlaps = Overlaps(desk, shell)
        self.overlaps.opened.connect(self.opened)
        shell.alert.acted.connect(self._on_show)
        shell.alert.dismissed.connect(self._on_dismissed)
        desk.changed.connect(self._on_changed)
        self.ask()

    def is_settled(self) -> bool:
        """Tell whether all that was asked for has come."""
        return not self._asked.is_open

    def ask(self) -> None:
        """Ask for the marking and the alerts."""
        may = self._desk.user.may
        if not (may(Right.READ) or may(Right.AUDIT)):
            return
        self._asked.ask(self._read, self._show)

    def look_again(self) -> None:
        """Ask again, unless that is being asked: alerts are no change of a record."""
        if self.is_settled():
            self.ask()

    def _read(self, reader: Reader) -> Told:
        own = self._desk.workspace.about.marking
        marking = markings.high_water(reader, own) if reader.reads else own
        return marking, [alert for alert in restricting.alerts(reader) if alert.is_new]

    def _show(self, told: Told) -> None:
        marking, self._new = told
        synthetic = self._desk.workspace.about.synthetic
        self._shell.show_marking(marking.value, synthetic=synthetic)
        new = [alert for alert in self._new if alert.seq not in self._silent]
        self._shell.alert.say(_words(new), _("Show") if self._may_show() else "", tone="due")

    def _may_show(self) -> bool:
        return self._desk.user.may(Right.READ)

    def _on_show(self) -> None:
        self.opened.emit(Target(page=PageKind.RESTRICTED), False)

    def _on_dismissed(self) -> None:
        self._silent |= {alert.seq for alert in self._new}

    def _on_changed(self, changed: Changed) -> None:
        del changed  # any record may have been marked or closed
        self.ask()


def _words(new: list[Alert]) -> str:
    if not new:
        return ""
    first = f"{restricting.alert_words(new[0]).rstrip('.')}."
    if len(new) == 1:
        return first
    more = ngettext("And {n} more alert.", "And {n} more alerts.", len(new) - 1)
    return f"{first} {more.format(n=f'{len(new) - 1:,}')}"
