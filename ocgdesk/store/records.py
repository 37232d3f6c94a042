"""Questions about single records: by reference, their links, what they own."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal_column, not_, or_, select

from ocgdesk.domain.kinds import SUBJECTS, Base, Kind
from ocgdesk.domain.links import Assertion, Link
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.things import Entity, Thing
from ocgdesk.errors import NotFound, Refused
from ocgdesk.store import codec, tables
from ocgdesk.store.among import among
from ocgdesk.store.reader import HANGING, Reader

_entity = tables.entity
_link = tables.link


_has_ref = _entity.c.ref != literal_column("''")
"""Written out, not bound: so it is in the index of references, which holds no empty one."""


@dataclass(frozen=True, slots=True)
class Brief:
    """An entity in one line: what tables, lists and link ends show of it."""

    no: int
    id: UUID
    kind: Kind
    ref: str
    label: str
    marking: Marking = Marking.OFFICIAL_SENSITIVE
    restricted: bool = False
    exploited: bool = False


@dataclass(frozen=True, slots=True)
class Linked:
    """A link of a record with what stands at its other end. ``outward`` is from the record."""

    link: Link
    other: Brief
    outward: bool


def brief(reader: Reader, id_: UUID) -> Brief:
    """Return an entity in one line, or raise NotFound."""
    return briefs(reader, [reader.number(id_)])[0]


def briefs(reader: Reader, nos: Collection[int]) -> list[Brief]:
    """Return entities in one line each, in the order asked for; the unseen are left out."""
    nominal, found = tables.KINDS[Kind.NOMINAL].own, dict[int, Brief]()
    assert nominal is not None  # noqa: S101 - nominals have fields of their own
    for some in codec.batches(nos):
        query = (
            select(*_BRIEF, nominal.c.exploited)
            .outerjoin(nominal, nominal.c.no == _entity.c.no)
            .where(among(_entity.c.no, some), reader.may_see())
        )
        found |= {row[0]: _brief(*row) for row in reader.rows(query)}
    return [found[no] for no in nos if no in found]


_KINDS = {kind.value: kind for kind in Kind}
_MARKINGS = {marking.value: marking for marking in Marking}


_BRIEF = tuple(
    _entity.c[name] for name in ("no", "id", "kind", "ref", "label", "marking", "restricted")
)


def _brief(no: int, id_: bytes, kind: str, ref: str, label: str, *rest: Any) -> Brief:
    marking, restricted, exploited = rest
    told = bool(restricted), bool(exploited)
    return Brief(no, UUID(bytes=id_), _KINDS[kind], ref, label, _MARKINGS[marking], *told)


def by_ids(reader: Reader, ids: Collection[UUID]) -> dict[UUID, Brief]:
    """Return entities in one line each, by id; the unseen are left out."""
    nos = reader.numbers(ids)
    return {item.id: item for item in briefs(reader, list(nos.values()))}


def resolve(reader: Reader, text: str) -> Brief:
    """Return the entity a person means by a reference, an external reference or a label.

    A label counts only if one record has it. Raises NotFound, or Refused with the candidates.
    """
    for find in (_by_id, _by_ref, _by_external, _by_label):
        nos = find(reader, text.strip())
        if len(nos) == 1:
            return briefs(reader, nos)[0]
        if nos:
            several = ", ".join(item.ref or str(item.id) for item in briefs(reader, nos[:8]))
            raise Refused(f"{text!r} may mean several records: {several}")
    raise NotFound(f"There is no record {text!r}")


def _by_ref(reader: Reader, text: str) -> list[int]:
    query = select(_entity.c.no).where(_entity.c.ref == text.upper(), _has_ref, reader.may_see())
    return [row.no for row in reader.rows(query)]


def _by_id(reader: Reader, text: str) -> list[int]:
    try:
        return _nos(reader, _entity.c.id == UUID(text).bytes)
    except ValueError:
        return []


def _by_external(reader: Reader, text: str) -> list[int]:
    table = tables.v_external
    of_entity = select(table.c.no).where(table.c.value == text)
    identifier = tables.v_identifier
    of_identifier = select(identifier.c.no).where(identifier.c.value == text)
    return _nos(reader, or_(_entity.c.no.in_(of_entity), _entity.c.no.in_(of_identifier)))


def _by_label(reader: Reader, text: str) -> list[int]:
    kinds = [kind.value for kind in (*SUBJECTS, Kind.REPORT, Kind.PLAN, Kind.CHART, Kind.RESULT)]
    return _nos(reader, _entity.c.sort_key == codec.sort_key(text), _entity.c.kind.in_(kinds))


def _nos(reader: Reader, *where: Any) -> list[int]:
    query = select(_entity.c.no).where(*where, _has_ref, reader.may_see()).limit(20)
    if not (rows := reader.rows(query)):
        query = select(_entity.c.no).where(*where, reader.may_see()).limit(20)
        rows = reader.rows(query)
    return [row.no for row in rows]


def links_of(reader: Reader, id_: UUID, *, limit: int = 2_000) -> list[Linked]:
    """Return the links of a record with their other ends, strongest kind first."""
    no = reader.number(id_)
    query = (
        select(_link.c.no, _link.c.source_no, _link.c.target_no)
        .where(or_(_link.c.source_no == no, _link.c.target_no == no), reader.may_see(Base.LINK))
        .order_by(_link.c.kind.desc(), _link.c.type, _link.c.no)
        .limit(limit)
    )
    rows = reader.rows(query)
    others = {item.id: item for item in briefs(reader, {end for row in rows for end in row[1:]})}
    found = reader.load([row.no for row in rows], Base.LINK)
    return [
        Linked(link, others[_other(link, id_)], link.source == id_)
        for link in found
        if isinstance(link, Link) and _other(link, id_) in others
    ]


def _other(link: Link, id_: UUID) -> UUID:
    return link.target if link.source == id_ else link.source


def link_count(reader: Reader, no: int) -> int:
    """Return how many links a record has."""
    query = select(func.count()).where(
        or_(_link.c.source_no == no, _link.c.target_no == no), reader.may_see(Base.LINK)
    )
    return int(reader.rows(query.select_from(_link))[0][0])


def owned(reader: Reader, owner: UUID, *kinds: Kind) -> list[Thing]:
    """Return the sub-records of a record, of these kinds or all, in the order they were made."""
    query = select(_entity.c.no).where(_entity.c.owner_no == reader.number(owner), reader.may_see())
    if kinds:
        query = query.where(_entity.c.kind.in_([kind.value for kind in kinds]))
    return reader.load([row.no for row in reader.rows(query.order_by(_entity.c.no))])


def hanging_on(reader: Reader, entity: Entity) -> list[Thing]:
    """Return what must go when a record goes: its sub-records, links, places and assertions.

    Raises Refused where something hangs on it that this user may not know of, in words that
    do not tell so.
    """
    if reader.has_restrictions:
        _check_all_seen(reader, reader.number(entity.id))
    found: list[Thing] = []
    for child in owned(reader, entity.id):
        if isinstance(child, Entity):
            found += [*hanging_on(reader, child), child]
    no = reader.number(entity.id)
    found += _all(reader, Base.LINK, or_(_link.c.source_no == no, _link.c.target_no == no))
    place = tables.placement
    found += _all(reader, Base.PLACEMENT, or_(place.c.item_no == no, place.c.chart_no == no))
    return found + _all(reader, Base.ASSERTION, tables.assertion.c.subject_no == no)


def _check_all_seen(reader: Reader, no: int) -> None:
    place, said = tables.placement, tables.assertion
    for base, where in (
        (Base.ENTITY, _entity.c.owner_no == no),
        (Base.LINK, or_(_link.c.source_no == no, _link.c.target_no == no)),
        (Base.PLACEMENT, or_(place.c.item_no == no, place.c.chart_no == no)),
        (Base.ASSERTION, said.c.subject_no == no),
    ):
        query = select(tables.BASES[base].c.no).where(where, not_(reader.may_see(base)))
        if reader.rows(query.limit(1)):
            raise Refused(HANGING)


def _all(reader: Reader, base: Base, where: Any) -> list[Thing]:
    table = tables.BASES[base]
    query = select(table.c.no).where(where, reader.may_see(base))
    return reader.load([row.no for row in reader.rows(query)], base)


def assertions_of(reader: Reader, subject: UUID, base: Base = Base.ENTITY) -> list[Assertion]:
    """Return what sources say of the fields of a record or link."""
    where = tables.assertion.c.subject_no == reader.number(subject, base)
    return [t for t in _all(reader, Base.ASSERTION, where) if isinstance(t, Assertion)]


def statements(reader: Reader, subjects: Collection[UUID]) -> list[Assertion]:
    """Return what sources say of the fields of many records at once."""
    said = tables.assertion
    if not subjects or not reader.rows(select(said.c.no).limit(1)):
        return []
    found: list[Thing] = []
    for some in codec.batches(list(reader.numbers(subjects).values())):
        found += _all(reader, Base.ASSERTION, said.c.subject_no.in_(some))
    return [thing for thing in found if isinstance(thing, Assertion)]


def with_external(
    reader: Reader, scheme: str, values: Collection[str], base: Base = Base.ENTITY
) -> dict[str, int]:
    """Return the numbers of things by their external reference of one scheme.

    Of several with the same one, the first that was recorded: who may see a restricted record
    and the copy that somebody else brought in goes on with the restricted one.
    """
    table, found = tables.v_external, dict[str, int]()
    source = tables.BASES[base]
    for some in codec.batches(values):
        query = (
            select(table.c.value, table.c.no)
            .join(source, source.c.no == table.c.no)
            .where(table.c.scheme == scheme, table.c.value.in_(some), reader.may_see(base))
            .order_by(table.c.no.desc())
        )
        found |= {row.value: row.no for row in reader.rows(query)}
    return found


def citing(reader: Reader, report: UUID) -> list[Brief]:
    """Return the entities at the ends of links that rest on a report this reader may see."""
    if not reader.numbers([report]):
        return []
    table = tables.v_entity
    ends = (
        select(_link.c.source_no, _link.c.target_no)
        .join(table, table.c.no == _link.c.no)
        .where(
            table.c.target == report.bytes,
            table.c.field == "reports",
            reader.may_see(Base.LINK),
        )
        .limit(500)
    )
    return briefs(reader, list(dict.fromkeys(_flat(reader.rows(ends)))))


def _flat(rows: Iterable[Any]) -> Iterable[int]:
    for row in rows:
        yield from row


def counts(reader: Reader, kinds: Iterable[Kind]) -> dict[Kind, int]:
    """Return how many records of each kind this reader may see."""
    rows = reader.rows(
        select(_entity.c.kind, func.count())
        .where(_entity.c.kind.in_([kind.value for kind in kinds]), reader.may_see())
        .group_by(_entity.c.kind)
    )
    found = {Kind(row[0]): row[1] for row in rows}
    return {kind: found.get(kind, 0) for kind in kinds}
