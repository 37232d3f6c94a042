"""Words for kinds and places, for rail, tabs and search."""

from ocgdesk.domain.kinds import Kind
from ocgdesk.i18n import N_, _

_SINGULAR: dict[Kind, str] = {
    Kind.OCG: N_("OCG"),
    Kind.NOMINAL: N_("Nominal"),
    Kind.HANDLE: N_("Handle"),
    Kind.COUNTY_LINE: N_("County line"),
    Kind.COMMODITY: N_("Commodity"),
    Kind.PHONE: N_("Phone"),
    Kind.LOCATION: N_("Location"),
    Kind.VEHICLE: N_("Vehicle"),
    Kind.ORGANISATION: N_("Organisation"),
    Kind.ACCOUNT: N_("Account"),
    Kind.OPERATION: N_("Operation"),
    Kind.REPORT: N_("Intelligence report"),
    Kind.ASSIGNMENT: N_("Assignment"),
    Kind.PLAN: N_("4P plan"),
    Kind.OBJECTIVE: N_("Objective"),
    Kind.ACTION: N_("Action"),
    Kind.CHART: N_("Chart"),
    Kind.LINK: N_("Link"),
    Kind.MEMBERSHIP: N_("Membership"),
    Kind.ATTRIBUTION: N_("Attribution"),
    Kind.ASSERTION: N_("Assertion"),
    Kind.PLACEMENT: N_("Place on a chart"),
}
_PLURAL: dict[Kind, str] = {
    Kind.OCG: N_("OCGs"),
    Kind.NOMINAL: N_("Nominals"),
    Kind.HANDLE: N_("Handles"),
    Kind.COUNTY_LINE: N_("County lines"),
    Kind.COMMODITY: N_("Commodities"),
    Kind.PHONE: N_("Phones"),
    Kind.LOCATION: N_("Locations"),
    Kind.VEHICLE: N_("Vehicles"),
    Kind.ORGANISATION: N_("Organisations"),
    Kind.ACCOUNT: N_("Accounts"),
    Kind.OPERATION: N_("Operations"),
    Kind.REPORT: N_("Intelligence"),
    Kind.ASSIGNMENT: N_("Assignments"),
    Kind.PLAN: N_("4P plans"),
    Kind.OBJECTIVE: N_("Objectives"),
    Kind.ACTION: N_("Actions"),
    Kind.CHART: N_("Charts"),
    Kind.LINK: N_("Links"),
    Kind.MEMBERSHIP: N_("Memberships"),
    Kind.ATTRIBUTION: N_("Attributions"),
    Kind.ASSERTION: N_("Assertions"),
    Kind.PLACEMENT: N_("Places on charts"),
}


def one(kind: Kind) -> str:
    """Return the word for one of a kind."""
    return _(_SINGULAR[kind])


def many(kind: Kind) -> str:
    """Return the word for several of a kind."""
    return _(_PLURAL[kind])


def icon_of(kind: Kind, *, exploited: bool = False) -> str:
    """Return the meaning of a kind's icon; an exploited person has their own."""
    return "entity.exploited" if exploited else f"entity.{kind.value}"
