"""Paths that respect time: no step is made before the one that leads to it.

A link that held from one day to another carries a step on any of those days. A path counts if
days can be named, one for each step, none before the last. A link without a date may carry a step
on any day, so that it proves nothing about the order: whoever shows a path must say which of its
links have no date. The order of events was in the mind of whoever made them; what is tested is
only that the recorded dates do not forbid it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocgdesk.graph.paths import first_walks
from ocgdesk.graph.ways import UNREACHED, Flags, Ground, Limits, Route, Ways, route
from ocgdesk.progress import Progress, silent

NEVER = np.iinfo(np.int32).max
EVER = np.iinfo(np.int32).min


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """From which ordinal day to which each link of a network held, both counted."""

    first: NDArray[np.int32]
    last: NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class _Ring:
    """Nodes reached earlier than before in one more step: sorted, with day and the node before."""

    nodes: NDArray[np.int64]
    days: NDArray[np.int32]
    came: NDArray[np.int64]


def in_time(
    ways: Ways,
    one: int,
    two: int,
    calendar: Calendar,
    *,
    count: int = 1,
    limits: Limits | None = None,
    progress: Progress = silent,
) -> list[Route]:
    """Return the ``count`` paths with the fewest steps of which none comes before the last."""
    limits = limits or Limits()
    ground = limits.ground(ways, (one, two))
    left = ground.left(two, one, limits)

    def search(
        begun: Sequence[int], barred: frozenset[int], longest: int | None, /
    ) -> tuple[int, ...] | None:
        day = _arrival(ground, calendar, begun)
        narrower = ground.without(begun, (begun[-1], barred))
        room = None if longest is None else longest - len(begun)
        if day is None:
            return None
        onward = _Soonest(narrower, calendar, two, left).walk(begun[-1], day, room)
        return None if onward is None else (*begun[:-1], *onward)

    walks = first_walks(search, one, count, progress)
    return [_dated(ground, calendar, walked) for walked in walks]


def _arrival(ground: Ground, calendar: Calendar, walked: Sequence[int]) -> int | None:
    """Return the earliest day by which a walk can have been made; None where it cannot."""
    days = _days(ground, calendar, walked)
    return None if days is None else max(days, default=EVER)


def _days(ground: Ground, calendar: Calendar, walked: Sequence[int]) -> list[int] | None:
    day, found = EVER, list[int]()
    for one, two in pairwise(walked):
        links = _links(ground, one, two)
        soonest = np.maximum(calendar.first[links], day)
        soonest = soonest[soonest <= calendar.last[links]]
        if not soonest.size:
            return None
        day = int(soonest.min())
        found.append(day)
    return found


def _links(ground: Ground, one: int, two: int) -> NDArray[np.int32]:
    rows = ground.ways.between(one, two)
    kept: NDArray[np.int32] = ground.ways.by[
        rows if ground.steps is None else rows[ground.steps[rows]]
    ]
    return kept


def _dated(ground: Ground, calendar: Calendar, walked: Sequence[int]) -> Route:
    """Return a walk with only those links of each step that keep to the order of days."""
    days = _days(ground, calendar, walked) or []
    fits = np.zeros(ground.ways.network.link_nos.size, np.bool_)
    before = EVER
    for (one, two), day in zip(pairwise(walked), days, strict=True):
        links = _links(ground, one, two)
        fits[links[np.maximum(calendar.first[links], before) <= calendar.last[links]]] = True
        before = day
    steps: Flags = fits[ground.ways.by]
    steps = steps if ground.steps is None else steps & ground.steps
    return route(ground.ways, walked, steps, tuple(days))


class _Soonest:
    """Looks for the walk of fewest steps to a goal that keeps the order of days.

    Ring by ring: a node is looked at again only where it is reached on an earlier day than with
    fewer steps, so that no walk comes back to where it was. As in ``Ground.guided``, only where
    the goal can be near: ``left`` never says too many steps.
    """

    def __init__(
        self, ground: Ground, calendar: Calendar, goal: int, left: NDArray[np.int32]
    ) -> None:
        self._ground, self._calendar, self._goal, self._left = ground, calendar, goal, left

    def walk(self, start: int, day: int, room: int | None) -> tuple[int, ...] | None:
        """Return the walk, of at most ``room`` steps, that starts on a day; None if none is."""
        most = int(self._left[start])
        wider = 0
        while most != UNREACHED and (room is None or most <= room):
            found, longer = self._bounded(start, day, most)
            if found is not None or longer is None:
                return found
            if room is not None and longer <= room:
                most = room
            else:
                most, wider = longer + wider, 2 * wider + 1
        return None

    def _bounded(
        self, start: int, day: int, most: int
    ) -> tuple[tuple[int, ...] | None, int | None]:
        """Return the walk of at most so many steps, and the least length not looked at."""
        reached = np.full(len(self._ground.ways.network), NEVER, np.int32)
        ring = _Ring(np.array([start]), np.array([day], np.int32), np.array([-1]))
        rings, longer = [ring], NEVER
        while ring.nodes.size and reached[self._goal] == NEVER:
            is_first = len(rings) == 1
            ring, too_far = self._next(ring, reached, most - len(rings), first=is_first)
            longer = min(longer, too_far + len(rings))
            reached[ring.nodes] = ring.days
            rings.append(ring)
        if reached[self._goal] != NEVER:
            return _walked(rings, self._goal), None
        return None, longer if longer < NEVER // 2 else None

    def _next(
        self, ring: _Ring, reached: NDArray[np.int32], most: int, *, first: bool
    ) -> tuple[_Ring, int]:
        rows, which = self._ground.ways.rows(ring.nodes)
        kept = self._ground.passable(rows, self._ground.entered, first=first)
        rows, which = rows[kept], which[kept]
        left = self._left[self._ground.ways.to[rows]]
        near = (left <= most) & (left != UNREACHED)
        too_far = int(left[left > most].min(initial=NEVER // 2))
        rows, which = rows[near], which[near]
        nodes, links = self._ground.ways.to[rows], self._ground.ways.by[rows]
        days = np.maximum(ring.days[which], self._calendar.first[links])
        sooner = (days <= self._calendar.last[links]) & (days < reached[nodes])
        nodes, days, which = nodes[sooner], days[sooner], which[sooner]
        order = np.lexsort((which, days, nodes))
        new, leading = np.unique(nodes[order], return_index=True)
        chosen = order[leading]
        return _Ring(new.astype(np.int64), days[chosen], ring.nodes[which[chosen]]), too_far


def _walked(rings: Sequence[_Ring], goal: int) -> tuple[int, ...]:
    found = [goal]
    for ring in reversed(rings[1:]):
        found.append(int(ring.came[np.searchsorted(ring.nodes, found[-1])]))
    return tuple(reversed(found))
