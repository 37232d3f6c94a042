"""Records named in a dialog: found as one types, shown as chips, taken away again."""

from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtWidgets import QWidget

from ocgdesk.domain.kinds import Kind
from ocgdesk.i18n import _
from ocgdesk.store.records import Brief
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.chip_picker import ChipPicker, Named
from ocgdesk.ui.forms.finder import Finder, brief_columns, briefs
from ocgdesk.ui.widgets.chips import Filter, FilterChip

_FOUND: Final = 12
_GAP: Final = 4


class RecordPicker(ChipPicker):
    """A search box over records of one kind, what it found, and a chip for each one chosen.

    With ``only_one`` a further choice takes the place of the first.
    """

    def __init__(
        self,
        desk: Desk,
        kind: Kind,
        title: str,
        *,
        only_one: bool = False,
        without: UUID | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, parent)
        self.kind = kind
        self._only_one = only_one
        self._without = without
        finder = Finder(
            desk,
            partial(briefs, kinds=(kind,), most=_FOUND),
            brief_columns(name=240, ref=170),
            prompt=_("Find by name, number or reference"),
            spacing=_GAP,
            passes=self._is_open,
            parent=self,
        )
        finder.box.setAccessibleName(title)
        self.build(title, finder, spacing=_GAP)

    def choose(self, one: Named) -> None:
        """Name this record, too or instead."""
        if self._only_one:
            self.chosen = {}
        super().choose(one)

    def chip(self, one: Brief) -> FilterChip:
        """Return the chip of a record: its label, its reference."""
        said = f"{one.label} · {one.ref}" if one.ref else one.label
        return FilterChip(Filter(str(one.id), said))

    def _is_open(self, record: Brief) -> bool:
        """Tell whether a record found can still be chosen."""
        return record.id not in self.chosen and record.id != self._without
