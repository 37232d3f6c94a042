"""Rows one above the other that people add and take away, with a button for one more."""

from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.ui.widgets.buttons import text_button


class StackedRow(Protocol):
    """A row: a widget that says when it changed, and when it is to go."""

    changed: SignalInstance
    removed: SignalInstance


class RowStack(QWidget):
    """Holds the rows in their order. ``wanted`` asks for one more, which ``append`` puts in."""

    changed = Signal()
    wanted = Signal()

    def __init__(self, more: str, *, spacing: int = 6, parent: QWidget | None = None) -> None:
        """``more`` is on the button that asks for one more row."""
        super().__init__(parent)
        self.rows: list[Any] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(spacing)
        self.add_button = text_button(more, icon="action.add")
        self.add_button.clicked.connect(self.wanted)
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        self._column.addLayout(foot)

    def append(self, row: StackedRow) -> None:
        """Put a row after the others."""
        assert isinstance(row, QWidget)  # noqa: S101 - whatever says so is a widget here
        row.changed.connect(self.changed)
        row.removed.connect(partial(self._on_removed, row))
        self._column.insertWidget(len(self.rows), row)
        self.rows.append(row)

    def clear(self) -> None:
        """Take every row away, without telling anybody."""
        for row in self.rows:
            self._drop(row)
        self.rows = []

    def _on_removed(self, row: QWidget) -> None:
        self.rows.remove(row)
        self._drop(row)
        self.changed.emit()

    def _drop(self, row: QWidget) -> None:
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
