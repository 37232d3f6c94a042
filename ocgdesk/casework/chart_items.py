"""Entities as a chart shows them: label, second line, importance, badges."""

from typing import Final

from ocgdesk.domain.charts import Importance, Item
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Membership
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.things import Entity


def item_of(entity: Entity, role: Membership | None, *, focused: bool) -> Item:
    """Return an entity as a chart shows it; ``role`` is its foremost place in an OCG drawn."""
    exploited = bool(getattr(entity, "exploited", False))
    importance = Importance(role.importance) if role else _importance(entity)
    if focused:
        importance = Importance.PRINCIPAL
    return Item(
        id=entity.id,
        kind=entity.kind,
        label=entity.label,
        detail=_detail(entity, None if exploited else role),
        importance=Importance.SIGNIFICANT if exploited else importance,
        exploited=exploited,
        badges=_badges(entity),
        marking=entity.marking,
        role=role.role if role else "",
    )


def _importance(entity: Entity) -> Importance:
    small = {Kind.LOCATION, Kind.VEHICLE, Kind.PHONE, Kind.NOMINAL}
    return Importance.PERIPHERAL if entity.kind in small else Importance.SIGNIFICANT


_DETAILS: Final[dict[Kind, tuple[str, str]]] = {
    Kind.OCG: ("tier", "tiers"),
    Kind.HANDLE: ("platform", "platforms"),
    Kind.COUNTY_LINE: ("status", "line-statuses"),
    Kind.COMMODITY: ("commodity_type", "commodity-types"),
    Kind.LOCATION: ("town", ""),
    Kind.VEHICLE: ("make", ""),
    Kind.ORGANISATION: ("organisation_type", "organisation-types"),
    Kind.OPERATION: ("phase", "operation-phases"),
    Kind.ACCOUNT: ("institution", ""),
}


def _detail(entity: Entity, role: Membership | None) -> str:
    if getattr(entity, "exploited", False):
        return "Exploited person"
    if role is not None:
        return label("roles", role.role)
    name, codes = _DETAILS.get(entity.kind, ("", ""))
    value = str(getattr(entity, name, "")) if name else ""
    return label(codes, value) if codes else value


def _badges(entity: Entity) -> tuple[str, ...]:
    found = []
    if getattr(entity, "in_custody", False):
        found.append("HMP")
    found += [code for code in getattr(entity, "warnings", ()) if code in {"FI", "WE", "VI"}]
    if getattr(entity, "deceased", False):
        found.append("†")
    return tuple(found)
