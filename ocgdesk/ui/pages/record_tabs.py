"""Tables below the tabs of a record's page: links, reports, history."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ocgdesk.ui.models.short_table import Column, ShortTable, ShortTableView
from ocgdesk.ui.widgets.buttons import Button, outline, text_button
from ocgdesk.ui.widgets.notes import EmptyState


class TablePart(QWidget):
    """A table with a line of buttons above it and a sentence where it is empty."""

    opened = Signal(object)
    selected = Signal(object)
    acted = Signal(str)

    def __init__(
        self, columns: Sequence[Column], *, name: str, empty: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows = ShortTable(columns)
        self.stack = QStackedWidget(self)
        self.table = _Table(self.rows, name=name, parent=self.stack)
        self.empty = EmptyState(empty, parent=self.stack)
        self.buttons: dict[str, Button] = {}
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bar.setContentsMargins(24, 8, 24, 8)
        self._bar.setSpacing(8)
        self._bar.addStretch(1)
        self.bar = QWidget(self)
        self.bar.setLayout(self._bar)
        self.bar.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)
        self.table.opened.connect(self._on_opened)
        self.table.acted.connect(self.acted)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.empty.acted.connect(self._on_empty)

    def add_button(self, key: str, title: str, icon: str, shortcut: str = "") -> Button:
        """Put a button at the left of the line above the table."""
        made = (outline if key == "add" else text_button)(title, icon=icon, key=shortcut)
        made.setProperty("act", key)
        made.clicked.connect(self._on_button)
        self.buttons[key] = made
        self._bar.insertWidget(len(self.buttons) - 1, made)
        self.bar.show()
        return made

    def add_widget(self, widget: QWidget) -> None:
        """Put a control at the right of the line above the table."""
        self._bar.addWidget(widget)
        self.bar.show()

    def show_rows(self, rows: Sequence[Any], key: Callable[[Any], Any]) -> None:
        """Show these rows; the current one stays, by its key."""
        now = self.table.row()
        self.rows.show_rows(rows)
        self.stack.setCurrentIndex(0 if rows else 1)
        self.table.share()
        for button in ("edit", "remove"):
            if button in self.buttons and not self.buttons[button].property("refused"):
                self.buttons[button].setEnabled(bool(rows))
        kept = next((n for n, row in enumerate(rows) if now and key(row) == key(now)), -1)
        if kept >= 0:
            at = next(n for n, row in enumerate(self.rows.rows) if key(row) == key(now))
            self.table.setCurrentIndex(self.rows.index(at, 0))

    def refuse(self, reason: str) -> None:
        """Disable what changes something, and say why."""
        for key in ("add", "edit", "remove"):
            if key in self.buttons:
                self.buttons[key].setProperty("refused", True)
                self.buttons[key].refuse(reason)

    def bar_one(self, key: str, reason: str) -> None:
        """Disable one button and say why; without a reason enable it, where it is there."""
        if (button := self.buttons.get(key)) is not None:
            button.refuse(reason) if reason else button.allow()

    def allow(self) -> None:
        """Enable it again."""
        for key in ("add", "edit", "remove"):
            if key in self.buttons:
                self.buttons[key].setProperty("refused", False)
                self.buttons[key].allow()
                self.buttons[key].setEnabled(key == "add" or bool(self.rows.rows))

    def _on_opened(self, row: int) -> None:
        self.opened.emit(self.rows.rows[row])

    def _on_current(self) -> None:
        self.selected.emit(self.table.row())

    def _on_button(self) -> None:
        self.acted.emit(str(self.sender().property("act")))

    def _on_empty(self) -> None:
        self.acted.emit("add")


class _Table(ShortTableView):
    """A short table that tells of Insert, F2 and Delete."""

    acted = Signal(str)
    _KEYS: Final = {
        Qt.Key.Key_Insert: "add",
        Qt.Key.Key_F2: "edit",
        Qt.Key.Key_Delete: "remove",
    }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._KEYS.get(Qt.Key(event.key()))
        if act and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.acted.emit(act)
            return
        super().keyPressEvent(event)
