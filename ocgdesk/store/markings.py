"""The highest marking among all that a reader may see."""

from sqlalchemy import select

from ocgdesk.domain.kinds import Base
from ocgdesk.domain.marking import Marking
from ocgdesk.store import tables
from ocgdesk.store.reader import Reader


def highest_seen(reader: Reader) -> Marking:
    """Return the highest marking of the records and links this reader may see."""
    for marking in sorted(Marking, key=lambda one: one.rank, reverse=True):
        for base in (Base.ENTITY, Base.LINK):
            table = tables.BASES[base]
            query = select(table.c.no).where(table.c.marking == marking.value, reader.may_see(base))
            if reader.rows(query.limit(1)):
                return marking
    return Marking.OFFICIAL
