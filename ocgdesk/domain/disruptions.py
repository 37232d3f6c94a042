"""Disruptions and what came of them: claimed, moderated by somebody else, counted in returns.

A disruption is intentional activity after which an OCG or individual cannot operate at its usual
level, or the risk from a threat or vulnerability falls, for a time (ROCU reports to the SPCB,
January 2020 and 2021). No agreed wording of the levels is public: theirs is a local default.
"""

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
class Disruption(Entity):
    """One agency's claim to have disrupted an OCG, an individual, a vulnerability or a threat."""

    kind: ClassVar[Kind] = Kind.DISRUPTION

    title: str = described(
        N_("Disruption"), required=True, is_label=True, search=Search.TEXT, in_table=True
    )
    on: date | None = described(N_("Date"), T.DAY, in_table=True)
    against: str = described(
        N_("Against"), T.CODE, codes="disruption-targets", default="ocg", in_table=True
    )
    subjects: tuple[UUID, ...] = described(N_("Subjects"), T.ENTITIES)
    threat: str = described(N_("Threat"), T.CODE, codes="control-strategy", in_table=True)
    strand: str = described(N_("Strand"), T.CODE, codes="strands", in_table=True)
    level: str = described(N_("Level"), T.CODE, codes="disruption-levels", in_table=True)
    agency: str = described(N_("Claimed by"), T.CODE, codes="agencies", in_table=True)
    unit: str = described(N_("Unit"), in_table=True)
    part: str = described(
        N_("Lead or support"), T.CODE, codes="claim-parts", default="lead", in_table=True
    )
    others: tuple[str, ...] = described(N_("With"), T.CODES, codes="agencies")
    support_reason: str = described(
        N_("Why it could not have happened without the support"), T.LONG_TEXT
    )
    operation: UUID | None = described(N_("Operation"), T.ENTITY, in_table=True)
    powers: tuple[str, ...] = described(N_("Powers used"), T.CODES, codes="legal-powers")
    actions: tuple[UUID, ...] = described(N_("Actions of the plan"), T.ENTITIES)
    narrative: str = described(N_("Narrative"), T.LONG_TEXT, search=Search.TEXT)
    evidence: tuple[str, ...] = described(N_("Evidence"), T.TEXTS, search=Search.TEXT)
    lasts: str = described(
        N_("Expected to last"), T.CODE, codes="disruption-durations", in_table=True
    )
    impact: str = described(N_("Impact statement"), T.LONG_TEXT, search=Search.TEXT)
    status: str = described(
        N_("Status"), T.CODE, codes="disruption-statuses", default="draft", in_table=True
    )
    submitted_by: UUID | None = described(N_("Submitted by"), T.ENTITY)
    submitted: date | None = described(N_("Submitted"), T.DAY)
    moderated_by: UUID | None = described(N_("Moderated by"), T.ENTITY)
    moderated: date | None = described(N_("Moderated"), T.DAY)
    moderation: str = described(N_("Moderator's words"), T.LONG_TEXT)
    apmis: str = described(
        N_("APMIS reference"), search=Search.IDENTIFIER, mono=True, in_table=True
    )
    apmis_on: date | None = described(N_("Entered on APMIS"), T.DAY)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Outcome(Entity):
    """One line of what came of a disruption or an operation: a value with its unit.

    Arrests, charges and sentences are counts of criminal-justice steps; ``steps`` names them, so
    that one arrest cannot be claimed twice. A seizure names its line in the commodity ledger.
    """

    kind: ClassVar[Kind] = Kind.OUTCOME
    owners: ClassVar[tuple[Kind, ...]] = (Kind.DISRUPTION, Kind.OPERATION, Kind.OCG)

    measure: str = described(
        N_("Outcome"),
        T.CODE,
        codes="outcome-measures",
        required=True,
        is_label=True,
        in_table=True,
    )
    value: float | None = described(N_("Value"), T.NUMBER, in_table=True)
    unit: str = described(N_("Unit"), T.CODE, codes="units", in_table=True)
    on: date | None = described(N_("Date"), T.DAY, in_table=True)
    strand: str = described(N_("Strand"), T.CODE, codes="strands", in_table=True)
    part: str = described(
        N_("Lead or support"), T.CODE, codes="claim-parts", default="lead", in_table=True
    )
    agency: str = described(N_("Agency"), T.CODE, codes="agencies", in_table=True)
    operation: UUID | None = described(N_("Operation"), T.ENTITY, in_table=True)
    steps: tuple[UUID, ...] = described(N_("Criminal-justice steps"), T.ENTITIES)
    dealing: UUID | None = described(N_("Line of the commodity ledger"), T.ENTITY)
    follow_up: date | None = described(N_("Followed up"), T.DAY)
    impact: str = described(N_("Impact statement"), T.LONG_TEXT, search=Search.TEXT)
