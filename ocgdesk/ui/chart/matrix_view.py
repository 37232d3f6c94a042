"""The matrix of OCGs as a table: headers that stay, arrows and Enter."""

from typing import Final
from uuid import UUID

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ocgdesk.casework.matrix import Matrix
from ocgdesk.i18n import _
from ocgdesk.ui import fonts, theme
from ocgdesk.ui.delegates.matrix_cells import TALL, WIDE, MatrixDelegate
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models.matrix_model import MatrixModel

_NAMES: Final = 150
"""Room for the names at the left and, on end, above."""


class _Across(QHeaderView):
    """Names on end above the columns: a square is narrower than a name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(True)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), px(_NAMES))

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint one name from below upwards."""
        painter.save()
        painter.translate(rect.left(), rect.bottom() + 1)
        painter.rotate(-90)
        ground = QRect(0, 0, rect.height(), rect.width())
        _paint_name(self, painter, ground, logical, ground.adjusted(px(8), 0, -px(4), 0))
        painter.restore()


class _Down(QHeaderView):
    """Names at the left of the rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """Paint one name."""
        painter.save()
        _paint_name(self, painter, rect, logical, rect.adjusted(px(16), 0, -px(8), 0))
        painter.restore()


def _paint_name(
    header: QHeaderView, painter: QPainter, ground: QRect, logical: int, room: QRect
) -> None:
    """Paint the name of an OCG, stronger where the chosen square is in its row or column."""
    look, chosen = theme.current(), header.selectionModel().currentIndex()
    across = header.orientation() == Qt.Orientation.Horizontal
    here = chosen.isValid() and (chosen.column() if across else chosen.row()) == logical
    painter.fillRect(ground, look.qcolour("sunken"))
    painter.setFont(fonts.small(fonts.MEDIUM if here else fonts.REGULAR))
    painter.setPen(look.qcolour("accent" if here else "text.2"))
    name = str(header.model().headerData(logical, header.orientation()) or "")
    shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class MatrixView(QTableView):
    """Shows one matrix; a square is chosen by click or arrows."""

    opened = Signal()
    """Enter or a double click on a square."""
    current_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = MatrixModel(self)
        self.setAccessibleName(_("Matrix of OCGs"))
        self.setHorizontalHeader(_Across(self))
        self.setModel(self._model)
        self.setItemDelegate(MatrixDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalHeader(_Down(self))
        self.selectionModel().currentChanged.connect(self._on_current)
        self.doubleClicked.connect(self._on_double)
        theme.follow(self, self._dress)

    @property
    def matrix(self) -> Matrix:
        """What is shown."""
        return self._model.matrix

    def show_matrix(self, matrix: Matrix) -> None:
        """Show this matrix; the square chosen stays chosen where both OCGs are still there."""
        before = self.pair()
        self._model.show(matrix)
        places = {ocg.id: at for at, ocg in enumerate(matrix.ocgs)}
        if before and set(before) <= places.keys():
            row, column = (places[id_] for id_ in before)
            self.setCurrentIndex(self._model.index(row, column))
        elif matrix.ocgs:
            self.setCurrentIndex(self._model.index(0, min(1, len(matrix.ocgs) - 1)))

    def pair(self) -> tuple[UUID, ...]:
        """Return the ids of the two OCGs of the chosen square; none on the diagonal."""
        at = self.currentIndex()
        if not at.isValid() or at.row() == at.column():
            return ()
        ocgs = self.matrix.ocgs
        return ocgs[at.row()].id, ocgs[at.column()].id

    def words(self) -> str:
        """Return the chosen square in words."""
        return self._model.words(self.currentIndex())

    def go_to(self, text: str) -> None:
        """Choose the row of the first OCG whose name has these words, at what it shares most."""
        wanted = text.strip().casefold()
        for row, ocg in enumerate(self.matrix.ocgs):
            if wanted and wanted in ocg.label.casefold():
                at = self._model.index(row, self._richest(row))
                self.setCurrentIndex(at)
                self.scrollTo(at, QAbstractItemView.ScrollHint.PositionAtCenter)
                return

    def _richest(self, row: int) -> int:
        columns = [at for at in range(len(self.matrix.ocgs)) if at != row]
        cells = {at: self.matrix.cell(row, at) for at in columns}
        return max(
            columns, key=lambda at: (cell.total + 1 if (cell := cells[at]) else 0, -at), default=row
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit()
            return
        super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _on_double(self, _at: QModelIndex) -> None:
        self.opened.emit()

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _at: QModelIndex, _before: QModelIndex) -> None:
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.viewport().update()
        self.current_changed.emit()

    def _dress(self) -> None:
        self.horizontalHeader().setDefaultSectionSize(px(WIDE))
        self.verticalHeader().setDefaultSectionSize(px(TALL))
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Give the names no more than a third of what there is: squares must be seen too."""
        self.verticalHeader().setFixedWidth(min(px(_NAMES), self.width() // 3))
        self.horizontalHeader().setFixedHeight(min(px(_NAMES), self.height() // 3))
