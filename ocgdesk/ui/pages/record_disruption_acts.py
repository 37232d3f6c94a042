"""What the user does with a claim: each act with the questions it asks."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework import disruptions, records
from ocgdesk.domain.disruptions import Disruption
from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.kinds import Kind
from ocgdesk.i18n import N_, _
from ocgdesk.store.work import Work
from ocgdesk.ui.dialogs.case_dialog import Form, asked, of
from ocgdesk.ui.pages.record_case_parts import Asking
from ocgdesk.ui.pages.record_outcome_acts import OutcomeActs, whom_questions

LABELS: Final = {
    "submit": "Submit disruption",
    "moderate": "Moderate disruption",
    "accept": "Accept disruption",
    "return": "Return disruption",
    "withdraw": "Withdraw disruption",
}
_TO: Final = {"moderate": "moderated", "accept": "accepted", "return": "returned"}
_KEPT: Final = N_("The words are kept with the claim, for whoever submitted it.")
_FOR_GOOD: Final = N_("It cannot be undone. Words, if any, are kept with the claim.")
_WORDS: Final = {
    "moderate": (N_("Moderate claim"), N_("Moderate"), N_("What you say of it"), _FOR_GOOD),
    "accept": (N_("Accept claim"), N_("Accept"), N_("What you say of it"), _FOR_GOOD),
    "return": (N_("Return claim"), N_("Return"), N_("Why"), _KEPT),
    "withdraw": (N_("Withdraw claim"), N_("Withdraw"), N_("Why"), _KEPT),
}
"""Of each move the title, the button, what is asked, and what becomes of the words."""
_REASONED: Final = frozenset({"return", "withdraw"})
_SUBJECTS: Final = (Kind.OCG, Kind.NOMINAL, Kind.COUNTY_LINE)


class DisruptionActs(OutcomeActs):
    """Acts on the claim that is shown, and on what came of it."""

    def move(self, code: str) -> None:
        """Do a move of the claim; all but handing it in take words, and some need them."""
        if code == "submit":
            self._asking.do(LABELS[code], self._submit)
        elif code == "apmis":
            if self.found is not None:
                ask_apmis(self._asking, self.found.claim)
        else:
            self._ask_words(code)

    def _submit(self, work: Work) -> Disruption:
        return disruptions.submit(work, self._id, today=self._asking.desk.today())

    def _ask_words(self, code: str) -> None:
        title, accept, asked_for, told = _WORDS[code]
        words = asked(_(asked_for), "reason", FieldType.LONG_TEXT, required=code in _REASONED)
        form = Form(title=_(title), accept=_(accept), note=_(told), questions=(words,))

        def act(work: Work, said: dict[str, Any]) -> None:
            if code == "withdraw":
                disruptions.withdraw(work, self._id, reason=said["reason"])
            else:
                today = self._asking.desk.today()
                disruptions.moderate(work, self._id, to=_TO[code], note=said["reason"], today=today)

        self._asking.ask(form, LABELS[code], act)


def ask_apmis(asking: Asking, claim: Disruption) -> None:
    """Ask for the reference that APMIS gave an accepted claim, or for the right one."""
    note = _("Type back the reference APMIS gave it. Nothing is sent anywhere from here.")
    wrong = _("Put the reference right, or leave it empty to take out one that is of another "
              "disruption. The earlier stays in the history.")  # fmt: skip
    form = Form(
        title=_("Entered on APMIS"),
        accept=_("Enter"),
        note=wrong if claim.apmis else note,
        questions=(
            of(Disruption, "apmis", required=not claim.apmis, value=claim.apmis),
            of(Disruption, "apmis_on", required=True,
               value=claim.apmis_on or asking.desk.today()),
        ),
    )  # fmt: skip

    def act(work: Work, said: dict[str, Any]) -> None:
        disruptions.enter_on_apmis(work, claim.id, said["apmis"], on=said["apmis_on"])

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
            *whom_questions(_SUBJECTS, several=True),
            asked(_("Operation"), "operation", FieldType.ENTITY, pick=Kind.OPERATION),
            of(Disruption, "strand"),
            of(Disruption, "level"),
            of(Disruption, "agency", value=asking.desk.settings.agency),
            of(Disruption, "part", value="lead"),
            of(Disruption, "threat"),
            of(Disruption, "lasts"),
            of(Disruption, "others"),
            of(Disruption, "support_reason"),
            of(Disruption, "narrative"),
            of(Disruption, "evidence"),
            of(Disruption, "powers"),
            of(Disruption, "impact"),
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
