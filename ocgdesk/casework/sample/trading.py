"""Who imports, wholesales, produces and stores what, and on what scale, where it is known.

Every draw is from streams of its own: nothing else in a sample depends on it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from ocgdesk.casework.sample.streams import picks
from ocgdesk.casework.sample.ties import Society, Ties
from ocgdesk.domain.entities import Commodity
from ocgdesk.domain.links import Link

_PART_OF: Final = {"Crack cocaine": "Cocaine powder", "Cannabis plants": "Cannabis herbal"}
_ROLES: Final = {
    "Cocaine powder": (("imports", 20, 90), ("wholesales", 2, 25), ("stores", 1, 12)),
    "Heroin": (("imports", 5, 40), ("wholesales", 1, 9)),
    "Crack cocaine": (("produces", 1, 4), ("supplies", 1, 3)),
    "Cannabis herbal": (("imports", 30, 160), ("wholesales", 5, 40)),
    "Cannabis plants": (("produces", 40, 900),),
    "Ammunition": (("stores", 50, 400),),
    "Illicit cigarettes": (("imports", 20_000, 400_000), ("stores", 5_000, 60_000)),
    "Cash in sterling": (("stores", 10_000, 90_000),),
}
"""What is done with what, and the least and most of it."""
_SHARE: Final = 0.22
"""The share of OCGs of whom any of this is known."""


def placed(dealt_in: Mapping[str, Commodity]) -> dict[str, Commodity]:
    """Return the commodities with what each is part of."""
    return {
        name: replace(item, part_of=dealt_in[_PART_OF[name]].id) if name in _PART_OF else item
        for name, item in dealt_in.items()
    }


def trading(society: Society, dealt_in: Mapping[str, Commodity]) -> Iterator[Link]:
    """Yield what OCGs do with commodities, with the scale in the commodity's unit."""
    ties = Ties.of(society, "trading")
    drugs = {"DRG", "CL", "COM", "FIR", "ML"}
    for number, ocg in enumerate(society.groups):
        if ocg.primary_crime not in drugs or ties.chance.random() > _SHARE:
            continue
        for name in picks(ties.chance, tuple(_ROLES), ties.chance.randint(1, 2)):
            role, least, most = ties.chance.choice(_ROLES[name])
            known = ties.chance.random() < 0.7
            scale = float(ties.chance.randint(least, most)) if known else None
            item = dealt_in[name]
            yield from ties.tie(
                role,
                ocg.id,
                item.id,
                number,
                weight=scale,
                unit=item.unit if known else "",
            )
