"""What the threat grid is made of: OCGs, their scores as kept, and who answers for them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from ocgdesk.domain.dates import PartialDate, overlaps
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.store import tables
from ocgdesk.store.among import among
from ocgdesk.store.own_tables import own_table
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief

_entity = tables.entity


_ocg, _assessment, _assignment = (
    own_table(Kind.OCG),
    own_table(Kind.ASSESSMENT),
    own_table(Kind.ASSIGNMENT),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Threat:
    """An OCG as the threat grid lists it, without its scores."""

    ocg: Brief
    status: str
    tier: str
    threat_type: str
    primary_crime: str
    agency: str
    pillar: str
    review_due: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of one assessment: its total and band, not its answers."""

    sheet: str
    version: int
    source: str
    assessed: date | None
    total: float | None
    band: str


def threats(
    reader: Reader, *, agencies: Collection[str] = (), without: Collection[str] = ()
) -> list[Threat]:
    """Return OCGs by name: of these owning agencies or of all, ``without`` these statuses."""
    query = (
        select(_entity, *(_ocg.c[name] for name in _FIELDS))
        .join(_ocg, _ocg.c.no == _entity.c.no)
        .where(_entity.c.kind == Kind.OCG.value, reader.may_see())
        .order_by(_entity.c.sort_key, _entity.c.no)
    )
    if agencies:
        query = query.where(_ocg.c.agency.in_(agencies))
    if without:
        query = query.where(_ocg.c.status.not_in(without))
    return [_threat(row) for row in reader.rows(query)]


_FIELDS = ("status", "tier", "threat_type", "primary_crime", "agency", "pillar", "review_due")


def _threat(row: Any) -> Threat:
    return Threat(
        ocg=Brief(
            row.no,
            UUID(bytes=row.id),
            Kind.OCG,
            row.ref,
            row.label,
            Marking(row.marking),
            bool(row.restricted),
        ),
        status=row.status,
        tier=row.tier,
        threat_type=row.threat_type,
        primary_crime=row.primary_crime,
        agency=row.agency,
        pillar=row.pillar,
        review_due=_day(row.review_due),
    )


def scores(reader: Reader, nos: Collection[int]) -> dict[int, list[Kept]]:
    """Return what is kept of the assessments of these records, by their number, oldest first."""
    query = (
        select(
            _entity.c.owner_no,
            *(_assessment.c[n] for n in ("sheet", "sheet_version", "score_source", "assessed")),
            *(_assessment.c[n] for n in ("total", "band")),
        )
        .join(_entity, _entity.c.no == _assessment.c.no)
        .where(among(_entity.c.owner_no, nos), reader.may_see())
        .order_by(_assessment.c.assessed, _assessment.c.no)
    )
    found: dict[int, list[Kept]] = {}
    for owner, sheet, version, source, assessed, total, band in reader.rows(query):
        kept = Kept(
            sheet=sheet,
            version=version,
            source=source,
            assessed=_day(assessed),
            total=total,
            band=band,
        )
        found.setdefault(owner, []).append(kept)
    return found


def holders(reader: Reader, nos: Collection[int], on: date) -> dict[int, dict[str, str]]:
    """Return who answers for these records on a day: officers by role, by number."""
    fields = (_assignment.c.role, _assignment.c.officer, _assignment.c.start, _assignment.c.end)
    query = (
        select(_entity.c.owner_no, *fields)
        .join(_assignment, _assignment.c.no == _entity.c.no)
        .where(among(_entity.c.owner_no, nos), reader.may_see())
        .order_by(_entity.c.no)
    )
    found: dict[int, dict[str, str]] = {}
    for owner, role, officer, start, end in reader.rows(query):
        if overlaps(_partial(start), _partial(end), on):
            posts = found.setdefault(owner, {})
            posts[role] = f"{posts[role]}, {officer}" if role in posts else officer
    return found


def _partial(text: str | None) -> PartialDate | None:
    return PartialDate.stored(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
