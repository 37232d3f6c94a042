"""The kinds of thing a workspace holds, and the words that stand for them."""

from enum import StrEnum


class Kind(StrEnum):
    """One kind of entity, link or assertion; the value is its name on the command line."""

    OCG = "ocg"
    NOMINAL = "nominal"
    HANDLE = "handle"
    COUNTY_LINE = "county-line"
    COMMODITY = "commodity"
    PHONE = "phone"
    LOCATION = "location"
    VEHICLE = "vehicle"
    ORGANISATION = "organisation"
    ACCOUNT = "account"
    OPERATION = "operation"
    REPORT = "report"
    ASSIGNMENT = "assignment"
    PLAN = "plan"
    OBJECTIVE = "objective"
    ACTION = "action"
    CHART = "chart"
    LINK = "link"
    MEMBERSHIP = "membership"
    ATTRIBUTION = "attribution"
    ASSERTION = "assertion"
    PLACEMENT = "placement"
    ASSESSMENT = "assessment"
    DECISION = "decision"
    NOTE = "note"
    ATTACHMENT = "attachment"
    MARKER = "marker"
    INVOLVEMENT = "involvement"
    ORDER = "order"
    CUSTODY = "custody"
    SAFEGUARDING = "safeguarding"
    RISK_FACTOR = "risk-factor"
    COURT_STEP = "court-step"
    THREAT_WARNING = "threat-warning"
    GAIN_REFERRAL = "gain-referral"
    CHECK_BACK = "check-back"
    SAVED_VIEW = "saved-view"
    WATCH = "watch"
    LIST_EDITION = "list-edition"

    @property
    def table(self) -> str:
        """The name of the table that keeps this kind's own fields."""
        return self.value.replace("-", "_")


class Base(StrEnum):
    """What a kind is underneath: decides where identity, version and access are kept."""

    ENTITY = "entity"
    LINK = "link"
    ASSERTION = "assertion"
    PLACEMENT = "placement"


LINKS = (Kind.LINK, Kind.MEMBERSHIP, Kind.ATTRIBUTION)

SUBJECTS = (
    Kind.OCG,
    Kind.NOMINAL,
    Kind.HANDLE,
    Kind.COUNTY_LINE,
    Kind.COMMODITY,
    Kind.PHONE,
    Kind.LOCATION,
    Kind.VEHICLE,
    Kind.ORGANISATION,
    Kind.ACCOUNT,
    Kind.OPERATION,
)
"""The kinds that stand on a link chart."""

SUBRECORDS = (
    Kind.ASSESSMENT,
    Kind.DECISION,
    Kind.NOTE,
    Kind.ATTACHMENT,
    Kind.MARKER,
    Kind.INVOLVEMENT,
    Kind.ORDER,
    Kind.CUSTODY,
    Kind.SAFEGUARDING,
    Kind.RISK_FACTOR,
    Kind.COURT_STEP,
    Kind.THREAT_WARNING,
    Kind.GAIN_REFERRAL,
    Kind.CHECK_BACK,
)
"""The kinds that hang on a record and are told on its page."""

OWNED = (Kind.PLAN, Kind.OBJECTIVE, Kind.ACTION, Kind.ASSIGNMENT, *SUBRECORDS)
"""The kinds that name an owner, whose restriction they share."""

REFERENCE_LETTERS = {
    Kind.OCG: "OCG",
    Kind.NOMINAL: "NOM",
    Kind.HANDLE: "HDL",
    Kind.COUNTY_LINE: "LIN",
    Kind.COMMODITY: "COM",
    Kind.PHONE: "PHN",
    Kind.LOCATION: "LOC",
    Kind.VEHICLE: "VEH",
    Kind.ORGANISATION: "ORG",
    Kind.ACCOUNT: "ACC",
    Kind.OPERATION: "OPN",
    Kind.REPORT: "REP",
    Kind.PLAN: "PLN",
    Kind.ACTION: "ACT",
    Kind.COURT_STEP: "CJS",
}
"""The letters of a kind inside a reference; kinds without letters carry no reference."""
