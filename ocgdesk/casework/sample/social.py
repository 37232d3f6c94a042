"""Who is tied to whom: memberships, family, work, feuds, and those who are exploited."""

from collections.abc import Iterator, Sequence
from itertools import islice

from ocgdesk.casework.sample.evidence import Evidence
from ocgdesk.casework.sample.groups import LIVE
from ocgdesk.casework.sample.rosters import SENIOR, Rosters
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.casework.sample.ties import Ties
from ocgdesk.domain.entities import Nominal, Ocg
from ocgdesk.domain.links import Link, Membership

_SUPPLIERS = frozenset({"importer-broker", "wholesaler"})


def memberships(
    setting: Setting,
    evidence: Evidence,
    groups: Sequence[Ocg],
    people: Rosters,
    known: Sequence[Nominal],
) -> Iterator[Membership]:
    """Yield every place in an OCG as a membership."""
    ties = Ties.of(setting, evidence, "memberships")
    for place in people.places:
        yield Membership(
            id=next(ties.ids),
            source=known[place.nominal].id,
            target=groups[place.ocg].id,
            directed=True,
            role=place.role,
            importance=place.importance,
            **ties.grounds(place.ocg),
        )
    yield from _exploited_places(ties, groups, people, known)


def _exploited_places(
    ties: Ties, groups: Sequence[Ocg], people: Rosters, known: Sequence[Nominal]
) -> Iterator[Membership]:
    """Yield the few exploited people an OCG lists as its own; never with an offender's role."""
    for number in people.exploited[::10]:
        group = exploiter(people, number)
        yield Membership(
            id=next(ties.ids),
            source=known[number].id,
            target=groups[group].id,
            directed=True,
            role="exploited-person",
            importance="peripheral",
            **ties.grounds(group),
        )


def exploiter(people: Rosters, number: int) -> int:
    """Return the OCG that exploits this exploited person: the first two have the most."""
    offset = number - people.exploited.start
    return offset % 2 if offset < 6 else offset * 7 % len(people.members)


def personal(
    setting: Setting, evidence: Evidence, people: Rosters, known: Sequence[Nominal]
) -> Iterator[Link]:
    """Yield links between nominals: family, work, supply, offending together, brokers."""
    yield from _family(Ties.of(setting, evidence, "family"), people, known)
    yield from _work(Ties.of(setting, evidence, "work"), people, known)
    yield from _offending(Ties.of(setting, evidence, "offending"), people, known)
    yield from _brokers(Ties.of(setting, evidence, "broker links"), people, known)
    yield from _outsiders(Ties.of(setting, evidence, "outsiders"), people, known)
    yield from _exploitation(Ties.of(setting, evidence, "exploitation"), people, known)


def _family(ties: Ties, people: Rosters, known: Sequence[Nominal]) -> Iterator[Link]:
    for number, kin in people.kin.items():
        yield from ties.tie("family", known[number].id, known[kin].id, people.home[kin])
        if ties.chance.random() < 0.3 and (other := people.kin.get(kin)) is not None:
            yield from ties.tie("family", known[number].id, known[other].id, people.home[other])
    total = people.exploited.start
    for number in people.others:
        if number not in people.kin and ties.chance.random() < 0.35:
            partner = ties.chance.randrange(total)
            group = people.home[partner]
            yield from ties.tie("partner", known[number].id, known[partner].id, group)


def _work(ties: Ties, people: Rosters, known: Sequence[Nominal]) -> Iterator[Link]:
    """Yield who works for whom: most for a second-in-command, those for the principals."""
    for group, members in enumerate(people.members):
        seniors = people.seniors[group]
        for number in members:
            role = people.role[number]
            if role == "principal" or role == "family":
                continue
            bosses = [n for n in seniors if n != number and people.role[n] in SENIOR]
            if role == "lieutenant":
                bosses = [n for n in bosses if people.role[n] == "principal"]
            if bosses and ties.chance.random() < 0.75:
                boss = ties.chance.choice(bosses)
                yield from ties.tie("works-for", known[number].id, known[boss].id, group)
        yield from _supply(ties, people, known, group)


def _supply(
    ties: Ties, people: Rosters, known: Sequence[Nominal], group: int
) -> Iterator[Link]:
    members = people.members[group]
    sources = [n for n in members if people.role[n] in _SUPPLIERS]
    dealers = [n for n in members if people.role[n] in {"street-dealer", "line-holder"}]
    for number in dealers if sources else ():
        source = ties.chance.choice(sources)
        yield from ties.tie("supplies", known[source].id, known[number].id, group)


def _offending(ties: Ties, people: Rosters, known: Sequence[Nominal]) -> Iterator[Link]:
    """Yield ties within groups: co-offenders, associates; a few met elsewhere."""
    for group, members in enumerate(people.members):
        for number in members:
            if ties.chance.random() < 0.55:
                other = ties.chance.choice(members)
                type_ = "co-offender" if ties.chance.random() < 0.4 else "associate"
                yield from ties.tie(type_, known[number].id, known[other].id, group)
            if ties.chance.random() < 0.03:
                other = ties.chance.randrange(people.exploited.start)
                type_ = "cell-mate" if ties.chance.random() < 0.6 else "co-defendant"
                yield from ties.tie(type_, known[number].id, known[other].id, group)


def _brokers(ties: Ties, people: Rosters, known: Sequence[Nominal]) -> Iterator[Link]:
    """Yield the ties of those who stand between groups to the heads of each."""
    for number, groups in people.brokers.items():
        for group in groups:
            for head in people.seniors[group][:2]:
                yield from ties.tie("associate", known[number].id, known[head].id, group)


def _outsiders(ties: Ties, people: Rosters, known: Sequence[Nominal]) -> Iterator[Link]:
    total = people.exploited.start
    for number in people.others:
        for _ in range(1 + (ties.chance.random() < 0.3)):
            other = ties.chance.randrange(total)
            group = people.home[other]
            yield from ties.tie("associate", known[number].id, known[other].id, group)


def _exploitation(ties: Ties, people: Rosters, known: Sequence[Nominal]) -> Iterator[Link]:
    """Yield who exploits whom: recruiters where a group has one, else whoever runs it."""
    for number in people.exploited:
        group = exploiter(people, number)
        members = people.members[group]
        recruiters = [n for n in members if people.role[n] == "recruiter-exploiter"]
        by = ties.chance.choice(recruiters or people.seniors[group] or members)
        yield from ties.tie("exploits", known[by].id, known[number].id, group)


def between_groups(
    setting: Setting, evidence: Evidence, groups: Sequence[Ocg]
) -> Iterator[Link]:
    """Yield feuds, alliances and supply between OCGs; mostly between neighbours in the list."""
    ties = Ties.of(setting, evidence, "between groups")
    count = len(groups)
    types = ("rival", "rival", "alliance", "supplies", "supplies")
    for number, ocg in enumerate(groups):
        if ocg.status not in LIVE or ties.chance.random() < 0.3:
            continue
        other = groups[(number + ties.chance.choice((1, 2, 3, 5, 8))) % count]
        yield from ties.tie(ties.chance.choice(types), ocg.id, other.id, number)


def topping_up(
    setting: Setting, evidence: Evidence, people: Rosters, known: Sequence[Nominal], wanted: int
) -> Iterator[Link]:
    """Yield exactly so many more contacts within and between neighbouring groups."""
    return islice(_contacts(Ties.of(setting, evidence, "topping up"), people, known), wanted)


def _contacts(ties: Ties, people: Rosters, known: Sequence[Nominal]) -> Iterator[Link]:
    chance, count = ties.chance, len(people.members)
    while True:
        group = int(chance.random() * count)
        near = people.members[(group + int(chance.random() * 3)) % count]
        one, other = chance.choice(people.members[group]), chance.choice(near)
        yield from ties.tie("communicates", known[one].id, known[other].id, group)
