"""All that the page of a record shows, read from one snapshot."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from ocgdesk.casework import lookups, reasons, restricting, subrecords
from ocgdesk.casework.moments import Moment
from ocgdesk.casework.restricting import Access
from ocgdesk.casework.subrecords import NOTHING, Hanging
from ocgdesk.domain.assertions import Backing, backings
from ocgdesk.domain.dates import LONDON, overlaps
from ocgdesk.domain.disruptions import Disruption
from ocgdesk.domain.entities import Assignment, Nominal, Report
from ocgdesk.domain.kinds import SUBRECORDS, Kind
from ocgdesk.domain.links import Membership
from ocgdesk.domain.plans import Action, Plan, StrandCount, strand_counts
from ocgdesk.domain.subrecords import Assessment, Decision
from ocgdesk.domain.things import Entity
from ocgdesk.domain.valid_time import holds
from ocgdesk.errors import NotFound
from ocgdesk.store import claims_listed, history, origins, planning, recent, records
from ocgdesk.store.held import Held
from ocgdesk.store.history import Event
from ocgdesk.store.origins import Origin
from ocgdesk.store.reader import Reader, named_by
from ocgdesk.store.records import Brief, Linked

E = TypeVar("E", bound=Entity)
_OF_AN_OCG = (Kind.PLAN, Kind.ASSIGNMENT, Kind.ASSESSMENT, Kind.DECISION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A record with its links, what they rest on, and who answers for it."""

    brief: Brief
    thing: Entity
    links: tuple[Linked, ...] = ()
    reports: Mapping[UUID, Report] = field(default_factory=dict)
    """The reports its links and fields rest on."""
    citing: tuple[Brief, ...] = ()
    """Of a report: the records at the ends of links that rest on it."""
    posts: tuple[Assignment, ...] = ()
    assigned: tuple[Assignment, ...] = ()
    """Of an OCG: who answers and answered for it, in the order it was entered."""
    assessments: tuple[Assessment, ...] = ()
    decisions: tuple[Decision, ...] = ()
    successor: Brief | None = None
    """Of an OCG that was merged: the one it goes on as."""
    plan: Plan | None = None
    strands: tuple[StrandCount, ...] = ()
    review_due: date | None = None
    last_disruption: date | None = None
    """Of an OCG: the day of the last accepted disruption against it."""
    said: Mapping[str, Backing] = field(default_factory=dict)
    """What sources say of its fields, where anything is noted."""
    hanging: Hanging = NOTHING
    """The sub-records on file, by kind."""
    access: Access | None = None
    """Who may know of it, where it is restricted."""
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

    @property
    def newest_reports(self) -> tuple[Report, ...]:
        """The reports its links and fields rest on, the newest first."""
        known = self.reports.values()
        return tuple(sorted(known, key=lambda item: str(item.reported or ""), reverse=True))

    def post(self, role: str) -> Assignment | None:
        """Return who holds a post today."""
        return next((post for post in self.posts if post.role == role), None)


def read_at(
    reader: Reader, id_: UUID, *, moment: Moment, today: date, noted: bool, asked: bool
) -> Dossier | None:
    """Return a record as it is, or at another time; None where none was held then.

    Raises NotFound where this reader knows of none, ReasonWanted where a reason is to be given
    first; ``asked`` says that one was asked for.
    """
    if moment.as_at is None:
        found: Dossier | None = read(reader, id_, today=today, noted=noted, asked=asked)
    else:
        found = read_past(reader, id_, moment=moment.as_at, asked=asked)
    return found if found is None or moment.on is None else _held_on(found, moment.on)


def _held_on(found: Dossier, day: date) -> Dossier:
    """Return a record with what held on a day only: links, posts, orders and the like."""
    things = {kind: some for kind, of in found.hanging.things.items() if (some := _some(of, day))}
    return replace(
        found,
        links=tuple(item for item in found.links if item.link.holds_on(day)),
        posts=tuple(post for post in found.assigned if holds(post, day)),
        assigned=_some(found.assigned, day),
        hanging=replace(found.hanging, things=things),
        is_past=True,
    )


def _some(things: Iterable[E], day: date) -> tuple[E, ...]:
    return tuple(thing for thing in things if holds(thing, day))


def read(reader: Reader, id_: UUID, *, today: date, noted: bool, asked: bool = True) -> Dossier:
    """Return a record; NotFound where this reader knows of none. ``noted`` logs the visit."""
    thing = reader.find(id_)
    if not isinstance(thing, Entity):
        raise NotFound("There is no such record")
    brief = records.brief(reader, id_)
    reasons.check_open(reader, brief, asked=asked)
    if noted:
        reader.saw("Open record", [brief.no])
    links = tuple(records.links_of(reader, id_))
    said = backings(thing, records.assertions_of(reader, id_))
    found = Dossier(
        brief=brief,
        thing=thing,
        links=links,
        reports=_reports(reader, _cited(links, said)),
        citing=tuple(records.citing(reader, id_)) if thing.kind is Kind.REPORT else (),
        said=said,
        hanging=subrecords.of(reader, id_),
        access=restricting.access(reader, id_) if brief.restricted else None,
    )
    if thing.kind is not Kind.OCG:
        return found
    plan = planning.plan_of(reader, id_)
    owned = records.owned(reader, id_, Kind.ASSIGNMENT, Kind.ASSESSMENT, Kind.DECISION)
    into = getattr(thing, "merged_into", None)
    planned = _with_plan(
        found,
        today,
        plan=plan,
        actions=planning.actions_of(reader, plan.id) if plan else [],
        posts=[post for post in owned if isinstance(post, Assignment)],
    )
    return replace(
        planned,
        assessments=tuple(item for item in owned if isinstance(item, Assessment)),
        decisions=tuple(item for item in owned if isinstance(item, Decision)),
        successor=records.by_ids(reader, [into]).get(into) if into else None,
        last_disruption=claims_listed.last_against(reader, [id_]).get(id_),
    )


def _cited(links: Iterable[Linked], said: Mapping[str, Backing]) -> set[UUID]:
    """Return the ids of the reports that links and fields rest on."""
    of_links = {report for item in links for report in item.link.reports}
    stated = (item for backing in said.values() for item in (*backing.agreeing, *backing.others))
    return of_links.union(*(item.reports for item in stated))


def _reports(reader: Reader, ids: set[UUID]) -> dict[UUID, Report]:
    numbers = list(reader.numbers(ids).values())
    return {thing.id: thing for thing in reader.load(numbers) if isinstance(thing, Report)}


def _with_plan(
    found: Dossier,
    day: date,
    *,
    plan: Plan | None,
    actions: Sequence[Action],
    posts: Sequence[Assignment],
) -> Dossier:
    due = plan.review_due if plan else None
    return replace(
        found,
        posts=tuple(post for post in posts if overlaps(post.start, post.end, day)),
        assigned=tuple(posts),
        plan=plan,
        strands=strand_counts(actions, day) if plan else (),
        review_due=due or getattr(found.thing, "review_due", None),
    )


def read_past(reader: Reader, id_: UUID, *, moment: datetime, asked: bool = True) -> Dossier | None:
    """Return a record as this workspace held it at an instant; None where it held none.

    It may be one that was taken out since.
    """
    brief, _gone = lookups.find(reader, str(id_))
    reasons.check_open(reader, brief, asked=asked)
    reader.saw("Open record as at", [brief.no], at=moment.isoformat())
    held = Held(reader, history.seq_at(reader, moment))
    thing = held.entities([id_]).get(id_)
    if thing is None:
        return None
    links = tuple(held.links_of(id_))
    said = backings(thing, held.assertions_of(id_))
    own = held.hanging(id_, (*SUBRECORDS, *_OF_AN_OCG))
    cited = held.entities(_cited(links, said)).values()
    found = Dossier(
        brief=held.briefs([id_])[id_],
        thing=thing,
        links=links,
        reports={report.id: report for report in cited if isinstance(report, Report)},
        citing=tuple(held.citing(id_)) if thing.kind is Kind.REPORT else (),
        said=said,
        hanging=_past_hanging(held, [one for one in own if one.kind in SUBRECORDS]),
        is_past=True,
    )
    return _with_past_plan(held, found, moment, own) if thing.kind is Kind.OCG else found


def _last_then(held: Held, ocg: UUID) -> date | None:
    """Return the day of the last disruption of an OCG that was accepted then."""
    claims = (one for one in held.claims_on([ocg]) if isinstance(one, Disruption))
    days = (one.on for one in claims if one.status == "accepted" and one.on is not None)
    return max(days, default=None)


def _past_hanging(held: Held, things: Sequence[Entity]) -> Hanging:
    named = held.briefs({other for thing in things for other in named_by(thing)})
    return Hanging(things=subrecords.by_kind(things), named=named)


def _with_past_plan(held: Held, found: Dossier, moment: datetime, own: Sequence[Entity]) -> Dossier:
    """Return an OCG with what it owned then: its plan, who answered for it, scores, decisions."""

    def of(cls: type[E]) -> list[E]:
        return [thing for thing in own if isinstance(thing, cls)]

    plan = next(reversed(of(Plan)), None)
    planned = _with_plan(
        found,
        moment.astimezone(LONDON).date(),
        plan=plan,
        actions=held.owned(plan.id, Action) if plan else [],
        posts=of(Assignment),
    )
    into = getattr(found.thing, "merged_into", None)
    return replace(
        planned,
        assessments=tuple(of(Assessment)),
        decisions=tuple(of(Decision)),
        successor=held.briefs([into]).get(into) if into else None,
        last_disruption=_last_then(held, found.thing.id),
    )


@dataclass(frozen=True, slots=True)
class Past:
    """The history of a record, oldest first, and who the users are."""

    events: tuple[Event, ...]
    users: Mapping[UUID, str]
    origins: tuple[Origin, ...] = ()
    """The files it came from, the newest first."""


def read_history(reader: Reader, id_: UUID) -> Past:
    """Return what was recorded of a record, and when."""
    events = history.of(reader, reader.number(id_))
    return Past(tuple(events), recent.user_names(reader), tuple(origins.of(reader, id_)))
