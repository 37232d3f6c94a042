"""A register at another time: the date control of its header, and what may not be done then."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from ocgdesk.casework.moments import NOW, Moment
from ocgdesk.domain.kinds import LINKS
from ocgdesk.domain.valid_time import is_dated
from ocgdesk.i18n import _
from ocgdesk.ui.models.register_model import RegisterModel
from ocgdesk.ui.navigation import Page, PageKind, Target
from ocgdesk.ui.pages import register_parts
from ocgdesk.ui.shell.strip import AsAtStrip
from ocgdesk.ui.widgets.moments import MomentButton


class RegisterPast(QObject):
    """Shows a register's rows as they were recorded then, or those that held on a day."""

    opened = Signal(object, bool)
    """A Target, and whether it belongs into a new tab."""

    moved = Signal()
    """Another time is shown."""

    def __init__(self, model: RegisterModel, over: Page) -> None:
        super().__init__(over)
        self._model = model
        self._over = over
        self.button = MomentButton(over, has_on=is_dated(model.kind))
        self.button.today = over.desk.today
        self.strip = AsAtStrip(over)
        self.button.chosen.connect(self.go_to)
        self.strip.left.connect(self.go_to_now)

    def go_to(self, moment: Moment) -> None:
        """Show the rows at another time."""
        self.strip.say(moment.words)
        self.button.show_moment(moment)
        self._model.show_moment(moment)
        self.moved.emit()

    def go_to_now(self) -> None:
        """Show the rows as they are."""
        self.go_to(NOW)

    def refusal(self) -> str:
        """Return why nothing can be changed at the time shown; empty where it is now."""
        if self._model.moment:
            return _("These rows are shown as they were. Go back to now to change them.")
        return ""

    def open(self, row: int, usual: Callable[[int], None], *, aside: bool = False) -> None:
        """Open the record of a row as it was then; at present as usual."""
        held = self._model.row(row)
        if not self._model.moment or held is None:
            usual(row)
            return
        moment = self._model.moment
        kind = self._model.kind
        if kind in LINKS:
            ask = partial(register_parts.start_then, id_=held.id, moment=moment)
            self._over.desk.ask(ask, partial(self._go, aside))
            return
        target = Target(page=PageKind.RECORD, kind=kind, id=held.id, moment=moment)
        self.opened.emit(target, aside)

    def _go(self, aside: bool, target: Target) -> None:  # noqa: FBT001 - bound by partial
        self.opened.emit(target, aside)
