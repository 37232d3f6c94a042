"""The rows of an import and its problems, as tables: no widget and no copy for a row."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ocgdesk.casework import import_lines, import_rows
from ocgdesk.casework.import_rows import Line, LineColumn, Lines, State
from ocgdesk.domain.fields import FieldType
from ocgdesk.exchange.draft import DraftRecord
from ocgdesk.exchange.raw import Problem
from ocgdesk.i18n import N_, _
from ocgdesk.ui.delegates.roles import CellRole, HeadingRole, MarkRole
from ocgdesk.ui.widgets.values import (
    NONE,
    Align,
    Cell,
    Change,
    Flagged,
    Heading,
    Status,
    Text,
    Tone,
    words,
)

Index = QModelIndex | QPersistentModelIndex
NO_PARENT: Final = QModelIndex()

_LOOKS: Final[dict[State, tuple[str, str, Tone]]] = {
    State.NEW: (N_("New"), "status.added", "ok"),
    State.CHANGED: (N_("Changed"), "status.changed", "info"),
    State.ALIKE: (N_("Possible duplicate"), "status.duplicate", "due"),
    State.TAKEN: (N_("Taken as known"), "status.changed", "info"),
    State.APART: (N_("New after all"), "status.added", "ok"),
    State.MAYBE: (N_("Maybe the same"), "status.duplicate", "neutral"),
    State.SAME: (N_("Same"), "status.same", "neutral"),
    State.PROBLEM: (N_("Problem"), "status.warning", "overdue"),
    State.OUT: (N_("Stays out"), "status.rejected", "overdue"),
}
_DECIDED: Final = (State.TAKEN, State.APART, State.MAYBE)
BAD: Final = (State.PROBLEM, State.OUT)
_AHEAD: Final = 2
"""Row number and state stand before the columns of the file."""


class LinesModel(QAbstractTableModel):
    """Rows of a file beside what they would do, as many as pass the filter."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines = Lines()
        self._shown: Sequence[int] = ()
        self._bad: Sequence[int] = ()
        self._columns: tuple[LineColumn, ...] = ()
        self._icon = ""
        self.open: Sequence[int] = ()
        """The rows shown that are not decided yet, in order."""

    def show_lines(
        self,
        lines: Lines,
        columns: tuple[LineColumn, ...],
        states: tuple[State, ...] = (),
        *,
        places: Sequence[int] | None = None,
        icon: str = "",
    ) -> None:
        """Show those lines that stand so, or in these places; all where neither is named."""
        self.beginResetModel()
        self._lines, self._columns, self._icon = lines, columns, icon
        self._shown = lines.among(*states) if states else range(len(lines))
        self._shown = self._shown if places is None else places
        row_of = {place: row for row, place in enumerate(self._shown)} if lines.open else {}
        self.open = [row for place in lines.open if (row := row_of.get(place)) is not None]
        bad = lines.among(*BAD)
        whole = not states and places is None
        self._bad = bad if whole else range(len(self._shown)) if states == BAD else ()
        self.endResetModel()

    @property
    def has_asked(self) -> bool:
        """Whether any line, shown or not, may be known already."""
        return bool(self._lines.asked)

    def line(self, row: int) -> Line:
        """Return the line in this row."""
        return self._lines.all[self._shown[row]]

    def column_of(self, header: str) -> int:
        """Return the column that shows this one of the file; that of the state for any other."""
        found = (i for i, c in enumerate(self._columns) if header in {c.header, c.title})
        return next(found, -1) + _AHEAD if header else _AHEAD - 1

    def header_of(self, section: int) -> str:
        """Return the header of the column of the file that is shown here; "" for any other."""
        at = section - _AHEAD
        return self._columns[at].header if 0 <= at < len(self._columns) else ""

    def row_from(self, file: str, number: int) -> int:
        """Return the row of a line by its place or, where it is gone, of the one after it."""
        lines = self._lines.all
        shown = ((row, lines[at]) for row, at in enumerate(self._shown))
        found = (row for row, line in shown if line.file == file and line.number >= number)
        return next(found, len(self._shown) - 1)

    def row_of(self, file: str, number: int) -> int:
        """Return the row of a line by its place; -1 where it is not shown."""
        lines = self._lines.all
        found = (
            row
            for row, at in enumerate(self._shown)
            if lines[at].number == number and lines[at].file == file
        )
        return next(found, -1)

    def next_problem(self, after: int) -> int:
        """Return the next row with a problem, round the end; -1 without any."""
        if not self._bad:
            return -1
        return self._bad[bisect_right(self._bad, after) % len(self._bad)]

    def next_open(self, after: int, but: Collection[str] = ()) -> int:
        """Return the next row that is not decided, round the end; -1 without any.

        ``but`` are full keys of records that are decided by now.
        """
        begin = bisect_right(self.open, after)
        turned = (*self.open[begin:], *self.open[:begin])
        return next((row for row in turned if is_open(self.line(row), but)), -1)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._columns) + _AHEAD

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        heading = self._heading(section)
        if role == HeadingRole:
            return heading
        return heading.title if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.line(index.row())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return words(self._cell(line, index.column()))
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(line, index.column())
            case _ if role == CellRole:
                return self._cell(line, index.column())
            case _ if role == MarkRole:
                return self._mark(line, index.column())
        return None

    def _tip(self, line: Line, section: int) -> str | None:
        """Return what is wrong with a row; of a value kept beside what stands instead."""
        if section >= _AHEAD:
            column = self._columns[section - _AHEAD]
            if import_rows.is_kept_beside(line, column):
                stays = import_lines.kept_words(line, column)
                return _("{value} stays; this is kept beside it.").format(value=stays)
        return "\n".join(p.text for p in line.problems) or None

    def _heading(self, section: int) -> Heading:
        if section == 0:
            return Heading(title=_("Row"), align="right")
        if section == 1:
            return Heading(title=_("Draft"))
        column = self._columns[section - _AHEAD]
        icon = self._icon if column.field is not None else ""
        icon = f"entity.{column.kind.value}" if column.kind is not None else icon
        return Heading(title=column.title, icon=icon, align=self._align(column))

    def _cell(self, line: Line, section: int) -> Cell:
        if section == 0:
            return Text(str(line.number), ink="text.3", align="right")
        if section == 1:
            word, icon, tone = _LOOKS[line.state]
            decided = map(import_rows.decision_words, line.rows)
            said = next(filter(None, decided), "") if line.state in _DECIDED else ""
            return Status(said or _(word), icon, tone)
        column = self._columns[section - _AHEAD]
        text, mono = _text(line, column), column.field is not None and column.field.mono
        if _wrong(line, column):
            return Flagged(text or _("empty"), mono=mono)
        before = import_lines.before_words(line, column)
        if before is None and import_rows.is_kept_beside(line, column):
            return Text(text or NONE, "text.3", self._align(column), mono=mono)
        if before is not None:
            return Change(before=before or _("none"), after=text or NONE, mono=mono)
        return Text(text or NONE, "text" if text else "text.3", self._align(column), mono=mono)

    def _align(self, column: LineColumn) -> Align:
        """Put numbers at the right, but not in the last column, which takes what room is left."""
        number = column.field is not None and column.field.type is FieldType.NUMBER
        return "right" if number and column is not self._columns[-1] else "left"

    def _mark(self, line: Line, section: int) -> str | None:
        if section < _AHEAD:
            return None
        column = self._columns[section - _AHEAD]
        if _wrong(line, column):
            return "overdue"
        return "info" if import_lines.before_words(line, column) is not None else None


def is_open(line: Line, but: Collection[str]) -> bool:
    """Tell whether a line makes anything undecided but what goes by these full keys."""
    rows = (row for row in line.rows if row.is_open and isinstance(row.draft, DraftRecord))
    return any(getattr(row.draft, "full_key", "") not in but for row in rows)


def _text(line: Line, column: LineColumn) -> str:
    if text := import_rows.cell(line, column):
        return " ".join(text.split())
    field = column.field
    if line.row is None or line.cells or (field is not None and not field.is_label):
        return ""
    return line.row.draft.key


def _wrong(line: Line, column: LineColumn) -> bool:
    return any(p.column and p.column in {column.header, column.title} for p in line.problems)


class ProblemsModel(QAbstractTableModel):
    """All that makes no sense in the files, one problem a row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._problems: Sequence[Problem] = ()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show these problems."""
        self.beginResetModel()
        self._problems = problems
        self.endResetModel()

    def problem(self, row: int) -> Problem:
        """Return the problem in this row."""
        return self._problems[row]

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._problems)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else 4

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < 4:
            return None
        title = (_("Row"), _("Column"), _("Reason"), _("File"))[section]
        if role == HeadingRole:
            return Heading(title=title, align="right" if section == 0 else "left")
        return title if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        cell = _problem_cell(self._problems[index.row()], index.column())
        if role == CellRole:
            return cell
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return words(cell)
        return None


def _problem_cell(problem: Problem, section: int) -> Cell:
    match section:
        case 0:
            number = f"{problem.row:,}" if problem.row else _("file")
            return Text(number, ink="text.3", align="right")
        case 1:
            return Text(problem.column or NONE)
        case 2:
            return Status(problem.text, "status.warning", "overdue")
    return Text(problem.file, ink="text.3")
