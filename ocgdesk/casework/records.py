"""What can be done to records and links."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from ocgdesk.casework import case_rules, in_step, restricting, ruled
from ocgdesk.casework.said_once import Once
from ocgdesk.domain.fields import FieldType, described_fields
from ocgdesk.domain.grading import Grading
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Attribution, Link, Membership
from ocgdesk.domain.people import Right
from ocgdesk.domain.reference_data import CodeList, code_list
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.errors import Refused
from ocgdesk.store import records as queries
from ocgdesk.store.reader import Reader
from ocgdesk.store.work import Work

E = TypeVar("E", bound=Entity)
LONGEST_LABEL = 10_000


def create(work: Work, entity: E) -> E:
    """Add a record; Refused where it has no name or a value breaks its list.

    Refused too where only an act of its own makes such a record.
    """
    ruled.check_new(entity)
    return made(work, entity)


def made(work: Work, entity: E) -> E:
    """Add a record that an act makes which has rules of its own; no other way leads to one."""
    check(entity)
    begun = case_rules.begun(work.reader, entity)
    case_rules.check_new(work.reader, begun)
    in_step.check_owner(work.reader, begun)
    saved = work.put(begun)[0]
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
    changed = edited(work.reader, thing, values, in_step.day_of(work))
    if version is not None:
        changed = replace(changed, version=version)
    saved = work.put(changed)[0]
    in_step.follow(work, [saved])
    return saved


def edit_all(work: Work, edits: Iterable[tuple[Thing, Mapping[str, Any]]]) -> list[Thing]:
    """Change fields of several records at once, each against the version it was read with.

    Refused where two of them would then say what is said once, such as a reference of APMIS.
    """
    on, once, changed = in_step.day_of(work), Once(), list[Thing]()
    for thing, values in edits:
        changed.append(edited(work.reader, thing, values, on))
        once.check(thing, changed[-1])
    saved = work.put(*changed)
    in_step.follow(work, saved)
    return saved


def edited(reader: Reader, before: Thing, values: Mapping[str, Any], on: date) -> Thing:
    """Return a record as an edit on a day would leave it; Refused where a rule is against it."""
    changed = replace(before, **values)
    check(changed, before=before)
    ruled.check_edit(before, changed)
    case_rules.check_edit(reader, before, changed)
    changed = case_rules.settled(before, changed)
    in_step.check_change(reader, before, changed, on)
    return changed


def remove(work: Work, ids: Iterable[UUID], reason: str = "") -> None:
    """Take records out, with all that hangs on them. Undo brings everything back."""
    work.entry = {**work.entry, "reason": reason}
    gone: dict[UUID, Thing] = {}
    for id_ in ids:
        entity = work.reader.find(id_)
        assert isinstance(entity, Entity)  # noqa: S101 - found in the table of entities
        in_step.check_change(work.reader, entity, None, in_step.day_of(work))
        for thing in (*queries.hanging_on(work.reader, entity), entity):
            case_rules.check_removal(work.reader, thing)
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


def check(thing: Thing, *, before: Thing | None = None) -> None:
    """Raise Refused, naming the field, where a value cannot be.

    ``before`` is the thing as it was: a code that stood there may stay, whatever became of its
    list. A retired one cannot be taken anew.
    """
    for field in described_fields(type(thing)):
        value = getattr(thing, field.name)
        if field.required and not str(value).strip():
            raise Refused(f"{field.label} is needed")
        if field.is_label and len(str(value)) > LONGEST_LABEL:
            raise Refused(f"{field.label} is longer than {LONGEST_LABEL:,} characters")
        if value and field.type is FieldType.GRADE:
            Grading.parse(value)
        if value and field.codes and field.type in {FieldType.CODE, FieldType.CODES}:
            known = code_list(field.codes)
            stood = _codes(getattr(before, field.name, ()))
            new = [code for code in _codes(value) if code not in stood]
            _check_codes(known, new, fresh=before is not None or thing.version == 0)


def _codes(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _check_codes(known: CodeList, codes: Iterable[str], *, fresh: bool) -> None:
    for code in codes:
        if code not in known:
            raise Refused(f"{str(code)[:40]!r} is not in the list of {known.title.lower()}")
        if fresh and code in known.retired:
            raise Refused(
                f"{known.label(code)} is retired from the list of {known.title.lower()}; "
                "choose another"
            )


def may_edit(work: Work, kind: Kind) -> None:
    """Raise Refused where the user's roles do not allow this kind to be edited."""
    plan = {Kind.PLAN, Kind.OBJECTIVE, Kind.ACTION}
    work.user.need(Right.PLAN if kind in plan else Right.EDIT)
