"""Things to rows and back. Everything goes in batches: one at a time costs twenty times more."""

import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, Table, func, select

from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.fields import Field, FieldType
from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.things import Marked, Thing
from ocgdesk.domain.values import Alias, Answer, External, Ground, Identifier
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


@lru_cache(maxsize=4096)
def _dated(value: PartialDate) -> str:
    """Return a date as it is kept; of a table of many rows each date is one text."""
    return str(value)


_TO_ROW: dict[FieldType, _Writer] = {
    FieldType.DAY: date.isoformat,
    FieldType.INSTANT: datetime.isoformat,
    FieldType.PARTIAL_DATE: _dated,
    FieldType.ENTITY: _bytes,
}
_FROM_ROW: dict[FieldType, _Reader] = {
    FieldType.DAY: date.fromisoformat,
    FieldType.INSTANT: datetime.fromisoformat,
    FieldType.PARTIAL_DATE: PartialDate.stored,
    FieldType.ENTITY: _uuid,
    FieldType.FLAG: bool,
}
_VALUE_COLUMNS: dict[FieldType, tuple[str, ...]] = {
    FieldType.CODES: ("value",),
    FieldType.TEXTS: ("value",),
    FieldType.ENTITIES: ("target",),
    FieldType.ALIASES: ("text", "type"),
    FieldType.IDENTIFIERS: ("scheme", "value"),
    FieldType.EXTERNALS: ("scheme", "value"),
    FieldType.GROUNDS: ("code", "sign", "note", "grade", "ref"),
    FieldType.ANSWERS: ("factor", "value", "rationale"),
}
_VALUE_TO_ROW: dict[FieldType, Callable[[Any], tuple[Any, ...]]] = {
    FieldType.CODES: lambda value: (value,),
    FieldType.TEXTS: lambda value: (value,),
    FieldType.ENTITIES: lambda value: (value.bytes,),
    FieldType.ALIASES: lambda v: (v.text, v.type),
    FieldType.IDENTIFIERS: lambda v: (v.scheme, v.value),
    FieldType.EXTERNALS: lambda v: (v.scheme, v.value),
    FieldType.GROUNDS: lambda v: (v.code, v.sign, v.note, v.grade, v.ref),
    FieldType.ANSWERS: lambda v: (v.factor, v.value, v.rationale),
}
_VALUE_FROM_ROW: dict[FieldType, Callable[..., Any]] = {
    FieldType.CODES: str,
    FieldType.TEXTS: str,
    FieldType.ENTITIES: _uuid,
    FieldType.ALIASES: Alias,
    FieldType.IDENTIFIERS: Identifier,
    FieldType.EXTERNALS: External,
    FieldType.GROUNDS: Ground,
    FieldType.ANSWERS: Answer,
}


def sort_key(label: str) -> str:
    """Return the label as it sorts: without case, accents or leading space."""
    if label.isascii():
        return label.lower().strip()[:200]
    decomposed = unicodedata.normalize("NFKD", label.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).strip()[:200]


def batches(nos: Collection[Any], size: int = AT_ONCE) -> Iterator[list[Any]]:
    """Yield the numbers in lists short enough for one IN."""
    everything = list(nos)
    for start in range(0, len(everything), size):
        yield everything[start : start + size]


Cells = tuple[Any, ...]
"""One row, in the order of its table's columns."""


@dataclass(frozen=True, slots=True)
class Columns:
    """How one table of a kind is written: its columns, and what a thing puts in them."""

    table: Table
    names: tuple[str, ...]
    row: Callable[[Thing, int, Mapping[UUID, int]], Cells]


@cache
def base_columns(kind: Kind) -> Columns:
    """Return how the base table is written: identity, ends, access and shared fields."""
    spec = KINDS[kind]
    return _columns_of(kind, spec.base, spec.base_fields)


@cache
def own_columns(kind: Kind) -> Columns | None:
    """Return how the kind's own table is written; None where it has none."""
    spec = KINDS[kind]
    return None if spec.own is None else _columns_of(kind, spec.own, spec.own_fields)


def _columns_of(kind: Kind, table: Table, fields: Sequence[Field]) -> Columns:
    writers = _identity_writers(kind) | {field.name: _field_writer(field) for field in fields}
    names = tuple(column.name for column in table.columns)
    ordered = tuple(writers[name] for name in names)

    def row(thing: Thing, no: int, no_of: Mapping[UUID, int]) -> Cells:
        return tuple([write(thing, no, no_of) for write in ordered])

    return Columns(table, names, row)


_CellWriter = Callable[[Any, int, Mapping[UUID, int]], Any]


def _identity_writers(kind: Kind) -> dict[str, _CellWriter]:
    code = kind.value
    found: dict[str, _CellWriter] = {
        "no": lambda _thing, no, _no_of: no,
        "id": lambda thing, _no, _no_of: thing.id.bytes,
        "version": lambda thing, _no, _no_of: thing.version,
        "kind": lambda _thing, _no, _no_of: code,
        "ref": lambda thing, _no, _no_of: thing.ref,
        "label": lambda thing, _no, _no_of: thing.label,
        "sort_key": lambda thing, _no, _no_of: sort_key(thing.label),
        "marking": lambda thing, _no, _no_of: thing.marking.value,
        "restricted": lambda thing, _no, _no_of: thing.restricted_to is not None,
    }
    return found | {f"{end}_no": _end_writer(end) for end in ENDS[KINDS[kind].cls.base]}


def _end_writer(name: str) -> _CellWriter:
    read = attrgetter(name)

    def write(thing: Any, _no: int, no_of: Mapping[UUID, int]) -> int | None:
        end = read(thing)
        return None if end is None else no_of[end]

    return write


def _field_writer(field: Field) -> _CellWriter:
    read, convert = attrgetter(field.name), _TO_ROW.get(field.type)
    if convert is None:
        return lambda thing, _no, _no_of: read(thing)
    to_row = convert

    def write(thing: Any, _no: int, _no_of: Mapping[UUID, int]) -> Any:
        value = read(thing)
        return None if value is None else to_row(value)

    return write


@dataclass(frozen=True, slots=True)
class ManyColumns:
    """How the table of one value type is written: its columns, and rows of a thing for them."""

    table: Table
    names: tuple[str, ...]
    rows: Callable[[Thing, int], list[Cells]]


@cache
def value_columns(kind: Kind) -> tuple[ManyColumns, ...]:
    """Return how each field that holds several values is written."""
    return tuple(_many_columns(field) for field in KINDS[kind].many)


def _many_columns(field: Field) -> ManyColumns:
    read, name, convert = attrgetter(field.name), field.name, _VALUE_TO_ROW[field.type]

    def rows(thing: Thing, no: int) -> list[Cells]:
        return [(no, name, pos, *convert(value)) for pos, value in enumerate(read(thing))]

    names = ("no", "field", "pos", *_VALUE_COLUMNS[field.type])
    return ManyColumns(tables.VALUES[field.type], names, rows)


def access_rows(thing: Thing, no: int) -> list[Cells]:
    """Return a row for each user a restricted thing is open to."""
    if isinstance(thing, Marked) and thing.restricted_to is not None:
        return [(no, user.bytes) for user in thing.restricted_to]
    return []


@cache
def _select(kind: Kind) -> Select[Any]:
    """Select what is held in single columns: no, id, version, ends as UUIDs, access, fields."""
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
    columns += [spec.base.c[name] for name in _ACCESS[spec.cls.base]]
    columns += [spec.base.c[field.name] for field in spec.base_fields]
    if spec.own is not None:
        joined = joined.join(spec.own, spec.own.c.no == spec.base.c.no)
        columns += [spec.own.c[field.name] for field in spec.own_fields]
    return select(*columns).select_from(joined)


_ACCESS: dict[Base, tuple[str, ...]] = {
    Base.ENTITY: ("marking", "restricted", "ref"),
    Base.LINK: ("marking", "restricted"),
    Base.ASSERTION: (),
    Base.PLACEMENT: (),
}
_MARKINGS = {marking.value: marking for marking in Marking}


def _either_id(number: Any) -> Any:
    of_entity = select(tables.entity.c.id).where(tables.entity.c.no == number).scalar_subquery()
    of_link = select(tables.link.c.id).where(tables.link.c.no == number).scalar_subquery()
    return func.coalesce(of_entity, of_link)


def load(connection: Connection, kind: Kind, nos: Collection[int]) -> dict[int, Thing]:
    """Return the things of one kind with these numbers; those that are not there are left out.

    No restriction is applied: callers are the unit of work and readers that have applied it.
    """
    found: dict[int, Thing] = {}
    spec, read = KINDS[kind], _reader(kind)
    for some in batches(nos):
        rows = connection.execute(_select(kind).where(spec.base.c.no.in_(some))).all()
        values = _load_values(connection, spec, some)
        users = _load_access(connection, [row.no for row in rows if _is_restricted(row)])
        for row in rows:
            found[row[0]] = read(row, values.get(row[0], {}), users)
    return found


def _is_restricted(row: Row[Any]) -> bool:
    return bool(getattr(row, "restricted", False))


def _load_values(
    connection: Connection, spec: KindTables, nos: list[int]
) -> dict[int, dict[str, list[Any]]]:
    found: dict[int, dict[str, list[Any]]] = {}
    readers = {field.name: _VALUE_FROM_ROW[field.type] for field in spec.many}
    for type_ in {tables.VALUES[f.type].name: f.type for f in spec.many}.values():
        table = tables.VALUES[type_]
        columns = [table.c[name] for name in ("no", "field", *_VALUE_COLUMNS[type_])]
        query = select(*columns).where(table.c.no.in_(nos)).order_by(table.c.no, table.c.pos)
        for no, field, *cells in connection.execute(query):
            if (read := readers.get(field)) is not None:
                found.setdefault(no, {}).setdefault(field, []).append(read(*cells))
    return found


def _load_access(connection: Connection, nos: list[int]) -> dict[int, frozenset[UUID]]:
    users: dict[int, set[UUID]] = {no: set() for no in nos}
    for some in batches(nos):
        for row in connection.execute(select(tables.access).where(tables.access.c.no.in_(some))):
            users[row.no].add(UUID(bytes=row.user_id))
    return {no: frozenset(ids) for no, ids in users.items()}


_Users = Mapping[int, frozenset[UUID]]
_RowReader = Callable[[Row[Any], Mapping[str, list[Any]], _Users], Thing]


@cache
def _reader(kind: Kind) -> _RowReader:
    """Return what makes a thing of a row of ``_select``, its lists and its users."""
    spec = KINDS[kind]
    cls, many = spec.cls, tuple(field.name for field in spec.many)
    cells = _cell_readers(spec)
    access = cls.base in {Base.ENTITY, Base.LINK}

    def read(row: Row[Any], lists: Mapping[str, list[Any]], users: _Users) -> Thing:
        values: dict[str, Any] = {
            name: cell if convert is None or cell is None else convert(cell)
            for cell, (name, convert) in zip(row, cells, strict=True)
        }
        no = values.pop("no")
        if access:
            del values["restricted"]
            values["restricted_to"] = users.get(no)
        for name in many:
            values[name] = tuple(lists.get(name, ()))
        return cls(**values)

    return read


def _cell_readers(spec: KindTables) -> tuple[tuple[str, _Reader | None], ...]:
    ends = [(name, _uuid) for name in ENDS[spec.cls.base]]
    access = [
        (name, _MARKINGS.__getitem__ if name == "marking" else None)
        for name in _ACCESS[spec.cls.base]
    ]
    fields = [(f.name, _FROM_ROW.get(f.type)) for f in (*spec.base_fields, *spec.own_fields)]
    return (("no", None), ("id", _uuid), ("version", None), *ends, *access, *fields)


def numbers(connection: Connection, base: Base, ids: Collection[UUID]) -> dict[UUID, int]:
    """Return the numbers of these ids in one base table; unknown ids are left out."""
    table, found = tables.BASES[base], dict[UUID, int]()
    for some in batches([id_.bytes for id_ in ids]):
        for row in connection.execute(select(table.c.id, table.c.no).where(table.c.id.in_(some))):
            found[UUID(bytes=row.id)] = row.no
    return found
