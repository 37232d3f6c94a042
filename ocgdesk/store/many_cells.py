"""Several values of one field as one cell of a list: aliases, identifiers, codes."""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause, Text, func, select

from ocgdesk.domain.fields import Field, FieldType
from ocgdesk.domain.kinds import Kind
from ocgdesk.store import tables

TYPES: Final = frozenset(
    {
        FieldType.CODES,
        FieldType.TEXTS,
        FieldType.ALIASES,
        FieldType.IDENTIFIERS,
        FieldType.EXTERNALS,
    }
)
"""Types with several values that a cell of a list can show."""
BETWEEN: Final = "\x1e"
"""Between two values of a cell."""
AFTER_SCHEME: Final = "\x1f"
"""Between a scheme and the number it issued."""
_TOLD_BY: Final = {FieldType.ALIASES: "text"}
_BY_SCHEME: Final = frozenset({FieldType.IDENTIFIERS, FieldType.EXTERNALS})


def field_of(kind: Kind, name: str) -> Field | None:
    """Return the field of this name that has several values a cell can show."""
    many = tables.KINDS[kind].many
    return next((field for field in many if field.name == name and field.type in TYPES), None)


def column(kind: Kind, field: Field) -> ColumnElement[str]:
    """Return all values of a field of the row at hand, in their order; empty where it has none."""
    table, base = tables.VALUES[field.type], tables.KINDS[kind].base
    said: ColumnElement[str] = table.c[_TOLD_BY.get(field.type, "value")]
    if field.type in _BY_SCHEME:
        said = table.c.scheme.concat(AFTER_SCHEME).concat(said)
    joined = select(func.group_concat(said, BETWEEN, type_=Text))
    joined = joined.where(table.c.no == base.c.no, table.c.field == field.name)
    # The values lie in the order of their key, which is that of the record.
    return func.coalesce(joined.correlate(base).scalar_subquery(), "", type_=Text)


def each(field: Field) -> ColumnElement[Any]:
    """Return one value of a field, to count how often each occurs in rows ``joined`` to them."""
    return tables.VALUES[field.type].c[_TOLD_BY.get(field.type, "value")]


def joined(source: FromClause, kind: Kind, field: Field) -> FromClause:
    """Return rows once for each value of a field, and once where they have none."""
    table, base = tables.VALUES[field.type], tables.KINDS[kind].base
    return source.outerjoin(table, (table.c.no == base.c.no) & (table.c.field == field.name))


def cell(field: Field, values: Iterable[Any]) -> str:
    """Return the cell for the values that a record has."""
    return BETWEEN.join(_said(field, value) for value in values)


def _said(field: Field, value: Any) -> str:
    if field.type in _BY_SCHEME:
        return f"{value.scheme}{AFTER_SCHEME}{value.value}"
    return str(getattr(value, _TOLD_BY[field.type]) if field.type in _TOLD_BY else value)


def parts(stored: str) -> list[tuple[str, str]]:
    """Return the scheme, or nothing, and the text of each value of a cell."""
    if not stored:
        return []
    found = (value.rpartition(AFTER_SCHEME) for value in stored.split(BETWEEN))
    return [(scheme, said) for scheme, _sign, said in found]
