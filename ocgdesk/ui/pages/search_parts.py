"""Lists of the search page: what was found, what is kept, what watches heard."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QVBoxLayout,
    QWidget,
)

from ocgdesk.ui import theme
from ocgdesk.ui.fonts import px
from ocgdesk.ui.shell.found import FoundDelegate, FoundModel
from ocgdesk.ui.shell.values import Found, FoundGroup
from ocgdesk.ui.widgets.cards import Panel
from ocgdesk.ui.widgets.labels import SectionHeading
from ocgdesk.ui.widgets.notes import EmptyState

SIDE: Final = 380
"""The width of what is kept and heard, at 100 %."""


class FoundList(QListView):
    """Results in groups. Enter or a click opens one, with Ctrl in a new tab; Delete asks to go."""

    opened = Signal(object, bool)
    removed = Signal(object)
    moved = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = FoundModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(FoundDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("ground", "clear")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(False)
        self.setAccessibleName(name)
        self.selectionModel().currentChanged.connect(self.moved)
        theme.follow(self, self.scheduleDelayedItemsLayout)

    def show_groups(self, groups: tuple[FoundGroup, ...]) -> None:
        """Show these results, the first being current."""
        self.rows.show_groups(groups)
        self.begin()

    def show_rows(self, rows: tuple[Found, ...]) -> None:
        """Show these without groups; the row that was current stays so."""
        was = self.currentIndex().row()
        self.rows.show_results(rows)
        if rows and was >= 0:
            self.setCurrentIndex(self.rows.index(min(was, len(rows) - 1)))
        self.moved.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.begin()

    def begin(self) -> None:
        """Let the first result be current."""
        if (first := self.rows.next_result(-1, 1)) >= 0:
            self.setCurrentIndex(self.rows.index(first))
        self.moved.emit()

    def current(self) -> object | None:
        """Return what the current row stands for."""
        row = self.currentIndex().row()
        found = self.rows.row(row) if 0 <= row < self.rows.rowCount() else None
        return found.value if isinstance(found, Found) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(aside=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif key == Qt.Key.Key_Delete and (value := self.current()) is not None:
            self.removed.emit(value)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        under = self.indexAt(event.position().toPoint())
        hit = under.isValid() and under == self.currentIndex()
        if hit and event.button() == Qt.MouseButton.LeftButton:
            self._open(aside=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))

    def sizeHint(self) -> QSize:
        return QSize(px(SIDE), px(240))

    def _open(self, *, aside: bool) -> None:
        if (value := self.current()) is not None:
            self.opened.emit(value, aside)


class Section(Panel):
    """A list with its heading; where it is empty, one sentence stands in its place."""

    def __init__(self, title: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__("clear", parent)
        self.heading = SectionHeading(title)
        self.list = FoundList(title)
        self.nothing = EmptyState(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        top = QHBoxLayout()
        top.setContentsMargins(16, 0, 16, 0)
        top.addWidget(self.heading)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing, 1)
        self.show_rows(())

    def show_rows(self, rows: tuple[Found, ...], note: str = "") -> None:
        """Show these rows, with a note beside the heading."""
        self.heading.set_note(note)
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
