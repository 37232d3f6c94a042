"""Entities as a chart shows them: label, second line, importance, badges."""

from datetime import date
from typing import Final

from ocgdesk.casework import chart_badges
from ocgdesk.domain.chart_marks import SketchItem
from ocgdesk.domain.charts import Importance, Item
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Membership
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import _


def item_of(entity: Entity, role: Membership | None, *, focused: bool) -> Item:
    """Return an entity as a chart shows it; ``role`` is its foremost place in an OCG drawn."""
    if isinstance(entity, SketchItem):
        return _sketched(entity)
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
        badges=chart_badges.of_person(entity, date.today()),  # noqa: DTZ011 - an age, in days
        marking=entity.marking,
        role=role.role if role else "",
    )


def _sketched(sketch: SketchItem) -> Item:
    return Item(
        id=sketch.id,
        kind=Kind(sketch.stands_for),
        label=sketch.name,
        detail=sketch.detail or _("not in the register"),
        marking=sketch.marking,
        sketch=True,
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
