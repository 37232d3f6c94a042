"""Criminal-justice steps ticked off for an outcome: each arrest, charge or sentence counts once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from ocgdesk.casework.disruption_ledger import OpenStep
from ocgdesk.domain.dates import shown
from ocgdesk.domain.reference_data import Code, code_list, label
from ocgdesk.domain.subrecords import CourtStep
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui.delegates.roles import Density
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column, ShortTableView, column
from ocgdesk.ui.models.tick_table import TickTable
from ocgdesk.ui.widgets.inputs import Option, Select
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.values import Text

_ROWS: Final = 8


@dataclass(frozen=True, slots=True)
class Counted:
    """Which measure is claimed, and the steps it is counted from."""

    measure: str
    steps: tuple[UUID, ...]


class StepsDialog(DeskSheet):
    """The steps that no outcome counts yet, by measure; ``answered`` hands over those ticked."""

    answered = Signal(object)

    def __init__(
        self,
        desk: Desk,
        found: Sequence[OpenStep],
        *,
        begin: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Make the dialog; ``begin`` is the measure it starts with, else one there are steps of."""
        super().__init__(desk, _("Count steps"), _("Record"), width=620, parent=parent)
        self._found = tuple(found)
        self.measures = {one.code: str(one.get("step")) for one in _counted()}
        options = tuple(Option(one.code, one.label) for one in _counted())
        self.measure = Select(options, name=_("Outcome"))
        self.model = TickTable(step_columns(), lambda one: one.step.id)
        self.table = ShortTableView(
            self.model, name=_("Steps no outcome counts yet"), density=Density.COMPACT
        )
        self.table.setMinimumHeight(px(28 * _ROWS))
        self.count = Label("", step="small", ink="text.2")
        note = _("Steps of the people named, the members of the OCGs and the operation. What is "
                 "counted already, by whichever agency, is not offered.")  # fmt: skip
        for part in (Label(note, ink="text.2", wrap=True), self.measure, self.table, self.count):
            self.body.addWidget(part)
        self.measure.chosen.connect(self._on_measure)
        self.model.ticked.connect(self._on_ticked)
        self.measure.choose(begin or self._first())
        self._on_measure(self.measure.current)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        ticked = tuple(self.model.on)
        if not ticked:
            self.say(_("Tick the steps that are counted."))
            return
        self.answered.emit(Counted(self.measure.current, ticked))

    def _first(self) -> str:
        """Return the first measure there are steps to count of; the first of all where none."""
        there = {one.step.step for one in self._found}
        waiting = (code for code, step in self.measures.items() if step in there)
        return next(waiting, next(iter(self.measures), ""))

    @Slot(str)
    def _on_measure(self, code: str) -> None:
        self.model.clear()
        self.model.show_rows([one for one in self._found if one.step.step == self.measures[code]])
        self.table.share()
        self._on_ticked()

    @Slot()
    def _on_ticked(self) -> None:
        n, every = len(self.model.on), len(self.model.rows)
        if not every:
            self.count.setText(
                _("No step of this kind waits to be counted: add it first, with Add step…")
            )
            return
        told = ngettext("{n} of {all} step ticked", "{n} of {all} steps ticked", every)
        self.count.setText(told.format(n=n, all=every))


def _counted() -> list[Code]:
    return [one for one in code_list("outcome-measures").offered() if one.get("step", "")]


def _words(step: CourtStep) -> str:
    """Return a step in words: ``Arrested``, ``Sentenced, 4 years``."""
    words = label("court-steps", step.step)
    if step.amount is None:
        return words
    unit = label("court-units", step.unit).lower()
    told = _("{step}, {amount} {unit}").format(step=words, amount=f"{step.amount:,g}", unit=unit)
    return told.rstrip()


def step_columns() -> tuple[Column, ...]:
    """Return the columns of criminal-justice steps with whose they are."""
    return (
        column(_("Person"), lambda o: entity(o.person), lambda o: o.person.label.casefold(), 150,
               stretch=2),
        column(_("Step"), lambda o: Text(_words(o.step)), lambda o: o.step.step, 88, stretch=1),
        column(_("Date"), lambda o: Text(shown(o.step.on) if o.step.on else "–", "text.2"),
               lambda o: o.step.on, 100, stretch=0),
        column(_("Reference"), lambda o: Text(o.step.ref, "text.3", mono=True),
               lambda o: o.step.ref, 174, stretch=0),
    )  # fmt: skip
