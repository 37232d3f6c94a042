"""The tables on the page of a county line."""

from collections.abc import Callable
from datetime import date
from typing import Any

from ocgdesk.casework import commodities
from ocgdesk.casework.line_stories import (
    INDICATORS,
    Address,
    Chapter,
    Exploited,
    Holder,
    Indicators,
    Number,
)
from ocgdesk.domain import scoring_sheets
from ocgdesk.domain.clocks import Urgency, action_clock
from ocgdesk.domain.dates import PartialDate, shown
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.subrecords import CheckBack
from ocgdesk.i18n import _
from ocgdesk.store.records import Linked
from ocgdesk.ui.models import looks
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import column
from ocgdesk.ui.pages.record_case_parts import CaseSection, SectionAct, day, due, text
from ocgdesk.ui.pages.record_tables import type_words
from ocgdesk.ui.widgets.values import Cell, Chip, Entity, Status, Text

Backed = tuple[CheckBack, Chapter]


def span(start: PartialDate | None, end: PartialDate | None) -> str:
    """Return from when to when in words: ``Mar 2024 to now``; empty where nothing is known."""
    if start is None and end is None:
        return ""
    first = start.worded() if start else _("not known")
    return _("{start} to {end}").format(start=first, end=end.worded() if end else _("now"))


def _link_span(item: Linked) -> Cell:
    return text(span(item.link.start, item.link.end), "text.2")


def _strength(item: Linked) -> Cell:
    return looks.code("strengths", item.link.strength)


def _label_of(get: Callable[[Any], Linked]) -> Callable[[Any], str]:
    return lambda row: get(row).other.label.casefold()


def _item(row: Any) -> Linked:
    found: Linked = row.item
    return found


def backs_section(today: date) -> CaseSection:
    """Return the table of check-backs of all names."""

    def result(row: Backed) -> Cell:
        back = row[0]
        if back.result == "due" and back.due is not None:
            clock = action_clock(back.due, today)
            near = clock.urgency in {Urgency.DUE, Urgency.OVERDUE}
            return due(back.due, today) if near else text(_("in {n} days").format(n=clock.days))
        words = label("check-back-results", back.result)
        if back.result == "in-use":
            return Chip(words, "overdue", "status.warning")
        return Status(words, "status.ok" if back.result == "out-of-use" else "status.info")

    columns = (
        column(_("Name"), lambda r: Text(r[1].line.brand), lambda r: r[1].line.brand, 130),
        column(_("Due"), lambda r: day(r[0].due), lambda r: r[0].due, 110, stretch=0),
        column(_("Result"), result, lambda r: r[0].result, 200, stretch=2),
        column(_("Made"), lambda r: day(r[0].done), lambda r: r[0].done, 110, stretch=0),
        column(_("By"), lambda r: text(r[0].officer), lambda r: r[0].officer or None, 130,
               yields=1),
        column(_("How"), lambda r: text(" ".join(r[0].note.split()), "text.2"),
               lambda r: r[0].note or None, 180, stretch=3, yields=2),
    )  # fmt: skip
    return CaseSection(
        _("Check-backs"),
        columns,
        empty=_(
            "No check-back is planned. A closure plans them 30 and 90 days on (local default)."
        ),
        icon="entity.check-back",
        acts=(
            SectionAct(key="check", title=_("Record…"), of_row=True),
            SectionAct(key="plan-check", title=_("Plan check-back"), icon="action.add"),
        ),
    )


def exploited_section() -> CaseSection:
    """Return the table of those the line exploits: who looks after them, and how far that is."""

    def person(one: Exploited) -> Cell:
        brief = one.item.other
        return Entity(kind="exploited", label=brief.label, restricted=brief.restricted)

    def age(one: Exploited) -> Cell:
        return Chip(_("Under 18"), "victim") if one.child else Text(_("Adult or unknown"), "text.3")

    def care(one: Exploited) -> Cell:
        found = one.care
        if found is None:
            return Chip(_("Nothing recorded"), "overdue", "status.empty")
        decided = found.conclusive or found.reasonable
        if found.referred is not None:
            told = _("NRM {date}").format(date=found.referred.worded())
            answer = label("nrm-decisions", decided) if decided else _("reply awaited")
            is_open = decided in {"", "pending"}
            icon = "status.due" if is_open else "status.ok"
            return Chip(f"{told}, {answer.lower()}", "due" if is_open else "ok", icon)
        return Chip(label("safeguarding-stages", found.stage), "info", "entity.safeguarding")

    def lead(one: Exploited) -> Cell:
        said = one.care.lead if one.care is not None else ""
        return text(said) if said else Text(_("None"), "text.3")

    columns = (
        column(_("Exploited person"), person, _label_of(_item), 190, stretch=2),
        column(_("Age"), age, lambda o: not o.child, 130, stretch=0),
        column(_("How"), lambda o: Text(type_words(o.item), "text.2"),
               lambda o: type_words(o.item), 130, yields=1),
        column(_("Home used"), lambda o: text(o.home, "text.2"), lambda o: o.home or None, 150,
               yields=2),
        column(_("Safeguarding"), care, lambda o: o.care is not None, 220, stretch=2),
        column(_("Lead"), lead, lambda o: o.care.lead or None if o.care is not None else None, 120),
    )  # fmt: skip
    return CaseSection(
        _("Exploited people"),
        columns,
        empty=_("Nobody is recorded as exploited by this line."),
        icon="status.victim",
    )


def holders_section() -> CaseSection:
    """Return the table of those who hold, answer and sell."""

    def charged(one: Holder) -> Cell:
        step = one.charge
        if step is None:
            return looks.NOTHING
        said = shown(step.on) if step.on else _("day not recorded")
        return Chip(_("Charged {date}").format(date=said), "outline")

    columns = (
        column(_("Nominal"), lambda o: entity(o.item.other), _label_of(_item), 190, stretch=2),
        column(_("Role here"), lambda o: Text(type_words(o.item)), lambda o: type_words(o.item),
               140),
        column(_("When"), lambda o: _link_span(o.item), lambda o: o.item.link.start, 190),
        column(_("Strength"), lambda o: _strength(o.item), lambda o: o.item.link.strength, 140,
               yields=1),
        column(_("Charge"), charged, lambda o: o.charge is None, 150),
    )  # fmt: skip
    return CaseSection(
        _("Holders and others"), columns, empty=_("Nobody is recorded as holding this line.")
    )


def numbers_section() -> CaseSection:
    """Return the table of telephone numbers over time."""

    def state(one: Number) -> Cell:
        return Status(_("In use"), "status.active", "ok") if one.in_use else (
            Text(_("Out of use"), "text.3"))  # fmt: skip

    columns = (
        column(_("Number"), lambda o: Text(o.phone.label, mono=True), lambda o: o.phone.label, 150),
        column(_("When"), lambda o: text(span(o.first, None if o.in_use else o.last), "text.2"),
               lambda o: o.first, 220, stretch=2),
        column(_("State"), state, lambda o: not o.in_use, 120),
        column(_("Network"), lambda o: text(o.network), lambda o: o.network or None, 110, yields=1),
        column(_("Strength"), lambda o: _strength(o.item), lambda o: o.item.link.strength, 140,
               yields=2),
    )  # fmt: skip
    return CaseSection(_("Numbers"), columns, empty=_("No number recorded."), icon="entity.phone")


def addresses_section() -> CaseSection:
    """Return the table of addresses, those taken over marked."""

    def cuckooed(one: Address) -> Cell:
        taken = one.place.cuckooed or one.item.link.type == "cuckooed-at"
        return Chip(_("Cuckooed"), "due", "page.home") if taken else looks.NOTHING

    def where(one: Address) -> str:
        return ", ".join(part for part in (one.place.town, one.place.postcode) if part)

    columns = (
        column(_("Address"), lambda o: entity(o.item.other), _label_of(_item), 220, stretch=3),
        column(_("Town"), lambda o: text(where(o), "text.2"), lambda o: where(o) or None, 150),
        column(_("State"), cuckooed, lambda o: not o.place.cuckooed, 120),
        column(_("When"), lambda o: _link_span(o.item), lambda o: o.item.link.start, 190,
               yields=1),
        column(_("Strength"), lambda o: _strength(o.item), lambda o: o.item.link.strength, 140,
               yields=2),
    )  # fmt: skip
    return CaseSection(_("Addresses"), columns, empty=_("No address recorded."))


def _linked_section(title: str, first: str, empty: str) -> CaseSection:
    columns = (
        column(first, lambda i: entity(i.other), lambda i: i.other.label.casefold(), 220,
               stretch=3),
        column(_("How"), lambda i: Text(type_words(i), "text.2"), type_words, 150),
        column(_("When"), _link_span, lambda i: i.link.start, 190, yields=1),
        column(_("Strength"), _strength, lambda i: i.link.strength, 140, yields=2),
    )  # fmt: skip
    return CaseSection(title, columns, empty=empty)


def groups_section() -> CaseSection:
    """Return the table of the OCGs behind the line."""
    return _linked_section(_("Controlling OCGs"), _("OCG"), _("No OCG is linked to this line."))


def towns_section() -> CaseSection:
    """Return the table of the places it runs to."""
    return _linked_section(_("Runs to"), _("Place"), _("No town is linked; see the fields."))


def dealing_section() -> CaseSection:
    """Return the table of what it deals in, with the scale where it is known."""

    def scale(item: Linked) -> Cell:
        return text(commodities.scale_words(item.link), align="right")

    columns = (
        column(_("Commodity"), lambda i: entity(i.other), lambda i: i.other.label.casefold(), 220,
               stretch=3),
        column(_("Does"), lambda i: Text(type_words(i), "text.2"), type_words, 150),
        column(_("Scale"), scale, lambda i: i.link.weight, 110, stretch=0, align="right"),
        column(_("When"), _link_span, lambda i: i.link.start, 190, yields=1),
        column(_("Strength"), _strength, lambda i: i.link.strength, 140, yields=2),
    )  # fmt: skip
    return CaseSection(
        _("Commodities"),
        columns,
        empty=_("No commodity recorded."),
        acts=(SectionAct(key="deal", title=_("Add commodity"), icon="action.add"),),
    )


def indicators_section() -> CaseSection:
    """Return the checklist of a line."""
    words = {"yes": _("Yes"), "no": _("No")}

    def answered(row: tuple[str, str, str]) -> Cell:
        if row[2] == "yes":
            return Status(words["yes"], "action.check", "info")
        return Text(words.get(row[2], _("Not known")), "text.3")

    columns = (
        column(_("Group"), lambda r: Text(r[0], "text.2"), lambda r: r[0], 110, stretch=0),
        column(_("Indicator"), lambda r: Text(r[1]), lambda r: r[1], 260, stretch=3),
        column(_("Holds"), answered, lambda r: ("yes", "no").index(r[2]) if r[2] in words else None,
               130, stretch=0),
    )  # fmt: skip
    return CaseSection(
        _("Indicators"),
        columns,
        empty=_("The checklist of this line has not been gone through (local default list)."),
        acts=(SectionAct(key="tick", title=_("Go through the list"), icon="action.check"),),
    )


def tick_rows(ticked: Indicators) -> tuple[tuple[str, str, str], ...]:
    """Return the checklist: block, indicator, and what was answered."""
    sheet = scoring_sheets.sheet(INDICATORS)
    return tuple(
        (_(block.label), _(factor.label), ticked.answers.get(factor.code, ""))
        for block in sheet.blocks
        for factor in sheet.factors_of(block.code)
    )
