"""What other windows and programs do to the same file: looked for every second."""

from collections.abc import Collection
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ocgdesk.domain.kinds import Kind
from ocgdesk.progress import Progress
from ocgdesk.store.workspace import Workspace
from ocgdesk.ui.jobs import Jobs

LOOK_EVERY_MS: Final = 1_000
"""How often another window's or program's changes are looked for."""


class Others(QObject):
    """Looks, in the background, for entries of the journal that this desk did not make."""

    noticed = Signal(object)
    """A frozenset of the kinds that others touched."""
    failed = Signal(object)
    """Why it could not be looked; no further look is taken."""

    def __init__(self, workspace: Workspace, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._own: set[int] = set()
        self._looking = False
        self.timer = QTimer(self)
        self.timer.setInterval(LOOK_EVERY_MS)
        self.timer.timeout.connect(self.look)
        self.follow(workspace)

    def follow(self, workspace: Workspace) -> None:
        """Look at this workspace, from its newest entry on."""
        self._workspace = workspace
        self.seen, _hash = workspace.head()

    @Slot()
    def go_on(self) -> None:
        """Look from now on."""
        self.timer.start()

    def rest(self) -> None:
        """Take no look until told to go on."""
        self.timer.stop()

    def leave_out(self, seq: int) -> None:
        """Know this entry as one of the desk's own, which it has told of already."""
        self._own.add(seq)

    @Slot()
    def look(self) -> None:
        """Look once, unless the look before is not over."""
        if self._looking:
            return
        self._looking = True
        look = partial(_newer, self._workspace, self.seen, frozenset(self._own))
        job = self._jobs.start("", look)
        job.done.connect(self._on_looked)
        job.failed.connect(self._on_failed)
        job.finished.connect(self._on_over)

    @Slot(object)
    def _on_looked(self, found: tuple[int, frozenset[Kind]]) -> None:
        self.seen, kinds = found
        self._own = {seq for seq in self._own if seq > self.seen}
        if kinds:
            self.noticed.emit(kinds)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        self.rest()
        self.failed.emit(error)

    @Slot()
    def _on_over(self) -> None:
        self._looking = False


def _newer(
    workspace: Workspace, seen: int, own: Collection[int], _progress: Progress
) -> tuple[int, frozenset[Kind]]:
    """Return the newest entry, and the kinds that others touched since the one seen last."""
    newest, _hash = workspace.head()
    return (newest, frozenset()) if newest == seen else workspace.kinds_since(seen, own)
