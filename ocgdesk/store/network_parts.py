"""What a network does not hold of its nodes and links: dates, sources, who is to be safeguarded."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import and_, func, not_, or_, select

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Strength
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.safeguarding import is_safeguarded
from ocgdesk.graph.network import LinkRow, Network
from ocgdesk.store import codec, tables
from ocgdesk.store.among import among as among_
from ocgdesk.store.reader import Reader

_entity, _link = tables.entity, tables.link
_EXPLOITS = "exploits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What a nominal's record says that matters before anybody is ranked."""

    exploited: bool
    """Recorded so on the record itself, by a member role, or by a link that says who exploits."""
    born: PartialDate | None
    in_custody: bool
    deceased: bool

    def is_safeguarded(self, on: date) -> bool:
        """Tell whether they are never to be ranked: exploited, or maybe under 18."""
        return is_safeguarded(exploited=self.exploited, born=self.born, on=on)


class Place(NamedTuple):
    """A nominal's place in an OCG, by the numbers of both."""

    nominal: int
    ocg: int
    role: str
    importance: str


class Periods(NamedTuple):
    """From when to when dated links held: days as ordinals, the widest a partial date allows."""

    nos: NDArray[np.int64]
    """Link numbers, ascending."""
    first: NDArray[np.int32]
    last: NDArray[np.int32]


def among(reader: Reader, nos: Collection[int]) -> Network:
    """Return the network of these records and every link among them."""
    there = set(nos)
    kinds: list[Any] = []
    links: list[LinkRow] = []
    for some in codec.batches(there):
        kinds += reader.rows(
            select(_entity.c.no, _entity.c.kind).where(_entity.c.no.in_(some), reader.may_see())
        )
        links += _links_from(reader, some, there)
    return Network.of([(row.no, row.kind) for row in kinds], links)


def _links_from(reader: Reader, some: list[int], there: set[int]) -> Iterable[LinkRow]:
    rows = reader.rows(
        select(
            *(_link.c.no, _link.c.source_no, _link.c.target_no, _link.c.strength),
            *(_link.c.directed, _link.c.weight, _link.c.type),
        ).where(_link.c.source_no.in_(some), reader.may_see(Base.LINK))
    )
    for no, source, target, strength, directed, weight, type_ in rows:
        if target in there:
            rank = _RANKS.get(strength, 0)
            yield LinkRow(no, source, target, rank, bool(directed), weight, type_)


_RANKS = {strength.value: strength.rank for strength in Strength}


def all_people(reader: Reader) -> dict[int, Person]:
    """Return what matters of every nominal this reader may see, by number."""
    return _people(reader, None)


def people(reader: Reader, nos: Collection[int]) -> dict[int, Person]:
    """Return what matters of the nominals among these records, by number."""
    found: dict[int, Person] = {}
    for some in codec.batches(nos):
        found |= _people(reader, some)
    return found


def _people(reader: Reader, nos: Collection[int] | None) -> dict[int, Person]:
    own = tables.KINDS[Kind.NOMINAL].own
    assert own is not None  # noqa: S101 - nominals have fields of their own
    named = [_entity.c.no.in_(nos)] if nos is not None else []
    query = (
        select(_entity.c.no, own.c.exploited, own.c.born, own.c.in_custody, own.c.deceased)
        .join(own, own.c.no == _entity.c.no)
        .where(*named, reader.may_see())
    )
    said = _said_exploited(reader, nos)
    return {
        row.no: Person(
            exploited=bool(row.exploited) or row.no in said,
            born=PartialDate.stored(row.born) if row.born else None,
            in_custody=bool(row.in_custody),
            deceased=bool(row.deceased),
        )
        for row in reader.rows(query)
    }


def exploited(reader: Reader) -> set[int]:
    """Return the numbers of everybody recorded as exploited, on their record or by a link."""
    own = tables.KINDS[Kind.NOMINAL].own
    assert own is not None  # noqa: S101 - nominals have fields of their own
    query = select(_entity.c.no).join(own, own.c.no == _entity.c.no)
    rows = reader.rows(query.where(own.c.exploited, reader.may_see()))
    return {row.no for row in rows} | _said_exploited(reader, None)


def _said_exploited(reader: Reader, nos: Collection[int] | None) -> set[int]:
    """Return whom links say to be exploited: those who are, and members with a victim's role."""
    member = tables.KINDS[Kind.MEMBERSHIP].own
    assert member is not None  # noqa: S101 - memberships have fields of their own
    seen = reader.may_see(Base.LINK)
    targets = [_link.c.target_no.in_(nos)] if nos is not None else []
    exploits = select(_link.c.target_no).where(_link.c.type == _EXPLOITS, seen, *targets)
    sources = [_link.c.source_no.in_(nos)] if nos is not None else []
    listed = (
        select(_link.c.source_no)
        .join(member, member.c.no == _link.c.no)
        .where(member.c.role.in_(victim_roles()), seen, *sources)
    )
    return {row[0] for query in (exploits, listed) for row in reader.rows(query)}


def victim_roles() -> list[str]:
    """Return the codes of the member roles that say that somebody is exploited."""
    return [item.code for item in code_list("roles") if item.get("victim")]


def places(reader: Reader, nos: Collection[int]) -> list[Place]:
    """Return which OCGs the nominals among these records belong to, and as what."""
    return [place for some in codec.batches(nos) for place in _places(reader, some)]


def all_places(reader: Reader) -> list[Place]:
    """Return every recorded membership of an OCG."""
    return _places(reader, None)


def places_without(reader: Reader, links: Collection[int]) -> list[Place]:
    """Return every recorded membership but those with these numbers."""
    return _places(reader, None, without=links)


def _places(
    reader: Reader, nos: Collection[int] | None, *, without: Collection[int] = ()
) -> list[Place]:
    member = tables.KINDS[Kind.MEMBERSHIP].own
    assert member is not None  # noqa: S101 - memberships have fields of their own
    named: list[Any] = [_link.c.source_no.in_(nos)] if nos is not None else []
    named += [not_(among_(_link.c.no, without))] if without else []
    query = (
        select(_link.c.source_no, _link.c.target_no, member.c.role, member.c.importance)
        .join(member, member.c.no == _link.c.no)
        .where(_link.c.kind == Kind.MEMBERSHIP.value, reader.may_see(Base.LINK), *named)
    )
    return [Place(*row) for row in reader.rows(query)]


def periods(reader: Reader) -> Periods:
    """Return from when to when links held, of those that have a date at all."""
    dated = or_(_link.c.start.is_not(None), _link.c.end.is_not(None))
    rows = reader.rows(
        select(_link.c.no, _link.c.start, _link.c.end)
        .where(dated, reader.may_see(Base.LINK))
        .order_by(_link.c.no)
    )
    return Periods(
        np.array([row[0] for row in rows], np.int64),
        np.array([_first(row[1]) for row in rows], np.int32),
        np.array([_last(row[2]) for row in rows], np.int32),
    )


@lru_cache(maxsize=50_000)
def _first(text: str | None) -> int:
    return PartialDate.stored(text).earliest().toordinal() if text else date.min.toordinal()


@lru_cache(maxsize=50_000)
def _last(text: str | None) -> int:
    return PartialDate.stored(text).latest().toordinal() if text else date.max.toordinal()


def tested_links(reader: Reader) -> NDArray[np.int64]:
    """Return the links that rest on at least one report of a tested source, ascending.

    That is source 1 of 3x5x2 and A to C of 5x5x5: an untested one (2; E) and one found wanting
    (3; D) do not count (College of Policing, APP Intelligence management).
    """
    report = tables.KINDS[Kind.REPORT].own
    assert report is not None  # noqa: S101 - reports have fields of their own
    letter = func.substr(func.upper(report.c.grade), 1, 1)
    reliable = (
        select(_entity.c.id)
        .join(report, report.c.no == _entity.c.no)
        .where(letter.in_(("1", "A", "B", "C")), reader.may_see())
    )
    ids = {row[0] for row in reader.rows(reliable)}
    cited = tables.v_entity
    rows = reader.rows(
        select(cited.c.no, cited.c.target)
        .join(_link, _link.c.no == cited.c.no)
        .where(and_(cited.c.field == "reports", reader.may_see(Base.LINK)))
    )
    return np.unique(np.array([row[0] for row in rows if row[1] in ids], np.int64))


def values(reader: Reader) -> list[tuple[int, float, str]]:
    """Return the links with a stated weight: number, weight, and the unit it is in."""
    query = select(_link.c.no, _link.c.weight, _link.c.unit).where(
        _link.c.weight.is_not(None), reader.may_see(Base.LINK)
    )
    return [(row[0], float(row[1]), row[2]) for row in reader.rows(query)]


def location_types(reader: Reader) -> dict[int, str]:
    """Return the type of every location that has one, by number."""
    own = tables.KINDS[Kind.LOCATION].own
    assert own is not None  # noqa: S101 - locations have fields of their own
    query = (
        select(_entity.c.no, own.c.location_type)
        .join(own, own.c.no == _entity.c.no)
        .where(own.c.location_type != "", reader.may_see())
    )
    return {row[0]: row[1] for row in reader.rows(query)}
