"""Lists for tables: order and filter here, so that a window only fetches what it shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, cast, exists, func, or_, select

from ocgdesk.domain.fields import MANY, Field, FieldType, described_fields
from ocgdesk.domain.kinds import OWNED, Base, Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.registry import class_of
from ocgdesk.errors import Refused
from ocgdesk.store import codec, tables
from ocgdesk.store.reader import Reader

_entity = tables.entity
_link = tables.link
_source = _entity.alias("source_end")
_target = _entity.alias("target_end")


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
    own = [_spec(field) for field in described_fields(cls) if field.type not in _UNLISTED]
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
    return (*label, *ref, *owner, *rest, *_COUNTED.get(kind, {}).keys())


_UNLISTED = MANY | {FieldType.ENTITY}
"""Several values, or another record's id: no cell of a table."""



def _spec(field: Field) -> ColumnSpec:
    return ColumnSpec(field.name, field.label, field.type, field.codes, field.in_table, field.mono)


def _label_field(kind: Kind) -> str:
    return next((f.name for f in described_fields(class_of(kind)) if f.is_label), "ref")


_Counting = Callable[[Reader], Any]
"""What is counted for a row, from what this reader may know of alone."""


def _count_links(*where: ColumnElement[bool]) -> _Counting:
    def count(reader: Reader) -> Any:
        query = select(func.count()).select_from(_link).where(*where, reader.may_see(Base.LINK))
        return query.correlate(_entity).scalar_subquery()

    return count


def _officer(role: str) -> _Counting:
    child = _entity.alias("assigned")
    assignment = tables.KINDS[Kind.ASSIGNMENT].own
    assert assignment is not None  # noqa: S101 - assignments have fields of their own
    query = (
        select(assignment.c.officer)
        .join(child, child.c.no == assignment.c.no)
        .where(
            child.c.owner_no == _entity.c.no, assignment.c.role == role, assignment.c.end.is_(None)
        )
        .order_by(child.c.no.desc())
        .limit(1)
    )

    def name(reader: Reader) -> Any:
        seen = query.where(reader.may_see(table=child))
        return func.coalesce(seen.correlate(_entity).scalar_subquery(), "")

    return name


_of_row = (_link.c.source_no == _entity.c.no, _link.c.target_no == _entity.c.no)

_COUNTED: dict[Kind, dict[ColumnSpec, _Counting]] = {
    Kind.OCG: {
        ColumnSpec("lro", "LRO", FieldType.TEXT, counted=True): _officer("lro"),
        ColumnSpec("members", "Members", FieldType.INTEGER, counted=True): _count_links(
            _of_row[1], _link.c.kind == Kind.MEMBERSHIP.value
        ),
        ColumnSpec("lines", "Lines", FieldType.INTEGER, counted=True): _count_links(
            _of_row[0], _link.c.type == "controls"
        ),
    },
    Kind.NOMINAL: {
        ColumnSpec("links", "Links", FieldType.INTEGER, counted=True, shown=False): _count_links(
            or_(*_of_row)
        ),
    },
}


def _owner_label() -> Any:
    owner = _entity.alias("owning")
    query = select(owner.c.label).where(owner.c.no == _entity.c.owner_no)
    return query.correlate(_entity).scalar_subquery()


_ELSEWHERE: dict[str, Any] = {
    "source": _source.c.label,
    "target": _target.c.label,
    "owner": _owner_label(),
}


def _expression(reader: Reader, kind: Kind, name: str) -> Any:
    """Return what a column is in SQL, for this reader."""
    spec = tables.KINDS[kind]
    for column, counting in _COUNTED.get(kind, {}).items():
        if column.name == name:
            return counting(reader)
    if any(column.name == name for column in columns(kind)) or name in _OF_ANY_KIND:
        for table in (spec.own, spec.base):
            if table is not None and name in table.c:
                return table.c[name]
        if name in _ELSEWHERE:
            return _ELSEWHERE[name]
    raise Refused(f"There is no column {name!r} in a list of this kind")


_OF_ANY_KIND = frozenset({"ref", "label", "marking", "restricted"})
"""Columns every list of entities has, whether or not it shows them."""


def _joined(kind: Kind, *what: Any, names: frozenset[str] = frozenset()) -> Select[Any]:
    """Select from what a list needs, and no more: a join of 100,000 rows costs."""
    spec = tables.KINDS[kind]
    source: Any = spec.base
    if spec.own is not None and (names & {f.name for f in spec.own_fields}):
        source = source.join(spec.own, spec.own.c.no == spec.base.c.no)
    if spec.base is _link and names & {"source"}:
        source = source.join(_source, _source.c.no == _link.c.source_no)
    if spec.base is _link and names & {"target"}:
        source = source.join(_target, _target.c.no == _link.c.target_no)
    return select(*what).select_from(source)


def order(reader: Reader, query: ListQuery) -> list[int]:
    """Return the numbers of all rows of a list in their complete order."""
    spec = tables.KINDS[query.kind]
    texts = _text_columns(query.kind) if query.text else ()
    names = frozenset(
        {s.column for s in query.sorts} | {f.column for f in query.filters} | set(texts)
    )
    statement = _joined(query.kind, spec.base.c.no, names=names)
    statement = statement.where(*_conditions(reader, query, texts))
    for sort in query.sorts or _natural(query.kind):
        statement = statement.order_by(*_ordering(reader, query.kind, sort))
    return list(reader.connection.execute(statement.order_by(spec.base.c.no)).scalars())


def _natural(kind: Kind) -> tuple[Sort, ...]:
    return () if class_of(kind).base is Base.LINK else (Sort(_label_field(kind)),)


def _conditions(
    reader: Reader, query: ListQuery, texts: Sequence[str]
) -> list[ColumnElement[bool]]:
    spec = tables.KINDS[query.kind]
    found = [reader.may_see(spec.cls.base)]
    if "kind" in spec.base.c:
        found.append(spec.base.c.kind == query.kind.value)
    found += [_condition(reader, query.kind, filter_) for filter_ in query.filters]
    for word in query.text.split()[:8]:
        columns_ = [_expression(reader, query.kind, name) for name in texts]
        found.append(or_(*(column.icontains(word, autoescape=True) for column in columns_)))
    return found


def _text_columns(kind: Kind) -> tuple[str, ...]:
    plain = {FieldType.TEXT}
    names = [c.name for c in columns(kind) if c.type in plain and not c.counted and c.shown]
    return tuple(name for name in names if name != "owner")


def _condition(reader: Reader, kind: Kind, filter_: Filter) -> ColumnElement[bool]:
    field = next((f for f in tables.KINDS[kind].many if f.name == filter_.column), None)
    if field is not None:
        return _condition_on_many(kind, field, filter_)
    column = _expression(reader, kind, filter_.column)
    values = [_typed(kind, filter_.column, value) for value in filter_.values]
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
    held = exists(rows.where(value.in_(filter_.values)))
    return ~held if filter_.test is Test.IS_NOT else held


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
    if spec is None:
        return value
    try:
        match spec.type:
            case FieldType.FLAG:
                return value.lower() in {"1", "true", "yes"}
            case FieldType.INTEGER:
                return int(value)
            case FieldType.NUMBER:
                return float(value)
    except ValueError:
        raise Refused(f"{value[:20]!r} is no number") from None
    return value


def _ordering(reader: Reader, kind: Kind, sort: Sort) -> list[Any]:
    if sort.column == _label_field(kind) and class_of(kind).base is Base.ENTITY:
        key: Any = _entity.c.sort_key
    else:
        key = _expression(reader, kind, sort.column)
    if isinstance(key.type, Text) and key is not _entity.c.sort_key:
        key = key.collate("NOCASE")
    # Empty cells come last either way, as in a spreadsheet.
    empty = [] if key is _entity.c.sort_key else [or_(key.is_(None), cast(key, Text) == "")]
    return [*empty, key.desc() if sort.descending else key.asc()]


def window(reader: Reader, kind: Kind, nos: Sequence[int], names: Sequence[str]) -> list[ListRow]:
    """Return the rows with these numbers, in this order, with these columns."""
    spec, found = tables.KINDS[kind], dict[int, ListRow]()
    cells = [_expression(reader, kind, name).label(f"c{i}") for i, name in enumerate(names)]
    access = [spec.base.c.marking, spec.base.c.restricted] if "marking" in spec.base.c else []
    statement = _joined(
        kind, spec.base.c.no, spec.base.c.id, *access, *cells, names=frozenset(names)
    )
    for some in codec.batches(nos):
        for row in reader.rows(
            statement.where(spec.base.c.no.in_(some), reader.may_see(spec.cls.base))
        ):
            found[row.no] = _row(row, len(names), has_access=bool(access))
    return [found[no] for no in nos if no in found]


def _row(row: Any, width: int, *, has_access: bool) -> ListRow:
    return ListRow(
        row.no,
        UUID(bytes=row.id),
        Marking(row.marking) if has_access else Marking.OFFICIAL,
        bool(row.restricted) if has_access else False,
        tuple(row[len(row) - width :]) if width else (),
    )


def distinct(reader: Reader, kind: Kind, name: str, *, most: int = 200) -> list[tuple[Any, int]]:
    """Return the values of a column with how often each occurs, for a header's tick-list."""
    spec = tables.KINDS[kind]
    column = _expression(reader, kind, name)
    statement = _joined(kind, column.label("value"), func.count(), names=frozenset({name}))
    where = [reader.may_see(spec.cls.base)]
    if "kind" in spec.base.c:
        where.append(spec.base.c.kind == kind.value)
    rows = reader.rows(
        statement.where(*where).group_by(column).order_by(func.count().desc()).limit(most)
    )
    return [(row[0], row[1]) for row in rows]
