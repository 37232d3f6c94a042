"""How links of a sample are made: one maker for each topic, with its own chance and ids."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

from ocgdesk.casework.sample.evidence import Evidence
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.domain.links import Basis, Link
from ocgdesk.domain.reference_data import code_list

_ASSESSED = 0.3
"""The share of links recorded as assessment rather than fact."""


@dataclass(frozen=True, slots=True)
class Ties:
    """Makes the links of one topic; no two of one type join the same ends the same way."""

    setting: Setting
    evidence: Evidence
    chance: Random
    ids: Iterator[UUID]
    _seen: set[tuple[UUID, UUID, str]] = field(default_factory=set)

    @classmethod
    def of(cls, setting: Setting, evidence: Evidence, topic: str) -> "Ties":
        """Return a maker for this topic."""
        return cls(setting, evidence, setting.numbers(topic), setting.ids(topic))

    def tie(
        self, type_: str, source: UUID, target: UUID, group: int, **more: Any
    ) -> tuple[Link, ...]:
        """Return a link resting on the reports about a group; nothing if there is one already."""
        directed = _directed(type_)
        if source == target or (source, target, type_) in self._seen:
            return ()
        if not directed and (target, source, type_) in self._seen:
            return ()
        self._seen.add((source, target, type_))
        return (
            Link(
                id=next(self.ids),
                source=source,
                target=target,
                type=type_,
                directed=directed,
                **{**self.grounds(group), **more},
            ),
        )

    def grounds(self, group: int) -> dict[str, Any]:
        """Return what a link within a group rests on: reports, strength, basis, dates."""
        chance = self.chance
        reports, strength = self.evidence.support(chance, group)
        luck = chance.random()
        return {
            "reports": reports,
            "strength": strength,
            "basis": Basis.ASSESSMENT.value if luck < _ASSESSED else Basis.FACT.value,
            "start": self.setting.ago(chance, 30, 1500) if luck < 0.55 else None,
            "end": self.setting.ago(chance, 1, 29) if luck < 0.03 else None,
        }


_DIRECTED: dict[str, bool] = {}


def _directed(type_: str) -> bool:
    if not _DIRECTED:
        _DIRECTED.update({item.code: item.get("directed") for item in code_list("link-types")})
    return _DIRECTED[type_]
