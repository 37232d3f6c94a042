"""A row of a draft made part of a record: as a merge would, with nothing overwritten unseen.

Empty fields are filled, lists are united, another name is kept as an alias. Where the two say
different things the record stays as it is unless somebody chose, and what the row says is kept
beside it as a statement.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from ocgdesk.casework import combining, import_matching
from ocgdesk.casework.combining import ABSORBED, KEPT
from ocgdesk.casework.ruled import BY_ACT
from ocgdesk.domain import assertions
from ocgdesk.domain.fields import Field, described_fields
from ocgdesk.domain.links import Assertion
from ocgdesk.domain.things import Entity
from ocgdesk.exchange.draft import DraftRecord
from ocgdesk.i18n import _
from ocgdesk.store import records as queries
from ocgdesk.store.codec import sort_key
from ocgdesk.store.reader import Reader

Said = Mapping[UUID, frozenset[tuple[str, str]]]
"""By record what is stated of it beside what it shows: field and value as an assertion has it."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A record with what a row says of it, and what was kept beside."""

    after: Entity
    kept: tuple[str, ...] = ()
    """The fields in which the record stays as it is though the row says otherwise."""
    beside: tuple[Assertion, ...] = ()


def join(
    before: Entity,
    draft: DraftRecord,
    made: Entity,
    choices: Mapping[str, str] | None = None,
    said: Iterable[tuple[str, str]] = (),
) -> Joined:
    """Return what a record becomes when a row is taken as the same.

    ``made`` is the record the row would make by itself, ``choices`` are those of a merge,
    ``said`` what is stated beside the record already.
    """
    given, known = {*draft.values, "externals"}, {*said}
    described = {f.name: f for f in described_fields(type(before))}
    made = _named_alike(before, draft, made)
    chosen = _chosen(before, made, given, choices or {}, known)
    after = combining.combined(before, made, chosen)
    if "marking" not in draft.values:
        after = replace(after, marking=before.marking)
    after = replace(after, **_by_act(before, made, given))
    differing = [f for f in described.values() if f.name in given and _differs(f, made, after)]
    lost = [f for f in described.values() if chosen.get(f.name) == ABSORBED]
    beside = [_as_came(before.id, f, getattr(made, f.name)) for f in differing]
    beside += [_as_stood(f, before) for f in lost if _differs(f, before, after)]
    fresh = tuple(one for one in beside if (one.field, one.value) not in known)
    return Joined(after, tuple(f.name for f in differing), fresh)


def _chosen(
    before: Entity,
    made: Entity,
    given: Set[str],
    choices: Mapping[str, str],
    known: set[tuple[str, str]],
) -> dict[str, str]:
    """Return which value of each field is taken, where it is not what a merge takes anyway."""
    described = {f.name: f for f in described_fields(type(before))}
    found = {name: KEPT for name in described if name not in given}
    for name in given & described.keys():
        value = getattr(made, name)
        if value and _is_known(before, described[name], value, known):
            found[name] = KEPT  # it was not taken before, and stands beside the record
    found |= {n: c for n, c in choices.items() if n in given and (before.kind, n) not in BY_ACT}
    found.pop("externals", None)  # the file's key stays, or the next time it would be asked again
    return found


def _named_alike(before: Entity, draft: DraftRecord, made: Entity) -> Entity:
    """Return what the row makes, called as the record is where it is but written otherwise."""
    same = sort_key(before.label) == sort_key(made.label)
    if not same and not import_matching.is_same_number(draft, before):
        return made
    renamed: dict[str, Any] = {_label(before).name: before.label}
    return replace(made, **renamed)


def _label(record: Entity) -> Field:
    return next(f for f in described_fields(type(record)) if f.is_label)


def _by_act(before: Entity, made: Entity, given: Iterable[str]) -> dict[str, Any]:
    """Return what changes only by an act of its own as the row has it: the rules speak up."""
    names = [name for name in given if (before.kind, name) in BY_ACT]
    return {name: getattr(made, name) for name in names if getattr(made, name)}


def _differs(field: Field, made: Entity, after: Entity) -> bool:
    """Tell whether one says of a field what the record, as it becomes, does not show."""
    value, shown = getattr(made, field.name), getattr(after, field.name)
    if not value or value == shown or isinstance(value, tuple):
        return False
    return not (field.is_label and hasattr(after, "aliases"))  # another name is an alias by now


def _as_came(subject: UUID, field: Field, value: Any) -> Assertion:
    reason = _("An imported file has it so")
    text = assertions.written(field, value)
    return Assertion(subject=subject, field=field.name, value=text, reason=reason)


def _as_stood(field: Field, before: Entity) -> Assertion:
    """Return what stood in a field whose value somebody took from a row instead."""
    reason = _("It stood here before an imported row was taken")
    text = assertions.written(field, getattr(before, field.name))
    return Assertion(subject=before.id, field=field.name, value=text, reason=reason)


def said_beside(reader: Reader, ids: Sequence[UUID]) -> Said:
    """Return what is stated of records besides what they show."""
    found: dict[UUID, set[tuple[str, str]]] = {}
    for one in queries.statements(reader, ids):
        if not one.chosen:
            found.setdefault(one.subject, set()).add((one.field, one.value))
    return {id_: frozenset(some) for id_, some in found.items()}


def without_known(
    before: Entity, values: Mapping[str, Any], said: Iterable[tuple[str, str]]
) -> dict[str, Any]:
    """Return what a row says anew: not a name that is an alias, nor what is kept beside."""
    known = {*said}
    fields = {f.name: f for f in described_fields(type(before))}
    return {
        name: value
        for name, value in values.items()
        if name not in fields or not _is_known(before, fields[name], value, known)
    }


def _is_known(before: Entity, field: Field, value: Any, known: set[tuple[str, str]]) -> bool:
    if value is None or isinstance(value, tuple) or value == getattr(before, field.name):
        return False
    if field.is_label and any(value == alias.text for alias in _aliases(before)):
        return True
    return bool(known) and (field.name, assertions.written(field, value)) in known


def _aliases(record: Entity) -> Iterator[Any]:
    yield from getattr(record, "aliases", ())


def chosen_of(compared: Iterable[combining.Compared], usual: Mapping[str, str]) -> dict[str, str]:
    """Return what somebody chose of fields side by side, where it is not what is usual.

    Only that is kept: what is usual may be another once somebody else changed the record.
    """
    told = ((one.field.name, one.choice) for one in compared if one.differs)
    return {name: choice for name, choice in told if choice != usual.get(name)}


def beside(before: Entity, draft: DraftRecord, made: Entity) -> tuple[combining.Compared, ...]:
    """Return a record and what a row says of it side by side: only fields the row speaks of."""
    made = _named_alike(before, draft, made)
    found = combining.beside(before, made)
    return tuple(one for one in found if one.field.name in draft.values)
