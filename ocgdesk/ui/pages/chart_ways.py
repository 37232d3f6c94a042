"""What a chart page offers where it has nothing to show: again, an overview, something narrower."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from ocgdesk.casework import chart_narrowing
from ocgdesk.errors import DeskError, TooMany
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.navigation import PageKind, Target

OVERVIEW = "ocg-ocg"
"""What is shown of the whole register where a chart of all it was to show cannot be read."""
HOPS = 2


class WaysOn(QObject):
    """Says why there is nothing, and leads on from there."""

    opened = Signal(object, bool)
    """A Target, and whether a new tab is wanted."""

    def __init__(
        self,
        desk: Desk,
        say: Callable[[str, str, str], None],
        again: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._say, self._again = desk, say, again
        self._error: TooMany | None = None

    def tell(self, sentence: str, action: str = "") -> None:
        """Say a sentence, with one action: to begin again."""
        self._error = None
        self._say(sentence, action, "")

    def tell_error(self, error: DeskError) -> None:
        """Say what is wrong, with what can be done about it."""
        if not isinstance(error, TooMany):
            self.tell(str(error), _("Try again"))
            return
        self._error = error
        self._say(str(error), _("Show overview"), narrower(error))

    @Slot()
    def on_acted(self) -> None:
        """Do what stands on the button: begin again, or go to the overview."""
        if self._error is None:
            self._again()
        else:
            self.opened.emit(Target(page=PageKind.CHART, overview=OVERVIEW), False)

    @Slot()
    def on_other(self) -> None:
        """Draw something narrower than what was asked for."""
        if self._error is None:
            return
        if focus := self._error.focus:
            self.opened.emit(Target(page=PageKind.CHART, focus=focus, hops=HOPS), False)
        elif items := self._error.items:
            ask = partial(chart_narrowing.most_linked, ids=items)
            self._desk.ask(ask, self._draw)

    def _draw(self, ids: tuple[UUID, ...]) -> None:
        self.opened.emit(Target(page=PageKind.CHART, items=ids), False)


def narrower(error: TooMany) -> str:
    """Return what stands on the button to something narrower; empty where there is nothing."""
    if error.focus:
        return _("Narrow to {n} hops").format(n=HOPS)
    return _("Show those linked most") if error.items else ""
