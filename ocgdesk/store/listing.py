"""Lists for tables: order and filter here, so that a window only fetches what it shows."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, cast, exists, func, or_, select

from ocgdesk.domain.fields import MANY, Field, FieldType, described_fields
from ocgdesk.domain.kinds import OWNED, Base, Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.registry import class_of
from ocgdesk.errors import Refused
from ocgdesk.store import codec, many_cells, tables
from ocgdesk.store.comparable import comparable
from ocgdesk.store.counting import Counted
from ocgdesk.store.reader import Reader

_entity = tables.entity
_link = tables.link
_AT_END = {"source": _entity.alias("source_end"), "target": _entity.alias("target_end")}


class Test(StrEnum):
    """How a filter looks at a column."""

    __test__ = False  # not a test case

    IS = "is"
    IS_NOT = "is-not"
    CONTAINS = "contains"
    EMPTY = "empty"
    NOT_EMPTY = "not-empty"
    FROM = "from"
    TO = "to"


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition on one column. IS takes several values: any of them will do."""

    column: str
    test: Test
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sort:
    """One column to sort by."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuery:
    """What a table shows of one kind, and in which order."""

    kind: Kind
    sorts: tuple[Sort, ...] = ()
    filters: tuple[Filter, ...] = ()
    text: str = ""
    """Rows whose label, reference or text columns hold all these words."""


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row: identity and the cells asked for, as stored (codes, ISO dates)."""

    no: int
    id: UUID
    marking: Marking
    restricted: bool
    cells: tuple[Any, ...]
    version: int = 0
    """The version the cells are of: an edit of them is refused once there is a later one."""


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column a list of a kind can show: a field, or something counted."""

    name: str
    label: str
    type: FieldType
    codes: str = ""
    shown: bool = True
    mono: bool = False
    counted: bool = False


@cache
def columns(kind: Kind) -> tuple[ColumnSpec, ...]:
    """Return the columns a list of this kind has, those shown by default marked so."""
    cls = class_of(kind)
    own = [_spec(field) for field in described_fields(cls) if _is_listed(field)]
    if cls.base is Base.LINK:
        ends = [
            ColumnSpec("source", "From entity", FieldType.TEXT),
            ColumnSpec("target", "To entity", FieldType.TEXT),
        ]
        return (*ends, *own)
    label = [spec for spec in own if spec.name == _label_field(kind)]
    rest = [spec for spec in own if spec.name != _label_field(kind)]
    ref = [ColumnSpec("ref", "Reference", FieldType.TEXT, mono=True)]
    owner = [ColumnSpec("owner", "Belongs to", FieldType.TEXT)] if kind in OWNED else []
    return (*label, *ref, *owner, *rest, *_COUNTED.get(kind, ()))


_UNLISTED = MANY - many_cells.TYPES
"""Several values that no cell of a table can show."""


def _is_listed(field: Field) -> bool:
    """Tell whether a field can be a column; users are known by id, records by their label."""
    names_a_user = field.type is FieldType.ENTITY and field.name in _USERS
    return field.type not in _UNLISTED and not names_a_user


_USERS = frozenset({"user", "analyst", "reviewer"})


def _spec(field: Field) -> ColumnSpec:
    shown = field.in_table and field.type not in MANY
    return ColumnSpec(field.name, field.label, field.type, field.codes, shown, field.mono)


def _label_field(kind: Kind) -> str:
    return next((f.name for f in described_fields(class_of(kind)) if f.is_label), "ref")


_COUNTED: dict[Kind, tuple[ColumnSpec, ...]] = {
    Kind.OCG: (
        ColumnSpec("lro", "LRO", FieldType.TEXT, counted=True),
        ColumnSpec("members", "Members", FieldType.INTEGER, counted=True),
        ColumnSpec("lines", "Lines", FieldType.INTEGER, counted=True),
    ),
    Kind.NOMINAL: (
        ColumnSpec("links", "Links", FieldType.INTEGER, counted=True, shown=False),
        ColumnSpec(
            "uncategorised", "Not yet categorised", FieldType.FLAG, counted=True, shown=False
        ),
    ),
}


def _owner_label() -> Any:
    owner = _entity.alias("owning")
    query = select(owner.c.label).where(owner.c.no == _entity.c.owner_no)
    return query.correlate(_entity).scalar_subquery()


_ELSEWHERE: dict[str, Any] = {name: end.c.label for name, end in _AT_END.items()}
_ELSEWHERE["owner"] = _owner_label()


class _Columns:
    """What the columns of one kind are in SQL, for one reader."""

    def __init__(self, reader: Reader, kind: Kind, names: Collection[str]) -> None:
        self.kind = kind
        self._names = frozenset(names)
        self._counted = Counted(reader)

    def __getitem__(self, name: str) -> Any:
        """Return a column; Refused for one that lists of this kind do not have."""
        spec = next((one for one in columns(self.kind) if one.name == name), None)
        if spec is not None and spec.counted:
            return self._counted.column(name)
        if (held := self._held(name)) is not None and (spec or name in _OF_ANY_KIND):
            is_named = spec is not None and spec.type is FieldType.ENTITY
            return self._counted.named(held) if is_named else held
        if spec is not None and name in _ELSEWHERE:
            return _ELSEWHERE[name]
        if (field := many_cells.field_of(self.kind, name)) is not None:
            return many_cells.column(self.kind, field)
        raise Refused(f"There is no column {name!r} in a list of this kind")

    def _held(self, name: str) -> Any:
        """Return the column of a table that holds a field, if one does."""
        spec = tables.KINDS[self.kind]
        holding = (table for table in (spec.own, spec.base) if table is not None)
        return next((table.c[name] for table in holding if name in table.c), None)

    def joined(self, query: Select[Any], many: Field | None = None) -> Select[Any]:
        """Select from what the columns taken need, and no more: joining 100,000 rows costs."""
        spec, names = tables.KINDS[self.kind], self._names
        source: Any = spec.base
        if spec.own is not None and (names & {f.name for f in spec.own_fields}):
            source = source.join(spec.own, spec.own.c.no == spec.base.c.no)
        for name in names & _AT_END.keys() if spec.base is _link else ():
            end = _link.c[f"{name}_no"]
            # Always so; said for SQLite to walk the index of that end, in which it meets the
            # records in their own order.
            source = source.join(_AT_END[name], (_AT_END[name].c.no == end) & (end > 0))
        for counts in self._counted.joins.values():
            source = source.outerjoin(counts, counts.c.no == spec.base.c.no)
        if many is not None:
            source = many_cells.joined(source, self.kind, many)
        return query.select_from(source)


_OF_ANY_KIND = frozenset({"ref", "label", "marking", "restricted"})
"""Columns every list of entities has, whether or not it shows them."""


def order(reader: Reader, query: ListQuery) -> list[int]:
    """Return the numbers of all rows of a list in their complete order."""
    base = tables.KINDS[query.kind].base
    held = _Columns(reader, query.kind, _asked(query) | {s.column for s in query.sorts})
    statement = select(base.c.no).where(*_conditions(reader, query, held))
    for sort in query.sorts or _natural(query.kind):
        statement = statement.order_by(*_ordering(held, sort))
    statement = held.joined(statement.order_by(base.c.no))
    return list(reader.connection.execute(statement).scalars())


def _asked(query: ListQuery) -> frozenset[str]:
    """Return the columns that decide whether a row passes."""
    texts = _text_columns(query.kind) if query.text else ()
    return frozenset({filter_.column for filter_ in query.filters} | set(texts))


def _natural(kind: Kind) -> tuple[Sort, ...]:
    return () if class_of(kind).base is Base.LINK else (Sort(_label_field(kind)),)


def _conditions(reader: Reader, query: ListQuery, held: _Columns) -> list[ColumnElement[bool]]:
    spec = tables.KINDS[query.kind]
    found = [reader.may_see(spec.cls.base)]
    if "kind" in spec.base.c:
        found.append(spec.base.c.kind == query.kind.value)
    found += [_condition(held, filter_) for filter_ in query.filters]
    for word in query.text.split()[:8]:
        columns_ = [held[name] for name in _text_columns(query.kind)]
        found.append(or_(*(column.icontains(word, autoescape=True) for column in columns_)))
    return found


def _text_columns(kind: Kind) -> tuple[str, ...]:
    plain = {FieldType.TEXT}
    names = [c.name for c in columns(kind) if c.type in plain and not c.counted and c.shown]
    return tuple(name for name in names if name != "owner")


def _condition(held: _Columns, filter_: Filter) -> ColumnElement[bool]:
    many = tables.KINDS[held.kind].many
    field = next((f for f in many if f.name == filter_.column), None)
    if field is not None:
        return _condition_on_many(held.kind, field, filter_)
    column = held[filter_.column]
    values = [_typed(held.kind, filter_.column, value) for value in filter_.values]
    if not values and filter_.test in {Test.FROM, Test.TO}:
        raise Refused("A range needs a value to begin or end with")
    tested: ColumnElement[bool] = _TESTS[filter_.test](column, values)
    return tested


def _contains(column: Any, values: Sequence[Any]) -> Any:
    return or_(*(cast(column, Text).icontains(str(v), autoescape=True) for v in values))


_TESTS: dict[Test, Callable[[Any, Sequence[Any]], Any]] = {
    Test.IS: lambda column, values: column.in_(values),
    Test.IS_NOT: lambda column, values: or_(column.is_(None), column.not_in(values)),
    Test.CONTAINS: _contains,
    Test.EMPTY: lambda column, _values: or_(column.is_(None), cast(column, Text) == ""),
    Test.NOT_EMPTY: lambda column, _values: column.is_not(None) & (cast(column, Text) != ""),
    Test.FROM: lambda column, values: column >= values[0],
    Test.TO: lambda column, values: column <= values[0],
}


def _condition_on_many(kind: Kind, field: Field, filter_: Filter) -> ColumnElement[bool]:
    table, base = tables.VALUES[field.type], tables.KINDS[kind].base
    rows = select(table.c.no).where(table.c.no == base.c.no, table.c.field == field.name)
    if filter_.test is Test.EMPTY:
        return ~exists(rows)
    if filter_.test is Test.NOT_EMPTY:
        return exists(rows)
    if field.type not in _TOLD_BY:
        raise Refused(f"A list cannot be filtered by {field.label.lower()}")
    value = table.c[_TOLD_BY[field.type]]
    if filter_.test is Test.CONTAINS:
        return exists(rows.where(_contains(value, filter_.values)))
    held: ColumnElement[bool] = exists(rows.where(value.in_(filter_.values)))
    if _absences(field).intersection(filter_.values):
        held = held | ~exists(rows)
    return ~held if filter_.test is Test.IS_NOT else held


def _absences(field: Field) -> frozenset[str]:
    """Return the codes of a list that say what is also said by there being none."""
    if not field.codes:
        return frozenset()
    return frozenset(item.code for item in code_list(field.codes) if item.get("absence"))


_TOLD_BY = {
    FieldType.CODES: "value",
    FieldType.TEXTS: "value",
    FieldType.ALIASES: "text",
    FieldType.IDENTIFIERS: "value",
    FieldType.EXTERNALS: "value",
    FieldType.GROUNDS: "code",
}
"""Which column of a value's table a filter looks at."""


def _typed(kind: Kind, name: str, value: str) -> Any:
    spec = next((c for c in columns(kind) if c.name == name), None)
    return value if spec is None else comparable(spec.type, value)


def _sort_key(kind: Kind, name: str) -> Any:
    """Return what a column of names is ordered by: kept with each record, and compared as is."""
    if class_of(kind).base is Base.LINK:
        return _AT_END[name].c.sort_key if name in _AT_END else None
    is_label = name == _label_field(kind) and class_of(kind).base is Base.ENTITY
    return _entity.c.sort_key if is_label else None


def _ordering(held: _Columns, sort: Sort) -> list[Any]:
    if (by_name := _sort_key(held.kind, sort.column)) is not None:
        return [by_name.desc() if sort.descending else by_name.asc()]
    key = held[sort.column]
    # Empty cells come last either way, as in a spreadsheet. What is worked out is never None,
    # and asking would work it out twice.
    empty = [key.is_(None)] if getattr(key, "nullable", False) else []
    if isinstance(key.type, Text):
        key = key.collate("NOCASE")
        empty.append(key == "")
    return [*empty, key.desc() if sort.descending else key.asc()]


def window(reader: Reader, kind: Kind, nos: Sequence[int], names: Sequence[str]) -> list[ListRow]:
    """Return the rows with these numbers, in this order, with these columns."""
    spec, found = tables.KINDS[kind], dict[int, ListRow]()
    held = _Columns(reader, kind, names)
    cells = [held[name].label(f"c{i}") for i, name in enumerate(names)]
    access = [spec.base.c.marking, spec.base.c.restricted] if "marking" in spec.base.c else []
    identity = (spec.base.c.no, spec.base.c.id, spec.base.c.version)
    statement = held.joined(select(*identity, *access, *cells))
    for some in codec.batches(nos):
        for row in reader.rows(
            statement.where(spec.base.c.no.in_(some), reader.may_see(spec.cls.base))
        ):
            found[row.no] = _row(row, len(names), has_access=bool(access))
    return [found[no] for no in nos if no in found]


_MARKINGS = {marking.value: marking for marking in Marking}


def _row(row: Any, width: int, *, has_access: bool) -> ListRow:
    return ListRow(
        row.no,
        UUID(bytes=row.id),
        _MARKINGS[row.marking] if has_access else Marking.OFFICIAL,
        bool(row.restricted) if has_access else False,
        tuple(row[len(row) - width :]) if width else (),
        row.version,
    )


def distinct(
    reader: Reader,
    kind: Kind,
    name: str,
    *,
    most: int = 200,
    within: ListQuery | None = None,
    holding: str = "",
) -> list[tuple[Any, int]]:
    """Return the values of a column with how often each occurs, for a header's tick-list.

    ``within`` counts among the rows that pass its words and its filters on other columns;
    ``holding`` gives only the values whose text, as stored, holds it.
    """
    asked = within or ListQuery(kind=kind)
    asked = replace(asked, filters=tuple(f for f in asked.filters if f.column != name))
    held = _Columns(reader, kind, _asked(asked) | {name})
    many = many_cells.field_of(kind, name)
    column = many_cells.each(many) if many else held[name]
    statement = select(column.label("value"), func.count())
    statement = statement.where(*_conditions(reader, asked, held))
    if holding:
        statement = statement.where(cast(column, Text).icontains(holding, autoescape=True))
    statement = statement.group_by(column).order_by(func.count().desc(), column).limit(most)
    rows = reader.rows(held.joined(statement, many))
    return [(row[0], row[1]) for row in rows]
