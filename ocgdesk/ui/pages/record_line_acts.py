"""What the user does on a county line's page: each act with the questions it asks."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import QObject

from ocgdesk.casework import assessments, commodities, county_lines
from ocgdesk.casework.assessments import Scoring
from ocgdesk.casework.county_lines import Given, Tried
from ocgdesk.casework.line_stories import INDICATORS, Story
from ocgdesk.domain import dates, moves, scoring_sheets
from ocgdesk.domain.dates import shown
from ocgdesk.domain.entities import CountyLine
from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.links import Link
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.domain.subrecords import CheckBack
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store.work import Work
from ocgdesk.ui.dialogs.case_dialog import Form, Question, asked, of, several_reports
from ocgdesk.ui.pages.record_case_parts import Asking
from ocgdesk.ui.widgets.inputs import Option

CHECK: Final = "check"
_FOUND: Final = ("out-of-use", "in-use", "not-known")


class LineActs(QObject):
    """Acts on the line that is shown."""

    def __init__(self, asking: Asking, id_: UUID) -> None:
        super().__init__(asking)
        self._asking = asking
        self._id = id_
        self.story: Story | None = None

    def act(self, key: str, row: Any) -> None:
        """Do what a button says, with the row that is chosen."""
        if self.story is None:
            return
        if key == CHECK:
            self.check(row[0] if row else self._first_due())
        elif key == "plan-check":
            self.plan_check()
        elif key == "deal":
            self.deal()
        elif key == "tick":
            self.tick()
        elif key == "move:rebranded":
            self.rebrand()
        elif key.startswith("move:"):
            self.move(key.removeprefix("move:"))

    def _first_due(self) -> CheckBack | None:
        assert self.story is not None  # noqa: S101 - asked for before
        waiting = [back for back, _c in self.story.check_backs if back.result == "due"]
        return waiting[0] if waiting else None

    # ---- Check-backs ----------------------------------------------------------------------------

    def check(self, back: CheckBack | None) -> None:
        """Ask what a check-back found."""
        if back is None:
            return
        today = self._asking.desk.today()
        options = tuple(Option(code, label("check-back-results", code)) for code in _FOUND)
        due = shown(back.due) if back.due else _("no day")
        form = Form(
            title=_("Record check-back"),
            accept=_("Record check-back"),
            note=_("Due {date}. Found in use again, the line is active again in the same act.")
            .format(date=due),
            questions=(
                asked(_("Found"), "result", options=options),
                asked(_("Made on"), "done", FieldType.DAY, required=True, value=today),
                asked(_("By"), "officer", value=self._asking.desk.user.display),
                asked(_("If not established, try again on"), "again", FieldType.DAY),
                asked(_("Checked how"), "note", FieldType.LONG_TEXT),
            ),
        )  # fmt: skip

        def act(work: Work, said: dict[str, Any]) -> None:
            county_lines.record_check_back(work, back.id, Tried(**said), today=today)

        self._asking.ask(form, _("Record check-back"), act)

    def plan_check(self) -> None:
        """Ask for one more day on which the line is tried again."""
        form = Form(
            title=_("Plan check-back"),
            accept=_("Plan"),
            questions=(asked(_("Due"), "due", FieldType.DAY, required=True),),
        )

        def act(work: Work, said: dict[str, Any]) -> None:
            county_lines.plan_check_back(work, self._id, said["due"])

        self._asking.ask(form, _("Plan check-back"), act)

    # ---- Status ---------------------------------------------------------------------------------

    def move(self, status: str) -> None:
        """Ask what a move needs, and make it."""
        assert self.story is not None  # noqa: S101 - asked for before
        line = self.story.line
        found = moves.move_between("line-statuses", line.status, status)
        if found is None:
            return
        today = self._asking.desk.today()
        form = Form(
            title=_(found.label),
            accept=_(found.label),
            note=self._note(status),
            questions=(
                asked(_("Since"), "on", FieldType.DAY, required=True, value=today),
                *self._needed(found.needs, status),
            ),
        )

        def act(work: Work, said: dict[str, Any]) -> None:
            county_lines.move(work, self._id, status, _given(said), today=today)

        self._asking.ask(form, _(found.label), act)

    def _note(self, status: str) -> str:
        assert self.story is not None  # noqa: S101 - asked for before
        if status == "closed-type-1" and not self.story.charges:
            return _(
                "Type 1 needs a charge: enter it on a holder of this line first, under On file."
            )
        if status in county_lines.CLOSED:
            return label("closure-types", county_lines.CLOSED[status])
        return ""

    def _needed(self, needs: tuple[str, ...], status: str) -> tuple[Question, ...]:
        assert self.story is not None  # noqa: S101 - asked for before
        today = self._asking.desk.today()
        asks: list[Question] = []
        if "holder-charged" in needs:
            options = tuple(
                Option(str(step.id), _charge_words(step.on, person.label, step.offences))
                for step, person in self.story.charges
            )
            none = (Option("", _("No charge of a holder is on record")),)
            asks.append(asked(_("Charge of a holder"), "charge", options=options or none,
                              wide=True))  # fmt: skip
        if "evidence" in needs:
            asks.append(of(CountyLine, "closure_evidence", required=True))
        if "check-backs" in needs:
            days = county_lines.planned_check_backs(county_lines.CLOSED[status], today)
            asks.append(
                asked(
                    _("Check-backs"),
                    "check_backs",
                    FieldType.TEXTS,
                    value=tuple(shown(day) for day in days),
                    required=True,
                    help=_("30 and 90 days on unless you say otherwise (local default)"),
                )
            )
        if "activity" in needs:
            asks.append(asked(_("What was seen"), "seen", FieldType.LONG_TEXT, required=True))
        return tuple(asks)

    def rebrand(self) -> None:
        """Ask under which name the line goes on: one on record, or a new one."""
        form = Form(
            title=_("Record as rebranded"),
            accept=_("Rebrand"),
            note=_("Both names stay and are told as one story. Choose a line, or name a new one."),
            questions=(
                asked(_("Goes on as"), "successor", FieldType.ENTITY, pick=Kind.COUNTY_LINE),
                asked(_("Or under a new name"), "brand", wide=True),
                several_reports(),
            ),
        )
        today = self._asking.desk.today()

        def act(work: Work, said: dict[str, Any]) -> None:
            reports = said["reports"]
            if said["successor"]:
                county_lines.rebrand(
                    work, self._id, said["successor"], today=today, reports=reports
                )
            elif said["brand"]:
                county_lines.come_back_as(
                    work, self._id, said["brand"], today=today, reports=reports
                )
            else:
                raise Refused(_("Choose the line it goes on as, or give the new name"))

        self._asking.ask(form, _("Rebrand county line"), act)

    # ---- Commodities and indicators -------------------------------------------------------------

    def deal(self) -> None:
        """Ask what the line does with a commodity."""
        ask_dealing(self._asking, self._id, None)

    def tick(self) -> None:
        """Go through the checklist; every answer is kept as an assessment of its own."""
        assert self.story is not None  # noqa: S101 - asked for before
        sheet = scoring_sheets.sheet(INDICATORS)
        options = (
            Option("", _("Not asked")), Option("yes", _("Yes")), Option("no", _("No")),
            Option("unknown", _("Not known")),
        )  # fmt: skip
        before = self.story.indicators.answers
        today = self._asking.desk.today()
        form = Form(
            title=_("Indicators of the line"),
            accept=_("Keep"),
            note=_("A checklist with a count (local default). It says nothing of any person."),
            questions=tuple(
                asked(_(factor.label), factor.code, options=options,
                      value=before.get(factor.code, ""), wide=True)
                for factor in sheet.factors
            ),
        )  # fmt: skip

        def act(work: Work, said: Mapping[str, str]) -> None:
            answers = {code: value for code, value in said.items() if value}
            assessments.assess(work, self._id, INDICATORS, answers, Scoring(assessed=today))

        self._asking.ask(form, _("Go through indicators"), act)


def _charge_words(on: Any, person: str, offences: tuple[str, ...]) -> str:
    day = shown(on) if on else _("day not recorded")
    return " · ".join(part for part in (person, day, ", ".join(offences)) if part)


def _given(said: Mapping[str, Any]) -> Given:
    values = dict(said)
    charge = values.pop("charge", "")
    backs = values.pop("check_backs", ())
    on = values["on"]
    return Given(
        on=on,
        seen=values.get("seen", ""),
        evidence=values.get("closure_evidence", ""),
        charge=UUID(charge) if charge else None,
        check_backs=tuple(dates.day(text, today=on) for text in backs),
    )


def ask_dealing(asking: Asking, who: UUID | None, commodity: UUID | None) -> None:
    """Ask who does what with which commodity; what is known already is not asked."""
    roles = tuple(Option(code, label("link-types", code)) for code in commodities.roles())
    units = tuple(Option(item.code, item.label) for item in code_list("units").offered())
    questions: list[Question] = []
    if who is None:
        questions.append(asked(_("OCG"), "ocg", FieldType.ENTITY, pick=Kind.OCG))
        questions.append(asked(_("Or county line"), "line", FieldType.ENTITY,
                               pick=Kind.COUNTY_LINE))  # fmt: skip
    if commodity is None:
        questions.append(asked(_("Commodity"), "commodity", FieldType.ENTITY, pick=Kind.COMMODITY,
                               required=True))  # fmt: skip
    questions += [
        asked(_("Does what"), "role", options=roles, value="deals-in"),
        asked(_("Scale"), "scale", FieldType.NUMBER),
        asked(_("Counted in"), "unit", options=(Option("", _("As the commodity")), *units)),
        of(Link, "start"),
        of(Link, "end"),
        of(Link, "strength", value="unconfirmed", required=True),
        several_reports(),
    ]
    form = Form(title=_("Add dealing"), accept=_("Add"), questions=tuple(questions))

    def act(work: Work, said: dict[str, Any]) -> None:
        dealer = who or said.pop("ocg", None) or said.get("line")
        said.pop("ocg", None)
        said.pop("line", None)
        what = commodity or said.pop("commodity")
        if dealer is None:
            raise Refused(_("Choose the OCG or the line that does it"))
        commodities.deal(work, dealer, what, commodities.Said(**said))

    asking.ask(form, _("Add dealing"), act)
