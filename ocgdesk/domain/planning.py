"""What a 4P plan is made of beside its objectives and actions; each part is owned by the plan.

Signed versions and reviews are history: they are put once and never changed. No national form
of a 4P plan is public, so the sections are own ones, after the practice papers named in the
reference lists.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from ocgdesk.domain.fields import FieldType, Search, described
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import N_

T = FieldType


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Requirement(Entity):
    """What has to be found out: a ghost on the chart until a report answers it."""

    kind: ClassVar[Kind] = Kind.REQUIREMENT
    owners: ClassVar[tuple[Kind, ...]] = (Kind.PLAN,)

    question: str = described(
        N_("Question"), required=True, is_label=True, search=Search.TEXT, in_table=True
    )
    about: tuple[UUID, ...] = described(N_("About"), T.ENTITIES)
    officer: str = described(N_("Owner"), search=Search.NAME, in_table=True)
    user: UUID | None = described(N_("User"), T.ENTITY)
    due: date | None = described(N_("Due"), T.DAY, in_table=True)
    status: str = described(
        N_("Status"), T.CODE, codes="requirement-statuses", default="open", in_table=True
    )
    answer: UUID | None = described(N_("Answered by"), T.ENTITY, in_table=True)
    closed: date | None = described(N_("Closed"), T.DAY)
    note: str = described(N_("Note"), T.LONG_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Partner(Entity):
    """An agency that works on the plan: whom to call, and what it may be told."""

    kind: ClassVar[Kind] = Kind.PARTNER
    owners: ClassVar[tuple[Kind, ...]] = (Kind.PLAN,)

    agency: str = described(
        N_("Agency"), T.CODE, codes="agencies", required=True, is_label=True, in_table=True
    )
    contact: str = described(N_("Single point of contact"), search=Search.NAME, in_table=True)
    basis: str = described(N_("Sharing basis"), T.CODE, codes="sharing-bases", in_table=True)
    may_see: str = described(N_("May see"), T.CODE, codes="sharing-levels", in_table=True)
    note: str = described(N_("Note"), T.LONG_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class PlanRisk(Entity):
    """A risk the plan runs or answers: to life, safeguarding, community, tactics, corruption."""

    kind: ClassVar[Kind] = Kind.PLAN_RISK
    owners: ClassVar[tuple[Kind, ...]] = (Kind.PLAN,)

    risk: str = described(
        N_("Risk"), required=True, is_label=True, search=Search.TEXT, in_table=True
    )
    risk_type: str = described(
        N_("Type"), T.CODE, codes="plan-risk-types", default="community", in_table=True
    )
    mitigation: str = described(N_("Mitigation"), T.LONG_TEXT, search=Search.TEXT)
    officer: str = described(N_("Owner"), search=Search.NAME, in_table=True)
    review_due: date | None = described(N_("Review due"), T.DAY, in_table=True)
    closed: date | None = described(N_("Closed"), T.DAY, in_table=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class StrandNote(Entity):
    """What is said of one P as a whole: its impact, or why it is not applicable for now.

    "Not applicable" holds until the next review, which asks again.
    """

    kind: ClassVar[Kind] = Kind.STRAND_NOTE
    owners: ClassVar[tuple[Kind, ...]] = (Kind.PLAN,)

    strand: str = described(N_("Strand"), T.CODE, codes="strands", default="pursue", in_table=True)
    note_type: str = described(
        N_("Type"), T.CODE, codes="strand-note-types", default="impact", in_table=True
    )
    text: str = described(
        N_("Text"), T.LONG_TEXT, required=True, is_label=True, search=Search.TEXT, in_table=True
    )
    written: date | None = described(N_("Written"), T.DAY, in_table=True)
    author: str = described(N_("Author"), in_table=True)
    until: date | None = described(N_("Until"), T.DAY, in_table=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Review(Entity):
    """One review of a plan: when, by whom, on what agenda, with what result."""

    kind: ClassVar[Kind] = Kind.REVIEW
    owners: ClassVar[tuple[Kind, ...]] = (Kind.PLAN,)

    held: date | None = described(N_("Held"), T.DAY, in_table=True)
    meeting: str = described(
        N_("Meeting"), required=True, is_label=True, search=Search.TEXT, in_table=True
    )
    is_joint: bool = described(N_("Joint review of LRO and SIO"), T.FLAG, in_table=True)
    attendance: tuple[str, ...] = described(N_("Attendance"), T.TEXTS)
    agenda: str = described(N_("Agenda"), T.LONG_TEXT)
    result: str = described(N_("Result"), T.LONG_TEXT, search=Search.TEXT)
    lessons: str = described(N_("Lessons"), T.LONG_TEXT, search=Search.TEXT)
    next_due: date | None = described(N_("Next review"), T.DAY, in_table=True)
    signed_version: int | None = described(N_("Version signed"), T.INTEGER, in_table=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class PlanVersion(Entity):
    """A plan as it was signed: who, when, and the hash of its content. Never changed."""

    kind: ClassVar[Kind] = Kind.PLAN_VERSION
    owners: ClassVar[tuple[Kind, ...]] = (Kind.PLAN,)

    number: int = described(N_("Version"), T.INTEGER, default=1, in_table=True)
    title: str = described(N_("Title"), required=True, is_label=True, in_table=True)
    signed: datetime | None = described(N_("Signed"), T.INSTANT, in_table=True)
    signed_by: str = described(N_("Signed by"), in_table=True)
    user: UUID | None = described(N_("User"), T.ENTITY)
    countersigned_by: str = described(N_("Countersigned by"), in_table=True)
    entry: int | None = described(N_("Journal entry"), T.INTEGER)
    digest: str = described(N_("SHA-256"), mono=True)
    content: str = described(N_("Content"), T.LONG_TEXT)
    records: tuple[UUID, ...] = described(N_("Records it rests on"), T.ENTITIES)
    note: str = described(N_("Note"), T.LONG_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Advice(Entity):
    """A suggestion of the program that somebody accepted or dismissed, with the reason."""

    kind: ClassVar[Kind] = Kind.ADVICE
    owners: ClassVar[tuple[Kind, ...]] = (Kind.PLAN,)

    rule: str = described(
        N_("Suggestion"),
        T.CODE,
        codes="plan-suggestions",
        required=True,
        is_label=True,
        in_table=True,
    )
    about: UUID | None = described(N_("About"), T.ENTITY, in_table=True)
    answer: str = described(
        N_("Answer"), T.CODE, codes="advice-answers", default="dismissed", in_table=True
    )
    reason: str = described(N_("Reason"), T.LONG_TEXT)
    answered: date | None = described(N_("Answered"), T.DAY, in_table=True)
    answered_by: str = described(N_("By"), in_table=True)
    action: UUID | None = described(N_("Action"), T.ENTITY, in_table=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Handover(Entity):
    """An OCG handed from one officer to another: the pack, and the sign-off of both."""

    kind: ClassVar[Kind] = Kind.HANDOVER
    owners: ClassVar[tuple[Kind, ...]] = (Kind.OCG,)

    title: str = described(N_("Title"), required=True, is_label=True, in_table=True)
    role: str = described(
        N_("Role"), T.CODE, codes="assignment-roles", default="lro", in_table=True
    )
    giver: str = described(N_("From"), search=Search.NAME, in_table=True)
    taker: str = described(N_("To"), search=Search.NAME, in_table=True)
    giver_user: UUID | None = described(N_("User who hands over"), T.ENTITY)
    taker_user: UUID | None = described(N_("User who takes over"), T.ENTITY)
    prepared: date | None = described(N_("Prepared"), T.DAY, in_table=True)
    given: datetime | None = described(N_("Signed off by who hands over"), T.INSTANT)
    taken: datetime | None = described(N_("Signed off by who takes over"), T.INSTANT)
    pack: str = described(N_("Pack"), T.LONG_TEXT)
    digest: str = described(N_("SHA-256"), mono=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class PlanTemplate(Entity):
    """Objectives and actions to begin a plan with, taken from any plan."""

    kind: ClassVar[Kind] = Kind.PLAN_TEMPLATE

    title: str = described(
        N_("Title"), required=True, is_label=True, search=Search.TEXT, in_table=True
    )
    threats: tuple[str, ...] = described(N_("For threat types"), T.CODES, codes="threat-types")
    note: str = described(N_("Note"), T.LONG_TEXT)
    content: str = described(N_("Content"), T.LONG_TEXT)
    retired: bool = described(N_("No longer offered"), T.FLAG, in_table=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Lesson(Entity):
    """What worked or did not, where and for whom; it may name a tactic of the library."""

    kind: ClassVar[Kind] = Kind.LESSON

    title: str = described(
        N_("Lesson"), required=True, is_label=True, search=Search.TEXT, in_table=True
    )
    worked: str = described(
        N_("Did it work"), T.CODE, codes="lesson-results", default="worked", in_table=True
    )
    strand: str = described(N_("Strand"), T.CODE, codes="strands", default="pursue", in_table=True)
    tactic: str = described(N_("Tactic"), T.CODE, codes="tactics", in_table=True)
    place: str = described(N_("Where"), in_table=True)
    whom: str = described(N_("For whom"), in_table=True)
    text: str = described(N_("What happened"), T.LONG_TEXT, search=Search.TEXT)
    plan: UUID | None = described(N_("Plan"), T.ENTITY)
    learned: date | None = described(N_("Date"), T.DAY, in_table=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Snooze(Entity):
    """A reminder that one user put off, or that went to the coordinator."""

    kind: ClassVar[Kind] = Kind.SNOOZE

    about: UUID = described(N_("About"), T.ENTITY, required=True)
    user: UUID | None = described(N_("User"), T.ENTITY)
    reason: str = described(N_("Reason"), is_label=True, in_table=True)
    until: date | None = described(N_("Until"), T.DAY, in_table=True)
    escalated: date | None = described(N_("Escalated"), T.DAY, in_table=True)
