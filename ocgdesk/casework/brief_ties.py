"""Sections of a briefing that list what a record is linked to, one kind of link each, or all."""

from collections.abc import Iterator
from typing import Final

from ocgdesk.casework import commodities
from ocgdesk.casework.brief_naming import role_of
from ocgdesk.casework.brief_parts import Making, dates, table
from ocgdesk.domain.entities import CountyLine
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Attribution, Membership
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _
from ocgdesk.reports.document import Block
from ocgdesk.store.records import Linked

_LISTED: Final = (
    *(Kind.OCG, Kind.COUNTY_LINE, Kind.NOMINAL, Kind.HANDLE, Kind.PHONE, Kind.LOCATION),
    *(Kind.VEHICLE, Kind.ORGANISATION, Kind.ACCOUNT, Kind.COMMODITY, Kind.OPERATION),
)
"""What is listed at the other end of a link, in this order."""


def ties(made: Making) -> Iterator[Block]:
    """Yield everything it is linked to that may be told, kind by kind, with how sure each is.

    That there is an operation is a live tactic: it is told to those who may see tactics.
    """
    listed = _LISTED if made.naming.audience.tactics else _LISTED[:-1]
    found = [item for item in made.near if item.other.kind in listed]
    found.sort(key=lambda item: (listed.index(item.other.kind), item.other.label.casefold()))
    rows = [
        (
            label("kinds", item.other.kind.value),
            made.linked(item),
            _how(item),
            dates(item.link.start, item.link.end),
            label("strengths", item.link.strength),
        )
        for item in found
    ]
    yield from table(
        (_("What"), _("Called"), _("Link"), _("Dates"), _("Strength")),
        rows,
        _("No link is recorded."),
    )


def _how(item: Linked) -> str:
    """Return how it is linked: the role of a member, what an attribution came to, else the type."""
    link = item.link
    if isinstance(link, Attribution):
        return f"{label('link-types', link.type)}: {label('attribution-statuses', link.status)}"
    return role_of(item) or label("link-types", link.type)


def groups(made: Making) -> Iterator[Block]:
    """Yield the OCGs a person is or was recorded in."""
    rows = [
        (made.linked(item), role_of(item) or "–", dates(item.link.start, item.link.end))
        for item in made.near
        if isinstance(item.link, Membership)
    ]
    yield from table((_("OCG"), _("Role"), _("Dates")), rows, _("No membership is recorded."))


def lines(made: Making) -> Iterator[Block]:
    """Yield the county lines linked to it."""
    rows = []
    for item in made.near:
        if item.other.kind is Kind.COUNTY_LINE:
            line = made.reader.find(item.other.id)
            assert isinstance(line, CountyLine)  # noqa: S101 - its kind says so
            status = label("line-statuses", line.status)
            hub, towns = made.text(line.hub) or "–", made.text(", ".join(line.towns))
            rows.append((made.linked(item), status, hub, towns))
    yield from table(
        (_("Line"), _("Status"), _("Hub"), _("Towns")), rows, _("No county line is recorded.")
    )


def dealing(made: Making) -> Iterator[Block]:
    """Yield what it deals in, on what scale; unlike units are never added up."""
    roles = commodities.roles()
    rows = [
        (
            made.linked(item),
            label("link-types", item.link.type),
            made.text(commodities.scale_words(item.link)) or "–",
            dates(item.link.start, item.link.end),
        )
        for item in made.near
        if item.other.kind is Kind.COMMODITY and item.link.type in roles
    ]
    yield from table(
        (_("Commodity"), _("Does"), _("Scale"), _("Dates")), rows, _("No commodity is recorded.")
    )


def candidates(made: Making) -> Iterator[Block]:
    """Yield who may have used a handle, on what grounds, and who says so."""
    rows = []
    for item in made.near:
        link = item.link
        if isinstance(link, Attribution):
            grounds = "\n".join(
                f"{one.sign} {label('attribution-grounds', one.code)}" for one in link.grounds
            )
            rows.append(
                (
                    made.linked(item, _("Candidate")),
                    label("attribution-statuses", link.status),
                    label("confidences", link.confidence),
                    dates(link.start, link.end),
                    grounds or "–",
                )
            )
    yield from table(
        (_("Candidate"), _("Status"), _("Confidence"), _("Period"), _("Grounds")),
        rows,
        _("Nobody was put forward for this handle."),
    )
