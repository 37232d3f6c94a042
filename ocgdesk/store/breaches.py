"""What stands behind the numbers that break a quality rule, and the record to open for each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, literal, select

from ocgdesk.domain.kinds import LINKS, OWNED, Base, Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.quality import Rule
from ocgdesk.store import codec, tables
from ocgdesk.store.quality import Found
from ocgdesk.store.reader import Reader

_entity, _link = tables.entity, tables.link
_nominal: Any = tables.KINDS[Kind.NOMINAL].own
_owner, _source, _target = _entity.alias("owning"), _entity.alias("one"), _entity.alias("other")


@dataclass(frozen=True, slots=True)
class Breach:
    """One record or link that breaks a rule, and the record to open to mend it."""

    no: int
    id: UUID
    kind: Kind
    ref: str
    label: str
    marking: Marking
    restricted: bool
    why: Any
    opens: UUID
    opens_kind: Kind
    exploited: bool = False
    """Whether the person to open is recorded as exploited."""


def breaches(reader: Reader, rule: Rule, found: Sequence[Found]) -> list[Breach]:
    """Return what these numbers stand for, in the same order; the unseen are left out."""
    is_link, why, rows = rule.kind in LINKS, dict(found), dict[int, Breach]()
    for some in codec.batches(list(why)):
        query = _ends(reader, some) if is_link else _records(reader, some)
        rows |= {row.no: _breach(row, why[row.no]) for row in reader.rows(query)}
    return [rows[no] for no, _why in found if no in rows]


def _records(reader: Reader, nos: Collection[int]) -> Select[Any]:
    return (
        select(
            _entity,
            func.coalesce(_owner.c.id, _entity.c.id).label("opens"),
            func.coalesce(_owner.c.kind, _entity.c.kind).label("opens_kind"),
            _owner.c.label.label("owner"),
            _nominal.c.exploited,
        )
        .outerjoin(
            _owner, and_(_owner.c.no == _entity.c.owner_no, _entity.c.kind.in_(map(str, OWNED)))
        )
        .outerjoin(_nominal, _nominal.c.no == func.coalesce(_owner.c.no, _entity.c.no))
        .where(_entity.c.no.in_(nos), reader.may_see())
    )


def _ends(reader: Reader, nos: Collection[int]) -> Select[Any]:
    return (
        select(
            *(_link.c[name] for name in ("no", "id", "kind", "marking", "restricted")),
            literal("").label("ref"),
            _source.c.label.label("label"),
            _source.c.id.label("opens"),
            _source.c.kind.label("opens_kind"),
            _target.c.label.label("other"),
            _nominal.c.exploited,
        )
        .join(_source, _source.c.no == _link.c.source_no)
        .join(_target, _target.c.no == _link.c.target_no)
        .outerjoin(_nominal, _nominal.c.no == _source.c.no)
        .where(_link.c.no.in_(nos), reader.may_see(Base.LINK))
    )


def _breach(row: Any, why: Any) -> Breach:
    label = row.label
    if "other" in row._fields:
        label = f"{row.label} – {row.other}"
    elif row.owner and row.opens != row.id:
        label = f"{row.label} · {row.owner}"
    return Breach(
        no=row.no,
        id=UUID(bytes=row.id),
        kind=Kind(row.kind),
        ref=row.ref,
        label=label,
        marking=Marking(row.marking),
        restricted=bool(row.restricted),
        why=why,
        opens=UUID(bytes=row.opens),
        opens_kind=Kind(row.opens_kind),
        exploited=bool(row.exploited),
    )
