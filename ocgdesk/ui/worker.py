"""One warm process for heavy arithmetic: layouts, measures, pictures, papers.

igraph and matplotlib hold the interpreter lock, so that a thread would stop the window. The
process is given integers and values and is cancelled by ending it. Nothing of Qt is imported
here.
"""

import importlib
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from threading import Event, Lock
from types import ModuleType
from typing import TYPE_CHECKING, Any

from ocgdesk.domain.reference_data import SHIPPED, Editions, adopt, in_force
from ocgdesk.errors import Cancelled, DeskError
from ocgdesk.progress import Progress, silent

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

_LOOK_EVERY = 0.02
"""Seconds between two looks at whether the user has asked to stop."""
_TELL_EVERY = 0.1
"""Seconds between two reports of progress."""
_GRACE = 0.5
"""Seconds a process that was told to end may take before it is ended by force."""


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the program by name, and what it is given."""

    module: str
    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    tells: bool = False
    """Whether the function takes a ``progress``, which is then told to the caller."""

    @classmethod
    def of(cls, function: Callable[..., Any], *args: Any, **kwargs: Any) -> "Call":
        """Name a function at the top of a module, for another process to find."""
        return cls(function.__module__, function.__qualname__, args, kwargs)

    def telling(self) -> "Call":
        """Return the same call with its progress told."""
        return replace(self, tells=True)

    def run(self, progress: Progress = silent) -> Any:
        """Call it here."""
        more = {"progress": progress} if self.tells else {}
        function = getattr(importlib.import_module(self.module), self.name)
        return function(*self.args, **self.kwargs, **more)


def serve(calls: "Connection", answers: "Connection") -> None:
    """Answer calls until the other end closes. Runs in the process of its own."""
    while True:
        try:
            call, lists = calls.recv()
        except (EOFError, KeyboardInterrupt):
            return
        if lists is not None:
            adopt(lists)
        try:
            answers.send((_Said.GOOD, call.run(_Teller(answers))))
        except DeskError as error:
            answers.send((_Said.BAD, error))
        except Exception as error:  # noqa: BLE001 - told to the window, which shows the fault
            answers.send((_Said.BAD, RuntimeError(f"{type(error).__name__} in {call.name}")))


class _Said(Enum):
    """What comes back from the process."""

    GOOD = auto()
    BAD = auto()
    SO_FAR = auto()


class _Teller:
    """Tells how far a call has come, some ten times a second."""

    def __init__(self, answers: "Connection") -> None:
        self._answers = answers
        self._last = 0.0

    def __call__(self, done: int, total: int, what: str = "", /) -> None:
        now = time.monotonic()
        if now - self._last >= _TELL_EVERY:
            self._last = now
            self._answers.send((_Said.SO_FAR, (done, total, what)))


class Worker:
    """The process as its owner sees it: started when first needed, one call at a time."""

    def __init__(self) -> None:
        self._turn = Lock()
        self._process: SpawnProcess | None = None
        self._calls: Connection | None = None
        self._answers: Connection | None = None
        self._lists = SHIPPED
        """The reference lists that the process works with."""

    @property
    def pid(self) -> int | None:
        """The number of the process while there is one."""
        return self._process.pid if self._process is not None else None

    def warm(self, stop: Event) -> None:
        """Start the process and let it import what calls will need."""
        self.call(Call.of(prepare), stop)

    def call(self, call: Call, stop: Event, progress: Progress = silent) -> Any:
        """Run a call over there and return its answer; runs on a pool thread.

        Raises Cancelled once ``stop`` is set, having ended the process where the call was under
        way; RuntimeError where the process ended by itself.
        """
        while not self._turn.acquire(timeout=_LOOK_EVERY):
            if stop.is_set():
                raise Cancelled
        try:
            good, answer = self._answer(call, stop, progress)
        finally:
            self._turn.release()
        if not good:
            raise answer
        return answer

    def close(self) -> None:
        """End the process; a later call starts another."""
        with self._turn:
            self._end()

    def _answer(self, call: Call, stop: Event, progress: Progress) -> tuple[bool, Any]:
        calls, answers = self._started()
        try:
            calls.send((call, self._new_lists()))
            while (said := self._next(answers, stop))[0] is _Said.SO_FAR:
                progress(*said[1])
        except Cancelled:
            self._end()
            raise
        except (EOFError, OSError):  # the other end of the pipe is gone
            self._end()
            raise RuntimeError(f"The worker process ended by itself in {call.name}") from None
        return said[0] is _Said.GOOD, said[1]

    def _next(self, answers: "Connection", stop: Event) -> tuple[_Said, Any]:
        """Wait for what comes next; raises Cancelled once the user asks to stop."""
        while not answers.poll(_LOOK_EVERY):
            if stop.is_set():
                raise Cancelled
        said: tuple[_Said, Any] = answers.recv()
        return said

    def _new_lists(self) -> Editions | None:
        """Return the lists that hold here, unless the process has them already."""
        before, self._lists = self._lists, in_force()
        return None if self._lists is before else self._lists

    def _started(self) -> "tuple[Connection, Connection]":
        if self._process is not None and not self._process.is_alive():
            self._end()
        if self._process is None:
            import multiprocessing  # not at the top: the window starts without it

            context = multiprocessing.get_context("spawn")
            # One-way pipes: a two-way one would be a pair of sockets.
            theirs, self._calls = context.Pipe(duplex=False)
            self._answers, answering = context.Pipe(duplex=False)
            process = context.Process(target=serve, args=(theirs, answering), daemon=True)
            try:
                _start_alone(process)
                self._process = process
            finally:
                theirs.close()
                answering.close()
        assert self._calls is not None and self._answers is not None  # noqa: PT018, S101
        return self._calls, self._answers

    def _end(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.join(timeout=_GRACE)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
            self._process.close()
        for pipe in (self._calls, self._answers):
            if pipe is not None:
                pipe.close()
        self._process = self._calls = self._answers = None
        self._lists = SHIPPED


def _start_alone(process: "SpawnProcess") -> None:
    """Start a process that does not import the program's main module: it would bring Qt along.

    What is spawned imports the main module it is told of; for this moment there is none to tell.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        process.start()
    finally:
        sys.modules["__main__"] = main


def prepare() -> None:
    """Import what layouts need, so that the first one is as quick as the others."""
    importlib.import_module("igraph")
    importlib.import_module("ocgdesk.graph.layout")
