"""A return as a table: headings of blocks, lines with their figures, the change, two bars."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from ocgdesk.casework import return_papers
from ocgdesk.domain.returns import Layout, Line, Return, change_words, number_words, share_words
from ocgdesk.i18n import _
from ocgdesk.ui.delegates.roles import CellRole, HeadingRole
from ocgdesk.ui.widgets.values import Bar, Cell, Heading, StrandName, Text, words

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the heading of a block, or a line of it."""

    block: int
    title: str = ""
    line: Line | None = None


class ReturnModel(QAbstractTableModel):
    """The rows of one return; ``figures`` says how many columns are figures."""

    def __init__(self) -> None:
        super().__init__()
        self._made: Return | None = None
        self.rows: tuple[Row, ...] = ()
        self._headings: tuple[str, ...] = ()
        self._most: dict[int, float] = {}

    @property
    def figures(self) -> int:
        """How many columns hold figures; they follow the first one."""
        return len(self._made.columns) if self._made else 0

    def show(self, made: Return) -> None:
        """Show this return instead."""
        self.beginResetModel()
        self._made = made
        self.rows = tuple(
            row
            for section in made.sections
            for row in (
                Row(section.block, section.title),
                *(Row(section.block, line=line) for line in section.lines),
            )
        )
        bars = _("Before and now") if self.figures > 1 else _("In proportion")
        last = (bars,) if self.has_bars else ()
        self._headings = (*return_papers.headings(made), *last)
        self._most = {section.block: _largest(section.lines) for section in made.sections}
        self.endResetModel()

    @property
    def has_bars(self) -> bool:
        """Whether a bar for each row follows the figures."""
        made = self._made
        return made is not None and made.definition.layout in {Layout.PERIODS, Layout.ONE}

    def figure_at(self, index: Index) -> tuple[Row, int] | None:
        """Return the row and the column of figures at a place; None where none stands."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column() - 1
        if row.line is None or not 0 <= column < self.figures:
            return None
        return (row, column) if row.line.figures[column].lines else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not index.isValid():
            return None
        if role == CellRole:
            return self._cell(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return words(self._cell(index))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = words(self._cell(index))
            return f"{self._headings[index.column()]}: {said or _('nothing recorded')}"
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._headings):
            return None
        title = self._headings[section]
        if role == HeadingRole:
            right = 0 < section <= self.figures + (len(self._headings) > self.figures + 1)
            is_bar = self.has_bars and section == len(self._headings) - 1
            return Heading(title=title, align="right" if right and not is_bar else "left")
        return title if role == Qt.ItemDataRole.DisplayRole else None

    def _cell(self, index: Index) -> Cell:
        row, column = self.rows[index.row()], index.column()
        if row.line is None:
            return Text(row.title if column == 0 else "", "text.2", strong=True)
        if column == 0:
            return _label(row.line)
        if column <= self.figures:
            return self._figure(row.line, column - 1)
        if self.has_bars and column == len(self._headings) - 1:
            return self._bar(row)
        return self._last(row.line)

    def _figure(self, line: Line, column: int) -> Cell:
        is_now = column == self.figures - 1 or line.is_total
        said = number_words(line.figures[column].value)
        return Text(said, "text" if is_now else "text.2", "right", strong=is_now)

    def _last(self, line: Line) -> Cell:
        if line.shares:
            return Text(share_words(line.shares[0]), "text.2", "right")
        return Text(change_words(line.change), "text.2", "right")

    def _bar(self, row: Row) -> Cell:
        line, most = row.line, self._most.get(row.block, 0.0)
        if line is None or not most or line.is_total:
            return Text("")
        values = [figure.value or 0.0 for figure in line.figures]
        if not any(values):
            return Text("")
        whole = max(values) if len(values) > 1 else most
        before = values[0] / whole if len(values) > 1 else None
        return Bar(share=values[-1] / whole, before=before, words=self._last_words(line))

    def _last_words(self, line: Line) -> str:
        return words(self._last(line)) or number_words(line.figures[-1].value)


def _label(line: Line) -> Cell:
    match line.code:
        case "pursue" | "prevent" | "protect" | "prepare":
            return StrandName(line.code)
    ink = "text.2" if line.is_cross_cut else "text"
    return Text(return_papers.words_of(line), ink, strong=line.is_total)


def _largest(lines: tuple[Line, ...]) -> float:
    """Return the largest last figure of a block, against which its bars are drawn."""
    parts = [line for line in lines if not (line.is_total or line.is_cross_cut)]
    return max((line.figures[-1].value or 0.0 for line in parts if line.figures), default=0.0)
