"""The table of events: calls, messages and sightings, many in a block, beneath their link."""

from sqlalchemy import Column, Integer, LargeBinary, PrimaryKeyConstraint, Table

from ocgdesk.store.metadata import NUMBER, metadata

event_block = Table(
    "event_block",
    metadata,
    Column("link_no", NUMBER, nullable=False),
    Column("seq", NUMBER, nullable=False),
    Column("file_no", NUMBER, nullable=False),
    Column("events", Integer, nullable=False),
    Column("first", NUMBER, nullable=False),
    Column("last", NUMBER, nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    Column("data", LargeBinary, nullable=False),
    PrimaryKeyConstraint("link_no", "seq", "file_no"),
)
"""The events of one link that one file brought, compressed; ``seq`` is the journal's entry.

They count while that entry is not undone and the link is there. ``first`` and ``last`` are seconds
since 1970. The entry keeps a hash over those of its blocks.
"""
