"""A table as it lay in somebody's file: text in cells, before anything is understood of it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Problem:
    """What makes no sense in a file, and where: row as a spreadsheet counts, 0 for the whole."""

    file: str
    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was read: what the journal keeps of it."""

    name: str
    sha256: str
    """Of the bytes as they were read, in hex."""
    rows: int

    @classmethod
    def of(cls, name: str, data: bytes, rows: int) -> "SourceFile":
        """Describe the file these bytes came from."""
        return cls(name, hashlib.sha256(data).hexdigest(), rows)


NO_HEADER = -1
"""As ``How.header``: no row names the columns."""


@dataclass(frozen=True, slots=True)
class How:
    """How a file is to be read where that is not to be found out; empty is found out."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    """The sheet of a workbook, or the list of a JSON file."""
    header: int = 0
    """The row, as a spreadsheet counts, that names the columns; ``NO_HEADER`` for none."""
    as_table: bool = False
    """Whether text is taken for a table that looks like a report, or may be one."""


FOUND_OUT = How()


class Rest(Protocol):
    """A file that is read anew, row by row, each time it is asked for."""

    def numbered(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield each row with its number in the file, as wide as the header or wider."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """Header and rows of one table, all as text.

    Every row has at least as many cells as the header; a row that was longer keeps its further
    cells. ``numbers`` are the rows' places in the file, as a spreadsheet shows them.
    """

    name: str
    encoding: str
    """The text's encoding, such as ``utf-8``; ``xlsx`` for a workbook."""
    delimiter: str
    """What stands between cells; empty for a workbook."""
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    source: SourceFile
    has_header: bool = True
    """Whether the header was in the file; if not, columns are called Column 1, Column 2 …"""
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    parts: tuple[str, ...] = ()
    """The sheets or lists of the file, where there are several."""
    part: str = ""
    """Which of them this is."""
    header_row: int = 0
    """The row of the file that names the columns; 0 where none does."""
    rest: "Rest | None" = None
    """Of a file too long to be held: where all its rows come from; ``rows`` are the first."""

    @property
    def first_row(self) -> int:
        """The file's number of the first row below the header; 0 where there is none."""
        return self.numbers[0] if self.numbers else 0

    def numbered(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield each row with its number in the file."""
        if self.rest is not None:
            return self.rest.numbered()
        return zip(self.numbers, self.rows, strict=True)
