"""What building a sample gives: things in an order in which each stands on what came before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ocgdesk.domain.things import Thing


@dataclass(frozen=True, slots=True)
class Step:
    """Things of one sort, to be written together, and the moment they count as made (UTC)."""

    label: str
    things: tuple[Thing, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Sample:
    """A whole synthetic workspace, as values.

    Owners come before what they own, ends before their links, reports before what rests on
    them. References are empty: the workspace issues them in this order.
    """

    size: str
    seed: int
    steps: tuple[Step, ...]

    def __iter__(self) -> Iterator[Thing]:
        for step in self.steps:
            yield from step.things

    def __len__(self) -> int:
        return sum(len(step.things) for step in self.steps)
