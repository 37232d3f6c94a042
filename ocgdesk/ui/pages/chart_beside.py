"""Another way to see what is on a chart: read when it is looked at, and again when it changed."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from ocgdesk.domain.charts import Arrangement
from ocgdesk.errors import DeskError
from ocgdesk.store.reader import Reader
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.inquiry import Inquiry
from ocgdesk.ui.widgets.notes import EmptyState

Brush = tuple[date, date] | None


class Beside(QObject):
    """Brings a view up to what a chart shows.

    A part says which items it is of (``ids``), what is asked about them (``question``), how the
    answer is shown (``show_answer``), and what is said where there are none (``nothing``).
    """

    opened = Signal(object, bool)
    """A Target, and whether a new tab is wanted."""

    def __init__(self, desk: Desk, view: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.part = QStackedWidget()
        self.empty = EmptyState("")
        self._view = view
        for shown in (view, self.empty):
            self.part.addWidget(shown)
        self._asked = Inquiry(self.desk, self)
        self._known: tuple[tuple[UUID, ...], Brush] | None = None
        self._brush: Brush = None

    def ids(self, arrangement: Arrangement) -> tuple[UUID, ...]:
        """Return the items of a chart that this is of."""
        raise NotImplementedError

    def question(self, ids: tuple[UUID, ...], brush: Brush) -> Callable[[Reader], Any]:
        """Return what is asked about these items."""
        raise NotImplementedError

    def show_answer(self, answer: Any, brush: Brush) -> str:
        """Show what was found; return a sentence where there is nothing to see."""
        raise NotImplementedError

    def nothing(self) -> str:
        """Return what is said where a chart has no such items."""
        raise NotImplementedError

    def ready(self) -> bool:
        """Tell whether nothing is being read."""
        return not self._asked.is_open

    def shown(self, arrangement: Arrangement, brush: Brush) -> QWidget:
        """Return the view, brought up to what a chart shows unless it is that already."""
        ids = self.ids(arrangement)
        if self._known != (ids, brush):
            self._known, self._brush = (ids, brush), brush
            self.stop()
            if ids:
                self._asked.ask(self.question(ids, brush), self._on_answer, self._on_failed)
            else:
                self.say(self.nothing())
        return self.part

    def forget(self) -> None:
        """Read again when it is looked at next: records have changed."""
        self._known = None

    def stop(self) -> None:
        """Ask nothing more."""
        self._asked.drop()

    def say(self, sentence: str) -> None:
        """Say why there is nothing to see."""
        self.empty.show_words(sentence)
        self.part.setCurrentWidget(self.empty)

    def _on_answer(self, answer: Any) -> None:
        if sentence := self.show_answer(answer, self._brush):
            self.say(sentence)
        else:
            self.part.setCurrentWidget(self._view)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, DeskError):
            self.say(str(error))
