"""How long things take, measured so that a machine busy with other things fails no test.

What computes is measured by the processor time of its own thread (``worked``). What may not wait
for somebody else is measured by the clock, and the least of a few goes counts (``soonest``): a
wait would be in every one of them.
"""

import time
from collections.abc import Callable

GOES = 5


def worked(act: Callable[[], object]) -> float:
    """Return the seconds of processor time that this thread spends on an act."""
    began = time.thread_time()
    act()
    return time.thread_time() - began


def waited(act: Callable[[], object]) -> float:
    """Return the seconds an act takes by the clock."""
    began = time.monotonic()
    act()
    return time.monotonic() - began


def soonest(timed: Callable[[], float], within: float) -> float:
    """Return the least seconds that a few goes took; the first one within the bound will do."""
    took = timed()
    for _go in range(GOES - 1):
        if took < within:
            break
        took = min(took, timed())
    return took
