"""Questions that are about links: what touches these records, what joins them."""

import sys
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy import case, func, select

from ocgdesk.domain.charts import Placement
from ocgdesk.domain.kinds import SUBJECTS, Base, Kind
from ocgdesk.domain.links import Link, Strength
from ocgdesk.graph.neighbourhood import LinkTriple
from ocgdesk.graph.network import Network
from ocgdesk.store import codec, tables
from ocgdesk.store.bulk import without_collector
from ocgdesk.store.reader import Reader

_entity, _link = tables.entity, tables.link
_rank = case(
    (_link.c.strength == Strength.CONFIRMED.value, Strength.CONFIRMED.rank),
    (_link.c.strength == Strength.UNCONFIRMED.value, Strength.UNCONFIRMED.rank),
    else_=Strength.TENTATIVE.rank,
)

DRAWN = SUBJECTS
"""The kinds a chart shows unless the user says otherwise."""


def links_at(
    reader: Reader, nos: Collection[int], kinds: Sequence[Kind] = DRAWN
) -> list[LinkTriple]:
    """Return the links with an end among these records whose ends are of these kinds."""
    codes = frozenset(kind.value for kind in kinds)
    found: dict[int, LinkTriple] = {}
    for some in codec.batches(nos):
        for end in (_link.c.source_no, _link.c.target_no):
            query = select(_link.c.no, _link.c.source_no, _link.c.target_no, _rank).where(
                end.in_(some), reader.may_see(Base.LINK)
            )
            found |= {row[0]: LinkTriple(*row) for row in reader.rows(query)}
    # The kinds of the far ends are asked for apart: joined, SQLite walks the index of kinds.
    there = set(nos)
    ends = {no for triple in found.values() for no in triple[1:3]} - there
    wanted = there | _of_kinds(reader, ends, codes)
    return [triple for triple in found.values() if {triple[1], triple[2]} <= wanted]


def _of_kinds(reader: Reader, nos: Collection[int], codes: frozenset[str]) -> set[int]:
    found: set[int] = set()
    for some in codec.batches(nos):
        query = select(_entity.c.no, _entity.c.kind).where(_entity.c.no.in_(some))
        found |= {row.no for row in reader.rows(query) if row.kind in codes}
    return found


def links_among(reader: Reader, nos: Sequence[int]) -> list[Link]:
    """Return every link both of whose ends are among these records."""
    there, wanted = set(nos), list[int]()
    for some in codec.batches(nos):
        query = select(_link.c.no, _link.c.target_no).where(
            _link.c.source_no.in_(some), reader.may_see(Base.LINK)
        )
        wanted += [row.no for row in reader.rows(query) if row.target_no in there]
    return [link for link in reader.load(wanted, Base.LINK) if isinstance(link, Link)]


def member_counts(reader: Reader, ocgs: Sequence[UUID]) -> dict[UUID, int]:
    """Return how many members each OCG has on record."""
    found: dict[UUID, int] = {}
    for some in codec.batches([id_.bytes for id_ in ocgs]):
        query = (
            select(_entity.c.id, func.count(_link.c.source_no.distinct()))
            .join(_link, _link.c.target_no == _entity.c.no)
            .where(
                _entity.c.id.in_(some),
                _link.c.kind == Kind.MEMBERSHIP.value,
                reader.may_see(Base.LINK),
            )
            .group_by(_entity.c.id)
        )
        found |= {UUID(bytes=row[0]): row[1] for row in reader.rows(query)}
    return found


def placements(reader: Reader, chart_id: UUID) -> list[Placement]:
    """Return where everything stands on a chart."""
    place = tables.placement
    query = (
        select(place.c.no)
        .where(place.c.chart_no == reader.number(chart_id), reader.may_see(Base.PLACEMENT))
        .order_by(place.c.no)
    )
    found = reader.load([row.no for row in reader.rows(query)], Base.PLACEMENT)
    return [thing for thing in found if isinstance(thing, Placement)]


def numbers(reader: Reader, ids: Collection[UUID]) -> dict[UUID, int]:
    """Return the numbers of entities this reader may see, in the order given."""
    known = codec.numbers(reader.connection, Base.ENTITY, ids)
    seen: set[int] = set()
    for some in codec.batches(known.values()):
        query = select(_entity.c.no).where(_entity.c.no.in_(some), reader.may_see())
        seen |= {row.no for row in reader.rows(query)}
    return {id_: known[id_] for id_ in ids if id_ in known and known[id_] in seen}


def network(reader: Reader, kinds: Sequence[Kind] = DRAWN) -> Network:
    """Return the whole register's network of these kinds as arrays."""
    codes = [kind.value for kind in kinds]
    nodes = select(_entity.c.no, _entity.c.kind).where(_entity.c.kind.in_(codes), reader.may_see())
    links = select(
        *(_link.c.no, _link.c.source_no, _link.c.target_no, _rank, _link.c.directed),
        *(func.coalesce(_link.c.weight, 1.0), _link.c.type),
    ).where(reader.may_see(Base.LINK))
    with without_collector(_AT_ONCE):
        (nos,), kinds_of = _columns(reader, nodes, [np.int64])
        numbers, types = _columns(reader, links, _LINK_COLUMNS)
    no, source, target, strength, directed, weight = numbers
    return Network.of_columns(
        nos=nos,
        kinds=kinds_of,
        link_nos=no,
        sources=source,
        targets=target,
        strengths=strength,
        directed=directed,
        weights=weight,
        types=types,
    )


_LINK_COLUMNS = (np.int64, np.int64, np.int64, np.int8, np.bool_, np.float64)
_AT_ONCE = 50_000


def _columns(reader: Reader, query: Any, types: Sequence[Any]) -> tuple[list[Any], list[str]]:
    """Read columns piece by piece: numbers into arrays of these types, then one of texts.

    A register's rows all at once would take five times the memory of its arrays.
    """
    pieces: list[list[Any]] = [[np.zeros(0, type_)] for type_ in types]
    texts: list[str] = []
    for some in reader.connection.execute(query).partitions(_AT_ONCE):
        *numbers, words = zip(*some, strict=True)
        for piece, column, type_ in zip(pieces, numbers, types, strict=True):
            piece.append(np.array(column, type_))
        texts += map(sys.intern, words)
    return [np.concatenate(piece) for piece in pieces], texts
