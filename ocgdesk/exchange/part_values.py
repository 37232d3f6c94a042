"""The cells of a row to the values of one record or link, as a specification says."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ocgdesk.domain.fields import MANY, Field, FieldType
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.marking import Marking
from ocgdesk.errors import Refused
from ocgdesk.exchange.cell_ways import made
from ocgdesk.exchange.convert import Converter, is_blank
from ocgdesk.exchange.mapping import squashed
from ocgdesk.exchange.raw import RawTable
from ocgdesk.exchange.specifications import MARKING, FieldFrom, fields_by_name, same_header

Tell = Callable[[int, str, str], None]
"""Takes a problem: row, column, words."""

_LIST: Final = re.compile(r"[;|\n]")


def place_of(table: RawTable, header: str) -> int:
    """Return the place of a column by its header; -1 where the table has none."""
    if header in table.header:
        return table.header.index(header)
    same = (i for i, other in enumerate(table.header) if same_header(header, other))
    return next(same, -1)


@dataclass(frozen=True, slots=True)
class Taken:
    """One field as it is taken from one column."""

    source: FieldFrom
    index: int
    field: Field | None
    """None for the marking."""
    converter: Converter | None

    def text(self, row: Sequence[str]) -> str:
        """Return what the row says, in the file's words or in those they stand for."""
        if self.index < 0:
            return self.source.constant
        text = row[self.index].strip()
        if not text or is_blank(text):
            return self.source.constant
        if self.source.ways:
            text = made(text, self.source.ways).strip()
        return self._worded(text) if self.source.words else text

    def _worded(self, text: str) -> str:
        words = self.source.words
        if self.field is not None and self.field.type in MANY:
            parts = (part.strip() for part in _LIST.split(text))
            return "\n".join(filter(None, (words.get(squashed(part), part) for part in parts)))
        return words.get(squashed(text), text)

    def led(self, value: object) -> object:
        """Return a text with the words put before it."""
        if isinstance(value, str) and self.source.lead:
            return self.source.lead + "; ".join(value.split("\n"))
        return value


class PartValues:
    """Reads the values of one part of a specification from the rows of one table."""

    def __init__(
        self,
        table: RawTable,
        kind: Kind,
        fields: Sequence[FieldFrom],
        today: date | None,
        tell: Tell,
    ) -> None:
        known = fields_by_name(kind)
        self._tell = tell
        self.taken = tuple(
            _taken(table, one, known.get(one.field), today)
            for one in fields
            if not one.column or place_of(table, one.column) >= 0
        )

    def read(self, number: int, row: Sequence[str]) -> dict[str, object]:
        """Return the values of a row, only where it says something; problems are told."""
        values: dict[str, object] = {}
        for one in self.taken:
            if not (text := one.text(row)):
                continue
            if one.converter is None:
                self._mark(number, one, text, values)
                continue
            result = one.converter(text)
            for problem in result.problems:
                self._tell(number, one.source.column, problem)
            if result.value is not None:
                put(values, one.field, one.led(result.value))
        return values

    def says_anything(self, row: Sequence[str]) -> bool:
        """Tell whether any column of this part holds anything in a row."""
        return any(one.index >= 0 and not is_blank(row[one.index]) for one in self.taken)

    def _mark(self, number: int, one: Taken, text: str, values: dict[str, object]) -> None:
        try:
            values[MARKING] = Marking.parse(text)
        except Refused as refused:
            self._tell(number, one.source.column, str(refused))


def _taken(table: RawTable, one: FieldFrom, field: Field | None, today: date | None) -> Taken:
    index = place_of(table, one.column) if one.column else -1
    converter = Converter(field, one.scheme, today) if field is not None else None
    return Taken(one, index, field, converter)


def put(values: dict[str, object], field: Field | None, value: object) -> None:
    """Keep a value beside what another column said of the same field."""
    if field is None:
        return
    before = values.get(field.name)
    if before is None:
        values[field.name] = value
    elif isinstance(before, tuple) and isinstance(value, tuple):
        values[field.name] = (*before, *(item for item in value if item not in before))
    elif field.type is FieldType.TEXT:
        values[field.name] = f"{before} {value}"
    elif field.type is FieldType.LONG_TEXT:
        values[field.name] = f"{before}\n{value}"


def folded(
    kept: dict[str, object], new: Mapping[str, object], kind: Kind
) -> list[tuple[str, object]]:
    """Add to a record what another row says of it; return the fields on which the two differ.

    The first value stays; lists and longer texts take in what is new.
    """
    fields, differing = fields_by_name(kind), []
    for name, value in new.items():
        before = kept.get(name)
        if before is None:
            kept[name] = value
        elif isinstance(before, tuple) and isinstance(value, tuple):
            kept[name] = (*before, *(item for item in value if item not in before))
        elif before == value:
            continue
        elif name in fields and fields[name].type is FieldType.LONG_TEXT:
            if str(value) not in str(before):
                kept[name] = f"{before}\n{value}"
        else:
            differing.append((name, before))
    return differing
