"""A table set up as every table of the program is: bare, keyboard first, one row at a time."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from ocgdesk.ui import theme
from ocgdesk.ui.delegates.headings import RowHeader
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.delegates.rows import RowDelegate
from ocgdesk.ui.fonts import px

Index = QModelIndex | QPersistentModelIndex


class RowTable(QTableView):
    """A table view with our rows and header.

    ``opened`` is a row told by Enter or double click, ``opened_aside`` the same with Ctrl.
    """

    opened = Signal(int)
    opened_aside = Signal(int)

    def __init__(
        self,
        *,
        name: str = "",
        density: Density = Density.STANDARD,
        padding: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.rows = RowDelegate(density, self)
        self.heading = RowHeader(self)
        if padding:
            self.rows.padding = self.heading.padding = padding
        self.setItemDelegate(self.rows)
        self.setHorizontalHeader(self.heading)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setAlternatingRowColors(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.setProperty("hoveredRow", -1)
        self.setProperty("cellFocus", True)
        theme.follow(self, self._grow)

    def set_density(self, density: Density) -> None:
        """Draw rows this high."""
        self.rows.density = density
        self._grow()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        super().currentChanged(current, previous)
        self.viewport().update()  # the accent bar belongs to the row, not to the cell

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(round(event.position().y())))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        row = self.rowAt(round(event.position().y()))
        if row >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._open(row, event.modifiers())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row >= 0:
            self._open(row, event.modifiers())
            return
        super().keyPressEvent(event)

    def _open(self, row: int, modifiers: Qt.KeyboardModifier) -> None:
        aside = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        (self.opened_aside if aside else self.opened).emit(row)

    def _hover(self, row: int) -> None:
        if self.property("hoveredRow") != row:
            self.setProperty("hoveredRow", row)
            self.viewport().update()

    def _grow(self) -> None:
        # A least height above what rows have would make each row one with a height of its own,
        # which then no longer follows.
        header = self.verticalHeader()
        header.setMinimumSectionSize(1)
        header.setDefaultSectionSize(px(self.rows.density))
        header.setMinimumSectionSize(px(24))
        self.viewport().update()
