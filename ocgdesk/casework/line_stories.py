"""A county line told as one story: its names, numbers and closures, and who is in it.

A line that comes back under another name stays one story, whichever of its names is opened.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from ocgdesk.casework import assessments, commodities, county_lines, intelligence
from ocgdesk.casework.case_rules import steps_of
from ocgdesk.domain import scoring_sheets
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import CountyLine, Location, Nominal, Phone, Report
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.safeguarding import may_be_child
from ocgdesk.domain.subrecords import Assessment, CheckBack, CourtStep, Safeguarding
from ocgdesk.domain.things import Thing
from ocgdesk.store import cases
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, Linked

INDICATORS: Final = "line-indicators"
MOST_CHAPTERS: Final = 24
"""Names of one line that are told; a chain is hardly ever longer than four."""
_HOLDING: Final = ("holds-line", "answers", "deals-for", "controls")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A telephone number of a line, and when it was in use as far as is known."""

    phone: Brief
    network: str
    first: PartialDate | None
    last: PartialDate | None
    in_use: bool
    item: Linked


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One name of the line: when it ran, how it ended, and its numbers."""

    line: CountyLine
    brief: Brief
    numbers: tuple[Number, ...]
    check_backs: tuple[CheckBack, ...]

    @property
    def is_live(self) -> bool:
        """Whether the line runs under this name."""
        known = code_list("line-statuses").find(self.line.status)
        return bool(known and known.get("live", False))


@dataclass(frozen=True, slots=True, kw_only=True)
class Exploited:
    """A person recorded as exploited by the line, and what is done for them."""

    item: Linked
    child: bool
    care: Safeguarding | None
    """The newest safeguarding record."""
    home: str
    """The address of theirs that was taken over; empty where none is recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Somebody who holds, answers or sells for the line, and whether they were charged."""

    item: Linked
    charge: CourtStep | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A place the line uses or has taken over."""

    item: Linked
    place: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicators:
    """The checklist of a line: how many hold. A count, never a score of a person."""

    assessment: Assessment | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    """Yes, no or unknown by factor."""

    @property
    def yes(self) -> int:
        """How many hold."""
        return sum(value == "yes" for value in self.answers.values())

    @property
    def asked(self) -> int:
        """How many there are on the list."""
        return len(scoring_sheets.sheet(INDICATORS).factors)

    @property
    def unknown(self) -> int:
        """How many nobody has answered yes or no."""
        return self.asked - sum(value in {"yes", "no"} for value in self.answers.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """All that the page of a line tells, read from one snapshot."""

    line: CountyLine
    brief: Brief
    chapters: tuple[Chapter, ...]
    """Its names, the oldest first; the line itself is among them."""
    exploited: tuple[Exploited, ...]
    holders: tuple[Holder, ...]
    groups: tuple[Linked, ...]
    """The OCGs that control it."""
    towns: tuple[Linked, ...]
    addresses: tuple[Address, ...]
    dealing: tuple[Linked, ...]
    charges: tuple[tuple[CourtStep, Brief], ...]
    """Charges of holders, on any of which a Type 1 closure can rest."""
    indicators: Indicators
    reports: Mapping[UUID, Report]

    @property
    def chapter(self) -> Chapter:
        """The chapter of the line that was opened."""
        return next(one for one in self.chapters if one.line.id == self.line.id)

    @property
    def check_backs(self) -> tuple[tuple[CheckBack, Chapter], ...]:
        """Every check-back of every name, by the day it is due."""
        found = [(back, chapter) for chapter in self.chapters for back in chapter.check_backs]
        return tuple(sorted(found, key=lambda pair: pair[0].due or date.max))

    @property
    def due_any(self) -> bool:
        """Whether a check-back is still to be made, whenever it is due."""
        return any(back.result == "due" for back, _chapter in self.check_backs)

    def due(self, until: date) -> tuple[tuple[CheckBack, Chapter], ...]:
        """Return the check-backs still to be made by a day, the earliest first."""
        return tuple(
            pair
            for pair in self.check_backs
            if pair[0].result == "due" and pair[0].due is not None and pair[0].due <= until
        )


def look(reader: Reader, id_: UUID, *, today: date) -> Story:
    """Return the whole story of a line; NotFound where this reader knows of none."""
    line = reader.get(CountyLine, id_)
    links = intelligence.as_shown(reader, queries.links_of(reader, id_))
    chapters = tuple(_chapter(reader, one, links if one == id_ else None)
                     for one in chain(reader, id_))  # fmt: skip
    people = [item for item in links if item.other.kind is Kind.NOMINAL]
    return Story(
        line=line,
        brief=queries.brief(reader, id_),
        chapters=tuple(sorted(chapters, key=_age)),
        exploited=_exploited(reader, people, today),
        holders=_holders(reader, people),
        groups=tuple(i for i in links if i.other.kind is Kind.OCG),
        towns=tuple(i for i in links if i.link.type == "runs-to"),
        addresses=_addresses(reader, links),
        dealing=tuple(i for i in links if i.link.type in commodities.roles()),
        charges=tuple(county_lines.charges(reader, id_)),
        indicators=indicators(assessments.of(reader, id_)),
        reports=_reports(reader, links),
    )


def _age(chapter: Chapter) -> tuple[date, date]:
    line = chapter.line
    opened = line.opened.earliest() if line.opened else date.max
    return opened, line.last_active.earliest() if line.last_active else date.max


# ---- The chain of names -------------------------------------------------------------------------


def chain(reader: Reader, id_: UUID) -> list[UUID]:
    """Return the lines that are one story with this one, in the order they are reached.

    Both ways of recording count: what a line came back from, and a link that says so.
    """
    found: list[UUID] = []
    queue = [id_]
    for here in queue:  # grows while it is walked
        if here in found or len(found) == MOST_CHAPTERS:
            continue
        found.append(here)
        queue += _next_to(reader, here)
    return found


def _next_to(reader: Reader, id_: UUID) -> list[UUID]:
    line = reader.get(CountyLine, id_)
    told = [item.other.id for item in queries.links_of(reader, id_)
            if item.link.type == county_lines.REBRANDED
            and item.other.kind is Kind.COUNTY_LINE]  # fmt: skip
    before = [line.follows] if line.follows and reader.numbers([line.follows]) else []
    return [*before, *told, *cases.followers(reader, id_)]


def _chapter(reader: Reader, id_: UUID, links: Collection[Linked] | None) -> Chapter:
    of_line = queries.links_of(reader, id_) if links is None else links
    return Chapter(
        line=reader.get(CountyLine, id_),
        brief=queries.brief(reader, id_),
        numbers=_numbers(reader, of_line),
        check_backs=tuple(county_lines.check_backs(reader, id_)),
    )


def _numbers(reader: Reader, links: Iterable[Linked]) -> tuple[Number, ...]:
    """Return the numbers of a line; the dates of the link count before those of the number."""
    items = {i.other.no: i for i in links if i.other.kind is Kind.PHONE}
    phones = [thing for thing in reader.load(list(items)) if isinstance(thing, Phone)]
    by_id = {item.other.id: item for item in items.values()}
    found = [_number(phone, by_id[phone.id]) for phone in phones]
    return tuple(sorted(found, key=lambda one: one.first.earliest() if one.first else date.max))


def _number(phone: Phone, item: Linked) -> Number:
    return Number(
        phone=item.other,
        network=phone.network,
        first=item.link.start or phone.first_seen,
        last=item.link.end or phone.last_seen,
        in_use=phone.in_use and item.link.end is None,
        item=item,
    )


# ---- Who and where ------------------------------------------------------------------------------


def _exploited(reader: Reader, people: Iterable[Linked], today: date) -> tuple[Exploited, ...]:
    found = {i.other.id: i for i in people if i.other.exploited or _is_victim(i)}
    persons = {thing.id: thing for thing in _load(reader, found.values())}
    return tuple(
        _one_exploited(reader, item, persons.get(id_), today) for id_, item in found.items()
    )


def _is_victim(item: Linked) -> bool:
    return item.link.type == "exploits" and item.outward


def _one_exploited(reader: Reader, item: Linked, person: Thing | None, today: date) -> Exploited:
    care = [
        thing
        for thing in queries.owned(reader, item.other.id, Kind.SAFEGUARDING)
        if isinstance(thing, Safeguarding)
    ]
    newest = care[-1] if care else None
    born = person.born if isinstance(person, Nominal) else None
    is_child = newest.age_group == "child" if newest and newest.age_group else False
    homes = [i.other.label for i in queries.links_of(reader, item.other.id)
             if i.link.type == "resides"]  # fmt: skip
    return Exploited(
        item=item,
        child=is_child or may_be_child(born, today),
        care=newest,
        home=homes[0] if homes else "",
    )


def _holders(reader: Reader, people: Iterable[Linked]) -> tuple[Holder, ...]:
    held = [i for i in people if not (i.other.exploited or _is_victim(i)) and not i.outward]
    held.sort(key=lambda i: (_rank(i.link.type), i.other.label.casefold()))
    return tuple(Holder(item=item, charge=_charge(reader, item.other.id)) for item in held)


def _rank(type_: str) -> int:
    return _HOLDING.index(type_) if type_ in _HOLDING else len(_HOLDING)


def _charge(reader: Reader, nominal: UUID) -> CourtStep | None:
    charged = [step for step in steps_of(reader, nominal) if step.step == "charged"]
    return max(charged, key=lambda step: step.on or date.min, default=None)


def _addresses(reader: Reader, links: Iterable[Linked]) -> tuple[Address, ...]:
    items = {i.other.id: i for i in links
             if i.other.kind is Kind.LOCATION and i.link.type != "runs-to"}  # fmt: skip
    return tuple(
        Address(item=items[place.id], place=place)
        for place in _load(reader, items.values())
        if isinstance(place, Location)
    )


def _load(reader: Reader, items: Iterable[Linked]) -> list[Thing]:
    return reader.load([item.other.no for item in items])


def _reports(reader: Reader, links: Iterable[Linked]) -> dict[UUID, Report]:
    cited = {report for item in links for report in item.link.reports}
    found = reader.load(list(reader.numbers(cited).values()))
    return {thing.id: thing for thing in found if isinstance(thing, Report)}


# ---- Indicators ---------------------------------------------------------------------------------


def indicators(assessed: Iterable[Assessment]) -> Indicators:
    """Return the newest checklist of a line; one of another version of the list does not count."""
    sheet = scoring_sheets.sheet(INDICATORS)
    mine = [
        one for one in assessed if one.sheet == INDICATORS and one.sheet_version == sheet.version
    ]
    if not mine:
        return Indicators()
    newest = max(mine, key=lambda one: one.assessed or date.min)
    return Indicators(assessment=newest, answers={one.factor: one.value for one in newest.answers})
