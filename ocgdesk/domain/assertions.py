"""What sources say of the fields of a record, set against what the record shows.

A record shows one value of a field; several sources may state it, and others state other values.
Where nothing is stated, the source of the value is not recorded.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from ocgdesk.domain.fields import Field, FieldType, described_fields
from ocgdesk.domain.links import Assertion
from ocgdesk.domain.things import Thing
from ocgdesk.domain.wire import value_from_wire, value_to_wire
from ocgdesk.errors import Refused

_PLAIN: Final = frozenset(
    {
        *(FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CODE, FieldType.GRADE),
        *(FieldType.DAY, FieldType.PARTIAL_DATE, FieldType.INSTANT),
    }
)
"""Types whose plain value is a text already."""


def field_of(thing: Thing, name: str) -> Field:
    """Return the description of a field; Refused where this kind of thing has none."""
    found = next((item for item in described_fields(type(thing)) if item.name == name), None)
    if found is None:
        raise Refused(f"There is no field {name[:40]!r} on this kind of record")
    return found


def written(described: Field, value: Any) -> str:
    """Return a field's value as an assertion keeps it: dates as ISO, lists and numbers as JSON."""
    plain = value_to_wire(described, value)
    if described.type in _PLAIN:
        return "" if plain is None else str(plain)
    return json.dumps(plain, ensure_ascii=False, default=str)


def stated(described: Field, said: Assertion) -> Any:
    """Return the value that an assertion states; Refused where its text is none for the field."""
    try:
        if described.type in _PLAIN:
            return value_from_wire(described, said.value) if said.value else _empty(described)
        return value_from_wire(described, json.loads(said.value))
    except (Refused, ValueError, TypeError, AttributeError):
        raise Refused(f"What was stated does not fit {described.label.lower()}") from None


def _empty(described: Field) -> Any:
    is_date = described.type in {FieldType.DAY, FieldType.PARTIAL_DATE, FieldType.INSTANT}
    return None if is_date else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """What is stated of one field: who says what the record shows, and who says otherwise."""

    described: Field
    agreeing: tuple[Assertion, ...] = ()
    others: tuple[Assertion, ...] = ()

    @property
    def reports(self) -> frozenset[UUID]:
        """The reports behind the value that is shown."""
        return frozenset(id_ for said in self.agreeing for id_ in said.reports)

    @property
    def other_values(self) -> int:
        """How many different values are stated besides the one shown."""
        return len({said.value for said in self.others})


@dataclass(frozen=True, slots=True)
class _Pile:
    """Assertions of one field, while they are sorted."""

    agreeing: list[Assertion] = field(default_factory=list)
    others: list[Assertion] = field(default_factory=list)


def backings(thing: Thing, said: Iterable[Assertion]) -> Mapping[str, Backing]:
    """Return, by field, what is stated of a thing; chosen statements come first.

    A statement agrees where it states the value that the thing holds now, whichever was chosen
    at the time: the value may have been edited since. Fields unknown to the kind are left out.
    """
    known = {item.name: item for item in described_fields(type(thing))}
    piles: dict[str, _Pile] = {}
    for item in sorted(said, key=lambda item: not item.chosen):
        if item.field in known:
            pile = piles.setdefault(item.field, _Pile())
            agrees = item.value == written(known[item.field], getattr(thing, item.field))
            (pile.agreeing if agrees else pile.others).append(item)
    return {
        name: Backing(
            described=known[name], agreeing=tuple(pile.agreeing), others=tuple(pile.others)
        )
        for name, pile in piles.items()
    }
