"""Steps on a chart that is not kept: what each looked like before, to go back and forth.

A kept chart needs none: each of its steps is an act of the journal.
"""

from collections import deque
from dataclasses import dataclass
from typing import Final

from ocgdesk.casework.chart_looks import Looks
from ocgdesk.domain.charts import Arrangement

MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Past:
    """How a chart stood before a step, or after one that was taken back."""

    label: str
    """The act, in its own words."""
    arrangement: Arrangement
    looks: Looks
    """The filters, rules and theme it was seen by."""


class Steps:
    """Remembers the newest steps of one chart."""

    def __init__(self) -> None:
        self._done: deque[Past] = deque(maxlen=MOST)
        self._undone: list[Past] = []

    @property
    def are_none(self) -> bool:
        """Whether there is nothing to take back or to do again."""
        return not (self._done or self._undone)

    def took(self, label: str, before: Arrangement, looks: Looks) -> None:
        """Remember how the chart stood before a new step."""
        self._done.append(Past(label, before, looks))
        self._undone.clear()

    def back(self, now: Arrangement, looks: Looks) -> Past | None:
        """Return what the newest step left behind, if there is one."""
        if not self._done:
            return None
        step = self._done.pop()
        self._undone.append(Past(step.label, now, looks))
        return step

    def forth(self, now: Arrangement, looks: Looks) -> Past | None:
        """Return what the step taken back last had led to, if there is one."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(Past(step.label, now, looks))
        return step

    def forget(self) -> None:
        """Remember nothing: from now on the journal does."""
        self._done.clear()
        self._undone.clear()
