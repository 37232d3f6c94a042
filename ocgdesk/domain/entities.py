"""The records of OCG mapping: one class a kind, one description a field."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.fields import FieldType, Search, Sensitivity, described
from ocgdesk.domain.grading import Grading
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.things import Entity
from ocgdesk.domain.values import Alias, External, Identifier
from ocgdesk.i18n import N_

T = FieldType


def _aliases() -> tuple[Alias, ...]:
    value: tuple[Alias, ...] = described(N_("Also known as"), T.ALIASES, search=Search.NAME)
    return value


def _externals() -> tuple[External, ...]:
    value: tuple[External, ...] = described(
        N_("External references"), T.EXTERNALS, search=Search.IDENTIFIER, mono=True
    )
    return value


def _retention() -> str:
    value: str = described(N_("Retention group"), T.CODE, codes="retention-groups")
    return value


def _summary() -> str:
    value: str = described(N_("Summary"), T.LONG_TEXT, search=Search.TEXT)
    return value


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Ocg(Entity):
    """An organised crime group, or another mapped threat (see ``threat_type``)."""

    kind: ClassVar[Kind] = Kind.OCG

    name: str = described(
        N_("Name"), required=True, is_label=True, search=Search.NAME, in_table=True
    )
    aliases: tuple[Alias, ...] = _aliases()
    status: str = described(
        N_("Status"), T.CODE, codes="ocg-statuses", default="nominated", in_table=True
    )
    tier: str = described(N_("Tier"), T.CODE, codes="tiers", in_table=True)
    threat_type: str = described(N_("Threat type"), T.CODE, codes="threat-types", default="ocg")
    primary_crime: str = described(N_("Primary type"), T.CODE, codes="crime-types", in_table=True)
    further_crimes: tuple[str, ...] = described(N_("Further types"), T.CODES, codes="crime-types")
    agency: str = described(N_("Owning agency"), T.CODE, codes="agencies", in_table=True)
    impacted: tuple[str, ...] = described(N_("Impacted forces"), T.CODES, codes="agencies")
    areas: tuple[str, ...] = described(N_("Impacted areas"), T.TEXTS, search=Search.TEXT)
    pillar: str = described(N_("Pillar"), T.CODE, codes="pillars", in_table=True)
    threat: str = described(N_("Counts under"), T.CODE, codes="control-strategy")
    review_due: date | None = described(N_("Next review"), T.DAY, in_table=True)
    retention: str = _retention()
    summary: str = _summary()
    tier_reason: str = described(N_("Reason for the tier"), T.LONG_TEXT)
    tier_meeting: str = described(N_("Tier set at"))
    tier_decided: date | None = described(N_("Tier decided"), T.DAY)
    offences: tuple[str, ...] = described(
        N_("Offences planned"),
        T.TEXTS,
        help=N_("The group's offences of seven years or more (Serious Crime Act 2015, s.45)"),
    )
    benefit: str = described(N_("Gain or benefit"), T.LONG_TEXT)
    status_reason: str = described(N_("Reason for the status"), T.LONG_TEXT)
    archive_reason: str = described(N_("Archived because"), T.CODE, codes="archive-reasons")
    decision_maker: str = described(N_("Decision-maker"))
    trigger: str = described(N_("Would be re-activated by"), T.LONG_TEXT)
    merged_into: UUID | None = described(N_("Merged into"), T.ENTITY)
    externals: tuple[External, ...] = _externals()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Nominal(Entity):
    """A person on record. Being on record says nothing about guilt; see ``categories``."""

    kind: ClassVar[Kind] = Kind.NOMINAL

    name: str = described(
        N_("Name"),
        required=True,
        is_label=True,
        search=Search.NAME,
        in_table=True,
        sensitivity=Sensitivity.PERSONAL,
    )
    aliases: tuple[Alias, ...] = _aliases()
    born: PartialDate | None = described(
        N_("Born"), T.PARTIAL_DATE, in_table=True, sensitivity=Sensitivity.PERSONAL
    )
    gender: str = described(N_("Gender"), T.CODE, codes="genders", in_table=True)
    identifiers: tuple[Identifier, ...] = described(
        N_("Identifiers"),
        T.IDENTIFIERS,
        search=Search.IDENTIFIER,
        sensitivity=Sensitivity.PERSONAL,
        mono=True,
    )
    categories: tuple[str, ...] = described(
        N_("Data-subject categories"), T.CODES, codes="data-subject-categories"
    )
    exploited: bool = described(
        N_("Recorded as exploited"),
        T.FLAG,
        in_table=True,
        sensitivity=Sensitivity.PROTECTED,
        help=N_("A person to safeguard first; never ranked, named in products only by choice"),
    )
    died: PartialDate | None = described(N_("Died"), T.PARTIAL_DATE)
    deceased: bool = described(N_("Deceased"), T.FLAG)
    in_custody: bool = described(N_("In custody"), T.FLAG, in_table=True)
    warnings: tuple[str, ...] = described(N_("Warning markers"), T.CODES, codes="warning-markers")
    retention: str = _retention()
    summary: str = _summary()
    externals: tuple[External, ...] = _externals()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Handle(Entity):
    """A user name on a messaging platform; case kept as recorded."""

    kind: ClassVar[Kind] = Kind.HANDLE

    handle: str = described(
        N_("Handle"),
        required=True,
        is_label=True,
        search=Search.IDENTIFIER,
        in_table=True,
        mono=True,
    )
    aliases: tuple[Alias, ...] = _aliases()
    platform: str = described(N_("Platform"), T.CODE, codes="platforms", in_table=True)
    disposition: str = described(
        N_("Disposition"),
        T.CODE,
        codes="dispositions",
        default="in-development",
        in_table=True,
    )
    sio: str = described(N_("SIO"), in_table=True)
    agency: str = described(N_("Allocated to"), T.CODE, codes="agencies", in_table=True)
    first_seen: PartialDate | None = described(N_("First seen"), T.PARTIAL_DATE, in_table=True)
    last_seen: PartialDate | None = described(N_("Last seen"), T.PARTIAL_DATE, in_table=True)
    threat_to_life: bool = described(N_("Threat to life"), T.FLAG)
    package: str = described(N_("Package"), search=Search.IDENTIFIER, in_table=True)
    conditions: str = described(N_("Handling conditions"), T.LONG_TEXT)
    privileged: bool = described(
        N_("Possibly privileged or journalistic"),
        T.FLAG,
        in_table=True,
        help=N_("Restricted until somebody entitled has reviewed it"),
    )
    region: str = described(N_("Region"), T.CODE, codes="agencies")
    handed_to: str = described(N_("Handed over to"), T.CODE, codes="agencies")
    handed_over: PartialDate | None = described(N_("Handed over"), T.PARTIAL_DATE)
    handover_note: str = described(N_("Hand-over record"), T.LONG_TEXT)
    identifiers: tuple[Identifier, ...] = described(
        N_("Device identifiers"), T.IDENTIFIERS, search=Search.IDENTIFIER, mono=True
    )
    summary: str = _summary()
    externals: tuple[External, ...] = _externals()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class CountyLine(Entity):
    """A branded deal line that runs drugs from a hub into other towns."""

    kind: ClassVar[Kind] = Kind.COUNTY_LINE

    brand: str = described(
        N_("Brand"), required=True, is_label=True, search=Search.NAME, in_table=True
    )
    aliases: tuple[Alias, ...] = _aliases()
    status: str = described(
        N_("Status"), T.CODE, codes="line-statuses", default="suspected", in_table=True
    )
    line_type: str = described(N_("Type"), T.CODE, codes="line-types", in_table=True)
    exporter: str = described(N_("Exporting force"), T.CODE, codes="agencies", in_table=True)
    hub: str = described(N_("Hub"), search=Search.TEXT, in_table=True)
    importers: tuple[str, ...] = described(N_("Importing forces"), T.CODES, codes="agencies")
    towns: tuple[str, ...] = described(N_("Importing towns"), T.TEXTS, search=Search.TEXT)
    opened: PartialDate | None = described(N_("First active"), T.PARTIAL_DATE, in_table=True)
    last_active: PartialDate | None = described(N_("Last active"), T.PARTIAL_DATE, in_table=True)
    closed: PartialDate | None = described(N_("Closed"), T.PARTIAL_DATE)
    closure_type: str = described(N_("Closure"), T.CODE, codes="closure-types", in_table=True)
    closure_evidence: str = described(N_("Evidence of the closure"), T.LONG_TEXT)
    follows: UUID | None = described(
        N_("Came back from"), T.ENTITY, help=N_("The closed line that this one carries on")
    )
    agency: str = described(N_("Owning agency"), T.CODE, codes="agencies")
    review_due: date | None = described(N_("Next review"), T.DAY)
    travel: tuple[str, ...] = described(N_("Modes of travel"), T.CODES, codes="travel-modes")
    sample_text: str = described(N_("Mass text"), T.LONG_TEXT, search=Search.TEXT)
    retention: str = _retention()
    summary: str = _summary()
    externals: tuple[External, ...] = _externals()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Commodity(Entity):
    """Something dealt in, with the unit it is counted in."""

    kind: ClassVar[Kind] = Kind.COMMODITY

    name: str = described(
        N_("Name"), required=True, is_label=True, search=Search.NAME, in_table=True
    )
    commodity_type: str = described(N_("Type"), T.CODE, codes="commodity-types", in_table=True)
    unit: str = described(N_("Unit"), T.CODE, codes="units", in_table=True)
    part_of: UUID | None = described(N_("Part of"), T.ENTITY)
    summary: str = _summary()
    externals: tuple[External, ...] = _externals()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Phone(Entity):
    """A telephone number or the device behind it."""

    kind: ClassVar[Kind] = Kind.PHONE

    number: str = described(
        N_("Number"),
        required=True,
        is_label=True,
        search=Search.IDENTIFIER,
        in_table=True,
        mono=True,
    )
    phone_type: str = described(N_("Use"), T.CODE, codes="phone-types", in_table=True)
    network: str = described(N_("Network"), in_table=True)
    in_use: bool = described(N_("In use"), T.FLAG, in_table=True)
    first_seen: PartialDate | None = described(N_("First seen"), T.PARTIAL_DATE, in_table=True)
    last_seen: PartialDate | None = described(N_("Last seen"), T.PARTIAL_DATE, in_table=True)
    identifiers: tuple[Identifier, ...] = described(
        N_("Device identifiers"), T.IDENTIFIERS, search=Search.IDENTIFIER, mono=True
    )
    externals: tuple[External, ...] = _externals()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Location(Entity):
    """An address, a town or a place."""

    kind: ClassVar[Kind] = Kind.LOCATION

    name: str = described(
        N_("Place"), required=True, is_label=True, search=Search.NAME, in_table=True
    )
    location_type: str = described(N_("Type"), T.CODE, codes="location-types", in_table=True)
    town: str = described(N_("Town"), search=Search.TEXT, in_table=True)
    postcode: str = described(N_("Postcode"), search=Search.IDENTIFIER, in_table=True, mono=True)
    force: str = described(N_("Force"), T.CODE, codes="agencies", in_table=True)
    cuckooed: bool = described(
        N_("Cuckooed"), T.FLAG, in_table=True, sensitivity=Sensitivity.PROTECTED
    )
    occupant: str = described(
        N_("Occupant's vulnerability"),
        T.LONG_TEXT,
        sensitivity=Sensitivity.PROTECTED,
        help=N_("A prompt for whoever visits; never scored or printed by default"),
    )
    summary: str = _summary()
    externals: tuple[External, ...] = _externals()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Vehicle(Entity):
    """A vehicle, known by its registration mark."""

    kind: ClassVar[Kind] = Kind.VEHICLE

    vrm: str = described(
        N_("Registration"),
        required=True,
        is_label=True,
        search=Search.IDENTIFIER,
        in_table=True,
        mono=True,
    )
    make: str = described(N_("Make"), search=Search.TEXT, in_table=True)
    model: str = described(N_("Model"), search=Search.TEXT, in_table=True)
    colour: str = described(N_("Colour"), in_table=True)
    identifiers: tuple[Identifier, ...] = described(
        N_("Identifiers"), T.IDENTIFIERS, search=Search.IDENTIFIER, mono=True
    )
    externals: tuple[External, ...] = _externals()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Organisation(Entity):
    """A company, charity or other body."""

    kind: ClassVar[Kind] = Kind.ORGANISATION

    name: str = described(
        N_("Name"), required=True, is_label=True, search=Search.NAME, in_table=True
    )
    aliases: tuple[Alias, ...] = _aliases()
    organisation_type: str = described(
        N_("Type"), T.CODE, codes="organisation-types", in_table=True
    )
    identifiers: tuple[Identifier, ...] = described(
        N_("Identifiers"), T.IDENTIFIERS, search=Search.IDENTIFIER, mono=True
    )
    summary: str = _summary()
    externals: tuple[External, ...] = _externals()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Account(Entity):
    """A bank, payment or crypto-asset account."""

    kind: ClassVar[Kind] = Kind.ACCOUNT

    number: str = described(
        N_("Account"),
        required=True,
        is_label=True,
        search=Search.IDENTIFIER,
        in_table=True,
        mono=True,
    )
    account_type: str = described(N_("Type"), T.CODE, codes="account-types", in_table=True)
    institution: str = described(N_("Institution"), search=Search.TEXT, in_table=True)
    externals: tuple[External, ...] = _externals()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Operation(Entity):
    """An investigation or operation, by whoever leads it."""

    kind: ClassVar[Kind] = Kind.OPERATION

    name: str = described(
        N_("Name"), required=True, is_label=True, search=Search.NAME, in_table=True
    )
    operation_type: str = described(N_("Type"), T.CODE, codes="operation-types", in_table=True)
    phase: str = described(N_("Phase"), T.CODE, codes="operation-phases", in_table=True)
    agency: str = described(N_("Lead agency"), T.CODE, codes="agencies", in_table=True)
    unit: str = described(N_("Unit"), in_table=True)
    sio: str = described(N_("SIO"), in_table=True)
    supporting: tuple[str, ...] = described(N_("Supporting agencies"), T.CODES, codes="agencies")
    supporting_units: tuple[str, ...] = described(N_("Supporting units"), T.TEXTS)
    partners: tuple[str, ...] = described(N_("Partners"), T.CODES, codes="agencies")
    opened: PartialDate | None = described(N_("Opened"), T.PARTIAL_DATE, in_table=True)
    pre_charge: PartialDate | None = described(N_("Overt from"), T.PARTIAL_DATE)
    post_charge: PartialDate | None = described(N_("First charge"), T.PARTIAL_DATE)
    closed: PartialDate | None = described(N_("Closed"), T.PARTIAL_DATE)
    arrests_expected: int | None = described(N_("Arrests still expected"), T.INTEGER)
    retention: str = _retention()
    summary: str = _summary()
    externals: tuple[External, ...] = _externals()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Report(Entity):
    """One intelligence report, as received, with its grading.

    There is no field for a source's identity, on purpose.
    """

    kind: ClassVar[Kind] = Kind.REPORT

    title: str = described(
        N_("Title"), required=True, is_label=True, search=Search.TEXT, in_table=True
    )
    grade: str = described(N_("Grading"), T.GRADE, in_table=True, mono=True)
    conditions: str = described(
        N_("Handling conditions"),
        T.LONG_TEXT,
        help=N_("Needed where handling is C: lawful sharing permitted with conditions"),
    )
    reported: PartialDate | None = described(N_("Date of report"), T.PARTIAL_DATE, in_table=True)
    received: date | None = described(N_("Received"), T.DAY, in_table=True)
    origin: str = described(
        N_("Source label"),
        in_table=True,
        help=N_("A letter or number that tells sources apart; never who the source is"),
    )
    text: str = described(N_("Text"), T.LONG_TEXT, search=Search.TEXT)
    sanitised: bool = described(
        N_("Sanitised"),
        T.FLAG,
        help=N_("Nothing left in the text says, or lets anybody work out, who the source is"),
    )
    retention: str = _retention()
    externals: tuple[External, ...] = _externals()

    @property
    def grading(self) -> Grading | None:
        """The grading, where one was recorded."""
        return Grading.parse(self.grade) if self.grade else None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Assignment(Entity):
    """Who answers for an OCG, as what, from when to when. Its owner is the OCG."""

    kind: ClassVar[Kind] = Kind.ASSIGNMENT
    owners: ClassVar[tuple[Kind, ...]] = (Kind.OCG,)

    role: str = described(
        N_("Role"), T.CODE, codes="assignment-roles", default="lro", in_table=True
    )
    officer: str = described(
        N_("Officer"), required=True, is_label=True, search=Search.NAME, in_table=True
    )
    user: UUID | None = described(N_("User"), T.ENTITY)
    agency: str = described(N_("Agency"), T.CODE, codes="agencies", in_table=True)
    start: PartialDate | None = described(N_("From"), T.PARTIAL_DATE, in_table=True)
    end: PartialDate | None = described(N_("To"), T.PARTIAL_DATE, in_table=True)
    handover: str = described(N_("Handed over with"), T.LONG_TEXT)
