"""What people hold: telephones, vehicles, firms and accounts, and the links to them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Generic, TypeVar
from uuid import UUID

from ocgdesk.casework.sample import words
from ocgdesk.casework.sample.rosters import Rosters
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.casework.sample.streams import Weighted
from ocgdesk.casework.sample.ties import Society, Ties
from ocgdesk.domain.device_numbers import luhn
from ocgdesk.domain.entities import Account, Organisation, Phone, Vehicle
from ocgdesk.domain.links import Link
from ocgdesk.domain.things import Entity
from ocgdesk.domain.values import Identifier

E = TypeVar("E", bound=Entity)

_PHONE_TYPES = Weighted({"personal": 52.0, "unregistered": 34.0, "business": 8.0, "unknown": 6.0})
_MAKES = {
    "Vauxhall": ("Corsa", "Astra", "Vivaro"),
    "Ford": ("Fiesta", "Focus", "Transit"),
    "Volkswagen": ("Golf", "Polo", "Caddy"),
    "Audi": ("A3", "RS4"),
    "BMW": ("1 Series", "X5"),
    "Mercedes-Benz": ("A-Class", "Sprinter"),
    "Toyota": ("Yaris", "Prius"),
}
_COLOURS = ("Black", "White", "Grey", "Silver", "Blue", "Red", "Green")
_PLATE_LETTERS = "ABCDEFGHJKLMNOPRSTUVWXY"
_ACCOUNT_TYPES = Weighted(
    {"current": 50.0, "business": 18.0, "payment": 14.0, "crypto-wallet": 10.0, "savings": 8.0}
)
_BANKS = ("Larkspur Bank", "Mutual of Elmet", "Oystergate", "Tallow & Pine", "Bank of Nowhere")


@dataclass(frozen=True)
class Held(Generic[E]):
    """Records with the number of the nominal who holds each."""

    items: tuple[E, ...]
    holders: tuple[int, ...]


def phone_number(place: int, *, first: int, count: int) -> str:
    """Return the n-th number of a part of Ofcom's range for drama, 07700 900000 to 900999.

    When the part is used up, three digits too many are added: unique, and never dialled.
    """
    again, step = divmod(place, count)
    number = f"07700 900{first + step * 337 % count:03d}"
    return f"{number} {again:03d}" if again else number


def imei(number: int) -> str:
    """Return an IMEI of the range kept for test equipment (type allocation 00100100)."""
    body = f"00100100{number % 1_000_000:06d}"
    return f"{body}{luhn(body)}"


def registration(number: int) -> str:
    """Return a mark that cannot exist: no region begins with Q, no mark has the age 00."""
    base = len(_PLATE_LETTERS)
    letters = [_PLATE_LETTERS[number * 7919 // base**place % base] for place in range(4)]
    return f"Q{letters[0]}00 {''.join(letters[1:])}"


def _holders(chance: Random, people: Rosters, count: int) -> tuple[int, ...]:
    """Return so many members, the leading ones of each group somewhat more often."""
    return tuple(
        chance.choice(chance.choice(people.seniors))
        if chance.random() < 0.3
        else chance.randrange(people.exploited.start)
        for _ in range(count)
    )


def phones(setting: Setting, people: Rosters) -> Held[Phone]:
    """Return telephones and who uses them."""
    chance, ids = setting.numbers("phones"), setting.ids("phones")
    made = [
        Phone(
            id=next(ids),
            number=phone_number(number, first=0, count=700),
            phone_type=_PHONE_TYPES.draw(chance),
            network=chance.choice(words.NETWORKS),
            in_use=chance.random() < 0.6,
            first_seen=setting.ago(chance, 200, 900),
            last_seen=setting.ago(chance, 1, 199),
            identifiers=(Identifier("imei", imei(number)),) if chance.random() < 0.4 else (),
        )
        for number in range(setting.size.phones)
    ]
    return Held(tuple(made), _holders(setting.numbers("phone holders"), people, len(made)))


def vehicles(setting: Setting, people: Rosters) -> Held[Vehicle]:
    """Return vehicles and their keepers."""
    chance, ids = setting.numbers("vehicles"), setting.ids("vehicles")
    made = []
    for number in range(setting.size.vehicles):
        make = chance.choice(tuple(_MAKES))
        made.append(
            Vehicle(
                id=next(ids),
                vrm=registration(number),
                make=make,
                model=chance.choice(_MAKES[make]),
                colour=chance.choice(_COLOURS),
            )
        )
    return Held(tuple(made), _holders(setting.numbers("vehicle holders"), people, len(made)))


def organisations(setting: Setting, people: Rosters) -> Held[Organisation]:
    """Return firms and who runs them."""
    chance, ids = setting.numbers("organisations"), setting.ids("organisations")
    made = []
    for number in range(setting.size.organisations):
        type_ = chance.choice(words.FIRM_TYPES)
        company = (Identifier("company", str(99_000_000 + number)),)
        made.append(
            Organisation(
                id=next(ids),
                name=words.firm(chance, type_),
                organisation_type=type_,
                identifiers=company if chance.random() < 0.7 else (),
            )
        )
    return Held(tuple(made), _holders(setting.numbers("organisation holders"), people, len(made)))


def accounts(setting: Setting, people: Rosters) -> Held[Account]:
    """Return accounts and who owns them; sort code 00-00-00 belongs to no bank."""
    chance, ids = setting.numbers("accounts"), setting.ids("accounts")
    made = []
    for number in range(setting.size.accounts):
        type_ = _ACCOUNT_TYPES.draw(chance)
        is_wallet = type_ == "crypto-wallet"
        text = f"synthetic-wallet-{number:06d}" if is_wallet else f"00-00-00 {90000000 + number}"
        bank = "" if is_wallet else chance.choice(_BANKS)
        made.append(Account(id=next(ids), number=text, account_type=type_, institution=bank))
    return Held(tuple(made), _holders(setting.numbers("account holders"), people, len(made)))


def holding_links(
    society: Society,
    *,
    uses: Sequence[Held[Phone] | Held[Vehicle]],
    owns: Sequence[Held[Account]],
    runs: Held[Organisation],
) -> Iterator[Link]:
    """Yield who uses, owns and runs what."""
    ties, people = Ties.of(society, "holdings"), society.people
    for type_, helds in (("uses", uses), ("owns", owns), ("director-of", (runs,))):
        for held in helds:
            for item, holder in zip(held.items, held.holders, strict=True):
                group = people.home[holder]
                yield from ties.tie(type_, society.nominal(holder), item.id, group)
                if ties.chance.random() < 0.08:
                    other = ties.chance.choice(people.members[group])
                    yield from ties.tie("uses", society.nominal(other), item.id, group)


def calls(society: Society, held: Held[Phone]) -> Iterator[Link]:
    """Yield contact between telephones, weighted by calls; most of it within a group."""
    ties, people = Ties.of(society, "calls"), society.people
    chance = ties.chance
    by_group: dict[int, list[UUID]] = defaultdict(list)
    for item, holder in zip(held.items, held.holders, strict=True):
        by_group[people.home[holder]].append(item.id)
    for item, holder in zip(held.items, held.holders, strict=True):
        group = people.home[holder]
        for _ in range(1 + int(chance.random() * 2.6)):
            near = by_group[group] if chance.random() < 0.8 else ()
            other = chance.choice(near) if near else chance.choice(held.items).id
            weight = float(1 + int(chance.expovariate(1 / 40)))
            yield from ties.tie("communicates", item.id, other, group, weight=weight, unit="calls")


def controls(
    society: Society,
    firms: Held[Organisation],
    money: Held[Account],
) -> Iterator[Link]:
    """Yield which OCG stands behind a firm, and payments between accounts in pounds."""
    ties, people = Ties.of(society, "controls"), society.people
    chance = ties.chance
    for firm, holder in zip(firms.items, firms.holders, strict=True):
        group = people.home[holder]
        if chance.random() < 0.4:
            yield from ties.tie("controls", society.groups[group].id, firm.id, group)
    for account, holder in zip(money.items, money.holders, strict=True):
        other = chance.choice(money.items)
        weight = float(50 * (1 + int(chance.expovariate(1 / 60))))
        group = people.home[holder]
        yield from ties.tie("pays", account.id, other.id, group, weight=weight, unit="gbp")
