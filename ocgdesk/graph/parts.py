"""The parts of a chart that hang together by links or groups, each with numbers of its own."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocgdesk.graph.clusters import with_hubs
from ocgdesk.graph.measures import connected, distinct

Groups = Sequence[Sequence[int]]
Edges = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One connected part: its items, its links and its groups, numbered from 0 inside it."""

    items: NDArray[np.int64]
    """The positions of its items on the whole chart, ascending."""
    edges: Edges
    """Distinct links, and those to the hubs that stand for groups."""
    hubs: int = 0
    """How many hubs follow the items."""
    groups: tuple[tuple[int, ...], ...] = ()

    @property
    def links(self) -> Edges:
        """The links without those to hubs."""
        return self.edges[(self.edges < len(self)).all(axis=1)]

    def __len__(self) -> int:
        """Return the number of items."""
        return int(self.items.size)


def parts(count: int, edges: NDArray[np.integer], groups: Groups = ()) -> list[Part]:
    """Take a chart apart, in the order of first items; members of a group stay in one part."""
    hubbed, hubs = with_hubs(count, distinct(edges), groups)
    number = connected(count + hubs, hubbed)
    total = int(number.max(initial=-1)) + 1
    order = np.argsort(number, kind="stable")
    sizes = np.bincount(number, minlength=total)
    local = np.empty(count + hubs, np.int64)
    local[order] = np.arange(count + hubs) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    nodes = _split(order, number, total)
    inside = _split(local[hubbed[_by(number, hubbed)]], number[hubbed[:, 0]], total)
    named = _named(groups, number, local)
    return [
        _part(nodes[one], inside[one], tuple(named.get(one, ())), count) for one in range(total)
    ]


def _part(
    nodes: NDArray[np.int64], edges: Edges, groups: tuple[tuple[int, ...], ...], count: int
) -> Part:
    items = nodes[nodes < count]
    return Part(items=items, edges=edges, hubs=len(nodes) - len(items), groups=groups)


def _by(number: NDArray[np.int64], edges: Edges) -> NDArray[np.int64]:
    return np.argsort(number[edges[:, 0]], kind="stable")


def _split(
    ordered: NDArray[np.int64], number: NDArray[np.int64], total: int
) -> list[NDArray[np.int64]]:
    """Cut an array that is ordered by part; ``number`` says the part of each row, in any order."""
    ends = np.cumsum(np.bincount(number, minlength=total))
    starts = np.concatenate(([0], ends[:-1]))
    bounds = zip(starts.tolist(), ends.tolist(), strict=True) if total else ()
    return [ordered[start:end] for start, end in bounds]


def _named(
    groups: Groups, number: NDArray[np.int64], local: NDArray[np.int64]
) -> dict[int, list[tuple[int, ...]]]:
    named: dict[int, list[tuple[int, ...]]] = {}
    for members in groups:
        if len(members):
            inside = tuple(local[list(members)].tolist())
            named.setdefault(int(number[members[0]]), []).append(inside)
    return named
