"""Operations and what they look into."""

from collections.abc import Iterator, Sequence
from random import Random
from uuid import UUID

from ocgdesk.casework.sample import words
from ocgdesk.casework.sample.evidence import Evidence
from ocgdesk.casework.sample.groups import LIVE
from ocgdesk.casework.sample.officers import officers
from ocgdesk.casework.sample.rosters import Rosters
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.casework.sample.streams import Weighted, picks
from ocgdesk.casework.sample.ties import Ties
from ocgdesk.domain.entities import Nominal, Ocg, Operation
from ocgdesk.domain.links import Link

_TYPES = Weighted(
    {"investigation": 50.0, "county-lines": 14.0, "financial": 12.0, "intelligence": 12.0,
     "day-of-action": 6.0, "safeguarding": 6.0}
)  # fmt: skip
_PHASES = Weighted({"proactive": 44.0, "pre-charge": 24.0, "post-charge": 20.0, "closed": 12.0})
_UNITS = ("Serious and Organised Crime Unit", "Local policing", "Economic Crime Unit", "County lines team")


def operations(setting: Setting, groups: Sequence[Ocg]) -> tuple[Operation, ...]:
    """Return operations, led by the agencies that own OCGs."""
    chance, ids = setting.numbers("operations"), setting.ids("operations")
    sios = officers(setting.numbers("operation officers"), "sio", 8)
    live = [ocg for ocg in groups if ocg.status in LIVE]
    names = chance.sample(words.OPERATIONS, setting.size.operations)
    return tuple(
        _operation(setting, chance, next(ids), name, live[i % len(live)].agency, sios)
        for i, name in enumerate(names)
    )


def _operation(
    setting: Setting, chance: Random, id_: UUID, name: str, agency: str, sios: tuple[str, ...]
) -> Operation:
    phase = _PHASES.draw(chance)
    return Operation(
        id=id_,
        name=f"Operation {name}",
        operation_type=_TYPES.draw(chance),
        phase=phase,
        agency=agency,
        unit=chance.choice(_UNITS),
        sio=chance.choice(sios),
        opened=setting.ago(chance, 60, 700),
        closed=setting.ago(chance, 5, 59) if phase == "closed" else None,
    )


def investigating(
    setting: Setting,
    evidence: Evidence,
    groups: Sequence[Ocg],
    people: Rosters,
    known: Sequence[Nominal],
    led: Sequence[Operation],
) -> Iterator[Link]:
    """Yield which OCG each operation looks into, and its subjects among the members."""
    ties = Ties.of(setting, evidence, "investigating")
    live = [number for number, ocg in enumerate(groups) if ocg.status in LIVE]
    for place, operation in enumerate(led):
        number = live[place % len(live)]
        yield from ties.tie("investigates", operation.id, groups[number].id, number)
        for nominal in picks(ties.chance, people.members[number], ties.chance.randint(1, 4)):
            yield from ties.tie("investigates", operation.id, known[nominal].id, number)
