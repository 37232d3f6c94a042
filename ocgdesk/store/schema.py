"""Which form of the tables a file has, and how it is brought up to today's."""

from pathlib import Path

from sqlalchemy import Connection, inspect

from ocgdesk.errors import BadWorkspace
from ocgdesk.store.tables import metadata

HEAD = "0001"
"""The newest migration; a test checks that it is alembic's own head."""
KNOWN = ("0001",)

MIGRATIONS = Path(__file__).parent / "migrations"


def create(connection: Connection) -> None:
    """Make all tables of today's form in an empty file."""
    metadata.create_all(connection)
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD,))


def version(connection: Connection) -> str:
    """Return the form a file has; BadWorkspace where it has none or a newer one."""
    found = None
    if inspect(connection).has_table("alembic_version"):
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if not isinstance(found, str):
        raise BadWorkspace("This file is no OCG Desk workspace")
    if found not in KNOWN:
        raise BadWorkspace(
            "This workspace was made by a newer version of OCG Desk; open it with that one"
        )
    return found


def upgrade(connection: Connection) -> None:
    """Bring an older file to today's form. The caller has kept a copy of it."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
