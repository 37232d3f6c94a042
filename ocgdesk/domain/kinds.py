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
}
"""The letters of a kind inside a reference; kinds without letters carry no reference."""
