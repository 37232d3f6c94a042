"""Records as plain values, as columns keep them: of now, and of an earlier moment.

Making a thing of every row costs ten times what reading it does. Who only looks at some fields of
very many records, as the returns do, reads these.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields
from functools import cache
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, exists, select, tuple_

from ocgdesk.domain.fields import Field, FieldType, described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.return_definitions import ASKED, DAYS, NUMBERS
from ocgdesk.domain.wire import ENDS, value_to_wire
from ocgdesk.store import blocks, codec, tables
from ocgdesk.store.among import among
from ocgdesk.store.past import knowable
from ocgdesk.store.reader import Reader

_entity, _link, _item = tables.entity, tables.link, tables.journal_item
_AT_ONCE: Final = 400
"""Blocks of the journal read in one go: at most so many are in memory."""
_COUNTED: Final = ASKED | DAYS | NUMBERS | {FieldType.ENTITIES}
"""Types of field that a return looks at: no others are read."""


class Plain(NamedTuple):
    """One record: its number, its id, its fields as they are kept, and its owner's id.

    ``said`` has an attribute for each field that a return can look at, and of a link for its ends.
    """

    no: int
    kind: Kind
    id: bytes
    said: Any
    owner: bytes | None = None


@cache
def _shape(kind: Kind) -> type[msgspec.Struct]:
    """Return what holds the fields of a kind, at their defaults where nothing is said."""
    cls = class_of(kind)
    ends = ENDS[cls.base]
    usual = {one.name: one.default for one in fields(cls)}
    described = [one for one in described_fields(cls) if one.type in _COUNTED]
    fields_ = [(name, Any, None) for name in ("id", *ends)]
    fields_ += [(f.name, Any, value_to_wire(f, usual[f.name])) for f in described]
    name, silent = f"Plain{cls.__name__}", {"__repr__": object.__repr__}
    return msgspec.defstruct(name, fields_, frozen=True, namespace=silent)


@cache
def _decoder(kind: Kind) -> msgspec.msgpack.Decoder[Any]:
    return blocks.before_decoder(_shape(kind))


def touched(number: Any, seq: int) -> ColumnElement[bool]:
    """Return the clause that a number was made, changed or taken out after entry ``seq``."""
    return exists().where(_item.c.no == number, _item.c.seq > seq)


# ---- Of now -------------------------------------------------------------------------------


def now(
    reader: Reader, kind: Kind, names: Collection[str], *where: ColumnElement[bool]
) -> list[Plain]:
    """Return the records of a kind for which all these clauses hold, with these of its fields."""
    own = tables.KINDS[kind].own
    assert own is not None  # noqa: S101 - what is counted has fields of its own
    owner = _entity.alias("owner_of")
    single = _wanted(tables.KINDS[kind].own_fields, names)
    query = (
        select(_entity.c.no, _entity.c.id, owner.c.id, *(own.c[name] for name in single))
        .select_from(_entity)
        .join(own, own.c.no == _entity.c.no)
        .outerjoin(owner, owner.c.no == _entity.c.owner_no)
        .where(reader.may_see(), *where)
    )
    rows, shape = reader.rows(query), _shape(kind)
    many = _wanted(tables.KINDS[kind].many, names)
    several = _several(reader, many, [row[0] for row in rows]) if many else {}
    found = {
        no: Plain(no, kind, id_, shape(**_cells(single, cells), **several.get(no, {})), owner_)
        for no, id_, owner_, *cells in rows
    }
    return list(_without_hidden(reader, found).values())


def _cells(names: Sequence[str], cells: Sequence[Any]) -> dict[str, Any]:
    return dict(zip(names, cells, strict=True))


def _wanted(described: Iterable[Field], names: Collection[str]) -> list[str]:
    return [one.name for one in described if one.name in names and one.type in _COUNTED]


def _several(
    reader: Reader, names: Sequence[str], nos: Collection[int]
) -> dict[int, dict[str, list[str]]]:
    """Return these fields of several codes of these records."""
    table = tables.VALUES[FieldType.CODES]
    query = select(table.c.no, table.c.field, table.c.value).where(
        among(table.c.no, nos), table.c.field.in_(names)
    )
    found: dict[int, dict[str, list[str]]] = {}
    for no, field, value in reader.rows(query.order_by(table.c.no, table.c.pos)):
        found.setdefault(no, {}).setdefault(field, []).append(value)
    return found


# ---- Of then ------------------------------------------------------------------------------


def then(
    reader: Reader, kinds: Sequence[Kind], seq: int, only: Collection[int] | None = None
) -> dict[int, Plain]:
    """Return what was held of these kinds after entry ``seq`` and touched since, by number.

    The kinds share one base. ``only`` asks of these numbers alone. What the reader may not know
    of is left out, and what is named of it, as ``history`` does.
    """
    held = _held(reader, kinds, seq, only)
    known = knowable(reader, class_of(kinds[0]).base, list(held))
    return _without_hidden(reader, {no: one for no, one in held.items() if no in known})


def _held(
    reader: Reader, kinds: Sequence[Kind], seq: int, only: Collection[int] | None
) -> dict[int, Plain]:
    """Return the state before the first change of each thing touched after ``seq``."""
    places: dict[tuple[int, int], list[tuple[int, Kind, int]]] = {}
    seen, of_code = set[int](), {kind.value: kind for kind in kinds}
    for no, code, at, block, pos in _changes(reader, kinds, seq, only):
        if no not in seen:
            seen.add(no)
            places.setdefault((at, block), []).append((no, of_code[code], pos))
    found: dict[int, Plain] = {}
    for place, items in _blocks(reader, places):
        for no, kind, pos in places[place]:
            if (said := blocks.before(items[pos], _decoder(kind))) is not None:
                found[no] = Plain(no, kind, said.id, said, getattr(said, "owner", None))
    return found


def _changes(
    reader: Reader, kinds: Sequence[Kind], seq: int, only: Collection[int] | None
) -> Iterable[tuple[int, str, int, int, int]]:
    """Return the places of the changes after ``seq`` of what was made before, the oldest first."""
    earlier = _item.alias()
    query = (
        select(_item.c.no, _item.c.kind, _item.c.seq, _item.c.block, _item.c.pos)
        .where(_item.c.seq > seq, _item.c.kind.in_([kind.value for kind in kinds]))
        .where(exists().where(earlier.c.no == _item.c.no, earlier.c.seq <= seq))
        .order_by(_item.c.seq)
    )
    if only is not None:
        query = query.where(among(_item.c.no, only))
    return [tuple(row) for row in reader.rows(query)]


def _blocks(
    reader: Reader, places: Collection[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], list[bytes]]]:
    table = tables.journal_block
    for some in codec.batches(sorted(places), _AT_ONCE):
        query = select(table).where(tuple_(table.c.seq, table.c.block).in_(some))
        for row in reader.rows(query):
            yield (row.seq, row.block), blocks.unpack(row.data)


def _without_hidden(reader: Reader, held: dict[int, Plain]) -> dict[int, Plain]:
    """Return these records without the ids of what the reader may not know of."""
    if not reader.has_restrictions:
        return held
    hidden = reader.hidden_among({UUID(bytes=id_) for one in held.values() for id_ in _named(one)})
    raw = {id_.bytes for id_ in hidden}
    return {no: _stripped(one, raw) for no, one in held.items()} if raw else held


def _named(one: Plain) -> Iterator[bytes]:
    for name in _naming(one.kind):
        if (id_ := getattr(one.said, name)) is not None:
            yield id_


def _stripped(one: Plain, hidden: Collection[bytes]) -> Plain:
    names = [name for name in _naming(one.kind) if getattr(one.said, name) in hidden]
    if not names:
        return one
    return one._replace(said=msgspec.structs.replace(one.said, **dict.fromkeys(names)))


@cache
def _naming(kind: Kind) -> tuple[str, ...]:
    """Return the fields that name one record each: of those that name several none is read."""
    described = described_fields(class_of(kind))
    return tuple(one.name for one in described if one.type is FieldType.ENTITY)
