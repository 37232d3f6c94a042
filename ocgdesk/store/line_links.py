"""Links of county lines: the towns they run to and what they deal in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.entities import CountyLine
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.things import Entity
from ocgdesk.store import history, tables
from ocgdesk.store.held_network import HeldNetwork
from ocgdesk.store.own_tables import own_table
from ocgdesk.store.reader import Reader

_entity, _link = tables.entity, tables.link
RUNS_TO: Final = "runs-to"


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """The other end of a link of a line, and when the link held."""

    line: UUID
    type: str
    id: UUID
    label: str
    town: str
    force: str
    start: PartialDate | None
    end: PartialDate | None


def lines(reader: Reader, ids: Collection[UUID] | None = None) -> list[CountyLine]:
    """Return these county lines, or all this reader may see, by their numbers."""
    wanted = select(_entity.c.no).where(_entity.c.kind == Kind.COUNTY_LINE.value, reader.may_see())
    nos = [row.no for row in reader.rows(wanted.order_by(_entity.c.no))]
    if ids is not None:
        nos = sorted(set(nos) & set(reader.numbers(ids).values()))
    return [thing for thing in reader.load(nos) if isinstance(thing, CountyLine)]


def others(reader: Reader, types: Sequence[str]) -> list[Other]:
    """Return where the links of these types lead from lines, with a place's town and force."""
    line, place = _entity.alias("line"), own_table(Kind.LOCATION)
    query = (
        select(
            line.c.id.label("line_id"), _link.c.type, _link.c.start, _link.c.end,
            _entity.c.id, _entity.c.label, place.c.town, place.c.force,
        )
        .join(line, line.c.no == _link.c.source_no)
        .join(_entity, _entity.c.no == _link.c.target_no)
        .outerjoin(place, place.c.no == _entity.c.no)
        .where(
            line.c.kind == Kind.COUNTY_LINE.value,
            _link.c.type.in_([RUNS_TO, *types]),
            reader.may_see(Base.LINK),
            reader.may_see(),
            reader.may_see(table=line),
        )
        .order_by(_link.c.no)
    )  # fmt: skip
    return [_other(row) for row in reader.rows(query)]


def lines_then(reader: Reader, seq: int, ids: Collection[UUID] | None = None) -> list[CountyLine]:
    """Return these county lines, or all, as they were held after entry ``seq`` of the journal."""
    held = history.all_as_at(reader, Kind.COUNTY_LINE, seq)
    return [
        thing
        for thing in held
        if isinstance(thing, CountyLine) and (ids is None or thing.id in ids)
    ]


def others_then(
    reader: Reader, seq: int, ids: Collection[UUID], types: Sequence[str]
) -> list[Other]:
    """Return the same as ``others`` of these lines, as it was held after an entry."""
    held, wanted, there = HeldNetwork(reader, seq), {RUNS_TO, *types}, frozenset(ids)
    links = [
        link for link in held.links_touching(ids) if link.source in there and link.type in wanted
    ]
    ends = held.entities({link.target for link in links})
    return [_held(link, ends[link.target]) for link in links if link.target in ends]


def _held(link: Link, end: Entity) -> Other:
    return Other(
        line=link.source,
        type=link.type,
        id=end.id,
        label=end.label,
        town=str(getattr(end, "town", "")),
        force=str(getattr(end, "force", "")),
        start=link.start,
        end=link.end,
    )


def _other(row: Any) -> Other:
    return Other(
        line=UUID(bytes=row.line_id),
        type=row.type,
        id=UUID(bytes=row.id),
        label=row.label,
        town=row.town or "",
        force=row.force or "",
        start=PartialDate.stored(row.start) if row.start else None,
        end=PartialDate.stored(row.end) if row.end else None,
    )
