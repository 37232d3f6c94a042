"""Two kinds joined through a third: who has what in common with whom, and what joins them."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

import numpy as np

from ocgdesk.domain.kinds import Kind
from ocgdesk.graph import narrowing
from ocgdesk.graph.network import Network
from ocgdesk.graph.shared import Shared, Sharing

Held = dict[int, dict[int, set[int]]]
"""Of each record, by number, who is linked to it: the form ``shared.sharing`` takes."""


def linked(network: Network, via: Kind, end: Kind) -> Held:
    """Return, of each record of the kind ``via``, the records of the kind ``end`` linked to it."""
    found: Held = defaultdict(dict)
    for item, other in _both_ways(network, via, end):
        if item != other:
            found[item].setdefault(other, set())
    return dict(found)


def _both_ways(network: Network, one: Kind, two: Kind) -> Iterator[tuple[int, int]]:
    first, second = (narrowing.of_kinds(network, [kind]) for kind in (one, two))
    for ends, others in ((network.source, network.target), (network.target, network.source)):
        chosen = first[ends] & second[others]
        items, near = network.nodes[ends[chosen]], network.nodes[others[chosen]]
        yield from zip(items.tolist(), near.tolist(), strict=True)


def across(
    one: Mapping[int, Collection[int]],
    two: Mapping[int, Collection[int]],
    *,
    stop: Collection[int] = (),
    widest: int = 12,
) -> Sharing:
    """Return which records of one kind are joined to which of another, and by what.

    What more than ``widest`` records of either kind are linked to joins none of them.
    """
    pairs: dict[tuple[int, int], list[Shared]] = defaultdict(list)
    too_wide, stopped = [], 0
    for item in sorted(one.keys() & two.keys()):
        if item in stop:
            stopped += 1
        elif max(len(one[item]), len(two[item])) > widest:
            too_wide.append(item)
        else:
            for first in sorted(one[item]):
                for second in sorted(two[item]):
                    pairs[first, second].append(Shared(item, frozenset(), frozenset()))
    told = {pair: tuple(some) for pair, some in pairs.items()}
    return Sharing(pairs=told, too_wide=tuple(too_wide), stopped=stopped)


def direct(network: Network, one: Kind, two: Kind) -> list[int]:
    """Return the positions of the links between records of two kinds, in either direction."""
    first, second = (narrowing.of_kinds(network, [kind]) for kind in (one, two))
    source, target = network.source, network.target
    chosen = (first[source] & second[target]) | (second[source] & first[target])
    return [int(at) for at in np.flatnonzero(chosen & (source != target))]


def members(network: Network, type_: str = "member-of") -> dict[int, set[int]]:
    """Return the members of every OCG of a network, by number; those with none have none."""
    ocgs = narrowing.of_kinds(network, [Kind.OCG])
    found: dict[int, set[int]] = {no: set() for no in network.nodes[ocgs].tolist()}
    chosen = narrowing.of_types(network, [type_]) & ocgs[network.target]
    people, groups = network.source[chosen], network.target[chosen]
    for person, group in zip(
        network.nodes[people].tolist(), network.nodes[groups].tolist(), strict=True
    ):
        found[group].add(person)
    return found


def strengths(network: Network, nos: Collection[int]) -> dict[tuple[int, int], int]:
    """Return the best strength of any link between two of these records, both ways round."""
    inside = np.zeros(len(network), np.bool_)
    inside[network.positions(sorted(nos))] = True
    chosen = inside[network.source] & inside[network.target]
    columns = (network.nodes[network.source], network.nodes[network.target], network.strength)
    best: dict[tuple[int, int], int] = {}
    for one, two, rank in zip(*(column[chosen].tolist() for column in columns), strict=True):
        best[one, two] = best[two, one] = max(rank, best.get((one, two), 0))
    return best


def sureness(
    pair: tuple[int, int], some: Collection[Shared], best: Mapping[tuple[int, int], int]
) -> int:
    """Return how sure it is that two records have anything of this in common: 0 to 2.

    A chain is as sure as its weakest link, and the surest of what is shared counts.
    """

    def reach(item: int, end: int, through: Collection[int]) -> int:
        if not through:
            return best.get((item, end), 0)
        return max(min(best.get((item, m), 0), best.get((m, end), 0)) for m in through)

    return max(
        min(reach(one.item, pair[0], one.one), reach(one.item, pair[1], one.two)) for one in some
    )
