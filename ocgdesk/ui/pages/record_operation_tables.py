"""The tables of an operation's case."""

from datetime import date

from ocgdesk.casework.operations import OnPerson, Referred
from ocgdesk.domain.dates import shown
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.domain.subrecords import CourtStep, Decision, ThreatWarning
from ocgdesk.i18n import _, ngettext
from ocgdesk.ui.models import looks
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column, column
from ocgdesk.ui.pages.record_case_parts import CaseSection, SectionAct, day, due, text
from ocgdesk.ui.pages.record_tables import type_words
from ocgdesk.ui.widgets.values import Cell, Chip, Text


def _person(one: OnPerson) -> Cell:
    return entity(one.person)


def _person_order(one: OnPerson) -> str:
    return one.person.label.casefold()


def _order(code: str) -> int:
    """Return the place of a step in a case, from arrest to appeal."""
    codes = [item.code for item in code_list("court-steps")]
    return codes.index(code) if code in codes else len(codes)


def steps_section() -> CaseSection:
    """Return the table of criminal-justice steps."""

    def step(one: OnPerson) -> CourtStep:
        assert isinstance(one.item, CourtStep)  # noqa: S101 - steps only stand here
        return one.item

    def amount(one: OnPerson) -> Cell:
        found = step(one)
        if found.amount is None:
            return text("", align="right")
        unit = label("court-units", found.unit)
        said = looks.number(found.amount)
        return Text(f"£{said}" if unit == "£" else f"{said} {unit}".strip(), align="right")

    columns: tuple[Column, ...] = (
        column(_("Person"), _person, _person_order, 170, stretch=2),
        column(_("Step"), lambda o: Text(step(o).label, strong=True),
               lambda o: _order(step(o).step), 140),
        column(_("Date"), lambda o: day(step(o).on), lambda o: step(o).on, 100, stretch=0),
        column(_("Offences"), lambda o: text(", ".join(step(o).offences)),
               lambda o: step(o).offences or None, 170, stretch=3, yields=2),
        column(_("Result"), lambda o: text(step(o).result, "text.2"),
               lambda o: step(o).result or None, 120, stretch=2, yields=1),
        column(_("Amount"), amount, lambda o: step(o).amount, 90, stretch=0, align="right"),
        column(_("Reference"), lambda o: text(step(o).ref, "text.3", mono=True),
               lambda o: step(o).ref, 176, stretch=0, yields=3),
    )  # fmt: skip
    return CaseSection(
        _("Criminal justice"),
        columns,
        empty=_("No arrest, charge or sentence is on record in this operation."),
        acts=(SectionAct(key="add-step", title=_("Add step"), icon="action.add"),),
    )


def bears_section() -> CaseSection:
    """Return the table of what an operation bears on."""
    columns = (
        column(_("Record"), lambda i: entity(i.other), lambda i: i.other.label.casefold(), 220,
               stretch=3),
        column(_("How"), lambda i: Text(type_words(i)), type_words, 150),
        column(_("Strength"), lambda i: looks.code("strengths", i.link.strength),
               lambda i: i.link.strength, 140, yields=2),
        column(_("From"), lambda i: text(i.link.start.worded() if i.link.start else "", "text.2"),
               lambda i: i.link.start, 110, yields=1),
        column(_("Reference"), lambda i: text(i.other.ref, "text.3", mono=True),
               lambda i: i.other.ref, 170, yields=3),
    )  # fmt: skip
    return CaseSection(
        _("Bears on"),
        columns,
        empty=_("No OCG, person, line or handle is linked. Add links on the tab Links."),
    )


def warnings_section(today: date) -> CaseSection:
    """Return the table of threat-to-life warnings."""

    def warning(one: OnPerson) -> ThreatWarning:
        assert isinstance(one.item, ThreatWarning)  # noqa: S101 - warnings only stand here
        return one.item

    def again(one: OnPerson) -> Cell:
        found = warning(one)
        if found.closed is not None:
            return Text(_("closed {date}").format(date=shown(found.closed)), "text.3")
        return due(found.review_due, today)

    columns = (
        column(_("To"), _person, _person_order, 170, stretch=2),
        column(_("Warning"), lambda o: Text(warning(o).label), lambda o: warning(o).label, 170),
        column(_("Given"), lambda o: day(warning(o).given), lambda o: warning(o).given, 100,
               stretch=0),
        column(_("By"), lambda o: text(warning(o).given_by), lambda o: warning(o).given_by or None,
               130, yields=1),
        column(_("On what"), lambda o: text(" ".join(warning(o).threat.split()), "text.2"),
               lambda o: warning(o).threat or None, 160, stretch=3, yields=2),
        column(_("Look again"), again, lambda o: warning(o).closed or warning(o).review_due, 200,
               stretch=0),
    )  # fmt: skip
    return CaseSection(
        _("Threat to life"),
        columns,
        empty=_("No threat-to-life warning is on record in this operation."),
        icon="entity.threat-warning",
        acts=(
            SectionAct(key="review-warning", title=_("Looked at again…"), of_row=True),
            SectionAct(key="add-warning", title=_("Add warning"), icon="action.add"),
        ),
    )


def referrals_section(today: date) -> CaseSection:
    """Return the table of GAIN referrals."""

    def answer(one: Referred) -> Cell:
        found = one.referral
        if found.answer == "waiting" and found.referred is not None:
            days = (today - found.referred).days
            said = ngettext("Waiting {n} day", "Waiting {n} days", days).format(n=days)
            return Chip(said, "due", "status.waiting")
        words = label("gain-answers", found.answer)
        return Chip(words, "ok" if found.answer == "hit" else "neutral")

    columns = (
        column(_("About"), lambda o: entity(o.about), lambda o: o.about.label.casefold(), 180,
               stretch=2),
        column(_("To"), lambda o: Text(o.referral.label), lambda o: o.referral.label, 180,
               stretch=2),
        column(_("Referred"), lambda o: day(o.referral.referred), lambda o: o.referral.referred,
               100, stretch=0),
        column(_("Answer"), answer, lambda o: o.referral.answer, 150, stretch=0),
        column(_("Answered"), lambda o: day(o.referral.answered), lambda o: o.referral.answered,
               100, stretch=0, yields=1),
        column(_("Note"), lambda o: text(" ".join(o.referral.note.split()), "text.2"),
               lambda o: o.referral.note or None, 140, stretch=3, yields=2),
    )  # fmt: skip
    return CaseSection(
        _("GAIN referrals"),
        columns,
        empty=_("No partner was asked about this operation or what it bears on."),
        icon="entity.gain-referral",
        acts=(
            SectionAct(key="answer", title=_("Enter answer…"), of_row=True),
            SectionAct(key="refer", title=_("Refer"), icon="action.add"),
        ),
    )


def log_section() -> CaseSection:
    """Return the policy log."""

    def why(one: Decision) -> str:
        return " · ".join(one.rationale.splitlines())

    columns = (
        column(_("Decided"), lambda d: day(d.decided), lambda d: d.decided, 110, stretch=0),
        column(_("Decision"), lambda d: Text(d.title, strong=True), lambda d: d.title.casefold(),
               190, stretch=2),
        column(_("Type"), lambda d: text(label("decision-types", d.decision_type), "text.2"),
               lambda d: d.decision_type, 90, yields=2),
        column(_("Decision-maker"), lambda d: text(d.decided_by), lambda d: d.decided_by or None,
               150, yields=1),
        column(_("Rationale"), lambda d: text(why(d), "text.2"), lambda d: d.rationale or None,
               200, stretch=4),
    )  # fmt: skip
    return CaseSection(
        _("Policy log"),
        columns,
        empty=_("Nothing is decided yet. Entries are superseded, never changed."),
        icon="entity.decision",
    )
