"""Badges of a chart's items: what is to be known at a glance, by the codes of ``drawing_badges``.

On an OCG or a line: no live action (0P), review overdue (REV), high risk (VH, H). On a person: to
be safeguarded (U18, SG), in custody (HMP), warning signals by their PNC code, deceased (†).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from ocgdesk.casework.chart_worked import Worked
from ocgdesk.domain.charts import Arrangement, Item, Scene
from ocgdesk.domain.entities import Nominal
from ocgdesk.domain.safeguarding import may_be_child
from ocgdesk.domain.things import Entity

SAFEGUARDING: Final = frozenset({"U18", "SG", "NRM"})
"""Left off everything that leaves, unless somebody chose otherwise and said why."""
_SIGNALS: Final = ("FI", "WE", "VI")
_BANDS: Final = {"very high": "VH", "red": "VH", "high": "H"}


def of_person(entity: Entity, today: date) -> tuple[str, ...]:
    """Return the badges that stand on a record itself."""
    if not isinstance(entity, Nominal):
        return ()
    found = [*_safeguarding(entity, today), *(["HMP"] if entity.in_custody else ())]
    found += [code for code in entity.warnings if code in _SIGNALS]
    return (*found, "†") if entity.deceased else tuple(found)


def _safeguarding(person: Nominal, today: date) -> Iterator[str]:
    if may_be_child(person.born, today):
        yield "U18"
    elif person.exploited:
        yield "SG"


def badged(scene: Scene, worked: Mapping[UUID, Worked]) -> Scene:
    """Return a scene whose OCGs and lines bear what was worked out of other records."""
    if not worked:
        return scene
    return replace(scene, items=tuple(_badged(i, worked.get(i.id)) for i in scene.items))


def _badged(item: Item, worked: Worked | None) -> Item:
    found = tuple(_of_group(worked)) if worked else ()
    return replace(item, badges=(*found, *item.badges)) if found else item


def _of_group(worked: Worked) -> Iterator[str]:
    if worked.live_actions == 0:
        yield "0P"
    if worked.days_over:
        yield "REV"
    if code := _BANDS.get(worked.band.casefold()):
        yield code


def without_safeguarding(arrangement: Arrangement) -> Arrangement:
    """Return a chart without the badges that say who is being safeguarded."""
    scene = arrangement.scene
    if not has_safeguarding(arrangement):
        return arrangement
    items = tuple(
        replace(item, badges=tuple(code for code in item.badges if code not in SAFEGUARDING))
        for item in scene.items
    )
    return replace(arrangement, scene=replace(scene, items=items))


def has_safeguarding(arrangement: Arrangement) -> bool:
    """Tell whether an item that is not hidden bears such a badge."""
    return any(
        SAFEGUARDING & set(item.badges)
        for item in arrangement.scene.items
        if item.id not in arrangement.hidden
    )
