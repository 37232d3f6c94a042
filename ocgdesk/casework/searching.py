"""The search box: what was found, in groups, each result with what tells it apart and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ocgdesk.casework import present, reasons
from ocgdesk.casework.reasons import Use
from ocgdesk.domain import dates
from ocgdesk.domain.dates import PartialDate
from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.fitting import Reason, Why
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.likeness import Span
from ocgdesk.domain.reference_data import label
from ocgdesk.i18n import N_, _
from ocgdesk.store import finding, listing
from ocgdesk.store.finding import Hit
from ocgdesk.store.listing import ColumnSpec
from ocgdesk.store.reader import Reader

KINDS = finding.FOUND
_WORDS: dict[Reason, str] = {
    Reason.REFERENCE: N_("reference"),
    Reason.NAME: N_("name"),
    Reason.ALIAS: N_("alias “{line}”"),
    Reason.IDENTIFIER: N_("identifier"),
    Reason.NUMBER_CONTAINS: N_("number contains"),
    Reason.PART: N_("part of the name"),
    Reason.ONE_LETTER: N_("one letter differs"),
    Reason.TWO_LETTERS: N_("two letters differ"),
    Reason.SOUNDS_LIKE: N_("sounds like"),
    Reason.TEXT: N_("in the text"),
}
_WITH_LINE: dict[Reason, str] = {
    Reason.IDENTIFIER: N_("identifier {line}"),
    Reason.NUMBER_CONTAINS: N_("{line} contains it"),
    Reason.ONE_LETTER: N_("one letter differs: {line}"),
    Reason.TWO_LETTERS: N_("two letters differ: {line}"),
    Reason.SOUNDS_LIKE: N_("sounds like: {line}"),
}
_TELLING: dict[Kind, tuple[str, ...]] = {
    Kind.NOMINAL: ("ref", "born", "gender"),
    Kind.OCG: ("ref", "status", "tier"),
    Kind.HANDLE: ("ref", "platform", "disposition"),
    Kind.PHONE: ("ref", "phone_type", "network"),
    Kind.COUNTY_LINE: ("ref", "status", "hub"),
    Kind.LOCATION: ("ref", "town", "postcode"),
    Kind.VEHICLE: ("ref", "make", "model", "colour"),
    Kind.ORGANISATION: ("ref", "organisation_type"),
    Kind.ACCOUNT: ("ref", "institution"),
    Kind.OPERATION: ("ref", "operation_type", "phase"),
    Kind.REPORT: ("ref", "grade", "reported"),
    Kind.PLAN: ("ref", "status"),
    Kind.ACTION: ("ref", "strand", "status", "due"),
}
"""What tells records of one name apart, by kind: columns of its list."""
_LONGEST_LINE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One line of the search box: the record, a second line, and why it was found."""

    hit: Hit
    second: str
    second_marks: tuple[Span, ...] = ()

    @property
    def why(self) -> str:
        """Why it was found, in words."""
        return reason(self.hit.why)


@dataclass(frozen=True, slots=True)
class Group:
    """Results of one kind, and how many of it there are (at least, where not all was seen)."""

    kind: Kind
    total: int
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for a text."""

    text: str
    groups: tuple[Group, ...]
    is_all: bool

    @property
    def count(self) -> int:
        """How many records were found, at least."""
        return sum(group.total for group in self.groups)


def search(reader: Reader, text: str, *, kinds: Sequence[Kind] = (), per_kind: int = 6) -> Answer:
    """Return what is found, grouped by kind; that it was looked for is logged.

    Raises ReasonWanted where a reason is mandatory here and the reader gives none.
    """
    reasons.check(reasons.policy(reader), Use.SEARCH, reader.purpose)
    found = finding.look(reader, text, kinds=kinds, per_kind=per_kind)
    by_kind: dict[Kind, list[Hit]] = {}
    for hit in found.hits:
        by_kind.setdefault(hit.record.kind, []).append(hit)
    groups = (
        Group(kind, found.totals[kind], tuple(_results(reader, kind, hits)))
        for kind, hits in by_kind.items()
    )
    return Answer(text, tuple(groups), found.is_all)


def reason(why: Why) -> str:
    """Return in words why a record was found, such as ``alias “Pen”`` or ``sounds like``."""
    line = why.line if len(why.line) <= _LONGEST_LINE else why.line[: _LONGEST_LINE - 1] + "…"
    words = _WITH_LINE.get(why.reason) if line else None
    return _(words or _WORDS[why.reason]).format(line=line)


def plain(result: Result) -> dict[str, Any]:
    """Return a result as JSON has it: the reason as a code and in words, and what matched."""
    hit = result.hit
    matched = hit.why.line or hit.record.label
    marks = hit.why.line_marks if hit.why.line else hit.why.label_marks
    found = present.brief(hit.record) | {
        "reason": hit.reason.value,
        "why": result.why,
        "matched": matched,
        "marks": [list(mark) for mark in marks],
    }
    return found | ({"owner": present.brief(hit.owner)} if hit.owner else {})


def _results(reader: Reader, kind: Kind, hits: Sequence[Hit]) -> list[Result]:
    telling = _telling(reader, kind, [hit.record.no for hit in hits])
    return [_result(hit, telling) for hit in hits]


def _result(hit: Hit, telling: Mapping[int, str]) -> Result:
    why = hit.why
    if why.reason is Reason.TEXT and why.line:
        return Result(hit=hit, second=why.line, second_marks=why.line_marks)
    if hit.owner is not None:
        return Result(hit=hit, second=f"{hit.owner.label} · {hit.owner.ref}".strip(" ·"))
    second = telling.get(hit.record.no) or hit.record.ref or label("kinds", hit.record.kind.value)
    return Result(hit=hit, second=second)


def _telling(reader: Reader, kind: Kind, nos: Sequence[int]) -> dict[int, str]:
    wanted = _TELLING.get(kind, ())
    specs = [spec for spec in listing.columns(kind) if spec.name in wanted]
    if not specs:
        return {}
    specs.sort(key=lambda spec: wanted.index(spec.name))
    rows = listing.window(reader, kind, nos, tuple(spec.name for spec in specs))
    return {
        row.no: " · ".join(
            filter(None, (_shown(s, cell) for s, cell in zip(specs, row.cells, strict=True)))
        )
        for row in rows
    }


def _shown(spec: ColumnSpec, cell: Any) -> str:
    if cell is None or cell == "":
        return ""
    match spec.type:
        case FieldType.CODE:
            return label(spec.codes, str(cell))
        case FieldType.DAY:
            return dates.shown(date.fromisoformat(cell))
        case FieldType.PARTIAL_DATE:
            words = PartialDate.stored(cell).worded()
            return _("b. {date}").format(date=words) if spec.name == "born" else words
        case _:
            return str(cell)
