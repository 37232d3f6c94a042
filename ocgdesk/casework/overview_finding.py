"""What has something in common with what: the arithmetic of overviews, on numbers alone."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from ocgdesk.domain.kinds import Kind
from ocgdesk.graph import between, narrowing, shared
from ocgdesk.graph.network import Network
from ocgdesk.graph.shared import Shared, Sharing

SHARED: Final = (Kind.NOMINAL, Kind.HANDLE, Kind.PHONE, Kind.LOCATION)
"""What OCGs can have in common."""
_HOLDS: Final = ("holds-line", "deals-for", "answers", "controls")
"""How a member runs a line for the OCG."""
_TOWNS: Final = ("runs-to",)

Pairs = Mapping[tuple[int, int], tuple[Shared, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Pairs of records with what joins them, and links between records, by number."""

    pairs: Pairs
    links: tuple[int, ...]
    """Positions of links in the network."""
    ends: Mapping[int, tuple[int, int]]
    """The ends of those links, by position."""
    alone: int = 0
    """Records of these kinds that are joined to nothing."""
    too_wide: int = 0
    stopped: int = 0

    @property
    def nodes(self) -> set[int]:
        """The records that are joined to anything."""
        found = {no for pair in self.pairs for no in pair}
        return found | {no for at in self.links for no in self.ends[at]}

    def strongest(self, most: int) -> tuple["Found", int]:
        """Return the part with the ``most`` records that have most in common, and how many more."""
        nodes = self.nodes
        if len(nodes) <= most:
            return self, 0
        weight: Counter[int] = Counter()
        for pair, some in self.pairs.items():
            for no in pair:
                weight[no] += len(some)
        for at in self.links:
            for no in self.ends[at]:
                weight[no] += 1
        kept = set(sorted(nodes, key=lambda no: (-weight[no], no))[:most])
        part = replace(
            self,
            pairs={pair: some for pair, some in self.pairs.items() if kept.issuperset(pair)},
            links=tuple(at for at in self.links if kept.issuperset(self.ends[at])),
        )
        return part, len(nodes) - len(kept)


def find(
    network: Network,
    one: Kind,
    via: Kind | None,
    two: Kind,
    *,
    stop: Collection[int],
    widest: int,
) -> Found:
    """Return what joins records of two kinds: links, and what they have in common.

    With ``via``, only records of that kind count; without, links between the two and whatever
    the trade reads as common to them.
    """
    if via is not None:
        return _found(
            network, (one, two), (), _through(network, one, via, two, stop=stop, widest=widest)
        )
    match one, two:
        case Kind.OCG, Kind.OCG:
            joined = ocgs(network, stop=stop, widest=widest)
            return _found(network, (one,), between.direct(network, one, one), *joined)
        case Kind.OCG, Kind.COUNTY_LINE:
            return _lines(network)
        case Kind.OCG, Kind.COMMODITY:
            links = between.direct(network, one, two)
            by_line = _through(network, one, Kind.COUNTY_LINE, two)
            return _found(network, (one, two), links, _new(network, links, by_line))
        case Kind.HANDLE, Kind.HANDLE:
            links = between.direct(network, one, one)
            return _found(network, (one,), links, _same_user(network))
    return _found(network, (one, two), between.direct(network, one, two))


def ocgs(network: Network, *, stop: Collection[int], widest: int) -> list[Sharing]:
    """Return what OCGs have in common, kind by kind."""
    members = between.members(network)
    return [
        shared.sharing(shared.holders(network, members, kind), stop=stop, widest=widest)
        for kind in SHARED
    ]


def _through(
    network: Network,
    one: Kind,
    via: Kind,
    two: Kind,
    *,
    stop: Collection[int] = (),
    widest: int = 10**9,
) -> Sharing:
    held = between.linked(network, via, one)
    if one is two:
        return shared.sharing(held, stop=stop, widest=widest)
    return between.across(held, between.linked(network, via, two), stop=stop, widest=widest)


def _same_user(network: Network) -> Sharing:
    """Return the handles attributed to the same nominal; being in contact with both is not that."""
    attributed = narrowing.with_links(network, narrowing.of_types(network, ["attributed-to"]))
    return _through(attributed, Kind.HANDLE, Kind.NOMINAL, Kind.HANDLE)


def _lines(network: Network) -> Found:
    """Return OCGs, their lines and the towns these run to.

    Where no link says whose a line is, the members who hold or work it do.
    """
    links = between.direct(network, Kind.OCG, Kind.COUNTY_LINE)
    runs = narrowing.of_types(network, _TOWNS)
    towns = [at for at in between.direct(network, Kind.COUNTY_LINE, Kind.LOCATION) if runs[at]]
    held = narrowing.with_links(network, narrowing.of_types(network, _HOLDS))
    by_line = between.linked(held, Kind.NOMINAL, Kind.COUNTY_LINE)
    by_member: dict[int, set[int]] = {}
    for group, people in between.members(network).items():
        for person in people:
            by_member.setdefault(person, set()).add(group)
    worked = between.across(by_member, by_line, widest=len(network) + 2)
    kinds = (Kind.OCG, Kind.COUNTY_LINE)
    return _found(network, kinds, (*links, *towns), _new(network, links, worked))


def _new(network: Network, links: Collection[int], found: Sharing) -> Sharing:
    """Leave out what a link says already."""
    stated = {frozenset(_ends(network, at)) for at in links}
    pairs = {pair: some for pair, some in found.pairs.items() if frozenset(pair) not in stated}
    return replace(found, pairs=pairs)


def _ends(network: Network, at: int) -> tuple[int, int]:
    return int(network.nodes[network.source[at]]), int(network.nodes[network.target[at]])


def _found(
    network: Network, kinds: Collection[Kind], links: Collection[int], *joined: Sharing
) -> Found:
    pairs: dict[tuple[int, int], tuple[Shared, ...]] = {}
    for some in joined:
        for pair, items in some.pairs.items():
            pairs[pair] = (*pairs.get(pair, ()), *items)
    found = Found(
        pairs=dict(sorted(pairs.items())),
        links=tuple(links),
        ends={at: _ends(network, at) for at in links},
        too_wide=len({no for some in joined for no in some.too_wide}),
        stopped=sum(some.stopped for some in joined),
    )
    there = set(network.nodes[narrowing.of_kinds(network, kinds)].tolist())
    return replace(found, alone=len(there - found.nodes))
