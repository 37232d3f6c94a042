"""A page that shows the answer to a question, and asks again when something changed."""

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from ocgdesk.errors import DeskError
from ocgdesk.store.reader import Reader
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.jobs import Job
from ocgdesk.ui.navigation import Page, Target

Question = Callable[[Reader], Any]


class AskingPage(Page):
    """Asks one question at a time; while it is hidden it only notes that it must ask again.

    A page says what to ask (``question``), how to show what was found (``show_answer``) and what
    to say where that failed (``show_failure``).
    """

    def __init__(self, desk: Desk, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(desk, target, parent)
        self._asked: Job | None = None
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
        self.ask_nothing()
        self._asked = self.desk.ask(question, self._on_answer, purpose=self.purpose())
        self._asked.failed.connect(self._on_failed)

    def ask_nothing(self) -> None:
        """Want no answer any more to what was asked."""
        if self._asked is not None:
            self._asked.cancel()
        self._asked = None

    def ask_again(self) -> None:
        """Refresh now, or, where the page is hidden, when it is shown next."""
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def ready(self) -> bool:
        return self._asked is None and not self._stale

    def leave(self) -> None:
        if self._asked is not None:
            self._asked.cancel()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _on_answer(self, answer: Any) -> None:
        self._asked = None
        self.show_answer(answer)

    def _on_failed(self, error: DeskError) -> None:
        self._asked = None
        self.show_failure(error)
