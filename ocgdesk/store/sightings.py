"""Where something was seen and when: dated links to places, and what people carry and drive."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import select

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.store import tables
from ocgdesk.store.among import among
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, briefs

_entity, _link = tables.entity, tables.link
_AT: Final = ("seen-at", "located-at")
_HELD: Final = ("uses", "owns")
_CARRIED: Final = (Kind.PHONE.value, Kind.VEHICLE.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """One dated link from something to a place."""

    link: UUID
    place: UUID
    name: str
    start: PartialDate | None
    end: PartialDate | None


def of(reader: Reader, nos: Collection[int]) -> dict[int, list[Sighting]]:
    """Return the dated sightings of things, by their numbers, as they were recorded."""
    place = _entity.alias("place")
    query = (
        select(
            _link.c.source_no, _link.c.id, _link.c.start, _link.c.end, place.c.id.label("at"),
            place.c.label,
        )
        .join(place, place.c.no == _link.c.target_no)
        .where(
            among(_link.c.source_no, nos),
            _link.c.type.in_(_AT),
            place.c.kind == Kind.LOCATION.value,
            reader.may_see(Base.LINK),
            reader.may_see(table=place),
        )
        .order_by(_link.c.no)
    )  # fmt: skip
    found: dict[int, list[Sighting]] = {}
    for row in reader.rows(query):
        sighting = Sighting(
            link=UUID(bytes=row.id), place=UUID(bytes=row.at), name=row.label,
            start=_date(row.start), end=_date(row.end),
        )  # fmt: skip
        if sighting.start or sighting.end:
            found.setdefault(row.source_no, []).append(sighting)
    return found


def carried(reader: Reader, nos: Collection[int]) -> dict[int, list[Brief]]:
    """Return the phones and vehicles that people use or own, by the people's numbers."""
    thing = _entity.alias("thing")
    query = (
        select(_link.c.source_no, thing.c.no)
        .join(thing, thing.c.no == _link.c.target_no)
        .where(
            among(_link.c.source_no, nos),
            _link.c.type.in_(_HELD),
            thing.c.kind.in_(_CARRIED),
            reader.may_see(Base.LINK),
            reader.may_see(table=thing),
        )
        .order_by(_link.c.no)
    )
    pairs = [(row[0], row[1]) for row in reader.rows(query)]
    known = {one.no: one for one in briefs(reader, [no for _person, no in pairs])}
    found: dict[int, list[Brief]] = {}
    for person, no in pairs:
        if no in known and known[no] not in found.setdefault(person, []):
            found[person].append(known[no])
    return found


def _date(stored: str | None) -> PartialDate | None:
    return PartialDate.stored(stored) if stored else None
