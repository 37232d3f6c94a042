"""What the user does with a claim: each act with the questions it asks."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QObject, Slot

from ocgdesk.casework import disruption_ledger, disruptions, records, seizures
from ocgdesk.casework.disruption_ledger import Look
from ocgdesk.domain.disruptions import Disruption, Outcome
from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import code_list
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store.work import Work
from ocgdesk.ui.dialogs.case_dialog import Form, Question, asked, of
from ocgdesk.ui.dialogs.steps_dialog import Counted, StepsDialog
from ocgdesk.ui.pages.record_case_parts import Asking
from ocgdesk.ui.pages.record_saving import attempt
from ocgdesk.ui.widgets.inputs import Option

LABELS: Final = {
    "submit": "Submit disruption",
    "moderate": "Moderate disruption",
    "accept": "Accept disruption",
    "return": "Return disruption",
    "withdraw": "Withdraw disruption",
}
_TO: Final = {"moderate": "moderated", "accept": "accepted", "return": "returned"}
_SUBJECTS: Final = (Kind.OCG, Kind.NOMINAL, Kind.COUNTY_LINE)


class DisruptionActs(QObject):
    """Acts on the claim that is shown."""

    def __init__(self, asking: Asking, id_: UUID) -> None:
        super().__init__(asking)
        self._asking = asking
        self._id = id_
        self.found: Look | None = None
        self.steps: StepsDialog | None = None
        """The dialog of steps last opened."""

    def move(self, code: str) -> None:
        """Do a move of the claim; a return or withdrawal asks why first."""
        if code == "submit":
            self._asking.do(LABELS[code], self._submit)
        elif code in {"return", "withdraw"}:
            self._ask_why(code)
        elif code == "apmis":
            ask_apmis(self._asking, self._id)
        else:
            self._asking.do(LABELS[code], lambda work: self._moderate(work, code))

    def act(self, key: str, row: Any) -> None:
        """Do what the button of a section says, with the row that is chosen."""
        match key, row:
            case "add", _:
                self.add_outcome()
            case "steps", _:
                self.count_steps()
            case "remove", Outcome():
                self._asking.do(_("Remove outcome"), lambda w: records.remove(w, [row.id]))
            case "ledger", Outcome():
                self.enter_seizure(row)

    def add_outcome(self) -> None:
        """Ask for one outcome line: its measure, its value, its day."""
        measures = tuple(
            Option(one.code, one.label) for one in code_list("outcome-measures").offered()
        )
        form = Form(
            title=_("Add outcome"),
            accept=_("Add"),
            note=_("The unit is that of the measure. Count arrests, charges and sentences from "
                   "their criminal-justice steps instead: one arrest then counts once."),
            questions=(
                asked(_("Outcome"), "measure", options=measures, value=measures[0].key),
                of(Outcome, "value", required=True),
                of(Outcome, "on"),
                of(Outcome, "follow_up"),
                of(Outcome, "impact"),
            ),
        )  # fmt: skip

        def act(work: Work, said: dict[str, Any]) -> None:
            disruptions.add_outcome(work, Outcome(owner=self._id, **said))

        self._asking.ask(form, _("Record outcome"), act)

    def count_steps(self) -> None:
        """Offer the steps of the claim's people and operation that no outcome counts yet."""
        desk = self._asking.desk
        with desk.workspace.reading() as reader:
            found = disruption_ledger.steps_to_claim(reader, self._id)
        self.steps = StepsDialog(desk, found, parent=self._asking.over)
        self.steps.answered.connect(self._on_counted)
        self.steps.open()

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

    def enter_seizure(self, row: Outcome) -> None:
        """Ask from whom a seizure was, and of which commodity; it is entered once."""
        if row.dealing is not None:
            self._asking.desk.refused.emit(Refused(_("This seizure is in the ledger already")))
            return
        form = Form(
            title=_("Enter in commodity ledger"),
            accept=_("Enter"),
            note=_("The seizure is entered once, with its value, unit and day."),
            questions=(
                asked(_("Commodity"), "commodity", FieldType.ENTITY, pick=Kind.COMMODITY,
                      required=True),
                *_subject_questions((Kind.OCG, Kind.COUNTY_LINE, Kind.NOMINAL)),
            ),
        )  # fmt: skip

        def act(work: Work, said: dict[str, Any]) -> None:
            whom = _first(said)
            if whom is None:
                raise Refused(_("Choose the OCG, line or person it was seized from"))
            seizures.enter(work, row.id, said["commodity"], whom)

        self._asking.ask(form, _("Enter seizure"), act)

    def _submit(self, work: Work) -> Disruption:
        return disruptions.submit(work, self._id, today=self._asking.desk.today())

    def _moderate(self, work: Work, code: str, note: str = "") -> Disruption:
        today = self._asking.desk.today()
        return disruptions.moderate(work, self._id, to=_TO[code], note=note, today=today)

    def _ask_why(self, code: str) -> None:
        returned = code == "return"
        form = Form(
            title=_("Return claim") if returned else _("Withdraw claim"),
            accept=_("Return") if returned else _("Withdraw"),
            note=_("The words are kept with the claim, for whoever submitted it."),
            questions=(asked(_("Why"), "reason", FieldType.LONG_TEXT, required=True),),
        )

        def act(work: Work, said: dict[str, Any]) -> None:
            if returned:
                self._moderate(work, code, said["reason"])
            else:
                disruptions.withdraw(work, self._id, reason=said["reason"])

        self._asking.ask(form, LABELS[code], act)


def ask_apmis(asking: Asking, id_: UUID) -> None:
    """Ask for the reference that APMIS gave an accepted claim."""
    form = Form(
        title=_("Entered on APMIS"),
        accept=_("Enter"),
        note=_("Type back the reference APMIS gave it. Nothing is sent anywhere from here."),
        questions=(
            of(Disruption, "apmis", required=True),
            of(Disruption, "apmis_on", required=True, value=asking.desk.today()),
        ),
    )

    def act(work: Work, said: dict[str, Any]) -> None:
        disruptions.enter_on_apmis(work, id_, said["apmis"], on=said["apmis_on"])

    asking.ask(form, _("Enter APMIS reference"), act)


def ask_claim(asking: Asking, made: list[UUID]) -> None:
    """Ask for a new claim; its id is put into ``made`` when it is recorded."""
    form = Form(
        title=_("Record disruption"),
        accept=_("Record"),
        note=_("It is a draft until it is submitted; what it lacks is told on its page."),
        questions=(
            of(Disruption, "title", wide=True),
            of(Disruption, "on", value=asking.desk.today()),
            of(Disruption, "against", value="ocg"),
            *_subject_questions(_SUBJECTS, several=True),
            asked(_("Operation"), "operation", FieldType.ENTITY, pick=Kind.OPERATION),
            of(Disruption, "strand"),
            of(Disruption, "level"),
            of(Disruption, "agency", value=asking.desk.settings.agency),
            of(Disruption, "part", value="lead"),
            of(Disruption, "threat"),
            of(Disruption, "lasts"),
            of(Disruption, "support_reason"),
            of(Disruption, "narrative"),
            of(Disruption, "evidence"),
        ),
        doubts=_doubts,
    )

    def act(work: Work, said: dict[str, Any]) -> None:
        made.append(records.create(work, _claim(said)).id)

    asking.ask(form, _("Record disruption"), act)


def _claim(said: Mapping[str, Any]) -> Disruption:
    values = {name: value for name, value in said.items() if not name.startswith("whom_")}
    subjects = (id_ for name in said if name.startswith("whom_") for id_ in said[name])
    return Disruption(subjects=tuple(subjects), **values)


def _doubts(said: Mapping[str, Any]) -> list[str]:
    if said["part"] == "support" and not str(said["support_reason"]).strip():
        return [_("A claim as support says why it could not have happened without the support")]
    return []


def _subject_questions(kinds: tuple[Kind, ...], *, several: bool = False) -> tuple[Question, ...]:
    """Return the questions for the OCG, the person, the line something is against, or several."""
    one = {Kind.OCG: _("OCG"), Kind.NOMINAL: _("Person"), Kind.COUNTY_LINE: _("County line")}
    many = {Kind.OCG: _("OCGs"), Kind.NOMINAL: _("People"), Kind.COUNTY_LINE: _("County lines")}
    words, type_ = (many, FieldType.ENTITIES) if several else (one, FieldType.ENTITY)
    return tuple(asked(words[kind], f"whom_{kind.value}", type_, pick=kind) for kind in kinds)


def _first(said: Mapping[str, Any]) -> UUID | None:
    named = (said[name] for name in said if name.startswith("whom_"))
    return next((id_ for id_ in named if id_ is not None), None)
