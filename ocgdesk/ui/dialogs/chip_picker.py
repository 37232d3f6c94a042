"""Things named in a dialog: found as one types, shown as chips, taken away again."""

from typing import Any, Protocol
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.ui.desk import Desk
from ocgdesk.ui.forms.finder import Finder
from ocgdesk.ui.widgets.chips import FilterChip
from ocgdesk.ui.widgets.flow import Flow
from ocgdesk.ui.widgets.labels import Label


class Named(Protocol):
    """What can be chosen: it has an id."""

    @property
    def id(self) -> UUID:
        """The id, which its chip goes by."""


class ChipPicker(QWidget):
    """A search box, what it found, and a chip for each thing chosen.

    A picker makes its ``Finder`` and says how the chip of one thing looks (``chip``).
    """

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.chosen: dict[UUID, Any] = {}
        """What was chosen, in the order it was."""
        self.chips = Flow()
        self.chips.hide()

    def build(self, title: str, finder: Finder, *, spacing: int) -> None:
        """Lay out the title, the chips and the search."""
        self.finder = finder
        self.box, self.hits = finder.box, finder.hits
        self.table, self.nothing = finder.table, finder.nothing
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(spacing)
        heading = Label(title, step="small", ink="text.3", weight="medium")
        for part in (heading, self.chips, finder):
            column.addWidget(part)
        finder.taken.connect(self._on_taken)

    @property
    def ids(self) -> tuple[UUID, ...]:
        """The ids of what was chosen."""
        return tuple(self.chosen)

    def choose(self, one: Named) -> None:
        """Name this too."""
        self.chosen = self.chosen | {one.id: one}
        self.finder.clear()
        self.show_chips()
        self.changed.emit()

    def ready(self) -> bool:
        """Tell whether nothing is asked for any more."""
        return self.finder.ready()

    def chip(self, one: Any) -> FilterChip:
        """Return the chip of one thing chosen."""
        raise NotImplementedError

    def show_chips(self) -> None:
        """Show a chip for each thing chosen, and no room for them where there is none."""
        chips: list[QWidget] = []
        for one in self.chosen.values():
            chip = self.chip(one)
            chip.removed.connect(self._on_removed)
            chips.append(chip)
        self.chips.show_parts(chips)
        self.chips.setVisible(bool(chips))

    def _on_taken(self, one: Named) -> None:
        self.choose(one)
        self.box.setFocus()

    def _on_removed(self, key: str) -> None:
        self.chosen.pop(UUID(key), None)
        self.show_chips()
        self.changed.emit()
