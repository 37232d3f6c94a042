"""Records that hang on another and have a life of their own: dated, sourced, kept when over.

``owners`` says which kinds of record each hangs on. Nothing here is ever a score of a person.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.fields import FieldType, Search, Sensitivity, described
from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.domain.things import Entity
from ocgdesk.domain.values import Answer
from ocgdesk.i18n import N_

T = FieldType
P = Sensitivity.PERSONAL


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Assessment(Entity):
    """One scoring by one person on one day, by one version of one sheet; never overwritten.

    An official score typed in has no answers, only ``total`` and ``band``. Assessments by
    different sheets or versions are never compared (see ``scoring.comparable``).
    """

    kind: ClassVar[Kind] = Kind.ASSESSMENT
    owners: ClassVar[tuple[Kind, ...]] = (Kind.OCG, Kind.COUNTY_LINE)

    sheet: str = described(
        N_("Sheet"), T.CODE, codes="scoring-sheets", required=True, is_label=True, in_table=True
    )
    sheet_version: int = described(N_("Sheet version"), T.INTEGER, default=1, in_table=True)
    score_source: str = described(
        N_("Source of the score"), T.CODE, codes="score-sources", default="local", in_table=True
    )
    assessed: date | None = described(N_("Assessed"), T.DAY, in_table=True)
    scorer: str = described(N_("Scorer"), in_table=True)
    agency: str = described(N_("Agency"), T.CODE, codes="agencies")
    answers: tuple[Answer, ...] = described(N_("Answers"), T.ANSWERS)
    total: float | None = described(N_("Total"), T.NUMBER, in_table=True)
    band: str = described(N_("Band"), in_table=True)
    confidence: str = described(N_("Confidence"), T.CODE, codes="score-confidences")
    rationale: str = described(N_("Rationale"), T.LONG_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Decision(Entity):
    """An entry of a decision or policy log. It can be superseded, never changed or undone."""

    kind: ClassVar[Kind] = Kind.DECISION
    owners: ClassVar[tuple[Kind, ...]] = (*SUBJECTS, Kind.PLAN)

    title: str = described(
        N_("Decision"), required=True, is_label=True, search=Search.TEXT, in_table=True
    )
    decision_type: str = described(
        N_("Type"), T.CODE, codes="decision-types", default="decision", in_table=True
    )
    decided: date | None = described(N_("Decided"), T.DAY, in_table=True)
    decided_by: str = described(N_("Decision-maker"), in_table=True)
    meeting: str = described(N_("Meeting"), in_table=True)
    rationale: str = described(N_("Rationale"), T.LONG_TEXT, search=Search.TEXT)
    supersedes: UUID | None = described(N_("Supersedes"), T.ENTITY)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Note(Entity):
    """A working note on a record; no intelligence, which belongs in a graded report."""

    kind: ClassVar[Kind] = Kind.NOTE
    owners: ClassVar[tuple[Kind, ...]] = (*SUBJECTS, Kind.REPORT)

    text: str = described(
        N_("Note"), T.LONG_TEXT, required=True, is_label=True, search=Search.TEXT, in_table=True
    )
    written: date | None = described(N_("Written"), T.DAY, in_table=True)
    author: str = described(N_("Author"), in_table=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Attachment(Entity):
    """A file kept inside the workspace, once, by the hash of its content."""

    kind: ClassVar[Kind] = Kind.ATTACHMENT
    owners: ClassVar[tuple[Kind, ...]] = (*SUBJECTS, Kind.REPORT, Kind.SAFEGUARDING)

    name: str = described(
        N_("Name"), required=True, is_label=True, search=Search.TEXT, in_table=True
    )
    purpose: str = described(
        N_("Purpose"), T.CODE, codes="attachment-purposes", default="document", in_table=True
    )
    media_type: str = described(N_("Type"), in_table=True)
    size: int | None = described(N_("Size in bytes"), T.INTEGER, in_table=True)
    digest: str = described(N_("SHA-256"), mono=True)
    taken: PartialDate | None = described(N_("Taken"), T.PARTIAL_DATE, in_table=True)
    source: str = described(N_("Source"), in_table=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Marker(Entity):
    """A warning marker on a nominal: what, who says so, until when it has to be looked at again.

    The codes of markers in force also stand on the nominal, for tables and charts.
    """

    kind: ClassVar[Kind] = Kind.MARKER
    owners: ClassVar[tuple[Kind, ...]] = (Kind.NOMINAL,)

    code: str = described(
        N_("Marker"),
        T.CODE,
        codes="warning-markers",
        required=True,
        is_label=True,
        in_table=True,
    )
    source: str = described(N_("Source"), in_table=True)
    stated: PartialDate | None = described(N_("Stated"), T.PARTIAL_DATE, in_table=True)
    review_due: date | None = described(N_("Review due"), T.DAY, in_table=True)
    ended: PartialDate | None = described(N_("Ended"), T.PARTIAL_DATE, in_table=True)
    note: str = described(N_("Note"), T.LONG_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Involvement(Entity):
    """As what a person is on record, in what, from when to when (DPA 2018, s.38).

    Several hold at once. The categories in force also stand on the nominal, for tables.
    """

    kind: ClassVar[Kind] = Kind.INVOLVEMENT
    owners: ClassVar[tuple[Kind, ...]] = (Kind.NOMINAL,)

    category: str = described(
        N_("Category"),
        T.CODE,
        codes="data-subject-categories",
        required=True,
        is_label=True,
        in_table=True,
    )
    matter: UUID | None = described(N_("In"), T.ENTITY, in_table=True)
    basis: str = described(N_("Basis"), T.CODE, codes="bases", default="fact", in_table=True)
    start: PartialDate | None = described(N_("From"), T.PARTIAL_DATE, in_table=True)
    end: PartialDate | None = described(N_("To"), T.PARTIAL_DATE, in_table=True)
    note: str = described(N_("Note"), T.LONG_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Order(Entity):
    """A court order or a management scheme (SCPO and the rest, licence, IOM, MAPPA)."""

    kind: ClassVar[Kind] = Kind.ORDER
    owners: ClassVar[tuple[Kind, ...]] = (Kind.NOMINAL,)

    order_type: str = described(
        N_("Order"), T.CODE, codes="order-types", required=True, is_label=True, in_table=True
    )
    level: str = described(N_("Category or level"), in_table=True)
    terms: str = described(N_("Terms"), T.LONG_TEXT, search=Search.TEXT)
    agency: str = described(N_("Managed by"), T.CODE, codes="agencies", in_table=True)
    start: PartialDate | None = described(N_("From"), T.PARTIAL_DATE, in_table=True)
    end: PartialDate | None = described(N_("Expires"), T.PARTIAL_DATE, in_table=True)
    breached: PartialDate | None = described(N_("Breached"), T.PARTIAL_DATE, in_table=True)
    note: str = described(N_("Note"), T.LONG_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Custody(Entity):
    """A time in custody: remand, sentence or recall, and the release that ends it."""

    kind: ClassVar[Kind] = Kind.CUSTODY
    owners: ClassVar[tuple[Kind, ...]] = (Kind.NOMINAL,)

    custody_type: str = described(
        N_("Custody"), T.CODE, codes="custody-types", required=True, is_label=True, in_table=True
    )
    establishment: str = described(N_("Establishment"), in_table=True)
    start: PartialDate | None = described(N_("From"), T.PARTIAL_DATE, in_table=True)
    release_due: PartialDate | None = described(
        N_("Release expected"), T.PARTIAL_DATE, in_table=True
    )
    released: PartialDate | None = described(N_("Released"), T.PARTIAL_DATE, in_table=True)
    note: str = described(N_("Note"), T.LONG_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Safeguarding(Entity):
    """What is done for somebody recorded as exploited; a victim first.

    A child needs no consent for a referral; an adult who does not consent is notified of
    without a name (Modern Slavery Act 2015, s.52).
    """

    kind: ClassVar[Kind] = Kind.SAFEGUARDING
    owners: ClassVar[tuple[Kind, ...]] = (Kind.NOMINAL,)

    stage: str = described(
        N_("Stage"),
        T.CODE,
        codes="safeguarding-stages",
        default="open",
        is_label=True,
        in_table=True,
    )
    lead: str = described(N_("Safeguarding lead"), in_table=True)
    agency: str = described(N_("Agency"), T.CODE, codes="agencies", in_table=True)
    age_group: str = described(N_("Adult or child"), T.CODE, codes="age-groups", in_table=True)
    referral_basis: str = described(
        N_("Referral basis"), T.CODE, codes="referral-bases", in_table=True
    )
    referred: PartialDate | None = described(N_("Referred"), T.PARTIAL_DATE, in_table=True)
    referral: str = described(N_("NRM reference"), search=Search.IDENTIFIER, mono=True)
    reasonable: str = described(N_("Reasonable grounds"), T.CODE, codes="nrm-decisions")
    reasonable_on: PartialDate | None = described(N_("Decided (reasonable)"), T.PARTIAL_DATE)
    conclusive: str = described(N_("Conclusive grounds"), T.CODE, codes="nrm-decisions")
    conclusive_on: PartialDate | None = described(N_("Decided (conclusive)"), T.PARTIAL_DATE)
    entitlements: tuple[str, ...] = described(
        N_("Victims' Code entitlements offered"), T.CODES, codes="victim-entitlements"
    )
    note: str = described(N_("Note"), T.LONG_TEXT, sensitivity=Sensitivity.PROTECTED)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class RiskFactor(Entity):
    """A risk or health signal: a prompt on the record only, with source and review date.

    Never scored, sorted, filtered or printed by default.
    """

    kind: ClassVar[Kind] = Kind.RISK_FACTOR
    owners: ClassVar[tuple[Kind, ...]] = (Kind.NOMINAL,)

    factor: str = described(
        N_("Prompt"),
        T.CODE,
        codes="risk-factors",
        required=True,
        is_label=True,
        sensitivity=Sensitivity.PROTECTED,
    )
    source: str = described(N_("Source"))
    stated: PartialDate | None = described(N_("Stated"), T.PARTIAL_DATE)
    review_due: date | None = described(N_("Review due"), T.DAY)
    note: str = described(N_("Note"), T.LONG_TEXT, sensitivity=Sensitivity.PROTECTED)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class CourtStep(Entity):
    """A criminal-justice step of one nominal within one operation.

    "Arrested", "charged" and "years sentenced" in a return are counts and sums of these.
    """

    kind: ClassVar[Kind] = Kind.COURT_STEP
    owners: ClassVar[tuple[Kind, ...]] = (Kind.NOMINAL,)

    step: str = described(
        N_("Step"), T.CODE, codes="court-steps", required=True, is_label=True, in_table=True
    )
    operation: UUID | None = described(N_("Operation"), T.ENTITY, in_table=True)
    on: date | None = described(N_("Date"), T.DAY, in_table=True)
    offences: tuple[str, ...] = described(N_("Offences"), T.TEXTS, search=Search.TEXT)
    court: str = described(N_("Court or station"), in_table=True)
    result: str = described(N_("Result"), in_table=True)
    amount: float | None = described(N_("Amount"), T.NUMBER, in_table=True)
    unit: str = described(N_("Unit"), T.CODE, codes="court-units", in_table=True)
    number: str = described(
        N_("Custody or case number"), search=Search.IDENTIFIER, mono=True, in_table=True
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class ThreatWarning(Entity):
    """A threat-to-life warning: to whom (the owner), by whom, when, on what."""

    kind: ClassVar[Kind] = Kind.THREAT_WARNING
    owners: ClassVar[tuple[Kind, ...]] = (Kind.NOMINAL,)

    warning_type: str = described(
        N_("Warning"),
        T.CODE,
        codes="threat-warning-types",
        default="warning",
        required=True,
        is_label=True,
        in_table=True,
    )
    given: date | None = described(N_("Given"), T.DAY, in_table=True)
    given_by: str = described(N_("Given by"), in_table=True)
    operation: UUID | None = described(N_("Operation"), T.ENTITY)
    threat: str = described(N_("On what"), T.LONG_TEXT, search=Search.TEXT)
    review_due: date | None = described(N_("Review due"), T.DAY, in_table=True)
    closed: date | None = described(N_("Closed"), T.DAY, in_table=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class GainReferral(Entity):
    """A question to a partner through the GAIN network, and its answer: hit or no hit."""

    kind: ClassVar[Kind] = Kind.GAIN_REFERRAL
    owners: ClassVar[tuple[Kind, ...]] = (Kind.OCG, Kind.NOMINAL, Kind.OPERATION, Kind.ORGANISATION)

    partner: str = described(
        N_("To"), T.CODE, codes="agencies", required=True, is_label=True, in_table=True
    )
    referred: date | None = described(N_("Referred"), T.DAY, in_table=True)
    answer: str = described(
        N_("Answer"), T.CODE, codes="gain-answers", default="waiting", in_table=True
    )
    answered: date | None = described(N_("Answered"), T.DAY, in_table=True)
    note: str = described(N_("Note"), T.LONG_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class CheckBack(Entity):
    """A day on which a closed line is tried again, and what was found."""

    kind: ClassVar[Kind] = Kind.CHECK_BACK
    owners: ClassVar[tuple[Kind, ...]] = (Kind.COUNTY_LINE,)

    due: date | None = described(N_("Due"), T.DAY, in_table=True)
    done: date | None = described(N_("Done"), T.DAY, in_table=True)
    result: str = described(
        N_("Result"),
        T.CODE,
        codes="check-back-results",
        default="due",
        is_label=True,
        in_table=True,
    )
    officer: str = described(N_("By"), in_table=True)
    note: str = described(N_("Note"), T.LONG_TEXT)
