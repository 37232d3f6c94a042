"""The one door between the pages and the workspace: do, ask, run, write, compute."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from ocgdesk.domain.changes import ChangeSet
from ocgdesk.domain.dates import LONDON
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right, User
from ocgdesk.domain.reference_data import Editions
from ocgdesk.errors import CannotWrite, DeskError, Refused
from ocgdesk.i18n import _
from ocgdesk.progress import Progress
from ocgdesk.settings import Settings
from ocgdesk.store.journal import Act, Entry
from ocgdesk.store.reader import Reader
from ocgdesk.store.undo import Step
from ocgdesk.store.work import Work
from ocgdesk.store.workspace import Workspace
from ocgdesk.ui.jobs import Job, Jobs
from ocgdesk.ui.others import Others
from ocgdesk.ui.own_lists import OwnLists
from ocgdesk.ui.worker import Call

T = TypeVar("T")

PATIENCE = 10.0
"""Seconds that work which must be alone waits for other work to stop, and an edit for another
program."""
TURN_EVERY_MS = 50
"""How often an edit that waits looks whether it is its turn."""
MANY = 200
"""An undo of more records than this runs in the background."""


@dataclass(frozen=True, slots=True)
class Changed:
    """Something is no longer as it was: which kinds, and which things where that is known."""

    kinds: frozenset[Kind]
    ids: frozenset[UUID] | None = None
    """None where another window made the change: any thing of these kinds may differ."""
    label: str = ""
    """The act, for the undo toast; empty for changes made elsewhere."""
    things: int = 0
    undoable: bool = True

    def touches(self, *kinds: Kind) -> bool:
        """Tell whether any thing of these kinds changed."""
        return not self.kinds.isdisjoint(kinds)

    def concerns(self, id_: UUID) -> bool:
        """Tell whether this thing may have changed."""
        return self.ids is None or id_ in self.ids


class Desk(QObject):
    """What every page is given, and all it is given."""

    changed = Signal(object)
    """A Changed: pages that care ask again."""
    refused = Signal(object)
    """A DeskError: tell the user, in its own words."""
    landed = Signal(object)
    """A Changed of this user's own: show the undo toast."""
    busy = Signal(bool)
    """Whether a big edit is under way; the window rests until it is not."""

    def __init__(
        self, workspace: Workspace, settings: Settings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.settings = settings
        self.jobs = Jobs(self)
        self.reasons: dict[UUID | str, str] = {}
        """Why what was opened or searched was: by record or use, as said since unlocking."""
        self.reminded = False
        """Whether it was said since unlocking what is due."""
        self.others = Others(workspace, self.jobs, self)
        """What other windows and programs do to the same file."""
        self.since = self.others.seen
        """The newest entry of the journal when work began at this desk."""
        self._lists = OwnLists(self._read_lists)
        self._writing = 0
        self.others.noticed.connect(self._on_noticed)
        self.others.failed.connect(self._on_failed)
        self.others.go_on()

    @property
    def user(self) -> User:
        """Who is at the desk."""
        return self.workspace.user

    def may(self, right: Right) -> bool:
        """Tell whether the user's roles and the file allow this."""
        reading = {Right.READ, Right.AUDIT, Right.EXPORT}
        return self.user.may(right) and (self.workspace.writable or right in reading)

    @staticmethod
    def today() -> date:
        """Return today's date where the work is done."""
        return datetime.now(LONDON).date()

    def do(
        self,
        label: str,
        act: Callable[[Work], Any],
        /,
        *,
        right: Right = Right.EDIT,
        quiet: bool = False,
        told: Callable[[DeskError], None] | None = None,
        **how: Any,
    ) -> bool:
        """Make a small edit now: journalled, undoable, announced. False where it was refused.

        ``quiet`` edits show no toast; ``told`` says in its place, not the window, what was refused.
        """
        try:
            self._need_turn()
            with self.workspace.work(label, right=right, **how) as done:
                act(done.work)
        except DeskError as error:
            (told or self.refused.emit)(error)
            return False
        self._land(done.changes, toast=not quiet, undoable=how.get("undoable", True))
        return True

    def ask(self, query: Callable[[Reader], T], then: Callable[[T], None], **how: Any) -> Job:
        """Read in the background and hand what was found to ``then``; ``how`` is as in ``run``."""
        return self.run("", lambda reader, _progress: query(reader), then, **how)

    def run(
        self,
        title: str,
        task: Callable[[Reader, Progress], T],
        then: Callable[[T], None],
        *,
        purpose: str = "",
        tells: bool = True,
    ) -> Job:
        """Do long reading that changes nothing; without ``tells`` who asks says why it failed."""

        def reading(progress: Progress) -> T:
            with self.workspace.reading(purpose) as reader:
                return task(reader, progress)

        return self._listen(self.jobs.start(title, reading), then, tells=tells)

    def background(
        self, title: str, task: Callable[[Progress], T], then: Callable[[T], None]
    ) -> Job:
        """Do long work that needs no reader: read a file, write a backup."""
        return self._listen(self.jobs.start(title, task), then)

    def write(
        self,
        label: str,
        act: Callable[[Work, Progress], Any],
        /,
        then: Callable[[ChangeSet], None] | None = None,
        *,
        right: Right = Right.EDIT,
        **how: Any,
    ) -> Job:
        """Make a big edit in the background: all of it lands, or, cancelled, none."""

        def writing(progress: Progress) -> ChangeSet:
            with self.workspace.work(label, right=right, **how) as done:
                act(done.work, progress)
            return done.changes

        return self._write_job(label, writing, then, undoable=how.get("undoable", True))

    def write_whole(
        self,
        label: str,
        act: Callable[[Workspace, Progress], ChangeSet],
        then: Callable[[ChangeSet], None] | None = None,
    ) -> Job:
        """Make a big edit that opens its own unit of work, so as to prepare before the lock."""
        return self._write_job(
            label, lambda progress: act(self.workspace, progress), then, undoable=True
        )

    def alone(self, title: str, task: Callable[[Progress], T], then: Callable[[T], None]) -> Job:
        """Do long work during which nobody else at this desk touches the file.

        What is being read is cancelled and waited for, and no look is taken at what others do
        until it is over. Other windows and programs are not hindered by this.
        """
        self.others.rest()
        for job in self.jobs.running:
            job.cancel()
        self._writing += 1
        self.busy.emit(True)

        def working(progress: Progress) -> T:
            _wait_until_alone(self.jobs)
            return task(progress)

        job = self._listen(self.jobs.start(title, working), then)
        job.finished.connect(self._on_rested)
        job.finished.connect(self.others.go_on)
        return job

    def take_over(self, workspace: Workspace) -> None:
        """Go on with the same workspace opened anew: it has another key now."""
        self.workspace = workspace
        self.others.follow(workspace)

    def compute(self, title: str, call: Call, then: Callable[[Any], None]) -> Job:
        """Run a pure function of values in the worker process."""
        return self._listen(self.jobs.compute(title, call), then)

    def steps(self) -> tuple[Step | None, Step | None]:
        """Return what undo and redo would turn round."""
        return self.workspace.undo_step(), self.workspace.redo_step()

    @Slot()
    def undo(self) -> None:
        """Undo this user's newest edit, in the background where it touched many records."""
        self._turn(_("Undo"), self.workspace.undo_step(), self.workspace.undo)

    @Slot()
    def redo(self) -> None:
        """Do again what was undone last."""
        self._turn(_("Redo"), self.workspace.redo_step(), self.workspace.redo)

    def disclose(self, label: str, subjects: tuple[int, ...], **detail: Any) -> bool:
        """Enter a disclosure in the journal before anything leaves; False where it cannot be."""
        try:
            self.user.need(Right.EXPORT)
            self.workspace.log(
                Entry(
                    act=Act.DISCLOSURE,
                    label=label,
                    user=self.user.id,
                    reason=str(detail.pop("reason", "")),
                    detail=detail,
                    subjects=subjects,
                )
            )
        except DeskError as error:
            self.refused.emit(error)
            return False
        return True

    def stop(self) -> None:
        """Stop all work: what runs is cancelled, and nothing more is begun."""
        self.others.rest()
        self.jobs.close()
        self._lists.release()

    def close(self) -> None:
        """Stop all work and let go of the workspace."""
        self.stop()
        self.workspace.close()

    def _turn(self, name: str, step: Step | None, turn: Callable[[], ChangeSet]) -> None:
        if step is not None and step.things > MANY:
            title = f"{name}: {step.label}"
            self._write_job(title, lambda _progress: turn(), None, toast=False)
            return
        try:
            self._need_turn()
            changes = turn()
        except DeskError as error:
            self.refused.emit(error)
        else:
            self._land(changes, toast=False)

    def _need_rest(self) -> None:
        """Refuse what would stand still behind a big edit: only one is written at a time."""
        if self._writing:
            raise Refused(_("Another change is being saved; try again when it is done"))

    def _need_turn(self) -> None:
        """Wait for another program to finish writing; meanwhile the window goes on painting.

        Raises CannotWrite where that takes longer than an edit can wait.
        """
        self._need_rest()
        if self.workspace.is_free():
            return
        loop, looking = QEventLoop(), QTimer()
        until = time.monotonic() + PATIENCE

        def look() -> None:
            if self.workspace.is_free() or time.monotonic() > until:
                loop.quit()

        looking.timeout.connect(look)
        looking.start(TURN_EVERY_MS)
        self.busy.emit(True)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        looking.stop()
        self.busy.emit(self._writing > 0)
        if not self.workspace.is_free():
            raise CannotWrite(_("Another program is writing to this workspace; try again later"))

    def _write_job(
        self,
        label: str,
        writing: Callable[[Progress], ChangeSet],
        then: Callable[[ChangeSet], None] | None,
        *,
        toast: bool = True,
        undoable: bool = True,
    ) -> Job:
        def landed(changes: ChangeSet) -> None:
            self._land(changes, toast=toast, undoable=undoable)
            if then is not None:
                then(changes)

        self._writing += 1
        self.busy.emit(True)
        job = self._listen(self.jobs.start(label, writing), landed)
        job.finished.connect(self._on_rested)
        return job

    def _listen(self, job: Job, then: Callable[[Any], None], *, tells: bool = True) -> Job:
        owner = _owner(then)

        def deliver(result: object) -> None:
            if owner is None or isValid(owner):  # its page may have been closed meanwhile
                then(result)

        job.when_done(deliver)
        job.failed.connect(self._on_failed if tells else _raise_fault)
        return job

    def _read_lists(self) -> Editions:
        return self.workspace.lists()  # asked anew: the workspace may have been taken over

    def _tell(self, changed: Changed) -> None:
        """Tell the pages, which are to find lists that changed as they are now."""
        self._lists.follow(changed.kinds)
        self.changed.emit(changed)

    def _land(self, changes: ChangeSet, *, toast: bool = True, undoable: bool = True) -> None:
        if not changes:
            return
        self.others.leave_out(changes.seq)
        things = [change.thing for change in changes]
        changed = Changed(
            frozenset(thing.kind for thing in things),
            frozenset(thing.id for thing in things),
            changes.label,
            len(things),
            undoable,
        )
        self._tell(changed)
        if toast:
            self.landed.emit(changed)

    @Slot(object)
    def _on_noticed(self, kinds: frozenset[Kind]) -> None:
        self._tell(Changed(kinds))

    @Slot()
    def _on_rested(self) -> None:
        self._writing -= 1
        self.busy.emit(self._writing > 0)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        _raise_fault(error)
        self.refused.emit(error)


def _raise_fault(error: BaseException) -> None:
    """Raise what is no answer to a user but a fault of the program."""
    if not isinstance(error, DeskError):
        raise error


def _wait_until_alone(jobs: Jobs) -> None:
    """Wait, on another thread, until nothing else runs; not for ever."""
    until = time.monotonic() + PATIENCE
    while jobs.count > 1 and time.monotonic() < until:
        time.sleep(0.02)


def _owner(then: Callable[..., object]) -> QObject | None:
    """Return the Qt object whose method this is, if it is one's."""
    while isinstance(then, partial):
        then = then.func
    owner = getattr(then, "__self__", None)
    return owner if isinstance(owner, QObject) else None
