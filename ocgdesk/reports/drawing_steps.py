"""Long arithmetic in steps: whoever runs it may pause between two, and go on or let it be.

A drawing of hundreds of items takes longer than a window may stand still. Bringing it over from
another process would cost the window as much again, and a thread would fight it for the
interpreter; so it is made where it is wanted, a little at a time.
"""

from collections.abc import Callable, Generator, Iterable
from typing import Final, TypeVar

T = TypeVar("T")
Made = TypeVar("Made")

Steps = Generator[None, None, T]
"""Yields where it may be interrupted; returns what it made."""
STEP: Final = 40
"""Things made between two pauses: less than a millisecond's work."""


def each(things: Iterable[T], make: Callable[[T], Made]) -> Steps[list[Made]]:
    """Make something of each thing, in order, pausing now and then."""
    made = []
    for at, thing in enumerate(things, start=1):
        made.append(make(thing))
        if at % STEP == 0:
            yield
    return made


def finished(steps: Steps[T]) -> T:
    """Run all steps without a pause and return what they made."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result
