"""Records as plain values for ``--json``: codes, not words; dates in ISO form."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from ocgdesk.domain.changes import Change
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.fields import Field, FieldType, described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.things import Entity, Marked, Thing
from ocgdesk.store.history import Event
from ocgdesk.store.journal import Logged
from ocgdesk.store.records import Brief, Linked

Plain = dict[str, Any]


def plain(thing: Thing) -> Plain:
    """Return a thing with ``id``, ``ref``, ``kind``, ``label``, ``marking`` and its fields."""
    found: Plain = {
        "id": str(thing.id),
        "ref": getattr(thing, "ref", "") or None,
        "kind": thing.kind.value,
        "label": thing.label if isinstance(thing, Entity) else None,
        "marking": thing.marking.value if isinstance(thing, Marked) else None,
    }
    if isinstance(thing, Marked):
        found["restricted"] = thing.restricted_to is not None
    if isinstance(thing, Link):
        found |= {"source": str(thing.source), "target": str(thing.target)}
    if isinstance(thing, Entity) and thing.owner:
        found["owner"] = str(thing.owner)
    found |= {f.name: value(f, getattr(thing, f.name)) for f in described_fields(type(thing))}
    return found


_ROWS = frozenset(
    {
        *(FieldType.ALIASES, FieldType.IDENTIFIERS, FieldType.EXTERNALS, FieldType.GROUNDS),
        FieldType.ANSWERS,
    }
)


def value(field: Field, of: Any) -> Any:
    """Return one field's value as JSON has it; empty texts and codes are null."""
    if field.type in _ROWS:
        return [{name: getattr(item, name) for name in item.__slots__} for item in of]
    if isinstance(of, tuple):
        return [str(item) for item in of]
    if isinstance(of, UUID | PartialDate):
        return str(of)
    if isinstance(of, date):
        return of.isoformat()
    return None if of == "" else of


def field_value(kind: Kind, name: str, of: Any) -> Any:
    """Return what stood in a field of a kind of record, as JSON has it."""
    described = next((f for f in described_fields(class_of(kind)) if f.name == name), None)
    return of if described is None or of is None else value(described, of)


def brief(record: Brief) -> Plain:
    """Return an entity in one line."""
    return {
        "id": str(record.id),
        "ref": record.ref or None,
        "kind": record.kind.value,
        "label": record.label,
        "marking": record.marking.value,
    }


def linked(item: Linked) -> Plain:
    """Return a link of a record with its other end."""
    return plain(item.link) | {"other": brief(item.other), "outward": item.outward}


def entry(logged: Logged, users: Mapping[UUID, str], refs: Iterable[str] = ()) -> Plain:
    """Return a journal entry; records by reference, never by name."""
    return {
        "seq": logged.seq,
        "at": logged.at.isoformat(),
        "user": users.get(logged.user, str(logged.user)),
        "act": logged.act.value,
        "label": logged.label,
        "reason": logged.reason or None,
        "detail": logged.detail,
        "undoes": logged.undoes,
        "things": logged.things,
        "refs": list(refs),
        "hash": logged.hash.hex(),
    }


def event(item: Event, users: Mapping[UUID, str]) -> Plain:
    """Return one change of one record with what it was before and after."""
    found = entry(item.entry, users)
    found["fields"] = "erased" if item.change is None else differences(item.change)
    return found


def differences(change: Change) -> Plain:
    """Return the fields a change touched, each with before and after."""
    described = described_fields(type(change.thing))
    pairs = {f.name: (_of(f, change.before), _of(f, change.after)) for f in described}
    return {
        name: {"before": before, "after": after}
        for name, (before, after) in pairs.items()
        if before != after
    }


def _of(field: Field, thing: Thing | None) -> Any:
    return None if thing is None else value(field, getattr(thing, field.name))
