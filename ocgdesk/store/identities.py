"""Records of the register by what tells who they are: references, numbers, names with births."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from ocgdesk.domain.kinds import Base, Kind
from ocgdesk.store import codec, tables
from ocgdesk.store.codec import sort_key
from ocgdesk.store.reader import Reader

_entity = tables.entity


@dataclass(frozen=True, slots=True)
class Named:
    """A record that goes by a label."""

    no: int
    label: str
    born: str
    """As kept: ``1991-02-14`` or less of it; empty where it has none."""


def by_identifier(reader: Reader, kind: Kind, values: Collection[str]) -> dict[str, set[int]]:
    """Return the numbers of the records of a kind with each of these identifiers.

    Keys are ``scheme:value`` in small letters; ``values`` are looked for as they are written.
    """
    return _by_value(reader, tables.v_identifier, kind, values)


def by_external(reader: Reader, kind: Kind, values: Collection[str]) -> dict[str, set[int]]:
    """Return the numbers of the records of a kind with each of these external references."""
    return _by_value(reader, tables.v_external, kind, values)


def _by_value(
    reader: Reader, table: Any, kind: Kind, values: Collection[str]
) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for some in codec.batches(set(values)):
        query = (
            select(table.c.no, table.c.scheme, table.c.value)
            .join(_entity, _entity.c.no == table.c.no)
            .where(table.c.value.in_(some), _entity.c.kind == kind.value, reader.may_see())
        )
        for row in reader.rows(query):
            found.setdefault(f"{row.scheme}:{row.value}".casefold(), set()).add(row.no)
    return found


def by_ref(reader: Reader, kind: Kind, refs: Collection[str]) -> dict[str, int]:
    """Return the numbers of the records of a kind by their own references."""
    found: dict[str, int] = {}
    for some in codec.batches(set(refs)):
        query = select(_entity.c.no, _entity.c.ref).where(
            _entity.c.ref.in_(some), _entity.c.kind == kind.value, reader.may_see()
        )
        found |= {row.ref: row.no for row in reader.rows(query)}
    return found


def by_label(reader: Reader, kind: Kind, labels: Iterable[str]) -> dict[str, list[Named]]:
    """Return the records of a kind by their labels, without regard to case and accents."""
    own = tables.KINDS[kind].own
    born = own.c.born if own is not None and "born" in own.c else None
    found: dict[str, list[Named]] = {}
    for some in codec.batches({sort_key(label) for label in labels}):
        columns = [_entity.c.no, _entity.c.sort_key, _entity.c.label]
        query = select(*columns, *([born] if born is not None else []))
        if own is not None and born is not None:
            query = query.join(own, own.c.no == _entity.c.no)
        query = query.where(
            _entity.c.kind == kind.value, _entity.c.sort_key.in_(some), reader.may_see()
        )
        for row in reader.rows(query):
            named = Named(row.no, row.label, (row.born or "") if born is not None else "")
            found.setdefault(row.sort_key, []).append(named)
    return found


def labels(reader: Reader, kind: Kind) -> list[tuple[int, str]]:
    """Return number and label of every record of a kind that this reader may see."""
    query = select(_entity.c.no, _entity.c.label)
    return [
        (row.no, row.label)
        for row in reader.rows(query.where(_entity.c.kind == kind.value, reader.may_see()))
    ]


def aliases(
    reader: Reader, kind: Kind, among: Collection[int] | None = None
) -> list[tuple[int, str]]:
    """Return number and other name of the records of a kind that have any and may be seen.

    :param among: Only of the records with these numbers; None: of all.
    """
    table = tables.v_alias
    query = (
        select(table.c.no, table.c.text)
        .join(_entity, _entity.c.no == table.c.no)
        .where(_entity.c.kind == kind.value, reader.may_see())
    )
    parts = (
        [query]
        if among is None
        else [query.where(table.c.no.in_(some)) for some in codec.batches(among)]
    )
    return [(row.no, row.text) for part in parts for row in reader.rows(part)]


def links_between(reader: Reader, pairs: Collection[tuple[int, int]]) -> list[int]:
    """Return the numbers of the links that join these records, whichever way they run."""
    link, found = tables.link, list[int]()
    wanted = {frozenset(pair) for pair in pairs}
    for some in codec.batches({no for pair in pairs for no in pair}):
        query = select(link.c.no, link.c.source_no, link.c.target_no).where(
            link.c.source_no.in_(some), reader.may_see(Base.LINK)
        )
        for row in reader.rows(query):
            if frozenset((row.source_no, row.target_no)) in wanted:
                found.append(row.no)
    return found
