"""One field of a record over time: what stood there, from when to when, and who put it there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework.field_words import worded
from ocgdesk.domain.assertions import field_of
from ocgdesk.domain.changes import Change
from ocgdesk.domain.fields import Field, FieldType, described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.things import Marked, Thing
from ocgdesk.errors import Refused
from ocgdesk.i18n import N_, _
from ocgdesk.store.history import Event
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import by_ids

MARKING: Final = "marking"
RESTRICTED: Final = "restricted"
_OF_ANY: Final = {MARKING: N_("Marking"), RESTRICTED: N_("Restricted")}
"""What every record has besides the fields of its kind."""
_RECORDS: Final = frozenset({FieldType.ENTITY, FieldType.ENTITIES})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """A value of one field, and the act that put it there."""

    value: Any
    """As the record holds it; None where the record was taken out."""
    since: datetime
    until: datetime | None
    """None for what stands now."""
    user: UUID
    label: str
    reason: str
    seq: int
    is_removed: bool = False
    is_erased: bool = False
    """What stood from here on was lawfully erased from the journal."""


def names(kind: Kind) -> tuple[tuple[str, str], ...]:
    """Return the fields of a kind whose history can be asked for, each with its words."""
    own = [(field.name, field.label) for field in described_fields(class_of(kind))]
    base = _OF_ANY.items() if issubclass(class_of(kind), Marked) else ()
    return (*own, *((name, _(words)) for name, words in base))


def in_words(change: Change, named: Mapping[UUID, str]) -> list[tuple[str, str, str]]:
    """Return the fields a change touched: each by its label, with what stood before and after.

    ``named`` says what records are called; one that is not in it is "another record".
    """
    found = []
    for field in described_fields(type(change.thing)):
        before, after = (
            "" if thing is None else _in_words(field, getattr(thing, field.name), named)
            for thing in (change.before, change.after)
        )
        if before != after:
            found.append((_(field.label), before, after))
    return found


def _in_words(field: Field, value: Any, named: Mapping[UUID, str]) -> str:
    if field.type in _RECORDS and value:
        ids = value if isinstance(value, tuple) else (value,)
        return "; ".join(named.get(id_, _("another record")) for id_ in ids)
    return worded(field, value)


def named(reader: Reader, events: Sequence[Event]) -> dict[UUID, str]:
    """Return what the records are called that the changes of a history name."""
    ids: set[UUID] = set()
    for change in (event.change for event in events if event.change is not None):
        for thing in filter(None, (change.before, change.after)):
            for field in described_fields(type(thing)):
                value = getattr(thing, field.name) if field.type in _RECORDS else None
                ids.update(value if isinstance(value, tuple) else filter(None, (value,)))
    return {id_: one.label for id_, one in by_ids(reader, ids).items()}


def of_field(events: Sequence[Event], name: str) -> tuple[Stood, ...]:
    """Return what stood in a field over time, oldest first; Refused for one there is none of."""
    found: list[Stood] = []
    for event in events:
        change = event.change
        value = value_of(change.after, name) if change and change.after else None
        removed = change is not None and change.after is None
        if found and not _differs(found[-1], value, removed=removed, erased=change is None):
            continue
        found.append(_stood(event, value, removed=removed))
    return tuple(_ended(found))


def _differs(last: Stood, value: Any, *, removed: bool, erased: bool) -> bool:
    return (last.value, last.is_removed, last.is_erased) != (value, removed, erased)


def _stood(event: Event, value: Any, *, removed: bool) -> Stood:
    entry = event.entry
    return Stood(
        value=value,
        since=entry.at,
        until=None,
        user=entry.user,
        label=entry.label,
        reason=entry.reason,
        seq=entry.seq,
        is_removed=removed,
        is_erased=event.change is None,
    )


def _ended(found: Sequence[Stood]) -> Iterable[Stood]:
    """Let each value end where the next begins."""
    for one, after in zip(found, [*found[1:], None], strict=True):
        yield replace(one, until=after.since if after else None)


def value_of(thing: Thing, name: str) -> Any:
    """Return what stands in a field, in the marking or in the restriction of a record."""
    if name == MARKING and isinstance(thing, Marked):
        return thing.marking
    if name == RESTRICTED and isinstance(thing, Marked):
        return thing.restricted_to is not None
    return getattr(thing, field_of(thing, name).name)


def check(kind: Kind, name: str) -> str:
    """Return the name of a field as asked for, hyphens or not; Refused for one there is not."""
    wanted = name.strip().lower().replace("-", "_")
    if wanted not in dict(names(kind)):
        raise Refused(_("There is no field {name} on this kind of record").format(name=name[:40]))
    return wanted
