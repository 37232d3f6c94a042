"""What a return can be made of: what is counted, and by which of its fields, in words.

The editor of definitions offers this, so that nobody has to know how a field is called inside.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ocgdesk.domain.fields import FieldType, described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.return_definitions import ASKED, DAYS, DERIVED, NUMBERS, OWNER
from ocgdesk.domain.returns import RECORDED, Axis, Block, Condition, Count, Definition, Row
from ocgdesk.domain.things import Entity
from ocgdesk.errors import Refused
from ocgdesk.i18n import N_, _

COUNTED: Final = (
    *(Kind.DISRUPTION, Kind.OUTCOME, Kind.ACTION, Kind.OCG, Kind.NOMINAL, Kind.HANDLE),
    *(Kind.COUNTY_LINE, Kind.CHECK_BACK, Kind.OPERATION, Kind.COURT_STEP, Kind.REQUEST),
    *(Kind.REPORT, Kind.ASSESSMENT, Kind.SAFEGUARDING, Kind.ORDER, Kind.THREAT_WARNING),
    *(Kind.GAIN_REFERRAL, Kind.REQUIREMENT, Kind.REVIEW, Kind.LESSON, Kind.PLAN),
)
"""What a return may count, what boards ask for most first."""
ANYTHING: Final = N_("anything recorded")
NOTHING: Final = N_("not recorded")
_YES, _NO = N_("yes"), N_("no")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of what is counted, or of its owner: its name in a definition, and its words."""

    name: str
    words: str
    type: FieldType
    codes: str = ""


def fields(count: Count) -> tuple[Field, ...]:
    """Return what the records counted can be grouped and narrowed by, the owner's last."""
    own = (*_of(count.kind, ASKED), *_worked_out(count.kind))
    if count.owner is None:
        return own
    whose = _(label("kinds", count.owner.value))
    owners = (
        replace(one, name=f"{OWNER}{one.name}", words=f"{whose}: {one.words}")
        for one in _of(count.owner, ASKED)
    )
    return (*own, *owners)


def days(count: Count) -> tuple[Field, ...]:
    """Return the days a record counted may be counted by."""
    return tuple(_of(count.kind, DAYS))


def numbers(count: Count) -> tuple[Field, ...]:
    """Return the numbers of a record counted that can be added up."""
    return tuple(_of(count.kind, NUMBERS))


def owners(kind: Kind) -> tuple[Kind, ...]:
    """Return what may own a record of this kind and can be asked for its fields."""
    cls = class_of(kind)
    return tuple(one for one in cls.owners if one in COUNTED) if issubclass(cls, Entity) else ()


def _of(kind: Kind, types: frozenset[FieldType]) -> Iterator[Field]:
    for one in described_fields(class_of(kind)):
        if one.type in types:
            yield Field(one.name, _(one.label), one.type, one.codes)


def _worked_out(kind: Kind) -> Iterator[Field]:
    for (of, name), (words, codes) in DERIVED.items():
        if of is kind:
            yield Field(name, _(words), FieldType.CODE if codes else FieldType.FLAG, codes)


def field(count: Count, name: str) -> Field:
    """Return a field by its name in a definition; Refused for one there is none of."""
    for one in fields(count):
        if one.name == name:
            return one
    raise Refused(_("There is no field {name} in what is counted").format(name=name[:40]))


def asks(definition: Definition) -> tuple[Field, ...]:
    """Return what whoever draws a return up may narrow it by, as the definition says."""
    known = {one.name: one for one in can_ask(definition)}
    return tuple(known[name] for name in definition.asks if name in known)


def can_ask(definition: Definition) -> tuple[Field, ...]:
    """Return what every block of a definition can be narrowed by, under its own or its owner's."""
    found: dict[str, Field] | None = None
    for block in definition.blocks:
        known = {one.name.removeprefix(OWNER): one for one in reversed(fields(block.count))}
        every = {name: known[name] for name in known if found is None or name in found}
        found = every if found is None else {name: found[name] for name in found if name in every}
    plain = (replace(one, name=name) for name, one in (found or {}).items())
    return tuple(sorted(plain, key=lambda one: one.words.casefold()))


# ---- Values in words ----------------------------------------------------------------------------


def values_words(one: Field, values: Sequence[str]) -> str:
    """Return the values of a condition as people type them, with commas between."""
    return ", ".join(_value_words(one, value) for value in values)


def _value_words(one: Field, value: str) -> str:
    if value in {RECORDED, ""}:
        return _(ANYTHING) if value else _(NOTHING)
    if one.type is FieldType.FLAG:
        return _(_YES) if value in {"yes", "true", "1"} else _(_NO)
    return label(one.codes, value) if one.codes else value


def values_of(one: Field, text: str) -> tuple[str, ...]:
    """Return the values that somebody typed by words or codes; Refused for one there is none of.

    Words with a comma in them are found too: the longest that are a value are taken as one.
    """
    parts = [part.strip() for part in text.split(",")]
    found: list[str] = []
    while parts:
        value, used = _longest(one, parts)
        found += [value] if used and value is not None else []
        parts = parts[max(used, 1) :]
    return tuple(dict.fromkeys(found))


def _longest(one: Field, parts: Sequence[str]) -> tuple[str | None, int]:
    """Return the value that as many of these parts as can be name together, and how many."""
    if not parts[0]:
        return None, 1
    for used in range(len(parts), 1, -1):
        try:
            return _value(one, ", ".join(parts[:used])), used
        except Refused:
            continue
    return _value(one, parts[0]), 1


def _value(one: Field, text: str) -> str:
    said = text.casefold()
    if said in {_(ANYTHING).casefold(), RECORDED}:
        return RECORDED
    if said == _(NOTHING).casefold():
        return ""
    if one.type is FieldType.FLAG:
        return _flag(said)
    if one.codes:
        return code_list(one.codes).parse(text)
    if "," in text:
        raise Refused(_("A value holds no comma"))
    return text


def _flag(said: str) -> str:
    for words, value in ((_(_YES), "yes"), (_(_NO), "no")):
        if said in {words.casefold(), value}:
            return value
    raise Refused(_("Say yes or no"))


# ---- A definition taken apart and put together --------------------------------------------------


def new_block(title: str) -> Block:
    """Return a block to begin with: accepted disruptions by level."""
    count = Count(kind=Kind.DISRUPTION, by="on", where=(Condition("status", ("accepted",)),))
    return Block(title=title, count=count, each=Axis(field="level", codes="disruption-levels"))


def recounted(block: Block, kind: Kind) -> Block:
    """Return a block that counts another kind; what that has no field for is left out."""
    first = next((one.name for one in _of(kind, DAYS)), "")
    count = Count(kind=kind, by=first)
    before = {one.name: one.codes for one in fields(block.count)}
    known = {one.name for one in fields(count) if before.get(one.name) == one.codes}
    kept = tuple(one for one in block.count.where if one.field in known)
    by = first_axis(count)
    rows = () if by else (Row(label=_("All")),)
    return replace(block, count=replace(count, where=kept), each=by, rows=rows)


def owned(block: Block, owner: Kind | None) -> Block:
    """Return a block that asks of this owner too; what it asked of another is left out."""
    count = replace(block.count, owner=owner)
    known = {one.name for one in fields(count)}
    kept = replace(count, where=tuple(one for one in count.where if one.field in known))
    each = block.each if block.each is None or block.each.field in known else first_axis(kept)
    rows = (
        replace(row, where=tuple(one for one in row.where if one.field in known))
        for row in block.rows
    )
    return replace(block, count=kept, each=each, rows=tuple(rows))


def first_axis(count: Count) -> Axis | None:
    """Return one row for each value of the first field that has a list; None without one."""
    one = next((one for one in fields(count) if one.codes), None)
    return replace(axis_of(one), recorded=True) if one else None


def axis_of(one: Field) -> Axis:
    """Return one row or column for each value of a field."""
    return Axis(field=one.name, codes=one.codes)


def by_hand(block: Block) -> Block:
    """Return a block whose rows are said by hand: those of its axis, to begin with."""
    axis = block.each
    if axis is None:
        return block
    codes = axis.only or tuple(item.code for item in code_list(axis.codes)) if axis.codes else ()
    rows = tuple(
        Row(label=label(axis.codes, c), where=(Condition(axis.field, (c,)),)) for c in codes
    )
    return replace(block, each=None, rows=rows or (Row(label=_("All")),))
