"""What the user does with the outcomes of a claim: type, count, edit, enter as a seizure."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from ocgdesk.casework import disruption_ledger, disruptions, outcome_rules, records, seizures
from ocgdesk.casework.disruption_ledger import Look, OpenStep
from ocgdesk.domain import claiming
from ocgdesk.domain.disruptions import Outcome
from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import code_list
from ocgdesk.errors import DeskError, Refused
from ocgdesk.i18n import _
from ocgdesk.store.records import Brief
from ocgdesk.store.work import Work
from ocgdesk.ui.dialogs.case_dialog import Form, Question, asked, of
from ocgdesk.ui.dialogs.steps_dialog import Counted, StepsDialog
from ocgdesk.ui.inquiry import Inquiry
from ocgdesk.ui.pages.record_case_parts import Asking
from ocgdesk.ui.pages.record_operation_acts import ask_step
from ocgdesk.ui.pages.record_saving import attempt
from ocgdesk.ui.widgets.inputs import Option

WHOM: Final = (Kind.OCG, Kind.COUNTY_LINE, Kind.NOMINAL)


class OutcomeActs(QObject):
    """Acts on the outcomes of the claim that is shown; another owner says what differs."""

    def __init__(self, asking: Asking, id_: UUID) -> None:
        super().__init__(asking)
        self._asking = asking
        self._id = id_
        self.found: Look | None = None
        self.asked = Inquiry(asking.desk, self)
        self.steps: StepsDialog | None = None
        """The dialog of steps last opened."""

    def lines(self) -> tuple[Outcome, ...]:
        """Return the outcomes that are shown."""
        return self.found.row.outcomes if self.found else ()

    def subjects(self) -> tuple[Brief, ...]:
        """Return whom it is against, the first of whom is offered where somebody is asked for."""
        return self.found.row.subjects if self.found else ()

    def day(self) -> Question:
        """Return how the day is asked: without one it is the day of the claim."""
        return of(Outcome, "on")

    def more(self) -> tuple[Question, ...]:
        """Return what else is asked of an outcome: nothing that its claim says."""
        return ()

    def act(self, key: str, row: Any) -> None:
        """Do what the button of a section says, with the row that is chosen."""
        match key, row:
            case "add", _:
                self.add_outcome()
            case "step", _:
                self.add_step()
            case "steps", _:
                self.count_steps(row)
            case "remove", Outcome():
                self._asking.do(_("Remove outcome"), lambda w: records.remove(w, [row.id]))
            case "edit", Outcome():
                self.edit_outcome(row)
            case "ledger", Outcome() if row.dealing is not None:
                self.take_out(row)
            case "ledger", Outcome():
                self.enter_seizure(row)

    def add_outcome(self) -> None:
        """Ask for one outcome line: its measure, its value, its day."""
        offered = code_list(claiming.MEASURES).offered()
        measures = tuple(Option(one.code, one.label) for one in offered)
        plain = next((one.code for one in offered if not one.get("step")), measures[0].key)
        form = Form(
            title=_("Add outcome"),
            accept=_("Add"),
            note=_("Without a unit it is in the usual one. Count arrests, charges and sentences "
                   "from their criminal-justice steps instead: one arrest then counts once."),
            questions=(
                asked(_("Outcome"), "measure", options=measures, value=plain),
                of(Outcome, "value", required=True),
                of(Outcome, "unit"),
                self.day(),
                *self.more(),
                of(Outcome, "follow_up"),
                of(Outcome, "impact"),
            ),
            doubts=_doubts,
        )  # fmt: skip

        def act(work: Work, said: dict[str, Any]) -> None:
            disruptions.add_outcome(work, Outcome(owner=self._id, **said))

        self._asking.ask(form, _("Record outcome"), act)

    def edit_outcome(self, row: Outcome) -> None:
        """Ask for what is to be said of an outcome; what steps come to is counted, not typed."""
        measure = claiming.measure(row.measure)
        units = tuple(Option(one.code, one.label) for one in code_list("units").offered()
                      if one.code in (*measure.units, row.unit))  # fmt: skip
        figure = (
            of(Outcome, "value", required=True, value=row.value),
            asked(_("Unit"), "unit", options=units, value=row.unit or measure.unit),
        )
        form = Form(
            title=_("Edit {outcome}").format(outcome=measure.label),
            accept=_("Save"),
            questions=(
                *(() if row.steps else figure),
                of(Outcome, "on", value=row.on),
                of(Outcome, "follow_up", value=row.follow_up),
                of(Outcome, "impact", value=row.impact),
            ),
        )

        def act(work: Work, said: dict[str, Any]) -> None:
            records.edit(work, row.id, said, version=row.version)

        self._asking.ask(form, _("Edit outcome"), act)

    # ---- Steps --------------------------------------------------------------------------------

    def add_step(self) -> None:
        """Ask for a criminal-justice step on the claim's day, within its operation."""
        if self.found is None:
            return
        claim = self.found.claim
        ask_step(self._asking, claim.operation, claim.on)
        dialog = self._asking.dialog
        person = next((one for one in self.subjects() if one.kind is Kind.NOMINAL), None)
        if dialog is not None and person is not None:
            dialog.pickers["nominal"].choose(person)

    def count_steps(self, row: object = None) -> None:
        """Offer the steps of the claim's people and operation that no outcome counts yet."""
        query = partial(disruption_ledger.steps_to_claim, id_=self._id)
        self.asked.ask(query, partial(self._show_steps, self._wanting(row)), self._on_failed)

    def _show_steps(self, begin: str, found: tuple[OpenStep, ...]) -> None:
        self.steps = StepsDialog(self._asking.desk, found, begin=begin, parent=self._asking.over)
        self.steps.answered.connect(self._on_counted)
        self.steps.open()

    def _on_failed(self, error: DeskError) -> None:
        self._asking.desk.refused.emit(error)

    def _wanting(self, row: object) -> str:
        """Return the measure of the figure that waits for its steps: the chosen one, else any."""
        chosen = (row,) if isinstance(row, Outcome) else ()
        lines = (*chosen, *self.lines())
        return next((one.measure for one in lines if outcome_rules.is_bare(one)), "")

    @Slot(object)
    def _on_counted(self, counted: Counted) -> None:
        assert self.steps is not None  # noqa: S101 - it has just answered
        new = Outcome(owner=self._id, measure=counted.measure, steps=counted.steps)
        error = attempt(
            self._asking.desk, _("Record outcome"), lambda w: disruptions.add_outcome(w, new)
        )
        if error is None:
            self.steps.accept()
        else:
            self.steps.say(f"{str(error).rstrip('.')}.")

    # ---- The commodity ledger -----------------------------------------------------------------

    def enter_seizure(self, row: Outcome) -> None:
        """Ask from whom a seizure was, and of which commodity; it is entered once."""
        query = partial(seizures.before_entering, outcome=row)
        self.asked.ask(query, partial(self._ask_seizure, row), self._on_failed)

    def _ask_seizure(self, row: Outcome, found: seizures.Offer) -> None:
        other = found.other
        options = tuple(Option(str(one.id), one.label) for one in found.commodities)
        another = _("Why this is another seizure than {other}").format(other=other)
        form = Form(
            title=_("Enter in commodity ledger"),
            accept=_("Enter"),
            note=_("The seizure is entered once, with its value, unit and day."),
            questions=(
                asked(_("Commodity"), "commodity", options=options, value=options[0].key),
                *whom_questions(WHOM),
                *([asked(another, "different", FieldType.LONG_TEXT, required=True)]
                  if other else []),
            ),
        )  # fmt: skip
        self._asking.ask(form, _("Enter seizure"), partial(_enter, row.id))
        self._begin_with_subject()

    def _begin_with_subject(self) -> None:
        """Have the first whom the claim is against stand as whom it was seized from."""
        dialog = self._asking.dialog
        for brief in self.subjects()[:1]:
            picker = dialog.pickers.get(f"whom_{brief.kind.value}") if dialog else None
            if picker is not None:
                picker.choose(brief)

    def take_out(self, row: Outcome) -> None:
        """Ask why a seizure is taken out of the ledger, where it was entered wrongly."""
        form = Form(
            title=_("Take out of the commodity ledger"),
            accept=_("Take out"),
            note=_("It stands in the ledger. Taken out, it can be entered anew; why stays in the "
                   "journal."),
            questions=(asked(_("Why"), "reason", FieldType.LONG_TEXT, required=True),),
        )  # fmt: skip

        def act(work: Work, said: dict[str, Any]) -> None:
            seizures.take_out(work, row.id, reason=said["reason"])

        self._asking.ask(form, _("Take seizure out"), act)


def _enter(outcome: UUID, work: Work, said: dict[str, Any]) -> None:
    named = (said[name] for name in said if name.startswith("whom_"))
    whom = next((id_ for id_ in named if id_ is not None), None)
    if whom is None:
        raise Refused(_("Choose the OCG, line or person it was seized from"))
    into = UUID(said["commodity"])
    seizures.enter(work, outcome, into, whom, different=said.get("different", ""))


def _doubts(said: Mapping[str, Any]) -> list[str]:
    measure = claiming.measure(said["measure"])
    if not measure.step or not claiming.refuses(outcome_rules.BACKED):
        return []
    told = _("{outcome} is a count of criminal-justice steps: the claim waits until it names them")
    return [told.format(outcome=measure.label)]


def whom_questions(kinds: tuple[Kind, ...], *, several: bool = False) -> tuple[Question, ...]:
    """Return the questions for the OCG, the person, the line something is against, or several."""
    one = {Kind.OCG: _("OCG"), Kind.NOMINAL: _("Person"), Kind.COUNTY_LINE: _("County line")}
    many = {Kind.OCG: _("OCGs"), Kind.NOMINAL: _("People"), Kind.COUNTY_LINE: _("County lines")}
    words, type_ = (many, FieldType.ENTITIES) if several else (one, FieldType.ENTITY)
    return tuple(asked(words[kind], f"whom_{kind.value}", type_, pick=kind) for kind in kinds)
