"""Returns: a definition counted over a period, every figure of which opens its records."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from ocgdesk import resources
from ocgdesk.domain.charts import FIXED_LINE
from ocgdesk.domain.dates import shown
from ocgdesk.domain.fields import FieldType, described_fields
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.domain.registry import class_of
from ocgdesk.domain.return_definitions import DERIVED, OWNER, is_many, read
from ocgdesk.domain.returns import (
    BLANK,
    Axis,
    Block,
    Condition,
    Count,
    Definition,
    Figure,
    Layout,
    Line,
    Period,
    Return,
    Section,
    change,
)
from ocgdesk.errors import NotFound, Refused
from ocgdesk.i18n import _, ngettext
from ocgdesk.progress import Progress, silent, track
from ocgdesk.store import tallies
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.store.tallies import Asked, Tally

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


@cache
def shipped() -> tuple[Definition, ...]:
    """Return the definitions that ship with the program, by their number in the guide."""
    folder = resources.path("returns")
    names = sorted(path.name for path in folder.glob("*.toml"))
    return tuple(read(resources.toml("returns", name)) for name in names)


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


def make(reader: Reader, wish: Wish, *, now: datetime, progress: Progress = silent) -> Return:
    """Count a return. Raises Refused for a filter it has none of."""
    checked(wish)
    run = _Run(reader, wish)
    blocks = list(enumerate(wish.definition.blocks))
    sections = tuple(run.section(n, one) for n, one in track(blocks, progress, _("Count return")))
    reader.saw("Draw up return", (), name=wish.definition.code, period=wish.period.words)
    is_compared = wish.definition.layout is Layout.PERIODS and wish.before is not None
    return Return(
        definition=wish.definition,
        columns=run.headings,
        sections=sections,
        period=wish.period,
        before=wish.before if is_compared else None,
        as_at=f"{shown(now.date())}, {now:%H:%M}",
        filters=tuple(_filter_words(wish)),
        notes=(*run.notes, *_breaks(wish), _(FIXED_LINE)),
        basis=tuple(_basis(wish.definition)),
    )


def _basis(definition: Definition) -> Iterator[str]:
    yield _("Counts: {what}").format(what=definition.population)
    if definition.dated:
        yield _("By date of: {what}").format(what=definition.dated)


def _filter_words(wish: Wish) -> Iterator[tuple[str, str]]:
    for name, value in wish.filters.items():
        spec = _described(wish.definition.blocks[0].count, name)
        words, codes = spec or (name, "")
        yield _(words), label(codes, value) if codes else value


def _breaks(wish: Wish) -> Iterator[str]:
    start = wish.before.start if wish.before else wish.period.start
    for one in wish.definition.breaks:
        if start <= one.on <= wish.period.end:
            told = _("From {day} the figures are not like those before: {reason}")
            yield told.format(day=shown(one.on), reason=one.reason)


def _described(count: Count, name: str) -> tuple[str, str] | None:
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


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A row to be: its words, its value on the axis, its unit, and what more it asks."""

    label: str
    code: str = ""
    unit: str = ""
    where: tuple[Condition, ...] = ()
    is_cross_cut: bool = False
    row: int = -1


class _Run:
    """One counting of a return: what is counted twice is read once."""

    def __init__(self, reader: Reader, wish: Wish) -> None:
        self._reader = reader
        self._wish = wish
        self._definition = wish.definition
        self._periods = _periods(wish)
        self._known: dict[object, list[Tally]] = {}
        self.notes: list[str] = []
        self._axis = _column_axis(wish)
        self.headings = _headings(wish, self._axis)

    def section(self, number: int, block: Block) -> Section:
        """Count one block of rows."""
        where = narrowing(block.count, self._wish.filters)
        counted = self._by_row(block, where) if block.each else None
        wanted = self._rows(block, counted)
        lines = [self._line(block, one, where, counted) for one in wanted]
        if block.total:
            lines.append(self._total(block, where, counted, lines))
        return Section(title=_(block.title), lines=self._with_shares(lines), block=number)

    def _by_row(self, block: Block, where: tuple[Condition, ...]) -> list[list[Tally]]:
        assert block.each is not None  # noqa: S101 - asked only of blocks with an axis
        return [
            self._tally(block.count, period, where, (block.each.field, *self._second()))
            for period in self._periods
        ]

    def _second(self) -> tuple[str, ...]:
        return (self._definition.columns.field,) if self._definition.columns else ()

    def _tally(
        self,
        count: Count,
        period: Period,
        where: tuple[Condition, ...],
        by: tuple[str, ...],
    ) -> list[Tally]:
        key = (count, period, where, by)
        if key not in self._known:
            asked = Asked(count=count, period=period, where=where)
            months = self._definition.layout is Layout.MONTHS
            self._known[key] = tallies.tally(self._reader, asked, by, months=months)
        return self._known[key]

    def _rows(self, block: Block, counted: list[list[Tally]] | None) -> list[_Wanted]:
        if block.each is None:
            return [
                _Wanted(_(row.label), where=row.where, is_cross_cut=row.is_cross_cut, row=n)
                for n, row in enumerate(block.rows)
            ]
        assert counted is not None  # noqa: S101 - counted for every axis
        found = [
            _Wanted(words, code, unit, row=n)
            for n, (code, words, unit) in enumerate(_values(block.each, counted))
        ]
        return [*found, *self._unsaid(block, counted, len(found))]

    def _unsaid(self, block: Block, counted: list[list[Tally]], row: int) -> list[_Wanted]:
        """Tell of what has no value on the axis: in a row of its own, or in a note."""
        assert block.each is not None  # noqa: S101 - asked only of blocks with an axis
        lines = sum(one.lines for one in counted[-1] if not one.row)
        if not lines:
            return []
        if block.each.unsaid:
            return [_Wanted(_(block.each.unsaid), row=row)]
        every = sum(one.lines for one in counted[-1])
        words, _codes = _described(block.count, block.each.field) or (block.each.field, "")
        told = ngettext(
            "{block}: {n:,} of {every:,} has no {field}, so the rows add up to {rest:,}.",
            "{block}: {n:,} of {every:,} have no {field}, so the rows add up to {rest:,}.",
            lines,
        )
        self.notes.append(
            told.format(
                block=_(block.title),
                n=lines,
                every=every,
                field=_(words).lower(),
                rest=every - lines,
            )
        )
        return []

    def _line(
        self,
        block: Block,
        wanted: _Wanted,
        where: tuple[Condition, ...],
        counted: list[list[Tally]] | None,
    ) -> Line:
        if counted is None:
            by = ("", *self._second())[1:]
            found = [
                self._tally(block.count, period, (*where, *wanted.where), by)
                for period in self._periods
            ]
            found = [[_moved(one) for one in some] for some in found] if by else found
        else:
            found = [[one for one in some if one.row == wanted.code] for some in counted]
        unit, figures = self._figures(block.count, wanted, found)
        return Line(
            label=wanted.label,
            code=wanted.code,
            unit=unit,
            figures=figures,
            change=self._change(figures),
            is_cross_cut=wanted.is_cross_cut,
            row=wanted.row,
        )

    def _figures(
        self, count: Count, wanted: _Wanted, found: list[list[Tally]]
    ) -> tuple[str, tuple[Figure, ...]]:
        """Return the unit of a row and its figures; what is in another unit is told, not added."""
        unit = wanted.unit or _main_unit(found) if count.sum else ""
        if count.sum:
            self._tell_others(wanted, unit, found)
            found = [[one for one in some if one.unit in {unit, ""}] for some in found]
        if self._definition.layout in {Layout.PERIODS, Layout.ONE}:
            figures = [self._figure(count, some, at) for at, some in enumerate(found)]
            return unit, tuple(figures)
        return unit, self._across(count, found[0])

    def _figure(self, count: Count, some: list[Tally], at: int) -> Figure:
        if not count.is_dated and at < len(self._periods) - 1:
            return BLANK
        return _added(count, some)

    def _across(self, count: Count, some: list[Tally]) -> tuple[Figure, ...]:
        """Return one figure for each column, and their total where one is asked for."""
        by_column = defaultdict(list)
        for one in some:
            by_column[one.column].append(one)
        figures = [_added(count, by_column[code]) for code, _words in self._axis]
        total = [_added(count, some)] if self._definition.column_total else []
        return (*figures, *total)

    def _tell_others(self, wanted: _Wanted, unit: str, found: list[list[Tally]]) -> None:
        others: dict[str, int] = defaultdict(int)
        for one in (one for some in found for one in some):
            if one.unit not in {unit, ""}:
                others[one.unit] += one.lines
        for other, lines in others.items():
            told = ngettext(
                "{row}: {n:,} line is in {unit} and is not added.",
                "{row}: {n:,} lines are in {unit} and are not added.",
                lines,
            )
            note = told.format(row=wanted.label, n=lines, unit=label("units", other).lower())
            self.notes.append(note)

    def _total(
        self,
        block: Block,
        where: tuple[Condition, ...],
        counted: list[list[Tally]] | None,
        lines: Sequence[Line],
    ) -> Line:
        wanted = _Wanted(_(block.total))
        if len({line.unit for line in lines if not line.is_cross_cut}) > 1:
            told = _("{block}: the rows are in different units and have no total.")
            self.notes.append(told.format(block=_(block.title)))
            blank = tuple(BLANK for _figure in lines[0].figures) if lines else ()
            return Line(label=wanted.label, figures=blank, is_total=True)
        if counted is None or self._counts_twice(block):
            every = [self._tally(block.count, p, where, self._second()) for p in self._periods]
            every = [[_moved(one) for one in some] for some in every] if self._second() else every
        else:
            every = [[one for one in some if _is_in(block.each, one.row)] for some in counted]
        unit, figures = self._figures(block.count, wanted, every)
        return Line(
            label=wanted.label,
            unit=unit,
            figures=figures,
            change=self._change(figures),
            is_total=True,
        )

    def _counts_twice(self, block: Block) -> bool:
        """Tell whether a record may stand in several rows, which then add up to more."""
        return block.each is not None and is_many(block.count, block.each.field)

    def _change(self, figures: Sequence[Figure]) -> float | None:
        if self._definition.layout is not Layout.PERIODS or len(figures) < 2:
            return None
        return change(figures[-1], figures[0])

    def _with_shares(self, lines: list[Line]) -> tuple[Line, ...]:
        if self._definition.layout is not Layout.ONE:
            return tuple(lines)
        whole = sum(line.figures[0].value or 0 for line in lines if _is_part(line))
        if not whole or len({line.unit for line in lines}) > 1:
            return tuple(lines)
        return tuple(
            replace(line, shares=(None if line.is_cross_cut else _share(line, whole),))
            for line in lines
        )


def _is_part(line: Line) -> bool:
    return not (line.is_total or line.is_cross_cut)


def _share(line: Line, whole: float) -> float | None:
    value = line.figures[0].value
    return None if value is None else value / whole


def _is_in(axis: Axis | None, code: str) -> bool:
    return axis is None or not axis.only or code in axis.only


def _moved(one: Tally) -> Tally:
    """Put what was grouped by the columns alone where the columns are looked for."""
    return replace(one, row="", column=one.row)


def _added(count: Count, some: Sequence[Tally]) -> Figure:
    lines = sum(one.lines for one in some)
    if not count.sum:
        return Figure(float(lines), lines)
    return Figure(sum(one.value for one in some), lines) if lines else BLANK


def _main_unit(found: Sequence[Sequence[Tally]]) -> str:
    lines: dict[str, int] = defaultdict(int)
    for one in (one for some in found for one in some):
        lines[one.unit] += one.lines
    return max(lines, key=lambda unit: (lines[unit], unit), default="")


def _values(axis: Axis, counted: Sequence[Sequence[Tally]]) -> Iterator[tuple[str, str, str]]:
    """Yield the values of an axis with their words and, where their list says it, their unit."""
    known = {item.code: item for item in code_list(axis.codes)} if axis.codes else {}
    for code in _codes(axis, counted, tuple(known)):
        item = known.get(code)
        unit = str(item.get("unit", "")) if item else ""
        yield code, item.label if item else code, unit


def _codes(axis: Axis, counted: Sequence[Sequence[Tally]], known: tuple[str, ...]) -> list[str]:
    if axis.only:
        return list(axis.only)
    lines: dict[str, int] = defaultdict(int)
    for one in (one for some in counted for one in some):
        lines[one.row] += one.lines
    if axis.recorded:
        return sorted((code for code in lines if code), key=lambda code: (-lines[code], code))
    return [*known, *sorted(code for code in lines if code and code not in known)]


def _periods(wish: Wish) -> tuple[Period, ...]:
    if wish.definition.layout is Layout.PERIODS and wish.before is not None:
        return wish.before, wish.period
    return (wish.period,)


def _column_axis(wish: Wish) -> tuple[tuple[str, str], ...]:
    """Return the value and the words of each column, where columns are values."""
    if wish.definition.layout is Layout.MONTHS:
        return tuple((f"{m.start:%Y-%m}", m.words) for m in wish.period.months())
    if (axis := wish.definition.columns) is None:
        return ()
    codes = axis.only or tuple(item.code for item in code_list(axis.codes))
    unsaid = (("", _(axis.unsaid)),) if axis.unsaid else ()
    return (*((code, label(axis.codes, code)) for code in codes), *unsaid)


def _headings(wish: Wish, axis: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    match wish.definition.layout:
        case Layout.PERIODS:
            return tuple(period.words for period in _periods(wish))
        case Layout.ONE:
            return (wish.period.words if _is_dated(wish.definition) else _("Now"),)
        case _:
            total = wish.definition.column_total
            return (*(words for _code, words in axis), *((_(total),) if total else ()))


def _is_dated(definition: Definition) -> bool:
    return any(block.count.is_dated for block in definition.blocks)


def records(
    reader: Reader, wish: Wish, block: int, line: Line, column: int, *, most: int = 1000
) -> tuple[tuple[Brief, ...], int]:
    """Return the records beneath one figure, the newest first, and how many there are.

    Raises NotFound for a figure the return has none of.
    """
    try:
        asked = _asked(wish, wish.definition.blocks[block], line, column)
    except IndexError:
        raise NotFound(_("This return has no such figure")) from None
    found, total = tallies.beneath(reader, asked, most=most)
    reader.saw("Open figure of return", [one.no for one in found], name=wish.definition.code)
    return found, total


def _asked(wish: Wish, block: Block, line: Line, column: int) -> Asked:
    where = [*narrowing(block.count, wish.filters)]
    if line.row >= 0:
        if block.each is not None:
            where.append(Condition(block.each.field, (line.code,)))
        else:
            where += block.rows[line.row].where
    elif block.each is not None and block.each.only:
        where.append(Condition(block.each.field, block.each.only))
    period, across = _of_column(wish, column)
    if block.count.sum and line.unit and not line.is_total:
        where.append(Condition("unit", (line.unit, "")))
    return Asked(count=block.count, period=period, where=(*where, *across))


def _of_column(wish: Wish, column: int) -> tuple[Period, tuple[Condition, ...]]:
    """Return the period a column is of, and what it asks beside."""
    if wish.definition.layout is Layout.MONTHS:
        months = list(wish.period.months())
        return (months[column] if column < len(months) else wish.period), ()
    axis, values = wish.definition.columns, _column_axis(wish)
    if axis is not None:
        across = (Condition(axis.field, (values[column][0],)),) if column < len(values) else ()
        return wish.period, across
    return _periods(wish)[column], ()


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
    _words, codes = _described(definition.blocks[0].count, name) or (name, "")
    return code_list(codes).parse(text) if codes and text else text
