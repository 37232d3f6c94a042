"""The columns of a file as they are shown, each with what it fills."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ocgdesk.casework.import_rows import LineColumn
from ocgdesk.domain.fields import described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.registry import class_of
from ocgdesk.exchange.mapping import label_field
from ocgdesk.exchange.part_values import place_of
from ocgdesk.exchange.raw import RawTable
from ocgdesk.exchange.specifications import Specification, fields_by_name
from ocgdesk.i18n import _


def of_kind(kind: Kind, mapped: tuple[tuple[str, str | None], ...]) -> tuple[LineColumn, ...]:
    """Return the columns of a table of one kind that fill anything."""
    fields = {field.name: field for field in described_fields(class_of(kind))}
    filled = [name for _header, name in mapped if name]
    found = []
    for index, (header, name) in enumerate(mapped):
        if name is None:
            continue
        field = fields.get(name.partition(":")[0])
        plain = field is not None and ":" not in name and filled.count(name) == 1
        title = _(field.label) if field is not None and plain else header
        found.append(LineColumn(index=index, header=header, title=title, field=field))
    if found or kind is Kind.LINK:
        return tuple(found)
    called = label_field(kind)
    return (LineColumn(index=-1, header=called.name, title=_(called.label), field=called),)


def of_specs(
    tables: Sequence[RawTable], specs: Mapping[str, Specification]
) -> Iterator[LineColumn]:
    """Yield the columns that fill anything of files that are read by specifications."""
    for table in tables:
        yield from _of_spec(table, specs[table.name], table.name if len(tables) > 1 else "")


def _of_spec(table: RawTable, spec: Specification, file: str) -> Iterator[LineColumn]:
    found: dict[int, _Filled] = {}
    for filled in _filled(spec):
        found.setdefault(place_of(table, filled.column) if filled.column else -1, filled)
    for index, filled in sorted(found.items()):
        if index < 0:
            continue
        yield LineColumn(
            index=index,
            header=table.header[index],
            title=table.header[index],
            field=fields_by_name(filled.kind).get(filled.field) if filled.kind else None,
            part=filled.part,
            file=file,
            kind=filled.kind,
            of_event=filled.of_event,
        )


@dataclass(frozen=True, slots=True)
class _Filled:
    """A column of a specification and what it fills."""

    column: str
    field: str
    kind: Kind | None
    part: str
    of_event: bool = False


def _filled(spec: Specification) -> Iterator[_Filled]:
    """Yield what columns fill: fields of records, then of links, then the keys of either."""
    for part in spec.parts:
        yield from (_Filled(one.column, one.field, part.kind, part.name) for one in part.fields)
    for link in spec.links:
        yield from (_Filled(one.column, one.field, link.kind, LINKED) for one in link.fields)
        taken = link.events.columns() if link.events else ()
        yield from (_Filled(column, "", None, "", of_event=True) for column in taken)
    keys = (*(part.key for part in spec.parts), *(link.key for link in spec.links))
    yield from (_Filled(column, "", None, "") for key in keys for column in key)


LINKED = "→"
"""As the part of a column: it speaks of a link of the row."""
