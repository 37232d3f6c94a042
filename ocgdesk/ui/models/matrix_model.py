"""The matrix of OCGs as a table model: a row and a column for each OCG, a cell for each pair."""

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from ocgdesk.casework.matrix import Cell, Matrix
from ocgdesk.i18n import _
from ocgdesk.ui.delegates.matrix_cells import CELL, Index

_ROOT: Final = QModelIndex()


class MatrixModel(QAbstractTableModel):
    """Shows one matrix; the lower half repeats the upper, so that a row holds all of an OCG."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.matrix = Matrix(ocgs=(), cells={})

    def show(self, matrix: Matrix) -> None:
        """Show this matrix from now on."""
        self.beginResetModel()
        self.matrix = matrix
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.matrix.ocgs)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return self.rowCount(parent)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.cell(index)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return "" if cell is None else str(cell.total or "")
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return self.words(index)
        return cell if role == CELL else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        del orientation
        ocgs = self.matrix.ocgs
        shown = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}
        return ocgs[section].label if role in shown and section < len(ocgs) else None

    def cell(self, index: Index) -> Cell | None:
        """Return what two OCGs have in common; None on the diagonal and where it is nothing."""
        if not index.isValid() or index.row() == index.column():
            return None
        return self.matrix.cell(index.row(), index.column())

    def words(self, index: Index) -> str:
        """Return a cell in words."""
        if not index.isValid() or index.row() == index.column():
            return ""
        one, two = (self.matrix.ocgs[at].label for at in (index.row(), index.column()))
        cell = self.cell(index)
        said = cell.words if cell else _("nothing in common")
        return _("{one} – {two}: {said}").format(one=one, two=two, said=said)
