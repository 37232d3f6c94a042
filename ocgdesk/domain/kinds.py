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
    IMPORT_SPEC = "import-spec"
    SKETCH_ITEM = "sketch-item"
    SKETCH_TIE = "sketch-tie"
    ANNOTATION = "annotation"
    CHART_VERSION = "chart-version"
    RESULT = "result"
    BOUNDARY = "boundary"
    REQUIREMENT = "requirement"
    PARTNER = "partner"
    PLAN_RISK = "plan-risk"
    STRAND_NOTE = "strand-note"
    REVIEW = "review"
    PLAN_VERSION = "plan-version"
    ADVICE = "advice"
    HANDOVER = "handover"
    PLAN_TEMPLATE = "plan-template"
    LESSON = "lesson"
    SNOOZE = "snooze"
    MEETING_GROUP = "meeting-group"
    GROUP_MEMBER = "group-member"
    MEETING = "meeting"
    AGENDA_ITEM = "agenda-item"
    REQUEST = "request"
    DISRUPTION = "disruption"
    OUTCOME = "outcome"
    PRODUCT = "product"
    PAPER_TEMPLATE = "paper-template"
    RETURN_DEFINITION = "return-definition"
    PAIRING = "pairing"

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

MARKS = (Kind.SKETCH_ITEM, Kind.SKETCH_TIE, Kind.ANNOTATION)
"""The kinds that belong to one chart and to no register; see ``chart_marks``."""

PLAN_PARTS = (
    Kind.REQUIREMENT,
    Kind.PARTNER,
    Kind.PLAN_RISK,
    Kind.STRAND_NOTE,
    Kind.REVIEW,
    Kind.PLAN_VERSION,
    Kind.ADVICE,
)
"""The kinds a plan is made of beside its objectives and actions."""

OWNED = (
    Kind.PLAN,
    Kind.OBJECTIVE,
    Kind.ACTION,
    Kind.ASSIGNMENT,
    *SUBRECORDS,
    *MARKS,
    Kind.CHART_VERSION,
    *PLAN_PARTS,
    Kind.RESULT,
    Kind.HANDOVER,
    Kind.GROUP_MEMBER,
    Kind.MEETING,
    Kind.AGENDA_ITEM,
    Kind.OUTCOME,
    Kind.PAIRING,
)
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
    Kind.DISRUPTION: "DIS",
    Kind.PRODUCT: "PRO",
    Kind.REQUEST: "REQ",
    Kind.MEETING: "MTG",
}
"""The letters of a kind inside a reference; kinds without letters carry no reference."""
