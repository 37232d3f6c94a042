"""One question at a time: whoever asks again wants no answer to what was asked before."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Slot

from ocgdesk.store.reader import Reader
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.jobs import Job


class Inquiry(QObject):
    """Asks the workspace in the background and hands on the answer, or why there is none."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._job: Job | None = None
        self._then: Callable[[Any], None] | None = None
        self._failed: Callable[[Any], None] | None = None

    @property
    def is_open(self) -> bool:
        """Whether an answer is still to come."""
        return self._job is not None

    def ask(
        self,
        query: Callable[[Reader], Any],
        then: Callable[[Any], None],
        failed: Callable[[Any], None] | None = None,
        *,
        purpose: str = "",
    ) -> None:
        """Ask this instead of what was asked before.

        ``then`` takes the answer, ``failed`` the error, and tells it in its place; without one
        the window does. ``purpose`` goes into the journal where a reason was asked for.
        """
        self.drop()
        self._then, self._failed = then, failed
        self._job = self._desk.ask(query, self._on_answer, purpose=purpose, tells=failed is None)
        self._job.failed.connect(self._on_failed)

    def drop(self) -> None:
        """Want no answer any more."""
        if self._job is not None:
            self._job.cancel()
        self._job = self._then = self._failed = None

    def _on_answer(self, answer: Any) -> None:
        then = self._then
        self._job = self._then = self._failed = None
        if then is not None:
            then(answer)

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        failed = self._failed
        self._job = self._then = self._failed = None
        if failed is not None:
            failed(error)
