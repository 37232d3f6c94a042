"""Rows of a file beside what they would do: one line each, sorted out by how they stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from ocgdesk.casework.imports import Row, Standing
from ocgdesk.domain.fields import Field
from ocgdesk.domain.kinds import Kind
from ocgdesk.exchange.raw import Problem

Place = tuple[str, int]
"""A row of a file: its name and the number of the row."""


class State(StrEnum):
    """How a row of a file stands, as it is shown."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ALIKE = "alike"
    """It is new, and the register has something that may be the same."""
    PROBLEM = "problem"
    """It comes in without what makes no sense in it."""
    OUT = "out"
    """It stays out."""


_RANK = (Standing.NEW, Standing.CHANGED, Standing.SAME)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file: its cells as they lay there, what it would do, what is wrong with it."""

    file: str
    number: int
    """As a spreadsheet counts."""
    cells: tuple[str, ...]
    row: Row | None
    """None for a row that stays out; the first where it makes several things."""
    problems: tuple[Problem, ...] = ()
    more: tuple[Row, ...] = ()
    """What else it makes."""
    repeats: bool = False
    """Whether making nothing means that rows above have said the same already."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """All that it makes."""
        return (self.row, *self.more) if self.row is not None else ()

    @property
    def state(self) -> State:
        """How the row stands; a problem outranks what it would do."""
        if self.row is None:
            return State.SAME if self.repeats and not self.problems else State.OUT
        if self.problems:
            return State.PROBLEM
        if any(row.alike for row in self.rows):
            return State.ALIKE
        standings = {row.standing for row in self.rows}
        return State(next(one.value for one in _RANK if one in standings))


@dataclass(frozen=True, slots=True)
class Lines:
    """Rows of a file, sorted out by how they stand before any window looks at them."""

    all: tuple[Line, ...] = ()
    places: Mapping[State, Sequence[int]] = field(default_factory=dict)
    """For each state the places of its lines, in order."""

    @classmethod
    def of(cls, lines: Iterable[Line]) -> "Lines":
        """Sort lines out."""
        kept = tuple(lines)
        places: dict[State, list[int]] = {state: [] for state in State}
        for place, line in enumerate(kept):
            places[line.state].append(place)
        return cls(kept, places)

    def __len__(self) -> int:
        return len(self.all)

    def count(self, *states: State) -> int:
        """Return how many lines stand so."""
        return sum(len(self.places.get(state, ())) for state in states)

    def among(self, *states: State) -> Sequence[int]:
        """Return the places of the lines that stand so, in order."""
        return sorted(place for state in states for place in self.places.get(state, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class LineColumn:
    """One column of the rows as shown: its place in the file and the field it fills."""

    index: int
    """-1 for what is called after the end of a link: there is no cell to show."""
    header: str
    title: str
    field: Field | None = None
    part: str = ""
    """Which of the records of a row it speaks of, where a specification makes several."""
    file: str = ""
    """The file it is a column of, where there are several of different columns."""
    kind: Kind | None = None
    """The kind of that record, where it is not that of the draft."""


def row_of(line: Line, column: LineColumn) -> Row | None:
    """Return what a column of a line speaks of, of all that the line makes."""
    if not column.part:
        return line.row
    found = (r for r in line.rows if getattr(r.draft, "part", None) == column.part)
    return next(found, None)


def cell(line: Line, column: LineColumn) -> str:
    """Return what stands in a column of a line; empty where its file has no such column."""
    if column.file and column.file != line.file:
        return ""
    return line.cells[column.index] if 0 <= column.index < len(line.cells) else ""
