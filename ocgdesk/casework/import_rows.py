"""Rows of a file beside what they would do: one line each, sorted out by how they stand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from ocgdesk.casework.import_decisions import Verdict
from ocgdesk.casework.import_proposal import Row, Standing
from ocgdesk.domain.fields import Field
from ocgdesk.domain.kinds import Kind
from ocgdesk.exchange.raw import Problem
from ocgdesk.i18n import _

Place = tuple[str, int]
"""A row of a file: its name and the number of the row."""


class State(StrEnum):
    """How a row of a file stands, as it is shown."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    ALIKE = "alike"
    """It is new, may be one that is known, and nobody has decided on it yet."""
    TAKEN = "taken"
    """Somebody took it as one that is known."""
    APART = "apart"
    """Somebody said that it is new after all."""
    MAYBE = "maybe"
    """It comes in as new, linked as maybe the same."""
    PROBLEM = "problem"
    """It comes in without what makes no sense in it."""
    OUT = "out"
    """It stays out."""


_RANK = (Standing.NEW, Standing.CHANGED, Standing.SAME)
_DECIDED = {Verdict.SAME: State.TAKEN, Verdict.MAYBE: State.MAYBE, Verdict.NEW: State.APART}


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
    counted: bool = False
    """Whether it is an event that is counted in what a row above makes."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """All that it makes."""
        return (self.row, *self.more) if self.row is not None else ()

    @property
    def state(self) -> State:
        """How the row stands; a problem outranks what it would do."""
        if self.row is None:
            if self.problems:
                return State.PROBLEM if self.counted else State.OUT
            return State.SAME if self.repeats else State.OUT
        if self.problems:
            return State.PROBLEM
        if any(row.is_open for row in self.rows):
            return State.ALIKE
        verdicts = {
            one.decision.verdict for row in self.rows if (one := row.settled) and one.decision
        }
        if verdicts:
            return next(state for verdict, state in _DECIDED.items() if verdict in verdicts)
        standings = {row.standing for row in self.rows}
        return State(next(one.value for one in _RANK if one in standings))


@dataclass(frozen=True, slots=True)
class Lines:
    """Rows of a file, sorted out by how they stand before any window looks at them."""

    all: tuple[Line, ...] = ()
    places: Mapping[State, Sequence[int]] = field(default_factory=dict)
    """For each state the places of its lines, in order."""
    asked: Sequence[int] = ()
    """The places of those that may be known already, whatever else there is to say of them."""
    open: Sequence[int] = ()
    """The places of those of them that nobody has decided on yet."""

    @classmethod
    def of(cls, lines: Iterable[Line]) -> "Lines":
        """Sort lines out."""
        kept = tuple(lines)
        places: dict[State, list[int]] = {state: [] for state in State}
        for place, line in enumerate(kept):
            places[line.state].append(place)
        asked = [n for n, line in enumerate(kept) if any(row.alike for row in line.rows)]
        left = [n for n in asked if any(row.is_open for row in kept[n].rows)]
        return cls(kept, places, asked, left)

    def with_lines(self, new: Mapping[int, Line]) -> "Lines":
        """Return the lines with others in some places."""
        kept = list(self.all)
        left: dict[State, set[int]] = defaultdict(set)
        came: dict[State, set[int]] = defaultdict(set)
        for place, line in new.items():
            left[kept[place].state].add(place)
            came[line.state].add(place)
            kept[place] = line
        places = {**self.places}
        for state in {*left, *came}:
            places[state] = sorted({*places.get(state, ())} - left[state] | came[state])
        asked = {n for n, line in new.items() if any(row.alike for row in line.rows)}
        opened = {n for n in asked if any(row.is_open for row in kept[n].rows)}
        return Lines(
            tuple(kept),
            places,
            sorted({*self.asked} - {*new} | asked),
            sorted({*self.open} - {*new} | opened),
        )

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
    of_event: bool = False
    """Whether it tells something of each event."""


def decision_words(row: Row) -> str:
    """Return what was decided of a row, in words; empty where nothing was."""
    settled = row.settled
    if settled is None or settled.decision is None:
        return ""
    match settled.decision.verdict:
        case Verdict.SAME:
            return _("Taken as {record}").format(record=settled.told)
        case Verdict.MAYBE:
            return _("Maybe {record}").format(record=settled.told)
    return _("New after all")


def row_of(line: Line, column: LineColumn) -> Row | None:
    """Return what a column of a line speaks of, of all that the line makes."""
    if not column.part:
        return line.row
    found = (r for r in line.rows if getattr(r.draft, "part", None) == column.part)
    return next(found, None)


def is_kept_beside(line: Line, column: LineColumn) -> bool:
    """Tell whether what a cell says is kept beside a record, which stays as it is."""
    row, field = row_of(line, column), column.field
    if row is None or field is None or row.settled is None:
        return False
    return field.name in row.settled.kept


def cell(line: Line, column: LineColumn) -> str:
    """Return what stands in a column of a line; empty where its file has no such column."""
    if column.file and column.file != line.file:
        return ""
    return line.cells[column.index] if 0 <= column.index < len(line.cells) else ""
