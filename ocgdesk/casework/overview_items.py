"""Records as an overview shows them: OCGs by tier, with how many members they have."""

from dataclasses import replace
from typing import Final

from ocgdesk.casework.chart_items import item_of
from ocgdesk.domain.charts import Importance, Item
from ocgdesk.domain.entities import Ocg
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import ngettext

_FOREMOST: Final = "t1"


def item_of_overview(thing: Entity, members: int) -> Item:
    """Return a record as an overview shows it; the tier says how large an OCG is drawn."""
    item = item_of(thing, None, focused=False)
    if not isinstance(thing, Ocg):
        return item
    words = ngettext("{n:,} member", "{n:,} members", members).format(n=members)
    tier = label("tiers", thing.tier) if thing.tier else ""
    return replace(
        item,
        importance=Importance.PRINCIPAL if thing.tier == _FOREMOST else Importance.SIGNIFICANT,
        detail=" · ".join(part for part in (tier, words) if part),
    )
