# ruff: noqa: INP001 - alembic runs this file as a script
"""What alembic runs for each migration: on the connection it is given, in its transaction."""

from alembic import context

from ocgdesk.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    transaction_per_migration=False,
    render_as_batch=True,
)
context.run_migrations()
