"""The problems of an import one by one: what can be done about each, and about those like it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ocgdesk.casework import import_repairs, import_rows
from ocgdesk.casework.import_lines import Checked
from ocgdesk.casework.import_repairs import Cell, Remedy, Repairs, Way
from ocgdesk.casework.import_rows import Line, LineColumn
from ocgdesk.domain.kinds import Kind
from ocgdesk.exchange.raw import How, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One problem of one row, with the cell it is in."""

    line: Line
    problem: Problem
    column: LineColumn | None
    """None where the whole row is meant."""
    kind: Kind

    @property
    def cell(self) -> Cell:
        """The cell; of a problem with the whole row its first."""
        return Cell(self.line.file, self.line.number, self.column.index if self.column else 0)

    @property
    def text(self) -> str:
        """What stands in the cell."""
        return import_rows.cell(self.line, self.column) if self.column else ""


def trouble(checked: Checked, line: Line, header: str = "") -> Trouble | None:
    """Return the problem of a row: that of a column where it has one, else its first."""
    if not line.problems:
        return None
    problem = next((p for p in line.problems if p.column == header), line.problems[0])
    ties = bool(len(checked.links)) and line.file == checked.links.all[0].file
    columns = checked.link_columns if ties else checked.columns
    column = _column([one for one in columns if one.file in {"", line.file}], problem)
    kind = Kind.LINK if ties else checked.draft.kind
    own = column.kind if column is not None else None
    return Trouble(line=line, problem=problem, column=column, kind=own or kind)


def _column(columns: Sequence[LineColumn], problem: Problem) -> LineColumn | None:
    for column in columns:
        names = {column.header, column.title}
        if problem.column and problem.column in names and column.index >= 0:
            return column
    return None


def remedies(found: Trouble) -> tuple[Remedy, ...]:
    """Return the ways to put a problem right, the likeliest first."""
    described = found.column.field if found.column else None
    of_event = found.column is not None and found.column.of_event
    offered = import_repairs.remedies(described, found.text, found.kind, of_event=of_event)
    if found.line.repeats:  # by a specification: no column of it would take the words
        return tuple(one for one in offered if one.way is not Way.TEXT)
    return offered


def alike(checked: Checked, found: Trouble, remedy: Remedy) -> tuple[Trouble, ...]:
    """Return the problems of the same column that the same remedy puts right, itself included."""
    return tuple(_alike(checked, found, remedy))


def _alike(checked: Checked, found: Trouble, remedy: Remedy) -> Iterator[Trouble]:
    described = found.column.field if found.column else None
    for line in checked.bad():
        if line.file != found.line.file:
            continue
        other = trouble(checked, line, found.problem.column)
        if other is None or other.problem.column != found.problem.column:
            continue
        if import_repairs.is_like(remedy, described, found.text, other.text):
            yield other


def put_right(checked: Checked, troubles: Sequence[Trouble], remedy: Remedy) -> Repairs:
    """Return the repairs of these files with a remedy for these problems."""
    texts = {found.cell: found.text for found in troubles}
    return import_repairs.with_remedy(checked.repairs, tuple(texts), remedy, texts)


def read_as(checked: Checked, file: str, how: How) -> Repairs:
    """Return the repairs with a file read otherwise.

    What was put right in it is let go of: its cells are others now.
    """
    kept = checked.repairs
    cells = {cell: text for cell, text in kept.cells.items() if cell.file != file}
    notes = {cell: text for cell, text in kept.notes.items() if cell.file != file}
    without = frozenset(place for place in kept.without if place[0] != file)
    return replace(kept, cells=cells, notes=notes, without=without, how={**kept.how, file: how})
