"""What layouts go by beside links: who stands above whom, and what hangs below, beside or apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from ocgdesk.domain.charts import Importance, Item
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import code_list


class Zone(IntEnum):
    """Where an item belongs in a layout that knows what an OCG is."""

    MEMBER = 0
    """In rows, the foremost on top."""
    BESIDE = 1
    """Next to whom it is linked to: a handle beside its holder."""
    BELOW = 2
    """Under the rows: phones, vehicles, accounts, organisations."""
    LINE = 3
    APART = 4
    """People recorded as exploited: never inside the box of an OCG."""
    PLACE = 5
    """Lowest: towns and addresses."""
    GOODS = 6
    """At the right: commodities."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one item belongs."""

    zone: Zone = Zone.MEMBER
    band: int = 2
    """0 for principals, 1 for significant, 2 for peripheral members."""
    rank: int = 9
    """Of a member's role, 1 the foremost, as the list of roles has it."""


PLAIN: Final = Standing()
_LAST: Final = 9
_LOW: Final = 5
"""From this rank of role on nobody stands among the principals."""
_ZONES: Final = {
    Kind.NOMINAL: Zone.MEMBER,
    Kind.OCG: Zone.MEMBER,
    Kind.HANDLE: Zone.BESIDE,
    Kind.COUNTY_LINE: Zone.LINE,
    Kind.LOCATION: Zone.PLACE,
    Kind.COMMODITY: Zone.GOODS,
}
_BANDS: Final = {band: place for place, band in enumerate(Importance)}


def standings(items: Sequence[Item]) -> list[Standing]:
    """Return where each item belongs, by its kind, its role and its importance."""
    ranks = {item.code: int(item.get("rank") or _LAST) for item in code_list("roles")}
    return [_standing(item, ranks) for item in items]


def _standing(item: Item, ranks: dict[str, int]) -> Standing:
    if item.exploited:
        return Standing(Zone.APART)
    if item.kind is Kind.OCG:
        return Standing(Zone.MEMBER, 0, 0)
    zone = _ZONES.get(item.kind, Zone.BELOW)
    band = _BANDS[item.importance]
    # Whom a chart is drawn round is drawn like a principal; a courier is none for that.
    rank = ranks.get(item.role, _LAST)
    if item.role and item.importance is Importance.PRINCIPAL and rank >= _LOW:
        band = _BANDS[Importance.PERIPHERAL]
    return Standing(zone, band, rank)
