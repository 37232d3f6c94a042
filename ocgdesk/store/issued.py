"""Questions about products that were issued: which, on what they rest, what changed since."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.products import ISSUED, PaperTemplate, Product
from ocgdesk.store import journal, tables
from ocgdesk.store.journal import Act, Logged
from ocgdesk.store.own_tables import own_table
from ocgdesk.store.reader import Reader

_OUT = ("issued", "replaced")
"""Statuses of products that are out and not recalled: a newer version takes no copy back."""
_entity, _named = tables.entity, tables.v_entity
_item, _product = tables.journal_item, own_table(Kind.PRODUCT)


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
    """Return the products that are out and rest on a record, the newest first."""
    if not reader.numbers([id_]):
        return []
    query = (
        select(_entity.c.no)
        .join(_product, _product.c.no == _entity.c.no)
        .join(_named, _named.c.no == _entity.c.no)
        .where(_entity.c.kind == Kind.PRODUCT.value, _product.c.status.in_(_OUT))
        .where(_named.c.field == "records", _named.c.target == id_.bytes, reader.may_see())
        .order_by(_product.c.issued.desc(), _entity.c.no.desc())
    )
    return _loaded(reader, query)


def following(reader: Reader, id_: UUID) -> list[Product]:
    """Return the products that were issued as the next version of one, in their order."""
    query = (
        select(_entity.c.no)
        .join(_product, _product.c.no == _entity.c.no)
        .where(_product.c.follows == id_.bytes, reader.may_see())
        .order_by(_entity.c.no)
    )
    return _loaded(reader, query)


def out(reader: Reader, product_type: str, subject: UUID | None, audience: str) -> list[Product]:
    """Return the products of a type about a record, or about none, that are out for an audience."""
    about = _product.c.subject
    query = (
        select(_entity.c.no)
        .join(_product, _product.c.no == _entity.c.no)
        .where(_product.c.product_type == product_type, _product.c.audience == audience)
        .where(about.is_(None) if subject is None else about == subject.bytes)
        .where(_product.c.status == ISSUED, reader.may_see())
        .order_by(_entity.c.no.desc())
    )
    return _loaded(reader, query)


def counting(reader: Reader) -> list[Product]:
    """Return the products that are out and hold a return, the newest first."""
    query = (
        select(_entity.c.no)
        .join(_product, _product.c.no == _entity.c.no)
        .where(_entity.c.kind == Kind.PRODUCT.value, _product.c.status.in_(_OUT))
        .where(_product.c.spec.contains('"return:'), reader.may_see())
        .order_by(_product.c.issued.desc(), _entity.c.no.desc())
    )
    return _loaded(reader, query)


def exported(reader: Reader, labels: Collection[str], about: UUID | None = None) -> list[Logged]:
    """Return the entries of the journal by which something of these names left, the newest first.

    ``about`` asks only for those entered as about a record. Those who may not read records are
    told of none.
    """
    table, subject = tables.journal, tables.journal_subject
    if not reader.reads:
        return []
    query = select(table).where(table.c.act == Act.DISCLOSURE.value, table.c.label.in_(labels))
    if about is not None:
        nos = reader.numbers([about]).values()
        query = query.join(subject, subject.c.seq == table.c.seq).where(subject.c.no.in_(nos))
    return [journal.logged(row) for row in reader.rows(query.order_by(table.c.seq.desc()))]


def _loaded(reader: Reader, query: object) -> list[Product]:
    found = reader.load([int(row.no) for row in reader.rows(query)])
    return [thing for thing in found if isinstance(thing, Product)]
