"""The sections of a 4P plan on paper beside its four Ps: what is written, known, risked, signed."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, TypeVar

from ocgdesk.domain.dates import shown
from ocgdesk.domain.planning import Partner, PlanRisk, PlanVersion, Requirement, Review, StrandNote
from ocgdesk.domain.plans import Plan
from ocgdesk.domain.reference_data import label
from ocgdesk.domain.things import Entity
from ocgdesk.i18n import N_, _
from ocgdesk.reports.document import Block, Heading, Paragraph, Table

E = TypeVar("E", bound=Entity)

_BEFORE: Final = (
    ("communities", N_("Area and communities affected")),
    ("vulnerabilities", N_("Vulnerabilities")),
    ("enablers", N_("Enablers")),
    ("capability", N_("Capability")),
    ("partnership", N_("Partnership")),
)
_COMMUNICATIONS: Final = (
    ("comms_internal", N_("Inside: {text}")),
    ("comms_media", N_("Media: {text}")),
    ("comms_victims", N_("Victims: {text}")),
)
_CLOSURE: Final = (
    ("closure_result", N_("Result against objectives: {text}")),
    ("legacy", N_("Exit and legacy: {text}")),
)


def before_strands(plan: Plan) -> Iterator[Block]:
    """Yield what is written of the situation beside its summary."""
    for name, title in _BEFORE:
        if text := getattr(plan, name):
            yield Heading(_(title))
            yield Paragraph(text)


def of_strand(strand: str, parts: Sequence[Entity]) -> Iterator[Block]:
    """Yield what is said of one P as a whole: its impact, and why it does not apply."""
    for note in _of(parts, StrandNote):
        if note.strand == strand:
            kind = label("strand-note-types", note.note_type)
            until = _(" (until {day})").format(day=shown(note.until)) if note.until else ""
            yield Paragraph(f"{kind}{until}: {note.text}")


def after_strands(plan: Plan, parts: Sequence[Entity]) -> Iterator[Block]:
    """Yield requirements, partners, risks, communications, the review log and closure."""
    yield from _requirements(_of(parts, Requirement))
    yield from _partners(_of(parts, Partner))
    yield from _risks(_of(parts, PlanRisk))
    yield from _written(_("Communications"), plan, _COMMUNICATIONS)
    yield from _reviews(_of(parts, Review))
    yield from _versions(_of(parts, PlanVersion))
    yield from _written(_("Closure"), plan, _CLOSURE)


def _of(parts: Sequence[Entity], cls: type[E]) -> list[E]:
    return [part for part in parts if isinstance(part, cls)]


def _day(value: date | None) -> str:
    return shown(value) if value else "–"


def _table(
    title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], widths: tuple[float, ...]
) -> Iterator[Block]:
    if rows:
        yield Heading(title)
        yield Table(heads, tuple(rows), widths)


def _requirements(found: list[Requirement]) -> Iterator[Block]:
    rows = [
        (x.question, x.officer or "–", _day(x.due), label("requirement-statuses", x.status))
        for x in found
    ]
    heads = (_("Question"), _("Owner"), _("Due"), _("Status"))
    return _table(_("Intelligence requirements"), heads, rows, (0.46, 0.2, 0.16, 0.18))


def _partners(found: list[Partner]) -> Iterator[Block]:
    rows = [
        (
            label("agencies", x.agency),
            x.contact or "–",
            label("sharing-bases", x.basis) or "–",
            label("sharing-levels", x.may_see) or "–",
        )
        for x in found
    ]
    heads = (_("Agency"), _("Single point of contact"), _("Sharing basis"), _("May see"))
    return _table(_("Partners"), heads, rows, (0.28, 0.24, 0.26, 0.22))


def _risks(found: list[PlanRisk]) -> Iterator[Block]:
    rows = [
        (
            x.risk,
            label("plan-risk-types", x.risk_type),
            x.mitigation or "–",
            _("closed {day}").format(day=shown(x.closed)) if x.closed else _day(x.review_due),
        )
        for x in found
    ]
    heads = (_("Risk"), _("Type"), _("Mitigation"), _("Review due"))
    return _table(_("Risks"), heads, rows, (0.3, 0.18, 0.36, 0.16))


def _reviews(found: list[Review]) -> Iterator[Block]:
    found.sort(key=lambda one: one.held or date.min, reverse=True)
    rows = [
        (
            _day(x.held),
            _("{meeting} (joint)").format(meeting=x.meeting) if x.is_joint else x.meeting,
            "; ".join(x.attendance) or "–",
            "\n".join(text for text in (x.result, x.lessons) if text) or "–",
        )
        for x in found
    ]
    heads = (_("Held"), _("Meeting"), _("Attendance"), _("Result and lessons"))
    return _table(_("Review log"), heads, rows, (0.14, 0.22, 0.26, 0.38))


def _versions(found: list[PlanVersion]) -> Iterator[Block]:
    found.sort(key=lambda one: -one.number)
    rows = [
        (
            str(x.number),
            _day(x.signed.date() if x.signed else None),
            " · ".join(who for who in (x.signed_by, x.countersigned_by) if who),
            x.digest,
        )
        for x in found
    ]
    heads = (_("Version"), _("Signed"), _("By"), _("SHA-256 of its content"))
    return _table(_("Signed versions"), heads, rows, (0.1, 0.16, 0.28, 0.46))


def _written(title: str, plan: Plan, fields: tuple[tuple[str, str], ...]) -> Iterator[Block]:
    said = [_(form).format(text=text) for name, form in fields if (text := getattr(plan, name))]
    if said:
        yield Heading(title)
        yield from map(Paragraph, said)
