"""Cells of a list as somebody types them: which can be typed, and what a text would make of one."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Final

from ocgdesk.casework import records, ruled
from ocgdesk.casework.field_words import worded
from ocgdesk.domain import doubts, moves
from ocgdesk.domain.fields import MANY, Field, FieldType, described_fields
from ocgdesk.domain.kinds import LINKS, Kind
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.things import Thing
from ocgdesk.errors import Refused
from ocgdesk.exchange import convert
from ocgdesk.i18n import N_, _
from ocgdesk.store.reader import Reader

T = FieldType
_TEXTS: Final = frozenset({T.TEXT, T.LONG_TEXT})
_EMPTY: Final[dict[FieldType, Any]] = {
    T.TEXT: "", T.LONG_TEXT: "", T.CODE: "", T.GRADE: "", T.FLAG: False,
}  # fmt: skip

_KEPT_AS_THEY_ARE: Final = {
    Kind.DECISION: N_("An entry of the decision log is superseded, never changed"),
    Kind.ASSESSMENT: N_("An assessment is kept as it was made: score anew instead"),
    Kind.ATTACHMENT: N_("What is known of a file is not typed"),
    Kind.PLAN: N_("A 4P plan is changed on its board"),
    Kind.SAVED_VIEW: N_("A view is changed where it is used"),
    Kind.WATCH: N_("A watch is changed where it is kept"),
    Kind.SKETCH_ITEM: N_("A sketch is changed on its chart"),
    Kind.SKETCH_TIE: N_("A sketch is changed on its chart"),
    Kind.ANNOTATION: N_("A note on a chart is changed on the chart"),
    Kind.RESULT: N_("A result is kept as it was computed: compute it anew"),
    Kind.LIST_EDITION: N_("A list of codes is changed by an administrator"),
    Kind.IMPORT_SPEC: N_("A specification is changed where files are taken in"),
}
_LINKED: Final = N_("The type of a link is chosen where it is made")
_CHOSEN: Final = N_("This is chosen on the record")
_DECIDED: Final = N_("This is decided on the record, where its reason is asked for")
_ON_THE_RECORD: Final = {
    Kind.OCG: frozenset({"tier", "tier_reason", "tier_meeting", "tier_decided", "status_reason"}),
    Kind.HANDLE: frozenset({"handed_to", "handed_over", "handover_note"}),
    Kind.ACTION: frozenset({"done"}),
}
"""Fields that follow from an act which asks for more than a table can."""


class Verdict(StrEnum):
    """How a typed cell stands."""

    SAME = "same"
    CHANGED = "changed"
    DOUBTFUL = "doubtful"
    """It breaks a format, or reads oddly; kept where the user insists, and marked."""
    WRONG = "wrong"
    """It cannot be taken in."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Proposed:
    """One cell as it is and as it would be. ``note`` says what is wrong or doubtful."""

    verdict: Verdict
    typed: str
    before: str = ""
    after: str = ""
    value: Any = None
    note: str = ""

    @property
    def is_taken(self) -> bool:
        """Whether taking it in would change anything."""
        return self.verdict in {Verdict.CHANGED, Verdict.DOUBTFUL}


@cache
def field_of(kind: Kind, name: str) -> Field | None:
    """Return the field a column shows; None for what is counted, looked up or an end."""
    return next((f for f in described_fields(class_of(kind)) if f.name == name), None)


@cache
def refusal(kind: Kind, name: str) -> str:
    """Return why cells of a column cannot be typed; empty where they can."""
    field = field_of(kind, name)
    if field is None:
        return _("This column is worked out, it is not typed")
    by_type = field.type in MANY or field.type in {T.ENTITY, T.INSTANT}
    reasons = (
        _KEPT_AS_THEY_ARE.get(kind),
        ruled.MADE_BY_ACT.get(kind),
        ruled.BY_ACT.get((kind, name)),
        _DECIDED if name in _ON_THE_RECORD.get(kind, ()) else None,
        _LINKED if kind in LINKS and name in {"type", "directed"} else None,
        _CHOSEN if by_type else None,
    )
    return next((_(said) for said in reasons if said), "")


def read(field: Field, text: str, today: date) -> Any:
    """Return the value of what was typed: codes by their words, dates in the UK's order.

    Raises Refused, in a sentence, where it is none.
    """
    text = text.strip()
    if not text:
        return _EMPTY.get(field.type)
    if field.type in _TEXTS and not field.mono:
        return text  # a dash or "none" is what somebody typed, not a spreadsheet's empty cell
    found = convert.convert(field, text, today=today)
    if found.problems:
        raise Refused(found.problems[0])
    return _EMPTY.get(field.type) if found.value is None else found.value


def typed(field: Field, value: Any) -> str:
    """Return a value as text that reads back as it is: a code as its code, all else in words."""
    if field.type is T.CODE or isinstance(value, str):
        return str(value or "")
    return worded(field, value)


def propose(reader: Reader, thing: Thing, name: str, text: str, today: date) -> Proposed:
    """Return what typing this text into a cell of a record would do."""
    field = field_of(thing.kind, name)
    if field is None or (said := refusal(thing.kind, name)):
        return Proposed(verdict=Verdict.WRONG, typed=text, note=refusal(thing.kind, name))
    old = getattr(thing, name)
    before = worded(field, old)
    try:
        value = read(field, text, today)
        records.edited(reader, thing, {name: value}, today)
        said = _refused_status(thing, field, old, value)
    except Refused as refused:
        said, value = str(refused), None
    if said:
        return Proposed(verdict=Verdict.WRONG, typed=text, before=before, note=said)
    odd = doubts.doubt(thing.kind, name, value, today) if value != old else ""
    kept = Verdict.DOUBTFUL if odd else Verdict.CHANGED
    return Proposed(
        verdict=Verdict.SAME if value == old else kept,
        typed=text, before=before, after=worded(field, value), value=value, note=odd,
    )  # fmt: skip


def _refused_status(thing: Thing, field: Field, old: Any, new: Any) -> str:
    """Return why an action cannot move on so; other kinds have their rules in their edits."""
    if thing.kind is not Kind.ACTION or field.codes not in moves.MOVES:
        return ""
    refused = moves.refuse_move(field.codes, old, new)
    return refused or moves.refuse_without(field.codes, old, new, ()) or ""
