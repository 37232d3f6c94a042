"""What links rest on: their reports, how those are graded, and which source they came from."""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import select

from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.store import codec, tables
from ocgdesk.store.own_tables import own_table
from ocgdesk.store.reader import Reader


class Behind(NamedTuple):
    """One report behind one link."""

    link: int
    report: int
    grade: str
    origin: str
    """The label that tells sources apart; empty where none was given."""
    ref: str


def behind(reader: Reader, links: Collection[int] | None = None) -> list[Behind]:
    """Return the reports behind these links, or behind all this reader may see, by link.

    Reports this reader may not know of are left out, as if the link did not name them.
    """
    cited, link = tables.v_entity, tables.link
    query = (
        select(cited.c.no, cited.c.target)
        .join(link, link.c.no == cited.c.no)
        .where(cited.c.field == "reports", reader.may_see(Base.LINK))
    )
    rows: list[Any] = []
    if links is None:
        rows = reader.rows(query)
    else:
        for some in codec.batches(links):
            rows += reader.rows(query.where(cited.c.no.in_(some)))
    few = None if links is None else {target for _no, target in rows}
    reports = _reports(reader, few)
    return [Behind(no, *reports[target]) for no, target in sorted(rows) if target in reports]


def _reports(
    reader: Reader, ids: Collection[bytes] | None = None
) -> dict[bytes, tuple[int, str, str, str]]:
    """Return these reports by id, or all; those the reader may not know of are left out."""
    entity, own = tables.entity, own_table(Kind.REPORT)
    query = (
        select(entity.c.id, entity.c.no, own.c.grade, own.c.origin, entity.c.ref)
        .join(own, own.c.no == entity.c.no)
        .where(reader.may_see())
    )
    if ids is None:
        rows: list[Any] = list(reader.rows(query))
    else:
        rows = [
            row
            for some in codec.batches(ids)
            for row in reader.rows(query.where(entity.c.id.in_(some)))
        ]
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in rows}
