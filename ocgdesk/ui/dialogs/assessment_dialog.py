"""Scoring an OCG: each factor of a sheet with its reason, and what it comes to as one answers."""

from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ocgdesk.casework import assessments
from ocgdesk.casework.assessments import Scoring
from ocgdesk.domain import dates, scoring
from ocgdesk.domain.scoring_sheets import SHEETS, Factor, Role, Sheet
from ocgdesk.domain.subrecords import Assessment
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.ui.desk import Desk
from ocgdesk.ui.dialogs.desk_sheet import DeskSheet
from ocgdesk.ui.dialogs.status_dialog import options
from ocgdesk.ui.fonts import px
from ocgdesk.ui.models import score_looks
from ocgdesk.ui.plan.form import FormField, LinesBox
from ocgdesk.ui.widgets.cards import Rule, Scroller
from ocgdesk.ui.widgets.headers import PageBody
from ocgdesk.ui.widgets.inputs import Option, Select, TextBox
from ocgdesk.ui.widgets.labels import Label
from ocgdesk.ui.widgets.scores import MatrixMark

_SHOWN_ROWS: Final = 300
_LEVEL: Final = 130
_DAY_HINT: Final = "14/2/2026, today"


class _Scored(DeskSheet):
    """What every score is entered with: when, by whom, for which agency, and why."""

    def __init__(
        self, title: str, desk: Desk, *, review: date | None, parent: QWidget | None
    ) -> None:
        super().__init__(
            desk,
            title,
            _("Keep score"),
            width=820,
            parent=parent,
        )
        self.fields = {
            "assessed": FormField(_("Assessed"), TextBox(placeholder=_DAY_HINT)),
            "scorer": FormField(_("Scorer"), TextBox()),
            "agency": FormField(_("Agency"), Select(options("agencies", empty="–"))),
            "review": FormField(_("Next review"), TextBox(placeholder=_DAY_HINT)),
        }
        self.rationale = FormField(_("Rationale"), LinesBox())
        self._fill("assessed", dates.shown(desk.today()))
        self._fill("scorer", desk.user.display)
        agency = self.fields["agency"].editor
        if isinstance(agency, Select):
            agency.choose(desk.workspace.about.agency)
        if review is not None:
            self._fill("review", dates.shown(review))
            self.fields["review"].say(echo=_("Proposed by tier; local default"))

    def scoring(self) -> Scoring | None:
        """Return what was said besides the score; None, with a sentence, where a day is none."""
        assessed, review = self._day("assessed"), self._day("review")
        if not self.fields["assessed"].text.strip():
            self.fields["assessed"].say(_("Say when it was assessed"))
        wrong = next((field for field in self.fields.values() if field.wrong), None)
        if wrong is not None or assessed is None:
            if wrong is not None:
                wrong.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return None
        return Scoring(
            assessed=assessed,
            scorer=self.fields["scorer"].text.strip(),
            agency=self.fields["agency"].text,
            rationale=self.rationale.text.strip(),
            review_due=review,
        )

    def add_besides(self) -> None:
        """Put the fields that every score has below what there is."""
        row = QHBoxLayout()
        row.setSpacing(12)
        for field in self.fields.values():
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self.body.addWidget(self.rationale)

    def _fill(self, name: str, text: str) -> None:
        editor = self.fields[name].editor
        if isinstance(editor, TextBox):
            editor.setText(text)

    def _day(self, name: str) -> date | None:
        typed = self.fields[name].text.strip()
        self.fields[name].say("")
        if not typed:
            return None
        try:
            return dates.day(typed, today=self.desk.today())
        except Refused as error:
            self.fields[name].say(f"{error}.")
            return None


class AssessmentDialog(_Scored):
    """Asks for every factor of one sheet. ``made`` hands over levels, reasons and the rest.

    ``before`` is the newest assessment by the same version: its levels are filled in, to be
    changed where something did. An answer may be left open.
    """

    made = Signal(object, object, object)
    """Levels by factor, reasons by factor, and a Scoring."""

    def __init__(
        self,
        desk: Desk,
        sheet: Sheet,
        *,
        before: Assessment | None = None,
        review: date | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_(sheet.title), desk, review=review, parent=parent)
        self.sheet = sheet
        self.levels: dict[str, Select] = {}
        self.reasons: dict[str, TextBox] = {}
        version = _("Version {n}, {basis}. A factor may be left open.")
        basis = _(assessments.LOCAL_DEFAULT)
        said = version.format(n=sheet.version, basis=basis)
        self.body.addWidget(Label(said, ink="text.2", wrap=True))
        self._add_factors()
        self._add_result()
        self.add_besides()
        self._start_from(before)
        self._show_result()
        next(iter(self.levels.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def answers(self) -> dict[str, str]:
        """Return the levels chosen, by factor; open factors are left out."""
        chosen = {code: box.current for code, box in self.levels.items()}
        return {code: level for code, level in chosen.items() if level}

    def on_accept(self) -> None:
        answers = self.answers()
        if not answers:
            self.say(_("Answer at least one factor."))
            return
        said = self.scoring()
        if said is None:
            return
        typed = {code: box.text().strip() for code, box in self.reasons.items()}
        self.made.emit(answers, {code: text for code, text in typed.items() if text}, said)

    def _add_factors(self) -> None:
        body = PageBody(spacing=6, foot=0)
        for block in self.sheet.blocks:
            body.column.addWidget(Label(_(block.label), step="small", weight="strong"))
            grid = QGridLayout()
            grid.setHorizontalSpacing(12)
            grid.setVerticalSpacing(4)
            grid.setColumnStretch(0, 3)
            grid.setColumnStretch(2, 4)
            for row, factor in enumerate(self.sheet.factors_of(block.code)):
                self._add_factor(grid, row, factor)
            body.column.addLayout(grid)
        body.column.addStretch(1)
        self.scroller = Scroller(body)
        self.scroller.setMinimumHeight(_SHOWN_ROWS)  # not scaled: the room is the screen's
        self.body.addWidget(self.scroller, 1)

    def _add_factor(self, grid: QGridLayout, row: int, factor: Factor) -> None:
        title = _(factor.label)
        found = tuple(Option(level.code, _(level.label)) for level in factor.scale.levels)
        chooser = Select((Option("", _("Not assessed")), *found), name=title)
        chooser.setMinimumWidth(px(_LEVEL))
        reason = TextBox(placeholder=_("Why"), name=_("Why: {factor}").format(factor=title))
        name = Label(title, wrap=True)
        name.setBuddy(chooser)
        chooser.chosen.connect(self._show_result)
        self.levels[factor.code], self.reasons[factor.code] = chooser, reason
        for column, part in enumerate((name, chooser, reason)):
            grid.addWidget(part, row, column)

    def _add_result(self) -> None:
        self.body.addWidget(Rule())
        row = QHBoxLayout()
        row.setSpacing(16)
        self.outcome = Label("", wrap=True)
        row.addWidget(self.outcome, 1, Qt.AlignmentFlag.AlignTop)
        self.matrix: MatrixMark | None = None
        if (empty := score_looks.matrix(self.sheet, None)) is not None:
            self.matrix = MatrixMark(empty)
            row.addWidget(self.matrix, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)

    def _start_from(self, before: Assessment | None) -> None:
        if before is None or before.sheet_version != self.sheet.version:
            return
        for answer in before.answers:
            if answer.factor in self.levels:
                self.levels[answer.factor].choose(answer.value)
                self.reasons[answer.factor].setText(answer.rationale)

    def _show_result(self) -> None:
        """Show what the answers come to, with its parts; totals are hidden as the sheet says."""
        found = scoring.score(self.sheet, self.answers())
        parts = [part.words for part in found.parts if part.role is Role.SUM]
        reckoned = [reason for reason in found.reasons if reason not in parts]
        shown = [*parts, *(text for text in reckoned if not text.startswith(_open_words()))]
        self.outcome.setText("\n".join(shown[:6] if found.is_assessed else found.reasons))
        as_kept = Assessment(sheet=self.sheet.name, sheet_version=self.sheet.version)
        look = score_looks.matrix(self.sheet, assessments.Reckoned(assessment=as_kept, score=found))
        if look is not None and self.matrix is not None:
            self.matrix.show_matrix(look)


def _open_words() -> tuple[str, ...]:
    """Return how the lists of open factors begin: too long to follow while one answers."""
    lists = (_("Unknown: {factors}"), _("Not answered: {factors}"))
    return tuple(text.partition("{")[0] for text in lists)


class OfficialDialog(_Scored):
    """Asks for a score as an official scheme gave it; nothing of it is reckoned here."""

    made = Signal(str, object, str, object)
    """The sheet, the total or None, the band, and a Scoring."""

    def __init__(
        self, desk: Desk, *, review: date | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Official score"), desk, review=review, parent=parent)
        told = _("Kept as it was given. It is never compared with a score made here.")
        self.body.addWidget(Label(told, ink="text.2", wrap=True))
        offered = [o for o in options("scoring-sheets") if o.key not in SHEETS[2:]]
        self.scheme = FormField(_("Scheme"), Select(tuple(offered)))
        self.total = FormField(_("Total"), TextBox(placeholder="156"))
        self.band = FormField(_("Band"), TextBox(placeholder=_("the scheme's own word")))
        row = QHBoxLayout()
        row.setSpacing(12)
        for field in (self.scheme, self.total, self.band):
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self.add_besides()
        self.total.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def on_accept(self) -> None:
        total = self._number()
        if self.total.wrong:
            return
        if total is None and not self.band.text.strip():
            self.total.say(_("Give the total or the band"))
            return
        if (said := self.scoring()) is not None:
            self.made.emit(self.scheme.text, total, self.band.text.strip(), said)

    def _number(self) -> float | None:
        typed = self.total.text.strip().replace(",", "")
        self.total.say("")
        if not typed:
            return None
        try:
            return float(typed)
        except ValueError:
            self.total.say(_("{text!r} is no number").format(text=typed[:20]))
            return None
