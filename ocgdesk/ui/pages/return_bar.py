"""Which return is drawn up: of which period, beside which, and what it is narrowed by."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from ocgdesk.casework.return_wishes import is_dated
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.returns import Definition, Layout, Period
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.narrow_dialog import NarrowDialog, Narrowing
from ocgdesk.ui.pages.return_parts import CUSTOM, PeriodBoxes, choices, options
from ocgdesk.ui.widgets.buttons import outline
from ocgdesk.ui.widgets.chips import Filter, FilterChip
from ocgdesk.ui.widgets.flow import Flow
from ocgdesk.ui.widgets.inputs import Option, Select

_ALWAYS: Final = frozenset({"agency", "part"})
"""What most returns are narrowed by: it has a box of its own."""


class ReturnBar(Flow):
    """The boxes over a return, and a chip for whatever else it is narrowed by."""

    changed = Signal()
    """Something else is wanted of the same return."""
    turned = Signal(str)
    """Another return is wanted: its code."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._definition: Definition | None = None
        self._narrowed: dict[str, Narrowing] = {}
        self._chips: list[FilterChip] = []
        self.dialog: NarrowDialog | None = None
        """The dialog of filters last opened."""
        today = desk.today()
        self.which = Select((), name=_("Return"), icon="page.return", strong=True)
        self.periods = Select(options(today), name=_("Period"))
        self.boxes = PeriodBoxes(choices(today)[0].period, today)
        before = (Option("previous", _("Against the period before")), Option("alone", _("Alone")))
        self.against = Select(before, name=_("Against"))
        self.against.choose("previous")
        self.agency = Select((Option("", _("Every agency")),), name=_("Agency"))
        parts = (Option("", _("Lead and support")), *_options("claim-parts"))
        self.part = Select(parts, name=_("Lead or support"))
        self.narrow_button = outline(_("More filters"), icon="action.filter", height="bar")
        self.show_parts([
            *(self.which, self.periods, self.boxes, self.against, self.agency, self.part),
            self.narrow_button,
        ])  # fmt: skip
        self.boxes.hide()
        self._wire()

    @property
    def compared(self) -> bool:
        """Whether it stands against the period before."""
        return self.against.current == "previous"

    def period(self) -> Period:
        """Return the period chosen; the one that was last sound where other days are typed."""
        if self.periods.current == CUSTOM:
            return self.boxes.period() or self.boxes.sound
        known = {one.key: one.period for one in choices(self._desk.today())}
        return known.get(self.periods.current) or next(iter(known.values()))

    def filters(self) -> dict[str, str]:
        """Return what it is narrowed by: a value for each field."""
        more = {one.name: one.value for one in self._narrowed.values()}
        return {"agency": self.agency.current, "part": self.part.current, **more}

    def offer(self, known: Sequence[Definition], definition: Definition) -> None:
        """Show which returns there are, and what this one can be asked for."""
        self._definition = definition
        offered = tuple(Option(one.code, _(one.title)) for one in known)
        self.which.show_options(offered, definition.code)
        agencies = (Option("", _("Every agency")), *_options("agencies"))
        self.agency.show_options(agencies, self.agency.current)
        self.agency.setEnabled("agency" in definition.asks)
        self.part.setEnabled("part" in definition.asks)
        self.against.setEnabled(definition.layout is Layout.PERIODS)
        for box in (self.periods, self.boxes):
            box.setEnabled(is_dated(definition))
        self.narrow_button.setVisible(bool(set(definition.asks) - _ALWAYS))
        self._narrow_by([one for one in self._narrowed.values() if one.name in definition.asks])
        self.seat()

    def _wire(self) -> None:
        self.which.chosen.connect(self.turned)
        self.periods.chosen.connect(self._on_period)
        self.boxes.changed.connect(self.changed)
        for box in (self.against, self.agency, self.part):
            box.chosen.connect(self._on_chosen)
        self.narrow_button.clicked.connect(self.narrow)

    def _narrow_by(self, narrowed: Sequence[Narrowing]) -> None:
        """Hold these filters, with a chip each."""
        self._narrowed = {one.name: one for one in narrowed}
        for chip in self._chips:
            self.parts.remove(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [FilterChip(Filter(one.name, one.words)) for one in narrowed]
        for chip in self._chips:
            chip.removed.connect(self._on_removed)
            chip.opened.connect(self.narrow)
            self.add(chip)

    @Slot(str)
    def _on_period(self, key: str) -> None:
        self.boxes.setVisible(key == CUSTOM)
        self.seat()
        self.changed.emit()

    @Slot(str)
    def _on_chosen(self, _key: str) -> None:
        self.changed.emit()

    @Slot()
    def narrow(self) -> None:
        """Ask what else it is to be narrowed by."""
        if self._definition is None:
            return
        self.dialog = NarrowDialog(
            self._desk, self._definition, self._narrowed, leaving=_ALWAYS, parent=self
        )
        self.dialog.chosen.connect(self._on_narrowed)
        self.dialog.open()

    @Slot(object)
    def _on_narrowed(self, narrowed: tuple[Narrowing, ...]) -> None:
        self._narrow_by(narrowed)
        self.changed.emit()

    @Slot(str)
    def _on_removed(self, name: str) -> None:
        self._narrow_by([one for one in self._narrowed.values() if one.name != name])
        self.changed.emit()


def _options(name: str) -> tuple[Option, ...]:
    return tuple(Option(item.code, item.label) for item in code_list(name).offered())
