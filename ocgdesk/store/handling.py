"""Questions about handles as work to be got through: which wait, and how far each has come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import or_, select

from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.links import Attribution
from ocgdesk.domain.marking import Marking
from ocgdesk.store import codec, tables
from ocgdesk.store.among import among
from ocgdesk.store.own_tables import own_table
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief

_entity, _link = tables.entity, tables.link


_handle, _attribution, _membership = (
    own_table(Kind.HANDLE),
    own_table(Kind.ATTRIBUTION),
    own_table(Kind.MEMBERSHIP),
)
_STAGES: Final = ("unattributed", "in-development", "proposed", "reviewed", "confirmed")
"""The statuses of a candidate who is not out of the question, the furthest last."""
_FIELDS: Final = ("platform", "disposition", "agency", "region", "package", "sio")
_FLAGS: Final = ("threat_to_life", "privileged")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandleRow:
    """A handle as the triage board lists it."""

    handle: Brief
    platform: str
    disposition: str
    agency: str
    region: str
    package: str
    sio: str
    threat_to_life: bool
    privileged: bool
    candidates: int = 0
    stage: str = ""
    """The furthest status of a candidate who is neither rejected nor superseded; none is empty."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is in an OCG, for the line below the name of a candidate."""

    importance: str
    ocg: str


def queue(reader: Reader, only: Collection[UUID] | None = None) -> list[HandleRow]:
    """Return all handles in the order they were recorded.

    With ``only``, those that are among these ids or have an attribution that is.
    """
    nos = None if only is None else _touched(reader, only)
    found = _candidates(reader, nos)
    query = (
        select(_entity, *(_handle.c[name] for name in (*_FIELDS, *_FLAGS)))
        .join(_handle, _handle.c.no == _entity.c.no)
        .where(_entity.c.kind == Kind.HANDLE.value, reader.may_see())
        .order_by(_entity.c.no)
    )
    if nos is not None:
        query = query.where(among(_entity.c.no, nos))
    return [_row(row, found.get(row.no, ())) for row in reader.rows(query)]


def _touched(reader: Reader, ids: Collection[UUID]) -> set[int]:
    found: set[int] = set()
    for some in codec.batches([id_.bytes for id_ in ids]):
        handles = select(_entity.c.no).where(
            _entity.c.id.in_(some), _entity.c.kind == Kind.HANDLE.value, reader.may_see()
        )
        ends = select(_link.c.source_no).where(
            _link.c.id.in_(some),
            _link.c.kind == Kind.ATTRIBUTION.value,
            reader.may_see(Base.LINK),
        )
        found |= {row[0] for query in (handles, ends) for row in reader.rows(query)}
    return found


def _candidates(reader: Reader, nos: Collection[int] | None) -> dict[int, list[str]]:
    """Return the statuses of the candidates of handles, by the handle's number."""
    query = (
        select(_link.c.source_no, _attribution.c.status)
        .join(_link, _link.c.no == _attribution.c.no)
        .where(reader.may_see(Base.LINK))
    )
    if nos is not None:
        query = query.where(among(_link.c.source_no, nos))
    found: dict[int, list[str]] = {}
    for no, status in reader.rows(query):
        found.setdefault(no, []).append(status)
    return found


def _row(row: Any, statuses: Sequence[str]) -> HandleRow:
    known = [status for status in statuses if status in _STAGES]
    brief = Brief(
        row.no,
        UUID(bytes=row.id),
        Kind.HANDLE,
        row.ref,
        row.label,
        Marking(row.marking),
        bool(row.restricted),
    )
    fields: dict[str, Any] = {name: getattr(row, name) for name in _FIELDS}
    return HandleRow(
        handle=brief,
        **fields,
        threat_to_life=bool(row.threat_to_life),
        privileged=bool(row.privileged),
        candidates=len(statuses),
        stage=max(known, key=_STAGES.index, default=""),
    )


def attributions_of(reader: Reader, id_: UUID) -> list[Attribution]:
    """Return who was put forward for a handle, in the order it was recorded."""
    query = (
        select(_link.c.no)
        .where(
            _link.c.source_no == reader.number(id_),
            _link.c.kind == Kind.ATTRIBUTION.value,
            reader.may_see(Base.LINK),
        )
        .order_by(_link.c.no)
    )
    found = reader.load([row.no for row in reader.rows(query)], Base.LINK)
    return [link for link in found if isinstance(link, Attribution)]


def standings(reader: Reader, nos: Collection[int]) -> dict[int, list[Standing]]:
    """Return what these nominals are in which OCGs, by number; ended memberships are left out."""
    ocg = _entity.alias("ocg")
    query = (
        select(_link.c.source_no, _membership.c.importance, ocg.c.label)
        .join(_membership, _membership.c.no == _link.c.no)
        .join(ocg, ocg.c.no == _link.c.target_no)
        .where(
            among(_link.c.source_no, nos),
            or_(_link.c.end.is_(None), _link.c.end == ""),
            reader.may_see(Base.LINK),
            reader.may_see(table=ocg),
        )
        .order_by(_link.c.no)
    )
    found: dict[int, list[Standing]] = {}
    for no, importance, label in reader.rows(query):
        found.setdefault(no, []).append(Standing(importance, label))
    return found
