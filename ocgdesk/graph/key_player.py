"""The best few to remove, or to reach: one after the other, each the best that is left.

To *fragment* a network no such search is sure to find the best set: what one removal does depends
on the others, and there is no bound. After the search each of those found is exchanged for any
other as long as that helps. To *reach* as many as possible within some links, each further choice
adds less, so that the set found reaches at least 63 % (1 - 1/e) of what the best set would
(Nemhauser, Wolsey and Fisher 1978); a closer bound is worked out from what was found.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ocgdesk.errors import Refused
from ocgdesk.graph.fragments import Flags, Mesh, cuts, fragmentation
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent

Goal = Literal["fragmentation", "reach"]
MOST = 50
"""Items that can be asked for at once."""
MOST_TO_REACH = 20_000
"""Items of a network on which reach is worked out."""
MOST_BETWEEN = 3_000
"""Items up to which equal choices are told apart by betweenness; beyond, by neighbours."""
WITHIN = 2
"""Links within which somebody counts as reached."""
SURE = 1.0 - 1.0 / math.e
_EQUAL = 1e-12


@dataclass(frozen=True, slots=True)
class KeyPlayers:
    """The set found, in the order it was found, and what it comes to."""

    goal: Goal
    chosen: tuple[int, ...]
    """Positions."""
    before: float
    after: tuple[float, ...]
    """The fragmentation, or the number reached, with the first one, two … of them."""
    bound: float | None = None
    """The least share of what the best set could come to; None where none can be told."""


def key_players(
    mesh: Mesh,
    count: int,
    goal: Goal,
    *,
    ranked: Flags | None = None,
    removed: Collection[int] = (),
    progress: Progress = silent,
) -> KeyPlayers:
    """Return the best ``count`` for a goal among the positions that may be ``ranked``.

    ``removed`` are gone already. Raises Refused where there is nobody to choose from, too many
    are asked for, or the network is too large for the question.
    """
    allowed = np.ones(mesh.count, np.bool_) if ranked is None else ranked.copy()
    allowed[list(removed)] = False
    if not 1 <= count <= MOST:
        raise Refused(_("Ask for one to {most} key players").format(most=MOST))
    if not allowed.any():
        raise Refused(_("There is nobody in this part of the register who may be ranked"))
    if goal == "reach":
        return _to_reach(mesh, min(count, int(allowed.sum())), allowed, removed, progress)
    return _to_fragment(mesh, min(count, int(allowed.sum())), allowed, removed, progress)


def _to_fragment(
    mesh: Mesh, count: int, allowed: Flags, removed: Collection[int], progress: Progress
) -> KeyPlayers:
    gone = list(removed)
    chosen: list[int] = []
    while len(chosen) < count:
        progress(len(chosen), count, "Choosing removals")
        chosen.append(_best_cut(mesh, [*gone, *chosen], allowed)[0])
    chosen = _exchanged(mesh, chosen, gone, allowed, progress)
    steps = [[*gone, *chosen[:size]] for size in range(count + 1)]
    before, *after = [fragmentation(mesh.sizes(mesh.parts(some))) for some in steps]
    return KeyPlayers("fragmentation", tuple(chosen), before, tuple(after))


def _best_cut(mesh: Mesh, gone: Sequence[int], allowed: Flags) -> tuple[int, float]:
    """Return the removal that fragments most, of equal ones the one most lies between."""
    free = allowed.copy()
    free[list(gone)] = False
    found = cuts(mesh, gone).fragmentation(mesh.counted)
    best = float(found[free].max())
    equal = np.flatnonzero(free & (found >= best - _EQUAL))
    standing = _standing(mesh, gone)[equal] if equal.size > 1 else np.zeros(1)
    return int(equal[np.argmax(standing)]), best


def _standing(mesh: Mesh, gone: Sequence[int]) -> NDArray[np.float64]:
    left = np.ones(mesh.count, np.bool_)
    left[list(gone)] = False
    kept = mesh.pairs[left[mesh.pairs].all(axis=1)]
    if mesh.count > MOST_BETWEEN:
        return np.bincount(kept.ravel(), minlength=mesh.count).astype(np.float64)
    import igraph

    graph = igraph.Graph(n=mesh.count, edges=kept)
    # As far as rounding goes, equals are equal: the first of them is taken, always the same.
    between: NDArray[np.float64] = np.array(graph.betweenness()).round(6)
    return between


def _exchanged(
    mesh: Mesh, chosen: list[int], gone: Sequence[int], allowed: Flags, progress: Progress
) -> list[int]:
    """Exchange one of the chosen for any other as long as that fragments more."""
    chosen = list(chosen)
    now = fragmentation(mesh.sizes(mesh.parts([*gone, *chosen])))
    better = len(chosen) > 1
    while better:
        better = False
        for at in range(len(chosen)):
            progress(at, len(chosen), "Exchanging removals")
            others = [item for item in chosen if item != chosen[at]]
            item, value = _best_cut(mesh, [*gone, *others], allowed)
            if value > now + _EQUAL:
                chosen[at], now, better = item, value, True
    return chosen


def _to_reach(
    mesh: Mesh, count: int, allowed: Flags, removed: Collection[int], progress: Progress
) -> KeyPlayers:
    if mesh.count > MOST_TO_REACH:
        told = _("Reach is worked out for up to {most:,} items, not {n:,}: choose a narrower scope")
        raise Refused(told.format(most=MOST_TO_REACH, n=mesh.count))
    reached_by = _reaches(mesh, allowed, removed, progress)
    taken = np.zeros(mesh.count, np.bool_)
    chosen: list[int] = []
    totals: list[float] = []
    gains = {item: len(some) for item, some in reached_by.items()}
    while len(chosen) < count and gains:
        item = _best_gain(gains, reached_by, taken)
        chosen.append(item)
        del gains[item]
        taken[reached_by[item]] = True
        totals.append(float(taken.sum()))
    return KeyPlayers(
        "reach", tuple(chosen), 0.0, tuple(totals), _bound(gains, reached_by, taken, count)
    )


def _reaches(
    mesh: Mesh, allowed: Flags, removed: Collection[int], progress: Progress
) -> dict[int, NDArray[np.int64]]:
    """Return the counted items within reach of each that may be chosen, itself among them."""
    gone, found = set(removed), dict[int, NDArray[np.int64]]()
    items = np.flatnonzero(allowed).tolist()
    for done, item in enumerate(items):
        if done % 200 == 0:
            progress(done, len(items), "Working out reach")
        seen = ring = {item}
        for _step in range(WITHIN):
            ring = {near for one in ring for near in mesh.neighbours[one]} - seen - gone
            seen = seen | ring
        inside = np.array(sorted(seen), np.int64)
        found[item] = inside[mesh.counted[inside]]
    return found


def _best_gain(
    gains: dict[int, int], reached_by: dict[int, NDArray[np.int64]], taken: Flags
) -> int:
    """Return who adds most; gains only shrink, so that an old one bounds the new from above."""
    best, most = -1, -1
    for item, at_most in sorted(gains.items(), key=lambda pair: (-pair[1], pair[0])):
        if at_most <= most:
            break
        gains[item] = gain = int(np.count_nonzero(~taken[reached_by[item]]))
        if gain > most:
            best, most = item, gain
    return best


def _bound(
    gains: dict[int, int],
    reached_by: dict[int, NDArray[np.int64]],
    taken: Flags,
    count: int,
) -> float:
    """Return the share of the best possible that is certain.

    The best set reaches no more than what is reached already and the largest gains added up.
    """
    reached = int(taken.sum())
    most = sorted((int(np.count_nonzero(~taken[reached_by[i]])) for i in gains), reverse=True)
    possible = min(reached + sum(most[:count]), taken.size)
    return max(SURE, reached / possible) if possible else 1.0
