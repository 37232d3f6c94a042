"""What the user does on an operation's case: each act with the questions it asks."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject

from ocgdesk.casework import operations
from ocgdesk.casework.operations import Case, OnPerson, Referred
from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.subrecords import CourtStep, Decision, GainReferral, ThreatWarning
from ocgdesk.i18n import _
from ocgdesk.store.work import Work
from ocgdesk.ui.dialogs.case_dialog import Form, asked, of
from ocgdesk.ui.pages.record_case_parts import Asking
from ocgdesk.ui.widgets.inputs import Option


class OperationActs(QObject):
    """Acts on the operation that is shown."""

    def __init__(self, asking: Asking, id_: UUID) -> None:
        super().__init__(asking)
        self._asking = asking
        self._id = id_
        self.case: Case | None = None

    def act(self, key: str, row: Any) -> None:
        """Do what a section's button says, with the row that is chosen."""
        match key, row:
            case "add-step", _:
                self.add_step()
            case "add-warning", _:
                self.add_warning()
            case "review-warning", OnPerson():
                self.review_warning(row)
            case "refer", _:
                self.refer()
            case "answer", Referred():
                self.answer(row)

    def move_phase(self) -> None:
        """Ask into which phase the operation moves, and since when."""
        if self.case is None:
            return
        now, order = self.case.operation.phase, list(operations.DATES)
        following = order.index(now) + 1 if now in order else 0
        options = tuple(
            Option(code, label(operations.PHASES, code)) for code in order if code != now
        )
        first = order[min(following, len(order) - 1)]
        today = self._asking.desk.today()
        form = Form(
            title=_("Move phase"),
            accept=_("Move"),
            note=_("The phase keeps the day it began. Going back empties the days after it."),
            questions=(
                asked(_("Phase"), "phase", FieldType.CODE, options=options, value=first),
                asked(_("Since"), "day", FieldType.DAY, required=True, value=today),
                asked(_("Reason, where it goes back"), "reason", wide=True),
            ),
        )

        def act(work: Work, said: dict[str, Any]) -> None:
            operations.move_phase(work, self._id, today=today, **said)

        self._asking.ask(form, _("Move phase"), act)

    def add_step(self) -> None:
        """Ask for a criminal-justice step of a person within the operation."""
        ask_step(self._asking, self._id)

    def add_warning(self) -> None:
        """Ask for a threat-to-life warning."""
        today = self._asking.desk.today()
        form = Form(
            title=_("Add threat-to-life warning"),
            accept=_("Add"),
            questions=(
                asked(_("To"), "nominal", FieldType.ENTITY, pick=Kind.NOMINAL, required=True),
                of(ThreatWarning, "warning_type", value="warning"),
                of(ThreatWarning, "given", required=True, value=today),
                of(ThreatWarning, "given_by"),
                of(ThreatWarning, "review_due", required=True),
                of(ThreatWarning, "threat"),
            ),
        )

        def act(work: Work, said: dict[str, Any]) -> None:
            nominal = said.pop("nominal")
            new = ThreatWarning(operation=self._id, **said)
            operations.give_warning(work, nominal, new)

        self._asking.ask(form, _("Add threat-to-life warning"), act)

    def review_warning(self, row: OnPerson) -> None:
        """Ask when the threat is looked at next, or whether the warning is closed."""
        form = Form(
            title=_("Threat looked at again"),
            accept=_("Save"),
            note=_("Give the next day, or the day on which the warning was closed."),
            questions=(
                asked(_("Look again on"), "next_due", FieldType.DAY),
                asked(_("Closed on"), "closed", FieldType.DAY),
            ),
        )

        def act(work: Work, said: dict[str, Any]) -> None:
            operations.review_warning(work, row.item.id, **said)

        self._asking.ask(form, _("Review threat-to-life warning"), act)

    def refer(self) -> None:
        """Ask to which partner something is referred."""
        if self.case is None:
            return
        about = {self.case.brief.id: self.case.brief}
        about |= {
            item.other.id: item.other
            for item in self.case.bears_on
            if item.other.kind in GainReferral.owners
        }
        options = tuple(Option(str(id_), brief.label) for id_, brief in about.items())
        form = Form(
            title=_("Refer through GAIN"),
            accept=_("Refer"),
            questions=(
                asked(_("About"), "about", options=options, wide=True),
                of(GainReferral, "partner"),
                of(GainReferral, "referred", required=True, value=self._asking.desk.today()),
                of(GainReferral, "note"),
            ),
        )

        def act(work: Work, said: dict[str, Any]) -> None:
            owner = UUID(said.pop("about"))
            operations.refer(work, owner, GainReferral(**said))

        self._asking.ask(form, _("Refer through GAIN"), act)

    def answer(self, row: Referred) -> None:
        """Ask what the partner answered."""
        options = tuple(
            Option(code, label("gain-answers", code)) for code in ("hit", "no-hit", "declined")
        )
        form = Form(
            title=_("Answer of {partner}").format(partner=row.referral.label),
            accept=_("Save"),
            questions=(
                asked(_("Answer"), "said", options=options),
                asked(_("Answered"), "day", FieldType.DAY, required=True,
                      value=self._asking.desk.today()),
                asked(_("Note"), "note", FieldType.LONG_TEXT, value=row.referral.note),
            ),
        )  # fmt: skip

        def act(work: Work, said: dict[str, Any]) -> None:
            operations.answer(work, row.referral.id, **said)

        self._asking.ask(form, _("Answer GAIN referral"), act)

    def decide(self) -> None:
        """Ask for an entry of the policy log."""
        today = self._asking.desk.today()
        form = Form(
            title=_("Add to policy log"),
            accept=_("Add"),
            note=_("An entry can be superseded later, never changed or undone."),
            questions=(
                of(Decision, "title", wide=True),
                of(Decision, "decision_type", value="policy"),
                of(Decision, "decided", value=today),
                of(Decision, "decided_by", wide=True),
                of(Decision, "rationale", required=True),
            ),
        )

        def act(work: Work, said: dict[str, Any]) -> None:
            operations.enter_in_log(work, self._id, Decision(**said), today=today)

        self._asking.ask(form, _("Add to policy log"), act)


def ask_step(asking: Asking, operation: UUID | None, on: date | None = None) -> None:
    """Ask for a criminal-justice step of a person, within an operation or in none."""
    today = asking.desk.today()
    form = Form(
        title=_("Add criminal-justice step"),
        accept=_("Add"),
        questions=(
            asked(_("Person"), "nominal", FieldType.ENTITY, pick=Kind.NOMINAL, required=True),
            of(CourtStep, "step"),
            of(CourtStep, "on", required=True, value=on),
            of(CourtStep, "offences"),
            of(CourtStep, "court"),
            of(CourtStep, "number"),
            of(CourtStep, "result", wide=True),
            of(CourtStep, "amount"),
            of(CourtStep, "unit"),
        ),
        doubts=partial(_step_doubts, asking, operation),
    )

    def act(work: Work, said: dict[str, Any]) -> None:
        nominal = said.pop("nominal")
        step = CourtStep(operation=operation, **said)
        operations.add_step(work, nominal, step, today=today)

    asking.ask(form, _("Add criminal-justice step"), act)


def _step_doubts(
    asking: Asking, operation: UUID | None, values: Mapping[str, Any]
) -> Sequence[str]:
    said = dict(values)
    nominal = said.pop("nominal")
    step = CourtStep(operation=operation, **said)
    with asking.desk.workspace.reading() as reader:
        return operations.step_doubts(reader, nominal, step)
