"""Questions about claims: which event may be claimed twice, which step is claimed already."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from ocgdesk.domain.changes import Change
from ocgdesk.domain.claiming import STATUSES, SUBMITTED
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.subrecords import CourtStep
from ocgdesk.domain.things import Thing
from ocgdesk.errors import Conflict
from ocgdesk.i18n import _
from ocgdesk.store import tables
from ocgdesk.store.own_tables import own_table
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, briefs

_entity, _named = tables.entity, tables.v_entity
_claim = own_table(Kind.DISRUPTION)


def like(reader: Reader, thing: Disruption, *, days: int, most: int = 20) -> list[Disruption]:
    """Return other claims, of whatever agency, that may be of the same event.

    They lie within so many days and share a subject or the operation; withdrawn ones are left out.
    """
    if thing.on is None:
        return []
    near = _claim.c.on.between(*_around(thing.on, days))
    named = _named.c.target.in_([id_.bytes for id_ in thing.subjects])
    shared = (
        select(_named.c.no)
        .join(_claim, _claim.c.no == _named.c.no)
        .where(_named.c.field == "subjects", named, near)
    )
    rows = [*reader.rows(shared)]
    if thing.operation is not None:
        # The claims alone: with the table of all records SQLite would go through every one.
        same = select(_claim.c.no).where(_claim.c.operation == thing.operation.bytes, near)
        rows += reader.rows(same)
    found = reader.load(sorted({int(row.no) for row in rows}))
    others = [one for one in found if isinstance(one, Disruption) and one.id != thing.id]
    return [one for one in others if one.status != "withdrawn"][:most]


def _around(on: date, days: int) -> tuple[str, str]:
    first, last = on.toordinal() - days, on.toordinal() + days
    within = (max(first, date.min.toordinal()), min(last, date.max.toordinal()))
    start, end = (date.fromordinal(day).isoformat() for day in within)
    return start, end


def with_apmis(reader: Reader, reference: str) -> list[Disruption]:
    """Return the claims that carry a reference of APMIS, however it is written there.

    Withdrawn ones count too: a reference is given once. The index of words finds them, since an
    import asks for very many.
    """
    wanted = reference.strip().lower()
    if not any(sign.isalnum() for sign in wanted):
        return []
    sql = (
        "SELECT search_text.no FROM search_word JOIN search_text ON search_text.no = "
        "search_word.rowid WHERE search_word MATCH ? AND search_text.kind = ?"
    )
    phrase = 'identifiers : "{}"'.format(wanted.replace('"', " "))
    rows = reader.execute(sql, phrase, Kind.DISRUPTION.value)
    found = reader.load(sorted(int(row.no) for row in rows))
    same = (one for one in found if isinstance(one, Disruption))
    return [one for one in same if one.apmis.strip().lower() == wanted]


def claimed(reader: Reader, ids: Collection[UUID]) -> dict[UUID, Brief]:
    """Return, for each criminal-justice step that an outcome names, one such outcome.

    Those of a claim that was withdrawn claim nothing any more.
    """
    if not ids:
        return {}
    query = (
        select(_named.c.target, _named.c.no)
        .join(_entity, _entity.c.no == _named.c.no)
        .outerjoin(_claim, _claim.c.no == _entity.c.owner_no)
        .where(_entity.c.kind == Kind.OUTCOME.value, _named.c.field == "steps")
        .where(func.coalesce(_claim.c.status, "") != "withdrawn")
        .where(_named.c.target.in_([id_.bytes for id_ in ids]), reader.may_see())
    )
    rows = reader.rows(query)
    found = {brief.no: brief for brief in briefs(reader, [int(row.no) for row in rows])}
    return {UUID(bytes=row.target): found[row.no] for row in rows if row.no in found}


def outcomes_of(reader: Reader, ids: Sequence[UUID]) -> dict[UUID, list[Outcome]]:
    """Return the outcome lines of these disruptions or operations, in the order they were made."""
    numbers = reader.numbers(ids)
    found: dict[UUID, list[Outcome]] = {id_: [] for id_ in numbers}
    query = select(_entity.c.no).where(
        _entity.c.kind == Kind.OUTCOME.value,
        _entity.c.owner_no.in_(list(numbers.values())),
        reader.may_see(),
    )
    for thing in reader.load([int(row.no) for row in reader.rows(query.order_by(_entity.c.no))]):
        if isinstance(thing, Outcome) and thing.owner in found:
            found[thing.owner].append(thing)
    return found


def steps_of(reader: Reader, people: Collection[UUID]) -> list[CourtStep]:
    """Return the criminal-justice steps of these people; other records have none."""
    numbers = reader.numbers(people)
    query = select(_entity.c.no).where(
        _entity.c.kind == Kind.COURT_STEP.value,
        _entity.c.owner_no.in_(list(numbers.values())),
        reader.may_see(),
    )
    found = reader.load([int(row.no) for row in reader.rows(query.order_by(_entity.c.no))])
    return [one for one in found if isinstance(one, CourtStep)]


def against(reader: Reader, subject: UUID, *, most: int = 200) -> list[Disruption]:
    """Return the accepted disruptions against a record, the newest first."""
    query = (
        select(_entity.c.no)
        .join(_claim, _claim.c.no == _entity.c.no)
        .join(_named, _named.c.no == _entity.c.no)
        .where(_entity.c.kind == Kind.DISRUPTION.value, _claim.c.status == "accepted")
        .where(_named.c.field == "subjects", _named.c.target == subject.bytes, reader.may_see())
        .order_by(_claim.c.on.desc(), _entity.c.no.desc())
        .limit(most)
    )
    found = reader.load([int(row.no) for row in reader.rows(query)])
    return [one for one in found if isinstance(one, Disruption)]


def check_turned(reader: Reader, changes: Sequence[Change]) -> None:
    """Raise Conflict where undo, redo or the bin would get round a claim or count twice.

    What came of a claim may be another user's edit, which nothing else holds. That a seizure is
    entered in the commodity ledger is no change of the claim.
    """
    turned = {change.thing.id for change in changes}
    for change in changes:
        thing, before = change.thing, change.before
        if isinstance(thing, Outcome):
            if thing.owner not in turned and not _is_entry(change):
                _check_open(reader, thing)
            if change.after is not None:
                _check_once(reader, before, thing)
        elif isinstance(thing, CourtStep) and change.after is None:
            if claimed(reader, [thing.id]):
                raise Conflict(_("An outcome counts this criminal-justice step: take it out there"))
        elif isinstance(thing, Disruption) and change.after is not None:
            _check_reference(reader, before, thing)


def _check_once(reader: Reader, before: Thing | None, outcome: Outcome) -> None:
    if shares_step(reader, before, outcome) is not None:
        raise Conflict(_("One of its steps is claimed elsewhere by now: one arrest counts once"))


def _check_reference(reader: Reader, before: Thing | None, claim: Disruption) -> None:
    if (other := shares_apmis(reader, before, claim)) is not None:
        told = _("{ref} has the APMIS reference {apmis} by now")
        raise Conflict(told.format(ref=other.ref, apmis=claim.apmis))


def shares_apmis(reader: Reader, before: Thing | None, claim: Disruption) -> Disruption | None:
    """Return another claim that carries the reference of APMIS a claim was given; None for none."""
    if isinstance(before, Disruption) and before.apmis == claim.apmis:
        return None
    return next((one for one in with_apmis(reader, claim.apmis) if one.id != claim.id), None)


def shares_step(reader: Reader, before: Thing | None, outcome: Outcome) -> Brief | None:
    """Return another outcome that counts a step an outcome names anew; None for none."""
    new = set(outcome.steps) - set(before.steps if isinstance(before, Outcome) else ())
    return next((one for one in claimed(reader, new).values() if one.id != outcome.id), None)


def _is_entry(change: Change) -> bool:
    before, after = change.before, change.after
    if not isinstance(before, Outcome) or not isinstance(after, Outcome):
        return False
    return replace(before, dealing=after.dealing, version=after.version) == after


def _check_open(reader: Reader, outcome: Outcome) -> None:
    numbers = reader.numbers([outcome.owner]) if outcome.owner else {}
    for claim in reader.load(list(numbers.values())):
        if isinstance(claim, Disruption) and claim.status in SUBMITTED:
            told = _("{ref} is {status} by now: its outcomes stay as they were claimed")
            status = label(STATUSES, claim.status).lower()
            raise Conflict(told.format(ref=claim.ref, status=status))
