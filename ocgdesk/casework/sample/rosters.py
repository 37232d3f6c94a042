"""Who belongs where, as numbers: members and roles, brokers, families, exploited people."""

from dataclasses import dataclass
from random import Random

from ocgdesk.casework.sample.cast import CAST
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.casework.sample.streams import Weighted, picks, shares
from ocgdesk.domain.entities import Ocg

SENIOR = frozenset({"principal", "lieutenant"})

_COMMON = {
    "associate": 26.0, "family": 7.0, "enforcer": 8.0, "logistics": 5.0, "courier": 8.0,
    "stash-keeper": 6.0, "money-launderer": 6.0, "specialist": 3.0,
    "professional-enabler": 2.0, "finance-controller": 2.0, "corrupt-insider": 0.7,
}  # fmt: skip
_DEALING = {
    "street-dealer": 18.0, "line-holder": 6.0, "wholesaler": 6.0, "importer-broker": 3.0,
    "recruiter-exploiter": 5.0, "producer": 2.0, "armourer": 1.0,
}  # fmt: skip
_OF_CRIME = {
    "DRG": _DEALING,
    "CL": {**_DEALING, "line-holder": 12.0, "recruiter-exploiter": 8.0},
    "FIR": {"armourer": 12.0, "importer-broker": 6.0},
    "VIO": {"enforcer": 16.0, "armourer": 4.0, "street-dealer": 6.0},
    "ML": {"money-launderer": 18.0, "finance-controller": 8.0, "professional-enabler": 8.0},
    "SAC": {"specialist": 12.0, "logistics": 10.0},
    "MSHT": {"recruiter-exploiter": 14.0},
    "OIC": {"recruiter-exploiter": 6.0, "logistics": 12.0, "specialist": 6.0},
    "FRD": {"specialist": 10.0, "money-launderer": 10.0},
}
_SIGNIFICANT = frozenset(
    {"lieutenant", "line-holder", "importer-broker", "wholesaler", "finance-controller"}
)


@dataclass(frozen=True, slots=True)
class Place:
    """A nominal's place in an OCG, both as numbers."""

    nominal: int
    ocg: int
    role: str
    importance: str


@dataclass(frozen=True, slots=True)
class Rosters:
    """The shape of the people, before any has a name.

    Nominals are numbered: members by OCG, then exploited people, then everybody else.
    """

    places: tuple[Place, ...]
    members: tuple[range, ...]
    """The own members of each OCG, principals first."""
    seniors: tuple[tuple[int, ...], ...]
    """Principals and seconds-in-command of each OCG."""
    brokers: dict[int, tuple[int, ...]]
    """The further OCGs of those who belong to more than one."""
    kin: dict[int, int]
    """Whose family somebody is of; the other always has the lower number."""
    exploited: range
    others: range
    role: dict[int, str]
    """The role of each member in their own OCG."""
    home: dict[int, int]
    """The own OCG of each member."""


def rosters(setting: Setting, groups: tuple[Ocg, ...]) -> Rosters:
    """Return who belongs where."""
    size = setting.size
    members = _members(setting.numbers("rosters"), len(groups), size.members)
    places = _places(setting.numbers("roles"), groups, members)
    brokers = _brokers(setting.numbers("brokers"), places, len(groups))
    exploited = range(size.members, size.members + size.exploited)
    others = range(exploited.stop, size.nominals)
    return Rosters(
        places=(*places, *_second_places(setting.numbers("second places"), brokers)),
        members=members,
        seniors=_seniors(places, len(groups)),
        brokers=brokers,
        kin=_kin(setting.numbers("kin"), members, others),
        exploited=exploited,
        others=others,
        role={place.nominal: place.role for place in places},
        home={place.nominal: place.ocg for place in places},
    )


def _members(chance: Random, count: int, total: int) -> tuple[range, ...]:
    """Return the numbers of each OCG's members: many small groups, few large, none below 3."""
    weights = [min(26.0, chance.lognormvariate(1.6, 0.75)) for _ in range(count)]
    weights[0], weights[1] = max(weights), 0.7 * max(weights)
    stop, made = 0, []
    for number in shares(total, weights, least=3):
        made.append(range(stop, stop + number))
        stop += number
    return tuple(made)


def _places(chance: Random, groups: tuple[Ocg, ...], members: tuple[range, ...]) -> list[Place]:
    choices = {crime: Weighted({**_COMMON, **more}) for crime, more in _OF_CRIME.items()}
    common = Weighted(_COMMON)
    made: list[Place] = []
    for number, (ocg, numbers) in enumerate(zip(groups, members, strict=True)):
        heads = 1 if len(numbers) < 14 else 2 if len(numbers) < 28 else 3
        seconds = 0 if len(numbers) < 5 else 1 + len(numbers) // 12
        drawn = choices.get(ocg.primary_crime, common)
        for rank, nominal in enumerate(numbers):
            role = drawn.draw(chance)
            if rank < heads + seconds:
                role = "principal" if rank < heads else "lieutenant"
            if nominal < len(CAST):
                role = CAST[nominal][1]
            made.append(Place(nominal, number, role, _importance(role)))
    return made


def _importance(role: str) -> str:
    if role == "principal":
        return "principal"
    return "significant" if role in _SIGNIFICANT else "peripheral"


def _seniors(places: list[Place], count: int) -> tuple[tuple[int, ...], ...]:
    made: list[list[int]] = [[] for _ in range(count)]
    for place in places:
        if place.role in SENIOR:
            made[place.ocg].append(place.nominal)
    return tuple(tuple(numbers) for numbers in made)


def _brokers(chance: Random, places: list[Place], count: int) -> dict[int, tuple[int, ...]]:
    """Return the few who stand between groups; mostly not the principals."""
    found: dict[int, tuple[int, ...]] = {}
    for place in places:
        if place.role == "principal" or chance.random() > 0.07 or count < 4:
            continue
        number = 1 if chance.random() < 0.8 else 2
        # Neighbours in the list, so that groups form clusters joined by few people.
        near = [(place.ocg + chance.choice((-3, -2, -1, 1, 2, 3))) % count for _ in range(number)]
        found[place.nominal] = tuple(dict.fromkeys(near))
    return found


def _second_places(chance: Random, brokers: dict[int, tuple[int, ...]]) -> list[Place]:
    roles = ("importer-broker", "wholesaler", "logistics", "money-launderer", "associate")
    return [
        Place(nominal, ocg, role, _importance(role))
        for nominal, ocgs in brokers.items()
        for ocg, role in ((ocg, chance.choice(roles)) for ocg in ocgs)
    ]


def _kin(chance: Random, members: tuple[range, ...], others: range) -> dict[int, int]:
    """Return families: a knot at the head of most groups, and relatives outside them."""
    kin: dict[int, int] = {}
    for numbers in members:
        if chance.random() < 0.6:
            # The cast of the first group have names of their own.
            near = numbers[1 if numbers.start else len(CAST) :][: 2 + len(numbers) // 2]
            kin |= dict.fromkeys(picks(chance, near, chance.randint(1, 3)), numbers[0])
    total = members[-1].stop
    for number in others:
        if chance.random() < 0.3:
            kin[number] = chance.randrange(total)
    return kin
