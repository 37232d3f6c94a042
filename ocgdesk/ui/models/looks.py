"""How a value of a record is shown in a cell: codes as words, dates as dates, states as icons."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from ocgdesk.domain import clocks, doubts
from ocgdesk.domain.clocks import Urgency
from ocgdesk.domain.dates import PartialDate, shown
from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.grading import Grading
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import _
from ocgdesk.store import many_cells
from ocgdesk.store.listing import ColumnSpec
from ocgdesk.ui.widgets.values import (
    NONE,
    Cell,
    Chip,
    Flagged,
    Grade,
    Line,
    Status,
    Strength,
    Text,
    Tone,
)

STATUS_ICONS: Final[dict[str, tuple[str, Tone]]] = {
    "nominated": ("status.nominated", "info"),
    "under-assessment": ("status.assessment", "info"),
    "active": ("status.active", "ok"),
    "re-activated": ("status.active", "ok"),
    "dormant": ("status.dormant", "neutral"),
    "archived": ("status.archived", "neutral"),
    "rejected": ("status.rejected", "neutral"),
    "merged": ("action.merge", "neutral"),
    "suspected": ("status.unknown", "info"),
    "potentially-active": ("status.unknown", "due"),
    "disrupted": ("page.disruption", "info"),
    "closed-type-1": ("status.closed", "neutral"),
    "closed-type-2": ("status.closed", "neutral"),
    "closed": ("status.closed", "neutral"),
    "rebranded": ("action.rebrand", "neutral"),
    "in-development": ("status.in-progress", "info"),
    "attributed": ("status.ok", "ok"),
    "other-agency": ("action.hand-over", "neutral"),
    "not-suitable": ("status.rejected", "neutral"),
    "ip-only": ("status.info", "neutral"),
    "unattributed": ("status.unattributed", "neutral"),
    "proposed": ("status.proposed", "info"),
    "reviewed": ("action.review", "info"),
    "confirmed": ("status.ok", "ok"),
    "superseded": ("status.archived", "neutral"),
    "draft": ("status.not-started", "neutral"),
    "in-review": ("status.in-progress", "info"),
    "signed": ("action.sign", "ok"),
    "not-started": ("status.not-started", "neutral"),
    "in-progress": ("status.in-progress", "info"),
    "blocked": ("status.blocked", "overdue"),
    "complete": ("status.ok", "ok"),
    "cancelled": ("status.rejected", "neutral"),
    "submitted": ("status.waiting", "info"),
    "moderated": ("status.in-progress", "info"),
    "accepted": ("status.ok", "ok"),
    "returned": ("action.undo", "due"),
    "withdrawn": ("status.rejected", "neutral"),
}
"""The drawing of each state, and what its colour means."""

_STATUSES: Final = frozenset(
    {
        *("ocg-statuses", "line-statuses", "plan-statuses", "action-statuses"),
        *("attribution-statuses", "dispositions", "disruption-statuses"),
    }
)
_LINES: Final[dict[str, Strength]] = {
    "confirmed": "confirmed",
    "unconfirmed": "unconfirmed",
    "tentative": "tentative",
}
_TONES: Final[dict[Urgency, Tone]] = {Urgency.OVERDUE: "overdue", Urgency.DUE: "due"}
_QUIET: Final = frozenset({Urgency.NONE, Urgency.QUIET})
_SCHEMES: Final = {
    FieldType.IDENTIFIERS: "identifier-schemes",
    FieldType.EXTERNALS: "external-schemes",
}
_NUMBERS: Final = frozenset({FieldType.INTEGER, FieldType.NUMBER})
NOTHING: Final = Text(NONE, "text.3")


def is_number(spec: ColumnSpec) -> bool:
    """Tell whether a column holds figures, which stand at the right and can be added up."""
    return spec.type in _NUMBERS


def is_right(spec: ColumnSpec) -> bool:
    """Tell whether a column stands at the right: figures and gradings."""
    return is_number(spec) or spec.type is FieldType.GRADE


def text(spec: ColumnSpec, value: Any) -> str:
    """Return a stored value as words; empty where there is none."""
    if value is None or value == "":
        return ""
    if spec.type is FieldType.CODE:
        return label(spec.codes, str(value))
    if spec.type in many_cells.TYPES:
        return "; ".join(_one_of_many(spec, *part) for part in many_cells.parts(str(value)))
    worded = _WORDED.get(spec.type)
    return worded(value) if worded else str(value)


def _one_of_many(spec: ColumnSpec, scheme: str, said: str) -> str:
    if spec.type is FieldType.CODES:
        return label(spec.codes, said)
    schemes = _SCHEMES.get(spec.type, "")
    return f"{label(schemes, scheme)} {said}" if scheme else said


def number(value: float) -> str:
    """Return a figure with commas between thousands, and no decimals it does not need."""
    if isinstance(value, int) or float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.2f}".rstrip("0")


def _day_words(stored: Any) -> str:
    return shown(date.fromisoformat(str(stored)))


_WORDED: Final[dict[FieldType, Callable[[Any], str]]] = {
    FieldType.FLAG: lambda value: _("Yes") if value else _("No"),
    FieldType.INTEGER: number,
    FieldType.NUMBER: number,
    FieldType.DAY: _day_words,
    FieldType.PARTIAL_DATE: lambda value: PartialDate.stored(str(value)).worded(),
    FieldType.GRADE: lambda value: Grading.parse(str(value)).shown(),
}


def cell(kind: Kind, spec: ColumnSpec, value: Any, today: date) -> Cell:
    """Return what a cell of a list shows for a stored value."""
    words = text(spec, value)
    if not words:
        return _missing(kind, spec)
    if spec.type is FieldType.CODE:
        return code(spec.codes, str(value))
    if spec.type is FieldType.FLAG:
        return _flag(spec, words) if value else NOTHING
    if spec.type is FieldType.DAY:
        return day(kind, spec.name, str(value), today)
    if spec.type is FieldType.GRADE:
        return grade(str(value))
    return doubtful(kind, spec, words, today) or _words(spec, words)


def doubtful(kind: Kind, spec: ColumnSpec, words: str, today: date) -> Flagged | None:
    """Return a value that breaks its format with its mark; None where nothing is odd."""
    if not doubts.has_format(kind, spec.name):
        return None
    said = doubts.doubt(kind, spec.name, words, today)
    return Flagged(words, "due", "status.warning", mono=spec.mono, hint=said) if said else None


def _missing(kind: Kind, spec: ColumnSpec) -> Cell:
    if kind is Kind.OCG and spec.name == "lro":
        return Status(_("None"), "status.warning", "overdue")
    return Text(NONE, "text.3", align="right") if is_right(spec) else NOTHING


def _flag(spec: ColumnSpec, words: str) -> Cell:
    victim = spec.name == "exploited"
    return Status(words, "status.victim", "victim") if victim else Text(words)


def _words(spec: ColumnSpec, words: str) -> Cell:
    if is_number(spec):
        return Text(words, align="right")
    if spec.name == "ref":
        return Text(words, "text.3", mono=True)
    ink = "text.2" if spec.type is FieldType.PARTIAL_DATE else "text"
    return Text(words, ink, mono=spec.mono)


def code(codes: str, value: str) -> Cell:
    """Return a code as words; a state with its icon, a strength with a sample of its line."""
    words = label(codes, value)
    if codes == "strengths" and value in _LINES:
        return Line(_LINES[value], words)
    if codes in _STATUSES:
        return status(codes, value)
    return Text(words) if words else NOTHING


def status(codes: str, value: str) -> Status:
    """Return a state with its icon."""
    icon, tone = STATUS_ICONS.get(value, ("status.unknown", "neutral"))
    return Status(label(codes, value), icon, tone)


def status_chip(codes: str, value: str) -> Chip:
    """Return a state as a chip for a header."""
    shown_ = status(codes, value)
    return Chip(shown_.word, shown_.tone, shown_.icon)


def day(kind: Kind, name: str, stored: str, today: date) -> Cell:
    """Return a day; one that something is due on as a clock that gives the days in its hint."""
    words = _day_words(stored)
    if name not in {"review_due", "due"}:
        return Text(words, "text.2")
    read = clocks.action_clock if kind is Kind.ACTION else clocks.review_clock
    clock = read(date.fromisoformat(stored), today)
    if clock.urgency in _QUIET:
        return Text(words, "text.2")
    icon = "status.overdue" if clock.days < 0 else "status.due"
    return Chip(words, _TONES.get(clock.urgency, "neutral"), icon, clock.words)


def grade(stored: str) -> Grade:
    """Return a grading as its chip; the border says how far the source is tested."""
    found = Grading.parse(stored)
    tested = int(found.source) if found.source.isdigit() else 2 if found.is_untested else 1
    return Grade(found.shown(), tested)


def text_of_code(codes: str, value: str) -> str:
    """Return the words of a code."""
    return label(codes, value)
