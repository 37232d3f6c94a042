"""An order in which what has much in common stands side by side: for the rows of a matrix."""

import heapq
from collections import defaultdict
from collections.abc import Collection, Mapping


def by_cluster(nos: Collection[int], weights: Mapping[tuple[int, int], float]) -> list[int]:
    """Return numbers ordered by cluster, the one with most in common first.

    Each next is the one with most in common with all before it; where nothing has, the one with
    most in common with anything begins anew. What has nothing in common with any comes last.
    """
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for (one, two), weight in weights.items():
        near[one][two] = near[one].get(two, 0.0) + weight
        near[two][one] = near[two].get(one, 0.0) + weight
    total = {no: sum(near[no].values()) for no in nos}
    order: list[int] = []
    done: set[int] = set()
    for start in sorted(nos, key=lambda no: (-total[no], no)):
        if start not in done:
            order += _grown(start, near, total, done)
    return order


def _grown(
    start: int, near: Mapping[int, Mapping[int, float]], total: Mapping[int, float], done: set[int]
) -> list[int]:
    found: list[int] = []
    gains: dict[int, float] = {start: 0.0}
    waiting = [(0.0, 0.0, start)]
    while waiting:
        gain, _most, no = heapq.heappop(waiting)
        if no in done or -gain < gains[no]:
            continue
        done.add(no)
        found.append(no)
        for other, weight in near[no].items():
            if other not in done and other in total:
                gains[other] = gains.get(other, 0.0) + weight
                heapq.heappush(waiting, (-gains[other], -total[other], other))
    return found
