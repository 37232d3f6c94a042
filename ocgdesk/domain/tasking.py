"""Tasking: the groups that meet, their meetings and agenda, and requests to the gateway."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from ocgdesk.domain.fields import FieldType, Search, described
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import N_

T = FieldType


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class MeetingGroup(Entity):
    """A group that meets again and again: a TTCG, an OCG management meeting, a SOCJAG, a board."""

    kind: ClassVar[Kind] = Kind.MEETING_GROUP

    name: str = described(
        N_("Name"), required=True, is_label=True, search=Search.NAME, in_table=True
    )
    group_type: str = described(
        N_("Type"), T.CODE, codes="meeting-types", default="force-ttcg", in_table=True
    )
    agency: str = described(N_("Agency"), T.CODE, codes="agencies", in_table=True)
    area: str = described(N_("Local area"), search=Search.TEXT, in_table=True)
    pillar: str = described(N_("Pillar"), T.CODE, codes="pillars", in_table=True)
    weeks: int | None = described(N_("Meets every so many weeks"), T.INTEGER, in_table=True)
    ended: date | None = described(N_("Ended"), T.DAY)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class GroupMember(Entity):
    """Who sits in a group, for which agency, as what."""

    kind: ClassVar[Kind] = Kind.GROUP_MEMBER
    owners: ClassVar[tuple[Kind, ...]] = (Kind.MEETING_GROUP,)

    person: str = described(
        N_("Member"), required=True, is_label=True, search=Search.NAME, in_table=True
    )
    agency: str = described(N_("Agency"), T.CODE, codes="agencies", in_table=True)
    role: str = described(N_("Role"), T.CODE, codes="group-roles", default="member", in_table=True)
    start: date | None = described(N_("From"), T.DAY, in_table=True)
    end: date | None = described(N_("To"), T.DAY, in_table=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Meeting(Entity):
    """One meeting of a group: its date, who came, and whether its decisions were recorded."""

    kind: ClassVar[Kind] = Kind.MEETING
    owners: ClassVar[tuple[Kind, ...]] = (Kind.MEETING_GROUP,)

    title: str = described(
        N_("Title"), required=True, is_label=True, search=Search.TEXT, in_table=True
    )
    held: date | None = described(N_("Date"), T.DAY, in_table=True)
    status: str = described(
        N_("Status"), T.CODE, codes="meeting-statuses", default="planned", in_table=True
    )
    chair: str = described(N_("Chair"), search=Search.NAME, in_table=True)
    attendance: tuple[str, ...] = described(N_("Attendance"), T.TEXTS)
    minutes: str = described(N_("Minutes"), T.LONG_TEXT, search=Search.TEXT)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class AgendaItem(Entity):
    """What a meeting is to decide, and what it decided; applied to its subject once."""

    kind: ClassVar[Kind] = Kind.AGENDA_ITEM
    owners: ClassVar[tuple[Kind, ...]] = (Kind.MEETING,)

    title: str = described(
        N_("Item"), required=True, is_label=True, search=Search.TEXT, in_table=True
    )
    position: int = described(N_("Position"), T.INTEGER, default=0, in_table=True)
    source: str = described(
        N_("Comes from"), T.CODE, codes="agenda-sources", default="grid", in_table=True
    )
    about: UUID | None = described(N_("About"), T.ENTITY, in_table=True)
    threat: str = described(N_("Threat"), T.CODE, codes="control-strategy", in_table=True)
    decision: str = described(N_("Decision"), T.CODE, codes="tasking-decisions", in_table=True)
    rationale: str = described(N_("Rationale"), T.LONG_TEXT, search=Search.TEXT)
    resources: str = described(N_("Resources"), in_table=True)
    review_on: date | None = described(N_("Review on"), T.DAY, in_table=True)
    decided: date | None = described(N_("Decided"), T.DAY, in_table=True)
    plan_version: int | None = described(N_("On plan version"), T.INTEGER)
    applied: bool = described(N_("Applied"), T.FLAG, in_table=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Request(Entity):
    """A request to the gateway of a ROCU, from receipt to result, with the days of each step."""

    kind: ClassVar[Kind] = Kind.REQUEST

    title: str = described(
        N_("Request"), required=True, is_label=True, search=Search.TEXT, in_table=True
    )
    origin: str = described(
        N_("Origin"), T.CODE, codes="request-origins", default="force", in_table=True
    )
    agency: str = described(N_("From"), T.CODE, codes="agencies", in_table=True)
    requester: str = described(N_("Requested by"), search=Search.NAME)
    unit: str = described(N_("Unit that answers"), T.CODE, codes="agency-units", in_table=True)
    status: str = described(
        N_("Status"), T.CODE, codes="request-statuses", default="received", in_table=True
    )
    priority: str = described(
        N_("Priority"), T.CODE, codes="priorities", default="medium", in_table=True
    )
    about: tuple[UUID, ...] = described(N_("About"), T.ENTITIES)
    operation: UUID | None = described(N_("Operation"), T.ENTITY, in_table=True)
    received: date | None = described(N_("Received"), T.DAY, in_table=True)
    assessed: date | None = described(N_("Assessed"), T.DAY, in_table=True)
    prioritised: date | None = described(N_("Prioritised"), T.DAY)
    allocated: date | None = described(N_("Allocated"), T.DAY, in_table=True)
    closed: date | None = described(N_("Closed"), T.DAY, in_table=True)
    result: str = described(N_("Result"), T.CODE, codes="request-results", in_table=True)
    reason: str = described(N_("Reason"), T.LONG_TEXT, search=Search.TEXT)
