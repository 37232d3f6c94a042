"""County lines: brands, numbers, holders, towns, cuckooed homes and those exploited."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from uuid import UUID

from ocgdesk.casework.sample import words
from ocgdesk.casework.sample.addresses import address
from ocgdesk.casework.sample.groups import LIVE
from ocgdesk.casework.sample.holdings import imei, phone_number
from ocgdesk.casework.sample.places import EXPORTERS, TOWNS
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.casework.sample.social import exploiter
from ocgdesk.casework.sample.streams import Weighted, picks
from ocgdesk.casework.sample.ties import Society, Ties
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import Commodity, CountyLine, Location, Ocg, Phone
from ocgdesk.domain.links import Link
from ocgdesk.domain.values import Identifier

_STATUSES = Weighted(
    {"active": 42.0, "potentially-active": 16.0, "suspected": 8.0, "disrupted": 8.0,
     "closed-type-1": 12.0, "closed-type-2": 8.0, "re-activated": 3.0, "rebranded": 3.0}
)  # fmt: skip
_FIRST_STATUSES = ("active", "closed-type-1", "potentially-active")
_FIRST_ROUTES = (
    ("Birmingham", ("Ludlow", "Leominster")),
    ("Birmingham", ("Ludlow",)),
    ("Walsall", ("Hereford",)),
)
"""Hub and towns of the first lines, where those are of the sample's own force."""
_SHUT = frozenset({"closed-type-1", "closed-type-2", "rebranded"})
_DRUGS = ("Crack cocaine", "Heroin", "Cocaine powder")


@dataclass(frozen=True, slots=True)
class Line:
    """A county line with the OCG behind it (its number), its numbers and its homes."""

    line: CountyLine
    group: int
    phones: tuple[Phone, ...]
    homes: tuple[Location, ...]


def county_lines(setting: Setting, groups: Sequence[Ocg]) -> tuple[Line, ...]:
    """Return the lines; those who run them have drugs among their types."""
    chance, ids = setting.numbers("lines"), setting.ids("lines")
    brands = words.lines(setting.numbers("line brands"), setting.size.lines)
    homes, home_ids = setting.numbers("cuckooed homes"), setting.ids("cuckooed homes")
    runners = _runners(groups)
    made: list[Line] = []
    phones = 0
    for number, brand in enumerate(brands):
        line = _led(setting, _line(setting, chance, next(ids), brand), number)
        group = runners[0] if number < 3 else chance.choice(runners)
        numbers = tuple(_phones(setting, line, phones, number))
        phones += len(numbers)
        made.append(
            Line(line, group, numbers, tuple(_homes(homes, home_ids, line, all_towns=number == 0)))
        )
    return tuple(made)


def _runners(groups: Sequence[Ocg]) -> list[int]:
    """Return the OCGs that may run lines; county-lines groups three times over."""
    found: list[int] = []
    for number, ocg in enumerate(groups):
        if ocg.primary_crime == "CL" or (number < 1 and ocg.primary_crime == "DRG"):
            found += [number] * 3
        elif ocg.primary_crime == "DRG" and (ocg.status in LIVE or ocg.status == "dormant"):
            found.append(number)
    return found


def _line(setting: Setting, chance: Random, id_: UUID, brand: str) -> CountyLine:
    is_internal = chance.random() < 0.14
    home = setting.size.home or chance.choice(tuple(TOWNS))
    exporter = home if is_internal else _exporter(chance, home)
    status = _STATUSES.draw(chance)
    is_shut = status in _SHUT
    last = (30, 300) if is_shut else (1, 45)
    hub = chance.choice(TOWNS[exporter])
    importing = tuple(town for town in TOWNS[home] if town != hub)
    return CountyLine(
        id=id_,
        brand=brand,
        status=status,
        line_type="internal" if is_internal else "external",
        exporter=exporter,
        hub=hub,
        importers=(home,),
        towns=picks(chance, importing, chance.randint(1, 3)),
        opened=setting.ago(chance, 320, 1100),
        last_active=setting.ago(chance, *last),
        closed=setting.ago(chance, 10, 29) if is_shut else None,
    )


def _led(setting: Setting, line: CountyLine, number: int) -> CountyLine:
    """Return one of the first lines on the route a demonstration opens on."""
    if number >= len(_FIRST_STATUSES):
        return line
    status = _FIRST_STATUSES[number]
    closed = setting.as_of - timedelta(days=31)
    line = replace(line, status=status, closed=PartialDate.of(closed) if status in _SHUT else None)
    hub, towns = _FIRST_ROUTES[number]
    if not set(towns) <= set(TOWNS.get(setting.size.home, ())):
        return line
    return replace(line, line_type="external", exporter="WMP", hub=hub, towns=towns)


def _exporter(chance: Random, home: str) -> str:
    while (exporter := EXPORTERS.draw(chance)) == home:
        pass
    return exporter


def _phones(setting: Setting, line: CountyLine, used: int, number: int) -> Iterator[Phone]:
    """Yield the numbers a line has had, the latest last and alone in use."""
    chance = setting.numbers(f"line phones {number}")
    ids = setting.ids(f"line phones {number}")
    count = chance.choice((1, 1, 2, 2, 3))
    for place in range(count):
        is_last = place == count - 1
        days = 300 * (count - place)
        yield Phone(
            id=next(ids),
            number=phone_number(used + place, first=700, count=300),
            phone_type="deal-line",
            network=chance.choice(words.NETWORKS),
            in_use=is_last and line.status not in _SHUT,
            first_seen=setting.ago(chance, days - 100, days),
            last_seen=line.last_active if is_last else setting.ago(chance, days - 299, days - 200),
            identifiers=(Identifier("imei", imei(500_000 + used + place)),),
        )


def _homes(
    chance: Random, ids: Iterator[UUID], line: CountyLine, *, all_towns: bool
) -> Iterator[Location]:
    """Yield the homes taken over for a line in the towns it runs to."""
    for town in line.towns:
        if chance.random() < 0.45 or all_towns:
            home = address(chance, next(ids), "home", (town, line.importers[0]))
            yield replace(home, cuckooed=True)


def line_links(
    society: Society,
    lines: Sequence[Line],
    towns: Mapping[str, Location],
    commodities: Mapping[str, Commodity],
) -> Iterator[Link]:
    """Yield what ties each line to its OCG, people, numbers, towns, homes and drugs."""
    ties, groups = Ties.of(society, "line links"), society.groups
    for item in lines:
        line, group = item.line.id, item.group
        yield from ties.tie("controls", groups[group].id, line, group)
        yield from _people(ties, item)
        for phone in item.phones:
            end = None if phone.in_use else phone.last_seen
            yield from ties.tie("uses", line, phone.id, group, start=phone.first_seen, end=end)
        for town in item.line.towns:
            yield from ties.tie("runs-to", line, towns[town].id, group)
        for home in item.homes:
            yield from ties.tie("cuckooed-at", line, home.id, group)
        for drug in picks(ties.chance, _DRUGS, ties.chance.randint(1, 2)):
            yield from ties.tie("deals-in", line, commodities[drug].id, group)
    yield from _rebrands(ties, lines)
    yield from _exploited(ties, lines)


def _people(ties: Ties, item: Line) -> Iterator[Link]:
    society, people = ties.society, ties.society.people
    members = people.members[item.group]
    holders = [n for n in members if people.role[n] == "line-holder"] or list(members)
    holder = ties.chance.choice(holders)
    yield from ties.tie("holds-line", society.nominal(holder), item.line.id, item.group)
    dealers = [n for n in members if people.role[n] == "street-dealer"]
    for dealer in picks(ties.chance, dealers, 2):
        yield from ties.tie("deals-for", society.nominal(dealer), item.line.id, item.group)
    if ties.chance.random() < 0.3:
        other = ties.chance.choice(members)
        yield from ties.tie("answers", society.nominal(other), item.line.id, item.group)


def _rebrands(ties: Ties, lines: Sequence[Line]) -> Iterator[Link]:
    """Yield the successor of each line that came back under another name; the second's is first."""
    yield from ties.tie("rebranded-to", lines[1].line.id, lines[0].line.id, lines[1].group)
    for old, new in zip(lines, [*lines[1:], lines[0]], strict=True):
        if old.line.status == "rebranded":
            yield from ties.tie("rebranded-to", old.line.id, new.line.id, old.group)


def _exploited(ties: Ties, lines: Sequence[Line]) -> Iterator[Link]:
    """Yield which line exploits whom, and whose home it was that was taken over."""
    society, people = ties.society, ties.society.people
    by_group: dict[int, list[Line]] = {}
    for item in lines:
        by_group.setdefault(item.group, []).append(item)
    for number in people.exploited:
        group = exploiter(people, number)
        for item in picks(ties.chance, by_group.get(group, ()), 1):
            yield from ties.tie("exploits", item.line.id, society.nominal(number), group)
            is_adult = society.known[number].aliases[0].text.startswith("AP")
            if is_adult and item.homes:
                yield from ties.tie("resides", society.nominal(number), item.homes[0].id, group)
