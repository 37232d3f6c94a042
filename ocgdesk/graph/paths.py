"""Paths between two items: the shortest, all that tie, k distinct ones, the best evidenced.

A path is a chain of different nodes. Its length is its number of steps, whatever links weigh;
parallel links make one step. Of several paths of a length the one whose workspace numbers come
first is named first, so that the same question has the same answer.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ocgdesk.graph.ways import UNREACHED, Ground, Limits, Route, Ways, route
from ocgdesk.progress import Progress, silent

MOST_TIED = 20
"""Tied paths that are written out; all are counted."""


@dataclass(frozen=True, slots=True)
class Tied:
    """All shortest paths between two items."""

    routes: tuple[Route, ...]
    """The first of them, in order."""
    count: int
    """How many there are, two that differ only in parallel links counted once."""


def shortest(ways: Ways, one: int, two: int, limits: Limits | None = None) -> Route | None:
    """Return the shortest path between two positions, or None where there is none."""
    ground = (limits or Limits()).ground(ways, (one, two))
    found = ground.walk(one, two)
    return None if found is None else route(ways, found, ground.steps)


def tied(
    ways: Ways, one: int, two: int, limits: Limits | None = None, *, most: int = MOST_TIED
) -> Tied:
    """Return the shortest paths between two positions: how many, and the first ``most``."""
    limits = limits or Limits()
    ground = limits.ground(ways, (one, two))
    left = ground.left(two, one, limits)
    if left[one] == UNREACHED:
        return Tied((), 0)
    onward = _Onward(ground, left)
    routes = [route(ways, walked, ground.steps) for walked in onward.walks(one, two, most)]
    return Tied(tuple(routes), onward.count(one, two))


class _Onward:
    """From each node on a shortest path, the nodes one step nearer the goal."""

    def __init__(self, ground: Ground, left: NDArray[np.int32]) -> None:
        self._ground, self._left = ground, left
        self._known: dict[int, list[int]] = {}

    def nearer(self, node: int) -> list[int]:
        """Return the neighbours one step nearer, in order."""
        if node not in self._known:
            rows, _which = self._ground.ways.rows(np.array([node]))
            rows = rows[self._ground.passable(rows, self._left == self._left[node] - 1)]
            self._known[node] = np.unique(self._ground.ways.to[rows]).tolist()
        return self._known[node]

    def walks(self, start: int, goal: int, most: int) -> Iterator[tuple[int, ...]]:
        """Yield the first ``most`` walks to the goal, in order."""
        waiting: list[tuple[int, ...]] = [(start,)]
        told = 0
        while waiting and told < most:
            walked = waiting.pop()
            if walked[-1] == goal:
                told += 1
                yield walked
                continue
            waiting += [(*walked, node) for node in reversed(self.nearer(walked[-1]))]

    def count(self, start: int, goal: int) -> int:
        """Return how many walks lead to the goal."""
        ring = {start: 1}
        for _step in range(int(self._left[start])):
            following: dict[int, int] = {}
            for node, ways in ring.items():
                for near in self.nearer(node):
                    following[near] = following.get(near, 0) + ways
            ring = following
        return ring.get(goal, 0)


class Search(Protocol):
    """Finds the shortest continuation of a walk that enters neither its nodes nor ``barred``."""

    def __call__(
        self, begun: Sequence[int], barred: frozenset[int], longest: int | None, /
    ) -> tuple[int, ...] | None:
        """Return the whole walk to the goal, or None where there is none of so many nodes.

        ``barred`` are nodes not to be entered next.
        """


def distinct(
    ways: Ways,
    one: int,
    two: int,
    count: int,
    limits: Limits | None = None,
    *,
    progress: Progress = silent,
) -> list[Route]:
    """Return the ``count`` shortest paths, each with other nodes, shortest first (Yen 1971)."""
    limits = limits or Limits()
    ground = limits.ground(ways, (one, two))
    left = ground.left(two, one, limits)

    def search(
        begun: Sequence[int], barred: frozenset[int], longest: int | None, /
    ) -> tuple[int, ...] | None:
        # The barred may be entered later on: the steps to them are taken away, not the nodes.
        narrower = ground.without(begun, (begun[-1], barred))
        room = None if longest is None else longest - len(begun)
        onward = narrower.guided(begun[-1], two, left, room)
        return None if onward is None else (*begun[:-1], *onward)

    walks = first_walks(search, one, count, progress)
    return [route(ways, walked, ground.steps) for walked in walks]


def first_walks(
    search: Search, start: int, count: int, progress: Progress = silent
) -> Iterator[tuple[int, ...]]:
    """Yield the first ``count`` walks without loops, shortest first (Yen 1971)."""
    found: list[tuple[int, ...]] = []
    waiting: list[tuple[int, tuple[int, ...]]] = []
    seen: set[tuple[int, ...]] = set()

    def consider(walked: tuple[int, ...] | None) -> None:
        if walked is not None and walked not in seen:
            seen.add(walked)
            heapq.heappush(waiting, (len(walked), walked))

    consider(search((start,), frozenset(), None))
    while waiting and len(found) < count:
        progress(len(found), count, "Finding paths")
        walked = heapq.heappop(waiting)[1]
        found.append(walked)
        yield walked
        # From the goal back: what is near it is soon found, and bounds what is looked at next.
        for at in range(len(walked) - 2, -1, -1) if len(found) < count else ():
            begun = walked[: at + 1]
            longest = _longest_of_use(waiting, count - len(found))
            consider(search(begun, _taken(found, begun), longest))


def _taken(found: Sequence[tuple[int, ...]], begun: tuple[int, ...]) -> frozenset[int]:
    """Return the nodes that walks found so far enter after this beginning."""
    size = len(begun)
    return frozenset(walk[size] for walk in found if walk[:size] == begun and len(walk) > size)


def _longest_of_use(waiting: Sequence[tuple[int, tuple[int, ...]]], wanted: int) -> int | None:
    """Return the length beyond which a walk cannot be among those still wanted; None if any."""
    if len(waiting) < wanted:
        return None
    return heapq.nsmallest(wanted, waiting)[-1][0]


def best_evidenced(
    ways: Ways,
    one: int,
    two: int,
    count: int = 1,
    limits: Limits | None = None,
    *,
    progress: Progress = silent,
) -> list[Route]:
    """Return the paths whose weakest step is strongest; of equal ones the shortest first.

    A step is as strong as the best evidenced of its links.
    """
    limits = limits or Limits()
    found: list[Route] = []
    for level in _levels(ways, one, two, limits):
        narrower = replace(limits, least=level)
        known = {path.nodes for path in found}
        # All paths of better evidence are known by now, and come up again among these.
        some = distinct(ways, one, two, count + len(known), narrower, progress=progress)
        found += [path for path in some if path.nodes not in known]
        if len(found) >= count:
            break
    return [_with_all_links(ways, path, limits) for path in found[:count]]


def _levels(ways: Ways, one: int, two: int, limits: Limits) -> Iterator[int]:
    """Yield the levels of evidence on which the two are joined at all, the best first."""
    levels = np.unique(ways.evidence)[::-1].tolist()
    low, high = 0, len(levels)
    while low < high:  # joined at one level means joined at all below it
        middle = (low + high) // 2
        narrower = replace(limits, least=levels[middle])
        joined = narrower.ground(ways, (one, two)).walk(one, two) is not None
        low, high = (low, middle) if joined else (middle + 1, high)
    yield from levels[low:]


def _with_all_links(ways: Ways, path: Route, limits: Limits) -> Route:
    """Return a path with every link of its steps, also those of less evidence."""
    walked = ways.network.positions(path.nodes).tolist()
    return route(ways, walked, limits.ground(ways, walked).steps)
