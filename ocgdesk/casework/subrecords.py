"""Sub-records: what hangs on a record and has a life of its own.

Added, changed, ended and taken out by the rules of any record; ``in_step`` then brings the
record they hang on into line, in the same act.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, TypeVar
from uuid import UUID

from ocgdesk.casework import in_step, records
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.fields import FieldType, described_fields
from ocgdesk.domain.kinds import SUBRECORDS, Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader, named_by
from ocgdesk.store.records import Brief
from ocgdesk.store.work import Work

E = TypeVar("E", bound=Entity)

APPEND_ONLY: Final = frozenset({Kind.DECISION})
"""The kinds whose entries are superseded, never changed or removed."""
ENDING: Final = frozenset(in_step.END_FIELD)
"""The kinds that end on a day and stay on record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hanging:
    """What hangs on a record, by kind, and the records that its fields name."""

    things: Mapping[Kind, tuple[Entity, ...]]
    named: Mapping[UUID, Brief]
    """Records named in fields, as far as this reader may know of them."""

    def of(self, kind: Kind) -> tuple[Entity, ...]:
        """Return what there is of a kind, in the order it was entered."""
        return self.things.get(kind, ())


NOTHING: Final = Hanging(things={}, named={})


def kinds_on(kind: Kind) -> tuple[Kind, ...]:
    """Return the kinds of sub-record that hang on records of a kind."""
    return tuple(sub for sub in SUBRECORDS if kind in owners_of(sub))


def owners_of(sub: Kind) -> tuple[Kind, ...]:
    """Return the kinds of record that a kind of sub-record hangs on."""
    cls = class_of(sub)
    return cls.owners if issubclass(cls, Entity) else ()


def of(reader: Reader, owner: UUID, *kinds: Kind) -> Hanging:
    """Return what hangs on a record, of these kinds or of all; NotFound for no such record."""
    found = queries.owned(reader, owner, *(kinds or SUBRECORDS))
    things = [thing for thing in found if isinstance(thing, Entity)]
    return Hanging(things=by_kind(things), named=names(reader, things))


def by_kind(things: Iterable[Entity]) -> dict[Kind, tuple[Entity, ...]]:
    """Return things in groups of one kind, in the order they came."""
    groups: dict[Kind, list[Entity]] = {}
    for thing in things:
        groups.setdefault(thing.kind, []).append(thing)
    return {kind: tuple(group) for kind, group in groups.items()}


def names(reader: Reader, things: Iterable[Entity]) -> dict[UUID, Brief]:
    """Return the records that fields of these things name, in one line each."""
    return queries.by_ids(reader, {id_ for thing in things for id_ in named_by(thing)})


def add(work: Work, new: E) -> E:
    """Hang a new sub-record on its owner, as restricted and as highly marked as that.

    Raises Refused where its kind does not hang on records of the owner's, or a value cannot be.
    """
    in_step.check_owner(work.reader, new)
    assert new.owner is not None  # noqa: S101 - checked before
    owner = work.reader.find(new.owner)
    if isinstance(owner, Entity):
        new = replace(new, marking=max(new.marking, owner.marking, key=lambda m: m.rank))
    return records.create(work, new)


def edit(work: Work, id_: UUID, values: Mapping[str, Any], *, version: int | None = None) -> Thing:
    """Change fields of a sub-record; a decision is superseded instead."""
    return records.edit(work, id_, values, version=version)


def end(work: Work, id_: UUID, day: date, *, version: int | None = None) -> Thing:
    """Say since when a sub-record is over; it stays on record.

    Raises Refused for a kind that does not end, or where it is over already or began later.
    """
    thing = work.reader.find(id_)
    if (name := in_step.END_FIELD.get(thing.kind)) is None:
        told = _("{kind} does not end; edit or remove it")
        raise Refused(told.format(kind=label("kinds", thing.kind.value)))
    if not may_end(thing, day):
        raise Refused(_("This is over already; edit its dates instead"))
    start, _end = in_step.period(thing)
    if start is not None and start.earliest() > day:
        told = _("It only began on {day}; nothing can end before it began")
        raise Refused(told.format(day=start.worded()))
    return records.edit(work, id_, {name: _typed(thing, name, day)}, version=version)


def may_end(thing: Thing, on: date) -> bool:
    """Tell whether a sub-record is of a kind that ends and is not over on a day."""
    _start, ended = in_step.period(thing)
    return thing.kind in in_step.END_FIELD and (ended is None or ended.earliest() > on)


def is_over(thing: Thing, on: date) -> bool:
    """Tell whether a sub-record is over on a day."""
    _start, ended = in_step.period(thing)
    return ended is not None and not in_step.is_in_force(thing, on)


def _typed(thing: Thing, name: str, day: date) -> date | PartialDate:
    described = next(f for f in described_fields(type(thing)) if f.name == name)
    return day if described.type is FieldType.DAY else PartialDate.of(day)


def remove(work: Work, ids: Sequence[UUID], reason: str) -> None:
    """Take sub-records out; undo brings them back. Needs a reason."""
    if not reason.strip():
        raise Refused(_("Say why this is removed; the reason is kept"))
    records.remove(work, ids, reason.strip())
