"""All that the page of a record shows, read from one snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from ocgdesk.domain.dates import overlaps
from ocgdesk.domain.entities import Assignment, Nominal, Report
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Membership
from ocgdesk.domain.plans import Plan, StrandCount, strand_counts
from ocgdesk.domain.things import Entity
from ocgdesk.errors import NotFound
from ocgdesk.store import history, planning, recent, records
from ocgdesk.store.history import Event
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, Linked


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A record with its links, what they rest on, and who answers for it."""

    brief: Brief
    thing: Entity
    links: tuple[Linked, ...] = ()
    reports: Mapping[UUID, Report] = field(default_factory=dict)
    """The reports its links rest on."""
    citing: tuple[Brief, ...] = ()
    """Of a report: the records at the ends of links that rest on it."""
    posts: tuple[Assignment, ...] = ()
    plan: Plan | None = None
    strands: tuple[StrandCount, ...] = ()
    review_due: date | None = None
    sourced: frozenset[str] = frozenset()
    """Fields whose source is recorded."""
    is_past: bool = False

    @property
    def is_exploited(self) -> bool:
        """Whether it is a person recorded as exploited."""
        return isinstance(self.thing, Nominal) and self.thing.exploited

    @property
    def memberships(self) -> tuple[Linked, ...]:
        """The links that are memberships."""
        return tuple(item for item in self.links if isinstance(item.link, Membership))

    @property
    def others(self) -> tuple[Linked, ...]:
        """The links that are no memberships."""
        return tuple(item for item in self.links if not isinstance(item.link, Membership))

    def post(self, role: str) -> Assignment | None:
        """Return who holds a post today."""
        return next((post for post in self.posts if post.role == role), None)


def read(reader: Reader, id_: UUID, *, today: date, noted: bool) -> Dossier:
    """Return a record; NotFound where this reader knows of none. ``noted`` logs the visit."""
    thing = reader.find(id_)
    if not isinstance(thing, Entity):
        raise NotFound("There is no such record")
    brief = records.brief(reader, id_)
    if noted:
        reader.saw("Open record", [brief.no])
    links = tuple(records.links_of(reader, id_))
    cited = {report for item in links for report in item.link.reports}
    said = records.assertions_of(reader, id_)
    found = Dossier(
        brief=brief,
        thing=thing,
        links=links,
        reports=_reports(reader, cited),
        citing=tuple(records.citing(reader, id_)) if thing.kind is Kind.REPORT else (),
        sourced=frozenset(item.field for item in said),
    )
    return _with_plan(reader, found, today) if thing.kind is Kind.OCG else found


def _reports(reader: Reader, ids: set[UUID]) -> dict[UUID, Report]:
    numbers = list(reader.numbers(ids).values())
    return {thing.id: thing for thing in reader.load(numbers) if isinstance(thing, Report)}


def _with_plan(reader: Reader, found: Dossier, today: date) -> Dossier:
    plan = planning.plan_of(reader, found.thing.id)
    actions = planning.actions_of(reader, plan.id) if plan else []
    posts = [
        post
        for post in records.owned(reader, found.thing.id, Kind.ASSIGNMENT)
        if isinstance(post, Assignment) and overlaps(post.start, post.end, today)
    ]
    due = plan.review_due if plan else None
    return Dossier(
        brief=found.brief,
        thing=found.thing,
        links=found.links,
        reports=found.reports,
        sourced=found.sourced,
        posts=tuple(posts),
        plan=plan,
        strands=strand_counts(actions, today) if plan else (),
        review_due=due or getattr(found.thing, "review_due", None),
    )


def read_past(reader: Reader, id_: UUID, *, moment: datetime) -> Dossier | None:
    """Return a record as this workspace held it at an instant; None where it held none."""
    brief = records.brief(reader, id_)
    reader.saw("Open record as at", [brief.no], at=moment.isoformat())
    thing = history.as_at(reader, brief.no, history.seq_at(reader, moment))
    if not isinstance(thing, Entity):
        return None
    return Dossier(brief=brief, thing=thing, is_past=True)


@dataclass(frozen=True, slots=True)
class Past:
    """The history of a record, oldest first, and who the users are."""

    events: tuple[Event, ...]
    users: Mapping[UUID, str]


def read_history(reader: Reader, id_: UUID) -> Past:
    """Return what was recorded of a record, and when."""
    events = history.of(reader, reader.number(id_))
    return Past(tuple(events), recent.user_names(reader))
