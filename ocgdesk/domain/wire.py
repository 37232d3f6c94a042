"""Things as plain values, for the journal, for JSON and for other processes, and back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.fields import Field, FieldType, described_fields
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.things import Thing
from ocgdesk.domain.values import Alias, Answer, External, Ground, Identifier

Wire = dict[str, Any]


def _uuid(value: bytes | str | UUID) -> UUID:
    if isinstance(value, UUID):
        return value
    return UUID(bytes=value) if isinstance(value, bytes) else UUID(value)


def _rows(values: tuple[Any, ...]) -> list[list[Any]]:
    return [[getattr(value, name) for name in value.__slots__] for value in values]


def _read_rows(cls: Callable[..., Any]) -> Callable[[Any], tuple[Any, ...]]:
    return lambda rows: tuple(cls(*row) for row in rows)


def _same(value: Any) -> Any:
    return value


_WRITE: dict[FieldType, Callable[[Any], Any]] = {
    FieldType.DAY: date.isoformat,
    FieldType.INSTANT: datetime.isoformat,
    FieldType.PARTIAL_DATE: str,
    FieldType.CODES: list,
    FieldType.TEXTS: list,
    FieldType.ENTITIES: list,
    FieldType.ALIASES: _rows,
    FieldType.IDENTIFIERS: _rows,
    FieldType.EXTERNALS: _rows,
    FieldType.GROUNDS: _rows,
    FieldType.ANSWERS: _rows,
}
_READ: dict[FieldType, Callable[[Any], Any]] = {
    FieldType.DAY: date.fromisoformat,
    FieldType.INSTANT: datetime.fromisoformat,
    FieldType.PARTIAL_DATE: PartialDate.stored,
    FieldType.ENTITY: _uuid,
    FieldType.CODES: tuple,
    FieldType.TEXTS: tuple,
    FieldType.ENTITIES: lambda values: tuple(_uuid(value) for value in values),
    FieldType.ALIASES: _read_rows(Alias),
    FieldType.IDENTIFIERS: _read_rows(Identifier),
    FieldType.EXTERNALS: _read_rows(External),
    FieldType.GROUNDS: _read_rows(Ground),
    FieldType.ANSWERS: _read_rows(Answer),
}

ENDS: dict[Base, tuple[str, ...]] = {
    Base.ENTITY: ("owner",),
    Base.LINK: ("source", "target"),
    Base.ASSERTION: ("subject",),
    Base.PLACEMENT: ("chart", "item"),
}
"""The fields of each base that name another thing and are kept as integers inside the file."""


@dataclass(frozen=True, slots=True)
class _Codec:
    """How one kind is written: name, default, writer and reader of each of its fields."""

    cls: type[Thing]
    fields: tuple[tuple[str, Any, Callable[[Any], Any], Callable[[Any], Any]], ...]
    get: Callable[[Any], tuple[Any, ...]]
    """Returns the values of those fields, in their order."""


_codecs: dict[Kind, _Codec] = {}


def _codec(kind: Kind) -> _Codec:
    if (known := _codecs.get(kind)) is None:
        cls = class_of(kind)
        defaults = {f.name: f.default for f in fields(cls)}
        known = _codecs[kind] = _Codec(
            cls,
            tuple(
                (f.name, defaults[f.name], _WRITE.get(f.type, _same), _READ.get(f.type, _same))
                for f in described_fields(cls)
            ),
            attrgetter(*(f.name for f in described_fields(cls))),
        )
    return known


def value_to_wire(field: Field, value: Any) -> Any:
    """Return one field's value as a plain value; None stays None."""
    return None if value is None else _WRITE.get(field.type, _same)(value)


def value_from_wire(field: Field, value: Any) -> Any:
    """Return the value of a field that a plain value stands for; ValueError where it is none."""
    return None if value is None else _READ.get(field.type, _same)(value)


def to_wire(thing: Thing) -> Wire:
    """Return the thing as a dictionary of plain values; fields at their default are left out.

    UUIDs stay UUIDs: each writer has its own form for them.
    """
    wire: Wire = {"kind": thing.kind.value, "id": thing.id, "version": thing.version}
    for name in ENDS[thing.base]:
        if (end := getattr(thing, name)) is not None:
            wire[name] = end
    if thing.base in {Base.ENTITY, Base.LINK}:
        _write_access(thing, wire)
    codec = _codec(thing.kind)
    for (name, default, write, _read), value in zip(codec.fields, codec.get(thing), strict=True):
        if value is not default and value != default:
            wire[name] = None if value is None else write(value)
    return wire


def from_wire(wire: Mapping[str, Any]) -> Thing:
    """Return the thing a dictionary stands for. Fields this version no longer has are dropped."""
    codec = _codec(Kind(wire["kind"]))
    values: dict[str, Any] = {"id": _uuid(wire["id"]), "version": wire["version"]}
    for name in ENDS[codec.cls.base]:
        if (end := wire.get(name)) is not None:
            values[name] = _uuid(end)
    if codec.cls.base in {Base.ENTITY, Base.LINK}:
        _read_access(wire, values)
    for name, _default, _write, read in codec.fields:
        if name in wire:
            value = wire[name]
            values[name] = None if value is None else read(value)
    return codec.cls(**values)


def _write_access(thing: Any, wire: Wire) -> None:
    wire["marking"] = thing.marking.value
    if thing.restricted_to is not None:
        wire["restricted_to"] = sorted(thing.restricted_to)
    if thing.base is Base.ENTITY:
        wire["ref"] = thing.ref


def _read_access(wire: Mapping[str, Any], values: dict[str, Any]) -> None:
    values["marking"] = Marking(wire["marking"])
    if (users := wire.get("restricted_to")) is not None:
        values["restricted_to"] = frozenset(_uuid(user) for user in users)
    if "ref" in wire:
        values["ref"] = wire["ref"]
