"""A 4P plan as it is laid out to work on: strands, actions, who answers, what is touched."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from ocgdesk.casework import lessons, reasons
from ocgdesk.domain.dates import overlaps
from ocgdesk.domain.entities import Assignment, Ocg
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Membership
from ocgdesk.domain.planning import Lesson
from ocgdesk.domain.plans import Action, Objective, Plan, Strand
from ocgdesk.store import claims_listed, planning, recent, records
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, Linked

LINES = 20
"""So many county lines are followed one link further."""
SHOWN = frozenset(
    {
        *(Kind.NOMINAL, Kind.COUNTY_LINE, Kind.COMMODITY, Kind.LOCATION, Kind.PHONE),
        *(Kind.VEHICLE, Kind.ORGANISATION, Kind.ACCOUNT, Kind.HANDLE),
    }
)


class Touch(StrEnum):
    """What the actions of a plan should reach."""

    PRINCIPALS = "principals"
    LINES = "lines"
    EXPLOITED = "exploited"
    HOMES = "homes"
    COMMODITIES = "commodities"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many records of one sort a live action of the plan touches, of how many."""

    what: Touch
    touched: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Everything a plan's page shows, read from one snapshot."""

    ocg: Brief
    agency: str
    plan: Plan | None
    review_due: date | None
    objectives: tuple[Objective, ...]
    actions: tuple[Action, ...]
    posts: tuple[Assignment, ...]
    """Who is LRO, SIO and SRO today."""
    records: Mapping[UUID, Brief]
    """What the actions touch, and what else they could."""
    coverage: tuple[Coverage, ...]
    users: Mapping[UUID, str]
    lessons: Mapping[str, tuple[Lesson, ...]] = field(default_factory=dict)
    """What was learned of each tactic, the newest first."""
    disruptions: tuple[Brief, ...] = ()
    """The disruptions claimed against the OCG, the newest first."""

    def under(self, strand: Strand) -> tuple[Action, ...]:
        """Return the actions of a strand: live ones first, soonest due first."""
        mine = [action for action in self.actions if action.strand == strand]
        return tuple(sorted(mine, key=_order))

    def wanted(self, strand: Strand) -> tuple[Objective, ...]:
        """Return the objectives of a strand."""
        return tuple(aim for aim in self.objectives if aim.strand == strand)

    def action(self, id_: UUID) -> Action | None:
        """Return one action of the plan, if it is still there."""
        return next((action for action in self.actions if action.id == id_), None)


def _order(action: Action) -> tuple[bool, bool, date, str]:
    return (not action.is_live, action.due is None, action.due or date.max, action.title)


def consult(
    reader: Reader, ocg_id: UUID, *, today: date, noted: bool = True, asked: bool = True
) -> Board:
    """Return the plan of an OCG for somebody to look at.

    Raises NotFound where this reader knows of no such OCG, ReasonWanted where a reason is to be
    given first; ``asked`` says that one was asked for.
    """
    reasons.check_open(reader, records.brief(reader, ocg_id), asked=asked)
    return read(reader, ocg_id, today=today, noted=noted)


def read(reader: Reader, ocg_id: UUID, *, today: date, noted: bool = True) -> Board:
    """Return the plan of an OCG laid out; NotFound where this reader knows of no such OCG.

    ``noted`` enters the consultation in the journal; reading again after an edit does not.
    """
    ocg = reader.get(Ocg, ocg_id)
    plan = planning.plan_of(reader, ocg_id)
    actions = tuple(planning.actions_of(reader, plan.id)) if plan else ()
    linked = around(reader, ocg_id, today)
    touched = {id_ for action in actions for id_ in action.touches}
    known = {item.other.id: item.other for item in linked if item.other.kind in SHOWN}
    brief = records.brief(reader, ocg_id)
    if noted:
        reader.saw("View 4P plan", [brief.no])
    return Board(
        ocg=brief,
        agency=ocg.agency,
        plan=plan,
        review_due=(plan.review_due if plan else None) or ocg.review_due,
        objectives=_objectives(reader, plan),
        actions=actions,
        posts=tuple(_posts(reader, ocg_id, today)),
        records=known | records.by_ids(reader, touched),
        coverage=coverage(linked, actions, today),
        users=recent.user_names(reader),
        lessons=lessons.by_tactic(reader),
        disruptions=tuple(claims_listed.briefs_against(reader, ocg_id)),
    )


def _objectives(reader: Reader, plan: Plan | None) -> tuple[Objective, ...]:
    found = records.owned(reader, plan.id, Kind.OBJECTIVE) if plan else []
    return tuple(thing for thing in found if isinstance(thing, Objective))


def _posts(reader: Reader, ocg_id: UUID, today: date) -> list[Assignment]:
    found = records.owned(reader, ocg_id, Kind.ASSIGNMENT)
    held = [post for post in found if isinstance(post, Assignment)]
    return [post for post in held if overlaps(post.start, post.end, today)]


def around(reader: Reader, ocg_id: UUID, today: date) -> list[Linked]:
    """Return what is linked to an OCG or to a county line it runs today; the OCG itself is not."""
    near = records.links_of(reader, ocg_id)
    lines = lines_of(near, today)
    far = [item for line in lines[:LINES] for item in records.links_of(reader, line)]
    return [*near, *(item for item in far if item.other.kind is not Kind.OCG)]


def lines_of(near: Iterable[Linked], today: date) -> list[UUID]:
    """Return the county lines among what is linked to an OCG, those it may have on a day."""
    lines = [item for item in near if item.other.kind is Kind.COUNTY_LINE]
    return [item.other.id for item in lines if item.link.holds_on(today)]


def coverage(
    linked: Iterable[Linked], actions: Iterable[Action], today: date
) -> tuple[Coverage, ...]:
    """Count what live actions touch among the records linked to an OCG and its lines."""
    reached = {id_ for action in actions if action.is_live for id_ in action.touches}
    sorts: dict[Touch, set[UUID]] = {touch: set() for touch in Touch}
    for item in linked:
        if item.link.holds_on(today) and (sort := _sort(item)):
            sorts[sort].add(item.other.id)
    return tuple(Coverage(sort, len(ids & reached), len(ids)) for sort, ids in sorts.items() if ids)


def _sort(item: Linked) -> Touch | None:
    if item.other.exploited:
        return Touch.EXPLOITED
    if isinstance(item.link, Membership):
        return Touch.PRINCIPALS if item.link.importance == "principal" else None
    if item.link.type == "cuckooed-at" and item.other.kind is Kind.LOCATION:
        return Touch.HOMES
    return {Kind.COUNTY_LINE: Touch.LINES, Kind.COMMODITY: Touch.COMMODITIES}.get(item.other.kind)
