"""Questions about cases: the steps of an operation, what falls due, what came after what."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.subrecords import CourtStep, ThreatWarning
from ocgdesk.store import codec, tables
from ocgdesk.store.own_tables import own_table
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, Linked, briefs

_entity, _link = tables.entity, tables.link


_step, _warning = own_table(Kind.COURT_STEP), own_table(Kind.THREAT_WARNING)
_referral, _check_back = own_table(Kind.GAIN_REFERRAL), own_table(Kind.CHECK_BACK)
_custody = own_table(Kind.CUSTODY)
_line, _report, _commodity = (
    own_table(Kind.COUNTY_LINE),
    own_table(Kind.REPORT),
    own_table(Kind.COMMODITY),
)


# ---- Operations ---------------------------------------------------------------------------------


def steps_in(reader: Reader, id_: UUID) -> list[CourtStep]:
    """Return the criminal-justice steps that name this operation, in the order of their dates."""
    found = _naming(reader, _step, id_)
    steps = [thing for thing in found if isinstance(thing, CourtStep)]
    return sorted(steps, key=lambda step: (step.on or date.max, step.ref))


def warnings_in(reader: Reader, id_: UUID) -> list[ThreatWarning]:
    """Return the threat-to-life warnings that name this operation, the newest first."""
    found = _naming(reader, _warning, id_)
    warnings = [thing for thing in found if isinstance(thing, ThreatWarning)]
    return sorted(warnings, key=lambda one: one.given or date.min, reverse=True)


def _naming(reader: Reader, table: Any, id_: UUID) -> Sequence[Any]:
    """Return what names an operation; nothing of one this reader may not know of."""
    if not reader.numbers([id_]):
        return ()
    query = (
        select(table.c.no)
        .join(_entity, _entity.c.no == table.c.no)
        .where(table.c.operation == id_.bytes, reader.may_see())
        .order_by(table.c.no)
    )
    return reader.load([row.no for row in reader.rows(query)])


# ---- What falls due -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A check-back, a warning to look at again or a referral that waits, with its record."""

    what: Brief
    of: Brief
    """The line, person or record it hangs on."""
    due: date | None
    """When it falls due; of a referral, when it was made."""

    @property
    def kind(self) -> Kind:
        """What it is."""
        return self.what.kind


def check_backs_due(reader: Reader, until: date, *, limit: int = 500) -> list[Prompt]:
    """Return the check-backs of closed lines that are due up to a day, the earliest first."""
    open_ = (_check_back.c.result == "due", _check_back.c.due <= until.isoformat())
    return _prompts(reader, _check_back, _check_back.c.due, open_, limit)


def warnings_due(reader: Reader, until: date, *, limit: int = 500) -> list[Prompt]:
    """Return the open threat-to-life warnings to look at again up to a day, the earliest first."""
    open_ = (_warning.c.closed.is_(None), _warning.c.review_due <= until.isoformat())
    return _prompts(reader, _warning, _warning.c.review_due, open_, limit)


def referrals_waiting(reader: Reader, *, limit: int = 500) -> list[Prompt]:
    """Return the GAIN referrals nobody has answered, the oldest first."""
    return _prompts(reader, _referral, _referral.c.referred, (_referral.c.answer == "waiting",),
                    limit)  # fmt: skip


def releases_due(reader: Reader, today: date, until: date, *, limit: int = 500) -> list[Prompt]:
    """Return the releases from custody expected between two days, the earliest first.

    Only those whose day is known: a month says nothing of this week.
    """
    day = _custody.c.release_due
    open_ = (_custody.c.released.is_(None), day.between(today.isoformat(), until.isoformat()))
    return _prompts(reader, _custody, day, (*open_, func.length(day) == len("2026-11-21")), limit)


def _prompts(
    reader: Reader, table: Any, day: Any, where: Collection[Any], limit: int
) -> list[Prompt]:
    query = (
        select(_entity.c.no, _entity.c.owner_no, day.label("day"))
        .join(table, table.c.no == _entity.c.no)
        .where(*where, reader.may_see())
        .order_by(day.is_(None), day, _entity.c.no)
        .limit(limit)
    )
    rows = reader.rows(query)
    known = {b.no: b for b in briefs(reader, {no for row in rows for no in row[:2] if no})}
    return [
        Prompt(
            what=known[row.no],
            of=known[row.owner_no],
            due=date.fromisoformat(row.day) if row.day else None,
        )
        for row in rows
        if row.no in known and row.owner_no in known
    ]


# ---- County lines and commodities ---------------------------------------------------------------


def followers(reader: Reader, id_: UUID) -> list[UUID]:
    """Return the lines recorded as carrying on this one, in the order they were entered."""
    return _pointing(reader, _line, _line.c.follows, id_)


def parts_of(reader: Reader, id_: UUID) -> list[UUID]:
    """Return the commodities that are part of this one, in the order they were entered."""
    return _pointing(reader, _commodity, _commodity.c.part_of, id_)


def _pointing(reader: Reader, table: Any, column: Any, id_: UUID) -> list[UUID]:
    if not reader.numbers([id_]):
        return []
    query = (
        select(_entity.c.id)
        .join(table, table.c.no == _entity.c.no)
        .where(column == id_.bytes, reader.may_see())
        .order_by(_entity.c.no)
    )
    return [UUID(bytes=row.id) for row in reader.rows(query)]


def dealers(reader: Reader, types: Collection[str]) -> dict[int, int]:
    """Return, by the number of a commodity, how many records deal in it by links of these types."""
    commodity = _entity.alias("commodity")
    query = (
        select(_link.c.target_no, func.count(_link.c.source_no.distinct()))
        .join(commodity, commodity.c.no == _link.c.target_no)
        .where(
            _link.c.type.in_(types),
            commodity.c.kind == Kind.COMMODITY.value,
            reader.may_see(Base.LINK),
        )
        .group_by(_link.c.target_no)
    )
    return {row[0]: row[1] for row in reader.rows(query)}


def dealing_links(reader: Reader, nos: Collection[int], types: Collection[str]) -> list[Linked]:
    """Return the links of these types that point at commodities, by their numbers, with who."""
    commodity = _entity.alias("commodity")
    query = (
        select(_link.c.no, _link.c.source_no)
        .join(commodity, commodity.c.no == _link.c.target_no)
        .where(
            _link.c.target_no.in_(nos),
            _link.c.type.in_(types),
            commodity.c.kind == Kind.COMMODITY.value,
            reader.may_see(Base.LINK),
        )
        .order_by(_link.c.no)
    )
    rows = reader.rows(query)
    who = {item.id: item for item in briefs(reader, {row.source_no for row in rows})}
    found = reader.load([row.no for row in rows], Base.LINK)
    return [
        Linked(link, who[link.source], outward=False)
        for link in found
        if isinstance(link, Link) and link.source in who
    ]


# ---- Reports ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """How a report is graded and which source it came from, and nothing of what it says."""

    id: UUID
    grade: str
    origin: str
    """The label that tells sources apart; empty where none was given."""
    restricted: bool


def graded(reader: Reader, ids: Collection[UUID]) -> dict[UUID, Graded]:
    """Return how these reports are graded, by id; those this reader may not see are left out."""
    found: dict[UUID, Graded] = {}
    for some in codec.batches({id_.bytes for id_ in ids}):
        query = (
            select(_entity.c.id, _entity.c.restricted, _report.c.grade, _report.c.origin)
            .join(_report, _report.c.no == _entity.c.no)
            .where(_entity.c.id.in_(some), reader.may_see())
        )
        for row in reader.rows(query):
            id_ = UUID(bytes=row.id)
            found[id_] = Graded(
                id=id_, grade=row.grade, origin=row.origin, restricted=bool(row.restricted)
            )
    return found


def citing_links(reader: Reader, id_: UUID, *, limit: int = 500) -> list[int]:
    """Return the numbers of the links that rest on a report this reader may see."""
    return _citing(reader, id_, Base.LINK, limit)


def citing_statements(reader: Reader, id_: UUID, *, limit: int = 500) -> list[int]:
    """Return the numbers of the statements about fields that rest on such a report."""
    return _citing(reader, id_, Base.ASSERTION, limit)


def _citing(reader: Reader, id_: UUID, base: Base, limit: int) -> list[int]:
    if not reader.numbers([id_]):
        return []
    cited, table = tables.v_entity, tables.BASES[base]
    query = (
        select(table.c.no)
        .join(cited, cited.c.no == table.c.no)
        .where(cited.c.target == id_.bytes, cited.c.field == "reports", reader.may_see(base))
        .order_by(table.c.no)
        .limit(limit)
    )
    return [row.no for row in reader.rows(query)]
