"""Operations and what they look into."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from ocgdesk.casework.sample import words
from ocgdesk.casework.sample.groups import LIVE
from ocgdesk.casework.sample.officers import officers
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.casework.sample.streams import Weighted, picks
from ocgdesk.casework.sample.ties import Society, Ties
from ocgdesk.domain.entities import Ocg, Operation
from ocgdesk.domain.links import Link

_TYPES = Weighted(
    {"investigation": 50.0, "county-lines": 14.0, "financial": 12.0, "intelligence": 12.0,
     "day-of-action": 6.0, "safeguarding": 6.0}
)  # fmt: skip
_PHASES = Weighted({"proactive": 44.0, "pre-charge": 24.0, "post-charge": 20.0, "closed": 12.0})
_UNITS = (
    "Serious and Organised Crime Unit",
    "Local policing",
    "Economic Crime Unit",
    "County lines team",
)


def operations(setting: Setting, groups: Sequence[Ocg]) -> tuple[Operation, ...]:
    """Return operations, led by the agencies that own OCGs."""
    chance, ids = setting.numbers("operations"), setting.ids("operations")
    sios = officers(setting.numbers("operation officers"), "sio", 8)
    live = [ocg for ocg in groups if ocg.status in LIVE]
    names = chance.sample(words.OPERATIONS, setting.size.operations)
    return tuple(
        _operation(
            setting,
            chance,
            id=next(ids),
            name=f"Operation {name}",
            agency=live[i % len(live)].agency,
            sio=chance.choice(sios),
        )
        for i, name in enumerate(names)
    )


def _operation(setting: Setting, chance: Random, **more: Any) -> Operation:
    phase = _PHASES.draw(chance)
    return Operation(
        **more,
        operation_type=_TYPES.draw(chance),
        phase=phase,
        unit=chance.choice(_UNITS),
        opened=setting.ago(chance, 60, 700),
        closed=setting.ago(chance, 5, 59) if phase == "closed" else None,
    )


def investigating(society: Society, led: Sequence[Operation]) -> Iterator[Link]:
    """Yield which OCG each operation looks into, and its subjects among the members."""
    ties, groups = Ties.of(society, "investigating"), society.groups
    live = [number for number, ocg in enumerate(groups) if ocg.status in LIVE]
    for place, operation in enumerate(led):
        number = live[place % len(live)]
        yield from ties.tie("investigates", operation.id, groups[number].id, number)
        for nominal in picks(
            ties.chance, society.people.members[number], ties.chance.randint(1, 4)
        ):
            yield from ties.tie("investigates", operation.id, society.nominal(nominal), number)
