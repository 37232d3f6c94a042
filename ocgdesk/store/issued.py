"""Questions about products that were issued: which, on what they rest, what changed since."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.products import PaperTemplate, Product
from ocgdesk.store import tables
from ocgdesk.store.among import among
from ocgdesk.store.own_tables import own_table
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief, briefs
from ocgdesk.store.work import Work

_entity, _named = tables.entity, tables.v_entity
_item, _product = tables.journal_item, own_table(Kind.PRODUCT)


@dataclass(frozen=True, slots=True)
class Since:
    """A record that changed, and how many acts changed it."""

    record: Brief
    acts: int


def newest_entry(work: Work) -> int:
    """Return the number of the newest entry of the journal: what an issue is taken after."""
    query = select(func.coalesce(func.max(tables.journal.c.seq), 0))
    return int(work.reader.rows(query)[0][0])


def products(reader: Reader, *, most: int = 500) -> list[Product]:
    """Return the products this reader may know of, the newest first."""
    query = (
        select(_entity.c.no)
        .join(_product, _product.c.no == _entity.c.no)
        .where(_entity.c.kind == Kind.PRODUCT.value, reader.may_see())
        .order_by(_product.c.issued.desc(), _entity.c.no.desc())
        .limit(most)
    )
    return _loaded(reader, query)


def templates(reader: Reader) -> list[PaperTemplate]:
    """Return the templates of papers this reader may know of, in the order they were added."""
    query = (
        select(_entity.c.no)
        .where(_entity.c.kind == Kind.PAPER_TEMPLATE.value, reader.may_see())
        .order_by(_entity.c.no)
    )
    found = reader.load([int(row.no) for row in reader.rows(query)])
    return [thing for thing in found if isinstance(thing, PaperTemplate)]


def naming(reader: Reader, id_: UUID) -> list[Product]:
    """Return the issued products that rest on a record, the newest first."""
    if not reader.numbers([id_]):
        return []
    query = (
        select(_entity.c.no)
        .join(_product, _product.c.no == _entity.c.no)
        .join(_named, _named.c.no == _entity.c.no)
        .where(_entity.c.kind == Kind.PRODUCT.value, _product.c.status == "issued")
        .where(_named.c.field == "records", _named.c.target == id_.bytes, reader.may_see())
        .order_by(_product.c.issued.desc(), _entity.c.no.desc())
    )
    return _loaded(reader, query)


def _loaded(reader: Reader, query: object) -> list[Product]:
    found = reader.load([int(row.no) for row in reader.rows(query)])
    return [thing for thing in found if isinstance(thing, Product)]


def changed(reader: Reader, ids: Collection[UUID], seq: int) -> Iterator[Since]:
    """Yield the records among these that were changed after an entry of the journal."""
    numbers = list(reader.numbers(ids).values())
    query = (
        select(_item.c.no, func.count().label("acts"))
        .where(among(_item.c.no, numbers), _item.c.seq > seq)
        .group_by(_item.c.no)
        .order_by(_item.c.no)
    )
    acts = {int(row.no): int(row.acts) for row in reader.rows(query)}
    for brief in briefs(reader, list(acts)):
        yield Since(brief, acts[brief.no])
