"""The page of an outcome: what it came of, the steps it counts, where a seizure is entered."""

from collections.abc import Callable
from functools import partial
from typing import Any

from ocgdesk.casework import disruption_ledger
from ocgdesk.casework.disruption_ledger import OpenStep, OutcomeLook
from ocgdesk.domain.dates import shown
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.ui.dialogs.steps_dialog import step_columns
from ocgdesk.ui.pages.record_case_parts import CasePart, CaseSection
from ocgdesk.ui.pages.record_disruption import briefs_section, outcome_value
from ocgdesk.ui.pages.record_parts import Fact, FactStrip
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.values import NONE


class OutcomePart(CasePart):
    """An outcome in its place: nothing is changed here, it is a door to what stands round it."""

    TOUCHED = (Kind.OUTCOME, Kind.DISRUPTION, Kind.OPERATION, Kind.COURT_STEP, Kind.LINK)

    def build(self) -> None:
        self.facts = FactStrip(self.body)
        self.impact = Label("", wrap=True, parent=self.body)
        for part in (self.facts, self.impact):
            self.body.column.addWidget(part)
        steps = CaseSection(
            _("Counted from"), step_columns(), empty=_("It names no criminal-justice step.")
        )
        sections = (
            ("of", briefs_section(_("Came of"), _("What it came of is not open to you."))),
            ("steps", steps),
            ("ledger", briefs_section(_("In the commodity ledger"), "")),
        )
        for key, section in sections:
            self.add_section(key, section)
            section.opened.connect(self._on_opened)

    def query(self) -> Callable[[Reader], Any]:
        return partial(disruption_ledger.look_at_outcome, id_=self.id)

    def fill(self, found: OutcomeLook) -> None:
        self.facts.show_facts(_facts(found))
        self.impact.setText(found.outcome.impact.strip())
        self.impact.setVisible(bool(self.impact.text()))
        self.sections["of"].show_rows((found.owner,) if found.owner else ())
        self.sections["steps"].show_rows(found.steps)
        self.sections["ledger"].show_rows(found.ledger)
        self.sections["ledger"].setVisible(bool(found.ledger))

    def _on_opened(self, row: Any) -> None:
        if isinstance(row, OpenStep):
            self.opened.emit(row.person)
        elif isinstance(row, Brief):
            self.opened.emit(row)


def _facts(found: OutcomeLook) -> tuple[Fact, ...]:
    """Return what an outcome says of itself, in a strip."""
    one = found.outcome
    return (
        Fact(caption=label("outcome-measures", one.measure), value=outcome_value(one) or NONE),
        Fact(caption=_("Date"), value=shown(one.on) if one.on else NONE),
        Fact(caption=_("Strand"), value=label("strands", one.strand) or NONE),
        Fact(caption=_("Agency"), value=label("agencies", one.agency) or NONE,
             note=label("claim-parts", one.part)),
        Fact(caption=_("Followed up"), value=shown(one.follow_up) if one.follow_up else NONE),
    )  # fmt: skip
