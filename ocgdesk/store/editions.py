"""A workspace's own editions of the reference lists, and how often a list's values are used.

Lists are no records: they hold for everybody who has the workspace open, whatever their roles.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, func, select, union_all

from ocgdesk.domain import list_editions
from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.keeping import ListEdition
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.domain.reference_data import SHIPPED, Editions
from ocgdesk.store import codec, tables
from ocgdesk.store.reader import Reader
from ocgdesk.store.tables import KindTables
from ocgdesk.store.work import Work

_entity, _item, _journal = tables.entity, tables.journal_item, tables.journal


class InForce:
    """What lists a workspace has of its own, as of a connection; read anew once they changed."""

    def __init__(self) -> None:
        self._known: tuple[tuple[Any, ...], Editions] = ((), SHIPPED)

    def read(self, connection: Connection) -> Editions:
        """Return the editions that hold in this snapshot."""
        query = select(_entity.c.no, _entity.c.version).where(_entity.c.kind == _KIND)
        rows = connection.execute(query.order_by(_entity.c.no)).all()
        stamp = tuple((row.no, row.version) for row in rows)
        known, editions = self._known
        if stamp != known:
            things = codec.load(connection, Kind.LIST_EDITION, [no for no, _version in stamp])
            kept = [thing for thing in things.values() if isinstance(thing, ListEdition)]
            editions = list_editions.editions(kept) if kept else SHIPPED
            self._known = (stamp, editions)
        return editions


_KIND = Kind.LIST_EDITION.value


@dataclass(frozen=True, slots=True)
class Saved:
    """One edition of a list: when it was saved and by whom."""

    id: UUID
    edition: int
    at: datetime
    user: UUID
    reason: str


def saved(reader: Reader, list_name: str) -> list[Saved]:
    """Return the editions of a list that are kept, the newest first."""
    own = tables.KINDS[Kind.LIST_EDITION].own
    assert own is not None  # noqa: S101 - editions have fields of their own
    first = (
        select(_item.c.no, func.min(_item.c.seq).label("seq"))
        .where(_item.c.kind == _KIND)
        .group_by(_item.c.no)
        .subquery()
    )
    query = (
        select(_entity.c.id, own.c.edition, _journal.c.at, _journal.c.user_id, _journal.c.reason)
        .join(own, own.c.no == _entity.c.no)
        .join(first, first.c.no == _entity.c.no)
        .join(_journal, _journal.c.seq == first.c.seq)
        .where(own.c.list_name == list_name)
        .order_by(own.c.edition.desc())
    )
    return [
        Saved(
            UUID(bytes=row.id),
            row.edition,
            datetime.fromisoformat(row.at),
            UUID(bytes=row.user_id),
            row.reason,
        )
        for row in reader.rows(query)
    ]


def kept(reader: Reader, list_name: str) -> list[ListEdition]:
    """Return the editions of a list themselves, the newest first."""
    own = tables.KINDS[Kind.LIST_EDITION].own
    assert own is not None  # noqa: S101 - editions have fields of their own
    nos = [row.no for row in reader.rows(select(own.c.no).where(own.c.list_name == list_name))]
    things = codec.load(reader.connection, Kind.LIST_EDITION, nos).values()
    found = [thing for thing in things if isinstance(thing, ListEdition)]
    return sorted(found, key=lambda one: one.edition, reverse=True)


def next_edition(work: Work, version: int) -> int:
    """Return the number of the edition after this version of a list.

    Editions that were undone keep their numbers: a score says by which one it was made.
    """
    removed = tables.removed
    query = select(func.count()).select_from(removed).where(removed.c.kind == _KIND)
    return version + 1 + int(work.reader.rows(query)[0][0])


# ---- Uses --------------------------------------------------------------------------------------


def uses(reader: Reader, list_name: str) -> dict[str, int]:
    """Return how often each value of a list is used in what this reader may know of."""
    if not reader.user.may(Right.READ):
        return {}
    parts = [part for spec in tables.KINDS.values() for part in _uses(reader, spec, list_name)]
    if not parts:
        return {}
    every = union_all(*parts).subquery()
    query = select(every.c.code, func.sum(every.c.n)).group_by(every.c.code)
    return {code: int(n) for code, n in reader.rows(query) if code}


def _uses(reader: Reader, spec: KindTables, list_name: str) -> Iterator[Select[Any]]:
    for table, fields in ((spec.base, spec.base_fields), (spec.own, spec.own_fields)):
        for field in fields:
            if field.codes == list_name and table is not None:
                yield _counted(reader, spec, table, table.c[field.name])
    for field in spec.many:
        code = _CODED.get(field.type)
        if (field.codes or _SCHEMES.get(field.type)) == list_name and code:
            table = tables.VALUES[field.type]
            yield _counted(reader, spec, table, table.c[code], table.c.field == field.name)


_SCHEMES = {
    FieldType.ALIASES: "alias-types",
    FieldType.IDENTIFIERS: "identifier-schemes",
    FieldType.EXTERNALS: "external-schemes",
    FieldType.GROUNDS: "attribution-grounds",
}
_CODED = {
    FieldType.CODES: "value",
    FieldType.ALIASES: "type",
    FieldType.IDENTIFIERS: "scheme",
    FieldType.EXTERNALS: "scheme",
    FieldType.GROUNDS: "code",
}
"""The column of a value's table that holds a code."""


def _counted(reader: Reader, spec: KindTables, table: Any, code: Any, *where: Any) -> Select[Any]:
    query = select(code.label("code"), func.count().label("n"))
    source = (
        spec.base if table is spec.base else table.join(spec.base, spec.base.c.no == table.c.no)
    )
    clauses = [reader.may_see(spec.cls.base), *where]
    if "kind" in spec.base.c:
        clauses.append(spec.base.c.kind == spec.cls.kind.value)
    return query.select_from(source).where(*clauses).group_by(code)
