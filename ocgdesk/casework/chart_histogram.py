"""How the values of one field are spread over a chart: bars, each a filter that a click sets."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import floor, log10
from typing import Final

from ocgdesk.casework.chart_facts import Facts, Values
from ocgdesk.domain.chart_fields import Asked, askable
from ocgdesk.domain.chart_tests import Op, Span, Test, Value, text, value_words
from ocgdesk.domain.charts import Scene
from ocgdesk.domain.dates import shown
from ocgdesk.domain.fields import FieldType
from ocgdesk.domain.reference_data import code_list
from ocgdesk.i18n import _

T = FieldType

MOST: Final = 12
"""Bars of a field with words for values; rarer values are in none, and still counted."""
BINS: Final = 8
_NUMBERS: Final = frozenset({T.INTEGER, T.NUMBER})
_DAYS: Final = frozenset({T.DAY, T.PARTIAL_DATE})
_YEAR: Final = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One value, or a stretch of them: how many have it, and the test that asks for it."""

    words: str
    n: int
    test: Test


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """The values of a field on a chart, before any filter."""

    asked: Asked
    bars: tuple[Bar, ...] = ()
    rest: int = 0
    """How many have a value too rare for a bar."""
    without: int = 0
    """How many that could have one have none on record."""


def fields(scene: Scene) -> tuple[Asked, ...]:
    """Return what a histogram of this chart can be of; paths between all items take too long."""
    kinds = {item.kind.value for item in scene.items}
    offered = (one for one in askable(kinds) if one.name != "betweenness")
    return tuple(one for one in offered if scene.ties or not one.of_links)


def histogram(scene: Scene, facts: Facts, asked: Asked) -> Histogram:
    """Return how the values of a field are spread over all items, or all lines, of a chart."""
    found = list(_found(scene, facts, asked))
    values = [value for some in found for value in dict.fromkeys(some)]
    if asked.type in _NUMBERS or asked.type in _DAYS:
        bars = _stretches(asked, values)
    else:
        bars = _each(asked, Counter(text(value) for value in values))
    shown_bars = bars[:MOST]
    return Histogram(
        asked=asked,
        bars=tuple(shown_bars),
        rest=sum(bar.n for bar in bars[MOST:]),
        without=sum(not some for some in found),
    )


def _found(scene: Scene, facts: Facts, asked: Asked) -> Iterator[Values]:
    if asked.of_links:
        yield from (facts.of_tie(tie, asked) for tie in scene.ties)
        return
    for item in scene.items:
        if not asked.kind or asked.kind == item.kind.value:
            yield facts.of_item(item, asked)


def _each(asked: Asked, counts: Counter[str]) -> list[Bar]:
    """Return a bar for each value: codes in the order of their list, others by how many."""
    order = {item.code: at for at, item in enumerate(code_list(asked.codes))} if asked.codes else {}

    by_list = 0 < len(order) <= MOST

    def place(value: str) -> tuple[int, str]:
        if asked.type is T.GRADE:
            return 0, value
        return (order.get(value, len(order)) if by_list else -counts[value]), value

    return [
        Bar(words=value_words(asked, value), n=counts[value], test=_is(asked, value))
        for value in sorted(counts, key=place)
    ]


def _is(asked: Asked, value: str) -> Test:
    return Test(field=asked.name, op=Op.IS, values=(value,))


# ---- Numbers and days ----------------------------------------------------------------------------


def _stretches(asked: Asked, values: Sequence[Value]) -> list[Bar]:
    """Return bars of equal width; a field with few whole numbers has one for each."""
    if asked.type in _NUMBERS:
        return _of_numbers(asked, [value for value in values if isinstance(value, float)])
    days = [value.first if isinstance(value, Span) else value for value in values]
    return _of_days(asked, [day for day in days if isinstance(day, date) and day != date.min])


def _of_numbers(asked: Asked, values: list[float]) -> list[Bar]:
    if not values:
        return []
    step = _round_step((max(values) - min(values)) / BINS, whole=asked.type is T.INTEGER)
    first = floor(min(values) / step) * step
    counts = Counter(floor((value - first) / step) for value in values)

    def said(low: float, high: float) -> str:
        return f"{low:g}" if asked.type is T.INTEGER and step == 1 else f"{low:g} – {high:g}"

    lows = {at: first + at * step for at in sorted(counts)}
    return [
        _between(asked, f"{low:g}", f"{low + step:g}", said(low, low + step), counts[at])
        for at, low in lows.items()
    ]


def _round_step(step: float, *, whole: bool) -> float:
    """Return the next step of 1, 2 or 5 times a power of ten; of whole numbers at least 1."""
    if step <= 0:
        return 1.0
    power: float = 10.0 ** floor(log10(step))
    found = next(power * by for by in (1, 2, 5, 10) if power * by >= step - 1e-12)
    return max(1.0, found) if whole else found


def _of_days(asked: Asked, days: list[date]) -> list[Bar]:
    if not days:
        return []
    span = (max(days) - min(days)).days
    edge, named = _calendar(span)
    starts = sorted({edge(day) for day in days})
    counts = Counter(edge(day) for day in days)
    ends = {start: _next(edge, start).isoformat() for start in starts}
    return [
        _between(asked, start.isoformat(), ends[start], named(start), counts[start])
        for start in starts
    ]


Edge = Callable[[date], date]


def _calendar(span: int) -> tuple[Edge, Callable[[date], str]]:
    """Return the stretches that fit so many days, and what one that begins on a day is called."""
    if span <= BINS:
        return (lambda day: day), shown
    if span <= _YEAR:
        return (lambda day: day.replace(day=1)), lambda day: shown(day)[2:]
    if span <= _YEAR * MOST:
        return (lambda day: date(day.year, 1, 1)), lambda day: str(day.year)
    return (lambda day: date(max(1, day.year // 10 * 10), 1, 1)), _decade


def _decade(day: date) -> str:
    return _("{year}s").format(year=day.year)


def _next(edge: Edge, start: date) -> date:
    """Return where the stretch after this one begins."""
    day = start + timedelta(days=1)
    while edge(day) == start:
        day += timedelta(days=1)
    return day


def _between(asked: Asked, low: str, high: str, words: str, n: int) -> Bar:
    return Bar(words=words, n=n, test=Test(field=asked.name, op=Op.BETWEEN, values=(low, high)))
