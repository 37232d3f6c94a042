"""What a return tells beside its figures: what was converted, what stands without its steps."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from ocgdesk.casework.return_wishes import Wish, narrowing, periods_of
from ocgdesk.domain import claiming, units
from ocgdesk.domain.kinds import Kind
from ocgdesk.domain.reference_data import code_list, label
from ocgdesk.domain.returns import Block, Condition, Count, Period
from ocgdesk.i18n import ngettext
from ocgdesk.store.tallies import Tally

Counted = Callable[[Count, Period, tuple[Condition, ...], tuple[str, ...]], list[Tally]]
"""Counts of a period, narrowed by conditions, by up to two fields."""
_WITHOUT = Condition("counted", ("no",))


# ---- Units --------------------------------------------------------------------------------------


def alike(unit: str) -> tuple[str, ...]:
    """Return the units that reference data says how to convert to this one, and itself."""
    others = (one.code for one in code_list("units"))
    return (unit, *(code for code in others if code != unit and units.factor(code, unit)))


def in_unit(one: Tally, unit: str) -> Tally:
    """Return what was counted in one unit as it is in another; as it is where nothing says how."""
    by = units.factor(one.unit, unit) if one.unit and unit else None
    return one if by is None else replace(one, unit=unit, value=one.value * by)


def unit_notes(row: str, unit: str, found: Sequence[Tally]) -> Iterator[str]:
    """Tell what of a row was in another unit: converted, or not added to it."""
    others: dict[str, int] = defaultdict(int)
    for one in found:
        if one.unit not in {unit, ""}:
            others[one.unit] += one.lines
    for other, lines in others.items():
        words = label("units", other).lower()
        if units.factor(other, unit) is None:
            told = ngettext(
                "{row}: {n:,} line is in {unit} and is not added.",
                "{row}: {n:,} lines are in {unit} and are not added.",
                lines,
            )
        else:
            told = ngettext(
                "{row}: {n:,} line in {unit} is added in {to}.",
                "{row}: {n:,} lines in {unit} are added in {to}.",
                lines,
            )
        yield told.format(row=row, n=lines, unit=words, to=label("units", unit).lower())


# ---- Steps --------------------------------------------------------------------------------------


def step_notes(wish: Wish, counted: Counted) -> Iterator[str]:
    """Tell how much of the arrests, charges and sentences stands without the steps it counts."""
    found = _without(wish, counted)
    for measure in claiming.counted():
        value, n = found.get(measure.code, (0.0, 0))
        if value:
            told = ngettext(
                "{measure}: {amount}, in {n:,} line counted here, without criminal-justice steps.",
                "{measure}: {amount}, in {n:,} lines counted here, without criminal-justice steps.",
                n,
            )
            yield told.format(measure=measure.label, amount=f"{value:,.10g}", n=n)


def _without(wish: Wish, counted: Counted) -> dict[str, tuple[float, int]]:
    """Return by measure what names no steps and in how many lines, in all periods.

    Of what stands in several rows, the row that has most is told of.
    """
    found: dict[str, tuple[float, int]] = {}
    for count, where in dict.fromkeys(_asked(wish)):
        here: dict[str, list[Tally]] = defaultdict(list)
        for period in periods_of(wish):
            for one in counted(count, period, where, ("measure",)):
                here[one.row].append(one)
        for code, some in here.items():
            told = sum(one.value for one in some), sum(one.lines for one in some)
            found[code] = max(told, found.get(code, (0.0, 0)))
    return found


def _asked(wish: Wish) -> Iterator[tuple[Count, tuple[Condition, ...]]]:
    """Yield what is counted of the measures of steps, and under which conditions."""
    for block in wish.definition.blocks:
        if block.count.kind is Kind.OUTCOME and block.count.sum == "value":
            narrowed = narrowing(block.count, wish.filters)
            for more in _rows(block):
                codes = _measures(block, (*block.count.where, *narrowed, *more))
                if codes:
                    yield block.count, (*narrowed, *more, Condition("measure", codes), _WITHOUT)


def _rows(block: Block) -> tuple[tuple[Condition, ...], ...]:
    return ((),) if block.each is not None else tuple(row.where for row in block.rows)


def _measures(block: Block, where: Sequence[Condition]) -> tuple[str, ...]:
    """Return the measures of steps that a block, or a row of it, counts."""
    codes = {one.code for one in claiming.counted()}
    if block.each is not None and block.each.field == "measure" and block.each.only:
        codes &= set(block.each.only)
    for one in where:
        if one.field == "measure":
            codes &= set(one.values)
    return tuple(sorted(codes))
