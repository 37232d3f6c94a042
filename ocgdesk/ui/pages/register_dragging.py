"""Rows dragged by their ticks: onto a chart that is open in another tab or window."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QTableView

from ocgdesk.casework import chart_rows
from ocgdesk.domain.kinds import Kind
from ocgdesk.ui.models.register_model import RegisterModel

_TICKS: Final = 0
"""The column that rows are ticked in."""


class RowDrag(QObject):
    """Begins a drag where a row is pulled by its tick; all that is ticked comes along."""

    def __init__(self, table: QTableView, model: RegisterModel, workspace: UUID) -> None:
        super().__init__(table)
        self._table, self._model, self._workspace = table, model, workspace
        self._from: QPoint | None = None
        self.go: Callable[[QDrag], object] = _go
        """How a drag that is ready is begun: Qt waits in it until the rows are let go."""
        if model.kind in chart_rows.KINDS:
            table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch for a press on a tick that moves on with the button held."""
        if isinstance(event, QMouseEvent):
            spot = event.position().toPoint()
            if event.type() == QEvent.Type.MouseButtonPress:
                self._from = spot if self._is_tick(event) else None
            elif event.type() == QEvent.Type.MouseButtonRelease:
                self._from = None
            elif event.type() == QEvent.Type.MouseMove and self._is_far(spot):
                self._begin()
                return True
        return super().eventFilter(watched, event)

    def _is_tick(self, event: QMouseEvent) -> bool:
        left = event.button() == Qt.MouseButton.LeftButton
        return left and self._table.columnAt(event.position().toPoint().x()) == _TICKS

    def _is_far(self, spot: QPoint) -> bool:
        if self._from is None:
            return False
        return (spot - self._from).manhattanLength() >= QApplication.startDragDistance()

    def _begin(self) -> None:
        """Drag what is ticked; the row it began on is, whatever the press made of its tick."""
        begun, self._from = self._from, None
        row = self._table.rowAt(begun.y()) if begun is not None else -1
        if row >= 0:
            self._model.tick([row], on=True)
        data = mime(self._workspace, self._model.kind, tuple(self._model.chosen()))
        if data is None:
            return
        drag = QDrag(self._table)
        drag.setMimeData(data)
        self.go(drag)


def mime(workspace: UUID, kind: Kind, numbers: tuple[int, ...]) -> QMimeData | None:
    """Return rows as they are dragged: ids alone, so that nothing leaves the program by it."""
    data = chart_rows.packed(workspace, kind, numbers)
    if not data:
        return None
    made = QMimeData()
    made.setData(chart_rows.MIME, data)
    return made


def _go(drag: QDrag) -> object:
    return drag.exec(Qt.DropAction.CopyAction)
