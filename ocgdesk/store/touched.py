"""Whether anything was done, since an entry of the journal, to records or to what joins them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, select

from ocgdesk.domain.kinds import LINKS, SUBJECTS, Base, Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.things import Marked, Thing
from ocgdesk.store import codec, tables
from ocgdesk.store.past import knowable, last_changes
from ocgdesk.store.reader import Reader

_item, _entity, _link = tables.journal_item, tables.entity, tables.link


def touched_since(reader: Reader, seq: int, nos: Collection[int] | None = None) -> bool:
    """Tell whether records, their links or the reports behind those changed after entry ``seq``.

    Without numbers, any record or link of the register. Links and reports the reader may not know
    of do not count.
    """
    if nos is None:
        return _any(reader, Base.ENTITY, _changed(reader, seq, SUBJECTS)) or _any(
            reader, Base.LINK, _changed(reader, seq, LINKS)
        )
    among = frozenset(nos)
    return (
        _any(reader, Base.ENTITY, among & _changed(reader, seq, SUBJECTS))
        or _joins(reader, _changed(reader, seq, LINKS), among)
        or _joins(reader, _resting_on(reader, _changed(reader, seq, (Kind.REPORT,))), among)
    )


def _any(reader: Reader, base: Base, nos: Collection[int]) -> bool:
    """Tell whether the reader may know of one of these."""
    return any(knowable(reader, base, some) for some in codec.batches(nos))


def closing(reader: Reader, nos: Collection[int] | None = None) -> list[frozenset[UUID]]:
    """Return who may know of each restricted record among these, and of each restricted link.

    Without numbers, of all the reader may see themselves.
    """
    if not reader.has_restrictions:
        return []
    closed: list[Thing] = []
    for base, table in ((Base.ENTITY, _entity), (Base.LINK, _link)):
        query = select(table).where(table.c.restricted, reader.may_see(base))
        rows = [row for row in reader.rows(query) if nos is None or _concerns(row, base, nos)]
        closed += reader.load([row.no for row in rows], base)
    lists = (thing.restricted_to for thing in closed if isinstance(thing, Marked))
    return [users for users in lists if users is not None]


def _concerns(row: Any, base: Base, nos: Collection[int]) -> bool:
    if base is Base.ENTITY:
        return row.no in nos
    return row.source_no in nos and row.target_no in nos


def _changed(reader: Reader, seq: int, kinds: Collection[Kind]) -> set[int]:
    values = [kind.value for kind in kinds]
    query = select(_item.c.no).where(_item.c.seq > seq, _item.c.kind.in_(values)).distinct()
    return {row.no for row in reader.rows(query)}


def _joins(reader: Reader, links: Collection[int], among: frozenset[int]) -> bool:
    """Tell whether a link of these, there or gone, has an end among the records."""
    there: set[int] = set()
    for some in codec.batches(links):
        rows = reader.rows(
            select(_link.c.no, _link.c.source_no, _link.c.target_no).where(
                _link.c.no.in_(some), reader.may_see(Base.LINK)
            )
        )
        if any(row.source_no in among or row.target_no in among for row in rows):
            return True
        there |= {row.no for row in rows}
    return _joined(reader, [no for no in links if no not in there], among)


def _joined(reader: Reader, links: list[int], among: frozenset[int]) -> bool:
    """Tell whether a link that was taken out had an end among the records."""
    known = knowable(reader, Base.LINK, links)
    gone = last_changes(reader.connection, [no for no in links if no in known])
    things = (change.thing for change in gone.values() if change is not None)
    ends = {id_ for link in things if isinstance(link, Link) for id_ in (link.source, link.target)}
    return not among.isdisjoint(_numbers(reader, ends))


def _numbers(reader: Reader, ids: Collection[UUID]) -> set[int]:
    found: set[int] = set()
    for table in (tables.entity, tables.removed):
        for some in codec.batches([id_.bytes for id_ in ids]):
            found |= {row.no for row in reader.rows(select(table.c.no).where(table.c.id.in_(some)))}
    return found


def _resting_on(reader: Reader, reports: Collection[int]) -> set[int]:
    """Return the links that cite one of these reports."""
    cited, entity = tables.v_entity, tables.entity
    found: set[int] = set()
    for some in codec.batches(reports):
        query = (
            select(cited.c.no)
            .join(entity, entity.c.id == cited.c.target)
            .where(entity.c.no.in_(some), cited.c.field == "reports", reader.may_see())
        )
        found |= {row.no for row in reader.rows(query)}
    return found


@dataclass(frozen=True, slots=True)
class MadeLink:
    """A link that is there now and was not before: its ends, and the entry that made it."""

    no: int
    seq: int
    one: int
    two: int


def links_made(reader: Reader, seq: int, limit: int | None = None) -> list[MadeLink]:
    """Return the links made after entry ``seq`` of the journal that are still there, newest first.

    With a limit, only so many of them.
    """
    earlier = _item.alias()
    was_there = exists().where(earlier.c.no == _item.c.no, earlier.c.seq <= seq)
    kinds = [kind.value for kind in LINKS]
    first = (
        select(_item.c.no, func.min(_item.c.seq).label("seq"))
        .where(_item.c.seq > seq, _item.c.kind.in_(kinds), ~was_there)
        .group_by(_item.c.no)
        .subquery()
    )
    query = (
        select(_link.c.no, first.c.seq, _link.c.source_no, _link.c.target_no)
        .join(first, first.c.no == _link.c.no)
        .where(reader.may_see(Base.LINK))
        .order_by(first.c.seq.desc(), _link.c.no.desc())
        .limit(limit)
    )
    return [MadeLink(*row) for row in reader.rows(query)]
