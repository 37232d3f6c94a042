"""Tasking as a page shows it: who meets when, a meeting in full, the gateway, caseload."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Final
from uuid import UUID

from ocgdesk.casework import gateway, tasking
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.plans import Action
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.domain.tasking import AgendaItem, GroupMember, Meeting, MeetingGroup, Request
from ocgdesk.store import records, tasking_book
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.store.tasking_book import Counted

PAST: Final = timedelta(days=183)
"""Meetings longer ago are not listed beside those to come."""
MEASURED: Final = timedelta(days=91)
"""The gateway's times are of the requests received in so many days."""
OPEN: Final = ("received", "assessed", "prioritised", "allocated")
"""The statuses of requests that are not closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A meeting in the list: whose it is, and how far its agenda is."""

    meeting: Meeting
    group: MeetingGroup
    counted: Counted

    @property
    def is_open(self) -> bool:
        """Whether it is still to be held or closed."""
        return self.meeting.status not in {"closed", "cancelled"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """An item of an agenda with the record it is about, as far as the reader may know of it."""

    item: AgendaItem
    about: Brief | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """One meeting with all that belongs to it."""

    listed: Listed
    points: tuple[Point, ...]
    actions: tuple[Action, ...]
    before: tuple[Action, ...]
    """Live actions of the group's other meetings."""
    members: tuple[GroupMember, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The groups, their meetings, and the one that is looked at."""

    groups: tuple[MeetingGroup, ...]
    meetings: tuple[Listed, ...]
    chosen: Chosen | None


def read(reader: Reader, meeting: UUID | None, *, today: date) -> Book:
    """Return the meetings, the next one first; with the one asked for, or the next, in full."""
    groups = tuple(tasking_book.groups(reader))
    listed = _listed(reader, groups, today)
    ids = [one.meeting.id for one in listed]
    at = ids.index(meeting) if meeting in ids else 0
    chosen = _chosen(reader, listed[at]) if listed else None
    return Book(groups=groups, meetings=listed, chosen=chosen)


def _listed(reader: Reader, groups: Sequence[MeetingGroup], today: date) -> tuple[Listed, ...]:
    by_id = {group.id: group for group in groups}
    held = tasking_book.meetings(reader, since=today - PAST)
    counts = tasking_book.counted(reader, [one.id for one in held])
    found = [
        Listed(meeting=one, group=by_id[one.owner], counted=counts.get(one.id, Counted()))
        for one in held
        if one.owner in by_id
    ]
    to_come = [one for one in found if one.is_open]
    past = [one for one in found if not one.is_open]
    to_come.sort(key=lambda one: one.meeting.held or date.max)
    return (*to_come, *past)


def _chosen(reader: Reader, listed: Listed) -> Chosen:
    meeting = listed.meeting
    items = tasking.items(reader, meeting.id)
    about = _briefs(reader, [item.about for item in items if item.about])
    actions = _actions(reader, meeting.id)
    known = {action.id for action in actions}
    before = tasking.outstanding(reader, listed.group.id)
    members = records.owned(reader, listed.group.id, Kind.GROUP_MEMBER)
    return Chosen(
        listed=listed,
        points=tuple(Point(item=i, about=about.get(i.about) if i.about else None) for i in items),
        actions=actions,
        before=tuple(one for one in before if one.id not in known),
        members=tuple(one for one in members if isinstance(one, GroupMember)),
    )


def _briefs(reader: Reader, ids: Collection[UUID]) -> dict[UUID, Brief]:
    numbers = reader.numbers(ids)
    return {one.id: one for one in records.briefs(reader, list(numbers.values()))}


def _actions(reader: Reader, meeting: UUID) -> tuple[Action, ...]:
    found = records.owned(reader, meeting, Kind.ACTION)
    return tuple(one for one in found if isinstance(one, Action))


# ---- The gateway --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A request in the list: what it is about, how long it waits, and the days of its steps."""

    request: Request
    about: tuple[Brief, ...]
    age: int | None
    days: Mapping[str, int]

    @property
    def next_step(self) -> str:
        """The step that comes next; empty where it is closed."""
        at = gateway.STEPS.index(self.request.status) + 1
        return gateway.STEPS[at] if at < len(gateway.STEPS) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """The requests, how many stand where, and how long each step takes now."""

    rows: tuple[Waiting, ...]
    counts: Mapping[str, int]
    medians: Mapping[str, float]
    """The median of days from the step before, of requests received in the last three months."""
    measured: int
    """How many requests these are of."""


def the_gateway(
    reader: Reader, statuses: Collection[str] = OPEN, *, today: date, limit: int = 500
) -> Gateway:
    """Return the requests in these statuses, the longest waiting first."""
    found = tasking_book.requests(reader, statuses, limit=limit)
    about = _briefs(reader, [id_ for request in found for id_ in request.about])
    days = tasking_book.request_days(reader, today - MEASURED)
    return Gateway(
        rows=tuple(
            Waiting(
                request=one,
                about=tuple(about[id_] for id_ in one.about if id_ in about),
                age=gateway.age(one, today),
                days=gateway.days_taken(one),
            )
            for one in found
        ),
        counts=tasking_book.requests_by_status(reader),
        medians=_medians(days),
        measured=len(days),
    )


def _medians(rows: Sequence[Sequence[date | None]]) -> dict[str, float]:
    taken: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        for step, days in gateway.days_between(row).items():
            taken[step].append(days)
    return {step: median(days) for step, days in taken.items()}


# ---- Caseload -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """The operations of one unit, by phase."""

    agency: str
    unit: str
    phases: Mapping[str, int]

    @property
    def open(self) -> int:
        """How many are not closed."""
        return sum(count for phase, count in self.phases.items() if phase != "closed")


def caseload(reader: Reader, agencies: Collection[str] = ()) -> tuple[Load, ...]:
    """Return how many operations each unit has in each phase, by agency and unit."""
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for agency, unit, phase, count in tasking_book.caseload(reader, agencies):
        found[agency, unit][phase] = count
    return tuple(
        Load(agency=agency, unit=unit, phases=phases) for (agency, unit), phases in found.items()
    )


def phases() -> tuple[tuple[str, str], ...]:
    """Return the phases of operations in their order, with their words."""
    return tuple((one.code, label("operation-phases", one.code))
                 for one in code_list("operation-phases"))  # fmt: skip
