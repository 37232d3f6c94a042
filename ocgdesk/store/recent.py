"""What others did to a user's OCGs, their plans and their people since a moment."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import literal, select, union_all

from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.store import tables, users
from ocgdesk.store.among import among
from ocgdesk.store.journal import Act
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, briefs

_entity, _link = tables.entity, tables.link
_journal, _item = tables.journal, tables.journal_item
_EDITS = (Act.ALTERATION.value, Act.UNDO.value, Act.REDO.value)
_ROWS = 400
"""So many changed records are looked through for one answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """One act of another user: what it was called, to which record of which OCG."""

    seq: int
    at: datetime
    who: str
    label: str
    things: int
    """How many of the records looked at it touched."""
    what: Brief
    ocg: Brief


def by_others(
    reader: Reader, ocgs: Collection[int], since: datetime | None, *, limit: int = 20
) -> list[Recent]:
    """Return the newest edits by other users that touch these OCGs, newest first.

    Their own fields, plans, objectives, actions, assignments and memberships count. Imports
    are told by the register's counts, not here.
    """
    reach = _reach(reader, list(ocgs)).subquery()
    query = (
        select(_journal, _item.c.no, reach.c.what, reach.c.ocg)
        .select_from(_journal)
        .join(_item, _item.c.seq == _journal.c.seq)
        .join(reach, reach.c.no == _item.c.no)
        .where(_journal.c.act.in_(_EDITS), _journal.c.user_id != reader.user.id.bytes)
        .order_by(_journal.c.seq.desc(), reach.c.rank)
        .limit(_ROWS)
    )
    if since is not None:
        moment = since.astimezone(UTC).isoformat(timespec="microseconds")
        query = query.where(_journal.c.at > moment)
    acts: dict[int, list[Any]] = {}
    for row in reader.rows(query):
        acts.setdefault(row.seq, []).append(row)
    return _told(reader, list(acts.values())[:limit])


def _reach(reader: Reader, ocgs: list[int]) -> Any:
    """Return which things belong to which OCG; the record to name first has the lowest rank."""
    child, plan = _entity.alias("child"), _entity.alias("owner")
    return union_all(
        _part(child.c.no, child.c.no, plan.c.owner_no, 0)
        .select_from(child)
        .join(plan, plan.c.no == child.c.owner_no)
        .where(among(plan.c.owner_no, ocgs), reader.may_see(table=child)),
        _part(_link.c.no, _link.c.source_no, _link.c.target_no, 1).where(
            _link.c.kind == Kind.MEMBERSHIP.value,
            among(_link.c.target_no, ocgs),
            reader.may_see(Base.LINK),
        ),
        _part(plan.c.no, plan.c.no, plan.c.owner_no, 2).where(
            among(plan.c.owner_no, ocgs), reader.may_see(table=plan)
        ),
        _part(_entity.c.no, _entity.c.no, _entity.c.no, 3).where(
            among(_entity.c.no, ocgs), reader.may_see()
        ),
    )


def _part(no: Any, what: Any, ocg: Any, rank: int) -> Any:
    named = (no.label("no"), what.label("what"), ocg.label("ocg"), literal(rank).label("rank"))
    return select(*named)


def _told(reader: Reader, acts: list[list[Any]]) -> list[Recent]:
    firsts = [rows[0] for rows in acts]
    known = briefs(reader, {no for row in firsts for no in (row.what, row.ocg)})
    named = {item.no: item for item in known}
    display = {user.id.bytes: user.display for user in users.everybody(reader.connection)}
    return [
        Recent(
            seq=row.seq,
            at=datetime.fromisoformat(row.at),
            who=display.get(row.user_id, ""),
            label=row.label,
            things=len(rows),
            what=named[row.what],
            ocg=named[row.ocg],
        )
        for row, rows in zip(firsts, acts, strict=True)
        if row.what in named and row.ocg in named
    ]


def user_names(reader: Reader) -> dict[UUID, str]:
    """Return the display names of the users who may work here, for who owns an action."""
    everybody = users.everybody(reader.connection)
    return {user.id: user.display for user in everybody if not user.disabled}
