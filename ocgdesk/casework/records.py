"""What can be done to records and links."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from ocgdesk.casework import case_rules, in_step, restricting, ruled
from ocgdesk.domain.fields import Field, FieldType, described_fields
from ocgdesk.domain.grading import Grading
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Attribution, Link, Membership
from ocgdesk.domain.people import Right
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.errors import Refused
from ocgdesk.store import records as queries
from ocgdesk.store.work import Work

E = TypeVar("E", bound=Entity)
LONGEST_LABEL = 10_000


def create(work: Work, entity: E) -> E:
    """Add a record; Refused where it has no name or a value breaks its list."""
    check(entity)
    ruled.check_new(entity)
    case_rules.check_new(work.reader, entity)
    in_step.check_owner(work.reader, entity)
    saved = work.put(entity)[0]
    in_step.follow(work, [saved])
    return saved  # type: ignore[return-value]


def edit(work: Work, id_: UUID, values: Mapping[str, Any], *, version: int | None = None) -> Thing:
    """Change fields of a record; with ``version``, only if it is still the one that was read."""
    return _edit(work, work.reader.find(id_), values, version)


def edit_link(
    work: Work, id_: UUID, values: Mapping[str, Any], *, version: int | None = None
) -> Thing:
    """Change fields of a link."""
    return _edit(work, work.reader.find(id_, Base.LINK), values, version)


def _edit(work: Work, thing: Thing, values: Mapping[str, Any], version: int | None) -> Thing:
    known = {f.name for f in described_fields(type(thing))} | {"marking"}
    if unknown := set(values) - known:
        raise Refused(f"There is no field {min(unknown)!r} on this kind of record")
    changed = replace(thing, **values)
    if version is not None:
        changed = replace(changed, version=version)
    check(changed)
    ruled.check_edit(thing, changed)
    case_rules.check_edit(work.reader, thing, changed)
    changed = case_rules.settled(thing, changed)
    in_step.check_change(work.reader, thing, changed, in_step.day_of(work))
    saved = work.put(changed)[0]
    in_step.follow(work, [saved])
    return saved


def remove(work: Work, ids: Iterable[UUID], reason: str = "") -> None:
    """Take records out, with all that hangs on them. Undo brings everything back."""
    work.entry = {**work.entry, "reason": reason}
    gone: dict[UUID, Thing] = {}
    for id_ in ids:
        entity = work.reader.find(id_)
        assert isinstance(entity, Entity)  # noqa: S101 - found in the table of entities
        in_step.check_change(work.reader, entity, None, in_step.day_of(work))
        for thing in (*queries.hanging_on(work.reader, entity), entity):
            gone[thing.id] = thing
    work.remove(*gone.values())
    in_step.follow(work, gone.values())


def link(work: Work, new: Link) -> Link:
    """Join two records; Refused where the two are one, or a kind of link does not fit its ends."""
    if new.is_loop:
        raise Refused("A link joins two different records")
    ends = (work.reader.find(new.source), work.reader.find(new.target))
    wanted = _ENDS.get(type(new))
    if wanted and (ends[0].kind, ends[1].kind) != wanted:
        raise Refused(f"A {new.kind.value} goes from a {wanted[0].value} to a {wanted[1].value}")
    check(new)
    ruled.check_new(new)
    return work.put(ruled.begun(new, work.user.id))[0]  # type: ignore[return-value]


_ENDS: dict[type[Link], tuple[Kind, Kind]] = {
    Membership: (Kind.NOMINAL, Kind.OCG),
    Attribution: (Kind.HANDLE, Kind.NOMINAL),
}


def unlink(work: Work, ids: Iterable[UUID]) -> None:
    """Take links out; the records at their ends stay."""
    work.remove(*(work.reader.find(id_, Base.LINK) for id_ in ids))


def restrict(work: Work, id_: UUID, users: Iterable[UUID] | None, reason: str) -> None:
    """Close a record to all but these users, or open it to everybody with None."""
    restricting.restrict(work, id_, users, reason)


def check(thing: Thing) -> None:
    """Raise Refused, naming the field, where a value cannot be."""
    for field in described_fields(type(thing)):
        value = getattr(thing, field.name)
        if field.required and not str(value).strip():
            raise Refused(f"{field.label} is needed")
        if field.is_label and len(str(value)) > LONGEST_LABEL:
            raise Refused(f"{field.label} is longer than {LONGEST_LABEL:,} characters")
        if value:
            _check_value(field, value)


def _check_value(field: Field, value: Any) -> None:
    if field.type is FieldType.GRADE:
        Grading.parse(value)
    if field.codes and field.type in {FieldType.CODE, FieldType.CODES}:
        known = code_list(field.codes)
        for code in (value,) if isinstance(value, str) else value:
            if code not in known:
                raise Refused(f"{str(code)[:40]!r} is not in the list of {known.title.lower()}")


def may_edit(work: Work, kind: Kind) -> None:
    """Raise Refused where the user's roles do not allow this kind to be edited."""
    plan = {Kind.PLAN, Kind.OBJECTIVE, Kind.ACTION}
    work.user.need(Right.PLAN if kind in plan else Right.EDIT)
