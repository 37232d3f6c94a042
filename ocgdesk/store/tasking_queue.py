"""What waits for a meeting: requests to the gateway, and actions of meetings before."""

from uuid import UUID

from sqlalchemy import select

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.plans import LIVE, Action
from ocgdesk.domain.tasking import Request
from ocgdesk.store import tables
from ocgdesk.store.own_tables import own_table
from ocgdesk.store.reader import Reader

_entity = tables.entity
_request, _action = own_table(Kind.REQUEST), own_table(Kind.ACTION)
_WAITING = ("received", "assessed", "prioritised")


def waiting(reader: Reader, agency: str = "", *, most: int = 50) -> list[Request]:
    """Return the requests nobody was given yet, the longest waiting first.

    Of one agency that asked, or of all.
    """
    query = (
        select(_entity.c.no)
        .join(_request, _request.c.no == _entity.c.no)
        .where(_entity.c.kind == Kind.REQUEST.value, _request.c.status.in_(_WAITING))
        .where(reader.may_see())
        .order_by(_request.c.received.is_(None), _request.c.received, _entity.c.no)
        .limit(most)
    )
    if agency:
        query = query.where(_request.c.agency == agency)
    found = reader.load([int(row.no) for row in reader.rows(query)])
    return [thing for thing in found if isinstance(thing, Request)]


def open_actions(reader: Reader, group: UUID) -> list[Action]:
    """Return the live actions that meetings of a group set, in the order they were made."""
    meeting = _entity.alias("meeting")
    query = (
        select(_entity.c.no)
        .join(_action, _action.c.no == _entity.c.no)
        .join(meeting, meeting.c.no == _entity.c.owner_no)
        .where(
            _entity.c.kind == Kind.ACTION.value,
            meeting.c.kind == Kind.MEETING.value,
            meeting.c.owner_no == reader.number(group),
            _action.c.status.in_(LIVE),
            reader.may_see(),
        )
        .order_by(_entity.c.no)
    )
    found = reader.load([int(row.no) for row in reader.rows(query)])
    return [thing for thing in found if isinstance(thing, Action)]
