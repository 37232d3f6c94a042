"""Putting right what makes no sense in a file, before it is taken in; the file stays as it is."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from ocgdesk.domain.dates import MONTHS
from ocgdesk.domain.fields import Field, FieldType, described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.registry import class_of
from ocgdesk.exchange.long_text import MendedRows
from ocgdesk.exchange.mapping import squashed
from ocgdesk.exchange.raw import How, RawTable, Rest
from ocgdesk.i18n import _

Place = tuple[str, int]
"""A row: the file's name, and its number as a spreadsheet counts."""

_DAY_MONTH_YEAR = re.compile(r"\s*\d{1,2}[/.-](\d{1,2})[/.-](\d{4}|\d{2})\s*")


class Way(StrEnum):
    """What can be done about a problem."""

    MONTH = "month"
    CODE = "code"
    TYPE = "type"
    TEXT = "text"
    EMPTY = "empty"
    OUT = "out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One way to put a problem right, as it is offered."""

    way: Way
    words: str
    note: str = ""
    value: str = ""
    """What the cell would say; of TYPE and CODE what is offered first."""
    codes: str = ""
    """Of CODE: the list to choose from."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a file."""

    file: str
    row: int
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Repairs:
    """All that was put right in the files of an import. Values only: to add one, make another."""

    cells: Mapping[Cell, str] = field(default_factory=dict)
    without: frozenset[Place] = frozenset()
    notes: Mapping[Cell, str] = field(default_factory=dict)
    """Cells whose text is kept as words beside the other fields of the row."""
    how: Mapping[str, How] = field(default_factory=dict)
    """How files are to be read, by name, where that is not found out."""

    def __len__(self) -> int:
        return len(self.cells) + len(self.without) + len(self.notes) + len(self.how)

    def applied(self, table: RawTable, text_field: Field | None) -> RawTable:
        """Return a table with its cells put right and without the rows that stay out.

        Text that is kept goes into the column that fills ``text_field``, or a new one at the
        end where there is none.
        """
        if table.rest is not None:
            return replace(table, rest=self._mended(table.name, table.rest))
        table = self._without_rows(table)
        changed = {cell for cell in (*self.cells, *self.notes) if cell.file == table.name}
        if not changed:
            return table
        kept = [cell for cell in self.notes if cell.file == table.name]
        at = -1
        if kept and text_field is not None:
            table, at = _with_text_column(table, text_field)
        rows = [list(cells) for cells in table.rows]
        places: dict[int, list[list[str]]] = {}
        for number, cells in zip(table.numbers, rows, strict=True):
            places.setdefault(number, []).append(cells)
        for cell, text in self.cells.items():
            if cell.file == table.name and cell.row in places:
                _put(places[cell.row], cell.index, text)
        for cell in kept:
            self._keep(next(iter(places.get(cell.row, ())), None), cell, table.header, at)
        return replace(table, rows=tuple(map(tuple, rows)))

    def _mended(self, file: str, rest: Rest) -> Rest:
        """Return the rows of a long file, put right as they are read; none is held for it."""
        cells: dict[int, dict[int, str]] = {}
        for cell, text in self.cells.items():
            if cell.file == file:
                cells.setdefault(cell.row, {})[cell.index] = text
        without = frozenset(row for name, row in self.without if name == file)
        return MendedRows(rest, cells, without) if cells or without else rest

    def _keep(self, row: list[str] | None, cell: Cell, header: Sequence[str], at: int) -> None:
        if row is None or at < 0:
            return
        said = f"{header[cell.index]}: {self.notes[cell]}"
        row[cell.index] = ""
        row[at] = f"{row[at]} {said}".strip()

    def _without_rows(self, table: RawTable) -> RawTable:
        out = {row for file, row in self.without if file == table.name}
        if not out:
            return table
        kept = [(n, cells) for n, cells in table.numbered() if n not in out]
        return replace(
            table, numbers=tuple(n for n, _c in kept), rows=tuple(cells for _n, cells in kept)
        )


def _put(rows: Sequence[list[str]], index: int, text: str) -> None:
    """Put a text into a cell; a record laid out in several rows says the same in each of them."""
    before = rows[0][index]
    for cells in rows:
        if cells[index] == before:
            cells[index] = text


NO_REPAIRS = Repairs()


def _with_text_column(table: RawTable, text_field: Field) -> tuple[RawTable, int]:
    """Return the table with a column for words, and its place."""
    for index, header in enumerate(table.header):
        if squashed(header) in {squashed(text_field.name), squashed(text_field.label)}:
            return table, index
    rows = tuple(
        (*cells[: len(table.header)], "", *cells[len(table.header) :]) for cells in table.rows
    )
    return replace(table, header=(*table.header, text_field.label), rows=rows), len(table.header)


def text_field(kind: Kind) -> Field | None:
    """Return the field of a kind that words of any sort can be kept in."""
    fields = described_fields(class_of(kind))
    return next((f for f in fields if f.type is FieldType.LONG_TEXT), None)


def remedies(
    described: Field | None, text: str, kind: Kind, *, of_event: bool = False
) -> tuple[Remedy, ...]:
    """Return the ways to put a cell right, the likeliest first.

    ``described`` is the field the cell fills, None where it fills none of ours; then only
    leaving the row out is left, unless it tells something ``of_event``.
    """
    found: list[Remedy] = []
    if of_event:
        found.append(Remedy(way=Way.TYPE, words=_("Type something else"), value=text.strip()))
        found += [Remedy(way=Way.EMPTY, words=_("Leave it empty"))] if text.strip() else []
    if described is not None:
        found += _by_type(described, text)
        if text.strip() and not described.required:
            found += _kept_or_emptied(described, kind)
    out = _("Leave the row out")
    return (*found, Remedy(way=Way.OUT, words=out))


def _by_type(described: Field, text: str) -> Iterable[Remedy]:
    if described.type is FieldType.PARTIAL_DATE and (month := month_and_year(text)):
        words = _("Keep month and year: {month}").format(month=month)
        yield Remedy(way=Way.MONTH, words=words, note=_("as a partial date"), value=month)
    if described.type in {FieldType.CODE, FieldType.CODES}:
        listed = code_list(described.codes).title.lower()
        words = _("Choose from the list of {name}").format(name=listed)
        likely = _likeliest(described.codes, text)
        yield Remedy(way=Way.CODE, words=words, value=likely, codes=described.codes)
        return
    is_day = described.type in {FieldType.PARTIAL_DATE, FieldType.DAY}
    words = _("Type another date") if is_day else _("Type something else")
    yield Remedy(way=Way.TYPE, words=words, value=text.strip())


def _kept_or_emptied(described: Field, kind: Kind) -> Iterable[Remedy]:
    into = text_field(kind)
    if into is not None and into.name != described.name:
        words = _("Keep it as text")
        note = _("under {field}").format(field=_(into.label))
        yield Remedy(way=Way.TEXT, words=words, note=note)
    yield Remedy(way=Way.EMPTY, words=_("Leave it empty"))


def month_and_year(text: str) -> str:
    """Return month and year of a date whose day cannot be: ``31/02/1979`` is ``Feb 1979``."""
    match = _DAY_MONTH_YEAR.fullmatch(text)
    if match is None or not 1 <= int(match[1]) <= 12 or len(match[2]) != 4:
        return ""
    return f"{MONTHS[int(match[1]) - 1].title()} {match[2]}"


def _likeliest(codes: str, text: str) -> str:
    """Return the code whose words are nearest to what stands there."""
    from rapidfuzz import fuzz

    folded = text.strip().casefold()
    items = list(code_list(codes))
    return max(items, key=lambda item: fuzz.WRatio(folded, item.label.casefold())).code


def with_remedy(
    repairs: Repairs, cells: Sequence[Cell], remedy: Remedy, texts: Mapping[Cell, str]
) -> Repairs:
    """Return the repairs with a remedy for these cells; ``texts`` is what stands in them now.

    A month is worked out for each; anything else is the same for all.
    """
    if remedy.way is Way.OUT:
        out = frozenset((cell.file, cell.row) for cell in cells)
        return replace(repairs, without=repairs.without | out)
    if remedy.way is Way.TEXT:
        return replace(repairs, notes={**repairs.notes, **{c: texts[c] for c in cells}})
    values = {cell: _new_text(remedy, texts[cell]) for cell in cells}
    return replace(repairs, cells={**repairs.cells, **values})


def _new_text(remedy: Remedy, text: str) -> str:
    match remedy.way:
        case Way.MONTH:
            return month_and_year(text)
        case Way.EMPTY:
            return ""
    return remedy.value


def is_like(remedy: Remedy, described: Field | None, text: str, other: str) -> bool:
    """Tell whether a remedy for a cell makes sense for another cell of the same column too."""
    if remedy.way is Way.MONTH:
        return bool(month_and_year(other))
    if remedy.way in {Way.CODE, Way.TYPE}:
        return squashed(text) == squashed(other)
    return described is not None or squashed(text) == squashed(other)
