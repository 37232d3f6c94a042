"""Delimited text too long to be held as rows: its head as a table, the rest read when asked for."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from ocgdesk.exchange.formulas import unguarded
from ocgdesk.exchange.raw import RawTable, Rest, SourceFile

LONG: Final = 8 * 1024 * 1024
"""Bytes from which on a file of events is read row by row."""
HEAD: Final = 512 * 1024
_MARKS: Final = (b"\xff\xfe", b"\xfe\xff", b"sep=")


@dataclass(frozen=True, slots=True)
class LongRows:
    """The rows of a long text below its header, read anew each time."""

    data: bytes
    encoding: str
    delimiter: str
    header_row: int
    width: int

    def numbered(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield each row with its number in the file; blank rows are passed over."""
        text = io.TextIOWrapper(
            io.BytesIO(self.data), encoding=self.encoding, errors="replace", newline=""
        )
        is_guarded = b"'" in self.data
        for number, row in enumerate(csv.reader(text, delimiter=self.delimiter), start=1):
            if number <= self.header_row or not any(row):
                continue
            if is_guarded:
                row = [unguarded(cell) for cell in row]  # noqa: PLW2901 - the same row, as meant
            lacking = self.width - len(row)
            yield number, (*row, *[""] * lacking) if lacking > 0 else tuple(row)


@dataclass(frozen=True, slots=True)
class MendedRows:
    """The rows of a long text with some cells put right and some rows left out."""

    rest: Rest
    cells: Mapping[int, Mapping[int, str]]
    """By row and place of the cell."""
    without: frozenset[int]

    def numbered(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield each row with its number in the file."""
        cells, without = self.cells, self.without
        for number, row in self.rest.numbered():
            if number in without:
                continue
            yield number, _mended(row, cells[number]) if number in cells else row


def _mended(row: tuple[str, ...], texts: Mapping[int, str]) -> tuple[str, ...]:
    return tuple(texts.get(n, cell) for n, cell in enumerate(row))


def head_of(data: bytes) -> bytes | None:
    """Return the first whole lines of a long text; None where it is short, or cannot be cut."""
    if len(data) < LONG or data.startswith(_MARKS) or b"\x00" in data[:1024]:
        return None
    head = data[:HEAD]
    return head[: head.rfind(b"\n") + 1] or None


def with_rest(table: RawTable, data: bytes) -> RawTable:
    """Return the table of a head with all the rows of its file to come."""
    rest = LongRows(data, table.encoding, table.delimiter, table.header_row, len(table.header))
    rows = data.count(b"\n") - table.header_row + (not data.endswith(b"\n"))
    return replace(table, rest=rest, source=SourceFile.of(table.name, data, rows))
