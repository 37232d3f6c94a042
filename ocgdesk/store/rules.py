"""Rules an administrator sets for a workspace: whether reasons are asked, break-glass allowed."""

from typing import Final

from sqlalchemy import Connection, select

from ocgdesk.store import tables
from ocgdesk.store.reader import Reader

PREFIX: Final = "rule."
"""What the names of such values of the workspace begin with."""


def read(reader: Reader) -> dict[str, str]:
    """Return the rules that were set, by name without the prefix."""
    return of(reader.connection)


def of(connection: Connection) -> dict[str, str]:
    """Return the rules that were set, by name without the prefix."""
    table = tables.meta
    query = select(table.c.name, table.c.value).where(table.c.name.startswith(PREFIX))
    return {row.name.removeprefix(PREFIX): row.value for row in connection.execute(query)}
