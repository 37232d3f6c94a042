"""Returns: a definition counted over a period, every figure of which opens its records."""

from collections.abc import Iterator
from datetime import datetime

from ocgdesk.casework.moments import Moment, too_early
from ocgdesk.casework.return_asides import alike, step_notes
from ocgdesk.casework.return_counting import Counting, entry_of, past_of
from ocgdesk.casework.return_wishes import (
    Wish,
    column_axis,
    complete,
    filter_words,
    is_dated,
    narrowing,
    periods_of,
)
from ocgdesk.domain.charts import FIXED_LINE
from ocgdesk.domain.dates import shown
from ocgdesk.domain.returns import Block, Condition, Definition, Layout, Line, Period, Return
from ocgdesk.errors import NotFound
from ocgdesk.i18n import _
from ocgdesk.progress import Progress, silent, track
from ocgdesk.store import tallies
from ocgdesk.store.reader import Reader
from ocgdesk.store.records import Brief
from ocgdesk.store.tallies import Asked

_ALIKE = 3
"""Days that periods of as many months may differ by."""


def make(reader: Reader, wish: Wish, *, now: datetime, progress: Progress = silent) -> Return:
    """Count a return. Raises Refused for a filter it has none of, Lacking for one it needs."""
    complete(wish)
    run = Counting(reader, wish)
    blocks = list(enumerate(wish.definition.blocks))
    sections = tuple(run.section(n, one) for n, one in track(blocks, progress, _("Count return")))
    reader.saw("Draw up return", (), name=wish.definition.code, period=wish.period.words)
    counted = (*run.notes, *step_notes(wish, run.tally))
    told = (*counted, *_lengths(wish), *_breaks(wish), _(FIXED_LINE))
    notes = (too_early(reader, wish.as_at), *told)
    is_compared = wish.definition.layout is Layout.PERIODS and wish.before is not None
    return Return(
        definition=wish.definition,
        columns=run.headings,
        sections=sections,
        period=wish.period if is_dated(wish.definition) else None,
        before=wish.before if is_compared else None,
        as_at=as_at_words(wish, now),
        filters=tuple(filter_words(reader, wish)),
        notes=tuple(filter(None, notes)),
        basis=tuple(_basis(wish.definition)),
        narrowed=tuple(wish.filters.items()),
        entry=entry_of(reader, wish),
    )


def as_at_words(wish: Wish, now: datetime) -> str:
    """Return the moment a return counts at: now, or the recorded one with that of its making."""
    moment = f"{shown(now.date())}, {now:%H:%M}"
    if wish.as_at is None:
        return moment
    told = _("{then}, as this workspace had it recorded; drawn up {now}")
    return told.format(then=Moment(as_at=wish.as_at).words, now=moment)


def _basis(definition: Definition) -> Iterator[str]:
    yield _("Counts: {what}").format(what=definition.population)
    if definition.dated:
        yield _("By date of: {what}").format(what=definition.dated)


def _lengths(wish: Wish) -> Iterator[str]:
    """Tell where two periods are not of one length; months and leap years differ by a few days."""
    if wish.definition.layout is not Layout.PERIODS or wish.before is None:
        return
    before, now = wish.before.days, wish.period.days
    if abs(now - before) > _ALIKE:
        told = _("The periods are {before:,} and {now:,} days long: the change is not of like.")
        yield told.format(before=before, now=now)


def _breaks(wish: Wish) -> Iterator[str]:
    start = wish.before.start if wish.before else wish.period.start
    for one in wish.definition.breaks:
        if start <= one.on <= wish.period.end:
            told = _("From {day} the figures are not like those before: {reason}")
            yield told.format(day=shown(one.on), reason=one.reason)


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
    if (past := past_of(reader, wish)) is not None:
        found, total = past.beneath(asked, most=most)
    else:
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
        where.append(Condition("unit", (*alike(line.unit), "")))
    return Asked(count=block.count, period=period, where=(*where, *across))


def _of_column(wish: Wish, column: int) -> tuple[Period, tuple[Condition, ...]]:
    """Return the period a column is of, and what it asks beside."""
    if wish.definition.layout is Layout.MONTHS:
        months = list(wish.period.months())
        return (months[column] if column < len(months) else wish.period), ()
    axis, values = wish.definition.columns, column_axis(wish)
    if axis is not None:
        across = (Condition(axis.field, (values[column][0],)),) if column < len(values) else ()
        return wish.period, across
    return periods_of(wish)[column], ()
