"""How a network falls apart: its parts, its fragmentation, and what each single removal does.

Fragmentation is the share of pairs that cannot reach each other at all, whichever way links point
(Borgatti 2006): 0 where everybody can reach everybody, 1 where nobody reaches anybody, and 0 for
fewer than two. Pairs are counted between the *counted* items only, people as a rule; other items
(phones, handles, lines) join people but are no end of a pair. Parallel links count once, loops
not at all. Those removed are not counted: it is asked what is left of the others.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ocgdesk.graph.measures import connected, distinct
from ocgdesk.graph.network import Network

Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Mesh:
    """Who is linked to whom at all, and who is counted. Not slotted: neighbours are kept beside."""

    count: int
    pairs: NDArray[np.int64]
    """Each linked pair once, as positions, without loops."""
    counted: Flags

    @classmethod
    def of(cls, network: Network, counted: Flags | None = None) -> "Mesh":
        """Return the mesh of a network; all items are counted unless told."""
        everyone = np.ones(len(network), np.bool_)
        return cls(len(network), distinct(network.edges), everyone if counted is None else counted)

    @cached_property
    def neighbours(self) -> list[list[int]]:
        """The neighbours of each item, ascending."""
        ends = np.concatenate((self.pairs, self.pairs[:, ::-1]))
        ends = ends[np.lexsort((ends[:, 1], ends[:, 0]))]
        cuts = np.cumsum(np.bincount(ends[:, 0], minlength=self.count))[:-1]
        return [some.tolist() for some in np.split(ends[:, 1], cuts)] if self.count else []

    def parts(self, removed: Collection[int] = ()) -> NDArray[np.int64]:
        """Return the part each item hangs in, numbered by their first items; -1 for the removed."""
        left = np.ones(self.count, np.bool_)
        left[list(removed)] = False
        kept = self.pairs[left[self.pairs].all(axis=1)]
        moved = np.cumsum(left) - 1
        found = np.full(self.count, -1, np.int64)
        found[left] = connected(int(left.sum()), moved[kept])
        return found

    def sizes(self, parts: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return how many counted items each part has."""
        within = parts[(parts >= 0) & self.counted]
        size = int(parts.max(initial=-1)) + 1
        return np.bincount(within, minlength=size).astype(np.int64)


def fragmentation(sizes: NDArray[np.int64]) -> float:
    """Return the share of pairs of items in different parts, from the sizes of the parts."""
    total = int(sizes.sum())
    return 1.0 - reaching(sizes) / (total * (total - 1)) if total > 1 else 0.0


def reaching(sizes: NDArray[np.int64]) -> int:
    """Return how many ordered pairs can reach each other, from the sizes of the parts."""
    return int((sizes * (sizes - 1)).sum())


@dataclass(frozen=True, slots=True, eq=False)
class Cuts:
    """What removing each single item would leave, all of them found in one walk."""

    reaching: NDArray[np.int64]
    """Ordered pairs of counted items that could still reach each other; -1 for the removed."""
    counted: int
    """Counted items now."""

    def fragmentation(self, item_counted: Flags) -> NDArray[np.float64]:
        """Return the fragmentation each removal would leave; -1 for the removed."""
        left = self.counted - item_counted.astype(np.int64)
        pairs = np.maximum(left * (left - 1), 1)
        found = np.where(left > 1, 1.0 - self.reaching / pairs, 0.0)
        return np.where(self.reaching < 0, -1.0, found)


def cuts(mesh: Mesh, removed: Collection[int] = ()) -> Cuts:
    """Return what each further removal would leave (Tarjan 1972: points where a network breaks)."""
    walk = _Walk(mesh, removed)
    for root in range(mesh.count):
        if not walk.seen[root]:
            walk.part(root)
    whole = walk.whole
    left = [-1 if own is None else whole - out + own for out, own in walk.changes]
    weight = mesh.counted.copy()
    weight[list(removed)] = False
    return Cuts(np.array(left, np.int64), int(weight.sum()))


class _Walk:
    """A walk in depth through each part, in which every item learns what hangs on it alone."""

    def __init__(self, mesh: Mesh, removed: Collection[int]) -> None:
        self._neighbours = mesh.neighbours
        self._weight = mesh.counted.astype(np.int64).tolist()
        self._gone = [False] * mesh.count
        for item in removed:
            self._gone[item] = True
        self.seen = self._gone.copy()
        self._found = [0] * mesh.count
        self._low = [0] * mesh.count
        self._below = list(self._weight)
        self._pieces = [0] * mesh.count
        self._hanging = [0] * mesh.count
        self.whole = 0
        self.changes: list[tuple[int, int | None]] = [(0, None)] * mesh.count
        """Of each item: the pairs its part has now, and those its removal would leave of it."""

    def part(self, root: int) -> None:
        """Walk the part an item hangs in."""
        order = self._down(root)
        size = self._below[root]
        pairs = size * (size - 1)
        self.whole += pairs
        for item in order:
            rest = size - self._weight[item] - self._hanging[item]
            left = self._pieces[item] + rest * (rest - 1)
            self.changes[item] = (pairs, left)

    def _down(self, root: int) -> list[int]:
        order, stack = [root], [(root, -1, iter(self._neighbours[root]))]
        self.seen[root] = True
        self._found[root] = self._low[root] = 0
        while stack:
            item, above, rest = stack[-1]
            for near in rest:
                if not self.seen[near]:
                    self.seen[near] = True
                    self._found[near] = self._low[near] = len(order)
                    order.append(near)
                    stack.append((near, item, iter(self._neighbours[near])))
                    break
                if near != above and not self._gone[near]:
                    self._low[item] = min(self._low[item], self._found[near])
            else:
                stack.pop()
                self._up(item, above, root)
        return order

    def _up(self, item: int, above: int, root: int) -> None:
        if above < 0:
            return
        self._below[above] += self._below[item]
        self._low[above] = min(self._low[above], self._low[item])
        if above == root or self._low[item] >= self._found[above]:
            size = self._below[item]
            self._hanging[above] += size
            self._pieces[above] += size * (size - 1)
