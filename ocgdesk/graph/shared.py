"""Which groups share records: through whom, and what is left out because it joins everybody."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ocgdesk.domain.kinds import Kind
from ocgdesk.graph import narrowing
from ocgdesk.graph.network import Network
from ocgdesk.progress import Progress, silent


@dataclass(frozen=True, slots=True)
class Shared:
    """One record that two groups share, by workspace number, and through whom of each."""

    item: int
    one: frozenset[int]
    """Members of the first group linked to it; empty where the group itself is."""
    two: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """Pairs of groups with what they share, and what was left out."""

    pairs: Mapping[tuple[int, int], tuple[Shared, ...]]
    """By the numbers of both groups, the lower first."""
    too_wide: tuple[int, ...]
    """Records that would join more groups than the limit, by number."""
    stopped: int
    """Shared records that were on the stop list."""


def holders(
    network: Network, members: Mapping[int, Collection[int]], kind: Kind
) -> dict[int, dict[int, set[int]]]:
    """Return, of each record of a kind, the groups that hold it and through which members.

    A group holds a member, and whatever a member or the group itself is linked to.
    """
    groups_of: dict[int, set[int]] = defaultdict(set)
    for group, some in members.items():
        for member in some:
            groups_of[member].add(group)
    if kind is Kind.NOMINAL:
        return {no: {group: set() for group in groups} for no, groups in groups_of.items()}
    found: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for item, by in _at(network, kind):
        if by in members:
            found[item].setdefault(by, set())
        for group in groups_of.get(by, ()):
            found[item][group].add(by)
    return found


def _at(network: Network, kind: Kind) -> Iterator[tuple[int, int]]:
    """Yield each link of a record of a kind: the record, then the other end."""
    wanted = narrowing.of_kinds(network, [kind])
    for ends, others in ((network.source, network.target), (network.target, network.source)):
        chosen = wanted[ends]
        items, near = network.nodes[ends[chosen]], network.nodes[others[chosen]]
        yield from zip(items.tolist(), near.tolist(), strict=True)


def sharing(
    held: Mapping[int, Mapping[int, Collection[int]]],
    *,
    stop: Collection[int] = (),
    widest: int = 12,
    progress: Progress = silent,
) -> Sharing:
    """Return what pairs of groups share, without records on the stop list or held too widely.

    A record held by more than ``widest`` groups tells of none of them: a prison, a hotel, a call
    centre. What only one member of both is linked to is that member's and not told again.
    """
    pairs: dict[tuple[int, int], list[Shared]] = defaultdict(list)
    too_wide, stopped = [], 0
    for done, (item, groups) in enumerate(sorted(held.items())):
        if done % 5_000 == 0:
            progress(done, len(held), "Looking for what groups share")
        if len(groups) < 2:
            continue
        if item in stop:
            stopped += 1
        elif len(groups) > widest:
            too_wide.append(item)
        else:
            for one, two in combinations(sorted(groups), 2):
                by = (frozenset(groups[one]), frozenset(groups[two]))
                if not (by[0] == by[1] and len(by[0]) == 1):  # else it is the shared member's
                    pairs[one, two].append(Shared(item, *by))
    told = {pair: tuple(some) for pair, some in pairs.items()}
    return Sharing(pairs=told, too_wide=tuple(too_wide), stopped=stopped)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike a group is to another, and in what."""

    group: int
    share: float
    """Weight of what both have over the weight of what either has: 0 to 1."""
    both: tuple[str, ...]
    """What both have, the rarest first."""


def alike(
    features: Mapping[int, Collection[str]], group: int, *, most: int = 10
) -> tuple[Likeness, ...]:
    """Return the groups most like one, by what both have; what is rare weighs more.

    A weighted Jaccard index: each feature weighs the logarithm of how few groups have it.
    """
    counts: dict[str, int] = defaultdict(int)
    for some in features.values():
        for feature in some:
            counts[feature] += 1
    total = max(len(features), 1)
    weight = {feature: float(np.log1p(total / count)) for feature, count in counts.items()}
    own = set(features.get(group, ()))
    found = []
    for other, some in features.items():
        both = own & set(some)
        if other != group and both:
            either = own | set(some)
            share = sum(weight[f] for f in both) / sum(weight[f] for f in either)
            ranked = sorted(both, key=lambda f: (-weight[f], f))
            found.append(Likeness(other, share, tuple(ranked)))
    found.sort(key=lambda like: (-like.share, like.group))
    return tuple(found[:most])
