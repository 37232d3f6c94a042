"""Questions about plans: my OCGs, how much is late, which P is empty."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, func, select

from ocgdesk.domain.dates import PartialDate, overlaps
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.plans import LIVE, Action, ActionStatus, Plan, Strand, StrandCount
from ocgdesk.domain.reference_data import shipped
from ocgdesk.store import tables
from ocgdesk.store.among import among
from ocgdesk.store.falling_due import WEEK
from ocgdesk.store.own_tables import own_table
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, briefs, owned

_entity = tables.entity


_ocg, _plan, _action = own_table(Kind.OCG), own_table(Kind.PLAN), own_table(Kind.ACTION)
_assignment = own_table(Kind.ASSIGNMENT)
_LIVE_OCGS = tuple(item.code for item in shipped("ocg-statuses") if item.get("live"))
"""Which statuses are live is the program's own: a workspace may change their words only."""
_plan_entity = _entity.alias("plan_entity")


@dataclass(frozen=True, slots=True, kw_only=True)
class OcgAtAGlance:
    """One row of the home page."""

    ocg: Brief
    tier: str
    status: str
    plan: UUID | None
    review_due: date | None
    strands: tuple[StrandCount, ...]
    late: int

    @property
    def empty(self) -> tuple[Strand, ...]:
        """The strands under which nothing is live."""
        return tuple(count.strand for count in self.strands if count.is_empty)


def plan_of(reader: Reader, ocg: UUID) -> Plan | None:
    """Return the newest plan of an OCG."""
    query = (
        select(_entity.c.no)
        .where(
            _entity.c.owner_no == reader.number(ocg),
            _entity.c.kind == Kind.PLAN.value,
            reader.may_see(),
        )
        .order_by(_entity.c.no.desc())
        .limit(1)
    )
    found = reader.load([row.no for row in reader.rows(query)])
    return found[0] if found and isinstance(found[0], Plan) else None


def actions_of(reader: Reader, plan: UUID) -> list[Action]:
    """Return the actions of a plan, in the order they were made."""
    found = owned(reader, plan, Kind.ACTION)
    return [thing for thing in found if isinstance(thing, Action)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a set of OCGs has outstanding, counted."""

    ocgs: int
    plans: int
    late_actions: int
    late_reviews: int
    week_actions: int
    week_reviews: int
    empty_strands: int
    plans_with_empty: int


def ocgs_of(reader: Reader, user: UUID, on: date) -> list[int]:
    """Return the numbers of the OCGs a user is LRO or SIO of on a day, by next review."""
    query = (
        select(_entity.c.owner_no, _assignment.c.start, _assignment.c.end)
        .join(_assignment, _assignment.c.no == _entity.c.no)
        .where(
            _assignment.c.user == user.bytes,
            _assignment.c.role.in_(["lro", "sio"]),
            reader.may_see(),
        )
    )
    held = {
        row.owner_no
        for row in reader.rows(query)
        if overlaps(_partial(row.start), _partial(row.end), on)
    }
    if not held:
        return []
    kept = _ocg.c.status.not_in(["archived", "rejected", "merged"])
    return _by_review(reader, [among(_entity.c.no, held), kept], limit=None)


def _partial(text: str | None) -> PartialDate | None:
    return PartialDate.stored(text) if text else None


def active_ocgs(
    reader: Reader,
    agency: str = "",
    *,
    agencies: Collection[str] = (),
    limit: int | None = 500,
) -> list[int]:
    """Return the numbers of active OCGs, those with late reviews first.

    Of one agency, of several, or of all; ``limit`` None returns every one.
    """
    where = [_ocg.c.status.in_(_LIVE_OCGS)]
    if agency or agencies:
        where.append(_ocg.c.agency.in_([agency] if agency else list(agencies)))
    return _by_review(reader, where, limit=limit)


def _by_review(reader: Reader, where: list[Any], *, limit: int | None) -> list[int]:
    """Return the numbers of OCGs, the earliest next review first; without a date last."""
    newest = (
        select(_plan_entity.c.owner_no, func.max(_plan_entity.c.no).label("no"))
        .where(_plan_entity.c.kind == Kind.PLAN.value, reader.may_see(table=_plan_entity))
        .group_by(_plan_entity.c.owner_no)
        .subquery()
    )
    review = func.coalesce(_plan.c.review_due, _ocg.c.review_due)
    query = (
        select(_entity.c.no)
        .join(_ocg, _ocg.c.no == _entity.c.no)
        .outerjoin(newest, newest.c.owner_no == _entity.c.no)
        .outerjoin(_plan, _plan.c.no == newest.c.no)
        .where(
            _entity.c.kind == Kind.OCG.value,  # or SQLite walks all entities
            *where,
            reader.may_see(),
        )
        .order_by(review.is_(None), review, _entity.c.sort_key)
        .limit(limit)
    )
    return [row.no for row in reader.rows(query)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is on record of a set of OCGs, of their newest plans and of the actions in them."""

    ocgs: tuple[int, ...]
    plans: "dict[int, _PlanRow]"
    facts: dict[int, tuple[str, str, date | None]]
    counts: dict[int, tuple[StrandCount, ...]]
    """By number of the plan."""

    def review_of(self, ocg: int) -> date | None:
        """Return the day of the next review: the plan's, or else the OCG's own."""
        plan = self.plans.get(ocg)
        return (plan.review_due if plan else None) or self.facts[ocg][2]


def held(reader: Reader, ocgs: Iterable[int], today: date) -> Held:
    """Read once what the figures and the rows of the home page are made of."""
    asked = tuple(ocgs)
    facts = _facts(reader, asked)
    seen = tuple(no for no in asked if no in facts)
    plans = _plans(reader, seen)
    counts = strand_counts(reader, [plan.no for plan in plans.values()], today)
    return Held(ocgs=seen, plans=plans, facts=facts, counts=counts)


def standing(reader: Reader, of: Held, today: date) -> Standing:
    """Count what is late, due this week and empty in the newest plans of these OCGs."""
    reviews = [day for ocg in of.plans if (day := of.review_of(ocg))]
    empty = [sum(count.is_empty for count in strands) for strands in of.counts.values()]
    return Standing(
        ocgs=len(of.ocgs),
        plans=len(of.plans),
        late_actions=sum(count.late for strands in of.counts.values() for count in strands),
        late_reviews=sum(day < today for day in reviews),
        week_actions=_due_this_week(reader, [plan.no for plan in of.plans.values()], today),
        week_reviews=sum(today <= day <= today + WEEK for day in reviews),
        empty_strands=sum(empty),
        plans_with_empty=sum(number > 0 for number in empty),
    )


def _due_this_week(reader: Reader, plans: list[int], today: date) -> int:
    query = (
        select(func.count())
        .select_from(_entity)
        .join(_action, _action.c.no == _entity.c.no)
        .where(
            among(_entity.c.owner_no, plans),
            _action.c.status.in_(LIVE),
            _action.c.due.between(today.isoformat(), (today + WEEK).isoformat()),
            reader.may_see(),
        )
    )
    return int(reader.rows(query)[0][0])


_NOTHING = tuple(StrandCount(strand) for strand in Strand)


def glance(reader: Reader, of: Held, *, limit: int | None = None) -> list[OcgAtAGlance]:
    """Return the home page's rows for these OCGs, in the order given."""
    rows = []
    for ocg in briefs(reader, of.ocgs[:limit]):
        plan = of.plans.get(ocg.no)
        strands = of.counts[plan.no] if plan else _NOTHING
        tier, status, _review = of.facts[ocg.no]
        rows.append(
            OcgAtAGlance(
                ocg=ocg,
                tier=tier,
                status=status,
                plan=plan.id if plan else None,
                review_due=of.review_of(ocg.no),
                strands=strands,
                late=sum(count.late for count in strands),
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class _PlanRow:
    no: int
    id: UUID
    review_due: date | None


def _plans(reader: Reader, ocgs: Sequence[int]) -> dict[int, _PlanRow]:
    query = (
        select(_entity.c.owner_no, _entity.c.no, _entity.c.id, _plan.c.review_due)
        .join(_plan, _plan.c.no == _entity.c.no)
        .where(among(_entity.c.owner_no, ocgs), reader.may_see())
        .order_by(_entity.c.no)
    )
    return {
        row.owner_no: _PlanRow(row.no, UUID(bytes=row.id), _day(row.review_due))
        for row in reader.rows(query)
    }


def _facts(reader: Reader, ocgs: Sequence[int]) -> dict[int, tuple[str, str, date | None]]:
    query = select(_ocg.c.no, _ocg.c.tier, _ocg.c.status, _ocg.c.review_due).where(
        among(_ocg.c.no, ocgs), reader.may_see(table=_ocg)
    )
    return {row.no: (row.tier, row.status, _day(row.review_due)) for row in reader.rows(query)}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def strand_counts(
    reader: Reader, plans: list[int], today: date
) -> dict[int, tuple[StrandCount, ...]]:
    """Return the counts by strand of each of these plans, all four always present."""
    live = _action.c.status.in_(LIVE)
    late = and_(live, _action.c.due < today.isoformat())
    query = (
        select(
            _entity.c.owner_no,
            _action.c.strand,
            func.sum(case((live, 1), else_=0)),
            func.sum(case((_action.c.status == ActionStatus.COMPLETE.value, 1), else_=0)),
            func.sum(case((late, 1), else_=0)),
        )
        .join(_action, _action.c.no == _entity.c.no)
        .where(among(_entity.c.owner_no, plans), reader.may_see())
        .group_by(_entity.c.owner_no, _action.c.strand)
    )
    found: dict[int, dict[str, StrandCount]] = defaultdict(dict)
    for no, strand, live_n, done_n, late_n in reader.rows(query):
        found[no][strand] = StrandCount(Strand(strand), live_n, done_n, late_n)
    return {
        plan: tuple(found[plan].get(nothing.strand, nothing) for nothing in _NOTHING)
        for plan in plans
    }
