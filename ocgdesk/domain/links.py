"""Links between entities, and what each source says of a field."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from ocgdesk.domain.dates import PartialDate, overlaps
from ocgdesk.domain.fields import FieldType, described
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.things import Marked, Thing
from ocgdesk.domain.values import External, Ground
from ocgdesk.i18n import N_

T = FieldType


class Strength(StrEnum):
    """How sure a link is; drawn solid, dashed and dotted, as i2 does."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    TENTATIVE = "tentative"

    @property
    def rank(self) -> int:
        """2 for confirmed, 1 for unconfirmed, 0 for tentative."""
        return 2 - list(Strength).index(self)


class Basis(StrEnum):
    """Whether something is stated as fact or is an assessment (DPA 2018, s.38)."""

    FACT = "fact"
    ASSESSMENT = "assessment"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Link(Marked):
    """A stated connection between two entities, and the reports that say so."""

    kind: ClassVar[Kind] = Kind.LINK
    base: ClassVar[Base] = Base.LINK

    source: UUID
    target: UUID
    type: str = described(
        N_("Type"), T.CODE, codes="link-types", default="associate", in_table=True
    )
    directed: bool = described(N_("Directed"), T.FLAG, in_table=True)
    weight: float | None = described(N_("Weight"), T.NUMBER, in_table=True)
    unit: str = described(N_("Unit of weight"), in_table=True)
    strength: str = described(
        N_("Strength"),
        T.CODE,
        codes="strengths",
        default=Strength.UNCONFIRMED.value,
        in_table=True,
    )
    start: PartialDate | None = described(N_("From"), T.PARTIAL_DATE, in_table=True)
    end: PartialDate | None = described(N_("To"), T.PARTIAL_DATE, in_table=True)
    basis: str = described(N_("Basis"), T.CODE, codes="bases", default=Basis.FACT.value)
    note: str = described(N_("Note"), T.LONG_TEXT)
    reports: tuple[UUID, ...] = described(N_("Rests on"), T.ENTITIES)
    externals: tuple[External, ...] = described(N_("External references"), T.EXTERNALS)

    @property
    def is_loop(self) -> bool:
        """Whether it joins an entity to itself."""
        return self.source == self.target

    def holds_on(self, day: date) -> bool:
        """Tell whether the link may have held on this day."""
        return overlaps(self.start, self.end, day)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Membership(Link):
    """A nominal's place in an OCG: ``source`` is the nominal, ``target`` the OCG."""

    kind: ClassVar[Kind] = Kind.MEMBERSHIP

    type: str = described(
        N_("Type"), T.CODE, codes="link-types", default="member-of", in_table=True
    )
    role: str = described(N_("Role"), T.CODE, codes="roles", default="associate", in_table=True)
    importance: str = described(
        N_("Importance"), T.CODE, codes="importances", default="peripheral", in_table=True
    )
    confidence: str = described(N_("Confidence"), T.CODE, codes="confidences", in_table=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Attribution(Link):
    """Who is thought to have used a handle: ``source`` is the handle, ``target`` the nominal."""

    kind: ClassVar[Kind] = Kind.ATTRIBUTION

    type: str = described(
        N_("Type"), T.CODE, codes="link-types", default="attributed-to", in_table=True
    )
    basis: str = described(N_("Basis"), T.CODE, codes="bases", default=Basis.ASSESSMENT.value)
    confidence: str = described(
        N_("Confidence"), T.CODE, codes="confidences", default="possible", in_table=True
    )
    status: str = described(
        N_("Status"), T.CODE, codes="attribution-statuses", default="proposed", in_table=True
    )
    grounds: tuple[Ground, ...] = described(N_("Grounds"), T.GROUNDS)
    analyst: UUID | None = described(N_("Analyst"), T.ENTITY)
    reviewer: UUID | None = described(N_("Reviewer"), T.ENTITY)
    grade: str = described(N_("Grading"), T.GRADE, in_table=True, mono=True)
    proposed_on: date | None = described(N_("Proposed"), T.DAY)
    reviewed_on: date | None = described(N_("Reviewed"), T.DAY)
    outcome: str = described(N_("Reason for the outcome"), T.LONG_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Assertion(Thing):
    """What one source says of one field of a record; the record shows the chosen value."""

    kind: ClassVar[Kind] = Kind.ASSERTION
    base: ClassVar[Base] = Base.ASSERTION

    subject: UUID
    """The entity or link it speaks of."""
    field: str = described(N_("Field"))
    value: str = described(N_("Value"), T.LONG_TEXT)
    basis: str = described(N_("Basis"), T.CODE, codes="bases", default=Basis.FACT.value)
    start: PartialDate | None = described(N_("From"), T.PARTIAL_DATE)
    end: PartialDate | None = described(N_("To"), T.PARTIAL_DATE)
    chosen: bool = described(N_("Chosen"), T.FLAG)
    reason: str = described(N_("Reason"), T.LONG_TEXT)
    reports: tuple[UUID, ...] = described(N_("Rests on"), T.ENTITIES)
