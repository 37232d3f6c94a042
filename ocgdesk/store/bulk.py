"""Many rows at once, as plain tuples: SQLAlchemy's own way costs three times as much a row."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, update
from sqlalchemy.dialects import sqlite

MANY = 2_000
"""From so many values on, the cyclic collector is held back."""
_DIALECT = sqlite.dialect()
"""One for all files: a file's own, kept with its statements, would outlive the file."""


def insert_rows(
    connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows whose cells stand in the order of ``names``, already as the driver wants them."""
    if rows:
        connection.exec_driver_sql(_insert(table, names), list(rows))


def update_rows(
    connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Replace rows by their number, which is the first of ``names`` and of each row."""
    if rows and len(names) > 1:
        statement = _update(table, names)
        connection.exec_driver_sql(statement, [(*row[1:], row[0]) for row in rows])


@contextmanager
def without_collector(count: int) -> Iterator[None]:
    """Hold back the cyclic collector while many values are made that all stay.

    Each of its full passes looks at every one of them again: a third of the time of an import.
    """
    if count < MANY or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@cache
def _insert(table: Table, names: tuple[str, ...]) -> str:
    values: dict[str, Any] = {name: bindparam(name) for name in names}
    return str(insert(table).values(values).compile(dialect=_DIALECT))


@cache
def _update(table: Table, names: tuple[str, ...]) -> str:
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names[1:]}
    statement = update(table).where(table.c[names[0]] == bindparam("key")).values(values)
    return str(statement.compile(dialect=_DIALECT))
