"""Which return is wanted: of which period, beside which, narrowed by what, in which columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final
from uuid import UUID

from ocgdesk import resources
from ocgdesk.domain.fields import FieldType, described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.return_definitions import DERIVED, OF_PERIOD, OWNER, read
from ocgdesk.domain.returns import Block, Condition, Count, Definition, Layout, Period
from ocgdesk.errors import Refused
from ocgdesk.i18n import _
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import by_ids

MOST_MONTHS: Final = 36
"""Columns of a return by month, at most: more fit no page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Which return somebody wants: of which period, beside which, of which part of the register."""

    definition: Definition
    period: Period
    before: Period | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    """A code for each field it is narrowed by; the definition says which may be asked."""
    as_at: datetime | None = None
    """Recorded time: counted as this workspace stood then; None is now."""


@cache
def shipped() -> tuple[Definition, ...]:
    """Return the definitions that ship with the program, by their number in the guide."""
    folder = resources.path("returns")
    names = sorted(path.name for path in folder.glob("*.toml"))
    return tuple(read(resources.toml("returns", name)) for name in names)


class Lacking(Refused):
    """A return is asked for without what it says nothing without."""

    def __init__(self, told: str, wish: Wish, names: tuple[str, ...]) -> None:
        super().__init__(told)
        self.wish = wish
        self.names = names


def complete(wish: Wish) -> Wish:
    """Return the wish as it can be drawn up; Lacking where it does not say what it needs."""
    if names := tuple(name for name in wish.definition.requires if not wish.filters.get(name)):
        title = _(wish.definition.title)
        words = ", ".join(_(field_words(wish.definition, name)) for name in names)
        told = _("{title} is drawn up of one {what}: say which")
        raise Lacking(told.format(title=title, what=words.lower()), wish, names)
    return checked(wish)


def field_words(definition: Definition, name: str) -> str:
    """Return the words of a field a return is narrowed by."""
    return (described(definition.blocks[0].count, name) or (name, ""))[0]


def checked(wish: Wish) -> Wish:
    """Return the wish as it can be answered; Refused for a filter this return has none of."""
    if strange := set(wish.filters) - set(wish.definition.asks):
        told = _("This return is not narrowed by {name}; it knows {known}")
        known = ", ".join(wish.definition.asks) or _("no filter")
        raise Refused(told.format(name=min(strange)[:40], known=known))
    if wish.definition.layout is Layout.MONTHS and _months(wish.period) > MOST_MONTHS:
        raise Refused(_("A return by month covers three years at most"))
    return wish


def _months(period: Period) -> int:
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1


def filter_words(reader: Reader, wish: Wish) -> Iterator[tuple[str, str]]:
    """Yield what a return is narrowed by, in words; a record by its label and reference."""
    for name, value in wish.filters.items():
        words, codes = described(wish.definition.blocks[0].count, name) or (name, "")
        if names_a_record(wish.definition, name):
            yield _(words), _record_words(reader, value)
        else:
            yield _(words), label(codes, value) if codes else value


def _record_words(reader: Reader, value: str) -> str:
    found = next(iter(by_ids(reader, [UUID(value)]).values()), None)
    return f"{found.label} ({found.ref})" if found else _("a record that cannot be read")


def described(count: Count, name: str) -> tuple[str, str] | None:
    """Return the words and the list of a field a return is narrowed by, own or the owner's."""
    for kind, plain in _holders(count, name):
        if (kind, plain) in DERIVED:
            return DERIVED[kind, plain]
        for one in described_fields(class_of(kind)):
            if one.name == plain:
                return one.label, one.codes
    return None


def _holders(count: Count, name: str) -> Iterator[tuple[Kind, str]]:
    if name.startswith(OWNER):
        if count.owner:
            yield count.owner, name[len(OWNER) :]
        return
    yield count.kind, name
    if count.owner:
        yield count.owner, name


def narrowing(count: Count, filters: Mapping[str, str]) -> tuple[Condition, ...]:
    """Return what a user's filters ask of one count: of the record, or of its owner.

    Raises Refused where neither knows the field: the figure would not be narrowed at all.
    """
    made = []
    for name, value in filters.items():
        kind = _knowing(count, name)
        made.append(Condition(name if kind is count.kind else f"{OWNER}{name}", (value,)))
    return tuple(made)


def _knowing(count: Count, name: str) -> Kind:
    for kind, plain in _holders(count, name):
        if any(one.name == plain for one in described_fields(class_of(kind))):
            return kind
    raise Refused(_("What is counted here is not recorded by {name}").format(name=name))


def periods_of(wish: Wish) -> tuple[Period, ...]:
    """Return the periods that are counted: the one before first, where it is asked for."""
    if wish.definition.layout is Layout.PERIODS and wish.before is not None:
        return wish.before, wish.period
    return (wish.period,)


def column_axis(wish: Wish) -> tuple[tuple[str, str], ...]:
    """Return the value and the words of each column, where columns are values."""
    if wish.definition.layout is Layout.MONTHS:
        return tuple((f"{m.start:%Y-%m}", m.words) for m in wish.period.months())
    if (axis := wish.definition.columns) is None:
        return ()
    codes = axis.only or tuple(item.code for item in code_list(axis.codes))
    unsaid = (("", _(axis.unsaid)),) if axis.unsaid else ()
    return (*((code, label(axis.codes, code)) for code in codes), *unsaid)


def headings(wish: Wish, axis: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return the titles of the columns of figures."""
    match wish.definition.layout:
        case Layout.PERIODS:
            return tuple(period.words for period in periods_of(wish))
        case Layout.ONE:
            return (wish.period.words if is_dated(wish.definition) else _("Now"),)
        case _:
            total = wish.definition.column_total
            return (*(words for _code, words in axis), *((_(total),) if total else ()))


def is_dated(definition: Definition) -> bool:
    """Tell whether a period means anything to a return, or all is counted as recorded now."""
    return any(block.count.is_dated or _moves(definition, block) for block in definition.blocks)


def _moves(definition: Definition, block: Block) -> bool:
    """Tell whether what a block counts by or under is worked out for the period."""
    asked = {axis.field for axis in (block.each, definition.columns) if axis is not None}
    rows = (block.count.where, *(row.where for row in block.rows))
    asked |= {one.field for where in rows for one in where}
    return any((block.count.kind, name) in OF_PERIOD for name in asked)


def period_of(start: date | None, end: date | None, *, today: date) -> Period:
    """Return the period between two days; the last twelve whole months where none was said."""
    if start is not None and end is not None:
        return Period(start, end)
    if start is None and end is None:
        last = today.replace(day=1) - timedelta(days=1)
        return Period(last.replace(day=1), last).back_to_months(12)
    raise Refused(_("Say both days of the period, or neither for the last twelve months"))


def names_a_record(definition: Definition, name: str) -> bool:
    """Tell whether a return is narrowed by a record here, such as an operation."""
    count = definition.blocks[0].count
    for kind, plain in _holders(count, name):
        for one in described_fields(class_of(kind)):
            if one.name == plain:
                return one.type is FieldType.ENTITY
    return False


def code_of(definition: Definition, name: str, text: str) -> str:
    """Return the code that somebody means by a code or its words; Refused where there is none."""
    _words, codes = described(definition.blocks[0].count, name) or (name, "")
    return code_list(codes).parse(text) if codes and text else text
