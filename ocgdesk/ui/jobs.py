"""Work that takes longer than a blink: off the UI thread, with progress and a way out."""

import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import count
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from ocgdesk.errors import Cancelled
from ocgdesk.progress import Progress
from ocgdesk.ui.collector import collector
from ocgdesk.ui.worker import Call, Worker

REPORT_EVERY = 0.1
"""Seconds between two words of progress."""
THREADS = 4
_SPENT = 500
_MOST = 2**31 - 1
"""The largest number a signal carries; bytes of a file may be more."""

Task = Callable[[Progress], Any]


class Job(QObject):
    """A piece of background work as the UI sees it. It never leaves the UI thread.

    What is connected to its signals must not hold on to the job itself: letting go of the last
    reference while Qt destroys it is a crash. ``over`` and ``percent`` are there to be asked.
    """

    progressed = Signal(int, int, str)
    done = Signal(object)
    failed = Signal(object)
    finished = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.stop = Event()
        self.began = time.monotonic()
        self.percent = 0
        self.over = False
        """Whether all that is to be said of it has been said, but that it finished."""
        self._then: Callable[[Any], None] | None = None

    def when_done(self, then: Callable[[Any], None]) -> None:
        """Hand the result to this, once: unlike a connection, it is let go of afterwards."""
        self._then = then

    @Slot()
    def cancel(self) -> None:
        """Ask the work to stop; whatever it still brings back is thrown away."""
        self.stop.set()

    def deliver(self, result: object, error: BaseException | None) -> None:
        """Tell those who listen how it went."""
        then, self._then = self._then, None
        try:
            if self.stop.is_set() or isinstance(error, Cancelled):
                return
            if error is not None:
                self.failed.emit(error)
                return
            if then is not None:
                then(result)
            self.done.emit(result)
        finally:
            self.over = True
            self.finished.emit()


class Jobs(QObject):
    """Everything running now. Workers speak only through this one long-lived object."""

    started = Signal(object)
    ended = Signal(object)

    _told = Signal(int, int, int, str)
    _ended = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="job")
        # Apart, so that calls waiting for their turn in the worker keep no reading from its own.
        self._computing = ThreadPoolExecutor(THREADS, thread_name_prefix="compute")
        self._worker = Worker()
        self._closing = Event()
        self._collector = collector()
        self._collector.hold()
        self._numbers = count(1)
        self._running: dict[int, Job] = {}
        # Let go of here, on the UI thread and outside their own signals, and never by Qt: a job
        # that Qt destroys while Python still holds it ends in a crash.
        self._spent: deque[Job] = deque(maxlen=_SPENT)
        self._told.connect(self._on_told)
        self._ended.connect(self._on_ended)

    @property
    def running(self) -> tuple[Job, ...]:
        """The jobs under way, oldest first."""
        return tuple(self._running.values())

    @property
    def count(self) -> int:
        """How many jobs are under way; may be asked on any thread."""
        return len(self._running)

    def start(self, title: str, task: Task) -> Job:
        """Begin the task on another thread and return the job to listen to."""
        return self._begin(self._pool, Job(title), task)

    def compute(self, title: str, call: Call) -> Job:
        """Run a pure function in the worker process; cancelling ends the process."""
        job = Job(title)
        stop = job.stop  # the pool's thread must not be the last to hold the job
        return self._begin(self._computing, job, lambda told: self._worker.call(call, stop, told))

    def warm(self) -> None:
        """Start the worker process before it is needed."""
        if not self._closing.is_set():
            self._computing.submit(self._warm)

    def close(self) -> None:
        """Cancel everything and wait; called when the workspace is closed."""
        if self._closing.is_set():
            return
        self._closing.set()
        for job in self.running:
            job.cancel()
        for pool in (self._computing, self._pool):
            pool.shutdown(cancel_futures=True)
        self._worker.close()
        for number in tuple(self._running):
            self._on_ended(number, None, Cancelled())
        self._spent.clear()
        self._collector.let_go()

    def _begin(self, pool: ThreadPoolExecutor, job: Job, task: Task) -> Job:
        number = next(self._numbers)
        self._running[number] = job
        self.started.emit(job)
        if self._closing.is_set():
            job.cancel()
            self._on_ended(number, None, Cancelled())
        else:
            pool.submit(self._work, number, task, job.stop)
        return job

    def _warm(self) -> None:
        with suppress(Cancelled, RuntimeError):  # then the first call starts it
            self._worker.warm(self._closing)

    def _work(self, number: int, task: Task, stop: Event) -> None:
        """Run the task. On a pool thread: touches nothing of Qt but the two signals."""
        last = 0.0

        def progress(done: int, total: int, what: str, /) -> None:
            nonlocal last
            if stop.is_set():
                raise Cancelled
            now = time.monotonic()
            if now - last >= REPORT_EVERY:
                last = now
                self._told.emit(number, *_within(done, total), what)

        if stop.is_set():  # it was cancelled while it waited for a thread
            self._ended.emit(number, None, Cancelled())
            return
        try:
            self._ended.emit(number, task(progress), None)
        except BaseException as error:  # noqa: BLE001 - handed on, not swallowed
            self._ended.emit(number, None, error)

    @Slot(int, int, int, str)
    def _on_told(self, number: int, done: int, total: int, what: str) -> None:
        if job := self._running.get(number):
            job.percent = 100 * done // total if total > 0 else 0
            job.progressed.emit(done, total, what)

    @Slot(int, object, object)
    def _on_ended(self, number: int, result: object, error: BaseException | None) -> None:
        if job := self._running.pop(number, None):
            job.deliver(result, error)
            self.ended.emit(job)
            self._spent.append(job)


def _within(done: int, total: int) -> tuple[int, int]:
    """Return the same share in numbers that a signal can carry."""
    return (done, total) if total <= _MOST else (1_000 * done // total, 1_000)
