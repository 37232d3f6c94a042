"""Walking a network: every step from every node in one table, and the first walk to a goal."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocgdesk.graph.network import Network

Flags = NDArray[np.bool_]
UNREACHED = -1
_EVIDENCE_LEVELS = 64


@dataclass(frozen=True, slots=True)
class Route:
    """One way through a network: workspace numbers of its nodes, and of the links of each step."""

    nodes: tuple[int, ...]
    steps: tuple[tuple[int, ...], ...]
    """Every link that makes a step, the best evidenced first."""
    evidence: int
    """Of its weakest step: how well the best link of that step is evidenced."""
    days: tuple[int, ...] = ()
    """Of a walk in time: the ordinal day by which each step can have been made at the earliest."""

    def __len__(self) -> int:
        """Return the number of steps."""
        return len(self.steps)


@dataclass(frozen=True, eq=False)
class Ways:
    """Every step of a network, sorted by node, then neighbour, then best evidence first.

    Not slotted, so that what is computed on first use can be kept beside the fields.
    """

    network: Network
    evidence: NDArray[np.int8]
    """Of each link of the network: the higher, the better it is evidenced (0 to 63)."""

    @classmethod
    def of(cls, network: Network, evidence: NDArray[np.int8] | None = None) -> "Ways":
        """Return the ways of a network; links are evidenced by their strength unless told."""
        return cls(network, network.strength if evidence is None else evidence)

    @cached_property
    def _table(self) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32], Flags]:
        source, target = self.network.source.astype(np.int64), self.network.target.astype(np.int64)
        width, count = max(len(self.network), 1), self.network.source.size
        worse = _EVIDENCE_LEVELS - 1 - self.evidence.astype(np.int64)
        there = (source * width + target) * _EVIDENCE_LEVELS + worse
        back = (target * width + source) * _EVIDENCE_LEVELS + worse
        order = np.argsort(np.concatenate((there, back)), kind="stable")
        by = (order % max(count, 1)).astype(np.int32)
        along = order < count
        origin = np.where(along, source[by], target[by])
        reached = np.where(along, target[by], source[by]).astype(np.int32)
        starts = np.zeros(len(self.network) + 1, np.int64)
        np.cumsum(np.bincount(origin, minlength=len(self.network)), out=starts[1:])
        return starts, reached, by, along

    @property
    def starts(self) -> NDArray[np.int64]:
        """Where the steps from each node begin; one more than there are nodes."""
        return self._table[0]

    @property
    def to(self) -> NDArray[np.int32]:
        """The node each step leads to, as a position."""
        return self._table[1]

    @property
    def by(self) -> NDArray[np.int32]:
        """The link each step goes by, as a position among the links."""
        return self._table[2]

    @property
    def along(self) -> Flags:
        """Whether a step goes the way its link is stated."""
        return self._table[3]

    @cached_property
    def step_evidence(self) -> NDArray[np.int8]:
        """How well the link of each step is evidenced."""
        return self.evidence[self.by]

    def rows(self, nodes: NDArray[np.integer]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the steps from these nodes, in their order, and from which of them each is."""
        first = self.starts[nodes]
        lengths = self.starts[np.asarray(nodes, np.int64) + 1] - first
        ends = np.cumsum(lengths)
        which = np.repeat(np.arange(len(nodes)), lengths)
        return (first - ends + lengths)[which] + np.arange(which.size), which

    def between(self, one: int, two: int) -> NDArray[np.int64]:
        """Return the steps from one node straight to another, best evidenced first."""
        start, end = self.starts[one], self.starts[one + 1]
        row = self.to[start:end]
        low, high = np.searchsorted(row, [two, two + 1])
        return np.arange(start + low, start + high)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Limits:
    """What may be walked: nodes that may be passed through, links that may be used."""

    nodes: Flags | None = None
    links: Flags | None = None
    least: int | None = None
    """How well a link must be evidenced."""
    directed: bool = False
    """Whether a link stated with a direction is walked only that way."""

    def ground(self, ways: "Ways", ends: Collection[int], *, backwards: bool = False) -> "Ground":
        """Return where a search may walk; ``ends`` may be entered in any case.

        ``backwards`` is for a search that starts at the goal.
        """
        entered = np.ones(len(ways.network), np.bool_) if self.nodes is None else self.nodes.copy()
        entered[list(ends)] = True
        return Ground(ways, self._steps(ways, backwards=backwards), entered)

    def _steps(self, ways: "Ways", *, backwards: bool) -> Flags | None:
        allowed = None if self.links is None else self.links[ways.by]
        if self.least is not None:
            good = ways.step_evidence >= self.least
            allowed = good if allowed is None else allowed & good
        if not self.directed:
            return allowed
        stated = ways.network.directed[ways.by]
        rightly = ~stated | (~ways.along if backwards else ways.along)
        return rightly if allowed is None else allowed & rightly


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """The steps that may be made and the nodes that may be entered: where one search walks."""

    ways: Ways
    steps: Flags | None
    """None where all may be made."""
    entered: Flags
    closed: NDArray[np.int64] | None = None
    """Nodes that the first step may not lead to."""

    def left(self, goal: int, until: int, limits: Limits) -> NDArray[np.int32]:
        """Return how many steps each node is from the goal, walking towards it; see ``depths``."""
        there = self
        if limits.directed:
            there = limits.ground(self.ways, (goal, until), backwards=True)
        return there.depths(goal, until)

    def without(self, nodes: Sequence[int], first: tuple[int, frozenset[int]]) -> "Ground":
        """Return the ground without some nodes, nor first steps from a node to others.

        The first steps are kept apart: to mark them among all would cost more than the search.
        """
        free = self.entered.copy()
        free[list(nodes)] = False
        _start, barred = first
        closed = np.array(sorted(barred), np.int64) if barred else None
        return Ground(self.ways, self.steps, free, closed)

    def passable(self, rows: NDArray[np.int64], free: Flags, *, first: bool = False) -> Flags:
        """Tell which of these steps may be made to a node that is free, ``first`` of all or not."""
        reached = self.ways.to[rows]
        kept: Flags = free[reached]
        if first and self.closed is not None:
            kept = kept & ~np.isin(reached, self.closed)
        return kept if self.steps is None else kept & self.steps[rows]

    def depths(self, start: int, until: int | None = None) -> NDArray[np.int32]:
        """Return how many steps each node is from the start; -1 where it cannot be reached.

        Once ``until`` is reached, all that may lie beyond is given one step more than it.
        """
        found = np.full(len(self.ways.network), UNREACHED, np.int32)
        found[start] = 0
        front = _Front(self, start)
        while front.ring.size:
            if until is not None and found[until] != UNREACHED:
                found[found == UNREACHED] = found[until] + 1
                break
            front.advance()
            found[front.ring] = front.depth
        return found

    def walk(self, start: int, goal: int) -> tuple[int, ...] | None:
        """Return the shortest walk, of several the first by number; None where there is none."""
        front = _Front(self, start)
        while front.ring.size and front.free[goal]:
            front.advance()
        return front.traced(goal)

    def guided(
        self, start: int, goal: int, left: NDArray[np.int32], longest: int | None = None
    ) -> tuple[int, ...] | None:
        """Return the shortest walk as ``walk`` does, looking only where the goal can be near.

        ``left`` is how many steps each node is from the goal on this ground or a wider one: it
        never says too many. The least possible length is tried first, then longer ones, up to
        ``longest``.
        """
        most: int | None = int(left[start]) if left[start] != UNREACHED else None
        wider = 0
        while most is not None and (longest is None or most <= longest):
            front = _Front(self, start)
            while front.ring.size and front.free[goal]:
                front.advance(left, most)
            if (found := front.traced(goal)) is not None or front.next_length is None:
                return found
            if longest is not None and front.next_length <= longest:
                most = longest  # one look at all that may still be of use, rather than several
            else:
                most, wider = front.next_length + wider, 2 * wider + 1
        return None


class _Front:
    """A search under way: the nodes last entered, in the order of the walks that lead there.

    The order is kept from ring to ring, and of several ways into a node the first wins: that is
    what makes the first walk found the first of all of its length.
    """

    def __init__(self, ground: Ground, start: int) -> None:
        self._ground, self._start = ground, start
        self.depth = 0
        self._came = np.full(len(ground.ways.network), -1, np.int64)
        self.free = ground.entered.copy()
        self.free[start] = False
        self.ring: NDArray[np.integer] = np.array([start])
        self.next_length: int | None = None
        """The length of the shortest walk that was too long to be followed."""

    def advance(self, left: NDArray[np.int32] | None = None, most: int = 0) -> None:
        """Go one step on; with ``left``, only where the goal can be reached in ``most`` steps."""
        ways = self._ground.ways
        self.depth += 1
        rows, _which = ways.rows(self.ring)
        rows = rows[self._ground.passable(rows, self.free, first=self.depth == 1)]
        if left is not None:
            rows = self._near(rows, left, most - self.depth)
        reached = ways.to[rows]
        # Of repeated places the last assignment stays: from behind, that is the first.
        self._came[reached[::-1]] = rows[::-1]
        self.ring = reached[self._came[reached] == rows]
        self.free[self.ring] = False

    def _near(
        self, rows: NDArray[np.int64], left: NDArray[np.int32], most: int
    ) -> NDArray[np.int64]:
        needed = left[self._ground.ways.to[rows]]
        too_far = needed[needed > most]
        if too_far.size:
            length = self.depth + int(too_far.min())
            self.next_length = min(length, self.next_length or length)
        near: NDArray[np.int64] = rows[(needed != UNREACHED) & (needed <= most)]
        return near

    def traced(self, goal: int) -> tuple[int, ...] | None:
        """Return the walk to the goal; None where it was not entered."""
        found, at = [goal], goal
        while at != self._start:
            if self._came[at] < 0:
                return None
            at = int(np.searchsorted(self._ground.ways.starts, self._came[at], side="right")) - 1
            found.append(at)
        return tuple(reversed(found))


def route(
    ways: Ways, walked: Sequence[int], steps: Flags | None, days: tuple[int, ...] = ()
) -> Route:
    """Return a walk with the links of each of its steps, in workspace numbers."""
    found, weakest = [], _EVIDENCE_LEVELS
    for one, two in pairwise(walked):
        rows = ways.between(one, two)
        links = ways.by[rows if steps is None else rows[steps[rows]]]
        weakest = min(weakest, int(ways.evidence[links].max()))
        found.append(tuple(ways.network.link_nos[links].tolist()))
    nodes = tuple(ways.network.nodes[list(walked)].tolist())
    return Route(nodes, tuple(found), weakest, days)
