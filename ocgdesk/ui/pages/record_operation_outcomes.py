"""What came straight of an operation, without a claim: its table and what is done with it."""

from uuid import UUID

from ocgdesk.casework.disruption_ledger import Came
from ocgdesk.casework.operations import Case
from ocgdesk.domain.disruptions import Outcome
from ocgdesk.i18n import _
from ocgdesk.store.records import Brief
from ocgdesk.ui.dialogs.case_dialog import Question, of
from ocgdesk.ui.pages.record_case_parts import Asking, CaseSection
from ocgdesk.ui.pages.record_disruption import outcomes_section
from ocgdesk.ui.pages.record_outcome_acts import WHOM, OutcomeActs


class OperationOutcomes(OutcomeActs):
    """Acts on the outcomes that stand on an operation itself."""

    def __init__(self, asking: Asking, id_: UUID) -> None:
        super().__init__(asking, id_)
        self.came = Came()
        self.case: Case | None = None

    def lines(self) -> tuple[Outcome, ...]:
        return self.came.outcomes

    def subjects(self) -> tuple[Brief, ...]:
        bears_on = self.case.bears_on if self.case else ()
        return tuple(item.other for item in bears_on if item.other.kind in WHOM)

    def day(self) -> Question:
        return of(Outcome, "on", required=True, value=self._asking.desk.today())

    def more(self) -> tuple[Question, ...]:
        agency = self.case.operation.agency if self.case else ""
        return (
            of(Outcome, "strand"),
            of(Outcome, "agency", value=agency),
            of(Outcome, "part", value="lead"),
        )


def section() -> CaseSection:
    """Return the table of what came of an operation itself."""
    return outcomes_section(
        empty=_("Nothing stands on the operation itself. What is claimed as a disruption stands "
                "on its claim."),
        adds_steps=False,
    )  # fmt: skip
