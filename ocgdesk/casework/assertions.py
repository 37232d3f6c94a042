"""What can be done with what sources say of a record's fields: state it, choose it, take it out.

The record shows the chosen value; what other sources say stays beside it, with their reports.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from ocgdesk.casework import records
from ocgdesk.domain import assertions
from ocgdesk.domain.fields import Field
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Assertion, Basis
from ocgdesk.domain.things import Entity
from ocgdesk.errors import Refused
from ocgdesk.store import records as queries
from ocgdesk.store.work import Work


def add(
    work: Work,
    subject: UUID,
    field: str,
    value: Any,
    *,
    reports: Sequence[UUID] = (),
    basis: Basis = Basis.FACT,
    choose: bool = False,
    reason: str = "",
) -> Assertion:
    """State what a source says of a field of a record; with ``choose`` the record shows it.

    Raises Refused where the record has no such field, the value breaks its list, what is named
    is no report, or a value that differs from the one shown is chosen without a reason.
    """
    entity = _entity(work, subject)
    described = assertions.field_of(entity, field)
    _check_reports(work, reports)
    records.check(replace(entity, **{field: value}))
    new = Assertion(
        subject=subject,
        field=field,
        value=assertions.written(described, value),
        basis=basis.value,
        reports=tuple(reports),
        reason=reason.strip(),
    )
    if not choose:
        return _put(work, new)
    return _choose(work, entity, described, new, reason)


def choose(work: Work, id_: UUID, *, reason: str = "") -> Assertion:
    """Show on the record what this source says; the others stay beside it."""
    said = work.reader.find(id_, Base.ASSERTION)
    assert isinstance(said, Assertion)  # noqa: S101 - found in the table of assertions
    entity = _entity(work, said.subject)
    described = assertions.field_of(entity, said.field)
    return _choose(work, entity, described, said, reason)


def remove(work: Work, ids: Iterable[UUID]) -> None:
    """Take out what sources were noted to say; the record keeps the value it shows."""
    work.remove(*(work.reader.find(id_, Base.ASSERTION) for id_ in ids))


def _choose(
    work: Work, entity: Entity, described: Field, said: Assertion, reason: str
) -> Assertion:
    value = assertions.stated(described, said)
    now = getattr(entity, described.name)
    if now and now != value and not reason.strip():
        raise Refused("Say why this value is chosen over the one shown; the reason is kept")
    work.entry = {**work.entry, "reason": reason.strip()}
    before = [item for item in _said_of(work, entity.id, described.name) if item.id != said.id]
    work.put(*(replace(item, chosen=False) for item in before if item.chosen))
    if now != value:
        records.edit(work, entity.id, {described.name: value})
    return _put(work, replace(said, chosen=True, reason=reason.strip() or said.reason))


def _put(work: Work, said: Assertion) -> Assertion:
    saved = work.put(said)[0]
    assert isinstance(saved, Assertion)  # noqa: S101 - as it went in
    return saved


def _entity(work: Work, id_: UUID) -> Entity:
    entity = work.reader.find(id_)
    assert isinstance(entity, Entity)  # noqa: S101 - found in the table of entities
    records.may_edit(work, entity.kind)
    return entity


def _said_of(work: Work, subject: UUID, field: str) -> list[Assertion]:
    return [item for item in queries.assertions_of(work.reader, subject) if item.field == field]


def _check_reports(work: Work, reports: Sequence[UUID]) -> None:
    """Refuse what is no report this user may see."""
    known = queries.by_ids(work.reader, reports)
    if any(id_ not in known or known[id_].kind is not Kind.REPORT for id_ in reports):
        raise Refused("A statement rests on reports only")
