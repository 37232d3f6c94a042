"""Which OCG each item of a chart belongs with, and in which order the OCGs stand."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocgdesk.graph.standing import Standing, Zone

Groups = Sequence[Sequence[int]]
Near = Sequence[Sequence[int]]


def neighbours(count: int, pairs: NDArray[np.int64]) -> list[list[int]]:
    """Return whom each item is linked to, each once, ascending."""
    found: list[set[int]] = [set() for _item in range(count)]
    for one, two in pairs.tolist():
        if one != two:
            found[one].add(two)
            found[two].add(one)
    return [sorted(some) for some in found]


def homes(near: Near, groups: Groups, standings: Sequence[Standing]) -> list[int]:
    """Return the number of the block each item belongs to.

    A member belongs to its first group; all else, hop by hop, to the block most of its
    neighbours belong to. What hangs on no group makes blocks of its own, one a part, and what
    hangs on nothing at all makes one together.
    """
    found = [-1] * len(near)
    for number, members in enumerate(groups):
        for item in members:
            if found[item] < 0 and standings[item].zone is Zone.MEMBER:
                found[item] = number
    _followed(found, near)
    _left_over(found, near, len(groups))
    return found


def _followed(found: list[int], near: Near) -> None:
    ring = sorted({n for item, home in enumerate(found) if home >= 0 for n in near[item]})
    while ring := [item for item in ring if found[item] < 0]:
        votes = {item: Counter(found[n] for n in near[item] if found[n] >= 0) for item in ring}
        for item, counted in votes.items():
            found[item] = min((-votes, home) for home, votes in counted.items())[1]
        ring = sorted({n for item in ring for n in near[item]})


def _left_over(found: list[int], near: Near, first: int) -> None:
    number, alone = first + 1, first
    for item in range(len(found)):
        if found[item] >= 0:
            continue
        if not near[item]:
            found[item] = alone
            continue
        waiting = [item]
        while waiting:
            one = waiting.pop()
            if found[one] < 0:
                found[one] = number
                waiting += near[one]
        number += 1


def blocks(found: Sequence[int]) -> dict[int, list[int]]:
    """Return the items of each block, by its number, in order."""
    made: dict[int, list[int]] = {}
    for item, home in enumerate(found):
        made.setdefault(home, []).append(item)
    return dict(sorted(made.items()))


def ordered(
    made: dict[int, list[int]], found: Sequence[int], near: Near, groups: Groups
) -> list[int]:
    """Return the numbers of the blocks so that those with most in common stand side by side.

    The largest comes first; each next is the one with most links to, and most members in common
    with, either end of the row so far. What has nothing in common with any comes last.
    """
    ties = _ties(found, near, groups)
    tied = {home for pair in ties for home in pair}
    ranked = sorted(made, key=lambda home: (-len(made[home]), home))
    left = [home for home in ranked if home in tied]
    row = [left.pop(0)] if left else []
    while left:
        best = max(left, key=lambda home: (_pull(ties, home, row), len(made[home]), -home))
        left.remove(best)
        at_front = ties[_pair(best, row[0])] > ties[_pair(best, row[-1])]
        row.insert(0 if at_front else len(row), best)
    return row + [home for home in ranked if home not in tied]


_SHARED = 4
"""How much more a member in common counts than a link."""


def _ties(found: Sequence[int], near: Near, groups: Groups) -> Counter[tuple[int, int]]:
    ties: Counter[tuple[int, int]] = Counter()
    for item, others in enumerate(near):
        for other in others:
            if item < other and found[item] != found[other]:
                ties[_pair(found[item], found[other])] += 1
    for number, members in enumerate(groups):
        for item in members:
            if found[item] != number:
                ties[_pair(found[item], number)] += _SHARED
    return ties


def _pair(one: int, two: int) -> tuple[int, int]:
    return (one, two) if one < two else (two, one)


def _pull(ties: Counter[tuple[int, int]], home: int, row: Sequence[int]) -> int:
    """Return how much a block has in common with either end of a row."""
    return max(ties[_pair(home, row[0])], ties[_pair(home, row[-1])])


def between(row: Sequence[int], groups: Groups) -> dict[tuple[int, int], list[int]]:
    """Return the members of two groups whose blocks stand side by side, by both numbers."""
    belongs: dict[int, list[int]] = {}
    for number, members in enumerate(groups):
        for item in dict.fromkeys(members):
            belongs.setdefault(item, []).append(number)
    beside = {_pair(one, two) for one, two in pairwise(row)}
    found: dict[tuple[int, int], list[int]] = {}
    for item, numbers in sorted(belongs.items()):
        if len(numbers) == 2 and _pair(*numbers) in beside:
            found.setdefault(_pair(*numbers), []).append(item)
    return found
