"""The page of a disruption: where the claim stands, what it lacks, what came of it."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from ocgdesk.casework import disruption_ledger, outcome_rules
from ocgdesk.casework.disruption_ledger import Look
from ocgdesk.domain.dates import LONDON, shown
from ocgdesk.domain.disruptions import Outcome
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.people import Right
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.units import symbol
from ocgdesk.i18n import _, ngettext
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.ui.models import looks
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import column
from ocgdesk.ui.pages.record_case_parts import CasePart, CaseSection, SectionAct, day, text
from ocgdesk.ui.pages.record_disruption_acts import DisruptionActs
from ocgdesk.ui.pages.record_disruption_words import ClaimWords
from ocgdesk.ui.pages.record_parts import Fact, FactStrip
from ocgdesk.ui.widgets.buttons import Button, outline
from ocgdesk.ui.widgets.labels import SectionHeading
from ocgdesk.ui.widgets.notes import ErrorBanner
from ocgdesk.ui.widgets.values import NONE, Cell, Chip, Text

_MODERATING: Final = frozenset({"moderate", "accept", "return"})
_BARE: Final = frozenset({"", "items", "people", "orders"})
"""Units that the words of the measure say already."""
_ICONS: Final = {
    "submit": "action.next",
    "moderate": "action.review",
    "accept": "action.check",
    "return": "action.undo",
    "withdraw": "action.close",
}


class DisruptionPart(CasePart):
    """The claim with its rules, the moves it can make, and its outcome lines."""

    TOUCHED = (
        *(Kind.DISRUPTION, Kind.OUTCOME, Kind.COURT_STEP, Kind.LINK, Kind.OCG, Kind.NOMINAL),
        Kind.OPERATION,
    )

    def build(self) -> None:
        self.acts = DisruptionActs(self.asking, self.id)
        self.heading = SectionHeading(_("Claim"), parent=self.body)
        self.buttons: dict[str, Button] = {}
        titles = {
            "submit": _("Submit"),
            "moderate": _("Moderate…"),
            "accept": _("Accept…"),
            "return": _("Return…"),
            "withdraw": _("Withdraw…"),
            "apmis": _("Enter APMIS reference…"),
        }
        for key, title in titles.items():
            made = outline(title, icon=_ICONS.get(key, ""), height="bar")
            made.clicked.connect(partial(self.acts.move, key))
            self.buttons[key] = made
            self.heading.add_action(made)
            made.hide()
        self.facts = FactStrip(self.body)
        self.lacking = ErrorBanner(closable=False, parent=self.body)
        self.moderation = ErrorBanner(closable=False, parent=self.body)
        self.words = ClaimWords(self.body)
        parts = (self.heading, self.facts, self.lacking, self.moderation, self.words)
        for part in parts:
            self.body.column.addWidget(part)
        sections = (
            ("outcomes", outcomes_section(empty=_("Nothing is recorded as having come of this."))),
            ("against", briefs_section(_("Against"), _("No OCG or person is named."))),
            ("others", briefs_section(_("May be the same event"), "")),
        )
        for key, section in sections:
            self.add_section(key, section)
            section.opened.connect(self._on_opened)
            section.acted.connect(self.acts.act)

    def query(self) -> Callable[[Reader], Any]:
        return partial(disruption_ledger.look, id_=self.id, today=self.desk.today())

    def ready(self) -> bool:
        return super().ready() and not self.acts.asked.is_open

    def leave(self) -> None:
        super().leave()
        self.acts.asked.drop()

    def fill(self, found: Look) -> None:
        self.acts.found = found
        self.facts.show_facts(facts(found))
        self._show_moves(found)
        self._show_words(found)
        self.sections["outcomes"].show_rows(found.row.outcomes)
        self.sections["against"].show_rows(found.row.subjects)
        self.sections["others"].show_rows(found.others)
        self.sections["others"].setVisible(bool(found.others))
        if not found.is_open:
            said = _("The claim is {status}: its outcomes stay as they were claimed")
            status = label("disruption-statuses", found.claim.status).lower()
            refused = self.refused or said.format(status=status)
            entering = {"ledger"} if not self.refused else set()
            self.sections["outcomes"].refuse(refused, but=entering)

    def _show_moves(self, found: Look) -> None:
        offered = {move.code for move in found.moves}
        if found.claim.status == "accepted":
            offered.add("apmis")
        wrong, none = _("Correct APMIS reference…"), _("Enter APMIS reference…")
        self.buttons["apmis"].set_label(wrong if found.claim.apmis else none)
        for key, button in self.buttons.items():
            button.setVisible(key in offered)
            if reason := self._why_not(key, found):
                button.refuse(reason)
            else:
                button.allow()

    def _why_not(self, key: str, found: Look) -> str:
        if self.refused:
            return self.refused
        if key == "submit":
            lacking = [one.words for one in found.findings if one.refuses]
            return "; ".join(lacking)
        if key in _MODERATING and not self.desk.may(Right.MODERATE):
            return _("A coordinator moderates")
        if key in _MODERATING and found.claim.submitted_by == self.desk.user.id:
            return _("You submitted this claim yourself: somebody else has to moderate it")
        if key in _MODERATING and found.recorded_by == self.desk.user.id:
            return _("You recorded this claim yourself: somebody else has to moderate it")
        return ""

    def _show_words(self, found: Look) -> None:
        needed = [one.words for one in found.findings if one.refuses]
        warned = [one.words for one in found.findings if not one.refuses]
        said = " ".join(f"{one}." for one in (*needed, *warned))
        self.lacking.say(said, tone="overdue" if needed else "due")
        who, when = found.name(found.claim.moderated_by), found.claim.moderated
        words = found.claim.moderation.strip()
        by = " · ".join(part for part in (who, shown(when) if when else "") if part)
        self.moderation.say(f"{words} ({by})" if words and by else words, tone="info")
        self.words.show_claim(found)

    def _on_opened(self, row: Any) -> None:
        if isinstance(row, Brief):
            self.opened.emit(row)
        elif isinstance(row, Outcome) and self.found is not None and row.id in self.found.came:
            self.opened.emit(self.found.came[row.id])


def facts(found: Look) -> tuple[Fact, ...]:
    """Return what a claim says of itself, in a strip."""
    claim = found.claim
    return (
        Fact(caption=_("Status"), value=label("disruption-statuses", claim.status),
             note=_last(found)),
        Fact(caption=_("Strand and level"), value=_joined(label("strands", claim.strand),
             label("disruption-levels", claim.level)),
             note=label("disruption-durations", claim.lasts)),
        Fact(caption=_("Claimed by"), value=label("agencies", claim.agency) or NONE,
             note=_joined(label("claim-parts", claim.part), claim.unit)),
        Fact(caption=_("Threat"), value=label("control-strategy", claim.threat) or NONE,
             note=found.operation.label if found.operation else ""),
        Fact(caption=_("APMIS"), value=claim.apmis or NONE,
             note=shown(claim.apmis_on) if claim.apmis_on else ""),
    )  # fmt: skip


def _last(found: Look) -> str:
    """Return by whom and when it came to stand as it does, where that was recorded here."""
    if len(found.way) > 1:
        last = found.way[-1]
        return _joined(last.who, shown(last.at.astimezone(LONDON).date()))
    when = found.claim.submitted
    return _("submitted {day}").format(day=shown(when)) if when else ""


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part) or NONE


def outcome_value(one: Outcome) -> str:
    """Return an outcome's value with its unit: ``61.25 kg``, ``£12,400``; people are a number."""
    if one.value is None:
        return ""
    said = looks.number(one.value)
    words = label("outcome-measures", one.measure)
    sign = "" if one.unit in _BARE else symbol(one.unit, words, one.value)
    return f"{sign}{said}" if sign in {"£", "€"} else f"{said} {sign}".rstrip()


def outcomes_section(*, empty: str, adds_steps: bool = True) -> CaseSection:
    """Return the table of what came of a claim or an operation; one of the two adds steps here."""

    def steps(one: Outcome) -> Cell:
        n = len(one.steps)
        if outcome_rules.is_bare(one):
            return Chip(_("no steps yet"), "due", "status.due")
        return text(ngettext("{n} step", "{n} steps", n).format(n=n) if n else "", "text.2")

    columns = (
        column(_("Outcome"), lambda o: Text(label("outcome-measures", o.measure), strong=True),
               lambda o: label("outcome-measures", o.measure), 200, stretch=2),
        column(_("Value"), lambda o: text(outcome_value(o), align="right"), lambda o: o.value,
               130, stretch=0, align="right"),
        column(_("Date"), lambda o: day(o.on), lambda o: o.on, 110, stretch=0),
        column(_("Counted from"), steps, lambda o: len(o.steps) or None, 130, stretch=0),
        column(_("Commodity ledger"),
               lambda o: text(_("entered") if o.dealing else "", "text.2"),
               lambda o: bool(o.dealing), 130, yields=2),
        column(_("Impact"), lambda o: text(" ".join(o.impact.split()), "text.2"),
               lambda o: o.impact or None, 200, stretch=3, yields=1),
        column(_("Followed up"), lambda o: day(o.follow_up), lambda o: o.follow_up, 110,
               stretch=0, yields=2),
    )  # fmt: skip
    return CaseSection(
        _("Outcomes"),
        columns,
        empty=empty,
        icon="entity.outcome",
        acts=(
            SectionAct(key="remove", title=_("Remove"), of_row=True),
            SectionAct(key="edit", title=_("Edit…"), of_row=True),
            SectionAct(key="ledger", title=_("Commodity ledger…"), of_row=True),
            *((SectionAct(key="step", title=_("Add step…")),) if adds_steps else ()),
            SectionAct(key="steps", title=_("Count steps…"), icon="entity.court-step"),
            SectionAct(key="add", title=_("Add outcome"), icon="action.add"),
        ),
    )


def briefs_section(title: str, empty: str) -> CaseSection:
    """Return a table of records in one line each, to go to."""
    columns = (
        column(_("Record"), entity, lambda b: b.label.casefold(), 240, stretch=3),
        column(_("Reference"), lambda b: text(b.ref, "text.3", mono=True), lambda b: b.ref, 180),
    )
    return CaseSection(title, columns, empty=empty)
