"""One measured figure, its floor, and the target it is held against."""

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """``value`` and ``floor`` in ``unit``; ``target`` bounds value, or their ratio if ``ratio``."""

    name: str
    value: float
    unit: str = "s"
    floor: float | None = None
    floor_is: str = ""
    target: float
    ratio: bool = False
    note: str = ""

    @property
    def measured(self) -> float:
        """What is held against the target."""
        return self.value / self.floor if self.ratio and self.floor else self.value

    @property
    def holds(self) -> bool:
        """Whether the target is met."""
        return self.measured <= self.target

    def plain(self) -> dict[str, Any]:
        """Return the figure for JSON."""
        return asdict(self) | {"measured": self.measured, "holds": self.holds}

    def line(self) -> str:
        """Return the figure as one line for people."""
        sign = "ok  " if self.holds else "MISS"
        floor = f" (floor {self.floor:.3f} {self.unit}, {self.floor_is})" if self.floor else ""
        against = f"{self.measured:.2f} x" if self.ratio else f"{self.value:.3f} {self.unit}"
        limit = f"{self.target:g} x" if self.ratio else f"{self.target:g} {self.unit}"
        return (
            f"{sign} {self.name}: {against} of at most {limit}; {self.value:.3f} {self.unit}{floor}"
        )


def median(act: Callable[[], object], *, times: int = 5, warm: int = 1) -> float:
    """Return the median of several runs in seconds, after warming up."""
    for _ in range(warm):
        act()
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        act()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def once(act: Callable[[], object]) -> float:
    """Return the seconds of a single run."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
