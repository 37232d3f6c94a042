"""The book of tasking: groups, their meetings, the gateway's requests, operations by unit."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import case, func, select

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.tasking import Meeting, MeetingGroup, Request
from ocgdesk.store import tables
from ocgdesk.store.among import among
from ocgdesk.store.own_tables import own_table
from ocgdesk.store.reader import Reader

_entity = tables.entity
_group, _meeting = own_table(Kind.MEETING_GROUP), own_table(Kind.MEETING)
_item, _request = own_table(Kind.AGENDA_ITEM), own_table(Kind.REQUEST)
_operation = own_table(Kind.OPERATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many items a meeting has, and on how many it has not decided."""

    items: int = 0
    undecided: int = 0


def groups(reader: Reader) -> list[MeetingGroup]:
    """Return every group that meets, by name."""
    query = (
        select(_entity.c.no)
        .where(_entity.c.kind == Kind.MEETING_GROUP.value, reader.may_see())
        .order_by(_entity.c.sort_key, _entity.c.no)
    )
    found = reader.load([int(row.no) for row in reader.rows(query)])
    return [thing for thing in found if isinstance(thing, MeetingGroup)]


def meetings(
    reader: Reader, group: UUID | None = None, *, since: date | None = None, limit: int = 200
) -> list[Meeting]:
    """Return meetings of a group or of all, the latest first; from a day on where one is said."""
    query = (
        select(_entity.c.no)
        .join(_meeting, _meeting.c.no == _entity.c.no)
        .where(_entity.c.kind == Kind.MEETING.value, reader.may_see())
        .order_by(_meeting.c.held.desc(), _entity.c.no.desc())
        .limit(limit)
    )
    if group is not None:
        query = query.where(_entity.c.owner_no == reader.number(group))
    if since is not None:
        query = query.where(_meeting.c.held >= since.isoformat())
    found = reader.load([int(row.no) for row in reader.rows(query)])
    return [thing for thing in found if isinstance(thing, Meeting)]


def counted(reader: Reader, ids: Collection[UUID]) -> dict[UUID, Counted]:
    """Return how many items each of these meetings has; those without any are left out."""
    numbers = reader.numbers(ids)
    by_number = {no: id_ for id_, no in numbers.items()}
    query = (
        select(
            _entity.c.owner_no,
            func.count().label("items"),
            func.sum(case((_item.c.decision == "", 1), else_=0)).label("undecided"),
        )
        .join(_item, _item.c.no == _entity.c.no)
        .where(among(_entity.c.owner_no, list(by_number)), reader.may_see())
        .group_by(_entity.c.owner_no)
    )
    return {
        by_number[row.owner_no]: Counted(items=row.items, undecided=row.undecided)
        for row in reader.rows(query)
    }


# ---- The gateway --------------------------------------------------------------------------------


def requests(
    reader: Reader,
    statuses: Collection[str] = (),
    *,
    agency: str = "",
    unit: str = "",
    limit: int = 500,
) -> list[Request]:
    """Return requests, those that have waited longest first; closed ones the latest first."""
    closed = _request.c.status == "closed"
    query = (
        select(_entity.c.no)
        .join(_request, _request.c.no == _entity.c.no)
        .where(_entity.c.kind == Kind.REQUEST.value, reader.may_see())
        .order_by(closed, case((closed, None), else_=_request.c.received))
        .order_by(_request.c.closed.desc(), _entity.c.no)
        .limit(limit)
    )
    if statuses:
        query = query.where(_request.c.status.in_(list(statuses)))
    if agency:
        query = query.where(_request.c.agency == agency)
    if unit:
        query = query.where(_request.c.unit == unit)
    found = reader.load([int(row.no) for row in reader.rows(query)])
    return [thing for thing in found if isinstance(thing, Request)]


def requests_by_status(reader: Reader) -> dict[str, int]:
    """Return how many requests stand where."""
    query = (
        select(_request.c.status, func.count())
        .join(_entity, _entity.c.no == _request.c.no)
        .where(reader.may_see())
        .group_by(_request.c.status)
    )
    return {row[0]: int(row[1]) for row in reader.rows(query)}


_DAYS = ("received", "assessed", "prioritised", "allocated", "closed")


def request_days(reader: Reader, on: date) -> list[tuple[date | None, ...]]:
    """Return the days of each step, in order, of the requests received from a day on."""
    query = (
        select(*(_request.c[name] for name in _DAYS))
        .join(_entity, _entity.c.no == _request.c.no)
        .where(_request.c.received >= on.isoformat(), reader.may_see())
    )
    return [
        tuple(date.fromisoformat(text) if text else None for text in row)
        for row in reader.rows(query)
    ]


# ---- Caseload -----------------------------------------------------------------------------------


def caseload(reader: Reader, agencies: Collection[str] = ()) -> list[tuple[str, str, str, int]]:
    """Return how many operations each unit has in each phase: agency, unit, phase, count."""
    query = (
        select(_operation.c.agency, _operation.c.unit, _operation.c.phase, func.count())
        .join(_entity, _entity.c.no == _operation.c.no)
        .where(reader.may_see())
        .group_by(_operation.c.agency, _operation.c.unit, _operation.c.phase)
        .order_by(_operation.c.agency, _operation.c.unit)
    )
    if agencies:
        query = query.where(_operation.c.agency.in_(list(agencies)))
    return [(row[0], row[1], row[2], int(row[3])) for row in reader.rows(query)]
