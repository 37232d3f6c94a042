"""How links of a sample are made: one maker for each topic, with its own chance and ids."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any, Self
from uuid import UUID

from ocgdesk.casework.sample.evidence import Evidence
from ocgdesk.casework.sample.rosters import Rosters
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.domain.entities import Nominal, Ocg
from ocgdesk.domain.links import Basis, Link
from ocgdesk.domain.reference_data import code_list

_ASSESSED = 0.3
"""The share of links recorded as assessment rather than fact."""


@dataclass(frozen=True, slots=True)
class Society:
    """The groups and people whom links join, and the reports links rest on."""

    setting: Setting
    groups: tuple[Ocg, ...]
    people: Rosters
    known: tuple[Nominal, ...]
    evidence: Evidence

    def nominal(self, number: int) -> UUID:
        """Return the id of a nominal by number."""
        return self.known[number].id


@dataclass(frozen=True, slots=True)
class Ties:
    """Makes the links of one topic; no two of one type join the same ends the same way."""

    society: Society
    chance: Random
    ids: Iterator[UUID]
    _seen: set[tuple[UUID, UUID, str]] = field(default_factory=set)

    @classmethod
    def of(cls, society: Society, topic: str) -> Self:
        """Return a maker for this topic."""
        return cls(society, society.setting.numbers(topic), society.setting.ids(topic))

    def between(self, type_: str, one: int, other: int, group: int) -> tuple[Link, ...]:
        """Return a link between two nominals, by their numbers."""
        return self.tie(type_, self.society.nominal(one), self.society.nominal(other), group)

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

    def grounds(self, group: int, *, least: int = 1) -> dict[str, Any]:
        """Return what a link within a group rests on: reports, strength, basis, dates."""
        chance, setting = self.chance, self.society.setting
        reports, strength = self.society.evidence.support(chance, group, least=least)
        luck = chance.random()
        return {
            "reports": reports,
            "strength": strength,
            "basis": Basis.ASSESSMENT.value if luck < _ASSESSED else Basis.FACT.value,
            "start": setting.ago(chance, 30, 1500) if luck < 0.55 else None,
            "end": setting.ago(chance, 1, 29) if luck < 0.03 else None,
        }


_DIRECTED: dict[str, bool] = {}


def _directed(type_: str) -> bool:
    if not _DIRECTED:
        _DIRECTED.update({item.code: item.get("directed") for item in code_list("link-types")})
    return _DIRECTED[type_]
