"""What plans should reach and what their live actions touch, for many OCGs at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, or_, select, union_all

from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.plans import LIVE
from ocgdesk.store import network_parts, tables
from ocgdesk.store.among import among
from ocgdesk.store.own_tables import own_table
from ocgdesk.store.reader import Reader

_entity, _link = tables.entity, tables.link
_member, _action = own_table(Kind.MEMBERSHIP), own_table(Kind.ACTION)
_said = own_table(Kind.STRAND_NOTE)


@dataclass(frozen=True, slots=True)
class Near:
    """A record linked to an OCG or to one of its county lines."""

    ocg: int
    no: int
    id: UUID
    kind: Kind
    type: str
    importance: str
    """Of a membership; empty for other links."""
    exploited: bool


def near(reader: Reader, ocgs: Collection[int], today: date) -> list[Near]:
    """Return what is linked today to each of these OCGs and, one link further, to its lines."""
    people = network_parts.exploited(reader)
    first = list(_linked(reader, ocgs, today, people))
    lines: dict[int, set[int]] = defaultdict(set)
    for item in first:
        if item.kind is Kind.COUNTY_LINE:
            lines[item.no].add(item.ocg)
    further = _linked(reader, lines, today, people)
    return [
        *first,
        *(
            Near(ocg, item.no, item.id, item.kind, item.type, item.importance, item.exploited)
            for item in further
            if item.kind is not Kind.OCG
            for ocg in lines[item.ocg]
        ),
    ]


def _linked(
    reader: Reader, nos: Collection[int], today: date, people: Collection[int]
) -> Iterable[Near]:
    """Yield what is linked to each of these records, in either direction."""
    if not nos:
        return
    here, there = _link.c.target_no, _link.c.source_no
    ends = [
        select(
            one.label("one"), other.label("other"), _link.c.no, _link.c.type, _link.c.kind
        ).where(among(one, nos), _holds(today), reader.may_see(Base.LINK))
        for one, other in ((here, there), (there, here))
    ]
    each = union_all(*ends).subquery()
    query = (
        select(
            each.c.one,
            each.c.other,
            each.c.type,
            _entity.c.id,
            _entity.c.kind,
            func.coalesce(_member.c.importance, "").label("importance"),
        )
        .join(_entity, _entity.c.no == each.c.other)
        .outerjoin(_member, _member.c.no == each.c.no)
        .where(reader.may_see())
    )
    for row in reader.rows(query):
        yield Near(
            row.one,
            row.other,
            UUID(bytes=row.id),
            Kind(row.kind),
            row.type,
            row.importance,
            row.other in people,
        )


def _holds(today: date) -> ColumnElement[bool]:
    """Return the clause that a link may hold today; partial dates count by what they begin with.

    The stored form of a partial date sorts as text, and a year sorts before each of its days.
    """
    day = today.isoformat()
    begun = or_(_link.c.start.is_(None), func.rtrim(_link.c.start, "~<>") <= day)
    last = func.substr(func.rtrim(_link.c.end, "~<>").concat("-99-99"), 1, 10)
    return and_(begun, or_(_link.c.end.is_(None), last >= day))


def touched(reader: Reader, ocgs: Collection[int]) -> dict[int, set[UUID]]:
    """Return, by number of the OCG, what the live actions of its plans touch."""
    plan, named = _entity.alias("plan"), tables.v_entity
    query = (
        select(plan.c.owner_no, named.c.target)
        .join(_entity, _entity.c.owner_no == plan.c.no)
        .join(_action, _action.c.no == _entity.c.no)
        .join(named, named.c.no == _entity.c.no)
        .where(among(plan.c.owner_no, ocgs), plan.c.kind == Kind.PLAN.value)
        .where(named.c.field == "touches", _action.c.status.in_(LIVE), reader.may_see())
    )
    found: dict[int, set[UUID]] = defaultdict(set)
    for row in reader.rows(query):
        found[row.owner_no].add(UUID(bytes=row.target))
    return found


@dataclass(frozen=True, slots=True)
class Latest:
    """What stands under one strand of the plans of one OCG."""

    ocg: int
    strand: str
    live: int
    done: int
    outcomes: int
    """Completed actions that say what came of them."""
    last: date | None
    """The newest day anything under it was raised or done."""


def _how_many(where: ColumnElement[bool]) -> ColumnElement[int]:
    """Return how many rows of a group hold; the sum of a truth would be read as one again."""
    return func.sum(case((where, 1), else_=0))


def strands(reader: Reader, ocgs: Collection[int]) -> list[Latest]:
    """Return, for each OCG and strand with any action, how many and the newest day."""
    plan = _entity.alias("plan")
    newest = func.max(func.coalesce(_action.c.done, _action.c.raised))
    is_done = _action.c.status == "complete"
    live = _how_many(_action.c.status.in_(LIVE))
    done = _how_many(is_done)
    told = _how_many(is_done & (_action.c.outcome != ""))
    query = (
        select(plan.c.owner_no, _action.c.strand, live, done, told, newest)
        .select_from(plan)
        .join(_entity, _entity.c.owner_no == plan.c.no)
        .join(_action, _action.c.no == _entity.c.no)
        .where(among(plan.c.owner_no, ocgs), plan.c.kind == Kind.PLAN.value, reader.may_see())
        .group_by(plan.c.owner_no, _action.c.strand)
    )
    return [
        Latest(no, strand, int(n), int(d), int(o), date.fromisoformat(day) if day else None)
        for no, strand, n, d, o, day in reader.rows(query)
    ]


def excused(reader: Reader, ocgs: Collection[int], today: date) -> set[tuple[int, str]]:
    """Return the OCGs and strands of which the plan says today why the strand does not apply."""
    plan = _entity.alias("plan")
    holds = or_(_said.c.until.is_(None), _said.c.until >= today.isoformat())
    query = (
        select(plan.c.owner_no, _said.c.strand)
        .select_from(plan)
        .join(_entity, _entity.c.owner_no == plan.c.no)
        .join(_said, _said.c.no == _entity.c.no)
        .where(among(plan.c.owner_no, ocgs), plan.c.kind == Kind.PLAN.value, reader.may_see())
        .where(_said.c.note_type == "not-applicable", holds)
    )
    return {(row.owner_no, row.strand) for row in reader.rows(query)}
