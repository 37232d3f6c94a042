"""Things to rows and back. Everything goes in batches: one at a time costs twenty times more."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, Table, func, select

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.fields import Field, FieldType
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.things import Entity, Marked, Thing
from ocgdesk.domain.values import Alias, External, Ground, Identifier
from ocgdesk.domain.wire import ENDS
from ocgdesk.store import tables
from ocgdesk.store.tables import KINDS, KindTables

AT_ONCE = 900
"""Numbers in one IN list: below the 999 that every SQLite build accepts."""

_Reader = Callable[[Any], Any]
_Writer = Callable[[Any], Any]


def _bytes(value: UUID) -> bytes:
    return value.bytes


def _uuid(value: bytes) -> UUID:
    return UUID(bytes=value)


_TO_ROW: dict[FieldType, _Writer] = {
    FieldType.DAY: date.isoformat,
    FieldType.INSTANT: datetime.isoformat,
    FieldType.PARTIAL_DATE: str,
    FieldType.ENTITY: _bytes,
}
_FROM_ROW: dict[FieldType, _Reader] = {
    FieldType.DAY: date.fromisoformat,
    FieldType.INSTANT: datetime.fromisoformat,
    FieldType.PARTIAL_DATE: PartialDate.stored,
    FieldType.ENTITY: _uuid,
}
_VALUE_TO_ROW: dict[FieldType, Callable[[Any], dict[str, Any]]] = {
    FieldType.CODES: lambda value: {"value": value},
    FieldType.TEXTS: lambda value: {"value": value},
    FieldType.ENTITIES: lambda value: {"target": value.bytes},
    FieldType.ALIASES: lambda v: {"text": v.text, "type": v.type},
    FieldType.IDENTIFIERS: lambda v: {"scheme": v.scheme, "value": v.value},
    FieldType.EXTERNALS: lambda v: {"scheme": v.scheme, "value": v.value},
    FieldType.GROUNDS: lambda v: {"code": v.code, "sign": v.sign, "note": v.note},
}
_VALUE_FROM_ROW: dict[FieldType, Callable[[Row[Any]], Any]] = {
    FieldType.CODES: lambda row: row.value,
    FieldType.TEXTS: lambda row: row.value,
    FieldType.ENTITIES: lambda row: UUID(bytes=row.target),
    FieldType.ALIASES: lambda row: Alias(row.text, row.type),
    FieldType.IDENTIFIERS: lambda row: Identifier(row.scheme, row.value),
    FieldType.EXTERNALS: lambda row: External(row.scheme, row.value),
    FieldType.GROUNDS: lambda row: Ground(row.code, row.sign, row.note),
}


def sort_key(label: str) -> str:
    """Return the label as it sorts: without case, accents or leading space."""
    decomposed = unicodedata.normalize("NFKD", label.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).strip()[:200]


def batches(nos: Collection[Any], size: int = AT_ONCE) -> Iterator[list[Any]]:
    """Yield the numbers in lists short enough for one IN."""
    everything = list(nos)
    for start in range(0, len(everything), size):
        yield everything[start : start + size]


def _cells(thing: Thing, fields: Sequence[Field]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for field in fields:
        value = getattr(thing, field.name)
        write = _TO_ROW.get(field.type)
        row[field.name] = value if write is None or value is None else write(value)
    return row


def base_row(thing: Thing, no: int, version: int, no_of: Mapping[UUID, int]) -> dict[str, Any]:
    """Return the row of the base table: identity, ends, access and shared fields."""
    row: dict[str, Any] = {"no": no, "id": thing.id.bytes, "version": version}
    for name in ENDS[thing.base]:
        end = getattr(thing, name)
        row[f"{name}_no"] = None if end is None else no_of[end]
    if isinstance(thing, Marked):
        row["kind"] = thing.kind.value
        row["marking"] = thing.marking.value
        row["restricted"] = thing.restricted_to is not None
    if isinstance(thing, Entity):
        label = thing.label
        row |= {"ref": thing.ref, "label": label, "sort_key": sort_key(label)}
    row.update(_cells(thing, KINDS[thing.kind].base_fields))
    return row


def own_row(thing: Thing, no: int) -> dict[str, Any]:
    """Return the row of the kind's own table."""
    return {"no": no, **_cells(thing, KINDS[thing.kind].own_fields)}


def value_rows(thing: Thing, no: int) -> Iterator[tuple[Table, dict[str, Any]]]:
    """Yield a row for each value of each field that holds several."""
    for field in KINDS[thing.kind].many:
        write, table = _VALUE_TO_ROW[field.type], tables.VALUES[field.type]
        for pos, value in enumerate(getattr(thing, field.name)):
            yield table, {"no": no, "field": field.name, "pos": pos, **write(value)}


def access_rows(thing: Thing, no: int) -> Iterator[dict[str, Any]]:
    """Yield a row for each user a restricted thing is open to."""
    if isinstance(thing, Marked) and thing.restricted_to is not None:
        for user in thing.restricted_to:
            yield {"no": no, "user_id": user.bytes}


@cache
def _select(kind: Kind) -> Select[Any]:
    """Select everything of one kind that is held in single columns; ends come as UUIDs."""
    spec = KINDS[kind]
    columns: list[Any] = [spec.base.c.no, spec.base.c.id, spec.base.c.version]
    joined: Any = spec.base
    for name in ENDS[spec.cls.base]:
        number = spec.base.c[f"{name}_no"]
        if name == "subject":
            columns.append(_either_id(number).label("subject"))
            continue
        end = tables.entity.alias(f"end_{name}")
        joined = joined.outerjoin(end, end.c.no == number)
        columns.append(end.c.id.label(name))
    if spec.cls.base in {Base.ENTITY, Base.LINK}:
        columns += [spec.base.c.marking, spec.base.c.restricted]
    if spec.cls.base is Base.ENTITY:
        columns.append(spec.base.c.ref)
    columns += [spec.base.c[field.name] for field in spec.base_fields]
    if spec.own is not None:
        joined = joined.join(spec.own, spec.own.c.no == spec.base.c.no)
        columns += [spec.own.c[field.name] for field in spec.own_fields]
    return select(*columns).select_from(joined)


def _either_id(number: Any) -> Any:
    of_entity = select(tables.entity.c.id).where(tables.entity.c.no == number).scalar_subquery()
    of_link = select(tables.link.c.id).where(tables.link.c.no == number).scalar_subquery()
    return func.coalesce(of_entity, of_link)


def load(connection: Connection, kind: Kind, nos: Collection[int]) -> dict[int, Thing]:
    """Return the things of one kind with these numbers; those that are not there are left out.

    No restriction is applied: callers are the unit of work and readers that have applied it.
    """
    found: dict[int, Thing] = {}
    spec = KINDS[kind]
    for some in batches(nos):
        rows = connection.execute(_select(kind).where(spec.base.c.no.in_(some))).all()
        values = _load_values(connection, spec, some)
        users = _load_access(connection, [row.no for row in rows if _is_restricted(row)])
        for row in rows:
            found[row.no] = _thing(spec, row, values[row.no], users)
    return found


def _is_restricted(row: Row[Any]) -> bool:
    return bool(getattr(row, "restricted", False))


def _load_values(
    connection: Connection, spec: KindTables, nos: list[int]
) -> dict[int, dict[str, list[Any]]]:
    found: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    types = {field.name: field.type for field in spec.many}
    for table in {
        tables.VALUES[type_].name: tables.VALUES[type_] for type_ in types.values()
    }.values():
        query = select(table).where(table.c.no.in_(nos)).order_by(table.c.no, table.c.pos)
        for row in connection.execute(query):
            if type_ := types.get(row.field):
                found[row.no][row.field].append(_VALUE_FROM_ROW[type_](row))
    return found


def _load_access(connection: Connection, nos: list[int]) -> dict[int, frozenset[UUID]]:
    users: dict[int, set[UUID]] = {no: set() for no in nos}
    for some in batches(nos):
        for row in connection.execute(select(tables.access).where(tables.access.c.no.in_(some))):
            users[row.no].add(UUID(bytes=row.user_id))
    return {no: frozenset(ids) for no, ids in users.items()}


def _thing(
    spec: KindTables,
    row: Row[Any],
    many: Mapping[str, list[Any]],
    users: Mapping[int, frozenset[UUID]],
) -> Thing:
    cells = row._mapping
    values: dict[str, Any] = {"id": UUID(bytes=row.id), "version": row.version}
    for name in ENDS[spec.cls.base]:
        values[name] = None if cells[name] is None else UUID(bytes=cells[name])
    if "marking" in cells:
        values["marking"] = Marking(row.marking)
        values["restricted_to"] = users.get(row.no)
    if "ref" in cells:
        values["ref"] = row.ref
    for field in (*spec.base_fields, *spec.own_fields):
        value = cells[field.name]
        read = _FROM_ROW.get(field.type)
        if field.type is FieldType.FLAG:
            value = bool(value)
        values[field.name] = value if read is None or value is None else read(value)
    for field in spec.many:
        values[field.name] = tuple(many.get(field.name, ()))
    return spec.cls(**values)


def numbers(connection: Connection, base: Base, ids: Collection[UUID]) -> dict[UUID, int]:
    """Return the numbers of these ids in one base table; unknown ids are left out."""
    table, found = tables.BASES[base], dict[UUID, int]()
    for some in batches([id_.bytes for id_ in ids]):
        for row in connection.execute(select(table.c.id, table.c.no).where(table.c.id.in_(some))):
            found[UUID(bytes=row.id)] = row.no
    return found
