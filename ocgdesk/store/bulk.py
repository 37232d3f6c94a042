"""Many rows at once, as plain tuples: SQLAlchemy's own way costs three times as much a row."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, update
from sqlalchemy.engine import Dialect


def insert_rows(
    connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows whose cells stand in the order of ``names``, already as the driver wants them."""
    if rows:
        connection.exec_driver_sql(_insert(connection.dialect, table, names), list(rows))


def update_rows(
    connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Replace rows by their number, which is the first of ``names`` and of each row."""
    if rows and len(names) > 1:
        statement = _update(connection.dialect, table, names)
        connection.exec_driver_sql(statement, [(*row[1:], row[0]) for row in rows])


@cache
def _insert(dialect: Dialect, table: Table, names: tuple[str, ...]) -> str:
    values = {name: bindparam(name) for name in names}
    return str(insert(table).values(values).compile(dialect=dialect))


@cache
def _update(dialect: Dialect, table: Table, names: tuple[str, ...]) -> str:
    values = {name: bindparam(f"new_{name}") for name in names[1:]}
    statement = update(table).where(table.c[names[0]] == bindparam("key")).values(values)
    return str(statement.compile(dialect=dialect))
