"""Who is tied to whom: memberships, family, work, feuds, and those who are exploited."""

from collections.abc import Iterator
from itertools import islice

from ocgdesk.casework.sample.groups import LIVE
from ocgdesk.casework.sample.rosters import SENIOR, Rosters
from ocgdesk.casework.sample.ties import Society, Ties
from ocgdesk.domain.links import Link, Membership

_SUPPLIERS = frozenset({"importer-broker", "wholesaler"})
_DEALERS = frozenset({"street-dealer", "line-holder"})
_LEAST = {"principal": 4, "significant": 2, "peripheral": 1}
"""How many reports a place rests on at least, where any are about the group."""


def memberships(society: Society) -> Iterator[Membership]:
    """Yield every place in an OCG as a membership."""
    ties = Ties.of(society, "memberships")
    for place in society.people.places:
        yield Membership(
            id=next(ties.ids),
            source=society.nominal(place.nominal),
            target=society.groups[place.ocg].id,
            directed=True,
            role=place.role,
            importance=place.importance,
            **ties.grounds(place.ocg, least=_LEAST[place.importance]),
        )
    yield from _exploited_places(society)


def _exploited_places(society: Society) -> Iterator[Membership]:
    """Yield the few exploited people an OCG lists as its own; never with an offender's role."""
    ties = Ties.of(society, "exploited places")
    for number in society.people.exploited[::10]:
        group = exploiter(society.people, number)
        yield Membership(
            id=next(ties.ids),
            source=society.nominal(number),
            target=society.groups[group].id,
            directed=True,
            role="exploited-person",
            importance="peripheral",
            **ties.grounds(group),
        )


def exploiter(people: Rosters, number: int) -> int:
    """Return the OCG that exploits this exploited person: the first two have the most."""
    offset = number - people.exploited.start
    return offset % 2 if offset < 6 else offset * 7 % len(people.members)


def personal(society: Society) -> Iterator[Link]:
    """Yield links between nominals: family, work, supply, offending together, brokers."""
    yield from _family(Ties.of(society, "family"), society.people)
    yield from _work(Ties.of(society, "work"), society.people)
    yield from _supply(Ties.of(society, "supply"), society.people)
    yield from _offending(Ties.of(society, "offending"), society.people)
    yield from _brokers(Ties.of(society, "broker links"), society.people)
    yield from _outsiders(Ties.of(society, "outsiders"), society.people)
    yield from _exploitation(Ties.of(society, "exploitation"), society.people)


def _family(ties: Ties, people: Rosters) -> Iterator[Link]:
    for number, kin in people.kin.items():
        yield from ties.between("family", number, kin, people.home[kin])
        further = people.kin.get(kin)
        if further is not None and ties.chance.random() < 0.3:
            yield from ties.between("family", number, further, people.home[further])
    for number in people.others:
        if number not in people.kin and ties.chance.random() < 0.35:
            partner = ties.chance.randrange(people.exploited.start)
            yield from ties.between("partner", number, partner, people.home[partner])


def _work(ties: Ties, people: Rosters) -> Iterator[Link]:
    """Yield who works for whom: seconds-in-command for principals, others for either."""
    for group, members in enumerate(people.members):
        heads = [n for n in people.seniors[group] if people.role[n] == "principal"]
        for number in members:
            role = people.role[number]
            bosses = heads if role in SENIOR else people.seniors[group]
            if role in {"principal", "family"} or not bosses or ties.chance.random() > 0.75:
                continue
            yield from ties.between("works-for", number, ties.chance.choice(bosses), group)


def _supply(ties: Ties, people: Rosters) -> Iterator[Link]:
    for group, members in enumerate(people.members):
        sources = [n for n in members if people.role[n] in _SUPPLIERS]
        dealers = [n for n in members if people.role[n] in _DEALERS]
        for number in dealers if sources else ():
            yield from ties.between("supplies", ties.chance.choice(sources), number, group)


def _offending(ties: Ties, people: Rosters) -> Iterator[Link]:
    """Yield ties within groups: co-offenders, associates; a few met elsewhere."""
    for group, members in enumerate(people.members):
        for number in members:
            if ties.chance.random() < 0.55:
                type_ = "co-offender" if ties.chance.random() < 0.4 else "associate"
                yield from ties.between(type_, number, ties.chance.choice(members), group)
            if ties.chance.random() < 0.03:
                other = ties.chance.randrange(people.exploited.start)
                type_ = "cell-mate" if ties.chance.random() < 0.6 else "co-defendant"
                yield from ties.between(type_, number, other, group)


def _brokers(ties: Ties, people: Rosters) -> Iterator[Link]:
    """Yield the ties of those who stand between groups to the heads of each."""
    for number, groups in people.brokers.items():
        for group in groups:
            for head in people.seniors[group][:2]:
                yield from ties.between("associate", number, head, group)


def _outsiders(ties: Ties, people: Rosters) -> Iterator[Link]:
    for number in people.others:
        for _ in range(1 + (ties.chance.random() < 0.3)):
            other = ties.chance.randrange(people.exploited.start)
            yield from ties.between("associate", number, other, people.home[other])


def _exploitation(ties: Ties, people: Rosters) -> Iterator[Link]:
    """Yield who exploits whom: recruiters where a group has one, else whoever runs it."""
    for number in people.exploited:
        group = exploiter(people, number)
        members = people.members[group]
        recruiters = [n for n in members if people.role[n] == "recruiter-exploiter"]
        by = ties.chance.choice(recruiters or people.seniors[group] or members)
        yield from ties.between("exploits", by, number, group)


def between_groups(society: Society) -> Iterator[Link]:
    """Yield feuds, alliances and supply between OCGs; mostly between neighbours in the list."""
    ties, groups = Ties.of(society, "between groups"), society.groups
    types = ("rival", "rival", "alliance", "supplies", "supplies")
    for number, ocg in enumerate(groups):
        if ocg.status not in LIVE or ties.chance.random() < 0.3:
            continue
        other = groups[(number + ties.chance.choice((1, 2, 3, 5, 8))) % len(groups)]
        yield from ties.tie(ties.chance.choice(types), ocg.id, other.id, number)


def topping_up(society: Society, wanted: int) -> Iterator[Link]:
    """Yield exactly so many more contacts within and between neighbouring groups."""
    return islice(_contacts(Ties.of(society, "topping up"), society.people), wanted)


def _contacts(ties: Ties, people: Rosters) -> Iterator[Link]:
    chance, count = ties.chance, len(people.members)
    while True:
        group = int(chance.random() * count)
        near = people.members[(group + int(chance.random() * 3)) % count]
        one, other = chance.choice(people.members[group]), chance.choice(near)
        yield from ties.between("communicates", one, other, group)
