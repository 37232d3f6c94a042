"""A 4P plan as one value: what a signature covers, and what differs between two of them.

The canonical form is JSON with sorted keys, without what changes by itself (versions inside the
file, number and status of the plan), so that the same plan has the same hash on every machine.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

import msgspec

from ocgdesk.domain.fields import described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.plans import Plan
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.things import Entity
from ocgdesk.domain.wire import to_wire
from ocgdesk.errors import Refused

COVERED: Final = (
    Kind.OBJECTIVE,
    Kind.ACTION,
    Kind.REQUIREMENT,
    Kind.PARTNER,
    Kind.PLAN_RISK,
    Kind.STRAND_NOTE,
)
"""The kinds a signature covers beside the plan itself, in their order on paper."""
_NOT_COVERED: Final = {
    Kind.PLAN: frozenset({"status", "number", "approved", "approved_by", "review_due"})
}
Plain = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A plan with the parts a signature covers."""

    plan: Plan
    parts: tuple[Entity, ...] = ()

    def of(self, kind: Kind) -> tuple[Entity, ...]:
        """Return the parts of one kind."""
        return tuple(part for part in self.parts if part.kind is kind)


def text(content: Content) -> str:
    """Return the canonical form of a plan."""
    ordered = sorted(content.parts, key=lambda part: (COVERED.index(part.kind), part.id.int))
    made = [_plain(thing) for thing in (content.plan, *ordered)]
    return msgspec.json.encode(made, order="sorted").decode()


def _plain(thing: Entity) -> Plain:
    wire = to_wire(thing)
    left_out = {"version", "owner", *_NOT_COVERED.get(thing.kind, ())}
    return {name: value for name, value in wire.items() if name not in left_out} | {
        "ref": thing.ref
    }


def digest(canonical: str) -> str:
    """Return the SHA-256 of a canonical form, in hexadecimal."""
    return sha256(canonical.encode()).hexdigest()


def read(canonical: str) -> tuple[Plain, ...]:
    """Return the parts of a canonical form; Refused for text that is none."""
    try:
        made = msgspec.json.decode(canonical.encode(), type=list[dict[str, Any]])
    except msgspec.DecodeError:
        raise Refused("The content of this version is damaged") from None
    return tuple(made)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that was added, removed or changed between two versions of a plan."""

    what: str
    """``added``, ``removed`` or ``changed``."""
    kind: Kind
    id: UUID
    label: str
    strand: str = ""
    fields: tuple[tuple[str, Any, Any], ...] = ()
    """Name, before and after of each field that changed, as plain values."""


def differences(before: Iterable[Plain], after: Iterable[Plain]) -> tuple[Difference, ...]:
    """Return what differs between two versions, parts in the order they stand on paper."""
    old, new = _by_id(before), _by_id(after)
    found = [_changed(old[id_], new[id_]) for id_ in new if id_ in old]
    return (
        *(one for one in found if one is not None),
        *(_whole("added", new[id_]) for id_ in new if id_ not in old),
        *(_whole("removed", old[id_]) for id_ in old if id_ not in new),
    )


def _by_id(parts: Iterable[Plain]) -> dict[str, Plain]:
    return {str(part["id"]): part for part in parts}


def _whole(what: str, part: Mapping[str, Any]) -> Difference:
    kind = Kind(part["kind"])
    return Difference(
        what=what,
        kind=kind,
        id=UUID(str(part["id"])),
        label=_label(kind, part),
        strand=_strand(part),
    )


def _changed(before: Plain, after: Plain) -> Difference | None:
    kind = Kind(after["kind"])
    fields = tuple(_fields(kind, before, after))
    if not fields:
        return None
    return Difference(
        what="changed",
        kind=kind,
        id=UUID(str(after["id"])),
        label=_label(kind, after),
        strand=_strand(after),
        fields=fields,
    )


def _fields(kind: Kind, before: Plain, after: Plain) -> Iterator[tuple[str, Any, Any]]:
    for field in described_fields(class_of(kind)):
        old, new = before.get(field.name), after.get(field.name)
        if old != new:
            yield field.name, old, new


def _strand(part: Mapping[str, Any]) -> str:
    """Return the strand a part stands under; that of a part left at its default is Pursue."""
    kind = Kind(part["kind"])
    has_strand = any(field.name == "strand" for field in described_fields(class_of(kind)))
    return str(part.get("strand", "pursue")) if has_strand else ""


def _label(kind: Kind, part: Mapping[str, Any]) -> str:
    name = next((f.name for f in described_fields(class_of(kind)) if f.is_label), "")
    return str(part.get(name, "")) or str(part.get("ref", ""))
