"""Addresses and towns, and who lives or trades where."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from uuid import UUID

from ocgdesk.casework.sample.holdings import Held
from ocgdesk.casework.sample.places import TOWNS, postcode, street
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.casework.sample.streams import Weighted
from ocgdesk.casework.sample.ties import Society, Ties
from ocgdesk.domain.entities import Location, Ocg, Organisation
from ocgdesk.domain.links import Link

_TYPES = Weighted(
    {"home": 70.0, "stash": 7.0, "business": 8.0, "storage": 5.0, "venue": 4.0, "short-let": 4.0,
     "grow": 2.0}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses, each with the OCG round which it came to notice."""

    items: tuple[Location, ...]
    groups: tuple[int, ...]


def towns(setting: Setting) -> dict[str, Location]:
    """Return a record for every town, by name."""
    ids = setting.ids("towns")
    return {
        town: Location(id=next(ids), name=town, location_type="town", town=town, force=force)
        for force, names in TOWNS.items()
        for town in names
    }


def address(chance: Random, id_: UUID, type_: str, town: tuple[str, str]) -> Location:
    """Return an address in an invented street of a real town, given with its force."""
    flat = f"Flat {chance.randint(1, 12)}, " if chance.random() < 0.2 else ""
    return Location(
        id=id_,
        name=f"{flat}{chance.randint(1, 180)} {street(chance)}, {town[0]}",
        location_type=type_,
        town=town[0],
        postcode=postcode(chance),
        force=town[1],
    )


def addresses(setting: Setting, groups: Sequence[Ocg]) -> Addresses:
    """Return addresses in the towns of the OCGs' own forces."""
    chance, ids = setting.numbers("addresses"), setting.ids("addresses")
    made, about = [], []
    for _ in range(setting.size.addresses):
        group = chance.randrange(len(groups))
        force = groups[group].agency if groups[group].agency in TOWNS else "WMP"
        town = (chance.choice(TOWNS[force]), force)
        made.append(address(chance, next(ids), _TYPES.draw(chance), town))
        about.append(group)
    return Addresses(tuple(made), tuple(about))


def address_links(
    society: Society,
    places: Addresses,
    firms: Held[Organisation],
) -> Iterator[Link]:
    """Yield who lives at, or uses, each address, and where firms are."""
    ties, people = Ties.of(society, "address links"), society.people
    chance = ties.chance
    premises = []
    for place, group in zip(places.items, places.groups, strict=True):
        type_ = "resides" if place.location_type == "home" else "uses"
        if place.location_type in {"business", "storage"}:
            premises.append(place)
        for _ in range(1 + int(chance.random() * 2.2)):
            number = chance.choice(people.members[group])
            yield from ties.tie(type_, society.nominal(number), place.id, group)
    for firm, holder in zip(firms.items, firms.holders, strict=True):
        if premises and chance.random() < 0.5:
            place = chance.choice(premises)
            yield from ties.tie("located-at", firm.id, place.id, people.home[holder])
