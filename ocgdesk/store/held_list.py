"""A list of one kind as this workspace held it at an instant, in narrow rows.

Today's state is walked back, as ``history`` does, but only the columns asked for are read: what
was not touched since comes as rows, what was is read from the journal.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from ocgdesk.domain.fields import FieldType, described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.domain.things import Entity, Marked, Thing
from ocgdesk.domain.wire import ENDS, value_to_wire
from ocgdesk.store import history, listing, many_cells, tables
from ocgdesk.store.among import among
from ocgdesk.store.held import Held
from ocgdesk.store.listing import ColumnSpec, ListRow
from ocgdesk.store.reader import Reader

_entity, _link = tables.entity, tables.link
_AT_ENDS = ("source", "target", "owner")
"""Columns that show the label of a record the row hangs on or joins."""


def names_of(kind: Kind) -> tuple[str, ...]:
    """Return the columns that can be asked for as they were: all but those that are counted."""
    return tuple(spec.name for spec in listing.columns(kind) if not spec.counted)


def rows(reader: Reader, kind: Kind, seq: int, names: Sequence[str]) -> list[ListRow]:
    """Return every row of a kind as held after entry ``seq``, with these columns as stored.

    They come in no order. What the reader may not know of, and the names of what they may not
    know of, are left out.
    """
    there, old = history.split_as_at(reader, kind, seq)
    found = {row.no: row for row in listing.window(reader, kind, there, names)}
    specs = {spec.name: spec for spec in listing.columns(kind)}
    labels = _Labels(reader, seq)
    named = [name for name in names if _is_named(kind, specs.get(name), name)]
    for no, ids in _renamed(reader, kind, seq, named).items():
        if no in found:
            found[no] = _with_labels(found[no], names, labels.of(ids))
    labels.learn(end for thing in old.values() for end in _named(thing, named).values())
    rest = [_row(no, thing, names, specs, labels) for no, thing in old.items()]
    return [*found.values(), *rest]


class _Labels:
    """What records were called then, as far as the reader may know of them."""

    def __init__(self, reader: Reader, seq: int) -> None:
        self._held = Held(reader, seq)
        self._known: dict[UUID, str] = {}

    def learn(self, ids: Iterable[UUID]) -> None:
        """Look up these records, all at once."""
        wanted = set(ids) - self._known.keys()
        if wanted:
            self._known |= {id_: brief.label for id_, brief in self._held.briefs(wanted).items()}

    def of(self, ids: Mapping[str, UUID]) -> dict[str, str]:
        """Return the label for each of these columns."""
        self.learn(ids.values())
        return {name: self._known.get(id_, "") for name, id_ in ids.items()}


def _is_end(kind: Kind, name: str) -> bool:
    """Tell whether a column is an end: a sub-record may have a field of the same name."""
    return name in _AT_ENDS and name in ENDS[tables.KINDS[kind].cls.base]


def _is_named(kind: Kind, spec: ColumnSpec | None, name: str) -> bool:
    return _is_end(kind, name) or (spec is not None and spec.type is FieldType.ENTITY)


def _renamed(
    reader: Reader, kind: Kind, seq: int, named: Sequence[str]
) -> dict[int, dict[str, UUID]]:
    """Return the rows that name a record touched since, and which column names which."""
    changed = touched_since(reader.connection, seq)
    found: dict[int, dict[str, UUID]] = {}
    for name in named if changed else ():
        for no, id_ in _naming(reader, kind, name, changed):
            found.setdefault(no, {})[name] = id_
    return found


def touched_since(connection: Connection, seq: int) -> frozenset[int]:
    """Return the numbers of what was made, changed or taken out since: never told to anybody."""
    item = tables.journal_item
    query = select(item.c.no).where(item.c.seq > seq).distinct()
    return frozenset(connection.execute(query).scalars())


def _naming(
    reader: Reader, kind: Kind, name: str, changed: Collection[int]
) -> list[tuple[int, UUID]]:
    spec = tables.KINDS[kind]
    if _is_end(kind, name):
        end = spec.base.c[f"{name}_no"]
        query = select(spec.base.c.no, _entity.c.id).join(_entity, _entity.c.no == end)
        if spec.base is _entity:
            other = _entity.alias()
            query = select(_entity.c.no, other.c.id).join(other, other.c.no == end)
        query = query.where(among(end, changed), spec.base.c.kind == kind.value)
    else:
        assert spec.own is not None  # noqa: S101 - the field is its own
        query = select(spec.own.c.no, _entity.c.id).join(_entity, _entity.c.id == spec.own.c[name])
        query = query.where(among(_entity.c.no, changed))
    return [(row.no, UUID(bytes=row.id)) for row in reader.rows(query)]


def _with_labels(row: ListRow, names: Sequence[str], labels: Mapping[str, str]) -> ListRow:
    cells = [
        labels.get(name, cell) if cell else cell
        for name, cell in zip(names, row.cells, strict=True)
    ]
    return replace(row, cells=tuple(cells))


def _named(thing: Thing, names: Iterable[str]) -> dict[str, UUID]:
    """Return the records a thing names in these columns."""
    found = {name: getattr(thing, name, None) for name in names}
    return {name: id_ for name, id_ in found.items() if isinstance(id_, UUID)}


def _row(
    no: int,
    thing: Thing,
    names: Sequence[str],
    specs: Mapping[str, ColumnSpec],
    labels: _Labels,
) -> ListRow:
    named = [name for name in names if _is_named(thing.kind, specs.get(name), name)]
    said = labels.of(_named(thing, named))
    cells = tuple(said[name] if name in said else _cell(thing, name, specs) for name in names)
    marked = isinstance(thing, Marked)
    return ListRow(
        no,
        thing.id,
        thing.marking if isinstance(thing, Marked) else Marking.OFFICIAL,
        marked and getattr(thing, "restricted_to", None) is not None,
        cells,
        thing.version,
    )


def _cell(thing: Thing, name: str, specs: Mapping[str, ColumnSpec]) -> Any:
    """Return one cell as the file would hold it: codes, ISO dates, figures."""
    if isinstance(thing, Entity) and name in {"ref", "label"}:
        return getattr(thing, name)
    if name in {"marking", "restricted"}:
        return thing.marking.value if isinstance(thing, Marked) and name == "marking" else None
    if (spec := specs.get(name)) is None or _is_named(thing.kind, spec, name):
        return "" if name in specs else None
    described = next(f for f in described_fields(type(thing)) if f.name == name)
    value = getattr(thing, name)
    if described.type in many_cells.TYPES:
        return many_cells.cell(described, value)
    return value_to_wire(described, value) if value is not None else None
