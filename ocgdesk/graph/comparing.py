"""Groups found beside groups on record: who sits elsewhere, which two look like one."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from ocgdesk.graph.network import Network
from ocgdesk.graph.ties import Chosen, Numbers

FAN_OUT = 10
"""People on one phone, address or vehicle, up to which sharing it ties them to each other.

A prison, a hotel or a call centre has more, and would tie everybody to everybody.
"""
FEWEST = 3
"""Members a group on record must have among the groups found, before anything is said of it."""
_HALF = 0.5
_SECOND = 0.3
"""Share of a group on record that makes a second half of it worth saying."""
_LIKE_WITHIN = 0.5
"""How dense links between two groups must be, beside the sparser one's own, to look like one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A recorded member who sits with others than the rest of the group."""

    person: int
    """A position, as all numbers of people here."""
    ocg: int
    """The number of a group on record, as all numbers of OCGs here."""
    home: int
    """The group found that holds most of the members."""
    sits: int
    """The group found that this person is in."""
    ties_home: int
    """Ties to the rest of the members."""
    ties_there: int
    """Ties to those this person sits with."""
    near: int | None
    """The OCG on record that has most members where they sit, where there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmapped:
    """Somebody in no group on record who has ties to the members of one."""

    person: int
    near: int
    ties: int
    """Members of it this person has a tie to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Two groups on record that look like one."""

    one: int
    other: int
    ties: int
    """Ties between members of the two."""
    shared: int
    """People who are members of both."""
    nearness: float
    """How dense those ties are beside those within the sparser group: 1 is just as dense."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """One group on record that looks like two."""

    ocg: int
    here: tuple[int, ...]
    there: tuple[int, ...]
    """The members in the two groups found that hold most of them."""
    ties: int
    """Ties between the two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Groups found beside groups on record; the most telling first."""

    elsewhere: tuple[Elsewhere, ...]
    unmapped: tuple[Unmapped, ...]
    alike: tuple[Alike, ...]
    parted: tuple[Parted, ...]
    agreement: float | None
    """The adjusted Rand index over people in one OCG and one group: 1 is the same, 0 chance."""
    compared: int
    """How many people that is."""


def people_ties(network: Network, people: Chosen) -> Numbers:
    """Return the pairs of people who are linked, or share something few others share, each once."""
    source, target = network.source.astype(np.int64), network.target.astype(np.int64)
    direct = people[source] & people[target] & (source != target)
    pairs = [np.stack((source[direct], target[direct]), axis=1)]
    pairs += [np.array(some, np.int64).reshape(-1, 2) for some in _sharing(network, people)]
    found = np.sort(np.concatenate(pairs), axis=1)
    unique: Numbers = np.unique(found, axis=0)
    return unique


def _sharing(network: Network, people: Chosen) -> Iterator[list[tuple[int, int]]]:
    """Yield the pairs who share each thing that at least two, and not too many, have."""
    rows = network.adjacency
    for thing in np.flatnonzero(~people).tolist():
        around = rows.neighbours[rows.starts[thing] : rows.starts[thing + 1]]
        having = np.unique(around[people[around]])
        if 2 <= having.size <= FAN_OUT:
            yield list(combinations(having.tolist(), 2))


class _Register:
    """Who belongs where, on record and as found, and who is tied to whom."""

    def __init__(
        self, groups: Numbers, members: Mapping[int, Sequence[int]], ties: Numbers
    ) -> None:
        self.groups = groups
        self.members = {
            ocg: {person for person in some if groups[person] >= 0} for ocg, some in members.items()
        }
        self.ocgs: dict[int, set[int]] = {}
        for ocg, some in members.items():
            for person in some:
                self.ocgs.setdefault(person, set()).add(ocg)
        self.contacts: dict[int, set[int]] = {}
        for a, b in ties.tolist():
            self.contacts.setdefault(a, set()).add(b)
            self.contacts.setdefault(b, set()).add(a)
        self.spread = {ocg: self._spread(some) for ocg, some in self.members.items()}
        self.main = self._by_main_group()

    def _spread(self, members: set[int]) -> list[tuple[int, int]]:
        """Return the groups found that hold these members, and how many; the fullest first."""
        counted = Counter(int(self.groups[person]) for person in members)
        return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))

    def _by_main_group(self) -> dict[int, list[int]]:
        """Return, for each group found, the OCGs at home in it; the largest there first."""
        found: dict[int, list[tuple[int, int]]] = {}
        for ocg in self.members:
            if self.is_at_home(ocg):
                group, count = self.spread[ocg][0]
                found.setdefault(group, []).append((-count, ocg))
        return {group: [ocg for _count, ocg in sorted(some)] for group, some in found.items()}

    def is_at_home(self, ocg: int) -> bool:
        """Tell whether at least half of enough members sit in one group found."""
        count = len(self.members[ocg])
        return count >= FEWEST and self.spread[ocg][0][1] >= _HALF * count

    def ties_to(self, person: int, others: set[int]) -> int:
        """Return to how many of these others a person is tied."""
        return len(self.contacts.get(person, set()) & others)

    def ties_within(self, person: int) -> int:
        """Return to how many of those they sit with a person is tied."""
        around = self.contacts.get(person, set())
        return sum(bool(self.groups[other] == self.groups[person]) for other in around)

    def ties_between(self, some: set[int], others: set[int]) -> int:
        """Return how many ties run between two sets of people who share nobody."""
        return sum(self.ties_to(person, others) for person in some)

    def density(self, some: set[int]) -> float:
        """Return the share of the possible pairs of these people that are tied."""
        pairs = len(some) * (len(some) - 1)
        return sum(self.ties_to(person, some) for person in some) / pairs if pairs else 0.0


def compare(
    groups: Numbers,
    members: Mapping[int, Sequence[int]],
    ties: Numbers,
    *,
    people: Chosen,
    unlisted: Chosen,
) -> Comparison:
    """Lay groups found beside groups on record.

    ``groups`` is the group found of each position, -1 for none; ``members`` the positions of each
    OCG's members; ``ties`` pairs of tied people; ``unlisted`` those never to be listed by name:
    they count as ties and members, and appear in no list.
    """
    known = _Register(groups, members, ties)
    agreement, compared = _agreement(known)
    return Comparison(
        elsewhere=tuple(sorted(_elsewhere(known, unlisted), key=_most_there)),
        unmapped=tuple(sorted(_unmapped(known, people & ~unlisted), key=_most_ties)),
        alike=tuple(sorted(_alike(known), key=lambda pair: (-pair.nearness, pair.one, pair.other))),
        parted=tuple(sorted(_parted(known), key=lambda some: (-len(some.there), some.ocg))),
        agreement=agreement,
        compared=compared,
    )


def _most_there(found: Elsewhere) -> tuple[int, int, int]:
    return found.ties_home - found.ties_there, found.person, found.ocg


def _most_ties(found: Unmapped) -> tuple[int, int]:
    return -found.ties, found.person


def _elsewhere(known: _Register, unlisted: Chosen) -> Iterator[Elsewhere]:
    homes = {ocg: known.spread[ocg][0][0] for ocg in known.members if known.is_at_home(ocg)}
    for ocg, home in homes.items():
        for person in sorted(known.members[ocg]):
            sits = int(known.groups[person])
            at_home = any(homes.get(other) == sits for other in known.ocgs[person])
            if at_home or unlisted[person]:
                continue
            near = [other for other in known.main.get(sits, ()) if other != ocg]
            yield Elsewhere(
                person=person,
                ocg=ocg,
                home=home,
                sits=sits,
                ties_home=known.ties_to(person, known.members[ocg]),
                ties_there=known.ties_within(person),
                near=near[0] if near else None,
            )


def _unmapped(known: _Register, listed: Chosen) -> Iterator[Unmapped]:
    for person in np.flatnonzero(listed & (known.groups >= 0)).tolist():
        if person in known.ocgs:
            continue
        there = known.main.get(int(known.groups[person]), ())
        counted = [(known.ties_to(person, known.members[ocg]), -ocg) for ocg in there]
        ties, ocg = max(counted, default=(0, 0))
        if ties:
            yield Unmapped(person=person, near=-ocg, ties=ties)


def _alike(known: _Register) -> Iterator[Alike]:
    for at_home in known.main.values():
        for one, other in combinations(sorted(at_home), 2):
            found = _likeness(known, one, other)
            if found is not None and found.nearness >= _LIKE_WITHIN:
                yield found


def _likeness(known: _Register, one: int, other: int) -> Alike | None:
    a, b = known.members[one], known.members[other]
    both = a & b
    only_a, only_b = a - both, b - both
    ties = known.ties_between(only_a, only_b)
    within = min(known.density(a), known.density(b))
    pairs = len(only_a) * len(only_b)
    if not ties or not within:
        return None
    nearness = ties / pairs / within
    return Alike(one=one, other=other, ties=ties, shared=len(both), nearness=nearness)


def _parted(known: _Register) -> Iterator[Parted]:
    for ocg, spread in known.spread.items():
        if len(spread) < 2:
            continue
        (first, _count), (second, count) = spread[:2]
        if count < max(FEWEST, _SECOND * len(known.members[ocg])):
            continue
        here, there = (
            {person for person in known.members[ocg] if known.groups[person] == group}
            for group in (first, second)
        )
        yield Parted(
            ocg=ocg,
            here=tuple(sorted(here)),
            there=tuple(sorted(there)),
            ties=known.ties_between(here, there),
        )


def _agreement(known: _Register) -> tuple[float | None, int]:
    """Return the adjusted Rand index (Hubert and Arabie 1985) and how many people it is over."""
    single = [
        (next(iter(ocgs)), int(known.groups[person]))
        for person, ocgs in known.ocgs.items()
        if len(ocgs) == 1 and known.groups[person] >= 0
    ]
    pairs = _pairs(Counter(single).values())
    by_record = _pairs(Counter(ocg for ocg, _group in single).values())
    by_group = _pairs(Counter(group for _ocg, group in single).values())
    all_ = len(single) * (len(single) - 1) / 2
    by_chance = by_record * by_group / all_ if all_ else 0.0
    most = (by_record + by_group) / 2
    if most == by_chance:
        return None, len(single)
    return (pairs - by_chance) / (most - by_chance), len(single)


def _pairs(counts: Iterable[int]) -> float:
    return float(sum(n * (n - 1) / 2 for n in counts))
