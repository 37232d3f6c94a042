"""Records named one after the other: their order counts, and is shown."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ocgdesk.domain.kinds import SUBJECTS, Kind
from ocgdesk.i18n import _
from ocgdesk.store import records
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.forms.finder import Finder, briefs
from ocgdesk.ui.inquiry import Inquiry
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column
from ocgdesk.ui.widgets.chips import Filter, FilterChip
from ocgdesk.ui.widgets.flow import Flow
from ocgdesk.ui.widgets.values import Heading, Text

_FOUND = 8


class ChosenRecords(QWidget):
    """A box to find records by, and a numbered chip for each one named."""

    changed = Signal()

    def __init__(
        self,
        desk: Desk,
        kinds: Sequence[Kind] = SUBJECTS,
        *,
        prompt: str,
        name: str,
        numbered: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._numbered = desk, numbered
        self._asked = Inquiry(self._desk, self)
        self.chosen: dict[UUID, Brief] = {}
        """The records named, in their order."""
        search = partial(briefs, kinds=tuple(kinds), most=_FOUND)
        self.finder = Finder(
            desk, search, _columns(), prompt=prompt, name=name, passes=self._is_new
        )
        self.finder.box.setAccessibleName(name)
        self.chips = Flow()
        self.setFocusProxy(self.finder.box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.chips, self.finder):
            column.addWidget(part)
        self.chips.hide()
        self.finder.taken.connect(self.choose)

    @property
    def ids(self) -> tuple[UUID, ...]:
        """The ids of the records named, in their order."""
        return tuple(self.chosen)

    def ready(self) -> bool:
        """Tell whether nothing is asked for any more."""
        return not self._asked.is_open and self.finder.ready()

    def show_ids(self, ids: Sequence[UUID]) -> None:
        """Name these records instead; those that are gone are left out."""
        query = partial(_read, ids=tuple(ids))
        self._asked.ask(query, self._on_read)

    def choose(self, record: Brief) -> None:
        """Name this one too, after the others."""
        self.chosen[record.id] = record
        self.finder.clear()
        self._show()

    def turn(self) -> None:
        """Name them in the opposite order."""
        self.chosen = dict(reversed(self.chosen.items()))
        self._show()

    def _is_new(self, record: Brief) -> bool:
        return record.id not in self.chosen

    def _on_read(self, found: list[Brief]) -> None:
        self.chosen = {brief.id: brief for brief in found}
        self._show()

    def _show(self) -> None:
        chips: list[QWidget] = []
        for number, record in enumerate(self.chosen.values(), 1):
            words = f"{record.label} · {record.ref}" if record.ref else record.label
            chip = FilterChip(
                Filter(str(record.id), f"{number}  {words}" if self._numbered else words)
            )
            chip.removed.connect(self._on_removed)
            chips.append(chip)
        self.chips.show_parts(chips)
        self.chips.setVisible(bool(chips))
        self.changed.emit()

    def _on_removed(self, key: str) -> None:
        self.chosen.pop(UUID(key), None)
        self._show()


def _read(reader: Reader, ids: tuple[UUID, ...]) -> list[Brief]:
    known = records.by_ids(reader, ids)
    return [known[id_] for id_ in ids if id_ in known]


def _columns() -> tuple[Column, ...]:
    return (
        Column(
            heading=Heading(title=_("Record")),
            cell=entity,
            order=lambda item: item.label.casefold(),
            width=200,
            stretch=2,
        ),
        Column(
            heading=Heading(title=_("Reference")),
            cell=lambda item: Text(item.ref, "text.3", mono=True),
            order=lambda item: item.ref,
            width=170,
            stretch=0,
        ),
    )
