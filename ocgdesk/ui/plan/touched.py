"""The records an action touches: taken from those linked to the OCG, put back with a click."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.i18n import _
from ocgdesk.store.records import Brief
from ocgdesk.ui import words
from ocgdesk.ui.widgets.buttons import icon_button
from ocgdesk.ui.widgets.inputs import Option, Select
from ocgdesk.ui.widgets.labels import ElidedLabel, IconLabel, Label

_ADD: Final = ""


class TouchedField(QWidget):
    """A line for each record, and a drop-down with the others. ``ids`` holds the choice."""

    changed = Signal()

    def __init__(
        self,
        records: Mapping[UUID, Brief],
        *,
        title: str = "",
        add: str = "",
        gone: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.records = records
        self._add = add or _("Add a record of this OCG")
        self._gone = gone or _("{record} is not touched")
        self.ids: tuple[UUID, ...] = ()
        self.wrong = ""
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self.others = Select(name=add or _("Add a record it touches"), icon="action.add")
        self.others.chosen.connect(self._on_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(Label(title or _("Touches"), step="small", ink="text.3", weight="medium"))
        column.addLayout(self._lines)
        column.addWidget(self.others)

    def show_ids(self, ids: Iterable[UUID]) -> None:
        """Show these records as touched."""
        self.ids = tuple(ids)
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for id_ in self.ids:
            if (record := self.records.get(id_)) is not None:
                self._lines.addWidget(self._line(record))
        left = [item for item in self.records.values() if item.id not in self.ids]
        left.sort(key=lambda item: (item.kind.value, item.label.casefold()))
        offered = (Option(str(item.id), f"{item.label} · {words.one(item.kind)}") for item in left)
        self.others.show_options((Option(_ADD, self._add), *offered))
        self.others.setVisible(bool(left))

    def _line(self, record: Brief) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(IconLabel(words.icon_of(record.kind, exploited=record.exploited), size=15))
        row.addWidget(ElidedLabel(record.label), 1)
        remove = icon_button("action.close", self._gone.format(record=record.label))
        remove.clicked.connect(partial(self._on_removed, record.id))
        row.addWidget(remove)
        return line

    def _on_removed(self, id_: UUID) -> None:
        self.show_ids(other for other in self.ids if other != id_)
        self.changed.emit()

    def _on_chosen(self, key: str) -> None:
        if key != _ADD:
            self.show_ids((*self.ids, UUID(key)))
            self.changed.emit()
