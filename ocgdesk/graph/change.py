"""How a network changes from one period to the next: who comes, who goes, who rises and falls.

Present in a period is who is in its network. Turnover from one period to the next is the share of
all present in either who are not present in both: 0 where nobody changed, 1 where everybody did.
Ranks count from 1; those of equal value share the best rank of them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ocgdesk.graph.fragments import Mesh, fragmentation
from ocgdesk.graph.network import Network
from ocgdesk.progress import Progress, silent, track

By = Literal["degree", "betweenness"]
_DECIMALS = 9


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody's value and rank in one period."""

    value: float
    rank: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """One period: its size, who came and went since the one before, and where people stood."""

    name: str
    nodes: int
    pairs: int
    """Linked pairs, parallel links counted once."""
    density: float
    fragmentation: float
    largest: int
    joined: frozenset[int]
    """Workspace numbers; in the first period nobody."""
    gone: frozenset[int]
    turnover: float | None
    """None in the first period, and where nobody is present in either."""
    standings: Mapping[int, Standing]
    """Of those who may be ranked."""


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody whose rank changed between two periods in which they were present."""

    no: int
    before: int
    after: int

    @property
    def places(self) -> int:
        """How many places they rose; fewer than none if they fell."""
        return self.before - self.after


def phases(
    periods: Sequence[tuple[str, Network]],
    by: By = "degree",
    *,
    unranked: Collection[int] = (),
    progress: Progress = silent,
) -> tuple[Phase, ...]:
    """Return what each of the named networks is like beside the one before it.

    ``unranked`` are workspace numbers of people who take part but are given no rank.
    """
    found: list[Phase] = []
    before: frozenset[int] | None = None
    for name, network in track(periods, progress, "Comparing periods"):
        now = frozenset(network.nodes.tolist())
        found.append(_phase(name, network, by, before, frozenset(unranked)))
        before = now
    return tuple(found)


def _phase(
    name: str, network: Network, by: By, before: frozenset[int] | None, unranked: frozenset[int]
) -> Phase:
    mesh, now = Mesh.of(network), frozenset(network.nodes.tolist())
    sizes, count = mesh.sizes(mesh.parts()), len(network)
    either = now | (before or frozenset())
    changed = None if before is None or not either else len(now ^ before) / len(either)
    return Phase(
        name=name,
        nodes=count,
        pairs=len(mesh.pairs),
        density=2 * len(mesh.pairs) / (count * (count - 1)) if count > 1 else 0.0,
        fragmentation=fragmentation(sizes),
        largest=int(sizes.max(initial=0)),
        joined=frozenset() if before is None else now - before,
        gone=frozenset() if before is None else before - now,
        turnover=changed,
        standings=_standings(network, _values(mesh, by), unranked),
    )


def _values(mesh: Mesh, by: By) -> NDArray[np.float64]:
    if by == "degree":
        return np.bincount(mesh.pairs.ravel(), minlength=mesh.count).astype(np.float64)
    import igraph

    graph = igraph.Graph(n=mesh.count, edges=mesh.pairs)
    between: NDArray[np.float64] = np.array(graph.betweenness(), np.float64).round(_DECIMALS)
    return between


def _standings(
    network: Network, values: NDArray[np.float64], unranked: frozenset[int]
) -> dict[int, Standing]:
    ranked = [
        (no, value)
        for no, value in zip(network.nodes.tolist(), values.tolist(), strict=True)
        if no not in unranked
    ]
    ranked.sort(key=lambda pair: (-pair[1], pair[0]))
    found: dict[int, Standing] = {}
    rank, last = 0, None
    for place, (no, value) in enumerate(ranked, 1):
        rank, last = (rank, last) if value == last else (place, value)
        found[no] = Standing(value, rank)
    return found


def moves(one: Phase, two: Phase) -> tuple[Move, ...]:
    """Return who changed rank between two periods, those who rose most first."""
    both = one.standings.keys() & two.standings.keys()
    found = [Move(no, one.standings[no].rank, two.standings[no].rank) for no in both]
    changed = [move for move in found if move.places]
    return tuple(sorted(changed, key=lambda move: (-move.places, move.no)))
