"""What a pasted block would do, record by record and cell by cell, as a table."""

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ocgdesk.casework.pasting import Draft, Line
from ocgdesk.casework.table_cells import Proposed, Verdict
from ocgdesk.i18n import _
from ocgdesk.store.listing import ColumnSpec
from ocgdesk.ui.delegates.roles import CellRole, HeadingRole, MarkRole
from ocgdesk.ui.widgets.values import NONE, Cell, Change, Flagged, Heading, Text, words

Index = QModelIndex | QPersistentModelIndex
NO_PARENT: Final = QModelIndex()
_MARKS: Final = {Verdict.WRONG: "overdue", Verdict.DOUBTFUL: "due", Verdict.CHANGED: "info"}


class PasteModel(QAbstractTableModel):
    """The records of a draft, in the order of the table they were pasted over."""

    def __init__(
        self, draft: Draft, specs: tuple[ColumnSpec, ...], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.draft = draft
        self._specs = specs

    def next_problem(self, row: int, column: int) -> tuple[int, int] | None:
        """Return the next cell that is wrong or doubtful, round the end; None without any."""
        bad = [
            (at, n + 1)
            for at, line in enumerate(self.draft.lines)
            for n, cell in enumerate(line.cells)
            if cell is not None and cell.verdict in {Verdict.WRONG, Verdict.DOUBTFUL}
        ]
        later = (spot for spot in bad if spot > (row, column))
        return next(later, bad[0] if bad else None)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.draft.lines)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._specs) + 1

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section <= len(self._specs):
            return None
        title = self._specs[section - 1].label if section else _("Record")
        if role == HeadingRole:
            return Heading(title=title)
        return title if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        if not index.isValid():
            return None
        line = self.draft.lines[index.row()]
        proposed = line.cells[index.column() - 1] if index.column() else None
        cell, note = self._cell(line, index.column(), proposed), proposed.note if proposed else ""
        said = {
            CellRole: cell,
            MarkRole: _MARKS.get(proposed.verdict) if proposed else None,
            Qt.ItemDataRole.ToolTipRole: note or None,
            Qt.ItemDataRole.DisplayRole: words(cell),
            Qt.ItemDataRole.AccessibleTextRole: f"{words(cell)}. {note}" if note else words(cell),
        }
        return said.get(role)

    def _cell(self, line: Line, column: int, proposed: Proposed | None) -> Cell:
        if column == 0:
            return Text(line.title or NONE, strong=True)
        mono = self._specs[column - 1].mono
        if proposed is None:
            return Text(NONE, "text.3")
        match proposed.verdict:
            case Verdict.WRONG:
                return Flagged(proposed.typed or NONE, "overdue", "status.error", mono=mono)
            case Verdict.DOUBTFUL:
                return Flagged(proposed.after, "due", "status.warning", mono=mono)
            case Verdict.SAME:
                return Text(proposed.before or NONE, "text.3", mono=mono)
        before, after = proposed.before or NONE, proposed.after or NONE
        return Change(before=before, after=after, mono=mono)
