"""What the register holds of an area: its OCGs with why, its lines, its places."""

from collections import defaultdict
from collections.abc import Collection
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, union

from ocgdesk.domain.areas import Area
from ocgdesk.domain.disruptions import Disruption
from ocgdesk.domain.entities import CountyLine
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.returns import Period
from ocgdesk.store import network_parts, tables
from ocgdesk.store.among import among
from ocgdesk.store.own_tables import own_table
from ocgdesk.store.reader import Reader

_entity, _link, _text, _named = tables.entity, tables.link, tables.v_text, tables.v_entity
_ocg, _line, _place = (own_table(one) for one in (Kind.OCG, Kind.COUNTY_LINE, Kind.LOCATION))
_claim, _outcome = own_table(Kind.DISRUPTION), own_table(Kind.OUTCOME)
GONE: Final = ("archived", "rejected", "merged")
"""An OCG of such a status is not part of the present picture."""
CLOSED: Final = ("closed-type-1", "closed-type-2", "rebranded")
"""A county line of such a status does not run any more."""


class Why(StrEnum):
    """Why an OCG belongs to an area."""

    OWNED = "owned"
    IMPACTED = "impacted"
    LINE = "line"
    ADDRESS = "address"


def is_known(reader: Reader, name: str) -> bool:
    """Tell whether any record is of a town, hub or impacted area of this name."""
    area = Area(name, name=name)
    found = (lines(reader, area), places(reader, area), _by_name(reader, area))
    return any(found)


def ocgs(reader: Reader, area: Area) -> dict[int, frozenset[Why]]:
    """Return the numbers of the OCGs of an area, with why each belongs to it."""
    found: dict[int, set[Why]] = defaultdict(set)
    for no in _among_ocgs(reader, _ocg.c.agency.in_(area.codes)) if area.codes else ():
        found[no].add(Why.OWNED)
    for no in _by_name(reader, area):
        found[no].add(Why.IMPACTED)
    for no in _linked(reader, lines(reader, area)):
        found[no].add(Why.LINE)
    if area.name:
        for no in _living(reader, places(reader, area)):
            found[no].add(Why.ADDRESS)
    kept = set(_among_ocgs(reader, _ocg.c.status.not_in(GONE)))
    return {no: frozenset(why) for no, why in found.items() if no in kept}


def _among_ocgs(reader: Reader, *where: ColumnElement[bool]) -> list[int]:
    query = (
        select(_entity.c.no)
        .join(_ocg, _ocg.c.no == _entity.c.no)
        .where(_entity.c.kind == Kind.OCG.value, *where, reader.may_see())
    )
    return [int(row.no) for row in reader.rows(query)]


def _by_name(reader: Reader, area: Area) -> list[int]:
    """Return the OCGs that name the area among what they impact."""
    return _among_ocgs(reader, _lists(_ocg, "impacted", "areas", area))


def _lists(own: Any, coded: str, named: str, area: Area) -> ColumnElement[bool]:
    """Tell whether a record lists a force of the area, or its name, in either of two fields."""
    said = or_(
        and_(_text.c.field == coded, _text.c.value.in_(area.codes)) if area.codes else false(),
        and_(_text.c.field == named, _is(_text.c.value, area)),
    )
    listed: ColumnElement[bool] = own.c.no.in_(select(_text.c.no).where(said))
    return listed


def _is(column: Any, area: Area) -> ColumnElement[bool]:
    if not area.name:
        return false()
    same: ColumnElement[bool] = func.lower(column) == area.name.lower()
    return same


def lines(reader: Reader, area: Area) -> list[int]:
    """Return the numbers of the county lines that begin or end in an area."""
    begins = _line.c.exporter.in_(area.codes) if area.codes else _is(_line.c.hub, area)
    query = (
        select(_entity.c.no)
        .join(_line, _line.c.no == _entity.c.no)
        .where(_entity.c.kind == Kind.COUNTY_LINE.value, reader.may_see())
        .where(or_(begins, _lists(_line, "importers", "towns", area)))
        .order_by(_entity.c.sort_key)
    )
    return [int(row.no) for row in reader.rows(query)]


def live_lines(reader: Reader) -> list[CountyLine]:
    """Return the county lines that are not closed or replaced."""
    query = (
        select(_entity.c.no)
        .join(_line, _line.c.no == _entity.c.no)
        .where(_entity.c.kind == Kind.COUNTY_LINE.value, reader.may_see())
        .where(func.coalesce(_line.c.status, "").not_in(CLOSED))
    )
    found = reader.load([int(row.no) for row in reader.rows(query)])
    return [one for one in found if isinstance(one, CountyLine)]


def places(reader: Reader, area: Area, *, cuckooed: bool = False) -> list[int]:
    """Return the numbers of the places on record in an area, or of those that are cuckooed."""
    here = _place.c.force.in_(area.codes) if area.codes else _is(_place.c.town, area)
    query = (
        select(_entity.c.no)
        .join(_place, _place.c.no == _entity.c.no)
        .where(_entity.c.kind == Kind.LOCATION.value, here, reader.may_see())
    )
    if cuckooed:
        query = query.where(_place.c.cuckooed)
    return [int(row.no) for row in reader.rows(query)]


def _ends(reader: Reader, nos: Collection[int]) -> list[int]:
    """Return what any of these is linked to, in either direction."""
    seen = reader.may_see(Base.LINK)
    query = union(
        select(_link.c.target_no.label("no")).where(among(_link.c.source_no, nos), seen),
        select(_link.c.source_no.label("no")).where(among(_link.c.target_no, nos), seen),
    )
    return [int(row.no) for row in reader.rows(query)]


def _of_kind(reader: Reader, nos: Collection[int], kind: Kind) -> list[int]:
    query = select(_entity.c.no).where(
        among(_entity.c.no, nos), _entity.c.kind == kind.value, reader.may_see()
    )
    return [int(row.no) for row in reader.rows(query)]


def _linked(reader: Reader, nos: Collection[int]) -> list[int]:
    return _of_kind(reader, _ends(reader, nos), Kind.OCG) if nos else []


def _living(reader: Reader, nos: Collection[int]) -> list[int]:
    """Return the OCGs of which somebody is linked to one of these places."""
    return _linked(reader, people(reader, nos))


def people(reader: Reader, nos: Collection[int]) -> list[int]:
    """Return the people who are linked to one of these records."""
    return _of_kind(reader, _ends(reader, nos), Kind.NOMINAL) if nos else []


def exploited_near(reader: Reader, nos: Collection[int]) -> list[int]:
    """Return the people recorded as exploited that are linked to any of these records."""
    people = network_parts.exploited(reader)
    return [no for no in _of_kind(reader, _ends(reader, nos), Kind.NOMINAL) if no in people]


def disruptions(
    reader: Reader, nos: Collection[int], period: Period, *, most: int
) -> tuple[list[Disruption], int]:
    """Return the accepted disruptions of a period against any of these, and how many in all.

    The newest come first, and no more than ``most`` of them.
    """
    claims = _against(reader, nos, period)
    total = reader.rows(select(func.count().label("n")).select_from(claims.subquery()))[0].n
    order = (_claim.c.on.desc(), _entity.c.no.desc())
    found = reader.load([int(row.no) for row in reader.rows(claims.order_by(*order).limit(most))])
    return [one for one in found if isinstance(one, Disruption)], int(total)


def outcomes(
    reader: Reader, nos: Collection[int], period: Period
) -> list[tuple[str, str, float, int]]:
    """Return what came of those disruptions: measure, unit, the sum, how many lines say so."""
    claims = _against(reader, nos, period)
    query = (
        select(_outcome.c.measure, _outcome.c.unit, func.sum(_outcome.c.value), func.count())
        .join(_entity, _entity.c.no == _outcome.c.no)
        .where(
            _entity.c.owner_no.in_(claims.correlate(None)),
            _outcome.c.value.is_not(None),
            reader.may_see(),
        )
        .group_by(_outcome.c.measure, _outcome.c.unit)
        .order_by(_outcome.c.measure, _outcome.c.unit)
    )
    rows = reader.rows(query)
    return [(str(m), str(unit or ""), float(value), int(n)) for m, unit, value, n in rows]


def counted(reader: Reader, nos: Collection[int], period: Period) -> list[int]:
    """Return the numbers of those disruptions and of what came of them."""
    claims = reader.rows(_against(reader, nos, period))
    found = [int(row.no) for row in claims]
    query = (
        select(_outcome.c.no)
        .join(_entity, _entity.c.no == _outcome.c.no)
        .where(among(_entity.c.owner_no, found), _outcome.c.value.is_not(None), reader.may_see())
    )
    return [*found, *(int(row.no) for row in reader.rows(query))]


def _against(reader: Reader, nos: Collection[int], period: Period) -> Select[Any]:
    """Return the query for the numbers of accepted disruptions of a period against any of these."""
    record = _entity.alias()
    ids = select(record.c.id).where(among(record.c.no, nos), reader.may_see(table=record))
    named = select(_named.c.no).where(_named.c.field == "subjects", _named.c.target.in_(ids))
    return (
        select(_entity.c.no)
        .join(_claim, _claim.c.no == _entity.c.no)
        .where(_entity.c.kind == Kind.DISRUPTION.value, _claim.c.status == "accepted")
        .where(_claim.c.on.between(period.start.isoformat(), period.end.isoformat()))
        .where(_entity.c.no.in_(named), reader.may_see())
    )
