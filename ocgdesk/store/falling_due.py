"""What falls due in plans: live actions and reviews, soonest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.plans import LIVE
from ocgdesk.store import tables
from ocgdesk.store.among import among
from ocgdesk.store.own_tables import own_table
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, briefs

WEEK: Final = timedelta(days=7)
"""So long before its day a thing counts as due this week."""
_ocg, _plan, _action = own_table(Kind.OCG), own_table(Kind.PLAN), own_table(Kind.ACTION)
_plan_entity = tables.entity.alias("plan_entity")
_action_entity = tables.entity.alias("action_entity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing that is due: an action, or the review of a plan."""

    what: Brief
    title: str
    due: date
    strand: str
    status: str
    officer: str
    agency: str
    plan: UUID
    ocg: Brief
    user: UUID | None = None
    """The user who owns the action, where its owner is one."""

    @property
    def is_review(self) -> bool:
        """Whether it is a plan's review rather than an action."""
        return self.what.kind is Kind.PLAN


def due(
    reader: Reader,
    until: date,
    *,
    ocgs: Iterable[int] | None = None,
    owner: str = "",
    user: UUID | None = None,
    limit: int = 500,
) -> list[Due]:
    """Return live actions and plan reviews due up to a day, soonest first.

    With ``owner`` (part of a name) or ``user`` only the actions they own.
    """
    where = None if ocgs is None else list(ocgs)
    found = [*_due_actions(reader, until, where, _owned_by(owner, user), limit)]
    if not owner and user is None:
        found += _due_reviews(reader, until, where, limit)
    return sorted(found, key=lambda item: (item.due, item.title))[:limit]


def _owned_by(owner: str, user: UUID | None) -> list[Any]:
    where = [_action.c.officer.icontains(owner, autoescape=True)] if owner else []
    return where if user is None else [*where, _action.c.user == user.bytes]


def _due_actions(
    reader: Reader, until: date, ocgs: list[int] | None, owned: list[Any], limit: int
) -> list[Due]:
    query = (
        select(
            _action_entity,
            _action,
            _plan_entity.c.id.label("plan"),
            _plan_entity.c.owner_no.label("ocg"),
        )
        .select_from(_action_entity)
        .join(_action, _action.c.no == _action_entity.c.no)
        .join(_plan_entity, _plan_entity.c.no == _action_entity.c.owner_no)
        .where(
            _action.c.status.in_(LIVE),
            _action.c.due <= until.isoformat(),
            *owned,
            reader.may_see(table=_action_entity),
        )
        .order_by(_action.c.due)
        .limit(limit)
    )
    if ocgs is not None:
        query = query.where(among(_plan_entity.c.owner_no, ocgs))
    rows = reader.rows(query)
    whats = {item.no: item for item in briefs(reader, [row.no for row in rows])}
    groups = {item.no: item for item in briefs(reader, {row.ocg for row in rows})}
    return [
        Due(
            what=whats[row.no],
            title=row.title,
            due=date.fromisoformat(row.due),
            strand=row.strand,
            status=row.status,
            officer=row.officer,
            agency=row.agency,
            plan=UUID(bytes=row.plan),
            ocg=groups[row.ocg],
            user=UUID(bytes=row.user) if row.user else None,
        )
        for row in rows
        if row.no in whats and row.ocg in groups
    ]


def _due_reviews(reader: Reader, until: date, ocgs: list[int] | None, limit: int) -> list[Due]:
    review = func.coalesce(_plan.c.review_due, _ocg.c.review_due).label("review_due")
    query = (
        select(_plan_entity, review, _plan.c.title, _plan.c.status)
        .select_from(_plan_entity)
        .join(_plan, _plan.c.no == _plan_entity.c.no)
        .join(_ocg, _ocg.c.no == _plan_entity.c.owner_no)
        .where(
            _plan_entity.c.kind == Kind.PLAN.value,  # or SQLite walks all entities
            review <= until.isoformat(),
            reader.may_see(table=_plan_entity),
        )
        .order_by(review)
        .limit(limit)
    )
    if ocgs is not None:
        query = query.where(among(_plan_entity.c.owner_no, ocgs))
    rows = reader.rows(query)
    whats = {item.no: item for item in briefs(reader, [row.no for row in rows])}
    groups = {item.no: item for item in briefs(reader, {row.owner_no for row in rows})}
    return [
        Due(
            what=whats[row.no],
            title=row.title,
            due=date.fromisoformat(row.review_due),
            strand="",
            status=row.status,
            officer="",
            agency="",
            plan=UUID(bytes=row.id),
            ocg=groups[row.owner_no],
        )
        for row in rows
        if row.no in whats and row.owner_no in groups
    ]
