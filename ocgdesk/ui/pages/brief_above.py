"""What is marked higher than the marking somebody chose for a briefing: all of it, to be opened."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ocgdesk.casework.brief_marking import Above
from ocgdesk.i18n import _
from ocgdesk.ui.models.short_table import Column, ShortTable, ShortTableView, column
from ocgdesk.ui.navigation import PageKind, Target
from ocgdesk.ui.widgets import values
from ocgdesk.ui.widgets.buttons import outline
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.values import Cell, Text


class BriefAbove(QWidget):
    """The items that outrank a marking, with a way to open each."""

    opened = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ShortTable(_columns())
        self.table = ShortTableView(self.model, name=_("Marked higher"))
        self.open_button = outline(_("Open"))
        self.says = Label(
            _("Lower these on their records, or choose a higher marking."), ink="text.2", wrap=True
        )
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.addWidget(self.says, 1)
        foot.addWidget(self.open_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.table, 1)
        whole.addLayout(foot)
        self.table.opened.connect(self._on_opened)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.open_button.clicked.connect(self._on_open)

    def show_items(self, items: Sequence[Above]) -> None:
        """Show what outranks the marking."""
        self.model.show_rows(items)
        self.table.share()
        if items:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._on_current()

    @Slot()
    def _on_current(self) -> None:
        row: Above | None = self.table.row()
        self.open_button.setEnabled(row is not None and row.record is not None)

    @Slot()
    def _on_open(self) -> None:
        self._on_opened(self.table.currentIndex().row())

    @Slot(int)
    def _on_opened(self, number: int) -> None:
        record = self.model.rows[number].record
        if record is not None:
            target = Target(page=PageKind.RECORD, kind=record.kind, id=record.id)
            self.opened.emit(target, False)


def _named(row: Above) -> Cell:
    if row.record is None:
        return Text(_("Figures of the whole workspace"), "text.2")
    return values.Entity(kind=row.record.kind.value, label=row.record.label)


def _columns() -> tuple[Column, ...]:
    return (
        column(_("Record"), _named, lambda row: values.words(_named(row)).casefold(), 260),
        column(_("Reference"), lambda row: Text(row.ref, "text.2"), lambda row: row.ref, 190,
               stretch=0),
        column(_("Marking"), lambda row: Text(row.marking.banner), lambda row: row.marking.value,
               180, stretch=0),
    )  # fmt: skip
