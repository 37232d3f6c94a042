"""The counting of a return: rows, units, totals, and what has to be told beside the figures."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ocgdesk.casework.return_asides import in_unit, unit_notes
from ocgdesk.casework.return_wishes import (
    Wish,
    column_axis,
    described,
    headings,
    narrowing,
    periods_of,
)
from ocgdesk.domain.reference_data import code_list
from ocgdesk.domain.return_definitions import is_many
from ocgdesk.domain.returns import (
    BLANK,
    Axis,
    Block,
    Condition,
    Count,
    Figure,
    Layout,
    Line,
    Period,
    Section,
    change,
)
from ocgdesk.i18n import _, ngettext
from ocgdesk.store import history, tallies
from ocgdesk.store.reader import Reader
from ocgdesk.store.tallies import Asked, Tally
from ocgdesk.store.tallies_past import Past


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A row to be: its words, its value on the axis, its unit, and what more it asks."""

    label: str
    code: str = ""
    unit: str = ""
    where: tuple[Condition, ...] = ()
    is_cross_cut: bool = False
    row: int = -1


def past_of(reader: Reader, wish: Wish) -> Past | None:
    """Return the register as a return is to be counted of; None for that of now."""
    return Past(reader, entry_of(reader, wish)) if wish.as_at else None


def entry_of(reader: Reader, wish: Wish) -> int:
    """Return the entry of the journal after which a return is counted."""
    return history.seq_at(reader, wish.as_at) if wish.as_at else reader.newest_entry()


class Counting:
    """One counting of a return: what is counted twice is read once.

    ``past`` is what is counted where that is not the register the wish asks for.
    """

    def __init__(self, reader: Reader, wish: Wish, past: Past | None = None) -> None:
        self._reader = reader
        self._wish = wish
        self._definition = wish.definition
        self._periods = periods_of(wish)
        self._past = past or past_of(reader, wish)
        self._known: dict[object, list[Tally]] = {}
        self.notes: list[str] = []
        self._axis = column_axis(wish)
        self.headings = headings(wish, self._axis)

    def section(self, number: int, block: Block) -> Section:
        """Count one block of rows."""
        where = narrowing(block.count, self._wish.filters)
        counted = self._by_row(block, where) if block.each else None
        wanted = self._rows(block, where, counted)
        lines = [self._line(block, one, where, counted) for one in wanted]
        if block.total:
            lines.append(self._total(block, where, counted, lines))
        return Section(title=_(block.title), lines=self._with_shares(lines), block=number)

    def _by_row(self, block: Block, where: tuple[Condition, ...]) -> list[list[Tally]]:
        assert block.each is not None  # noqa: S101 - asked only of blocks with an axis
        return [
            self.tally(block.count, period, where, (block.each.field, *self._second()))
            for period in self._periods
        ]

    def _second(self) -> tuple[str, ...]:
        return (self._definition.columns.field,) if self._definition.columns else ()

    def tally(
        self,
        count: Count,
        period: Period,
        where: tuple[Condition, ...],
        by: tuple[str, ...],
    ) -> list[Tally]:
        """Return counts and sums of a period; what was asked before is not read again."""
        key = (count, period, where, by)
        if key not in self._known:
            asked = Asked(count=count, period=period, where=where)
            months = self._definition.layout is Layout.MONTHS
            if count.by and len(self._periods) > 1 and not _overlap(self._periods):
                for one, some in zip(self._periods, self._each(asked, by), strict=True):
                    self._known[count, one, where, by] = some
            elif self._past is not None:
                self._known[key] = self._past.tally(asked, by, months=months)
            else:
                self._known[key] = tallies.tally(self._reader, asked, by, months=months)
        return self._known[key]

    def _each(self, asked: Asked, by: tuple[str, ...]) -> list[list[Tally]]:
        if self._past is not None:
            return self._past.tally_each(asked, self._periods, by)
        return tallies.tally_each(self._reader, asked, self._periods, by)

    def _rows(
        self, block: Block, where: tuple[Condition, ...], counted: list[list[Tally]] | None
    ) -> list[_Wanted]:
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
        return [*found, *self._unsaid(block, where, counted, len(found))]

    def _unsaid(
        self, block: Block, where: tuple[Condition, ...], counted: list[list[Tally]], row: int
    ) -> list[_Wanted]:
        """Tell of what has no value on the axis: in a row of its own, or in a note."""
        assert block.each is not None  # noqa: S101 - asked only of blocks with an axis
        if block.each.unsaid:
            is_told = any(not one.row for some in counted for one in some)
            return [_Wanted(_(block.each.unsaid), row=row)] if is_told else []
        lines = sum(one.lines for one in counted[-1] if not one.row)
        if not lines:
            return []
        words, _codes = described(block.count, block.each.field) or (block.each.field, "")
        every, told = self._told_of(block, where, counted, lines)
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

    def _told_of(
        self, block: Block, where: tuple[Condition, ...], counted: list[list[Tally]], lines: int
    ) -> tuple[int, str]:
        """Return how many there are, each once, and what is said of those with no value."""
        if self._counts_twice(block):
            every = self.tally(block.count, self._periods[-1], where, ())
            told = ngettext(
                "{block}: {n:,} of {every:,} has no {field}; what has several is in several rows.",
                "{block}: {n:,} of {every:,} have no {field}; what has several is in several rows.",
                lines,
            )
            return sum(one.lines for one in every), told
        told = ngettext(
            "{block}: {n:,} of {every:,} has no {field}, so the rows add up to {rest:,}.",
            "{block}: {n:,} of {every:,} have no {field}, so the rows add up to {rest:,}.",
            lines,
        )
        return sum(one.lines for one in counted[-1]), told

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
                self.tally(block.count, period, (*where, *wanted.where), by)
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
            every = [one for some in found for one in some]
            self.notes += unit_notes(wanted.label, unit, every)
            found = [[in_unit(one, unit) for one in some] for some in found]
            found = [[one for one in some if one.unit in {unit, ""}] for some in found]
        if self._definition.layout in {Layout.PERIODS, Layout.ONE}:
            figures = [self._figure(count, some, at) for at, some in enumerate(found)]
            return unit, tuple(figures)
        return unit, self._across(count, found[0], wanted.label)

    def _figure(self, count: Count, some: list[Tally], at: int) -> Figure:
        if not count.is_dated and at < len(self._periods) - 1:
            return BLANK
        return _added(count, some)

    def _across(self, count: Count, some: list[Tally], row: str) -> tuple[Figure, ...]:
        """Return one figure for each column, and their total where one is asked for."""
        by_column = defaultdict(list)
        for one in some:
            by_column[one.column].append(one)
        figures = [_added(count, by_column[code]) for code, _words in self._axis]
        if not self._definition.column_total:
            return tuple(figures)
        known = {code for code, _words in self._axis}
        beside = sum(one.lines for one in some if one.column not in known)
        if beside:
            told = ngettext(
                "{row}: {n:,} of {every:,} is in no column, and in the total alone.",
                "{row}: {n:,} of {every:,} are in no column, and in the total alone.",
                beside,
            )
            every = sum(one.lines for one in some)
            self.notes.append(told.format(row=row, n=beside, every=every))
        return (*figures, _added(count, some))

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
            every = [self.tally(block.count, p, where, self._second()) for p in self._periods]
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


def _overlap(periods: Sequence[Period]) -> bool:
    """Tell whether two periods that follow one another in time have a day in common."""
    known = sorted(periods, key=lambda one: one.start)
    return any(one.end >= other.start for one, other in pairwise(known))


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
