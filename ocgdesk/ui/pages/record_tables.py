"""The tables on the page of a record: members, links, intelligence, history."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final
from uuid import UUID

from ocgdesk.casework import intelligence
from ocgdesk.casework.intelligence import Weight
from ocgdesk.domain.changes import Change
from ocgdesk.domain.dates import LONDON, PartialDate
from ocgdesk.domain.entities import Report
from ocgdesk.domain.fields import described_fields
from ocgdesk.domain.links import Attribution, Link, Membership
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.i18n import _
from ocgdesk.store.records import Brief, Linked
from ocgdesk.ui import words
from ocgdesk.ui.forms import editors
from ocgdesk.ui.models import looks
from ocgdesk.ui.models.record_cell import entity
from ocgdesk.ui.models.short_table import Column, column
from ocgdesk.ui.pages.record_reading import Past
from ocgdesk.ui.widgets import values
from ocgdesk.ui.widgets.values import NONE, Cell, Flagged, Text

_IMPORTANCE: Final = {"principal": 0, "significant": 1, "peripheral": 2}
_STRENGTH: Final = {"confirmed": 0, "unconfirmed": 1, "tentative": 2}
Reports = Mapping[UUID, Report]


def type_words(item: Linked) -> str:
    """Return a link's type as read from the record: ``Controls``, ``Controlled by``."""
    known = code_list("link-types").find(item.link.type)
    if known is None:
        return item.link.type
    return known.label if item.outward else str(known.get("reverse", known.label))


def role_words(item: Linked, *, exploited: bool) -> str:
    """Return what somebody is in an OCG; of an exploited person no role is said."""
    if not isinstance(item.link, Membership) or exploited:
        return ""
    return label("roles", item.link.role)


def reports_of(link: Link, reports: Reports) -> list[Report]:
    """Return the reports a link rests on that this user may see."""
    return [reports[id_] for id_ in link.reports if id_ in reports]


def _date(value: PartialDate | None) -> Cell:
    return Text(value.worded() if value else NONE, "text.2" if value else "text.3")


def _plain(text: str) -> Cell:
    return Text(text) if text else looks.NOTHING


def _weight(reports: Reports, item: Linked) -> Weight:
    return intelligence.weigh(reports_of(item.link, reports))


def _sources(reports: Reports, item: Linked) -> Cell:
    """Return how many independent sources; what would single one out is not counted."""
    weight = _weight(reports, item)
    if weight.is_hidden:
        return Flagged(NONE, "neutral", "status.hidden", hint=weight.words)
    return Text(str(weight.sources), "text" if weight.sources else "text.3", align="right")


def _best(reports: Reports, item: Linked) -> Cell:
    weight = _weight(reports, item)
    if not weight.best or weight.is_hidden:
        return replace(looks.NOTHING, align="right")
    return looks.grade(weight.best)


def strength_drawn(reports: Reports, item: Linked) -> str:
    """Return how sure a link is shown to be: tentative where it rests on one untested source."""
    return intelligence.strength_drawn(item.link, reports_of(item.link, reports))


def _common(reports: Reports) -> tuple[Column, ...]:
    """Return the columns that every link has."""
    return (
        column(_("Strength"), lambda i: looks.code("strengths", strength_drawn(reports, i)),
                lambda i: _STRENGTH.get(strength_drawn(reports, i), 9), 140),
        column(_("From"), lambda i: _date(i.link.start), lambda i: i.link.start, 110, yields=3),
        column(_("To"), lambda i: _date(i.link.end), lambda i: i.link.end, 100, yields=4),
        column(_("Sources"), partial(_sources, reports),
                lambda i: _weight(reports, i).sources, 80, align="right"),
        column(_("Best grade"), partial(_best, reports),
                lambda i: _weight(reports, i).best or None, 100, align="right",
                yields=2),
    )  # fmt: skip


def member_columns(reports: Reports, *, exploited: bool, of_ocg: bool) -> tuple[Column, ...]:
    """Return the columns of a table of memberships."""
    hidden = exploited

    def role(item: Linked) -> str:
        return role_words(item, exploited=hidden or item.other.exploited)

    def importance(item: Linked) -> str:
        silent = hidden or item.other.exploited or not isinstance(item.link, Membership)
        return "" if silent else str(getattr(item.link, "importance", ""))

    def confidence(item: Linked) -> str:
        return str(getattr(item.link, "confidence", ""))

    title = _("Nominal") if of_ocg else _("OCG")
    return (
        column(title, lambda i: entity(i.other), lambda i: i.other.label.casefold(), 190,
                stretch=2),
        column(_("Role here"), lambda i: _plain(role(i)), lambda i: role(i) or None, 150,
                stretch=2),
        column(_("Importance"), lambda i: _plain(label("importances", importance(i))),
                lambda i: _IMPORTANCE.get(importance(i)), 110, yields=1),
        column(_("Confidence"), lambda i: _plain(label("confidences", confidence(i))),
                lambda i: label("confidences", confidence(i)) or None, 110, yields=5),
        *_common(reports),
    )  # fmt: skip


def link_columns(reports: Reports) -> tuple[Column, ...]:
    """Return the columns of a table of links."""
    return (
        column(_("Type"), lambda i: Text(type_words(i)), type_words, 150),
        column(_("Other end"), lambda i: entity(i.other), lambda i: i.other.label.casefold(), 200,
                stretch=3),
        *_common(reports)[:3],
        column(_("Basis"), lambda i: _plain(label("bases", i.link.basis)),
                lambda i: i.link.basis, 110, yields=5),
        *_common(reports)[3:],
    )  # fmt: skip


def report_columns(uses: Mapping[UUID, int]) -> tuple[Column, ...]:
    """Return the columns of a table of reports, with how many links rest on each."""
    return (
        column(_("Grading"), lambda r: looks.grade(r.grade) if r.grade else looks.NOTHING,
                lambda r: r.grade or None, 90, stretch=0, align="right"),
        column(_("Reference"), lambda r: Text(r.ref, "text.3", mono=True), lambda r: r.ref, 170,
                stretch=0, yields=2),
        column(_("Title"), lambda r: Text(r.title, strong=True), lambda r: r.title.casefold(),
                220, stretch=4),
        column(_("Date of report"), lambda r: _date(r.reported), lambda r: r.reported, 120,
                stretch=0),
        column(_("Source label"), lambda r: _plain(r.origin), lambda r: r.origin or None, 110,
                stretch=0, yields=3),
        column(_("Links"), lambda r: Text(str(uses.get(r.id, 0)), align="right"),
                lambda r: uses.get(r.id, 0), 70, align="right", stretch=0),
    )  # fmt: skip


def brief_columns() -> tuple[Column, ...]:
    """Return the columns of a table of records in one line each."""
    return (
        column(_("Record"), entity, lambda b: b.label.casefold(), 240, stretch=3),
        column(_("Kind"), lambda b: Text(words.one(b.kind)), lambda b: b.kind.value, 130),
        column(_("Reference"), lambda b: Text(b.ref, "text.3", mono=True), lambda b: b.ref, 180),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One field that one act changed; ``first`` lines of an act say when, who and what."""

    seq: int
    when: str
    who: str
    act: str
    field: str
    cell: Cell
    first: bool


def history_lines(past: Past) -> tuple[Line, ...]:
    """Return the history of a record, newest first, a line for each field changed."""
    found: list[Line] = []
    for event in reversed(past.events):
        here = event.entry.at.astimezone(LONDON)
        when = f"{here.day} {here:%b %Y, %H:%M}"
        who = past.users.get(event.entry.user, _("former user"))
        act = event.entry.label
        if event.entry.undone:
            act = _("{act} (undone)").format(act=act)
        for number, (field, cell) in enumerate(_differences(event.change)):
            found.append(Line(event.entry.seq, when, who, act, field, cell, number == 0))
    return tuple(found)


def _differences(change: Change | None) -> list[tuple[str, Cell]]:
    if change is None:
        return [("", Text(_("erased"), "text.3"))]
    if change.after is None:
        return [("", Text(_("Removed"), "overdue"))]
    found: list[tuple[str, Cell]] = []
    for field in described_fields(type(change.thing)):
        before, after = (_said(field, thing) for thing in (change.before, change.after))
        if before != after:
            changed = values.Change(before=before, after=after or NONE)
            found.append((field.label, changed if before else Text(after)))
    return found or [("", looks.NOTHING)]


def _said(field: Any, thing: Any) -> str:
    return editors.shown(field, getattr(thing, field.name)) if thing is not None else ""


def history_columns() -> tuple[Column, ...]:
    """Return the columns of the history."""
    return (
        column(_("When"), lambda n: Text(n.when if n.first else "", "text.2"),
                lambda n: n.seq, 150, stretch=0),
        column(_("Who"), lambda n: Text(n.who if n.first else "", strong=True),
                lambda n: n.who.casefold(), 130, stretch=0),
        column(_("Act"), lambda n: Text(n.act if n.first else ""), lambda n: n.act, 150,
                stretch=1),
        column(_("Field"), lambda n: Text(n.field, "text.2"), lambda n: n.field, 140, stretch=0),
        column(_("Before and after"), lambda n: n.cell, lambda n: values.words(n.cell), 240,
                stretch=4),
    )  # fmt: skip


def link_words(item: Linked, own: Brief) -> tuple[str, str]:
    """Return a link in words: who and whom, and below how."""
    source, target = (own, item.other) if item.outward else (item.other, own)
    if isinstance(item.link, Membership):
        title = _("{nominal} in {ocg}").format(nominal=source.label, ocg=target.label)
    else:
        known = label("link-types", item.link.type)
        title = f"{source.label} · {known} · {target.label}"
    parts = [*_how(item.link, exploited=source.exploited)]
    if item.link.start:
        parts.append(_("since {date}").format(date=item.link.start.worded()))
    if item.link.end:
        parts.append(_("until {date}").format(date=item.link.end.worded()))
    return title, ", ".join(part for part in parts if part)


def _how(link: Link, *, exploited: bool) -> tuple[str, ...]:
    match link:
        case Membership() if not exploited:
            importance = label("importances", link.importance).lower()
            return (label("roles", link.role), importance)
        case Attribution():
            status = label("attribution-statuses", link.status).lower()
            return (label("confidences", link.confidence), status)
    return ()
