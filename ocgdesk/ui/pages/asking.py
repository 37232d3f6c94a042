"""A page that shows the answer to a question, and asks again when something changed."""

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from ocgdesk.errors import DeskError
from ocgdesk.store.reader import Reader
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.inquiry import Inquiry
from ocgdesk.ui.navigation import Page, Target

Question = Callable[[Reader], Any]


class AskingPage(Page):
    """Asks one question at a time; while it is hidden it only notes that it must ask again.

    A page says what to ask (``question``), how to show what was found (``show_answer``) and what
    to say where that failed (``show_failure``).
    """

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self._asked = Inquiry(self.desk, self)
        self._stale = False

    def question(self) -> Question:
        """Return what is asked when the page is refreshed."""
        raise NotImplementedError

    def purpose(self) -> str:
        """Return why it is looked at, where a reason was asked for; it goes into the journal."""
        return ""

    def show_answer(self, answer: Any) -> None:
        """Show what was found."""
        raise NotImplementedError

    def show_failure(self, error: DeskError) -> None:
        """Say that it could not be read, and why."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Ask again; what is shown stays until there is an answer."""
        self._stale = False
        self.ask(self.question())

    def ask(self, question: Question) -> None:
        """Ask this, instead of what was asked before it."""
        self._asked.ask(question, self.show_answer, self.show_failure, purpose=self.purpose())

    def ask_nothing(self) -> None:
        """Want no answer any more to what was asked."""
        self._asked.drop()

    def ask_again(self) -> None:
        """Refresh now, or, where the page is hidden, when it is shown next."""
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def ready(self) -> bool:
        return not self._asked.is_open and not self._stale

    def leave(self) -> None:
        self._asked.drop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()
