"""Long work knows nothing of windows: it takes a Progress, which raises when it must stop."""

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")


class Progress(Protocol):
    """Takes word of progress; raises Cancelled once the user has asked to stop."""

    def __call__(self, done: int, total: int, what: str, /) -> None:
        """Say that ``done`` of ``total`` is behind us."""


def silent(_done: int, _total: int, _what: str) -> None:
    """Take word of progress and tell nobody."""


def track(items: Sequence[T], progress: Progress, what: str, *, every: int = 1) -> Iterator[T]:
    """Yield each item, reporting every ``every`` steps; each report is a chance to cancel."""
    total = len(items)
    for done, item in enumerate(items):
        if done % every == 0:
            progress(done, total, what)
        yield item
    progress(total, total, what)


def batches(items: Sequence[T], size: int, progress: Progress, what: str) -> Iterator[Sequence[T]]:
    """Yield slices of at most ``size`` items, reporting after each."""
    total = len(items)
    for start in range(0, total, size):
        progress(start, total, what)
        yield items[start : start + size]
    progress(total, total, what)
